"""Which figures the bands of a rule hold: enough figures are tried to know it of all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from itertools import groupby, pairwise

from cchc_office.rules.values import Band, Bands, Comparator, Limit, PerItem

_ZERO, _ONE = Decimal(0), Decimal(1)


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
        self._of_ratio = of_ratio

    def held(self, band: Band) -> frozenset[Decimal]:
        """Return the figures among those tried that keep all limits of `band`."""
        return frozenset(p for p in self.all if all(_keeps(p, limit) for limit in band.limits))

    def gaps(self, held: Set[Decimal]) -> Iterator[FigureGap]:
        """Yield the gaps between the figures that are held.

        Plain figures are counts: where no whole number lies between there is no gap.
        """
        return (gap for gap in self._spaces(held) if self._of_ratio or _has_whole(gap))

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


def takes_whole_only(rule: PerItem | Bands) -> bool:
    """Tell whether a rule counts: each item gives points, or bands skip what lies between.

    "≥3: 2; 1–2: 1; còn lại: 0" is about things: 2,5 of them are none that it speaks of.
    """
    if isinstance(rule, PerItem) or rule.of_ratio:
        return isinstance(rule, PerItem)
    probes = Probes(rule.bands, of_ratio=False)
    return probes.skip_fractions(frozenset().union(*map(probes.held, rule.bands)))


def leaves_rest(rule: Bands) -> bool:
    """Tell whether there are figures that no band holds."""
    probes = Probes(rule.bands, rule.of_ratio)
    return bool(probes.all.difference(*(probes.held(band) for band in rule.bands)))


def _keeps(figure: Decimal, limit: Limit) -> bool:
    return compares(figure, limit.comparison, limit.value)


def compares(left: Decimal, comparison: Comparator, right: Decimal) -> bool:
    """Tell whether `left` stands so to `right`."""
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
