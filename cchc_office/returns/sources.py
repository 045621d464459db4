"""What lies behind a path that was handed in: workbooks, or findings that say why there is none."""

from __future__ import annotations

import datetime as dt
import io
import re
import stat
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from email.message import Message
from pathlib import Path
from typing import IO

from cchc_office.catalogue.findings import Code, Finding, FindingCode
from cchc_office.errors import reason_of
from cchc_office.files.compound_file import unlock
from cchc_office.files.file_kind import HEAD_BYTES, SPREADSHEETS, FileKind, kind_of
from cchc_office.files.limits import MOST_CONTAINER_BYTES, MOST_FILE_BYTES, MOST_MESSAGE_BYTES
from cchc_office.files.signed_content import content_of
from cchc_office.files.unreadable_file import UnreadableFileError, as_unreadable, too_large
from cchc_office.model import INSIDE
from cchc_office.returns import containers
from cchc_office.returns.containers import Allowance, WrappedFailure, WrappedFile
from cchc_office.returns.delivery_reports import is_automatic_answer, is_report
from cchc_office.returns.message_files import (
    AttachedMessage,
    message_files,
    parse_message,
    sender_of,
    shared_links,
)
from cchc_office.sheets.sheet_reader import CODES_OF_OTHERS
from cchc_office.text.vietnamese import VIETNAM

__all__ = ["OtherFile", "SourceFile", "sources_in", "sources_in_message"]

_MOST_MESSAGES_DEEP, _MOST_SIGNATURES_DEEP = 2, 2
_PART_OF_A_MESSAGE = re.compile(rb"\s*(?:mime-version|content-[a-z-]+)[ \t]*:", re.IGNORECASE)

_CODES = {
    **CODES_OF_OTHERS,
    FileKind.APPLE: Code.FILE_IS_APPLE,
    FileKind.ZIP: Code.ARCHIVE_IN_ARCHIVE,
    FileKind.RAR: Code.ARCHIVE_OF_OTHER_KIND,
    FileKind.SEVEN_ZIP: Code.ARCHIVE_OF_OTHER_KIND,
    FileKind.OTHER_ARCHIVE: Code.ARCHIVE_OF_OTHER_KIND,
    FileKind.EML: Code.MESSAGE_IN_MESSAGE,
    FileKind.MAILBOX: Code.FILE_IS_MAILBOX,
    FileKind.MSG: Code.FILE_IS_OUTLOOK_MESSAGE,
    FileKind.WINMAIL: Code.FILE_IS_WINMAIL,
    FileKind.CMS: Code.SIGNED_NOT_OPENED,
    FileKind.WORD: Code.FILE_IS_WORD,
    FileKind.OLD_WORD: Code.FILE_IS_OLD_WORD,
    FileKind.ODT: Code.FILE_IS_ODT,
    FileKind.POWERPOINT: Code.FILE_IS_POWERPOINT,
    FileKind.PDF: Code.FILE_IS_PDF,
    FileKind.HTML: Code.FILE_IS_HTML,
    FileKind.CSV: Code.FILE_IS_CSV,
    FileKind.TEXT: Code.FILE_IS_TEXT,
    FileKind.PICTURE: Code.FILE_IS_PICTURE,
    FileKind.LINK: Code.FILE_IS_LINK,
    FileKind.PROGRAM: Code.FILE_IS_PROGRAM,
    FileKind.UNKNOWN: Code.NOT_A_WORKBOOK,
}

_EVIDENCE = frozenset(
    (
        Code.FILE_IS_WORD,
        Code.FILE_IS_OLD_WORD,
        Code.FILE_IS_ODT,
        Code.FILE_IS_POWERPOINT,
        Code.FILE_IS_PDF,
        Code.FILE_IS_PICTURE,
    )
)
"""What units send along with a form; beside a workbook it is no sign that the form is missing."""

_TOLD_BY_THEIR_START = frozenset(
    (
        FileKind.PDF,
        FileKind.RAR,
        FileKind.SEVEN_ZIP,
        FileKind.OTHER_ARCHIVE,
        FileKind.PICTURE,
        FileKind.PROGRAM,
        FileKind.MAILBOX,
    )
)


