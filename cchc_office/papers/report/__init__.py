"""The consolidated report as a workbook: `tong-hop.xlsx`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from cchc_office.catalogue.findings import Code
from cchc_office.decree30.figures import Profile
from cchc_office.model import INSIDE, Comparison, Consolidation
from cchc_office.papers.evidence_links import EvidenceLinks
from cchc_office.papers.report.appraisals import write_appraisals
from cchc_office.papers.report.charts import ChartSheet
from cchc_office.papers.report.comparison import write_comparison
from cchc_office.papers.report.evidence import write_evidence
from cchc_office.papers.report.findings import write_findings
from cchc_office.papers.report.layout import Layout
from cchc_office.papers.report.names import CAMPAIGN_PROPERTY, SCORES_SHEET
from cchc_office.papers.report.parts import (
    APPRAISAL_SHEET,
    CHARTS_SHEET,
    EARLIER_SHEET,
    EVIDENCE_SHEET,
    FINDINGS_SHEET,
    MATRIX_SHEET,
    POOLS_SHEET,
    RANKING_SHEET,
    STATES_SHEET,
)
from cchc_office.papers.report.pools import Pools, write_pools
from cchc_office.papers.report.progress import write_progress
from cchc_office.papers.report.ranking import write_places, write_ranking
from cchc_office.papers.report.scores import ScoreTable
from cchc_office.papers.report.states import write_matrix, write_states
from cchc_office.papers.report.units import UnitRows, write_details, write_unit_sheets
from cchc_office.results.ranking import is_ranked
from cchc_office.sheets.workbook_writer import WorkbookWriter

__all__ = ["build_report"]

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
    of their own. `comparison` holds the rows beside those of an
    earlier report.
    """
    book = WorkbookWriter(_title(data), profile.font, _properties(data))
    _write(book, data, returns_path, comparison, elsewhere, evidence)
    return book.finish()


def _title(data: Consolidation) -> str:
    return f"Tổng hợp điểm tự chấm Chỉ số CCHC năm {data.campaign.info.year}"


def _properties(data: Consolidation) -> dict[str, str]:
    return {CAMPAIGN_PROPERTY: data.campaign.id}


def _of_strangers(data: Consolidation) -> Iterator[str]:
    """Yield the files that nobody vouches for: their names stand in the report, no links do."""
    for finding in data.findings:
        if finding.code in _UNCONFIRMED:
            yield finding.file.partition(INSIDE)[0]


def _write(
    book: WorkbookWriter,
    data: Consolidation,
    returns_path: str,
    comparison: Comparison | None = None,
    elsewhere: Mapping[str, str] = _NOWHERE,
    evidence: EvidenceLinks | None = None,
) -> None:
    layout = Layout(data)
    pools = Pools(data)
    elsewhere = {**elsewhere, **dict.fromkeys(_of_strangers(data), "")}
    has_evidence = evidence and (evidence.evidence.files or evidence.evidence.missing)
    evidence = evidence if has_evidence else None
    scores = ScoreTable(book.sheet(SCORES_SHEET), data, layout, pools, evidence)
    scores.write()
    charts = book.sheet(CHARTS_SHEET)
    matrix_row = write_matrix(book.sheet(MATRIX_SHEET), data, layout)
    ChartSheet(charts, data, scores, matrix_row).write(comparison)
    if pools.leaves:
        write_pools(book.sheet(POOLS_SHEET), data, layout, pools)
    if is_ranked(data):
        write_ranking(book.sheet(RANKING_SHEET), data, layout)
        write_places(book, data, layout)
    if data.rounds or data.explained:
        write_appraisals(book.sheet(APPRAISAL_SHEET), data, layout, returns_path, elsewhere)
    if comparison:
        write_comparison(book.sheet(EARLIER_SHEET), data, comparison)
    write_progress(book, data, layout)
    write_states(book.sheet(STATES_SHEET), data, layout, returns_path, elsewhere)
    if evidence:
        write_evidence(book.sheet(EVIDENCE_SHEET), data, evidence)
    write_findings(book.sheet(FINDINGS_SHEET), data, layout, returns_path, elsewhere)
    own = UnitRows(data, layout, returns_path, elsewhere)
    write = write_details if layout.is_long else write_unit_sheets
    write(book, data, layout, own)
