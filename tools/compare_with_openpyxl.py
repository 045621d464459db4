"""Reads .xlsx and .xlsm workbooks below folders as a campaign's is read, and by openpyxl.

uv run python tools/compare_with_openpyxl.py FOLDER [FOLDER ...] [--list]

Compared are merged cells and hidden sheets; the values of cells are compared with
calamine's by another tool. Each file is read in processes of its own, which may die; a warning of
ours is a failure. One line for each format tells how many files are equal, and what became of the
others; `--list` names each that differs, and where.
"""

from __future__ import annotations

import sys
import warnings
from pathlib import Path

from compare_with_calamine import Answer, Cells, compare

from cchc_office.errors import CampaignError
from cchc_office.files.limits import MOST_COLUMNS, MOST_TABLE_ROWS
from cchc_office.files.unreadable_file import UnreadableFileError
from cchc_office.sheets.sheet_reader import open_spreadsheet_file, read_workbook

_ENDINGS = frozenset((".xlsx", ".xlsm", ".xltx", ".xltm"))
_SHEET = -1


def by_us(path: Path) -> Answer:
    """Read a file as a campaign's workbook is read."""
    found: Cells = {}
    try:
        book = open_spreadsheet_file(path)
        for sheet in read_workbook(path):
            name = sheet.name
            merged = book.merged_cells(name)
            found |= {(name, b.top, b.left): (b.bottom, b.right) for b in merged}
            if sheet.is_hidden:
                found[name, _SHEET, _SHEET] = "hidden"
            for row in sheet.rows:
                any(cell.text for cell in row)
    except (CampaignError, UnreadableFileError) as error:
        return Answer(refused=str(error))
    return Answer(found)


def by_openpyxl(path: Path) -> Answer:
    """Read a file by openpyxl."""
    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            book = openpyxl.load_workbook(path)
        except Exception as error:  # it meets foreign files with errors of every kind
            return Answer(refused=type(error).__name__)
    found: Cells = {}
    for sheet in book.worksheets:
        name = sheet.title
        for merged in sheet.merged_cells.ranges:
            bottom, right = min(merged.max_row, MOST_TABLE_ROWS), min(merged.max_col, MOST_COLUMNS)
            if merged.min_row <= MOST_TABLE_ROWS and merged.min_col <= MOST_COLUMNS:
                found[name, merged.min_row - 1, merged.min_col - 1] = (bottom - 1, right - 1)
        if sheet.sheet_state != "visible":
            found[name, _SHEET, _SHEET] = "hidden"
    return Answer(found)


if __name__ == "__main__":
    sys.exit(compare(__doc__, _ENDINGS, by_us, by_openpyxl, "openpyxl"))
