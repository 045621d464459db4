"""The sheet of a returned workbook: found by its headings, cells by column, findings at them."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter
from typing import Any

from cchc_office.catalogue.findings import Code, Finding, FindingCode
from cchc_office.files.limits import MOST_ROWS, MOST_TABLE_ROWS
from cchc_office.files.unreadable_file import UnreadableFileError
from cchc_office.model import Criterion
from cchc_office.papers.form.layout import HELP_SHEET, HIDDEN_SHEET
from cchc_office.returns.typed_cells import shown_text
from cchc_office.sheets.addresses import cell_name, column_letters
from cchc_office.sheets.columns import Column, heading_key
from cchc_office.sheets.headings import Headings, find_headings
from cchc_office.sheets.reading import DoubtfulCell, Sheet, Spreadsheet, StruckCell, Value

_FEWEST_COLUMNS = 3
_MOST_ROWS_ABOVE = 40


@dataclass(frozen=True)
class ReturnLayout:
    """How the sheet of a kind of return is known: its usual name, and its columns by heading.

    It has the columns with the keys `needed`, of `columns` at least three, maybe some of `more`,
    and up to `most_rows` rows. What stands in columns that are not filled in was issued.
    """

    name: str
    columns: tuple[Column, ...]
    needed: frozenset[str] = frozenset(("name",))
    more: tuple[Column, ...] = ()
    most_rows: int = MOST_ROWS


class ReturnSheet:
    """A sheet of a return: its headings, and its cells by row (from 0) and the key of a column."""

    def __init__(self, sheet: Sheet, headings: Headings, columns: Iterable[Column]) -> None:
        """Take a sheet whose headings were found, and the columns that they were held against."""
        self.name = sheet.name
        self.headings = headings
        self.heading_row, self.places = headings.row, headings.places
        self._letters = {key: column_letters(place) for key, place in self.places.items()}
        self.filled = tuple(column.key for column in columns if column.is_filled)
        self._issued = {p for key, p in self.places.items() if key not in self.filled}
        self.struck = sheet.struck_cells
        self.sheet = self._with_issued(sheet) if self.struck else sheet
        self._rows = self.sheet.rows
        self._narrowest = min(map(len, self._rows))

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

    def column_name(self, column: int) -> str:
        """Return how a column (from 0) is called in findings."""
        heading = shown_text(self.sheet.value(self.heading_row, column))
        return f"cột {heading}" if heading else "cột không có tiêu đề"

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
        if min(places) < 0 or self._narrowest <= max(places):
            return lambda row: [self.value(row, key) for key in keys]
        return list(map(itemgetter(*places), rows)).__getitem__

    def crossed_out(self, at: int, key: str) -> str:
        """Return what was crossed out in a cell with nothing left in it, "" elsewhere."""
        cell = self.struck.get((at, self.places[key])) if key in self.places else None
        return shown_text(cell.crossed_out) if cell and not cell.left else ""

    def shown(self, row: int, key: str) -> str:
        """Return the text of a cell on one line, legacy fonts converted."""
        value = self.value(row, key)
        return shown_text(value) if value != "" else ""

    def address(self, row: int, key: str) -> str:
        """Return a cell's address; where its column is gone, that of the row's name."""
        return f"{self._letters.get(key) or self._letters['name']}{row + 1}"

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


@dataclass(frozen=True, slots=True)
class ReturnRow:
    """A row that is recognised: its criterion, and where it stands (from 0).

    `unit` is the code of the unit that it is about, "" where the whole file is one unit's.
    """

    criterion: Criterion
    at: int
    unit: str = ""

    @property
    def label(self) -> str:
        """The criterion and, where it is not plain, the unit, as findings name them."""
        return f"{self.criterion.label} ({self.unit})" if self.unit else self.criterion.label


class FindingLog:
    """Collects findings that all concern one sheet of a file."""

    def __init__(self, sheet: ReturnSheet, file: str, unit: str = "") -> None:
        """Take the sheet, the file's name for people, and the code of its unit if it is one's."""
        self._sheet = sheet
        self.file = file
        self._unit = unit
        self.findings: list[Finding] = []

    def note(
        self,
        code: FindingCode,
        cell: str = "",
        *,
        criterion: Criterion | None = None,
        about: str = "",
        found: str = "",
        expected: str = "",
        candidates: tuple[str, ...] = (),
        unit: str = "",
    ) -> None:
        """Add a finding at `cell`, about a row of the criteria where one is given.

        `about` is said instead of the row's label, `unit` instead of the file's unit.
        """
        finding = Finding(
            code,
            self.file,
            self._sheet.name if cell else "",
            cell,
            about=about or (criterion.label if criterion else ""),
            found=found,
            expected=expected,
            candidates=candidates,
            unit=unit or self._unit,
            criterion=criterion.id if criterion else "",
        )
        self.findings.append(finding)

    def found(self, code: FindingCode, criterion: Criterion) -> str:
        """Return what a finding that was added tells as found in a row, "" without one."""
        own = (f for f in self.findings if f.code is code and f.criterion == criterion.id)
        return next((f.found for f in own), "")

    def note_at(
        self,
        code: FindingCode,
        row: ReturnRow,
        key: str,
        found: str = "",
        expected: str = "",
        *candidates: str,
    ) -> None:
        """Add a finding about the cell of a row in the column with this key."""
        self.note(
            code,
            self._sheet.address(row.at, key),
            criterion=row.criterion,
            about=row.label,
            found=found,
            expected=expected,
            candidates=candidates,
            unit=row.unit,
        )

    def tell_once(self, code: FindingCode, instead: FindingCode | None) -> None:
        """Tell once for the file what was told cell by cell, or (None) no more at all."""
        kept = [finding for finding in self.findings if finding.code is not code]
        if len(kept) == len(self.findings):
            return
        self.findings[:] = kept
        if instead:
            self.note(instead)


@dataclass(frozen=True)
class ColumnCodes:
    """The findings about columns of a kind of return: one gone, one there twice, one added."""

    missing: FindingCode
    twice: FindingCode
    added: FindingCode


def check_columns(
    sheet: ReturnSheet, columns: Sequence[Column], log: FindingLog, codes: ColumnCodes
) -> None:
    """Tell of `columns` that are gone, renamed or doubled, and of others with something in them."""
    headings = sheet.headings.against(columns)
    renamed = {column.key: place for place, column in headings.renamed.items()}
    for column in headings.missing:
        code, place, found = codes.missing, 0, headings.present
        if column.key in renamed:
            code, place = Code.RETURN_COLUMN_RENAMED, renamed[column.key]
            found = headings.texts[place]
        log.note(code, cell_name(headings.row, place), found=found, expected=column.heading)
    known = {*headings.places.values(), *headings.renamed}
    for place, column in headings.doubled.items():
        first = headings.places[column.key]
        # Beside its own heading another one that would be accepted says something else.
        if heading_key(headings.texts[place]) == heading_key(headings.texts[first]):
            cell, expected = (cell_name(headings.row, p) for p in (place, first))
            log.note(codes.twice, cell, found=headings.texts[place], expected=expected)
            known.add(place)
    for cell, found in sheet.added_columns(known):
        log.note(codes.added, cell, found=found)


@dataclass(frozen=True)
class FoundSheets:
    """The score sheet of a workbook, and what else is in it.

    `copies` are further sheets that look like one, `added` others that the form was not issued
    with and that hold something, `refused` those that could not be read. `renamed` are the headings
    of a sheet that is no table of the layout only because the one that names the rows is gone.
    """

    form: ReturnSheet | None
    copies: tuple[str, ...]
    added: tuple[str, ...]
    refused: tuple[tuple[str, UnreadableFileError], ...]
    renamed: tuple[str, Headings] | None = None

    def check(self, log: FindingLog) -> None:
        """Tell of copies of the sheet, and of what lies too far out in it."""
        if self.form and self.copies:
            found = ", ".join(self.copies)
            log.note(Code.FORM_SHEETS_SEVERAL, found=found, expected=self.form.name)
        if self.form and self.form.sheet.beyond:
            log.note(Code.CELLS_BEYOND_CAPS, self.form.sheet.beyond)


def find_sheet(book: Spreadsheet, layout: ReturnLayout) -> FoundSheets:
    """Find the sheet of this layout by its headings, whatever it is called now."""
    found: list[ReturnSheet] = []
    added: list[str] = []
    refused: list[tuple[str, UnreadableFileError]] = []
    renamed: tuple[str, Headings] | None = None
    for name in sorted(book.sheet_names, key=lambda n: n != layout.name):
        if name in (HELP_SHEET, HIDDEN_SHEET):
            continue
        try:
            sheet = book.sheet(name, layout.most_rows)
        except UnreadableFileError as error:
            refused.append((name, error))
            continue
        headings = _headings_of(sheet, layout)
        if headings and layout.needed <= headings.places.keys():
            columns = (*layout.columns, *layout.more)
            found.append(ReturnSheet(sheet, headings.against(columns), columns))
            continue
        if headings and headings.renamed:
            renamed = renamed or (name, headings)
        if sheet.struck_cells or any(value != "" for row in sheet.rows for value in row):
            added.append(name)
    form = found[0] if found else None
    copies = tuple(other.name for other in found[1:])
    return FoundSheets(form, copies, tuple(added), tuple(refused), None if form else renamed)


def _headings_of(sheet: Sheet, layout: ReturnLayout) -> Headings | None:
    """Return the headings of a table of this layout, or those that almost are."""
    columns, fewest = layout.columns, _FEWEST_COLUMNS
    headings = find_headings(_texts(sheet), columns, needed=layout.needed, fewest=fewest)
    return headings or find_headings(_texts(sheet), columns, fewest=fewest)


def _texts(sheet: Sheet) -> Iterator[list[str]]:
    for row in sheet.rows[:_MOST_ROWS_ABOVE]:
        yield [shown_text(value) if isinstance(value, str) else "" for value in row]


# --- what is crossed out ---


def tell_struck(sheet: ReturnSheet, log: FindingLog, rows: Iterable[ReturnRow]) -> None:
    """Tell of all that is crossed out, row by row; `rows` are those that were recognised."""
    if sheet.struck:
        known = {row.at: row for row in rows}
        for at, places in groupby(sorted(sheet.struck), key=itemgetter(0)):
            columns = [column for _, column in places]
            if row := known.get(at):
                _tell_row(sheet, log, row, columns)
            else:
                _tell_other(sheet, log, at, columns)


def _tell_row(sheet: ReturnSheet, log: FindingLog, row: ReturnRow, columns: list[int]) -> None:
    """Tell of the inputs one by one, of what the row was issued with once.

    The hidden id is crossed out where its row is, and nobody would look for it.
    """
    hidden = sheet.places.get("id")
    issued = [column for column in columns if sheet.is_issued(column) and column != hidden]
    if issued:
        log.note(
            Code.STRUCK_ROW,
            cell_name(row.at, issued[0]),
            criterion=row.criterion,
            about=row.label,
            found=", ".join(sheet.column_name(column) for column in issued),
            unit=row.unit,
        )
    for column in columns:
        if not sheet.is_issued(column):
            cell = sheet.struck[row.at, column]
            log.note(
                Code.HALF_STRUCK if cell.left else Code.STRUCK_OUT,
                cell_name(row.at, column),
                criterion=row.criterion,
                about=f"{row.label}, {sheet.column_name(column)}",
                found=shown_text(cell.crossed_out),
                expected=shown_text(cell.left),
                unit=row.unit,
            )


def _tell_other(sheet: ReturnSheet, log: FindingLog, at: int, columns: list[int]) -> None:
    """Tell of a row that is none of the table's, or stands above it; what is left beside it."""
    code, found, left = told_together(sheet.struck[at, column] for column in columns)
    about = f"Dòng {at + 1} của trang"
    log.note(code, cell_name(at, columns[0]), about=about, found=found, expected=left)


def told_together(cells: Iterable[StruckCell]) -> tuple[FindingCode, str, str]:
    """Return the code for several cells of a row, what is crossed out of them and what is left."""
    cells = list(cells)
    found = "; ".join(shown_text(cell.crossed_out) for cell in cells)
    left = "; ".join(filter(None, (shown_text(cell.left) for cell in cells)))
    return (Code.HALF_STRUCK if left else Code.STRUCK_OUT), found, left
