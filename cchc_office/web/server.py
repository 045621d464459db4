"""The server on this computer's own address, which ends by itself when nobody looks any more."""

from __future__ import annotations

import asyncio
import socket
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import uvicorn

from cchc_office.web import places
from cchc_office.web.app import build_app
from cchc_office.web.door import Door

if TYPE_CHECKING:
    from collections.abc import Callable

    from cchc_office.web.desk import Desk

LONGEST_ALONE = 30 * 60.0
"""After how many seconds without a page it closes."""

_NEXT_LOOK = 1.0
_TO_STOP = 20.0


def serve(desk: Desk, on_start: Callable[[Door], object], *, port: int = 0) -> None:
    """Serve the page until it is closed; `on_start` is called when it answers."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", port))
        door = Door(listening.getsockname()[1])
        app = _Counting(build_app(desk, door), desk)
        config = uvicorn.Config(
            app,
            http="h11",
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="critical",
            access_log=False,
            server_header=False,
            date_header=False,
            timeout_graceful_shutdown=2,
        )
        server = _Server(config)
        places.note_running(door.port, door.key)
        try:
            with suppress(KeyboardInterrupt):  # as good an end as the button
                asyncio.run(_until_closed(server, listening, desk, lambda: on_start(door)))
        finally:
            places.forget_running(door.port)
            desk.runs.stop_all(_TO_STOP)
            desk.leave()


class _Server(uvicorn.Server):
    """uvicorn's server, which tells when it answers."""

    on_start: Callable[[], object] = staticmethod(lambda: None)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.on_start()


async def _until_closed(
    server: _Server, listening: socket.socket, desk: Desk, on_start: Callable[[], object]
) -> None:
    loop = asyncio.get_running_loop()
    server.on_start = lambda: loop.run_in_executor(None, on_start)
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
        if desk.closing.is_set() or is_alone:
            server.should_exit = True


class _Counting:
    """ASGI middleware: notes when somebody last asked for anything."""

    def __init__(self, app: Any, desk: Desk) -> None:
        self._app = app
        self._desk = desk

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self._desk.last_seen = time.monotonic()
        await self._app(scope, receive, send)
