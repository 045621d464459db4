"""Decree 30/2020/NĐ-CP: its figures, an office's own, and the checking of Word documents.

Knows nothing of campaigns.
"""

from pathlib import Path

from cchc_office.catalogue.findings import Finding
from cchc_office.decree30.figures import *
from cchc_office.decree30.profile_file import *


def check_document(path: Path) -> list[Finding]:
    """Return what breaks the decree in the document at `path`, and what could not be told.

    Breaches are findings of severity ERROR; where the document does not say enough, they are
    WARNINGs. A file that is no readable Word document is one finding. Raises OSError where the
    file itself cannot be read.
    """
    from cchc_office.decree30.checker import check_content  # loads lxml

    return check_content(path.read_bytes(), path.name)
