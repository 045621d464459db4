"""LibreOffice as a program to call: found where it is installed, run with a time limit.

It runs in a profile folder of its own, so that an open window of the clerk's is neither used nor
disturbed, and asks for nothing.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

SECONDS_TO_START = 60.0
SECONDS_PER_FILE = 20.0

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
) -> str:
    """Convert `files` to the format of `ending` into a `folder`; return what went wrong, or "".

    Its profile is made in the folder as well. After `seconds` it is stopped; what was made by then
    is there. `read_as` names the filter that reads, where the files' endings do not tell it.
    """
    limit = seconds or SECONDS_TO_START + SECONDS_PER_FILE * len(files)
    profile = (folder / "profile").as_uri()
    command = [program, f"-env:UserInstallation={profile}", "--headless", "--norestore"]
    command += [f"--infilter={read_as}"] if read_as else []
    command += ["--convert-to", ending, "--outdir", str(folder), *map(str, files)]
    try:
        done = subprocess.run(  # noqa: S603 - the program found, and file names of our own
            command, capture_output=True, timeout=limit, check=False
        )
    except subprocess.TimeoutExpired:
        return f"quá {limit:.0f} giây"
    except OSError:
        return "không chạy được"
    return f"mã lỗi {done.returncode}" if done.returncode else ""
