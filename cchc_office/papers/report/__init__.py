"""The consolidated report as a workbook: `tong-hop.xlsx`. `_SHEETS` lists its sheets."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Protocol

from cchc_office.catalogue.findings import Code
from cchc_office.decree30.figures import Profile
from cchc_office.model import INSIDE, Comparison, Consolidation
from cchc_office.papers.file_links import EvidenceLinks
from cchc_office.papers.report.appraisals import appraisals_sheet
from cchc_office.papers.report.charts import charts_sheet
from cchc_office.papers.report.comparison import comparison_sheet
from cchc_office.papers.report.evidence import evidence_sheet
from cchc_office.papers.report.findings import findings_sheet
from cchc_office.papers.report.inputs import Inputs
from cchc_office.papers.report.names import CAMPAIGN_PROPERTY
from cchc_office.papers.report.open_tasks import open_tasks_sheet
from cchc_office.papers.report.overview import overview_sheet
from cchc_office.papers.report.pools import pools_sheet
from cchc_office.papers.report.progress import progress_sheet
from cchc_office.papers.report.ranking import criteria_places_sheet, ranking_sheet
from cchc_office.papers.report.scores import scores_sheet
from cchc_office.papers.report.unit_comparison import unit_comparison_sheet
from cchc_office.papers.report.unit_scores import unit_scores_sheet
from cchc_office.papers.report.unit_sheets import unit_sheets
from cchc_office.papers.report.unit_states import unit_states_sheet
from cchc_office.sheets.workbook_writer import WorkbookWriter

__all__ = ["build_report"]


class _Sheet(Protocol):
    def write(self, book: WorkbookWriter) -> None:
        """Write the sheet."""


_SHEETS: tuple[Callable[[Inputs], Iterator[_Sheet]], ...] = (
    overview_sheet,
    progress_sheet,
    unit_states_sheet,
    open_tasks_sheet,
    findings_sheet,
    scores_sheet,
    unit_scores_sheet,
    pools_sheet,
    evidence_sheet,
    appraisals_sheet,
    ranking_sheet,
    criteria_places_sheet,
    charts_sheet,
    comparison_sheet,
    unit_comparison_sheet,
    unit_sheets,
)
"""What gives the sheets; each yields none, one or several.

The result first, then in the order of the year: collecting, scores, appraising, places, and what
each unit said.
"""

_UNCONFIRMED = (
    Code.UNCONFIRMED_RETURN,
    Code.UNCONFIRMED_NOT_COUNTED,
    Code.UNCONFIRMED_APPRAISAL,
)
_NOWHERE: Mapping[str, str] = MappingProxyType({})


def build_report(
    data: Consolidation,
    profile: Profile,
    *,
    returns_path: str = "",
    elsewhere: Mapping[str, str] = _NOWHERE,
    comparison: Comparison | None = None,
    evidence: EvidenceLinks | None = None,
) -> bytes:
    """Return the report: scores, units, appraisals, places, progress, charts, findings, details.

    `returns_path` is the way from the report's folder to that of the returns, for links to the
    files; without it there are none. `elsewhere` are the ways to the folders of files that do not
    lie there (the reviewers'), by their names. `evidence` are the evidence files, which get a sheet
    of their own. `comparison` holds the rows beside those of an earlier report.
    """
    # Nobody vouches for the files of strangers: their names stand in the report, no links do.
    ways = {**elsewhere, **dict.fromkeys(_of_strangers(data), "")}
    if evidence and not (evidence.evidence.files or evidence.evidence.missing):
        evidence = None
    inputs = Inputs(data, returns_path, ways, comparison, evidence)
    info = data.campaign.info
    title = f"Tổng hợp điểm tự chấm {info.index.short} năm {info.year}"
    book = WorkbookWriter(title, profile.font, {CAMPAIGN_PROPERTY: data.campaign.id})
    write_sheets(book, inputs)
    return book.finish()


def _of_strangers(data: Consolidation) -> Iterator[str]:
    for finding in data.findings:
        if finding.code in _UNCONFIRMED:
            yield finding.file.partition(INSIDE)[0]


def write_sheets(book: WorkbookWriter, inputs: Inputs) -> None:
    """Write all sheets that there is something for."""
    for sheets in _SHEETS:
        for sheet in sheets(inputs):
            sheet.write(book)
