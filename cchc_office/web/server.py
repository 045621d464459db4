"""The server on this computer's own address, which ends by itself when nobody looks any more."""

from __future__ import annotations

import asyncio
import logging
import signal
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from cchc_office.web import places
from cchc_office.web.app import build_app

if TYPE_CHECKING:
    import socket

    from cchc_office.web.desk import Desk
    from cchc_office.web.door import Door

LONGEST_ALONE = 30 * 60.0
"""After how many seconds without a page it closes."""

_NEXT_LOOK = 1.0
_LAST_LOOK = 1.0
_TO_STOP = 20.0


def serve(desk: Desk, door: Door, listening: socket.socket) -> None:
    """Answer who asks at a socket that listens, until the page is closed."""
    # What libraries log would stand in the clerk's window, in their own words.
    logging.getLogger().addHandler(logging.NullHandler())
    config = uvicorn.Config(
        _Counting(build_app(desk, door), desk),
        http=_Protocol,
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="critical",
        access_log=False,
        server_header=False,
        date_header=False,
        timeout_graceful_shutdown=2,
    )
    if threading.current_thread() is threading.main_thread():
        # uvicorn raises it again when it has ended, and nothing would be put away.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with suppress(KeyboardInterrupt):  # as good an end as the button
            asyncio.run(_until_closed(uvicorn.Server(config), listening, desk))
    finally:
        # Who starts the program now shall not be led here.
        places.forget_running(door.port)
        desk.runs.stop_all(_TO_STOP)
        desk.leave()


async def _until_closed(server: uvicorn.Server, listening: socket.socket, desk: Desk) -> None:
    watching = asyncio.create_task(_close_when_alone(server, desk))
    try:
        await server.serve([listening])
    finally:
        watching.cancel()


async def _close_when_alone(server: uvicorn.Server, desk: Desk) -> None:
    desk.last_seen = time.monotonic()
    while not server.should_exit:
        await asyncio.sleep(_NEXT_LOOK)
        is_busy = desk.watchers > 0 or desk.runs.running() is not None
        if is_busy:
            desk.last_seen = time.monotonic()
        is_alone = time.monotonic() - desk.last_seen > LONGEST_ALONE
        if desk.closing.is_set():
            await asyncio.sleep(_LAST_LOOK)  # the page that tells so has a stylesheet to fetch
        if desk.closing.is_set() or is_alone:
            server.should_exit = True


class _Protocol(H11Protocol):
    """Answers what is no request of HTTP, which no app gets to see, in words of ours."""

    def send_400_response(self, _: str) -> None:
        """Refuse; the library's own words are left out."""
        why = "Yêu cầu gửi đến trang bị hỏng hoặc quá dài, nên chưa đọc. Tải lại trang rồi làm lại."
        content = why.encode()
        head = (
            "HTTP/1.1 400 Bad Request\r\ncontent-type: text/plain; charset=utf-8\r\n"
            f"content-length: {len(content)}\r\nconnection: close\r\n\r\n"
        )
        self.transport.write(head.encode() + content)
        self.transport.close()


class _Counting:
    """ASGI middleware: notes when somebody last asked for anything."""

    def __init__(self, app: Any, desk: Desk) -> None:
        self._app = app
        self._desk = desk

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self._desk.last_seen = time.monotonic()
        await self._app(scope, receive, send)
