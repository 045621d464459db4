"""The report of an earlier period: held against what is known now, and kept with the campaign."""

from __future__ import annotations

import tempfile
from itertools import count
from pathlib import Path

from cchc_office.campaign import OUTPUT_FOLDER
from cchc_office.catalogue.findings import Finding
from cchc_office.errors import CchcError, reason_of
from cchc_office.files.folders import is_file_there
from cchc_office.files.whole_writing import write_whole
from cchc_office.model import Comparison, Consolidation
from cchc_office.papers.kinds import REPORT
from cchc_office.returns.earlier import read_earlier
from cchc_office.steps import papers
from cchc_office.steps.job import require_earlier

EARLIER_FOLDER = "nam-truoc"
"""Where reports of earlier periods lie in a campaign folder, if anybody put one there."""


def beside_earlier(
    results: Consolidation, file: Path
) -> tuple[Comparison | None, tuple[Finding, ...]]:
    """Hold results against the tong-hop.xlsx of an earlier period (lệnh tien-do --so-voi).

    Returns None with the findings that tell why where the two have nothing in common. Raises
    UsageError where there is no such file.
    """
    require_earlier(file)
    earlier = read_earlier(file)
    comparison, found = papers.compared_with(results, earlier)
    return comparison, (*earlier.findings, *found)


def earlier_reports(folder: Path) -> list[Path]:
    """Return the reports that lie in a campaign folder: kept there, or made there."""
    made = folder / OUTPUT_FOLDER / REPORT.folder / Path(REPORT.file).name
    kept = sorted((folder / EARLIER_FOLDER).glob("*.xlsx"))
    return [file for file in (made, *kept) if is_file_there(file) and file.name[0] not in "~."]


def keep_earlier(folder: Path, content: bytes) -> Path:
    """Keep a report of an earlier period in a campaign folder, and return where.

    Raises CchcError where it is none that can be read, or cannot be written.
    """
    with tempfile.TemporaryDirectory(prefix="cchc-") as apart:
        tried = Path(apart) / REPORT.file
        tried.write_bytes(content)
        read = read_earlier(tried)
    if not read.rows:
        why = next((f"{f.sentence} {f.advice}".strip() for f in read.findings), "")
        raise CchcError(f"Tệp này không phải tong-hop.xlsx của một kỳ. {why}".strip())
    for number in count(1):
        name = REPORT.file if number == 1 else f"{Path(REPORT.file).stem} ({number}).xlsx"
        place = folder / EARLIER_FOLDER / name
        if is_file_there(place) and place.read_bytes() != content:
            continue
        try:
            write_whole(place, content)
        except OSError as error:
            raise CchcError(f"Không ghi được {place}: {reason_of(error)}.") from error
        return place
    raise AssertionError
