"""The directory of a zip archive, looked at in its raw bytes.

To tell what an archive holds takes its names only; `zipfile` makes an object of each entry, which
costs more than everything else that is done to tell a file's kind.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass

from cchc_office.files.limits import MOST_PARTS

_END = b"PK\x05\x06"
_END_SIZE = 22
_LONG_END = b"PK\x06\x06"
_LOCATOR, _LOCATOR_SIZE = b"PK\x06\x07", 20
_LONGEST_COMMENT = 0xFFFF
_ENTRY = struct.Struct("<4s4x2H4x3L3H8xL")
_ENTRY_SIZE = _ENTRY.size
_ENTRY_MARK = b"PK\x01\x02"
_IN_LONG_END = 0xFFFFFFFF
_LONG_FIGURES = 1


class CutOffError(Exception):
    """The archive's directory, which stands at its end, is missing."""


@dataclass(frozen=True)
class DirectoryEntry:
    """A file in an archive: its name in small letters with plain slashes, and where it lies.

    Sizes and checksum are what the directory says, which need not be true.
    """

    name: str
    flags: int
    method: int
    checksum: int
    packed_size: int
    size: int
    offset: int


def read_directory(content: bytes) -> dict[str, DirectoryEntry]:
    """Return the first entries of an archive by their names; raises CutOffError.

    No more than a workbook may have: whatever has more is looked at elsewhere.
    """
    directory, shift = _find_directory(content)
    entries: dict[str, DirectoryEntry] = {}
    at = 0
    while at + _ENTRY_SIZE <= len(directory) and len(entries) < MOST_PARTS:
        fields = _ENTRY.unpack_from(directory, at)
        mark, flags, method, checksum, packed, size, name_size, extra_size, comment_size, offset = (
            fields
        )
        if mark != _ENTRY_MARK:
            raise CutOffError
        at += _ENTRY_SIZE
        raw = directory[at : at + name_size]
        at += name_size + extra_size + comment_size
        name = plain_name(raw.decode("utf-8", "replace"))
        if _IN_LONG_END in (packed, size, offset):
            extra = directory[at - extra_size - comment_size : at - comment_size]
            size, packed, offset = _long_figures(extra, (size, packed, offset))
        entry = DirectoryEntry(name, flags, method, checksum, packed, size, offset + shift)
        if not name.endswith("/"):
            entries.setdefault(name, entry)
    return entries


def _long_figures(extra: bytes, figures: tuple[int, ...]) -> tuple[int, ...]:
    """Return size, packed size and offset, those that are too long for their fields from `extra`.

    APPNOTE 4.5.3: the extra field 1 holds them in this order, only those that are needed.
    """
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, at)
        if kind == _LONG_FIGURES:
            values = iter(struct.unpack_from(f"<{length // 8}Q", extra[: at + 4 + length], at + 4))
            return tuple(next(values, f) if f == _IN_LONG_END else f for f in figures)
        at += 4 + length
    raise CutOffError


def plain_name(name: str) -> str:
    """Return a name as office programs mean it (ECMA-376 part 2, 6.2.2): capitals do not matter."""
    return name.replace("\\", "/").lstrip("/").lower()


def start_of(content: bytes, entry: DirectoryEntry, most: int) -> bytes:
    """Return the first bytes of an entry, inflated; empty where it is damaged or locked."""
    header = content[entry.offset : entry.offset + 30]
    if len(header) < 30:
        return b""
    start = entry.offset + 30 + sum(struct.unpack_from("<2H", header, 26))
    packed = content[start : start + min(entry.packed_size, most)]
    if entry.method == 0:
        return packed
    try:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, most)
    except zlib.error:
        return b""


def _find_directory(content: bytes) -> tuple[bytes, int]:
    """Return the directory, and by how much the archive lies later than its offsets say."""
    end = content.rfind(_END, max(0, len(content) - _LONGEST_COMMENT - _END_SIZE))
    if end < 0 or end + _END_SIZE > len(content):
        raise CutOffError
    size, offset = struct.unpack_from("<2L", content, end + 12)
    if _IN_LONG_END in (size, offset):
        end = content.rfind(_LONG_END, 0, end)
        if end < 0:
            raise CutOffError
        size, offset = struct.unpack_from("<2Q", content, end + 40)
    elif content[end - _LOCATOR_SIZE : end - _LOCATOR_SIZE + 4] == _LOCATOR:
        # A long end may stand before the short one without being needed.
        end = max(content.rfind(_LONG_END, 0, end), 0)
    start = end - size
    if start < 0:
        raise CutOffError
    return content[start:end], start - offset
