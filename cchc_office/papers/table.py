"""A table as one value, and how it lies on its pages: how high rows are, where pages break.

A careful hand keeps the rows of a spanning cell together where that leaves no page half empty,
leaves no heading row alone at the foot of one, repeats the text of a span that goes on on each of
its pages, and lets a row higher than a page run on, between two lines, on the next.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import Literal

from cchc_office.decree30.figures import Profile
from cchc_office.papers.styles import page_of
from cchc_office.text.widths import CELL_PADDING, LINE_HEIGHT, POINTS_PER_MM, lines_in_cell, wrap

Align = Literal["left", "center", "right"]


@dataclass(frozen=True)
class Cell:
    """A cell's text (lines divided by newlines) and look; `rows` tells how many rows it spans.

    `at_top` asks that the text of a long span begins with it, where a page may cut the middle.
    """

    text: str
    bold: bool = False
    italic: bool = False
    align: Align = "left"
    rows: int = 1
    at_top: bool = False


@dataclass(frozen=True)
class Row:
    """A row: a cell for each column, None where a cell from above covers the place.

    `keep_with_next` asks that the row does not stand alone at the foot of a page, `may_break` lets
    pages cut it, which is for rows of half a page and more.
    """

    cells: tuple[Cell | None, ...]
    keep_with_next: bool = False
    may_break: bool = False


@dataclass(frozen=True)
class PageColumn:
    """A column: its heading and its width in millimetres."""

    heading: str
    width: float


@dataclass(frozen=True)
class Table:
    """A table with its title above it: columns, rows, lines of title and reference.

    `title` is in capitals as given; `reference` is the "(Kèm theo …)" line; `label` is the line
    "Phụ lục" with its number above the title, if there is one. A `landscape` table lies on its own
    landscape pages.
    """

    title: str
    reference: str
    columns: tuple[PageColumn, ...]
    rows: tuple[Row, ...] = field(default_factory=tuple)
    label: str = ""
    landscape: bool = False


ROW_PADDING = 4.0
# Programs round a column's width to whole pixels.
_PIXEL = 0.75
# Programs round heights, each in its own way: a page is filled to this share only.
_PAGE_SAFETY = 0.97
# A row runs on over a page break only where this many lines of it stand before the break.
_LEAST_LINES = 5
_FREE, _CUTS_A_SPAN, _CRAMPS_A_TEXT, _LEAVES_A_HEADING = range(4)
# A span that fits on a page stays whole unless the page before would be filled less than this.
_LEAST_FILLED = 0.4


@dataclass(frozen=True)
class RowPiece:
    """A row as it stands on a page: whole, or a part of one that runs on; `height` in points.

    `cells` has those that span one row, None elsewhere.
    """

    row: int
    cells: tuple[Cell | None, ...]
    height: float
    whole: bool = True


@dataclass(frozen=True)
class TitleLine:
    """A line above the table: its text, its letters, and the height in points that it takes."""

    text: str
    size: float
    bold: bool
    italic: bool
    height: float


@dataclass(frozen=True)
class Span:
    """A cell over the rows `first` to `last` in the column `place`."""

    place: int
    first: int
    last: int
    cell: Cell


def title_lines(table: Table, profile: Profile) -> list[TitleLine]:
    """Return what stands above the table: label, title, reference, those that there are."""
    width = sum(column.width for column in table.columns)
    looks = (
        (table.label, profile.appendix_label_size, True, False),
        (table.title, profile.appendix_title_size, True, False),
        (table.reference, profile.appendix_reference_size, False, True),
    )
    return [
        TitleLine(
            text,
            size,
            bold,
            italic,
            lines_in_cell(text, width, size, bold=bold) * size * LINE_HEIGHT + ROW_PADDING,
        )
        for text, size, bold, italic in looks
        if text
    ]


def text_lines(cell: Cell, width: float, profile: Profile) -> list[str]:
    """Return the lines of a cell in a column `width` millimetres wide."""
    points = width * POINTS_PER_MM - CELL_PADDING - _PIXEL
    return wrap(cell.text, points, profile.table_size, bold=cell.bold)


def cell_height(cell: Cell, width: float, profile: Profile) -> float:
    """Return the height in points that a cell's text needs."""
    return _height_of(len(text_lines(cell, width, profile)), profile)


