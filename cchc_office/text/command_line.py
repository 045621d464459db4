"""Commands as they can be typed, in the way in which the program was started.

Where a script calls the library nobody typed any: options have behind them what it writes instead.
"""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path  # which takes longer to load than all the rest of --help

_NAME = "cchc"
_FILES = (_NAME, f"{_NAME}.exe")
_TOLD = "CCHC_LENH"
"""The variable by which what starts the program, as a portable folder does, tells its own name."""

_BY_UV = "UV_RUN_RECURSION_DEPTH"
_OPTION = re.compile(r"(?<![\w-])(?:--[a-z]+(?:-[a-z]+)*|-o)(?![\w-])")
_TO_QUOTE = re.compile(r"[\s()\[\]{}&;|<>'$`!*?#~^%]")

ARGUMENTS = {
    "-o": "output",
    "--ban-quet": "accepts_scans",
    "--ban-sua": "accepts_old",
    "--bang": "choose",
    "--cach": "way",
    "--chi": "only",
    "--chua-gui": "settle",
    "--cot": "columns",
    "--don-vi": "same_units",
    "--da-gui": "settle",
    "--dung-nguoi-gui": "confirm_senders",
    "--gui-lai": "again",
    "--hoi": "ask_to_explain",
    "--khong-them-dong": "rows_as_they_are",
    "--lan": "number",
    "--mat-khau": "passwords",
    "--ngay": "day",
    "--pdf": "as_pdf",
    "--phan-cong-tu": "assignments",
    "--qua-han": "days_over",
    "--den-luc": "due_only",
    "--tat-ca": "every_leaf",
    "--tep": "messages",
    "--thu-toi": "send_to_oneself",
    "--truoc-han": "days_left",
    "--tu": "table",
    "--vi-sao": "reason",
}
"""What a script writes for the options that clerks are told of: an argument, or another job."""


def program() -> str:
    """Return what starts the program: "cchc", "uv run cchc", "python -m cchc_office", a path."""
    if told := os.environ.get(_TOLD):
        return told
    folder, _, file = _started()
    name = _NAME
    if file not in _FILES:  # the package, or a script; only uv is sure to find `cchc` for it
        name = _NAME if _BY_UV in os.environ else f"{typed(sys.orig_argv[0])} -m cchc_office"
    elif folder not in map(_plain, os.get_exec_path()):
        name = typed(sys.argv[0])
    return f"uv run {name}" if _BY_UV in os.environ else name


def _started() -> tuple[str, str, str]:
    """Return the folder and the name of what was started, parted by a slash."""
    return _plain(sys.argv[0] if sys.argv else "").rpartition("/")


def _was_typed() -> bool:
    """Tell whether somebody typed a command."""
    folder, _, file = _started()
    is_package = file == "__main__.py" and folder.endswith("/cchc_office")
    return _TOLD in os.environ or is_package or file in _FILES


def with_arguments(text: str) -> str:
    """Return a text for whoever reads it: for a script the options have its arguments behind them.

    "Chạy lại với --gui-lai" is then "Chạy lại với --gui-lai (again)".
    """
    if "-" not in text or _was_typed():
        return text
    return _OPTION.sub(_with_argument, text)


def _with_argument(option: re.Match[str]) -> str:
    argument = ARGUMENTS.get(option.group())
    return f"{option.group()} ({argument})" if argument else option.group()


def _plain(path: str) -> str:
    """Return a path as it can be held against others, on Windows too."""
    return path if os.sep == "/" else path.replace(os.sep, "/").casefold()


def advised(command: str, *words: str | Path) -> str:
    """Return a command to type, like `cchc so xoa "đợt 2025" G1`, from its verb and its words."""
    return " ".join((program(), command, *(typed(str(word)) for word in words)))


def on_any_computer(text: str) -> str:
    """Return a text with commands as they are called anywhere: a file is read on other computers.

    What is made from the page and by a command is the same then, however each was started.
    """
    started = program()
    return re.sub(rf"{re.escape(started)}(?![\w-])", _NAME, text) if started != _NAME else text


def typed(word: str) -> str:
    """Return a name as it is typed on a command line."""
    return f'"{word}"' if _TO_QUOTE.search(word) else word
