"""A table whose columns were named, as values: which column of theirs is which of ours, and how."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from cchc_office.campaign.layout import CRITERIA_COLUMNS
from cchc_office.importing.source import SourceTable
from cchc_office.sheets.addresses import column_letters
from cchc_office.sheets.sheet_reader import SheetCell
from cchc_office.text.vietnamese import fold

LEFT_OUT = "bỏ"
"""What a clerk says of a column that is not to be taken (`--cot "Điểm tự chấm=bỏ"`)."""

MATRIX = "matrix"
"""The key of columns that are a unit each."""

UPPER_NAME = "upper name"
"""The key of columns that name what rows belong to, one for each level above them."""

SECOND_CODE = "second code"
"""The key of a second column of codes: letters beside the numbers of fields."""


_SPECIAL = frozenset((MATRIX, SECOND_CODE, UPPER_NAME))


class How(Enum):
    """How it is known what a column is; the value is what a clerk is told."""

    HEADING = "đúng tên cột"
    NEAR = "tên gần giống"
    CONTENT = "theo nội dung của cột"
    CHOSEN = "theo --cot"
    LEVELS = "mỗi cột một cấp"
    MATRIX = "mỗi cột một đơn vị"
    CONTINUED = "như bảng trước"
    SECOND = "cột thứ hai cùng nghĩa"
    UNUSED = "không dùng"


@dataclass(frozen=True, slots=True)
class ColumnReading:
    """A column of theirs: its place from 0, its heading on one line, the key of ours ("" for none).

    `lines` are its headings from above; `why` says more of a column that is not used, or that is
    used for another than its heading says.
    """

    place: int
    heading: str
    key: str = ""
    how: How = How.UNUSED
    why: str = ""
    lines: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Its heading, or its letter where it has none."""
        return self.heading or f"cột {column_letters(self.place)}"

    @property
    def ours(self) -> str:
        """The heading of our column, "" where it is left out."""
        return heading_of(self.key)

    @property
    def told(self) -> str:
        """How it is known what it is, or why it is not used."""
        return self.why or self.how.value

    @property
    def is_surely_named(self) -> bool:
        """Whether its heading leaves no doubt."""
        return self.how in {How.HEADING, How.CHOSEN, How.CONTINUED}


@dataclass(frozen=True)
class HeadedTable:
    """A table whose columns were named: its headings take the rows from `top` to before `first`.

    `number` counts the tables of the file from 0.
    """

    number: int
    source: SourceTable
    top: int
    first: int
    columns: tuple[ColumnReading, ...]

    @property
    def places(self) -> dict[str, int]:
        """The place of each column of ours that is there."""
        return {c.key: c.place for c in self.columns if c.key and c.key not in _SPECIAL}

    @property
    def rows(self) -> Sequence[tuple[SheetCell, ...]]:
        """All rows of the table."""
        return self.source.sheet.rows

    @property
    def signature(self) -> tuple[str, ...]:
        """What tables with the same columns have in common."""
        headings = [fold(column.heading) for column in self.columns]
        return tuple(h for at, h in enumerate(headings) if not h or h not in headings[:at])

    def column(self, key: str) -> ColumnReading | None:
        """Return their column that is ours with `key`."""
        return next((column for column in self.columns if column.key == key), None)


def heading_of(key: str) -> str:
    """Return the heading of our column with a key."""
    if key == MATRIX:
        return "Đơn vị thực hiện (mỗi cột một đơn vị)"
    if key == UPPER_NAME:
        return "dòng cấp trên"
    if key == SECOND_CODE:
        return "STT (cột thứ hai)"
    return next((c.heading for c in CRITERIA_COLUMNS if c.key == key), "")


def texts_below(table: HeadedTable, place: int | None) -> list[str]:
    """Return what stands in a column below the headings, in merged cells once; None has nothing."""
    if place is None:
        return []
    cells = (row[place] for row in table.rows[table.first :] if place < len(row))
    return [cell.text for cell in cells if cell.text and cell.address == cell.head]
