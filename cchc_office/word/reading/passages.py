"""What a Word document says, place by place: values for who takes its tables and texts over."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Side(Enum):
    """What words that belong to a place, and do not stand in it, are."""

    FOOTNOTE = "footnote"
    COMMENT = "comment"
    TEXT_BOX = "text box"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class SideText:
    """Words that belong to a place and do not stand in it."""

    side: Side
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """What stands in one place, a paragraph or a cell: accepted text in NFC, lines by newlines.

    `number` is what Word counted by itself before it ("1.2."), which the text begins with. The text
    is `bold`, `italic`, `centred` where all of it is; `indent` is that of its first line, in mm.
    `page` is 0 where the document does not tell it.
    """

    text: str
    crossed_out: str = ""
    number: str = ""
    bold: bool = False
    italic: bool = False
    centred: bool = False
    indent: float = 0.0
    sides: tuple[SideText, ...] = ()
    pictures: int = 0
    page: int = 0


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a table, and where it begins (row and column from 0)."""

    passage: Passage
    row: int
    column: int


@dataclass(frozen=True)
class WordGrid:
    """A table: `rows[r][c]` is the cell that is seen there, the same one all over a merged area.

    `pages` has the page of each row, empty where the document does not tell. `hidden_rows` has the
    text of rows that are hidden, by the number of rows before them, `hidden_cells` the text of
    cells by the row in which a merged cell covers them. `is_cut` tells that the table has more
    columns than are read.
    """

    rows: tuple[tuple[GridCell, ...], ...]
    pages: tuple[int, ...] = ()
    hidden_rows: tuple[tuple[int, str], ...] = ()
    hidden_cells: tuple[tuple[int, str], ...] = ()
    is_cut: bool = False


@dataclass(frozen=True)
class WordContents:
    """The paragraphs and tables of a document in order, and what stands around its pages.

    `unplaced` are notes and comments to which nothing refers; `embedded` counts other documents
    within it, which are not read.
    """

    blocks: tuple[Passage | WordGrid, ...]
    page_edges: tuple[str, ...] = ()
    unplaced: tuple[SideText, ...] = ()
    embedded: int = 0
