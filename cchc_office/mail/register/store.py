"""Writing into the register and reading from it. Each call is one transaction."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from functools import wraps
from pathlib import Path
from types import TracebackType
from typing import Concatenate, ParamSpec, TypeVar

from cchc_office.findings import Finding
from cchc_office.mail.register.errors import damaged, explained
from cchc_office.mail.register.values import (
    LIVE_STATES,
    Confirmation,
    FetchedFile,
    FetchedMessage,
    FileFate,
    Handover,
    MadePaper,
    MailboxPlace,
    PaperKind,
    ReadReturn,
    Sending,
    SendState,
)
from cchc_office.model import DeliveryAction, DeliveryNotice, MailKind
from cchc_office.vietnamese import VIETNAM

_P = ParamSpec("_P")
_T = TypeVar("_T")


def _reading(
    method: Callable[Concatenate[Register, _P], _T],
) -> Callable[Concatenate[Register, _P], _T]:
    """Let a method that reads tell what is wrong with the file in words: RegisterError."""

    @wraps(method)
    def read(register: Register, /, *args: _P.args, **kwargs: _P.kwargs) -> _T:
        try:
            return method(register, *args, **kwargs)
        except sqlite3.Error as error:
            raise explained(register.path, error) from error
        except (KeyError, ValueError, TypeError) as error:
            raise damaged(register.path) from error

    return read


class Register:
    """The register, open; use it in a `with` statement or close it.

    `path` is its file, `findings` is what opening it brought up. Everything is returned in the
    order in which it was recorded; what reads raises RegisterError for a damaged file.
    """

    def __init__(
        self, connection: sqlite3.Connection, path: Path, findings: tuple[Finding, ...] = ()
    ) -> None:
        """Take an open, checked connection; `open_register` and `read_register` make one."""
        self._connection = connection
        self.path = path
        self.findings = findings

    def __enter__(self) -> Register:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; what was recorded is safe before that already."""
        self._connection.close()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield self._connection
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    @contextmanager
    def _without_waiting(self) -> Iterator[None]:
        """Do not wait for the disk: a kill takes nothing, a power cut may take what was last."""
        self._connection.execute("PRAGMA synchronous = NORMAL")
        try:
            yield
        finally:
            self._connection.execute("PRAGMA synchronous = FULL")

    def _rows(self, query: str, values: Sequence[object] = ()) -> list[sqlite3.Row]:
        cursor = self._connection.execute(query, values)
        cursor.row_factory = sqlite3.Row
        return cursor.fetchall()

    # --- papers ---

    def record_papers(self, papers: Iterable[MadePaper]) -> None:
        """Record papers that were made; what is known already keeps its time."""
        with self._transaction() as connection:
            connection.executemany(
                "INSERT INTO paper (kind, unit, file, digest, reminder, made) "
                "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                [
                    (p.kind.name, p.unit, p.file, p.digest, p.reminder, _text(p.made))
                    for p in papers
                ],
            )

    @_reading
    def papers(self) -> tuple[MadePaper, ...]:
        """Return every paper that was made."""
        return tuple(
            MadePaper(
                PaperKind[row["kind"]],
                row["unit"],
                row["file"],
                row["digest"],
                _time(row["made"]),
                row["reminder"],
            )
            for row in self._rows("SELECT * FROM paper ORDER BY id")
        )

    def papers_with(self, digest: str) -> tuple[MadePaper, ...]:
        """Return the papers of this content: for whom it was made."""
        return tuple(p for p in self.papers() if p.digest == digest)

    # --- sendings ---

    def intend(self, sending: Sending) -> bool:
        """Record that a message is about to go out; False where it went out already, or may have.

        Once this returns True no kill of the process takes it back, and once `make_sure` returns
        no power cut either. One whose fate is known already (refused, not sent) is recorded the
        same way.
        """
        with self._without_waiting(), self._transaction() as connection:
            return _add_sending(connection, sending)

    def make_sure(self) -> None:
        """Wait until everything recorded so far is on the disk."""
        with self._transaction() as connection:
            connection.execute("UPDATE campaign SET id = id")

    def settle(
        self,
        message_id: str,
        state: SendState,
        when: dt.datetime,
        words: str = "",
        *,
        by_person: bool = False,
    ) -> None:
        """Record what became of a message. Raises KeyError for a Message-ID not in the register.

        What a power cut takes of this leaves the message unclear, as it was intended; only a
        person's word is on the disk once this returns.
        """
        waiting = nullcontext() if by_person else self._without_waiting()
        with waiting, self._transaction() as connection:
            done = connection.execute(
                "UPDATE sending SET state = ?, settled = ?, words = ?, by_person = ? "
                "WHERE message_id = ?",
                (state.name, _text(when), words, int(by_person), message_id),
            )
            if done.rowcount != 1:
                raise KeyError(message_id)

    @_reading
    def sendings(self) -> tuple[Sending, ...]:
        """Return every attempt to send."""
        addresses: dict[int, list[str]] = {}
        for row in self._rows("SELECT * FROM sending_address ORDER BY sending, place"):
            addresses.setdefault(row["sending"], []).append(row["address"])
        return tuple(
            Sending(
                message_id=row["message_id"],
                unit=row["unit"],
                kind=MailKind[row["kind"]],
                digest=row["digest"],
                addresses=tuple(addresses.get(row["id"], ())),
                intended=_time(row["intended"]),
                state=SendState[row["state"]],
                reminder=row["reminder"],
                settled=_time_or_none(row["settled"]),
                words=row["words"],
                by_person=bool(row["by_person"]),
            )
            for row in self._rows("SELECT * FROM sending ORDER BY id")
        )

    # --- other ways ---

    def record_handover(self, handover: Handover) -> None:
        """Record that papers were handed over by another way."""
        with self._transaction() as connection:
            connection.execute(
                "INSERT INTO handover (unit, kind, reminder, way, day, recorded) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                (
                    handover.unit,
                    handover.kind.name,
                    handover.reminder,
                    handover.way,
                    handover.day.isoformat(),
                    _text(handover.recorded),
                ),
            )

    @_reading
    def handovers(self, *, struck: bool = False) -> tuple[Handover, ...]:
        """Return what was handed over by other ways; with `struck` also what was no such thing."""
        return tuple(
            Handover(
                row["unit"],
                MailKind[row["kind"]],
                row["way"],
                dt.date.fromisoformat(row["day"]),
                _time(row["recorded"]),
                row["reminder"],
                _time_or_none(row["struck"]),
                row["id"],
            )
            for row in self._rows("SELECT * FROM handover ORDER BY id")
            if struck or row["struck"] is None
        )

    def strike_handover(self, number: int, when: dt.datetime) -> None:
        """Strike out what was recorded by mistake; it stays, and counts no more.

        Raises KeyError for one that is not there or struck out already.
        """
        self._strike("UPDATE handover SET struck = ? WHERE id = ? AND struck IS NULL", number, when)

    def _strike(self, statement: str, number: int, when: dt.datetime) -> None:
        with self._transaction() as connection:
            if connection.execute(statement, (_text(when), number)).rowcount != 1:
                raise KeyError(number)

    # --- senders ---

    def record_confirmation(self, confirmed: Confirmation) -> None:
        """Record a person's word on who sent a file; it is on the disk when this returns."""
        with self._transaction() as connection:
            connection.execute(
                "INSERT INTO confirmation (digest, file, unit, sender, recorded) "
                "VALUES (?, ?, ?, ?, ?)",
                (
                    confirmed.digest,
                    confirmed.file,
                    confirmed.unit,
                    confirmed.sender,
                    _text(confirmed.recorded),
                ),
            )

    @_reading
    def confirmations(self, *, struck: bool = False) -> tuple[Confirmation, ...]:
        """Return what persons said of senders; with `struck` also what they took back."""
        return tuple(
            Confirmation(
                row["digest"],
                row["file"],
                row["unit"],
                row["sender"],
                _time(row["recorded"]),
                _time_or_none(row["struck"]),
                row["id"],
            )
            for row in self._rows("SELECT * FROM confirmation ORDER BY id")
            if struck or row["struck"] is None
        )

    def strike_confirmation(self, number: int, when: dt.datetime) -> None:
        """Take back a word on a sender, as `strike_handover` does."""
        self._strike(
            "UPDATE confirmation SET struck = ? WHERE id = ? AND struck IS NULL", number, when
        )

    # --- what was fetched ---

    def record_message(self, message: FetchedMessage, place: MailboxPlace | None = None) -> None:
        """Record a message with its files, and where it lies, all or nothing.

        One known already is replaced; its other places stay.
        """
        waiting = nullcontext() if message.files or message.notices else self._without_waiting()
        with waiting, self._transaction() as connection:
            connection.execute(
                "INSERT INTO message (key, sender, subject, source, sent, fetched, size) "
                "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET "
                "sender = excluded.sender, subject = excluded.subject, source = excluded.source, "
                "sent = excluded.sent, fetched = excluded.fetched, size = excluded.size",
                (
                    message.key,
                    message.sender,
                    message.subject,
                    message.source,
                    _text_or_none(message.sent),
                    _text(message.fetched),
                    message.size,
                ),
            )
            connection.execute("DELETE FROM message_file WHERE message = ?", (message.key,))
            connection.executemany(
                "INSERT INTO message_file "
                "(message, place, name, fate, digest, unit, saved_as, finding) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    (message.key, n, f.name, f.fate.name, f.digest, f.unit, f.saved_as, f.finding)
                    for n, f in enumerate(message.files)
                ],
            )
            connection.execute("DELETE FROM delivery_notice WHERE message = ?", (message.key,))
            connection.executemany(
                "INSERT INTO delivery_notice VALUES (?, ?, ?, ?, ?, ?, ?)",
                [
                    (message.key, n, d.message_id, d.address, d.action.name, d.status, d.words)
                    for n, d in enumerate(message.notices)
                ],
            )
            if place:
                _add_place(connection, place, message.key)

    def record_place(self, place: MailboxPlace, key: str) -> None:
        """Record where a message that is known already lies, too."""
        with self._without_waiting(), self._transaction() as connection:
            _add_place(connection, place, key)

    def places(self, mailbox: str) -> dict[int, str]:
        """Return the messages that are known to lie in a mailbox: their keys by their numbers."""
        rows = self._rows("SELECT number, message FROM message_place WHERE mailbox = ?", (mailbox,))
        return {row["number"]: row["message"] for row in rows}

    @_reading
    def messages(self) -> tuple[FetchedMessage, ...]:
        """Return every message that was fetched, in the order of fetching."""
        files: dict[str, list[FetchedFile]] = {}
        for row in self._rows("SELECT * FROM message_file ORDER BY message, place"):
            found = FetchedFile(
                row["name"],
                FileFate[row["fate"]],
                row["digest"],
                row["unit"],
                row["saved_as"],
                row["finding"],
            )
            files.setdefault(row["message"], []).append(found)
        notices: dict[str, list[DeliveryNotice]] = {}
        for row in self._rows("SELECT * FROM delivery_notice ORDER BY message, place"):
            notice = DeliveryNotice(
                row["message_id"],
                row["address"],
                DeliveryAction[row["action"]],
                row["status"],
                row["words"],
            )
            notices.setdefault(row["message"], []).append(notice)
        return tuple(
            FetchedMessage(
                row["key"],
                row["sender"],
                _time(row["fetched"]),
                _time_or_none(row["sent"]),
                row["subject"],
                row["source"],
                tuple(files.get(row["key"], ())),
                row["size"],
                tuple(notices.get(row["key"], ())),
            )
            for row in self._rows("SELECT * FROM message ORDER BY fetched, key")
        )

    # --- what was read ---

    def record_returns(self, returns: Iterable[ReadReturn]) -> None:
        """Record all returns that are there now; what was read before keeps its first time.

        Of those not among them none counts any more.
        """
        with self._transaction() as connection:
            connection.execute("UPDATE return SET counted = 0")
            connection.executemany(
                "INSERT INTO return "
                "(unit, file, digest, saved, read, scored, expected, counted) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (unit, file, digest) DO UPDATE SET "
                "saved = excluded.saved, scored = excluded.scored, expected = excluded.expected, "
                "counted = excluded.counted",
                [
                    (
                        r.unit,
                        r.file,
                        r.digest,
                        _text_or_none(r.saved),
                        _text(r.read),
                        r.scored,
                        r.expected,
                        int(r.counted),
                    )
                    for r in returns
                ],
            )

    @_reading
    def returns(self) -> tuple[ReadReturn, ...]:
        """Return every return that was ever read."""
        return tuple(
            ReadReturn(
                row["unit"],
                row["file"],
                row["digest"],
                _time(row["read"]),
                _time_or_none(row["saved"]),
                row["scored"],
                row["expected"],
                bool(row["counted"]),
            )
            for row in self._rows("SELECT * FROM return ORDER BY id")
        )


