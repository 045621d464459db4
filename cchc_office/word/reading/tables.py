"""The tables of a Word document as texts, a merged cell being one cell wherever it reaches.

Accepted text only, as everywhere: what tracked changes deleted is not there. What is crossed out
is told apart from what is left.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

from cchc_office.files.limits import MOST_CELLS, MOST_TABLE_COLUMNS
from cchc_office.text.crossed_out import parted
from cchc_office.word.reading.formatting import Formats
from cchc_office.word.reading.measures import W, attribute, value_of, whole_number
from cchc_office.word.reading.package import UnreadableDocumentError, WordPackage
from cchc_office.word.reading.reader import THROUGH, Walk, through
from cchc_office.word.reading.values import Paragraph, ParagraphPlace

_DEPTH = 2
"""Tables in cells of tables are tables too; those in their cells again are text of them."""


@dataclass(frozen=True, slots=True)
class WordCell:
    """A cell: its text in NFC (lines and paragraphs divided by newlines), and what is crossed out.

    `row` and `column` tell where it begins, counted from 0.
    """

    text: str
    crossed_out: str
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class WordTable:
    """A table: `rows[r][c]` is the cell that is seen there, the same one all over a merged area.

    `is_cut` tells that the table has more columns than are read.
    """

    rows: tuple[tuple[WordCell, ...], ...]
    is_cut: bool = False


def read_word_tables(content: bytes) -> tuple[WordTable, ...]:
    """Return the tables of the document; raises UnreadableDocumentError where it is none."""
    package = WordPackage(content)
    main = package.main
    reader = _WordTableReader(Formats.of(package))
    body = main.element.find(f"{W}body")
    return tuple(reader.read(table) for table in _tables(() if body is None else body, _DEPTH))


def _tables(blocks: Iterable[Any], depth: int) -> Iterator[Any]:
    for element in blocks:
        if element.tag == f"{W}tbl":
            yield element
            if depth > 1:
                cells = chain.from_iterable(through(row, "tc") for row in through(element, "tr"))
                for cell in cells:
                    yield from _tables(cell, depth - 1)
        elif element.tag in THROUGH:
            yield from _tables(element, depth)


class _WordTableReader:
    """Reads the tables of one document."""

    def __init__(self, formats: Formats) -> None:
        self._formats = formats
        self._places = 0

    def read(self, table: Any) -> WordTable:
        style = self._formats.style_of(table.find(f"{W}tblPr"), "table")
        rows: list[tuple[WordCell, ...]] = []
        width = 0
        for element in through(table, "tr"):
            if element.find(f"{W}trPr/{W}del") is None:
                rows.append(self._row(element, len(rows), rows[-1] if rows else (), style))
                width = max(width, len(rows[-1]))
                if self._places + width * len(rows) > MOST_CELLS:
                    raise UnreadableDocumentError("các bảng lớn bất thường")
        self._places += width * len(rows)
        return WordTable(
            tuple(row[:MOST_TABLE_COLUMNS] for row in rows), width > MOST_TABLE_COLUMNS
        )

    def _row(
        self, row: Any, at: int, above: tuple[WordCell, ...], style: str
    ) -> tuple[WordCell, ...]:
        before = whole_number(value_of(row, f"{W}trPr/{W}gridBefore"))
        cells = [WordCell("", "", at, n) for n in range(min(before, MOST_TABLE_COLUMNS))]
        for element in through(row, "tc"):
            if len(cells) > MOST_TABLE_COLUMNS:
                break
            properties = element.find(f"{W}tcPr")
            span = whole_number(value_of(properties, f"{W}gridSpan"), 1)
            merged = None if properties is None else properties.find(f"{W}vMerge")
            goes_on = merged is not None and attribute(merged, "val") in {None, "continue"}
            if goes_on and len(cells) < len(above):
                cell = above[len(cells)]
            else:
                text, crossed_out = self._text(element, style)
                cell = WordCell(text, crossed_out, at, len(cells))
            cells += [cell] * max(1, min(span, MOST_TABLE_COLUMNS))
        return tuple(cells)

    def _text(self, cell: Any, style: str) -> tuple[str, str]:
        """Return what is left of a cell's text, and what is crossed out of it."""
        paragraphs = Walk(self._formats, [0.0]).blocks(cell, ParagraphPlace(), style)
        return parted(_pieces(paragraphs))


def _pieces(paragraphs: Iterable[Paragraph]) -> Iterator[tuple[str, bool]]:
    lines = (line for paragraph in paragraphs for line in paragraph.lines)
    for number, line in enumerate(lines):
        if number:
            yield "\n", False
        for piece in line.pieces:
            if not piece.letters.hidden:
                yield piece.text, piece.letters.struck
