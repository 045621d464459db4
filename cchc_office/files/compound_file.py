"""Compound files, the container of old Office files ([MS-CFB]): olefile reads them, in a child."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cchc_office.files.child_process import in_child
from cchc_office.files.limits import MEBIBYTE
from cchc_office.files.unreadable_file import damaged

if TYPE_CHECKING:
    import olefile

COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOOKED_AT = ("Workbook", "Book", "EncryptionInfo")
_MOST_OF_A_STREAM = MEBIBYTE


@dataclass(frozen=True)
class CompoundFile:
    """What lies at the top level of a compound file, by names in small letters.

    `sizes` are as the directory tells them, `starts` the first mebibyte of a few streams.
    """

    sizes: Mapping[str, int]
    starts: Mapping[str, bytes]

    def __contains__(self, name: str) -> bool:
        """Tell whether a stream or a folder of this name is there."""
        return name.lower() in self.sizes

    def start_of(self, name: str) -> bytes:
        """Return the start of a stream of a workbook or of a lock, b"" where it is not there."""
        return self.starts.get(name.lower(), b"")


def look_into(content: bytes) -> CompoundFile:
    """Return what lies in `content`; raises UnreadableFileError where its tables lead nowhere."""
    return in_child(_look_into, content)


def _look_into(content: bytes) -> CompoundFile:
    with opened(content) as file:
        sizes = {entry.name.lower(): entry.size for entry in file.root.kids}
        if len(sizes) < len(file.root.kids):
            # Whoever reads the file next could take the other of two with one name.
            raise damaged()
        starts = {n.lower(): start_of_stream(file, n, _MOST_OF_A_STREAM) for n in _LOOKED_AT}
    return CompoundFile(sizes, starts)


def opened(content: bytes) -> olefile.OleFileIO:
    """Return `content` opened, within the child; raises UnreadableFileError."""
    import olefile

    try:
        return olefile.OleFileIO(io.BytesIO(content))
    except Exception as error:  # the library checks little of what it reads
        raise damaged() from error


def start_of_stream(file: olefile.OleFileIO, name: str, most: int) -> bytes:
    """Return the first bytes of a stream, as far as they are there; b"" where it is not."""
    if file.get_type(name) != 2:
        return b""
    return bytes(file.openstream(name).read(most))
