"""How far rows are scored: wholly, by some of the units that should, or by none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cchc_office.model.results import LeafResult, LeafState
from cchc_office.text import figures


@dataclass(frozen=True, slots=True)
class ScoredRows:
    """How far rows are scored: of those `owed` some lack units (`partly`), others all (`blank`).

    Bonus and penalty that were left blank are `waived`: owed by nobody. Surveys are none of these.
    """

    owed: int
    partly: tuple[LeafResult, ...]
    blank: tuple[LeafResult, ...]
    waived: int

    @property
    def count(self) -> str:
        """How many are wholly scored, and of how many: "59/62"."""
        whole = self.owed - len(self.partly) - len(self.blank)
        return f"{figures.count(whole)}/{figures.count(self.owed)}"

    @property
    def counted(self) -> str:
        """What it is that `count` counts, in words."""
        whole = "có đủ mọi đơn vị chấm" if self.partly else "đã chấm"
        without = f", không kể {figures.count(self.waived)} dòng thưởng, trừ để trống"
        return f"tiêu chí {whole}{without if self.waived else ''}"

    @property
    def lacking(self) -> tuple[str, ...]:
        """What is lacking, in words; of rows that some units scored how many of how many did."""
        told = []
        if self.partly:
            count = figures.count(len(self.partly))
            told.append(f"{count} tiêu chí mới có {self._of_units} đơn vị chấm")
        if self.blank:
            told.append(f"{figures.count(len(self.blank))} tiêu chí chưa có điểm")
        return tuple(told)

    @property
    def words(self) -> str:
        """All of it on one line: the count, and what is lacking."""
        return "; ".join((f"{self.count} {self.counted}", *self.lacking))

    @property
    def _of_units(self) -> str:
        """How many units scored the rows that lack some: "4–6/9"."""
        wanted = {leaf.expected for leaf in self.partly}
        if len(wanted) != 1:
            return "một phần"
        done = sorted({leaf.done for leaf in self.partly})
        shown = f"{done[0]}–{done[-1]}" if len(done) > 1 else str(done[0])
        return f"{shown}/{wanted.pop()}"


def scored_rows(leaves: Iterable[LeafResult]) -> ScoredRows:
    """Return how far `leaves` are scored."""
    kept = tuple(leaves)
    lacking = [leaf for leaf in kept if leaf.is_owed and not leaf.is_answered]
    return ScoredRows(
        owed=sum(leaf.is_owed for leaf in kept),
        partly=tuple(leaf for leaf in lacking if leaf.done),
        blank=tuple(leaf for leaf in lacking if not leaf.done),
        waived=sum(leaf.state is LeafState.WAIVED for leaf in kept),
    )
