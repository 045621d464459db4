"""The report's sheet "Cần xem": every finding, the gravest first, with links to its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from cchc_office.catalogue.findings import Finding, Severity
from cchc_office.model import Consolidation
from cchc_office.papers.file_links import file_link, way_to
from cchc_office.papers.report.layout import Layout
from cchc_office.papers.report.parts import ReportColumn, as_of_line, heights_for, write_head
from cchc_office.sheets.look import ATTENTION, CENTRED, CENTRED_LINK
from cchc_office.sheets.row_writer import MOST_ROWS, Link, Value
from cchc_office.sheets.workbook_writer import SheetWriter
from cchc_office.text import figures

_COLUMNS = (
    ReportColumn("TT", 14, CENTRED),
    ReportColumn("Mức độ", 26, CENTRED),
    ReportColumn("Đơn vị", 24, CENTRED),
    ReportColumn("Nội dung", 90),
    ReportColumn("Cần làm", 70),
    ReportColumn("Tệp", 52),
    ReportColumn("Trang tính", 28),
    ReportColumn("Ô", 14, CENTRED),
    ReportColumn("Xem trong báo cáo", 26, CENTRED_LINK),
    ReportColumn("Mở tệp", 20, CENTRED_LINK),
    ReportColumn("Mã thông báo", 36),
)
_PRINTED = 8
_ORDER = (Severity.ERROR, Severity.WARNING, Severity.NOTE)


def write_findings(
    sheet: SheetWriter,
    data: Consolidation,
    layout: Layout,
    returns_path: str,
    elsewhere: Mapping[str, str],
) -> None:
    """Write the sheet; as many findings as it has room for."""
    counts = Counter(finding.severity for finding in data.findings)
    counted = "; ".join(f"{s.value}: {figures.count(counts[s])}" for s in Severity)
    title = "NHỮNG ĐIỀU CẦN XEM VÀ CẦN BIẾT"
    remarks = [as_of_line(data), f"{counted}."]
    room = MOST_ROWS - len(remarks) - 3
    if len(data.findings) > room:
        remarks[1] += f" Trang này chỉ đủ chỗ cho {figures.count(room)} điều đầu."
    first = write_head(sheet, title, tuple(remarks), _COLUMNS, printed=_PRINTED)
    rows = sheet.rows(first)
    styles = [column.style for column in _COLUMNS]
    looks = {severity: rows.look(styles) for severity in Severity}
    grave = [styles[0], replace(ATTENTION), *styles[2:]]
    looks |= dict.fromkeys((Severity.ERROR, Severity.WARNING), rows.look(grave))
    returned = {unit.returned.file for unit in data.units if unit.returned}
    height = heights_for(len(data.findings))
    for number, finding in enumerate(_gravest_first(data), start=1):
        if number > room:
            break
        is_return = bool(finding.unit and finding.file) or finding.file in returned
        way = way_to(finding.file, returns_path if is_return else "", elsewhere)
        values = _values(number, finding, layout, way)
        pairs = zip(values, _COLUMNS, strict=True)
        texts = [(text, column.width) for text, column in pairs if isinstance(text, str)]
        rows.write(looks[finding.severity], values, height(texts))
    rows.finish()
    sheet.raw.print_area(0, 0, rows.end - 1, _PRINTED - 1)
    if rows.end > first:
        sheet.raw.autofilter(first - 1, 0, rows.end - 1, len(_COLUMNS) - 1)


def _gravest_first(data: Consolidation) -> Iterator[Finding]:
    for severity in _ORDER:
        yield from (finding for finding in data.findings if finding.severity is severity)


def _values(number: int, finding: Finding, layout: Layout, returns_path: str) -> list[Value]:
    target = layout.place_of(finding.unit, finding.criterion)
    outside = file_link(returns_path, finding.file, finding.sheet, finding.cell)
    return [
        number,
        finding.severity.value,
        finding.unit,
        finding.sentence,
        finding.advice,
        finding.file,
        finding.sheet,
        finding.cell,
        Link("Xem" if target else "", target),
        Link("Mở" if outside else "", outside),
        finding.code.slug,
    ]
