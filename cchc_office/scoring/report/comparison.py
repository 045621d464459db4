"""The report's sheet "So với kỳ trước": rows beside those of an earlier report, and changes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from cchc_office.model import Consolidation, Criterion, Points
from cchc_office.office.addresses import cell_name
from cchc_office.office.row_writer import Live, Value
from cchc_office.office.workbook_writer import SheetWriter
from cchc_office.scoring.earlier import Change, ComparedRow, Comparison
from cchc_office.scoring.report.parts import (
    ATTENTION,
    CENTRED,
    RATE,
    SCORE,
    ReportColumn,
    as_of_line,
    fitting,
    is_known,
    signed_score,
    write_head,
)

_CHANGE = '"▲ +"0.00;"▼ −"0.00;0.00'
_COLUMNS = (
    ReportColumn("STT", 14, CENTRED),
    ReportColumn("Lĩnh vực/Tiêu chí/Tiêu chí thành phần", 84),
    ReportColumn("Điểm tối đa kỳ trước", 20, SCORE),
    ReportColumn("Điểm đạt kỳ trước", 20, SCORE),
    ReportColumn("Tỷ lệ % kỳ trước", 20, RATE),
    ReportColumn("Điểm tối đa kỳ này", 20, SCORE),
    ReportColumn("Điểm đạt kỳ này", 20, SCORE),
    ReportColumn("Tỷ lệ % kỳ này", 20, RATE),
    ReportColumn("Tăng, giảm tỷ lệ (điểm %)", 26, replace(SCORE, number_format=_CHANGE)),
    ReportColumn("Thay đổi của bộ chỉ số", 56),
)
_THEN_RATE, _NOW_RATE = 4, 7


@dataclass(frozen=True, slots=True)
class _Figures:
    """A row's maximum, what applies of it, and what was achieved; None where unknown."""

    maximum: Decimal | None = None
    applicable: Decimal | None = None
    score: Decimal | None = None

    @property
    def rate(self) -> Decimal | None:
        if self.score is None or not self.applicable:
            return None
        return self.score / self.applicable


def write_comparison(sheet: SheetWriter, data: Consolidation, comparison: Comparison) -> None:
    """Write the sheet: the rows in the order of the table, gone ones where they used to be."""
    earlier = comparison.earlier
    counts = {change: sum(change in row.changes for row in comparison.rows) for change in Change}
    changed = "; ".join(f"{c.value.lower()}: {n}" for c, n in counts.items() if n and c.value)
    remarks = (
        f"{as_of_line(data)}. Kỳ trước: {earlier.title or earlier.file} (tệp {earlier.file}).",
        f"Thay đổi của bộ chỉ số – {changed}." if changed else "Bộ chỉ số không thay đổi.",
    )
    first = write_head(sheet, "SO VỚI KỲ TRƯỚC", remarks, _COLUMNS)
    rows = sheet.rows(first)
    for row in comparison.rows:
        bold = row.now is not None and row.now.is_bold
        styles = [replace(column.style, bold=bold) for column in _COLUMNS]
        is_changed = row.changes != (Change.SAME,)
        styles[-1] = replace(ATTENTION, align="left") if is_changed else styles[-1]
        values = _values(data, row, rows.end)
        texts = [(str(values[place]), _COLUMNS[place].width) for place in (1, len(values) - 1)]
        rows.write(rows.look(styles), values, fitting(texts, bold=bold))
    rows.finish()
    if rows.end > first:
        sheet.raw.autofilter(first - 1, 0, rows.end - 1, len(_COLUMNS) - 1)


def figures_now(data: Consolidation, criterion: Criterion) -> tuple[Decimal | None, Decimal | None]:
    """Return what a row achieved, and of what; None where nothing is known."""
    found = _now(data, criterion)
    return found.score, found.applicable


def rate_then(row: ComparedRow) -> Decimal | None:
    """Return what share a row achieved in the earlier report, None where it does not tell."""
    return _then(row).rate


def _now(data: Consolidation, criterion: Criterion) -> _Figures:
    leaf = data.leaf(criterion)
    if leaf is None:
        total = data.subtotals[criterion.id]
        score = total.achieved if is_known(total) else None
        return _Figures(total.max_score, total.achieved_max, score)
    survey = criterion.max_score if leaf.survey is not None else None
    applicable = survey if leaf.survey is not None else leaf.final_max
    if criterion.points is not Points.NORMAL:
        applicable = None
    return _Figures(criterion.max_score, applicable, signed_score(criterion, leaf.achieved))


def _then(row: ComparedRow) -> _Figures:
    then = row.then
    if then is None:
        return _Figures()
    applicable = then.max_score if then.applicable_max is None else then.applicable_max
    return _Figures(then.max_score, applicable, then.score)


def _values(data: Consolidation, row: ComparedRow, at: int) -> list[Value]:
    then = _then(row)
    now = _now(data, row.now) if row.now else _Figures()
    code = row.now.code if row.now else row.then.code if row.then else ""
    name = row.now.name if row.now else row.then.name if row.then else ""
    before, after = cell_name(at, _THEN_RATE), cell_name(at, _NOW_RATE)
    formula = f'=IF(COUNT({before},{after})<2,"",({after}-{before})*100)'
    rates = (then.rate, now.rate)
    change = (rates[1] - rates[0]) * 100 if rates[0] is not None and rates[1] is not None else ""
    return [
        code,
        name,
        then.maximum,
        then.score,
        then.rate,
        now.maximum,
        now.score,
        now.rate,
        Live(formula, change),
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
