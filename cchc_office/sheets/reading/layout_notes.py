"""Noting the layout of a sheet as it is come across, brought within the caps."""

from __future__ import annotations

from cchc_office.files.limits import MOST_COLUMNS, MOST_MERGED_CELLS, MOST_TABLE_ROWS
from cchc_office.files.unreadable_file import too_large
from cchc_office.sheets.reading.values import Block, SheetLayout


class LayoutNotes:
    """Collects what is merged and hidden; rows and columns count from 0, last ones included."""

    def __init__(self) -> None:
        self._merged: list[Block] = []
        self._hidden_rows: set[int] = set()
        # As bits: columns that a file hides over and over cost nothing more.
        self._hidden_columns = 0

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        """Note merged cells; raises UnreadableFileError where there are too many of them."""
        if top < MOST_TABLE_ROWS and left < MOST_COLUMNS and (bottom > top or right > left):
            bottom, right = min(bottom, MOST_TABLE_ROWS - 1), min(right, MOST_COLUMNS - 1)
            self._merged.append(Block(top, left, bottom, right))
            if len(self._merged) > MOST_MERGED_CELLS:
                raise too_large("số ô gộp", len(self._merged), MOST_MERGED_CELLS)

    def hide_rows(self, first: int, last: int) -> None:
        """Note rows that are not shown."""
        self._hidden_rows.update(range(max(first, 0), min(last + 1, MOST_TABLE_ROWS)))

    def hide_columns(self, first: int, last: int) -> None:
        """Note columns that are not shown."""
        first, end = max(first, 0), min(last + 1, MOST_COLUMNS)
        if first < end:
            self._hidden_columns |= (1 << end) - (1 << first)

    def layout(self) -> SheetLayout:
        """Return what was noted."""
        columns = (c for c in range(MOST_COLUMNS) if self._hidden_columns >> c & 1)
        return SheetLayout(tuple(self._merged), frozenset(self._hidden_rows), frozenset(columns))
