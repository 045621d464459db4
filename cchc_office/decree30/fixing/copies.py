"""The mended copy that stands beside a document."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

from cchc_office.decree30.figures import DEFAULT_PROFILE, Profile
from cchc_office.decree30.fixing.kinds import Fixed, FixKind
from cchc_office.decree30.fixing.mending import AUTHOR, fix_content
from cchc_office.files.copy_beside import is_name_of_copy, place_of_copy, write_copy
from cchc_office.word.edited_package import last_modified_by, modified_by

_OF_A_COPY = "-da-sua"


def fix(
    path: str | Path,
    *,
    asked_for: Iterable[FixKind] = (),
    profile: Profile = DEFAULT_PROFILE,
    day: dt.date | None = None,
    tracked: bool = True,
) -> Fixed:
    """Write the mended copy of a document; see `cchc_office.decree30.fix`, which this is."""
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
    whole = modified_by(made.content, AUTHOR)
    written, kept = write_copy(place_of_fixed_copy(original), original, whole, _is_untouched)
    return Fixed(original, written.path, made.changes, (*kept, *made.findings))


def place_of_fixed_copy(original: Path) -> Path:
    """Return where the mended copy of a document goes."""
    return place_of_copy(original, _OF_A_COPY)


def is_fixed_copy(path: Path) -> bool:
    """Tell whether a file is called as mended copies are."""
    return is_name_of_copy(path, _OF_A_COPY)


def _is_untouched(content: bytes) -> bool:
    """Tell whether a file is a copy that nobody saved since it was written."""
    return last_modified_by(content) == AUTHOR
