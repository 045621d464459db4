"""Sending: one connection for the batch, each message at most once, every answer kept.

What must never happen is that a unit gets a message twice. So that a message is about to be handed
over is on the disk before its last byte leaves, with a copy of it, and what became of it
afterwards. A crash between the two leaves it unclear, and nothing but a person's word sends it
again. What cannot be noted before it leaves stops the batch; what cannot be noted afterwards
changes nothing of what happened, and is told.
"""

from __future__ import annotations

import datetime as dt
import email
import re
import smtplib
import sqlite3
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from enum import Enum

from cchc_office.catalogue.findings import Code, Finding
from cchc_office.errors import CchcError
from cchc_office.mail.connecting import CannotConnectError, Reply, connect, explained, server_words
from cchc_office.mail.header_folding import WHOLE_WORDS
from cchc_office.mail.outbox import Message
from cchc_office.mail.settings import Secret, Server
from cchc_office.register import (
    MARK,
    Register,
    RegisterError,
    Sending,
    SendState,
    SentCopies,
)
from cchc_office.text.command_line import advised
from cchc_office.text.setting_names import in_file

_WAITS = (10.0, 60.0, 180.0)
"""For how many seconds a message waits after each passing refusal, and how often it may."""

_MOST_DROPS = 3
"""How often in a row a connection may fail before the batch is given up."""

_NOT_WRITTEN = "không ghi được sổ theo dõi, nhật ký gửi hay bản sao các thư đã gửi"
_LOOK_AT_DISK = "Xem đĩa còn chỗ không, các thư mục còn ghi được không."

_MOST_UNCLEAR = 2
"""How often in a row nobody may know whether a message arrived before the batch is given up."""

_CLOSING, _TOO_LARGE = 421, 552


class MessageFate(Enum):
    """What became of a message in this run."""

    SENT = "đã gửi"
    REFUSED = "bị từ chối"
    LEFT = "còn lại"
    UNCLEAR = "không rõ"
    ELSEWHERE = "lệnh khác đang gửi"
    HANDED_OVER = "vừa ghi đã giao cách khác"


@dataclass(frozen=True, slots=True)
class Sent:
    """A message and what became of it; `words` are the server's own, or why it was left.

    `refused` holds what the server said of addresses that did not get what others got, `unnoted`
    where it could not be noted what became of it.
    """

    message: Message
    fate: MessageFate
    words: str = ""
    refused: tuple[str, ...] = ()
    unnoted: tuple[str, ...] = ()


@dataclass(frozen=True)
class Clock:
    """The time, and waiting; handed in so that nothing depends on the machine's clock."""

    now: Callable[[], dt.datetime]
    elapsed: Callable[[], float]
    sleep: Callable[[float], None]


@dataclass
class _Batch:
    """What is still to be sent, and how it has been going."""

    waiting: deque[tuple[Message, int, float]]
    drops: int = 0
    unclear: int = 0
    next_start: float = 0


class _TryLaterError(Exception):
    """The server will not take this message now, but may later."""


class _RefusedError(Exception):
    """The server will not take this message."""


class _DroppedError(Exception):
    """The connection broke before the server can have had the whole message."""


class _CannotNoteError(Exception):
    """What must be on the disk before a message leaves could not be written."""


class _UnclearError(Exception):
    """The connection broke when the server may have had the whole message."""


