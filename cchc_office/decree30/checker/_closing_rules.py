"""The end of a document: signature, recipients, appendices, and what is missing altogether."""

from __future__ import annotations

import re

from cchc_office.catalogue.findings import Code
from cchc_office.decree30.checker import _part_words as part_words
from cchc_office.decree30.checker._archive_line import is_archive, pieces_before_drafter
from cchc_office.decree30.checker._breaches import Breaches
from cchc_office.decree30.checker._find_parts import is_reference
from cchc_office.decree30.checker._parts import DocumentParts, Kind, Line
from cchc_office.decree30.checker._text_rules import check_list
from cchc_office.decree30.figures import RULES, Part, clause
from cchc_office.text.vietnamese import clean_line, fold, roman

_LAST_NUMBER = 39
# One letter before the dot belongs to a name: "P.TCHC" is a unit and no drafter.
_DRAFTER = re.compile(
    r"(?<=\w\w)[)]?\.\s*(?:(?:[^\W\d]{1,10}[.\s]*)?\(?(?:\d{1,4}\s*(?:b|bản)?)?\)?"
    r"|\([^\W\d]{1,10}(?:[.\s]+[^\W\d]{1,10})?\))\s*\.?$"
)
_RECORDS = re.compile(r"\bVT|văn thư|[{«…\[]|\.{3}|_{2}|\(\d{1,2}\)", re.IGNORECASE)
_AUTHORITIES = {"tm": "TM.", "q": "Q.", "kt": "KT.", "tl": "TL.", "tuq": "TUQ."}
_LOOSE_AUTHORITY = re.compile(r"(TM|T/M|KT|K/T|TL|T/L|TUQ|Q)(?:[./]+\s*|\s+)(?=\S)", re.IGNORECASE)
# A brace and a remark may stand to the right of several items, in their lines: "(Để    báo cáo)".
_REMARK_BESIDE = re.compile(r"(.*?;)(?:[ \u00a0]*\t|[ \u00a0]{3,})\s*\S")
_REMARK_GOES_ON = re.compile(r"(.*?;)(?:[ \u00a0]*\t|[ \u00a0]{2,})\s*\S")
_REMARK_OPENS = re.compile(r"(.*?;)\s*\([^()]*$")
# Who signs for another adds a title of their own beneath.
_LIKE_ABOVE = re.compile(r"nhu (?:tren|kinh gui|de gui)\b|\W*$")
# How many copies are made, and who drafted: "NC (3).23".
_COPIES = re.compile(r"(?<=\(\d\))\.\s*\d{1,4}$")
# Papers that often have a day but no number.
_WITHOUT_NUMBER = re.compile(r"kem(?: theo)? (?:bien ban|thu moi|yeu cau|don|hop dong|giay moi)\b")
_COLLECTIVE = re.compile(r"(?:uy ban nhan dan|ubnd|hoi dong nhan dan|hdnd)\b")
_FOR_ANOTHER = re.compile(r"(?:KT|TL|TUQ)\.", re.IGNORECASE)
_ACADEMIC = re.compile(
    r"((?:(?:GS|PGS|TSKH|TS|ThS|Th\.S|BS|BSCK[I]*|CK[I]+|KS|CN|LS|DS|NGND|NGƯT|NSND|NSƯT|TTND|TTƯT|"
    r"AHLĐ|(?:Đại|Thượng|Trung|Thiếu) (?:tướng|tá|úy)|Tiến sĩ|Thạc sĩ|Kỹ sư|Bác sĩ|Cử nhân|"
    r"Giáo sư|Phó Giáo sư|Nhà giáo|Thầy thuốc)(?:[.,]\s*|\s+))+)(?=\S)",
    re.IGNORECASE,
)
_WITH_RANKS = re.compile(
    r"\b(?:cong an|quan su|bo doi|bo chi huy|quan khu|su doan|trung doan|lu doan|benh vien|"
    r"trung tam y te|truong|hoc vien|dai hoc|vien)\b"
)
_EXAMPLES = {
    Part.NATIONAL_NAME: "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    Part.MOTTO: "Độc lập - Tự do - Hạnh phúc",
    Part.AGENCY: "tên cơ quan ban hành, in hoa, đậm, ở trên cùng, bên trái",
    Part.NUMBER: "Số: …/… dưới tên cơ quan",
    Part.PLACE_DATE: "địa danh, ngày … tháng … năm …",
    Part.DISPATCH_SUBJECT: "V/v … dưới số, ký hiệu",
    Part.ADDRESSEE: "Kính gửi: …",
    Part.SUBJECT: "câu ngắn gọn dưới tên loại, đậm, canh giữa",
    Part.APPENDIX_REFERENCE: "(Kèm theo … số …/… ngày … tháng … năm … của …) dưới tên phụ lục",
    Part.RECIPIENTS_LABEL: "Nơi nhận: … - Lưu: VT, …",
}


