"""Values as rows of the register, and back: columns are named as the fields are."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, replace
from enum import Enum
from typing import Any

from cchc_office.model import Decision, DeliveryAction, DeliveryNotice, FormVerdict
from cchc_office.papers.kinds import PaperKind, kind_of
from cchc_office.register.database import text_of, text_or_none, time_of, time_or_none
from cchc_office.register.values import (
    FetchedFile,
    FetchedMessage,
    FileFate,
    HandedIn,
    Handover,
    MailboxPlace,
    Sending,
    SendState,
    ToldMaximum,
)

Rows = Callable[..., list[sqlite3.Row]]
"""Returns the rows of a query."""

_OUR_TIMES = ("made", "recorded", "intended", "fetched", "read", "received")
"""Times of this program, which have their zone; documents may tell theirs without one."""

_READERS: Mapping[str, Callable[[Any], Any]] = {
    **dict.fromkeys(_OUR_TIMES, time_of),
    **dict.fromkeys(("recorded", "struck", "settled", "sent", "saved"), time_or_none),
    **dict.fromkeys(("by_person", "counted"), bool),
    "kind": kind_of,
    "day": dt.date.fromisoformat,
    "answer_by": lambda kept: dt.date.fromisoformat(kept) if kept else None,
    "maxima": lambda kept: tuple(ToldMaximum(*one) for one in json.loads(kept)),
    "state": SendState.__getitem__,
    "fate": FileFate.__getitem__,
    "action": DeliveryAction.__getitem__,
    "decision": Decision.__getitem__,
}
"""How a column becomes what its field holds, where it is not that already."""


def as_row(value: object, *left_out: str) -> dict[str, object]:
    """Return the columns of a value, without those of the fields that are left out.

    Raises ValueError for a time of ours without its zone.
    """
    names = (field.name for field in fields(value))  # type: ignore[arg-type]
    return {name: _kept(name, getattr(value, name)) for name in names if name not in left_out}


def _kept(name: str, value: object) -> object:
    if isinstance(value, PaperKind):
        return value.key
    if isinstance(value, Enum):
        return value.name
    if isinstance(value, dt.datetime):
        return text_of(value) if name in _OUR_TIMES else text_or_none(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, tuple):
        return json.dumps(value)
    return int(value) if isinstance(value, bool) else value


def from_row(kind: type[Any], row: sqlite3.Row, **others: object) -> Any:
    """Return the value that a row holds; `others` are its fields that are not in it."""
    known = {field.name for field in fields(kind)}
    held = {name: row[name] for name in row.keys() if name in known}  # noqa: SIM118
    own = {name: _READERS[name](v) if name in _READERS else v for name, v in held.items()}
    return kind(**own, **others)


def insert(
    connection: sqlite3.Connection,
    table: str,
    rows: Iterable[Mapping[str, object]],
    conflict: str = "",
) -> None:
    """Write rows into a table; `conflict` says what is done where one is there."""
    for row in rows:
        places = ", ".join("?" * len(row))
        statement = f"INSERT INTO {table} ({', '.join(row)}) VALUES ({places}) {conflict}"  # noqa: S608
        connection.execute(statement, tuple(row.values()))


def replacing(columns: Iterable[str], *key: str, keeping: Sequence[str] = ()) -> str:
    """Return what replaces the columns of a row that has the same key, but for those it keeps."""
    others = (name for name in columns if name not in (*key, *keeping))
    changed = ", ".join(f"{name} = excluded.{name}" for name in others)
    return f"ON CONFLICT ({', '.join(key)}) DO UPDATE SET {changed}"


# --- what went out ---


def add_handover(connection: sqlite3.Connection, handover: Handover) -> None:
    """Record a handover."""
    insert(connection, "handover", [as_row(handover, "id")])


def put_handover(connection: sqlite3.Connection, handover: Handover) -> None:
    """Record a handover, or that the one which is there was struck out."""
    row = as_row(handover)
    if handover.struck:
        done = connection.execute(
            "UPDATE handover SET struck = :struck WHERE (unit, kind, reminder, day, way) = "
            "(:unit, :kind, :reminder, :day, :way) AND struck IS NULL",
            row,
        )
        if done.rowcount:
            return
    add_handover(connection, handover)


def add_verdict(connection: sqlite3.Connection, verdict: FormVerdict) -> None:
    """Record a person's word on a form."""
    insert(connection, "verdict", [as_row(verdict, "id")])


def put_verdict(connection: sqlite3.Connection, verdict: FormVerdict) -> None:
    """Record a word, or that the one which is there was struck out."""
    cursor = connection.execute(
        "SELECT * FROM verdict WHERE digest = ? AND struck IS NULL", (verdict.digest,)
    )
    cursor.row_factory = sqlite3.Row
    there = (from_row(FormVerdict, row) for row in cursor.fetchall())
    same = [known.id for known in there if known.identity == verdict.identity]
    if not (verdict.struck and same):
        add_verdict(connection, verdict)
        return
    struck = as_row(verdict)["struck"]
    connection.execute("UPDATE verdict SET struck = ? WHERE id = ?", (struck, same[-1]))