@dataclass(frozen=True)
class SourceFile:
    """A workbook that came back, in memory.

    `name` is for people and links: "goi.zip › CCHC-2024-VP.xlsx" for a file inside another one.
    `content` is unlocked; `locked` tells that this took a password. `saved` is the time of the
    file or of the message, `sender` the address in the message's From. `locked_content` is the file
    as it came where a password was taken off it. `automatic` tells that a program sent it, in
    answer to a message.
    """

    name: str
    kind: FileKind
    content: bytes
    saved: dt.datetime | None = None
    sender: str = ""
    locked: bool = False
    locked_content: bytes = field(default=b"", repr=False)
    automatic: bool = False


@dataclass(frozen=True)
class OtherFile:
    """A file of a message that is no workbook: what is told of it, and what it holds.

    `decoration` tells that it is a picture in the message's text, as the logo of a signature is.
    """

    finding: Finding
    kind: FileKind
    content: bytes = field(repr=False)
    decoration: bool = False


_Found = SourceFile | OtherFile | Finding


def sources_in(
    path: Path, name: str, passwords: tuple[str, ...] = ()
) -> Iterator[SourceFile | Finding]:
    """Yield the workbooks behind `path`, which people know as `name`, one in memory at a time.

    A workbook gives itself, a .zip and a message what is in them; everything else gives a finding
    that says what it is. Never raises for what a file is or holds, and writes nothing.
    """
    for item in _explained(_in_path(path, name, passwords), name):
        if not isinstance(item, OtherFile):
            yield item
        elif not item.decoration:
            yield item.finding


def sources_in_message(
    content: bytes, name: str, passwords: tuple[str, ...] = ()
) -> Iterator[SourceFile | OtherFile | Finding]:
    """Yield the workbooks attached to the message in `content`, as `sources_in` does.

    It is taken for a message whatever it looks like. Other files come with what is in them.
    """
    yield from _explained(_in_raw_message(content, _Place(name, passwords, keeps=True)), name)


def _in_raw_message(content: bytes, place: _Place) -> Iterator[_Found]:
    if len(content) > MOST_MESSAGE_BYTES:
        raise too_large("dung lượng", len(content), MOST_MESSAGE_BYTES)
    yield from _in_message(parse_message(content), place)


def _explained(found: Iterator[_Found], name: str) -> Iterator[_Found]:
    """Yield what is found, and as a finding what stops the search."""
    try:
        yield from found
    except FileNotFoundError:
        yield Finding(Code.FILE_NOT_FOUND, name)
    except PermissionError:
        yield Finding(Code.FILE_NOT_OPENED, name, found="không có quyền, hoặc đang mở trong Excel")
    except RecursionError:
        yield Finding(Code.DAMAGED_FILE, name, found="các phần lồng nhau quá sâu")
    except OSError as error:
        yield Finding(Code.FILE_NOT_OPENED, name, found=reason_of(error))
    except Exception as error:  # one bad file never stops the others
        yield as_unreadable(error).finding(name)


@dataclass(frozen=True)
class _Place:
    """Where content lies: its name, what is known of it from outside, how deep it is wrapped."""

    name: str
    passwords: tuple[str, ...]
    saved: dt.datetime | None = None
    sender: str = ""
    locked: bool = False
    archives: int = 0
    messages: int = 0
    signatures: int = 0
    automatic: bool = False
    keeps: bool = False
    allowance: Allowance = field(default_factory=Allowance)

    def inside(self, name: str) -> _Place:
        return replace(self, name=f"{self.name}{INSIDE}{name}")

    def workbook(self, kind: FileKind, content: bytes) -> SourceFile:
        return SourceFile(
            self.name,
            kind,
            content,
            self.saved,
            self.sender,
            self.locked,
            automatic=self.automatic,
        )


def _in_path(path: Path, name: str, passwords: tuple[str, ...]) -> Iterator[_Found]:
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        yield Finding(Code.NOT_A_FILE, name)
        return
    place = _Place(name, passwords, _time(status.st_mtime))
    if status.st_size <= MOST_FILE_BYTES:
        yield from _in_content(path.read_bytes(), place)
    else:
        with path.open("rb") as file:
            yield from _in_large_file(file, status.st_size, place)


