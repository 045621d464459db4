"""Recognising the parts of a document by their text and their place."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum

from cchc_office.checking._spots import Spot, spots_of
from cchc_office.documents.decree30 import Part
from cchc_office.office.word import Paragraph, WordDocument
from cchc_office.vietnamese import fold

# Appendix III, I: the kinds of documents that have a name.
TYPE_NAMES = frozenset(
    {
        "nghi quyet",
        "quyet dinh",
        "chi thi",
        "quy che",
        "quy dinh",
        "thong cao",
        "thong bao",
        "huong dan",
        "chuong trinh",
        "ke hoach",
        "phuong an",
        "de an",
        "du an",
        "bao cao",
        "bien ban",
        "to trinh",
        "hop dong",
        "cong dien",
        "ban ghi nho",
        "ban thoa thuan",
        "giay uy quyen",
        "giay moi",
        "giay gioi thieu",
        "giay nghi phep",
        "phieu gui",
        "phieu chuyen",
        "phieu bao",
        "noi quy",
        "dieu le",
    }
)
TYPES_WITHOUT_RECIPIENTS = {"bien ban", "hop dong", "quy che", "quy dinh", "noi quy", "dieu le"}

# How the names of agencies begin; what begins otherwise goes on from the line above.
_AGENCY_WORDS = (
    "so ",
    "bo ",
    "ubnd ",
    "cuc ",
    "vu ",
    "van phong ",
    "chi cuc ",
    "trung tam ",
    "truong ",
    "ban ",
    "phong ",
    "thanh tra ",
    "doan ",
    "hoi ",
    "vien ",
    "cong ty ",
    "kho bac ",
    "bao hiem ",
    "tong cuc ",
    "uy ban ",
    "hdnd ",
    "hoi dong ",
    "dang ",
    "chinh phu ",
    "benh vien ",
    "dai hoc ",
    "hoc vien ",
    "toa an ",
    "lien minh ",
    "mat tran ",
    "doi ",
    "tram ",
    "to ",
)

_MARKS = ("cong hoa xa hoi chu nghia viet nam", "doc lap tu do hanh phuc")
_NUMBER = re.compile(r"so\s*(?::|[\s\d.…_]*/)")
_DATE = re.compile(r"\bngay\b.*\bthang\b.*\bnam\b|\bngay\b[\s.…_]*\d{0,2}\s*[/.-]\s*\d{0,2}[/.-]")
_SUBJECT = re.compile(r"(?:v\s*/\s*v|ve viec)\b")
_ADDRESSEE = re.compile(r"kinh gui\b")
_RECIPIENTS = re.compile(r"noi nhan\s*[:.]?")
_APPENDIX = re.compile(r"phu luc(?:\s+(?:so\s*)?(?:[ivxlc]+|\d+|[a-z]|[….\s\d]+))?\s*[.:]?")
_ENCLOSED = re.compile(r"\(\s*(?:ban hanh )?kem theo\b")
_LEGAL_BASIS = re.compile(r"(?:can cu|theo de nghi|xet de nghi|xet to trinh)\b")
_AUTHORITY = re.compile(r"(?:tm|kt|tl|tuq|q)\s*[./]|(?:t/m|k/t|t/l)\b")
_TITLE_WORDS = re.compile(
    r"\b(?:giam doc|chu tich|truong|chanh|chu nhiem|thu truong|bo truong|tong|pho|hieu|vien|"
    r"bi thu|uy vien|ke toan|quyen|chanh thanh tra|thay mat)\b"
)
_FIRST_LINES = 40
_MOST_SUBJECT_LINES = 8
_LONGEST_HEAD = 200
_LONGEST_TYPE = 60


class Kind(Enum):
    """What sort of document it is, as far as its parts are concerned."""

    DISPATCH = "công văn"
    NAMED = "văn bản có tên loại"
    ATTACHED = "văn bản kèm theo"
    APPENDIX = "phụ lục"
    UNKNOWN = "không rõ"


@dataclass(frozen=True)
class Appendix:
    """The head of an appendix: its label line if it has one, and the lines beneath."""

    first: Spot
    label: Spot | None
    numeral: str


@dataclass
class DocumentParts:
    """The lines of each part found; `body` are the paragraphs of the text itself.

    `subject_end` is the last spot of the head; `closing` the number of the first spot of
    "Nơi nhận" or the signature.
    """

    document: WordDocument
    spots: tuple[Spot, ...]
    kind: Kind = Kind.UNKNOWN
    parts: dict[Part, list[Spot]] = field(default_factory=dict)
    appendices: list[Appendix] = field(default_factory=list)
    body: list[Paragraph] = field(default_factory=list)
    type_name: str = ""
    head_end: int = 0
    closing: int = 0
    ends_in_text: bool = False

    def of(self, part: Part) -> list[Spot]:
        """Return the lines of a part, none where it was not found."""
        return self.parts.get(part, [])

    def first(self, part: Part) -> Spot | None:
        """Return the first line of a part."""
        return next(iter(self.of(part)), None)

    def take(self, part: Part, *spots: Spot) -> None:
        """Note lines as those of a part."""
        self.parts.setdefault(part, []).extend(spots)

    def part_of(self, spot: Spot) -> Part | None:
        """Return the part that a line belongs to."""
        return next((part for part, found in self.parts.items() if spot in found), None)


def recognise(document: WordDocument) -> DocumentParts:
    """Return the parts of the document, as far as they can be told."""
    parts = DocumentParts(document, spots_of(document))
    parts.closing = len(parts.spots)
    _letterhead(parts)
    _type_and_subject(parts)
    _addressee(parts)
    _closing(parts)
    _appendices(parts)
    _body(parts)
    parts.kind = _kind(parts)
    if parts.kind is Kind.UNKNOWN:
        parts.body = []  # the rules for a text are those of official documents
    return parts


def _kind(parts: DocumentParts) -> Kind:
    heads = (Part.NATIONAL_NAME, Part.MOTTO, Part.NUMBER, Part.PLACE_DATE)
    if sum(bool(parts.of(part)) for part in heads) >= 2:
        numbered = parts.of(Part.NUMBER) or parts.of(Part.PLACE_DATE)
        if parts.of(Part.APPENDIX_REFERENCE) and not numbered:
            return Kind.ATTACHED
        return Kind.NAMED if parts.of(Part.TYPE_NAME) else Kind.DISPATCH
    if parts.appendices or parts.of(Part.APPENDIX_REFERENCE):
        return Kind.APPENDIX
    return Kind.UNKNOWN


# --- letterhead ---


def _letterhead(parts: DocumentParts) -> None:
    head = _head_zone(parts)
    texts = [spot for spot in head if spot.text and not spot.is_rule]
    for spot in texts:
        bare, folded = spot.bare, fold(spot.text)
        if "cong hoa xa hoi chu nghia viet nam" in bare and not parts.of(Part.NATIONAL_NAME):
            parts.take(Part.NATIONAL_NAME, spot)
        elif bare == "doc lap tu do hanh phuc" and not parts.of(Part.MOTTO):
            parts.take(Part.MOTTO, spot)
        elif ";" in folded:
            continue  # what an electronic signature prints: number; time; zone
        elif _NUMBER.match(folded) and not parts.of(Part.NUMBER):
            parts.take(Part.NUMBER, spot)
        elif _DATE.search(folded) and not parts.of(Part.PLACE_DATE):
            parts.take(Part.PLACE_DATE, spot)
        elif _SUBJECT.match(folded) and not parts.of(Part.DISPATCH_SUBJECT):
            parts.take(Part.DISPATCH_SUBJECT, spot, *_same_cell_after(spot, texts))
    _agencies(parts, texts)
    found = [s.index for p in parts.parts for s in parts.of(p)]
    rules = [spot.index for spot in head if spot.is_rule]
    parts.head_end = max([*found, *rules], default=-1) + 1


def _head_zone(parts: DocumentParts) -> list[Spot]:
    """Return the spots down to the addressee, the type's name or the first line of the text."""
    zone: list[Spot] = []
    lines = 0
    in_table = False
    for spot in parts.spots:
        folded = fold(spot.text)
        if in_table and _stands_below(spot):
            break
        in_table |= bool(spot.place.table) and any(mark in spot.bare for mark in _MARKS)
        if _ADDRESSEE.match(folded) or _is_type_name(spot) or lines > _FIRST_LINES:
            break
        if _APPENDIX.fullmatch(folded) or _ENCLOSED.match(folded):
            break
        lines += bool(spot.text)
        zone.append(spot)
    known = any(any(mark in spot.bare for mark in _MARKS) for spot in zone)
    return zone if known or any(_NUMBER.match(fold(spot.text)) for spot in zone) else []


