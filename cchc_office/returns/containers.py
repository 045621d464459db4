"""Files inside a file: what an archive or a message hands out, and how much it may.

Archives are read one file at a time, without writing anything anywhere.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from cchc_office.catalogue.findings import Code
from cchc_office.files.archive import BROKEN_ARCHIVE
from cchc_office.files.file_kind import HEAD_BYTES, FileKind, kind_of_names
from cchc_office.files.folders import is_left_behind, printable
from cchc_office.files.limits import (
    MOST_DIRECTORY_BYTES,
    MOST_FILE_BYTES,
    MOST_FILES_IN_ARCHIVE,
    MOST_INFLATED_CONTAINER_BYTES,
    MOST_LOCK_STEPS,
    MOST_LOCKED_ENTRY_BYTES,
)
from cchc_office.files.unreadable_file import UnreadableFileError, damaged, too_large
from cchc_office.text.vietnamese import VIETNAM

_LONGEST_NAME = 240
_OPEN_DOCUMENT_LIST = "meta-inf/manifest.xml"
_NAMELESS = "tệp không tên"
_BELIEVABLE_YEARS = range(1990, 2200)
_BROKEN = "không giải nén được"
_PIECE = 1024 * 1024
_ENCRYPTED, _STRONGLY_ENCRYPTED, _UTF8_NAME = 0x1, 0x40, 0x800
_AES = 99
_UNICODE_NAME = 0x7075
_FOLDER_ENDS = ("/", "\\")
_NEVER_SET = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class WrappedFile:
    """A file in an archive or a message; `name` is for people only.

    `is_start` tells that it is too large and `content` holds its first bytes; `decoration` that it
    stands in a message's text, as the logo of a signature does.
    """

    name: str
    content: bytes
    saved: dt.datetime | None = None
    sender: str = ""
    locked: bool = False
    is_start: bool = False
    decoration: bool = False


@dataclass(frozen=True)
class WrappedFailure:
    """A file in an archive or a message that cannot be had, and why."""

    name: str
    error: UnreadableFileError


class AllowanceSpentError(UnreadableFileError):
    """The container as a whole holds more than is taken in."""


class Allowance:
    """What may still come out of one file that was handed in, however it is wrapped."""

    def __init__(self) -> None:
        self._files = 0
        self._inflated = 0
        self._locked = 0
        self._lock_steps = 0

    def take_files(self, count: int) -> None:
        """Count files; raises AllowanceSpentError."""
        self._files += count
        if self._files > MOST_FILES_IN_ARCHIVE:
            found, limit = str(self._files), str(MOST_FILES_IN_ARCHIVE)
            raise AllowanceSpentError(Code.CONTAINER_TOO_MANY_FILES, found, limit)

    def take_bytes(self, count: int) -> None:
        """Count bytes that came out; raises AllowanceSpentError."""
        self._inflated += count
        if self._inflated > MOST_INFLATED_CONTAINER_BYTES:
            limit = MOST_INFLATED_CONTAINER_BYTES
            error = too_large("dung lượng khi mở gói", self._inflated, limit)
            raise AllowanceSpentError(error.code, error.found, error.expected)

    def take_locked(self, count: int) -> None:
        """Count bytes that are to be unlocked; raises UnreadableFileError."""
        if self._locked + count > MOST_LOCKED_ENTRY_BYTES:
            found, limit = self._locked + count, MOST_LOCKED_ENTRY_BYTES
            raise too_large("dung lượng phần có mật khẩu", found, limit)
        self._locked += count

    def take_lock_steps(self, count: int) -> None:
        """Count what a password takes to try; raises UnreadableFileError."""
        if self._lock_steps + count > MOST_LOCK_STEPS:
            raise UnreadableFileError(Code.LOCKS_TAKE_LONG)
        self._lock_steps += count


def wrapped_name(name: str) -> str:
    """Return the name for people of a wrapped file, without what would lead anywhere."""
    parts = printable(name).replace("\\", "/").split("/")
    kept = [p for p in parts if p.strip(" .") and not (len(p) == 2 and p.endswith(":"))]
    short = "/".join(kept) or _NAMELESS
    if len(short) > _LONGEST_NAME:
        half = _LONGEST_NAME // 2
        return f"{short[:half]}…{short[-half:]}"
    return short


def believable(time: dt.datetime) -> dt.datetime | None:
    """Return `time` unless a clock stood wrong."""
    return time if time.year in _BELIEVABLE_YEARS else None


# --- archives ---


class _Directory(io.RawIOBase):
    """A file of which no more is read at once than a believable directory takes.

    zipfile reads the directory whole and makes an object of each entry before anybody can look.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def read(self, size: int = -1) -> bytes:
        if size > MOST_DIRECTORY_BYTES:
            raise too_large("danh sách tệp bên trong", size, MOST_DIRECTORY_BYTES)
        return self._file.read(size)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def seekable(self) -> bool:
        return True

    def readable(self) -> bool:
        return True


def holds_peoples_files(archive: zipfile.ZipFile) -> bool:
    """Tell whether an archive is one of people's files, as no workbook and no document is."""
    names = {name.replace("\\", "/").lower() for name in archive.namelist()}
    return kind_of_names(names) is FileKind.ZIP and _OPEN_DOCUMENT_LIST not in names


