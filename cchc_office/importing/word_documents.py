"""Word documents as sources."""

from __future__ import annotations

from pathlib import Path

from cchc_office.errors import CampaignError, reason_of
from cchc_office.importing.source import SourceDocument, SourceTable
from cchc_office.sheets.addresses import cell_name
from cchc_office.sheets.sheet_reader import SheetCell, SheetTable
from cchc_office.text.vietnamese import clean
from cchc_office.word.reading import UnreadableDocumentError, WordCell, WordTable, read_word_tables


def read_word_file(path: Path) -> SourceDocument:
    """Return the Word document at `path`; raises CampaignError where there is none to read."""
    try:
        tables = read_word_tables(path.read_bytes())
    except OSError as error:
        raise CampaignError(f"Không mở được {path}: {reason_of(error)}.") from error
    except UnreadableDocumentError as error:
        raise CampaignError(f"Không đọc được {path.name}: {error}.") from error
    found = (SourceTable(_sheet(table, number)) for number, table in enumerate(tables, 1))
    return SourceDocument(path.name, "văn bản Word", tuple(found))


def _sheet(table: WordTable, number: int) -> SheetTable:
    """Return a Word table as a sheet: a merged cell's rows all show it, under one head."""
    width = max(map(len, table.rows), default=0)
    rows = []
    for at, row in enumerate(table.rows):
        cells = [_sheet_cell(cell, cell_name(at, place)) for place, cell in enumerate(row)]
        blanks = (cell_name(at, place) for place in range(len(row), width))
        rows.append((*cells, *(SheetCell(None, address, address) for address in blanks)))
    beyond = cell_name(0, width) if table.is_cut else ""
    return SheetTable(f"Bảng {number}", tuple(rows), beyond)


def _sheet_cell(cell: WordCell, address: str) -> SheetCell:
    head = cell_name(cell.row, cell.column)
    left, crossed_out = (text if clean(text) else None for text in (cell.text, cell.crossed_out))
    return SheetCell(left, address, head, crossed_out=crossed_out)
