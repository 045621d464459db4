"""Holding what units achieve against what they, or those that they were, achieved before."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from cchc_office.campaign.unit_mapping import map_units
from cchc_office.model import (
    Aggregation,
    ComparedUnit,
    Consolidation,
    EarlierReport,
    EarlierUnit,
    Figures,
    Unit,
    UnitResult,
)


def compared_units(data: Consolidation, earlier: EarlierReport) -> Iterator[ComparedUnit]:
    """Yield each unit beside what it was, then those that are none any more.

    The sheet "Ghép đơn vị" says which unit of then is which now, else code or name. Nothing is
    reckoned of several whose figures are not all known.
    """
    if not earlier.unit_scores:
        return
    campaign = data.campaign
    old = {unit.code: unit for unit in earlier.unit_scores}
    mapping = map_units(
        [Unit(unit.code, unit.name) for unit in old.values()],
        campaign.units,
        campaign.merged_units,
    )
    for result in data.units:
        own = tuple(old[code] for code, now in mapping.items() if result.unit.code in now)
        apart = [unit.name for unit in own if len(mapping[unit.code]) > 1]
        way = _way_of(data, result.unit) if len(own) > 1 else None
        yield _compared(result, own, way, apart)
    for code, now in mapping.items():
        if not now:
            yield ComparedUnit(None, (old[code],), _figures(old[code]), why="không còn")


def _way_of(data: Consolidation, unit: Unit) -> Aggregation:
    said = (one.way for one in data.campaign.merged_units if one.new == unit.code and one.way)
    return next(said, Aggregation.MEAN)


def _compared(
    result: UnitResult, own: tuple[EarlierUnit, ...], way: Aggregation | None, apart: list[str]
) -> ComparedUnit:
    total = result.total
    achieved = total.achieved if total.has_score else None
    after = Figures(total.achieved_max, total.achieved_max or None, achieved)
    unknown = [unit.name for unit in own if unit.score is None or unit.maximum is None]
    if not own:
        return ComparedUnit(result.unit, own, after=after, why="mới")
    if apart:
        why = f"{', '.join(apart)} nay là nhiều đơn vị"
        return ComparedUnit(result.unit, own, after=after, why=why)
    if unknown and way:
        why = f"chưa có điểm kỳ trước của {', '.join(unknown)}"
        return ComparedUnit(result.unit, own, after=after, way=way, why=why)
    before = _figures(own[0]) if way is None else _together(own, way)
    why = f"{way.value} của {len(own)} đơn vị" if way else ""
    return ComparedUnit(result.unit, own, before, after, way, why)


def _figures(unit: EarlierUnit) -> Figures:
    return Figures(unit.maximum, unit.maximum or None, unit.score)


def _together(own: tuple[EarlierUnit, ...], way: Aggregation) -> Figures:
    """Return the mean or the sum of scores, and of what they are a part of."""
    parts = len(own) if way is Aggregation.MEAN else 1
    score = sum((unit.score or Decimal(0) for unit in own), Decimal(0)) / parts
    maximum = sum((unit.maximum or Decimal(0) for unit in own), Decimal(0)) / parts
    return Figures(maximum, maximum or None, score)
