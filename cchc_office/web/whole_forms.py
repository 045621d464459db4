"""Forms with files that arrive whole, or not at all: a part without its end would be dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException

if TYPE_CHECKING:
    from starlette.types import Message, Receive, Scope

_ENDS = b"\r\n"


class FormCutOffError(HTTPException):
    """What was sent has no end; its sentence is for the clerk."""

    def __init__(self) -> None:
        """Say that nothing was taken."""
        super().__init__(
            400,
            "Chưa nhận gì: những gì gửi lên bị đứt giữa chừng, thiếu phần cuối. Tải lại trang rồi "
            "gửi lại.",
        )


def whole(scope: Scope, receive: Receive) -> Receive:
    """Return what receives the same, and raises FormCutOffError at an end that is none.

    Libraries take the parts that are complete, and say nothing of the last one.
    """
    boundary = _boundary(scope)
    if not boundary:
        return receive
    last, tail = b"--" + boundary + b"--", b""

    async def receive_whole() -> Message:
        nonlocal tail
        message = await receive()
        if message["type"] == "http.request":
            tail = (tail + message.get("body", b""))[-len(last) - len(_ENDS) :]
            if not message.get("more_body") and not tail.removesuffix(_ENDS).endswith(last):
                raise FormCutOffError
        return message

    return receive_whole


def _boundary(scope: Scope) -> bytes:
    """Return what parts the form, b"" for one that has no parts."""
    from python_multipart.multipart import parse_options_header  # few forms bring files

    kind, options = parse_options_header(Headers(scope=scope).get("content-type", ""))
    return options.get(b"boundary", b"") if kind == b"multipart/form-data" else b""
