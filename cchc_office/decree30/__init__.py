"""Decree 30/2020/NĐ-CP: its figures, an office's own, and the checking of Word documents.

Knows nothing of campaigns.
"""

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

from cchc_office.catalogue.findings import Finding
from cchc_office.decree30.figures import *
from cchc_office.decree30.figures import DEFAULT_PROFILE, Profile
from cchc_office.decree30.fixing.kinds import *
from cchc_office.decree30.fixing.kinds import Fixed, FixKind
from cchc_office.decree30.profile_file import *


def check_document(path: Path) -> list[Finding]:
    """Return what breaks the decree in the document at `path`, and what could not be told.

    Breaches are findings of severity ERROR; where the document does not say enough, they are
    WARNINGs. A file that is no readable Word document is one finding. Raises OSError where the
    file itself cannot be read.
    """
    from cchc_office.decree30.checker import check_content  # loads lxml

    return check_content(path.read_bytes(), path.name)


def fix(
    path: str | Path,
    *,
    asked_for: Iterable[FixKind] = (),
    profile: Profile = DEFAULT_PROFILE,
    day: dt.date | None = None,
    tracked: bool = True,
) -> Fixed:
    """Write a copy of a Word document with the looks mended that break the decree.

    See `cchc_office.decree30.fixing.copies.fix`, which this is.
    """
    from cchc_office.decree30.fixing import copies  # loads lxml

    return copies.fix(path, asked_for=asked_for, profile=profile, day=day, tracked=tracked)
