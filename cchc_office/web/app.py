"""The app: all screens behind the door, and sentences for what goes wrong in them."""

from __future__ import annotations

from contextlib import suppress
from importlib import resources
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from cchc_office.errors import CampaignError, CchcError
from cchc_office.web import pages
from cchc_office.web.campaign_view import campaign_page
from cchc_office.web.safety import Safety
from cchc_office.web.views import page, refusal

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import ASGIApp

    from cchc_office.web.desk import Desk
    from cchc_office.web.door import Door


def build_app(desk: Desk, door: Door) -> ASGIApp:
    """Return the whole page as an ASGI app."""
    static = str(resources.files("cchc_office.web") / "static")
    app = Starlette(
        routes=[
            *(Route(path, call, methods=[method]) for method, path, call in pages.routes()),
            Mount("/static", StaticFiles(directory=static)),
        ],
        exception_handlers={CchcError: _stopped, 404: _not_found, 405: _not_found, 500: _failed},
    )
    app.state.desk = desk
    app.state.door = door
    return Safety(app, door)


def _stopped(request: Request, error: Exception) -> Response:
    """Tell why a page cannot do what it was asked for; what is wrong in the workbook is listed."""
    if request.path_params.get("campaign"):
        findings = error.findings if isinstance(error, CampaignError) else ()
        with suppress(CchcError):  # where not even the bar can be shown
            return campaign_page(
                request, "stopped.html", status=409, why=str(error), findings=findings
            )
    return refusal(request, str(error), status=409)


def _not_found(request: Request, _: Exception) -> Response:
    return refusal(request, "Không có trang này.", status=404)


def _failed(request: Request, error: Exception) -> HTMLResponse:
    why = (
        f"Chương trình gặp lỗi ngoài dự kiến ({type(error).__name__}: {error}). Không có gì trong "
        "thư mục đợt chấm bị mất. Hãy gửi dòng này cho người phát triển."
    )
    return page(request, "refusal.html", status=500, why=why)
