"""What a table itself says that its rows come to ("Tổng cộng 100"), held against its campaign."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from cchc_office.campaign.folder import CAMPAIGN_FILE
from cchc_office.campaign.other_rows import is_total
from cchc_office.campaign.reader import load_campaign
from cchc_office.campaign.scale import why_not_said
from cchc_office.catalogue.findings import Code, Finding
from cchc_office.model import Points
from cchc_office.text import figures
from cchc_office.text.vietnamese import fold


@dataclass(frozen=True, slots=True)
class SourceTotal:
    """A row that sums others up: where it stands, what it says; at an edge it sums up all."""

    table: str
    address: str
    name: str
    score: Decimal
    is_at_edge: bool


def grand_total(totals: Sequence[SourceTotal]) -> SourceTotal | None:
    """Return the sum of all rows; None where it may be one of several parts."""
    at_edge = [one for one in totals if one.is_at_edge and is_total(one.name)]
    of_parts = {fold(one.name) for one in totals if not one.is_at_edge}
    if len({one.score for one in at_edge}) != 1 or fold(at_edge[0].name) in of_parts:
        return None
    return at_edge[0]


def differs(total: SourceTotal, workbook: bytes, file: str) -> Finding | None:
    """Return what is told where the rows of a new workbook come to something else."""
    with tempfile.TemporaryDirectory(prefix="cchc-") as folder:
        path = Path(folder) / CAMPAIGN_FILE
        path.write_bytes(workbook)
        campaign = load_campaign(path)
    understood = campaign.most_points(Points.NORMAL)
    if understood in (total.score, total.score - campaign.most_points(Points.BONUS)):
        return None
    return Finding(
        Code.TOTAL_NOT_UNDERSTOOD,
        file,
        total.table,
        total.address,
        about=why_not_said(campaign),
        found=figures.as_typed(understood),
        expected=figures.as_typed(total.score),
    )