def _stands_below(spot: Spot) -> bool:
    """Tell whether a line stands under a letterhead that is a table, and is no part of it."""
    if spot.place.table or spot.place.text_box or not spot.text or spot.is_rule:
        return False
    folded = fold(spot.text)
    return not any(mark.search(folded) for mark in (_NUMBER, _DATE, _SUBJECT))


def _same_cell_after(spot: Spot, texts: list[Spot]) -> list[Spot]:
    """Return the lines beneath in the same cell, into which a long subject was broken."""
    if not spot.place.table:
        return []
    return [
        other
        for other in texts
        if other.index > spot.index
        and _cell(other) == _cell(spot)
        and not _DATE.search(fold(other.text))
    ]


def _cell(spot: Spot) -> tuple[int, int, int]:
    return spot.place.table, spot.place.row, spot.place.column


def _agencies(parts: DocumentParts, texts: list[Spot]) -> None:
    """Find the lines over the number in the left column, and tell the parent from the agency."""
    anchor = parts.first(Part.NATIONAL_NAME) or parts.first(Part.MOTTO)
    number = parts.first(Part.NUMBER)
    if anchor is None:
        return
    taken = {spot.index for found in parts.parts.values() for spot in found}
    left = anchor.columns > 1
    end = number.index if number and number.column == 0 else len(parts.spots)
    lines = [
        spot
        for spot in texts
        if spot.index not in taken
        and (spot.column != anchor.column if left else spot.index < anchor.index)
        and (spot.index < end or spot.place.row < (number.place.row if number else 0))
        and not spot.text.startswith("(")
        and (not left or spot.by_tab or spot.place.table == anchor.place.table)
    ]
    at = _where_agency_begins(lines)
    parts.take(Part.PARENT_AGENCY, *lines[:at])
    parts.take(Part.AGENCY, *lines[at:])


