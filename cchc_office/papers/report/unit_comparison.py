"""The report's sheet "Đơn vị so kỳ trước": units beside what they, or those they were, achieved."""

from __future__ import annotations

from collections.abc import Iterator

from cchc_office.model import ComparedUnit
from cchc_office.papers.report.comparison import (
    CHANGE_COLUMN,
    change_value,
    earlier_words,
    figure_values,
)
from cchc_office.papers.report.inputs import Inputs
from cchc_office.sheets.columns import Column, Holds, Value
from cchc_office.sheets.table_sheet import SheetRow, TableSheet

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
    CHANGE_COLUMN,
)
_REMARK = (
    "Đơn vị nay là nhiều đơn vị kỳ trước: điểm và tối đa kỳ trước là trung bình, hay tổng, của các "
    "đơn vị đó (trang Ghép đơn vị của dot-cham.xlsx). {kind} hai kỳ có thể khác nhau."
)


def unit_comparison_sheet(inputs: Inputs) -> Iterator[TableSheet]:
    """Yield the sheet where the earlier report says what units achieved."""
    comparison = inputs.comparison
    if comparison is None or not comparison.units:
        return
    kind = inputs.data.campaign.info.index.kind_of_set
    remarks = (earlier_words(inputs, comparison.earlier), _REMARK.format(kind=kind))
    rows = (SheetRow(_values(inputs, unit)) for unit in comparison.units)
    title, count = "CÁC ĐƠN VỊ SO VỚI KỲ TRƯỚC", len(comparison.units)
    yield TableSheet(UNIT_COMPARISON_SHEET, title, remarks, _COLUMNS, rows, count)


def _values(inputs: Inputs, row: ComparedUnit) -> dict[str, Value]:
    return {
        "code": inputs.unit_link(row.now) if row.now else "",
        "name": row.now.name if row.now else "",
        "then": "; ".join(unit.name for unit in row.then),
        "why": row.why,
        **figure_values(row),
        "change": change_value(row),
    }
