"""The report's sheets about units: the state of each, and one sheet with all that it said."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from cchc_office.model import (
    Answer,
    Consolidation,
    Criterion,
    LeafReturn,
    UnitResult,
    UnitState,
)
from cchc_office.office.workbook_writer import SheetWriter, call_over
from cchc_office.scoring._report_parts import (
    ATTENTION_FILL,
    CENTRED,
    HEADING_FILL,
    RATE_FORMAT,
    SCORE,
    TEXT,
    ReportColumn,
    ReportPlaces,
    as_of_line,
    fit_row,
    write_head,
)
from cchc_office.scoring.form_layout import FormRow, RowKind, form_rows
from cchc_office.vietnamese import VIETNAM

_STATE_COLUMNS = (
    ReportColumn("Mã", 20),
    ReportColumn("Đơn vị", 62),
    ReportColumn("Tình trạng", 26),
    ReportColumn("Tệp được tính", 62),
    ReportColumn("Lưu lần cuối", 30),
    ReportColumn("Đã chấm", 18),
    ReportColumn("Phải chấm", 18),
    ReportColumn("Tối đa áp dụng", 20),
    ReportColumn("Điểm tự chấm", 20),
    ReportColumn("Tỷ lệ %", 18),
    ReportColumn("Việc còn nợ", 20),
)
_UNIT_COLUMNS = (
    ReportColumn("STT", 14),
    ReportColumn("Lĩnh vực/Tiêu chí/Tiêu chí thành phần", 74),
    ReportColumn("Vai trò", 19),
    ReportColumn("Điểm tối đa", 16),
    ReportColumn("Điểm tự chấm", 17),
    ReportColumn("Tình trạng", 22),
    ReportColumn("Ô điểm ghi", 22),
    ReportColumn("Kết quả, giải trình", 48),
    ReportColumn("Tài liệu kiểm chứng", 48),
    ReportColumn("Ghi chú", 26),
    ReportColumn("Cần xem", 60),
    ReportColumn("Tệp", 40),
    ReportColumn("Trang tính", 24),
    ReportColumn("Ô", 12),
)
_UNIT_MAX, _UNIT_SCORE, _UNIT_STATE = 3, 4, 5
_RATE = replace(SCORE, number_format=RATE_FORMAT)


def lay_out_units(consolidation: Consolidation, places: ReportPlaces) -> None:
    """Note where each unit's rows will stand, before any sheet that links to them is written."""
    campaign = consolidation.campaign
    for unit in campaign.units:
        for place, row in enumerate(_leaf_rows(consolidation, unit.code)):
            places.rows[unit.code, row.criterion.id] = (_FIRST_ROW + place, _UNIT_SCORE)


_FIRST_ROW = 3


def write_states(sheet: SheetWriter, data: Consolidation, places: ReportPlaces) -> None:
    """Write the sheet "Tình trạng đơn vị"."""
    counts = {state: sum(u.state is state for u in data.units) for state in UnitState}
    counted = "; ".join(f"{state.value}: {count}" for state, count in counts.items())
    title = "TÌNH TRẠNG NỘP PHIẾU CỦA CÁC ĐƠN VỊ"
    remarks = (as_of_line(data), f"{counted}.")
    first = write_head(sheet, title, remarks, _STATE_COLUMNS)
    for row, unit in enumerate(data.units, start=first):
        _write_state(sheet, row, unit, places)
    sheet.raw.autofilter(first - 1, 0, first + len(data.units) - 1, len(_STATE_COLUMNS) - 1)


def _write_state(sheet: SheetWriter, row: int, result: UnitResult, places: ReportPlaces) -> None:
    returned, total = result.returned, result.total
    good = result.state is UnitState.RETURNED
    state_style = replace(CENTRED, bold=True, fill="" if good else ATTENTION_FILL)
    sheet.link(row, 0, places.of(result.unit.code, ""), result.unit.code, CENTRED)
    sheet.text(row, 1, result.unit.name, TEXT)
    sheet.text(row, 2, result.state.value, state_style)
    sheet.text(row, 3, returned.file if returned else "", TEXT)
    saved = returned.saved if returned else None
    saved_text = saved.astimezone(VIETNAM).strftime("%d/%m/%Y %H:%M") if saved else ""
    sheet.text(row, 4, saved_text, CENTRED)
    sheet.number(row, 5, total.answered, CENTRED)
    sheet.number(row, 6, total.expected, CENTRED)
    sheet.number(row, 7, total.applicable_max, SCORE)
    sheet.number(row, 8, total.score if returned else None, SCORE)
    sheet.number(row, 9, total.rate if returned else None, _RATE)
    sheet.number(row, 10, len(result.debts), CENTRED)
    texts = [(result.unit.name, _STATE_COLUMNS[1].width)]
    if returned:
        texts.append((returned.file, _STATE_COLUMNS[3].width))
    fit_row(sheet, row, texts)


