"""A table as one value, and how it lies on its pages: how high rows are, where pages break.

Pages are filled, and each is a table of its own: a cell that spans rows of two pages stands on both
with its text. No heading row stands alone at the foot of a page; a row that would leave much of one
empty runs on, between two lines, on the next.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from typing import Literal

from cchc_office.decree30.figures import Profile
from cchc_office.papers.styles import page_of
from cchc_office.text.widths import CELL_PADDING, LINE_HEIGHT, POINTS_PER_MM, lines_in_cell, wrap
from cchc_office.word.document_writer import PageSetup

Align = Literal["left", "center", "right"]


@dataclass(frozen=True)
class Cell:
    """A cell's text (lines divided by newlines) and look; `rows` tells how many rows it spans."""

    text: str
    bold: bool = False
    italic: bool = False
    align: Align = "left"
    rows: int = 1


@dataclass(frozen=True)
class Row:
    """A row: a cell for each column, None where a cell from above covers the place.

    `keep_with_next` asks that the row does not stand alone at the foot of a page.
    """

    cells: tuple[Cell | None, ...]
    keep_with_next: bool = False


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


ROW_PADDING = 1.0
"""Points above and below the text of a cell together."""
TITLE_DISTANCE = 8.0
_BORDER = 0.5
# Programs round a column's width, and a row's height, to whole pixels.
_PIXEL = 0.75
# Programs round heights, each in its own way: so much of a row of one line stays free on a page.
_FREE = 0.85
# A row runs on over a page break only where this many lines of it stand on both sides.
_LEAST_LINES = 3
# A page that would be filled less than this takes the first lines of the next row too.
_LEAST_FILLED = 0.85
# Rows are stretched to fill their page, unless they would become higher than this many times.
_MOST_STRETCHED = 1.35
# A spanning text higher than this share of a page is not said again on each: it runs on.
_REPEATED = 1 / 2
# A heading higher than this share of a page does not look lost at the foot of one.
_HIGH_HEADING = 1 / 5


