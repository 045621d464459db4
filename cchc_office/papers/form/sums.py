"""What the headings of a form add up: the contract between their formulas and their reader.

A unit types bonus and penalty as positive numbers. A heading for penalties shows them as typed;
what stands above it takes them off.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from decimal import Decimal

from cchc_office.model import Campaign, Criterion, Points


@dataclass(frozen=True)
class FormSum:
    """The rows right under a heading that it adds up, those that it takes off, and its cap."""

    adds: tuple[Criterion, ...]
    takes: tuple[Criterion, ...]
    cap: Decimal | None = None

    def value(self, of: Callable[[Criterion], Decimal]) -> Decimal:
        """Return the sum where `of` gives what each row shows."""
        total = sum(map(of, self.adds), Decimal(0)) - sum(map(of, self.takes), Decimal(0))
        return total if self.cap is None else min(self.cap, total)


def scored_under(
    campaign: Campaign, criterion: Criterion, scored: Collection[str]
) -> list[Criterion]:
    """Return the leaves among `scored` in a row: those below it, or the row itself."""
    below = campaign.leaves_under(criterion) or (criterion,)
    return [leaf for leaf in below if leaf.id in scored]


def form_sum(campaign: Campaign, above: Criterion | None, scored: Collection[str]) -> FormSum:
    """Return what a heading (None: the total) of a form adds up whose leaves are `scored`."""
    rows = [c for c in campaign.children(above) if scored_under(campaign, c, scored)]
    takes = tuple(c for c in rows if _is_penalty(c) is not _is_penalty(above))
    adds = tuple(c for c in rows if c not in takes)
    is_capped = above is not None and above.points is not Points.NORMAL
    return FormSum(adds, takes, above.max_score if above and is_capped else None)


def _is_penalty(criterion: Criterion | None) -> bool:
    return criterion is not None and criterion.points is Points.PENALTY


def maximum_rows(
    campaign: Campaign, above: Criterion | None, scored: Collection[str]
) -> list[Criterion]:
    """Return the rows right under a heading whose maximum counts: those without bonus, penalty."""
    return [
        c
        for c in campaign.children(above)
        if any(leaf.points is Points.NORMAL for leaf in scored_under(campaign, c, scored))
    ]


def most_of_unit(campaign: Campaign, row: Criterion, scored: Collection[str]) -> Decimal | None:
    """Return the most that a row, or those of its kind of points under it, can give a unit.

    Only `scored` leaves count; each heading for bonus or penalty with a maximum caps what stands
    under it. None where nothing counts.
    """
    if row.id in scored:
        return row.max_score or Decimal(0)
    alike = (c for c in campaign.children(row) if c.points is row.points)
    counted = [p for c in alike if (p := most_of_unit(campaign, c, scored)) is not None]
    if not counted:
        return None
    together = sum(counted, Decimal(0))
    is_capped = row.points is not Points.NORMAL and row.max_score is not None
    return min(together, row.max_score or Decimal(0)) if is_capped else together
