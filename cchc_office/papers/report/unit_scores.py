"""The report's sheet "Điểm theo đơn vị": the points of units, field by field."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from cchc_office.model import Consolidation, Criterion, Points, UnitResult
from cchc_office.papers.report.inputs import Inputs
from cchc_office.papers.report.names import (
    UNIT_CODE_HEADING,
    UNIT_MAXIMUM_HEADING,
    UNIT_NAME_HEADING,
    UNIT_SCORES_SHEET,
    UNIT_TOTAL_HEADING,
)
from cchc_office.papers.report.score_cells import rate_formula
from cchc_office.results.ranking import sums_by_row
from cchc_office.sheets.addresses import cell_name
from cchc_office.sheets.columns import Column, Holds, Live, Value
from cchc_office.sheets.look import CENTRED, RATE, SCORE
from cchc_office.sheets.table_sheet import SheetRow, TableSheet

_CAPS = (
    "Mức trần điểm thưởng, điểm trừ ở trang này tính cho từng đơn vị, ở Bảng điểm tính một lần "
    "cho cả cơ quan, nên trung bình ở đây có thể khác điểm ở Bảng điểm."
)
_SUMMARY: tuple[tuple[str, str, Callable[[list[Decimal]], Decimal]], ...] = (
    ("Trung bình", "AVERAGE", lambda numbers: sum(numbers, Decimal(0)) / len(numbers)),
    ("Cao nhất", "MAX", max),
    ("Thấp nhất", "MIN", min),
)


def unit_scores_sheet(inputs: Inputs) -> Iterator[TableSheet]:
    """Yield the sheet: units in the order of the campaign, with their totals."""
    data = inputs.data
    fields = data.campaign.children(None)
    what = f"điểm sau thẩm định lần {data.rounds}" if data.rounds else "điểm tự chấm"
    with_surveys = " cộng ĐTXHH, SIPAS của đơn vị" if data.campaign.surveyed_by_unit else ""
    remark = f"{inputs.as_of}. Trong bảng là {what}{with_surveys}; ô trống: chưa có điểm."
    remarks = (remark, _CAPS) if _has_caps(data) else (remark,)
    columns = _columns(fields)
    table = TableSheet(
        UNIT_SCORES_SHEET,
        "ĐIỂM CỦA CÁC ĐƠN VỊ THEO LĨNH VỰC",
        remarks,
        columns,
        (),
        count=len(data.units),
        bars=("rate",),
    )
    yield replace(table, rows=_rows(inputs, columns, table.first_row))


def _columns(fields: Sequence[Criterion]) -> tuple[Column, ...]:
    span = f"{{field_0}}:{{field_{len(fields) - 1}}}"
    total = f'=IF(COUNT({span})=0,"",SUM({span}))' if fields else ""
    bold_score, bold_rate = replace(SCORE, bold=True), replace(RATE, bold=True)
    return (
        Column("code", UNIT_CODE_HEADING, 20, Holds.MARK_LINK),
        Column("name", UNIT_NAME_HEADING, 56),
        *(Column(f"field_{n}", f.label, 24, Holds.SCORE) for n, f in enumerate(fields)),
        Column("score", UNIT_TOTAL_HEADING, 20, style=bold_score, formula=total),
        Column("maximum", UNIT_MAXIMUM_HEADING, 20, Holds.SCORE),
        Column("rate", "Tỷ lệ %", 22, style=bold_rate, formula=rate_formula()),
    )


def _has_caps(data: Consolidation) -> bool:
    """Tell whether bonus or penalty is held by a cap over several rows."""
    return any(
        row.points is not Points.NORMAL and row.max_score is not None and row.id in data.subtotals
        for row in data.campaign.criteria
    )


def _rows(inputs: Inputs, columns: tuple[Column, ...], first: int) -> Iterator[SheetRow]:
    data = inputs.data
    known: dict[str, list[Decimal]] = {column.key: [] for column in columns[2:]}
    for result in data.units:
        numbers = _numbers(data, result)
        for key, number in numbers.items():
            known[key] += [] if number is None else [number]
        yield SheetRow({"code": inputs.unit_link(result.unit), "name": result.unit.name, **numbers})
    if len(data.units) < 2:
        return
    last = first + len(data.units) - 1
    for label, function, compute in _SUMMARY:
        values: dict[str, Value] = {"name": label}
        for place, (key, numbers_of) in enumerate(known.items(), start=2):
            span = f"{cell_name(first, place)}:{cell_name(last, place)}"
            formula = f'=IF(COUNT({span})=0,"",{function}({span}))'
            values[key] = Live(formula, compute(numbers_of) if numbers_of else "")
        yield SheetRow(values, {"code": CENTRED}, bold=True, shaded=True, is_sum=True)


def _numbers(data: Consolidation, result: UnitResult) -> dict[str, Decimal | None]:
    """Return a unit's points by field, in all, what applies to it, and its rate, by column."""
    fields = data.campaign.children(None)
    sums = sums_by_row(data, result, fields)
    of_fields = ((f"field_{n}", sums.get(field.id)) for n, field in enumerate(fields))
    total = result.total
    known = total.has_score
    return {
        **{key: own.achieved if own and own.has_score else None for key, own in of_fields},
        "score": total.achieved if known else None,
        "maximum": total.achieved_max,
        "rate": total.achieved_rate if known else None,
    }
