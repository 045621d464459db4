"""Issuing score workbooks: one for each unit, with its own rows only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import Any

from cchc_office.decree30.figures import Profile
from cchc_office.model import Aggregation, Campaign, Criterion, Method, Points, Unit
from cchc_office.papers import filled_sheets as filled
from cchc_office.papers.form import layout
from cchc_office.papers.form.help import help_lines
from cchc_office.papers.form.inputs import write_computed, write_inputs
from cchc_office.papers.form.layout import FormRow, RowKind
from cchc_office.papers.form.sums import form_sum, maximum_rows, most_of_unit, scored_under
from cchc_office.papers.kinds import FORM, Basis
from cchc_office.papers.planning import PlannedPaper, plan_paper
from cchc_office.papers.signs import max_format, score_format, sum_format
from cchc_office.sheets.addresses import call_over, cell_name, ranges
from cchc_office.sheets.columns import Column, places_of
from cchc_office.sheets.long_texts import HIGHEST_ROW, wide_enough
from cchc_office.sheets.look import (
    CENTRED,
    GREY,
    HEADING,
    SCORE,
    SIZE,
    TEXT,
    Style,
    opened,
)
from cchc_office.sheets.workbook_writer import SheetWriter, WorkbookWriter
from cchc_office.text import figures
from cchc_office.text.vietnamese import official, upper
from cchc_office.text.widths import LINE_HEIGHT, lines_in_cell

_MARGINS = (10.0, 10.0, 18.0, 12.0)
_OVERVIEW_ROW = 2
_BLANK_ROWS = '"Còn "0" dòng chưa chấm";;"Đã chấm đủ"'
_LONGEST_FORMULA = 8_000
"""What Excel takes at most, in letters, but for some."""
_LOCKED_TEXT = {
    RowKind.SURVEY: "Chấm bằng điều tra xã hội học, đơn vị không điền",
    RowKind.SUPPORTED: "Đơn vị chủ trì chấm điểm",
    RowKind.REVIEWED: "Điểm trừ do người thẩm định ghi, đơn vị không điền",
    RowKind.NOT_APPLICABLE: "Không áp dụng trong cả đợt, đơn vị không điền",
}


_NOT_SHOWN: dict[str, Any] = {
    **dict.fromkeys(("unit_text", "unit_cell", "units_from", "own_rule", "unread", "note"), ""),
    "deadline_words": "",
    "row": 0,
    "deadline": None,
    "aggregation": None,
}
"""What forms do not tell of a row."""


def plan(basis: Basis) -> Iterator[PlannedPaper]:
    """Yield the workbook of each unit that has a part in any leaf."""
    campaign, info = basis.campaign, basis.campaign.info
    told = (info.index, info.year, info.period, info.agency, info.contact)
    head = (layout.FORM_VERSION, campaign.id, *told)
    for unit in basis.units():
        if rows := layout.form_rows(campaign, unit):
            shown = [(row.kind, row.role, replace(row.criterion, **_NOT_SHOWN)) for row in rows]
            pooled = [campaign.way_of(row.criterion) is Aggregation.POOLED for row in rows]
            made_from = (
                *head,
                info.deadline,
                unit.code,
                unit.name,
                shown,
                pooled,
                basis.profile.font,
            )
            build = partial(build_form, campaign, unit, basis.profile)
            yield plan_paper(basis, FORM, unit, made_from, build)


def build_form(campaign: Campaign, unit: Unit, profile: Profile) -> bytes:
    """Return the unit's score workbook."""
    info = campaign.info
    title = f"Phiếu tự chấm điểm {info.index.short} năm {info.year} - {unit.name}"
    meta = dict(zip(layout.META, (campaign.id, unit.code, layout.FORM_VERSION), strict=True))
    properties = {layout.PROPERTIES[key]: value for key, value in meta.items()}
    book = WorkbookWriter(title, profile.font, properties)
    rows = layout.form_rows(campaign, unit)
    _ScoreSheet(book.sheet(layout.SCORE_SHEET), campaign, unit, rows).write()
    title = "HƯỚNG DẪN ĐIỀN PHIẾU TỰ CHẤM ĐIỂM"
    filled.write_help(book.sheet(layout.HELP_SHEET), title, help_lines(campaign, rows))
    filled.write_hidden(
        book.sheet(layout.HIDDEN_SHEET),
        meta,
        [(row.criterion, row.kind) for row in rows],
        {row.criterion.id: row.long_cases for row in rows},
    )
    return book.finish()


