"""Holding the sheets of a campaign against each other: its scale, and what its rows come to."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import partial

from cchc_office.campaign.layout import SETTINGS_SHEET
from cchc_office.catalogue.findings import Code, Finding
from cchc_office.model import Campaign, Criterion, Points
from cchc_office.text import figures


def check_scale(campaign: Campaign) -> Iterator[Finding]:
    """Yield what does not fit what all rows come to: the scale, and classes by points."""
    leaves, ranking = campaign.leaves, campaign.info.ranking
    if not leaves or any(leaf.max_score is None for leaf in leaves):
        return
    total, bonus = (_sum_of(campaign, points) for points in (Points.NORMAL, Points.BONUS))
    scale, told = campaign.info.scale, partial(Finding, file=campaign.file, sheet=SETTINGS_SHEET)
    if scale is not None and total != scale:
        most = _most_bonus(campaign)
        found, expected, on_top = map(figures.as_typed, (total, scale, most))
        code = Code.BONUS_WITHIN_SCALE if total + most == scale else Code.SCALE_NOT_SUM
        yield told(code, found=found, expected=expected, about=on_top)
    for band in ranking.classes if ranking.by_points else ():
        if band.least is not None and band.least > total + bonus:
            found, expected = map(figures.as_typed, (total + bonus, band.least))
            yield told(Code.CLASS_OUT_OF_REACH, about=band.name, found=found, expected=expected)


def _most_bonus(campaign: Campaign, above: Criterion | None = None) -> Decimal:
    """Return the most that bonuses below a row can come to: caps hold what stands under them."""
    most = Decimal(0)
    for row in campaign.children(above):
        if row.points is Points.BONUS and row.max_score is not None:
            most += row.max_score
        else:
            most += _most_bonus(campaign, row)
    return most


def _sum_of(campaign: Campaign, points: Points) -> Decimal:
    maxima = (leaf.max_score for leaf in campaign.leaves if leaf.points is points)
    return sum(filter(None, maxima), Decimal(0))
