"""Where rows stand in the tree, and what is not sure of it, with its readings.

Codes tell the tree (`outline`). A row that only explains has no say in it unless it has a code: it
is under the row above it; a note ("Ghi chú: …", "* …") under the heading of the rows above it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from cchc_office.campaign.levels import Said
from cchc_office.campaign.numbering import numerals
from cchc_office.campaign.other_rows import is_note
from cchc_office.campaign.outline import OutlineDoubt, OutlinePlace, OutlineRow, outline
from cchc_office.campaign.tables import CellReader, TableRow
from cchc_office.catalogue.findings import Code, FindingCode
from cchc_office.sheets.sheet_reader import SheetCell
from cchc_office.text.shortening import shortened

_LAST_PART = re.compile(r"[^\W_]+\W*$")
_LONGEST_SHOWN = 60


@dataclass(frozen=True)
class UnplacedRow:
    """A row with its code and name, what it says of its place, and its cells."""

    code: str
    name: str
    said: int | Said | None
    cells: TableRow


@dataclass(frozen=True)
class PlacedRow:
    """A row with its code and name, where it stands, and its cells.

    One that `is_text` only explains the row that it is under.
    """

    code: str
    name: str
    place: OutlinePlace
    cells: TableRow
    is_text: bool = False

    @property
    def label(self) -> str:
        """Code and name, as findings name a row."""
        return f"{self.code} {self.name}".strip()

    @property
    def cell(self) -> SheetCell:
        """The cell by which a person finds the row's place in the tree."""
        return self.cells["code" if self.code else "name"]


def placed_rows(rows: Iterable[UnplacedRow]) -> tuple[PlacedRow, ...]:
    """Return the rows with their places."""
    read = tuple(rows)
    counted = [at for at, row in enumerate(read) if row.code or row.said is not Said.TEXT]
    outlined = outline([outline_row(read[at].code, read[at].name, read[at].said) for at in counted])
    in_tree = {at: _renumbered(place, counted) for at, place in zip(counted, outlined, strict=True)}
    placing = _Placing(read, in_tree)
    return tuple(map(placing.placed, range(len(read))))


def _renumbered(place: OutlinePlace, numbers: Sequence[int]) -> OutlinePlace:
    """Return a place among all rows of one among those with these numbers."""
    parent = None if place.parent is None else numbers[place.parent]
    return replace(place, parent=parent, other=place.other and _renumbered(place.other, numbers))


class _Placing:
    """Puts rows that only explain, row after row, to those that their codes have put."""

    def __init__(self, rows: Sequence[UnplacedRow], in_tree: Mapping[int, OutlinePlace]) -> None:
        self._rows = rows
        self._in_tree = in_tree
        self._texts: set[int] = set()
        self._placed: list[PlacedRow] = []
        scored = [at for at in in_tree if rows[at].said is not Said.TEXT]
        self._last = max(scored, default=-1)
        self._headings = {in_tree[at].parent for at in scored}
        self._above: int | None = None

    def placed(self, at: int) -> PlacedRow:
        row, place = self._rows[at], self._in_tree.get(at)
        is_text = row.said is Said.TEXT or (place is not None and place.parent in self._texts)
        if place is None or (is_text and place.doubt):
            place = self._under(self._heading_above(at) if _is_note(row) else self._above)
        if is_text:
            self._texts.add(at)
        if at in self._in_tree:
            self._above = at
        self._placed.append(PlacedRow(row.code, row.name, place, row.cells, is_text))
        return self._placed[-1]

    def _under(self, parent: int | None) -> OutlinePlace:
        level = 0 if parent is None else self._placed[parent].place.level
        return OutlinePlace(level + 1, parent)

    def _heading_above(self, at: int) -> int | None:
        """Return the heading of the rows above a note; none where it ends the table."""
        above = self._above if at < self._last else None
        while above is not None and above not in self._headings:
            above = self._placed[above].place.parent
        return above


def _is_note(row: UnplacedRow) -> bool:
    return is_note(row.name) or row.name.startswith("*")


def tell_doubts(
    rows: Sequence[PlacedRow], reader: CellReader, *, quiet: Collection[int] = ()
) -> None:
    """Tell of each row whose place is not sure, with the second reading; `quiet` ones are known."""
    has_codes = any(row.code for row in rows)
    for at, row in enumerate(rows):
        doubt = None if at in quiet or row.is_text else row.place.doubt
        if doubt is OutlineDoubt.NO_HEADING:
            _tell(reader, Code.MISSING_PARENT, rows, at, expected=_code_above(row.code))
        elif doubt is OutlineDoubt.REPEATED:
            own = numerals(row.code)[:1]
            alike = (r for r in rows if numerals(r.code)[:1] == own and _is_beside(r, row))
            first = next(alike, row)
            _tell(reader, Code.DUPLICATE_CODE, rows, at, expected=first.cells["code"].address)
        elif doubt is OutlineDoubt.UNSUPPORTED:
            _tell_blank(reader, rows, at, is_sure=has_codes)
        elif doubt is OutlineDoubt.JUMP:
            _tell(reader, Code.LEVEL_SKIPPED, rows, at, expected=under(rows, row.place))
        elif doubt is not None and row.place.other is None:
            _tell(reader, Code.CODE_GAP, rows, at, expected=under(rows, row.place))
        elif doubt is not None:
            _tell(reader, Code.PLACE_UNSURE, rows, at, expected=under(rows, row.place))


def _tell_blank(reader: CellReader, rows: Sequence[PlacedRow], at: int, *, is_sure: bool) -> None:
    code = Code.ROW_WITHOUT_CODE if is_sure else Code.PLACE_UNSURE
    _tell(reader, code, rows, at, expected=under(rows, rows[at].place))


def _tell(
    reader: CellReader, code: FindingCode, rows: Sequence[PlacedRow], at: int, *, expected: str
) -> None:
    row = rows[at]
    other = row.place.other
    candidates = (under(rows, other),) if other else ()
    about, found = row.name or row.code, row.code or row.name
    reader.report(
        code, row.cell, about=about, found=found, expected=expected, candidates=candidates
    )


def under(rows: Sequence[PlacedRow], place: OutlinePlace) -> str:
    """Return in words where a place is: "dưới mục 1.1", "ở cấp 1"."""
    if place.parent is None:
        return "ở cấp 1"
    above = rows[place.parent]
    named = above.code or above.name
    return f"dưới mục {shortened(named, _LONGEST_SHOWN)}"


def _is_beside(one: PlacedRow, other: PlacedRow) -> bool:
    return one.place.parent == other.place.parent


def _code_above(code: str) -> str:
    """Return the code that one begins with: "1.3" of "1.3.1"."""
    return _LAST_PART.sub("", code).rstrip(". ")


def outline_row(code: str, name: str, said: int | Said | None) -> OutlineRow:
    """Return a row as its outline is told."""
    return OutlineRow(code, name, said if isinstance(said, int) else None)