def open_archive(file: IO[bytes]) -> zipfile.ZipFile:
    """Return the archive in `file`; raises UnreadableFileError where it is broken or too large."""
    try:
        return zipfile.ZipFile(_Directory(file))
    except BROKEN_ARCHIVE as error:
        raise damaged(_BROKEN) from error


def archive_files(
    archive: zipfile.ZipFile, passwords: tuple[str, ...], allowance: Allowance
) -> Iterator[WrappedFile | WrappedFailure]:
    """Yield each file of `archive`; raises AllowanceSpentError.

    What systems leave beside people's files is passed over.
    """
    named = [(_true_name(entry), entry) for entry in archive.infolist()]
    named = [(n, e) for n, e in named if not n.endswith(_FOLDER_ENDS) and not is_left_behind(n)]
    allowance.take_files(len(named))
    for raw_name, entry in named:
        name = wrapped_name(raw_name)
        try:
            yield _file(archive, entry, name, passwords, allowance)
        except AllowanceSpentError:
            raise
        except UnreadableFileError as error:
            yield WrappedFailure(name, error)
        except BROKEN_ARCHIVE:
            yield WrappedFailure(name, damaged(_BROKEN))


def _file(
    archive: zipfile.ZipFile,
    entry: zipfile.ZipInfo,
    name: str,
    passwords: tuple[str, ...],
    allowance: Allowance,
) -> WrappedFile:
    locked = bool(entry.flag_bits & _ENCRYPTED)
    most = MOST_FILE_BYTES if entry.file_size <= MOST_FILE_BYTES else HEAD_BYTES
    if locked:
        content = _unlocked(archive, entry, most, passwords, allowance)
    else:
        content = _inflated(archive, entry, most, None, allowance)
    is_start = len(content) > most
    return WrappedFile(name, content, _saved(entry), locked=locked, is_start=is_start)


def _inflated(
    archive: zipfile.ZipFile,
    entry: zipfile.ZipInfo,
    most: int,
    password: bytes | None,
    allowance: Allowance,
) -> bytes:
    """Return the file's content, or one byte more than `most` of it."""
    pieces, size = [], 0
    with archive.open(entry, pwd=password) as file:
        while size <= most and (piece := file.read(min(_PIECE, most + 1 - size))):
            allowance.take_bytes(len(piece))
            pieces.append(piece)
            size += len(piece)
    return b"".join(pieces)


def _unlocked(
    archive: zipfile.ZipFile,
    entry: zipfile.ZipInfo,
    most: int,
    passwords: tuple[str, ...],
    allowance: Allowance,
) -> bytes:
    if entry.flag_bits & _STRONGLY_ENCRYPTED or entry.compress_type == _AES:
        raise UnreadableFileError(Code.LOCK_UNKNOWN, "khoá AES của tệp nén")
    if not passwords:
        raise UnreadableFileError(Code.ARCHIVE_LOCKED)
    for password in passwords:
        for spelling in _spellings(password):
            allowance.take_locked(min(entry.compress_size, most))
            try:
                return _inflated(archive, entry, most, spelling, allowance)
            except (RuntimeError, zipfile.BadZipFile, zlib.error, EOFError):
                continue  # one wrong password in 256 is found out by what it makes of the content
    raise UnreadableFileError(Code.ARCHIVE_WRONG_PASSWORD, str(len(passwords)))


def _spellings(password: str) -> Iterator[bytes]:
    """Yield the bytes that programs make of a password: they do not agree on an encoding."""
    yield password.encode("utf-8", "surrogatepass")
    if not password.isascii():
        yield password.encode("cp1258", "replace")


def _true_name(entry: zipfile.ZipInfo) -> str:
    """Return an entry's name in letters, whatever program wrote it."""
    if entry.flag_bits & _UTF8_NAME:
        return entry.orig_filename
    raw = entry.orig_filename.encode("cp437", "replace")
    if raw.isascii():
        return entry.orig_filename
    extra = _unicode_name(entry.extra, raw)
    for candidate, encoding in ((extra, "utf-8"), (raw, "utf-8"), (raw, "cp1258")):
        try:
            if candidate:
                return candidate.decode(encoding)
        except UnicodeDecodeError:
            continue
    return entry.orig_filename


def _unicode_name(extra: bytes, raw: bytes) -> bytes:
    """Return the name that some programs write beside the old one (APPNOTE 4.6.9)."""
    at = 0
    while at + 4 <= len(extra):
        kind = int.from_bytes(extra[at : at + 2], "little")
        size = int.from_bytes(extra[at + 2 : at + 4], "little")
        field = extra[at + 4 : at + 4 + size]
        if kind == _UNICODE_NAME and int.from_bytes(field[1:5], "little") == zlib.crc32(raw):
            return field[5:]
        at += 4 + size
    return b""


def _saved(entry: zipfile.ZipInfo) -> dt.datetime | None:
    if entry.date_time == _NEVER_SET:
        return None
    try:
        return believable(dt.datetime(*entry.date_time, tzinfo=VIETNAM))
    except ValueError:
        return None
