"""A table as one value: what both renderers (XLSX and DOCX) draw."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Align = Literal["left", "center", "right"]


@dataclass(frozen=True)
class Cell:
    """A cell's text (lines divided by newlines) and look; `rows` tells how many rows it spans.

    `at_top` asks that the text of a long span begins with it, where a page may cut the middle.
    """

    text: str
    bold: bool = False
    italic: bool = False
    align: Align = "left"
    rows: int = 1
    at_top: bool = False


@dataclass(frozen=True)
class Row:
    """A row: a cell for each column, None where a cell from above covers the place.

    `keep_with_next` asks that the row does not stand alone at the foot of a page, `may_break` lets
    pages cut it, which is for rows of half a page and more.
    """

    cells: tuple[Cell | None, ...]
    keep_with_next: bool = False
    may_break: bool = False


@dataclass(frozen=True)
class PageColumn:
    """A column: its heading and its width in millimetres."""

    heading: str
    width: float


@dataclass(frozen=True)
class Table:
    """A table with its title above it: columns, rows, lines of title and reference.

    `title` is in capitals as given; `reference` is the "(Kèm theo …)" line; `label` is the line
    "Phụ lục" with its number above the title, if there is one. A `landscape` table lies on its own
    landscape pages.
    """

    title: str
    reference: str
    columns: tuple[PageColumn, ...]
    rows: tuple[Row, ...] = field(default_factory=tuple)
    label: str = ""
    landscape: bool = False
