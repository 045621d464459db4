"""Texts that no row of a sheet is high enough for: the one place that decides how high rows are.

A row is at most 409 points high; what does not fit is cut, on the screen and on paper. A table
keeps one row for each of its things (people filter, sort and fill in), and none so high that it
leaves half of a page empty: a text which is longer stands whole on a sheet of its own, and its cell
has the beginning and says where to read on.
Names that a reader of ours knows rows by stay whole: their columns get as wide as they need.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cchc_office.text.widths import CELL_PADDING, LINE_HEIGHT, POINTS_PER_MM, lines_in_cell, wrap

HIGHEST_ROW = 409.0
"""The height in points that a row of a sheet can have; Excel cuts it to this."""

READABLE_ROW = 250.0
"""The height in points that a row of a table has at most: a third of a page, half of a screen."""

LONG_TEXTS_SHEET = "Nội dung dài"

READING_SIZE = 12.0
READING_WIDTH, COUNTED_WIDTH = 170.0, 163.0
"""The letters (points) in which a text is read on the sheet of long ones, its column's width (mm),
and that for which lines are counted, so that no program finds a line more than there is room for.
"""

_LINES_TOGETHER = 10
"""Lines in a row of a long text: pages break between rows only."""

_SPARE = 9.0
"""Points of such a row that are left free: programs measure text in ways of their own."""

_WIDEST = 400.0


@dataclass(frozen=True)
class LongText:
    """A text with its number, its title, and its parts, to stand one below the other."""

    number: int
    title: str
    parts: tuple[str, ...]


class LongTexts:
    """The long texts of a workbook, in the order in which its tables come to them."""

    def __init__(self) -> None:
        """Begin without any."""
        self._texts: dict[str, LongText] = {}

    def __iter__(self) -> Iterator[LongText]:
        """Go through them in their order."""
        return iter(self._texts.values())

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._texts)

    def keep(self, text: str, title: str) -> LongText:
        """Keep a text under a title; one that is there already is not kept twice."""
        if text not in self._texts:
            self._texts[text] = LongText(len(self) + 1, title, _parts(text))
        return self._texts[text]


def is_too_long(
    text: str, width: float, size: float, *, bold: bool = False, highest: float = READABLE_ROW
) -> bool:
    """Tell whether a text in a cell `width` millimetres wide needs more than the highest row."""
    return lines_in_cell(text, width, size, bold=bold) > _most_lines(size, highest)


def beginning(text: str, kept: LongText, width: float, size: float, *, bold: bool = False) -> str:
    """Return what a cell of a table shows of a text that is too long, and where all of it is."""
    way = f"… (xem đủ ở trang {LONG_TEXTS_SHEET}, mục {kept.number})"
    room = _most_lines(size, READABLE_ROW) - lines_in_cell(way, width, size, bold=bold)
    lines = wrap(text, width * POINTS_PER_MM - CELL_PADDING, size, bold=bold)
    return f"{''.join(lines[: max(room, 0)]).rstrip()}\n{way}".lstrip()


def wide_enough(
    texts: Iterable[str],
    width: float,
    size: float,
    *,
    bold: bool = False,
    highest: float = READABLE_ROW,
) -> float:
    """Return the width in millimetres, at least `width`, in which no text is too long for a row."""
    for text in texts:
        while width < _WIDEST and is_too_long(text, width, size, bold=bold, highest=highest):
            width = min(width * 1.1, _WIDEST)
    return width


def _most_lines(size: float, highest: float) -> int:
    return math.floor((highest - _SPARE) / (size * LINE_HEIGHT))


def _parts(text: str) -> tuple[str, ...]:
    """Return a text in parts of some lines, each line ended: they read on from part to part."""
    lines = wrap(text, COUNTED_WIDTH * POINTS_PER_MM - CELL_PADDING, READING_SIZE)
    starts = range(0, len(lines), _LINES_TOGETHER)
    lines = [line.rstrip() for line in lines]
    return tuple("\n".join(lines[at : at + _LINES_TOGETHER]) for at in starts)
