"""Reminders in a few words, for whoever is told by telephone, Zalo or SMS."""

from __future__ import annotations

from cchc_office.model import Consolidation, UnitResult
from cchc_office.papers.reminder import DEBT_NAMES, debt_values
from cchc_office.papers.unit_values import MESSAGE_NAMES, message_values
from cchc_office.word.templates import TEXT, Names, TextTemplate

OFFERS: Names = {**MESSAGE_NAMES, **DEBT_NAMES, "so_noi_dung": TEXT}


def build_short_reminder(
    data: Consolidation, result: UnitResult, template: TextTemplate, *, time: int = 1
) -> str:
    """Return the unit's reminder in a few words."""
    count = {"so_noi_dung": str(len(result.debts))}
    own = message_values(data.campaign, result.unit)
    return template.fill(own | debt_values(data, result, time) | count)
