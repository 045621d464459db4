"""Dates in the cells of the campaign workbook."""

from __future__ import annotations

import datetime as dt

from cchc_office.sheets.sheet_reader import SheetCell
from cchc_office.text.vietnamese import OfficialDate, official, parse_official_date


def cell_date(cell: SheetCell) -> OfficialDate | None:
    """Return the date that a cell holds, as a real date or typed as text; None where it is none."""
    if isinstance(cell.value, dt.datetime):
        return official(cell.value.date())
    if isinstance(cell.value, dt.date):
        return official(cell.value)
    return parse_official_date(cell.text) if isinstance(cell.value, str) else None
