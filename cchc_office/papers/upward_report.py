"""The report upward: what was scored, who stands where, what changed, what is missing and why.

Every figure is one of the consolidation's, the same that the score table shows; here they only
get their words: a comma, two decimals.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from cchc_office.decree30.figures import Part, Profile, part_size
from cchc_office.model import (
    Change,
    ComparedRow,
    Comparison,
    Consolidation,
    Criterion,
    Figures,
    LeafResult,
    LeafState,
    Place,
    Points,
    Subtotal,
    UnitState,
    scored_rows,
)
from cchc_office.papers.kinds import UPWARD_REPORT, Basis
from cchc_office.papers.letter_values import (
    LETTERHEAD_NAMES,
    letterhead_values,
    official_month,
    rule_under,
)
from cchc_office.papers.made_of_results import made_of_results
from cchc_office.papers.planning import LetterTemplate, PlannedPaper
from cchc_office.papers.upward_remarks import REMARK_NAMES, remark_values
from cchc_office.papers.upward_tables import TABLE_NAMES, table_values
from cchc_office.papers.upward_units import UNIT_POINT_NAMES, unit_point_values
from cchc_office.results.bonus import bonus_in_words
from cchc_office.results.leaf_results import leaf_subtotal
from cchc_office.results.ranking import ranked_by_words
from cchc_office.text import figures
from cchc_office.text.agency_names import in_sentence
from cchc_office.text.vietnamese import official
from cchc_office.word.bar_chart import Bar, BarChart, BarGroup, Fill, Series, draw_bar_chart
from cchc_office.word.templates import FLAG, PICTURE, TEXT, ListOf, Names, Picture, record_of

_NO_PLACE = "–"


@dataclass(frozen=True)
class TemplatePlace:
    """A unit's place as templates see it."""

    hang: str
    ma: str
    don_vi: str
    diem: str
    toi_da: str
    ty_le: str
    xep_loai: str


@dataclass(frozen=True)
class TemplateChange:
    """A field beside its like of the earlier report as templates see it."""

    stt: str
    ten: str
    ty_le_truoc: str
    ty_le: str
    tang_giam: str


_STANDING_NAMES: Names = {
    **dict.fromkeys(("xep_hang_theo", "ky_truoc", "tang_giam_dat", "thay_doi_bo_chi_so"), TEXT),
    **dict.fromkeys(("diem_dat_truoc", "toi_da_dat_truoc", "ty_le_dat_truoc"), TEXT),
    **dict.fromkeys(("diem_dat_so_sanh", "toi_da_dat_so_sanh", "ty_le_dat_so_sanh"), TEXT),
    **dict.fromkeys(("co_xep_hang", "co_xep_loai", "co_so_sanh", "xep_hang_con_cho_dtxhh"), FLAG),
    "xep_hang": ListOf(record_of(TemplatePlace)),
    **dict.fromkeys(
        ("linh_vuc_tang", "linh_vuc_giam", "linh_vuc_giu"), ListOf(record_of(TemplateChange))
    ),
}


def place_values(data: Consolidation, places: Sequence[Place]) -> dict[str, Any]:
    """Return what templates are offered of the places, best first; none where units have none."""
    settings = data.campaign.info.ranking
    of_scores = figures.places_among([p.known_score for p in places], settings.point_limits)
    of_rates = figures.places_among([p.known_percent for p in places], settings.limits)
    return {
        "co_xep_hang": bool(places),
        "xep_hang_con_cho_dtxhh": any(place.survey_pending for place in places),
        "co_xep_loai": bool(places and settings.classes),
        "xep_hang_theo": ranked_by_words(data, places),
        "xep_hang": list(map(_place, places, of_scores, of_rates)),
    }


