"""Sums up the tree of the criteria: bonus and penalty counted within their caps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from cchc_office.model import Campaign, Criterion, Points, Subtotal

_SCORES = ("score", "round_1", "round_2", "survey_score")
_MAXIMA = (
    "max_score",
    "applicable_max",
    "round_1_max",
    "final_max",
    "survey_max",
    "survey_pending",
)


def signed(criterion: Criterion, leaf: Subtotal) -> Subtotal:
    """Return what a leaf brings to the sum above it.

    Bonus and penalty are in no maximum, and a penalty is taken off.
    """
    if criterion.points is Points.NORMAL:
        return leaf
    sign = -1 if criterion.points is Points.PENALTY else 1
    scores: dict[str, Any] = {name: sign * getattr(leaf, name) for name in _SCORES}
    return replace(leaf, **(scores | dict.fromkeys(_MAXIMA, Decimal(0))))


def tree_sums(
    campaign: Campaign, leaves: Mapping[str, Subtotal]
) -> tuple[dict[str, Subtotal], Subtotal]:
    """Return the sums by the id of each row with leaves under it, and the sum over all.

    `leaves` are the leaves' own figures by id; leaves that are not there count nothing. A heading
    for bonus or penalty gives no more (takes no more) than its own maximum, if it has one.
    """
    sums: dict[str, Subtotal] = {}

    def total(criterion: Criterion | None) -> Subtotal:
        together = Subtotal()
        for child in campaign.children(criterion):
            if campaign.is_leaf(child):
                if child.id in leaves:
                    together += signed(child, leaves[child.id])
            else:
                sums[child.id] = _capped(child, total(child))
                together += sums[child.id]
        return together

    return sums, total(None)


def _capped(criterion: Criterion, sums: Subtotal) -> Subtotal:
    cap = criterion.max_score
    if criterion.points is Points.NORMAL or cap is None:
        return sums
    scores: dict[str, Any] = {n: _within(cap, getattr(sums, n)) for n in _SCORES}
    # What surveys give and the last score are held by the cap together.
    last = scores["round_2"]
    scores["survey_score"] = _within(cap, last + sums.survey_score) - last
    return replace(sums, **scores)


def _within(cap: Decimal, score: Decimal) -> Decimal:
    return max(-cap, min(cap, score))
