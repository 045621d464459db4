"""A rule in words for the people who fill in a form."""

from __future__ import annotations

from decimal import Decimal

from cchc_office.rules.values import Rule


def describe(rule: Rule, maximum: Decimal) -> str:
    """Return what to declare and what it gives, in a sentence or two of Vietnamese."""
    raise NotImplementedError
