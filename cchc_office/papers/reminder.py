"""Reminders: what a unit still owes, since when, and by when it is wanted."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from cchc_office.decree30.figures import Profile
from cchc_office.model import Consolidation, UnitResult
from cchc_office.papers.letterhead import letterhead_values
from cchc_office.papers.unit_values import unit_values
from cchc_office.text.vietnamese import OfficialDate, official
from cchc_office.word.templates import DocumentTemplate, TextTemplate

REMINDER_TEMPLATE = "cong-van-don-doc.docx"
SHORT_TEMPLATE = "tin-nhan-don-doc.txt"


@dataclass(frozen=True)
class TemplateDebt:
    """Something owed as templates see it: the criterion's code and name, and what is missing."""

    stt: str
    ma: str
    ten: str
    noi_dung: str


def build_reminder(
    data: Consolidation,
    result: UnitResult,
    template: DocumentTemplate,
    profile: Profile,
    *,
    time: int = 1,
) -> bytes:
    """Return the unit's reminder: what it still owes, and nothing else.

    `time` counts the reminders that it was sent, this one among them.
    """
    # A reminder is a document of its own: its number and day are still to be given.
    date = OfficialDate(None, data.as_of.month, data.as_of.year)
    head = letterhead_values(data.campaign.info, profile, number="", date=date)
    return template.fill(head | _values(data, result, time))


def build_short_reminder(
    data: Consolidation, result: UnitResult, template: TextTemplate, *, time: int = 1
) -> str:
    """Return the reminder in a few words, for whoever is told by telephone, Zalo or SMS."""
    info = data.campaign.info
    values: dict[str, Any] = {
        "nam": str(info.year),
        "ky_trong_ngoac": f" (kỳ {info.period})" if info.period else "",
        "co_quan": info.agency,
        "dau_moi": info.contact or info.agency,
        "so_noi_dung": str(len(result.debts)),
    }
    return template.fill(values | _values(data, result, time))


def _values(data: Consolidation, result: UnitResult, time: int) -> dict[str, Any]:
    """Return what both say of a unit's debts."""
    campaign = data.campaign
    rows = [debt for debt in result.debts if debt.criterion]
    debts = []
    for number, debt in enumerate(rows, start=1):
        criterion = campaign.criterion(debt.criterion)
        debts.append(TemplateDebt(str(number), criterion.code, criterion.name, debt.what))
    deadline = campaign.info.deadline
    overdue = (data.as_of - deadline).days if deadline else 0
    return unit_values(campaign, result.unit) | {
        "chua_nop": result.returned is None,
        "ngay_luu_phieu": _saved(result),
        "con_no": debts,
        "no_chung": [debt.what for debt in result.debts if not debt.criterion],
        "ngay_tong_hop": official(data.as_of).in_words,
        "qua_han": overdue > 0,
        "so_ngay_qua_han": str(max(overdue, 0)),
        "so_ngay_con_lai": str(-overdue) if deadline and overdue <= 0 else "",
        "lan_don_doc": str(time),
        "don_doc_lai": time > 1,
    }


def _saved(result: UnitResult) -> str:
    """Return the day on which the unit's form says that it was saved, "" where it does not."""
    saved: dt.datetime | None = result.returned.saved if result.returned else None
    return official(saved.date()).in_words if saved else ""
