"""The report's sheet "Tiến độ": how much is scored, in all, by field and by unit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from cchc_office.papers.report.inputs import Inputs
from cchc_office.papers.report.names import (
    BY_FIELD,
    BY_UNIT,
    DONE_HEADING,
    EXPECTED_HEADING,
    PROGRESS_SHEET,
)
from cchc_office.results.progress import Completion, Progress
from cchc_office.sheets.columns import Column, Holds, Value
from cchc_office.sheets.look import CENTRED_LINK, COUNT, HEADING, SIGN
from cchc_office.sheets.table_sheet import SheetRow, TableSheet
from cchc_office.text import figures

_COLUMNS = (
    Column("code", "Mã", 20, Holds.MARK),
    Column("name", "Lĩnh vực, đơn vị, tiêu chí", 100),
    Column("done", DONE_HEADING, 24, Holds.COUNT),
    Column("total", EXPECTED_HEADING, 24, Holds.COUNT),
    Column("open", "Còn lại", 24, Holds.COUNT, formula="={total}-{done}"),
    Column("rate", "Tỷ lệ %", 26, Holds.RATE, formula='=IF({total}=0,"",{done}/{total})'),
)
_OPEN = replace(COUNT, bold=True, number_format=f'"{SIGN}"{figures.COUNT_CELL}')


def progress_sheet(inputs: Inputs) -> Iterator[TableSheet]:
    """Yield the sheet."""
    found = inputs.progress
    remarks = (f"{inputs.as_of}. {_in_words(found)}",)
    yield TableSheet(
        PROGRESS_SHEET,
        "TIẾN ĐỘ CHẤM ĐIỂM",
        remarks,
        _COLUMNS,
        _rows(inputs, found),
        count=len(found.units),
        filtered=False,
        bars=("rate",),
    )


def _in_words(found: Progress) -> str:
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


def _rows(inputs: Inputs, found: Progress) -> Iterator[SheetRow]:
    yield replace(_share("", "TẤT CẢ", found.total), bold=True, shaded=True)
    yield _part(BY_FIELD)
    for field, share in found.fields:
        yield _share(field.code, field.printed_name, share)
    yield _part(BY_UNIT)
    for unit, share in found.units:
        row = _share(inputs.unit_link(unit), unit.name, share)
        yield replace(row, styles={**row.styles, "code": CENTRED_LINK})


def _part(title: str) -> SheetRow:
    return SheetRow({"name": title}, {column.key: HEADING for column in _COLUMNS})


def _share(code: Value, name: str, share: Completion) -> SheetRow:
    values: dict[str, Value] = {
        "code": code,
        "name": name,
        "done": share.done,
        "total": share.total,
        "open": share.total - share.done,
        "rate": Decimal(share.done) / share.total if share.total else "",
    }
    return SheetRow(values, {"open": _OPEN} if share.done < share.total else {})
