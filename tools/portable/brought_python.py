"""A Python of its own in the folder, so that a computer needs nothing: from uv, or from an archive.

Both are builds of python-build-standalone, which run from wherever they lie.
"""

from __future__ import annotations

import re
import shutil
import tarfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .wheels import BuildError, run_uv

if TYPE_CHECKING:
    from pathlib import Path

    from .platforms import Platform

_VERSIONED = re.compile(r"(?:python|libpython)(3)\.?(\d\d)(?:\.dll|\.so.*|\.dylib)?")


@dataclass(frozen=True)
class PythonSource:
    """Where a Python comes from: an archive of the kind `install_only`, otherwise uv."""

    archive: Path | None = None


def bring_python(
    source: PythonSource, platform: Platform, version: str, to: Path, scratch: Path
) -> str:
    """Put a Python into the folder `to` and return its version.

    uv brings `version`, of another kind of computer than this too, and asks for a network. Raises
    BuildError where there is none.
    """
    folder = scratch / f"python-{platform.name}"
    if source.archive:
        _unpack(source.archive, folder)
    else:
        (key,) = platform.python_keys((version,))
        run_uv("python", "install", "--no-bin", "--install-dir", folder, key)
    shutil.move(_home_in(folder, platform), to)
    return version_of(to)


def _unpack(archive: Path, to: Path) -> None:
    try:
        with tarfile.open(archive) as opened:
            opened.extractall(to, filter="data")
    except (OSError, tarfile.TarError) as error:
        raise BuildError(f"{archive}: no archive that can be unpacked ({error})") from error


def _home_in(folder: Path, platform: Platform) -> Path:
    """Return the folder of a Python below another, whatever an archive or uv calls it."""
    executable = "python.exe" if platform.suffix else "bin/python3"
    for home in sorted(folder.iterdir()):
        if not home.is_symlink() and (home / executable).is_file():
            return home
    raise BuildError(f"no Python for {platform.name} there: no folder with {executable}")


def version_of(home: Path) -> str:
    """Return the version of the Python in a folder, like "3.13", told by its files alone."""
    for path in sorted((*home.glob("python3*.dll"), *home.glob("bin/python3.*"))):
        if found := _VERSIONED.fullmatch(path.name):
            return ".".join(found.groups())
    raise BuildError(f"{home}: no file tells which Python that is")
