"""The wheels of a folder: ours and all that it needs, for one kind of computer."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import zipfile
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from typing import TYPE_CHECKING

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from .platforms import Platform

_EXTRA = "keyring"
"""So that passwords of mail can lie where the system keeps passwords."""

_MODE = 0o755


class BuildError(Exception):
    """A folder cannot be made; says in Vietnamese why, and what can be done."""


class NoNetworkError(BuildError):
    """Something that was to be brought could not be reached."""


_NO_NETWORK = re.compile(
    r"error sending request|dns error|client error|timed? ?out|connection (?:refused|reset)"
    r"|network connectivity is disabled",
    re.IGNORECASE,
)
"""What uv says where it cannot reach what it was to bring."""


def run_uv(*arguments: str | Path) -> str:
    """Return what uv prints. Raises BuildError where it fails."""
    uv = os.environ.get("UV") or shutil.which("uv")
    if not uv:
        raise BuildError("Máy này chưa có uv. Cài bằng lệnh: pip install uv")
    done = subprocess.run(
        [uv, *map(str, arguments)], capture_output=True, text=True, encoding="utf-8", check=False
    )
    if done.returncode:
        said = done.stderr.strip()
        if _NO_NETWORK.search(said):
            raise NoNetworkError(
                "Không tải được từ mạng. Kiểm tra mạng, proxy của cơ quan (biến HTTPS_PROXY), rồi "
                "chạy lại; hoặc chạy ở máy có mạng rồi chép tệp nén về."
            )
        tried = " ".join(map(str, arguments))
        raise BuildError(f"uv không làm được: uv {tried}\nLời của uv:\n{said}")
    return done.stdout


def build_own(project: Path, to: Path) -> Path:
    """Build the project's own wheel into a folder and return it."""
    run_uv("build", "--quiet", "--wheel", "--out-dir", to, project)
    return next(to.glob("*.whl"))


def resolve(project: Path, oldest: str) -> list[Requirement]:
    """Return what the project needs: one version of each, with its condition, on any platform."""
    text = run_uv(
        *("pip", "compile", "--quiet", "--universal", "--python-version", oldest),
        *("--only-binary", ":all:", "--extra", _EXTRA, "--no-header", "--no-annotate"),
        *("--no-emit-index-url", "--no-emit-find-links", project / "pyproject.toml"),
    )
    return [Requirement(line) for line in text.splitlines() if line.strip()]


def wanted(
    requirements: Sequence[Requirement], platform: Platform, version: str
) -> list[Requirement]:
    """Return those whose condition holds on a platform, under a version of Python."""
    environment = platform.environment(version)
    return [r for r in requirements if not r.marker or r.marker.evaluate(environment)]


def download(
    requirements: Sequence[Requirement], platform: Platform, versions: Sequence[str], to: Path
) -> None:
    """Bring the wheels of a platform into a folder, for each version of Python.

    Raises BuildError where one has none for it, which names it.
    """

    def of_version(version: str) -> None:
        pins = [f"{r.name}{r.specifier}" for r in wanted(requirements, platform, version)]
        _download(pins, platform, ("--python-version", version), to / version)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(of_version, versions))
    for version in versions:
        for wheel in (to / version).iterdir():
            wheel.replace(to / wheel.name)
        (to / version).rmdir()


def _download(pins: list[str], platform: Platform, of: Sequence[str], to: Path) -> None:
    tags = [word for tag in platform.tags for word in ("--platform", tag)]
    run_uv(
        *("tool", "run", "--quiet", "pip", "download", "--quiet", "--no-deps"),
        *("--only-binary", ":all:", "--implementation", "cp", *tags, *of, "--dest", str(to)),
        *pins,
    )


def bring_uv(platform: Platform, to: Path, scratch: Path) -> str:
    """Put uv's executable for a platform and its licences into a folder, and return its version."""
    folder = scratch / f"uv-{platform.name}"
    _download(["uv"], platform, (), folder)
    wheel = next(folder.glob("*.whl"))
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            last = name.rpartition("/")[2]
            if name.endswith(f".data/scripts/{platform.uv}"):
                (to / platform.uv).write_bytes(archive.read(name))
                (to / platform.uv).chmod(_MODE)
            elif ".dist-info/licenses/" in name and last:
                (to / f"uv-{last}.txt").write_bytes(archive.read(name))
    if not (to / platform.uv).is_file():
        raise BuildError(f"Trong {wheel.name} không có {platform.uv}.")
    return str(parse_wheel_filename(wheel.name)[1])


def pinned(requirements: Sequence[Requirement], own: Path, wheels: Path) -> str:
    """Return the list that is installed: each with its condition and the hashes of its wheels."""
    hashes = defaultdict(list)
    for wheel in sorted(wheels.glob("*.whl")):
        name, version, _, _ = parse_wheel_filename(wheel.name)
        hashes[name, str(version)].append(sha256(wheel.read_bytes()).hexdigest())
    name, version, _, _ = parse_wheel_filename(own.name)
    lines = [_pin(f"{name}=={version}", hashes[name, str(version)])]
    for requirement in requirements:
        (pin,) = requirement.specifier
        if found := hashes[canonicalize_name(requirement.name), pin.version]:
            lines.append(_pin(str(requirement), found))
    return "\n".join(lines) + "\n"


def _pin(requirement: str, hashes: Sequence[str]) -> str:
    return " \\\n    ".join((requirement, *(f"--hash=sha256:{found}" for found in hashes)))
