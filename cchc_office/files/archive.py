"""Office files are zip archives: writing the same content as the same bytes."""

from __future__ import annotations

import datetime as dt
import io
import lzma
import zipfile
import zlib
from collections.abc import Collection, Iterable, Mapping
from itertools import chain

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


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _ZIP_TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 0
    return entry


def repack(content: bytes) -> bytes:
    """Return the zip archive `content` with its times fixed and its parts' order kept."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            target.writestr(_entry(name), source.read(name))
    return packed.getvalue()


_Packed = tuple[zipfile.ZipInfo, bytes]


class PreparedArchive:
    """An archive of which many versions are written that differ in some files only.

    The files that stay are compressed once.
    """

    def __init__(self, content: bytes) -> None:
        """Take over the files of the archive `content`, in their order."""
        with zipfile.ZipFile(io.BytesIO(content)) as source:
            self._entries = {n: _packed(n, source.read(n)) for n in source.namelist()}

    def with_files(
        self,
        changed: Mapping[str, bytes],
        added: Mapping[str, bytes] | None = None,
        removed: Collection[str] = (),
    ) -> bytes:
        """Return the archive with the content of some of its files changed.

        Files that it does not have are `added` behind the others; some can be `removed`.
        """
        unknown = changed.keys() - self._entries.keys()
        if unknown:
            raise KeyError(*unknown)
        kept = (
            _packed(name, changed[name]) if name in changed else unchanged
            for name, unchanged in self._entries.items()
            if name not in removed
        )
        more = (_packed(name, content) for name, content in sorted((added or {}).items()))
        return _assembled(chain(kept, more))


def _packed(name: str, content: bytes) -> _Packed:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    packed = packer.compress(content) + packer.flush()
    entry = _entry(name)
    entry.CRC, entry.file_size, entry.compress_size = zlib.crc32(content), len(content), len(packed)
    return entry, packed


def _assembled(entries: Iterable[_Packed]) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        # zipfile takes no bytes that are compressed already, but writes the directory of them.
        for entry, packed in entries:
            entry.header_offset = whole.tell()
            whole.write(entry.FileHeader() + packed)
            archive.filelist.append(entry)
        archive.start_dir = whole.tell()
    return whole.getvalue()
