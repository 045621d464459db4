"""Reminders: what a unit still owes, since when, and by when it is wanted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from cchc_office.catalogue.findings import Code
from cchc_office.decree30.figures import Profile
from cchc_office.model import Campaign, Consolidation, UnitResult
from cchc_office.papers.kinds import REMINDER, Basis
from cchc_office.papers.letter_values import LETTER_NAMES, letter_values
from cchc_office.papers.planning import NO_DAY, LetterTemplate, PlannedPaper
from cchc_office.text import figures
from cchc_office.text.vietnamese import official, parse_decimal
from cchc_office.word.templates import FLAG, TEXT, ListOf, Names, record_of


@dataclass(frozen=True)
class TemplateDebt:
    """Something owed as templates see it: the criterion's code and name, and what is missing."""

    stt: str
    ma: str
    ten: str
    noi_dung: str


@dataclass(frozen=True)
class TemplateMaximum:
    """A row whose maximum was changed after the form went out, as templates see it."""

    ma: str
    ten: str
    diem_cu: str
    diem_moi: str


DEBT_NAMES: Names = {
    "diem_da_sua": ListOf(record_of(TemplateMaximum)),
    "con_no": ListOf(record_of(TemplateDebt)),
    "no_chung": ListOf(TEXT),
    **dict.fromkeys(("chua_nop", "qua_han", "don_doc_lai"), FLAG),
    **dict.fromkeys(("ngay_tong_hop", "so_ngay_qua_han", "so_ngay_con_lai"), TEXT),
    **dict.fromkeys(("ngay_nhan_phieu", "lan_don_doc"), TEXT),
}
OFFERS: Names = {**LETTER_NAMES, **DEBT_NAMES, "han_da_bao": TEXT}


def plan(basis: Basis) -> Iterator[PlannedPaper]:
    """Yield the reminder of each unit that owes something."""
    template, data = LetterTemplate(basis, REMINDER), basis.consolidation
    for result in basis.owing():
        number = basis.number_for(result.unit)
        values, lasting = (
            reminder_values(
                each,
                result,
                basis.profile,
                time=number,
                told=basis.told_deadlines.get(result.unit.code),
            )
            for each in (data, replace(data, as_of=NO_DAY))
        )
        yield template.plan(result.unit, values, number, lasting=lasting)


def reminder_values(
    data: Consolidation,
    result: UnitResult,
    profile: Profile,
    *,
    time: int = 1,
    told: dt.date | None = None,
) -> dict[str, Any]:
    """Return what a unit's reminder says: what it still owes, and nothing else.

    `time` counts the reminders that it was sent, this one among them. `told` is the deadline that
    the unit was told, None where that is not known.
    """
    head = letter_values(data.campaign, result.unit, profile, data.as_of)
    is_changed = told not in (None, data.campaign.info.deadline)
    days = {"han_da_bao": official(told).in_words if told and is_changed else ""}
    return head | debt_values(data, result, time) | days


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
        "diem_da_sua": list(_changed_maxima(campaign, result)),
        "no_chung": [debt.what for debt in result.debts if not debt.criterion],
        "ngay_tong_hop": official(data.as_of).in_words,
        "qua_han": overdue > 0,
        "so_ngay_qua_han": str(max(overdue, 0)),
        "so_ngay_con_lai": str(-overdue) if deadline and overdue <= 0 else "",
        "lan_don_doc": str(time),
        "don_doc_lai": time > 1,
    }


def _changed_maxima(campaign: Campaign, result: UnitResult) -> Iterator[TemplateMaximum]:
    """Yield the rows whose maximum was changed after the unit's form went out; it owes nothing."""
    for finding in result.findings:
        if finding.code is Code.MAX_SCORE_CHANGED_SINCE:
            row = campaign.criterion(finding.criterion)
            before = parse_decimal(finding.found)
            was = finding.found if before is None else figures.given(before)
            yield TemplateMaximum(
                campaign.listed_code(row), row.name.rstrip(".; "), was, finding.expected
            )
