"""A name for the folder of a new campaign, which a page proposes before anything is loaded."""

from __future__ import annotations

from itertools import chain, count
from pathlib import Path

from cchc_office.files.folders import may_be_there


def free_name(base: Path, name: str) -> str:
    """Return a name for a new campaign's folder: `name`, or with a number where that is taken."""
    numbered = (f"{name} ({number})" for number in count(2))
    return next(n for n in chain((name,), numbered) if not may_be_there(base / n))
