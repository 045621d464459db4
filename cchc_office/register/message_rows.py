"""Fetched messages as rows of the register: with their files, and what they report."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from cchc_office.model import DeliveryAction, DeliveryNotice
from cchc_office.register.times import text_of, text_or_none, time_of, time_or_none
from cchc_office.register.values import FetchedFile, FetchedMessage, FileFate


def put_message(connection: sqlite3.Connection, message: FetchedMessage) -> None:
    """Record a message; one known already is replaced."""
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
            text_or_none(message.sent),
            text_of(message.fetched),
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


def messages_of(rows: Callable[[str], list[sqlite3.Row]]) -> tuple[FetchedMessage, ...]:
    """Return every message that was fetched, in the order of fetching."""
    files: dict[str, list[FetchedFile]] = {}
    for row in rows("SELECT * FROM message_file ORDER BY message, place"):
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
    for row in rows("SELECT * FROM delivery_notice ORDER BY message, place"):
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
            time_of(row["fetched"]),
            time_or_none(row["sent"]),
            row["subject"],
            row["source"],
            tuple(files.get(row["key"], ())),
            row["size"],
            tuple(notices.get(row["key"], ())),
        )
        for row in rows("SELECT * FROM message ORDER BY fetched, key")
    )
