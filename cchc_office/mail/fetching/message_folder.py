"""Messages that lie in a folder: .eml files, and mailboxes of several messages (.mbox)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, pairwise
from pathlib import Path
from typing import IO

from cchc_office.catalogue.findings import Code, Finding
from cchc_office.errors import reason_of
from cchc_office.files.file_kind import HEAD_BYTES, FileKind, kind_of
from cchc_office.files.folders import label
from cchc_office.files.limits import MOST_MESSAGE_BYTES
from cchc_office.mail.fetching.incoming import Incoming, has_headers, key_of_content, read_head
from cchc_office.returns.message_files import with_usual_lines

_LONGEST_LINE = 1024 * 1024
_HEADER = re.compile(rb">?[!-9;-~]+[ \t]*:|>From ")
_WITH_DATE = re.compile(rb"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) \w{3} [ \d]\d \d\d:\d\d")
_HEADERS_END = (b"\r\n\r\n", b"\n\n", b"\r\r")


def messages_in(path: Path, folder: Path) -> Iterator[Incoming | Finding]:
    """Yield the messages in a file below `folder`, or the finding that it is none. Never raises."""
    name = label(path.relative_to(folder))
    try:
        with path.open("rb") as file:
            kind = kind_of(file.read(HEAD_BYTES))
        if kind is FileKind.EMPTY:
            yield Finding(Code.FILE_EMPTY, name)
        elif path.suffix.lower() == ".mbox" or kind is FileKind.MAILBOX:
            yield from _in_mailbox(path, name)
        elif kind is FileKind.EML:
            yield _in_file(path, name)
        elif path.suffix.lower() == ".eml" and _may_be_mail(kind):
            yield _in_file(path, name) if _begins_as_mail(path) else _unreadable(name)
        elif kind is FileKind.MSG:
            yield Finding(Code.FILE_IS_OUTLOOK_MESSAGE, name)
        else:
            yield Finding(Code.NOT_A_MESSAGE, name, found=kind.value)
    except OSError as error:
        yield Finding(Code.FILE_NOT_OPENED, name, found=reason_of(error))


def _may_be_mail(kind: FileKind) -> bool:
    return kind in (FileKind.TEXT, FileKind.CSV, FileKind.HTML, FileKind.UNKNOWN)


def _begins_as_mail(path: Path) -> bool:
    with path.open("rb") as file:
        return _has_headers(file.read(HEAD_BYTES))


def _has_headers(content: bytes) -> bool:
    return has_headers(_headers_of(with_usual_lines(content[:HEAD_BYTES])))


def _unreadable(name: str) -> Finding:
    return Finding(Code.MESSAGE_UNREADABLE, name)


def _in_file(path: Path, name: str) -> Incoming:
    size = path.stat().st_size
    if size > MOST_MESSAGE_BYTES:
        with path.open("rb") as file:
            return _incoming(file.read(HEAD_BYTES), name, size)
    return _incoming(path.read_bytes(), name, size)


def _incoming(content: bytes, name: str, size: int) -> Incoming:
    content = with_usual_lines(content)
    headers = _headers_of(content)
    head = read_head(headers, instead_of_id=lambda: key_of_content(content), size=size, place=name)
    return Incoming(head, lambda: content)


def _headers_of(content: bytes) -> bytes:
    """Return the message up to its first blank line; of one in UTF-16 all of it."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content
    start = len(content) - len(content.lstrip())
    ends = [at for end in _HEADERS_END if (at := content.find(end, start)) >= 0]
    return content[: min(ends) + 2] if ends else content


def _in_mailbox(path: Path, name: str) -> Iterator[Incoming | Finding]:
    with path.open("rb") as file:
        for number, content in enumerate(_split(file), start=1):
            place = f"{name} (thư {number})"
            if _has_headers(content):
                yield _incoming(content[:MOST_MESSAGE_BYTES], place, len(content))
            else:
                yield _unreadable(place)


def _split(file: IO[bytes]) -> Iterator[bytes]:
    """Yield the messages of a mailbox: each begins with a line "From …" and then its headers.

    Of one that is too large only the beginning is kept, and a byte too many tells so.
    """
    lines: list[bytes] = []
    size, after_blank = 0, True
    for line, following in pairwise(chain(iter(lambda: file.readline(_LONGEST_LINE), b""), [b""])):
        if _begins_message(line, following, after_blank=after_blank):
            if lines:
                yield b"".join(lines)
            lines, size = [], 0
        elif size <= MOST_MESSAGE_BYTES:
            size += len(line)
            lines.append(line)
        after_blank = not line.strip()
    if lines:
        yield b"".join(lines)


def _begins_message(line: bytes, following: bytes, *, after_blank: bool) -> bool:
    """Tell an envelope from a sentence: some programs leave out the blank line before it."""
    if not line.startswith(b"From ") or not _HEADER.match(following):
        return False
    return after_blank or _WITH_DATE.search(line) is not None
