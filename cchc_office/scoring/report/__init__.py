"""The consolidated report as a workbook: `tong-hop.xlsx`."""

from __future__ import annotations

from typing import BinaryIO

from cchc_office.documents.decree30 import Profile
from cchc_office.model import Consolidation
from cchc_office.office.workbook_writer import WorkbookWriter
from cchc_office.scoring.report.findings import write_findings
from cchc_office.scoring.report.layout import Layout
from cchc_office.scoring.report.parts import (
    FINDINGS_SHEET,
    MATRIX_SHEET,
    STATES_SHEET,
)
from cchc_office.scoring.report.scores import ScoreTable
from cchc_office.scoring.report.states import write_matrix, write_states
from cchc_office.scoring.report.units import UnitRows, write_details, write_unit_sheets
from cchc_office.scoring.report_names import SCORES_SHEET

__all__ = ["build_report", "save_report"]


def build_report(data: Consolidation, profile: Profile, *, returns_path: str = "") -> bytes:
    """Return the report: score table, state of the units, findings, what each unit said.

    `returns_path` is the way from the report's folder to that of the returns, for links to the
    files; without it there are none.
    """
    book = WorkbookWriter(_title(data), profile.font)
    _write(book, data, returns_path)
    return book.finish()


def save_report(
    data: Consolidation, profile: Profile, into: BinaryIO, *, returns_path: str = ""
) -> None:
    """Write the report into a file: the same as `build_report`, but little of it is ever held.

    With a consolidation that reads its units from disk, memory does not grow with what they said.
    """
    book = WorkbookWriter(_title(data), profile.font, into=into)
    _write(book, data, returns_path)
    book.finish()


def _title(data: Consolidation) -> str:
    return f"Tổng hợp điểm tự chấm Chỉ số CCHC năm {data.campaign.info.year}"


def _write(book: WorkbookWriter, data: Consolidation, returns_path: str) -> None:
    layout = Layout(data)
    ScoreTable(book.sheet(SCORES_SHEET), data, layout).write()
    write_matrix(book.sheet(MATRIX_SHEET), data, layout)
    write_states(book.sheet(STATES_SHEET), data, layout, returns_path)
    write_findings(book.sheet(FINDINGS_SHEET), data, layout, returns_path)
    own = UnitRows(data, layout, returns_path)
    write = write_details if layout.is_long else write_unit_sheets
    write(book, data, layout, own)
