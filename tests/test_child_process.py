"""The process in which libraries read what comes from outside: whatever it dies of is told."""

from __future__ import annotations

import multiprocessing
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import pytest

from cchc_office.catalogue.findings import Code
from cchc_office.files import child_process
from cchc_office.files.child_process import in_child
from cchc_office.files.unreadable_file import UnreadableFileError, too_large


def squared(number: int) -> int:
    sys.stdout.write("a library says something")
    return number * number


def refuse(limit: int) -> None:
    raise too_large("số ô", limit + 1, limit)


def fail() -> None:
    raise ZeroDivisionError


def die() -> None:
    os._exit(3)


def run_on() -> None:
    time.sleep(600)


def fill_memory() -> int:
    return len(bytearray(2 * child_process.MOST_MEMORY_BYTES))


def told(work: object, *given: object) -> tuple[object, str, str]:
    with pytest.raises(UnreadableFileError) as caught:
        in_child(work, *given)  # type: ignore[arg-type]
    return caught.value.code, caught.value.found, caught.value.expected


def test_one_child_serves_call_after_call() -> None:
    first = in_child(os.getpid)
    assert first != os.getpid()
    assert [in_child(squared, n) for n in (2, 3)] == [4, 9]
    assert in_child(os.getpid) == first


def test_what_is_raised_is_told() -> None:
    assert told(refuse, 5) == (Code.TOO_LARGE, "số ô 6", "5")
    assert told(fail) == (Code.DAMAGED_FILE, "nội dung lạ, ZeroDivisionError", "")
    assert in_child(squared, 4) == 16


def test_a_child_that_dies_is_told_and_replaced() -> None:
    assert told(die) == (Code.DAMAGED_FILE, "nội dung làm phần đọc tệp dừng giữa chừng", "")
    assert in_child(squared, 5) == 25


def test_a_child_that_takes_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    in_child(squared, 1)
    monkeypatch.setattr(child_process, "MOST_SECONDS", 1)
    assert told(run_on) == (Code.TOO_LARGE, "thời gian đọc", "1 giây")
    monkeypatch.undo()
    assert in_child(squared, 6) == 36


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such limit")
def test_a_child_that_takes_much_memory_is_told() -> None:
    assert told(fill_memory) == (Code.TOO_LARGE, "bộ nhớ cần để đọc", "768 MiB")


def test_threads_wait_for_one_another_and_processes_have_a_child_each() -> None:
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(lambda n: in_child(squared, n), range(20))) == [
            n * n for n in range(20)
        ]
    ours = in_child(os.getpid)
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as processes:
        assert processes.submit(in_child, os.getpid).result() != ours
    if "fork" in multiprocessing.get_all_start_methods():
        with ProcessPoolExecutor(1, multiprocessing.get_context("fork")) as processes:
            assert processes.submit(in_child, os.getpid).result() != ours
    assert in_child(os.getpid) == ours
