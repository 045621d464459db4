"""Screen 0: which campaign, or a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse, Response

from cchc_office.web.campaign_view import SCREENS, address_of, campaign_of, desk_of
from cchc_office.web.views import page

if TYPE_CHECKING:
    from starlette.requests import Request

    from cchc_office.web.pages import Route


def choose(request: Request) -> Response:
    """Show the campaigns that are known, and how a new one begins."""
    desk = desk_of(request)
    told, desk.told_at_start = desk.told_at_start, ""
    return page(request, "start.html", known=desk.known(), told=told)


def enter(request: Request) -> Response:
    """Lead to the step that is next."""
    campaign = campaign_of(request)
    desk_of(request).open(campaign.folder)
    step = campaign.state().next_step.step
    return RedirectResponse(address_of(campaign, SCREENS[step - 1]), status_code=303)


ROUTES: tuple[Route, ...] = (
    ("GET", "/", choose),
    ("GET", "/d/{campaign}/", enter),
)
