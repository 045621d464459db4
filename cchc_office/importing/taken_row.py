"""A row of criteria as it is taken from an office's table, with where it stands and its doubts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

from cchc_office.catalogue.findings import Finding
from cchc_office.importing.cell_texts import is_code, is_number, shown_value
from cchc_office.importing.source import PLAIN, CellLook, RowPlace
from cchc_office.text.shortening import shortened
from cchc_office.text.vietnamese import clean_line

_LONGEST_LABEL = 80


@dataclass(frozen=True, slots=True)
class RowDoubt:
    """What a person has to look at in a row: the key of the column, and what is told of it."""

    key: str
    finding: Finding


@dataclass
class TakenRow:
    """A row of criteria as it is taken: texts by the keys of columns, and what is doubtful.

    `code_value` is a code that a spreadsheet turned into a date or a number; rows with the same
    `unit_cell` share a merged cell of units. `is_first` tells the first row of a page or a table.
    """

    place: RowPlace
    texts: dict[str, str]
    address: str = ""
    code_value: dt.date | float | None = None
    max_score: Decimal | None = None
    unit_cell: int = 0
    is_struck: bool = False
    look: CellLook = PLAIN
    is_first: bool = False
    own: frozenset[str] = frozenset()
    has_rule_in_name: bool = False
    """Whether one cell says its name and how it is scored."""

    code_above: str = ""
    """Where the code begins whose cell is merged over the row too, as an address."""

    copied: tuple[str, ...] = ()
    """Of a row that was added: the texts that the file does not have, or has in another row."""

    written: set[str] = field(default_factory=set)
    """The keys of texts that say how the row was understood and are none of the file's."""

    doubts: list[RowDoubt] = field(default_factory=list)

    def write_level(self, level: int) -> None:
        """Say which level it was understood to have."""
        self.texts["level"] = str(level)
        self.written.add("level")

    @property
    def label(self) -> str:
        """What names the row."""
        text = f"{self.texts.get('code', '')} {self.texts.get('name', '')}".strip()
        return quoted(text) or self.place.words

    @property
    def code(self) -> str:
        """Its code as a person sees it in the file, "" where it has none."""
        return self.texts.get("code") or shown_value(self.code_value)

    @property
    def has_code(self) -> bool:
        """Whether the file gives it a code."""
        return bool(self.code)

    @property
    def is_solid(self) -> bool:
        """Whether it is a row of criteria for sure: it has a code or points."""
        coded = is_code(self.texts.get("code", "")) or self.code_value is not None
        return coded or self.max_score is not None or is_number(self.texts.get("max_score", ""))


def quoted(text: str) -> str:
    """Return a text as it is quoted: on one line, and not too long."""
    return shortened(clean_line(text), _LONGEST_LABEL)
