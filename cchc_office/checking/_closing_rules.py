"""The end of a document: signature, recipients, appendices, and what is missing altogether."""

from __future__ import annotations

import re

from cchc_office.checking._ledger import Ledger
from cchc_office.checking._marks import TYPES_WITHOUT_RECIPIENTS
from cchc_office.checking._parts import DocumentParts, Kind
from cchc_office.documents.decree30 import RULES, Part, clause
from cchc_office.findings import Code
from cchc_office.vietnamese import fold

_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV")
_AUTHORITIES = {"tm": "TM.", "q": "Q.", "kt": "KT.", "tl": "TL.", "tuq": "TUQ."}
_LOOSE_AUTHORITY = re.compile(r"(TM|T/M|KT|K/T|TL|T/L|TUQ|Q)(?:[./]+\s*|\s+)(?=\S)", re.IGNORECASE)
_ACADEMIC = re.compile(
    r"((?:(?:GS|PGS|TSKH|TS|ThS|Th\.S|BS|CKI+|KS|CN|LS|DS|NGND|NGƯT|NSND|NSƯT|AHLĐ|Đại tá|"
    r"Thượng tá|Trung tá|Thiếu tá|Tiến sĩ|Thạc sĩ|Kỹ sư|Bác sĩ|Giáo sư|Phó Giáo sư)"
    r"(?:[.,]\s*|\s+))+)(?=\S)"
)
_EXAMPLES = {
    Part.NATIONAL_NAME: "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    Part.MOTTO: "Độc lập - Tự do - Hạnh phúc",
    Part.AGENCY: "tên cơ quan ban hành, in hoa, đậm, ở trên cùng, bên trái",
    Part.NUMBER: "Số: …/… dưới tên cơ quan",
    Part.PLACE_DATE: "địa danh, ngày … tháng … năm …",
    Part.DISPATCH_SUBJECT: "V/v … dưới số, ký hiệu",
    Part.ADDRESSEE: "Kính gửi: …",
    Part.RECIPIENTS_LABEL: "Nơi nhận: … - Lưu: VT, …",
}


def check_closing(parts: DocumentParts, ledger: Ledger) -> None:
    """Hold signature, recipients and appendices against II.7, II.9 and III.1."""
    _check_signature(parts, ledger)
    _check_recipients(parts, ledger)
    _check_appendix_numbers(parts, ledger)
    _check_missing(parts, ledger)


def _check_signature(parts: DocumentParts, ledger: Ledger) -> None:
    for spot in parts.of(Part.AUTHORITY):
        match = _LOOSE_AUTHORITY.match(spot.text)
        if match is None:
            continue
        wanted = _AUTHORITIES[match.group(1).replace("/", "").casefold()]
        if match.group(0).strip() != wanted:
            ledger.add(
                Code.AUTHORITY_FORM,
                spot,
                clause("II.7.b"),
                found=match.group(0).strip(),
                expected=wanted,
            )
    for spot in parts.of(Part.SIGNER):
        titled = _ACADEMIC.match(spot.text)
        if titled:
            ledger.add(Code.SIGNER_TITLE, spot, clause("II.7.c"), found=titled.group(1).strip())


def _check_recipients(parts: DocumentParts, ledger: Ledger) -> None:
    label, lines = parts.first(Part.RECIPIENTS_LABEL), parts.of(Part.RECIPIENTS)
    law = clause("II.9.d")
    if label and not label.text.endswith(":"):
        ledger.add(Code.RECIPIENTS_COLON, label, law)
    if not lines:
        return
    archive = next((s for s in lines if fold(s.text).lstrip("- ").startswith("luu")), None)
    if archive is None:
        ledger.add(Code.RECIPIENTS_ARCHIVE, lines[-1], law, found=lines[-1].text)
    # The drafter's sign and the number of copies may stand beneath, as "PL.(300)".
    items = lines[: lines.index(archive) + 1] if archive else lines
    for place, spot in enumerate(items):
        end = "." if place == len(items) - 1 else ";"
        dashed = spot.text.startswith("-") or spot.paragraph.layout.label == "-"
        goes_on = place + 1 < len(items) and not items[place + 1].text.startswith("-")
        if place and not dashed and not items[place - 1].text.endswith((";", ".")):
            dashed = True  # a recipient's name that was broken into two lines
        if not dashed or not (spot.text.endswith(end) or (goes_on and ";" not in spot.text)):
            ledger.add(Code.RECIPIENTS_LIST, spot, law, found=spot.text)


def _check_appendix_numbers(parts: DocumentParts, ledger: Ledger) -> None:
    labelled = [a for a in parts.appendices if a.label is not None]
    for place, appendix in enumerate(labelled):
        numeral = appendix.numeral
        several = len(labelled) > 1
        wanted = _ROMAN[place] if place < len(_ROMAN) else ""
        wrong = (several and numeral != wanted) or (bool(numeral) and numeral not in _ROMAN)
        if wrong and wanted:
            expected = f"Phụ lục {wanted}"
            ledger.add(
                Code.APPENDIX_NUMBER,
                appendix.first,
                clause("III.1.a"),
                found=appendix.first.text,
                expected=expected,
            )


def _check_missing(parts: DocumentParts, ledger: Ledger) -> None:
    if parts.kind is Kind.UNKNOWN:
        ledger.add(Code.DOCUMENT_UNKNOWN, None, "")
        return
    wanted: list[Part] = []
    if parts.kind is not Kind.APPENDIX:
        wanted += [Part.NATIONAL_NAME, Part.MOTTO, Part.AGENCY]
    if parts.kind in {Kind.DISPATCH, Kind.NAMED}:
        wanted.append(Part.NUMBER)
        if parts.kind is Kind.DISPATCH:
            wanted += [Part.DISPATCH_SUBJECT, Part.ADDRESSEE]
        if parts.type_name not in TYPES_WITHOUT_RECIPIENTS:
            wanted += [Part.PLACE_DATE, Part.RECIPIENTS_LABEL]
    for part in wanted:
        if not parts.of(part):
            ledger.add(
                Code.PART_MISSING,
                None,
                RULES[part].clause,
                about=part.value,
                expected=_EXAMPLES[part],
            )
    signed = parts.kind in {Kind.DISPATCH, Kind.NAMED}
    if signed and not parts.of(Part.AUTHORITY):
        ledger.add(Code.SIGNATURE_UNCLEAR, None, RULES[Part.AUTHORITY].clause)
