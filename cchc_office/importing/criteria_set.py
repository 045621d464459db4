"""A criteria set to be held against another: a campaign, or the table in any file of an office."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from cchc_office.campaign import find_campaign_file, load_campaign
from cchc_office.campaign.layout import CRITERIA_SHEET, SETTINGS_SHEET
from cchc_office.catalogue.findings import Finding
from cchc_office.errors import CampaignError
from cchc_office.files.file_kind import SPREADSHEETS, FileKind
from cchc_office.importing.table_import import import_table
from cchc_office.model import Campaign
from cchc_office.sheets.sheet_reader import kind_of_file, open_spreadsheet_file
from cchc_office.text.vietnamese import fold


def is_campaign_workbook(path: Path) -> bool:
    """Tell whether a file is a campaign workbook: it has our sheets of settings and of criteria."""
    kind = kind_of_file(path)
    if kind not in SPREADSHEETS and kind is not FileKind.PASSWORD:
        return False
    try:
        names = {fold(name) for name in open_spreadsheet_file(path).sheet_names}
    except Exception:  # whoever reads it tells why it cannot be
        return False
    return {fold(SETTINGS_SHEET), fold(CRITERIA_SHEET)} <= names


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
        found = imported.findings
        # What a draft means is what its workbook is read as.
        with tempfile.TemporaryDirectory(prefix="cchc-") as folder:
            workbook = Path(folder) / path.name
            workbook.write_bytes(imported.content)
            campaign = replace(load_campaign(workbook), file=path.name)
    if not campaign.criteria:
        raise CampaignError(f"Trong {path} không có bộ chỉ số nào.", campaign.findings)
    return campaign, found
