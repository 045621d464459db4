"""Reading a sheet that a person keeps, with openpyxl: values, merged cells, addresses.

A formula is read by the value that Excel saved with it. Numbers and dates stay what they are:
what they mean is for the caller to say.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cchc_office.errors import CampaignError
from cchc_office.office.addresses import cell_name
from cchc_office.vietnamese import clean

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

CellValue = str | int | float | bool | dt.datetime | dt.date | dt.time | dt.timedelta | None

_MOST_ROWS = 20_000
_MOST_COLUMNS = 60


@dataclass(frozen=True, slots=True)
class SheetCell:
    """A cell as a person sees it: its value, its own address, and that of the merged cell's head.

    `formula` is set where the cell is a formula without a saved value, `error` where it shows one.
    `number_format` tells how a number or date is shown.
    """

    value: CellValue
    address: str
    head: str
    formula: str = ""
    error: str = ""
    number_format: str = "General"

    @property
    def text(self) -> str:
        """The value as text in NFC, line breaks kept; whole numbers without a fraction."""
        if self.value is None:
            return ""
        if isinstance(self.value, float) and self.value.is_integer():
            return str(int(self.value))
        return clean(str(self.value))


@dataclass(frozen=True)
class SheetTable:
    """A sheet as rows of cells, `rows[0]` being sheet row 1. Vertical merges are filled down.

    `beyond` is the first cell with a value that lies outside the caps and was left out ("BZ9").
    """

    name: str
    rows: tuple[tuple[SheetCell, ...], ...]
    beyond: str = ""


def read_workbook(path: Path) -> tuple[SheetTable, ...]:
    """Read every visible and hidden worksheet of the .xlsx workbook at `path`.

    Raises CampaignError where the file is missing or no readable workbook.
    """
    import openpyxl  # slow to load, and not every command reads a workbook

    try:
        values = openpyxl.load_workbook(path, data_only=True)
        formulas = openpyxl.load_workbook(path)
    except FileNotFoundError as error:
        raise CampaignError(f"Không có tệp {path}.") from error
    except PermissionError as error:
        raise CampaignError(
            f"Không mở được {path}: không có quyền đọc, hoặc tệp đang bị chương trình khác khoá."
        ) from error
    except Exception as error:  # openpyxl meets damaged files with errors of every kind
        raise CampaignError(
            f"Không đọc được {path.name}: đây không phải là tệp Excel (.xlsx) nguyên vẹn, hoặc "
            "tệp có mật khẩu. Mở bằng Excel, lưu lại dạng .xlsx không mật khẩu, rồi thử lại."
        ) from error
    pairs = zip(values.worksheets, formulas.worksheets, strict=True)
    return tuple(
        _read_sheet(values_sheet, formulas_sheet) for values_sheet, formulas_sheet in pairs
    )


def _read_sheet(values: Worksheet, formulas: Worksheet) -> SheetTable:
    heads = dict(_filled_down(values))
    last_column = min(values.max_column, _MOST_COLUMNS)
    rows = tuple(
        tuple(
            _read_cell(values, formulas, (row, column), heads.get((row, column), (row, column)))
            for column in range(1, last_column + 1)
        )
        for row in range(1, _last_row(values, last_column) + 1)
    )
    return SheetTable(values.title, rows, _first_beyond(formulas))


def formula_text(value: object) -> str:
    """Return a formula as it is shown, array formulas too."""
    text = getattr(value, "text", value)
    return text if isinstance(text, str) else "(công thức đặc biệt)"


def _last_row(sheet: Worksheet, last_column: int) -> int:
    """Return the last row with a value: styled and merged blanks below do not count."""
    limit = min(sheet.max_row, _MOST_ROWS)
    last = 0
    rows = sheet.iter_rows(max_row=limit, max_col=last_column, values_only=True)
    for number, row in enumerate(rows, start=1):
        if any(value is not None for value in row):
            last = max(last, number)
    return last


def _first_beyond(sheet: Worksheet) -> str:
    """Return the first cell outside the caps that holds something, "" where there is none."""
    if sheet.max_row <= _MOST_ROWS and sheet.max_column <= _MOST_COLUMNS:
        return ""
    # To walk the sheet by its rows would make every cell that is not there.
    cells = sheet._cells.items()
    places = [
        place
        for place, cell in cells
        if cell.value is not None and (place[0] > _MOST_ROWS or place[1] > _MOST_COLUMNS)
    ]
    return cell_name(min(places)[0] - 1, min(places)[1] - 1) if places else ""


def _filled_down(sheet: Worksheet) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Yield (cell, head) for the first column of every merged range: only downwards is filled."""
    for merged in sheet.merged_cells.ranges:
        for row in range(merged.min_row, min(merged.max_row, _MOST_ROWS) + 1):
            yield (row, merged.min_col), (merged.min_row, merged.min_col)


def _read_cell(
    values: Worksheet, formulas: Worksheet, place: tuple[int, int], head: tuple[int, int]
) -> SheetCell:
    from openpyxl.utils import get_column_letter

    cell, source = values.cell(*head), formulas.cell(*head)
    value = cell.value
    is_open = source.data_type == "f" and value is None
    return SheetCell(
        None if cell.data_type == "e" else value,  # type: ignore[arg-type]
        f"{get_column_letter(place[1])}{place[0]}",
        f"{get_column_letter(head[1])}{head[0]}",
        formula=formula_text(source.value) if is_open else "",
        error=str(value) if cell.data_type == "e" else "",
        number_format=str(cell.number_format),
    )
