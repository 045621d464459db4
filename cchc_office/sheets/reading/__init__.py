"""Opening spreadsheets from outside, whatever program saved them, without being hurt by one."""

from cchc_office.sheets.reading.opening import open_spreadsheet
from cchc_office.sheets.reading.values import (
    Block,
    Doubt,
    DoubtfulCell,
    Properties,
    Sheet,
    SheetLayout,
    Spreadsheet,
    StruckCell,
    Value,
)

__all__ = [
    "Block",
    "Doubt",
    "DoubtfulCell",
    "Properties",
    "Sheet",
    "SheetLayout",
    "Spreadsheet",
    "StruckCell",
    "Value",
    "open_spreadsheet",
]
