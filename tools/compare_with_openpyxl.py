"""Reads .xlsx and .xlsm workbooks below folders as a campaign's is read, and by openpyxl.

uv run python tools/compare_with_openpyxl.py FOLDER [FOLDER ...] [--list]

Compared are merged cells and hidden sheets; the values of cells are compared with
calamine's by another tool. Each file is read in processes of its own, which may die; a warning of
ours is a failure. One line tells how many files are equal, and what became of the others; `--list`
names each that differs, and where.
"""

from __future__ import annotations

import argparse
import sys
import warnings
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from compare_with_calamine import Answer, Cells, differences, guarded

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


def verdict(path: Path) -> tuple[str, list[str]]:
    """Return what came of reading a file, and where it differs."""
    ours, theirs = guarded(by_us, path), guarded(by_openpyxl, path)
    if ours.failed:
        return "FAILED", [ours.failed]
    if ours.cells is None:
        return ("neither" if theirs.cells is None else "only openpyxl"), [ours.refused]
    if theirs.cells is None:
        return "only ours", [theirs.refused or theirs.failed]
    found = [line.replace("calamine", "openpyxl") for line in differences(ours.cells, theirs.cells)]
    return ("different" if found else "equal"), found


def main() -> int:
    """Compare all files; 1 where our reader failed on one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--list", action="store_true")
    given = parser.parse_args()
    paths = sorted(
        p for folder in given.folders for p in folder.rglob("*") if p.suffix.lower() in _ENDINGS
    )
    counted: Counter[str] = Counter()
    with ThreadPoolExecutor(2) as pool:
        for path, (word, found) in zip(paths, pool.map(verdict, paths), strict=True):
            counted[word] += 1
            if word == "FAILED" or (given.list and word != "equal"):
                print(f"{word}: {path.parent.name}/{path.name}")
                for line in found[:5]:
                    print(f"    {line[:200]}")
    print(f"{len(paths)} files: " + ", ".join(f"{w} {n}" for w, n in sorted(counted.items())))
    return bool(counted["FAILED"])


if __name__ == "__main__":
    sys.exit(main())