@dataclass(frozen=True)
class PageRow:
    """A row as it is drawn on a page, `height` points high; `row` numbers it in its table.

    Its cells span rows of this page only. A part of a row that runs on is not `whole`.
    """

    row: int
    cells: tuple[Cell | None, ...]
    keep_with_next: bool = False
    height: float = 0.0
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
class Layout:
    """A table with the figures that it is drawn with: how high its rows are, how long its lines."""

    table: Table
    profile: Profile
    _known_heights: dict[tuple[str, bool, int], float] = field(default_factory=dict, repr=False)

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
    def heading_height(self) -> float:
        """The height in points of the headings."""
        cells = (Cell(column.heading, bold=True) for column in self.table.columns)
        return max((self._height(cell, place) for place, cell in enumerate(cells)), default=0.0)

    @cached_property
    def room(self) -> float:
        """The height in points that a page has for rows, under the headings."""
        return self.page.text_points - self.height_of(1) * _FREE - self.heading_height

    @property
    def _title_height(self) -> float:
        """The height in points of what stands above the table on its first page."""
        return sum(line.height for line in self.title) + TITLE_DISTANCE

    def height_of(self, lines: int) -> float:
        """Return the height in points of a cell with so many lines."""
        text = lines * self.profile.table_size * LINE_HEIGHT
        return math.ceil((text + ROW_PADDING + _BORDER) / _PIXEL) * _PIXEL

    def pages(self) -> list[list[PageRow]]:
        """Return the rows of each page; one that runs on is on each with its part of the text."""
        return [_merged(page) for page in self._pages]

    def flowing_pages(self) -> list[list[PageRow]]:
        """Return the rows that begin on each page, whole; 0 points high where they run on.

        This is for a program that breaks rows itself.
        """
        begun = -1
        pages: list[list[PageRow]] = []
        for page in self._pages:
            new = (row for row in page if row.row > begun)
            pages.append([r if r.whole else replace(self._rows[r.row], whole=False) for r in new])
            begun = page[-1].row
        return [_merged(page) for page in pages if page]

    def may_break(self, height: float) -> bool:
        """Tell whether a row is so high that, kept whole, it could leave much of a page empty."""
        return height > self.room * (1 - _LEAST_FILLED)

    @cached_property
    def _rows(self) -> list[PageRow]:
        """The rows, each spanning cell in all that it spans; one too long is divided."""
        cells = [list(row.cells) for row in self.table.rows]
        for first, row in enumerate(self.table.rows):
            for place, cell in enumerate(row.cells):
                if cell is None or cell.rows == 1:
                    continue
                parts = [replace(cell)] * cell.rows
                if self._height(cell, place) > self.room * _REPEATED:
                    lines, count = self._lines(cell, place), cell.rows
                    ends = [len(lines) * part // count for part in range(count + 1)]
                    texts = ("".join(lines[a:b]).strip() for a, b in pairwise(ends))
                    parts = [replace(cell, text=text, rows=1) for text in texts]
                for at, part in enumerate(parts, start=first):
                    cells[at][place] = part
        rows = [PageRow(number, tuple(own)) for number, own in enumerate(cells)]
        highest = self.room * _HIGH_HEADING
        return [
            replace(r, keep_with_next=row.keep_with_next and self._total([r]) <= highest)
            for r, row in zip(rows, self.table.rows, strict=True)
        ]

    @cached_property
    def _pages(self) -> list[list[PageRow]]:
        """The rows of each page, those of all but the last stretched to fill it."""
        left = self._rows
        room = max(self.room - self._title_height, self.room / 4)
        pages: list[list[PageRow]] = []
        while left:
            page, left = self._take(left, room)
            pages.append(self._stretched(page, room if left else 0.0))
            room = self.room
        parts = Counter(row.row for page in pages for row in page)
        return [[replace(r, whole=parts[r.row] == 1) for r in page] for page in pages]

    def _take(self, left: list[PageRow], room: float) -> tuple[list[PageRow], list[PageRow]]:
        """Return the rows that fill a page, and those left, dividing a row where it must."""
        fit = 0
        while fit < len(left) and self._total(left[: fit + 1]) <= room:
            fit += 1
        if fit == len(left):
            return left, []
        end = fit
        while end and left[end - 1].keep_with_next:
            end -= 1
        end = end or max(fit, 1)
        is_high = self._total([left[fit]]) > self.room
        if is_high or fit == 0 or self._total(left[:end]) < room * _LEAST_FILLED:
            spare = room - self._total(left[:fit])
            upper, lower, has_lines = self._divided(left[fit], spare)
            if fit == 0 or (has_lines and self._total([*left[:fit], upper]) <= room):
                return [*left[:fit], upper], [lower, *left[fit + 1 :]]
        return left[:end], left[end:]

    def _divided(self, row: PageRow, height: float) -> tuple[PageRow, PageRow, bool]:
        """Return the part of a row that `height` has lines for, the rest, and if both have enough.

        A cell that spans rows stays whole in both.
        """
        texts = {
            place: (cell, self._lines(cell, place))
            for place, cell in enumerate(row.cells)
            if cell is not None and cell.rows == 1
        }
        most = max((len(lines) for _, lines in texts.values()), default=0) - _LEAST_LINES
        count = max(min(self._lines_in(height), most), 1)
        upper, lower = list(row.cells), list(row.cells)
        for place, (cell, lines) in texts.items():
            upper[place] = replace(cell, text="".join(lines[:count]).strip())
            lower[place] = replace(cell, text="".join(lines[count:]).strip())
        parts = replace(row, cells=tuple(upper)), replace(row, cells=tuple(lower))
        return *parts, min(count, most) >= _LEAST_LINES

    def _stretched(self, rows: list[PageRow], room: float) -> list[PageRow]:
        """Return rows with their heights, so that they fill `room`, where much of it is."""
        heights = self._heights(rows)
        stretch = max(room / sum(heights), 1.0)
        stretch = stretch if stretch <= _MOST_STRETCHED else 1.0
        drawn: list[PageRow] = []
        lacking = 0.0
        for row, height in zip(rows, heights, strict=True):
            lacking += height * stretch
            drawn.append(replace(row, height=math.floor(lacking / _PIXEL) * _PIXEL))
            lacking -= drawn[-1].height
        return drawn

    def _total(self, rows: Sequence[PageRow]) -> float:
        return sum(self._heights(rows))

    def _heights(self, rows: Sequence[PageRow]) -> list[float]:
        """Return each row's height in points, so that no text is cut, in spanning cells too."""
        heights = [0.0] * len(rows)
        for run in sorted(_runs(rows), key=lambda run: run.last - run.first):
            own = range(run.first, run.last + 1)
            lacking = self._height(run.cell, run.place) - sum(heights[i] for i in own)
            for i in own if lacking > 0 else ():
                heights[i] += lacking / len(own)
        return heights

    def _lines(self, cell: Cell, place: int) -> list[str]:
        """Return the lines of a cell in a column."""
        points = self.table.columns[place].width * POINTS_PER_MM - CELL_PADDING - _PIXEL
        return wrap(cell.text, points, self.profile.table_size, bold=cell.bold)

    def _lines_in(self, height: float) -> int:
        """Return how many lines a cell of a height has room for."""
        whole = math.floor(height / _PIXEL) * _PIXEL
        return int((whole - ROW_PADDING - _BORDER) / (self.profile.table_size * LINE_HEIGHT))

    def _height(self, cell: Cell, place: int) -> float:
        """Return the height in points that a cell's text needs in a column."""
        look = cell.text, cell.bold, place
        if look not in self._known_heights:
            self._known_heights[look] = self.height_of(len(self._lines(cell, place)))
        return self._known_heights[look]


@dataclass(frozen=True)
class _CellRun:
    """A cell over the rows `first` to `last` in the column `place`."""

    place: int
    first: int
    last: int
    cell: Cell


def _runs(rows: Sequence[PageRow]) -> list[_CellRun]:
    """Return the cells of rows; one that spans rows is the same object in all of them."""
    runs: list[_CellRun] = []
    for place in range(len(rows[0].cells) if rows else 0):
        first = 0
        for after in range(1, len(rows) + 1):
            cell = rows[first].cells[place]
            goes_on = after < len(rows) and rows[after].cells[place] is cell
            if cell is not None and not (goes_on and cell.rows > 1):
                runs.append(_CellRun(place, first, after - 1, cell))
                first = after
    return runs


def _merged(rows: list[PageRow]) -> list[PageRow]:
    """Return rows with each spanning cell once, where it begins."""
    cells: list[list[Cell | None]] = [[None] * len(row.cells) for row in rows]
    for run in _runs(rows):
        cells[run.first][run.place] = replace(run.cell, rows=run.last - run.first + 1)
    return [replace(row, cells=tuple(own)) for row, own in zip(rows, cells, strict=True)]
