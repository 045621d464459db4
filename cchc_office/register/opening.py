"""Opening the register, so that nothing of an unclear file is ever overwritten; making it again."""

from __future__ import annotations

import datetime as dt
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePath
from urllib.parse import quote

from cchc_office.catalogue.findings import Code, Finding
from cchc_office.errors import reason_of
from cchc_office.files.being_there import look
from cchc_office.files.locking import HeldElsewhereError, Lock, has_locks
from cchc_office.register.database import (
    APPLICATION_ID,
    UPGRADES,
    DamagedRegisterError,
    RegisterError,
    application_of,
    explained,
    held,
    is_locked,
    upgrade,
    version_of,
    what_is_lacking,
)
from cchc_office.register.store import Register
from cchc_office.register.trail import Told, findings_of, journals_of, read_trail
from cchc_office.register.values import Sending

REGISTER_FILE = "cchc.sqlite"

_PATIENCE_MS = 10_000
"""How long one writer waits for another."""

_GUARD_FILE = ".cchc-so.khoa"
_WITHOUT_LOCKS = f"&vfs={'win32-none' if sys.platform == 'win32' else 'unix-none'}"
"""How SQLite is told not to lock: its own nolock=1 would not open what is in WAL."""

_REMOTE_DRIVE = 4  # DRIVE_REMOTE of Windows
_NETWORK_SYSTEMS = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "davfs", "vboxsf"}


def open_register(folder: Path, campaign: str, mail_folder: Path | None = None) -> Register:
    """Open the register of the campaign folder for writing; it is made where there is none.

    `campaign` is the campaign's id, `mail_folder` that of the messages in the output folder, where
    it is known. What the journals and the copies of messages tell and the register has forgotten
    is recorded in it again. Raises RegisterError where the file is damaged, of a newer version,
    another campaign's, or cannot be written.
    """
    path = folder / REGISTER_FILE
    trail = partial(read_trail, folder, mail_folder, campaign)
    before = trail()
    try:
        connection = _connect(path, "rwc")
        try:
            findings = _prepare(connection, path)
            _claim(connection, path, campaign)
            journals = journals_of(folder, mail_folder, campaign)
            register = Register(connection, path, findings, journals)
            _remembering(register, before, trail)
            # Who only makes papers need not be able to write it; who sends checks that first.
            with suppress(OSError):
                register.complete_journals()
            return register
        except BaseException:
            connection.close()
            raise
    except sqlite3.Error as error:
        raise explained(path, error) from error


def _remembering(register: Register, trail: Told, again: Callable[[], Told]) -> Register:
    """Return the register with what it had forgotten."""
    lacking = register.lacks(trail)
    forgotten: list[Sending] = []
    if lacking:
        known = {s.message_id for s in register.sendings() if s.state.is_live}
        lacking = register.take_in(again)
        forgotten = [s for s in lacking.sendings if s.state.is_live and s.message_id not in known]
    register.findings += findings_of(trail, forgotten)
    return register


def open_if_writable(
    folder: Path, campaign: str, mail_folder: Path | None = None
) -> tuple[Register | None, tuple[Finding, ...]]:
    """Open the register, or tell in a finding why what is done now cannot be recorded.

    For commands whose papers matter more than their record.
    """
    try:
        register = open_register(folder, campaign, mail_folder)
    except RegisterError as error:
        return None, (
            Finding(Code.REGISTER_NOT_WRITTEN, REGISTER_FILE, found=str(error).rstrip(".")),
        )
    return register, register.findings


def read_register(
    folder: Path | str,
    campaign: str,
    mail_folder: Path | None = None,
    *,
    leaves_no_trace: bool = False,
) -> Register | None:
    """Mở sổ theo dõi để đọc, không ghi gì.

    Open the register for reading only; None where nothing was recorded and nothing mailed.

    `mail_folder` is as for `open_register`. An older one, or one that has forgotten what the
    journals and the copies of messages tell, is brought up in memory. With `leaves_no_trace` only
    a copy is opened: WAL makes files beside what it opens. Raises RegisterError where it cannot be
    read.
    """
    folder = Path(folder)
    path = folder / REGISTER_FILE
    trail = read_trail(folder, mail_folder, campaign)
    try:
        status = look(path)
    except OSError as error:
        raise RegisterError(f"Không đọc, ghi được {path}: {reason_of(error)}.") from error
    is_there = status is not None and status.st_size > 0
    if not is_there and not (trail or trail.unreadable):
        return None
    try:
        connect = _copy_in_memory if leaves_no_trace else _connect_for_reading
        connection = connect(path) if is_there else _empty(campaign)
        try:
            _check(connection, path)
            if version_of(connection) < len(UPGRADES):
                connection = _in_memory(connection)
                upgrade(connection)
            owner = _owner(connection)
            if owner not in ("", campaign):
                raise _of_other(path, owner, campaign)
            lacking = Register(connection, path).lacks(trail)
            if lacking:
                connection = _in_memory(connection)
            return _remembering(Register(connection, path), trail, lambda: trail)
        except BaseException:
            connection.close()
            raise
    except sqlite3.Error as error:
        raise explained(path, error) from error


