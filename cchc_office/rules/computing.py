"""The score that a rule gives for what was declared."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from cchc_office.rules.values import Declared, Rule


class Input(Enum):
    """What a rule asks a unit to declare, by the field of `Declared`."""

    FIGURE = "figure"
    TOTAL = "total"
    DAY = "day"
    CHOICE = "choice"


class Problem(Enum):
    """Why figures that are there give no score, or are to be looked at."""

    INCOMPLETE = "incomplete"
    """One of the inputs is blank while another is not."""
    NEGATIVE = "negative"
    ABOVE_TOTAL = "above total"
    """More was done than there was in all: the whole counts, a person looks."""
    NOTHING_UNSAID = "nothing unsaid"
    """The total is 0 and the rule does not say what that gives."""
    NOT_WHOLE = "not whole"
    """Half an item cannot be counted."""


@dataclass(frozen=True, slots=True)
class Computed:
    """What a rule gives: a score, or that the leaf does not apply; `problem` where there is one."""

    score: Decimal | None = None
    applies: bool = True
    problem: Problem | None = None


def inputs_of(rule: Rule) -> tuple[Input, ...]:
    """Return what the rule asks for, in the order of the form; nothing where units score freely."""
    raise NotImplementedError


def compute(rule: Rule, declared: Declared, maximum: Decimal) -> Computed:
    """Return the score of what was declared, from 0 to `maximum`, never rounded.

    Where nothing was declared there is no score and no problem.
    """
    raise NotImplementedError
