"""Where printing goes: a disk that is full, or a reader that went away, stops no command.

What a command did must not be told as failed because the telling failed: what cannot be printed is
dropped, and said once at the end.
"""

from __future__ import annotations

import codecs
import errno
import io
import os
import sys
import unicodedata
from typing import Any

from cchc_office.errors import reason_of


class _Outlet(io.RawIOBase):
    """Passes bytes on until that fails; from then on they are dropped."""

    def __init__(self, raw: Any) -> None:
        self._raw = raw
        self.error: OSError | None = None

    def write(self, given: Any) -> int:
        size = memoryview(given).nbytes
        if self.error is None:
            try:
                return int(self._raw.write(given) or 0)
            except OSError as error:
                self.error = error
        return size

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return int(self._raw.fileno())

    def isatty(self) -> bool:
        return bool(self._raw.isatty())


def keep_printing() -> None:
    """Let standard output take whatever is printed, whether or not anybody can read it."""
    if sys.stdout is None or sys.stderr is None:  # started without a window
        nowhere = io.TextIOWrapper(io.FileIO(os.devnull, "w"), encoding="utf-8")
        sys.stdout, sys.stderr = sys.stdout or nowhere, sys.stderr or nowhere
    buffer = getattr(sys.stdout, "buffer", None)
    raw = getattr(buffer, "raw", buffer)
    if not isinstance(raw, io.RawIOBase):  # not a file: a test, a notebook
        return
    sys.stdout.flush()
    given = sys.stdout
    sys.stdout = io.TextIOWrapper(
        io.BufferedWriter(_Outlet(raw)),
        encoding=given.encoding,
        errors=given.errors,
        line_buffering=raw.isatty(),
    )


def make_streams_safe() -> None:
    """Let Vietnamese be printed on any console: letters that it lacks lose their marks."""
    codecs.register_error("cchc-bare", _bare_letters)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="cchc-bare")


def _bare_letters(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    special = {
        "đ": "d",
        "Đ": "D",
        "“": '"',
        "”": '"',
        "…": "...",
        "→": "->",
        "–": "-",
        "›": ">",
        "〃": '"',
        "—": "-",
    }
    bare = []
    for character in error.object[error.start : error.end]:
        letters = unicodedata.normalize("NFD", special.get(character, character))
        plain = "".join(c for c in letters if c.isascii())
        bare.append(plain or "?")
    return "".join(bare), error.end


def what_was_not_printed() -> str:
    """Return why printing failed, in Vietnamese; "" where it did not, or where nobody listens."""
    outlet = getattr(getattr(sys.stdout, "buffer", None), "raw", None)
    if not isinstance(outlet, _Outlet):
        return ""
    sys.stdout.flush()
    error = outlet.error
    return "" if error is None or error.errno == errno.EPIPE else reason_of(error)
