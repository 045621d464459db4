"""Reading a file from outside whole, under the cap on its size."""

from __future__ import annotations

import stat
from pathlib import Path

from cchc_office.catalogue.findings import Code
from cchc_office.files.limits import MOST_FILE_BYTES
from cchc_office.files.unreadable_file import UnreadableFileError, check_cap


def read_whole(path: Path) -> bytes:
    """Return what the file at `path` holds.

    Raises UnreadableFileError where it is no file or too large, OSError where it cannot be opened.
    """
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableFileError(Code.NOT_A_FILE)
    check_cap("dung lượng", status.st_size, MOST_FILE_BYTES)
    return path.read_bytes()
