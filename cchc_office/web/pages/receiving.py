"""Screen 3: what came back: a row a file, whose it is, what to look at, a verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cchc_office.web.campaign_view import campaign_page

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from cchc_office.web.pages import Route


def show(request: Request) -> Response:
    """Show it."""
    return campaign_page(request, "receiving.html", step=3)


ROUTES: tuple[Route, ...] = (("GET", "/d/{campaign}/nhan-phieu", show),)
