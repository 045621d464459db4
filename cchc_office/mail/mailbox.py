"""Reading a mailbox over IMAP: it is examined, never changed."""

from __future__ import annotations

import datetime as dt
import imaplib
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from cchc_office.errors import CchcError
from cchc_office.files.folders import printable
from cchc_office.files.limits import MOST_MESSAGE_BYTES
from cchc_office.mail.connecting import CannotConnectError, explained, not_encrypted, trusted
from cchc_office.mail.incoming import (
    Head,
    Incoming,
    MessageGoneError,
    MessageRefusedError,
    key_of_content,
    read_head,
)
from cchc_office.mail.settings import Secret, Security, Server
from cchc_office.register import MailboxPlace
from cchc_office.text.setting_names import in_file

if TYPE_CHECKING:
    from imap_tools import BaseMailBox


_HEADS_AT_ONCE = 100
_LONGEST_WORDS = 200
_MOST_FOLDERS = 20
_HEAD_PARTS = (
    "(UID RFC822.SIZE INTERNALDATE BODY.PEEK[HEADER.FIELDS (MESSAGE-ID FROM DATE SUBJECT "
    "CONTENT-TYPE CONTENT-DISPOSITION X-FAILED-RECIPIENTS AUTHENTICATION-RESULTS)])"
)
# One byte more than is taken, so that a server that told another size is found out.
_WHOLE = f"(UID BODY.PEEK[]<0.{MOST_MESSAGE_BYTES + 1}>)"

_UID = re.compile(rb"\bUID (\d+)")
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d+)")
_ARRIVED = re.compile(rb'\bINTERNALDATE "([^"]+)"')
_TIME = re.compile(r" ?(\d{1,2})-(\w{3})-(\d{4}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)")
# As the protocol writes them, whatever language the computer speaks.
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# What the server tells unasked, of any message, has no text.
_HAS_TEXT = b"BODY["
_STARTS = re.compile(rb"\d+ \(")


class MailboxError(CchcError):
    """The mailbox cannot be reached or read."""


@dataclass(frozen=True, slots=True)
class _Answer:
    """What the server says of one message: the attributes, and the literal text among them."""

    told: bytes
    text: bytes

    @property
    def uid(self) -> str:
        found = _UID.search(self.told)
        return found.group(1).decode() if found else ""


