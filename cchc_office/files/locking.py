"""One at a time: a lock beside the files it guards, which a killed process does not leave behind.

It is the system's own lock on a small file, which ends with the process that holds it. Where a
folder has no such locks (some shares of the network refuse them), the file is the lock: it is made
or it is there already, and who holds it writes it anew all the time. One left by a process that is
gone, or not written for minutes, is taken over.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import platform
import secrets
import sys
import tempfile
import threading
import time
from pathlib import Path
from types import TracebackType

from cchc_office.errors import CchcError
from cchc_office.text.vietnamese import VIETNAM

_BEAT, _GONE = 15.0, 180.0
"""After how many seconds a lock without the system's is written anew, and taken for left."""

_NEXT_LOOK = 0.1
_MOST_OPENED = 20
_FAR = 1 << 30  # where Windows locks a byte, so that what the file says can be read all the same


class HeldElsewhereError(CchcError):
    """Another process holds the lock; the text tells who, since when."""


class Lock:
    """A lock to be used in a `with` statement; `path` is its file.

    Entering waits for at most `patience` seconds. Raises HeldElsewhereError where another process
    holds it, OSError where the folder cannot be written.
    """

    def __init__(self, path: Path, patience: float = 0) -> None:
        """Take where the lock is to lie; nothing is locked yet."""
        self.path = path
        self._patience = patience
        self._held: _SystemLock | _FileLock | None = None

    def __enter__(self) -> Lock:
        end = time.monotonic() + self._patience
        while True:
            try:
                self._held = _locked(self.path)
            except HeldElsewhereError:
                if time.monotonic() >= end:
                    raise
                time.sleep(_NEXT_LOOK)
            else:
                return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        held, self._held = self._held, None
        if held:
            held.release()

    @property
    def is_held(self) -> bool:
        """Tell whether it is still ours: who sleeps for minutes may lose a lock that is a file."""
        return self._held is not None and self._held.is_held


def who_holds(path: Path) -> str:
    """Return who holds the lock at `path` now, since when, "" for nobody; nothing is written."""
    with contextlib.suppress(OSError):
        handle = os.open(path, os.O_RDWR)
        try:
            return "" if _lock_whole(handle) else str(_held_by(path))
        except _NoSuchLocksError:
            pass
        finally:
            os.close(handle)
    beside = _beside(path)
    is_held = beside.exists() and _left_words(beside) is None
    return str(_held_by(beside)) if is_held else ""


def has_locks(folder: Path) -> bool:
    """Tell whether parts of files can be locked in a folder, as SQLite does it."""
    handle, name = tempfile.mkstemp(dir=folder, prefix=".cchc-", suffix=".tmp")
    try:
        _lock_part(handle)
    except OSError:
        return False
    finally:
        os.close(handle)
        Path(name).unlink(missing_ok=True)
    return True


def _locked(path: Path) -> _SystemLock | _FileLock:
    try:
        return _SystemLock(path)
    except _NoSuchLocksError:
        with contextlib.suppress(OSError):
            path.unlink()
        return _FileLock(_beside(path))


def _beside(path: Path) -> Path:
    """Return the file that is the lock where the system has none."""
    return path.with_name(f"{path.name}.giu")


class _NoSuchLocksError(Exception):
    """The folder has no locks of the system."""


class _SystemLock:
    """The system's lock on a file, which is gone when nobody holds it."""

    is_held = True

    def __init__(self, path: Path) -> None:
        self._path = path
        for left in reversed(range(_MOST_OPENED)):
            self._handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
            try:
                if not _lock_whole(self._handle):
                    raise _held_by(path)
                # Some shares give a file another number each time: then it is never the same.
                if self._is_current() or not left:
                    break
            except BaseException:
                os.close(self._handle)
                raise
            os.close(self._handle)
        with contextlib.suppress(OSError):  # only told to who comes second
            os.ftruncate(self._handle, 0)
            os.lseek(self._handle, 0, os.SEEK_SET)
            os.write(self._handle, _own_words())

    def _is_current(self) -> bool:
        """Tell whether the file was not taken away between opening and locking it."""
        if sys.platform == "win32":
            return True  # where no file that is open is taken away
        with contextlib.suppress(FileNotFoundError):
            return os.path.samestat(os.fstat(self._handle), self._path.stat())
        return False

    def release(self) -> None:
        # POSIX: taken away while nobody else can lock it. Windows: not while anybody has it open.
        with contextlib.suppress(OSError):
            self._path.unlink()
        os.close(self._handle)
        if sys.platform == "win32":
            with contextlib.suppress(OSError):
                self._path.unlink()


