"""Reading a sheet that a person keeps: values, merged cells, addresses, what is hidden.

A formula is read by the value that Excel saved with it. Numbers and dates stay what they are:
what they mean is for the caller to say.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice, zip_longest
from pathlib import Path
from typing import TypeVar, overload

from cchc_office.catalogue.findings import Code
from cchc_office.errors import CampaignError
from cchc_office.files.compound_file import unlock
from cchc_office.files.file_kind import SPREADSHEETS, FileKind, kind_of
from cchc_office.files.limits import MOST_TABLE_COLUMNS, MOST_TABLE_ROWS
from cchc_office.files.unreadable_file import (
    UnreadableFileError,
    as_unreadable,
)
from cchc_office.files.whole_file import read_whole
from cchc_office.sheets.addresses import cell_name, column_letters
from cchc_office.sheets.reading import (
    Block,
    Doubt,
    Sheet,
    Spreadsheet,
    StruckCell,
    Value,
    open_spreadsheet,
)
from cchc_office.sheets.reading.display import SheetDisplay
from cchc_office.text.vietnamese import clean

CODES_OF_OTHERS = {
    FileKind.OLD_EXCEL: Code.FILE_IS_OLD_EXCEL,
    FileKind.SPREADSHEETML: Code.FILE_IS_EXCEL_XML,
    FileKind.FLAT_ODS: Code.FILE_IS_FLAT_ODS,
    FileKind.TRUNCATED_ZIP: Code.FILE_TRUNCATED,
    FileKind.TRUNCATED_COMPOUND: Code.FILE_TRUNCATED,
    FileKind.EMPTY: Code.FILE_EMPTY,
}
"""What is told of files that would be spreadsheets, of kinds or in a state that is not read."""


def kind_of_file(path: Path) -> FileKind | None:
    """Tell what the file at `path` is by its content; None where it cannot be read."""
    try:
        return kind_of(read_whole(path))
    except (OSError, UnreadableFileError):
        return None


def open_spreadsheet_file(path: Path) -> Spreadsheet:
    """Return the spreadsheet in the file at `path`.

    Raises OSError where the file cannot be read, UnreadableFileError where it holds no spreadsheet
    or one that is damaged, locked or too large.
    """
    return spreadsheet_of(read_whole(path))


def spreadsheet_of(content: bytes) -> Spreadsheet:
    """Return the spreadsheet in the bytes of a file; raises as `open_spreadsheet_file` does."""
    kind = kind_of(content)
    if kind is FileKind.PASSWORD:
        # Excel itself opens those whose structure alone is protected without asking.
        content = unlock(content, (), lambda _steps: None).content
        kind = kind_of(content)
    if kind not in SPREADSHEETS:
        raise UnreadableFileError(CODES_OF_OTHERS.get(kind, Code.NOT_A_WORKBOOK), kind.value)
    return open_spreadsheet(content, kind)


CellValue = str | int | float | bool | dt.datetime | dt.date | dt.time | dt.timedelta | None

_Made = TypeVar("_Made")
_UNNAMED_ERROR = "#?"
_MOST_EXACT = 2**53
_LOCKED = frozenset((Code.PASSWORD_PROTECTED, Code.LOCK_UNKNOWN))
_INCOMPLETE = frozenset((Code.FILE_EMPTY, Code.FILE_TRUNCATED, Code.DAMAGED_FILE))


@dataclass(frozen=True, slots=True)
class SheetCell:
    """A cell as a person sees it: its value, its own address, and that of the merged cell's head.

    `formula` is set where the cell is a formula without a saved value, `error` where it shows one.
    `is_percent` tells that its number is shown as a percentage: 0.5 as "50%". `crossed_out` is what
    of the cell someone crossed out, and `value` what is left; None where nothing is.
    """

    value: CellValue
    address: str
    head: str
    formula: str = ""
    error: str = ""
    is_percent: bool = False
    crossed_out: CellValue = None

    @property
    def is_struck(self) -> bool:
        """Tell whether all that the cell holds is crossed out."""
        return self.crossed_out is not None and self.value is None

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
    `is_hidden` tells that Excel does not show the sheet.
    """

    name: str
    rows: Sequence[tuple[SheetCell, ...]]
    beyond: str = ""
    is_hidden: bool = False


