"""The report's sheets with a row for each unit: the state of its return, its points by field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from cchc_office.model import Consolidation, Criterion, Points, UnitResult, UnitState
from cchc_office.papers.file_links import file_link, way_to
from cchc_office.papers.report.layout import Layout
from cchc_office.papers.report.parts import (
    BAR,
    ReportColumn,
    as_of_line,
    height_of,
    heights_for,
    write_head,
)
from cchc_office.results.ranking import sums_by_row
from cchc_office.sheets.addresses import cell_name
from cchc_office.sheets.look import (
    ATTENTION,
    CENTRED,
    CENTRED_LINK,
    HEADING_FILL,
    LINK,
    RATE,
    SCORE,
    TEXT,
)
from cchc_office.sheets.row_writer import Link, Live, RowWriter, Value
from cchc_office.sheets.workbook_writer import SheetWriter
from cchc_office.text import figures
from cchc_office.text.vietnamese import VIETNAM

_CAPS = (
    "Mức trần điểm thưởng, điểm phạt ở trang này tính cho từng đơn vị, ở Bảng điểm tính một lần "
    "cho cả cơ quan, nên trung bình ở đây có thể khác điểm ở Bảng điểm."
)
_APPRAISED = ReportColumn("Điểm sau thẩm định", 20, SCORE)


def _state_columns(data: Consolidation, returns_path: str) -> tuple[ReportColumn, ...]:
    return (
        ReportColumn("Mã", 20, CENTRED_LINK),
        ReportColumn("Đơn vị", 62),
        ReportColumn("Tình trạng", 28, CENTRED),
        ReportColumn("Tệp được tính", 62, LINK if returns_path else TEXT),
        ReportColumn("Lưu lần cuối", 30, CENTRED),
        ReportColumn("Đã chấm", 18, CENTRED),
        ReportColumn("Phải chấm", 18, CENTRED),
        ReportColumn("Tối đa phần tự chấm", 20, SCORE),
        ReportColumn("Điểm tự chấm", 20, SCORE),
        *((_APPRAISED,) if data.rounds else ()),
        ReportColumn("Tỷ lệ %", 20, RATE),
        ReportColumn("Việc còn nợ", 20, CENTRED),
    )


def write_states(
    sheet: SheetWriter,
    data: Consolidation,
    layout: Layout,
    returns_path: str,
    elsewhere: Mapping[str, str],
) -> None:
    """Write the sheet "Tình trạng đơn vị"."""
    counts = Counter(unit.state for unit in data.units)
    counted = "; ".join(f"{state.value}: {figures.count(counts[state])}" for state in UnitState)
    columns = _state_columns(data, returns_path)
    title = "TÌNH TRẠNG NỘP PHIẾU CỦA CÁC ĐƠN VỊ"
    first = write_head(sheet, title, (as_of_line(data), f"{counted}."), columns)
    rows = sheet.rows(first)
    styles = [column.style for column in columns]
    good = rows.look(styles)
    looks = {state: rows.look([*styles[:2], ATTENTION, *styles[3:]]) for state in UnitState}
    looks[UnitState.RETURNED] = good
    unlinked = [*styles[:3], TEXT, *styles[4:]]
    plain = {state: rows.look([*unlinked[:2], ATTENTION, *unlinked[3:]]) for state in UnitState}
    plain[UnitState.RETURNED] = rows.look(unlinked)
    height = heights_for(len(data.units))
    for result in data.units:
        file = result.returned.file if result.returned else ""
        way = way_to(file, returns_path, elsewhere)
        values = _state_values(result, data, layout, way, rows.end)
        texts = [(result.unit.name, columns[1].width), (file, columns[3].width)]
        rows.write((looks if way else plain)[result.state], values, height(texts))
    rows.finish()
    rate = len(columns) - 2
    if rows.end > first:
        sheet.raw.autofilter(first - 1, 0, rows.end - 1, len(columns) - 1)
        sheet.raw.conditional_format(first, rate, rows.end - 1, rate, BAR)


def _state_values(
    result: UnitResult, data: Consolidation, layout: Layout, returns_path: str, at: int
) -> list[Value]:
    returned, total, unit = result.returned, result.total, result.unit
    saved = returned.saved if returned else None
    file = returned.file if returned else ""
    maximum = total.final_max
    known = returned is not None or total.is_known
    scores: list[Value] = [total.score if known else None]
    if data.rounds:
        scores.append(total.final if known else None)
    over, under = cell_name(at, 7 + len(scores)), cell_name(at, 7)
    rate = total.final / maximum if known and maximum else ""
    return [
        Link(unit.code, layout.place_of(unit.code)),
        unit.name,
        result.state.value,
        Link(file, file_link(returns_path, file)),
        saved.astimezone(VIETNAM).strftime("%d/%m/%Y %H:%M") if saved else "",
        total.answered,
        total.expected,
        maximum,
        *scores,
        Live(f'=IF(OR(N({under})=0,COUNT({over})=0),"",N({over})/{under})', rate),
        result.rows_owed or len(result.debts),
    ]


# --- points by field ---


@dataclass(slots=True)
class _Tally:
    """What is known of a column's numbers so far."""

    count: int = 0
    total: Decimal = Decimal(0)
    lowest: Decimal | None = None
    highest: Decimal | None = None

    def add(self, number: Decimal) -> None:
        self.count += 1
        self.total += number
        self.lowest = number if self.lowest is None else min(self.lowest, number)
        self.highest = number if self.highest is None else max(self.highest, number)

    @property
    def mean(self) -> Decimal | None:
        return self.total / self.count if self.count else None