def _time(seconds: float) -> dt.datetime | None:
    try:
        return containers.believable(dt.datetime.fromtimestamp(seconds, VIETNAM))
    except (ValueError, OverflowError, OSError):
        return None


def _in_content(content: bytes, place: _Place) -> Iterator[_Found]:
    kind = kind_of(content)
    if kind in SPREADSHEETS:
        yield place.workbook(kind, content)
    elif kind is FileKind.PASSWORD:
        yield from _unlocked(content, place)
    elif kind is FileKind.ZIP and not place.archives:
        with containers.open_archive(io.BytesIO(content)) as archive:
            yield from _in_archive(archive, place)
    elif kind is FileKind.EML and place.messages < _MOST_MESSAGES_DEEP:
        yield from _in_message(parse_message(content), place)
    elif kind is FileKind.CMS and place.signatures < _MOST_SIGNATURES_DEEP:
        yield from _in_signed(content_of(content), place)
    else:
        yield _other(kind, content, place)


def _other(kind: FileKind, content: bytes, place: _Place) -> OtherFile | Finding:
    finding = _about(kind, place.name)
    return OtherFile(finding, kind, content) if place.keeps else finding


def _in_signed(content: bytes, place: _Place) -> Iterator[_Found]:
    """Yield what a signature is wrapped round: a file, or all that a message holds."""
    place.allowance.take_bytes(len(content))
    deeper = replace(place, signatures=place.signatures + 1)
    if _PART_OF_A_MESSAGE.match(content):
        # It is the body of the message that it came in, no message of its own.
        yield from _in_message(parse_message(content), replace(deeper, messages=place.messages - 1))
    else:
        yield from _in_content(content, deeper)


def _unlocked(content: bytes, place: _Place) -> Iterator[_Found]:
    unlocked = unlock(content, place.passwords, place.allowance.take_lock_steps)
    kind = kind_of(unlocked.content)
    if kind in SPREADSHEETS:
        found = place.workbook(kind, unlocked.content)
        locked = place.locked or unlocked.by_password
        yield replace(found, locked=locked, locked_content=content)
    elif kind is FileKind.PASSWORD:
        raise UnreadableFileError(Code.LOCK_UNKNOWN, "khoá hai lần")
    else:
        yield _about(kind, place.name)


def _in_large_file(file: IO[bytes], size: int, place: _Place) -> Iterator[_Found]:
    """Look into a file that is too large for a workbook: it may hold some."""
    head = file.read(HEAD_BYTES)
    if head.startswith(b"PK") and size <= MOST_CONTAINER_BYTES:
        with containers.open_archive(file) as archive:
            if containers.holds_peoples_files(archive):
                yield from _in_archive(archive, place)
                return
    elif kind_of(head) is FileKind.EML and size <= MOST_MESSAGE_BYTES:
        yield from _in_message(parse_message(head + file.read()), place)
        return
    yield _about_large(head, size, place.name)


# --- what is inside ---


def _in_archive(archive: zipfile.ZipFile, place: _Place) -> Iterator[_Found]:
    deeper = replace(place, archives=place.archives + 1)
    files = containers.archive_files(archive, place.passwords, place.allowance)
    yield from _evidence_last(_in_files(files, deeper, Code.CONTAINER_EMPTY))


def _in_message(message: Message, place: _Place) -> Iterator[_Found]:
    if is_report(message):
        yield Finding(Code.MESSAGE_IS_REPORT, place.name)
        return
    automatic = place.automatic or is_automatic_answer(message)
    deeper = replace(place, messages=place.messages + 1, automatic=automatic)
    files = message_files(message, place.allowance)
    found = _evidence_last(_in_files(files, deeper, Code.MESSAGE_WITHOUT_FILES))
    yield from _links_told(found, message, place)


