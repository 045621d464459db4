"""Rows of a campaign workbook, and what is found in them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from cchc_office.campaign import load_campaign
from cchc_office.catalogue.findings import Finding, FindingCode
from cchc_office.model import Campaign

from .sheets import SETTINGS, campaign_file

D = Decimal


def rows(tmp_path: Path, text: str, settings: str = SETTINGS) -> Campaign:
    """Read a campaign with these rows, every one of them led by the office."""
    head, *lines = text.strip().splitlines()
    table = [f"{head} | Đơn vị thực hiện", *(f"{line} | Văn phòng" for line in lines)]
    return load_campaign(campaign_file(tmp_path, settings=settings, criteria="\n".join(table)))


def said(campaign: Campaign) -> list[tuple[FindingCode, str]]:
    return [(f.code, f.cell) for f in campaign.findings]


def only(campaign: Campaign) -> Finding:
    assert len(campaign.findings) == 1, [f.sentence for f in campaign.findings]
    return campaign.findings[0]
