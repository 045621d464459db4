"""Starting the page: a running one is shown again, otherwise one is started; then the browser."""

from __future__ import annotations

import gc
import socket
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from cchc_office.web import places
from cchc_office.web.door import (
    BEGINNING,
    GIVES_WAY,
    HANDOVER,
    HANDOVER_HEADER,
    Door,
    is_proof,
    own_version,
    proof_of,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator

_PATIENCE = 20.0
"""For how many seconds a page that was just started may load before it answers."""
_LONGEST_END = 8.0


def open_page(
    path: Path | None,
    *,
    say: Callable[[str], object],
    shows: bool = True,
    day: dt.date | None = None,
    port: int = 0,
) -> None:
    """Open the page, of the campaign at `path` if one is named, and serve it until it is closed.

    Where a page of this user runs already it is shown, and this returns. `shows` tells whether
    the browser is opened; `say` is called with what a clerk is told; jobs are done as of a `day`,
    None for today. Where there is no campaign at `path`, the page tells it.
    """
    if address := _handed_over(path):
        say(f"Trang CCHC đang mở sẵn: {address}")
        if day is not None:
            say("Trang ấy vẫn làm việc như vào ngày của nó: đóng nó rồi mở lại với --ngay.")
        _show(address, shows=shows)
        return
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", port))
        listening.listen()
        door = Door(listening.getsockname()[1])
        address = door.launch_address(BEGINNING)
        # Who asks waits at the socket: a browser starts while the program loads.
        threading.Thread(target=_show, args=(address,), kwargs={"shows": shows}).start()
        say(
            f"Trang CCHC đang chạy trên máy này: {address}\n"
            "Địa chỉ này dùng một lần. Đóng bằng nút “Đóng” trên trang, hoặc Ctrl+C ở đây."
        )
        places.note_running(door.port, door.key)
        try:
            _serve(path, day, door, listening)
        finally:
            places.forget_running(door.port)


def _serve(path: Path | None, day: dt.date | None, door: Door, listening: socket.socket) -> None:
    with _uncollected():
        from cchc_office.web.desk import Desk
        from cchc_office.web.first_page import first_page
        from cchc_office.web.server import serve

    desk = Desk(day)
    desk.begins_at = first_page(desk, path)
    serve(desk, door, listening)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Load the program without looking for garbage in it: there is none, and it takes a while."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _handed_over(path: Path | None) -> str:
    """Return the address by which a running page lets this user in; "" where none runs."""
    found = places.running()
    if found is None:
        return ""
    import http.client  # loads the parser of mail, which a first start can do without

    port, key = found
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
    told = str(path.absolute()).encode(errors="replace").decode() if path else ""
    proof = {HANDOVER_HEADER: proof_of(key, told)}
    try:
        asked = urlencode({"duong": told, "ban": own_version()})
        connection.request("POST", f"{HANDOVER}?{asked}", b"", proof)
        answer = connection.getresponse()
        text = answer.read(4096).decode("utf-8", "replace")
    except (OSError, http.client.HTTPException):
        return ""
    finally:
        connection.close()
    if not is_proof(answer.headers.get(HANDOVER_HEADER, ""), key, text):
        return ""
    if text == GIVES_WAY:
        _wait_for_end_of(port)
        return ""
    return text


def _wait_for_end_of(port: int) -> None:
    """Wait until a page of another version is gone, so that its place is free for this one."""
    end = time.monotonic() + _LONGEST_END
    while (found := places.running()) and found[0] == port and time.monotonic() < end:
        time.sleep(0.05)


def _show(address: str, *, shows: bool) -> None:
    import webbrowser

    if shows and not webbrowser.open(address):
        print(address, file=sys.stderr)  # noqa: T201 - the only way in
