"""A process of its own for what libraries do with files from outside: it may die without harm.

One child serves call after call and is started anew where it died. Each call may take
`MOST_SECONDS` and, where the system knows such limits (not on Windows), `MOST_MEMORY_BYTES`.
"""

from __future__ import annotations

import atexit
import os
import pickle
import sys
import threading
from collections.abc import Callable
from typing import IO, TYPE_CHECKING, Any, TypeVar

from cchc_office.catalogue.findings import Code
from cchc_office.files.limits import MEBIBYTE
from cchc_office.files.unreadable_file import UnreadableFileError, as_unreadable, damaged

if TYPE_CHECKING:
    import subprocess

MOST_SECONDS = 20
MOST_MEMORY_BYTES = 768 * MEBIBYTE

# The child looks for modules where its parent does, and nowhere else.
_PROGRAM = (
    "import pickle, sys; sys.path[:] = pickle.load(sys.stdin.buffer)\n"
    "from cchc_office.files.child_process import serve; serve()"
)
CHILD_COMMAND = [sys.executable, "-I", "-c", _PROGRAM]
"""What starts a child."""

_Result = TypeVar("_Result")


def in_child(work: Callable[..., _Result], *given: object) -> _Result:
    """Return what `work`, a function at the top of a module, makes of what is given.

    Raises UnreadableFileError where it does so, or raises anything else, takes too long or too much
    memory, or ends the process.
    """
    result, error = _child.call((work, given))
    if error is not None:
        raise error
    return result  # type: ignore[no-any-return]


class _Child:
    """The one child of this process, started when it is called for the first time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def call(self, task: object) -> Any:
        with self._lock:
            overdue = threading.Event()
            try:
                process = self._process = self._process or _started()
                timer = threading.Timer(MOST_SECONDS, _kill, (process, overdue))
                timer.start()
                try:
                    _send(process, task)
                    return pickle.load(_pipe(process.stdout))  # noqa: S301 - from our own child
                finally:
                    timer.cancel()
            except (EOFError, OSError, pickle.UnpicklingError) as error:
                self.end()
                if overdue.is_set():
                    raise _too_much("thời gian đọc", f"{MOST_SECONDS} giây") from error
                raise damaged("nội dung làm phần đọc tệp dừng giữa chừng") from error
            except BaseException:  # the answer would be taken for that to the next call
                self.end()
                raise

    def end(self) -> None:
        """End the process, which may be dead."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


def _started() -> subprocess.Popen[bytes]:
    import subprocess  # only some files from outside need it

    process = subprocess.Popen(  # noqa: S603 - the interpreter that runs this
        CHILD_COMMAND,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    _send(process, sys.path)
    return process


def _send(process: subprocess.Popen[bytes], what: object) -> None:
    pipe = _pipe(process.stdin)
    pipe.write(pickle.dumps(what))
    pipe.flush()


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None  # noqa: S101 - all were asked for
    return pipe


def _kill(process: subprocess.Popen[bytes], overdue: threading.Event) -> None:
    overdue.set()
    process.kill()


def _too_much(what: str, limit: str) -> UnreadableFileError:
    return UnreadableFileError(Code.TOO_LARGE, what, limit)


_child = _Child()
atexit.register(lambda: _child.end())


def _forget() -> None:
    """Leave the child to the process that this one was forked from."""
    global _child
    _child = _Child()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)


# --- within the child ---


def serve() -> None:
    """Answer calls until the parent closes the pipe."""
    _limit_memory()
    calls, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    while True:
        try:
            work, given = pickle.load(calls)  # noqa: S301 - from our own parent
        except EOFError:
            return
        answers.write(_answer(work, given))
        answers.flush()


def _answer(work: Callable[..., object], given: tuple[object, ...]) -> bytes:
    try:
        return pickle.dumps((work(*given), None))
    except MemoryError:
        error = _too_much("bộ nhớ cần để đọc", f"{MOST_MEMORY_BYTES // MEBIBYTE} MiB")
    except Exception as other:  # whatever a library makes of a damaged file
        error = as_unreadable(other)
    return pickle.dumps((None, error))


def _limit_memory() -> None:
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY_BYTES, MOST_MEMORY_BYTES))
    except (ImportError, ValueError, OSError):  # Windows has none; others may set less
        return