def _links_told(found: Iterator[_Found], message: Message, place: _Place) -> Iterator[_Found]:
    """Yield what is found and, where no workbook is among it, the links that may lead to one."""
    has_workbook = False
    without_files: list[_Found] = []
    for item in found:
        has_workbook = has_workbook or isinstance(item, SourceFile)
        if isinstance(item, Finding) and item.code is Code.MESSAGE_WITHOUT_FILES:
            without_files.append(item)
        else:
            yield item
    links = () if has_workbook else shared_links(message)
    if not links:
        yield from without_files
        return
    services = ", ".join(dict.fromkeys(service for service, _ in links))
    yield Finding(
        Code.LINK_INSTEAD_OF_FILE,
        place.name,
        about=sender_of(message) or place.sender or "người không rõ",
        found=services,
        candidates=tuple(link for _, link in links),
    )


def _in_files(
    files: Iterator[WrappedFile | WrappedFailure | AttachedMessage],
    place: _Place,
    nothing: FindingCode,
) -> Iterator[_Found]:
    """Yield what the files of a container give, or the finding that there is `nothing`."""
    given: dict[str, int] = {}
    for file in files:
        if isinstance(file, WrappedFile) and file.decoration and _is_picture(file):
            if place.keeps:
                about = _about(FileKind.PICTURE, place.inside(file.name).name)
                yield OtherFile(about, FileKind.PICTURE, b"", decoration=True)
            continue
        count = given[file.name] = given.get(file.name, 0) + 1
        inside = place.inside(file.name if count == 1 else f"{file.name} ({count})")
        try:
            yield from _in_wrapped(file, inside)
        except containers.AllowanceSpentError:
            raise
        except UnreadableFileError as error:
            yield error.finding(inside.name)
    if not given:
        yield Finding(nothing, place.name)


def _in_wrapped(
    file: WrappedFile | WrappedFailure | AttachedMessage, place: _Place
) -> Iterator[_Found]:
    if isinstance(file, WrappedFailure):
        raise file.error
    if isinstance(file, AttachedMessage):
        if place.messages < _MOST_MESSAGES_DEEP:
            yield from _in_message(file.message, place)
        else:
            yield Finding(Code.MESSAGE_IN_MESSAGE, place.name)
    elif file.is_start and place.keeps:
        # Whatever it is: it is not whole, so it cannot be kept.
        yield too_large("dung lượng", MOST_FILE_BYTES + 1, MOST_FILE_BYTES).finding(place.name)
    elif file.is_start:
        yield _about_large(file.content[:HEAD_BYTES], MOST_FILE_BYTES + 1, place.name)
    else:
        saved, sender = file.saved or place.saved, file.sender or place.sender
        locked = file.locked or place.locked
        known = replace(place, saved=saved, sender=sender, locked=locked)
        yield from _in_content(file.content, known)


def _is_picture(file: WrappedFile) -> bool:
    return kind_of(file.content) is FileKind.PICTURE


def _evidence_last(found: Iterator[_Found]) -> Iterator[_Found]:
    """Yield what is found, and at its end what units send along, told by whether a form came."""
    held: list[OtherFile | Finding] = []
    has_workbook = False
    for item in found:
        if not isinstance(item, SourceFile) and _finding_of(item).code in _EVIDENCE:
            held.append(item)
            continue
        has_workbook = has_workbook or isinstance(item, SourceFile)
        yield item
    for item in held:
        yield _beside_a_form(item) if has_workbook else item


def _finding_of(item: OtherFile | Finding) -> Finding:
    return item.finding if isinstance(item, OtherFile) else item


def _beside_a_form(item: OtherFile | Finding) -> OtherFile | Finding:
    finding = replace(_finding_of(item), code=Code.COMPANION_FILE)
    return replace(item, finding=finding) if isinstance(item, OtherFile) else finding


# --- findings ---


def _about(kind: FileKind, name: str) -> Finding:
    return Finding(_CODES[kind], name, found=kind.value)


def _about_large(head: bytes, size: int, name: str) -> Finding:
    kind = kind_of(head)
    if kind in _TOLD_BY_THEIR_START:
        return _about(kind, name)
    return too_large("dung lượng", size, MOST_FILE_BYTES).finding(name)
