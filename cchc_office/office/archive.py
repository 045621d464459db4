"""Office files are zip archives: writing the same content as the same bytes."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

FIXED_TIME = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
"""The creation time in the properties of every document: the same input gives the same bytes."""

_ZIP_TIME = (1980, 1, 1, 0, 0, 0)


def repack(content: bytes) -> bytes:
    """Return the zip archive `content` with its times fixed and its parts' order kept."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            target.writestr(entry, source.read(name))
    return packed.getvalue()
