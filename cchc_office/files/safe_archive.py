"""Reading zip archives from outside under caps.

A directory can lie about sizes, so every entry is inflated here, up to the caps and no further;
whoever parses office files gets bytes that were counted and checked. Names are taken as office
programs mean them: slashes, no slash in front, capitals do not matter (ECMA-376 part 2, 6.2.2).
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator

from cchc_office.catalogue.findings import Code
from cchc_office.files.limits import MOST_INFLATED_BYTES, MOST_PART_BYTES, MOST_PARTS
from cchc_office.files.unreadable_file import UnreadableFileError, damaged, too_large
from cchc_office.files.zip_directory import CutOffError, DirectoryEntry, plain_name, read_directory

_ENTRY = b"PK\x01\x02"
_LOCAL_HEADER = b"PK\x03\x04"
_LOCAL_HEADER_SIZE = 30
_ENCRYPTED = 0x1
_PIECE = 4 * 1024 * 1024
_BROKEN = "không giải nén được"


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
        if (count := content.count(_ENTRY)) > most_parts:
            raise too_large("số tệp bên trong", count, most_parts)
        try:
            self._by_name = read_directory(content)
        except (CutOffError, struct.error) as error:
            raise damaged(_BROKEN) from error

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all files, in small letters with plain slashes, in the archive's order."""
        return tuple(self._by_name)

    def __contains__(self, name: str) -> bool:
        """Tell whether there is a file of this name."""
        return plain_name(name) in self._by_name

    def read(self, name: str) -> bytes:
        """Return a file by its name; raises KeyError, and UnreadableFileError as `read_entry`."""
        return self.read_entry(self._by_name[plain_name(name)])

    def size(self, name: str) -> int:
        """Return how large a file is, as the directory tells."""
        return self._by_name[plain_name(name)].size

    def pieces(self, name: str, most_bytes: int) -> Iterator[bytes]:
        """Yield a file in pieces, up to a cap of its own; raises as `read_entry`."""
        entry = self._by_name[plain_name(name)]
        if entry.flags & _ENCRYPTED or entry.method != zipfile.ZIP_DEFLATED:
            yield self.read_entry(entry)
            return
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        waiting: bytes | memoryview = self._packed(entry)
        checksum = size = 0
        while not inflater.eof:
            try:
                piece = inflater.decompress(waiting, _PIECE)
            except zlib.error as error:
                raise damaged(_BROKEN) from error
            if not piece and not inflater.eof:
                raise damaged(_BROKEN)
            waiting = inflater.unconsumed_tail
            checksum, size = zlib.crc32(piece, checksum), size + len(piece)
            if size > most_bytes:
                raise too_large("dung lượng khi giải nén", max(size, entry.size), most_bytes)
            yield piece
        if checksum != entry.checksum:
            raise damaged(_BROKEN)

    def read_start(self, name: str, most_bytes: int) -> bytes:
        """Return the first bytes of a file, unchecked; b"" where even these cannot be inflated."""
        entry = self._by_name[plain_name(name)]
        if entry.flags & _ENCRYPTED:
            return b""
        try:
            packed = self._packed(entry)
            if entry.method == zipfile.ZIP_STORED:
                return bytes(packed[:most_bytes])
            return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, most_bytes)
        except (UnreadableFileError, zlib.error):
            return b""

    def read_entry(self, entry: DirectoryEntry) -> bytes:
        """Return a file; raises UnreadableFileError where it is damaged, locked or over a cap."""
        if entry.flags & _ENCRYPTED:
            raise UnreadableFileError(Code.LOCK_UNKNOWN, "khoá từng tệp bên trong")
        packed = self._packed(entry)
        inflated = _inflate(packed, entry, self._most_part_bytes)
        if zlib.crc32(inflated) != entry.checksum:
            raise damaged(_BROKEN)
        self._inflated[entry.name] = len(inflated)
        if (size := sum(self._inflated.values())) > self._most_inflated_bytes:
            raise too_large("dung lượng khi giải nén", size, self._most_inflated_bytes)
        return inflated

    def _packed(self, entry: DirectoryEntry) -> memoryview:
        at, header = entry.offset, self._content
        if header[at : at + 4] != _LOCAL_HEADER:
            raise damaged(_BROKEN)
        lengths = header[at + 26 : at + _LOCAL_HEADER_SIZE]
        start = at + _LOCAL_HEADER_SIZE
        start += int.from_bytes(lengths[:2], "little") + int.from_bytes(lengths[2:], "little")
        packed = memoryview(self._content)[start : start + entry.packed_size]
        if len(packed) < entry.packed_size:
            raise damaged(_BROKEN)
        return packed


def _inflate(packed: memoryview, entry: DirectoryEntry, limit: int) -> bytes:
    if entry.method == zipfile.ZIP_STORED:
        inflated = bytes(packed[: limit + 1])
    elif entry.method == zipfile.ZIP_DEFLATED:
        try:
            inflated = zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, limit + 1)
        except zlib.error as error:
            raise damaged(_BROKEN) from error
    else:
        raise damaged("cách nén lạ")
    if len(inflated) > limit:
        raise too_large("dung lượng khi giải nén", max(entry.size, len(inflated)), limit)
    return inflated
