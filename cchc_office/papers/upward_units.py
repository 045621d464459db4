"""The tables of the report upward where units compete: each unit's points, by field and by row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from cchc_office.model import Consolidation, Criterion, Place, Subtotal, UnitResult
from cchc_office.results.ranking import stand_apart, sums_by_row
from cchc_office.text import figures
from cchc_office.word.templates import FLAG, TEXT, ListOf, Names, record_of

_MOST_IN_A_CELL = 20
"""Of how many units the points of a row have room in one cell."""


@dataclass(frozen=True, kw_only=True)
class TemplateUnitPoints:
    """A unit's points for a field as templates see them; `la_muc` rows name the field."""

    ten: str
    diem: str
    toi_da: str
    ty_le: str
    la_muc: bool


@dataclass(frozen=True, kw_only=True)
class TemplateRowPoints:
    """A row with the points of all units for it, in words, as templates see it."""

    ma: str
    ten: str
    toi_da: str
    diem_don_vi: str
    la_muc: bool


UNIT_POINT_NAMES: Names = {
    **dict.fromkeys(("cham_rieng", "co_bang_don_vi"), FLAG),
    "ky_hieu_don_vi": TEXT,
    "linh_vuc_don_vi": ListOf(record_of(TemplateUnitPoints)),
    "bang_diem_don_vi": ListOf(record_of(TemplateRowPoints)),
}


def unit_point_values(data: Consolidation, places: Sequence[Place]) -> dict[str, Any]:
    """Return what templates are offered of each unit's points, the units by their places."""
    is_apart = stand_apart(data.campaign)
    by_code = {result.unit.code: result for result in data.units}
    units = [by_code[place.unit.code] for place in places] or list(data.units)
    fit = is_apart and len(units) <= _MOST_IN_A_CELL
    rows = [row for row in data.campaign.criteria if not row.is_text]
    fields = data.campaign.children(None)
    sums = [sums_by_row(data, unit, rows if fit else fields) for unit in units] if is_apart else []
    return {
        "cham_rieng": is_apart,
        "co_bang_don_vi": fit,
        "ky_hieu_don_vi": "; ".join(f"{u.unit.code}: {u.unit.name}" for u in units) if fit else "",
        "linh_vuc_don_vi": [p for f in fields for p in _field(data, f, units, sums)]
        if sums
        else [],
        "bang_diem_don_vi": [_row(data, row, units, sums) for row in rows] if fit else [],
    }


_Sums = Sequence[Mapping[str, Subtotal]]


def _field(
    data: Consolidation, field: Criterion, units: Sequence[UnitResult], sums: _Sums
) -> Iterator[TemplateUnitPoints]:
    yield TemplateUnitPoints(
        ten=field.label, diem="", toi_da=_maximum(data, field), ty_le="", la_muc=True
    )
    for unit, of_unit in zip(units, sums, strict=True):
        own = of_unit.get(field.id)
        is_known = own is not None and own.is_known
        yield TemplateUnitPoints(
            ten=unit.unit.name,
            diem=figures.score(own.achieved) if own and is_known else "chưa có",
            toi_da=figures.score(own.achieved_max) if own and is_known else "",
            ty_le=figures.optional_rate(own.achieved_rate) if own and is_known else "",
            la_muc=False,
        )


def _row(
    data: Consolidation, row: Criterion, units: Sequence[UnitResult], sums: _Sums
) -> TemplateRowPoints:
    told = []
    for unit, of_unit in zip(units, sums, strict=True):
        own = of_unit.get(row.id)
        score = figures.score(own.achieved) if own and own.is_known else "–"
        told.append(f"{unit.unit.code} {score}".replace(" ", "\u00a0"))
    return TemplateRowPoints(
        ma=row.code,
        ten=row.printed_name,
        toi_da=_maximum(data, row),
        diem_don_vi="; ".join(told),
        la_muc=data.campaign.is_bold(row),
    )


def _maximum(data: Consolidation, row: Criterion) -> str:
    total = data.subtotals.get(row.id)
    most: Decimal | None = total.max_score if total else row.signed(row.max_score)
    return figures.optional_score(most)
