"""The report's sheet "Cần xem": every finding, the gravest first, with links to its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice

from cchc_office.catalogue.findings import Severity
from cchc_office.model import OF_OTHER_CAMPAIGN
from cchc_office.papers.report.inputs import Inputs
from cchc_office.sheets.addresses import MOST_ROWS
from cchc_office.sheets.columns import Column, Holds, Link
from cchc_office.sheets.look import ATTENTION
from cchc_office.sheets.table_sheet import SheetRow, TableSheet, first_row
from cchc_office.text import figures
from cchc_office.text.command_line import on_any_computer

FINDINGS_SHEET = "Cần xem"

_COLUMNS = (
    Column("number", "TT", 14, Holds.MARK),
    Column("severity", "Mức độ", 26, Holds.MARK),
    Column("unit", "Đơn vị", 24, Holds.MARK),
    Column("sentence", "Nội dung", 90),
    Column("advice", "Cần làm", 70),
    Column("file", "Tệp", 52),
    Column("sheet", "Trang tính", 28),
    Column("cell", "Ô", 14, Holds.MARK),
    Column("here", "Xem trong báo cáo", 26, Holds.MARK_LINK, is_printed=False),
    Column("outside", "Mở tệp", 20, Holds.MARK_LINK, is_printed=False),
    Column("code", "Mã thông báo", 36, is_printed=False),
)
_ORDER = (Severity.ERROR, Severity.WARNING, Severity.NOTE)


def findings_sheet(inputs: Inputs) -> Iterator[TableSheet]:
    """Yield the sheet, with as many findings as it has room for."""
    findings = inputs.data.findings
    counts = Counter(finding.severity for finding in findings)
    counted = "; ".join(f"{s.value}: {figures.count(counts[s])}" for s in Severity)
    remarks = (inputs.as_of, f"{counted}.")
    room = MOST_ROWS - first_row(len(remarks)) - 1
    if len(findings) > room:
        more = f"{counted}. Trang này chỉ đủ chỗ cho {figures.count(room)} điều đầu."
        remarks = (inputs.as_of, more)
    rows = islice(_rows(inputs), room)
    title = "NHỮNG ĐIỀU CẦN XEM VÀ CẦN BIẾT"
    yield TableSheet(FINDINGS_SHEET, title, remarks, _COLUMNS, rows, len(findings))


def _rows(inputs: Inputs) -> Iterator[SheetRow]:
    data = inputs.data
    returned = {unit.returned.file for unit in data.units if unit.returned}
    gravest_first = (f for severity in _ORDER for f in data.findings if f.severity is severity)
    for number, finding in enumerate(gravest_first, start=1):
        target = inputs.units.place_of(finding.unit, finding.criterion)
        came_back = finding.file in returned or finding.code in OF_OTHER_CAMPAIGN
        is_return = bool(finding.unit and finding.file) or came_back
        outside = inputs.file_link(finding.file, finding.sheet, finding.cell, found=is_return)
        values = {
            "number": number,
            "severity": finding.severity.value,
            "unit": finding.unit,
            "sentence": on_any_computer(finding.sentence),
            "advice": on_any_computer(finding.advice),
            "file": finding.file,
            "sheet": finding.sheet,
            "cell": finding.cell,
            "here": Link("Xem" if target else "", target),
            "outside": Link("Mở" if outside else "", outside),
            "code": finding.code.slug,
        }
        is_grave = finding.severity in (Severity.ERROR, Severity.WARNING)
        yield SheetRow(values, {"severity": ATTENTION} if is_grave else {})
