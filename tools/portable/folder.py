"""A folder from which the program runs on one kind of computer, and its archive."""

from __future__ import annotations

import gzip
import shutil
import stat
import tarfile
import zipfile
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from packaging.utils import parse_wheel_filename

from .brought_python import bring_python
from .manual import MANUAL, bring_manual
from .platforms import PYTHON_VERSIONS
from .wheels import bring_uv, build_own, download, pinned, resolve
from .words import WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .brought_python import PythonSource
    from .platforms import Platform

IN_FOLDER = "in_folder"
NAME = "CCHC"
_TIME = (1980, 1, 1, 0, 0, 0)
_EFFORT = 2
"""Nearly all in it is packed already."""

_RUN = (".sh", ".command", ".desktop")


def make_folder(
    platform: Platform,
    project: Path,
    to: Path,
    scratch: Path,
    versions: Sequence[str] = PYTHON_VERSIONS,
    python: PythonSource | None = None,
) -> Path:
    """Make the folder of a platform below `to` and return it.

    A `python` comes along in it, if one is named; then only its version is served, and otherwise
    `versions`. Raises BuildError where something is not to be had.
    """
    folder = to / NAME
    app = folder / "app"
    wheels = app / "wheels"
    wheels.mkdir(parents=True)
    if python:
        versions = (bring_python(python, platform, versions[0], app / "python", scratch),)
    built = build_own(project, scratch / f"own-{platform.name}")
    own = Path(shutil.copy(built, wheels))
    requirements = resolve(project, min(versions, key=_as_numbers))
    download(requirements, platform, versions, wheels)
    bring_uv(platform, app, scratch)
    listed = pinned(requirements, own, wheels)
    (app / "requirements.txt").write_text(listed, encoding="utf-8", newline="\n")
    here = project / "tools" / "portable" / IN_FOLDER
    shutil.copyfile(here / "start.py", app / "start.py")
    shutil.copyfile(project / "LICENSE", app / "LICENSE.txt")
    bring_manual(project, folder / MANUAL)
    version = str(parse_wheel_filename(own.name)[1])
    stamp = f"{version}-{sha256(listed.encode()).hexdigest()[:8]}"
    _write_texts(platform, here, folder, _values(platform, tuple(versions), version, stamp))
    return folder


def _as_numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def _values(
    platform: Platform, versions: tuple[str, ...], version: str, stamp: str
) -> dict[str, str]:
    keys = platform.python_keys(versions)
    in_vbs = ", ".join(f'"{key}"' for key in keys)
    ordered = sorted(versions, key=_as_numbers)
    return {
        **WORDS[platform.name],
        "NAME": platform.name,
        "VERSION": version,
        "STAMP": stamp,
        "PYTHONS": " ".join(keys),
        "PYTHONS_VBS": in_vbs,
        "BEST": versions[0],
        "VERSIONS": ordered[0] if len(ordered) == 1 else f"{ordered[0]} đến {ordered[-1]}",
    }


def _write_texts(platform: Platform, here: Path, folder: Path, values: dict[str, str]) -> None:
    for name, encoding in platform.texts.items():
        path = folder / name
        text = (here / path.name).read_text(encoding="utf-8")
        for key, value in values.items():
            text = text.replace(f"@{key}@", value)
        path.write_text(text, encoding=encoding, newline=platform.line_end)
        path.chmod(0o755 if path.suffix in _RUN else 0o644)


def pack(folder: Path, archive: Path) -> Path:
    """Pack a folder, the same into the same bytes. A tar keeps links, and what may be run."""
    archive.unlink(missing_ok=True)
    paths = sorted(folder.rglob("*"))
    if archive.suffix == ".zip":
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
            for path in paths:
                if path.is_file():
                    _zip(packed, path, path.relative_to(folder.parent).as_posix())
    else:
        with gzip.GzipFile(archive, "wb", _EFFORT, mtime=0) as file:
            _tar(file, paths, folder.parent)
    return archive


def _zip(packed: zipfile.ZipFile, path: Path, name: str) -> None:
    entry = zipfile.ZipInfo(name, _TIME)
    is_packed = path.suffix == ".whl"
    entry.compress_type = zipfile.ZIP_STORED if is_packed else zipfile.ZIP_DEFLATED
    entry.external_attr = (stat.S_IFREG | stat.S_IMODE(path.stat().st_mode)) << 16
    with path.open("rb") as source, packed.open(entry, "w") as target:
        shutil.copyfileobj(source, target)


def _tar(file: gzip.GzipFile, paths: Sequence[Path], above: Path) -> None:
    with tarfile.open(mode="w", fileobj=file) as packed:
        for path in paths:
            name = path.relative_to(above).as_posix()
            packed.add(path, name, recursive=False, filter=_plain)


def _plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    entry.uid = entry.gid = entry.mtime = 0
    entry.uname = entry.gname = ""
    return entry
