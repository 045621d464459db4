"""The register's file: its tables, how an older one becomes a newer one, and what is wrong with it.

`UPGRADES[n]` turns version n into version n + 1; what was released is never edited.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from pathlib import Path

from cchc_office.errors import CchcError, reason_of
from cchc_office.text.command_line import advised
from cchc_office.text.vietnamese import VIETNAM

APPLICATION_ID = 0x43434843
"""Marks the file as a register of this program."""

_VERSION_1 = (
    "CREATE TABLE campaign (id TEXT PRIMARY KEY NOT NULL)",
    """CREATE TABLE paper (
        id INTEGER PRIMARY KEY,
        kind TEXT NOT NULL,
        unit TEXT NOT NULL,
        file TEXT NOT NULL,
        digest TEXT NOT NULL,
        reminder INTEGER NOT NULL,
        made TEXT NOT NULL,
        UNIQUE (kind, unit, file, digest)
    )""",
    "CREATE INDEX paper_by_digest ON paper (digest)",
    """CREATE TABLE sending (
        id INTEGER PRIMARY KEY,
        message_id TEXT NOT NULL UNIQUE,
        unit TEXT NOT NULL,
        kind TEXT NOT NULL,
        reminder INTEGER NOT NULL,
        digest TEXT NOT NULL,
        state TEXT NOT NULL,
        intended TEXT NOT NULL,
        settled TEXT,
        words TEXT NOT NULL,
        by_person INTEGER NOT NULL,
        again INTEGER NOT NULL
    )""",
    # Whatever happens around it, one message of a kind is on its way to a unit, whatever its papers
    # are, and one more each time a person asks.
    """CREATE UNIQUE INDEX one_live_sending ON sending (unit, kind, reminder, again)
        WHERE state IN ('INTENDED', 'UNKNOWN', 'SENT')""",
    """CREATE TABLE sending_address (
        sending INTEGER NOT NULL REFERENCES sending (id) ON DELETE CASCADE,
        place INTEGER NOT NULL,
        address TEXT NOT NULL,
        PRIMARY KEY (sending, place)
    ) WITHOUT ROWID""",
    """CREATE TABLE handover (
        id INTEGER PRIMARY KEY,
        unit TEXT NOT NULL,
        kind TEXT NOT NULL,
        reminder INTEGER NOT NULL,
        way TEXT NOT NULL,
        day TEXT NOT NULL,
        recorded TEXT NOT NULL,
        struck TEXT
    )""",
    """CREATE TABLE confirmation (
        id INTEGER PRIMARY KEY,
        digest TEXT NOT NULL,
        file TEXT NOT NULL,
        unit TEXT NOT NULL,
        sender TEXT NOT NULL,
        recorded TEXT NOT NULL,
        struck TEXT
    )""",
    """CREATE TABLE message (
        key TEXT PRIMARY KEY NOT NULL,
        sender TEXT NOT NULL,
        subject TEXT NOT NULL,
        source TEXT NOT NULL,
        sent TEXT,
        fetched TEXT NOT NULL,
        size INTEGER NOT NULL
    ) WITHOUT ROWID""",
    """CREATE TABLE message_place (
        mailbox TEXT NOT NULL,
        number INTEGER NOT NULL,
        message TEXT NOT NULL REFERENCES message (key) ON DELETE CASCADE,
        PRIMARY KEY (mailbox, number)
    ) WITHOUT ROWID""",
    """CREATE TABLE message_file (
        message TEXT NOT NULL REFERENCES message (key) ON DELETE CASCADE,
        place INTEGER NOT NULL,
        name TEXT NOT NULL,
        fate TEXT NOT NULL,
        digest TEXT NOT NULL,
        unit TEXT NOT NULL,
        saved_as TEXT NOT NULL,
        finding TEXT NOT NULL,
        PRIMARY KEY (message, place)
    ) WITHOUT ROWID""",
    """CREATE TABLE delivery_notice (
        message TEXT NOT NULL REFERENCES message (key) ON DELETE CASCADE,
        place INTEGER NOT NULL,
        message_id TEXT NOT NULL,
        address TEXT NOT NULL,
        action TEXT NOT NULL,
        status TEXT NOT NULL,
        words TEXT NOT NULL,
        PRIMARY KEY (message, place)
    ) WITHOUT ROWID""",
    """CREATE TABLE return (
        id INTEGER PRIMARY KEY,
        unit TEXT NOT NULL,
        file TEXT NOT NULL,
        digest TEXT NOT NULL,
        saved TEXT,
        read TEXT NOT NULL,
        scored INTEGER NOT NULL,
        expected INTEGER NOT NULL,
        counted INTEGER NOT NULL,
        UNIQUE (unit, file, digest)
    )""",
)

_VERSION_2 = (
    """CREATE TABLE verdict (
        id INTEGER PRIMARY KEY,
        unit TEXT NOT NULL,
        file TEXT NOT NULL,
        digest TEXT NOT NULL,
        decision TEXT NOT NULL,
        reason TEXT NOT NULL,
        recorded TEXT NOT NULL,
        struck TEXT
    )""",
)

_VERSION_3 = ("ALTER TABLE paper ADD COLUMN answer_by TEXT",)

_VERSION_4 = ("CREATE TABLE output (place TEXT PRIMARY KEY NOT NULL) WITHOUT ROWID",)

_VERSION_5 = (
    """CREATE TABLE received_file (
        digest TEXT PRIMARY KEY NOT NULL,
        received TEXT NOT NULL
    ) WITHOUT ROWID""",
)

_VERSION_6 = (
    "ALTER TABLE received_file ADD COLUMN recorded TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE received_file ADD COLUMN file TEXT NOT NULL DEFAULT ''",
    "UPDATE received_file SET recorded = received",
)

_VERSION_7 = (
    "ALTER TABLE paper ADD COLUMN recorded TEXT",
    "ALTER TABLE return ADD COLUMN recorded TEXT",
)

_VERSION_8 = ("ALTER TABLE paper ADD COLUMN maxima TEXT NOT NULL DEFAULT '[]'",)

UPGRADES: tuple[tuple[str, ...], ...] = (
    _VERSION_1,
    _VERSION_2,
    _VERSION_3,
    _VERSION_4,
    _VERSION_5,
    _VERSION_6,
    _VERSION_7,
    _VERSION_8,
)


def version_of(connection: sqlite3.Connection) -> int:
    """Return the version of the tables in the file; 0 for an empty one."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def application_of(connection: sqlite3.Connection) -> int:
    """Return the mark of the program that the file belongs to; 0 for none."""
    return int(connection.execute("PRAGMA application_id").fetchone()[0])


