"""Tables of the text that would stand out of pages whose margins have become wider."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from cchc_office.decree30.figures import number_in_words
from cchc_office.decree30.fixing._session import FixSession
from cchc_office.decree30.fixing.kinds import FixKind
from cchc_office.text.vietnamese import upper
from cchc_office.text.widths import text_width
from cchc_office.word.format_editor import set_attributes
from cchc_office.word.reading import Paragraph, TextLine
from cchc_office.word.reading.measures import (
    TWIPS_PER_MM,
    USUAL_CELL_MARGIN,
    W,
    attribute,
    points,
    twips_as_mm,
    value_of,
    whole_number,
)
from cchc_office.word.reading.transparent import THROUGH, through

_ByElement = Mapping[Any, Paragraph]
_SLACK = 1.0  # mm
_TWIPS = 20  # in a point
_BESIDE = 2 * USUAL_CELL_MARGIN * TWIPS_PER_MM + 20  # what a cell keeps beside its text, and a hair


def narrow_tables(session: FixSession, rooms: dict[int, float]) -> None:
    """Make the tables of sections as much narrower as the room for text; `rooms` were before.

    Letterhead and signature stay: their lines are not to be broken.
    """
    kept = {table for line in _placed(session) for table in line.iterancestors(f"{W}tbl")}
    paragraphs = {session.element(p): p for p in session.parts.document.paragraphs}
    for section, table in _tables(session):
        if section not in rooms or table in kept:
            continue
        now = room_of(session.sources.sections[section])
        width = sum(twips_as_mm(attribute(c, "w")) or 0.0 for c in table.iterfind(_COLUMNS))
        if now >= rooms[section] or width <= now + _SLACK:
            continue
        share = now / rooms[section]
        session.editor.touch(table)
        _narrow(paragraphs, table, share)
        before, after = (f"rộng {number_in_words(mm, 0)} mm" for mm in (width, width * share))
        session.tell(FixKind.MARGINS, "Bảng rộng hơn khung chữ", before, after)


_COLUMNS = f"{W}tblGrid/{W}gridCol"


def room_of(section: Any) -> float:
    """Return the width for text of a `w:sectPr`, in mm."""
    size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    sides = (attribute(margins, name) for name in ("left", "right", "gutter"))
    return (twips_as_mm(attribute(size, "w")) or 215.9) - sum(twips_as_mm(s) or 0 for s in sides)


def _placed(session: FixSession) -> Iterator[Any]:
    for lines in session.parts.parts.values():
        yield from (session.element(line.paragraph) for line in lines)


def _tables(session: FixSession) -> Iterator[tuple[int, Any]]:
    """Give the tables of the text, each with the number of its section."""
    section = 0
    body = session.sources.package.main.element.find(f"{W}body")
    for element in _blocks(body):
        if element.tag == f"{W}tbl":
            yield section, element
        elif element.find(f"{W}pPr/{W}sectPr") is not None:
            section += 1


def _blocks(parent: Any) -> Iterator[Any]:
    for element in () if parent is None else parent:
        if element.tag in THROUGH:
            yield from _blocks(element)
        elif element.tag in {f"{W}tbl", f"{W}p"}:
            yield element


def _narrow(paragraphs: _ByElement, table: Any, share: float) -> None:
    """Make a table narrower; its columns keep room for their longest words where there is any."""
    columns = list(table.iterfind(_COLUMNS))
    shares = [share] * len(columns)
    if table.find(f".//{W}tc//{W}tbl") is None:
        widths = [points(attribute(column, "w"), 1) or 0.0 for column in columns]
        shares = _shares(widths, _least(paragraphs, table, widths), share)
    for column, own in zip(columns, shares, strict=True):
        _shrink(column, own)
    for row in through(table, "tr"):
        before = row.find(f"{W}trPr/{W}gridBefore")
        at = whole_number(attribute(before, "val"))
        for cell in through(row, "tc"):
            width, span = cell.find(f"{W}tcPr/{W}tcW"), _span(cell)
            if width is not None:
                over = shares[at : at + span]
                _shrink(width, sum(over) / len(over) if over else share)
            at += span
    for element in table.iterfind(f"{W}tblPr/{W}tblW"):
        _shrink(element, share)
    for inner in table.iterfind(f".//{W}tc//{W}tbl"):
        for tag in ("gridCol", "tcW", "tblW"):
            for element in inner.iter(f"{W}{tag}"):
                _shrink(element, share)


def _span(cell: Any) -> int:
    return whole_number(value_of(cell, f"{W}tcPr/{W}gridSpan"), 1)


def _shares(widths: list[float], least: list[float], share: float) -> list[float]:
    """Return how much of its width each column keeps, all together `share` of theirs."""
    spare = [max(0.0, width - need) for width, need in zip(widths, least, strict=True)]
    less = sum(widths) * (1 - share)
    if sum(spare) < less:
        return [share] * len(widths)
    # First from all alike; what that takes from a word comes out of the columns with room.
    wanted = [max(width * share, min(width, n)) for width, n in zip(widths, least, strict=True)]
    room = [max(0.0, width - need) for width, need in zip(wanted, least, strict=True)]
    over = sum(wanted) - sum(widths) * share
    taken = over / sum(room) if over > 0 and any(room) else 0.0
    return [
        (width - taken * free) / before if before else share
        for width, free, before in zip(wanted, room, widths, strict=True)
    ]


def _least(paragraphs: _ByElement, table: Any, widths: list[float]) -> list[float]:
    """Return the twips that each column needs for its longest word."""
    least = [0.0] * len(widths)
    for row in through(table, "tr"):
        at = whole_number(attribute(row.find(f"{W}trPr/{W}gridBefore"), "val"))
        for cell in through(row, "tc"):
            span = _span(cell)
            if span == 1 and at < len(least):
                least[at] = max(least[at], _longest_word(paragraphs, cell) + _BESIDE)
            at += span
    return least


def _longest_word(paragraphs: _ByElement, cell: Any) -> float:
    found = (paragraphs[element] for element in cell.iter(f"{W}p") if element in paragraphs)
    return max((_longest_of(line) for p in found for line in p.lines), default=0.0)


def _longest_of(line: TextLine) -> float:
    """Return the width of a line's longest word, which may be in several pieces."""
    longest = word = 0.0
    for piece in line.pieces:
        look = piece.letters
        text = upper(piece.text) if look.capitals else piece.text
        first, *others = (
            _TWIPS * text_width(part, look.size, bold=look.bold)
            for part in re.split(r"[\s-]+", text)
        )
        word += first
        for other in others:
            longest, word = max(longest, word), other
    return max(longest, word)


def _shrink(element: Any, share: float) -> None:
    if attribute(element, "type") not in {None, "dxa"}:
        return
    width = points(attribute(element, "w"), 1)
    if width is not None:
        set_attributes(element, w=round(width * share))
