"""Reminders: what a unit still owes, since when, and by when it is wanted."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from cchc_office.documents.decree30 import Profile
from cchc_office.documents.letterhead import letterhead_values
from cchc_office.documents.unit_values import unit_values
from cchc_office.model import Consolidation, UnitResult
from cchc_office.templating import DocumentTemplate
from cchc_office.vietnamese import OfficialDate, official

REMINDER_TEMPLATE = "cong-van-don-doc.docx"


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
    campaign = data.campaign
    rows = [debt for debt in result.debts if debt.criterion]
    debts = []
    for number, debt in enumerate(rows, start=1):
        criterion = campaign.criterion(debt.criterion)
        debts.append(TemplateDebt(str(number), criterion.code, criterion.name, debt.what))
    deadline = campaign.info.deadline
    overdue = (data.as_of - deadline).days if deadline else 0
    # A reminder is a document of its own: its number and day are still to be given.
    date = OfficialDate(None, data.as_of.month, data.as_of.year)
    head = letterhead_values(campaign.info, profile, number="", date=date)
    values = {
        "chua_nop": result.returned is None,
        "ngay_luu_phieu": _saved(result),
        "con_no": debts,
        "no_chung": [debt.what for debt in result.debts if not debt.criterion],
        "ngay_tong_hop": official(data.as_of).in_words,
        "qua_han": overdue > 0,
        "so_ngay_qua_han": str(max(overdue, 0)),
        "lan_don_doc": str(time),
        "don_doc_lai": time > 1,
    }
    return template.fill(head | unit_values(campaign, result.unit) | values)


def _saved(result: UnitResult) -> str:
    """Return the day on which the unit's form says that it was saved, "" where it does not."""
    saved: dt.datetime | None = result.returned.saved if result.returned else None
    return official(saved.date()).in_words if saved else ""