def _where_agency_begins(lines: list[Spot]) -> int:
    """Return where the issuing agency's name begins: at the bold, else at a name's first word."""
    bold = [spot.is_bold for spot in lines]
    if True in bold and not bold[0]:
        return bold.index(True)
    starts = [index for index, spot in enumerate(lines) if index and _begins_a_name(spot)]
    if not starts:
        return 0
    return starts[0] if all(bold) else starts[-1]


def _begins_a_name(spot: Spot) -> bool:
    return f"{spot.bare} ".startswith(_AGENCY_WORDS)


# --- name of the type, subject, addressee ---


def _is_type_name(spot: Spot) -> bool:
    if spot.bare not in TYPE_NAMES or spot.place.columns > 1:
        return False
    return spot.is_capitals or spot.is_bold or spot.paragraph.layout.align == "center"


def _is_some_heading(first: list[Spot]) -> bool:
    return any(
        spot.paragraph.layout.align == "center"
        and spot.is_capitals
        and not spot.place.table
        and len(spot.text) <= _LONGEST_TYPE
        and not _ADDRESSEE.match(fold(spot.text))
        for spot in first
    )


def _type_and_subject(parts: DocumentParts) -> None:
    start = parts.head_end
    following = [spot for spot in parts.spots[start:] if spot.text or spot.is_rule][:_FIRST_LINES]
    at = next((i for i, spot in enumerate(following[:6]) if _is_type_name(spot)), None)
    has_head = bool(parts.of(Part.NATIONAL_NAME) or parts.of(Part.MOTTO))
    named_otherwise = has_head and not parts.of(Part.DISPATCH_SUBJECT)
    if at is None and named_otherwise and _is_some_heading(following[:1]):
        at = 0  # a type that the decree's list does not have
    if at is None:
        return
    parts.type_name = following[at].bare
    parts.take(Part.TYPE_NAME, following[at])
    parts.head_end = following[at].index + 1
    for spot in following[at + 1 : at + 1 + _MOST_SUBJECT_LINES]:
        if not _goes_on_as_subject(spot, parts):
            break
        parts.take(Part.SUBJECT, spot)
        parts.head_end = spot.index + 1


def _goes_on_as_subject(spot: Spot, parts: DocumentParts) -> bool:
    if spot.is_rule or _ADDRESSEE.match(fold(spot.text)) or len(spot.text) > _LONGEST_HEAD:
        return False
    if _ENCLOSED.match(fold(spot.text)) or _LEGAL_BASIS.match(fold(spot.text)):
        return False
    before = parts.spots[spot.index - 1]
    if before.is_blank or before.is_rule:
        return False
    begins = not parts.of(Part.SUBJECT)
    if spot.is_capitals and not begins:
        return False
    centred = spot.paragraph.layout.align == "center"
    return centred or (begins and spot.is_bold)


