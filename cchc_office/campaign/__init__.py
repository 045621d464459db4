"""The campaign workbook: reading it, and starting one."""

from cchc_office.campaign.reader import CAMPAIGN_FILE, find_campaign_file, load_campaign
from cchc_office.campaign.starting import (
    APPRAISALS_FOLDER,
    EVIDENCE_FOLDER,
    RETURNS_FOLDER,
    StartedCampaign,
    start_campaign,
)

__all__ = [
    "APPRAISALS_FOLDER",
    "CAMPAIGN_FILE",
    "EVIDENCE_FOLDER",
    "RETURNS_FOLDER",
    "StartedCampaign",
    "find_campaign_file",
    "load_campaign",
    "start_campaign",
]
