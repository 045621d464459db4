"""Holding the sheets of a campaign against each other: its scale, and what its rows come to."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import partial

from cchc_office.campaign.layout import SETTINGS_SHEET
from cchc_office.catalogue.findings import Code, Finding
from cchc_office.model import Campaign, Criterion, Points
from cchc_office.text import figures
from cchc_office.text.shortening import shortened

_MOST_NAMED = 4
_LONGEST_NAME = 60


def check_scale(campaign: Campaign) -> Iterator[Finding]:
    """Yield what does not fit what all rows come to: the scale, and classes by points."""
    leaves, ranking = campaign.leaves, campaign.info.ranking
    total, bonus = (campaign.most_points(points) for points in (Points.NORMAL, Points.BONUS))
    scale, told = campaign.info.scale, partial(Finding, file=campaign.file, sheet=SETTINGS_SHEET)
    if scale is not None and total not in (0, scale):
        found, expected, on_top = map(figures.as_typed, (total, scale, bonus))
        if total + bonus == scale:
            yield told(Code.BONUS_WITHIN_SCALE, found=found, expected=expected, about=on_top)
        else:
            why = why_not_said(campaign)
            yield told(Code.SCALE_NOT_SUM, found=found, expected=expected, about=why)
    if not leaves or any(leaf.max_score is None for leaf in leaves):
        return
    for band in ranking.classes if ranking.by_points else ():
        if band.least is not None and band.least > total + bonus:
            found, expected = map(figures.as_typed, (total + bonus, band.least))
            yield told(Code.CLASS_OUT_OF_REACH, about=band.name, found=found, expected=expected)


def why_not_said(campaign: Campaign) -> str:
    """Return why the rows may not come to what was said: headings that differ, blank rows."""
    return "; ".join(_reasons(campaign)) or "không mục nào ghi khác các dòng dưới"


def _reasons(campaign: Campaign) -> Iterator[str]:
    apart = [row for row in campaign.criteria if _differs(campaign, row)]
    for row in apart[:_MOST_NAMED]:
        said, below = row.max_score or Decimal(0), _said_below(campaign, row)
        yield (
            f"{shortened(campaign.reference(row), _LONGEST_NAME)} ghi {figures.as_typed(said)}, "
            f"các dòng dưới cộng {figures.as_typed(below)}"
        )
    if len(apart) > _MOST_NAMED:
        yield f"{len(apart) - _MOST_NAMED} mục nữa như vậy"
    if blank := sum(leaf.max_score is None for leaf in campaign.leaves):
        yield f"{blank} dòng chưa có điểm tối đa"


def _differs(campaign: Campaign, row: Criterion) -> bool:
    """Tell whether a heading says other points than the rows right below it do."""
    if not campaign.children(row) or not row.max_score or row.points is not Points.NORMAL:
        return False
    return _said_below(campaign, row) != row.max_score


def _said_below(campaign: Campaign, row: Criterion) -> Decimal:
    said = (
        campaign.most_points(Points.NORMAL, one) if one.max_score is None else one.max_score
        for one in campaign.children(row)
        if one.points is Points.NORMAL
    )
    return sum(said, Decimal(0))
