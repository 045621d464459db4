"""The score of a rule as a live formula of a sheet, for Excel 2010 and LibreOffice alike."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from cchc_office.rules.values import Rule


@dataclass(frozen=True, slots=True)
class RuleCells:
    """The addresses of the cells that a formula reads: declared figure, total, and Áp dụng."""

    figure: str
    total: str
    applies: str


def formula(rule: Rule, cells: RuleCells, maximum: Decimal) -> str:
    """Return the formula ("=IF(…)") of the score; it gives "" where `compute` gives no score.

    A day or a choice ("Có", "Không") stands in the cell for the figure.
    """
    raise NotImplementedError
