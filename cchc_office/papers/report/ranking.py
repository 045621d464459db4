"""The report's sheets "Xếp hạng" and "Hạng theo tiêu chí": places of units."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from cchc_office.model import ClassBand, Place, RankingSettings, Ties
from cchc_office.papers.report.inputs import Inputs
from cchc_office.papers.report.names import SCORES_SHEET
from cchc_office.papers.report.score_cells import rate_formula
from cchc_office.results.bonus import bonus_in_words
from cchc_office.results.ranking import Ranking, rank_units, why_ranked_so
from cchc_office.sheets.columns import Column, Holds, Value
from cchc_office.sheets.look import A3, CENTRED, RATE, SCORE, TEXT
from cchc_office.sheets.table_sheet import Foot, SheetRow, TableSheet
from cchc_office.sheets.workbook_writer import SheetWriter
from cchc_office.text import figures
from cchc_office.text.widths import LINE_HEIGHT, lines_in_cell

RANKING_SHEET = "Xếp hạng"
CRITERIA_PLACES_SHEET = "Hạng theo tiêu chí"

_CRITERIA_LEVEL = 2
_FIRST_PLACES = 3
_WAITING = (
    "Đơn vị có ghi chú (*) chưa có đủ kết quả ĐTXHH, SIPAS; phần đó không nằm trong tối đa áp "
    "dụng. Có kết quả thì hạng có thể thay đổi."
)
_MOST_PLACES = 200_000
"""The places by criterion that are shown: those of more units cannot be held together."""

_MOST_UNPLACED, _NAMED_TOGETHER = 10, 6
"""More units without a place have no rows, which would hold dashes; so many stand in a line."""

_UNIT = (Column("code", "Mã", 20, Holds.MARK_LINK), Column("name", "Đơn vị", 66))
_NO_PLACE = "–"


def _place_column(heading: str, width: float) -> Column:
    return Column("place", heading, width, style=replace(CENTRED, bold=True))


def ranking_sheet(inputs: Inputs) -> Iterator[TableSheet]:
    """Yield the sheet where units are ranked: the best first, with their places in each field."""
    data = inputs.data
    if not data.campaign.ranks_units:
        return
    fields = data.campaign.children(None)
    places = rank_units(data)
    waits = any(place.survey_pending for place in places)
    has_notes = waits or any(place.is_sent_back for place in places)
    settings = data.campaign.info.ranking
    columns = (
        _place_column("Hạng", 14),
        *_UNIT,
        Column("score", "Điểm", 20, Holds.SCORE),
        Column("maximum", "Tối đa áp dụng", 20, Holds.SCORE),
        Column("rate", "Tỷ lệ %", 24, Holds.RATE, formula=rate_formula()),
        *((Column("class", "Xếp loại", 28, Holds.MARK),) if settings.classes else ()),
        *(Column(field.id, f"Hạng: {field.label}", 25, Holds.MARK) for field in fields),
        *((Column("note", "Ghi chú", 62),) if has_notes else ()),
    )
    bonus = bonus_in_words(data)
    told = (*((bonus,) if bonus else ()), *((_WAITING,) if waits else ()))
    remarks = (_how(inputs, places), *_classes(settings), *told)
    listed, others = _parted(places)
    yield TableSheet(
        RANKING_SHEET,
        "XẾP HẠNG CÁC ĐƠN VỊ",
        remarks,
        columns,
        _rows(inputs, listed),
        count=len(listed),
        frozen=3,
        bars=("rate",),
        foot=_foot(others, columns),
    )


def _parted(places: Sequence[Place]) -> tuple[Sequence[Place], Sequence[Place]]:
    """Return the units that have rows, and those without a place that are merely named: if many."""
    known = [place for place in places if place.place is not None]
    if len(places) - len(known) <= _MOST_UNPLACED:
        return places, ()
    return known, [place for place in places if place.place is None]


def _foot(places: Sequence[Place], columns: Sequence[Column]) -> Foot | None:
    """Return what names below the table the units that have no row in it."""
    if not places:
        return None
    named = [f"{place.unit.name} ({place.unit.code})" for place in places]
    lines = [f"Chưa có điểm, chưa xếp hạng: {len(named)} đơn vị"]
    starts = range(0, len(named), _NAMED_TOGETHER)
    lines += ["; ".join(named[start : start + _NAMED_TOGETHER]) for start in starts]
    width = sum(column.width for column in columns)
    plain = replace(TEXT, border=False)
    heights = [lines_in_cell(line, width, plain.size) * plain.size * LINE_HEIGHT for line in lines]

    def write(sheet: SheetWriter, end: int) -> None:
        shown = zip(lines, heights, strict=True)
        for row, (line, height) in enumerate(shown, start=end + 1):
            style = replace(plain, bold=row == end + 1)
            sheet.merged((row, 0), (row, len(columns) - 1), line, style)
            sheet.row_height(row, height)

    return Foot(sum(heights), write)


def _rows(inputs: Inputs, places: Sequence[Place]) -> Iterator[SheetRow]:
    data = inputs.data
    fields = data.campaign.children(None)
    in_fields = {field.id: Ranking(data, None, (field,)).numbers(field) for field in fields}
    settings = data.campaign.info.ranking
    of_scores = figures.places_among([p.known_score for p in places], settings.point_limits)
    of_rates = figures.places_among([p.known_percent for p in places], settings.limits)
    for place, of_score, of_rate in zip(places, of_scores, of_rates, strict=True):
        values = _values(inputs, place)
        values |= {key: own.get(place.unit.code) for key, own in in_fields.items()}
        styles = {
            "score": replace(SCORE, number_format=figures.score_cell(of_score)),
            "rate": replace(RATE, number_format=figures.rate_cell(of_rate)),
        }
        is_best = place.place is not None and place.place <= _FIRST_PLACES
        yield SheetRow(values, styles, bold=is_best, shaded=is_best)


def _values(inputs: Inputs, place: Place) -> dict[str, Value]:
    known = place.is_known
    return {
        "place": _NO_PLACE if place.place is None else place.place,
        "code": inputs.unit_link(place.unit),
        "name": place.unit.name,
        "score": place.score if known else None,
        "maximum": place.maximum,
        "rate": place.rate if known else None,
        "class": place.class_name,
        "note": "; ".join(_notes(place)),
    }


def _notes(place: Place) -> Iterator[str]:
    if place.survey_pending:
        yield f"(*) Chưa có {figures.score(place.survey_pending)} điểm ĐTXHH, SIPAS"
    if place.is_sent_back:
        yield "Phiếu đã trả lại, chờ bản sửa: chưa xếp hạng"


def criteria_places_sheet(inputs: Inputs) -> Iterator[TableSheet]:
    """Yield the sheet: units in the order of their places, criteria as columns.

    Criteria are there that anything is known of; of very many units there is no such sheet.
    """
    data = inputs.data
    criteria = [c for c in data.campaign.criteria if c.level == _CRITERIA_LEVEL and not c.is_text]
    places = len(criteria) * len(data.units)
    if not data.campaign.ranks_units or not 0 < places <= _MOST_PLACES:
        return
    ranking = Ranking(data, None, criteria)
    by_row = {c.id: ranking.numbers(c) for c in criteria}
    columns = (
        *_UNIT,
        _place_column("Hạng chung", 16),
        *(
            Column(c.id, data.campaign.reference(c), 14 if c.code else 34, Holds.MARK)
            for c in criteria
            if by_row[c.id]
        ),
    )
    units = ranking.places()
    remark = (
        f"{_how(inputs, units)} Mỗi cột là một tiêu chí, tên xem trang {SCORES_SHEET}; "
        "ô trống: chưa có điểm."
    )
    listed, others = _parted(units)
    yield TableSheet(
        CRITERIA_PLACES_SHEET,
        "HẠNG THEO TỪNG TIÊU CHÍ",
        (remark,),
        columns,
        (_row_of_places(inputs, place, by_row) for place in listed),
        count=len(listed),
        frozen=3,
        paper=A3,
        foot=_foot(others, columns),
    )


def _row_of_places(
    inputs: Inputs, place: Place, by_row: Mapping[str, Mapping[str, int]]
) -> SheetRow:
    unit = place.unit
    in_all = _NO_PLACE if place.place is None else place.place
    values: dict[str, Value] = {key: own.get(unit.code) for key, own in by_row.items()}
    return SheetRow(values | {"code": inputs.unit_link(unit), "name": unit.name, "place": in_all})


def _how(inputs: Inputs, places: Iterable[Place]) -> str:
    ties = inputs.data.campaign.info.ranking.ties
    next_one = "hạng sau kế tiếp ngay" if ties is Ties.DENSE else "hạng sau cách ra"
    so = why_ranked_so(inputs.data, places)
    return f"{inputs.as_of}. {so} Bằng nhau thì cùng hạng, {next_one} ({ties.value})."


def _classes(settings: RankingSettings) -> Iterator[str]:
    if settings.classes:
        bands = "; ".join(
            f"{band.name}: {_limit_words(settings, band)}" for band in settings.classes
        )
        yield f"Xếp loại{' theo điểm' if settings.by_points else ''} – {bands}."


def _limit_words(settings: RankingSettings, band: ClassBand) -> str:
    if band.least is None:
        return "còn lại"
    if settings.by_points:
        return f"từ {figures.as_typed(band.least)} điểm"
    return f"từ {figures.as_typed(band.least * 100)}%"
