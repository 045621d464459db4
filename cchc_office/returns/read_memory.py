"""What files were read as, kept for who reads a folder again and again: a page that follows it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

from cchc_office.model import ReadFile

T = TypeVar("T")
_Mark = tuple[int, int]


class ReadMemory:
    """What the files of a folder were read as; one is read again when its time or size changed.

    All is forgotten where they are read on another basis: another campaign, other passwords.
    """

    def __init__(self) -> None:
        """Begin with nothing read."""
        self._lock = threading.Lock()
        self._basis: object = None
        self._known: dict[Path, tuple[_Mark, tuple[ReadFile, ...]]] = {}
        self._made: dict[str, tuple[object, Any]] = {}

    def made(self, name: str, basis: object, make: Callable[[], T]) -> T:
        """Return what was made on a basis, made anew only where that is another one."""
        held = self._made.get(name)
        if held is None or held[0] != basis:
            held = self._made[name] = (basis, make())
        result: T = held[1]
        return result

    def start(self, basis: object, there: Iterable[Path]) -> None:
        """Begin to read the files that are there, on a basis; others are forgotten."""
        with self._lock:
            paths = set(there) if basis == self._basis else set()
            self._known = {path: held for path, held in self._known.items() if path in paths}
            self._basis = basis

    def read(self, path: Path, read: Callable[[], Iterable[ReadFile]]) -> tuple[ReadFile, ...]:
        """Return what a file was read as; one that cannot be looked at is read as it is."""
        try:
            status = path.stat()
        except OSError:
            return tuple(read())
        mark = status.st_mtime_ns, status.st_size
        held = self._known.get(path)
        if held is None or held[0] != mark:
            held = self._known[path] = (mark, tuple(read()))
        return held[1]
