"""The report's sheets of places: in all with classes and by field, and by criterion."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache

from cchc_office.model import Consolidation, Level, Place, Ties
from cchc_office.papers.report.layout import Layout
from cchc_office.papers.report.names import SCORES_SHEET
from cchc_office.papers.report.parts import (
    BAR,
    PLACES_SHEET,
    ReportColumn,
    as_of_line,
    heights_for,
    write_head,
)
from cchc_office.results.ranking import Ranking, rank_units
from cchc_office.sheets.addresses import cell_name
from cchc_office.sheets.look import CENTRED, CENTRED_LINK, HEADING_FILL, RATE, SCORE, Style
from cchc_office.sheets.row_writer import Link, Live, Look, RowWriter, Value
from cchc_office.sheets.workbook_writer import SheetWriter, WorkbookWriter
from cchc_office.text import figures

_NUMBER = replace(CENTRED, bold=True)
_FIRST_PLACES = 3
_SCORE_AT, _RATE_AT = 3, 5
_NOTE = ReportColumn("Ghi chú", 62)
_WAITING = (
    "Đơn vị có ghi chú (*) chưa có đủ kết quả ĐTXHH, SIPAS; phần đó không nằm trong tối đa áp "
    "dụng. Có kết quả thì hạng có thể thay đổi."
)
_MOST_PLACES = 200_000
"""The places by criterion that are shown: those of more units cannot be held together."""

_A3 = 8


def write_ranking(sheet: SheetWriter, data: Consolidation, layout: Layout) -> None:
    """Write the sheet: units by their places, the best first, with their places in each field."""
    fields = data.campaign.children(None)
    settings = data.campaign.info.ranking
    classes, limits = settings.classes, settings.limits
    columns = (
        ReportColumn("Hạng", 14, _NUMBER),
        ReportColumn("Mã", 20, CENTRED_LINK),
        ReportColumn("Đơn vị", 60),
        ReportColumn("Điểm", 20, SCORE),
        ReportColumn("Tối đa áp dụng", 20, SCORE),
        ReportColumn("Tỷ lệ %", 24, RATE),
        *((ReportColumn("Xếp loại", 28, CENTRED),) if classes else ()),
        *(ReportColumn(f"Hạng: {field.label}", 25, CENTRED) for field in fields),
    )
    places = rank_units(data)
    waits = any(place.survey_pending for place in places)
    columns += (_NOTE,) if waits else ()
    remarks = (*_remarks(data), *((_WAITING,) if waits else ()))
    first = write_head(sheet, "XẾP HẠNG CÁC ĐƠN VỊ", remarks, columns, frozen=3)
    in_fields = [Ranking(data, None, (field,)).numbers(field) for field in fields]
    rows = sheet.rows(first)
    styles = [column.style for column in columns]
    look = _looks(rows, styles)
    height = heights_for(len(data.units))
    of_scores = figures.places_among([place.known_score for place in places])
    of_rates = figures.places_among([p.known_percent for p in places], limits)
    for place, of_score, of_rate in zip(places, of_scores, of_rates, strict=True):
        values = _values(place, layout, rows.end)
        values += [place.class_name] if classes else []
        values += [own.get(place.unit.code) for own in in_fields]
        values += [_note(place)] if waits else []
        is_best = place.place is not None and place.place <= _FIRST_PLACES
        texts = [(place.unit.name, 60.0), (_note(place), _NOTE.width)]
        rows.write(look(of_score, of_rate, is_best), values, height(texts))
    rows.finish()
    if rows.end > first:
        sheet.raw.autofilter(first - 1, 0, rows.end - 1, len(columns) - 1)
        sheet.raw.conditional_format(first, 5, rows.end - 1, 5, BAR)


def _looks(rows: RowWriter, styles: Sequence[Style]) -> Callable[[int, int, bool], Look]:
    """Return what gives the look of a row: by the decimals of score and rate, best ones bold."""

    @cache
    def look(of_score: int, of_rate: int, is_best: bool) -> Look:
        own = list(styles)
        own[_SCORE_AT] = replace(own[_SCORE_AT], number_format=figures.score_cell(of_score))
        own[_RATE_AT] = replace(own[_RATE_AT], number_format=figures.rate_cell(of_rate))
        return rows.look(replace(s, bold=True, fill=HEADING_FILL) if is_best else s for s in own)

    return look


def write_places(book: WorkbookWriter, data: Consolidation, layout: Layout) -> None:
    """Write the sheet "Hạng theo tiêu chí": units in the order of their places, rows as columns.

    Criteria are there that anything is known of; of very many units there is no such sheet.
    """
    criteria = [c for c in data.campaign.criteria if c.level is Level.CRITERION]
    if not criteria or len(criteria) * len(data.units) > _MOST_PLACES:
        return
    ranking = Ranking(data, None, criteria)
    by_row = {c.id: ranking.numbers(c) for c in criteria}
    shown = [c for c in criteria if by_row[c.id]]
    columns = (
        ReportColumn("Mã", 20, CENTRED_LINK),
        ReportColumn("Đơn vị", 60),
        ReportColumn("Hạng chung", 16, _NUMBER),
        *(ReportColumn(c.code or c.name, 14 if c.code else 34, CENTRED) for c in shown),
    )
    remark = (
        f"{_remarks(data)[0]} Mỗi cột là một tiêu chí, tên xem trang {SCORES_SHEET}; "
        "ô trống: chưa có điểm."
    )
    sheet = book.sheet(PLACES_SHEET)
    first = write_head(sheet, "HẠNG THEO TỪNG TIÊU CHÍ", (remark,), columns, frozen=3)
    sheet.raw.set_paper(_A3)
    rows = sheet.rows(first)
    look = rows.look(column.style for column in columns)
    height = heights_for(len(data.units))
    for place in ranking.places():
        code = place.unit.code
        values: list[Value] = [Link(code, layout.place_of(code)), place.unit.name]
        values += ["–" if place.place is None else place.place]
        values += [by_row[c.id].get(code) for c in shown]
        rows.write(look, values, height([(place.unit.name, columns[1].width)]))
    rows.finish()
    if rows.end > first:
        sheet.raw.autofilter(first - 1, 0, rows.end - 1, len(columns) - 1)


def _note(place: Place) -> str:
    if not place.survey_pending:
        return ""
    return f"(*) Chưa có {figures.score(place.survey_pending)} điểm ĐTXHH, SIPAS"


def _values(place: Place, layout: Layout, at: int) -> list[Value]:
    known = place.place is not None
    over, under = cell_name(at, 3), cell_name(at, 4)
    rate = place.rate if known and place.rate is not None else ""
    return [
        place.place if known else "–",
        Link(place.unit.code, layout.place_of(place.unit.code)),
        place.unit.name,
        place.score if known else None,
        place.maximum,
        Live(f'=IF(OR(N({under})=0,COUNT({over})=0),"",N({over})/{under})', rate),
    ]


def _remarks(data: Consolidation) -> tuple[str, ...]:
    settings = data.campaign.info.ranking
    ranked_by = data.ranked_by
    missing = f" ({ranked_by.missing})" if ranked_by.missing else ""
    ties = "hạng sau kế tiếp ngay" if settings.ties is Ties.DENSE else "hạng sau cách ra"
    remark = (
        f"{as_of_line(data)}. Xếp theo {ranked_by.words}{missing}; tối đa áp dụng khác nhau thì "
        f"theo tỷ lệ. Bằng nhau thì cùng hạng, {ties} ({settings.ties.value})."
    )
    bands = [
        f"{band.name}: còn lại"
        if band.least is None
        else f"{band.name}: từ {figures.as_typed(band.least * 100)}%"
        for band in settings.classes
    ]
    return (remark, f"Xếp loại – {'; '.join(bands)}.") if bands else (remark,)
