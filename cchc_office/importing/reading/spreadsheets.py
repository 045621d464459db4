"""Spreadsheets as sources: each sheet that people see is a table, without what is hidden in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from cchc_office.importing.source import CellLook, LeftOut, Reason, SourceDocument, SourceTable
from cchc_office.sheets.addresses import cell_name, column_letters
from cchc_office.sheets.sheet_reader import SheetCell, SheetTable, ShownSheet, read_shown_sheets
from cchc_office.text.vietnamese import clean_line

_BETWEEN_CELLS = " | "


def read_spreadsheet_file(path: Path, kind: str) -> SourceDocument:
    """Return the spreadsheet at `path`, told as of `kind`.

    Raises CampaignError where there is none to read.
    """
    sheets = read_shown_sheets(path)
    tables: list[SourceTable] = []
    left_out: list[LeftOut] = []
    for sheet in sheets:
        if sheet.table.is_hidden:
            left_out += _hidden_sheet(sheet.table)
            continue
        left_out += _left_out(sheet)
        tables.append(_table(sheet))
    return SourceDocument(
        path.name, kind, tuple(tables), left_out=tuple(left_out), is_spreadsheet=True
    )


def _hidden_sheet(sheet: SheetTable) -> Iterator[LeftOut]:
    for number, row in enumerate(sheet.rows, 1):
        texts = (cell.text for cell in row if cell.address == cell.head)
        if text := _joined(texts):
            yield LeftOut(f"{_named(sheet)}, dòng {number}", text, Reason.HIDDEN_SHEET)


def _named(sheet: SheetTable) -> str:
    return f"trang tính “{sheet.name}”"


def _joined(texts: Iterator[str]) -> str:
    return _BETWEEN_CELLS.join(filter(None, map(clean_line, texts)))


# --- what is hidden in a sheet ---


def _left_out(sheet: ShownSheet) -> Iterator[LeftOut]:
    display = sheet.display
    name = _named(sheet.table)
    shown_heads = {cell.head for row in _shown_rows(sheet) for cell in row}
    for row, cells in enumerate(sheet.table.rows):
        if row in display.hidden_rows:
            gone = (c.text for c in cells if c.address == c.head and c.head not in shown_heads)
            if text := _joined(gone):
                yield LeftOut(f"{name}, dòng {row + 1}", text, Reason.HIDDEN_ROW)
    for column in sorted(display.hidden_columns):
        gone = (
            row[column].text
            for number, row in enumerate(sheet.table.rows)
            if number not in display.hidden_rows
            and column < len(row)
            and row[column].address == row[column].head
            and row[column].head not in shown_heads
        )
        if text := _joined(gone):
            place = f"{name}, cột {column_letters(column)}"
            yield LeftOut(place, text, Reason.HIDDEN_COLUMN)
    for row, column, comment in display.comments:
        if text := clean_line(comment):
            place = f"{name}, ô {cell_name(row, column)}"
            yield LeftOut(place, text, Reason.COMMENT)
    for reason, texts in (
        (Reason.TEXT_BOX, display.boxes),
        (Reason.PAGE_EDGE, display.page_edges),
    ):
        yield from (LeftOut(name, clean_line(text), reason) for text in texts)


def _shown_rows(sheet: ShownSheet) -> Iterator[list[SheetCell]]:
    hidden = sheet.display.hidden_columns
    for number, row in enumerate(sheet.table.rows):
        if number not in sheet.display.hidden_rows:
            yield [cell for column, cell in enumerate(row) if column not in hidden]


# --- what is shown ---


def _table(sheet: ShownSheet) -> SourceTable:
    table, display = sheet.table, sheet.display
    if display.hidden_rows or display.hidden_columns:
        table = replace(table, rows=tuple(_rows_without_hidden(sheet)))
    looks = {
        cell_name(*place): CellLook(look.bold, look.italic, look.centred, look.indent)
        for place, look in display.formats.items()
    }
    return SourceTable(table, looks)


def _rows_without_hidden(sheet: ShownSheet) -> Iterator[tuple[SheetCell, ...]]:
    """Give the rows in their places; hidden cells are blank, merged ones begin where they show."""
    heads: dict[str, str] = {}
    for number, row in enumerate(sheet.table.rows):
        is_hidden = number in sheet.display.hidden_rows
        cells = []
        for column, cell in enumerate(row):
            if is_hidden or column in sheet.display.hidden_columns:
                cells.append(SheetCell(None, cell.address, cell.address))
            else:
                head = heads.setdefault(cell.head, cell.address)
                cells.append(replace(cell, head=head))
        yield tuple(cells)
