"""Opening spreadsheets from outside, whatever program saved them, without being hurt by one."""

from cchc_office.office.spreadsheet.opening import open_spreadsheet
from cchc_office.office.spreadsheet.values import (
    Doubt,
    DoubtfulCell,
    Properties,
    Sheet,
    Spreadsheet,
    StruckCell,
    Value,
)

__all__ = [
    "Doubt",
    "DoubtfulCell",
    "Properties",
    "Sheet",
    "Spreadsheet",
    "StruckCell",
    "Value",
    "open_spreadsheet",
]
