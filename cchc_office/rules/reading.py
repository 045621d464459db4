"""What is read out of "Cách chấm", and the error where that cannot be done."""

from __future__ import annotations

from dataclasses import dataclass

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
