"""The report's sheet "So với kỳ trước": rows beside those of an earlier report, and changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from cchc_office.model import Change, ComparedRow, ComparedUnit, Comparison, EarlierReport
from cchc_office.papers.form.layout import TOTAL_LABEL
from cchc_office.papers.report.inputs import Inputs
from cchc_office.papers.report.score_cells import max_style
from cchc_office.papers.signs import given_style
from cchc_office.sheets.columns import Column, Holds, Value
from cchc_office.sheets.look import ATTENTION, SCORE
from cchc_office.sheets.table_sheet import SheetRow, TableSheet
from cchc_office.text import figures

COMPARISON_SHEET = "So với kỳ trước"

CHANGE_COLUMN = Column(
    "change",
    "Tăng, giảm tỷ lệ (điểm %)",
    26,
    style=replace(SCORE, number_format=figures.CHANGE_CELL),
    formula='=IF(COUNT({then_rate},{now_rate})<2,"",ROUND(({now_rate}-{then_rate})*100,2))',
)
_COLUMNS = (
    Column("code", "STT", 14, Holds.MARK),
    Column("name", "Lĩnh vực/Tiêu chí/Tiêu chí thành phần", 74),
    Column("then_max", "Điểm tối đa kỳ trước", 20, Holds.SCORE),
    Column("then_score", "Điểm đạt kỳ trước", 20, Holds.SCORE),
    Column("then_rate", "Tỷ lệ % kỳ trước", 20, Holds.RATE),
    Column("now_max", "Điểm tối đa kỳ này", 20, Holds.SCORE),
    Column("now_score", "Điểm đạt kỳ này", 20, Holds.SCORE),
    Column("now_rate", "Tỷ lệ % kỳ này", 20, Holds.RATE),
    CHANGE_COLUMN,
    Column("changes", "Thay đổi của bộ chỉ số", 50),
    Column("why", "Vì sao coi là một dòng", 40),
)
_NO_ROW = ComparedRow(None, None, ())
_LIKE_LABEL = "SO TRÊN CÁC TIÊU CHÍ CÓ ĐIỂM Ở CẢ HAI KỲ"
_WHOLE_LABEL = "Tổng của từng bảng, gồm cả tiêu chí chỉ một kỳ có điểm"
_DOUBTS = (Change.DOUBTFUL, Change.SPLIT, Change.MERGED)
_DOUBTS_REMARK = (
    "Dòng chưa chắc là một, dòng tách ra hay gộp lại được ghi cạnh nhau nhưng không tính tăng, "
    "giảm và không vào tổng so sánh: {count} dòng."
)
_SUMS_REMARK = (
    "Lĩnh vực, tiêu chí có dòng con và tổng chỉ tính tăng, giảm trên các tiêu chí có điểm ở cả hai "
    "kỳ; xem cuối bảng."
)


def comparison_sheet(inputs: Inputs) -> Iterator[TableSheet]:
    """Yield the sheet where there is something to compare with.

    Rows are in the order of the table, gone ones where they used to be.
    """
    comparison = inputs.comparison
    if comparison is None:
        return
    kind = inputs.data.campaign.info.index.kind_of_set
    counts = {change: sum(change in row.changes for row in comparison.rows) for change in Change}
    changed = "; ".join(f"{c.value.lower()}: {n}" for c, n in counts.items() if n and c.value)
    doubts = sum(any(d in row.changes for d in _DOUBTS) for row in comparison.rows)
    remarks = (
        earlier_words(inputs, comparison.earlier),
        f"Thay đổi của {kind.lower()} – {changed}." if changed else f"{kind} không thay đổi.",
        _SUMS_REMARK,
        *((_DOUBTS_REMARK.format(count=doubts),) if doubts else ()),
    )
    rows = (*_rows(inputs, comparison), *_sums(comparison))
    yield TableSheet(COMPARISON_SHEET, "SO VỚI KỲ TRƯỚC", remarks, _COLUMNS, rows)


def earlier_words(inputs: Inputs, earlier: EarlierReport) -> str:
    """Return as of when, and with what, a sheet compares."""
    return f"{inputs.as_of}. Kỳ trước: {earlier.title or earlier.file} (tệp {earlier.file})."


def _rows(inputs: Inputs, comparison: Comparison) -> Iterator[SheetRow]:
    is_bold = inputs.data.campaign.is_bold
    for row in comparison.rows:
        styles = {}
        if row.now is None or inputs.data.campaign.is_leaf(row.now):
            styles["then_max"] = given_style([row.before.maximum])
            styles["now_max"] = given_style([row.after.maximum])
        if row.now and row.now.is_optional:
            styles |= dict.fromkeys(("then_max", "now_max"), max_style(row.now))
        if row.changes != (Change.SAME,):
            styles["changes"] = replace(ATTENTION, align="left")
        yield SheetRow(_values(row), styles, bold=row.now is not None and is_bold(row.now))


def _sums(comparison: Comparison) -> Iterator[SheetRow]:
    """Yield the fields and the whole over what both have; then both totals."""
    yield SheetRow({"name": _LIKE_LABEL}, bold=True, shaded=True, is_sum=True)
    for field in comparison.fields:
        yield SheetRow(_values(field) | {"changes": "", "why": ""}, is_sum=True)
    total = replace(_NO_ROW, before=comparison.before, after=comparison.after)
    whole = replace(_NO_ROW, before=comparison.whole_before, after=comparison.whole_after)
    for label, row in ((TOTAL_LABEL, total), (_WHOLE_LABEL, replace(whole, is_alike=False))):
        values = _values(row) | {"name": label, "changes": ""}
        yield SheetRow(values, bold=True, shaded=True, is_sum=True)


def _values(row: ComparedRow) -> dict[str, Value]:
    shown = row.now or row.then
    values: dict[str, Value] = {
        "code": shown.code if shown else "",
        "name": shown.name if shown else "",
        **figure_values(row),
        "changes": _change_words(row),
        "why": "; hoặc ".join(filter(None, (row.why, *row.others))),
    }
    if row.is_alike:
        values["change"] = change_value(row)
    return values


def figure_values(row: ComparedRow | ComparedUnit) -> dict[str, Value]:
    """Return the figures of then and now, by their columns."""
    return {
        "then_max": row.before.maximum,
        "then_score": row.before.score,
        "then_rate": row.before.rate,
        "now_max": row.after.maximum,
        "now_score": row.after.score,
        "now_rate": row.after.rate,
    }


def change_value(row: ComparedRow | ComparedUnit) -> Value:
    """Return the change of the rate as the sheet shows it, None where one is unknown."""
    return None if row.rate_change is None else figures.rounded(row.rate_change)


def _change_words(row: ComparedRow) -> str:
    words = []
    for change in row.changes:
        if change is Change.RENUMBERED and row.then:
            words.append(f"{change.value} (trước: {row.then.code or 'không có'})")
        elif change is Change.RENAMED and row.then:
            words.append(f"{change.value} (trước: {row.then.name})")
        elif change is not Change.SAME:
            words.append(change.value)
    return "; ".join(words)
