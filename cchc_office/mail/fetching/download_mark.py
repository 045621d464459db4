"""The mark that Windows gives to files from outside, so that Office opens them protected."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

_MARK = b"[ZoneTransfer]\r\nZoneId=3\r\n"
"""Zone 3 is the Internet ([MS-FSCC] 5.6.1)."""


def stream_of(path: Path) -> Path | None:
    """Return where the mark of a file is written; None on systems that have none."""
    return Path(f"{path}:Zone.Identifier") if os.name == "nt" else None


def mark_downloaded(path: Path) -> None:
    """Mark a file as one from outside, where the file system keeps such marks."""
    stream = stream_of(path)
    if stream is not None:
        with suppress(OSError):
            stream.write_bytes(_MARK)
