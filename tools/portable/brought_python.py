"""A Python of its own in the folder, so that a computer needs nothing: from uv, or from an archive.

Both are builds of python-build-standalone, which run from wherever they lie.
"""

from __future__ import annotations

import re
import shutil
import tarfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .wheels import BuildError, NoNetworkError, run_uv

if TYPE_CHECKING:
    from pathlib import Path

    from .platforms import Platform

_VERSIONED = re.compile(r"(?:python|libpython)(3)\.?(\d\d)(?:\.dll|\.so.*|\.dylib)?")


_WITHOUT_NETWORK = """Không tải được Python {0}: máy này không vào được github.com. Một trong ba:
  - kiểm tra mạng, proxy của cơ quan (biến HTTPS_PROXY), rồi chạy lại;
  - tải ở máy khác gói cpython-{0}.…-install_only.tar.gz cho {1} (tên đầy đủ: docs/cai-dat.md) ở
    https://github.com/astral-sh/python-build-standalone/releases, chép về đây, rồi chạy:
    uv run python tools/make_portable.py {1} --with-python TỆP
  - bỏ --with-python: thư mục làm ra dùng ở máy đã có Python."""


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
        try:
            run_uv("python", "install", "--no-bin", "--install-dir", folder, key)
        except NoNetworkError as error:
            raise BuildError(_WITHOUT_NETWORK.format(version, platform.name)) from error
    shutil.move(_home_in(folder, platform), to)
    return version_of(to)


def _unpack(archive: Path, to: Path) -> None:
    try:
        with tarfile.open(archive) as opened:
            opened.extractall(to, filter="data")
    except (OSError, tarfile.TarError) as error:
        raise BuildError(f"{archive} không phải là gói nén mở được ({error}).") from error


def _home_in(folder: Path, platform: Platform) -> Path:
    """Return the folder of a Python below another, whatever an archive or uv calls it."""
    executable = "python.exe" if platform.suffix else "bin/python3"
    for home in sorted(folder.iterdir()):
        if not home.is_symlink() and (home / executable).is_file():
            return home
    raise BuildError(f"Trong gói không có Python cho {platform.name}: không thấy {executable}.")


def version_of(home: Path) -> str:
    """Return the version of the Python in a folder, like "3.13", told by its files alone."""
    for path in sorted((*home.glob("python3*.dll"), *home.glob("bin/python3.*"))):
        if found := _VERSIONED.fullmatch(path.name):
            return ".".join(found.groups())
    raise BuildError(f"{home}: không tệp nào cho biết là Python bản nào.")
