"""What was doubtful in a row when its table was brought in, as long as nobody settled it.

The sheet "Nhập từ tệp" keeps of each doubt the cell, and what was written into it. Who changes that
cell settles it, and so does who ticks it as seen on that sheet.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from cchc_office.campaign.layout import CRITERIA_COLUMNS, CRITERIA_SHEET
from cchc_office.campaign.tables import FoundTable, TableRow, find_table
from cchc_office.catalogue.findings import Code, Finding
from cchc_office.sheets.addresses import row_number
from cchc_office.sheets.columns import Column
from cchc_office.sheets.sheet_reader import SheetCell, SheetTable
from cchc_office.text import figures
from cchc_office.text.vietnamese import clean_line, decimal_of

IMPORT_COLUMNS = (
    Column("part", "Mục", 38),
    Column("place", "Nơi trong tệp gốc", 60),
    Column("text", "Nội dung", 130),
    Column("said", "Được hiểu là, lý do", 90),
    Column("cell", "Ô ở trang Bộ chỉ số", 24),
    Column("row", "Dòng ấy", 60),
    Column("column", "Cột ấy", 30),
    Column("written", "Đã ghi là", 40),
    Column("seen", "Đã xem (đánh x)", 24),
)
"""The columns of the sheet; those from "cell" on are filled in for what is doubtful in a row."""

_HEADINGS = {column.key: column.heading for column in CRITERIA_COLUMNS}
_KEYS = {heading: key for key, heading in _HEADINGS.items()}


def doubt_values(cell: str, row: str, key: str, written: object) -> dict[str, str]:
    """Return what the sheet keeps of a doubt: the cell, the name of its row, what was written."""
    return {
        "cell": cell,
        "row": clean_line(row),
        "column": _HEADINGS.get(key, ""),
        "written": _in_words(written),
    }


def unsettled_doubts(kept: SheetTable, criteria: FoundTable, file: str) -> Iterator[Finding]:
    """Yield the doubts that the sheet `kept` from bringing in a table and that nobody settled."""
    table, _ = find_table(kept, IMPORT_COLUMNS, file)
    if table is None:
        return
    rows: dict[str, list[TableRow]] = {}
    for row in criteria.rows():
        rows.setdefault(_shown(row["name"]), []).append(row)
    for doubt in table.rows():
        key = _KEYS.get(doubt["column"].text)
        if key is None or doubt["seen"].text:
            continue
        row_then = row_number(doubt["cell"].text) if doubt["cell"].text else 0
        same = rows.get(clean_line(doubt["row"].text), ())
        now = min(same, key=lambda row: abs(row.number - row_then), default=None)
        if now is None or _shown(now[key]) != clean_line(doubt["written"].text):
            continue
        yield Finding(
            Code.IMPORT_NOT_LOOKED_AT,
            file,
            CRITERIA_SHEET,
            now[key].head or f"A{now.number}",
            about=clean_line(doubt["place"].text),
            found=clean_line(doubt["text"].text).rstrip("."),
            seen_at=doubt["seen"].address,
        )


def _shown(cell: SheetCell) -> str:
    return _in_words(cell.value if cell.value is not None else cell.crossed_out)


def _in_words(value: object) -> str:
    """Return a value as the sheet keeps it, whatever a program made of it."""
    if isinstance(value, dt.datetime):
        value = value.date()
    if isinstance(value, dt.date):
        return f"{value:%d/%m/%Y}"
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return figures.as_typed(value)
    if isinstance(value, int | float):
        return figures.as_typed(decimal_of(value))
    return clean_line(str(value))
