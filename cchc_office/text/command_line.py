"""Commands as a clerk can type them: in the way in which the program was started."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

_NAME = "cchc"
_TOLD = "CCHC_LENH"
"""The variable by which what starts the program, as a portable folder does, tells its own name."""

_BY_UV = "UV_RUN_RECURSION_DEPTH"
_TO_QUOTE = re.compile(r"[\s()\[\]{}&;|<>'$`!*?#~^%]")


def program() -> str:
    """Return what starts the program: "cchc", "uv run cchc", "python -m cchc_office", a path."""
    if told := os.environ.get(_TOLD):
        return told
    started = Path(sys.argv[0] if sys.argv else "")
    name = _NAME
    if started.name == "__main__.py" and started.parent.name == "cchc_office":
        name = f"{typed(sys.orig_argv[0])} -m cchc_office"
    elif started.stem == _NAME and not _is_found(started):
        name = typed(str(started))
    return f"uv run {name}" if _BY_UV in os.environ else name


def _is_found(started: Path) -> bool:
    """Tell whether the shell finds this program by its name."""
    import shutil  # what a clerk waits for before the first word

    found = shutil.which(_NAME)
    return found is not None and Path(found).with_suffix("") == started.with_suffix("")


def advised(command: str, *words: str | Path) -> str:
    """Return a command to type, like `cchc so xoa "đợt 2025" G1`, from its verb and its words."""
    return " ".join((program(), command, *(typed(str(word)) for word in words)))


def typed(word: str) -> str:
    """Return a name as it is typed on a command line."""
    return f'"{word}"' if _TO_QUOTE.search(word) else word
