"""The mended copy that stands beside a document."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from pathlib import Path

from cchc_office.catalogue.findings import Code, Finding
from cchc_office.decree30.figures import DEFAULT_PROFILE, Profile
from cchc_office.decree30.fixing.kinds import Fixed, FixKind
from cchc_office.decree30.fixing.mending import AUTHOR, fix_content
from cchc_office.files.output_folder import write_whole
from cchc_office.word.edited_package import last_modified_by, modified_by

_OF_A_COPY = "-da-sua"
_MOST_NAMES = 100


def fix(
    path: str | Path,
    *,
    asked_for: Iterable[FixKind] = (),
    profile: Profile = DEFAULT_PROFILE,
    day: dt.date | None = None,
    tracked: bool = True,
) -> Fixed:
    """Write a copy of a Word document with the looks mended that break the decree.

    What is safe is always mended, and what was `asked_for` (`NAMED_FIXES` has the kinds); no word
    is changed. With `tracked` Word shows the changes of formatting as those of "cchc the-thuc" on
    `day` (today), to be accepted or rejected. The copy stands beside the original, which stays as
    it is. Raises OSError where the file cannot be read, or no copy be written.
    """
    original = Path(path)
    content = original.read_bytes()
    made = fix_content(
        content,
        original.name,
        asked_for=asked_for,
        profile=profile,
        day=day or dt.datetime.now(dt.UTC).astimezone().date(),
        tracked=tracked,
    )
    if made.content is None:
        return Fixed(original, None, made.changes, made.findings)
    copy, kept = _write(original, modified_by(made.content, AUTHOR))
    return Fixed(original, copy, made.changes, (*kept, *made.findings))


def place_of_fixed_copy(original: Path) -> Path:
    """Return where the mended copy of a document goes."""
    stem = original.stem.removesuffix(_OF_A_COPY)
    return original.with_name(f"{stem}{_OF_A_COPY}{original.suffix}")


def is_fixed_copy(path: Path) -> bool:
    """Tell whether a file is called as mended copies are."""
    return path.stem.endswith(_OF_A_COPY)


def _write(original: Path, content: bytes) -> tuple[Path, tuple[Finding, ...]]:
    """Write the copy; where its name is a file that is not to be replaced, beside that."""
    told: Finding | None = None
    for path in _names(place_of_fixed_copy(original)):
        if path == original:
            continue
        is_there = path.exists()
        if is_there and not _is_untouched(path):
            told = told or Finding(Code.FILE_KEPT, path.name)
            continue
        try:
            write_whole(path, content)
        except PermissionError:
            if not is_there:
                raise
            told = told or Finding(Code.FILE_IN_USE, path.name)
            continue
        return path, (Finding(told.code, told.file, found=path.name),) if told else ()
    raise FileExistsError(str(original))


def _names(wanted: Path) -> Iterator[Path]:
    yield wanted
    for number in range(2, _MOST_NAMES):
        yield wanted.with_name(f"{wanted.stem} ({number}){wanted.suffix}")


def _is_untouched(path: Path) -> bool:
    """Tell whether a file is a copy that nobody saved since it was written."""
    return last_modified_by(path.read_bytes()) == AUTHOR