def _addressee(parts: DocumentParts) -> None:
    following = [spot for spot in parts.spots[parts.head_end :] if spot.text][:12]
    label = next((s for s in following if _ADDRESSEE.match(fold(s.text))), None)
    if label is None:
        return
    parts.take(Part.ADDRESSEE, label)
    parts.head_end = label.index + 1
    named = bool(fold(label.text).removeprefix("kinh gui").strip(" :."))
    for spot in parts.spots[label.index + 1 :]:
        if not spot.text:
            continue
        listed = is_item(spot)
        alone = not named and len(parts.of(Part.ADDRESSEE)) == 1 and _may_be_addressee(spot)
        if not listed and not alone:
            break
        parts.take(Part.ADDRESSEE, spot)
        parts.head_end = spot.index + 1
        if alone and not listed:
            break


def is_item(spot: Spot) -> bool:
    """Tell whether a line is an item of a list with dashes, typed or by Word."""
    return spot.text[:1] in "-–—•+" or spot.paragraph.layout.label in {"-", "–", "•"}


def _may_be_addressee(spot: Spot) -> bool:
    ends_as_text = spot.text.endswith((":", "./.")) or len(spot.text) > _LONGEST_HEAD
    return not ends_as_text and (spot.paragraph.layout.align != "both" or bool(spot.place.table))


# --- recipients and signature ---


def _closing(parts: DocumentParts) -> None:
    label = next(
        (
            spot
            for spot in parts.spots
            if spot.index >= parts.head_end and _RECIPIENTS.fullmatch(fold(spot.text))
        ),
        None,
    )
    if label is None:
        _signature_alone(parts)
        return
    parts.take(Part.RECIPIENTS_LABEL, label)
    parts.closing = label.index
    _recipients(parts, label)
    if label.place.table:
        _signature_beside(parts, label)
    elif label.by_tab:
        parts.take(Part.AUTHORITY, parts.spots[label.index + 1])
    else:
        _signature_alone(parts)


def _recipients(parts: DocumentParts, label: Spot) -> None:
    for spot in parts.spots[label.index + 1 :]:
        inside = label.place.table and spot.place.table == label.place.table
        if inside and spot.column != label.column:
            continue
        if not spot.text:
            if parts.of(Part.RECIPIENTS) and not inside:
                break
            continue
        if not inside and not is_item(spot):
            if label.by_tab and spot.by_tab:
                continue
            break
        if label.place.table and not inside:
            break
        parts.take(Part.RECIPIENTS, spot)


def _signature_beside(parts: DocumentParts, label: Spot) -> None:
    """Read the signer's block in the columns to the right of "Nơi nhận"."""
    block = [
        spot
        for spot in parts.spots
        if spot.place.table == label.place.table and spot.column > label.column
    ]
    first = min((spot.index for spot in block), default=label.index)
    parts.closing = min(parts.closing, first)
    _signer(parts, block)


def _signature_alone(parts: DocumentParts) -> None:
    """Look for a signature that stands without a table."""
    end = next(
        (
            spot.index
            for spot in parts.spots
            if spot.index > parts.head_end and _APPENDIX.fullmatch(fold(spot.text))
        ),
        len(parts.spots),
    )
    tail = [s for s in parts.spots[parts.head_end : end] if s.text and not is_item(s)][-12:]
    at = next((i for i, spot in enumerate(tail) if _AUTHORITY.match(fold(spot.text))), None)
    if at is None:
        at = next((i for i, s in enumerate(tail) if s.is_capitals and _is_title(s)), None)
    if at is None:
        return
    start = tail[at].index
    parts.closing = min(parts.closing, start)
    _signer(parts, [s for s in parts.spots[start:end] if s not in parts.of(Part.RECIPIENTS)])


def _is_title(spot: Spot) -> bool:
    return bool(_TITLE_WORDS.search(spot.bare))


def _signer(parts: DocumentParts, block: list[Spot]) -> None:
    """Tell the lines of authority and title from the name, which stands below the gap."""
    shown = [spot for spot in block if spot.text and not spot.text.startswith("(")]
    shown = [s for s in shown if not s.text.endswith(")") or "(" in s.text]
    if not shown:
        return
    last = shown[-1]
    gap = any(s.is_blank for s in block if shown[0].index < s.index < last.index)
    alone = len(shown) == 1 and _is_title(last)
    is_name = not alone and not _AUTHORITY.match(fold(last.text))
    if is_name and (not last.is_capitals or (gap and not _is_title(last))):
        parts.take(Part.SIGNER, last)
        shown = shown[:-1]
    names = [spot for spot in shown if spot.is_capitals or _is_title(spot) or spot in shown[:1]]
    parts.take(Part.AUTHORITY, *names)


# --- appendices ---


