"""The report's first sheet, "Kết quả": the result on one page, which follows the other sheets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from types import MappingProxyType
from typing import Any

from cchc_office.model import Criterion, UnitResult, scored_rows
from cchc_office.papers.form.layout import TOTAL_LABEL
from cchc_office.papers.report import score_cells
from cchc_office.papers.report.charts import DARK
from cchc_office.papers.report.inputs import Inputs
from cchc_office.papers.report.names import OVERVIEW_SHEET, SCORES_SHEET
from cchc_office.papers.report.scores import ScoreTable
from cchc_office.papers.report.unit_states import UNIT_STATES_SHEET
from cchc_office.results.bonus import bonus_in_words
from cchc_office.results.shared_rows import total_in_words
from cchc_office.sheets.addresses import place_in, quoted_sheet
from cchc_office.sheets.columns import Column, Holds, Live, places_of
from cchc_office.sheets.look import (
    GREY,
    HEADING,
    LINK,
    MARGINS,
    RATE,
    REMARK,
    SCORE,
    SIZE,
    TEXT,
    TITLE,
    Style,
)
from cchc_office.sheets.workbook_writer import SheetWriter, WorkbookWriter
from cchc_office.text import figures
from cchc_office.text.shortening import shortened
from cchc_office.text.vietnamese import upper
from cchc_office.text.widths import LINE_HEIGHT, lines_in_cell

_COLUMNS = (
    Column("code", "STT", 19, Holds.MARK),
    Column("name", "Lĩnh vực", 72),
    Column("maximum", "Điểm tối đa", 22, Holds.SCORE),
    Column("applicable", "Tối đa áp dụng", 22, Holds.SCORE),
    Column("achieved", "Điểm đạt", 22, Holds.SCORE),
    Column("rate", "Tỷ lệ %", 22, Holds.RATE),
)
_PLACES = places_of(_COLUMNS)
_LAST = len(_COLUMNS) - 1
_MOST_FIELDS, _MOST_OWING = 20, 12
_LONGEST_DEBT = 90
_PIXELS = 670
"""How wide the columns are together on the screen."""
_AS_USUAL: Mapping[str, Style] = MappingProxyType({})
_BIG = replace(TEXT, size=13, border=False)


def overview_sheet(inputs: Inputs) -> Iterator[OverviewSheet]:
    """Yield the sheet."""
    yield OverviewSheet(inputs)


@dataclass(frozen=True)
class OverviewSheet:
    """Totals, fields, their chart, and who owes what: on one page, for who signs."""

    inputs: Inputs

    @cached_property
    def _table(self) -> ScoreTable:
        return ScoreTable(self.inputs)

    def write(self, book: WorkbookWriter) -> None:
        """Write the sheet."""
        sheet, info = book.sheet(OVERVIEW_SHEET), self.inputs.data.campaign.info
        sheet.column_widths([column.width for column in _COLUMNS])
        title = upper(f"Kết quả {info.index.short} {info.agency} năm {info.year}")
        sheet.merged((0, 0), (0, _LAST), title, TITLE)
        sheet.row_height(0, 26)
        sheet.merged((1, 0), (1, _LAST), f"{self.inputs.as_of}.", REMARK)
        at = 2
        for text in self._said():
            sheet.merged((at, 0), (at, _LAST), text, _BIG)
            lines = lines_in_cell(text, sum(c.width for c in _COLUMNS), _BIG.size)
            sheet.row_height(at, lines * _BIG.size * LINE_HEIGHT + 4)
            at += 1
        at, span = self._write_fields(sheet, at + 1)
        at = self._draw(sheet, at + 1, span)
        end = self._write_owing(sheet, at)
        sheet.print_setup(MARGINS)
        sheet.raw.fit_to_pages(1, 1)
        sheet.raw.print_area(0, 0, end - 1, _LAST)
        sheet.raw.hide_gridlines(2)

    def _said(self) -> Iterator[str]:
        """Yield the result in a few sentences."""
        data = self.inputs.data
        total = data.total
        known = figures.score(total.achieved) if total.is_known else "chưa có"
        rate = total.achieved_rate if total.is_known else None
        of = f"; tỷ lệ {figures.rate(rate)}" if rate is not None else ""
        yield f"Điểm đạt: {known} trên {figures.score(total.achieved_max)} điểm áp dụng{of}."
        if made_of := total_in_words(data):
            yield made_of
        if bonus := bonus_in_words(data):
            yield bonus
        returned = sum(unit.returned is not None for unit in data.units)
        scored = scored_rows(data.leaves).words
        text = f"Phiếu gửi về: {returned}/{len(data.units)} đơn vị; {scored}"
        rounds = f"; đã thẩm định lần {data.rounds}" if data.rounds else "; chưa thẩm định"
        pending = total.survey_pending
        wait = f"; còn {figures.score(pending)} điểm ĐTXHH, SIPAS chưa có" if pending else ""
        yield f"{text}{rounds}{wait}."

    def _write_fields(self, sheet: SheetWriter, at: int) -> tuple[int, tuple[int, int]]:
        """Write the table of fields; return the row behind it, and what the chart draws of it."""
        data = self.inputs.data
        for place, column in enumerate(_COLUMNS):
            sheet.text(at, place, column.heading, HEADING)
        sheet.row_height(at, 2 * SIZE * LINE_HEIGHT + 5)
        fields = [field for field in data.campaign.children(None) if not field.is_text]
        first = at = at + 1
        last = at - 1
        for field in fields[:_MOST_FIELDS]:
            name = (field.code, field.printed_name)
            shown = {"maximum": score_cells.max_style(field)} if field.is_optional else {}
            self._write_figures(sheet, at, name, field, shown)
            leaves = data.campaign.leaves_under(field) or (field,)
            # Bonus and penalty have no rate: where they come last, the chart ends before them.
            last = last if all(leaf.is_optional for leaf in leaves) else at
            at += 1
        if len(fields) > _MOST_FIELDS:
            more = f"và {len(fields) - _MOST_FIELDS} mục khác: xem trang {SCORES_SHEET}"
            sheet.merged((at, 0), (at, _LAST), more, REMARK)
            at += 1
        self._write_figures(sheet, at, ("", TOTAL_LABEL), None, bold=True)
        return at + 1, (first, last)

    def _write_figures(
        self,
        sheet: SheetWriter,
        at: int,
        named: tuple[str, str],
        row: Criterion | None,
        shown_as: Mapping[str, Style] = _AS_USUAL,
        *,
        bold: bool = False,
    ) -> None:
        """Write a row (None: the total): its names, figures that follow the score table's."""
        fill = HEADING.fill if bold else ""

        def looked(style: Style) -> Style:
            return replace(style, bold=bold, fill=fill)

        table, (code, name) = self._table, named
        there = table.shown(row)
        sheet.text(at, _PLACES["code"], code, looked(replace(TEXT, align="center")))
        sheet.text(at, _PLACES["name"], name, looked(TEXT))
        for key in ("maximum", "applicable", "achieved", "rate"):
            cell = table.cell(key, row.id) if row else table.total_cell(key)
            address = f"{quoted_sheet(SCORES_SHEET)}!{cell}"
            style = looked(shown_as.get(key, RATE if key == "rate" else SCORE))
            value = there.get(key)
            now = value.value if isinstance(value, Live) else value
            known = now if isinstance(now, Decimal | int | str) else ""
            sheet.formula(at, _PLACES[key], f'=IF({address}="","",{address})', known, style)
        lines = lines_in_cell(name, _COLUMNS[_PLACES["name"]].width, SIZE, bold=bold)
        sheet.row_height(at, lines * SIZE * LINE_HEIGHT + 5)

    def _draw(self, sheet: SheetWriter, at: int, rows: tuple[int, int]) -> int:
        """Draw the rates of the fields; return the row below the chart."""
        first, last = rows
        if last < first:
            return at
        font = {"name": sheet.book.font, "size": 10}
        chart = sheet.book.chart({"type": "bar"})
        name, rate = _PLACES["name"], _PLACES["rate"]
        labels: dict[str, Any] = {"value": True, "num_format": figures.RATE_CELL, "font": font}
        chart.add_series(
            {
                "name": [sheet.name, first - 1, rate],
                "categories": [sheet.name, first, name, last, name],
                "values": [sheet.name, first, rate, last, rate],
                "data_labels": labels,
                "gap": 45,
                **DARK,
            }
        )
        title = {"name": "Tỷ lệ đạt của từng lĩnh vực", "name_font": {**font, "size": 13}}
        chart.set_title(title)
        grid = {"visible": True, "line": {"color": GREY}}
        chart.set_x_axis(
            {"min": 0, "max": 1, "num_format": "0%", "num_font": font, "major_gridlines": grid}
        )
        chart.set_y_axis({"reverse": True, "num_font": font, "crossing": "max"})
        chart.set_legend({"none": True})
        height = 90 + 30 * (last - first + 1)
        chart.set_size({"width": _PIXELS, "height": height})
        options = {"x_offset": 4, "y_offset": 4, "description": title["name"]}
        sheet.raw.insert_chart(at, 0, chart, options)
        return at + -(-height // 20) + 1

    def _write_owing(self, sheet: SheetWriter, at: int) -> int:
        """Write who owes what; return the row below."""
        owing = [unit for unit in self.inputs.data.units if unit.debts]
        head = f"Còn nợ: {len(owing)} đơn vị" if owing else "Không đơn vị nào còn nợ."
        sheet.merged((at, 0), (at, _LAST), head, replace(_BIG, bold=True))
        for unit in owing[:_MOST_OWING]:
            at += 1
            self._write_debt(sheet, at, unit)
        if len(owing) > _MOST_OWING:
            at += 1
            more = f"và {len(owing) - _MOST_OWING} đơn vị khác: trang {UNIT_STATES_SHEET}"
            target = place_in(UNIT_STATES_SHEET, 0, 0)
            sheet.link(at, _PLACES["name"], target, more, replace(LINK, border=False))
        return at + 1

    def _write_debt(self, sheet: SheetWriter, at: int, result: UnitResult) -> None:
        link = self.inputs.unit_link(result.unit)
        sheet.link(at, 0, link.target, link.text, replace(LINK, align="center"))
        sheet.text(at, _PLACES["name"], result.unit.name, TEXT)
        campaign, count = self.inputs.data.campaign, result.rows_owed or len(result.debts)
        first = shortened(result.debts[0].in_words(campaign), _LONGEST_DEBT)
        more = f"; và {count - 1} việc khác" if count > 1 else ""
        text = f"{first[:1].upper()}{first[1:]}{more}"
        sheet.merged((at, _PLACES["maximum"]), (at, _LAST), text, TEXT)
        width = sum(column.width for column in _COLUMNS[_PLACES["maximum"] :])
        lines = max(
            lines_in_cell(text, width, SIZE),
            lines_in_cell(result.unit.name, _COLUMNS[_PLACES["name"]].width, SIZE),
        )
        sheet.row_height(at, lines * SIZE * LINE_HEIGHT + 5)
