"""The kinds of computer that a folder is made for."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

PYTHON_VERSIONS = ("3.13", "3.12", "3.14", "3.11")
"""The versions that a folder serves, in the order in which one is looked for."""


@dataclass(frozen=True)
class Platform:
    """A kind of computer."""

    name: str
    tags: tuple[str, ...]
    """The platform tags of its wheels, as pip takes them."""

    markers: Mapping[str, str]
    """What differs on it for the conditions of a requirement."""

    key: str
    """How uv names its Pythons, behind the version."""

    archive: str
    texts: Mapping[str, str]
    """The files that lie open in the folder, each with its encoding."""

    line_end: str = "\n"
    suffix: str = ""

    @property
    def uv(self) -> str:
        """Return the name of uv's executable."""
        return f"uv{self.suffix}"

    def python_keys(self, versions: tuple[str, ...]) -> tuple[str, ...]:
        """Return how uv is asked for a Python of each version, of this kind of processor."""
        return tuple(f"cpython-{version}-{self.key}" for version in versions)

    def environment(self, version: str) -> dict[str, str]:
        """Return what the conditions of a requirement are held against."""
        return {
            "implementation_name": "cpython",
            "platform_python_implementation": "CPython",
            "python_version": version,
            "python_full_version": f"{version}.0",
            **self.markers,
        }


# wscript reads UTF-16 by its mark, and nothing else that has Vietnamese letters. cmd.exe reads a
# batch file in the code page of the machine, so there are none in it. Old Notepads want the mark.
_WINDOWS_TEXTS = {
    "CCHC.vbs": "utf-16",
    "CCHC.bat": "ascii",
    "DOC-TRUOC.txt": "utf-8-sig",
    "app/CHUA-CO-PYTHON.txt": "utf-8-sig",
}
_UNIX_TEXTS = {"CCHC.sh": "utf-8", "DOC-TRUOC.txt": "utf-8", "app/CHUA-CO-PYTHON.txt": "utf-8"}

WINDOWS = Platform(
    "windows",
    ("win_amd64",),
    MappingProxyType(
        {
            "os_name": "nt",
            "sys_platform": "win32",
            "platform_system": "Windows",
            "platform_machine": "AMD64",
        }
    ),
    "windows-x86_64-none",
    "cchc-windows.zip",
    MappingProxyType(_WINDOWS_TEXTS),
    line_end="\r\n",
    suffix=".exe",
)
LINUX = Platform(
    "linux",
    ("manylinux_2_28_x86_64", "manylinux_2_17_x86_64", "manylinux2014_x86_64"),
    MappingProxyType(
        {
            "os_name": "posix",
            "sys_platform": "linux",
            "platform_system": "Linux",
            "platform_machine": "x86_64",
        }
    ),
    "linux-x86_64-gnu",
    "cchc-linux.tar.gz",
    MappingProxyType({**_UNIX_TEXTS, "CCHC.desktop": "utf-8"}),
)
MACOS = Platform(
    "macos",
    ("macosx_13_0_arm64",),
    MappingProxyType(
        {
            "os_name": "posix",
            "sys_platform": "darwin",
            "platform_system": "Darwin",
            "platform_machine": "arm64",
        }
    ),
    "macos-aarch64-none",
    "cchc-macos.tar.gz",
    MappingProxyType({**_UNIX_TEXTS, "CCHC.command": "utf-8"}),
)
PLATFORMS = {platform.name: platform for platform in (WINDOWS, LINUX, MACOS)}