def _empty(campaign: str) -> sqlite3.Connection:
    """Return a register in memory in which nothing is recorded yet."""
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    upgrade(connection)
    connection.execute("INSERT INTO campaign VALUES (?)", (campaign,))
    return connection


class _Connection(sqlite3.Connection):
    """A connection, with the lock that stands for SQLite's own where the folder has none."""

    guard: Lock | None = None

    def close(self) -> None:
        super().close()
        guard, self.guard = self.guard, None
        if guard:
            guard.__exit__(None, None, None)


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    on_network = _is_on_network(path)
    lacks_locks = on_network and _lacks_locks(path.parent)
    guard = _guard(path, mode) if lacks_locks else None
    try:
        connection = sqlite3.connect(
            f"{uri_of(path.absolute(), mode)}{_WITHOUT_LOCKS if lacks_locks else ''}",
            uri=True,
            timeout=_PATIENCE_MS / 1000,
            isolation_level=None,
            check_same_thread=False,
            factory=_Connection,
        )
    except BaseException:
        if guard:
            guard.__exit__(None, None, None)
        raise
    connection.guard = guard
    try:
        if on_network and mode != "ro" and _is_in_wal(path):
            # What this or another machine kept in WAL is opened without its shared memory.
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("PRAGMA foreign_keys = ON")
    except BaseException:
        connection.close()
        raise
    return connection


def _lacks_locks(folder: Path) -> bool:
    try:
        return not has_locks(folder)
    except OSError:
        return False


def _guard(path: Path, mode: str) -> Lock | None:
    """Return a lock of our own; None where the folder may only be read, so nobody writes."""
    try:
        return Lock(path.with_name(_GUARD_FILE), _PATIENCE_MS / 1000).__enter__()
    except HeldElsewhereError as error:
        raise held(path, str(error)) from None
    except OSError as error:
        if mode == "ro":
            return None
        raise sqlite3.OperationalError(error.strerror or str(error)) from error


def _is_in_wal(path: Path) -> bool:
    """Tell whether a file says that it is in WAL (https://www.sqlite.org/fileformat.html)."""
    try:
        with path.open("rb") as file:
            return file.read(20)[18:] == b"\x02\x02"
    except OSError:
        return False


def uri_of(path: PurePath, mode: str) -> str:
    """Return the URI that SQLite opens a file by, at a whole path.

    SQLite takes no host in a URI (https://www.sqlite.org/uri.html), as `Path.as_uri` would write
    for a folder of the network: what such a path begins with stays in the path.
    """
    plain = path.as_posix()
    quoted = quote(plain, "/:", errors="surrogateescape")
    return f"file://{'' if plain.startswith('/') else '/'}{quoted}?mode={mode}"


def _connect_for_reading(path: Path) -> sqlite3.Connection:
    """Open for reading; where not even WAL's own files can be made, a copy in memory."""
    if _is_on_network(path) and _is_in_wal(path):
        return _copy_in_memory(path)
    connection = _connect(path, "ro")
    try:
        version_of(connection)
    except sqlite3.OperationalError as error:
        connection.close()
        if not _is_forbidden(error):
            raise
        return _copy_in_memory(path)
    return connection


def _is_forbidden(error: sqlite3.Error) -> bool:
    return any(words in str(error) for words in ("readonly", "unable to open"))


def _copy_in_memory(path: Path) -> sqlite3.Connection:
    """Return all that the register holds, also what still stands in its WAL only."""
    with tempfile.TemporaryDirectory() as folder:
        for suffix in ("", "-wal"):
            part = path.with_name(path.name + suffix)
            if part.exists():
                _copy(part, Path(folder))
        return _in_memory(_connect(Path(folder) / path.name, "rw"))


def _in_memory(source: sqlite3.Connection) -> sqlite3.Connection:
    """Return all that is in `source`, which is closed."""
    copy = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    try:
        source.backup(copy)
    finally:
        source.close()
    return copy


def _copy(part: Path, folder: Path) -> None:
    try:
        shutil.copyfile(part, folder / part.name)
    except OSError as error:
        raise sqlite3.OperationalError(reason_of(error)) from error


def _prepare(connection: sqlite3.Connection, path: Path) -> tuple[Finding, ...]:
    _check(connection, path)
    findings = _set_journal(connection, path)
    connection.execute("PRAGMA synchronous = FULL")
    upgrade(connection)
    return findings


def _check(connection: sqlite3.Connection, path: Path) -> None:
    """Raise RegisterError for a file that is not a whole register that we know."""
    # What another command makes meanwhile is seen whole or not at all.
    connection.execute("BEGIN")
    application, version = application_of(connection), version_of(connection)
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    connection.execute("COMMIT")
    if application != APPLICATION_ID and (application or version or tables):
        raise RegisterError(
            f"{path} không phải là sổ theo dõi của chương trình này, nên được giữ nguyên. "
            "Chuyển tệp đó đi nơi khác rồi chạy lại."
        )
    if version > len(UPGRADES):
        raise RegisterError(
            f"{path} do bản mới hơn của chương trình ghi (sổ bản {version}, bản đang chạy chỉ "
            f"biết đến {len(UPGRADES)}), nên được giữ nguyên. Cài bản mới của cchc-office."
        )
    verdict = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if verdict != "ok":
        raise sqlite3.DatabaseError(verdict)
    if lacking := what_is_lacking(connection):
        raise sqlite3.DatabaseError(f"lacks {', '.join(sorted(lacking))}")