class _ScoreSheet:
    """Writes the sheet that a unit fills in."""

    def __init__(
        self, sheet: SheetWriter, campaign: Campaign, unit: Unit, rows: tuple[FormRow, ...]
    ) -> None:
        self._sheet = sheet
        self._campaign = campaign
        self._unit = unit
        self._rows = rows
        self._columns = tuple(_wide_enough(column, rows) for column in layout.columns_of(rows))
        self._places = places_of(self._columns)
        self._scored = {r.criterion.id: r.criterion for r in rows if r.kind is RowKind.SCORED}
        self._row_of: dict[str, int] = {}

    def write(self) -> None:
        sheet = self._sheet
        heading_row = self._write_title()
        sheet.headings(heading_row, self._columns)
        first = heading_row + 1
        self._row_of = {r.criterion.id: first + i for i, r in enumerate(self._rows)}
        for row in self._rows:
            self._write_row(row)
        last = first + len(self._rows)
        self._write_total(last)
        self._write_overview(last)
        filled.write_signature(sheet, last + 2, self._places["evidence"], self._places["note"])
        self._set_up(heading_row, last + 7)

    def _write_title(self) -> int:
        info = self._campaign.info
        last = len(self._columns) - 1
        period = f" - KỲ {info.period}" if info.period else ""
        title = f"PHIẾU TỰ CHẤM ĐIỂM {upper(info.index.name)} NĂM {info.year}{period}"
        deadline = f"Gửi về {official(info.deadline).as_deadline}." if info.deadline else ""
        remark = f"{deadline} Chỉ điền vào các ô nền vàng; xem trang {layout.HELP_SHEET}.".strip()
        lines = (
            (upper(info.agency), Style(bold=True, size=12, align="center"), 18),
            (title, Style(bold=True, size=14, align="center"), 22),
            ("", TEXT, 18),
            (remark, replace(TEXT, italic=True), 18),
        )
        skipped = {_OVERVIEW_ROW}
        return filled.write_title(self._sheet, lines, last, skipped)

    def _write_overview(self, total_row: int) -> None:
        """Write above the headings whose form it is, its sums of now, and what is still blank."""
        sheet, at, places = self._sheet, _OVERVIEW_ROW, self._places
        unit = f"{layout.UNIT_LABEL} {self._unit.name}"
        bold = Style(bold=True, size=12, border=False)
        sheet.merged((at, places["code"]), (at, places["name"]), unit, bold)
        label, room = layout.TOTAL_LABEL.capitalize(), self._width("code") + self._width("name")
        lines = max(
            lines_in_cell(unit, room, 12, bold=True),
            lines_in_cell(label, self._width("role"), SIZE, bold=True),
        )
        sheet.row_height(at, lines * 12 * LINE_HEIGHT + 4)
        if not self._scored:
            return
        sheet.text(at, places["role"], label, HEADING)
        number = replace(HEADING, number_format=figures.SIGNED_SCORE_CELL)
        for key in ("max_score", "score"):
            shown = f"={cell_name(total_row, places[key])}"
            sheet.formula(at, places[key], shown, "", number)
        self._write_what_is_blank(at)

    def _write_what_is_blank(self, at: int) -> None:
        """Write how many rows still want a score, counted anew at each entry."""
        wanted = [c for c in self._scored.values() if not c.is_optional]
        scores, applies = (self._cells(wanted, key) for key in ("score", "applies"))
        waived = (
            f'COUNTIFS({theirs},"{layout.NOT_APPLICABLE}",{own},"")'
            for theirs, own in zip(ranges(applies), ranges(scores), strict=True)
        )
        count = "-".join((f"={len(wanted)}", f"({call_over('COUNT', scores)})", *waived))
        if not wanted or len(count) > _LONGEST_FORMULA:
            return
        first, last = self._places["applies"], self._places["result"]
        style = replace(HEADING, align="left", number_format=_BLANK_ROWS)
        self._sheet.merged((at, first), (at, last), "", style)
        self._sheet.formula(at, first, count, len(wanted), style)

    def _write_row(self, row: FormRow) -> None:
        sheet, places, criterion = self._sheet, self._places, row.criterion
        at = self._row_of[criterion.id]
        styles = _styles(row, bold=self._campaign.is_bold(criterion))
        texts = {
            "id": criterion.id,
            "code": criterion.code,
            "name": criterion.name,
            "role": row.role_text,
            "rule": row.rule_text,
            "applies": _mark(row),
        }
        for key, place in places.items():
            sheet.text(at, place, texts.get(key, ""), styles[key])
        if row.kind is not RowKind.HEADING or criterion.is_text:
            sheet.number(at, places["max_score"], criterion.max_score, styles["max_score"])
        elif scored_under(self._campaign, criterion, self._scored):
            self._write_sums(at, criterion, styles)
        if row.kind is RowKind.SCORED:
            self._write_answer(row, at, styles)
        elif locked := _LOCKED_TEXT.get(row.kind):
            filled.guide(sheet, (at, at), places["score"], "Không điền", locked)
        self._fit(row)

    def _write_answer(self, row: FormRow, at: int, styles: Mapping[str, Style]) -> None:
        """Write what the unit's score follows from, or what it may be."""
        if row.inputs:
            write_computed(self._sheet, at, row.criterion, self._places, styles["score"])
        else:
            self._limit_score(at, row.criterion)
        self._offer_not_applicable(at)
        if "figure" in self._places:
            cases = self._cases(row)
            style = opened(TEXT)
            write_inputs(self._sheet, at, row.criterion, row.inputs, self._places, style, cases)

    def _cases(self, row: FormRow) -> str:
        """Return the hidden range that holds what there is to choose from, "" without one."""
        if not row.long_cases:
            return ""
        at = len(layout.META) + 2 + self._rows.index(row)
        first = len(layout.HIDDEN_HEADINGS) + 1
        ends = (first, first + len(row.long_cases) - 1)
        span = ":".join(cell_name(at, place, absolute=True) for place in ends)
        return f"{layout.HIDDEN_SHEET}!{span}"

    def _write_sums(self, at: int, above: Criterion | None, styles: Mapping[str, Style]) -> None:
        """Write maximum and score of the rows right under `above` (None: all), as formulas."""
        self._write_maximum(at, above, styles["max_score"])
        summed = form_sum(self._campaign, above, self._scored)
        adds, takes = (self._cells(rows, "score") for rows in (summed.adds, summed.takes))
        parts = [call_over("SUM", adds) if adds else "0"]
        counts = [call_over("COUNT", cells) for cells in (adds, takes) if cells]
        if takes:
            parts.append(f"({call_over('SUM', takes)})")
        value = "-".join(parts)
        if summed.cap is not None:
            value = f"MIN({summed.cap:f},{value})"
        formula = f'=IF({"+".join(counts)}=0,"",{value})'
        self._sheet.formula(at, self._places["score"], formula, "", styles["score"])

    def _cells(self, rows: Iterable[Criterion], key: str) -> list[tuple[int, int]]:
        return [(self._row_of[c.id], self._places[key]) for c in rows]

    def _write_maximum(self, at: int, above: Criterion | None, style: Style) -> None:
        """Write what the normal leaves add up to; for bonus and penalty, the most there can be."""
        place = self._places["max_score"]
        if above is not None and above.points is not Points.NORMAL:
            self._sheet.number(at, place, most_of_unit(self._campaign, above, self._scored), style)
            return
        rows = maximum_rows(self._campaign, above, self._scored)
        if not rows:
            self._sheet.text(at, place, "", style)
            return
        normal = (
            leaf
            for row in rows
            for leaf in scored_under(self._campaign, row, self._scored)
            if leaf.points is Points.NORMAL
        )
        total = sum((leaf.max_score or Decimal(0) for leaf in normal), Decimal(0))
        formula = f"={call_over('SUM', self._cells(rows, 'max_score'))}"
        self._sheet.formula(at, place, formula, total, style)

    def _write_total(self, at: int) -> None:
        sheet = self._sheet
        bold = HEADING
        number = replace(HEADING, number_format=figures.SIGNED_SCORE_CELL)
        for place in range(len(self._columns)):
            sheet.text(at, place, "", bold)
        sheet.text(at, self._places["name"], layout.TOTAL_LABEL, bold)
        if self._scored:
            self._write_sums(at, None, {"max_score": number, "score": number})
        sheet.row_height(at, SIZE * LINE_HEIGHT + 8)

    def _limit_score(self, at: int, criterion: Criterion) -> None:
        place = self._places["score"]
        maximum = criterion.max_score or Decimal(0)
        shown = figures.given(maximum)
        is_penalty = criterion.points is Points.PENALTY
        what = "số điểm bị trừ, là số dương" if is_penalty else "một số"
        blank = (
            "Để trống là không có, tính 0" if criterion.is_optional else "Để trống nếu chưa chấm"
        )
        filled.guide(
            self._sheet,
            (at, at),
            place,
            "Điểm tự chấm",
            f"Điền {what} từ 0 đến {shown}. {blank}; nếu không áp dụng, chọn ở cột Áp dụng.",
            validate="decimal",
            criteria="between",
            minimum=0,
            maximum=float(maximum),
            error_title="Điểm không hợp lệ",
            error_message=f"Điểm phải là một số từ 0 đến {shown}.",
        )

    def _offer_not_applicable(self, at: int) -> None:
        filled.guide(
            self._sheet,
            (at, at),
            self._places["applies"],
            "Áp dụng",
            f"Để trống, hoặc chọn “{layout.NOT_APPLICABLE}” và ghi lý do ở cột Kết quả, giải "
            "trình.",
            validate="list",
            source=[layout.NOT_APPLICABLE],
            error_title="Nội dung không hợp lệ",
            error_message=f"Chỉ để trống hoặc chọn “{layout.NOT_APPLICABLE}”.",
        )

    def _set_up(self, heading_row: int, last: int) -> None:
        sheet = self._sheet
        sheet.raw.freeze_panes(heading_row + 1, self._places["role"])
        allowed = {"format_rows": True, "format_columns": True, "select_locked_cells": True}
        sheet.raw.protect("", allowed)
        sheet.print_setup(_MARGINS, landscape=True, repeat_rows=(heading_row, heading_row))
        sheet.raw.print_area(0, self._places["code"], last, len(self._columns) - 1)
        at, place = self._first_open(heading_row + 1)
        sheet.raw.set_selection(at, place, at, place)

    def _first_open(self, first: int) -> tuple[int, int]:
        """Return the cell that is filled in first, where the sheet opens."""
        filled_in = (RowKind.SCORED, RowKind.SUPPORTED)
        row = next((row for row in self._rows if row.kind in filled_in), None)
        if row is None:
            return first, self._places["result"]
        own = layout.INPUT_PLACES[row.inputs[0]] if row.inputs else "score"
        key = own if row.kind is RowKind.SCORED else "result"
        return self._row_of[row.criterion.id], self._places[key]

    def _fit(self, row: FormRow) -> None:
        criterion = row.criterion
        lines = lines_in_cell(
            criterion.name, self._width("name"), SIZE, bold=self._campaign.is_bold(criterion)
        )
        least = 1 if row.kind in (RowKind.HEADING, RowKind.SURVEY) else 2
        if criterion.points is not Points.NORMAL:
            least = max(least, lines_in_cell(row.role_text, self._width("role"), SIZE))
        height = max(lines, least) * SIZE * LINE_HEIGHT
        if "rule" in self._places:
            rule = lines_in_cell(row.rule_text, self._width("rule"), SIZE)
            height = max(height, rule * SIZE * LINE_HEIGHT)
        self._sheet.row_height(self._row_of[criterion.id], height + 5)

    def _width(self, key: str) -> float:
        return self._columns[self._places[key]].width


