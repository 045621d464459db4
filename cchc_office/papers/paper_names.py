"""Where the papers lie whose names tell more than the unit's: below the output folder."""

from __future__ import annotations

from cchc_office.files.output_folder import EXPLANATION_FOLDER, REMINDER_FOLDER, TABLE_FOLDER
from cchc_office.model import Campaign, Unit

TABLE_PAPER = f"{TABLE_FOLDER}/phu-luc.docx"
"""The assignment table, which is an appendix of every dispatch."""


def reminder_file(campaign: Campaign, unit: Unit, number: int) -> str:
    """Return the place of a unit's reminder of this number."""
    ending = f"-lan-{number}" if number > 1 else ""
    return f"{REMINDER_FOLDER}/{campaign.paper_name(unit)}{ending}.docx"


def short_reminder_file(campaign: Campaign, unit: Unit, number: int) -> str:
    """Return the place of the reminder's few words, beside the letter."""
    return f"{reminder_file(campaign, unit, number).removesuffix('.docx')}-tin-nhan.txt"


def explanation_files(campaign: Campaign, unit: Unit, number: int) -> tuple[str, str]:
    """Return the places of the letter and the form that ask a unit to explain a round."""
    name = f"{EXPLANATION_FOLDER}/{campaign.paper_name(unit)}"
    ending = f"-lan-{number}" if number > 1 else ""
    return f"{name}{ending}.docx", f"{name}-bo-sung{ending}.xlsx"
