"""A table of people: found by its headings, its cells read, and what of it is not read told.

Nothing is dropped unsaid: columns, text around the table, what is crossed out. A column that may be
meant for one that decides scores or duties is an error, so that papers wait; a clerk marks it as a
remark by a heading that begins with "Ghi chú".
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from cchc_office.catalogue.findings import Code, Finding, FindingCode
from cchc_office.sheets.addresses import column_letters
from cchc_office.sheets.columns import Column
from cchc_office.sheets.headings import Headings, find_headings, is_remark, nearest
from cchc_office.sheets.sheet_reader import SheetCell, SheetTable
from cchc_office.text.shortening import shortened, some_of
from cchc_office.text.vietnamese import (
    OfficialDate,
    clean_line,
    decimal_of,
    fold,
    official,
    parse_decimal,
    parse_official_date,
)

BLANK = SheetCell(None, "", "")
# How the remarks begin that are written above the tables of a new workbook.
_REMARKS_ABOVE = ("ghi chu", "huong dan", "so lieu minh hoa")
_MOST_SHOWN = 6
_LONGEST_SHOWN = 60
_Row = tuple[SheetCell, ...]


@dataclass(frozen=True)
class TableRow:
    """A row of a table that was found: its sheet row and its cells by column key."""

    number: int
    cells: dict[str, SheetCell]

    def __getitem__(self, key: str) -> SheetCell:
        """Return the cell of a column; a blank one where the table has no such column."""
        return self.cells.get(key, BLANK)

    @property
    def is_blank(self) -> bool:
        """Tell whether no column holds anything."""
        return not any(c.text or c.formula or c.error for c in self.cells.values())


@dataclass(frozen=True)
class FoundTable:
    """A table that was found: its sheet, and its headings with the places of its columns."""

    sheet: SheetTable
    headings: Headings

    @property
    def first_cell(self) -> str:
        """The address of the row of headings as a whole."""
        return f"A{self.headings.row + 1}"

    def rows(self) -> Iterator[TableRow]:
        """Yield the rows under the headings; blank rows and repeated headings are left out."""
        places = self.headings.places
        headings = self._folded(self.headings.row)
        for index in range(self.headings.row + 1, len(self.sheet.rows)):
            cells = {key: self.sheet.rows[index][place] for key, place in places.items()}
            row = TableRow(index + 1, cells)
            if not row.is_blank and self._folded(index) != headings:
                yield row

    def heading(self, place: int) -> SheetCell:
        """Return the cell of a heading; of two lines the lower."""
        return self.sheet.rows[self.headings.row][place]

    def content(self, place: int) -> list[SheetCell]:
        """Return what stands in a column; repeated headings are left out, merged cells are one."""
        return [cell for cell in _below(self.sheet, self.headings.row, place) if is_content(cell)]

    def unread(self) -> dict[int, str]:
        """Return the headings of the columns that are not read and hold something, by place."""
        known = {*self.headings.places.values(), *self.headings.renamed}
        places = range(len(self.sheet.rows[self.headings.row]))
        texts = self.headings.texts
        return {
            place: texts[place] for place in places if place not in known and self.content(place)
        }

    def may_hold(self, columns: Sequence[Column]) -> frozenset[str]:
        """Return the keys of the columns that are not there, or stand under unknown headings."""
        near = (nearest(heading, columns) for heading in self.unread().values())
        return frozenset(c.key for cs in near for c in cs) - self.headings.places.keys()

    def _folded(self, index: int) -> tuple[str, ...]:
        row = self.sheet.rows[index]
        return tuple(fold(row[place].text) for place in self.headings.places.values())


def find_table(
    sheet: SheetTable, columns: Sequence[Column], file: str
) -> tuple[FoundTable | None, list[Finding]]:
    """Find the headings that name most of `columns`; say which required columns are missing."""
    headings = find_headings(
        ([cell.text for cell in row] for row in sheet.rows),
        columns,
        below=lambda row, place: (cell.text for cell in _below(sheet, row, place)),
    )
    if headings is None:
        wanted = ", ".join(c.heading for c in columns if c.required)
        return None, [Finding(Code.MISSING_HEADINGS, file, sheet.name, expected=wanted)]
    table = FoundTable(sheet, headings)
    renamed = {column.key: place for place, column in headings.renamed.items()}
    findings = []
    for column in headings.missing:
        code, cell, found = Code.MISSING_COLUMN, table.first_cell, headings.present
        if (place := renamed.get(column.key)) is not None:
            code, cell = Code.COLUMN_RENAMED, table.heading(place).head
            found = headings.texts[place]
        findings.append(Finding(code, file, sheet.name, cell, found=found, expected=column.heading))
    return table, findings


def _below(sheet: SheetTable, row: int, place: int) -> Iterator[SheetCell]:
    heading = fold(sheet.rows[row][place].text)
    for cells in sheet.rows[row + 1 :]:
        if place < len(cells) and not (heading and fold(cells[place].text) == heading):
            yield cells[place]


def is_content(cell: SheetCell) -> bool:
    """Tell whether a cell holds anything; of merged cells only the first does."""
    return bool(cell.text or cell.formula or cell.error) and cell.address == cell.head


class CellReader:
    """Reads single cells of one table, collecting what is wrong with them."""

    def __init__(self, table: FoundTable, file: str) -> None:
        """Start for a table of `file` with no findings."""
        self.table = table
        self.file = file
        self.sheet = table.sheet.name
        self.findings: list[Finding] = []

    def report(
        self,
        code: FindingCode,
        cell: SheetCell | str,
        *,
        about: str = "",
        found: str = "",
        expected: str = "",
        candidates: tuple[str, ...] = (),
    ) -> None:
        """Note a finding at `cell` (merged cells by their head), or at an address."""
        address = cell if isinstance(cell, str) else cell.head
        finding = Finding(code, self.file, self.sheet, address, about, found, expected, candidates)
        if finding not in self.findings:
            self.findings.append(finding)

    def text(self, cell: SheetCell) -> str:
        """Return the cell's text; a formula without value and an error cell are reported."""
        if cell.formula:
            self.report(Code.FORMULA_WITHOUT_VALUE, cell, found=cell.formula)
        if cell.error:
            self.report(Code.ERROR_CELL, cell, found=cell.error)
        return cell.text