def what_is_lacking(connection: sqlite3.Connection) -> set[str]:
    """Return the tables and columns that a file of its version should have, and has not."""
    whole = sqlite3.connect(":memory:")
    try:
        for statements in UPGRADES[: version_of(connection)]:
            for statement in statements:
                whole.execute(statement)
        return _columns_of(whole) - _columns_of(connection)
    finally:
        whole.close()


def _columns_of(connection: sqlite3.Connection) -> set[str]:
    return {
        f"{table}.{column}"
        for table, column in connection.execute(
            "SELECT t.name, c.name FROM sqlite_master t, pragma_table_info(t.name) c "
            "WHERE t.type = 'table'"
        )
    }


def upgrade(connection: sqlite3.Connection) -> None:
    """Bring the tables up to date, all steps or none; another writer may have done it already."""
    if version_of(connection) == len(UPGRADES):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        for number in range(version_of(connection), len(UPGRADES)):
            for statement in UPGRADES[number]:
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number + 1}")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


class RegisterError(CchcError):
    """The register cannot be used as it is; it was left untouched."""


class DamagedRegisterError(RegisterError):
    """The register's content is not what it was."""


def explained(path: Path, error: sqlite3.Error) -> RegisterError:
    """Return the error for what SQLite said of the register at `path`."""
    text = str(error)
    if isinstance(error, sqlite3.ProgrammingError) and "closed" in text:
        return RegisterError(f"Sổ {path} đã đóng: đọc trong khối with, hoặc mở lại sổ.")
    if is_locked(error):
        return RegisterError(f"{path} đang được một lệnh khác ghi. Đợi lệnh đó xong rồi chạy lại.")
    if "full" in text:
        return RegisterError(f"Không ghi được {path}: ổ đĩa đầy. Dọn bớt chỗ rồi chạy lại.")
    if isinstance(error, sqlite3.OperationalError) and "no such" not in text:
        refused = error.__cause__
        why = f" ({reason_of(refused)})" if isinstance(refused, OSError) else ""
        return RegisterError(
            f"Không đọc, ghi được {path}{why}. Kiểm tra chỗ trống của ổ đĩa, và quyền đối với tệp "
            "và thư mục đó."
        )
    return damaged(path)


def held(path: Path, by: str) -> RegisterError:
    """Return the error for a register that another command keeps to itself, and by whom."""
    return RegisterError(
        f"{path} đang được một lệnh khác dùng ({by}). Đợi lệnh đó xong rồi chạy lại."
    )


def damaged(path: Path) -> RegisterError:
    """Return the error for a register whose content is not what it was."""
    return DamagedRegisterError(
        f"{path} bị hỏng, nên được giữ nguyên. Dựng lại sổ từ nhật ký gửi và bản sao các thư đã "
        f"gửi: {advised('so dung-lai', path.parent)}"
    )


def unreadable(path: Path, error: OSError) -> RegisterError:
    """Return the error for what goes along with the register, and nobody can read."""
    return RegisterError(f"Không đọc được {path} ({reason_of(error)}), nên chưa biết đã gửi gì.")


def is_locked(error: sqlite3.Error) -> bool:
    """Tell whether another program keeps us out of the register."""
    return "locked" in str(error) or "busy" in str(error)


def text_of(time: dt.datetime) -> str:
    """Return a time as it is kept: UTC, to the second. Raises ValueError for a naive time."""
    if time.tzinfo is None:
        raise ValueError("a time without its zone cannot be recorded")
    return time.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def text_or_none(time: dt.datetime | None) -> str | None:
    """Return a time as it is kept; the naive time of a document is that of the office."""
    if time is None:
        return None
    return text_of(time if time.tzinfo else time.replace(tzinfo=VIETNAM))


def time_of(text: str) -> dt.datetime:
    """Return the time that is kept. Raises ValueError for what is none."""
    return dt.datetime.fromisoformat(text)


def time_or_none(text: str | None) -> dt.datetime | None:
    """Return the time that is kept, if one is."""
    return time_of(text) if text else None
