"""The log: who was sent what, what came back, and what waits for a person's word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cchc_office.errors import CchcError
from cchc_office.web import forms
from cchc_office.web.campaign_view import back_to, campaign_of, campaign_page, desk_of, start_run
from cchc_office.web.forms import posted

if TYPE_CHECKING:
    from starlette.datastructures import FormData
    from starlette.requests import Request
    from starlette.responses import Response

    from cchc_office.steps.campaign_folder import CampaignFolder
    from cchc_office.steps.record_keeping import Unsettled
    from cchc_office.web.pages import Route

_A_PAGE = 100
_PLACE = "so-theo-doi"


@dataclass(frozen=True)
class DoubtedFile:
    """A file in the folder of returns, by its id, whose sender nobody has confirmed."""

    id: str
    name: str
    unit: str
    who: str


def show(request: Request) -> Response:
    """Show what happened, newest first, and what only a person can say."""
    campaign = campaign_of(request)
    state, opened = campaign.state(), campaign.opened()
    unit = request.query_params.get("don-vi", "")
    kind = request.query_params.get("loai", "")
    all_events = state.standing.events() if state.standing else ()
    events = [
        event
        for event in reversed(all_events)
        if (not unit or event.unit == unit) and (not kind or event.kind == kind)
    ]
    page = max(1, forms.whole_number(request.query_params.get("trang", "")) or 1)
    can_ask = state.standing is not None
    open_ = opened.unsettled() if can_ask else None
    return campaign_page(
        *(request, "log.html"),
        step=0,
        events=events[(page - 1) * _A_PAGE : page * _A_PAGE],
        count=len(events),
        page=page,
        pages=-(-len(events) // _A_PAGE),
        unit=unit,
        kind=kind,
        kinds=sorted({event.kind for event in all_events}),
        names={unit.code: unit.name for unit in state.campaign.units},
        unclear=open_.unclear if open_ else (),
        doubted=_doubted(request, opened, open_) if open_ else (),
        entries=opened.strike().left if open_ else (),
    )


def settle(request: Request, form: FormData) -> Response:
    """Record whether a message arrived of which nobody knew."""
    campaign = campaign_of(request)
    arrived = forms.text(form, "den") == "co"
    campaign.opened().settle([forms.text(form, "thu")], arrived=arrived)
    return back_to(campaign, _PLACE)


def confirm_sender(request: Request, form: FormData) -> Response:
    """Record that a file was sent by whom it says."""
    campaign = campaign_of(request)
    opened = campaign.opened()
    doubted = _doubted(request, opened, opened.unsettled())
    name = next((one.name for one in doubted if one.id == forms.text(form, "tep")), None)
    if name is None:
        raise CchcError("Tệp này không còn chờ xác nhận người gửi.")
    opened.confirm_senders([name])
    return back_to(campaign, _PLACE)


def strike(request: Request, form: FormData) -> Response:
    """Strike out what a person recorded by mistake."""
    campaign = campaign_of(request)
    campaign.opened().strike([forms.text(form, "so")])
    return back_to(campaign, _PLACE)


def rebuild(request: Request) -> Response:
    """Make the register again from the journals and the copies of what went out."""
    campaign = campaign_of(request)
    title = "Dựng lại sổ theo dõi"
    return start_run(request, title, _PLACE, lambda tell: campaign.opened(tell).rebuild_register())


def _doubted(request: Request, opened: CampaignFolder, found: Unsettled) -> tuple[DoubtedFile, ...]:
    desk = desk_of(request)
    return tuple(
        DoubtedFile(desk.file_id(opened.returns / name), name, file.unit, file.who)
        for name, file in found.doubted.items()
    )


ROUTES: tuple[Route, ...] = (
    ("GET", "/d/{campaign}/so-theo-doi", show),
    ("POST", "/d/{campaign}/so-theo-doi/thu", posted(settle)),
    ("POST", "/d/{campaign}/so-theo-doi/nguoi-gui", posted(confirm_sender)),
    ("POST", "/d/{campaign}/so-theo-doi/gach-bo", posted(strike)),
    ("POST", "/d/{campaign}/so-theo-doi/dung-lai", rebuild),
)