class Mailbox:
    """A mailbox that is open for reading only; `address` names it for the register."""

    def __init__(self, box: BaseMailBox, server: Server) -> None:
        """Take a connection on which the folder was examined; `open_mailbox` makes one."""
        self._box = box
        self._server = server
        _, told = box.client.response("UIDVALIDITY")
        validity = told[0].decode() if told and told[0] else ""
        self._has_validity = bool(validity)
        # A number in a mailbox is given once and never again (RFC 3501, 2.3.1.1).
        self.address = f"imap:{server.user}@{server.host}/{server.folder};{validity}"
        self._last = "", b""

    @property
    def name(self) -> str:
        """How a clerk and the register call it."""
        return f"{self._server.folder} ({self._server.user or self._server.host})"

    def search(self, since: dt.date) -> tuple[str, ...]:
        """Return the messages that came on or after a day, by their numbers there.

        Servers compare with their own calendar, so it begins a day early. Raises MailboxError.
        """
        day = since - dt.timedelta(days=1) if since > dt.date.min else since
        wanted = f"SINCE {day.day:02}-{_MONTHS[day.month - 1]}-{day.year:04}"
        with _explained(self._server):
            status, found = self._box.client.uid("SEARCH", wanted)
            _check(status, found)
        numbers = b" ".join(n for n in found if n).split()
        return tuple(sorted({n.decode() for n in numbers if n.isdigit()}, key=int))

    def messages(self, uids: Sequence[str]) -> Iterator[Incoming]:
        """Yield messages by their heads, each to be fetched whole when asked. Raises MailboxError.

        One that disappears meanwhile is left out.
        """
        waiting = iter(uids)
        while group := tuple(islice(waiting, _HEADS_AT_ONCE)):
            for uid, answer in self._heads(group):
                try:
                    incoming = self._incoming(uid, answer)
                except MessageGoneError:
                    continue
                except MessageRefusedError as error:
                    incoming = self._incoming(uid, error)
                yield incoming

    def _heads(self, uids: Sequence[str]) -> Iterator[tuple[str, _Answer | MessageRefusedError]]:
        """Yield what the server says of messages; because of one it may refuse all of them."""
        try:
            answers = {a.uid: a for a in self._fetch(",".join(uids), _HEAD_PARTS) if a.uid}
        except MessageRefusedError as error:
            if len(uids) == 1:
                yield uids[0], error
                return
            for uid in uids:
                yield from self._heads((uid,))
            return
        for uid in uids:
            if uid in answers:
                yield uid, answers[uid]

    def _incoming(self, uid: str, answer: _Answer | MessageRefusedError) -> Incoming:
        place = MailboxPlace(self.address, int(uid)) if self._has_validity else None
        if isinstance(answer, MessageRefusedError):
            name = f"Thư số {uid} trong {self._server.folder}"
            return Incoming(Head(f"{self.address};{uid}", place=name), _raising(answer))
        found = _SIZE.search(answer.told)
        size = int(found.group(1)) if found else 0
        head = read_head(
            answer.text,
            instead_of_id=lambda: self._key_of(uid, size),
            size=size,
            arrived=_arrived(answer.told),
        )
        return Incoming(head, lambda: self._whole(uid), place)

    def _key_of(self, uid: str, size: int) -> str:
        """Return what stands for the Message-ID of a message that has none."""
        too_large = size > MOST_MESSAGE_BYTES
        return f"{self.address};{uid}" if too_large else key_of_content(self._whole(uid))

    def _whole(self, uid: str) -> bytes:
        if self._last[0] != uid:
            self._last = uid, self._asked_for(uid)
        return self._last[1]

    def _asked_for(self, uid: str) -> bytes:
        for answer in self._fetch(uid, _WHOLE):
            if answer.uid in (uid, ""):
                return answer.text
        raise MessageGoneError(f"Thư số {uid} vừa biến mất khỏi hộp thư.")

    def _fetch(self, uids: str, parts: str) -> tuple[_Answer, ...]:
        """Ask for parts of messages; raises MessageRefusedError where the server says no."""
        with _explained(self._server):
            try:
                status, items = self._box.client.uid("FETCH", uids, parts)
                _check(status, items)
            except imaplib.IMAP4.abort:
                raise
            except imaplib.IMAP4.error as error:
                raise MessageRefusedError(printable(str(error))[:_LONGEST_WORDS]) from error
        return tuple(_answers(items))


def _raising(error: Exception) -> Callable[[], bytes]:
    def content() -> bytes:
        raise error

    return content


@contextmanager
def open_mailbox(server: Server, secret: Secret | None) -> Iterator[Mailbox]:
    """Open the mailbox that the settings name, for reading only, and close it afterwards.

    Raises MailboxError where the server cannot be reached, does not prove who it is, refuses the
    login or lacks the folder.
    """
    from imap_tools import ImapToolsError

    with _explained(server):
        box = _connect(server)
    try:
        with _explained(server):
            _log_in(box, server, secret)
            try:
                # Nothing is selected before: that alone would change which messages are new.
                box.folder.set(server.folder, readonly=True)
            except ImapToolsError as error:
                raise MailboxError(
                    f"Máy chủ {server.host} không mở được hộp thư “{server.folder}”"
                    f"{_folders(box)}. Sửa {in_file(server.part, 'hop_thu')}; hộp thư đến "
                    "thường tên là INBOX."
                ) from error
        yield Mailbox(box, server)
    finally:
        with suppress(Exception):
            box.logout()


