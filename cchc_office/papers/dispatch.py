"""Task dispatches: each unit's tasks under the assignment table."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from cchc_office.decree30.figures import Profile
from cchc_office.model import Campaign, CampaignInfo, Criterion, Method, Points, Role, Unit
from cchc_office.papers.form.layout import REVIEWED_MARK, RowKind, form_rows, sums_leave_out_rows
from cchc_office.papers.form.sums import most_of_unit
from cchc_office.papers.kinds import DISPATCH, Basis
from cchc_office.papers.letter_values import LETTER_NAMES, letter_values
from cchc_office.papers.planning import LetterTemplate, PlannedPaper
from cchc_office.papers.signs import signed_max, with_sign
from cchc_office.text import figures
from cchc_office.text.vietnamese import OfficialDate, official, roman
from cchc_office.word.templates import FLAG, TEXT, ListOf, Names, record_of

_MOST_APPENDICES = 41


@dataclass(frozen=True)
class TemplateTask:
    """A task as templates see it; `la_muc` tells of a heading.

    The maximum of a heading is what the unit can have from the rows below that it scores. Role and
    day stand with these rows, and with a heading only where none of them has the unit in that role.
    """

    stt: str
    ma: str
    ten: str
    vai_tro: str
    diem_toi_da: str
    han: str
    la_muc: bool


OFFERS: Names = {
    **LETTER_NAMES,
    "nhiem_vu": ListOf(record_of(TemplateTask)),
    **dict.fromkeys(("phu_luc_nhiem_vu", "ngay_cong_van"), TEXT),
    **dict.fromkeys(("co_chu_tri", "co_phoi_hop", "co_dtxhh", "co_khong_ap_dung"), FLAG),
    **dict.fromkeys(("co_thuong_tru", "diem_tru_tham_dinh", "tong_dong_tu_cham"), FLAG),
}


def plan(basis: Basis) -> Iterator[PlannedPaper]:
    """Yield the dispatch of each unit that has a part in any row."""
    template = LetterTemplate(basis, DISPATCH)
    for unit in basis.units():
        if basis.campaign.assigned_to(unit):
            yield template.plan(unit, dispatch_values(basis.campaign, unit, basis.profile))


def dispatch_values(campaign: Campaign, unit: Unit, profile: Profile) -> dict[str, Any]:
    """Return what a unit's dispatch says: the rows in which it has a part, and what they ask."""
    form = form_rows(campaign, unit)
    scored = {row.criterion.id for row in form if row.kind is RowKind.SCORED}
    tasks = [
        _task(campaign, unit, criterion, number, scored)
        for number, criterion in enumerate(_rows(campaign, unit), start=1)
    ]
    info = campaign.info
    date = info.document_date or OfficialDate(None, None, info.year)
    own = {
        "nhiem_vu": tasks,
        "phu_luc_nhiem_vu": _appendix_of_tasks(info) if info.tasks_in_appendix else "",
        "ngay_cong_van": date.in_words,
        "tong_dong_tu_cham": sums_leave_out_rows(form),
        **_kinds_of_rows(campaign, unit),
    }
    return letter_values(campaign, unit, profile) | own


def _appendix_of_tasks(info: CampaignInfo) -> str:
    """Return the label of the unit's tasks: the appendix behind that with the assignment table."""
    word = "Phụ lục"
    if not (info.appendix_label and info.is_table_in_dispatch):
        return word
    before = info.appendix_label.removeprefix(word).strip()
    numbers = [roman(number) for number in range(1, _MOST_APPENDICES)]
    return f"{word} {numbers[numbers.index(before) + 1]}" if before in numbers else word


def _kinds_of_rows(campaign: Campaign, unit: Unit) -> dict[str, bool]:
    """Return which kinds of rows a unit has: a letter explains these and no others."""
    parts = campaign.parts_of(unit)
    leaves = [leaf for leaf in campaign.leaves if leaf.id in parts]
    applying = [leaf for leaf in leaves if leaf.applies]
    scored = [parts[c.id].role for c in applying if c.method is Method.SELF]
    return {
        "co_chu_tri": Role.LEAD in scored,
        "co_phoi_hop": Role.SUPPORT in scored,
        "co_dtxhh": any(leaf.method is not Method.SELF for leaf in applying),
        "co_khong_ap_dung": len(applying) < len(leaves),
        "co_thuong_tru": any(leaf.points is not Points.NORMAL for leaf in leaves),
        "diem_tru_tham_dinh": any(map(campaign.is_left_to_reviewers, leaves)),
    }


def _rows(campaign: Campaign, unit: Unit) -> tuple[Criterion, ...]:
    """Return the rows of a unit, and all headings above them."""
    own = campaign.assigned_to(unit)
    shown = {row.id for c in own for row in (c, *campaign.rows_above(c))}
    return tuple(c for c in campaign.criteria if c.id in shown)


def _task(
    campaign: Campaign, unit: Unit, criterion: Criterion, number: int, scored: Collection[str]
) -> TemplateTask:
    role = _own_role(campaign, unit, criterion)
    return TemplateTask(
        stt=str(number),
        ma=criterion.code,
        ten=criterion.name_with_points,
        vai_tro=role.value if role else "",
        diem_toi_da=_shown_max(campaign, criterion, scored),
        han=_due(campaign, criterion) if role else "",
        la_muc=bool(campaign.leaves_under(criterion)),
    )


def _own_role(campaign: Campaign, unit: Unit, criterion: Criterion) -> Role | None:
    """Return the unit's role in a row; of a heading, one that its rows below do not say."""
    roles = campaign.roles_of(unit)
    role = roles.get(criterion.id)
    below = {roles.get(leaf.id) for leaf in campaign.leaves_under(criterion)}
    return None if role in below else role


def _due(campaign: Campaign, criterion: Criterion) -> str:
    """Return the day by which a row is due; where no unit scores it, what closes it."""
    if campaign.is_left_to_reviewers(criterion):
        return REVIEWED_MARK
    if not criterion.applies:
        return "Không áp dụng"
    if criterion.method is not Method.SELF:
        return str(criterion.method.value)
    deadline = criterion.deadline or campaign.info.deadline
    return criterion.deadline_words or (official(deadline).short if deadline else "")


def _shown_max(campaign: Campaign, criterion: Criterion, scored: Collection[str]) -> str:
    """Return what a row gives, or takes off, at most: that of a bonus is in no other maximum.

    Of a heading it is what its form says: what the unit can have from the leaves that it scores.
    """
    if not campaign.leaves_under(criterion):
        return signed_max(criterion) or figures.given(Decimal(0))
    most = most_of_unit(campaign, criterion, scored)
    return "" if most is None else with_sign(criterion.points, figures.score(most))