def check_closing(parts: DocumentParts, breaches: Breaches) -> None:
    """Hold signature, recipients and appendices against II.7, II.9 and III.1."""
    _check_signature(parts, breaches)
    _check_recipients(parts, breaches)
    _check_appendix_numbers(parts, breaches)
    _check_references(parts, breaches)
    _check_missing(parts, breaches)


def _check_signature(parts: DocumentParts, breaches: Breaches) -> None:
    for line in parts.of(Part.AUTHORITY):
        match = _LOOSE_AUTHORITY.match(line.text)
        if match is None:
            continue
        wanted = _AUTHORITIES[match.group(1).replace("/", "").casefold()]
        if match.group(0).strip() != wanted:
            breaches.add(
                Code.AUTHORITY_FORM, line, clause("II.7.b"), match.group(0).strip(), wanted
            )
    lines = parts.of(Part.AUTHORITY)
    deputy = next((line for line in lines if f"{line.bare} ".startswith("pho ")), None)
    if deputy and not any(_LOOSE_AUTHORITY.match(line.text) for line in lines):
        breaches.add(Code.DEPUTY_ALONE, deputy, clause("II.7.b"), deputy.text)
    _check_collective(parts, breaches)
    if lines and not parts.of(Part.SIGNER) and _is_issued(parts):
        breaches.add(Code.SIGNER_MISSING, lines[-1], clause("II.7.c"))
    if _may_name_ranks(parts):
        return
    for line in parts.of(Part.SIGNER):
        titled = _ACADEMIC.match(line.text)
        if titled:
            breaches.add(Code.SIGNER_TITLE, line, clause("II.7.c"), titled.group(1).strip())


def _check_collective(parts: DocumentParts, breaches: Breaches) -> None:
    """Whoever signs for a people's committee or council as a whole writes "TM." before its name."""
    lines = parts.of(Part.AUTHORITY)
    first = lines[0] if lines else None
    if first is None or _LOOSE_AUTHORITY.match(first.text):
        return
    if _COLLECTIVE.match(first.bare):
        breaches.add(Code.COLLECTIVE_ALONE, first, clause("II.7.b"), first.text, first.text)
        return
    heading = next((p for p in parts.body if p.text.strip()), None)
    shown = parts.lines_of(heading) if heading else []
    if shown and shown[0].is_capitals and _COLLECTIVE.match(shown[0].bare):
        breaches.add(Code.COLLECTIVE_ALONE, first, clause("II.7.b"), first.text, shown[0].text)


def _is_issued(parts: DocumentParts) -> bool:
    """Tell whether the document has got its number and its day."""
    number, day = parts.first(Part.NUMBER), parts.first(Part.PLACE_DATE)
    if number is None or day is None:
        return False
    has_day = re.search(r"ngày\s*\d", day.with_blanks, re.IGNORECASE)
    return bool(has_day and re.match(r"\D*\d", number.with_blanks.partition("/")[0]))


def _may_name_ranks(parts: DocumentParts) -> bool:
    """Tell whether the agency is one whose ministry may let ranks and degrees stand (II.7.c)."""
    agencies = (*parts.of(Part.PARENT_AGENCY), *parts.of(Part.AGENCY))
    return any(_WITH_RANKS.search(line.bare) for line in agencies)


