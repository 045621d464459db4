"""A name for the folder of a new campaign, which a page proposes before anything is loaded."""

from __future__ import annotations

from pathlib import Path

from cchc_office.files.being_there import may_be_there

_MOST_TRIED = 1_000


def free_name(base: Path, name: str) -> str:
    """Return a name for a new campaign's folder: `name`, or with a number where that is taken.

    Where nobody can tell what is taken, as in a folder that is shut, it is `name`.
    """
    numbered = (f"{name} ({number})" for number in range(2, _MOST_TRIED))
    return next((n for n in (name, *numbered) if not may_be_there(base / n)), name)
