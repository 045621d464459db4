"""Reading the words of "Cách chấm"."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from cchc_office.rules.values import Rule


@dataclass(frozen=True)
class RuleReading:
    """A rule as it was understood, and the days that were given without a year."""

    rule: Rule
    days_without_year: tuple[str, ...] = ()


class RuleWordsError(ValueError):
    """Words that are no rule: what stands there, and what could."""

    def __init__(self, found: str, expected: str) -> None:
        """Take the part that was not understood, and what is understood there."""
        super().__init__(found)
        self.found = found
        self.expected = expected


def parse_rule(text: str, maximum: Decimal, year: int) -> RuleReading:
    """Return the rule that `text` says for a leaf of this maximum.

    Days without a year are in `year`. Raises RuleWordsError.
    """
    raise NotImplementedError
