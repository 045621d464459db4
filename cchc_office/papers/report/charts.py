"""The report's sheet "Biểu đồ": charts of Excel's own, over figures that follow the other sheets.

Series are told apart by how dark they are, too: the report is printed in black and white.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from heapq import nlargest, nsmallest
from typing import Any

from cchc_office.model import Comparison, Consolidation, Criterion, UnitResult
from cchc_office.papers.report.names import SCORES_SHEET
from cchc_office.papers.report.parts import MATRIX_SHEET, as_of_line, stage_headings
from cchc_office.papers.report.scores import ScoreTable
from cchc_office.results.comparing import figures_now
from cchc_office.sheets.addresses import cell_name
from cchc_office.sheets.look import HEADING, MARGINS, RATE, SCORE, TEXT, TITLE
from cchc_office.sheets.workbook_writer import SheetWriter, quoted_sheet
from cchc_office.text import figures
from cchc_office.text.vietnamese import upper

_HATCHED: Mapping[str, Any] = {
    "pattern": {"pattern": "wide_upward_diagonal", "fg_color": "#595959", "bg_color": "#FFFFFF"}
}
_DARK: Mapping[str, Any] = {"fill": {"color": "#1F4E79"}}
_LIGHT: Mapping[str, Any] = {"fill": {"color": "#BDD7EE"}}
# What comes last is dark; patterns are told apart badly by one another.
_STAGE_LOOKS = {2: (_HATCHED, _DARK), 3: (_HATCHED, _LIGHT, _DARK)}
_LABELS = figures.SCORE_CELL
_LABELS_BUT_ZERO = f"{_LABELS};-{_LABELS};"
_WIDTH, _ROW = 900, 20
_PAGE = 1_290
"""Pixels of the sheet that one page shows, charts being as wide as it is."""

_COLUMNS, _DATA = 14, 15
_MOST_BARS, _FIRST_BARS = 40, 15
_LONGEST_LABEL = 46


@dataclass(frozen=True)
class _Series:
    """What a chart draws: its name, formulas with their values, and which look it has."""

    name: str
    cells: tuple[tuple[str, Decimal | None], ...]
    look: Mapping[str, Any]
    labels: str = _LABELS


@dataclass(frozen=True)
class _Chart:
    title: str
    axis: str
    labels: tuple[str, ...]
    series: tuple[_Series, ...]
    is_rate: bool = False


class ChartSheet:
    """Writes the sheet, one chart below the other."""

    def __init__(
        self, sheet: SheetWriter, data: Consolidation, table: ScoreTable, matrix_row: int
    ) -> None:
        """Write to `sheet`; `table` and `matrix_row` tell where the figures stand."""
        self._sheet = sheet
        self._data = data
        self._table = table
        self._matrix_row = matrix_row
        self._fields = data.campaign.children(None)
        self._data_row = 1
        self._pixels = 2 * _ROW
        self._breaks: list[int] = []

    def write(self, comparison: Comparison | None) -> None:
        """Write all charts that there are figures for."""
        info = self._data.campaign.info
        title = f"BIỂU ĐỒ CHỈ SỐ CCHC {upper(info.agency)} NĂM {info.year}"
        self._sheet.merged((0, 0), (0, _COLUMNS - 1), title, TITLE)
        remark = replace(TEXT, italic=True, align="center", border=False)
        self._sheet.merged((1, 0), (1, _COLUMNS - 1), as_of_line(self._data), remark)
        self._sheet.text(0, _DATA, "Số liệu vẽ biểu đồ (lấy từ các trang khác)", _PLAIN_BOLD)
        widths = [_WIDTH / _COLUMNS / 96 * 25.4] * _COLUMNS
        self._sheet.column_widths([*widths, 8, 80, 30, 30, 30])
        charts = [self._by_field(), *self._by_unit()]
        charts += [self._by_stage()] if self._data.rounds else []
        charts += [self._against(comparison)] if comparison else []
        for chart in charts:
            if chart and chart.labels:
                self._put(chart)
        self._sheet.print_setup(MARGINS, breaks=self._breaks)
        self._sheet.raw.print_area(0, 0, self._pixels // _ROW, _COLUMNS - 1)

    # --- what is drawn ---

    def _label(self, criterion: Criterion) -> str:
        return _short(f"{criterion.code}. {criterion.name}" if criterion.code else criterion.name)

    def _from_table(
        self, heading: str, value: Callable[[Criterion], Decimal | None]
    ) -> tuple[tuple[str, Decimal | None], ...]:
        sheet = quoted_sheet(SCORES_SHEET)
        return tuple(
            (f"=N({sheet}!{self._table.cell(heading, field.id)})", value(field))
            for field in self._fields
        )

    def _by_field(self) -> _Chart:
        maxima = self._from_table("Tối đa áp dụng", lambda f: figures_now(self._data, f).applicable)
        scores = self._from_table("Điểm đạt", lambda f: figures_now(self._data, f).score)
        # Bonus and penalty are parts of no maximum: no label says that it is 0.
        most = _Series("Tối đa áp dụng", maxima, _HATCHED, _LABELS_BUT_ZERO)
        series = (most, _Series("Điểm đạt", scores, _DARK))
        labels = tuple(map(self._label, self._fields))
        return _Chart("Điểm đạt so với điểm tối đa theo lĩnh vực", "Điểm", labels, series)

    def _by_stage(self) -> _Chart:
        headings = ("Điểm tự chấm", *stage_headings(self._data.rounds))
        looks = zip(headings, _STAGE_LOOKS[len(headings)], strict=True)
        series = tuple(
            _Series(heading, self._from_table(heading, self._stage(number)), look)
            for number, (heading, look) in enumerate(looks)
        )
        labels = tuple(map(self._label, self._fields))
        return _Chart("Điểm tự chấm và điểm thẩm định theo lĩnh vực", "Điểm", labels, series)

    def _stage(self, number: int) -> Callable[[Criterion], Decimal | None]:
        def value(field: Criterion) -> Decimal | None:
            leaf = self._data.leaf(field)
            if leaf is not None:
                return (leaf.score, *leaf.rounds)[number]
            total = self._data.subtotals[field.id]
            return (total.score, total.round_1, total.round_2)[number]

        return value

    def _by_unit(self) -> list[_Chart]:
        """Return the rates of units: of all, or of the first and the last."""
        units = [
            (rate, -place, place, result.unit.name)
            for place, result in enumerate(self._data.units)
            if (rate := _rate_of(result)) is not None
        ]
        if len(units) < 2:
            return []
        if len(units) <= _MOST_BARS:
            return [self._of_units("Tỷ lệ đạt của các đơn vị", sorted(units, reverse=True))]
        most = nlargest(_FIRST_BARS, units)
        least = nsmallest(_FIRST_BARS, units)
        return [
            self._of_units(f"{_FIRST_BARS} đơn vị có tỷ lệ đạt cao nhất", most),
            self._of_units(f"{_FIRST_BARS} đơn vị có tỷ lệ đạt thấp nhất", least),
        ]

    def _of_units(self, title: str, units: Sequence[tuple[Decimal, int, int, str]]) -> _Chart:
        sheet, column = quoted_sheet(MATRIX_SHEET), len(self._fields) + 4
        cells = tuple(
            (f"=N({sheet}!{cell_name(self._matrix_row + place, column, absolute=True)})", rate)
            for rate, _, place, _ in units
        )
        labels = tuple(_short(name) for _, _, _, name in units)
        return _Chart(title, "Tỷ lệ %", labels, (_Series("Tỷ lệ đạt", cells, _DARK),), is_rate=True)

    def _against(self, comparison: Comparison) -> _Chart:
        then: list[tuple[str, Decimal | None]] = []
        now: list[tuple[str, Decimal | None]] = []
        labels = []
        for row in comparison.fields:
            if row.now is None or row.before.rate is None:
                continue
            labels.append(self._label(row.now))
            then.append(("", row.before.rate))
            now.append(("", row.after.rate))
        series = (_Series("Kỳ trước", tuple(then), _HATCHED), _Series("Kỳ này", tuple(now), _DARK))
        title = "Tỷ lệ đạt so với kỳ trước, trên các tiêu chí có điểm ở cả hai kỳ"
        return _Chart(title, "Tỷ lệ %", tuple(labels), series, is_rate=True)

    # --- drawing ---

    def _put(self, drawn: _Chart) -> None:
        height = 150 + len(drawn.labels) * max(26, 20 * len(drawn.series))
        height = -(-height // _ROW) * _ROW
        if self._pixels % _PAGE + height > _PAGE and self._pixels > 2 * _ROW:
            self._breaks.append(self._pixels // _ROW)
            self._pixels = -(-self._pixels // _PAGE) * _PAGE // _ROW * _ROW
            self._breaks[-1] = self._pixels // _ROW
        chart = self._sheet.book.chart({"type": "bar"})
        self._put_data(drawn, chart)
        font = self._sheet.book.font
        number_format = "0%" if drawn.is_rate else "General"
        axis: dict[str, Any] = {
            "name": drawn.axis,
            "name_font": {"name": font, "size": 11, "bold": False},
            "num_font": {"name": font, "size": 10},
            "num_format": number_format,
            "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}},
            **_limits(drawn),
        }
        # Bars lie: XlsxWriter's x axis has their values, the y axis their names, first on top.
        names = {"num_font": {"name": font, "size": 10}, "reverse": True, "crossing": "max"}
        names |= {"label_position": "low", "major_tick_mark": "none"}
        chart.set_title({"name": drawn.title, "name_font": {"name": font, "size": 14}})
        chart.set_x_axis(axis)
        chart.set_y_axis(names)
        legend = {"position": "bottom", "font": {"name": font, "size": 11}}
        chart.set_legend(legend if len(drawn.series) > 1 else {"none": True})
        chart.set_size({"width": _WIDTH - 10, "height": height - 10})
        options = {"x_offset": 5, "y_offset": 5, "description": drawn.title}
        self._sheet.raw.insert_chart(self._pixels // _ROW, 0, chart, options)
        self._pixels += height

    def _put_data(self, drawn: _Chart, chart: Any) -> None:
        """Write a chart's figures beside it, and tell it where they stand."""
        sheet, at = self._sheet, self._data_row
        sheet.text(at, _DATA, drawn.title, HEADING)
        first, last = at + 1, at + len(drawn.labels)
        for row, label in enumerate(drawn.labels, start=first):
            sheet.text(row, _DATA, label, TEXT)
        style = RATE if drawn.is_rate else SCORE
        for column, series in enumerate(drawn.series, start=_DATA + 1):
            sheet.text(at, column, series.name, HEADING)
            for row, (formula, value) in enumerate(series.cells, start=first):
                if formula:
                    sheet.formula(row, column, formula, value or Decimal(0), style)
                else:
                    sheet.number(row, column, value, style)
            chart.add_series(self._series(series, (first, last), at, column, drawn))
        self._data_row = last + 2

    def _series(
        self, series: _Series, rows: tuple[int, int], heading: int, column: int, drawn: _Chart
    ) -> dict[str, Any]:
        first, last = rows
        name = self._sheet.name
        labels: dict[str, Any] = {
            "value": True,
            "num_format": figures.RATE_CELL if drawn.is_rate else series.labels,
        }
        labels |= {"font": {"name": self._sheet.book.font, "size": 9}}
        return {
            "name": [name, heading, column],
            "categories": [name, first, _DATA, last, _DATA],
            "values": [name, first, column, last, column],
            "data_labels": labels,
            "border": {"color": "#1F1F1F", "width": 0.75},
            "gap": 40,
            "overlap": 0,
            **series.look,
        }


_PLAIN_BOLD = replace(TEXT, bold=True, border=False, wrap=False)


def _rate_of(result: UnitResult) -> Decimal | None:
    return result.total.achieved_rate if result.total.is_known else None


def _limits(drawn: _Chart) -> dict[str, int]:
    """Return where an axis begins and ends: at 0, and at 100 % where everything fits in it."""
    values = [value for series in drawn.series for _, value in series.cells if value is not None]
    limits = {} if min(values, default=Decimal(0)) < 0 else {"min": 0}
    if drawn.is_rate and max(values, default=Decimal(0)) <= 1:
        limits["max"] = 1
    return limits


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_LABEL else f"{text[: _LONGEST_LABEL - 1].rstrip()}…"
