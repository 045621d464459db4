"""The report's sheet "Tiến độ": what is done by field and unit, and what is overdue or ahead."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from cchc_office.model import Consolidation
from cchc_office.office.addresses import cell_name
from cchc_office.office.row_writer import Link, Live, RowWriter, Value
from cchc_office.office.workbook_writer import SheetWriter, Style
from cchc_office.scoring.progress import DueLeaf, Progress, Share, progress
from cchc_office.scoring.report.layout import Layout
from cchc_office.scoring.report.parts import (
    BAR,
    CENTRED,
    CENTRED_LINK,
    HEADING,
    HEADING_FILL,
    RATE,
    SIGN,
    TEXT,
    ReportColumn,
    as_of_line,
    heights_for,
    quantity,
    shown_name,
    write_head,
)

_COLUMNS = (
    ReportColumn("Mã", 20, CENTRED),
    ReportColumn("Lĩnh vực, đơn vị, tiêu chí", 100),
    ReportColumn("Đã chấm", 24, CENTRED),
    ReportColumn("Phải chấm", 24, CENTRED),
    ReportColumn("Còn lại", 24, CENTRED),
    ReportColumn("Tỷ lệ %", 26, RATE),
)
_MOST_DUE = 2_000
"""Of the open leaves, that many are listed: whoever has more chases by unit."""


def write_progress(sheet: SheetWriter, data: Consolidation, layout: Layout) -> None:
    """Write the sheet."""
    found = progress(data, most_due=_MOST_DUE)
    remarks = (f"{as_of_line(data)}. {in_words(found)}",)
    first = write_head(sheet, "TIẾN ĐỘ CHẤM ĐIỂM", remarks, _COLUMNS)
    _ProgressSheet(sheet, first, layout, len(data.units)).write(found)


def in_words(found: Progress) -> str:
    """Return the progress in a sentence or two."""
    total = found.total
    left = total.total - total.done
    text = f"Đã chấm {quantity(total.done)}/{quantity(total.total)} lượt tiêu chí"
    if not left:
        return f"{text}, không còn việc nào."
    return (
        f"{text}, còn {quantity(left)}: {quantity(found.missed_count)} quá hạn, "
        f"{quantity(found.ahead_count)} chưa đến hạn."
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
        self._part("THEO LĨNH VỰC")
        for field, share in found.fields:
            self._share(field.code, shown_name(field), share, styles)
        self._part("THEO ĐƠN VỊ")
        linked = [CENTRED_LINK, *styles[1:]]
        for unit, share in found.units:
            code = Link(unit.code, self._layout.place_of(unit.code))
            self._share(code, unit.name, share, linked)
        last = self._rows.end - 1
        self._due("QUÁ HẠN", found.missed, found.missed_count)
        self._due("SẮP ĐẾN HẠN", found.ahead, found.ahead_count)
        self._rows.finish()
        self._sheet.raw.conditional_format(first, 5, last, 5, BAR)

    def _share(self, code: Value, name: str, share: Share, styles: list[Style]) -> None:
        at = self._rows.end
        done, total = (cell_name(at, column) for column in (2, 3))
        values: list[Value] = [code, name, share.done, share.total]
        values.append(Live(f"={total}-{done}", share.total - share.done))
        rate = Decimal(share.done) / share.total if share.total else ""
        values.append(Live(f'=IF({total}=0,"",{done}/{total})', rate))
        open_style = replace(styles[4], bold=True, number_format=f'"{SIGN}"0')
        own = [*styles[:4], open_style if share.done < share.total else styles[4], styles[5]]
        self._rows.write(self._rows.look(own), values, self._height([(name, _COLUMNS[1].width)]))

    def _part(self, title: str, headings: tuple[str, ...] = ("", "", "", "")) -> None:
        look = self._rows.look([HEADING] * len(_COLUMNS))
        self._rows.write(look, ["", title, *headings], self._height([(title, 100)]))

    def _due(self, title: str, leaves: tuple[DueLeaf, ...], count: int) -> None:
        if not count:
            return
        shown = f", kể {quantity(len(leaves))} việc đầu" if len(leaves) < count else ""
        heading = f"{title} ({quantity(count)} việc{shown})"
        days = "Quá hạn (ngày)" if leaves[0].days < 0 else "Còn (ngày)"
        self._part(heading, ("Đơn vị", "Hạn", days, ""))
        look = self._rows.look([CENTRED_LINK, TEXT, *[CENTRED] * 4])
        for leaf in leaves:
            target = self._layout.place_of(leaf.unit.code, leaf.criterion.id)
            name = leaf.criterion.name
            code = Link(leaf.criterion.code or "Xem", target)
            values: list[Value] = [code, name, leaf.unit.code, f"{leaf.day:%d/%m/%Y}"]
            values += [abs(leaf.days), ""]
            self._rows.write(look, values, self._height([(name, _COLUMNS[1].width)]))


def _bold(style: Style) -> Style:
    return replace(style, bold=True, fill=HEADING_FILL)
