"""The report's sheet "Tình trạng đơn vị": which return of each unit counts, what it owes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from cchc_office.model import UnitResult, UnitState
from cchc_office.papers.report.inputs import Inputs
from cchc_office.papers.report.score_cells import rate_formula
from cchc_office.sheets.columns import Column, Holds, Link, Value
from cchc_office.sheets.look import ATTENTION, LINK
from cchc_office.sheets.table_sheet import SheetRow, TableSheet
from cchc_office.text import figures
from cchc_office.text.vietnamese import day_and_time, official

UNIT_STATES_SHEET = "Tình trạng đơn vị"

_COLUMNS = (
    Column("code", "Mã", 20, Holds.MARK_LINK),
    Column("name", "Đơn vị", 56),
    Column("state", "Tình trạng", 28, Holds.MARK),
    Column("file", "Tệp được tính", 56),
    Column("received", "Ngày nhận", 20, Holds.DAY),
    Column("saved", "Lưu lần cuối", 30, Holds.DAY),
    Column("done", "Đã chấm", 18, Holds.MARK),
    Column("expected", "Phải chấm", 18, Holds.MARK),
    Column("maximum", "Tối đa phần tự chấm", 20, Holds.SCORE),
    Column("self", "Điểm tự chấm", 20, Holds.SCORE),
    Column("final", "Điểm sau thẩm định", 20, Holds.SCORE),
    Column("rate", "Tỷ lệ %", 20, Holds.RATE, formula=rate_formula("final")),
    Column("owed", "Việc còn nợ", 20, Holds.MARK),
)


def unit_states_sheet(inputs: Inputs) -> Iterator[TableSheet]:
    """Yield the sheet."""
    data = inputs.data
    columns = tuple(
        column
        for column in _COLUMNS
        if column.key != "received" or any(unit.received for unit in data.units)
    )
    counts = Counter(unit.state for unit in data.units)
    counted = "; ".join(f"{state.value}: {figures.count(counts[state])}" for state in UnitState)
    if not data.rounds:
        by_self = replace(columns[-2], formula=rate_formula("self"))
        columns = (*(c for c in columns[:-2] if c.key != "final"), by_self, columns[-1])
    yield TableSheet(
        UNIT_STATES_SHEET,
        "TÌNH TRẠNG NỘP PHIẾU CỦA CÁC ĐƠN VỊ",
        (inputs.as_of, f"{counted}."),
        columns,
        (_row(inputs, result) for result in data.units),
        count=len(data.units),
        bars=("rate",),
    )


def _row(inputs: Inputs, result: UnitResult) -> SheetRow:
    returned, total, unit = result.returned, result.total, result.unit
    file = returned.file if returned else ""
    saved = returned.saved if returned else None
    target = inputs.file_link(file)
    known = returned is not None or total.is_known
    values: dict[str, Value] = {
        "code": inputs.unit_link(unit),
        "name": unit.name,
        "state": result.state_words,
        "file": Link(file, target),
        "received": official(result.received).short if result.received else "",
        "saved": day_and_time(saved) if saved else "",
        "done": total.answered,
        "expected": total.expected,
        "maximum": total.final_max,
        "self": total.score if known else None,
        "final": total.final if known else None,
        "rate": total.final / total.final_max if known and total.final_max else "",
        "owed": result.rows_owed or len(result.debts),
    }
    styles = {"file": LINK} if target else {}
    return SheetRow(
        values, styles if result.state is UnitState.RETURNED else styles | {"state": ATTENTION}
    )
