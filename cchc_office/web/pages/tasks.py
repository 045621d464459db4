"""Screen 2: a row a unit: its dispatch and form, looked at, made, sent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cchc_office.catalogue.findings import Code
from cchc_office.errors import UsageError
from cchc_office.steps.changed_maxima import changed_maxima
from cchc_office.steps.values import DISPATCH, FORM, PaperKind
from cchc_office.text.shortening import some_of
from cchc_office.web import forms
from cchc_office.web.campaign_view import campaign_of, campaign_page, desk_of, start_run
from cchc_office.web.forms import posted
from cchc_office.web.pages.sending import again_of, is_given, workbook_id
from cchc_office.web.row_views import row_views

if TYPE_CHECKING:
    from starlette.datastructures import FormData
    from starlette.requests import Request
    from starlette.responses import Response

    from cchc_office.model import Unit
    from cchc_office.steps.campaign_state import CampaignState
    from cchc_office.steps.values import Delivery, PaperState
    from cchc_office.web.pages import Route

_MOST_NAMED = 5


@dataclass(frozen=True)
class PaperLink:
    """A paper of a unit: how it stands, and the id of the file where it is there."""

    state: PaperState
    id: str = ""


@dataclass(frozen=True)
class TwoVersions:
    """A paper that a person edited, with the ids of that file and of the new one beside it."""

    title: str
    file: str
    own: str
    new: str


@dataclass(frozen=True)
class TaskRow:
    """A unit, in how many rows with points it has a part, its papers, how it was given them last.

    `returned` tells that its form came back: whatever nobody recorded, it has its tasks. `is_old`
    tells that it has its papers as they were before they were made anew.
    """

    unit: Unit
    rows: int
    letter: PaperLink | None
    form: PaperLink | None
    given: Delivery | None
    returned: bool = False
    is_old: bool = False

    @property
    def is_edited(self) -> bool:
        """Whether a person edited one of its papers."""
        return any(p and p.state.name.startswith("EDITED") for p in (self.letter, self.form))

    @property
    def has_it(self) -> bool:
        """Whether it has its tasks, or may have them."""
        return self.returned or is_given(self.given)


def show(request: Request) -> Response:
    """Show a row a unit, and what is to be done next."""
    state = campaign_of(request).state()
    rows = list(_rows(request, state))
    with_old = [row for row in rows if row.is_old]
    kinds = {
        "chua-giao": ("chưa giao", [row for row in rows if not row.has_it]),
        "chua-co-dia-chi": ("chưa có địa chỉ", [row for row in rows if not row.unit.emails]),
        "ban-cu": ("đang giữ bản cũ", with_old),
        "sua-tay": ("đã sửa tay", [row for row in rows if row.is_edited]),
    }
    untold = [row for row in rows if not row.has_it]
    to_make = [p for p in state.papers if not p.are_made]
    return campaign_page(
        *(request, "tasks.html"),
        step=2,
        rows=rows,
        **row_views(request, rows, kinds),
        letter=DISPATCH,
        to_make=to_make,
        to_choose=tuple(_to_choose(request, state)),
        undecided=sum(p.to_choose for p in state.papers),
        mistakes=tuple(f for f in state.findings if f.is_error),
        elsewhere=tuple(f for f in state.findings if f.code is Code.PAPERS_ELSEWHERE),
        begun=any(p.there for p in state.papers),
        untold=untold,
        by_hand=bool(untold) and not to_make and not any(row.unit.emails for row in untold),
        workbook_id=workbook_id(request),
        with_old=with_old,
        told_before=_told_before(state),
        changed_maxima=changed_maxima(state),
        again=again_of(state.with_old),
        without_address=[row for row in untold if not row.unit.emails],
        unclear=len(state.standing.unclear()) if state.standing else 0,
    )


def _told_before(state: CampaignState) -> list[tuple[dt.date, str]]:
    """Return the deadlines, other than that of now, which units with old papers were told.

    With the names of those units; "" where all of them were told the same.
    """
    told = state.standing.history.told_deadlines() if state.standing else {}
    units: dict[dt.date, list[str]] = {}
    for unit in state.with_old:
        if unit in told and told[unit] != state.campaign.info.deadline:
            units.setdefault(told[unit], []).append(state.campaign.unit(unit).name)
    return [
        (day, "" if len(names) == len(state.with_old) else some_of(names, _MOST_NAMED, "đơn vị"))
        for day, names in sorted(units.items())
    ]


def _to_choose(request: Request, state: CampaignState) -> Iterator[TwoVersions]:
    """Yield the papers that a person edited and that have a new version beside them."""
    output = campaign_of(request).output
    for papers in state.papers:
        for paper in papers.papers:
            if paper.beside:
                of = papers.kind.title if paper.unit is None else paper.unit.name
                title = of if paper.unit is None else f"{papers.kind.title}: {of}"
                own, new = (
                    desk_of(request).file_id(output / f) for f in (paper.file, paper.beside)
                )
                yield TwoVersions(title, paper.file, own, new)


def choose(request: Request, form: FormData) -> Response:
    """Keep an edited paper as it is, or take the new version beside it."""
    campaign = campaign_of(request)
    wanted, new = forms.text(form, "tep"), forms.text(form, "lay") == "moi"
    known = {one.own: one.file for one in _to_choose(request, campaign.state())}
    if wanted not in known:
        raise UsageError("Văn bản này không còn hai bản để chọn. Xem lại ở Giao việc.")
    title = "Lấy bản mới" if new else "Giữ bản đã sửa tay"
    return start_run(
        *(request, title, "giao-viec"),
        lambda tell: campaign.opened(tell).choose_versions([known[wanted]], take_new=new),
    )


def make(request: Request) -> Response:
    """Make the assignment table, the dispatches and the forms."""
    campaign = campaign_of(request)
    return start_run(
        *(request, "Làm văn bản giao việc", "giao-viec"),
        lambda tell: campaign.opened(tell).make_papers(),
    )


def _rows(request: Request, state: CampaignState) -> Iterator[TaskRow]:
    given = {one.unit.code: one for one in state.standing.units()} if state.standing else {}
    for unit in state.campaign.units:
        assigned = state.campaign.assigned_to(unit)
        if not assigned:
            continue
        rows = sum(state.campaign.is_leaf(row) for row in assigned)
        status = given.get(unit.code)
        yield TaskRow(
            unit,
            rows,
            _link(request, state, DISPATCH, unit),
            _link(request, state, FORM, unit),
            status.last(DISPATCH) if status else None,
            returned=bool(status and status.receipt),
            is_old=unit.code in state.with_old,
        )


def _link(request: Request, state: CampaignState, kind: PaperKind, unit: Unit) -> PaperLink | None:
    papers = next((papers for papers in state.papers if papers.kind is kind), None)
    paper = papers.of(unit) if papers else None
    if paper is None:
        return None
    is_there = paper.state.name != "MISSING"
    path = campaign_of(request).output / paper.file
    return PaperLink(paper.state, desk_of(request).file_id(path) if is_there else "")


ROUTES: tuple[Route, ...] = (
    ("GET", "/d/{campaign}/giao-viec", show),
    ("POST", "/d/{campaign}/giao-viec/lam", make),
    ("POST", "/d/{campaign}/giao-viec/chon-ban", posted(choose)),
)
