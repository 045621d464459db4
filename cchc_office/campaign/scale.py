"""Holding the sheets of a campaign against each other: its scale, and what its rows come to."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from cchc_office.campaign.layout import SETTINGS_SHEET
from cchc_office.catalogue.findings import Code, Finding
from cchc_office.model import Campaign, Points
from cchc_office.text import figures


def check_scale(campaign: Campaign) -> Iterator[Finding]:
    """Yield what does not fit the scale that the campaign says its index has."""
    maxima = [leaf.max_score for leaf in campaign.leaves if leaf.points is Points.NORMAL]
    known = [maximum for maximum in maxima if maximum is not None]
    scale, total = campaign.info.scale, sum(known, Decimal(0))
    if scale is not None and len(known) == len(maxima) > 0 and total != scale:
        found, expected = map(figures.as_typed, (total, scale))
        code = Code.SCALE_NOT_SUM
        yield Finding(code, campaign.file, SETTINGS_SHEET, found=found, expected=expected)
