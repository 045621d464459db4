"""What the report upward says of the units' places, and of an earlier report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from cchc_office.model import (
    Change,
    ComparedRow,
    Comparison,
    Consolidation,
    Figures,
    Place,
)
from cchc_office.text import figures
from cchc_office.word.templates import FLAG, TEXT, ListOf, Names, record_of

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


STANDING_NAMES: Names = {
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
    settings, ranked_by = data.campaign.info.ranking, data.ranked_by
    by_rate = len({place.maximum for place in places if place.place is not None}) > 1
    what = ranked_by.words
    what = f"tỷ lệ {what} trên điểm tối đa áp dụng" if by_rate else what
    what += f" ({ranked_by.missing})" if ranked_by.missing else ""
    of_scores = figures.places_among([place.known_score for place in places])
    of_rates = figures.places_among([p.known_percent for p in places], settings.limits)
    return {
        "co_xep_hang": bool(places),
        "xep_hang_con_cho_dtxhh": any(place.survey_pending for place in places),
        "co_xep_loai": bool(places and settings.classes),
        "xep_hang_theo": what,
        "xep_hang": list(map(_place, places, of_scores, of_rates)),
    }


def comparison_values(comparison: Comparison | None) -> dict[str, Any]:
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
    is_known = place.place is not None
    return TemplatePlace(
        hang=str(place.place) if is_known else _NO_PLACE,
        ma=place.unit.code,
        don_vi=f"{place.unit.name} (*)" if place.survey_pending else place.unit.name,
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
