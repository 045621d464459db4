"""Points that come on top and those that are taken off, shown among others with their sign.

A penalty is typed, and kept, as a positive number; its sign is of what it does to a sum.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from cchc_office.model import Criterion, Points
from cchc_office.sheets.look import SCORE, Style
from cchc_office.text import figures

_SIGNS = {Points.NORMAL: "", Points.BONUS: "+", Points.PENALTY: figures.MINUS}


def signed_max(criterion: Criterion) -> str:
    """Return a row's maximum: "2,00", of a bonus "+2,00", of a penalty "−2,00"; "" without one."""
    maximum = criterion.max_score
    return "" if maximum is None else with_sign(criterion.points, figures.given(maximum))


def with_sign(points: Points, shown: str) -> str:
    """Return what points of a kind come to, with their sign."""
    return _SIGNS[points] + shown


def max_format(criterion: Criterion) -> str:
    """Return the number format under which a row's maximum has its sign."""
    sign, shown = _SIGNS[criterion.points], figures.given_cell([criterion.max_score])
    return f'"{sign}"{shown}' if sign else shown


def score_format(criterion: Criterion) -> str:
    """Return the number format under which a score, kept as it was typed, has its sign."""
    if criterion.points is not Points.PENALTY:
        return figures.SIGNED_SCORE_CELL
    shown = figures.SCORE_CELL
    return f'"{figures.MINUS}"{shown};{shown};{shown}'


def sum_format(criterion: Criterion) -> str:
    """Return the number format under which what the rows under a heading come to has its sign."""
    sign = _SIGNS[criterion.points]
    return f'"{sign}"{figures.SCORE_CELL}' if sign else figures.SCORE_CELL


def given_style(maxima: Iterable[Decimal | None]) -> Style:
    """Return how maxima look of which all decimals are shown."""
    return replace(SCORE, number_format=figures.given_cell(maxima))