def _comparison_values(comparison: Comparison | None) -> dict[str, Any]:
    """Return what templates are offered of the comparison with an earlier report."""
    rows = comparison.rows if comparison else ()
    fields = comparison.fields if comparison else ()
    changes = [(row, row.rate_change) for row in fields]
    known = [(row, figures.rounded(change)) for row, change in changes if change is not None]
    before = comparison.before if comparison else Figures()
    after = comparison.after if comparison else Figures()
    change = comparison.rate_change if comparison else None
    return {
        "co_so_sanh": comparison is not None,
        "ky_truoc": (comparison.earlier.title or comparison.earlier.file) if comparison else "",
        "diem_dat_truoc": figures.optional_score(before.score),
        "toi_da_dat_truoc": figures.score(before.applicable) if before.applicable else "",
        "ty_le_dat_truoc": figures.optional_rate(before.rate),
        "diem_dat_so_sanh": figures.optional_score(after.score),
        "toi_da_dat_so_sanh": figures.score(after.applicable) if after.applicable else "",
        "ty_le_dat_so_sanh": figures.optional_rate(after.rate),
        "tang_giam_dat": _change_words(change),
        "linh_vuc_tang": [_field(row) for row, change in known if change > 0],
        "linh_vuc_giam": [_field(row) for row, change in known if change < 0],
        "linh_vuc_giu": [_field(row) for row, change in known if change == 0],
        "thay_doi_bo_chi_so": _set_changes(rows),
    }


def _place(place: Place, of_score: int, of_rate: int) -> TemplatePlace:
    is_known = place.is_known
    name = f"{place.unit.name} (*)" if place.survey_pending else place.unit.name
    return TemplatePlace(
        hang=_NO_PLACE if place.place is None else str(place.place),
        ma=place.unit.code,
        don_vi=f"{name} (phiếu đã trả lại, chờ bản sửa)" if place.is_sent_back else name,
        diem=figures.with_places(place.score, of_score) if is_known else "",
        toi_da=figures.score(place.maximum),
        ty_le=figures.optional_rate(place.rate, of_rate) if is_known else "",
        xep_loai=place.class_name,
    )


def _field(row: ComparedRow) -> TemplateChange:
    now = row.now
    return TemplateChange(
        stt=now.code if now else "",
        ten=now.name if now else "",
        ty_le_truoc=figures.optional_rate(row.before.rate),
        ty_le=figures.optional_rate(row.after.rate),
        tang_giam=_change_words(row.rate_change),
    )


def _change_words(change: Decimal | None) -> str:
    if change is None:
        return ""
    shown = figures.rounded(change)
    if not shown:
        return "không đổi"
    way = "tăng" if shown > 0 else "giảm"
    return f"{way} {figures.score(abs(shown))} điểm phần trăm"


def _set_changes(rows: Iterable[ComparedRow]) -> str:
    counted = list(rows)
    counts = [
        f"{change.value.lower()}: {count}"
        for change in Change
        if change.value and (count := sum(change in row.changes for row in counted))
    ]
    return "; ".join(counts)


_TALLEST = 215.0
"""The height that a page has for a picture and its caption, in millimetres."""

_FIGURES = (
    *("kinh_gui", "trich_yeu", "gach_duoi_trich_yeu", "ngay_bao_cao", "ngay_tong_hop"),
    *("so_dong_diem", "so_dtxhh", "so_dtxhh_chua_co", "da_cham", "phai_cham"),
    *("so_don_vi", "so_don_vi_da_nop", "tong_diem", "so_lan_tham_dinh"),
    *("diem_tu_cham", "toi_da_tu_cham", "ty_le_tu_cham"),
    *("diem_tham_dinh", "toi_da_tham_dinh", "ty_le_tham_dinh"),
    *("diem_dtxhh", "toi_da_dtxhh", "diem_dtxhh_chua_co", "dtxhh_mot_phan"),
    *("diem_dat", "toi_da_dat", "ty_le_dat", "cach_tinh_diem_thuong", "thuong_tru_de_trong"),
)
_FLAGS = (
    *("co_tham_dinh", "co_lan_2", "co_dtxhh", "thieu_dtxhh", "co_ket_qua_dtxhh", "co_thuong_tru"),
)
OFFERS: Names = {
    **LETTERHEAD_NAMES,
    **dict.fromkeys(_FIGURES, TEXT),
    **dict.fromkeys(_FLAGS, FLAG),
    **dict.fromkeys(("bieu_do_linh_vuc", "bieu_do_tham_dinh"), PICTURE),
    **TABLE_NAMES,
    **UNIT_POINT_NAMES,
    **REMARK_NAMES,
    "don_vi_chua_nop": ListOf(TEXT),
    "dtxhh_chua_du": ListOf(TEXT),
    **_STANDING_NAMES,
}
"""What its template is offered."""


