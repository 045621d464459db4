"""The consolidated report as a workbook: `tong-hop.xlsx`."""

from __future__ import annotations

from dataclasses import replace

from cchc_office.documents.decree30 import Profile
from cchc_office.findings import Finding, Severity
from cchc_office.model import INSIDE, Consolidation
from cchc_office.office.workbook_writer import SheetWriter, WorkbookWriter, quoted_sheet
from cchc_office.scoring._report_parts import (
    ATTENTION_FILL,
    CENTRED,
    FINDINGS_SHEET,
    SCORES_SHEET,
    STATES_SHEET,
    TEXT,
    ReportColumn,
    ReportPlaces,
    as_of_line,
    fit_row,
    unit_sheet_names,
    write_head,
)
from cchc_office.scoring._report_scores import ScoreTable
from cchc_office.scoring._report_units import lay_out_units, write_states, write_unit

_COLUMNS = (
    ReportColumn("TT", 12),
    ReportColumn("Mức độ", 22),
    ReportColumn("Đơn vị", 24),
    ReportColumn("Nội dung", 90),
    ReportColumn("Cần làm", 70),
    ReportColumn("Tệp", 52),
    ReportColumn("Trang tính", 28),
    ReportColumn("Ô", 14),
    ReportColumn("Xem trong báo cáo", 26),
    ReportColumn("Mở tệp", 20),
    ReportColumn("Mã thông báo", 36),
)
_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


def build_report(data: Consolidation, profile: Profile, *, returns_path: str = "") -> bytes:
    """Return the report: score table, state of the units, findings, a sheet for each unit.

    `returns_path` is the way from the report's folder to that of the returns, for links to the
    files; without it there are none.
    """
    info = data.campaign.info
    book = WorkbookWriter(f"Tổng hợp điểm tự chấm Chỉ số CCHC năm {info.year}", profile.font)
    places = ReportPlaces(unit_sheets=unit_sheet_names(data.campaign))
    lay_out_units(data, places)
    ScoreTable(book.sheet(SCORES_SHEET), data, places).write()
    write_states(book.sheet(STATES_SHEET), data, places)
    _write_findings(book.sheet(FINDINGS_SHEET), data, places, returns_path)
    for result in data.units:
        write_unit(book.sheet(places.unit_sheets[result.unit.code]), data, result)
    return book.finish()


def _write_findings(
    sheet: SheetWriter, data: Consolidation, places: ReportPlaces, returns_path: str
) -> None:
    findings = sorted(data.findings, key=lambda f: _ORDER[f.severity])
    counts = "; ".join(
        f"{severity.value}: {sum(f.severity is severity for f in findings)}"
        for severity in Severity
    )
    title = "NHỮNG ĐIỀU CẦN XEM VÀ CẦN BIẾT"
    first = write_head(sheet, title, (as_of_line(data), f"{counts}."), _COLUMNS)
    returned = {unit.returned.file for unit in data.units if unit.returned}
    for row, finding in enumerate(findings, start=first):
        sheet.number(row, 0, row - first + 1, CENTRED)
        _write_finding(sheet, row, finding)
        target = places.of(finding.unit, finding.criterion)
        _write_link(sheet, (row, 8), target, "Xem")
        from_returns = bool(finding.unit and finding.file) or finding.file in returned
        external = _file_link(finding, returns_path) if from_returns else ""
        _write_link(sheet, (row, 9), external, "Mở")
    if findings:
        last = first + len(findings) - 1
        sheet.raw.autofilter(first - 1, 0, last, len(_COLUMNS) - 1)


def _write_finding(sheet: SheetWriter, row: int, finding: Finding) -> None:
    is_note = finding.severity is Severity.NOTE
    severity = replace(CENTRED, bold=not is_note, fill="" if is_note else ATTENTION_FILL)
    sheet.text(row, 1, finding.severity.value, severity)
    texts = (
        finding.unit,
        finding.sentence,
        finding.advice,
        finding.file,
        finding.sheet,
        finding.cell,
    )
    for place, text in enumerate(texts, start=2):
        sheet.text(row, place, text, TEXT if place not in (2, 7) else CENTRED)
    sheet.text(row, 10, finding.code.slug, TEXT)
    shown = zip(texts, (c.width for c in _COLUMNS[2:8]), strict=True)
    fit_row(sheet, row, list(shown))


def _write_link(sheet: SheetWriter, place: tuple[int, int], target: str, text: str) -> None:
    if target:
        sheet.link(*place, target, text, CENTRED)
    else:
        sheet.text(*place, "", CENTRED)


def _file_link(finding: Finding, returns_path: str) -> str:
    """Return a link to the returned file's cell, where its name can stand in one."""
    if not returns_path or any(c in finding.file for c in "#%"):
        return ""
    file, inside, _ = finding.file.partition(INSIDE)
    link = f"external:{returns_path}/{file}"
    if finding.sheet and finding.cell and not inside:
        link += f"#{quoted_sheet(finding.sheet)}!{finding.cell}"
    return link
