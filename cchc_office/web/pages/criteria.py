"""Screen 1: the criteria and units as they were understood, with findings at their rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cchc_office.web.campaign_view import campaign_page

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from cchc_office.web.pages import Route


def show(request: Request) -> Response:
    """Show the tree."""
    return campaign_page(request, "criteria.html", step=1)


ROUTES: tuple[Route, ...] = (("GET", "/d/{campaign}/bo-chi-so", show),)
