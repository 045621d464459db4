"""Files inside a file: what an archive or a message hands out, and how much it may."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from cchc_office.catalogue.findings import Code
from cchc_office.files.folders import printable
from cchc_office.files.limits import (
    MOST_FILES_IN_ARCHIVE,
    MOST_INFLATED_CONTAINER_BYTES,
    MOST_LOCK_STEPS,
    MOST_LOCKED_ENTRY_BYTES,
)
from cchc_office.files.unreadable_file import UnreadableFileError, too_large

_LONGEST_NAME = 240
_NAMELESS = "tệp không tên"
_BELIEVABLE_YEARS = range(1990, 2200)


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
