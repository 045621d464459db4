"""Finding the head of a document: letterhead, type and subject, addressees."""

from __future__ import annotations

from cchc_office.decree30.checker._marks import (
    ADDRESSEE,
    AGENCY_WORDS,
    APPENDIX,
    DATE,
    ENCLOSED,
    HEAD_WORDS,
    LEGAL_BASIS,
    LONGEST_LINE,
    NUMBER,
    SUBJECT,
    TYPE_NAMES,
    is_item,
)
from cchc_office.decree30.checker._parts import DocumentParts
from cchc_office.decree30.checker._spots import Spot
from cchc_office.decree30.figures import Part

_PARENT_WORDS = ("ubnd ", "uy ban nhan dan ", "bo ", "so ", "tong cuc ", "cuc ", "tinh uy ")
_FIRST_LINES = 40


_MOST_SUBJECT_LINES = 8


_HALF_A_NAME = len("cong hoa xa hoi")
_LONGEST_TYPE = 60


def find_letterhead(parts: DocumentParts) -> None:
    head = _head_zone(parts)
    texts = [spot for spot in head if spot.text and not spot.is_rule]
    for spot in texts:
        bare, folded = spot.bare, spot.folded
        if _is_national_name(spot, parts.of(Part.NATIONAL_NAME)):
            parts.take(Part.NATIONAL_NAME, spot)
        elif bare == "doc lap tu do hanh phuc" and not parts.of(Part.MOTTO):
            parts.take(Part.MOTTO, spot)
        elif ";" in folded:
            continue  # what an electronic signature prints: number; time; zone
        elif NUMBER.match(folded) and not parts.of(Part.NUMBER):
            parts.take(Part.NUMBER, spot)
        elif DATE.search(folded) and not parts.of(Part.PLACE_DATE):
            parts.take(Part.PLACE_DATE, spot)
        elif SUBJECT.match(folded) and not parts.of(Part.DISPATCH_SUBJECT):
            parts.take(Part.DISPATCH_SUBJECT, spot, *_same_cell_after(spot, texts))
    _agencies(parts, texts)
    found = [s.index for p in parts.parts for s in parts.of(p)]
    rules = [spot.index for spot in head if spot.is_rule]
    parts.head_end = max([*found, *rules], default=-1) + 1


def _is_national_name(spot: Spot, begun: list[Spot]) -> bool:
    """Tell whether a line is the national name, or its beginning or end where it was broken."""
    whole = HEAD_WORDS[0]
    if begun:
        rest = whole.removeprefix(begun[0].bare).strip()
        return bool(rest) and len(begun) == 1 and spot.bare == rest
    return whole in spot.bare or (len(spot.bare) >= _HALF_A_NAME and whole.startswith(spot.bare))


def _head_zone(parts: DocumentParts) -> list[Spot]:
    """Return the spots down to the addressee, the type's name or the first line of the text."""
    zone: list[Spot] = []
    lines = 0
    in_table = False
    for spot in parts.spots:
        folded = spot.folded
        if in_table and _stands_below(spot):
            break
        in_table |= bool(spot.place.table) and any(mark in spot.bare for mark in HEAD_WORDS)
        if ADDRESSEE.match(folded) or _is_type_name(spot) or lines > _FIRST_LINES:
            break
        if APPENDIX.fullmatch(folded) or ENCLOSED.match(folded):
            break
        lines += bool(spot.text)
        zone.append(spot)
    known = any(any(mark in spot.bare for mark in HEAD_WORDS) for spot in zone)
    return zone if known or any(NUMBER.match(spot.folded) for spot in zone) else []


def _stands_below(spot: Spot) -> bool:
    """Tell whether a line stands under a letterhead that is a table, and is no part of it."""
    if spot.place.table or spot.place.text_box or not spot.text or spot.is_rule:
        return False
    folded = spot.folded
    return not any(mark.search(folded) for mark in (NUMBER, DATE, SUBJECT))


def _same_cell_after(spot: Spot, texts: list[Spot]) -> list[Spot]:
    """Return the lines beneath in the same cell, into which a long subject was broken."""
    if not spot.place.table:
        return []
    return [
        other
        for other in texts
        if other.index > spot.index
        and _cell(other) == _cell(spot)
        and not other.is_capitals  # a mark of urgency
        and not DATE.search(other.folded)
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
    if not all(bold):
        return starts[-1]
    # Both bold: two names only where the first is that of an agency over others, and whole.
    goes_on = lines[0].bare.endswith(" va") or lines[0].text.endswith((",", "-"))
    is_parent = f"{lines[0].bare} ".startswith(_PARENT_WORDS) and not goes_on
    return starts[0] if is_parent else 0


def _begins_a_name(spot: Spot) -> bool:
    return f"{spot.bare} ".startswith(AGENCY_WORDS)


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
        and not ADDRESSEE.match(spot.folded)
        for spot in first
    )


def find_type_and_subject(parts: DocumentParts) -> None:
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
    if spot.is_rule or ADDRESSEE.match(spot.folded) or len(spot.text) > LONGEST_LINE:
        return False
    if ENCLOSED.match(spot.folded) or LEGAL_BASIS.match(spot.folded):
        return False
    before = parts.spots[spot.index - 1]
    if before.is_blank or before.is_rule:
        return False
    begins = not parts.of(Part.SUBJECT)
    if spot.is_capitals and not begins:
        return False
    centred = spot.paragraph.layout.align == "center"
    return centred or (begins and spot.is_bold)


def find_addressee(parts: DocumentParts) -> None:
    following = [spot for spot in parts.spots[parts.head_end :] if spot.text][:12]
    label = next((s for s in following if ADDRESSEE.match(s.folded)), None)
    if label is None:
        return
    parts.take(Part.ADDRESSEE, label)
    parts.head_end = label.index + 1
    named = bool(label.folded.removeprefix("kinh gui").strip(" :."))
    for spot in parts.spots[label.index + 1 :]:
        if not spot.text:
            continue
        above = parts.of(Part.ADDRESSEE)[-1]
        goes_on = is_item(above) and not above.text.endswith((";", ".")) and _may_be_addressee(spot)
        listed = is_item(spot) or goes_on
        alone = not named and len(parts.of(Part.ADDRESSEE)) == 1 and _may_be_addressee(spot)
        if not listed and not alone:
            break
        parts.take(Part.ADDRESSEE, spot)
        parts.head_end = spot.index + 1
        if alone and not listed:
            break


def _may_be_addressee(spot: Spot) -> bool:
    ends_as_text = spot.text.endswith((":", "./.")) or len(spot.text) > LONGEST_LINE
    return not ends_as_text and (spot.paragraph.layout.align != "both" or bool(spot.place.table))