def cell_number(cell: SheetCell) -> Decimal | None:
    """Return the number that a cell holds or plainly says, or None."""
    value = cell.value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return decimal_of(value) if math.isfinite(value) else None
    return parse_decimal(cell.text) if isinstance(value, str) else None


def cell_date(cell: SheetCell) -> OfficialDate | None:
    """Return the date that a cell holds, as a real date or typed as text; None where it is none."""
    if isinstance(cell.value, dt.datetime):
        return official(cell.value.date())
    if isinstance(cell.value, dt.date):
        return official(cell.value)
    return parse_official_date(cell.text) if isinstance(cell.value, str) else None


# --- what is not read ---


def report_unread(
    reader: CellReader,
    columns: Sequence[Column],
    *,
    decides: Callable[[str], bool] | None = None,
    told: Collection[int] = (),
) -> None:
    """Report to `reader` what of its sheet is not read.

    `decides` tells of a text that it says how a row is scored or who does it, whatever stands
    above it; the columns at the places `told` have their findings already.
    """
    for place in reader.table.unread().keys() - set(told):
        _report_column(reader, columns, place, decides)
    _report_text_above(reader)


def _report_column(
    reader: CellReader,
    columns: Sequence[Column],
    place: int,
    decides: Callable[[str], bool] | None,
) -> None:
    table = reader.table
    heading, content, found = (
        table.heading(place),
        table.content(place),
        table.headings.texts[place],
    )
    column = table.headings.doubled.get(place)
    is_deciding = decides is not None and any(decides(clean_line(c.text)) for c in content)
    near = nearest(found, columns)
    candidates = tuple(c.heading for c in near)
    if column:
        first = table.heading(table.headings.places[column.key])
        expected = f"“{clean_line(first.text)}” (ô {first.address})"
        reader.report(Code.DUPLICATE_COLUMN, heading, found=found, expected=expected)
    elif is_remark(found) and ("note" in table.headings.places or not is_deciding):
        reader.report(Code.REMARK_COLUMN, heading, found=found)
    elif is_deciding or (found and any(c.asks_about(found) for c in columns)):
        found = found or f"{column_letters(place)} (không có tiêu đề)"
        reader.report(Code.COLUMN_ASKED, heading, found=found, candidates=candidates)
    elif found:
        reader.report(Code.COLUMN_UNUSED, heading, found=found, candidates=candidates)
    else:
        text = _quoted(content[0])
        reader.report(Code.COLUMN_WITHOUT_HEADING, content[0].address, found=text)


