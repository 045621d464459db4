"""Ranking units by what they achieved, in all or under one row."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from cchc_office.model import Consolidation, Criterion, Stage, Unit


@dataclass(frozen=True, slots=True)
class Place:
    """A unit's place: 1 is the best; None where nothing is known of the unit.

    `score` is of `maximum`, what applies to the unit; `rate` their quotient, None where nothing
    applies. `class_name` is the campaign's class, "" without classes.
    """

    unit: Unit
    place: int | None
    score: Decimal
    maximum: Decimal
    rate: Decimal | None
    class_name: str = ""


def is_ranked(data: Consolidation) -> bool:
    """Tell whether the campaign ranks its units: it says so, or all of them score the same."""
    raise NotImplementedError


def rank_units(
    data: Consolidation, stage: Stage | None = None, criterion: Criterion | None = None
) -> tuple[Place, ...]:
    """Return the units by their places, best first.

    By the score of a stage (None: the campaign's choice) under a row, or in all; surveys that are
    known of units count at the final stage.
    """
    raise NotImplementedError
