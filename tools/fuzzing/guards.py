"""What watches a case from within its process: memory, files and connections, what is printed."""

from __future__ import annotations

import os
import resource
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from cchc_office.files.child_process import CHILD_COMMAND

ROOT = Path(__file__).parent.parent.parent
_MEBIBYTE = 1024 * 1024
_MOST_ADDRESSES = 1536 * _MEBIBYTE
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_FORBIDDEN = (
    "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.symlink", "os.link", "os.truncate",
    "os.chmod", "os.chown", "os.utime", "os.system", "os.exec", "os.fork", "os.posix_spawn",
    "os.startfile", "shutil.", "tempfile.", "subprocess.", "socket.", "urllib.", "ftplib.",
    "webbrowser.", "os.kill",
)  # fmt: skip
_MOST_NOTED = 20


def limit_memory() -> None:
    """Have a leap of memory fail in this process instead of filling the machine."""
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_ADDRESSES, _MOST_ADDRESSES))


class PeakMemory:
    """The most memory that the process held since `start`, in MiB.

    Where the system cannot forget the peak (all but Linux), it is the peak of the process.
    """

    _forget = Path("/proc/self/clear_refs")
    _status = Path("/proc/self/status")

    def start(self) -> None:
        """Forget the peak so far."""
        if self._forget.exists():
            self._forget.write_text("5", encoding="ascii")

    def peak(self) -> float:
        """Return the peak."""
        if self._status.exists():
            lines = self._status.read_text(encoding="utf-8", errors="replace").splitlines()
            return next(int(x.split()[1]) for x in lines if x.startswith("VmHWM:")) / 1024
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak / (_MEBIBYTE if sys.platform == "darwin" else 1024)


class Deeds:
    """What code does outside its process while it is watched: the interpreter tells each deed."""

    def __init__(self, folder: Path) -> None:
        """Watch this process for ever; `folder` is its own."""
        self._given = ""
        self._has_child = True  # from before it was watched
        self._folder = str(folder)
        code = (sys.prefix, sys.base_prefix, sys.exec_prefix, str(ROOT))
        self._readable = (*code, "/usr/share/zoneinfo", "/proc/self/", "/etc/localtime")
        self._noted: list[str] | None = None
        sys.addaudithook(self._hear)

    @contextmanager
    def watched(self, given: Path) -> Iterator[list[str]]:
        """Note every deed that reading the file `given` has no need of."""
        self._given = str(given)
        noted: list[str] = []
        self._noted = noted
        try:
            yield noted
        finally:
            self._noted = None

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        noted = self._noted
        if noted is None or len(noted) >= _MOST_NOTED:
            return
        if event == "open":
            path, _, flags = arguments
            if isinstance(path, str | bytes):
                self._hear_opening(noted, os.path.abspath(os.fsdecode(path)), flags or 0)  # noqa: PTH100 - resolving would touch the disk
        elif event == "subprocess.Popen" and arguments[1] == CHILD_COMMAND:
            self._has_child = True
        elif event == "os.kill" and self._has_child:
            self._has_child = False
        elif event.startswith(_FORBIDDEN):
            noted.append(f"{event} {ascii(arguments)[:100]}")

    def _hear_opening(self, noted: list[str], path: str, flags: int) -> None:
        if flags & _WRITING:
            if not path.startswith(self._folder) or path == self._given:
                noted.append(f"wrote {path}")
        elif path != self._given and not path.startswith(self._readable):
            noted.append(f"read {path}")


def last_words(folder: Path) -> str:
    """Return the first line that a process printed before it died, "" where it said nothing."""
    path = folder / "stream2"
    lines = path.read_text("utf-8", "replace").splitlines() if path.exists() else []
    return next((line for line in lines if line.strip()), "")


class Printed:
    """What is printed by this process, C code included: both streams go to files."""

    def __init__(self, folder: Path) -> None:
        self._files = []
        for stream in (1, 2):
            path = folder / f"stream{stream}"
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
            os.dup2(handle, stream)
            os.close(handle)
            self._files.append(path)
        self._seen = [0, 0]

    def new(self) -> tuple[str, str]:
        """Return what was printed to each stream since the last call."""
        sys.stdout.flush()
        sys.stderr.flush()
        texts = []
        for n, path in enumerate(self._files):
            size = os.fstat(n + 1).st_size
            text = ""
            if size > self._seen[n]:
                with path.open("rb") as file:
                    file.seek(self._seen[n])
                    text = file.read().decode("utf-8", "replace")
                self._seen[n] = size
            texts.append(text)
        return texts[0], texts[1]


class Raised:
    """Where exceptions were raised first: in the project's code, or called from it. Slow."""

    def __init__(self) -> None:
        self._package = str(ROOT / "cchc_office")
        self._seen: dict[int, BaseException] = {}
        self.places: list[tuple[str, str]] = []

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Follow every line that is run, in every thread that is started."""
        threading.settrace(self._follow)
        sys.settrace(self._follow)
        try:
            yield
        finally:
            sys.settrace(None)
            threading.settrace(None)

    def _follow(self, frame: FrameType, event: str, argument: Any) -> Any:
        if event == "call":
            frame.f_trace_lines = False
        if event == "exception":
            error = argument[1]
            if isinstance(error, BaseException) and id(error) not in self._seen:
                self._seen[id(error)] = error
                message = f"{type(error).__name__}: {error}"
                self.places.append((message, self._path_to(frame)))
        return self._follow

    def _path_to(self, frame: FrameType | None) -> str:
        steps: list[str] = []
        while frame is not None and len(steps) < 4:
            file = frame.f_code.co_filename
            if file.startswith(self._package) or not steps:
                steps.append(f"{Path(file).name}:{frame.f_lineno}")
            frame = frame.f_back
        return " < ".join(steps)
