"""The score that a rule gives for what one unit declared, or for what several did together.

Also which figures the bands of a rule hold: enough figures are tried to know it of all.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal
from enum import Enum
from itertools import groupby, pairwise

from cchc_office.rules.values import (
    Band,
    Bands,
    ByDate,
    Choice,
    Comparator,
    Counting,
    Declared,
    Deductions,
    GivenShare,
    NothingArose,
    PerItem,
    Ratio,
    Rule,
    SelfScored,
    SeveralDeductions,
    Steps,
    WeightedShares,
)

_ZERO, _ONE = Decimal(0), Decimal(1)
_BINARY = Decimal("1e-9")
# Products of figures of 15 digits, which is what sheets hold, are exact in it.
_WIDE = Context(prec=60)


class Input(Enum):
    """What a rule asks a unit to declare, by the field of `Declared`."""

    FIGURE = "figure"
    SECOND = "second"
    THIRD = "third"
    TOTAL = "total"
    DAY = "day"
    CHOICE = "choice"
    PERCENT = "percent"


class Problem(Enum):
    """Why figures that are there give no score, or are to be looked at."""

    INCOMPLETE = "incomplete"
    """One of the inputs is blank while another is not."""
    NEGATIVE = "negative"
    ABOVE_TOTAL = "above total"
    """More was done than there was in all: the whole counts, a person looks.

    Without a score where the total is 0: something was done of nothing.
    """
    NOTHING_UNSAID = "nothing unsaid"
    """The total is 0 and the rule does not say what that gives."""
    NOT_WHOLE = "not whole"
    """Half an item cannot be counted."""


_COUNTS = (Input.FIGURE, Input.SECOND, Input.THIRD)
MOST_COUNTS = len(_COUNTS)
"""So many things can be counted in a row."""


@dataclass(frozen=True, slots=True)
class Computed:
    """What a rule gives: a score, or that the leaf does not apply; `problem` where there is one."""

    score: Decimal | None = None
    applies: bool = True
    problem: Problem | None = None


def inputs_of(rule: Rule) -> tuple[Input, ...]:
    """Return what the rule asks for, in the order of the form; nothing where units score freely."""
    match rule:
        case SelfScored():
            return ()
        case Choice():
            return (Input.CHOICE,)
        case GivenShare() | Steps(is_share=True):
            return (Input.PERCENT,)
        case Ratio() | Bands(of_ratio=True):
            return (Input.FIGURE, Input.TOTAL)
        case Bands() | PerItem() | Deductions() | Steps():
            return (Input.FIGURE,)
        case WeightedShares():
            return (*_COUNTS[: len(rule.points)], Input.TOTAL)
        case SeveralDeductions():
            return _COUNTS[: len(rule.points)]
        case ByDate():
            return (Input.DAY,)


def compute(rule: Rule, declared: Declared, maximum: Decimal) -> Computed:
    """Return the score of what was declared, from 0 to `maximum`, never rounded.

    Where nothing was declared there is no score and no problem. What the rule does not ask for
    is left aside.
    """
    match rule:
        case SelfScored():
            return Computed()
        case Choice():
            return _of_choice(rule, declared.choice)
        case GivenShare():
            return _of_percentage(rule, declared.percent, maximum)
        case Steps():
            return _of_steps(rule, declared, maximum)
        case WeightedShares() | SeveralDeductions():
            return _of_counts(rule, declared, maximum)
        case ByDate():
            return Computed() if declared.day is None else Computed(_by_date(rule, declared.day))
        case Ratio() | Bands(of_ratio=True):
            return _of_share(rule, declared, maximum)
        case Bands() | PerItem() | Deductions():
            return _of_figure(rule, declared.figure, maximum)


def _of_choice(rule: Choice, chosen: str | None) -> Computed:
    for alternative in rule.alternatives:
        if alternative.label == chosen:
            return Computed(alternative.score, applies=alternative.score is not None)
    return Computed()


def _by_date(rule: ByDate, day: dt.date) -> Decimal:
    for limit in rule.limits:
        if day < limit.day or (limit.inclusive and day == limit.day):
            return limit.score
    return rule.late


def _of_percentage(rule: GivenShare, percent: Decimal | None, maximum: Decimal) -> Computed:
    if percent is None:
        return Computed()
    if percent < 0:
        return Computed(problem=Problem.NEGATIVE)
    if rule.floor is not None and percent < rule.floor:
        return Computed(_ZERO)
    problem = Problem.ABOVE_TOTAL if percent > 1 else None
    return Computed(_WIDE.multiply(min(percent, _ONE), maximum), problem=problem)


def _of_steps(rule: Steps, declared: Declared, maximum: Decimal) -> Computed:
    figure = declared.percent if rule.is_share else declared.figure
    if figure is None:
        return Computed()
    if figure < 0:
        return Computed(problem=Problem.NEGATIVE)
    problem = Problem.ABOVE_TOTAL if rule.is_share and figure > 1 else None
    if rule.is_share:
        figure = min(figure, _ONE)
    if rule.least is not None and figure < rule.least:
        return Computed(_ZERO, problem=problem)
    beyond = rule.limit - figure if rule.falls else figure - rule.limit
    steps = _WIDE.divide(max(beyond, _ZERO), rule.step)
    if not rule.is_even:
        steps = steps.to_integral_value(ROUND_FLOOR)
    more = _WIDE.multiply(steps, rule.points)
    return Computed(min(rule.score + more, maximum), problem=problem)


def _of_counts(
    rule: WeightedShares | SeveralDeductions, declared: Declared, maximum: Decimal
) -> Computed:
    numbers: list[Decimal | None] = [getattr(declared, one.value) for one in inputs_of(rule)]
    figures = [number for number in numbers if number is not None]
    if len(figures) < len(numbers):
        return Computed(problem=Problem.INCOMPLETE if figures else None)
    if min(figures) < 0:
        return Computed(problem=Problem.NEGATIVE)
    if isinstance(rule, WeightedShares):
        return _of_weighted(rule, figures[:-1], figures[-1], maximum)
    if any(figure != figure.to_integral_value() for figure in figures):
        return Computed(problem=Problem.NOT_WHOLE)
    return Computed(max(maximum - _weighed(figures, rule.points), _ZERO))


def _weighed(figures: Iterable[Decimal], points: Iterable[Decimal]) -> Decimal:
    return sum((_WIDE.multiply(*both) for both in zip(figures, points, strict=True)), _ZERO)


def _of_weighted(
    rule: WeightedShares, figures: list[Decimal], total: Decimal, maximum: Decimal
) -> Computed:
    together = sum(figures, _ZERO)
    if together > total:
        return Computed(problem=Problem.ABOVE_TOTAL)
    if not total:
        return _nothing(rule.nothing)
    if rule.floor is not None and together < _WIDE.multiply(rule.floor, total):
        return Computed(_ZERO)
    return Computed(min(_WIDE.divide(_weighed(figures, rule.points), total), maximum))


def _of_figure(
    rule: Bands | PerItem | Deductions, figure: Decimal | None, maximum: Decimal
) -> Computed:
    if figure is None:
        return Computed()
    if figure < 0:
        return Computed(problem=Problem.NEGATIVE)
    if figure != figure.to_integral_value() and takes_whole_only(rule):
        return Computed(problem=Problem.NOT_WHOLE)
    if isinstance(rule, Bands):
        return Computed(_band_score(rule, figure, _ONE))
    points = _WIDE.multiply(figure, rule.points)
    if isinstance(rule, Deductions):
        return Computed(max(maximum - points, rule.least))
    return Computed(min(points, maximum))


def _of_share(rule: Ratio | Bands, declared: Declared, maximum: Decimal) -> Computed:
    figure, total = declared.figure, declared.total
    if figure is None or total is None:
        is_blank = figure is None and total is None
        return Computed(problem=None if is_blank else Problem.INCOMPLETE)
    if figure < 0 or total < 0:
        return Computed(problem=Problem.NEGATIVE)
    if not total:
        return Computed(problem=Problem.ABOVE_TOTAL) if figure else _nothing(rule.nothing)
    problem = Problem.ABOVE_TOTAL if figure > total else None
    figure = min(figure, total)
    if isinstance(rule, Bands):
        return Computed(_band_score(rule, figure, total), problem=problem)
    if rule.floor is not None and figure < _WIDE.multiply(rule.floor, total):
        return Computed(Decimal(0), problem=problem)
    if rule.full is not None and figure >= _WIDE.multiply(rule.full, total):
        return Computed(maximum, problem=problem)
    whole = _WIDE.multiply(total, rule.target)
    share = min(_WIDE.divide(_WIDE.multiply(maximum, figure), whole), maximum)
    return Computed(_rounded(share, rule.rounded_to, maximum), problem=problem)


def _rounded(score: Decimal, step: Decimal | None, maximum: Decimal) -> Decimal:
    """Return a score in whole steps; what is off by less than binary numbers show is taken away."""
    if step is None:
        return score
    steps = _WIDE.divide(score, step).quantize(_BINARY, ROUND_HALF_UP)
    return min(steps.quantize(_ONE, ROUND_HALF_UP) * step, maximum)


def _nothing(nothing: NothingArose | None) -> Computed:
    if nothing is None:
        return Computed(problem=Problem.NOTHING_UNSAID)
    return Computed(nothing.score, applies=nothing.score is not None)


def _band_score(rule: Bands, figure: Decimal, total: Decimal) -> Decimal:
    held = (band.score for band in rule.bands if _keeps(figure, total, band))
    return next(held, rule.otherwise)


def counts_things(rule: Rule) -> bool:
    """Tell whether a rule is about how many there were, not about a share or a judgement."""
    match rule:
        case Bands():
            return not rule.of_ratio
        case Steps():
            return not rule.is_share
        case _:
            return isinstance(rule, Counting)


def can_be_pooled(rule: Rule) -> bool:
    """Tell whether what units declare for a rule can be added up: numbers can, days cannot."""
    if isinstance(rule, Steps):
        return not rule.is_share
    return isinstance(rule, Ratio | Bands | PerItem | Deductions)


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


# --- which figures bands hold ---


@dataclass(frozen=True, slots=True)
class FigureGap:
    """Figures between those that two bands hold; `has_low` and `has_high` tell of its ends."""

    low: Decimal
    has_low: bool
    high: Decimal
    has_high: bool
    below: Decimal
    """The figure tried next below it; `above` next above: both are held by bands."""
    above: Decimal


class Probes:
    """The figures to try: the ends, every limit, and one between any two neighbours.

    Between neighbours no band begins or ends, so what holds for one holds for all there.
    """

    def __init__(self, bands: Iterable[Band], of_ratio: bool) -> None:
        """Take the bands that will be asked about, and whether they are of shares (0 to 1)."""
        limits = {limit.value for band in bands for limit in band.limits}
        marks = sorted(limits | ({_ZERO, _ONE} if of_ratio else {_ZERO}))
        if not of_ratio:
            marks.append(marks[-1] + 1)
        between = ((low + high) / 2 for low, high in pairwise(marks))
        self.all = frozenset(marks) | frozenset(between)
        self._marks = frozenset(marks)
        self.of_ratio = of_ratio

    def held(self, band: Band) -> frozenset[Decimal]:
        """Return the figures among those tried that keep all limits of `band`."""
        return frozenset(p for p in self.all if _keeps(p, _ONE, band))

    def gaps(self, held: Set[Decimal]) -> Iterator[FigureGap]:
        """Yield the gaps between the figures that are held.

        Plain figures are counts: where no whole number lies between there is no gap.
        """
        return (gap for gap in self._spaces(held) if self.of_ratio or _has_whole(gap))

    def missing(self, held: Set[Decimal]) -> frozenset[Decimal]:
        """Return the figures that are not held; of counts the whole numbers only."""
        left = self.all - held
        if self.of_ratio or not self.skip_fractions(held):
            return left
        return frozenset(figure for figure in left if figure == figure.to_integral_value())

    def skip_fractions(self, held: Set[Decimal]) -> bool:
        """Tell whether bands of whole numbers leave out what lies between two of them."""
        are_whole = all(mark == mark.to_integral_value() for mark in self._marks)
        return are_whole and not all(_has_whole(gap) for gap in self._spaces(held))

    def _spaces(self, held: Set[Decimal]) -> Iterator[FigureGap]:
        tried = sorted(self.all)
        for is_held, run in groupby(range(len(tried)), lambda i: tried[i] in held):
            places = list(run)
            first, last = places[0], places[-1]
            if is_held or first == 0 or last == len(tried) - 1:
                continue
            has_low, has_high = tried[first] in self._marks, tried[last] in self._marks
            low = tried[first if has_low else first - 1]
            high = tried[last if has_high else last + 1]
            yield FigureGap(low, has_low, high, has_high, tried[first - 1], tried[last + 1])


def _has_whole(gap: FigureGap) -> bool:
    least = gap.low.to_integral_value(ROUND_CEILING)
    least += least == gap.low and not gap.has_low
    return least < gap.high or (least == gap.high and gap.has_high)


def takes_whole_only(rule: PerItem | Deductions | Bands) -> bool:
    """Tell whether a rule counts: each item gives points, or bands skip what lies between.

    "≥3: 2; 1–2: 1; còn lại: 0" is about things: 2,5 of them are none that it speaks of.
    """
    if not isinstance(rule, Bands):
        return True
    if rule.of_ratio:
        return False
    probes = Probes(rule.bands, of_ratio=False)
    return probes.skip_fractions(frozenset().union(*map(probes.held, rule.bands)))


def leaves_rest(rule: Bands) -> bool:
    """Tell whether there are figures that no band holds."""
    probes = Probes(rule.bands, rule.of_ratio)
    return bool(probes.missing(frozenset().union(*map(probes.held, rule.bands))))


def _keeps(figure: Decimal, total: Decimal, band: Band) -> bool:
    """Tell whether `figure` of `total` is held; multiplied rather than divided, to be exact."""
    return all(
        _compares(figure, limit.comparison, _WIDE.multiply(limit.value, total))
        for limit in band.limits
    )


def _compares(left: Decimal, comparison: Comparator, right: Decimal) -> bool:
    match comparison:
        case Comparator.AT_LEAST:
            return left >= right
        case Comparator.MORE:
            return left > right
        case Comparator.AT_MOST:
            return left <= right
        case Comparator.LESS:
            return left < right
        case Comparator.EXACTLY:
            return left == right
