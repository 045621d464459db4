"""One at a time: what a lock does for who comes second, and what a killed process leaves."""

from __future__ import annotations

import errno
import json
import os
import platform
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from cchc_office.files import locking
from cchc_office.files.locking import HeldElsewhereError, Lock, has_locks

from .conftest import ROOT
from .lock_refusal import python_without_locks


@pytest.fixture(params=["locks of the system", "none"])
def path(tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Path:
    def refused(_: int) -> bool:
        raise locking._NoSuchLocksError

    if request.param == "none":
        monkeypatch.setattr(locking, "_lock_whole", refused)
    return tmp_path / "viec.khoa"


def test_who_comes_second_is_told_who_was_first(path: Path) -> None:
    with Lock(path) as first:
        with pytest.raises(HeldElsewhereError) as told, Lock(path):
            pass
        assert first.is_held
    assert f"máy {platform.node()}" in str(told.value)
    assert "từ " in str(told.value)
    with Lock(path) as again:
        assert again.is_held
    assert list(path.parent.iterdir()) == []


def test_what_fails_inside_is_let_go(path: Path) -> None:
    with pytest.raises(ZeroDivisionError), Lock(path):
        raise ZeroDivisionError
    with Lock(path):
        pass


def test_a_share_that_numbers_its_files_anew_each_time_is_locked_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os.path, "samestat", lambda *_: False)
    path = tmp_path / "viec.khoa"
    with Lock(path), pytest.raises(HeldElsewhereError), Lock(path):
        pass


HOLDER = f"""
import os, signal, sys
sys.path.insert(0, {str(ROOT)!r})
from pathlib import Path
from cchc_office.files.locking import Lock
with Lock(Path(sys.argv[1])):
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(os.name == "nt", reason="processes are killed as POSIX has it")
def test_what_a_killed_process_held_is_free(tmp_path: Path) -> None:
    path = tmp_path / "viec.khoa"
    done = subprocess.run([sys.executable, "-c", HOLDER, path], check=False)
    assert done.returncode == -signal.SIGKILL
    with Lock(path) as held:
        assert held.is_held


@pytest.mark.skipif(os.name == "nt", reason="processes are killed as POSIX has it")
def test_what_a_killed_process_held_is_free_where_there_are_no_locks(tmp_path: Path) -> None:
    path = tmp_path / "viec.khoa"
    script = HOLDER.replace("sys.argv[1]", repr(str(path)))
    done = python_without_locks(tmp_path, script)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert path.with_name("viec.khoa.giu").exists()
    script = (
        "from pathlib import Path\n"
        "from cchc_office.files.locking import Lock, has_locks\n"
        f"path = Path({str(path)!r})\n"
        "print(has_locks(path.parent))\n"
        "with Lock(path) as held: print(held.is_held)\n"
    )
    assert python_without_locks(tmp_path, script).stdout.split() == ["False", "True"]
    assert has_locks(tmp_path)


def left(path: Path, seconds: float, **words: object) -> Path:
    """Leave a lock of another machine, written so many seconds ago."""
    file = path.with_name(f"{path.name}.giu")
    told = {"may": "MAY-KHAC", "nguoi_dung": "lan", "tien_trinh": 1, **words}
    file.write_text(json.dumps(told), encoding="utf-8")
    written = file.stat().st_mtime - seconds
    os.utime(file, (written, written))
    return file


@pytest.fixture
def refusing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    def refused(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    fcntl = pytest.importorskip("fcntl")
    monkeypatch.setattr(fcntl, "flock", refused)
    monkeypatch.setattr(fcntl, "lockf", refused)
    return tmp_path / "viec.khoa"


def test_another_machine_s_lock_holds_while_it_is_written_and_no_longer(refusing: Path) -> None:
    left(refusing, 60)
    with pytest.raises(HeldElsewhereError, match="máy MAY-KHAC, người dùng lan"), Lock(refusing):
        pass
    file = left(refusing, 600)
    with Lock(refusing) as held:
        assert held.is_held
        assert platform.node() in file.read_text(encoding="utf-8")
    assert not file.exists()


def test_who_slept_and_lost_it_knows(refusing: Path) -> None:
    with Lock(refusing) as first:
        file = refusing.with_name(f"{refusing.name}.giu")
        written = file.stat().st_mtime - 600
        os.utime(file, (written, written))
        file.write_bytes(file.read_bytes().replace(platform.node().encode(), b"MAY-KHAC"))
        os.utime(file, (written, written))
        with Lock(refusing) as second:
            assert not first.is_held
            assert second.is_held
