"""Calling the commands inside the test's own process."""

from __future__ import annotations

from pathlib import Path

import pytest

from cchc_office.cli import main


def cchc(*arguments: str | Path) -> int:
    """Run `cchc` and return its exit status."""
    with pytest.raises(SystemExit) as stopped:
        main([str(a) for a in arguments])
    assert isinstance(stopped.value.code, int)
    return stopped.value.code
