"""Reminders: what a unit still owes, since when, and by when it is wanted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from cchc_office.decree30.figures import Profile
from cchc_office.model import Consolidation, UnitResult
from cchc_office.papers.kinds import REMINDER, Basis
from cchc_office.papers.letter_values import LETTER_NAMES, letter_values
from cchc_office.papers.planning import NO_DAY, LetterTemplate, PlannedPaper
from cchc_office.text.vietnamese import official
from cchc_office.word.templates import FLAG, TEXT, ListOf, Names, record_of


@dataclass(frozen=True)
class TemplateDebt:
    """Something owed as templates see it: the criterion's code and name, and what is missing."""

    stt: str
    ma: str
    ten: str
    noi_dung: str


DEBT_NAMES: Names = {
    "con_no": ListOf(record_of(TemplateDebt)),
    "no_chung": ListOf(TEXT),
    **dict.fromkeys(("chua_nop", "qua_han", "don_doc_lai"), FLAG),
    **dict.fromkeys(("ngay_tong_hop", "so_ngay_qua_han", "so_ngay_con_lai"), TEXT),
    **dict.fromkeys(("ngay_nhan_phieu", "lan_don_doc"), TEXT),
}
OFFERS: Names = {**LETTER_NAMES, **DEBT_NAMES}


def plan(basis: Basis) -> Iterator[PlannedPaper]:
    """Yield the reminder of each unit that owes something."""
    template, data = LetterTemplate(basis, REMINDER), basis.consolidation
    for result in basis.owing():
        number = basis.number_for(result.unit)
        values, lasting = (
            reminder_values(each, result, basis.profile, time=number)
            for each in (data, replace(data, as_of=NO_DAY))
        )
        yield template.plan(result.unit, values, number, lasting=lasting)


def reminder_values(
    data: Consolidation, result: UnitResult, profile: Profile, *, time: int = 1
) -> dict[str, Any]:
    """Return what a unit's reminder says: what it still owes, and nothing else.

    `time` counts the reminders that it was sent, this one among them.
    """
    head = letter_values(data.campaign, result.unit, profile, data.as_of)
    return head | debt_values(data, result, time)


def debt_values(data: Consolidation, result: UnitResult, time: int) -> dict[str, Any]:
    """Return what a reminder says of a unit's debts, in a letter or in a few words."""
    campaign = data.campaign
    rows = [debt for debt in result.debts if debt.criterion]
    debts = []
    for number, debt in enumerate(rows, start=1):
        criterion = campaign.criterion(debt.criterion)
        code = campaign.listed_code(criterion)
        debts.append(TemplateDebt(str(number), code, criterion.name, debt.what))
    deadline = campaign.info.deadline
    overdue = (data.as_of - deadline).days if deadline else 0
    return {
        "chua_nop": result.returned is None,
        "ngay_nhan_phieu": official(result.received).in_words if result.received else "",
        "con_no": debts,
        "no_chung": [debt.what for debt in result.debts if not debt.criterion],
        "ngay_tong_hop": official(data.as_of).in_words,
        "qua_han": overdue > 0,
        "so_ngay_qua_han": str(max(overdue, 0)),
        "so_ngay_con_lai": str(-overdue) if deadline and overdue <= 0 else "",
        "lan_don_doc": str(time),
        "don_doc_lai": time > 1,
    }
