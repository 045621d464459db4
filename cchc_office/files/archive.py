"""Office files are zip archives: writing the same content as the same bytes."""

from __future__ import annotations

import datetime as dt
import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

FIXED_TIME = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
"""The creation time in the properties of every document: the same input gives the same bytes."""

LANGUAGE = "vi-VN"
"""The language of everything that is written, as its properties and texts name it."""

BROKEN_ARCHIVE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)
"""What zipfile raises for archives that are cut off, damaged, locked or of an unknown method."""

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


_LEVEL = 6
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_UTF8_NAMES = 0x800
_VERSION = 20
_DOS_TIME, _DOS_DATE = 0, (1 << 5) | 1  # midnight on 1 January 1980


@dataclass(frozen=True)
class _Entry:
    """A file of an archive, compressed once: what stands before it, its bytes, its figures."""

    name: bytes
    flags: int
    checksum: int
    size: int
    packed: bytes

    @classmethod
    def of(cls, name: str, content: bytes) -> _Entry:
        packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
        packed = packer.compress(content) + packer.flush()
        flags = 0 if name.isascii() else _UTF8_NAMES
        return cls(name.encode("utf-8"), flags, zlib.crc32(content), len(content), packed)

    def local_header(self) -> bytes:
        return _LOCAL.pack(b"PK\x03\x04", _VERSION, *self._figures(), len(self.name), 0) + self.name

    def central_header(self, offset: int) -> bytes:
        figures = (*self._figures(), len(self.name), 0, 0, 0, 0, 0, offset)
        return _CENTRAL.pack(b"PK\x01\x02", _VERSION, _VERSION, *figures) + self.name

    def _figures(self) -> tuple[int, ...]:
        method = zipfile.ZIP_DEFLATED
        sizes = (self.checksum, len(self.packed), self.size)
        return (self.flags, method, _DOS_TIME, _DOS_DATE, *sizes)


class PreparedArchive:
    """An archive of which many versions are written that differ in some files only.

    The files that stay are compressed once. `zipfile` cannot take bytes that are compressed
    already, so the archive's few records are written here.
    """

    def __init__(self, content: bytes) -> None:
        """Take over the files of the archive `content`, in their order."""
        with zipfile.ZipFile(io.BytesIO(content)) as source:
            self._entries = {n: _Entry.of(n, source.read(n)) for n in source.namelist()}

    def with_files(self, changed: Mapping[str, bytes]) -> bytes:
        """Return the archive with the content of some of its files changed."""
        unknown = changed.keys() - self._entries.keys()
        if unknown:
            raise KeyError(*unknown)
        return _assembled(
            _Entry.of(name, changed[name]) if name in changed else unchanged
            for name, unchanged in self._entries.items()
        )


def _assembled(entries: Iterable[_Entry]) -> bytes:
    pieces: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for entry in entries:
        header = entry.local_header()
        directory.append(entry.central_header(offset))
        pieces += [header, entry.packed]
        offset += len(header) + len(entry.packed)
    central = b"".join(directory)
    count = len(directory)
    end = _END.pack(b"PK\x05\x06", 0, 0, count, count, len(central), offset, 0)
    return b"".join((*pieces, central, end))
