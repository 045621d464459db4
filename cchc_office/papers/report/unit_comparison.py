"""The report's sheet "Đơn vị so kỳ trước": units beside what they, or those they were, achieved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from cchc_office.model import ComparedUnit
from cchc_office.papers.report.inputs import Inputs
from cchc_office.sheets.columns import Column, Holds, Value
from cchc_office.sheets.look import SCORE
from cchc_office.sheets.table_sheet import SheetRow, TableSheet
from cchc_office.text import figures

UNIT_COMPARISON_SHEET = "Đơn vị so kỳ trước"

_COLUMNS = (
    Column("code", "Mã", 20, Holds.MARK_LINK),
    Column("name", "Đơn vị", 50),
    Column("then", "Đơn vị kỳ trước", 60),
    Column("why", "Cách tính kỳ trước", 40),
    Column("then_score", "Điểm kỳ trước", 20, Holds.SCORE),
    Column("then_max", "Tối đa kỳ trước", 20, Holds.SCORE),
    Column("then_rate", "Tỷ lệ % kỳ trước", 20, Holds.RATE),
    Column("now_score", "Điểm kỳ này", 20, Holds.SCORE),
    Column("now_max", "Tối đa kỳ này", 20, Holds.SCORE),
    Column("now_rate", "Tỷ lệ % kỳ này", 20, Holds.RATE),
    Column(
        "change",
        "Tăng, giảm tỷ lệ (điểm %)",
        26,
        style=replace(SCORE, number_format=figures.CHANGE_CELL),
        formula='=IF(COUNT({then_rate},{now_rate})<2,"",ROUND(({now_rate}-{then_rate})*100,2))',
    ),
)
_REMARK = (
    "Đơn vị nay là nhiều đơn vị kỳ trước: điểm và tối đa kỳ trước là trung bình, hay tổng, của các "
    "đơn vị đó (trang Ghép đơn vị của dot-cham.xlsx). Bộ chỉ số hai kỳ có thể khác nhau."
)


def unit_comparison_sheet(inputs: Inputs) -> Iterator[TableSheet]:
    """Yield the sheet where the earlier report says what units achieved."""
    comparison = inputs.comparison
    if comparison is None or not comparison.units:
        return
    earlier = comparison.earlier
    remarks = (
        f"{inputs.as_of}. Kỳ trước: {earlier.title or earlier.file} (tệp {earlier.file}).",
        _REMARK,
    )
    rows = (SheetRow(_values(inputs, unit)) for unit in comparison.units)
    title, count = "CÁC ĐƠN VỊ SO VỚI KỲ TRƯỚC", len(comparison.units)
    yield TableSheet(UNIT_COMPARISON_SHEET, title, remarks, _COLUMNS, rows, count)


def _values(inputs: Inputs, row: ComparedUnit) -> dict[str, Value]:
    change = row.rate_change
    return {
        "code": inputs.unit_link(row.now) if row.now else "",
        "name": row.now.name if row.now else "",
        "then": "; ".join(unit.name for unit in row.then),
        "why": row.why,
        "then_score": row.before.score,
        "then_max": row.before.maximum,
        "then_rate": row.before.rate,
        "now_score": row.after.score,
        "now_max": row.after.maximum,
        "now_rate": row.after.rate,
        "change": None if change is None else figures.rounded(change),
    }
