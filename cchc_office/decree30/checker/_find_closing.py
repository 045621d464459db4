"""Recognising the closing: "Nơi nhận" with its list, and the signature."""

from __future__ import annotations

import re

from cchc_office.decree30.checker import _part_words as part_words
from cchc_office.decree30.checker._archive_line import is_archive
from cchc_office.decree30.checker._parts import DocumentParts, Line, behind
from cchc_office.decree30.figures import Part

_MOST_COLUMNS = 3
_LINES_OF_SIGNATURE = 12
# A document in two languages has another head beneath.
_NATIONAL_NAME = re.compile(rf"{part_words.HEAD_WORDS[0]}|socialist republic of viet ?nam")
# What a copy has before the name in place of the signature.
_SIGNED = re.compile(r"\s*\((?:đã )?ký[^)]*\)\s*(?=\S)", re.IGNORECASE)


def find_closing(parts: DocumentParts) -> None:
    """Find "Nơi nhận" with its list, and the signature beside or beneath it."""
    label = _label(parts)
    if label is None:
        _signature_alone(parts)
        return
    parts.take(Part.RECIPIENTS_LABEL, label)
    parts.closing = label.index
    _recipients(parts, label)
    if label.place.table:
        _signature_beside(parts, label)
    elif label.by_tab:
        listed = {line.index for line in parts.of(Part.RECIPIENTS)}
        block = parts.lines[label.index : _next_head(parts, label)]
        beside = [s for s in block if s.column > 0 or s.is_blank or s.is_set_in]
        _signer(parts, [s for s in beside if s.index not in listed])
    else:
        _signature_alone(parts)


def _next_head(parts: DocumentParts, label: Line) -> int:
    """Return where the head of another document begins behind the closing of this one."""
    names = (s for s in parts.lines[label.index :] if _NATIONAL_NAME.search(s.bare))
    name = next(names, None)
    if name is None:
        return len(parts.lines)
    return next(s.index for s in parts.lines if s.paragraph is name.paragraph)


def _label(parts: DocumentParts) -> Line | None:
    """Return the line "Nơi nhận": the one with a list under it, else the last outside wide tables.

    A table of the text may have a column with that heading.
    """
    rest = parts.lines[parts.head_end :]
    found = [s for s in rest if part_words.RECIPIENTS.fullmatch(s.folded) or _holds_first_item(s)]
    listed = [s for s in found if _holds_first_item(s) or _is_followed_by_item(parts, s)]
    if listed:
        return listed[0]
    narrow = [s for s in found if s.columns <= _MOST_COLUMNS]
    return narrow[-1] if narrow else None


def _holds_first_item(line: Line) -> bool:
    return bool(part_words.RECIPIENTS_WITH_ITEM.match(line.folded))


def _is_followed_by_item(parts: DocumentParts, label: Line) -> bool:
    below = (
        line
        for line in parts.lines[label.index + 1 : label.index + 40]
        if line.text and line.column == label.column
    )
    following = next(below, None)
    return following is not None and following.is_item


def _recipients(parts: DocumentParts, label: Line) -> None:
    for line in parts.lines[label.index + 1 :]:
        inside = label.place.table and line.place.table == label.place.table
        if line.column != label.column and (inside or line.by_tab):
            continue
        if not line.text:
            if any(not inside or is_archive(above) for above in parts.of(Part.RECIPIENTS)[-1:]):
                break
            continue
        if not inside and not line.is_item:
            if label.by_tab and line.by_tab:
                continue
            break
        if label.place.table and not inside:
            break
        parts.take(Part.RECIPIENTS, line)


def _signature_beside(parts: DocumentParts, label: Line) -> None:
    """Read the signer's block in the columns to the right of "Nơi nhận"."""
    block = [
        line
        for line in parts.lines
        if line.place.table == label.place.table and line.column > label.column
    ]
    first = min((line.index for line in block), default=label.index)
    parts.closing = min(parts.closing, first)
    for column in sorted({line.column for line in block}):
        _signer(parts, [line for line in block if line.column == column])