def row_heights(table: Table, profile: Profile) -> list[float]:
    """Return each row's height in points, so that no text is cut, in cells that span rows too."""
    heights = [
        max(
            (
                cell_height(cell, table.columns[place].width, profile)
                for place, cell in enumerate(row.cells)
                if cell is not None and cell.rows == 1
            ),
            default=0.0,
        )
        for row in table.rows
    ]
    for span in spans_of(table):
        needed = cell_height(span.cell, table.columns[span.place].width, profile)
        rows = range(span.first, span.last + 1)
        lacking = needed - sum(heights[i] for i in rows)
        if lacking > 0:
            for i in rows:
                heights[i] += lacking / len(rows)
    return heights


def spans_of(table: Table) -> list[Span]:
    """Return the cells that span rows, from above down."""
    return [
        Span(place, index, index + cell.rows - 1, cell)
        for index, row in enumerate(table.rows)
        for place, cell in enumerate(row.cells)
        if cell is not None and cell.rows > 1
    ]


def page_room(table: Table, profile: Profile) -> float:
    """Return the height in points that a page has for rows, under the headings."""
    headings = max(
        (cell_height(Cell(c.heading, bold=True), c.width, profile) for c in table.columns),
        default=0.0,
    )
    page = page_of(profile, landscape=table.landscape)
    return page.text_points * _PAGE_SAFETY - headings


def divide(table: Table, profile: Profile, title_height: float) -> list[list[RowPiece]]:
    """Return the rows of each page; `title_height` is what stands above the table on page 1."""
    return _Divider(table, profile).divide(title_height)


def text_on_page(
    span: Span, heights: list[float], page: int, table: Table, profile: Profile
) -> str:
    """Return what a span shows on one of its pages; `heights` are those of its parts on each.

    The whole text stands on each page where it fits; where it fits on none, it runs on.
    """
    lines = text_lines(span.cell, table.columns[span.place].width, profile)
    needed = _height_of(len(lines), profile)
    if max(heights) >= needed - 1:
        return span.cell.text if heights[page] >= needed - 1 else ""
    rooms = [_lines_in(height, profile) for height in heights]
    ends = [*accumulate(rooms[:-1]), len(lines)]
    starts = [0, *ends[:-1]]
    return "".join(lines[starts[page] : ends[page]]).strip()


