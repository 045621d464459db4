"""How scores, maxima and names are shown and added up in the sheets of the report."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from cchc_office.model import Criterion, Points
from cchc_office.papers.signs import max_format
from cchc_office.sheets.look import SCORE, Style


def stage_key(stage: int) -> str:
    """Return the key of the column with the scores of a stage: 0 is the unit's own."""
    return f"round_{stage}" if stage else "self"


def stage_heading(stage: int) -> str:
    """Return the heading of the scores of a stage."""
    return f"Điểm thẩm định lần {stage}" if stage else "Điểm tự chấm"


def rate_formula(score: str = "score", maximum: str = "maximum") -> str:
    """Return the formula of a rate from two columns of its row, blank without a score."""
    over, under = f"{{{score}}}", f"{{{maximum}}}"
    return f'=IF(OR(N({under})=0,COUNT({over})=0),"",N({over})/{under})'


def max_style(criterion: Criterion) -> Style:
    """Return how a row's maximum looks: those of bonus and penalty, in no sum, have a sign."""
    is_apart = criterion.points is not Points.NORMAL
    return replace(SCORE, italic=is_apart, number_format=max_format(criterion))


def within(cap: Decimal, formula: str) -> str:
    """Return a formula for what another gives, but no more and no less than `cap` allows."""
    return f"MAX(-{cap:f},MIN({cap:f},{formula}))"


def rest_within(cap: Decimal, first: str, second: str) -> str:
    """Return a formula for what a second sum still gives where `cap` holds both together."""
    return f"{within(cap, f'{first}+{second}')}-{first}"