def _folders(box: BaseMailBox) -> str:
    """Return which folders there are, in words, "" where the server does not say."""
    try:
        names = [printable(f.name) for f in box.folder.list() if "\\Noselect" not in f.flags]
    except Exception:
        return ""
    more = "…" if len(names) > _MOST_FOLDERS else ""
    named = ", ".join(f"“{name}”" for name in names[:_MOST_FOLDERS])
    return f"; ở đó có {named}{more}" if names else ""


def _connect(server: Server) -> BaseMailBox:
    from imap_tools import MailBox, MailBoxStartTls

    try:
        context = trusted(server)
    except CannotConnectError as error:
        raise MailboxError(error.sentences) from error
    kind = MailBox if server.security is Security.TLS else MailBoxStartTls
    return kind(server.host, server.port, timeout=server.patience, ssl_context=context)


def _log_in(box: BaseMailBox, server: Server, secret: Secret | None) -> None:
    from imap_tools import ImapToolsError

    if secret is None:
        raise MailboxError(
            f"Chưa có {in_file(server.part, 'nguoi_dung')}: điền tên đăng nhập của hộp thư."
        )
    plain = server.user.isascii() and secret.value.isascii()
    log_in = box.login if plain else box.login_utf8
    try:
        log_in(server.user, secret.value, initial_folder=None)
    except imaplib.IMAP4.abort:
        raise
    except (ImapToolsError, imaplib.IMAP4.error) as error:
        raise MailboxError(
            f"Máy chủ {server.host} không nhận tên đăng nhập {server.user} với mật khẩu đã cho. "
            f"Kiểm tra mật khẩu, rồi xem lại {in_file(server.part, 'nguoi_dung')}; nhiều nơi đòi "
            "mật khẩu ứng dụng riêng, hoặc phải bật IMAP cho hộp thư trước."
        ) from error


@contextmanager
def _explained(server: Server) -> Iterator[None]:
    from imap_tools import ImapToolsError

    try:
        yield
    except (OSError, imaplib.IMAP4.error, ImapToolsError, ValueError) as error:
        raise MailboxError(_in_words(server, error)) from error


def _in_words(server: Server, error: Exception) -> str:
    """Return what went wrong between us and the server, and what to do about it."""
    text = str(error).upper()
    if server.security is Security.STARTTLS and ("TLS NOT" in text or "STARTTLS" in text):
        return not_encrypted(server).sentences
    if isinstance(error, imaplib.IMAP4.abort | OSError):
        return explained(error, server).sentences
    return f"Máy chủ {server.place} trả lời không như mong đợi ({error}). Chạy lại sau."


def _check(status: str, found: Sequence[object]) -> None:
    if status != "OK":
        words = (w.decode("utf-8", "replace") for w in found if isinstance(w, bytes))
        raise imaplib.IMAP4.error(" ".join(words) or status)


def _answers(items: Sequence[object]) -> Iterator[_Answer]:
    """Yield what the server says of each message; attributes may follow the text too."""
    told, text = b"", b""
    for item in items:
        before, literal = item if isinstance(item, tuple) else (item, b"")
        if not isinstance(before, bytes):
            continue
        if _STARTS.match(before):
            if _HAS_TEXT in told:
                yield _Answer(told, text)
            told, text = b"", b""
        told, text = told + before, text + literal
    if _HAS_TEXT in told:
        yield _Answer(told, text)


def _arrived(told: bytes) -> dt.datetime | None:
    found = _ARRIVED.search(told)
    match = _TIME.fullmatch(found.group(1).decode("ascii", "replace")) if found else None
    if match is None or match[2].title() not in _MONTHS:
        return None
    shift = dt.timedelta(hours=int(match[8]), minutes=int(match[9]))
    month = _MONTHS.index(match[2].title()) + 1
    numbers = (int(match[3]), month, *(int(match[n]) for n in (1, 4, 5, 6)))
    try:
        zone = dt.timezone(shift if match[7] == "+" else -shift)
        return dt.datetime(*numbers, tzinfo=zone)  # type: ignore[misc, arg-type]
    except ValueError:
        return None