def _check_recipients(parts: DocumentParts, breaches: Breaches) -> None:
    label, lines = parts.first(Part.RECIPIENTS_LABEL), parts.of(Part.RECIPIENTS)
    law = clause("II.9.d")
    if label and part_words.RECIPIENTS_WITH_ITEM.match(label.folded):
        breaches.add(Code.RECIPIENTS_LINE, label, law)
    elif label and not label.text.endswith(":"):
        breaches.add(Code.RECIPIENTS_COLON, label, law)
    if not lines:
        return
    archive = next((s for s in lines if is_archive(s)), None)
    if archive is None or ":" not in archive.text or not _RECORDS.search(archive.text):
        last = archive or lines[-1]
        breaches.add(Code.RECIPIENTS_ARCHIVE, last, law, last.text)
    if _names_those_addressed(parts) and not any(_LIKE_ABOVE.match(s.bare) for s in lines):
        breaches.add(Code.LIKE_ABOVE_MISSING, lines[0], clause("II.9.b"))
    # The drafter's sign and the number of copies may stand beneath, as "PL.(300)".
    items = lines[: lines.index(archive) + 1] if archive else lines
    last_ends = (".",) if archive else (";", ".")
    shown = _joined(items)
    if archive and shown[-1][0] is archive:
        shown[-1] = (archive, _without_drafter(archive))
    check_list(Code.RECIPIENTS_LIST, shown, breaches, last_ends)


def _names_those_addressed(parts: DocumentParts) -> bool:
    """Tell whether "Nơi nhận" begins with "Như trên" by II.9.b."""
    listed = parts.type_name in {"to trinh", "bao cao"}
    return bool(parts.of(Part.ADDRESSEE)) and (parts.kind is Kind.DISPATCH or listed)


def _without_drafter(archive: Line) -> str:
    """Return the line "Lưu" up to the dot behind which the drafter and the copies are told.

    II.9.c has the drafter's sign and the number of copies there; offices set them small or lowered,
    without a dot or with one.
    """
    pieces = pieces_before_drafter(archive.source.pieces)
    text = clean_line("".join(piece.text for piece in pieces))
    if archive.text.removeprefix(text).lstrip().startswith("."):
        text += "."  # the dot may be as small as what follows
    return _COPIES.sub(".", _DRAFTER.sub(".", text))


def _joined(lines: list[Line]) -> list[tuple[Line, str]]:
    """Return the items with their text; broken lines are joined, what stands beside is left."""
    items: list[tuple[Line, str]] = []
    ended: re.Match[str] | None = None
    for place, line in enumerate(lines):
        ended = _before_remark(line, lines[place + 1 :], begun=ended is not None)
        if ended:
            items.append((line, clean_line(ended.group(1))))
        elif items and not line.is_item and not items[-1][1].endswith((";", ".")):
            items[-1] = (items[-1][0], f"{items[-1][1]} {line.text}")
        else:
            items.append((line, line.text))
    return items


def _before_remark(line: Line, below: list[Line], *, begun: bool) -> re.Match[str] | None:
    """Match an item up to the remark to its right; `begun` in the line above, or none."""
    if not line.is_item:
        return None
    text = line.source.text
    found = (_REMARK_GOES_ON if begun else _REMARK_BESIDE).match(text)
    if found or not any(re.match(r"[^()]*\)", other.text) for other in below):
        return found
    return _REMARK_OPENS.match(text)


def _check_appendix_numbers(parts: DocumentParts, breaches: Breaches) -> None:
    """Numerals are Roman and follow each other; a file of its own may hold but the third."""
    for line in parts.joined_labels:
        expected = " ".join(line.text.split()[:3]).rstrip(".:-")
        breaches.add(Code.APPENDIX_LINE, line, clause("III.1.b"), line.text, expected)
    labelled = [
        a
        for a in parts.appendices
        if a.label is not None and "…" not in a.first.text and not _is_of_a_law(parts, a.first)
    ]
    several = len(labelled) > 1
    behind_text = parts.kind is not Kind.APPENDIX
    next_number = 1
    for place, appendix in enumerate(labelled):
        number = _number_of(appendix.numeral)
        if place == 0 and number and not (several and behind_text):
            next_number = number
        right = roman(next_number)
        if (several or appendix.numeral) and appendix.numeral != right:
            breaches.add(
                Code.APPENDIX_NUMBER,
                appendix.first,
                clause("III.1.a"),
                appendix.first.text,
                f"Phụ lục {right}",
            )
        next_number += 1


