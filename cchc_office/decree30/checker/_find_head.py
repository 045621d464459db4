"""Recognising the head: names, number, date, agencies, type, subject and addressee."""

from __future__ import annotations

import re

from cchc_office.decree30.checker import _part_words as part_words
from cchc_office.decree30.checker._parts import DocumentParts, Line
from cchc_office.decree30.figures import Part

_PARENT_WORDS = ("ubnd ", "uy ban nhan dan ", "bo ", "so ", "tong cuc ", "cuc ", "tinh uy ")
_FIRST_LINES = 40
_MOST_SUBJECT_LINES = 8
_HALF_A_NAME = len("cong hoa xa hoi")
_LONGEST_TYPE = 60
_LONGEST_TYPE_AND_SUBJECT = 150
_LONGEST_PLACE_DATE = 90
_LONGEST_NUMBER = 60
# What stands beneath the name of a paper that a house counts as one of its forms.
_OF_A_FORM = re.compile(r"(?:ma so|ma hieu|lan ban hanh|ngay ban hanh)\s*:")


def find_letterhead(parts: DocumentParts) -> None:
    """Find the agencies, the national name, the motto, number, place and date, and "V/v"."""
    head = _head_zone(parts)
    texts = [line for line in head if line.text and not line.is_rule]
    for line in texts:
        bare, folded = line.bare, line.folded
        if line in parts.of(Part.DISPATCH_SUBJECT):
            continue
        if _is_national_name(line, parts.of(Part.NATIONAL_NAME)):
            parts.take(Part.NATIONAL_NAME, line)
        elif bare == "doc lap tu do hanh phuc" and not parts.of(Part.MOTTO):
            parts.take(Part.MOTTO, line)
        elif ";" in folded:
            continue  # what an electronic signature prints: number; time; zone
        elif part_words.NUMBER.match(folded) and not parts.of(Part.NUMBER):
            parts.take(Part.NUMBER, line)
        elif _is_dispatch_subject(line, parts) and not parts.of(Part.DISPATCH_SUBJECT):
            parts.take(Part.DISPATCH_SUBJECT, line, *_same_cell_after(line, texts))
        elif _is_place_and_date(line) and not parts.of(Part.PLACE_DATE):
            parts.take(Part.PLACE_DATE, line)
    _agencies(parts, texts)
    found = [s.index for p in parts.parts for s in parts.of(p)]
    rules = [line.index for line in head if line.is_rule]
    parts.head_end = max([*found, *rules], default=-1) + 1


def _is_dispatch_subject(line: Line, parts: DocumentParts) -> bool:
    """Tell whether it begins with "V/v", or under the number in its cell with "Về" alone."""
    number = parts.first(Part.NUMBER)
    beneath = number is not None and bool(line.place.table) and line.cell == number.cell
    in_words = beneath and line.bare.startswith("ve ") and not line.is_bold
    return in_words or bool(part_words.SUBJECT.match(line.folded))


def _is_place_and_date(line: Line) -> bool:
    is_short = len(line.text) <= _LONGEST_PLACE_DATE
    in_text = part_words.DAY_IN_TEXT.match(line.folded) or line.text.endswith((";", ":"))
    return bool(part_words.DATE.search(line.folded)) and is_short and not in_text


def _is_national_name(line: Line, begun: list[Line]) -> bool:
    """Tell whether a line is the national name, or its beginning or end where it was broken."""
    whole = part_words.HEAD_WORDS[0]
    if line.bare.replace(" ", "") == whole.replace(" ", "") and not begun:
        return True  # two words typed as one are a name written wrong
    if begun:
        rest = whole.removeprefix(begun[0].bare).strip()
        return bool(rest) and len(begun) == 1 and line.bare == rest
    return whole in line.bare or (len(line.bare) >= _HALF_A_NAME and whole.startswith(line.bare))


def _head_zone(parts: DocumentParts) -> list[Line]:
    """Return the lines down to the addressee, the type's name or the first line of the text."""
    zone: list[Line] = []
    lines = 0
    in_table = False
    for line in parts.lines:
        folded = line.folded
        if in_table and _stands_below(line):
            break
        in_table |= bool(line.place.table) and line.holds_head_words
        if part_words.ADDRESSEE.match(folded) or _is_type_name(line) or lines > _FIRST_LINES:
            break
        if part_words.APPENDIX.fullmatch(folded) or part_words.ENCLOSED.match(folded):
            break
        lines += bool(line.text)
        zone.append(line)
    known = any(line.holds_head_words for line in zone)
    return zone if known or any(part_words.NUMBER.match(line.folded) for line in zone) else []


def _stands_below(line: Line) -> bool:
    """Tell whether a line stands under a letterhead that is a table, and is no part of it."""
    if line.place.table or line.place.text_box or not line.text or line.is_rule:
        return False
    folded = line.folded
    return not any(
        mark.search(folded) for mark in (part_words.NUMBER, part_words.DATE, part_words.SUBJECT)
    )


