"""The report's sheets "Tiến độ" and "Việc chưa xong": what is done, what is due and overdue."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from cchc_office.model import Consolidation
from cchc_office.papers.report.layout import Layout
from cchc_office.papers.report.names import (
    BY_FIELD,
    BY_UNIT,
    DONE_HEADING,
    EXPECTED_HEADING,
    PROGRESS_SHEET,
)
from cchc_office.papers.report.parts import (
    BAR,
    OPEN_SHEET,
    ReportColumn,
    as_of_line,
    height_of,
    heights_for,
    shown_name,
    write_head,
)
from cchc_office.results.progress import Completion, Progress, progress
from cchc_office.sheets.addresses import cell_name
from cchc_office.sheets.look import (
    ATTENTION,
    CENTRED,
    CENTRED_LINK,
    COUNT,
    HEADING,
    HEADING_FILL,
    RATE,
    SIGN,
    Style,
)
from cchc_office.sheets.row_writer import Link, Live, RowWriter, Value
from cchc_office.sheets.workbook_writer import SheetWriter, WorkbookWriter
from cchc_office.text import figures

_COLUMNS = (
    ReportColumn("Mã", 20, CENTRED),
    ReportColumn("Lĩnh vực, đơn vị, tiêu chí", 100),
    ReportColumn(DONE_HEADING, 24, COUNT),
    ReportColumn(EXPECTED_HEADING, 24, COUNT),
    ReportColumn("Còn lại", 24, COUNT),
    ReportColumn("Tỷ lệ %", 26, RATE),
)
_OPEN_COLUMNS = (
    ReportColumn("Mã đơn vị", 22, CENTRED_LINK),
    ReportColumn("Đơn vị", 60),
    ReportColumn("STT", 16, CENTRED),
    ReportColumn("Lĩnh vực/Tiêu chí/Tiêu chí thành phần", 90),
    ReportColumn("Hạn", 26, CENTRED),
    ReportColumn("Tình trạng", 30, CENTRED),
    ReportColumn("Số ngày quá hạn hoặc còn lại", 28, CENTRED),
)
_MOST_DUE = 2_000
"""Of the open leaves, that many are listed: whoever has more chases by unit."""


def write_progress(book: WorkbookWriter, data: Consolidation, layout: Layout) -> None:
    """Write the sheet, and where anything is open a second one with what is due when."""
    found = progress(data, most_due=_MOST_DUE)
    sheet = book.sheet(PROGRESS_SHEET)
    remarks = (f"{as_of_line(data)}. {in_words(found)}",)
    first = write_head(sheet, "TIẾN ĐỘ CHẤM ĐIỂM", remarks, _COLUMNS)
    _ProgressSheet(sheet, first, layout, len(data.units)).write(found)
    if found.missed or found.ahead:
        _write_open(book.sheet(OPEN_SHEET), data, found, layout)


def _write_open(sheet: SheetWriter, data: Consolidation, found: Progress, layout: Layout) -> None:
    leaves = (*found.missed, *found.ahead)
    remark = f"{as_of_line(data)}. Quá hạn: {figures.count(found.missed_count)}; chưa đến hạn: "
    remark += f"{figures.count(found.ahead_count)}."
    if len(leaves) < found.missed_count + found.ahead_count:
        remark += f" Dưới đây là {figures.count(len(leaves))} việc có hạn sớm nhất của mỗi loại."
    first = write_head(sheet, "VIỆC CHƯA XONG, THEO HẠN", (remark,), _OPEN_COLUMNS)
    rows = sheet.rows(first)
    ahead = rows.look(column.style for column in _OPEN_COLUMNS)
    missed = rows.look([*(column.style for column in _OPEN_COLUMNS[:-2]), ATTENTION, CENTRED])
    height = heights_for(len(leaves))
    for leaf in leaves:
        code, name = leaf.criterion.code, leaf.criterion.name
        values: list[Value] = [
            Link(leaf.unit.code, layout.place_of(leaf.unit.code, leaf.criterion.id)),
            leaf.unit.name,
            code,
            name,
            f"{leaf.day:%d/%m/%Y}",
            "Quá hạn" if leaf.days < 0 else "Chưa đến hạn",
            abs(leaf.days),
        ]
        texts = [(leaf.unit.name, _OPEN_COLUMNS[1].width), (name, _OPEN_COLUMNS[3].width)]
        rows.write(missed if leaf.days < 0 else ahead, values, height(texts))
    rows.finish()
    sheet.raw.autofilter(first - 1, 0, rows.end - 1, len(_OPEN_COLUMNS) - 1)


def in_words(found: Progress) -> str:
    """Return the progress in a sentence or two."""
    total = found.total
    left = total.total - total.done
    text = f"Đã chấm {figures.count(total.done)}/{figures.count(total.total)} lượt tiêu chí"
    if not left:
        return f"{text}, không còn việc nào."
    return (
        f"{text}, còn {figures.count(left)}: {figures.count(found.missed_count)} quá hạn, "
        f"{figures.count(found.ahead_count)} chưa đến hạn."
    )


class _ProgressSheet:
    """Writes the parts of the sheet one below the other."""

    def __init__(self, sheet: SheetWriter, first: int, layout: Layout, units: int) -> None:
        self._sheet = sheet
        self._layout = layout
        self._rows: RowWriter = sheet.rows(first)
        self._height = heights_for(units)

    def write(self, found: Progress) -> None:
        first = self._rows.end
        styles = [column.style for column in _COLUMNS]
        self._share("", "TẤT CẢ", found.total, [_bold(style) for style in styles])
        self._part(BY_FIELD)
        for field, share in found.fields:
            self._share(field.code, shown_name(field), share, styles)
        self._part(BY_UNIT)
        linked = [CENTRED_LINK, *styles[1:]]
        for unit, share in found.units:
            code = Link(unit.code, self._layout.place_of(unit.code))
            self._share(code, unit.name, share, linked)
        last = self._rows.end - 1
        self._rows.finish()
        self._sheet.raw.conditional_format(first, 5, last, 5, BAR)

    def _share(self, code: Value, name: str, share: Completion, styles: list[Style]) -> None:
        at = self._rows.end
        done, total = (cell_name(at, column) for column in (2, 3))
        values: list[Value] = [code, name, share.done, share.total]
        values.append(Live(f"={total}-{done}", share.total - share.done))
        rate = Decimal(share.done) / share.total if share.total else ""
        values.append(Live(f'=IF({total}=0,"",{done}/{total})', rate))
        open_style = replace(styles[4], bold=True, number_format=f'"{SIGN}"{figures.COUNT_CELL}')
        own = [*styles[:4], open_style if share.done < share.total else styles[4], styles[5]]
        self._rows.write(self._rows.look(own), values, self._height([(name, _COLUMNS[1].width)]))

    def _part(self, title: str) -> None:
        look = self._rows.look([HEADING] * len(_COLUMNS))
        self._rows.write(look, ["", title, "", "", "", ""], height_of(1))


def _bold(style: Style) -> Style:
    return replace(style, bold=True, fill=HEADING_FILL)
