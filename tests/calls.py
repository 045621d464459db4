"""Calling the commands inside the test's own process."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cchc_office.cli import main

from .conftest import EXAMPLE


def cchc(*arguments: str | Path) -> int:
    """Run `cchc` and return its exit status."""
    with pytest.raises(SystemExit) as stopped:
        main([str(a) for a in arguments])
    assert isinstance(stopped.value.code, int)
    return stopped.value.code


def example_in(folder: Path) -> Path:
    """Copy the example to a folder of the test's own, where a register may be written."""
    return Path(shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("cchc.sqlite*")))
