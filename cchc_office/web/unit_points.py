"""The points of each unit, field by field and row by row: what units that compete look for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from cchc_office.model import Consolidation, Criterion, UnitResult
from cchc_office.steps.values import sums_by_row

_MOST_BESIDE = 12
"""How many units have room beside each other on a screen."""


@dataclass(frozen=True, slots=True)
class PointsOfRow:
    """A row of the criteria with what each unit got for it; None where nothing is known."""

    criterion: Criterion
    maximum: Decimal | None
    scores: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class UnitPoints:
    """The points of units in the order in which they are shown, by `fields` and by `rows`.

    There are none by rows where the units are too many to stand beside each other.
    """

    units: tuple[UnitResult, ...]
    fields: tuple[PointsOfRow, ...]
    rows: tuple[PointsOfRow, ...]


def unit_points(data: Consolidation, units: Sequence[UnitResult]) -> UnitPoints:
    """Return the points of units."""
    campaign = data.campaign
    fields = campaign.children(None)
    every = [row for row in campaign.criteria if not row.is_text]
    wanted = every if len(units) <= _MOST_BESIDE else list(fields)
    sums = [sums_by_row(data, unit, wanted) for unit in units]

    def points(row: Criterion) -> PointsOfRow:
        own = [of_unit.get(row.id) for of_unit in sums]
        total = data.subtotals.get(row.id)
        most = total.max_score if total else row.signed(row.max_score)
        scores = tuple(x.achieved if x and x.is_known else None for x in own)
        return PointsOfRow(row, most, scores)

    rows = tuple(map(points, every)) if wanted is every else ()
    return UnitPoints(tuple(units), tuple(map(points, fields)), rows)