def add_sending(connection: sqlite3.Connection, sending: Sending) -> bool:
    """Record a message that may go out; False where it may not, or where it went out already."""
    live = _live(connection, sending)
    if sending.again in live.values() or sending.message_id in live:
        return False
    if not sending.again and (live or _was_handed_over(connection, sending)):
        return False
    # One that did not go out is tried again under its own Message-ID.
    _write_sending(connection, sending)
    return True


def put_sending(connection: sqlite3.Connection, sending: Sending) -> None:
    """Record a message as it is told of; nothing that may have gone out makes way for another."""
    live = _live(connection, sending)
    live.pop(sending.message_id, None)
    if sending.state.is_live and sending.again in live.values():
        sending = replace(sending, again=max(live.values()) + 1)
    _write_sending(connection, sending)


def sendings_of(rows: Rows, only: str = "") -> tuple[Sending, ...]:
    """Return every attempt to send, or only that with a Message-ID."""
    addresses: dict[int, list[str]] = {}
    for row in rows(
        "SELECT a.* FROM sending_address a JOIN sending s ON s.id = a.sending "
        "WHERE ? IN ('', s.message_id) ORDER BY a.sending, a.place",
        (only,),
    ):
        addresses.setdefault(row["sending"], []).append(row["address"])
    found = rows("SELECT * FROM sending WHERE ? IN ('', message_id) ORDER BY id", (only,))
    return tuple(
        from_row(Sending, row, addresses=tuple(addresses.get(row["id"], ()))) for row in found
    )


def _live(connection: sqlite3.Connection, sending: Sending) -> dict[str, int]:
    """Return the unit's messages of that kind that went out, or may have."""
    found = connection.execute(
        "SELECT message_id, again, state FROM sending WHERE unit = ? AND kind = ? AND reminder = ?",
        (sending.unit, sending.kind.key, sending.reminder),
    )
    return {key: again for key, again, state in found if SendState[state].is_live}


def _was_handed_over(connection: sqlite3.Connection, sending: Sending) -> bool:
    found = connection.execute(
        "SELECT 1 FROM handover WHERE unit = ? AND kind = ? AND reminder = ? AND struck IS NULL",
        (sending.unit, sending.kind.key, sending.reminder),
    )
    return found.fetchone() is not None


def _write_sending(connection: sqlite3.Connection, sending: Sending) -> None:
    row = as_row(sending, "addresses")
    insert(connection, "sending", [row], replacing(row, "message_id"))
    (number,) = connection.execute(
        "SELECT id FROM sending WHERE message_id = ?", (sending.message_id,)
    ).fetchone()
    _replace(
        connection,
        "sending_address",
        "sending",
        number,
        ({"address": address} for address in sending.addresses),
    )


def _replace(
    connection: sqlite3.Connection,
    table: str,
    owner: str,
    key: object,
    rows: Iterable[Mapping[str, object]],
) -> None:
    """Let the rows, in their order, be all that a table has of its owner."""
    connection.execute(f"DELETE FROM {table} WHERE {owner} = ?", (key,))  # noqa: S608
    insert(connection, table, ({owner: key, "place": n, **row} for n, row in enumerate(rows)))


# --- what came in ---


def put_message(connection: sqlite3.Connection, message: FetchedMessage) -> None:
    """Record a message; one known already is replaced."""
    row = as_row(message, "files", "notices")
    insert(connection, "message", [row], replacing(row, "key"))
    for table, parts in (("message_file", message.files), ("delivery_notice", message.notices)):
        _replace(connection, table, "message", message.key, map(as_row, parts))


def put_place(connection: sqlite3.Connection, place: MailboxPlace, key: str) -> None:
    """Record where a message lies on a server."""
    connection.execute(
        "INSERT OR REPLACE INTO message_place (mailbox, number, message) VALUES (?, ?, ?)",
        (place.mailbox, place.number, key),
    )


def put_received(connection: sqlite3.Connection, handed: Iterable[HandedIn]) -> None:
    """Record when files were handed to the program; what is said last counts."""
    columns = ("digest", "file", "received", "recorded")
    insert(connection, "received_file", map(as_row, handed), replacing(columns, "digest"))


def messages_of(rows: Rows) -> tuple[FetchedMessage, ...]:
    """Return every message that was fetched, in the order of fetching."""
    files = _by_message(FetchedFile, rows("SELECT * FROM message_file ORDER BY message, place"))
    notices = _by_message(
        DeliveryNotice, rows("SELECT * FROM delivery_notice ORDER BY message, place")
    )
    return tuple(
        from_row(
            FetchedMessage,
            row,
            files=tuple(files.get(row["key"], ())),
            notices=tuple(notices.get(row["key"], ())),
        )
        for row in rows("SELECT * FROM message ORDER BY fetched, key")
    )


def _by_message(kind: type[Any], rows: Sequence[sqlite3.Row]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for row in rows:
        found.setdefault(row["message"], []).append(from_row(kind, row))
    return found
