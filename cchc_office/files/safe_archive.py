"""Reading zip archives from outside under caps.

A directory can lie about sizes, so every entry is inflated here, up to the caps and no further;
whoever parses office files gets bytes that were counted and checked. Names are taken as office
programs mean them: slashes, no slash in front, capitals do not matter (ECMA-376 part 2, 6.2.2).
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from cchc_office.catalogue.findings import Code
from cchc_office.files.limits import MOST_INFLATED_BYTES, MOST_PART_BYTES, MOST_PARTS
from cchc_office.files.unreadable_file import UnreadableFileError, check_cap, damaged, too_large

_END = b"PK\x05\x06"
_END_SIZE = 22
_LONG_END, _LONG_END_SIZE = b"PK\x06\x06", 56
_LOCATOR, _LOCATOR_SIZE = b"PK\x06\x07", 20
_LONGEST_COMMENT = 0xFFFF
_ENTRY = struct.Struct("<4s4x2H4x3L3H8xL")
_ENTRY_SIZE = _ENTRY.size
_ENTRY_MARK = b"PK\x01\x02"
_IN_LONG_END = 0xFFFFFFFF
_LONG_FIGURES = 1
_LOCAL_HEADER = b"PK\x03\x04"
_LOCAL_HEADER_SIZE = 30
_ENCRYPTED = 0x1
_PIECE = 4 * 1024 * 1024
_BROKEN, _INFLATED = "không giải nén được", "dung lượng khi giải nén"


class DirectoryEntry(NamedTuple):
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


@lru_cache(maxsize=1)  # a file is known, read and looked over one after the other
def read_directory(content: bytes) -> Mapping[str, DirectoryEntry]:
    """Return the first entries of an archive by their names; raises UnreadableFileError.

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
            raise damaged(_BROKEN)
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
            field = extra[at + 4 : at + 4 + length]
            values = (value for (value,) in struct.iter_unpack("<Q", field[: len(field) // 8 * 8]))
            return tuple(next(values, f) if f == _IN_LONG_END else f for f in figures)
        at += 4 + length
    raise damaged(_BROKEN)


def plain_name(name: str) -> str:
    """Return a name as office programs mean it (ECMA-376 part 2, 6.2.2): capitals do not matter."""
    return name.replace("\\", "/").lstrip("/").lower()


def start_of(content: bytes, entry: DirectoryEntry, most: int) -> bytes:
    """Return the first bytes of an entry, inflated; empty where it is damaged or locked."""
    if entry.flags & _ENCRYPTED:
        return b""
    try:
        packed = _packed(content, entry)[:most]
        if entry.method == zipfile.ZIP_STORED:
            return bytes(packed)
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, most)
    except (UnreadableFileError, zlib.error):
        return b""


def _packed(content: bytes, entry: DirectoryEntry) -> memoryview:
    """Return an entry as it lies in the archive, as far as it is there."""
    header = content[entry.offset : entry.offset + _LOCAL_HEADER_SIZE]
    if not header.startswith(_LOCAL_HEADER) or len(header) < _LOCAL_HEADER_SIZE:
        raise damaged(_BROKEN)
    start = entry.offset + _LOCAL_HEADER_SIZE + sum(struct.unpack_from("<2H", header, 26))
    return memoryview(content)[start : start + entry.packed_size]


def _find_directory(content: bytes) -> tuple[bytes, int]:
    """Return the directory, and by how much the archive lies later than its offsets say."""
    end = content.rfind(_END, max(0, len(content) - _LONGEST_COMMENT - _END_SIZE))
    if end < 0 or end + _END_SIZE > len(content):
        raise damaged(_BROKEN)
    size, offset = struct.unpack_from("<2L", content, end + 12)
    if _IN_LONG_END in (size, offset):
        end = content.rfind(_LONG_END, 0, end)
        if not 0 <= end <= len(content) - _LONG_END_SIZE:
            raise damaged(_BROKEN)
        size, offset = struct.unpack_from("<2Q", content, end + 40)
    elif content[end - _LOCATOR_SIZE : end - _LOCATOR_SIZE + 4] == _LOCATOR:
        # A long end may stand before the short one without being needed.
        end = max(content.rfind(_LONG_END, 0, end), 0)
    start = end - size
    if start < 0:
        raise damaged(_BROKEN)
    return content[start:end], start - offset


class SafeArchive:
    """The entries of an archive, inflated when they are asked for."""

    def __init__(
        self,
        content: bytes,
        *,
        most_parts: int = MOST_PARTS,
        most_part_bytes: int = MOST_PART_BYTES,
        most_inflated_bytes: int = MOST_INFLATED_BYTES,
    ) -> None:
        """Open `content`; raises UnreadableFileError where it is broken or over a cap."""
        self._content = content
        self._most_part_bytes = most_part_bytes
        self._most_inflated_bytes = most_inflated_bytes
        self._inflated: dict[str, int] = {}
        check_cap("số tệp bên trong", content.count(_ENTRY_MARK), most_parts)
        self._by_name = read_directory(content)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all files, in small letters with plain slashes, in the archive's order."""
        return tuple(self._by_name)

    def __contains__(self, name: str) -> bool:
        """Tell whether there is a file of this name."""
        return plain_name(name) in self._by_name

    def read(self, name: str) -> bytes:
        """Return a file by its name.

        Raises KeyError, and UnreadableFileError where it is damaged, locked or over a cap.
        """
        entry = self._by_name[plain_name(name)]
        inflated = b"".join(_inflated(self._content, entry, self._most_part_bytes))
        self._inflated[entry.name] = len(inflated)
        check_cap(_INFLATED, sum(self._inflated.values()), self._most_inflated_bytes)
        return inflated

    def size(self, name: str) -> int:
        """Return how large a file is, as the directory tells."""
        return self._by_name[plain_name(name)].size

    def pieces(self, name: str, most_bytes: int) -> Iterator[bytes]:
        """Yield a file in pieces, up to a cap of its own; raises as `read`."""
        return _inflated(self._content, self._by_name[plain_name(name)], most_bytes)

    def read_start(self, name: str, most_bytes: int) -> bytes:
        """Return the first bytes of a file, unchecked; b"" where even these cannot be inflated."""
        return start_of(self._content, self._by_name[plain_name(name)], most_bytes)


def _inflated(content: bytes, entry: DirectoryEntry, most_bytes: int) -> Iterator[bytes]:
    if entry.flags & _ENCRYPTED:
        raise UnreadableFileError(Code.LOCK_UNKNOWN, "khoá từng tệp bên trong")
    packed = _packed(content, entry)
    if len(packed) < entry.packed_size:
        raise damaged(_BROKEN)
    if entry.method not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise damaged("cách nén lạ")
    checksum = size = 0
    for piece in (bytes(packed),) if entry.method == zipfile.ZIP_STORED else _pieces(packed):
        checksum, size = zlib.crc32(piece, checksum), size + len(piece)
        if size > most_bytes:
            raise too_large(_INFLATED, max(size, entry.size), most_bytes)
        yield piece
    if checksum != entry.checksum:
        raise damaged(_BROKEN)


def _pieces(packed: memoryview) -> Iterator[bytes]:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    waiting: bytes | memoryview = packed
    while not inflater.eof:
        try:
            piece = inflater.decompress(waiting, _PIECE)
        except zlib.error as error:
            raise damaged(_BROKEN) from error
        if not piece:  # it is cut off, or all was told: the checksum knows
            return
        yield piece
        waiting = inflater.unconsumed_tail
