"""Writing a changed copy of somebody's file beside it, never over one that a person saved since."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from cchc_office.catalogue.findings import Code, Finding
from cchc_office.files.output_folder import Fate, Written
from cchc_office.files.whole_writing import write_whole

_MOST_NAMES = 100
_NUMBER = re.compile(r" \(\d{1,2}\)$")


def place_of_copy(file: Path, ending: str) -> Path:
    """Return where the copy of a file goes whose name has `ending` behind it."""
    return file.with_name(f"{file.stem.removesuffix(ending)}{ending}{file.suffix}")


def is_name_of_copy(file: Path, ending: str) -> bool:
    """Tell whether a file is called as such copies are."""
    return _NUMBER.sub("", file.stem).endswith(ending)


def write_copy(
    wanted: Path, original: Path, content: bytes, is_untouched: Callable[[bytes], bool]
) -> tuple[Written, tuple[Finding, ...]]:
    """Write a copy of `original`; where `wanted` is not to be replaced, beside that, which is told.

    Raises OSError where nothing can be written.
    """
    told: list[Finding] = []
    for path in _names(wanted):
        was_there = path.exists()
        if path == original:
            continue
        if was_there and not is_untouched(path.read_bytes()):
            told = told or [Finding(Code.COPY_KEPT, path.name)]
            continue
        try:
            write_whole(path, content)
        except PermissionError:
            if not was_there:
                raise
            told = told or [Finding(Code.FILE_IN_USE, path.name)]
            continue
        found = tuple(Finding(f.code, f.file, found=path.name) for f in told)
        fate = Fate.BESIDE if told else Fate.CHANGED if was_there else Fate.NEW
        return Written(path, fate), found
    raise FileExistsError(str(original))


def _names(wanted: Path) -> Iterator[Path]:
    yield wanted
    for number in range(2, _MOST_NAMES):
        yield wanted.with_name(f"{wanted.stem} ({number}){wanted.suffix}")
