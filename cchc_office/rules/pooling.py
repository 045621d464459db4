"""Figures of several units added up before a rule is applied to them once."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from cchc_office.rules.computing import Computed, Input, compute, inputs_of
from cchc_office.rules.values import Bands, Declared, PerItem, Ratio, Rule

_ZERO = Decimal(0)


def counts_things(rule: Rule) -> bool:
    """Tell whether a rule is about how many there were, not about a share or a judgement."""
    return isinstance(rule, PerItem) or (isinstance(rule, Bands) and not rule.of_ratio)


def can_be_pooled(rule: Rule) -> bool:
    """Tell whether what units declare for a rule can be added up: numbers can, days cannot."""
    return isinstance(rule, Ratio | Bands | PerItem)


@dataclass(frozen=True, slots=True)
class Pool:
    """The figures of so many units added up; `total` stays 0 where the rule asks for none."""

    figure: Decimal = _ZERO
    total: Decimal = _ZERO
    units: int = 0

    def plus(self, declared: Declared) -> Pool:
        """Return the pool with what one more unit declared, which its rule gave a score for.

        More than there was in all counts as the whole, as it does for the unit alone: what one
        declared too much must not make up for what another has not done.
        """
        figure, total = declared.figure or _ZERO, declared.total
        if total is None:
            return Pool(self.figure + figure, self.total, self.units + 1)
        return Pool(self.figure + min(figure, total), self.total + total, self.units + 1)

    def declared(self, rule: Rule) -> Declared | None:
        """Return the figures as if one unit had declared them all, None where none did."""
        if not self.units:
            return None
        return Declared(self.figure, self.total if Input.TOTAL in inputs_of(rule) else None)

    def compute(self, rule: Rule, maximum: Decimal) -> Computed:
        """Return what the rule gives for all figures together; nothing where there are none."""
        declared = self.declared(rule)
        return compute(rule, declared, maximum) if declared else Computed()


EMPTY_POOL = Pool()
