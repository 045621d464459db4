"""What is crossed out in a table of people: it does not count, and each is told at its cell.

Where what names a row is crossed out nobody can tell whether the row is meant to go: it is read as
it was written, and asked about.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace

from cchc_office.campaign._tables import FoundTable
from cchc_office.catalogue.findings import Code, Finding
from cchc_office.sheets.sheet_reader import SheetCell
from cchc_office.text.vietnamese import clean_line

_Row = tuple[SheetCell, ...]


@dataclass(frozen=True)
class SettledTable:
    """A table to read, what is told of cells, and of the rows whose name is crossed out.

    These rows stand in `table` as they were written; `rows` has their findings by their numbers.
    """

    table: FoundTable
    cells: tuple[Finding, ...] = ()
    rows: dict[int, Finding] = field(default_factory=dict)


def settle_struck(table: FoundTable, names: Collection[str], file: str) -> SettledTable:
    """Settle what is crossed out; `names` are the keys of the columns that name the rows."""
    sheet = table.sheet
    if all(cell.crossed_out is None for row in sheet.rows for cell in row):
        return SettledTable(table)
    naming = [place for key, place in table.places.items() if key in names]
    below = range(table.heading_row + 1, len(sheet.rows))
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
    for index in (table.heading_row, *below):
        cells += _of_cells(table, file, rows[index], index)
    return SettledTable(
        replace(table, sheet=replace(sheet, rows=tuple(rows))), tuple(cells), struck_rows
    )


def _as_written(cell: SheetCell) -> SheetCell:
    return replace(cell, value=cell.crossed_out, crossed_out=None) if cell.is_struck else cell


def _of_row(table: FoundTable, file: str, index: int, row: _Row, struck: list[int]) -> Finding:
    headings = ", ".join(f"cột {_heading(table, place)}" for place in struck)
    cell, about = row[struck[0]].head, _label(table, row, index)
    return Finding(Code.STRUCK_TABLE_ROW, file, table.sheet.name, cell, about, headings)


def _of_cells(table: FoundTable, file: str, row: _Row, index: int) -> Iterator[Finding]:
    label = _label(table, row, index)
    for place, cell in enumerate(row):
        if cell.crossed_out is None or cell.address != cell.head:
            continue
        heading = _heading(table, place)
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
    if index == table.heading_row:
        return "Dòng tiêu đề"
    texts = (clean_line(row[place].text) for place in list(table.places.values())[:2])
    return " ".join(filter(None, texts)) or f"Dòng {index + 1}"


def _heading(table: FoundTable, place: int) -> str:
    return clean_line(table.sheet.rows[table.heading_row][place].text)
