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

_TWIPS = 20
"""In a point."""

_BESIDE_TEXT = 12.0
"""What a cell keeps free beside its text, left and right together, in points."""

_USUAL_SIZE = 13.0
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
    sizes = _StyleSizes(document.styles.element)
    tables = document.element.body.findall(qn("w:tbl"))
    changed = [_fit(table, sizes) for table in tables]
    return save_document(document) if any(changed) else content


class _StyleSizes:
    """The size of letters in each style, in points."""

    def __init__(self, styles: Any) -> None:
        self._styles = {one.get(qn("w:styleId")): one for one in styles.iter(qn("w:style"))}
        self._default = self._own(styles.find(qn("w:docDefaults"))) or _USUAL_SIZE
        usual = (s for s in self._styles.values() if _is_usual(s))
        self._usual = next((s.get(qn("w:styleId")) for s in usual), None)

    def of(self, style: str | None) -> float:
        style, seen = style or self._usual, set()
        while style in self._styles and style not in seen:
            seen.add(style)
            element = self._styles[style]
            if size := self._own(element.find(qn("w:rPr"))):
                return size
            based = element.find(qn("w:basedOn"))
            style = based.get(qn("w:val")) if based is not None else None
        return self._default

    @staticmethod
    def _own(element: Any) -> float:
        found = next(element.iter(qn("w:sz")), None) if element is not None else None
        return float(found.get(qn("w:val"))) / 2 if found is not None else 0.0


def _is_usual(style: Any) -> bool:
    """Tell whether paragraphs that name no style have this one."""
    return style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default")) in ("1", "true")


def _fit(table: Any, sizes: _StyleSizes) -> bool:
    """Give a table the columns that its content asks for; tell whether that changed it."""
    grid = [int(column.get(qn("w:w"))) for column in table.iter(qn("w:gridCol"))]
    rows = table.findall(qn("w:tr"))
    is_plain = rows and all(len(row.findall(qn("w:tc"))) == len(grid) for row in rows)
    joined = (qn("w:gridSpan"), qn("w:vMerge"), qn("w:tbl"))
    if not is_plain or rows[0].find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is None:
        return False
    if next(table.iterdescendants(*joined), None) is not None:
        return False
    texts = [[tuple(_texts(cell, sizes)) for cell in row.findall(qn("w:tc"))] for row in rows]
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


def _texts(cell: Any, sizes: _StyleSizes) -> Iterator[_Text]:
    for paragraph in cell.findall(qn("w:p")):
        words = "".join(t.text or "" for t in paragraph.iter(qn("w:t")))
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        own = next((s for s in paragraph.iterfind(f"{qn('w:r')}/{qn('w:rPr')}/{qn('w:sz')}")), None)
        size = (
            float(own.get(qn("w:val"))) / 2
            if own is not None
            else sizes.of(style.get(qn("w:val")) if style is not None else None)
        )
        bold = paragraph.find(f"{qn('w:r')}/{qn('w:rPr')}/{qn('w:b')}")
        is_bold = bold is not None and bold.get(qn("w:val")) not in ("0", "false")
        yield _Text(words, size, is_bold)


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
