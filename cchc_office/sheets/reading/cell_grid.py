"""The cells of a sheet as they are come across, brought within the caps."""

from __future__ import annotations

import math
from array import array
from collections import Counter

from cchc_office.files import limits
from cchc_office.files.unreadable_file import UnreadableFileError, check_cap
from cchc_office.sheets.addresses import cell_name
from cchc_office.sheets.reading.contents import NOT_A_NUMBER, Content, LeftContent, Percentage
from cchc_office.sheets.reading.display import DisplayCollector
from cchc_office.sheets.reading.values import Block, Doubt, DoubtfulCell, Sheet, StruckCell, Value


class CellAllowance:
    """How much one workbook may still take: all its sheets draw on one.

    Whatever is taken raises UnreadableFileError beyond its cap.
    """

    def __init__(self) -> None:
        self._taken: Counter[str] = Counter()
        self._possible_letters = 0

    def _take(self, what: str, count: int, limit: int) -> None:
        check_cap(what, self._taken[what] + count, limit)
        self._taken[what] += count

    def take_cells(self, count: int, value: object) -> None:
        """Count cells that hold `value`."""
        self._take("số ô có nội dung", count, limits.MOST_CELLS)
        if isinstance(value, str):
            self.take_letters(count * len(value))

    def take_letters(self, count: int) -> None:
        """Count letters that cells show."""
        self._take("dung lượng chữ trong các ô", count, limits.MOST_LETTERS)

    def take_places(self, count: int) -> None:
        """Count the cells of a sheet, blank ones too."""
        self._take("số ô đến ô cuối cùng", count, limits.MOST_PLACES)

    def take_records(self, count: int) -> None:
        """Count records that were read."""
        self._take("số bản ghi bên trong", count, limits.MOST_RECORDS)

    def has_room_for(self, most_letters: int) -> bool:
        """Tell whether all that was asked about so far stays below the cap on letters for sure.

        Where it does not, what a sheet shows has to be counted and taken.
        """
        self._possible_letters += most_letters
        return self._possible_letters <= limits.MOST_LETTERS


class MergedCells:
    """Collects the merged cells of a sheet; rows and columns count from 0, last ones included."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []

    def add(self, top: int, left: int, bottom: int, right: int) -> None:
        """Note merged cells; raises UnreadableFileError where there are too many of them."""
        bottom = min(bottom, limits.MOST_TABLE_ROWS - 1)
        right = min(right, limits.MOST_COLUMNS - 1)
        if top <= bottom and left <= right and (top, left) != (bottom, right):
            self.blocks.append(Block(top, left, bottom, right))
            check_cap("số ô gộp", len(self.blocks), limits.MOST_MERGED_CELLS)


class CellGrid:
    """Collects the cells of a sheet; those beyond the caps are left out and told."""

    def __init__(self, name: str, allowance: CellAllowance) -> None:
        self.merged = MergedCells()
        self.shown = DisplayCollector()
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
            self.shown.display(),
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
