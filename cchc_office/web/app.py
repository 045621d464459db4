"""The app: all screens behind the door, and sentences for what goes wrong in them."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from anyio import to_thread
from python_multipart.exceptions import FormParserError
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from cchc_office.errors import CampaignError, CchcError, not_done, unforeseen
from cchc_office.web import pages
from cchc_office.web.campaign_view import address_of, campaign_page, desk_of
from cchc_office.web.door import BEGINNING
from cchc_office.web.safety import Safety
from cchc_office.web.views import refusal
from cchc_office.web.whole_forms import FormCutOffError

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import ASGIApp, Receive, Scope, Send

    from cchc_office.web.desk import Desk
    from cchc_office.web.door import Door


_FIRST_ADDRESSES = ("/", BEGINNING)
_STATIC = Path(__file__).parent / "static"


def build_app(desk: Desk, door: Door) -> ASGIApp:
    """Return the whole page as an ASGI app."""
    app = Starlette(
        routes=[
            *_as_routes(pages.first_routes()),
            Mount("/static", StaticFiles(directory=_STATIC)),
        ],
        exception_handlers={
            CchcError: _stopped,
            OSError: _not_done,
            HTTPException: _refused,
            FormParserError: _refused,
            500: _failed,
        },
    )
    app.state.desk = desk
    app.state.door = door
    return Safety(_Screens(app), door)


def _as_routes(given: Iterable[pages.Route]) -> Iterator[Route]:
    yield from (Route(path, call, methods=[method]) for method, path, call in given)


class _Screens:
    """ASGI app: the screens, of which most are loaded behind the first that is asked for."""

    def __init__(self, app: Starlette) -> None:
        self._app = app
        self._lock = threading.Lock()
        self._is_whole = self._is_loading = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_first = scope["path"] in _FIRST_ADDRESSES or scope["path"].startswith("/static/")
        if not self._is_whole and not is_first:
            await to_thread.run_sync(self._complete)
        await self._app(scope, receive, send)
        # What is loaded meanwhile would slow down the first page, to which the beginning leads.
        if not (self._is_whole or self._is_loading or scope["path"] == BEGINNING):
            self._is_loading = True
            threading.Thread(target=self._complete, daemon=True).start()

    def _complete(self) -> None:
        with self._lock:
            if not self._is_whole:
                self._app.router.routes.extend(_as_routes(pages.other_routes()))
                self._is_whole = True


def _stopped(request: Request, error: Exception) -> Response:
    """Tell why a page cannot do what it was asked for; what is wrong in the workbook is listed."""
    if request.path_params.get("campaign"):
        findings = error.findings if isinstance(error, CampaignError) else ()
        with suppress(CchcError, OSError):  # where not even the bar can be shown
            return campaign_page(
                request, "stopped.html", status=409, why=str(error), findings=findings
            )
    return refusal(request, str(error), status=409, follows=_events_of(request))


def _events_of(request: Request) -> str:
    """Return where to hear that the campaign's files changed: what could not be read may be now."""
    campaign = desk_of(request).campaign(request.path_params.get("campaign", ""))
    return address_of(campaign, "su-kien") if campaign and request.method == "GET" else ""


def _not_done(request: Request, error: Exception) -> Response:
    """Tell what the system did not do: a disk that is full, a file that is shut."""
    why = not_done(error) if isinstance(error, OSError) else str(error)
    return refusal(request, why, status=409, follows=_events_of(request))


_REFUSALS = {
    400: "Không đọc được những gì trang gửi lên: quá dài, quá nhiều mục, hoặc bị hỏng giữa chừng.",
    404: "Không có trang này.",
    405: "Trang này không làm được theo cách đó.",
}


def _refused(request: Request, error: Exception) -> Response:
    """Tell in our words what a library refuses in its own: a page that is not there, no form."""
    status = error.status_code if isinstance(error, HTTPException) else 400
    own = error.detail if isinstance(error, FormCutOffError) else ""
    own = own or (_erased(request) if status == 404 else "")
    why = own or _REFUSALS.get(status, f"Chưa làm được việc này (mã {status}).")
    return refusal(request, why, status=status)


def _erased(request: Request) -> str:
    """Return what became of a campaign that a tab still shows and that was erased, else ""."""
    id_, desk = request.path_params.get("campaign", ""), desk_of(request)
    folder = desk.erased.get(id_)
    if folder is None or desk.campaign(id_):
        return ""
    from cchc_office.steps.erased_mark import erased_on  # loads what writes files

    if day := erased_on(folder):
        return (
            f"Dữ liệu cá nhân của đợt này đã xoá ngày {day}. Bộ chỉ số, kết quả còn giữ trong "
            f"thư mục {folder}."
        )
    return f"Dữ liệu của đợt này đã xoá. Những gì còn lại nằm trong thư mục {folder}."


def _failed(request: Request, error: Exception) -> Response:
    why = (
        f"{unforeseen(error)} Không có gì trong thư mục đợt chấm bị mất. Hãy gửi dòng này cho "
        "người phát triển."
    )
    return refusal(request, why, status=500)
