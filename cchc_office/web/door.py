"""Who may come in: launch tokens used once, the cookie of a session, and what a request must show.

Other programs of this computer, and pages of theirs in the same browser, can reach every port of
it, and a foreign name can be made to lead here (DNS rebinding). So the Host is one of ours, each
request but the first brings the cookie, and each write comes from a page of ours: SameSite does not
tell ports apart, Origin does.
"""

from __future__ import annotations

import hmac
import secrets
import threading
from collections.abc import Mapping

ENTRY = "/vao"
"""Where a launch token is shown, once."""

BEGINNING = "/dau"
"""Where it is decided which page is the first."""

HANDOVER = "/mo-them"
"""Where a second start of the program says which campaign it was to open."""

HANDOVER_HEADER = "x-cchc-chung"
"""Where a second start, and the answer to it, prove that they have the key."""
GIVES_WAY = "nhuong"
"""What a running page answers a start of another version: it closes."""

SAFE_METHODS = frozenset(("GET", "HEAD"))
_OPEN_TO_ALL = "/static/"
_FROM_HERE = frozenset(("same-origin", "none"))
"""What browsers say of a request from our pages, or typed; another port is the same site only."""


class Door:
    """The keys of a running page at `port`; it is asked whether a request may come in."""

    def __init__(self, port: int) -> None:
        """Make new keys: a page that was closed lets nobody in again."""
        self.port = port
        self.key = secrets.token_urlsafe(32)
        self.cookie_name = f"cchc-{port}"
        self._session = secrets.token_urlsafe(32)
        self._tokens: set[str] = set()
        self._lock = threading.Lock()
        self._hosts = frozenset(f"{name}:{port}" for name in ("127.0.0.1", "localhost"))

    @property
    def address(self) -> str:
        """Where the page is."""
        return f"http://127.0.0.1:{self.port}"

    def launch_address(self, to: str = "/") -> str:
        """Return an address that lets one browser in, once, and leads on `to` a page of ours."""
        token = secrets.token_urlsafe(32)
        with self._lock:
            self._tokens.add(token)
        return f"{self.address}{ENTRY}?khoa={token}&den={to}"

    def take_token(self, token: str) -> str:
        """Return the cookie's value for a launch token, which is used up; "" for any other."""
        with self._lock:
            if token not in self._tokens:
                return ""
            self._tokens.discard(token)
        return self._session

    def why_refused(
        self, method: str, path: str, headers: Mapping[str, str], cookies: Mapping[str, str]
    ) -> str:
        """Return in Vietnamese why a request may not come in, "" where it may."""
        if headers.get("host", "") not in self._hosts:
            return "Địa chỉ này không phải của trang CCHC đang mở."
        if path == HANDOVER:
            return "" if _is_program(method, headers) else "Không mở được theo cách này."
        if method not in SAFE_METHODS and not self._is_from_own_page(headers):
            return "Yêu cầu này đến từ một trang khác, nên chưa làm gì."
        if path == ENTRY or path.startswith(_OPEN_TO_ALL):
            return ""
        if not _is_from_here(headers):
            return "Yêu cầu này đến từ một trang khác, nên chưa mở gì."
        session = cookies.get(self.cookie_name, "")
        if not hmac.compare_digest(session.encode(), self._session.encode()):
            return (
                "Trang này chỉ mở được từ chương trình CCHC. Bấm đúp CCHC lần nữa (hoặc chạy lại "
                "lệnh “cchc mo”) để vào lại; những gì đã làm vẫn còn trong thư mục đợt chấm."
            )
        return ""

    def _is_from_own_page(self, headers: Mapping[str, str]) -> bool:
        origin, host = headers.get("origin", ""), headers.get("host", "")
        return origin == f"http://{host}" and _is_from_here(headers)


def _is_from_here(headers: Mapping[str, str]) -> bool:
    """Tell whether a browser that says it calls the request ours; older ones say nothing."""
    return headers.get("sec-fetch-site", "none") in _FROM_HERE


def _is_program(method: str, headers: Mapping[str, str]) -> bool:
    """Tell whether no browser asks: one always says where it comes from."""
    return method == "POST" and "origin" not in headers and "sec-fetch-site" not in headers


def proof_of(key: str, text: str) -> str:
    """Return what shows that who says `text` has the key of a running page, without telling it.

    A port that a page had may be another user's by now, who is told nothing of use.
    """
    return hmac.new(key.encode(), text.encode(), "sha256").hexdigest()


def is_proof(given: str, key: str, text: str) -> bool:
    """Tell whether a proof fits a text."""
    return hmac.compare_digest(given.encode(), proof_of(key, text).encode())


def own_version() -> str:
    """Return which version of the program this is."""
    from importlib import metadata  # loads what only a second start needs

    return metadata.version("cchc-office")