@dataclass(frozen=True)
class ShownSheet:
    """A sheet and how it is shown; merged cells show their head all over their area."""

    table: SheetTable
    display: SheetDisplay


def read_workbook(path: Path) -> tuple[SheetTable, ...]:
    """Read every visible and hidden worksheet of the workbook at `path`, whatever its format.

    Raises CampaignError where the file is missing or no readable workbook.
    """
    return _of_sheets(path, _read_sheet)


def sheets_of(book: Spreadsheet) -> tuple[SheetTable, ...]:
    """Return every worksheet of a workbook, visible and hidden."""
    return tuple(_read_sheet(book, name) for name in book.sheet_names)


def read_shown_sheets(path: Path) -> tuple[ShownSheet, ...]:
    """Read every worksheet and how it is shown; raises as `read_workbook`."""
    return _of_sheets(path, _read_shown_sheet)


def _of_sheets(path: Path, read: Callable[[Spreadsheet, str], _Made]) -> tuple[_Made, ...]:
    try:
        book = open_spreadsheet_file(path)
        return tuple(read(book, name) for name in book.sheet_names)
    except FileNotFoundError as error:
        raise CampaignError(f"Không có tệp {path}.") from error
    except PermissionError as error:
        raise CampaignError(
            f"Không mở được {path}: không có quyền đọc, hoặc tệp đang bị chương trình khác khoá."
        ) from error
    except OSError as error:
        raise CampaignError(f"Không mở được {path}: {error.strerror or 'máy báo lỗi'}.") from error
    except Exception as error:  # damaged files bring up errors of every kind
        raise CampaignError(_why_unreadable(path, as_unreadable(error))) from error


def _why_unreadable(path: Path, error: UnreadableFileError) -> str:
    if error.code in _LOCKED:
        advice = "Mở bằng Excel, bỏ mật khẩu, lưu lại, rồi thử lại."
    elif error.code in _INCOMPLETE:
        advice = "Mở thử bằng Excel; nếu không mở được thì chép lại từ nơi lưu, rồi thử lại."
    elif error.code is Code.TOO_LARGE:
        advice = "Chép riêng bảng cần dùng sang một tệp .xlsx mới, rồi thử lại."
    else:
        advice = "Cần tệp Excel: mở bằng chương trình của nó, lưu thành .xlsx, rồi thử lại."
    return f"Không đọc được {path.name}. {error.finding(path.name).sentence} {advice}"


_Place = tuple[int, int]


def _read_sheet(book: Spreadsheet, name: str, *, across: bool = False) -> SheetTable:
    sheet = book.sheet(name, MOST_TABLE_ROWS)
    return SheetTable(
        sheet.name,
        _Rows(sheet, book.merged_cells(name), across=across),
        _first_beyond(sheet),
        name in book.hidden_sheets,
    )


def _read_shown_sheet(book: Spreadsheet, name: str) -> ShownSheet:
    return ShownSheet(_read_sheet(book, name, across=True), book.display(name))


