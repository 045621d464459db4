"""Commands as a clerk can type them: in the way in which the program was started."""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path  # which takes longer to load than all the rest of --help

_NAME = "cchc"
_TOLD = "CCHC_LENH"
"""The variable by which what starts the program, as a portable folder does, tells its own name."""

_BY_UV = "UV_RUN_RECURSION_DEPTH"
_TO_QUOTE = re.compile(r"[\s()\[\]{}&;|<>'$`!*?#~^%]")


def program() -> str:
    """Return what starts the program: "cchc", "uv run cchc", "python -m cchc_office", a path."""
    if told := os.environ.get(_TOLD):
        return told
    started = sys.argv[0] if sys.argv else ""
    folder, _, file = _plain(started).rpartition("/")
    name = _NAME
    if file == "__main__.py" and folder.endswith("/cchc_office"):
        name = f"{typed(sys.orig_argv[0])} -m cchc_office"
    elif file in (_NAME, f"{_NAME}.exe") and folder not in map(_plain, os.get_exec_path()):
        name = typed(started)
    return f"uv run {name}" if _BY_UV in os.environ else name


def _plain(path: str) -> str:
    """Return a path as it can be held against others, on Windows too."""
    return path if os.sep == "/" else path.replace(os.sep, "/").casefold()


def advised(command: str, *words: str | Path) -> str:
    """Return a command to type, like `cchc so xoa "đợt 2025" G1`, from its verb and its words."""
    return " ".join((program(), command, *(typed(str(word)) for word in words)))


def typed(word: str) -> str:
    """Return a name as it is typed on a command line."""
    return f'"{word}"' if _TO_QUOTE.search(word) else word