@dataclass
class Sender:
    """Sends a batch in the name of `sender`, keeping `copies` of what goes out.

    `may_go_on` tells before each message whether no other command has begun to send the same.
    """

    server: Server
    secret: Secret | None = field(repr=False)
    register: Register
    copies: SentCopies
    sender: str
    clock: Clock
    may_go_on: Callable[[], bool] = lambda: True
    problem: Finding | None = None
    """Why the batch was stopped, None while it goes on."""

    _connection: smtplib.SMTP | None = field(default=None, repr=False)

    def check(self) -> None:
        """Raise CchcError, before anything is sent, where something could not be noted later."""
        try:
            self.copies.check()
            self.register.check()
        except (OSError, sqlite3.Error, RegisterError) as error:
            raise CchcError(f"Chưa gửi thư nào: {_NOT_WRITTEN}. {_LOOK_AT_DISK}") from error

    def send(self, messages: Sequence[Message]) -> Iterator[Sent]:
        """Send the messages one by one, and yield what became of each as soon as it is known.

        After the last, `problem` tells whether the batch had to stop; what was not tried is LEFT.
        """
        batch = _Batch(deque((message, 0, 0.0) for message in messages))
        try:
            while batch.waiting and self.problem is None:
                message, tries, earliest = batch.waiting.popleft()
                self._wait_until(max(earliest, batch.next_start))
                batch.next_start = self.clock.elapsed() + 60 / self.server.per_minute
                if not self.may_go_on():
                    batch.waiting.appendleft((message, tries, 0.0))
                    self._stop("một lệnh gui khác đã bắt đầu gửi thay", "Đợi lệnh đó xong.")
                    break
                done = self._attempt(batch, message, tries)
                if done:
                    yield done
        except BaseException:
            self._break_off()
            raise
        finally:
            self._hang_up()
        why = self.problem.found if self.problem else ""
        for message, _, _ in batch.waiting:
            yield Sent(message, MessageFate.LEFT, why)

    def _attempt(self, batch: _Batch, message: Message, tries: int) -> Sent | None:
        """Try one message; None where it has gone back to those that wait."""
        try:
            done = self._hand_over(message, is_last_try=tries >= len(_WAITS))
        except _RefusedError as error:
            done = self._given_up(message, SendState.REFUSED, str(error))
        except _TryLaterError as error:
            if tries < len(_WAITS):
                batch.drops = 0
                batch.waiting.append((message, tries + 1, self.clock.elapsed() + _WAITS[tries]))
                return None
            done = self._given_up(message, SendState.NOT_SENT, str(error))
        except _UnclearError as error:
            return self._unclear(batch, message, str(error))
        except (_DroppedError, CannotConnectError) as error:
            return self._dropped(batch, message, tries, error)
        except _CannotNoteError:
            batch.waiting.appendleft((message, tries, 0.0))
            self._break_off()
            self._stop(_NOT_WRITTEN, _LOOK_AT_DISK)
            return None
        batch.drops = batch.unclear = 0
        return done

    def _dropped(
        self, batch: _Batch, message: Message, tries: int, error: Exception
    ) -> Sent | None:
        self._hang_up()
        batch.drops += 1
        batch.waiting.appendleft((message, tries, 0.0))
        if not isinstance(error, CannotConnectError):
            said = explained(error.__cause__ or error, self.server)
            error = CannotConnectError(said.why, said.what_to_do, is_passing=True)
        if not error.is_passing or batch.drops > _MOST_DROPS:
            self._stop(error.why, error.what_to_do)
        elif batch.drops > 1:
            self.clock.sleep(_WAITS[batch.drops - 2])
        return None

    def _unclear(self, batch: _Batch, message: Message, words: str) -> Sent:
        self._hang_up()
        batch.unclear += 1
        unnoted = self._note(message, SendState.UNKNOWN, words)
        if batch.unclear >= _MOST_UNCLEAR:
            self._stop(
                "máy chủ nhận thư rồi không nói đã nhận hay chưa, nhiều lần liền",
                "Hỏi người quản trị máy chủ thư, và ghi lại những thư không rõ bằng "
                f"{advised('so xu-ly')}.",
            )
        return Sent(message, MessageFate.UNCLEAR, words, unnoted=unnoted)

    def _stop(self, why: str, what_to_do: str) -> None:
        self.problem = Finding(Code.MAIL_STOPPED, found=why, expected=what_to_do)

    def _wait_until(self, moment: float) -> None:
        if (rest := moment - self.clock.elapsed()) > 0:
            self.clock.sleep(rest)

    # --- one message ---

    def _hand_over(self, message: Message, *, is_last_try: bool) -> Sent:
        if self._connection is None:
            name = self.sender.rpartition("@")[2]
            self._connection = connect(self.server, self.secret, name)
        connection = self._connection
        try:
            refused = self._envelope(connection, message, is_last_try=is_last_try)
        except (smtplib.SMTPException, OSError) as error:
            raise _DroppedError from error
        if not self._intend(message):
            self._reset(connection)
            return self._not_mine(message)
        words = self._content(connection, message)
        unnoted = self._note(message, SendState.SENT, "; ".join((words, *refused)))
        return Sent(message, MessageFate.SENT, words, refused, unnoted)

    def _intend(self, message: Message) -> bool:
        """Note that a message is about to go out, and keep a copy of it; False where it may not."""
        try:
            if not self.register.intend(self._sending(message)):
                return False
            self.copies.begin(message.name, message.message_id, message.content)
        except (OSError, sqlite3.Error, RegisterError) as error:
            self._note(message, SendState.NOT_SENT, "")
            raise _CannotNoteError from error
        return True

    def _not_mine(self, message: Message) -> Sent:
        """Tell why a message may not go out."""
        errand = (message.unit.code, message.kind, message.reminder)
        handed = False
        with suppress(RegisterError):
            handed = any(h.errand == errand for h in self.register.handovers())
        return Sent(message, MessageFate.HANDED_OVER if handed else MessageFate.ELSEWHERE)

    def _envelope(
        self, connection: smtplib.SMTP, message: Message, *, is_last_try: bool
    ) -> tuple[str, ...]:
        """Say from whom to whom; return what the server said of addresses that it does not take.

        Goes on while one of the addressees gets it; those who get a copy hold nothing up.
        """
        options = [f"size={len(message.content)}"] if connection.has_extn("size") else []
        self._ask_to_send(connection, *connection.mail(self.sender, options))
        refused: list[str] = []
        taken = wanted_later = 0
        for address in (*message.to, *message.copy_to):
            code, words = connection.rcpt(address)
            if code == _CLOSING:
                raise self._closing(code, words)
            reply = Reply.of(code)
            if reply is Reply.DONE:
                taken += address in message.to
                continue
            wanted_later += address in message.to and reply is not Reply.NEVER
            refused.append(f"{address}: {server_words(code, words)}")
        if wanted_later and not (is_last_try and taken):
            self._reset(connection)
            raise _TryLaterError("; ".join(refused))
        if not taken:
            self._reset(connection)
            raise _RefusedError("; ".join(refused))
        return tuple(refused)

    def _ask_to_send(self, connection: smtplib.SMTP, code: int, words: bytes) -> None:
        """Raise what follows from the answer to MAIL; nothing where the server agrees."""
        reply = Reply.of(code)
        if reply is Reply.DONE:
            return
        if code == _CLOSING:
            raise self._closing(code, words)
        self._reset(connection)
        text = server_words(code, words)
        if reply is not Reply.NEVER:
            raise _TryLaterError(text)
        if code == _TOO_LARGE:
            raise _RefusedError(text)
        raise CannotConnectError(
            f"máy chủ không nhận thư của {self.sender}: “{text}”",
            f"Xem lại {in_file('', 'nguoi_gui')}, và {in_file('gui', 'nguoi_dung')}.",
        )

    def _content(self, connection: smtplib.SMTP, message: Message) -> str:
        """Hand over the content and return the server's words for having taken it.

        All but the closing line goes first: while that has not left, nothing can have arrived. It
        leaves when the intent is on the disk for good.
        """
        try:
            code, words = connection.docmd("DATA")
            is_asked_for = Reply.of(code) is Reply.GO_ON
            if is_asked_for:
                connection.send(_dotted(message.content))
        except (smtplib.SMTPException, OSError) as error:
            self._note(message, SendState.NOT_SENT, "")
            raise _DroppedError from error
        if is_asked_for:
            # The disk is waited for while the server reads.
            self._make_sure(message)
            try:
                connection.send(b".\r\n")
                code, words = connection.getreply()
            except (smtplib.SMTPException, OSError):
                raise _UnclearError("máy chủ im lặng sau khi nhận thư") from None
        text = server_words(code, words)
        reply = Reply.of(code)
        if is_asked_for and reply is Reply.DONE:
            return text
        if is_asked_for and reply not in (Reply.LATER, Reply.NEVER):
            said = f": “{text}”" if code > 0 else ""
            raise _UnclearError(f"máy chủ trả lời điều không rõ nghĩa sau khi nhận thư{said}")
        if reply is Reply.NEVER:
            self._note(message, SendState.REFUSED, text)
            raise _RefusedError(text)
        self._note(message, SendState.NOT_SENT, text)
        raise self._closing(code, words) if code == _CLOSING else _TryLaterError(text)

    def _make_sure(self, message: Message) -> None:
        try:
            self.register.make_sure()
        except (OSError, sqlite3.Error, RegisterError) as error:
            self._note(message, SendState.NOT_SENT, "")
            raise _CannotNoteError from error

    def _closing(self, code: int, words: bytes) -> CannotConnectError:
        return explained(smtplib.SMTPResponseException(code, words), self.server)

    def _sending(self, message: Message, state: SendState = SendState.INTENDED) -> Sending:
        return Sending(
            message.message_id,
            message.unit.code,
            message.kind,
            message.digest,
            (*message.to, *message.copy_to),
            self.clock.now(),
            state=state,
            reminder=message.reminder,
            again=message.again,
        )

    def _note(self, message: Message, state: SendState, words: str) -> tuple[str, ...]:
        """Note what became of a message; return where that could not be noted."""
        unnoted = []
        try:
            now = self.clock.now()
            if not self.register.settle(message.message_id, state, now, words):
                unnoted.append("nhật ký gửi")
        except (sqlite3.Error, RegisterError, KeyError):
            unnoted.append("sổ theo dõi")
        try:
            if state is SendState.SENT:
                self.copies.taken(message.name, message.message_id)
            elif state is not SendState.UNKNOWN:
                self.copies.drop(message.name, message.message_id)
        except OSError:
            unnoted.append("bản sao các thư đã gửi")
        return tuple(unnoted)

    def _given_up(self, message: Message, state: SendState, words: str) -> Sent:
        """Record that the server did not take a message, unless another run is just sending it."""
        try:
            if not self.register.intend(self._sending(message, state)):
                return self._not_mine(message)
            unnoted = self._note(message, state, words)
        except (OSError, sqlite3.Error, RegisterError):
            unnoted = ("sổ theo dõi",)
        fate = MessageFate.REFUSED if state is SendState.REFUSED else MessageFate.LEFT
        return Sent(message, fate, words, unnoted=unnoted)

    def _reset(self, connection: smtplib.SMTP) -> None:
        """Drop what was begun, and the connection with it where that cannot be done."""
        try:
            connection.rset()
        except (smtplib.SMTPException, OSError):
            self._hang_up()

    def _break_off(self) -> None:
        # In the middle of a message QUIT would be a part of its text.
        if self._connection:
            self._connection.close()

    def _hang_up(self) -> None:
        connection, self._connection = self._connection, None
        if connection is None:
            return
        try:
            connection.quit()
        except (smtplib.SMTPException, OSError):
            connection.close()


