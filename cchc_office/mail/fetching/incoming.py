"""A message that came in, by what its headers say, before anything attached to it is looked at."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from email.message import Message

from cchc_office.errors import CchcError
from cchc_office.files.folders import printable
from cchc_office.files.unreadable_file import UnreadableFileError
from cchc_office.mail.fetching.authentication import failed_checks
from cchc_office.register import MailboxPlace
from cchc_office.returns.delivery_reports import is_of_mail_system, is_report
from cchc_office.returns.message_files import date_of, parse_message, sender_of, subject_of
from cchc_office.text.vietnamese import VIETNAM

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
        when = f" {shown_time(self.when)}" if self.when else ""
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


def shown_time(time: dt.datetime) -> str:
    """Return a time as a clerk reads it: that of Việt Nam."""
    return f"{time.astimezone(VIETNAM):%d/%m/%Y %H:%M}"


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
