"""How a sheet is shown beside its values: what is hidden, how cells look, what is pinned on."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field

from cchc_office.files.limits import MOST_COLUMNS, MOST_TABLE_ROWS


@dataclass(frozen=True, slots=True)
class CellFormat:
    """How the text of a cell looks; `indent` is in millimetres."""

    bold: bool = False
    italic: bool = False
    centred: bool = False
    indent: float = 0.0


PLAIN_FORMAT = CellFormat()
MM_PER_INDENT = 2.4
"""What one step of a cell's indent measures: three blanks of the usual letters."""


@dataclass(frozen=True)
class SheetDisplay:
    """How a sheet is shown; rows and columns count from 0.

    `formats` has the formats of cells that are not plain, where the file's kind tells them.
    `comments` are pinned to cells; `boxes` are texts of drawn boxes, `page_edges` those of the
    headers and footers of printed pages.
    """

    hidden_rows: Set[int] = frozenset()
    hidden_columns: Set[int] = frozenset()
    formats: Mapping[tuple[int, int], CellFormat] = field(default_factory=dict)
    comments: tuple[tuple[int, int, str], ...] = ()
    boxes: tuple[str, ...] = ()
    page_edges: tuple[str, ...] = ()


class DisplayCollector:
    """Collects how a sheet is shown, as it is come across."""

    def __init__(self) -> None:
        self._rows: set[int] = set()
        self._columns: set[int] = set()
        self.formats: dict[tuple[int, int], CellFormat] = {}
        self.comments: list[tuple[int, int, str]] = []
        self.boxes: list[str] = []
        self.page_edges: list[str] = []

    def hide_rows(self, first: int, last: int) -> None:
        """Note hidden rows, the last one included."""
        self._rows.update(range(max(first, 0), min(last + 1, MOST_TABLE_ROWS)))

    def hide_columns(self, first: int, last: int) -> None:
        """Note hidden columns, the last one included."""
        self._columns.update(range(max(first, 0), min(last + 1, MOST_COLUMNS)))

    def display(self) -> SheetDisplay:
        """Return what was collected."""
        return SheetDisplay(
            frozenset(self._rows),
            frozenset(self._columns),
            dict(self.formats),
            tuple(self.comments),
            tuple(filter(None, self.boxes)),
            tuple(dict.fromkeys(filter(None, self.page_edges))),
        )