def _wide_enough(column: Column, rows: tuple[FormRow, ...]) -> Column:
    """Return a column in which names and rules fit into rows, whole as readers know them by."""
    width = column.width
    if column.key == "name":
        names = (row.criterion.name for row in rows)
        width = wide_enough(names, width, SIZE, bold=True, highest=HIGHEST_ROW)
    elif column.key == "rule":
        width = wide_enough((row.rule_text for row in rows), width, SIZE, highest=HIGHEST_ROW)
    return replace(column, width=width)


def _mark(row: FormRow) -> str:
    """Return what the column Áp dụng says of a row that is not filled in."""
    if row.kind is RowKind.NOT_APPLICABLE:
        return layout.NOT_APPLICABLE
    if row.kind is RowKind.REVIEWED:
        return layout.REVIEWED_MARK
    if row.kind is not RowKind.SURVEY:
        return ""
    return "SIPAS" if row.criterion.method is Method.SIPAS else "ĐTXHH"


def _styles(row: FormRow, *, bold: bool) -> dict[str, Style]:
    """Return how the cells of a row look, by the keys of their columns.

    Open is what the unit fills in, grey what nobody does: in rows of surveys all is.
    """
    is_heading, is_scored = row.kind is RowKind.HEADING, row.kind is RowKind.SCORED
    is_supported = row.kind is RowKind.SUPPORTED
    fill = "" if is_heading or is_scored or is_supported else GREY
    closed = replace(CENTRED, fill=GREY, italic=True)
    shown, computed = max_format(row.criterion), score_format(row.criterion)
    maximum, score, words = replace(SCORE, fill=fill, number_format=shown), closed, closed
    if is_heading:
        if not row.criterion.is_text:
            maximum = replace(SCORE, bold=bold, number_format=sum_format(row.criterion))
        score = replace(SCORE, bold=bold, number_format=computed)
        words = TEXT
    elif is_scored:
        score = replace(SCORE, number_format=computed) if row.inputs else opened(SCORE)
    if is_scored or is_supported:
        words = opened(TEXT)
    figure = CENTRED if is_heading else replace(CENTRED, fill=GREY)
    return {
        "id": replace(TEXT, wrap=False),
        "code": replace(CENTRED, bold=bold, fill=fill),
        "name": replace(TEXT, bold=bold, fill=fill),
        "role": replace(CENTRED, fill=fill),
        "max_score": maximum,
        "rule": Style(size=SIZE, fill=fill if row.rule_text else figure.fill),
        **dict.fromkeys(layout.INPUT_PLACES.values(), figure),
        "score": score,
        "applies": closed if is_supported else words,
        **dict.fromkeys(("result", "evidence", "note"), words),
    }
