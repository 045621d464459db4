"""The cells of a PDF's tables that go on over the end of a page, where one part has the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from cchc_office.importing.reading.pdf_ruled_tables import RuledTable
from cchc_office.importing.source import PLAIN, SourceTable
from cchc_office.sheets.sheet_reader import SheetCell

_LOWEST_AREA = 2
_NEARLY_ALL = 0.9
_BEFORE = 2
"""Code and name, the first columns, never go on over the end of a page."""


def with_cells_over_pages(
    tables: Sequence[SourceTable], ruled: Sequence[RuledTable | None]
) -> list[SourceTable]:
    """Return the tables with the parts of such cells all showing the text; each is doubtful.

    `ruled` has those of the tables that have lines. Spreadsheets draw none along the end of a page
    where a cell goes on: in a file that shows this, no other cell does. Writer and Word draw it
    always. There a blank area of several rows at the top of a page goes on from above it, and one
    at the end of a page goes on to an area with text below; what a cut row begins with is the rest
    of the cell above, and so is a text in small letters beside a row with a code. A blank of a
    single row, but for a heading, and a cell that is full before any other text are asked about
    in columns that have merged cells.
    """
    pages = [_Page(table, lines) for table, lines in zip(tables, ruled, strict=True)]
    runs: list[list[_Page]] = []
    for page in pages:
        if runs and page.table.is_on_page_after(runs[-1][-1].table):
            runs[-1].append(page)
        else:
            runs.append([page])
    ends = [[_PageEnd(*pair, _have_codes(run)) for pair in pairwise(run)] for run in runs]
    told_by_lines = any(
        end.goes_on_by_lines(column) for run in ends for end in run for column in end.columns
    )
    for run in ends:
        for column in sorted({column for end in run for column in end.columns}):
            _ColumnOverPages(column, run, told_by_lines).write()
    return [page.result() for page in pages]


class _Page:
    """A table as it is on its page, and what becomes of it."""

    def __init__(self, table: SourceTable, ruled: RuledTable | None) -> None:
        self.table = table
        self.ruled = ruled
        self.rows = [list(row) for row in table.sheet.rows]
        self._doubts = dict(table.doubtful)

    def height(self, cell: SheetCell) -> int:
        return sum(any(one.head == cell.head for one in row) for row in self.rows)

    def is_bold(self, cell: SheetCell) -> bool:
        return self.table.looks.get(cell.head, PLAIN).bold

    def goes_over_codes(self, column: int) -> bool:
        """Tell whether a cell of the column is merged over rows that have codes of their own."""
        codes: dict[str, str] = {}
        for row in self.rows:
            if codes.setdefault(row[column].head, row[0].head) != row[0].head:
                return True
        return False

    def fill(self, cell: SheetCell, text: str) -> None:
        for row in self.rows:
            row[:] = [
                replace(one, value=text or None) if one.head == cell.head else one for one in row
            ]

    def doubt(self, cell: SheetCell, why: str, *, everywhere: bool = False) -> None:
        """Mark a cell where it begins, or `everywhere` in it."""
        of_cell = [one.address for row in self.rows for one in row if one.head == cell.head]
        for address in of_cell if everywhere else (cell.head,):
            self._doubts[address] = why

    def result(self) -> SourceTable:
        sheet = replace(self.table.sheet, rows=tuple(map(tuple, self.rows)))
        return replace(self.table, sheet=sheet, doubtful=self._doubts)


def _have_codes(pages: Sequence[_Page]) -> bool:
    """Tell whether nearly all rows have codes, but for those that a page may begin with."""
    first = [0, *(_headings(*pair) for pair in pairwise(pages))]
    rows = [row for page, n in zip(pages, first, strict=True) for row in page.rows[n + 1 :]]
    within = [bool(row[0].text) for row in rows]
    return bool(within) and sum(within) >= _NEARLY_ALL * len(within)


class _PageEnd:
    """The end of a page between the parts of a table, whose rows may nearly all have codes."""

    def __init__(self, above: _Page, below: _Page, have_codes: bool) -> None:
        self.above, self.below = above, below
        self._have_codes = have_codes
        self.first = _headings(above, below)

    @property
    def columns(self) -> range:
        """The columns whose cells may go on."""
        return range(_BEFORE, len(self.below.rows[0]) if self.first < len(self.below.rows) else 0)

    @property
    def begins_code(self) -> bool:
        """Tell whether the first row below has a code."""
        return bool(self.below.rows[self.first][0].text)

    @property
    def cuts_row(self) -> bool:
        """Tell whether the first row below is the rest of the last one above."""
        name = self.below.rows[self.first][1].text
        goes_on = not name or name[:1].islower() or self._have_codes
        return goes_on and not self.begins_code

    @property
    def begins_heading(self) -> bool:
        """Tell whether the first row below is a heading over others: no area ends with one."""
        above, below = self.above.rows[-1][1], self.below.rows[self.first][1]
        return self.below.is_bold(below) and not self.above.is_bold(above)

    def cells(self, column: int) -> tuple[SheetCell, SheetCell] | None:
        """Return the cells on both sides; None where one is a heading or a title over the row."""
        if column not in self.columns:
            return None
        upper, lower = self.above.rows[-1], self.below.rows[self.first]
        over, under = upper[column], lower[column]
        heading = self.below.rows[0][column].text if self.first else ""
        if heading and heading in {over.text, under.text}:
            return None  # a heading that has no line below it
        is_title = over.head == upper[1].head or under.head == lower[1].head
        return None if is_title else (over, under)

    def goes_on_by_lines(self, column: int) -> bool | None:
        """Tell whether a cell goes on as lines along the end show it; None where they do not.

        They show nothing where a line is only missing, between cells that have a text each.
        """
        above, below, cells = self.above.ruled, self.below.ruled, self.cells(column)
        if above is None or below is None or cells is None:
            return None
        told = above.grid.goes_on(column, below.grid, has_headings=bool(self.first))
        over, under = (cell.text for cell in cells)
        are_two = over and under and not (under[:1].islower() or _is_within(under, over))
        return None if told and are_two else told

    def may_cut(self, column: int) -> bool:
        """Tell whether the last text of a column may go on: nothing else had room behind it."""
        return self.above.ruled is None or self.above.ruled.is_full(column)


def _headings(above: _Page, below: _Page) -> int:
    """Return how many rows at the top of a page repeat the headings of the page before."""
    same = 0
    for upper, lower in zip(above.rows, below.rows, strict=False):
        texts = [cell.text for cell in lower]
        if not any(texts) or texts != [cell.text for cell in upper]:
            break
        same += 1
    return same


def _is_within(text: str, other: str) -> bool:
    return " ".join(text.split()) in " ".join(other.split())


@dataclass(frozen=True)
class _Part:
    """What a page shows of a cell that goes over pages; `by_lines` tells that lines say it does.

    `is_rest` tells that it stands only beside the rest of the last row of the page before.
    """

    page: _Page
    cell: SheetCell
    by_lines: bool = False
    is_rest: bool = False

    @property
    def is_area(self) -> bool:
        return self.page.height(self.cell) >= _LOWEST_AREA


class _ColumnOverPages:
    """Puts the parts of a column's cells together, from page to page."""

    def __init__(self, column: int, ends: Sequence[_PageEnd], told_by_lines: bool) -> None:
        self._column = column
        self._ends = ends
        self._told_by_lines = told_by_lines
        pages = (ends[0].above, *(end.below for end in ends))
        self._has_areas = any(page.goes_over_codes(column) for page in pages)

    def write(self) -> None:
        parts: list[_Part] = []
        for end in self._ends:
            cells = end.cells(self._column)
            if cells is None:
                _write(parts)
                parts = []
                continue
            over, under = _Part(end.above, cells[0]), _Part(end.below, cells[1])
            if not parts or parts[-1].cell.head != over.cell.head:
                _write(parts)
                parts = [over]
            by_lines = end.goes_on_by_lines(self._column) if self._told_by_lines else None
            if by_lines or (by_lines is None and _seems_to_go_on(parts, under, end)):
                is_rest = end.cuts_row and not under.is_area
                parts.append(replace(under, by_lines=bool(by_lines), is_rest=is_rest))
                continue
            if by_lines is None and self._has_areas:
                self._ask(parts, under, end)
            is_open = by_lines is None and not over.cell.text
            _write(parts, under.cell.text if is_open else "")
            parts = []
        _write(parts)

    def _ask(self, parts: Sequence[_Part], under: _Part, end: _PageEnd) -> None:
        """Ask about cells that are taken for two and may be one."""
        over = parts[-1]
        above, below = _text(parts), under.cell.text
        if end.cuts_row:
            return  # rows of a single cell are joined as rows
        if above and below:
            if over.cell.text and end.may_cut(self._column):
                why = f"ô “{above}” ở cuối trang và ô “{below}” ở đầu trang sau có thể là một ô"
                end.above.doubt(over.cell, why, everywhere=True)
                end.below.doubt(under.cell, why, everywhere=True)
        elif above and not end.begins_heading:
            why = f"ô đầu trang của dòng này trống: có thể thuộc ô “{above}” ở cuối trang trước"
            end.below.doubt(under.cell, why)
        elif below:
            why = f"ô cuối trang của dòng này trống: có thể thuộc ô “{below}” ở đầu trang sau"
            end.above.doubt(over.cell, why, everywhere=True)


