"""LibreOffice as a program to call: found where it is installed, run with a time limit.

It runs in a profile folder of its own, so that an open window of the clerk's is neither used nor
disturbed, and asks for nothing.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

SECONDS_TO_START = 60.0
SECONDS_PER_FILE = 20.0
_NEXT_LOOK = 0.3

_USUAL_PLACES = (
    Path("C:/Program Files/LibreOffice/program/soffice.exe"),
    Path("C:/Program Files (x86)/LibreOffice/program/soffice.exe"),
    Path("/Applications/LibreOffice.app/Contents/MacOS/soffice"),
)


def find_libreoffice() -> str | None:
    """Return how to call LibreOffice, or None where it is not installed."""
    for name in ("soffice", "libreoffice"):
        if found := shutil.which(name):
            return found
    return next((str(place) for place in _USUAL_PLACES if place.is_file()), None)


def run_libreoffice(
    program: str,
    files: Sequence[Path],
    ending: str,
    folder: Path,
    *,
    seconds: float | None = None,
    read_as: str = "",
    watch: Callable[[], object] = lambda: None,
) -> str:
    """Convert `files` to the format of `ending` into a `folder`; return what went wrong, or "".

    Its profile is made in the folder as well. After `seconds` it is stopped; what was made by then
    is there. `read_as` names the filter that reads, where the files' endings do not tell it. While
    it runs `watch` is called again and again; what that raises ends it.
    """
    limit = seconds or SECONDS_TO_START + SECONDS_PER_FILE * len(files)
    profile = (folder / "profile").as_uri()
    command = [program, f"-env:UserInstallation={profile}", "--headless", "--norestore"]
    command += [f"--infilter={read_as}"] if read_as else []
    command += ["--convert-to", ending, "--outdir", str(folder), *map(str, files)]
    try:
        process = subprocess.Popen(  # noqa: S603 - the program found, and file names of our own
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        return "không chạy được"
    try:
        status = _ended(process, limit, watch)
    except BaseException:
        _end(process)
        raise
    if status is None:
        _end(process)
        return f"quá {limit:.0f} giây"
    return f"mã lỗi {status}" if status else ""


def _ended(
    process: subprocess.Popen[bytes], limit: float, watch: Callable[[], object]
) -> int | None:
    """Return with what status it ends, None where it takes longer than the limit."""
    end = time.monotonic() + limit
    while (left := end - time.monotonic()) > 0:
        try:
            return process.wait(min(_NEXT_LOOK, left))
        except subprocess.TimeoutExpired:
            watch()
    return None


def _end(process: subprocess.Popen[bytes]) -> None:
    """End it with what it has started: what is called first may only start the real program."""
    if sys.platform == "win32":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