_LINE_OF_DOTS = re.compile(rb"(?m)^\.")


def _dotted(content: bytes) -> bytes:
    """Return a message with the dots doubled that begin a line, and a line's end at its end."""
    whole = _LINE_OF_DOTS.sub(b"..", content)
    return whole if whole.endswith(b"\r\n") else whole + b"\r\n"


_PREFIX = "[GỬI THỬ] "


def send_trial(
    message: Message, address: str, sender: str, server: Server, secret: Secret | None
) -> None:
    """Send a unit's message to `address` and to nobody else; raises CannotConnectError.

    It carries neither the mark nor the Message-ID of the real one, so that nothing that comes back
    is taken for an answer to that.
    """
    connection = connect(server, secret, sender.rpartition("@")[2] or "localhost")
    try:
        _hand_over(connection, sender, address, as_trial(message, address))
    except (OSError, smtplib.SMTPException) as error:
        raise explained(error, server) from None
    finally:
        connection.close()


def _hand_over(connection: smtplib.SMTP, sender: str, address: str, content: bytes) -> None:
    """Raise what the server says; smtplib's own `sendmail` takes only some answers for a yes."""
    code, words = connection.mail(sender)
    if Reply.of(code) is not Reply.DONE:
        raise smtplib.SMTPSenderRefused(code, words, sender)
    code, words = connection.rcpt(address)
    if Reply.of(code) is not Reply.DONE:
        raise CannotConnectError(
            f"máy chủ không nhận địa chỉ {address}: “{server_words(code, words)}”",
            "Kiểm tra địa chỉ sau --thu-toi.",
        )
    code, words = connection.data(content)
    if Reply.of(code) is not Reply.DONE:
        raise smtplib.SMTPDataError(code, words)


def as_trial(message: Message, address: str) -> bytes:
    """Return the message with another addressee and a subject that says what it is."""
    whole = email.message_from_bytes(message.content, _class=EmailMessage, policy=WHOLE_WORDS)
    for name in ("To", "Cc", "Message-ID", MARK):
        del whole[name]
    whole["To"] = address
    subject = whole["Subject"]
    del whole["Subject"]
    whole["Subject"] = f"{_PREFIX}{subject}"
    return whole.as_bytes()