def plan_upward_report(
    basis: Basis, places: Sequence[Place] = (), comparison: Comparison | None = None
) -> Iterator[PlannedPaper]:
    """Yield the report.

    `places` are the units', where they are ranked; `comparison` is that with an earlier period.
    """
    values = upward_values(basis.consolidation, basis.profile, places=places, comparison=comparison)
    paper = LetterTemplate(basis, UPWARD_REPORT).plan(None, values)

    def build() -> bytes:
        from cchc_office.word.fitted_columns import with_fitted_columns  # loads python-docx

        return with_fitted_columns(paper.build())

    yield replace(paper, build=build, made_from=made_of_results(basis, UPWARD_REPORT))


def upward_values(
    data: Consolidation,
    profile: Profile,
    *,
    places: Sequence[Place] = (),
    comparison: Comparison | None = None,
) -> dict[str, Any]:
    """Return the values that the report's template is offered."""
    info = data.campaign.info
    head = letterhead_values(info, profile, data.as_of)
    period = head["ky_trong_ngoac"]
    subject = f"Kết quả tự đánh giá, chấm điểm {info.index.name} năm {info.year}{period}"
    size = part_size(Part.SUBJECT, profile)
    own = {
        "ky_hieu": f"/BC-{info.abbreviation}",
        "kinh_gui": in_sentence(info.parent_agency) or "………………",
        "trich_yeu": subject,
        "gach_duoi_trich_yeu": rule_under(subject, profile.text_width, size, profile),
        "ngay_bao_cao": official_month(data.as_of).in_words,
        "ngay_tong_hop": official(data.as_of).in_words,
    }
    shown = _counts(data) | _sums(data) | _pictures(data, profile)
    standing = place_values(data, places) | _comparison_values(comparison)
    tables = table_values(data) | unit_point_values(data, places)
    return head | own | shown | standing | tables | remark_values(data)


# --- figures in the text ---


def _counts(data: Consolidation) -> dict[str, Any]:
    campaign = data.campaign
    expected = [unit for unit in data.units if campaign.expects_return(unit.unit)]
    missing = [unit.unit.name for unit in expected if unit.state is UnitState.NOT_RETURNED]
    surveys = [leaf for leaf in data.leaves if leaf.state is LeafState.SURVEY]
    pending = [leaf for leaf in surveys if leaf.survey is None]
    partly = [leaf for leaf in surveys if leaf.is_partly_surveyed]
    waived = scored_rows(data.leaves).waived
    half = [_partly_surveyed(data, leaf) for leaf in partly]
    return {
        "so_dong_diem": str(len(data.leaves)),
        "so_dtxhh": str(len(surveys)),
        "so_dtxhh_chua_co": str(len(pending)),
        "co_dtxhh": bool(surveys),
        "thieu_dtxhh": bool(pending),
        "dtxhh_mot_phan": "; ".join(half),
        "dtxhh_chua_du": [data.campaign.reference(leaf.criterion) for leaf in pending] + half,
        "da_cham": str(data.total.answered),
        "phai_cham": str(data.total.expected),
        "thuong_tru_de_trong": str(waived) if waived else "",
        "so_don_vi": str(len(expected)),
        "so_don_vi_da_nop": str(len(expected) - len(missing)),
        "don_vi_chua_nop": missing,
    }


def _partly_surveyed(data: Consolidation, leaf: LeafResult) -> str:
    name = data.campaign.reference(leaf.criterion)
    return f"{name} mới có {leaf.done}/{leaf.expected} đơn vị"


