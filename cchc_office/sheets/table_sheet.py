"""A table as one value, and how it becomes a sheet: title, remarks, headings, rows, marks, print.

A row is a mapping from the keys of columns to values, so that a table says nothing twice: where a
column stands, how wide it is and how its cells look is the column's own.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from cchc_office.sheets import look
from cchc_office.sheets.addresses import cell_name, column_letters
from cchc_office.sheets.columns import Column, Link, Live, Value, places_of
from cchc_office.sheets.long_texts import READABLE_ROW
from cchc_office.sheets.look import A4
from cchc_office.sheets.page_fill import PageFill
from cchc_office.sheets.row_writer import Look, RowWriter
from cchc_office.sheets.workbook_writer import SheetWriter, WorkbookWriter
from cchc_office.text import figures
from cchc_office.text.widths import LINE_HEIGHT, lines_in_cell

_TITLE_HEIGHT = 26
_GAP = 5.0
_MOST_MEASURED = 2_000
"""Measuring the texts of more rows letter by letter takes longer than writing them."""

_WIDEST_LETTER, _ROUGH_LETTER = 4.0, 1.9
"""Millimetres that no letter of a table is wider than, and that most are not."""

_BAR = {
    "type": "data_bar",
    "data_bar_2010": True,
    "bar_solid": True,
    "bar_color": "#9DC3E6",
    "bar_border_color": "#1F4E79",
    "min_type": "num",
    "min_value": 0,
    "max_type": "num",
    "max_value": 1,
}
_REPEATED = {"font_color": "#595959"}
_LOWER = ("▼", "<", {"bold": True, "font_color": "#9C0006"})
_HIGHER = ("▲", ">", {"bold": True, "font_color": "#006100"})


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row: values by the keys of their columns, "" or none for a blank; what looks otherwise.

    A value under a key whose column has a formula is what that gives. `is_sum` tells a row below
    those that are sorted and filtered.
    """

    values: Mapping[str, Value]
    styles: Mapping[str, look.Style] = field(default_factory=dict)
    bold: bool = False
    italic: bool = False
    shaded: bool = False
    is_sum: bool = False


@dataclass(frozen=True, slots=True)
class Foot:
    """What stands below the sums of a table, on one page with them: `height` in points.

    `write` is given the row that it begins at.
    """

    height: float
    write: Callable[[SheetWriter, int], None]


@dataclass(frozen=True)
class TableSheet:
    """A sheet with one table. `count` is how many rows there are, roughly; `rows` is read once.

    The first `frozen` columns stay in sight. Behind the rates of the columns `bars` stands a bar;
    of the pairs `compared` the second is marked where it is below or above the first. The column
    `grouped` tells on each row which group it belongs to. The `running_head` stands over each page
    but the first. Pages lie on their side unless `upright`.
    """

    name: str
    title: str
    remarks: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: Iterable[SheetRow]
    count: int = 0
    frozen: int = 2
    filtered: bool = True
    bars: tuple[str, ...] = ()
    compared: tuple[tuple[str, str], ...] = ()
    grouped: str = ""
    running_head: str = ""
    paper: int = A4
    upright: bool = False
    foot: Foot | None = None

    @property
    def first_row(self) -> int:
        """The row of the sheet, counted from 0, that the rows begin at."""
        return first_row(len(self.remarks))

    @property
    def printed(self) -> tuple[Column, ...]:
        """The columns that are printed; those to look things up stand behind them."""
        return tuple(column for column in self.columns if column.is_printed)

    def write(self, book: WorkbookWriter) -> None:
        """Write the table to a sheet of its own."""
        sheet = book.sheet(self.name)
        _write_head(sheet, self)
        rows = TableRows(sheet, self.columns, self.first_row, count=self.count)
        fill = self._page_fill(sheet)
        last, sums, heights = None, 0.0, list[float]()
        for row in self.rows:
            if row.is_sum and last is None:
                last = rows.end - 1
            height = rows.write(row)
            if last is None:
                fill.add(height)
                heights.append(height)
            else:
                sums += height
        end = rows.finish()
        _mark(sheet, self, end - 1 if last is None else last)
        if len(self.printed) < len(self.columns):
            sheet.raw.print_area(0, 0, end - 1, len(self.printed) - 1)
        if self.foot:
            self.foot.write(sheet, end)
            if last is not None and not fill.holds(sums + self.foot.height):
                above = fill.rows_above(heights, sums + self.foot.height)
                sheet.raw.set_h_pagebreaks([last + 1 - above])

    def _page_fill(self, sheet: SheetWriter) -> PageFill:
        """Return how full the page is below the headings, which the next pages have, too."""
        repeated = sheet.heights[self.first_row - 1]
        fill = PageFill(self.printed, self.paper, look.TABLE_MARGINS, repeated)
        fill.add(sum(sheet.heights.values()))
        return fill


