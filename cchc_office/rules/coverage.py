"""Which figures the bands of a rule hold: enough figures are tried to know it of all."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from itertools import pairwise

from cchc_office.rules.values import Band, Bands, Comparison, Limit

_ZERO, _ONE = Decimal(0), Decimal(1)


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

    def held(self, band: Band) -> frozenset[Decimal]:
        """Return the figures among those tried that keep all limits of `band`."""
        return frozenset(p for p in self.all if all(_keeps(p, limit) for limit in band.limits))


def leaves_rest(rule: Bands) -> bool:
    """Tell whether there are figures that no band holds."""
    probes = Probes(rule.bands, rule.of_ratio)
    return bool(probes.all.difference(*(probes.held(band) for band in rule.bands)))


def _keeps(figure: Decimal, limit: Limit) -> bool:
    return compares(figure, limit.comparison, limit.value)


def compares(left: Decimal, comparison: Comparison, right: Decimal) -> bool:
    """Tell whether `left` stands so to `right`."""
    match comparison:
        case Comparison.AT_LEAST:
            return left >= right
        case Comparison.MORE:
            return left > right
        case Comparison.AT_MOST:
            return left <= right
        case Comparison.LESS:
            return left < right
        case Comparison.EXACTLY:
            return left == right
