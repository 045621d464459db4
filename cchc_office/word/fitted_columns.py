"""A filled document whose tables have columns as wide as their content asks for."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import docx
from docx.oxml.ns import qn

from cchc_office.text.widths import count_lines, text_width
from cchc_office.word.document_writer import save_document
from cchc_office.word.reading.formatting import Formats

_TWIPS = 20
"""In a point."""

_BESIDE_TEXT = 12.0
"""What a cell keeps free beside its text, left and right together, in points."""

_WIDEST = 0.6
"""Which part of a table a column may ask for beyond its longest word."""

_HEADING_LINES = 3
"""How many lines a heading may take where texts below want the room."""


@dataclass(frozen=True)
class _Text:
    """A paragraph of a cell: its words, and how they look."""

    words: str
    size: float
    bold: bool

    @property
    def width(self) -> float:
        return text_width(self.words, self.size, bold=self.bold)

    @property
    def longest_word(self) -> float:
        """The width of what cannot be broken."""
        pieces = self.words.replace("-", "- ").split()
        return max((text_width(w, self.size, bold=self.bold) for w in pieces), default=0.0)

    def lines(self, width: float) -> int:
        return count_lines(self.words, max(width, 1.0), self.size, bold=self.bold)


_Cell = tuple[_Text, ...]
_Rows = Sequence[Sequence[_Cell]]


def with_fitted_columns(content: bytes) -> bytes:
    """Return a document in which tables with a heading have other columns where that saves lines.

    A table keeps its width. One with cells joined, or a table within, stays as it is.
    """
    document = docx.Document(io.BytesIO(content))
    formats = Formats(document.styles.element)
    tables = document.element.body.findall(qn("w:tbl"))
    changed = [_fit(table, formats) for table in tables]
    return save_document(document) if any(changed) else content


def _fit(table: Any, formats: Formats) -> bool:
    """Give a table the columns that its content asks for; tell whether that changed it."""
    grid = [int(column.get(qn("w:w"))) for column in table.iter(qn("w:gridCol"))]
    rows = table.findall(qn("w:tr"))
    is_plain = rows and all(len(row.findall(qn("w:tc"))) == len(grid) for row in rows)
    joined = (qn("w:gridSpan"), qn("w:vMerge"), qn("w:tbl"))
    if not is_plain or rows[0].find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is None:
        return False
    if next(table.iterdescendants(*joined), None) is not None:
        return False
    style = formats.style_of(table.find(qn("w:tblPr")), "table")
    texts = [
        [tuple(_texts(cell, formats, style)) for cell in row.findall(qn("w:tc"))] for row in rows
    ]
    now = [width / _TWIPS for width in grid]
    fitted = fitted_widths(texts, now)
    if _cost(texts, fitted) >= _cost(texts, now):
        return False
    _set_widths(table, fitted)
    return True


def fitted_widths(rows: _Rows, now: Sequence[float]) -> list[float]:
    """Return widths of columns, in points, that together are as wide as they are `now`.

    Each has at least its longest word, where there is room for that; what is left goes to those
    with long texts.
    """
    columns = list(zip(*rows, strict=True))
    total = sum(now)
    least = [_BESIDE_TEXT + _most(t.longest_word for c in own for t in c) for own in columns]
    if sum(least) >= total:
        return list(now)
    widths = least
    for lines in (_HEADING_LINES, 1):
        natural = (min(_natural(own, lines), total * _WIDEST) for own in columns)
        wanted = [max(width, want) for width, want in zip(widths, natural, strict=True)]
        more, spare = sum(wanted) - sum(widths), total - sum(widths)
        if more > spare:
            share = spare / more
            return [w + share * (want - w) for w, want in zip(widths, wanted, strict=True)]
        widths = wanted
    widths[widths.index(max(widths))] += total - sum(widths)
    return widths


def _natural(column: Sequence[_Cell], heading_lines: int) -> float:
    """Return how wide a column is whose texts take one line each, and its heading so many."""
    heading, *below = column
    of_texts = (text.width for cell in below for text in cell)
    of_heading = (text.width / heading_lines for text in heading)
    return _BESIDE_TEXT + _most((*of_texts, *of_heading))


def _most(values: Iterable[float]) -> float:
    return max(values, default=0.0)


def _cost(rows: _Rows, widths: Sequence[float]) -> tuple[int, int]:
    """Return how many words are broken, and how many lines the table has."""
    broken = lines = 0
    for row in rows:
        highest = 1
        for cell, width in zip(row, widths, strict=True):
            room = width - _BESIDE_TEXT + 0.5
            broken += sum(text.longest_word > room for text in cell)
            highest = max(highest, sum(text.lines(room) for text in cell))
        lines += highest
    return broken, lines


def _texts(cell: Any, formats: Formats, table_style: str) -> Iterator[_Text]:
    for paragraph in cell.findall(qn("w:p")):
        words = "".join(t.text or "" for t in paragraph.iter(qn("w:t")))
        style = formats.style_of(paragraph.find(qn("w:pPr")), "paragraph")
        run = next((r for r in paragraph.iter(qn("w:r")) if r.find(qn("w:t")) is not None), None)
        look = None if run is None else run.find(qn("w:rPr"))
        letters = formats.letters(look, style, table_style, words)
        yield _Text(words, letters.size, letters.bold)


def _set_widths(table: Any, widths: Sequence[float]) -> None:
    rounded = [round(width * _TWIPS) for width in widths]
    rounded[widths.index(max(widths))] += round(sum(widths) * _TWIPS) - sum(rounded)
    for column, width in zip(table.iter(qn("w:gridCol")), rounded, strict=True):
        column.set(qn("w:w"), str(width))
    for row in table.findall(qn("w:tr")):
        for cell, width in zip(row.findall(qn("w:tc")), rounded, strict=True):
            if (own := cell.find(f"{qn('w:tcPr')}/{qn('w:tcW')}")) is not None:
                own.set(qn("w:w"), str(width))
                own.set(qn("w:type"), "dxa")
