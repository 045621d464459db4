"""The rows of a table for a program that breaks pages itself, as Word does.

Where Word will break a page cannot be known to the line, and a clerk goes on editing. So what
must not be cut is said by rows kept with the next: those of a spanning cell that fits on a page.
A longer one is divided beforehand into cells of some rows each, every one with the text, so that
no page is without it wherever it begins.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from cchc_office.documents.decree30 import Profile
from cchc_office.documents.table import Row, Table
from cchc_office.documents.table_pages import (
    Span,
    cell_height,
    page_room,
    row_heights,
    spans_of,
    text_lines,
    title_lines,
)

# Parts of a long span, and rows that pages may cut, as shares of a page.
_SMALLEST_PART, _LARGEST_PART = 1 / 8, 1 / 3
_HIGH_ROW = 1 / 2


@dataclass(frozen=True)
class _Part:
    """A cell that stands for some rows of a span, from `start` to before `end`."""

    start: int
    end: int
    text: str


def flowing_rows(table: Table, profile: Profile) -> tuple[Row, ...]:
    """Return the rows of `table`, long spans divided, those of each span kept together."""
    room = page_room(table, profile)
    first_room = room - sum(line.height for line in title_lines(table, profile))
    heights = row_heights(table, profile)
    cells = [list(row.cells) for row in table.rows]
    kept = [row.keep_with_next for row in table.rows]
    for span in spans_of(table):
        chain = _chain_start(table, span.first)
        lines = text_lines(span.cell, table.columns[span.place].width, profile)
        needed = cell_height(span.cell, table.columns[span.place].width, profile)
        parts = [_Part(span.first, span.last + 1, span.cell.text)]
        if needed > room * _HIGH_ROW:
            parts = _running_on(span, lines, max(needed, sum(heights[chain : span.last + 1])), room)
        elif sum(heights[chain : span.last + 1]) > (room if chain else first_room):
            parts = _repeated(span, table, heights, room, needed)
        for part in parts:
            cell = replace(span.cell, text=part.text, rows=part.end - part.start)
            cells[part.start][span.place] = cell
            kept[part.start : part.end - 1] = [True] * (part.end - 1 - part.start)
    _loosen(table, kept, heights, (first_room, room))
    return tuple(
        Row(tuple(row), keep, may_break=height > room * _HIGH_ROW)
        for row, keep, height in zip(cells, kept, heights, strict=True)
    )


def _chain_start(table: Table, row: int) -> int:
    """Return the first of the heading rows that stay with `row`."""
    while row and table.rows[row - 1].keep_with_next:
        row -= 1
    return row


def _running_on(span: Span, lines: list[str], height: float, room: float) -> list[_Part]:
    """Return parts for a text that is itself too long to be repeated: it runs on over them.

    Left in one cell, what is behind a page break would be cut off.
    """
    rows = span.last + 1 - span.first
    count = min(rows, math.ceil(height / (room * _LARGEST_PART)))
    return [
        _Part(
            span.first + rows * part // count,
            span.first + rows * (part + 1) // count,
            "".join(lines[len(lines) * part // count : len(lines) * (part + 1) // count]).strip(),
        )
        for part in range(count)
    ]


def _repeated(
    span: Span, table: Table, heights: list[float], room: float, needed: float
) -> list[_Part]:
    """Return the parts of a long span, each with the text; they begin at a heading if possible."""
    least, most = max(room * _SMALLEST_PART, needed), max(room * _LARGEST_PART, needed)
    starts = [span.first]
    used = 0.0
    for row in range(span.first + 1, span.last + 1):
        used += heights[row - 1]
        if table.rows[row - 1].keep_with_next or sum(heights[row : span.last + 1]) < least:
            continue
        begins_group = table.rows[row].keep_with_next
        enough = used >= least and (begins_group or used + heights[row] > most)
        if enough or (used >= needed and used + heights[row] > room):
            starts.append(row)
            used = 0.0
    ends = [*starts[1:], span.last + 1]
    return [_Part(start, end, span.cell.text) for start, end in zip(starts, ends, strict=True)]


def _loosen(
    table: Table, kept: list[bool], heights: list[float], rooms: tuple[float, float]
) -> None:
    """Let go of rows kept together that no page has room for: they would leave one empty.

    `rooms` are those of page 1, under the title, and of the others. Headings stay with the next
    row, but for those so high that they do not look lost at the foot of a page.
    """
    start = 0
    for row in range(len(kept)):
        if kept[row] and row < len(kept) - 1:
            continue
        room = rooms[start > 0]
        if sum(heights[start : row + 1]) > room:
            for place in range(start, row + 1):
                is_high = heights[place] > room * _LARGEST_PART
                kept[place] = table.rows[place].keep_with_next and not is_high
        start = row + 1