def write_matrix(sheet: SheetWriter, data: Consolidation, layout: Layout) -> int:
    """Write the sheet "Điểm theo đơn vị": units by fields, with their totals.

    Return the row of the first unit; the others follow in the order of the campaign.
    """
    fields = data.campaign.children(None)
    columns = (
        ReportColumn("Mã", 20, CENTRED_LINK),
        ReportColumn("Đơn vị", 56),
        *(ReportColumn(field.label, 24, SCORE) for field in fields),
        ReportColumn("Tổng điểm", 20, replace(SCORE, bold=True)),
        ReportColumn("Tối đa áp dụng", 20, SCORE),
        ReportColumn("Tỷ lệ %", 22, replace(RATE, bold=True)),
    )
    what = f"điểm sau thẩm định lần {data.rounds}" if data.rounds else "điểm tự chấm"
    with_surveys = " cộng ĐTXHH, SIPAS của đơn vị" if data.campaign.surveyed_by_unit else ""
    remark = f"{as_of_line(data)}. Trong bảng là {what}{with_surveys}; ô trống: chưa có điểm."
    remarks = (remark, _CAPS) if _has_caps(data) else (remark,)
    first = write_head(sheet, "ĐIỂM CỦA CÁC ĐƠN VỊ THEO LĨNH VỰC", remarks, columns)
    rows = sheet.rows(first)
    look = rows.look(column.style for column in columns)
    height = heights_for(len(data.units))
    tallies = [_Tally() for _ in columns[2:]]
    for result in data.units:
        numbers = _matrix_numbers(data, result, fields)
        for tally, number in zip(tallies, numbers, strict=True):
            if number is not None:
                tally.add(number)
        values = _matrix_values(result, numbers, layout, rows.end)
        rows.write(look, values, height([(result.unit.name, columns[1].width)]))
    last = rows.end - 1
    if len(data.units) > 1:
        _write_summary(rows, columns, tallies, first, last)
    rows.finish()
    if last >= first:
        sheet.raw.autofilter(first - 1, 0, last, len(columns) - 1)
        rate = len(columns) - 1
        sheet.raw.conditional_format(first, rate, last, rate, BAR)
    return first


def _has_caps(data: Consolidation) -> bool:
    """Tell whether bonus or penalty is held by a cap over several rows."""
    return any(
        row.points is not Points.NORMAL and row.max_score is not None and row.id in data.subtotals
        for row in data.campaign.criteria
    )


def _matrix_numbers(
    data: Consolidation, result: UnitResult, fields: Sequence[Criterion]
) -> list[Decimal | None]:
    """Return a unit's points by field, in all, what applies to it, and its rate."""
    known_sums = sums_by_row(data, result, fields)
    sums = [known_sums.get(field.id) for field in fields]
    total = result.total
    known = total.has_score
    numbers = [own.achieved if own and own.has_score else None for own in sums]
    rate = total.achieved_rate if known else None
    return [*numbers, total.achieved if known else None, total.achieved_max, rate]


def _matrix_values(
    result: UnitResult, numbers: list[Decimal | None], layout: Layout, at: int
) -> list[Value]:
    *fields, total, maximum, rate = numbers
    values: list[Value] = [Link(result.unit.code, layout.place_of(result.unit.code))]
    values += [result.unit.name, *fields]
    end = len(values)
    span = f"{cell_name(at, 2)}:{cell_name(at, end - 1)}"
    over, under = cell_name(at, end), cell_name(at, end + 1)
    total_value = "" if total is None else total
    values.append(Live(f'=IF(COUNT({span})=0,"",SUM({span}))', total_value))
    values.append(maximum)
    formula = f'=IF(OR(N({under})=0,COUNT({over})=0),"",N({over})/{under})'
    return [*values, Live(formula, "" if rate is None else rate)]


def _write_summary(
    rows: RowWriter,
    columns: Sequence[ReportColumn],
    tallies: list[_Tally],
    first: int,
    last: int,
) -> None:
    styles = [replace(c.style, bold=True, fill=HEADING_FILL) for c in columns]
    styles[0] = replace(CENTRED, fill=HEADING_FILL)
    look = rows.look(styles)
    for label, function, name in (
        ("Trung bình", "AVERAGE", "mean"),
        ("Cao nhất", "MAX", "highest"),
        ("Thấp nhất", "MIN", "lowest"),
    ):
        values: list[Value] = ["", label]
        for column, tally in enumerate(tallies, start=2):
            span = f"{cell_name(first, column)}:{cell_name(last, column)}"
            known = getattr(tally, name)
            formula = f'=IF(COUNT({span})=0,"",{function}({span}))'
            values.append(Live(formula, "" if known is None else known))
        rows.write(look, values, height_of(1))