def _appendices(parts: DocumentParts) -> None:
    closing = [s.index for p in (Part.SIGNER, Part.AUTHORITY, Part.RECIPIENTS) for s in parts.of(p)]
    start = max(closing, default=-1) + 1
    if not closing:
        start = parts.head_end
    rest = list(parts.spots[start:])
    for at, spot in enumerate(rest):
        match = _APPENDIX.fullmatch(fold(spot.text))
        if match and _may_be_label(spot):
            parts.take(Part.APPENDIX_LABEL, spot)
            parts.appendices.append(Appendix(spot, spot, _numeral(spot)))
            _appendix_head(parts, rest[at + 1 :], needs_reference=False)
    found = not parts.appendices and _appendix_head(parts, rest, needs_reference=True)
    if found and (closing or not parts.of(Part.NATIONAL_NAME)):
        first = (parts.of(Part.APPENDIX_TITLE) or parts.of(Part.APPENDIX_REFERENCE))[0]
        parts.appendices.append(Appendix(first, None, ""))


def _may_be_label(spot: Spot) -> bool:
    return spot.paragraph.layout.align in {"center", "right"} or spot.is_bold


def _numeral(spot: Spot) -> str:
    parts = spot.text.rstrip(".:… ").split()
    return parts[-1] if len(parts) > 2 and "…" not in spot.text else ""


def _appendix_head(parts: DocumentParts, rest: list[Spot], *, needs_reference: bool) -> bool:
    """Read title and "(Kèm theo …)" from the first lines of `rest`; tell whether they are there."""
    lines = [spot for spot in rest if spot.text or spot.is_rule][:8]
    at = next((i for i, s in enumerate(lines) if _ENCLOSED.match(fold(s.text))), None)
    if at is None and needs_reference:
        return False
    before = lines[:at] if at is not None else _title_lines(lines)
    titles = [s for s in before if s.text and not s.is_rule and not s.place.table]
    if parts.of(Part.TYPE_NAME) and not parts.appendices:
        titles = []  # what is enclosed has a type and subject, not a title
    parts.take(Part.APPENDIX_TITLE, *titles)
    for spot in [] if at is None else lines[at:]:
        parts.take(Part.APPENDIX_REFERENCE, spot)
        if ")" in spot.text:
            break
    return True


def _title_lines(lines: list[Spot]) -> list[Spot]:
    """Return the centred lines right under "Phụ lục" where no "(Kèm theo …)" ends them."""
    found: list[Spot] = []
    for spot in lines:
        centred = spot.paragraph.layout.align == "center"
        if spot.place.table or not centred or not (spot.is_bold or spot.is_capitals):
            break
        found.append(spot)
    return found


# --- the text itself ---


def _body(parts: DocumentParts) -> None:
    if parts.of(Part.APPENDIX_TITLE) and not parts.of(Part.NATIONAL_NAME):
        return
    taken = {id(s.paragraph) for found in parts.parts.values() for s in found}
    first_appendix = min((a.first.index for a in parts.appendices), default=len(parts.spots))
    end = min(parts.closing, first_appendix)
    between = parts.spots[parts.head_end : end]
    paragraphs: list[Paragraph] = []
    for spot in between:
        if not paragraphs or paragraphs[-1] is not spot.paragraph:
            paragraphs.append(spot.paragraph)
    texts = [p for p in paragraphs if not p.place.table and not p.place.text_box]
    parts.body = [p for p in texts if id(p) not in taken and not _is_bare_rule(p)]
    shown = [s for s in between if s.text and not s.is_rule]
    parts.ends_in_text = bool(shown) and not shown[-1].place.table


def _is_bare_rule(paragraph: Paragraph) -> bool:
    return not paragraph.text.strip("_-–— \t\u00a0\n") and bool(paragraph.text.strip())


def legal_bases(parts: DocumentParts) -> list[Paragraph]:
    """Return the paragraphs that name the legal bases, at the start of the text.

    A sentence that only begins with "Căn cứ" and goes on to say something is not one of them.
    """
    run: list[Paragraph] = []
    for paragraph in parts.body:
        text = paragraph.text.strip()
        # Over the bases of a decision stands who decides, in a centred line.
        if not run and paragraph.layout.align == "center":
            continue
        if text and not _LEGAL_BASIS.match(fold(text)):
            break
        if text:
            run.append(paragraph)
    while run and run[-1].text.rstrip().endswith((":", "./.")):
        run.pop()
    spots = {id(p): [s for s in parts.spots if s.paragraph is p and s.text] for p in run}
    certain = [
        p for p in run if p.text.rstrip().endswith(";") or all(s.is_italic for s in spots[id(p)])
    ]
    return run if certain else []
