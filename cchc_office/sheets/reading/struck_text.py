"""What of a cell is crossed out, and what is left of it: a struck-out value is no value."""

from __future__ import annotations

from collections.abc import Container, Hashable, Iterable
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Generic, TypeVar

from cchc_office.sheets.reading.cell_grid import Content, LeftContent
from cchc_office.sheets.reading.number_meanings import Percentage
from cchc_office.sheets.reading.values import DoubtfulCell, StruckCell
from cchc_office.text import figures
from cchc_office.text.crossed_out import parted
from cchc_office.text.vietnamese import decimal_of

Style = TypeVar("Style", bound=Hashable)
Runs = tuple[tuple[str, bool | None], ...]
"""The pieces of a text and whether each is crossed out; None where that is as its cell is."""


@dataclass
class Strikes(Generic[Style]):
    """What is crossed out in a workbook: styles of cells, and the shared texts that have runs.

    `runs` holds texts by their number, only where that may make a difference.
    """

    styles: set[Style] = field(default_factory=set)
    runs: dict[int, Runs] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Tell whether anything is crossed out at all: mostly nothing is."""
        return bool(self.styles or self.runs)

    def left_of(self, content: Content, style: Style, text: int | None = None) -> LeftContent:
        """Return what is left of a cell's content; `text` is the number of a shared text."""
        runs = self.runs.get(text) if text is not None else None
        return self.left_of_runs(runs, style) if runs else self._left_of_whole(content, style)

    def left_of_runs(self, runs: Runs, style: Style) -> LeftContent:
        """Return what is left of a text that stands in a cell of this style."""
        is_struck = style in self.styles
        return left_of_text((text, is_struck if own is None else own) for text, own in runs)

    def _left_of_whole(self, content: Content, style: Style) -> LeftContent:
        return crossed_out(content) if style in self.styles else content


def crossed_out(content: Content) -> LeftContent:
    """Return a cell's content as crossed out; of a blank cell nothing is."""
    if isinstance(content, Percentage):
        shown = f"{figures.as_typed(decimal_of(content.number) * 100)}%"
        return StruckCell(content.number, shown)
    value = content.text if isinstance(content, DoubtfulCell) else content
    if isinstance(value, str) and not value.strip():
        return content
    return StruckCell(value, value)


def left_of_text(pieces: Iterable[tuple[str, bool]]) -> str | StruckCell:
    """Return what is left of a text whose pieces are crossed out or not."""
    pieces = tuple(pieces)
    written = "".join(text for text, _ in pieces)
    left, struck = parted(pieces)
    return StruckCell(written, struck, left) if struck else written


def runs_of(text: str, formatting: Iterable[tuple[int, int]], struck_fonts: Container[int]) -> Runs:
    """Return the pieces of a text ([MS-XLS] FormatRun, [MS-XLSB] StrRun).

    `formatting` tells where a piece begins, counted in UTF-16, and the number of its font.
    """
    encoded = text.encode("utf-16-le", "surrogatepass")
    begin: int = 0
    is_struck: bool | None = None
    pieces: list[tuple[str, bool | None]] = []
    for start, font in [*sorted(formatting, key=itemgetter(0)), (len(encoded) // 2, 0)]:
        piece = encoded[2 * begin : 2 * start].decode("utf-16-le", "replace")
        if piece:
            pieces.append((piece, is_struck))
        begin, is_struck = start, font in struck_fonts
    return tuple(pieces)
