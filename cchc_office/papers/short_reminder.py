"""Reminders in a few words, for whoever is told by telephone, Zalo or SMS."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cchc_office.model import Consolidation, UnitResult
from cchc_office.papers.kinds import SHORT_REMINDER, Basis
from cchc_office.papers.letter_values import MESSAGE_NAMES, message_values
from cchc_office.papers.planning import LetterTemplate, PlannedPaper
from cchc_office.papers.reminder import DEBT_NAMES, debt_values
from cchc_office.word.templates import TEXT, Names

OFFERS: Names = {**MESSAGE_NAMES, **DEBT_NAMES, "so_noi_dung": TEXT}


def plan(basis: Basis) -> Iterator[PlannedPaper]:
    """Yield the few words for each unit that owes something."""
    template = LetterTemplate(basis, SHORT_REMINDER)
    for result in basis.owing():
        number = basis.number_for(result.unit)
        values = short_reminder_values(basis.consolidation, result, time=number)
        yield template.plan(result.unit, values, number)


def short_reminder_values(
    data: Consolidation, result: UnitResult, *, time: int = 1
) -> dict[str, Any]:
    """Return what a unit is told in a few words."""
    count = {"so_noi_dung": str(len(result.debts))}
    own = message_values(data.campaign, result.unit)
    return own | debt_values(data, result, time) | count
