"""The report's sheet "Minh chứng": each evidence file with its row, and each that is missing."""

from __future__ import annotations

from collections.abc import Iterator

from cchc_office.model import Consolidation, Evidence
from cchc_office.papers.evidence_links import EvidenceLinks
from cchc_office.papers.report.parts import ReportColumn, as_of_line, heights_for, write_head
from cchc_office.sheets.look import ATTENTION, CENTRED, LINK
from cchc_office.sheets.row_writer import Link, Value
from cchc_office.sheets.workbook_writer import SheetWriter

_COLUMNS = (
    ReportColumn("Mã đơn vị", 20, CENTRED),
    ReportColumn("Đơn vị", 40),
    ReportColumn("STT", 14, CENTRED),
    ReportColumn("Tiêu chí", 60),
    ReportColumn("Tệp", 60, LINK),
    ReportColumn("Tình trạng", 36, CENTRED),
)
_STATE = len(_COLUMNS) - 1
_LINKED, _UNLINKED, _MISSING = "có tệp", "không dòng nào nêu tệp này", "nêu tên mà không có tệp"


def write_evidence(sheet: SheetWriter, data: Consolidation, links: EvidenceLinks) -> None:
    """Write the sheet."""
    evidence = links.evidence
    counted = counts_of(evidence)
    title = "TÀI LIỆU KIỂM CHỨNG CỦA CÁC ĐƠN VỊ"
    first = write_head(sheet, title, (as_of_line(data), counted), _COLUMNS)
    rows = sheet.rows(first)
    styles = [column.style for column in _COLUMNS]
    good = rows.look(styles)
    marked = rows.look([*styles[:_STATE], ATTENTION])
    listed = list(_values(data, links))
    height = heights_for(len(listed))
    for values in listed:
        texts = [
            (value.text if isinstance(value, Link) else str(value), column.width)
            for value, column in zip(values, _COLUMNS, strict=True)
        ]
        rows.write(good if values[_STATE] == _LINKED else marked, values, height(texts))
    rows.finish()
    if evidence.files or evidence.missing:
        sheet.raw.autofilter(first - 1, 0, rows.end - 1, _STATE)


def counts_of(evidence: Evidence) -> str:
    """Return how many files there are, in one sentence."""
    text = f"{len(evidence.files)} tệp minh chứng"
    if evidence.unlinked:
        text += f", {len(evidence.unlinked)} tệp không dòng nào nêu"
    if evidence.missing:
        text += f"; {len(evidence.missing)} tệp được nêu mà không có"
    return f"{text}."


def _values(data: Consolidation, links: EvidenceLinks) -> Iterator[list[Value]]:
    campaign, evidence = data.campaign, links.evidence
    for unit in campaign.units:
        who: list[Value] = [unit.code, unit.name]
        for criterion in campaign.criteria:
            row: list[Value] = [criterion.code, criterion.name]
            for file in evidence.of(unit.code, criterion.id):
                yield [*who, *row, Link(file.name, links.to(file)), _LINKED]
            for missing in evidence.missing:
                if (missing.unit, missing.criterion) == (unit.code, criterion.id):
                    yield [*who, *row, Link(missing.name, ""), _MISSING]
        for file in evidence.unlinked:
            if file.unit == unit.code:
                yield [*who, "", "", Link(file.name, links.to(file)), _UNLINKED]
