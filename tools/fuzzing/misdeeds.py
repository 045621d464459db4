"""Everything that must not happen to a case, done on purpose to see that it is noticed."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from cchc_office.model import ReadFile

Results = list[ReadFile]


def _hang() -> Results:
    time.sleep(60)
    return []


def _die() -> Results:
    os.abort()


def _raise() -> Results:
    raise RuntimeError("on purpose")


def _say_nothing() -> Results:
    return [ReadFile("x.xlsx", None)]


def _find_nothing() -> Results:
    return []


def _write() -> Results:
    Path("../written").write_text("x", encoding="utf-8")
    return []


def _read_another_file() -> Results:
    Path("/etc/passwd").read_bytes()
    return []


def _print() -> Results:
    os.write(sys.__stdout__.fileno() if sys.__stdout__ else 1, b"x")
    return [ReadFile("x.xlsx", None)]


def _connect() -> Results:
    with socket.socket() as connection:
        connection.connect_ex(("127.0.0.1", 9))
    return []


def _run() -> Results:
    subprocess.run([sys.executable, "--version"], check=False, capture_output=True)
    return []


def _hold_much() -> Results:
    return [ReadFile("x" * (600 * 1024 * 1024), None)][:0]


def _leap() -> Results:
    return [ReadFile("x" * (8 * 1024**3), None)][:0]


MISDEEDS: dict[str, tuple[Callable[[], Results], str]] = {
    "hang": (_hang, "hung"),
    "die": (_die, "died"),
    "raise": (_raise, "escaped: RuntimeError"),
    "say nothing": (_say_nothing, "neither read nor explained"),
    "find nothing": (_find_nothing, "nothing came of the file"),
    "write": (_write, "wrote "),
    "read another file": (_read_another_file, "read /etc/passwd"),
    "print": (_print, "printed: "),
    "connect": (_connect, "socket.connect"),
    "run": (_run, "subprocess.Popen"),
    "hold much": (_hold_much, "held "),
    "leap": (_leap, "escaped: MemoryError"),
}
"""What is done, and how it has to be told. Their numbers count down from -1."""


def misdeed(number: int) -> Callable[[], Results]:
    """Return the misdeed with this number, which is below 0."""
    return list(MISDEEDS.values())[-1 - number][0]
