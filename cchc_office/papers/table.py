"""A table as one value, and how it lies on its pages: how high rows are, where pages break.

A careful hand keeps the rows of a spanning cell together where that leaves no page half empty,
leaves no heading row alone at the foot of one, repeats the text of a span that goes on on each of
its pages, and lets a row higher than a page run on, between two lines, on the next.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import accumulate
from typing import Literal

from cchc_office.decree30.figures import Profile
from cchc_office.papers.styles import page_of
from cchc_office.text.widths import CELL_PADDING, LINE_HEIGHT, POINTS_PER_MM, lines_in_cell, wrap
from cchc_office.word.document_writer import PageSetup

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


@dataclass(frozen=True)
class Layout:
    """A table with the figures that it is drawn with: how high its rows are, how long its lines."""

    table: Table
    profile: Profile

    @cached_property
    def page(self) -> PageSetup:
        """The pages that it lies on."""
        return page_of(self.profile, landscape=self.table.landscape)

    @cached_property
    def title(self) -> list[TitleLine]:
        """What stands above the table: label, title, reference, those that there are."""
        table, profile = self.table, self.profile
        width = sum(column.width for column in table.columns)
        looks = (
            (table.label, profile.appendix_label_size, True, False),
            (table.title, profile.appendix_title_size, True, False),
            (table.reference, profile.appendix_reference_size, False, True),
        )
        heights = {
            look: lines_in_cell(look[0], width, look[1], bold=look[2]) * look[1] * LINE_HEIGHT
            for look in looks
        }
        return [TitleLine(*look, heights[look] + ROW_PADDING) for look in looks if look[0]]

    @cached_property
    def spans(self) -> list[Span]:
        """The cells that span rows, from above down."""
        return [
            Span(place, index, index + cell.rows - 1, cell)
            for index, row in enumerate(self.table.rows)
            for place, cell in enumerate(row.cells)
            if cell is not None and cell.rows > 1
        ]

    @cached_property
    def heading_height(self) -> float:
        """The height in points of the headings."""
        cells = (Cell(column.heading, bold=True) for column in self.table.columns)
        return max((self.height(cell, place) for place, cell in enumerate(cells)), default=0.0)

    @cached_property
    def room(self) -> float:
        """The height in points that a page has for rows, under the headings."""
        return self.page.text_points * _PAGE_SAFETY - self.heading_height

    def lines(self, cell: Cell, place: int) -> list[str]:
        """Return the lines of a cell in a column."""
        points = self.table.columns[place].width * POINTS_PER_MM - CELL_PADDING - _PIXEL
        return wrap(cell.text, points, self.profile.table_size, bold=cell.bold)

    def height(self, cell: Cell, place: int) -> float:
        """Return the height in points that a cell's text needs in a column."""
        return self.height_of(len(self.lines(cell, place)))

    def height_of(self, lines: int) -> float:
        """Return the height in points of a cell with so many lines."""
        return lines * self.profile.table_size * LINE_HEIGHT + ROW_PADDING

    def lines_in(self, height: float) -> int:
        """Return how many lines a cell of a height has room for."""
        return int((height - ROW_PADDING) / (self.profile.table_size * LINE_HEIGHT) + 0.001)

    def row_heights(self) -> list[float]:
        """Return each row's height in points, so that no text is cut, in spanning cells too."""
        heights = [
            max((self.height(c, at) for at, c in enumerate(_single(row)) if c), default=0.0)
            for row in self.table.rows
        ]
        for span in self.spans:
            rows = range(span.first, span.last + 1)
            lacking = self.height(span.cell, span.place) - sum(heights[i] for i in rows)
            if lacking > 0:
                for i in rows:
                    heights[i] += lacking / len(rows)
        return heights

    def pages(self, title_height: float) -> list[list[RowPiece]]:
        """Return the rows of each page; `title_height` is what stands above the table on page 1."""
        return _Divider(self).divide(title_height)

    def text_on_page(self, span: Span, heights: list[float], page: int) -> str:
        """Return what a span shows on one of its pages; `heights` are those of its parts on each.

        The whole text stands on each page where it fits; where it fits on none, it runs on.
        """
        lines = self.lines(span.cell, span.place)
        needed = self.height_of(len(lines))
        if max(heights) >= needed - 1:
            return span.cell.text if heights[page] >= needed - 1 else ""
        rooms = [self.lines_in(height) for height in heights]
        ends = [*accumulate(rooms[:-1]), len(lines)]
        starts = [0, *ends[:-1]]
        return "".join(lines[starts[page] : ends[page]]).strip()


class _Divider:
    """Fills page after page with pieces; a piece that runs on becomes two."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._room = layout.room
        heights = layout.row_heights()
        self._spans: dict[int, list[Span]] = {}
        self._needs: dict[Span, float] = {}
        self._fitting: set[Span] = set()
        for span in layout.spans:
            needed = layout.height(span.cell, span.place)
            self._needs[span] = needed
            # A text that runs on leaves some room, less than a line, at the foot of each page.
            pages = int(needed / self._room)
            breaks = pages + min(span.last - span.first, pages)
            heights[span.last] += breaks * layout.height_of(1)
            if sum(heights[span.first : span.last + 1]) <= self._room:
                self._fitting.add(span)
            for row in range(span.first, span.last + 1):
                self._spans.setdefault(row, []).append(span)
        self._pieces = [
            RowPiece(i, _single(row), height)
            for i, (row, height) in enumerate(zip(layout.table.rows, heights, strict=True))
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
        if self._layout.table.rows[before.row].keep_with_next:
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
        least = self._layout.height_of(_LEAST_LINES)
        return room >= least and self._pieces[place].height >= 2 * least

    def _split(self, place: int, room: float) -> None:
        """Divide a piece in two, the first of them `room` high."""
        piece = self._pieces[place]
        count = max(self._layout.lines_in(room), 1)
        upper: list[Cell | None] = []
        lower: list[Cell | None] = []
        needed = 0.0
        for at, cell in enumerate(piece.cells):
            if cell is None:
                upper.append(None)
                lower.append(None)
                continue
            lines = self._layout.lines(cell, at)
            upper.append(replace(cell, text="".join(lines[:count]).strip()))
            rest = replace(cell, text="".join(lines[count:]).strip())
            lower.append(rest)
            needed = max(needed, self._layout.height(rest, at))
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


def _single(row: Row) -> tuple[Cell | None, ...]:
    """Return the cells of a row that span no other one."""
    return tuple(cell if cell is not None and cell.rows == 1 else None for cell in row.cells)
