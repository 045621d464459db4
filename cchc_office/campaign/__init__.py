"""The campaign workbook: reading it, and starting one."""

from cchc_office.campaign.reader import CAMPAIGN_FILE, find_campaign_file, load_campaign

__all__ = ["CAMPAIGN_FILE", "find_campaign_file", "load_campaign"]
