"""The report's sheet "Biểu đồ": charts of Excel's own, over figures that follow the other sheets.

Series are told apart by how dark they are, too: the report is printed in black and white.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from heapq import nlargest, nsmallest
from typing import Any

from cchc_office.model import Comparison, Criterion, UnitResult
from cchc_office.papers.report.inputs import Inputs
from cchc_office.papers.report.names import SCORES_SHEET, UNIT_SCORES_SHEET
from cchc_office.papers.report.score_cells import stage_heading, stage_key
from cchc_office.papers.report.scores import ScoreTable
from cchc_office.papers.report.unit_scores import unit_scores_sheet
from cchc_office.results.comparing import figures_now
from cchc_office.sheets.addresses import cell_name, quoted_sheet
from cchc_office.sheets.columns import places_of
from cchc_office.sheets.look import GREY, HEADING, MARGINS, RATE, REMARK, SCORE, TEXT, TITLE
from cchc_office.sheets.workbook_writer import SheetWriter, WorkbookWriter
from cchc_office.text import figures
from cchc_office.text.vietnamese import upper

CHARTS_SHEET = "Biểu đồ"

_HATCHED: Mapping[str, Any] = {
    "pattern": {"pattern": "wide_upward_diagonal", "fg_color": "#595959", "bg_color": "#FFFFFF"}
}
DARK: Mapping[str, Any] = {"fill": {"color": "#1F4E79"}}
_LIGHT: Mapping[str, Any] = {"fill": {"color": "#BDD7EE"}}
# What comes last is dark; patterns are told apart badly by one another.
_STAGE_LOOKS = {2: (_HATCHED, DARK), 3: (_HATCHED, _LIGHT, DARK)}
_LABELS = figures.SIGNED_SCORE_CELL
_LABELS_BUT_ZERO = f"{_LABELS};"
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


# --- what is drawn ---


def charts_sheet(inputs: Inputs) -> Iterator[ChartSheet]:
    """Yield the sheet with all charts that there are figures for."""
    charts = [_by_field(inputs), *_by_unit(inputs)]
    charts += [_by_stage(inputs)] if inputs.data.rounds else []
    charts += [_against(inputs.comparison)] if inputs.comparison else []
    info = inputs.data.campaign.info
    title = upper(f"Biểu đồ {info.index.short} {info.agency} năm {info.year}")
    yield ChartSheet(title, inputs.as_of, tuple(chart for chart in charts if chart.labels))


def _label(criterion: Criterion) -> str:
    return _short(criterion.title)


def _of_fields(
    inputs: Inputs,
    fields: Iterable[Criterion],
    key: str,
    value: Callable[[Criterion], Decimal | None],
) -> tuple[tuple[str, Decimal | None], ...]:
    """Return the cells of fields in a column of the score table, with their values."""
    sheet, table = quoted_sheet(SCORES_SHEET), ScoreTable(inputs)
    return tuple((f"=N({sheet}!{table.cell(key, field.id)})", value(field)) for field in fields)


def _by_field(inputs: Inputs) -> _Chart:
    data = inputs.data
    fields = data.campaign.children(None)
    maxima = _of_fields(inputs, fields, "applicable", lambda f: figures_now(data, f).applicable)
    scores = _of_fields(inputs, fields, "achieved", lambda f: figures_now(data, f).score)
    # Bonus and penalty are parts of no maximum: no label says that it is 0.
    most = _Series("Tối đa áp dụng", maxima, _HATCHED, _LABELS_BUT_ZERO)
    series = (most, _Series("Điểm đạt", scores, DARK))
    title = "Điểm đạt so với điểm tối đa theo lĩnh vực"
    return _Chart(title, "Điểm", tuple(map(_label, fields)), series)


def _by_stage(inputs: Inputs) -> _Chart:
    def score(stage: int, field: Criterion) -> Decimal | None:
        leaf = inputs.data.leaf(field)
        if leaf is not None:
            return (leaf.score, *leaf.rounds)[stage]
        total = inputs.data.subtotals[field.id]
        return (total.score, total.round_1, total.round_2)[stage]

    fields = [field for field in inputs.data.campaign.children(None) if _is_scored(inputs, field)]
    series = tuple(
        _Series(
            stage_heading(stage),
            _of_fields(inputs, fields, stage_key(stage), partial(score, stage)),
            style,
        )
        for stage, style in enumerate(_STAGE_LOOKS[inputs.data.rounds + 1])
    )
    title = "Điểm tự chấm và điểm thẩm định theo lĩnh vực"
    return _Chart(title, "Điểm", tuple(map(_label, fields)), series)


def _is_scored(inputs: Inputs, field: Criterion) -> bool:
    """Tell whether units score anything of a field: of what only a survey does they have no 0."""
    leaves = (*inputs.data.campaign.leaves_under(field), field)
    return any(leaf.is_self_scored for leaf in leaves if inputs.data.leaf(leaf))


def _by_unit(inputs: Inputs) -> list[_Chart]:
    """Return the rates of units: of all, or of the first and the last."""
    units = [
        (rate, -place, place, result.unit.name)
        for place, result in enumerate(inputs.data.units)
        if (rate := _rate_of(result)) is not None
    ]
    if len(units) < 2:
        return []
    if len(units) <= _MOST_BARS:
        best_first = sorted(units, reverse=True)
        return [_of_units(inputs, "Tỷ lệ đạt của các đơn vị", best_first)]
    most, least = nlargest(_FIRST_BARS, units), nsmallest(_FIRST_BARS, units)
    return [
        _of_units(inputs, f"{_FIRST_BARS} đơn vị có tỷ lệ đạt cao nhất", most),
        _of_units(inputs, f"{_FIRST_BARS} đơn vị có tỷ lệ đạt thấp nhất", least),
    ]


def _of_units(inputs: Inputs, title: str, units: Sequence[tuple[Decimal, int, int, str]]) -> _Chart:
    table = next(unit_scores_sheet(inputs))
    first, column = table.first_row, places_of(table.columns)["rate"]
    sheet = quoted_sheet(UNIT_SCORES_SHEET)
    cells = tuple(
        (f"=N({sheet}!{cell_name(first + place, column, absolute=True)})", rate)
        for rate, _, place, _ in units
    )
    labels = tuple(_short(name) for _, _, _, name in units)
    return _Chart(title, "Tỷ lệ %", labels, (_Series("Tỷ lệ đạt", cells, DARK),), is_rate=True)


def _against(comparison: Comparison) -> _Chart:
    rows = [row for row in comparison.fields if row.now and row.before.rate is not None]
    then = tuple(("", row.before.rate) for row in rows)
    now = tuple(("", row.after.rate) for row in rows)
    series = (_Series("Kỳ trước", then, _HATCHED), _Series("Kỳ này", now, DARK))
    title = "Tỷ lệ đạt so với kỳ trước, trên các tiêu chí có điểm ở cả hai kỳ"
    labels = tuple(_label(row.now) for row in rows if row.now)
    return _Chart(title, "Tỷ lệ %", labels, series, is_rate=True)


def _rate_of(result: UnitResult) -> Decimal | None:
    return result.total.achieved_rate if result.total.is_known else None


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_LABEL else f"{text[: _LONGEST_LABEL - 1].rstrip()}…"


# --- drawing ---


@dataclass(frozen=True)
class ChartSheet:
    """A sheet of charts, one below the other, beside the figures that they draw."""

    title: str
    remark: str
    charts: tuple[_Chart, ...]

    def write(self, book: WorkbookWriter) -> None:
        """Write the charts to a sheet of their own."""
        sheet = book.sheet(CHARTS_SHEET)
        sheet.merged((0, 0), (0, _COLUMNS - 1), self.title, TITLE)
        sheet.merged((1, 0), (1, _COLUMNS - 1), self.remark, REMARK)
        sheet.text(0, _DATA, "Số liệu vẽ biểu đồ (lấy từ các trang khác)", _PLAIN_BOLD)
        widths = [_WIDTH / _COLUMNS / 96 * 25.4] * _COLUMNS
        sheet.column_widths([*widths, 8, 80, 30, 30, 30])
        writer = _ChartWriter(sheet)
        for chart in self.charts:
            writer.put(chart)
        sheet.print_setup(MARGINS, breaks=writer.breaks)
        sheet.raw.print_area(0, 0, writer.rows, _COLUMNS - 1)


class _ChartWriter:
    """Puts one chart below the other, as many on a page as fit."""

    def __init__(self, sheet: SheetWriter) -> None:
        self._sheet = sheet
        self._data_row = 1
        self._pixels = 2 * _ROW
        self.breaks: list[int] = []

    @property
    def rows(self) -> int:
        """The rows that charts stand over so far."""
        return self._pixels // _ROW

    def put(self, drawn: _Chart) -> None:
        """Put a chart at the next place, its figures beside it."""
        height = 150 + len(drawn.labels) * max(26, 20 * len(drawn.series))
        height = -(-height // _ROW) * _ROW
        if self._pixels % _PAGE + height > _PAGE and self._pixels > 2 * _ROW:
            self._pixels = -(-self._pixels // _PAGE) * _PAGE // _ROW * _ROW
            self.breaks.append(self.rows)
        chart = self._sheet.book.chart({"type": "bar"})
        self._put_data(drawn, chart)
        self._set_axes(drawn, chart)
        chart.set_size({"width": _WIDTH - 10, "height": height - 10})
        options = {"x_offset": 5, "y_offset": 5, "description": drawn.title}
        self._sheet.raw.insert_chart(self.rows, 0, chart, options)
        self._pixels += height

    def _set_axes(self, drawn: _Chart, chart: Any) -> None:
        font = self._sheet.book.font
        small, usual = {"name": font, "size": 10}, {"name": font, "size": 11}
        # Bars lie: XlsxWriter's x axis has their values, the y axis their names, first on top.
        axis: dict[str, Any] = {
            "name": drawn.axis,
            "name_font": usual | {"bold": False},
            "num_font": small,
            "num_format": "0%" if drawn.is_rate else "General",
            "major_gridlines": {"visible": True, "line": {"color": GREY}},
            **_limits(drawn),
        }
        names = {"num_font": small, "reverse": True, "crossing": "max"}
        names |= {"label_position": "low", "major_tick_mark": "none"}
        chart.set_title({"name": drawn.title, "name_font": {"name": font, "size": 14}})
        chart.set_x_axis(axis)
        chart.set_y_axis(names)
        legend = {"position": "bottom", "font": usual}
        chart.set_legend(legend if len(drawn.series) > 1 else {"none": True})

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


def _limits(drawn: _Chart) -> dict[str, int]:
    """Return where an axis begins and ends: at 0, and at 100 % where everything fits in it."""
    values = [value for series in drawn.series for _, value in series.cells if value is not None]
    limits = {} if min(values, default=Decimal(0)) < 0 else {"min": 0}
    if drawn.is_rate and max(values, default=Decimal(0)) <= 1:
        limits["max"] = 1
    return limits
