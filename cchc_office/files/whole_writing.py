"""Writing a file whole or not at all, waiting a moment for who has it open."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

_T = TypeVar("_T")

_WAITS = (0.05, 0.1, 0.2, 0.4)
"""For how many seconds to wait for who holds a file that is to be replaced.

A virus scanner or a program that copies files to a cloud opens what was just written.
"""


def write_whole(path: Path, content: bytes, *, durable: bool = False) -> None:
    """Write `content` to `path` so that the file is never seen half written.

    With `durable` it is on the disk when this returns.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".cchc-", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        umask = os.umask(0)
        os.umask(umask)
        Path(temporary).chmod(0o666 & ~umask)
        move_patiently(Path(temporary), path)
        if durable:
            sync_folder(path.parent)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def sync_folder(folder: Path) -> None:
    """Let the names in a folder be on the disk, where the system can be asked for that."""
    if os.name == "nt":
        return
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def move_patiently(source: Path, target: Path) -> None:
    """Let `source` take the place of `target`, waiting a moment for who has one of them open."""
    patiently(lambda: source.replace(target))


def patiently(act: Callable[[], _T]) -> _T:
    """Do something to a file, waiting a moment where somebody else has it open; raises OSError."""
    for seconds in _WAITS:
        try:
            return act()
        except PermissionError:
            time.sleep(seconds)
    return act()
