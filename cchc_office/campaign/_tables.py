"""Finding a table in a sheet by its headings, wherever it begins."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cchc_office.findings import Code, Finding
from cchc_office.office.sheet_reader import SheetCell, SheetTable
from cchc_office.vietnamese import fold

_BLANK = SheetCell(None, "", "")


@dataclass(frozen=True)
class Column:
    """A column to find: its key, its heading as shown, other headings accepted.

    A required column may be missing where the one with the key `unless` is there.
    """

    key: str
    heading: str
    others: tuple[str, ...] = ()
    required: bool = False
    unless: str = ""

    def matches(self, text: str) -> bool:
        """Tell whether a heading cell names this column."""
        folded = fold(text)
        return folded in {fold(self.heading), *map(fold, self.others)}


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
    places: dict[str, int] = {}
    findings = []
    for place, cell in enumerate(sheet.rows[best]):
        column = next((c for c in columns if cell.text and c.matches(cell.text)), None)
        if column is None:
            continue
        if column.key in places:
            if cell.address == cell.head:
                findings.append(
                    Finding(Code.DUPLICATE_COLUMN, file, sheet.name, cell.address, found=cell.text)
                )
            continue
        places[column.key] = place
    present = ", ".join(c.text for c in sheet.rows[best] if c.text)
    findings += [
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


def _score(sheet: SheetTable, row: int, columns: tuple[Column, ...]) -> int:
    texts = [cell.text for cell in sheet.rows[row] if cell.text]
    return sum(any(column.matches(text) for text in texts) for column in columns)


class CellReader:
    """Reads single cells of one sheet, collecting what is wrong with them."""

    def __init__(self, file: str, sheet: str) -> None:
        """Start for `sheet` of `file` with no findings."""
        self.file = file
        self.sheet = sheet
        self.findings: list[Finding] = []

    def report(
        self,
        code: Code,
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