def _sums(data: Consolidation) -> dict[str, Any]:
    total = data.total
    return {
        "tong_diem": figures.score(total.max_score),
        "co_thuong_tru": any(x.criterion.points is not Points.NORMAL for x in data.leaves),
        "diem_tu_cham": figures.score(total.score),
        "toi_da_tu_cham": figures.score(total.applicable_max),
        "ty_le_tu_cham": figures.optional_rate(total.rate),
        "co_tham_dinh": data.rounds > 0,
        "co_lan_2": data.rounds > 1,
        "so_lan_tham_dinh": str(data.rounds),
        "diem_tham_dinh": figures.score(total.final),
        "toi_da_tham_dinh": figures.score(total.final_max),
        "ty_le_tham_dinh": figures.optional_rate(total.final_rate),
        "co_ket_qua_dtxhh": total.survey_max > 0,
        "diem_dtxhh": figures.score(total.survey_score),
        "toi_da_dtxhh": figures.score(total.survey_max),
        "diem_dtxhh_chua_co": figures.score(total.survey_pending),
        "diem_dat": figures.score(total.achieved),
        "toi_da_dat": figures.score(total.achieved_max),
        "ty_le_dat": figures.optional_rate(total.achieved_rate),
        "cach_tinh_diem_thuong": bonus_in_words(data),
    }


_DrawnFields = tuple[tuple[Criterion, Subtotal], ...]


def _pictures(data: Consolidation, profile: Profile) -> dict[str, Any]:
    fields = data.campaign.children(None)
    # Bonus and penalty are parts of no maximum: the table has them, a chart of shares cannot.
    drawn = tuple(
        (field, sums)
        for field in fields
        if field.points is Points.NORMAL and (sums := _sums_of(data, field)) and sums.max_score
    )
    width = profile.text_width
    return {
        "bieu_do_linh_vuc": _fields_chart(drawn, width),
        "bieu_do_tham_dinh": _appraisal_chart(drawn, width),
    }


def _sums_of(data: Consolidation, field: Criterion) -> Subtotal | None:
    """Return the sums of a field; of one that carries a score itself, that."""
    leaf = data.leaf(field)
    return leaf_subtotal(leaf) if leaf else data.subtotals.get(field.id)


def _fields_chart(fields: _DrawnFields, width: float) -> Picture:
    """Return what was achieved of each field's maximum, `width` millimetres wide."""
    groups, told = [], []
    for field, sums in fields:
        lost = max(Decimal(0), sums.achieved_max - sums.achieved)
        parts = ((0, float(sums.achieved)), (1, float(lost)), (2, float(sums.survey_pending)))
        words = _achieved_words(sums)
        groups.append(BarGroup(field.title, (Bar(parts, words),)))
        told.append(f"{field.title}: {words}")
    has_pending = any(sums.survey_pending for _, sums in fields)
    series = [Series("Điểm đạt", Fill.DARK), Series("Điểm chưa đạt", Fill.BLANK)]
    series += [Series("ĐTXHH chưa có kết quả", Fill.HATCHED)] if has_pending else []
    title = "Điểm đạt của từng lĩnh vực so với điểm tối đa"
    return _picture(BarChart(tuple(series), tuple(groups), width), title, told)


def _appraisal_chart(fields: _DrawnFields, width: float) -> Picture:
    """Return each field's self score beside the score after the last round of appraisal."""
    groups, told = [], []
    for field, sums in fields:
        if not (sums.applicable_max or sums.final_max):
            continue  # all of it is a survey's, or does not apply
        own, final = figures.score(sums.score), figures.score(sums.final)
        bars = (Bar(((0, float(sums.score)),), own), Bar(((1, float(sums.final)),), final))
        groups.append(BarGroup(field.title, bars))
        told.append(f"{field.title}: tự chấm {own}, thẩm định {final}")
    series = (Series("Điểm tự chấm", Fill.HATCHED), Series("Điểm thẩm định", Fill.DARK))
    title = "Điểm tự chấm và điểm thẩm định của từng lĩnh vực"
    return _picture(BarChart(series, tuple(groups), width), title, told)


def _achieved_words(sums: Subtotal) -> str:
    rate = sums.achieved_rate
    if rate is None:
        return "chưa có"
    words = f"{figures.score(sums.achieved)}/{figures.score(sums.achieved_max)}"
    return f"{words} ({figures.rate(rate)})"


def _picture(chart: BarChart, title: str, told: list[str]) -> Picture:
    drawn = draw_bar_chart(chart)
    width = drawn.width * min(1.0, _TALLEST / drawn.height)
    return Picture(drawn.content, width_mm=width, alt=f"Biểu đồ: {title}. {'; '.join(told)}.")
