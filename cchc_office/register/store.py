"""Writing into the register and reading from it. Each call is one transaction."""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import replace
from functools import partial, wraps
from pathlib import Path
from types import TracebackType
from typing import Concatenate, ParamSpec, TypeVar

from cchc_office.catalogue.findings import Code, Finding
from cchc_office.errors import reason_of
from cchc_office.model import FormVerdict
from cchc_office.register.database import RegisterError, damaged, explained, text_of
from cchc_office.register.rows import (
    add_handover,
    add_sending,
    add_verdict,
    as_row,
    from_row,
    insert,
    messages_of,
    put_handover,
    put_message,
    put_place,
    put_received,
    put_sending,
    put_verdict,
    replacing,
    sendings_of,
)
from cchc_office.register.trail import Journal, Told
from cchc_office.register.values import (
    Confirmation,
    FetchedMessage,
    HandedIn,
    Handover,
    MadePaper,
    MailboxPlace,
    ReadReturn,
    Sending,
    SendState,
)
from cchc_office.text.vietnamese import local_day

_P = ParamSpec("_P")
_T = TypeVar("_T")


_MADE_AGAIN = """ON CONFLICT (kind, unit, file, digest) DO UPDATE
    SET made = excluded.made, recorded = excluded.recorded
    WHERE excluded.answer_by IS NOT NULL AND paper.id < (
        SELECT max(other.id) FROM paper other
        WHERE (other.kind, other.unit, other.file) = (paper.kind, paper.unit, paper.file)
    )"""


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
    order in which it was recorded; what reads raises RegisterError for a damaged file. What may
    not be forgotten is written into the `journals` first.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        path: Path,
        findings: tuple[Finding, ...] = (),
        journals: tuple[Journal, ...] = (),
    ) -> None:
        """Take an open, checked connection; `open_register` and `read_register` make one."""
        self._connection = connection
        self.path = path
        self.findings = findings
        self.journals = journals

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
        """Do all or nothing; raises RegisterError where the file cannot be written."""
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.OperationalError):  # SQLite may have taken it back itself
                    self._connection.execute("ROLLBACK")
                raise
        except sqlite3.OperationalError as error:
            raise explained(self.path, error) from error

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

    def _all(self, kind: type[_T], table: str) -> tuple[_T, ...]:
        """Return the values in a table, in the order in which they were recorded."""
        rows = self._rows(f"SELECT * FROM {table} ORDER BY id")  # noqa: S608
        return tuple(from_row(kind, row) for row in rows)

    # --- papers ---

    def record_papers(self, papers: Iterable[MadePaper]) -> None:
        """Record papers that were made; what is known already keeps its time.

        One that asks for an answer has it anew where another one took its place meanwhile: the last
        one tells by which day.
        """
        with self._transaction() as connection:
            insert(connection, "paper", map(as_row, papers), _MADE_AGAIN)

    @_reading
    def papers(self) -> tuple[MadePaper, ...]:
        """Return every paper that was made."""
        return self._all(MadePaper, "paper")

    def record_output(self, output: Path) -> None:
        """Record where papers were made: an output folder, as seen from the register's if below."""
        whole, base = (Path(os.path.realpath(each)) for each in (output, self.path.parent))
        place = whole.relative_to(base).as_posix() if whole.is_relative_to(base) else str(whole)
        with self._transaction() as connection:
            insert(connection, "output", [{"place": place}], "ON CONFLICT DO NOTHING")

    @_reading
    def outputs(self) -> tuple[Path, ...]:
        """Return every output folder that papers were made in; some may be gone by now."""
        rows = self._rows("SELECT place FROM output ORDER BY place")
        return tuple(self.path.parent / row["place"] for row in rows)

    # --- sendings ---

    def intend(self, sending: Sending) -> bool:
        """Record that a message is about to go out; False where none of its kind may go out.

        That is where the unit had one already, or may have, or was handed the papers by another
        way, and no person asked for one more. Once this returns True no kill of the process takes
        it back, and once `make_sure` returns no power cut either. One whose fate is known already
        (refused, not sent) is recorded the same way. Raises OSError, RegisterError.
        """
        written: list[Journal] = []
        try:
            with self._without_waiting(), self._transaction() as connection:
                may_go = add_sending(connection, sending)
                for journal in self.journals if may_go else ():
                    journal.add_sending(sending)
                    written.append(journal)
        except BaseException:
            after = replace(sending, state=SendState.NOT_SENT, settled=sending.intended)
            for journal in written:
                with suppress(OSError):
                    journal.add_sending(after)
            raise
        return may_go

    def make_sure(self) -> None:
        """Wait until everything recorded so far is on the disk; raises OSError, RegisterError."""
        for journal in self.journals:
            journal.make_sure()
        with self._transaction() as connection:
            connection.execute("UPDATE campaign SET id = id")

    def check(self) -> None:
        """Raise OSError or RegisterError where what will have to be written cannot be."""
        for journal in self.journals:
            journal.check()
        self.make_sure()

    def settle(
        self,
        message_id: str,
        state: SendState,
        when: dt.datetime,
        words: str = "",
        *,
        by_person: bool = False,
    ) -> bool:
        """Record what became of a message. Raises KeyError for a Message-ID not in the register.

        What a power cut takes of this leaves the message unclear, as it was intended; only a
        person's word is on the disk once this returns. Returns False, and keeps a finding, where
        a journal could not be written; raises RegisterError where the register could not be.
        """
        found = sendings_of(self._rows, message_id)
        if not found:
            raise KeyError(message_id)
        after = replace(found[0], state=state, settled=when, words=words, by_person=by_person)
        told: list[bool] = []
        waiting = nullcontext() if by_person else self._without_waiting()
        try:
            with waiting, self._transaction() as connection:
                told.append(self._tell(lambda j: j.add_sending(after), at_once=by_person))
                connection.execute(
                    "UPDATE sending SET state = ?, settled = ?, words = ?, by_person = ? "
                    "WHERE message_id = ?",
                    (state.name, text_of(when), words, int(by_person), message_id),
                )
        except (sqlite3.Error, RegisterError):
            if not told:
                self._tell(lambda j: j.add_sending(after), at_once=by_person)
            raise
        return all(told)

    def _tell(self, add: Callable[[Journal], None], *, at_once: bool = True) -> bool:
        """Add something to each journal, on the disk `at_once`; False where one takes nothing.

        That is kept as a finding: the next command that opens the register adds what is missing.
        """
        is_told = True
        for journal in self.journals:
            try:
                add(journal)
                if at_once:
                    journal.make_sure()
            except OSError as error:
                is_told = False
                finding = Finding(
                    Code.JOURNAL_NOT_WRITTEN, journal.path.name, found=reason_of(error)
                )
                self.findings = tuple(dict.fromkeys((*self.findings, finding)))
        return is_told

    @_reading
    def sendings(self) -> tuple[Sending, ...]:
        """Return every attempt to send."""
        return sendings_of(self._rows)

    def lacks(self, told: Told) -> Told:
        """Return what of the journals' words the register does not know, or knows worse."""
        known = {s.message_id: s for s in self.sendings()}
        sendings = []
        for sending in told.sendings:
            mine = known.get(sending.message_id)
            after = told.later_of(mine, sending) if mine else sending
            if mine is None or (after.state, after.by_person) != (mine.state, mine.by_person):
                sendings.append(after)
        return Told(
            tuple(sendings),
            tuple(_unknown(told.handovers, self.handovers(struck=True))),
            verdicts=tuple(_unknown(told.verdicts, self.verdicts(struck=True))),
            received=tuple(_later(told.received, self.received())),
        )

    def take_in(self, told: Callable[[], Told]) -> Told:
        """Record what the register does not know of what is told; return what that was.

        It is told while nobody else can write: what a batch that is running notes is no news.
        """
        with self._transaction() as connection:
            lacking = self.lacks(told())
            for sending in lacking.sendings:
                put_sending(connection, sending)
            for handover in lacking.handovers:
                put_handover(connection, handover)
            for verdict in lacking.verdicts:
                put_verdict(connection, verdict)
            put_received(connection, lacking.received)
        return lacking

    def complete_journals(self) -> None:
        """Add to each journal what it does not tell, as where one was lost; raises OSError."""
        for journal in self.journals:
            with self._transaction():
                self._complete(journal)

    def _complete(self, journal: Journal) -> None:
        told = journal.read()
        lines = {s.message_id: s for s in told.sendings}
        for sending in self.sendings():
            line = lines.get(sending.message_id)
            is_new = line is None or line.state is not sending.state
            if is_new and sending.stage not in told.passed:
                journal.add_sending(sending)
        for handover in _untold(self.handovers(struck=True), told.handovers):
            journal.add_handover(handover)
        for verdict in _untold(self.verdicts(struck=True), told.verdicts):
            journal.add_verdict(verdict)
        journal.add_received(_later(self.received(), told.received))

    # --- other ways ---

    def record_handover(self, handover: Handover) -> None:
        """Record that papers were handed over by another way; raises RegisterError.

        A journal that cannot be written is kept as a finding.
        """
        self._tell(lambda journal: journal.add_handover(handover))
        with self._transaction() as connection:
            add_handover(connection, handover)

    @_reading
    def handovers(self, *, struck: bool = False) -> tuple[Handover, ...]:
        """Return what was handed over by other ways; with `struck` also what was no such thing."""
        known = self._all(Handover, "handover")
        return tuple(each for each in known if struck or each.struck is None)

    def strike(self, entry: Handover | Confirmation | FormVerdict, when: dt.datetime) -> None:
        """Strike out what a person recorded by mistake; it stays, and counts no more.

        Raises KeyError for what is not there or struck out already.
        """
        table, after = "confirmation", replace(entry, struck=when)
        if isinstance(after, Handover):
            table, handover = "handover", after
            if entry.id in {h.id for h in self.handovers()}:
                self._tell(lambda journal: journal.add_handover(handover))
        elif isinstance(after, FormVerdict):
            table, verdict = "verdict", after
            if entry.id in {v.id for v in self.verdicts()}:
                self._tell(lambda journal: journal.add_verdict(verdict))
        statement = f"UPDATE {table} SET struck = ? WHERE id = ? AND struck IS NULL"  # noqa: S608
        with self._transaction() as connection:
            if connection.execute(statement, (text_of(when), entry.id)).rowcount != 1:
                raise KeyError(entry.id)

    # --- forms that came back ---

    def record_verdicts(self, verdicts: Sequence[FormVerdict]) -> None:
        """Record what a person says of forms, all or nothing; raises RegisterError.

        A journal that cannot be written is kept as a finding.
        """
        for verdict in verdicts:
            self._tell(partial(Journal.add_verdict, verdict=verdict))
        with self._transaction() as connection:
            for verdict in verdicts:
                add_verdict(connection, verdict)

    @_reading
    def verdicts(self, *, struck: bool = False) -> tuple[FormVerdict, ...]:
        """Return what persons said of forms; with `struck` also what they took back."""
        known = self._all(FormVerdict, "verdict")
        return tuple(each for each in known if struck or each.struck is None)

    # --- senders ---

    def record_confirmation(self, confirmed: Confirmation) -> None:
        """Record a person's word on who sent a file; it is on the disk when this returns."""
        with self._transaction() as connection:
            insert(connection, "confirmation", [as_row(confirmed, "id")])

    @_reading
    def confirmations(self, *, struck: bool = False) -> tuple[Confirmation, ...]:
        """Return what persons said of senders; with `struck` also what they took back."""
        known = self._all(Confirmation, "confirmation")
        return tuple(each for each in known if struck or each.struck is None)

    # --- what was fetched ---

    def record_message(self, message: FetchedMessage, place: MailboxPlace | None = None) -> None:
        """Record a message with its files, and where it lies, all or nothing.

        One known already is replaced; its other places stay.
        """
        waiting = nullcontext() if message.files or message.notices else self._without_waiting()
        with waiting, self._transaction() as connection:
            put_message(connection, message)
            if place:
                put_place(connection, place, message.key)

    def record_place(self, place: MailboxPlace, key: str) -> None:
        """Record where a message that is known already lies, too."""
        with self._without_waiting(), self._transaction() as connection:
            put_place(connection, place, key)

    def places(self, mailbox: str) -> dict[int, str]:
        """Return the messages that are known to lie in a mailbox: their keys by their numbers."""
        rows = self._rows("SELECT number, message FROM message_place WHERE mailbox = ?", (mailbox,))
        return {row["number"]: row["message"] for row in rows}

    @_reading
    def messages(self) -> tuple[FetchedMessage, ...]:
        """Return every message that was fetched, in the order of fetching."""
        return messages_of(self._rows)

    # --- what was handed to the program ---

    def record_received(self, handed: Iterable[HandedIn], *, is_named: bool = False) -> None:
        """Record when files were handed to the program; raises RegisterError.

        The first time counts, unless a person named the day (`is_named`). A journal that cannot be
        written is kept as a finding.
        """
        with self._transaction() as connection:
            known = {one.digest: local_day(one.received) for one in self.received()}

            def is_new(one: HandedIn) -> bool:
                day, before = local_day(one.received), known.get(one.digest)
                return before is None or day < before or (is_named and day != before)

            new = [one for one in handed if is_new(one)]
            if new:
                self._tell(lambda journal: journal.add_received(new))
            put_received(connection, new)

    @_reading
    def received(self) -> tuple[HandedIn, ...]:
        """Return when files were handed to the program."""
        rows = self._rows("SELECT * FROM received_file ORDER BY recorded, digest")
        return tuple(from_row(HandedIn, row) for row in rows)

    # --- what was read ---

    def record_returns(self, returns: Iterable[ReadReturn]) -> None:
        """Record all returns that are there now; what was read before keeps its first time.

        Of those not among them none counts any more.
        """
        with self._transaction() as connection:
            connection.execute("UPDATE return SET counted = 0")
            for row in map(as_row, returns):
                known = replacing(row, "unit", "file", "digest", keeping=("read", "recorded"))
                insert(connection, "return", [row], known)

    @_reading
    def returns(self) -> tuple[ReadReturn, ...]:
        """Return every return that was ever read."""
        return self._all(ReadReturn, "return")


_Entry = TypeVar("_Entry", Handover, FormVerdict)


def _unknown(told: Iterable[_Entry], known: Iterable[_Entry]) -> Iterator[_Entry]:
    """Yield what is told of and not known, or was struck out or recorded anew since."""
    mine = {entry.identity: entry for entry in known}
    for entry in told:
        old = mine.get(entry.identity)
        if old is None or (
            (old.struck is None) != (entry.struck is None) and old.when < entry.when
        ):
            yield entry


def _untold(known: Iterable[_Entry], told: Iterable[_Entry]) -> Iterator[_Entry]:
    """Yield what is known last of each entry, where that is not told."""
    lines = {(entry.identity, entry.struck is None) for entry in told}
    last = {entry.identity: entry for entry in known}
    yield from (e for e in last.values() if (e.identity, e.struck is None) not in lines)


def _later(told: Iterable[HandedIn], known: Iterable[HandedIn]) -> Iterator[HandedIn]:
    """Yield what is told of and not known, or was said anew since."""
    mine = {one.digest: one.recorded for one in known}
    yield from (t for t in told if t.digest not in mine or mine[t.digest] < t.recorded)