class _FileLock:
    """A file that is the lock, and the thread that writes it anew."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._words = _own_words()
        if not self._make() and not (self._take_over() and self._make()):
            raise _held_by(path)
        self._end = threading.Event()
        self._beating = threading.Thread(target=self._beat, daemon=True)
        self._beating.start()

    @property
    def is_held(self) -> bool:
        try:
            return self._path.read_bytes() == self._words
        except OSError:
            return False

    def release(self) -> None:
        self._end.set()
        self._beating.join()
        if self.is_held:
            with contextlib.suppress(OSError):
                self._path.unlink()

    def _make(self) -> bool:
        try:
            handle = os.open(self._path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666)
        except FileExistsError:
            return False
        with os.fdopen(handle, "wb") as file:
            file.write(self._words)
        return True

    def _take_over(self) -> bool:
        """Take away a lock that was left; of several who see it only one can."""
        left = _left_words(self._path)
        if left is None:
            return False
        aside = self._path.with_name(f"{self._path.name}.{secrets.token_hex(8)}")
        try:
            self._path.rename(aside)
            # Somebody may have taken it over since; he finds that it is no longer his.
            return aside.read_bytes() == left
        except OSError:
            return False
        finally:
            with contextlib.suppress(OSError):
                aside.unlink()

    def _beat(self) -> None:
        while not self._end.wait(_BEAT):
            if self.is_held:
                with contextlib.suppress(OSError):
                    self._path.write_bytes(self._words)


def _lock_whole(handle: int) -> bool:
    """Lock a file; False where another process has. Raises _NoSuchLocksError."""
    try:
        if sys.platform == "win32":
            _lock_part(handle)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        raise _NoSuchLocksError from None
    return True


def _lock_part(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        os.lseek(handle, _FAR, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, _FAR)


def _own_words() -> bytes:
    """Return what tells everybody who holds the lock; no two are equal."""
    whole = {
        "may": platform.node(),
        "nguoi_dung": _user(),
        "tien_trinh": os.getpid(),
        "tu": dt.datetime.now(tz=VIETNAM).isoformat(timespec="seconds"),
        "dau": secrets.token_hex(8),
    }
    return json.dumps(whole, ensure_ascii=False).encode()


def _user() -> str:
    import getpass  # loads the terminal, which a first page can do without

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def _held_by(path: Path) -> HeldElsewhereError:
    told = _told(path)
    since = ""
    with contextlib.suppress(ValueError):
        since = f"{dt.datetime.fromisoformat(str(told.get('tu'))):, từ %H:%M ngày %d/%m/%Y}"
    user = f", người dùng {told['nguoi_dung']}" if told.get("nguoi_dung") else ""
    return HeldElsewhereError(f"máy {told.get('may') or 'không rõ'}{user}{since}")


def _told(path: Path) -> dict[str, object]:
    try:
        told = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def _left_words(path: Path) -> bytes | None:
    """Return what a lock says that nobody holds any more; None for one that somebody may hold."""
    try:
        words = path.read_bytes()
        told = _told(path)
        is_of_here = told.get("may") == platform.node() and sys.platform != "win32"
        if is_of_here and not _is_running(told.get("tien_trinh")):
            return words
        return words if _age(path) > _GONE else None
    except OSError:
        return None


def _is_running(process: object) -> bool:
    if not isinstance(process, int) or process <= 0:
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _age(path: Path) -> float:
    """Return for how many seconds a file was not written, by the clock of where it lies."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".cchc-", suffix=".tmp")
    os.close(handle)
    try:
        return Path(name).stat().st_mtime - path.stat().st_mtime
    finally:
        Path(name).unlink(missing_ok=True)
