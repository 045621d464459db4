"""What every request passes and every answer carries; no route is outside it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from cchc_office.errors import unforeseen
from cchc_office.web.door import ENTRY, SAFE_METHODS, Door
from cchc_office.web.views import refusal
from cchc_office.web.whole_forms import whole

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BYTES = 64 * 1024 * 1024
"""What one request may bring: more than any file that is read (files/limits), with its form."""

_HEADERS = {
    "content-security-policy": (
        "default-src 'self'; frame-ancestors 'self'; form-action 'self'; base-uri 'none'; "
        "object-src 'none'"
    ),
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
    # Not "no-referrer": forms would then say "Origin: null".
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}

_OF_RANGES = (b"range", b"if-range")

_SAID_ONCE = ("host", "origin", "sec-fetch-site", "content-length")
"""What a browser says once: said twice, it is not known which holds."""


class Safety:
    """ASGI middleware: lets in what the door lets in, under a cap, and sets the headers."""

    def __init__(self, app: ASGIApp, door: Door) -> None:
        """Stand before an app."""
        self._app = app
        self._door = door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer or refuse a request."""
        if scope["type"] != "http":
            return
        # Files are given out whole: what is wrong with a range would be told in English.
        scope["headers"] = [(k, v) for k, v in scope["headers"] if k not in _OF_RANGES]
        is_begun = False

        async def send_with_headers(message: Message) -> None:
            nonlocal is_begun
            if message["type"] == "http.response.start":
                is_begun = True
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                if "accept-ranges" in headers:
                    headers["accept-ranges"] = "none"
            await send(message)

        try:
            app = self._answer(scope) or self._app
            given = receive if scope["method"] in SAFE_METHODS else whole(scope, receive)
            await app(scope, given, send_with_headers)
        except Exception as error:
            if is_begun:
                raise
            await _program_is_broken(error)(scope, receive, send_with_headers)

    def _answer(self, scope: Scope) -> Response | None:
        """Return what is answered at the door; None for a request that comes in."""
        request = Request(scope)
        method, path = scope["method"], scope["path"]
        if any(len(request.headers.getlist(name)) > 1 for name in _SAID_ONCE):
            why = "Yêu cầu này nói hai điều trái nhau, nên chưa làm gì."
            return refusal(request, why, status=400)
        why = self._door.why_refused(method, path, request.headers, request.cookies)
        if why:
            return refusal(request, why, status=403)
        if path == ENTRY:
            return self._entered(request)
        if method not in SAFE_METHODS:
            return _too_much(request)
        return None

    def _entered(self, request: Request) -> Response:
        given = parse_qs(request.url.query)
        session = self._door.take_token(given.get("khoa", [""])[0])
        if not session:
            why = "Đường dẫn này đã dùng rồi. Bấm đúp CCHC lần nữa để mở trang."
            return refusal(request, why, status=403)
        to = given.get("den", ["/"])[0]
        is_own = to.startswith("/") and not to.startswith(("//", "/\\"))
        answer = RedirectResponse(to if is_own else "/", status_code=303)
        name = self._door.cookie_name
        answer.set_cookie(name, session, httponly=True, samesite="strict", path="/")
        return answer


def _program_is_broken(error: Exception) -> Response:
    """Tell what is wrong where no page can be shown, as when the program's files are replaced."""
    return PlainTextResponse(
        f"{unforeseen(error)} Có thể thư mục chương trình vừa bị thay, xóa hoặc mất kết nối. Đóng "
        "trang này rồi mở lại CCHC. Không có gì trong thư mục đợt chấm bị mất.",
        status_code=500,
    )


def _too_much(request: Request) -> Response | None:
    headers: Headers = request.headers
    length = headers.get("content-length", "")
    # What comes in chunks ends when it ends, whatever length is named beside.
    if not length.isdecimal() or "transfer-encoding" in headers:
        return refusal(request, "Yêu cầu không nói dài bao nhiêu, nên chưa đọc.", status=411)
    if int(length) > MOST_BYTES:
        most = MOST_BYTES // (1024 * 1024)
        why = (
            f"Gửi lên một lần quá {most} MB, nên chưa đọc gì. Chép các tệp thẳng vào thư mục "
            "nhan-ve của đợt chấm: trang này thấy ngay."
        )
        return refusal(request, why, status=413)
    return None