def _add_place(connection: sqlite3.Connection, place: MailboxPlace, key: str) -> None:
    connection.execute(
        "INSERT OR REPLACE INTO message_place (mailbox, number, message) VALUES (?, ?, ?)",
        (place.mailbox, place.number, key),
    )


def _add_sending(connection: sqlite3.Connection, sending: Sending) -> bool:
    key = (sending.unit, sending.kind.name, sending.reminder, sending.digest)
    live = connection.execute(
        "SELECT 1 FROM sending WHERE unit = ? AND kind = ? AND reminder = ? AND digest = ? "
        "AND state IN (?, ?, ?)",
        (*key, *(state.name for state in LIVE_STATES)),
    )
    if live.fetchone():
        return False
    row = connection.execute(
        "INSERT INTO sending (unit, kind, reminder, digest, message_id, state, intended, settled, "
        "words, by_person) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
        # One that did not go out is tried again under its own Message-ID.
        "ON CONFLICT (message_id) DO UPDATE SET state = excluded.state, "
        "intended = excluded.intended, settled = excluded.settled, words = excluded.words, "
        "by_person = excluded.by_person WHERE state IN ('REFUSED', 'NOT_SENT', 'BOUNCED') "
        "RETURNING id",
        (
            *key,
            sending.message_id,
            sending.state.name,
            _text(sending.intended),
            _text_or_none(sending.settled),
            sending.words,
            int(sending.by_person),
        ),
    ).fetchone()
    if row is None:
        return False
    connection.execute("DELETE FROM sending_address WHERE sending = ?", row)
    connection.executemany(
        "INSERT INTO sending_address VALUES (?, ?, ?)",
        [(row[0], n, address) for n, address in enumerate(sending.addresses)],
    )
    return True


def _text(time: dt.datetime) -> str:
    """Return a time as it is kept: UTC, to the second. Raises ValueError for a naive time."""
    if time.tzinfo is None:
        raise ValueError("a time without its zone cannot be recorded")
    return time.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _text_or_none(time: dt.datetime | None) -> str | None:
    """Return a time as it is kept; the naive time of a document is that of the office."""
    if time is None:
        return None
    return _text(time if time.tzinfo else time.replace(tzinfo=VIETNAM))


def _time(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


def _time_or_none(text: str | None) -> dt.datetime | None:
    return _time(text) if text else None
