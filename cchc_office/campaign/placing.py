"""Where rows stand in the tree: what "Cấp" says, and what is not sure, with its readings."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import Enum

from cchc_office.campaign.numbering import numerals
from cchc_office.campaign.outline import OutlineDoubt, OutlinePlace, OutlineRow
from cchc_office.campaign.tables import CellReader, TableRow
from cchc_office.catalogue.findings import Code, FindingCode
from cchc_office.sheets.sheet_reader import SheetCell
from cchc_office.text.shortening import shortened
from cchc_office.text.vietnamese import clean_line, fold

_LEVEL_WORDS = {
    "linh vuc": 1,
    "tieu chi": 2,
    "tieu chi thanh phan": 3,
    "tctp": 3,
}
_TEXT_WORDS = frozenset(("dien giai", "dong dien giai", "khong cham", "muc cham"))
_NUMBER = re.compile(r"(?:cap )?(\d)")
_LAST_PART = re.compile(r"[^\W_]+\W*$")
_LONGEST_SHOWN = 60


class Said(Enum):
    """What "Cấp" says beside a level."""

    TEXT = "diễn giải"
    """The row only explains the one that it is under."""


def read_level(reader: CellReader, row: TableRow, label: str) -> int | Said | None:
    """Return what "Cấp" says of a row: its level, or that it only explains; None where nothing."""
    cell = row["level"]
    text = reader.text(cell)
    level = level_in(text)
    if text and level is None:
        reader.report(Code.BAD_LEVEL, cell, about=label, found=clean_line(cell.text))
    return level


def level_in(text: str) -> int | Said | None:
    """Return what a text means as "Cấp"; None where it is empty, or means nothing there."""
    folded = fold(text)
    if folded in _TEXT_WORDS:
        return Said.TEXT
    match = _NUMBER.fullmatch(folded)
    return (int(match[1]) if match else _LEVEL_WORDS.get(folded)) or None


@dataclass(frozen=True)
class PlacedRow:
    """A row with its code and name, where it stands, and its cells."""

    code: str
    name: str
    place: OutlinePlace
    cells: TableRow

    @property
    def label(self) -> str:
        """Code and name, as findings name a row."""
        return f"{self.code} {self.name}".strip()

    @property
    def cell(self) -> SheetCell:
        """The cell by which a person finds the row's place in the tree."""
        return self.cells["code" if self.code else "name"]


def tell_doubts(
    rows: Sequence[PlacedRow], reader: CellReader, *, quiet: Collection[int] = ()
) -> None:
    """Tell of each row whose place is not sure, with the second reading; `quiet` ones are known."""
    has_codes = any(row.code for row in rows)
    for at, row in enumerate(rows):
        doubt = None if at in quiet else row.place.doubt
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
