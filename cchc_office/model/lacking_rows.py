"""Which rows are not wholly scored: by some of the units that should, or by none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cchc_office.model.results import LeafResult
from cchc_office.text import figures


@dataclass(frozen=True, slots=True)
class LackingRows:
    """The rows that are not wholly scored: `partly` by some of their units, `blank` by none.

    Bonus and penalty that were left blank are not among them, nor are surveys.
    """

    partly: tuple[LeafResult, ...]
    blank: tuple[LeafResult, ...]

    @property
    def of_others(self) -> str:
        """What holds for each row that is not lacking, in words."""
        return "có đủ mọi đơn vị chấm" if self.partly else "đã chấm"

    @property
    def words(self) -> tuple[str, ...]:
        """What is lacking, in words; of rows that some units scored how many of how many did."""
        told = []
        if self.partly:
            count = figures.count(len(self.partly))
            told.append(f"{count} tiêu chí mới có {self._of_units} đơn vị chấm")
        if self.blank:
            told.append(f"{figures.count(len(self.blank))} tiêu chí chưa có điểm")
        return tuple(told)

    @property
    def _of_units(self) -> str:
        """How many units scored the rows that lack some: "4–6/9"."""
        wanted = {leaf.expected for leaf in self.partly}
        if len(wanted) != 1:
            return "một phần"
        done = sorted({leaf.done for leaf in self.partly})
        shown = f"{done[0]}–{done[-1]}" if len(done) > 1 else str(done[0])
        return f"{shown}/{wanted.pop()}"


def lacking_rows(leaves: Iterable[LeafResult]) -> LackingRows:
    """Return which of `leaves` are expected to be scored, and are not by every unit."""
    lacking = [leaf for leaf in leaves if leaf.is_lacking]
    partly = tuple(leaf for leaf in lacking if leaf.done)
    return LackingRows(partly, tuple(leaf for leaf in lacking if not leaf.done))
