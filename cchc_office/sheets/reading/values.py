"""A spreadsheet from outside as values, the same whatever program and format it came from."""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Mapping, Set
from dataclasses import dataclass, field, replace
from enum import Enum

from cchc_office.files.limits import MOST_ROWS
from cchc_office.files.unreadable_file import UnreadableFileError, damaged
from cchc_office.sheets.addresses import cell_name
from cchc_office.sheets.reading.display import SheetDisplay

Value = str | int | float | bool | dt.datetime | dt.date | dt.time | dt.timedelta


class Doubt(Enum):
    """Why a cell that reads as blank is none."""

    ERROR = "error"
    """It shows an error, such as #N/A."""
    NOT_CALCULATED = "not calculated"
    """It is a formula whose result no program ever stored."""


@dataclass(frozen=True, slots=True)
class DoubtfulCell:
    """A cell without a value that is not blank: why, and its error or formula ("=A1/B1")."""

    doubt: Doubt
    text: str


@dataclass(frozen=True, slots=True)
class StruckCell:
    """A cell of which something is crossed out: all that is written, and what is crossed out.

    `left` is what is not, '' where the whole cell is crossed out: then it counts as blank.
    """

    written: Value
    crossed_out: Value
    left: str = ""


@dataclass(frozen=True)
class Properties:
    """What a document tells of itself: title, time of the last saving, its custom properties."""

    title: str = ""
    saved: dt.datetime | None = None
    custom: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Block:
    """A block of cells by its corners, rows and columns counted from 0."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Sheet:
    """A sheet's values: `rows[0][0]` is cell A1, blanks are '', what is crossed out is left out.

    `beyond` is a cell with a value that lies outside the caps and was left out ("XFD9"). Sets of
    cells are by row and column from 0: `doubtful_cells` read as blank but are not, formulas gave
    the values of `calculated_cells`, `percent_cells` are numbers shown as percentages (where that
    is known), of `struck_cells` something is crossed out. `merged` and `display` are left to the
    workbook's `merged_cells` and `display` where they are read apart.
    """

    name: str
    rows: list[list[Value]]
    beyond: str = ""
    doubtful_cells: Mapping[tuple[int, int], DoubtfulCell] = field(default_factory=dict)
    calculated_cells: Set[tuple[int, int]] = frozenset()
    percent_cells: Set[tuple[int, int]] = frozenset()
    struck_cells: Mapping[tuple[int, int], StruckCell] = field(default_factory=dict)
    merged: tuple[Block, ...] = ()
    display: SheetDisplay = field(default_factory=SheetDisplay)

    def value(self, row: int, column: int) -> Value:
        """Return a value, '' beyond the sheet's end."""
        if row < len(self.rows) and column < len(self.rows[row]):
            return self.rows[row][column]
        return ""

    def within(self, most_rows: int) -> Sheet:
        """Return the first rows; what is left out is told."""
        if len(self.rows) <= most_rows:
            return self
        left_out = (
            cell_name(row, column)
            for row, cells in enumerate(self.rows[most_rows:], start=most_rows)
            for column, value in enumerate(cells)
            if value != ""
        )
        return replace(self, rows=self.rows[:most_rows], beyond=next(left_out, self.beyond))


class Spreadsheet(ABC):
    """An opened workbook; what sheets cannot be read is told when they are asked for."""

    sheet_names: tuple[str, ...]
    hidden_sheets: frozenset[str] = frozenset()
    properties: Properties

    def sheet(self, name: str, most_rows: int = MOST_ROWS) -> Sheet:
        """Return a sheet; raises UnreadableFileError where its content is damaged or too large.

        Of a long one `most_rows` rows, at most MOST_TABLE_ROWS.
        """
        return self.whole_sheet(name).within(most_rows)

    def whole_sheet(self, name: str) -> Sheet:
        """Return a sheet with all its rows within the caps; raises as `sheet`."""
        found = self._found(name)
        if isinstance(found, UnreadableFileError):
            raise found
        return found

    @abstractmethod
    def _found(self, name: str) -> Sheet | UnreadableFileError:
        """Return a sheet, or why it cannot be read."""

    def head(self, name: str) -> Sheet:
        """Return the first rows of a sheet, at least ten, where that is less work than `sheet`."""
        return self.sheet(name)

    def merged_cells(self, name: str) -> tuple[Block, ...]:
        """Return the merged cells of a sheet; raises UnreadableFileError as `sheet`.

        They may overlap, which office programs call damage: the first stands.
        """
        return self.whole_sheet(name).merged

    def display(self, name: str) -> SheetDisplay:
        """Return how a sheet is shown; raises UnreadableFileError as `sheet`."""
        return self.whole_sheet(name).display


class ReadSpreadsheet(Spreadsheet):
    """A workbook of which all sheets were read, or the reason found why one cannot be."""

    def __init__(
        self,
        sheets: Mapping[str, Sheet | UnreadableFileError],
        hidden_sheets: Set[str],
        properties: Properties,
    ) -> None:
        """Take the sheets by name; raises UnreadableFileError where there are none."""
        if not sheets:
            raise damaged("không có trang tính nào")
        self._sheets = sheets
        self.sheet_names = tuple(sheets)
        self.hidden_sheets = frozenset(hidden_sheets)
        self.properties = properties

    def _found(self, name: str) -> Sheet | UnreadableFileError:
        return self._sheets[name]
