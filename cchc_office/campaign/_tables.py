"""Finding a table in a sheet by its headings, wherever it begins."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from cchc_office.catalogue.findings import Code, Finding, FindingCode
from cchc_office.sheets.sheet_reader import SheetCell, SheetTable
from cchc_office.text.vietnamese import clean_line, fold

_BLANK = SheetCell(None, "", "")
_NUMBER_BEHIND = re.compile(r"\s*\((?:\d{1,2}|diem)\)\s*$")
# Words that merely have one of those that are asked about in them.
_OTHER_WORDS = (
    *("địa điểm", "thời điểm", "đặc điểm", "quan điểm", "hạn chế", "cải cách", "ban hành"),
    *("phòng chống", "phòng ngừa"),
)
_WORD = r"[^\W_]+"
_AROUND_MARKS = re.compile(r"\s*([/,])\s*")


@dataclass(frozen=True)
class Column:
    """A column to find: its key, its heading as shown, other headings accepted.

    `maybe` are headings that name it only where all that stands below `fits`. A required column may
    be missing where the one with the key `unless` is there. `asks` are words of an unknown heading
    that may mean this column; such a column decides scores or duties.
    """

    key: str
    heading: str
    others: tuple[str, ...] = ()
    required: bool = False
    unless: str = ""
    maybe: tuple[str, ...] = ()
    fits: Callable[[str], bool] = bool
    asks: tuple[str, ...] = ()

    @property
    def headings(self) -> tuple[str, ...]:
        """All headings that surely name this column, the one that is shown first."""
        return (self.heading, *self.others)

    @cached_property
    def keys(self) -> frozenset[str]:
        """The headings that surely name this column, as they are matched."""
        return frozenset(map(heading_key, self.headings))

    def matches(self, text: str) -> bool:
        """Tell whether a heading cell surely names this column."""
        return heading_key(text) in self.keys

    def may_match(self, text: str) -> bool:
        """Tell whether a heading names this column where what stands below fits."""
        return heading_key(text) in map(heading_key, self.maybe)

    def asks_about(self, text: str) -> bool:
        """Tell whether an unknown heading may mean this column by one of its words.

        Words are told apart by their marks ("phạt", "phát"), unless the heading is typed without.
        """
        said = f" {' '.join(re.findall(_WORD, clean_line(text).casefold()))} "
        as_typed = fold if fold(said) == said.strip() else str
        for other in _OTHER_WORDS:
            said = said.replace(f" {as_typed(other)} ", " ")
        return any(f" {as_typed(word)} " in said for word in self.asks)


@lru_cache(maxsize=65_536)
def heading_key(text: str) -> str:
    """Return the form by which headings are matched: "Điểm tối đa (1)" is "Điểm tối đa"."""
    folded = _NUMBER_BEHIND.sub("", fold(text)).rstrip(" .:*")
    return _AROUND_MARKS.sub(lambda match: f"{match[1]} ", folded)


@dataclass(frozen=True)
class TableRow:
    """A row of a table that was found: its sheet row and its cells by column key."""

    number: int
    cells: dict[str, SheetCell]

    def __getitem__(self, key: str) -> SheetCell:
        """Return the cell of a column; a blank one where the table has no such column."""
        return self.cells.get(key, _BLANK)

    @property
    def is_blank(self) -> bool:
        """Tell whether no column holds anything."""
        return not any(c.text or c.formula or c.error for c in self.cells.values())


@dataclass(frozen=True)
class FoundTable:
    """The table: its sheet, the row of its headings, where its columns are, what is missing."""

    sheet: SheetTable
    heading_row: int
    places: dict[str, int]

    def rows(self) -> Iterator[TableRow]:
        """Yield the rows under the headings; blank rows and repeated headings are left out."""
        headings = self._folded(self.heading_row)
        for index in range(self.heading_row + 1, len(self.sheet.rows)):
            cells = {key: self.sheet.rows[index][place] for key, place in self.places.items()}
            row = TableRow(index + 1, cells)
            if not row.is_blank and self._folded(index) != headings:
                yield row

    def below(self, place: int) -> Iterator[SheetCell]:
        """Yield the cells of a column under its heading; repeated headings are left out."""
        return _below(self.sheet, self.heading_row, place)

    def _folded(self, index: int) -> tuple[str, ...]:
        return tuple(fold(self.sheet.rows[index][p].text) for p in self.places.values())


def find_table(
    sheet: SheetTable, columns: tuple[Column, ...], file: str
) -> tuple[FoundTable | None, list[Finding]]:
    """Find the heading row that names most of `columns`; say which required ones are missing."""
    best = max(range(len(sheet.rows)), key=lambda i: _score(sheet, i, columns), default=None)
    if best is None or _score(sheet, best, columns) < 2:
        wanted = ", ".join(c.heading for c in columns if c.required)
        return None, [Finding(Code.MISSING_HEADINGS, file, sheet.name, expected=wanted)]
    places = _places(sheet, best, columns)
    present = ", ".join(c.text for c in sheet.rows[best] if c.text)
    findings = [
        Finding(
            Code.MISSING_COLUMN,
            file,
            sheet.name,
            f"A{best + 1}",
            found=present,
            expected=column.heading,
        )
        for column in columns
        if column.required and column.key not in places and column.unless not in places
    ]
    return FoundTable(sheet, best, places), findings


def _places(sheet: SheetTable, row: int, columns: tuple[Column, ...]) -> dict[str, int]:
    """Return where each column is: its own heading goes before others that are accepted."""
    headings = {place: cell.text for place, cell in enumerate(sheet.rows[row]) if cell.text}
    places: dict[str, int] = {}
    for column in columns:
        own = heading_key(column.heading)
        sure = [place for place, text in headings.items() if column.matches(text)]
        sure.sort(key=lambda place: heading_key(headings[place]) != own)
        fitting = (
            place
            for place, text in headings.items()
            if column.may_match(text)
            and all(column.fits(c.text) for c in _below(sheet, row, place) if c.text)
        )
        if (place := next(iter(sure), next(fitting, None))) is not None:
            places[column.key] = place
    return dict(sorted(places.items(), key=lambda item: item[1]))


def _below(sheet: SheetTable, row: int, place: int) -> Iterator[SheetCell]:
    heading = fold(sheet.rows[row][place].text)
    for cells in sheet.rows[row + 1 :]:
        if place < len(cells) and not (heading and fold(cells[place].text) == heading):
            yield cells[place]


def _score(sheet: SheetTable, row: int, columns: tuple[Column, ...]) -> int:
    keys = {heading_key(cell.text) for cell in sheet.rows[row] if cell.text}
    return sum(not keys.isdisjoint(column.keys) for column in columns)


class CellReader:
    """Reads single cells of one sheet, collecting what is wrong with them."""

    def __init__(self, file: str, sheet: str) -> None:
        """Start for `sheet` of `file` with no findings."""
        self.file = file
        self.sheet = sheet
        self.findings: list[Finding] = []

    def report(
        self,
        code: FindingCode,
        cell: SheetCell | str,
        *,
        about: str = "",
        found: str = "",
        expected: str = "",
        candidates: tuple[str, ...] = (),
    ) -> None:
        """Note a finding at `cell` (merged cells by their head), or at an address."""
        address = cell if isinstance(cell, str) else cell.head
        finding = Finding(code, self.file, self.sheet, address, about, found, expected, candidates)
        if finding not in self.findings:
            self.findings.append(finding)

    def text(self, cell: SheetCell) -> str:
        """Return the cell's text; a formula without value and an error cell are reported."""
        if cell.formula:
            self.report(Code.FORMULA_WITHOUT_VALUE, cell, found=cell.formula)
        if cell.error:
            self.report(Code.ERROR_CELL, cell, found=cell.error)
        return cell.text