def write_unit(sheet: SheetWriter, data: Consolidation, result: UnitResult) -> None:
    """Write the sheet of one unit: each of its leaves, what it said, and where it said so."""
    title = result.unit.name.upper()
    first = write_head(sheet, title, (result.state.value,), _UNIT_COLUMNS)
    assert first == _FIRST_ROW  # noqa: S101 - links rely on it
    answers = {a.criterion: a for a in result.returned.leaves} if result.returned else {}
    rows = _leaf_rows(data, result.unit.code)
    for at, row in enumerate(rows, start=first):
        notes = [f.sentence for f in result.findings if f.criterion == row.criterion.id]
        _write_unit_row(sheet, at, row, answers.get(row.criterion.id), "\n".join(notes))
    _write_unit_total(sheet, first, rows, result)


def _leaf_rows(data: Consolidation, unit_code: str) -> list[FormRow]:
    unit = data.campaign.unit(unit_code)
    return [row for row in form_rows(data.campaign, unit) if row.kind is not RowKind.HEADING]


def _write_unit_row(
    sheet: SheetWriter, at: int, row: FormRow, answer: LeafReturn | None, notes: str
) -> None:
    criterion = row.criterion
    doubtful = answer is not None and answer.answer in (Answer.BLANK, Answer.UNUSABLE)
    fill = ATTENTION_FILL if doubtful else ""
    sheet.text(at, 0, criterion.code, CENTRED)
    sheet.text(at, 1, criterion.name, TEXT)
    sheet.text(at, 2, row.role.value if row.role else "", CENTRED)
    sheet.number(at, _UNIT_MAX, _counted_max(criterion, row, answer), SCORE)
    sheet.number(at, _UNIT_SCORE, answer.score if answer else None, replace(SCORE, fill=fill))
    sheet.text(at, _UNIT_STATE, _state_text(row, answer), replace(CENTRED, fill=fill))
    source = answer.source if answer else None
    texts = [
        answer.typed if answer else "",
        answer.result if answer else "",
        answer.evidence if answer else "",
        answer.note if answer else "",
        notes,
        source.file if source else "",
        source.sheet if source else "",
        source.cell if source else "",
    ]
    for place, text in enumerate(texts, start=_UNIT_STATE + 1):
        sheet.text(at, place, text, TEXT)
    widths = [column.width for column in _UNIT_COLUMNS[_UNIT_STATE + 1 :]]
    shown = list(zip(texts, widths, strict=True))
    fit_row(sheet, at, [(criterion.name, _UNIT_COLUMNS[1].width), *shown])


def _counted_max(criterion: Criterion, row: FormRow, answer: LeafReturn | None) -> Decimal | None:
    """Return the maximum that counts for the unit: none for leaves it does not score."""
    if row.kind is not RowKind.SCORED:
        return None
    applies = answer is None or answer.answer is not Answer.NOT_APPLICABLE
    return criterion.max_score if applies else None


def _state_text(row: FormRow, answer: LeafReturn | None) -> str:
    if row.kind is RowKind.SURVEY:
        return row.criterion.method.value
    if answer is None:
        return "Chưa nộp"
    return answer.answer.value


def _write_unit_total(
    sheet: SheetWriter, first: int, rows: list[FormRow], result: UnitResult
) -> None:
    at = first + len(rows)
    for place in range(len(_UNIT_COLUMNS)):
        sheet.text(at, place, "", replace(CENTRED, fill=HEADING_FILL))
    label = replace(CENTRED, bold=True, fill=HEADING_FILL)
    sheet.text(at, 1, "CỘNG", label)
    number = replace(SCORE, bold=True, fill=HEADING_FILL)
    values = ((_UNIT_MAX, result.total.applicable_max), (_UNIT_SCORE, result.total.score))
    for column, value in values if rows else ():
        formula = f"={call_over('SUM', [(first + i, column) for i in range(len(rows))])}"
        sheet.formula(at, column, formula, value, number)
