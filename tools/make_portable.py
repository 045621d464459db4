"""Makes a folder from which the program starts by a double-click, without a network, and packs it.

    uv run python tools/make_portable.py [windows] [linux] [macos] [--to dist]
        [--python VERSION]... [--with-python [ARCHIVE]]

`dist/cchc-windows.zip` has uv's own executable and the wheels of all that the program needs, for
each version of Python that may be there; so no more is asked of a computer than one of them.
--with-python puts that in too: uv's own, which asks for a network, or one out of an archive of
python-build-standalone (install_only), for one platform. What starts it is in
`tools/portable/in_folder/`; the environment is made on the first start, in a folder of the user's.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from portable.brought_python import PythonSource
from portable.folder import make_folder, pack
from portable.platforms import PLATFORMS, PYTHON_VERSIONS, Platform
from portable.wheels import BuildError

PROJECT = Path(__file__).resolve().parent.parent
_USUAL = ("windows", "linux")
_MEBIBYTE = 1024 * 1024


def make(
    platform: Platform, to: Path, versions: tuple[str, ...], python: PythonSource | None
) -> Path:
    """Make the archive of a platform in `to` and return it."""
    with tempfile.TemporaryDirectory(prefix="cchc-") as made:
        scratch = Path(made)
        folder = make_folder(platform, PROJECT, scratch, scratch, versions, python)
        to.mkdir(parents=True, exist_ok=True)
        return pack(folder, to / platform.archive)


def main() -> int:
    """Make what the command line asks for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("platforms", nargs="*", metavar="|".join(PLATFORMS))
    parser.add_argument("--to", type=Path, default=PROJECT / "dist")
    parser.add_argument("--python", action="append", metavar="VERSION")
    parser.add_argument(
        "--with-python", nargs="?", type=Path, const=Path(), metavar="ARCHIVE", help="see above"
    )
    asked = parser.parse_args()
    names = asked.platforms or _USUAL
    if unknown := set(names) - PLATFORMS.keys():
        parser.error(f"{unknown.pop()} is none of {', '.join(PLATFORMS)}")
    archive = asked.with_python if asked.with_python != Path() else None
    if archive and len(names) > 1:
        parser.error("an archive has the Python of one platform: name it")
    python = PythonSource(archive) if asked.with_python else None
    for name in names:
        try:
            versions = tuple(asked.python or PYTHON_VERSIONS)
            made = make(PLATFORMS[name], asked.to, versions, python)
        except BuildError as error:
            print(f"{name}: {error}", file=sys.stderr)
            return 1
        print(f"{made} ({made.stat().st_size / _MEBIBYTE:.0f} MiB)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