def _is_of_a_law(parts: DocumentParts, label: Line) -> bool:
    """Tell whether a form is shown that is the appendix of a decree or the like, not of this."""
    beneath = [s for s in parts.lines[label.index + 1 : label.index + 20] if s.text][:5]
    return any(part_words.ENCLOSED_IN_LAW.match(line.folded) for line in beneath)


def _number_of(numeral: str) -> int:
    """Return the number that a numeral means, Roman or Arabic; 0 where it is neither."""
    if numeral.isdecimal():
        return min(int(numeral[:3]), _LAST_NUMBER)
    return next((n for n in range(1, _LAST_NUMBER + 1) if roman(n) == numeral.upper()), 0)


def _check_references(parts: DocumentParts, breaches: Breaches) -> None:
    """Each appendix says what it belongs to: number, time and issuer, blank or not (III.1.c)."""
    law = RULES[Part.APPENDIX_REFERENCE].clause
    lines = parts.of(Part.APPENDIX_REFERENCE)
    heads = len(parts.appendices) + len(parts.joined_labels)
    begins = [line for line in lines if is_reference(line)]
    if heads > len(begins):
        part = Part.APPENDIX_REFERENCE
        breaches.add(Code.PART_MISSING, None, part, expected=_EXAMPLES[part])
    for line in begins:
        whole = " ".join(s.text for s in lines if line.index <= s.index < line.index + 4)
        folded = fold(whole)
        if _WITHOUT_NUMBER.search(folded) and re.search(r"\bngay\b", folded):
            continue
        if not re.search(r"\bso\b.*\bngay\b|\bso\b.*/.*/", folded):
            breaches.add(Code.REFERENCE_WORDS, line, law, whole)


def _check_missing(parts: DocumentParts, breaches: Breaches) -> None:
    if parts.kind is Kind.NAMED and not _is_certain_type(parts):
        return  # a paper of no listed type: what it must have, another rule says
    for part in _wanted(parts):
        if not parts.of(part) or _is_called_otherwise(part, parts):
            breaches.add(Code.PART_MISSING, None, part, expected=_EXAMPLES[part])
    if parts.kind is Kind.DISPATCH or (
        parts.kind is Kind.NAMED and parts.type_name not in part_words.TYPES_WITHOUT_RECIPIENTS
    ):
        _check_who_signs(parts, breaches)


def _is_called_otherwise(part: Part, parts: DocumentParts) -> bool:
    """Tell whether a list of recipients has a heading, but not the one of II.9."""
    return part is Part.RECIPIENTS_LABEL and "noi nhan" not in parts.of(part)[0].folded


def _is_certain_type(parts: DocumentParts) -> bool:
    """Tell whether it is surely of a type that the decree lists: by its bare name, or a number."""
    listed = parts.type_name in part_words.TYPE_NAMES
    return listed and (parts.type_is_bare or bool(parts.of(Part.NUMBER)))


def _wanted(parts: DocumentParts) -> list[Part]:
    """Return the parts that a document of this kind cannot be without."""
    wanted: list[Part] = []
    if parts.kind is not Kind.APPENDIX:
        wanted += [Part.NATIONAL_NAME, Part.MOTTO, Part.AGENCY]
    if parts.kind in {Kind.DISPATCH, Kind.NAMED}:
        wanted.append(Part.NUMBER)
        if parts.type_name not in part_words.TYPES_WITHOUT_RECIPIENTS:
            wanted += [Part.PLACE_DATE, Part.RECIPIENTS_LABEL]
    if parts.kind is Kind.DISPATCH:
        wanted += [Part.DISPATCH_SUBJECT, Part.ADDRESSEE]
    elif parts.type_is_bare and parts.type_name in part_words.TYPES_WITH_SUBJECT:
        wanted.append(Part.SUBJECT)
    return wanted


def _check_who_signs(parts: DocumentParts, breaches: Breaches) -> None:
    """Whoever signs for another has a title of their own under "KT. …", "TL. …", "TUQ. …"."""
    lines = parts.of(Part.AUTHORITY)
    alone = len(lines) == 1 and bool(_FOR_ANOTHER.match(lines[0].text))
    if alone or not lines:
        at = lines[0] if lines else None
        breaches.add(Code.SIGNATURE_UNCLEAR, at, RULES[Part.AUTHORITY].clause)
