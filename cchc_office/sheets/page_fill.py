"""How full the last page of a printed table is, so that what belongs together stays together.

No sheet can say that rows keep together: a page is begun for them where they might be parted. How
high a page is follows from the paper and from how much a table is made smaller to be one page
wide. Programs differ a little in both, so it is asked for less and for more room than ours, too.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from cchc_office.sheets.columns import Column
from cchc_office.sheets.look import A3
from cchc_office.text.widths import POINTS_PER_MM

_A3, _A4 = (420.0, 297.0), (297.0, 210.0)
"""Width and height of a landscape page, in millimetres."""

_PART = 0.75
"""How full a page gets that is begun for what keeps together, with the last rows above it."""

_DIFFERENCES = (0.97, 1.0, 1.03)


class PageFill:
    """The rows of a landscape table as they fill its pages, heights in points."""

    def __init__(
        self,
        columns: Iterable[Column],
        paper: int,
        margins: tuple[float, float, float, float],
        repeated: float,
    ) -> None:
        """Begin with a blank page; `margins` in millimetres; rows `repeated` high begin others."""
        left, right, top, bottom = margins
        width, height = _A3 if paper == A3 else _A4
        scale = (width - left - right) / sum(column.width for column in columns)
        smaller = math.floor(min(scale, 1.0) * 100) / 100
        room = (height - top - bottom) * POINTS_PER_MM / smaller
        self._rooms = [room * part for part in _DIFFERENCES]
        self._used = [0.0] * len(self._rooms)
        self._repeated = repeated

    def add(self, height: float) -> None:
        """Add a row."""
        for at, room in enumerate(self._rooms):
            fits = self._used[at] + height <= room
            self._used[at] = (self._used[at] if fits else self._repeated) + height

    def holds(self, height: float) -> bool:
        """Tell whether rows that are so high together surely fit below those that are there."""
        return all(u + height <= room for u, room in zip(self._used, self._rooms, strict=True))

    def rows_above(self, heights: Sequence[float], height: float) -> int:
        """Return how many of the rows that are there begin a new page with what is so high.

        Some of them, so that sums and signatures do not stand there as if they belonged to nothing.
        """
        used, count = self._repeated + height, 0
        for above in reversed(heights[1:]):
            used += above
            if used > self._rooms[0] * _PART:
                break
            count += 1
        return count
