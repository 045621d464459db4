"""The texts of cells that go over pages, as spreadsheets print them: whole, on each of the pages.

Where the page ends they are only cut off from sight, so that their letters lie beyond the table, or
on headings that are repeated.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from cchc_office.importing.reading.pdf_grids import RuledGrid
from cchc_office.importing.reading.pdf_pages import Glyph, PdfPage

_SAME_X, _SAME_Y = 0.1, 0.3
"""Letters of headings are not to be taken for them, only as they lie near (points)."""

_MOST_HEADINGS = 4


@dataclass(frozen=True, slots=True)
class CutLetters:
    """The letters of a page that nobody sees, as they are only parts of texts.

    Those `beyond` its last table belong to that; `repeated` ones stand on the page before.
    """

    beyond: frozenset[Glyph] = frozenset()
    repeated: frozenset[Glyph] = frozenset()


_Letters = tuple[frozenset[Glyph], frozenset[Glyph]]
_NONE: _Letters = (frozenset(), frozenset())


def cut_letters(pages: Sequence[PdfPage], grids: Sequence[Sequence[RuledGrid]]) -> list[CutLetters]:
    """Return such letters of each page, whose tables are `grids`, from above."""
    ends = [
        _cut_between(one, own[-1], other, following[0]) if own and following else _NONE
        for (one, own), (other, following) in pairwise(zip(pages, grids, strict=True))
    ]
    return [
        CutLetters(beyond, repeated)
        for (beyond, _), (_, repeated) in zip([*ends, _NONE], [_NONE, *ends], strict=True)
    ]


def _cut_between(above: PdfPage, last: RuledGrid, below: PdfPage, first: RuledGrid) -> _Letters:
    """Return the unseen letters behind the last table of a page, and those before the next one.

    They stand on both pages at one place of the cell, whichever rows are repeated in between.
    """
    columns = last.open_below if last.has_columns_of(first) else frozenset()
    if not 0 < len(columns) < len(last.xs) - 1:
        return _NONE
    upper = [glyph for glyph in above.glyphs if _column(last, glyph) in columns]
    lower: defaultdict[str, list[Glyph]] = defaultdict(list)
    for glyph in below.glyphs:
        if _column(first, glyph) in columns:
            lower[glyph.text].append(glyph)
    best: list[tuple[Glyph, Glyph]] = []
    start = 0.0
    for edge in first.ys[:_MOST_HEADINGS]:
        found = [*_pairs(upper, lower, edge - last.ys[-1])]
        if len(found) > len(best):
            best, start = found, edge
    return (
        frozenset(one for one, _ in best if _middle(one) > last.ys[-1]),
        frozenset(other for _, other in best if _middle(other) < start),
    )


def _pairs(
    upper: list[Glyph], lower: dict[str, list[Glyph]], shift: float
) -> Iterator[tuple[Glyph, Glyph]]:
    """Yield the letters that stand on both pages at one place, `shift` lower on the second."""
    for one in upper:
        for other in lower.get(one.text, ()):
            if abs(one.x0 - other.x0) <= _SAME_X and abs(one.top + shift - other.top) <= _SAME_Y:
                yield one, other


def _column(grid: RuledGrid, glyph: Glyph) -> int | None:
    x = (glyph.x0 + glyph.x1) / 2
    return grid.slot(x, grid.ys[0])[1] if grid.holds(x, grid.ys[0]) else None


def _middle(glyph: Glyph) -> float:
    return (glyph.top + glyph.bottom) / 2
