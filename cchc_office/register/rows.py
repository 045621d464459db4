"""Messages and handovers as rows of the register: when they may be written, and how."""

from __future__ import annotations

import datetime as dt
import sqlite3
from dataclasses import replace

from cchc_office.register.times import text_of, text_or_none
from cchc_office.register.values import LIVE_STATES, Handover, Sending, SendState


def add_handover(connection: sqlite3.Connection, handover: Handover) -> None:
    """Record a handover."""
    connection.execute(
        "INSERT INTO handover (unit, kind, reminder, way, day, recorded, struck) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            handover.unit,
            handover.kind.key,
            handover.reminder,
            handover.way,
            handover.day.isoformat(),
            text_of(handover.recorded),
            text_or_none(handover.struck),
        ),
    )


def put_handover(connection: sqlite3.Connection, handover: Handover) -> None:
    """Record a handover, or that the one which is there was struck out."""
    if handover.struck:
        done = connection.execute(
            "UPDATE handover SET struck = ? WHERE (unit, kind, reminder, day, way) = "
            "(?, ?, ?, ?, ?) AND struck IS NULL",
            (
                text_of(handover.struck),
                handover.unit,
                handover.kind.key,
                handover.reminder,
                handover.day.isoformat(),
                handover.way,
            ),
        )
        if done.rowcount:
            return
    add_handover(connection, handover)


def since(handover: Handover) -> dt.datetime:
    """Return when a handover became what it is."""
    return handover.struck or handover.recorded


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
    if sending.state in LIVE_STATES and sending.again in live.values():
        sending = replace(sending, again=max(live.values()) + 1)
    _write_sending(connection, sending)


def _live(connection: sqlite3.Connection, sending: Sending) -> dict[str, int]:
    """Return the unit's messages of that kind that went out, or may have."""
    found = connection.execute(
        "SELECT message_id, again, state FROM sending WHERE unit = ? AND kind = ? AND reminder = ?",
        (sending.unit, sending.kind.key, sending.reminder),
    )
    return {key: again for key, again, state in found if SendState[state] in LIVE_STATES}


def _was_handed_over(connection: sqlite3.Connection, sending: Sending) -> bool:
    found = connection.execute(
        "SELECT 1 FROM handover WHERE unit = ? AND kind = ? AND reminder = ? AND struck IS NULL",
        (sending.unit, sending.kind.key, sending.reminder),
    )
    return found.fetchone() is not None


def _write_sending(connection: sqlite3.Connection, sending: Sending) -> None:
    (number,) = connection.execute(
        "INSERT INTO sending (message_id, unit, kind, reminder, again, digest, state, intended, "
        "settled, words, by_person) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (message_id) DO UPDATE SET unit = excluded.unit, kind = excluded.kind, "
        "reminder = excluded.reminder, again = excluded.again, digest = excluded.digest, "
        "state = excluded.state, intended = excluded.intended, settled = excluded.settled, "
        "words = excluded.words, by_person = excluded.by_person RETURNING id",
        (
            sending.message_id,
            sending.unit,
            sending.kind.key,
            sending.reminder,
            sending.again,
            sending.digest,
            sending.state.name,
            text_of(sending.intended),
            text_or_none(sending.settled),
            sending.words,
            int(sending.by_person),
        ),
    ).fetchone()
    connection.execute("DELETE FROM sending_address WHERE sending = ?", (number,))
    connection.executemany(
        "INSERT INTO sending_address VALUES (?, ?, ?)",
        [(number, n, address) for n, address in enumerate(sending.addresses)],
    )
