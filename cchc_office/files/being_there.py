"""Whether something is at a path: it is, it is not, or that cannot be told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cchc_office.errors import is_of_network

if TYPE_CHECKING:
    import os
    from pathlib import Path


def look(path: Path) -> os.stat_result | None:
    """Return the status of what is at `path`, None where nothing is.

    Raises OSError where that cannot be told, and for a link that leads nowhere.
    """
    try:
        return path.stat()
    except FileNotFoundError as error:
        if is_of_network(error) or path.is_symlink():
            raise
        return None


def is_there(path: Path) -> bool:
    """Tell whether anything is at `path`; raises OSError where that cannot be told."""
    return look(path) is not None


def may_be_there(path: Path) -> bool:
    """Tell whether something may be at `path`: it is there, or that cannot be told."""
    try:
        return is_there(path)
    except OSError:
        return True
