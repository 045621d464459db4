"""A criteria set to be held against another: a campaign, or the table in any file of an office."""

from __future__ import annotations

from pathlib import Path

from cchc_office.campaign import campaign_in, find_campaign_file, load_campaign
from cchc_office.campaign.last_year import is_campaign_workbook
from cchc_office.catalogue.findings import Code, Finding
from cchc_office.errors import CampaignError
from cchc_office.importing.table_import import import_table
from cchc_office.model import Campaign

_OF_A_NEW_CAMPAIGN = frozenset(
    (Code.UNITS_PROPOSED, Code.UNITS_NEAR, Code.GROUP_WITHOUT_UNITS, Code.INDEX_NAME_ASKED)
)
"""What is asked of the sheets of a new workbook, which a comparison does not make."""


def read_criteria_set(path: Path) -> tuple[Campaign, tuple[Finding, ...]]:
    """Return the criteria of a campaign folder, of its workbook, or of a table in any file.

    The findings are what there is to know of the table; what a campaign has, it has itself. Raises
    CampaignError where there is none.
    """
    if path.is_dir() or is_campaign_workbook(path):
        campaign = load_campaign(path)
        found: tuple[Finding, ...] = ()
    else:
        imported = import_table(find_campaign_file(path))
        found = tuple(f for f in imported.findings if f.code not in _OF_A_NEW_CAMPAIGN)
        # What a draft means is what its workbook is read as.
        campaign = campaign_in(imported.content, path.name)
    if not campaign.criteria:
        raise CampaignError(f"Trong {path} không có bộ chỉ số nào.", campaign.findings)
    return campaign, found
