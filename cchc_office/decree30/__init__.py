"""Decree 30/2020/NĐ-CP for any Word document, without a campaign: a door of its own.

    from cchc_office import decree30

    decree30.check("Công văn 1234.docx")       # what breaks the decree, with every place
    decree30.annotate("Công văn 1234.docx")    # a copy with comments there
    decree30.fix("Công văn 1234.docx")         # a copy with the looks mended

The decree's figures are data: `RULES` has the letters of each `Part`, `FIGURES` what an office can
choose and within which range, a `Profile` what it chose, each by its clause.
"""

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

from cchc_office.catalogue.findings import Finding
from cchc_office.decree30.annotated import *
from cchc_office.decree30.annotated import Annotated
from cchc_office.decree30.figures import *
from cchc_office.decree30.figures import DEFAULT_PROFILE, Profile
from cchc_office.decree30.fixing.kinds import *
from cchc_office.decree30.fixing.kinds import Fixed, FixKind
from cchc_office.decree30.profile_file import *


def check(path: str | Path) -> list[Finding]:
    """Return what breaks the decree in the Word document at `path`, and what could not be told.

    Breaches are findings of severity ERROR; where the document does not say enough, they are
    WARNINGs. Each has all its `places`. A file that is no readable Word document is one finding.
    A document that other rules hold for (a contract, a form, a paper of the Party) is one NOTE.
    Raises OSError where the file itself cannot be read.
    """
    from cchc_office.decree30.checker import check_content  # loads lxml

    file = Path(path)
    return check_content(file.read_bytes(), file.name)


def annotate(path: str | Path, *, day: dt.date | None = None) -> Annotated:
    """Write a copy of a Word document with a comment at every place that breaks the decree.

    A comment names the rule, its clause and the remedy; what concerns the pages or the whole
    document stands at the first paragraph. The copy, "… -danh-dau", stands beside the original,
    which stays as it is; comments of others are kept. There is none where nothing was found, or
    where the decree is not the document's rule, but an earlier one that nobody changed is brought
    up to date. The comments are dated `day` (today). Raises OSError where the file cannot be read,
    or no copy be written.
    """
    from cchc_office.decree30 import annotating  # loads lxml

    return annotating.annotate(path, day=day)


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
    is changed, and none of a document that is signed or that other rules hold for. `profile` has
    what an office chose within the decree's ranges, to which sizes and margins go then. With
    `tracked` Word shows the changes of formatting as those of "cchc the-thuc" on `day` (today), to
    be accepted or rejected. The copy stands beside the original, which stays as it is. Raises
    OSError where the file cannot be read, or no copy be written.
    """
    from cchc_office.decree30.fixing import copies  # loads lxml

    return copies.fix(path, asked_for=asked_for, profile=profile, day=day, tracked=tracked)
