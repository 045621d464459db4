"""Messages that came in: what their heads say, and where they lie in files."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.message import Message
from itertools import chain, pairwise
from pathlib import Path
from typing import IO

from cchc_office.catalogue.findings import Code, Finding
from cchc_office.errors import CchcError, reason_of
from cchc_office.files.file_kind import HEAD_BYTES, FileKind, kind_of
from cchc_office.files.folders import label, printable
from cchc_office.files.limits import MOST_MESSAGE_BYTES
from cchc_office.files.unreadable_file import UnreadableFileError
from cchc_office.register import MailboxPlace
from cchc_office.returns.delivery_reports import is_of_mail_system, is_report
from cchc_office.returns.message_files import (
    date_of,
    parse_message,
    sender_of,
    subject_of,
    with_usual_lines,
)
from cchc_office.text.vietnamese import day_and_time

_MESSAGE_ID = re.compile(r"<[^<>\s]+>")
_LONGEST_KEY = 250
_LONGEST_SUBJECT = 200


class MessageGoneError(CchcError):
    """A message is no longer where it was when its head was read."""


class MessageRefusedError(CchcError):
    """The server does not hand out a message; the words are its own."""


@dataclass(frozen=True, slots=True)
class Head:
    """What is known of a message before it is taken in.

    `key` is its Message-ID, or what stands for one. `sender` is the plain address in its From, ""
    where that does not name exactly one. `sent` is the time that the message tells, `arrived` the
    one that the server tells. `has_files` is false where nothing can be attached, `may_report` true
    where it may be a mail system's report of another message. `failed_checks` are those by which
    the receiving server found that the sender's domain did not send it. `place` names the file it
    lies in, "" for one on a server. `size` is in bytes.
    """

    key: str
    sender: str = ""
    subject: str = ""
    sent: dt.datetime | None = None
    arrived: dt.datetime | None = None
    has_files: bool = True
    may_report: bool = False
    failed_checks: str = ""
    size: int = 0
    place: str = ""

    @property
    def name(self) -> str:
        """How findings call the message."""
        if self.place:
            return self.place
        when = f" {day_and_time(self.when)}" if self.when else ""
        return f"Thư{when} của {self.sender or 'người không rõ'}"

    @property
    def when(self) -> dt.datetime | None:
        """When it came: the server's clock is surer than the sender's."""
        return self.arrived or self.sent


@dataclass(frozen=True, slots=True)
class Incoming:
    """A message to take in; `content` fetches it whole and raises CchcError where it cannot.

    `place` is where it lies on a server, None for one in a file.
    """

    head: Head
    content: Callable[[], bytes]
    place: MailboxPlace | None = None


def read_head(
    headers: bytes,
    *,
    instead_of_id: Callable[[], str],
    size: int,
    arrived: dt.datetime | None = None,
    place: str = "",
) -> Head:
    """Return what the headers of a message say; raises what `instead_of_id` does.

    `instead_of_id` makes the key of one that has no Message-ID.
    """
    try:
        message = parse_message(headers)
    except UnreadableFileError:
        return Head(instead_of_id(), arrived=arrived, size=size, place=place)
    sender = sender_of(message)
    return Head(
        key=_message_id(message) or instead_of_id(),
        sender=sender,
        subject=subject_of(message)[:_LONGEST_SUBJECT],
        sent=date_of(message),
        arrived=arrived,
        has_files=not _is_plain_text(message),
        failed_checks=failed_checks(message, sender),
        may_report=is_report(message) or is_of_mail_system(message),
        size=size,
        place=place,
    )


def has_headers(headers: bytes) -> bool:
    """Tell whether what should be the headers of a message holds one, of whatever name."""
    try:
        return bool(parse_message(headers).keys())
    except UnreadableFileError:
        # It has some, which cannot be read; taking it in tells what is wrong.
        return True


def key_of_content(content: bytes) -> str:
    """Return what stands for the Message-ID of a message that has none."""
    whole = content.replace(b"\r\n", b"\n").strip()
    return f"sha256:{hashlib.sha256(whole).hexdigest()}"


def _message_id(message: Message) -> str:
    found = _MESSAGE_ID.search(printable(str(message.get("message-id", ""))))
    if found is None:
        return ""
    key = found.group()
    return key if len(key) <= _LONGEST_KEY else key_of_content(key.encode("utf-8", "replace"))


def _is_plain_text(message: Message) -> bool:
    """Tell whether the whole message is one text and no file."""
    try:
        kind = message.get_content_type()
        named = message.get_filename() or message.get_content_disposition() == "attachment"
    except (ValueError, LookupError, AttributeError, TypeError):
        return False
    return kind in ("text/plain", "text/html") and not named and "content-type" in message


_COMMENT = re.compile(r"\([^()]*\)")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_PARTING = str.maketrans(dict.fromkeys(";=()", "_"))
_RESULT = re.compile(r"\s*(dmarc|dkim|spf)(?:/\d+)?\s*=\s*(\w+)(.*)", re.IGNORECASE | re.DOTALL)
_PROPERTY = re.compile(r"([a-z]+\.[a-z-]+)\s*=\s*\"?([^\s\";]+)", re.IGNORECASE)
_SUBJECTS = {
    "dmarc": ("header.from",),
    "dkim": ("header.d", "header.i"),
    "spf": ("smtp.mailfrom", "smtp.helo"),
}
"""Which properties of a result name the domain that was looked at."""

_FAILS = frozenset(("fail", "hardfail"))
_MOST_COMMENTS_DEEP = 5


@dataclass(frozen=True, slots=True)
class _Result:
    method: str
    result: str

    def __str__(self) -> str:
        return f"{self.method}={self.result}"


def failed_checks(message: Message, sender: str) -> str:
    """Return which checks say that the domain of `sender` did not send it: "spf=fail"; "" if none.

    Only the topmost header counts: the receiving server wrote it, others may be the sender's own.
    Where DMARC was checked it decides, and it is checked once: a pass beside a fail was written
    into the header by the sender. Else one check that passes for the domain is enough.
    """
    domain = sender.rpartition("@")[2].casefold()
    written = message.get_all("authentication-results", [])
    if not domain or not written:
        return ""
    results = list(_results(str(written[0]), domain))
    decisive = [r for r in results if r.method == "dmarc"] or results
    failed = [r for r in decisive if r.result in _FAILS]
    is_passed = any(r.result == "pass" for r in decisive)
    if is_passed and not (failed and decisive[0].method == "dmarc"):
        return ""
    return ", ".join(dict.fromkeys(str(r) for r in failed))


def _results(header: str, domain: str) -> Iterator[_Result]:
    """Yield the results that are about `domain`."""
    # What stands in quotes is one value, though it may look like results: senders choose some.
    header = _QUOTED.sub(lambda quoted: quoted[1].translate(_PARTING), header)
    for _ in range(_MOST_COMMENTS_DEEP):
        header = _COMMENT.sub(" ", header)
    for part in header.split(";")[1:]:
        found = _RESULT.match(part)
        if found is None:
            continue
        method, result = found[1].lower(), found[2].lower()
        told = {name.lower(): value for name, value in _PROPERTY.findall(found[3])}
        named = next((told[name] for name in _SUBJECTS[method] if name in told), domain)
        if _is_of(named.rpartition("@")[2].casefold(), domain):
            yield _Result(method, result)


def _is_of(one: str, other: str) -> bool:
    """Tell whether two domains are one, or one lies in the other."""
    return one == other or one.endswith(f".{other}") or other.endswith(f".{one}")


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


def message_from(content: bytes, name: str) -> Incoming:
    """Return the message in the content of a file, which people know as `name`."""
    return _incoming(content, name, len(content))


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