def first_row(remarks: int) -> int:
    """Return the row that a table's rows begin at: below title, so many remarks, and headings."""
    return remarks + 2


def _write_head(sheet: SheetWriter, table: TableSheet) -> None:
    printed = table.printed
    last = len(printed) - 1
    sheet.merged((0, 0), (0, last), table.title, look.TITLE)
    sheet.row_height(0, _TITLE_HEIGHT)
    width = sum(column.width for column in printed)
    for row, remark in enumerate(table.remarks, start=1):
        sheet.merged((row, 0), (row, last), remark, look.REMARK)
        sheet.row_height(row, _height(lines_in_cell(remark, width, look.SIZE)))
    at = table.first_row - 1
    sheet.headings(at, table.columns)
    sheet.raw.freeze_panes(at + 1, table.frozen)
    sheet.print_setup(
        look.TABLE_MARGINS,
        landscape=not table.upright,
        repeat_rows=(at, at),
        paper=table.paper,
        running_head=table.running_head,
    )


_Measured = tuple[tuple[int, int, float, look.Style], ...]
"""Cells whose texts tell how high a row is: place, letters that surely fit, width, look."""


class TableRows:
    """Writes the rows of a table from `first` on, below headings that stand there.

    Each is as high as its longest text, and `least` lines. `count` tells how many there are,
    roughly: texts of very many are not measured but estimated. The columns `named_by` (the first
    two) tell a row from others where a long text of it stands elsewhere.
    """

    def __init__(
        self,
        sheet: SheetWriter,
        columns: tuple[Column, ...],
        first: int,
        *,
        count: int = 0,
        least: int = 1,
        named_by: tuple[str, ...] = (),
    ) -> None:
        """Begin without rows."""
        places = places_of(columns)
        self._columns = columns
        self._keys = [column.key for column in columns]
        self._letters = {key: column_letters(place) for key, place in places.items()}
        self._formulas = [(at, c.formula) for at, c in enumerate(columns) if c.formula]
        self._least = least
        named = tuple(places[key] for key in named_by) or (0, 1)
        self._rows = RowWriter(sheet, first, named)
        self._looks: dict[object, tuple[Look, _Measured]] = {}
        is_measured = count <= _MOST_MEASURED
        self._lines = _measured_lines if is_measured else _rough_lines
        self._letter = _WIDEST_LETTER if is_measured else _ROUGH_LETTER

    @property
    def end(self) -> int:
        """The row that is written next."""
        return self._rows.end

    def write(self, row: SheetRow) -> float:
        """Write a row below those that are there; return its height in points."""
        values = [row.values.get(key, "") for key in self._keys]
        for place, formula in self._formulas:
            if self._keys[place] in row.values and not isinstance(values[place], Live):
                values[place] = self._computed(formula, values[place])
        key = (tuple(row.styles.items()), row.bold, row.italic, row.shaded)
        if key not in self._looks:
            self._looks[key] = self._looked(row)
        shown, measured = self._looks[key]
        lines: float = self._least
        for place, few, width, style in measured:
            value = values[place]
            text = value.text if isinstance(value, Link) else value
            if type(text) is str and (len(text) > few or "\n" in text):
                taken = self._lines(style.sign + text, width, style)
                lines = max(lines, taken * style.size / look.SIZE)
        height = min(_height(lines), READABLE_ROW)
        self._rows.write(shown, values, _height(lines))
        return height

    def finish(self) -> int:
        """Return the row below the last one."""
        self._rows.finish()
        return self._rows.end

    def _computed(self, formula: str, value: Value) -> Live:
        number = self._rows.end + 1
        cells = {key: f"{letters}{number}" for key, letters in self._letters.items()}
        known = value if isinstance(value, str | int | Decimal) else ""
        return Live(formula.format_map(cells), known)

    def _looked(self, row: SheetRow) -> tuple[Look, _Measured]:
        changed: dict[str, Any] = {"bold": True} if row.bold else {}
        changed |= {"italic": True} if row.italic else {}
        changed |= {"fill": look.HEADING_FILL} if row.shaded else {}
        styles = [replace(row.styles.get(c.key, c.look), **changed) for c in self._columns]
        measured = tuple(
            (place, int(column.width / self._letter) - 3, column.width, style)
            for place, (column, style) in enumerate(zip(self._columns, styles, strict=True))
            if column.grows and style.wrap and not column.is_hidden
        )
        return self._rows.look(styles), measured


