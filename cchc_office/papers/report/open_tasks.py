"""The report's sheet "Việc chưa xong": what units have still to score, the earliest due first."""

from __future__ import annotations

from collections.abc import Iterator

from cchc_office.papers.listed_rows import with_room_for_codes
from cchc_office.papers.report.inputs import Inputs
from cchc_office.results.progress import DueLeaf
from cchc_office.sheets.columns import Column, Holds, Value
from cchc_office.sheets.look import ATTENTION
from cchc_office.sheets.table_sheet import SheetRow, TableSheet
from cchc_office.text import figures

OPEN_TASKS_SHEET = "Việc chưa xong"

_COLUMNS = (
    Column("unit", "Mã đơn vị", 22, Holds.MARK_LINK),
    Column("unit_name", "Đơn vị", 60),
    Column("code", "STT", 16, Holds.MARK),
    Column("name", "Lĩnh vực/Tiêu chí/Tiêu chí thành phần", 90),
    Column("deadline", "Hạn", 26, Holds.DAY),
    Column("state", "Tình trạng", 30, Holds.MARK),
    Column("days", "Số ngày quá hạn hoặc còn lại", 28, Holds.MARK),
)


def open_tasks_sheet(inputs: Inputs) -> Iterator[TableSheet]:
    """Yield the sheet where anything is open that has a deadline."""
    found = inputs.progress
    leaves = (*found.missed, *found.ahead)
    if not leaves:
        return
    remark = f"{inputs.as_of}. Quá hạn: {figures.count(found.missed_count)}; chưa đến hạn: "
    remark += f"{figures.count(found.ahead_count)}."
    if len(leaves) < found.missed_count + found.ahead_count:
        remark += f" Dưới đây là {figures.count(len(leaves))} việc có hạn sớm nhất của mỗi loại."
    rows = (_row(inputs, leaf) for leaf in leaves)
    title = "VIỆC CHƯA XONG, THEO HẠN"
    columns = with_room_for_codes(_COLUMNS, inputs.data.campaign)
    yield TableSheet(OPEN_TASKS_SHEET, title, (remark,), columns, rows, len(leaves))


def _row(inputs: Inputs, leaf: DueLeaf) -> SheetRow:
    is_missed = leaf.days < 0
    values: dict[str, Value] = {
        "unit": inputs.unit_link(leaf.unit, leaf.criterion.id),
        "unit_name": leaf.unit.name,
        "code": inputs.data.campaign.listed_code(leaf.criterion),
        "name": leaf.criterion.name,
        "deadline": f"{leaf.day:%d/%m/%Y}",
        "state": "Quá hạn" if is_missed else "Chưa đến hạn",
        "days": abs(leaf.days),
    }
    return SheetRow(values, {"state": ATTENTION} if is_missed else {})
