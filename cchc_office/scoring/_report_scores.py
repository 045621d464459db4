"""The report's score table: every row of the criteria, subtotals as live formulas."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from cchc_office.model import (
    Answer,
    Consolidation,
    Criterion,
    LeafResult,
    LeafState,
    Level,
    Method,
    Role,
    Subtotal,
)
from cchc_office.office.addresses import cell_name
from cchc_office.office.workbook_writer import SheetWriter, Style, call_over
from cchc_office.scoring._report_parts import (
    ATTENTION_FILL,
    CENTRED,
    HEADING_FILL,
    RATE_FORMAT,
    SCORE,
    SIZE,
    TEXT,
    ReportColumn,
    ReportPlaces,
    as_of_line,
    fit_row,
    write_head,
)
from cchc_office.vietnamese import format_decimal, upper

_COLUMNS = (
    ReportColumn("STT", 14),
    ReportColumn("Lĩnh vực/Tiêu chí/Tiêu chí thành phần", 80),
    ReportColumn("Điểm tối đa", 16),
    ReportColumn("Tối đa tự chấm (đã trừ không áp dụng)", 24),
    ReportColumn("Điểm tự chấm", 17),
    ReportColumn("Tỷ lệ %", 17),
    ReportColumn("Điểm ĐTXHH, SIPAS", 18),
    ReportColumn("Đơn vị chấm", 36),
    ReportColumn("Tình trạng", 22),
    ReportColumn("Nguồn (tệp › trang tính › ô)", 88),
)
_MAX, _APPLICABLE, _SCORE, _RATE, _SURVEY, _UNITS, _STATE, _SOURCE = range(2, 10)
_ATTENTION = {LeafState.MISSING, LeafState.UNUSABLE, LeafState.PARTLY}
_PENDING = "chưa có"
_RATE_STYLE = Style(size=SIZE, align="center", number_format=RATE_FORMAT)


class ScoreTable:
    """Writes the sheet "Bảng điểm"."""

    def __init__(
        self, sheet: SheetWriter, consolidation: Consolidation, places: ReportPlaces
    ) -> None:
        self._sheet = sheet
        self._data = consolidation
        self._campaign = consolidation.campaign
        self._places = places
        self._row_of: dict[str, int] = {}

    def write(self) -> None:
        """Write the whole sheet."""
        info = self._campaign.info
        title = f"BẢNG TỔNG HỢP ĐIỂM TỰ CHẤM CHỈ SỐ CCHC {upper(info.agency)} NĂM {info.year}"
        first = write_head(self._sheet, title, (as_of_line(self._data), self._summary()), _COLUMNS)
        rows = self._campaign.criteria
        self._row_of = {c.id: first + i for i, c in enumerate(rows)}
        for criterion in rows:
            leaf = self._data.leaf(criterion)
            if leaf is None:
                self._write_heading(criterion)
            else:
                self._write_leaf(leaf)
        self._write_total(first + len(rows))
        self._sheet.raw.autofilter(first - 1, 0, first + len(rows) - 1, len(_COLUMNS) - 1)

    def _summary(self) -> str:
        total = self._data.total
        survey = sum(
            (x.criterion.max_score or Decimal(0))
            for x in self._data.leaves
            if x.state is LeafState.SURVEY
        )
        text = (
            f"Đã chấm {total.answered}/{total.expected} tiêu chí tự chấm; điểm tự chấm "
            f"{format_decimal(total.score)}/{format_decimal(total.applicable_max)}"
        )
        if survey:
            text += f"; {format_decimal(survey)} điểm ĐTXHH, SIPAS chưa có, không nằm trong tổng"
        return text + "."

    def _write_labels(self, criterion: Criterion, *, bold: bool) -> int:
        at = self._row_of[criterion.id]
        name = upper(criterion.name) if criterion.level is Level.FIELD else criterion.name
        self._sheet.text(at, 0, criterion.code, replace(CENTRED, bold=bold))
        self._sheet.text(at, 1, name, replace(TEXT, bold=bold))
        return at

    def _write_heading(self, criterion: Criterion) -> None:
        at = self._write_labels(criterion, bold=True)
        self._write_sums(at, criterion, self._data.subtotals[criterion.id], fill="")
        name = upper(criterion.name) if criterion.level is Level.FIELD else criterion.name
        fit_row(self._sheet, at, [(name, _COLUMNS[1].width)], bold=True)

    def _write_sums(self, at: int, criterion: Criterion | None, total: Subtotal, fill: str) -> None:
        """Write the sums over the rows right under `criterion` (None: all) as formulas.

        Where nothing is known they stay blank.
        """
        children = self._campaign.children(criterion)
        below = self._campaign.leaves_under(criterion) if criterion else self._campaign.leaves
        leaves = [leaf for c in below if (leaf := self._data.leaf(c))]
        applies = any(leaf.applicable_max is not None for leaf in leaves)
        scored = any(leaf.score is not None for leaf in leaves)
        sheet, style = self._sheet, replace(SCORE, bold=True, fill=fill)
        values = (
            (_MAX, total.max_score, True),
            (_APPLICABLE, total.applicable_max, applies),
            (_SCORE, total.score, scored),
        )
        for column, value, is_known in values:
            cells = [(self._row_of[child.id], column) for child in children]
            formula = f'=IF({call_over("COUNT", cells)}=0,"",{call_over("SUM", cells)})'
            sheet.formula(at, column, formula, value if is_known else "", style)
        self._write_rate(at, total.rate, replace(_RATE_STYLE, bold=True, fill=fill))
        for column in (_SURVEY, _UNITS, _STATE, _SOURCE):
            sheet.text(at, column, "", replace(TEXT, fill=fill))
        if total.expected:
            counted = f"{total.answered}/{total.expected}"
            sheet.text(at, _STATE, counted, replace(CENTRED, bold=True, fill=fill))

    def _write_rate(self, at: int, rate: Decimal | None, style: Style) -> None:
        score, maximum = cell_name(at, _SCORE), cell_name(at, _APPLICABLE)
        formula = f'=IF(N({maximum})=0,"",N({score})/{maximum})'
        self._sheet.formula(at, _RATE, formula, "" if rate is None else rate, style)

    def _write_leaf(self, leaf: LeafResult) -> None:
        criterion, sheet = leaf.criterion, self._sheet
        bold = criterion.is_bold
        at = self._write_labels(criterion, bold=bold)
        fill = ATTENTION_FILL if leaf.state in _ATTENTION else ""
        survey = _PENDING if leaf.state is LeafState.SURVEY else ""
        sheet.number(at, _MAX, criterion.max_score, SCORE)
        sheet.number(at, _APPLICABLE, leaf.applicable_max, SCORE)
        sheet.number(at, _SCORE, leaf.score, replace(SCORE, fill=fill))
        if leaf.score is None or not leaf.applicable_max:
            sheet.text(at, _RATE, "", CENTRED)
        else:
            self._write_rate(at, leaf.score / leaf.applicable_max, _RATE_STYLE)
        sheet.text(at, _SURVEY, survey, replace(CENTRED, italic=True))
        units = self._lead_names(criterion)
        sheet.text(at, _UNITS, units, TEXT)
        sheet.text(at, _STATE, self._state_text(leaf), replace(CENTRED, fill=fill))
        source = self._source_text(leaf)
        self._write_source(at, leaf, source)
        fit_row(
            sheet,
            at,
            [
                (criterion.name, _COLUMNS[1].width),
                (units, _COLUMNS[_UNITS].width),
                (source, _COLUMNS[_SOURCE].width),
            ],
        )

    def _lead_names(self, criterion: Criterion) -> str:
        if criterion.method is not Method.SELF:
            return ""
        leads = [a for a in self._campaign.assignments_of(criterion) if a.role is Role.LEAD]
        return "; ".join(self._campaign.unit(a.unit).name for a in leads)

    def _state_text(self, leaf: LeafResult) -> str:
        if leaf.criterion.method is Method.SIPAS:
            return "SIPAS"
        if leaf.state is not LeafState.PARTLY:
            return str(leaf.state.value)
        expected = sum(a.role is Role.LEAD for a in self._campaign.assignments_of(leaf.criterion))
        done = sum(a.answer in (Answer.SCORED, Answer.NOT_APPLICABLE) for a in leaf.leads)
        return f"{leaf.state.value} ({done}/{expected} đơn vị)"

    def _source_text(self, leaf: LeafResult) -> str:
        lines = [f"{a.unit}: {a.typed or 'trống'} ← {a.source}" for a in leaf.leads]
        if len(leaf.leads) > 1:
            lines.insert(0, f"{leaf.criterion.aggregation.value.capitalize()} của:")
        return "\n".join(lines)

    def _write_source(self, at: int, leaf: LeafResult, text: str) -> None:
        if leaf.leads:
            target = self._places.of(leaf.leads[0].unit, leaf.criterion.id)
            self._sheet.link(at, _SOURCE, target, text, replace(TEXT, size=9))
        else:
            self._sheet.text(at, _SOURCE, "", TEXT)

    def _write_total(self, at: int) -> None:
        self._sheet.text(at, 0, "", replace(CENTRED, fill=HEADING_FILL))
        label = replace(CENTRED, bold=True, fill=HEADING_FILL)
        self._sheet.text(at, 1, "TỔNG CỘNG", label)
        self._write_sums(at, None, self._data.total, HEADING_FILL)
        self._sheet.row_height(at, 20)
