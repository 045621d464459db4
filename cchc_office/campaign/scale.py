"""Holding the sheets of a campaign against each other: its scale, and what its rows come to."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from cchc_office.campaign.layout import SETTINGS_SHEET
from cchc_office.catalogue.findings import Code, Finding
from cchc_office.model import Campaign, Points
from cchc_office.text import figures


def check_scale(campaign: Campaign) -> Iterator[Finding]:
    """Yield what does not fit what all rows come to: the scale, and classes by points."""
    leaves, ranking = campaign.leaves, campaign.info.ranking
    if not leaves or any(leaf.max_score is None for leaf in leaves):
        return
    total, bonus = (campaign.most_points(points) for points in (Points.NORMAL, Points.BONUS))
    scale, told = campaign.info.scale, partial(Finding, file=campaign.file, sheet=SETTINGS_SHEET)
    if scale is not None and total != scale:
        found, expected, on_top = map(figures.as_typed, (total, scale, bonus))
        code = Code.BONUS_WITHIN_SCALE if total + bonus == scale else Code.SCALE_NOT_SUM
        yield told(code, found=found, expected=expected, about=on_top)
    for band in ranking.classes if ranking.by_points else ():
        if band.least is not None and band.least > total + bonus:
            found, expected = map(figures.as_typed, (total + bonus, band.least))
            yield told(Code.CLASS_OUT_OF_REACH, about=band.name, found=found, expected=expected)