def _same_cell_after(line: Line, texts: list[Line]) -> list[Line]:
    """Return the lines beneath in the same cell, into which a long subject was broken."""
    if not line.place.table:
        return []
    return [
        other
        for other in texts
        if other.index > line.index
        and other.cell == line.cell
        and not other.is_capitals  # a mark of urgency
        and not part_words.REMARK.fullmatch(other.folded)
        and not (part_words.DATE.search(other.folded) and other.is_italic)
    ]


def _agencies(parts: DocumentParts, texts: list[Line]) -> None:
    """Find the lines over the number in the left column, and tell the parent from the agency."""
    anchor = parts.first(Part.NATIONAL_NAME) or parts.first(Part.MOTTO)
    number = parts.first(Part.NUMBER)
    if anchor is None:
        return
    taken = {line.index for found in parts.parts.values() for line in found}
    left = anchor.columns > 1
    end = number.index if number and number.column == 0 else len(parts.lines)
    lines = [
        line
        for line in texts
        if line.index not in taken
        and (line.column != anchor.column if left else _stands_over(anchor, line, parts))
        and (line.index < end or line.place.row < (number.place.row if number else 0))
        and not line.text.startswith("(")
        and not part_words.REMARK.fullmatch(line.folded)
        and (not left or line.by_tab or _beside(anchor, line, parts.lines))
    ]
    at = _where_agency_begins(lines)
    parts.take(Part.PARENT_AGENCY, *lines[:at])
    parts.take(Part.AGENCY, *lines[at:])


def _stands_over(anchor: Line, line: Line, parts: DocumentParts) -> bool:
    """Tell whether a line of a head in one column is over the nation's name, or over the motto.

    A table that lost its columns leaves the second agency between them.
    """
    motto = parts.first(Part.MOTTO)
    between = motto is not None and anchor.index < line.index < motto.index
    return line.index < anchor.index or (between and _begins_a_name(line))


def _beside(anchor: Line, line: Line, lines: tuple[Line, ...]) -> bool:
    """Tell whether a line is in the letterhead's table, or in one within a cell of it."""
    table = anchor.place.table
    if anchor.place.text_box or line.place.table == table:
        return True
    return bool(line.place.table) and any(s.place.table == table for s in lines[line.index + 1 :])


def _where_agency_begins(lines: list[Line]) -> int:
    """Return where the issuing agency's name begins: at the bold, else at a name's first word."""
    bold = [line.is_bold for line in lines]
    if True in bold and not bold[0]:
        return bold.index(True)
    starts = [index for index, line in enumerate(lines) if index and _begins_a_name(line)]
    if not starts:
        return 0
    if not all(bold):
        return starts[-1]
    # Both bold: two names only where the first is that of an agency over others, and whole.
    goes_on = lines[0].bare.endswith(" va") or lines[0].text.endswith((",", "-"))
    is_parent = f"{lines[0].bare} ".startswith(_PARENT_WORDS) and not goes_on
    return starts[0] if is_parent else 0


def _begins_a_name(line: Line) -> bool:
    return f"{line.bare} ".startswith(part_words.AGENCY_WORDS)


def _is_type_name(line: Line) -> bool:
    if line.place.columns > 1:
        return False
    centred = line.paragraph.layout.align == "center"
    if line.bare in part_words.TYPE_NAMES:
        return line.is_capitals or line.is_bold or centred
    short = len(line.text) <= _LONGEST_TYPE_AND_SUBJECT
    return short and centred and line.is_capitals and bool(_type_at_start(line))


def _type_at_start(line: Line) -> str:
    """Return the type that a line begins with, "" with none; "[DỰ THẢO]" may stand before it."""
    bare = f"{line.bare} ".removeprefix("du thao ")
    return next((name for name in part_words.TYPE_NAMES if bare.startswith(f"{name} ")), "")


def _is_some_heading(first: list[Line]) -> bool:
    return any(
        line.paragraph.layout.align == "center"
        and line.is_capitals
        and not line.place.table
        and len(line.text) <= _LONGEST_TYPE
        and not part_words.ADDRESSEE.match(line.folded)
        for line in first
    )