class _Rows(Sequence[tuple[SheetCell, ...]]):
    """The rows of a sheet up to the last that is not blank, within the caps.

    Their cells are made when they are asked for: of sheets that hold other things, few are.
    """

    def __init__(self, sheet: Sheet, merged: tuple[Block, ...], *, across: bool) -> None:
        doubtful, struck = sheet.doubtful_cells, sheet.struck_cells
        filled = [r for r, row in enumerate(sheet.rows) if any(v != "" for v in row)]
        self._height = max([*filled, *(r for r, _ in (*doubtful, *struck))], default=-1) + 1
        columns = (c + 1 for _, c in (*doubtful, *struck))
        width = max([*map(len, sheet.rows), *columns], default=0)
        if across:
            width = max([width, *(b.right + 1 for b in merged if b.top < self._height)])
        self._letters = [column_letters(c) for c in range(min(width, MOST_TABLE_COLUMNS))]
        self._made: dict[int, tuple[SheetCell, ...]] = {}
        self._sheet = sheet
        self._heads = _heads(merged, self._height)
        if across:
            self._heads |= _heads_across(merged, self._height, len(self._letters))
        self._special = {r for r, _ in (*doubtful, *sheet.percent_cells, *struck, *self._heads)}

    def __len__(self) -> int:
        return self._height

    @overload
    def __getitem__(self, place: int) -> tuple[SheetCell, ...]: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[tuple[SheetCell, ...], ...]: ...
    def __getitem__(
        self, place: int | slice
    ) -> tuple[SheetCell, ...] | tuple[tuple[SheetCell, ...], ...]:
        if isinstance(place, slice):
            return tuple(self[row] for row in range(self._height)[place])
        row = range(self._height)[place]
        if row not in self._made:
            self._made[row] = self._row(row)
        return self._made[row]

    def _row(self, row: int) -> tuple[SheetCell, ...]:
        """Return a row's cells; most rows hold nothing but values."""
        number = str(row + 1)
        addresses = [letters + number for letters in self._letters]
        if row in self._special:
            return tuple(self._cell((row, c), address) for c, address in enumerate(addresses))
        values = self._sheet.rows[row] if row < len(self._sheet.rows) else []
        told = (_told(value) for value in values)
        return tuple(
            SheetCell(value, address, address)
            for value, address in zip_longest(islice(told, len(addresses)), addresses)
        )

    def _cell(self, place: _Place, address: str) -> SheetCell:
        head = self._heads.get(place, place)
        doubt = self._sheet.doubtful_cells.get(head)
        struck = self._sheet.struck_cells.get(head)
        return SheetCell(
            _told(self._sheet.value(*head)),
            address,
            address if head == place else cell_name(*head),
            formula=doubt.text if doubt and doubt.doubt is Doubt.NOT_CALCULATED else "",
            error=(doubt.text or _UNNAMED_ERROR) if doubt and doubt.doubt is Doubt.ERROR else "",
            is_percent=head in self._sheet.percent_cells,
            crossed_out=_crossed_out(struck) if struck else None,
        )


def _crossed_out(struck: StruckCell) -> CellValue:
    return struck.crossed_out if struck.left else _told(struck.written)


def _first_beyond(sheet: Sheet) -> str:
    """Return the first cell outside the caps that holds something, "" where there is none."""
    far = [place for place in sheet.doubtful_cells if place[1] >= MOST_TABLE_COLUMNS]
    for r, row in enumerate(sheet.rows):
        if len(row) > MOST_TABLE_COLUMNS:
            columns = range(MOST_TABLE_COLUMNS, len(row))
            far += [(r, c) for c in columns if row[c] != ""][:1]
    return cell_name(*min(far)) if far else sheet.beyond


def _told(value: Value) -> CellValue:
    """Return a value as people would say it: no text is none, a whole number has no fraction."""
    if value == "":
        return None
    if isinstance(value, float) and value.is_integer() and abs(value) < _MOST_EXACT:
        return int(value)
    return value


def _heads(merged: tuple[Block, ...], height: int) -> dict[_Place, _Place]:
    """Return the head of every cell in the first column of merged cells: down is filled only.

    Where merged cells overlap, the uppermost stand.
    """
    by_column: dict[int, list[Block]] = defaultdict(list)
    for block in merged:
        by_column[block.left].append(block)
    heads: dict[_Place, _Place] = {}
    for column, blocks in by_column.items():
        free = 0
        for block in sorted(blocks, key=lambda b: b.top):
            for row in range(max(block.top, free), min(block.bottom + 1, height)):
                heads[row, column] = (block.top, column)
            free = max(free, block.bottom + 1)
    return heads


def _heads_across(merged: tuple[Block, ...], height: int, width: int) -> dict[_Place, _Place]:
    """Return the head of every cell of merged areas that are more than one column wide."""
    heads: dict[_Place, _Place] = {}
    for block in merged:
        for row in range(
            block.top, min(block.bottom + 1, height) if block.right > block.left else 0
        ):
            for column in range(block.left, min(block.right + 1, width)):
                heads.setdefault((row, column), (block.top, block.left))
    return heads
