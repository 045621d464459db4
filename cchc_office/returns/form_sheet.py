"""Finding the score sheet in a returned workbook, and its columns, by their headings."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import lru_cache
from operator import itemgetter
from typing import Any

from cchc_office.files.limits import MOST_ROWS, MOST_TABLE_ROWS
from cchc_office.files.unreadable_file import UnreadableFileError
from cchc_office.papers.form.layout import (
    COLUMNS,
    HELP_SHEET,
    HIDDEN_SHEET,
    INPUT_COLUMNS,
    PLACES,
    SCORE_SHEET,
    FormColumn,
)
from cchc_office.sheets.addresses import cell_name
from cchc_office.sheets.reading import DoubtfulCell, Sheet, Spreadsheet, Value
from cchc_office.text import figures
from cchc_office.text.legacy import read_legacy
from cchc_office.text.vietnamese import clean_line, decimal_of, fold, official

_FEWEST_COLUMNS = 3
_MOST_ROWS_ABOVE = 40


@dataclass(frozen=True)
class SheetLayout:
    """How the sheet of a kind of return is known: its usual name, and its columns by heading.

    It has the columns in `needed`, of those in `usual` at least three, and up to `most_rows`
    rows. Only those in `inputs` are filled in; what stands in others was issued.
    """

    name: str
    keys: Mapping[str, str]
    needed: frozenset[str]
    usual: frozenset[str]
    inputs: frozenset[str]
    most_rows: int = MOST_ROWS


def sheet_layout(
    name: str,
    columns: Iterable[FormColumn],
    needed: Iterable[str],
    inputs: Iterable[str],
    usual: Iterable[str] | None = None,
) -> SheetLayout:
    """Return the layout of a sheet with `columns`; where nothing is said all of them are usual."""
    keys = {fold(column.heading): column.key for column in columns}
    usual = frozenset(usual or keys.values())
    return SheetLayout(name, keys, frozenset(needed), usual, frozenset(inputs))


FORM_INPUTS = ("score", "applies", "result", "evidence", "note", "figure", "total")
FORM_LAYOUT = sheet_layout(SCORE_SHEET, (*COLUMNS, *INPUT_COLUMNS), ["name"], FORM_INPUTS, PLACES)


class FormSheet:
    """A score sheet: its heading row (counted from 0), and the place of each column by key."""

    def __init__(
        self,
        sheet: Sheet,
        heading_row: int,
        places: dict[str, int],
        inputs: Set[str] = frozenset(),
    ) -> None:
        """Take a sheet whose headings were found in `heading_row`, and the keys of its inputs."""
        self.name = sheet.name
        self.heading_row = heading_row
        self.places = places
        self._issued = {place for key, place in places.items() if key not in inputs}
        self.struck = sheet.struck_cells
        self.sheet = self._with_issued(sheet) if self.struck else sheet
        self._rows = self.sheet.rows

    def _with_issued(self, sheet: Sheet) -> Sheet:
        """Return the sheet with what it was issued with, crossed out or not.

        Whoever crosses out a row crosses out its hidden id too: it is to be known all the same.
        """
        rows = [list(row) for row in sheet.rows]
        width = max(map(len, rows))
        issued = ((p, cell) for p, cell in self.struck.items() if p[1] in self._issued)
        for (row, column), cell in issued:
            if self.heading_row < row < MOST_TABLE_ROWS:
                rows += [[""] * width for _ in range(row + 1 - len(rows))]
                rows[row] += [""] * (column + 1 - len(rows[row]))
                rows[row][column] = cell.written
        return replace(sheet, rows=rows)

    def is_issued(self, column: int) -> bool:
        """Tell whether a column (from 0) is one that the sheet was issued with, filled."""
        return column in self._issued

    def has(self, key: str) -> bool:
        """Tell whether there is a column of this key."""
        return key in self.places

    def value(self, row: int, key: str) -> Value:
        """Return the value in a column, '' where the column is gone."""
        place = self.places.get(key, -1)
        cells = self._rows[row]
        return cells[place] if 0 <= place < len(cells) else ""

    def picker(self, *keys: str) -> Callable[[int], Sequence[Any]]:
        """Return what gives, for a row, its values in several columns, '' for those that are gone.

        Most forms have all their columns in rows of one length: these are picked at once.
        """
        rows = self._rows
        places = [self.places.get(key, -1) for key in keys]
        if min(places) < 0 or min(map(len, rows)) <= max(places):
            return lambda row: [self.value(row, key) for key in keys]
        pick = itemgetter(*places)
        return lambda row: pick(rows[row])

    def shown(self, row: int, key: str) -> str:
        """Return the text of a cell on one line, legacy fonts converted."""
        value = self.value(row, key)
        return shown_text(value) if value != "" else ""

    def address(self, row: int, key: str) -> str:
        """Return a cell's address; where its column is gone, that of the row's name."""
        return cell_name(row, self.places.get(key, self.places["name"]))

    def doubt(self, row: int, key: str) -> DoubtfulCell | None:
        """Tell what a cell that reads as blank really is, None where it is blank."""
        return self.sheet.doubtful_cells.get((row, self.places.get(key, -1)))

    @property
    def has_doubts(self) -> bool:
        """Tell whether any cell that reads as blank is none."""
        return bool(self.sheet.doubtful_cells)

    def is_calculated(self, row: int, key: str) -> bool:
        """Tell whether a formula gave the value of a cell."""
        return (row, self.places.get(key, -1)) in self.sheet.calculated_cells

    def is_percent(self, row: int, key: str) -> bool:
        """Tell whether a number is shown as a percentage."""
        return (row, self.places.get(key, -1)) in self.percents

    @property
    def percents(self) -> Set[tuple[int, int]]:
        """The cells whose numbers are shown as percentages, by row and column."""
        return self.sheet.percent_cells

    def added_columns(self, known: Container[int]) -> Iterator[tuple[str, str]]:
        """Yield where the other columns with something under their headings begin, and what."""
        headings, below = self._rows[self.heading_row], self._rows[self.heading_row + 1 :]
        for place in range(max(map(len, self._rows[self.heading_row :]))):
            filled = (n for n, row in enumerate(below) if place < len(row) and row[place] != "")
            first = None if place in known else next(filled, None)
            if first is not None:
                at = self.heading_row + 1 + first
                heading = shown_text(headings[place]) if place < len(headings) else ""
                yield cell_name(at, place), heading or shown_text(self._rows[at][place])

    def texts_above(self) -> Iterator[str]:
        """Yield the texts above the headings, row by row."""
        for row in self.sheet.rows[: self.heading_row]:
            yield from (shown_text(value) for value in row if isinstance(value, str) and value)


@dataclass(frozen=True)
class FoundSheets:
    """The score sheet of a workbook, and what else is in it.

    `copies` are further sheets that look like one, `added` others that the form was not issued
    with and that hold something, `refused` those that could not be read.
    """

    form: FormSheet | None
    copies: tuple[str, ...]
    added: tuple[str, ...]
    refused: tuple[tuple[str, UnreadableFileError], ...]


def find_sheet(book: Spreadsheet, layout: SheetLayout = FORM_LAYOUT) -> FoundSheets:
    """Find the sheet of this layout by its headings, whatever it is called now."""
    found: list[FormSheet] = []
    added: list[str] = []
    refused: list[tuple[str, UnreadableFileError]] = []
    for name in sorted(book.sheet_names, key=lambda n: n != layout.name):
        if name in (HELP_SHEET, HIDDEN_SHEET):
            continue
        try:
            sheet = book.sheet(name, layout.most_rows)
        except UnreadableFileError as error:
            refused.append((name, error))
            continue
        if form := _as_form(sheet, layout):
            found.append(form)
        elif sheet.struck_cells or any(value != "" for row in sheet.rows for value in row):
            added.append(name)
    form = found[0] if found else None
    copies = tuple(other.name for other in found[1:])
    return FoundSheets(form, copies, tuple(added), tuple(refused))


def _as_form(sheet: Sheet, layout: SheetLayout) -> FormSheet | None:
    for number, row in enumerate(sheet.rows[:_MOST_ROWS_ABOVE]):
        places = _columns_in(row, layout)
        keys = places.keys()
        if layout.needed <= keys and len(keys & layout.usual) >= _FEWEST_COLUMNS:
            return FormSheet(sheet, number, places, layout.inputs)
    return None


def _columns_in(row: list[Value], layout: SheetLayout) -> dict[str, int]:
    places: dict[str, int] = {}
    for place, value in enumerate(row):
        if isinstance(value, str) and value and (key := column_key(value, layout)):
            places.setdefault(key, place)
    return places


def column_key(heading: str, layout: SheetLayout = FORM_LAYOUT) -> str:
    """Return the key of the column with this heading, '' where there is none."""
    return layout.keys.get(fold(shown_text(heading)), "")


@lru_cache(maxsize=16_384)  # headings, names and usual answers come back in every file
def _shown_words(text: str) -> str:
    legacy = read_legacy(text)
    return clean_line(legacy.converted if legacy else text)


def shown_text(value: Value) -> str:
    """Return a value as a person sees it, on one line, legacy fonts converted."""
    return _shown_words(value) if isinstance(value, str) else cell_text(value)


def cell_text(value: Value) -> str:
    """Return a value as a person sees it in a Vietnamese sheet."""
    if isinstance(value, str):
        return value
    if isinstance(value, dt.date):
        time = f" {value:%H:%M}" if isinstance(value, dt.datetime) and value.time() else ""
        return official(value).short + time
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and math.isfinite(value):
        return figures.as_typed(decimal_of(value))
    return str(value)