def _report_text_above(reader: CellReader) -> None:
    table = reader.table
    above = [
        cell
        for row in table.sheet.rows[: table.headings.top]
        for cell in row
        if is_content(cell) and not fold(cell.text).startswith(_REMARKS_ABOVE)
    ]
    if above:
        texts = [f"{cell.address} “{_quoted(cell)}”" for cell in above]
        found = some_of(texts, _MOST_SHOWN, "ô", between="; ")
        reader.report(Code.TEXT_ABOVE_TABLE, above[0], found=found)


def _quoted(cell: SheetCell) -> str:
    return shortened(clean_line(cell.text or cell.formula or cell.error), _LONGEST_SHOWN)


# --- what is crossed out ---


@dataclass(frozen=True)
class SettledTable:
    """A table to read, what is told of cells, and of the rows whose name is crossed out.

    These rows stand in `table` as they were written; `rows` has their findings by their numbers.
    """

    table: FoundTable
    cells: tuple[Finding, ...] = ()
    rows: dict[int, Finding] = field(default_factory=dict)


def settle_struck(table: FoundTable, names: Collection[str], file: str) -> SettledTable:
    """Settle what is crossed out: it does not count, and each is told at its cell.

    Where what names a row (the columns with the keys `names`) is crossed out nobody can tell
    whether the row is meant to go: it is read as it was written, and asked about.
    """
    sheet = table.sheet
    if all(cell.crossed_out is None for row in sheet.rows for cell in row):
        return SettledTable(table)
    naming = [place for key, place in table.headings.places.items() if key in names]
    below = range(table.headings.row + 1, len(sheet.rows))
    struck = {
        index: places
        for index in below
        if (places := [place for place in naming if sheet.rows[index][place].is_struck])
    }
    kept = {cell.head for index in struck for cell in sheet.rows[index]}
    rows = [tuple(_as_written(c) if c.head in kept else c for c in row) for row in sheet.rows]
    struck_rows = {
        index + 1: _of_row(table, file, index, rows[index], places)
        for index, places in struck.items()
    }
    cells: list[Finding] = []
    for index in (table.headings.row, *below):
        cells += _of_cells(table, file, rows[index], index)
    return SettledTable(
        replace(table, sheet=replace(sheet, rows=tuple(rows))), tuple(cells), struck_rows
    )


def _as_written(cell: SheetCell) -> SheetCell:
    return replace(cell, value=cell.crossed_out, crossed_out=None) if cell.is_struck else cell


def _of_row(table: FoundTable, file: str, index: int, row: _Row, struck: list[int]) -> Finding:
    headings = ", ".join(f"cột {table.headings.texts[place]}" for place in struck)
    cell, about = row[struck[0]].head, _label(table, row, index)
    return Finding(Code.STRUCK_TABLE_ROW, file, table.sheet.name, cell, about, headings)


def _of_cells(table: FoundTable, file: str, row: _Row, index: int) -> Iterator[Finding]:
    label = _label(table, row, index)
    for place, cell in enumerate(row):
        if cell.crossed_out is None or cell.address != cell.head:
            continue
        heading = table.headings.texts[place]
        yield Finding(
            Code.STRUCK_OUT if cell.is_struck else Code.HALF_STRUCK,
            file,
            table.sheet.name,
            cell.address,
            about=f"{label}, cột {heading}" if heading else label,
            found=clean_line(replace(cell, value=cell.crossed_out).text),
            expected=clean_line(cell.text),
        )


def _label(table: FoundTable, row: _Row, index: int) -> str:
    """Return what names a row: what stands in the first two columns that are read."""
    if index == table.headings.row:
        return "Dòng tiêu đề"
    texts = (clean_line(row[place].text) for place in list(table.headings.places.values())[:2])
    return " ".join(filter(None, texts)) or f"Dòng {index + 1}"
