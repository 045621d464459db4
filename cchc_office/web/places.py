"""Where campaigns lie on this computer, and the little that the page remembers between starts.

Two small files in the user's own folder: which campaigns were opened lately (a list of folders,
nothing of them), and where a running page is (its port and key, readable by this user alone).
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

_MOST_REMEMBERED = 20
_BASE = "CCHC"
_OWN = "CCHC_THU_MUC_RIENG"
"""The variable that names another folder for the two files, as tests do."""


def base_folder() -> Path:
    """Return the folder in which new campaigns are made: CCHC among the user's documents."""
    home = Path.home()
    documents = [home / name for name in ("Documents", "Tài liệu", "OneDrive/Documents")]
    return next((d for d in documents if _is_folder(d)), home) / _BASE


def _is_folder(path: Path) -> bool:
    with suppress(OSError):
        return path.is_dir()
    return False


def own_folder() -> Path:
    """Return the folder of this user in which programs keep what they remember."""
    if told := os.environ.get(_OWN):
        return Path(told)
    home = Path.home()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local")) / "cchc"
    if sys.platform == "darwin":
        return home / "Library" / "Application Support" / "cchc"
    return Path(os.environ.get("XDG_STATE_HOME", home / ".local" / "state")) / "cchc"


def remember(folder: Path) -> None:
    """Put a campaign first among those opened lately; a disk that is full stops nothing."""
    folders = [str(folder), *(str(f) for f in _remembered() if f != folder)]
    with suppress(OSError):
        _write(own_folder() / "gan-day.json", folders[:_MOST_REMEMBERED])


def forget(folder: Path) -> None:
    """Take a folder out of those opened lately."""
    with suppress(OSError):
        place = folder.resolve()
        folders = [f for f in _remembered() if f.resolve() != place]
        if len(folders) != len(_remembered()):
            _write(own_folder() / "gan-day.json", [str(f) for f in folders])


def known_campaigns() -> list[Path]:
    """Return the folders of campaigns: opened lately, latest first, then those in the base."""
    folders = _remembered()
    with suppress(OSError):
        folders += sorted(p for p in base_folder().iterdir() if _is_folder(p))
    if not folders:
        return []
    from cchc_office.steps.campaign_folder import is_campaign  # loads the library

    return [f for f in dict.fromkeys(folders) if is_campaign(f)]


def _remembered() -> list[Path]:
    told = _read(own_folder() / "gan-day.json")
    return [Path(f) for f in told if isinstance(f, str)] if isinstance(told, list) else []


def note_running(port: int, key: str) -> None:
    """Write where the page of this user runs, for a second start to find it."""
    with suppress(OSError):
        _write(own_folder() / "trang.json", {"cong": port, "khoa": key, "tien_trinh": os.getpid()})


def running() -> tuple[int, str] | None:
    """Return port and key of a page that was started and may run still."""
    told = _read(own_folder() / "trang.json")
    if not isinstance(told, dict):
        return None
    port, key = told.get("cong"), told.get("khoa")
    return (port, key) if isinstance(port, int) and isinstance(key, str) else None


def forget_running(port: int) -> None:
    """Take away what tells of a page, unless another one has been started since."""
    if (found := running()) and found[0] == port:
        with suppress(OSError):
            (own_folder() / "trang.json").unlink()


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _write(path: Path, what: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    temporary = path.with_suffix(f".{os.getpid()}.tmp")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(what, file)  # in ASCII: names of folders are not always Unicode
    temporary.replace(path)
