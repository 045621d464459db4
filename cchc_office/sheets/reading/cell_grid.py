"""The cells of a sheet as they are come across, brought within the caps."""

from __future__ import annotations

import math
from array import array

from cchc_office.files import limits
from cchc_office.files.unreadable_file import UnreadableFileError, too_large
from cchc_office.sheets.addresses import cell_name
from cchc_office.sheets.reading.number_meanings import Percentage
from cchc_office.sheets.reading.values import (
    Block,
    Doubt,
    DoubtfulCell,
    Sheet,
    StruckCell,
    Value,
)

Content = Value | Percentage | DoubtfulCell
"""What a cell can hold; a blank one holds ''."""

LeftContent = Content | StruckCell
"""What a cell holds once what is crossed out was left out."""

NOT_A_NUMBER = "#NUM!"
ERROR_NAMES = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: NOT_A_NUMBER,
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
"""The errors of a cell in binary workbooks ([MS-XLS] 2.5.10, [MS-XLSB] 2.5.97.2)."""


class CellAllowance:
    """How much one workbook may still take: all its sheets draw on one."""

    def __init__(self) -> None:
        self._cells = 0
        self._letters = 0
        self._possible_letters = 0
        self._places = 0
        self._records = 0

    def take_cells(self, count: int, value: object) -> None:
        """Count cells that hold `value`; raises UnreadableFileError beyond the caps."""
        self._cells += count
        if self._cells > limits.MOST_CELLS:
            raise too_large("số ô có nội dung", self._cells, limits.MOST_CELLS)
        if isinstance(value, str):
            self.take_letters(count * len(value))

    def take_letters(self, count: int) -> None:
        """Count letters that cells show; raises UnreadableFileError beyond the cap."""
        self._letters += count
        if self._letters > limits.MOST_LETTERS:
            raise too_large("dung lượng chữ trong các ô", self._letters, limits.MOST_LETTERS)

    def has_room_for(self, most_letters: int) -> bool:
        """Tell whether all that was asked about so far stays below the cap on letters for sure.

        Where it does not, what a sheet shows has to be counted and taken.
        """
        self._possible_letters += most_letters
        return self._possible_letters <= limits.MOST_LETTERS

    def take_places(self, count: int) -> None:
        """Count the cells of a sheet, blank ones too; raises UnreadableFileError beyond the cap."""
        if self._places + count > limits.MOST_PLACES:
            raise too_large("số ô đến ô cuối cùng", self._places + count, limits.MOST_PLACES)
        self._places += count

    def take_records(self, count: int) -> None:
        """Count records that were read; raises UnreadableFileError beyond the cap."""
        self._records += count
        if self._records > limits.MOST_RECORDS:
            raise too_large("số bản ghi bên trong", self._records, limits.MOST_RECORDS)


class MergedCells:
    """Collects the merged cells of a sheet; rows and columns count from 0, last ones included."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []

    def add(self, top: int, left: int, bottom: int, right: int) -> None:
        """Note merged cells; raises UnreadableFileError where there are too many of them."""
        if (
            top < limits.MOST_TABLE_ROWS
            and left < limits.MOST_COLUMNS
            and (bottom > top or right > left)
        ):
            bottom, right = (
                min(bottom, limits.MOST_TABLE_ROWS - 1),
                min(right, limits.MOST_COLUMNS - 1),
            )
            self.blocks.append(Block(top, left, bottom, right))
            if len(self.blocks) > limits.MOST_MERGED_CELLS:
                raise too_large("số ô gộp", len(self.blocks), limits.MOST_MERGED_CELLS)


class CellGrid:
    """Collects the cells of a sheet; those beyond the caps are left out and told."""

    def __init__(self, name: str, allowance: CellAllowance) -> None:
        self.merged = MergedCells()
        self._name = name
        self._allowance = allowance
        self._places = array("L")
        self._values: list[Value] = []
        self._doubtful: dict[tuple[int, int], DoubtfulCell] = {}
        self._percent_cells: set[tuple[int, int]] = set()
        self._calculated: set[tuple[int, int]] = set()
        self._struck: dict[tuple[int, int], StruckCell] = {}
        self._beyond = ""

    def put(
        self, row: int, column: int, content: LeftContent, *, rows: int = 1, columns: int = 1
    ) -> None:
        """Set a cell, or a block of equal ones; raises UnreadableFileError beyond the caps."""
        if content == "":
            return
        struck = content if isinstance(content, StruckCell) else None
        value = content.left if isinstance(content, StruckCell) else content
        is_percentage = isinstance(value, Percentage)
        value = _plain(value)
        self._tell_what_is_beyond(row, column, row + rows, column + columns)
        rows = min(rows, limits.MOST_TABLE_ROWS - row)
        columns = min(columns, limits.MOST_COLUMNS - column)
        if rows <= 0 or columns <= 0:
            return
        self._allowance.take_cells(rows * columns, struck.written if struck else value)
        for r in range(row, row + rows):
            for c in range(column, column + columns):
                if is_percentage:
                    self._percent_cells.add((r, c))
                if struck is not None:
                    self._struck[r, c] = struck
                if isinstance(value, DoubtfulCell):
                    self._doubtful[r, c] = value
                elif value != "":
                    self._places.append(r * limits.MOST_COLUMNS + c)
                    self._values.append(value)

    def mark_calculated(self, row: int, column: int) -> None:
        """Say that a formula gave the value of a cell."""
        if row < limits.MOST_TABLE_ROWS and column < limits.MOST_COLUMNS:
            self._calculated.add((row, column))

    def _tell_what_is_beyond(self, row: int, column: int, end_row: int, end_column: int) -> None:
        if self._beyond:
            return
        if end_column > limits.MOST_COLUMNS:
            self._beyond = cell_name(row, max(column, limits.MOST_COLUMNS))
        elif end_row > limits.MOST_TABLE_ROWS:
            self._beyond = cell_name(max(row, limits.MOST_TABLE_ROWS), column)

    def sheet(self) -> Sheet:
        """Return what was collected, every row as long as the longest.

        Raises UnreadableFileError beyond the caps.
        """
        height = max(self._places, default=-1) // limits.MOST_COLUMNS + 1
        width = max((place % limits.MOST_COLUMNS for place in self._places), default=-1) + 1
        self._allowance.take_places(height * width)
        rows: list[list[Value]] = [[""] * width for _ in range(height)]
        for place, value in zip(self._places, self._values, strict=True):
            row, column = divmod(place, limits.MOST_COLUMNS)
            rows[row][column] = value
        return Sheet(
            self._name,
            rows,
            self._beyond,
            self._doubtful,
            self._calculated,
            self._percent_cells,
            self._struck,
            tuple(self.merged.blocks),
        )


def _plain(value: Content) -> Value | DoubtfulCell:
    if isinstance(value, Percentage):
        value = value.number
    if isinstance(value, float) and not math.isfinite(value):
        return DoubtfulCell(Doubt.ERROR, NOT_A_NUMBER)
    return value


def sheet_in(grid: CellGrid) -> Sheet | UnreadableFileError:
    """Return the sheet that a grid collected, or why it is beyond the caps."""
    try:
        return grid.sheet()
    except UnreadableFileError as error:
        return error