def _set_journal(connection: sqlite3.Connection, path: Path) -> tuple[Finding, ...]:
    """Use WAL, but not on a network share, where its shared memory does not work."""
    if not _is_on_network(path):
        try:
            if connection.execute("PRAGMA journal_mode = WAL").fetchone()[0] == "wal":
                return ()
        except sqlite3.OperationalError as error:
            if is_locked(error) or "readonly" in str(error):
                raise
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.execute("PRAGMA locking_mode = NORMAL")
    return (Finding(Code.REGISTER_ON_NETWORK, path.name),)


def _is_on_network(path: Path) -> bool:
    whole = str(path.resolve())
    if whole.startswith("\\\\"):
        return True
    if sys.platform == "win32":
        import ctypes

        drive = path.resolve().drive + "\\"
        return bool(ctypes.windll.kernel32.GetDriveTypeW(drive) == _REMOTE_DRIVE)
    system = _file_system(whole)
    return system in _NETWORK_SYSTEMS or system.startswith("fuse")


def _file_system(path: str) -> str:
    """Return the kind of file system under `path`, as Linux names it; "" where nothing tells."""
    try:
        lines = Path("/proc/mounts").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    best = ("", "")
    for _, place, kind, *_ in (line.split(" ") for line in lines if line.count(" ") >= 2):
        place = place.replace("\\040", " ")
        below = path == place or path.startswith(place.rstrip("/") + "/")
        if below and len(place) >= len(best[0]):
            best = (place, kind)
    return best[1]


def _owner(connection: sqlite3.Connection) -> str:
    row = connection.execute("SELECT id FROM campaign").fetchone()
    return str(row[0]) if row else ""


def _claim(connection: sqlite3.Connection, path: Path, campaign: str) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        owner = _owner(connection)
        if not owner:
            connection.execute("INSERT INTO campaign VALUES (?)", (campaign,))
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    if owner not in ("", campaign):
        raise _of_other(path, owner, campaign)


def _of_other(path: Path, owner: str, campaign: str) -> RegisterError:
    return RegisterError(
        f"{path} là sổ của đợt {owner}, còn đợt đang làm là {campaign}. Nếu vừa đổi năm, kỳ hay "
        "tên viết tắt: làm đợt mới trong một thư mục mới; nếu gõ nhầm: sửa lại dot-cham.xlsx."
    )


_ITS_FILES = ("", "-wal", "-shm", "-journal")


@dataclass(frozen=True)
class RebuiltRegister:
    """A register that was made again, open; `aside` is where what was damaged was put."""

    register: Register
    aside: tuple[Path, ...]


def rebuild_register(
    folder: Path, campaign: str, mail_folder: Path | None, now: dt.datetime
) -> RebuiltRegister:
    """Open the register with all that journals and copies tell; a damaged one is put aside.

    So are journals with lines that nobody understands, once what can be read of them is in the
    register; they are written anew from it. Arguments are as for `open_register`. Raises
    RegisterError where it is another campaign's, of a newer version, or cannot be written.
    """
    aside: list[Path] = []
    try:
        register = open_register(folder, campaign, mail_folder)
        try:
            _read_all(register)
        except BaseException:
            register.close()
            raise
    except DamagedRegisterError:
        aside.append(_put_aside(folder / REGISTER_FILE, now))
        register = open_register(folder, campaign, mail_folder)
    try:
        aside += _journals_aside(register, now)
    except BaseException:
        register.close()
        raise
    return RebuiltRegister(register, tuple(aside))


def _journals_aside(register: Register, now: dt.datetime) -> list[Path]:
    unclear = [j.path for j in register.journals if j.path.is_file() and j.read().unreadable]
    aside = [_put_aside(path, now) for path in unclear]
    if aside:
        register.complete_journals()
        told = (f for f in register.findings if f.code is not Code.JOURNAL_UNREADABLE)
        register.findings = tuple(told)
    return aside


def _read_all(register: Register) -> None:
    """Raise RegisterError where something in it cannot be read."""
    register.papers()
    register.sendings()
    register.handovers(struck=True)
    register.confirmations(struck=True)
    register.verdicts(struck=True)
    register.messages()
    register.returns()
    register.received()
    register.outputs()


def _put_aside(path: Path, now: dt.datetime) -> Path:
    aside = path.with_name(f"{path.name}.hong-{now:%Y%m%d-%H%M%S}")
    try:
        for ending in _ITS_FILES:
            part = path.with_name(path.name + ending)
            if part.exists():
                part.rename(aside.with_name(aside.name + ending))
    except OSError as error:
        raise RegisterError(
            f"Không đổi tên được {path}: tệp đang được chương trình khác mở. Đóng chương trình đó "
            "rồi chạy lại."
        ) from error
    return aside
