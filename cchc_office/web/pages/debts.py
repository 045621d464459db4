"""Screen 4: who owes what, and the reminders."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cchc_office.steps.opening import can_be_seen
from cchc_office.steps.values import DISPATCH, REMINDER, SHORT_REMINDER, ExplanationState
from cchc_office.web import forms
from cchc_office.web.campaign_view import campaign_of, campaign_page, desk_of, start_run
from cchc_office.web.forms import posted
from cchc_office.web.pages.sending import is_given, workbook_id
from cchc_office.web.row_views import row_views

if TYPE_CHECKING:
    from starlette.datastructures import FormData
    from starlette.requests import Request
    from starlette.responses import Response

    from cchc_office.model import Unit
    from cchc_office.steps.campaign_state import CampaignState
    from cchc_office.steps.values import Delivery, UnitStatus
    from cchc_office.web.pages import Route


@dataclass(frozen=True)
class DebtRow:
    """A unit that owes something: what, and how it was reminded last.

    `number` is that of the next reminder, `letter` and `short` the ids of its files where they are
    there; `is_due` tells that it is to be reminded now.
    """

    status: UnitStatus
    number: int
    is_due: bool
    reminded: Delivery | None
    letter: str = ""
    short: str = ""

    @property
    def unit(self) -> Unit:
        """The unit."""
        return self.status.unit

    @property
    def was_told(self) -> bool:
        """Whether it has its tasks; who returned a form surely does."""
        return _was_told(self.status)

    @property
    def owes_form(self) -> bool:
        """Whether it owes what a reminder tells of: more than an explanation, which has its own."""
        return len(self.status.owes) > self.status.owes_explanation


def show(request: Request) -> Response:
    """Show who owes what, and what is to be done about it."""
    state = campaign_of(request).state()
    rows = list(_rows(request, state))
    due = [row for row in rows if row.is_due]
    old = [row for row in due if row.unit.code in state.old_reminders]
    ready = bool(due) and not old and all(row.letter for row in due)
    kinds = {
        "den-luc": ("đến lúc đôn đốc", due),
        "chua-nop": ("chưa nộp phiếu", [row for row in rows if row.status.receipt is None]),
    }
    return campaign_page(
        *(request, "debts.html"),
        step=4,
        rows=rows,
        **row_views(request, rows, kinds),
        letter=REMINDER,
        due=due,
        early=sum(bool(row.letter) and row.owes_form and not row.is_due for row in rows),
        made=[row for row in rows if row.letter],
        ready=ready,
        old=old,
        old_days=sorted({state.old_reminders[row.unit.code] for row in old}),
        to_give_out=bool(due) and not any(row.was_told for row in due),
        by_hand=ready and not any(row.unit.emails for row in due),
        without_address=sum(not row.unit.emails for row in due),
        workbook_id=workbook_id(request),
        units=len(state.campaign.units),
        unclear=len(state.standing.unclear()) if state.standing else 0,
        reminded=sum(row.owes_form for row in rows),
        late=sum(_is_late(row.status) for row in rows),
        awaited=_awaited(state),
        unasked=_unasked(state),
        explaining=sum(row.status.only_explains for row in rows),
        untold=sum(not row.was_told for row in rows),
    )


def make(request: Request, form: FormData) -> Response:
    """Make the reminders for the units that were meant."""
    campaign = campaign_of(request)
    asked: dict[str, Any] = {"in_short": forms.text(form, "tin-nhan") == "1"}
    asked["due_only"] = forms.text(form, "cho") == "due_only"
    for whom, days in (("days_left", "con-ngay"), ("days_over", "qua-ngay")):
        if forms.text(form, "cho") == whom:
            asked[whom] = forms.number(form, days) or 0
    return start_run(
        *(request, "Làm công văn đôn đốc", "don-doc"),
        lambda tell: campaign.opened(tell).remind(**asked),
    )


def _was_told(status: UnitStatus) -> bool:
    """Tell whether a unit has its tasks; who returned a form surely does."""
    return status.receipt is not None or is_given(status.last(DISPATCH))


def _is_late(status: UnitStatus) -> bool:
    """Tell whether a unit has not explained by the day that it was told."""
    explains = status.explanation
    return explains is not None and explains.state is ExplanationState.LATE


def _awaited(state: CampaignState) -> int:
    """Return of how many units a form is wanted that nobody has told of it yet."""
    units = state.standing.units() if state.standing else ()
    wanted = (one for one in units if state.campaign.expects_return(one.unit))
    return sum(not (_was_told(one) or one.owes) for one in wanted)


def _unasked(state: CampaignState) -> int:
    """Return how many units have yet to be asked to explain scores."""
    units = state.standing.units() if state.standing else ()
    return sum(bool(one.must_explain) and not one.owes_explanation for one in units)


def _rows(request: Request, state: CampaignState) -> Iterator[DebtRow]:
    campaign, desk = campaign_of(request), desk_of(request)

    def id_of(file: str) -> str:
        path = campaign.output / file
        return desk.file_id(path) if can_be_seen(path) else ""

    for status in state.standing.units() if state.standing else ():
        if not status.owes:
            continue
        number = min(status.reminders + 1, REMINDER.most)
        yield DebtRow(
            status,
            number,
            status.unit.code in state.remind,
            status.last(REMINDER),
            id_of(REMINDER.file_of(state.campaign, status.unit, number)),
            id_of(SHORT_REMINDER.file_of(state.campaign, status.unit, number)),
        )


ROUTES: tuple[Route, ...] = (
    ("GET", "/d/{campaign}/don-doc", show),
    ("POST", "/d/{campaign}/don-doc/lam", posted(make)),
)