def _height(lines: float) -> float:
    """Return the height in points of a row with so many lines, of the usual size, in its cells."""
    return lines * look.SIZE * LINE_HEIGHT + _GAP


def _measured_lines(text: str, width: float, style: look.Style) -> int:
    return lines_in_cell(text, width, style.size, bold=style.bold)


def _rough_lines(text: str, width: float, _style: look.Style) -> int:
    """Return how many lines a text takes at most, as far as its length tells."""
    return math.ceil(len(text) * _ROUGH_LETTER / width) + text.count("\n")


def _mark(sheet: SheetWriter, table: TableSheet, last: int) -> None:
    """Let the rows be filtered, and what follows later edits be marked, up to the row `last`."""
    first, places = table.first_row, places_of(table.columns)
    if last < first:
        return
    if table.filtered:
        sheet.raw.autofilter(first - 1, 0, last, len(places) - 1)
    for key in table.bars:
        sheet.raw.conditional_format(first, places[key], last, places[key], _BAR)
    if table.grouped:
        mark_repeated(sheet, (first, last), places[table.grouped])
    for before, after in table.compared:
        _mark_changes(sheet, (first, last), places[before], places[after])


def mark_repeated(sheet: SheetWriter, rows: tuple[int, int], place: int) -> None:
    """Let a text of a column that stands in the row above, too, stand back behind the first.

    By what is there when somebody looks: rows may have been sorted.
    """
    first, last = rows
    now, above = cell_name(first, place), cell_name(first - 1, place)
    repeated = sheet.book.conditional(_REPEATED)
    criteria = {"type": "formula", "criteria": f"={now}={above}", "format": repeated}
    sheet.raw.conditional_format(first, place, last, place, criteria)


def _mark_changes(sheet: SheetWriter, rows: tuple[int, int], before: int, after: int) -> None:
    """Mark the scores of a column that are below or above those of the one before.

    With a sign and in bold, not by colour alone. What only further decimals tell apart has them.
    """
    first, last = rows
    now, then = cell_name(first, after), cell_name(first, before)
    alike = f"ROUND({now},{figures.PLACES})=ROUND({then},{figures.PLACES})"
    for sign, compared, changed in (_LOWER, _HIGHER):
        known = f"ISNUMBER({now}),ISNUMBER({then}),{now}{compared}{then}"
        # The first that holds gives the number its look.
        shown = ((f"{known},{alike}", figures.FINE_SCORE_CELL), (known, figures.SCORE_CELL))
        for condition, score in shown:
            # The minus of a penalty stays with its number.
            signed = f'"{sign} "{score};"{sign} {figures.MINUS}"{score}'
            mark = sheet.book.conditional(changed | {"num_format": signed})
            criteria = {"type": "formula", "criteria": f"=AND({condition})", "format": mark}
            sheet.raw.conditional_format(first, after, last, after, criteria)
