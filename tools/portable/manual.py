"""The manual as a site that is read without a network, for who has only the folder."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from .wheels import BuildError

if TYPE_CHECKING:
    from pathlib import Path

MANUAL = "HUONG-DAN"
_ONLY_ON_A_SERVER = ("404.html", "sitemap.xml", "sitemap.xml.gz")
"""What a browser never asks a folder for; the maps hold the day on which they were made."""


def bring_manual(project: Path, folder: Path) -> None:
    """Make the site of the project's manual in `folder`.

    Raises BuildError where it cannot be made.
    """
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
    made = subprocess.run(
        [*command, "--config-file", project / "mkdocs.yml", "--site-dir", folder.resolve()],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if made.returncode:
        raise BuildError(f"Không làm được sách hướng dẫn: {made.stderr.strip()}")
    for name in _ONLY_ON_A_SERVER:
        (folder / name).unlink(missing_ok=True)
