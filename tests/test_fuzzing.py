"""The command that feeds the reader damaged workbooks: a short run, and that it tells failures."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import ROOT

COMMAND = ROOT / "tools" / "fuzz_returns.py"


def fuzz(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(COMMAND), *arguments]
    return subprocess.run(
        command, capture_output=True, encoding="utf-8", timeout=300, cwd=ROOT, check=False
    )


def told_in(output: str) -> tuple[int, int, int]:
    """Return how many cases were read, explained, and failures."""
    total = re.search(r"^all +(\d+) +(\d+) +(\d+)$", output, re.MULTILINE)
    assert total is not None
    read, explained, failures = map(int, total.groups())
    return read, explained, failures


def test_three_hundred_damaged_workbooks_are_read_or_explained() -> None:
    done = fuzz("--count", "300", "--seed", "20241120")
    assert done.returncode == 0, done.stdout + done.stderr
    read, explained, failures = told_in(done.stdout)
    assert (read + explained, failures) == (300, 0)
    assert min(read, explained) > 50


@pytest.mark.parametrize("kind", ["tham-dinh", "giai-trinh"])
def test_damaged_workbooks_of_reviewers_and_answers_are_read_or_explained(kind: str) -> None:
    done = fuzz("--count", "150", "--seed", "20241205", "--kind", kind)
    assert done.returncode == 0, done.stdout + done.stderr
    read, explained, failures = told_in(done.stdout)
    assert (read + explained, failures) == (150, 0)
    assert min(read, explained) > 25


def test_whatever_a_case_must_not_do_is_noticed() -> None:
    done = fuzz("--check")
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(done.stdout.splitlines()) >= 12


def test_a_case_is_the_same_each_time(tmp_path: Path) -> None:
    contents = []
    for name in ("one", "two"):
        done = fuzz("--case", "7", "--keep", str(tmp_path / name))
        assert done.returncode == 0, done.stdout
        (kept,) = (tmp_path / name).iterdir()
        contents.append((kept.name, kept.read_bytes()))
    assert contents[0] == contents[1]
