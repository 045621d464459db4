"""Dispatches: each unit's tasks, and reminders of what it still owes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from cchc_office.documents.decree30 import Profile
from cchc_office.documents.letterhead import letterhead_values
from cchc_office.model import Campaign, Consolidation, Criterion, Method, Unit, UnitResult
from cchc_office.templating import DocumentTemplate
from cchc_office.vietnamese import OfficialDate, format_decimal, official

TASKS_TEMPLATE = "cong-van-giao-viec.docx"
REMINDER_TEMPLATE = "cong-van-don-doc.docx"


@dataclass(frozen=True)
class TemplateUnit:
    """A unit as templates see it: `don_vi.ten`, `don_vi.ma`, `don_vi.thu_truong`."""

    ma: str
    ten: str
    thu_truong: str


@dataclass(frozen=True)
class TemplateTask:
    """A task as templates see it; `la_muc` tells that it is a criterion, to be set in bold."""

    stt: str
    ma: str
    ten: str
    vai_tro: str
    diem_toi_da: str
    han: str
    la_muc: bool


@dataclass(frozen=True)
class TemplateDebt:
    """Something owed as templates see it: the criterion's code and name, and what is missing."""

    stt: str
    ma: str
    ten: str
    noi_dung: str


def build_dispatch(
    campaign: Campaign, unit: Unit, template: DocumentTemplate, profile: Profile
) -> bytes:
    """Return the unit's task dispatch: every row in which it has a part, and its role there."""
    tasks = [
        _task(campaign, unit, criterion, number)
        for number, criterion in enumerate(campaign.assigned_to(unit), start=1)
    ]
    info = campaign.info
    date = info.document_date or OfficialDate(None, None, info.year)
    head = letterhead_values(info, profile, number=info.number, date=date)
    return template.fill(head | _common(campaign, unit) | {"nhiem_vu": tasks})


def build_reminder(
    data: Consolidation, result: UnitResult, template: DocumentTemplate, profile: Profile
) -> bytes:
    """Return the unit's reminder: what it still owes, and nothing else."""
    campaign = data.campaign
    rows = [debt for debt in result.debts if debt.criterion]
    debts = []
    for number, debt in enumerate(rows, start=1):
        criterion = campaign.criterion(debt.criterion)
        debts.append(TemplateDebt(str(number), criterion.code, criterion.name, debt.what))
    deadline = campaign.info.deadline
    # A reminder is a document of its own: its number and day are still to be given.
    date = OfficialDate(None, data.as_of.month, data.as_of.year)
    head = letterhead_values(campaign.info, profile, number="", date=date)
    values = {
        "chua_nop": result.returned is None,
        "con_no": debts,
        "no_chung": [debt.what for debt in result.debts if not debt.criterion],
        "ngay_tong_hop": official(data.as_of).in_words,
        "qua_han": bool(deadline and data.as_of > deadline),
    }
    return template.fill(head | _common(campaign, result.unit) | values)


def _common(campaign: Campaign, unit: Unit) -> dict[str, Any]:
    deadline, supplement = campaign.info.deadline, campaign.info.supplement_deadline
    return {
        "don_vi": TemplateUnit(unit.code, unit.name, unit.head),
        "han_nop": official(deadline).in_words if deadline else "",
        "han_bo_sung": official(supplement).in_words if supplement else "",
        "ten_phieu": f"{campaign.paper_name(unit)}.xlsx",
    }


def _task(campaign: Campaign, unit: Unit, criterion: Criterion, number: int) -> TemplateTask:
    assignment = campaign.assignment(unit, criterion)
    role = assignment.role.value if assignment else ""
    deadline: dt.date | None = criterion.deadline or campaign.info.deadline
    return TemplateTask(
        stt=str(number),
        ma=criterion.code,
        ten=criterion.name,
        vai_tro=role,
        diem_toi_da=format_decimal(_max_score(campaign, criterion), 4),
        han=_due(criterion, deadline),
        la_muc=criterion.is_bold,
    )


def _due(criterion: Criterion, deadline: dt.date | None) -> str:
    """Return the day by which a row is due; for what a survey scores, the name of the survey."""
    if criterion.method is not Method.SELF:
        return str(criterion.method.value)
    return official(deadline).short if deadline else ""


def _max_score(campaign: Campaign, criterion: Criterion) -> Decimal:
    leaves = campaign.leaves_under(criterion) or (criterion,)
    return sum((leaf.max_score or Decimal(0) for leaf in leaves), Decimal(0))