def _seems_to_go_on(parts: Sequence[_Part], under: _Part, end: _PageEnd) -> bool:
    """Tell whether a cell goes on where no line says so."""
    over = parts[-1]
    above, below = _text(parts), under.cell.text
    if end.cuts_row and (under.is_area or (over.is_area and below)):
        return True
    if above and below:
        is_cell = end.begins_code or over.is_area or under.is_area  # else rows are joined
        return is_cell and bool(over.cell.text) and below[:1].islower()
    return under.is_area and (bool(above) or over.is_area)


def _text(parts: Sequence[_Part]) -> str:
    """Return the text of a cell of these parts, what begins in small letters on the same line.

    Spreadsheets print it on each page, whole or what there is room for.
    """
    whole = ""
    for part in parts:
        text = part.cell.text
        if not text or text == whole or (part.by_lines and _is_within(text, whole)):
            continue
        between = " " if text[:1].islower() else "\n"
        whole = f"{whole}{between}{text}" if whole else text
    return whole


def _write(parts: Sequence[_Part], below: str = "") -> None:
    """Let each part show the whole text; `below` is one that the last, blank ones may be of too.

    Nothing is doubtful where lines say that a cell goes on, and one page has all of its text.
    """
    whole = _text(parts)
    if len(parts) < 2 or not whole:
        return
    texts = [part.cell.text for part in parts]
    is_sure = all(part.by_lines for part in parts[1:]) and whole in texts
    # Whether a new line begins where the page ends, or only a name in capitals, nothing tells.
    is_open = whole not in texts and "\n" in whole
    has_begun = False
    for part in parts:
        has_begun |= bool(part.cell.text)
        if part.cell.text == whole:
            continue
        part.page.fill(part.cell, "" if part.is_rest else whole)
        if is_sure or part.is_rest:
            continue
        if part.cell.text:
            why = f"ô bị ngắt ở cuối trang: hiểu là một ô, “{whole}”"
        elif has_begun:
            why = f"ô trống ở đầu trang: hiểu là ô “{whole}” của trang trước kéo sang"
            why += f"; cũng có thể thuộc ô “{below}” ở đầu trang sau" if below else ""
        else:
            why = f"ô trống ở cuối trang: hiểu là ô “{whole}” ở đầu trang sau"
        is_other = bool(below and has_begun and not part.cell.text)
        part.page.doubt(part.cell, why, everywhere=is_open or is_other)
