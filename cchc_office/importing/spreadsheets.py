"""Spreadsheets as sources: each sheet that people see is a table."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cchc_office.importing.source import LeftOut, Reason, SourceDocument, SourceTable
from cchc_office.sheets.sheet_reader import SheetTable, read_workbook


def read_spreadsheet_file(path: Path) -> SourceDocument:
    """Return the spreadsheet at `path`; raises CampaignError where there is none to read."""
    sheets = read_workbook(path)
    hidden = (sheet for sheet in sheets if sheet.is_hidden)
    return SourceDocument(
        path.name,
        "bảng tính",
        tuple(SourceTable(sheet) for sheet in sheets if not sheet.is_hidden),
        left_out=tuple(one for sheet in hidden for one in _left_out(sheet, Reason.HIDDEN_SHEET)),
    )


def _left_out(sheet: SheetTable, reason: Reason) -> Iterator[LeftOut]:
    for number, row in enumerate(sheet.rows, 1):
        text = " | ".join(cell.text for cell in row if cell.text and cell.address == cell.head)
        if text:
            yield LeftOut(f"trang tính “{sheet.name}”, dòng {number}", text, reason)
