"""The names and streams of a compound file, the container of old Office files (MS-CFB).

Only what is needed to tell such files apart and to look at a few of their first bytes: everything
is bounded by the size of the file itself, and a chain that runs in a circle ends.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_HEADER_SIZE = 512
_SECTOR_SHIFTS = {9, 12}
_SMALL_SECTOR = 64
_ENTRY_SIZE = 128
_NO_ENTRY = 0xFFFFFFFF
_LAST_SECTOR_NUMBER = 0xFFFFFFFA
_END_OF_CHAIN = 0xFFFFFFFE
_SECTORS_IN_HEADER = 109
_MOST_DIRECTORY_BYTES = 4 * 1024 * 1024


class BrokenCompoundFileError(Exception):
    """The file is cut off, or its tables lead nowhere."""


@dataclass(frozen=True)
class _Entry:
    name: str
    left: int
    right: int
    child: int
    start: int
    size: int


class CompoundFile:
    """A compound file and the streams that lie at its top level."""

    def __init__(self, content: bytes) -> None:
        """Read the directory of `content`; raises BrokenCompoundFileError."""
        if len(content) < _HEADER_SIZE:
            raise BrokenCompoundFileError
        self._content = content
        shift, small_shift = struct.unpack_from("<2H", content, 30)
        if shift not in _SECTOR_SHIFTS or 1 << small_shift != _SMALL_SECTOR:
            raise BrokenCompoundFileError
        self._sector_size = 1 << shift
        self._sector_count = -(-len(content) // self._sector_size)
        directory, _, self._small_below, self._small_table = struct.unpack_from("<4L", content, 48)
        # What lists the sectors of the table can run in a circle; no file has use for more of them.
        most = self._sector_count * 4 // self._sector_size + 1
        self._table_sectors = list(islice(self._find_table_sectors(), most))
        self._directory = self._chained(directory, _MOST_DIRECTORY_BYTES)
        self._root = self._entry(0)
        entries = list(self._children(self._root.child))
        self._top = {entry.name.lower(): entry for entry in entries}
        if len(self._top) < len(entries):
            # Whoever reads the file next could take the other of two with one name.
            raise BrokenCompoundFileError

    def __contains__(self, name: str) -> bool:
        """Tell whether a stream or a folder of this name lies at the top level."""
        return name.lower() in self._top

    def size(self, name: str) -> int:
        """Return how long the directory says a stream is."""
        return self._top[name.lower()].size

    def start_of(self, name: str, most: int) -> bytes:
        """Return a stream's first bytes, `most` at most; raises BrokenCompoundFileError."""
        entry = self._top[name.lower()]
        most = min(most, entry.size)
        if entry.size >= self._small_below:
            return self._chained(entry.start, most)[:most]
        return self._small_stream(entry, most)

    # --- the directory: a tree in each folder ---

    def _entry(self, number: int) -> _Entry:
        record = self._directory[number * _ENTRY_SIZE : (number + 1) * _ENTRY_SIZE]
        if len(record) < _ENTRY_SIZE:
            raise BrokenCompoundFileError
        name_size, left, right, child = struct.unpack_from("<H2x3L", record, 64)
        start, size = struct.unpack_from("<2L", record, 116)
        name = record[: max(0, min(name_size, 64) - 2)].decode("utf-16-le", "replace")
        return _Entry(name, left, right, child, start, size)

    def _children(self, first: int) -> Iterator[_Entry]:
        waiting, seen = [first], set()
        while waiting:
            number = waiting.pop()
            if number == _NO_ENTRY or number in seen:
                continue
            seen.add(number)
            entry = self._entry(number)
            waiting += [entry.left, entry.right]
            yield entry

    # --- sectors ---

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._sector_size
        if number >= _LAST_SECTOR_NUMBER or start >= len(self._content):
            raise BrokenCompoundFileError
        return self._content[start : start + self._sector_size]

    def _find_table_sectors(self) -> Iterator[int]:
        """Yield where the sectors of the allocation table lie."""
        numbers = struct.unpack_from(f"<{_SECTORS_IN_HEADER}L", self._content, 76)
        yield from (n for n in numbers if n < _LAST_SECTOR_NUMBER)
        further = struct.unpack_from("<L", self._content, 68)[0]
        for _ in range(self._sector_count):
            if further >= _LAST_SECTOR_NUMBER:
                return
            sector = self._sector(further)
            *found, further = struct.unpack(f"<{len(sector) // 4}L", sector[: len(sector) & ~3])
            yield from (n for n in found if n < _LAST_SECTOR_NUMBER)

    def _next(self, number: int) -> int:
        place, index = divmod(number, self._sector_size // 4)
        if place >= len(self._table_sectors):
            raise BrokenCompoundFileError
        table = self._sector(self._table_sectors[place])
        if len(table) < (index + 1) * 4:
            raise BrokenCompoundFileError
        return int.from_bytes(table[index * 4 : index * 4 + 4], "little")

    def _chained(self, number: int, most: int) -> bytes:
        pieces: list[bytes] = []
        size = 0
        for _ in range(self._sector_count + 1):
            if number == _END_OF_CHAIN or size >= most:
                return b"".join(pieces)
            pieces.append(self._sector(number))
            size += self._sector_size
            number = self._next(number)
        raise BrokenCompoundFileError

    def _small_stream(self, entry: _Entry, most: int) -> bytes:
        """Return the start of a short stream: those share the stream of the root."""
        room = min(self._root.size, len(self._content))
        shared = self._chained(self._root.start, room)
        table = self._chained(self._small_table, len(self._content))
        pieces: list[bytes] = []
        number = entry.start
        for _ in range(-(-most // _SMALL_SECTOR)):
            start = number * _SMALL_SECTOR
            pieces.append(shared[start : start + _SMALL_SECTOR])
            if len(pieces[-1]) < _SMALL_SECTOR or len(table) < (number + 1) * 4:
                raise BrokenCompoundFileError
            number = int.from_bytes(table[number * 4 : number * 4 + 4], "little")
        return b"".join(pieces)[:most]