def _signature_alone(parts: DocumentParts) -> None:
    """Look for a signature that stands without a table."""
    end = _end_of_closing(parts)
    tail = [s for s in parts.lines[parts.head_end : end] if s.text and not s.is_item]
    tail = tail[-_LINES_OF_SIGNATURE:]
    at = next((i for i, line in enumerate(tail) if part_words.AUTHORITY.match(line.folded)), None)
    if at is None:
        at = next((i for i, s in enumerate(tail) if s.is_capitals and _may_sign(s)), None)
    if at is None:
        return
    start = tail[at].index
    parts.closing = min(parts.closing, start)
    named = (*parts.of(Part.RECIPIENTS_LABEL), *parts.of(Part.RECIPIENTS))
    taken = {line.index for line in named}
    block = [line for line in parts.lines[start:end] if line.index not in taken]
    table = tail[at].place.table
    if not table:
        _signer(parts, block)
        return
    for column in sorted({line.column for line in block if line.place.table == table}):
        _signer(parts, [s for s in block if s.place.table == table and s.column == column])


def _end_of_closing(parts: DocumentParts) -> int:
    """Return where the closing surely ended: before an appendix, another head, or far below."""
    below = (line for line in parts.lines if line.index > parts.head_end)
    appendix = next((s for s in below if part_words.APPENDIX.fullmatch(s.folded)), None)
    ends = [appendix.index if appendix else len(parts.lines)]
    listed = (*parts.of(Part.RECIPIENTS_LABEL), *parts.of(Part.RECIPIENTS))
    if listed:
        under = [s.index for s in parts.lines[listed[-1].index + 1 :] if s.text]
        ends += [_next_head(parts, listed[0]), *under[_LINES_OF_SIGNATURE:]]
    return min(ends)


def _is_title(line: Line) -> bool:
    return bool(part_words.TITLE_WORDS.search(line.bare))


def _may_sign(line: Line) -> bool:
    """Tell whether it is a title, and not the heading of a part that speaks of one."""
    return _is_title(line) and not part_words.DIVISION.fullmatch(line.text)


def _signer(parts: DocumentParts, block: list[Line]) -> None:
    """Tell the lines of authority and title from the name, which stands below the gap."""
    block = [behind(s, at.end()) if (at := _SIGNED.match(s.source.text)) else s for s in block]
    shown = [line for line in block if line.text and not line.text.startswith("(")]
    shown = [s for s in shown if not s.text.endswith(")") or "(" in s.text]
    shown = [s for s in shown if not part_words.FIELD_CODE.match(s.text)]
    shown = [s for s in shown if not s.is_date_alone]  # as reports and forms have it there
    if not shown:
        return
    named = _name_over_title(shown, block)
    if named:
        parts.take(Part.SIGNER, named)
        shown.remove(named)
    last = shown[-1]
    gap = any(s.is_blank for s in block if shown[0].index < s.index < last.index)
    alone = len(shown) == 1 and _is_title(last)
    is_name = not alone and not part_words.AUTHORITY.match(last.folded)
    if not named and is_name and (not last.is_capitals or (gap and not _is_title(last))):
        parts.take(Part.SIGNER, last)
        shown = shown[:-1]
    names = [line for line in shown if line.is_capitals or _is_title(line) or line in shown[:1]]
    parts.take(Part.AUTHORITY, *names)


def _name_over_title(shown: list[Line], block: list[Line]) -> Line | None:
    """Return the name where one stands below the gap, and beneath it another title of the same."""
    if len(shown) < 3 or not (shown[-1].is_capitals and _is_title(shown[-1])):
        return None
    above, name = shown[-3:-1]
    gap = any(line.is_blank for line in block if above.index < line.index < name.index)
    words = name.text.split()
    named = len(words) > 1 and all(word[:1].isupper() for word in words)
    if not named or not gap or name.cell != shown[-1].cell or name.is_capitals or _is_title(name):
        return None
    return name
