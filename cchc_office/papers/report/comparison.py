"""The report's sheet "So với kỳ trước": rows beside those of an earlier report, and changes."""

from __future__ import annotations

from dataclasses import replace

from cchc_office.model import Change, ComparedRow, Comparison, Consolidation
from cchc_office.papers.form.layout import TOTAL_LABEL
from cchc_office.papers.report.parts import ReportColumn, as_of_line, fitting, write_head
from cchc_office.sheets.addresses import cell_name
from cchc_office.sheets.look import ATTENTION, CENTRED, HEADING_FILL, RATE, SCORE, SIGN
from cchc_office.sheets.row_writer import Live, RowWriter, Value
from cchc_office.sheets.workbook_writer import SheetWriter
from cchc_office.text import figures

_CHANGE = replace(SCORE, number_format=figures.CHANGE_CELL)
_COLUMNS = (
    ReportColumn("STT", 14, CENTRED),
    ReportColumn("Lĩnh vực/Tiêu chí/Tiêu chí thành phần", 84),
    ReportColumn("Điểm tối đa kỳ trước", 20, SCORE),
    ReportColumn("Điểm đạt kỳ trước", 20, SCORE),
    ReportColumn("Tỷ lệ % kỳ trước", 20, RATE),
    ReportColumn("Điểm tối đa kỳ này", 20, SCORE),
    ReportColumn("Điểm đạt kỳ này", 20, SCORE),
    ReportColumn("Tỷ lệ % kỳ này", 20, RATE),
    ReportColumn("Tăng, giảm tỷ lệ (điểm %)", 26, _CHANGE),
    ReportColumn("Thay đổi của bộ chỉ số", 56),
)
_THEN_MAX, _NOW_MAX = 2, 5
_THEN_RATE, _NOW_RATE = 4, 7
_NO_ROW = ComparedRow(None, None, ())
_LIKE_LABEL = "SO TRÊN CÁC TIÊU CHÍ CÓ ĐIỂM Ở CẢ HAI KỲ"
_WHOLE_LABEL = "Tổng của từng bảng, gồm cả tiêu chí chỉ một kỳ có điểm"
_SUMS_REMARK = (
    "Lĩnh vực, tiêu chí có dòng con và tổng chỉ tính tăng, giảm trên các tiêu chí có điểm ở cả hai "
    "kỳ; xem cuối bảng."
)


def write_comparison(sheet: SheetWriter, data: Consolidation, comparison: Comparison) -> None:
    """Write the sheet: the rows in the order of the table, gone ones where they used to be."""
    first = _write_head(sheet, data, comparison)
    rows = sheet.rows(first)
    for row in comparison.rows:
        bold = row.now is not None and row.now.is_bold
        styles = [replace(column.style, bold=bold) for column in _COLUMNS]
        if row.now is None or data.campaign.is_leaf(row.now):
            for place, figure in ((_THEN_MAX, row.before), (_NOW_MAX, row.after)):
                shown = figures.given_cell([figure.maximum])
                styles[place] = replace(styles[place], number_format=shown)
        is_changed = row.changes != (Change.SAME,)
        styles[-1] = replace(ATTENTION, align="left") if is_changed else styles[-1]
        values = _values(row, rows.end)
        name, words = _COLUMNS[1].width, _COLUMNS[-1].width
        height = max(
            fitting([(str(values[1]), name)], bold=bold),
            fitting([(f"{SIGN}{values[-1]}", words)], bold=is_changed),
        )
        rows.write(rows.look(styles), values, height)
    last = rows.end - 1
    _write_sums(rows, comparison)
    rows.finish()
    if last >= first:
        sheet.raw.autofilter(first - 1, 0, last, len(_COLUMNS) - 1)


def _write_head(sheet: SheetWriter, data: Consolidation, comparison: Comparison) -> int:
    earlier = comparison.earlier
    counts = {change: sum(change in row.changes for row in comparison.rows) for change in Change}
    changed = "; ".join(f"{c.value.lower()}: {n}" for c, n in counts.items() if n and c.value)
    remarks = (
        f"{as_of_line(data)}. Kỳ trước: {earlier.title or earlier.file} (tệp {earlier.file}).",
        f"Thay đổi của bộ chỉ số – {changed}." if changed else "Bộ chỉ số không thay đổi.",
    )
    return write_head(sheet, "SO VỚI KỲ TRƯỚC", (*remarks, _SUMS_REMARK), _COLUMNS)


def _write_sums(rows: RowWriter, comparison: Comparison) -> None:
    """Write the fields and the whole over what both have, below the rows; then both totals."""
    total = replace(_NO_ROW, before=comparison.before, after=comparison.after)
    whole = replace(_NO_ROW, before=comparison.whole_before, after=comparison.whole_after)
    whole = replace(whole, is_alike=False)
    styles = [replace(column.style, bold=True, fill=HEADING_FILL) for column in _COLUMNS]
    look = rows.look(styles)
    rows.write(
        look,
        ["", _LIKE_LABEL, *[""] * (len(_COLUMNS) - 2)],
        fitting([(_LIKE_LABEL, _COLUMNS[1].width)], bold=True),
    )
    for field in comparison.fields:
        plain = rows.look(column.style for column in _COLUMNS)
        values = _values(field, rows.end)
        values[-1] = ""
        rows.write(plain, values, fitting([(str(values[1]), _COLUMNS[1].width)]))
    for label, row in ((TOTAL_LABEL, total), (_WHOLE_LABEL, whole)):
        values = _values(row, rows.end)
        values[1], values[-1] = label, ""
        rows.write(look, values, fitting([(label, _COLUMNS[1].width)], bold=True))


def _values(row: ComparedRow, at: int) -> list[Value]:
    then, now = row.before, row.after
    code = row.now.code if row.now else row.then.code if row.then else ""
    name = row.now.name if row.now else row.then.name if row.then else ""
    before, after = cell_name(at, _THEN_RATE), cell_name(at, _NOW_RATE)
    formula = f'=IF(COUNT({before},{after})<2,"",ROUND(({after}-{before})*100,2))'
    change = row.rate_change
    return [
        code,
        name,
        then.maximum,
        then.score,
        then.rate,
        now.maximum,
        now.score,
        now.rate,
        Live(formula, "" if change is None else figures.rounded(change)) if row.is_alike else "",
        _change_words(row),
    ]


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