def find_type_and_subject(parts: DocumentParts) -> None:
    """Find the line of the type behind the letterhead, and the subject beneath it."""
    start = parts.head_end
    following = [line for line in parts.lines[start:] if line.text or line.is_rule][:_FIRST_LINES]
    at = next((i for i, line in enumerate(following[:6]) if _is_type_name(line)), None)
    has_head = bool(parts.of(Part.NATIONAL_NAME) or parts.of(Part.MOTTO))
    named_otherwise = has_head and not parts.of(Part.DISPATCH_SUBJECT)
    if at is None and named_otherwise and _is_some_heading(following[:1]):
        at = 0  # a type that the decree's list does not have
    if at is None:
        return
    parts.type_name = _type_at_start(following[at]) or following[at].bare
    parts.type_is_bare = following[at].bare in part_words.TYPE_NAMES
    parts.take(Part.TYPE_NAME, following[at])
    parts.head_end = following[at].index + 1
    for line in following[at + 1 : at + 1 + _MOST_SUBJECT_LINES]:
        if _is_number_below(line, parts):
            parts.take(Part.NUMBER, line)
            parts.head_end = line.index + 1
            break
        if not _goes_on_as_subject(line, parts):
            break
        parts.take(Part.SUBJECT, line)
        parts.head_end = line.index + 1


def _is_number_below(line: Line, parts: DocumentParts) -> bool:
    """Tell whether it is the number, where the letterhead has none and the title's end has."""
    numbered = part_words.NUMBER.match(line.folded) and "/" in line.text
    short = len(line.text) <= _LONGEST_NUMBER
    return bool(numbered) and short and not parts.of(Part.NUMBER)


def _goes_on_as_subject(line: Line, parts: DocumentParts) -> bool:
    centred = line.paragraph.layout.align == "center"
    set_apart = centred and (line.is_bold or line.is_capitals)
    is_long = len(line.text) > part_words.LONGEST_LINE and not set_apart
    begins = not parts.of(Part.SUBJECT)
    if begins and part_words.SUBJECT.match(line.folded.lstrip("( ")):
        return True
    if line.is_rule or part_words.ADDRESSEE.match(line.folded) or is_long:
        return False
    if begins and line.text.startswith("("):
        return False  # a remark, as of the time that is reported
    if _OF_A_FORM.match(line.folded):
        return False
    if part_words.ENCLOSED.match(line.folded) or part_words.LEGAL_BASIS.match(line.folded):
        return False
    if begins and _tells_who_decides(line, parts):
        return False
    before = parts.lines[line.index - 1]
    if before.is_blank and begins:
        return centred and _may_stand_apart(line, parts)
    if before.is_blank or before.is_rule:
        return False
    if line.is_capitals and not _may_be_subject_in_capitals(line, before, begins=begins):
        return False
    return centred or (begins and line.is_bold)


def _tells_who_decides(line: Line, parts: DocumentParts) -> bool:
    """Tell whether it is "GIÁM ĐỐC SỞ …" over the legal bases, and no subject stands above."""
    if not line.is_capitals or not part_words.WHO_DECIDES.match(line.bare):
        return False
    below = next((s for s in parts.lines[line.index + 1 :] if s.text and not s.is_rule), None)
    return below is not None and bool(part_words.LEGAL_BASIS.match(below.folded))


def _may_be_subject_in_capitals(line: Line, before: Line, *, begins: bool) -> bool:
    """Tell whether a line is no one's who decides; that one stands over a decision's bases."""
    if part_words.TITLE_WORDS.match(line.bare):
        return False
    return begins or (before.is_capitals and not _begins_a_name(line))


def _may_stand_apart(line: Line, parts: DocumentParts) -> bool:
    """Tell whether a line that a blank one parts from the type is surely its subject."""
    has_subject = parts.type_is_bare and parts.type_name in part_words.TYPES_WITH_SUBJECT
    heads_text = part_words.FIRST_DIVISION.match(line.folded)
    return has_subject and line.is_bold and not line.is_capitals and not heads_text


def find_addressee(parts: DocumentParts) -> None:
    """Find "Kính gửi" and those whom it names."""
    following = [line for line in parts.lines[parts.head_end :] if line.text][:12]
    label = next((s for s in following if part_words.ADDRESSEE.match(s.folded)), None)
    if label is None:
        return
    parts.take(Part.ADDRESSEE, label)
    parts.head_end = label.index + 1
    named = bool(label.folded.removeprefix("kinh gui").strip(" :."))
    for line in parts.lines[label.index + 1 :]:
        if not line.text:
            continue
        above = parts.of(Part.ADDRESSEE)[-1]
        goes_on = above.is_item and not above.text.endswith((";", ".")) and _may_be_addressee(line)
        listed = line.is_item or goes_on
        alone = not named and len(parts.of(Part.ADDRESSEE)) == 1 and _may_be_addressee(line)
        if not listed and not alone:
            break
        parts.take(Part.ADDRESSEE, line)
        parts.head_end = line.index + 1
        if alone and not listed:
            break


def _may_be_addressee(line: Line) -> bool:
    ends_as_text = line.text.endswith((":", "./.")) or len(line.text) > part_words.LONGEST_LINE
    return not ends_as_text and (line.paragraph.layout.align != "both" or bool(line.place.table))
