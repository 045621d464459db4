"""In which columns the cells of a Word table stand, whatever way its rows are put together.

Rows of one table need not line up: cells may be missing at either end, and borders that someone
drew by hand lie a little beside each other, which makes columns that no person sees.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

NARROWEST = 3.0
"""Columns below this many millimetres are no columns, unless some cell has nothing else."""


@dataclass(frozen=True, slots=True)
class RowShape:
    """How a row lies: columns before its first cell and after its last, and what its cells span.

    `widths` are those of the cells in mm, 0 where they are not told.
    """

    before: int
    after: int
    spans: tuple[int, ...]
    widths: tuple[float, ...]

    @property
    def length(self) -> int:
        """How many columns the row tells of."""
        return self.before + sum(self.spans) + self.after


def columns_of(grid: Sequence[float], rows: Sequence[RowShape]) -> list[list[tuple[int, int]]]:
    """Return for each row the columns [start, end) of its cells; `grid` has the widths in mm."""
    placed = [_starting_where_it_fits(grid, row) for row in rows]
    kept = _kept(grid, placed)
    if kept is None:
        return [_spans(row) for row in placed]
    new = [0]
    for is_kept in kept:
        new.append(new[-1] + is_kept)
    return [[(new[start], new[end]) for start, end in _spans(row)] for row in placed]


def _spans(row: RowShape) -> list[tuple[int, int]]:
    found, at = [], row.before
    for span in row.spans:
        found.append((at, at + span))
        at += span
    return found


def _starting_where_it_fits(grid: Sequence[float], row: RowShape) -> RowShape:
    """Return a row that lacks cells and does not say where, begun where its widths fit best."""
    lacking = len(grid) - row.length
    if lacking <= 0 or row.before or row.after or not all(row.widths):
        return row

    def misfit(before: int) -> float:
        spans = _spans(replace(row, before=before))
        return sum(
            abs(sum(grid[start:end]) - width)
            for (start, end), width in zip(spans, row.widths, strict=True)
        )

    best = min(range(lacking + 1), key=lambda before: (round(misfit(before), 1), before))
    return replace(row, before=best)


def _kept(grid: Sequence[float], rows: Sequence[RowShape]) -> list[bool] | None:
    """Tell which columns are some; None where all are, or where that cannot be told."""
    width = max((row.length for row in rows), default=0)
    if width > len(grid):
        return None
    kept = [not 0 < one < NARROWEST for one in grid]
    if all(kept):
        return None
    for row in rows:
        for start, end in _spans(row):
            if not any(kept[start:end]):
                kept[max(range(start, end), key=lambda column: grid[column])] = True
    return kept