class _Divider:
    """Fills page after page with pieces; a piece that runs on becomes two."""

    def __init__(self, table: Table, profile: Profile) -> None:
        self._table = table
        self._profile = profile
        self._room = page_room(table, profile)
        heights = row_heights(table, profile)
        self._spans: dict[int, list[Span]] = {}
        self._needs: dict[Span, float] = {}
        self._fitting: set[Span] = set()
        for span in spans_of(table):
            needed = cell_height(span.cell, table.columns[span.place].width, profile)
            self._needs[span] = needed
            # A text that runs on leaves some room, less than a line, at the foot of each page.
            pages = int(needed / self._room)
            breaks = pages + min(span.last - span.first, pages)
            heights[span.last] += breaks * _height_of(1, profile)
            if sum(heights[span.first : span.last + 1]) <= self._room:
                self._fitting.add(span)
            for row in range(span.first, span.last + 1):
                self._spans.setdefault(row, []).append(span)
        self._pieces = [
            RowPiece(i, tuple(_single(cell) for cell in row.cells), height)
            for i, (row, height) in enumerate(zip(table.rows, heights, strict=True))
        ]

    def divide(self, title_height: float) -> list[list[RowPiece]]:
        pages: list[list[RowPiece]] = []
        start, room = 0, max(self._room - title_height, self._room / 4)
        while start < len(self._pieces):
            end = self._end_of_page(start, room)
            pages.append(self._pieces[start:end])
            start, room = end, self._room
            self._raise_rest(start)
        return pages

    def _end_of_page(self, start: int, room: float) -> int:
        """Return where the page that begins at `start` ends, dividing a row where it must."""
        end, used = start, 0.0
        while end < len(self._pieces) and used + self._pieces[end].height <= room:
            used += self._pieces[end].height
            end += 1
        if end == len(self._pieces):
            return end
        best = self._best_break(start, end, room)
        is_high = self._pieces[end].height > self._room
        if end == start or ((best is None or is_high) and self._runs_on(end, room - used)):
            self._split(end, room - used)
            return end + 1
        return best or end

    def _best_break(self, start: int, end: int, room: float) -> int | None:
        """Return the last place up to `end` where a page may end, at the least cost."""
        filled = start
        used = 0.0
        while filled < end and used < room * _LEAST_FILLED:
            used += self._pieces[filled].height
            filled += 1
        first, never = start + 1, len(self._pieces)
        wishes = (
            (_FREE, filled if filled > start else never),
            (_CUTS_A_SPAN, filled if filled > start else never),
            (_FREE, first),
            (_CUTS_A_SPAN, first),
            (_CRAMPS_A_TEXT, first),
        )
        for cost, least in wishes:
            for place in range(end, least - 1, -1):
                if self._cost(start, place) <= cost:
                    return place
        return None

    def _cost(self, start: int, place: int) -> int:
        before, after = self._pieces[place - 1], self._pieces[place]
        if before.row == after.row:
            return _FREE
        if self._table.rows[before.row].keep_with_next:
            return _LEAVES_A_HEADING
        crossing = [s for s in self._spans.get(before.row, ()) if after.row <= s.last]
        if any(self._is_cramped(s, start, place) for s in crossing):
            return _CRAMPS_A_TEXT
        return _CUTS_A_SPAN if any(s in self._fitting for s in crossing) else _FREE

    def _is_cramped(self, span: Span, start: int, place: int) -> bool:
        """Tell whether a span's text has no room on this page, were it to end at `place`."""
        pieces = self._pieces[start:place]
        return sum(p.height for p in pieces if p.row >= span.first) < self._needs[span]

    def _runs_on(self, place: int, room: float) -> bool:
        """Tell whether enough lines of a row fit into `room`, and enough are left over."""
        least = _height_of(_LEAST_LINES, self._profile)
        return room >= least and self._pieces[place].height >= 2 * least

    def _split(self, place: int, room: float) -> None:
        """Divide a piece in two, the first of them `room` high."""
        piece = self._pieces[place]
        count = max(_lines_in(room, self._profile), 1)
        upper: list[Cell | None] = []
        lower: list[Cell | None] = []
        needed = 0.0
        for cell, column in zip(piece.cells, self._table.columns, strict=True):
            if cell is None:
                upper.append(None)
                lower.append(None)
                continue
            lines = text_lines(cell, column.width, self._profile)
            upper.append(replace(cell, text="".join(lines[:count]).strip()))
            rest = replace(cell, text="".join(lines[count:]).strip())
            lower.append(rest)
            needed = max(needed, cell_height(rest, column.width, self._profile))
        left = max(needed, piece.height - room)
        self._pieces[place : place + 1] = [
            RowPiece(piece.row, tuple(upper), room, whole=False),
            RowPiece(piece.row, tuple(lower), left, whole=False),
        ]

    def _raise_rest(self, start: int) -> None:
        """Make the rest of each span that goes on at `start` high enough for its text."""
        if not 0 < start < len(self._pieces):
            return
        before, after = self._pieces[start - 1].row, self._pieces[start].row
        for span in self._spans.get(after, ()):
            if span.first > before or self._needs[span] > self._room:
                continue
            rest = [i for i in range(start, len(self._pieces)) if self._pieces[i].row <= span.last]
            lacking = self._needs[span] - sum(self._pieces[i].height for i in rest)
            for i in rest if lacking > 0 else ():
                piece = self._pieces[i]
                self._pieces[i] = replace(piece, height=piece.height + lacking / len(rest))


def _single(cell: Cell | None) -> Cell | None:
    return cell if cell is not None and cell.rows == 1 else None


def _height_of(lines: int, profile: Profile) -> float:
    return lines * profile.table_size * LINE_HEIGHT + ROW_PADDING


def _lines_in(height: float, profile: Profile) -> int:
    return int((height - ROW_PADDING) / (profile.table_size * LINE_HEIGHT) + 0.001)
