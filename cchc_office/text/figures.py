"""How figures are shown, the same on every sheet, paper and screen.

Scores have two decimals and a comma, rounded half up, and so have rates in hundredths; more only
where two would hide the very difference that is told. What is computed and stored keeps all of its
digits: cells hold the exact value, and their number format is named here too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from itertools import pairwise

from cchc_office.text.vietnamese import format_decimal

PLACES = 2
SCORE_CELL = "0.00"
"""The number format of cells with scores, also of sums and maxima."""

FINE_SCORE_CELL = "0.00#######"
"""That of a score whose difference from the one beside it two decimals would hide."""

MINUS = "−"
SIGNED_SCORE_CELL = f'{SCORE_CELL};"{MINUS}"{SCORE_CELL}'
"""That of scores and sums which may be below 0: Excel's own minus is a hyphen."""

RATE_CELL = "0.00%"
CHANGE_CELL = f'"▲ +"{SCORE_CELL};"▼ {MINUS}"{SCORE_CELL};{SCORE_CELL}'
"""That of what a rate rose or fell by, in hundredths."""

COUNT_CELL = "#,##0"

_MOST_PLACES = 15
_AS_SHEETS = Context(prec=15, rounding=ROUND_HALF_UP)


def rounded(value: Decimal) -> Decimal:
    """Return a figure as it is shown, as a number: rounded half up to hundredths."""
    return value.quantize(Decimal(1).scaleb(-PLACES), rounding=ROUND_HALF_UP)


def score(value: Decimal) -> str:
    """Return a score that was computed: "2,00", "62,49"."""
    return _with_minus(format_decimal(value, trim=False))


def optional_score(value: Decimal | None) -> str:
    """Return a score that was computed, "" where there is none."""
    return "" if value is None else score(value)


def _with_minus(shown: str) -> str:
    return shown.replace("-", MINUS, 1)


def given(value: Decimal) -> str:
    """Return a figure that a person gave, a maximum for one: "2,00", and "0,125" in full."""
    return _with_minus(format_decimal(value, max(PLACES, _places_of(value)), trim=False))


def as_typed(value: Decimal) -> str:
    """Return a number as it stands in a cell, to be quoted: "2", "0,5", "2,0000001"."""
    return format_decimal(value, _places_of(value))


def rate(value: Decimal) -> str:
    """Return a fraction as a rate: 2/3 as "66,67%"."""
    return f"{score(value * 100)}%"


def optional_rate(value: Decimal | None, places: int = PLACES) -> str:
    """Return a fraction as a rate, "" where there is none."""
    return "" if value is None else f"{with_places(value * 100, places)}%"


def rate_of(done: int, total: int) -> str:
    """Return what part of `total` (not 0) is done; one that is not all is never shown as all."""
    of_hundred = Decimal(100 * done) / total
    return f"{with_places(of_hundred, places_apart(of_hundred, Decimal(100)))}%"


def count(number: int | Decimal) -> str:
    """Return how many there are of something: "9.990"."""
    return f"{int(number):,}".replace(",", ".")


def apart(one: Decimal, other: Decimal) -> tuple[str, str]:
    """Return two figures that are told to differ with as many decimals as show that they do."""
    places = places_apart(one, other)
    return with_places(one, places), with_places(other, places)


def optional_apart(one: Decimal | None, other: Decimal | None) -> tuple[str, str]:
    """Return two figures as `apart` does, "" for one that is not there."""
    if one is None or other is None:
        return optional_score(one), optional_score(other)
    return apart(one, other)


def places_apart(one: Decimal, other: Decimal) -> int:
    """Return the fewest decimals that show two figures as different: two, or more."""
    for places in range(PLACES, _MOST_PLACES + 1):
        if format_decimal(one, places) != format_decimal(other, places):
            return places
    return PLACES


def places_among(
    values: Sequence[Decimal | None], limits: Iterable[Decimal] = ()
) -> tuple[int, ...]:
    """Return for each of a ranked list the decimals that tell it from those beside it.

    They also tell it from `limits`, by which it is judged.
    """
    if not values:
        return ()
    pairs = [
        PLACES if one is None or other is None else places_apart(one, other)
        for one, other in pairwise(values)
    ]
    judged = list(limits)
    return tuple(
        PLACES if own is None else max(before, after, *(places_apart(own, x) for x in judged))
        for own, before, after in zip(values, [PLACES, *pairs], [*pairs, PLACES], strict=True)
    )


def score_cell(places: int = PLACES) -> str:
    """Return the number format of a score with so many decimals."""
    return f"0.{'0' * places}"


def rate_cell(places: int = PLACES) -> str:
    """Return the number format of a rate with so many decimals in its hundredths."""
    return f"{score_cell(places)}%"


def given_cell(values: Iterable[Decimal | None]) -> str:
    """Return the number format of cells with what a person gave, which shows all of it."""
    return score_cell(max((PLACES, *(_places_of(v) for v in values if v is not None))))


def _places_of(value: Decimal) -> int:
    exponent = _AS_SHEETS.plus(value).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def with_places(value: Decimal, places: int) -> str:
    """Return a figure with up to so many decimals, and no fewer than two."""
    shown = _with_minus(format_decimal(value, places))
    whole, _, decimals = shown.partition(",")
    return f"{whole},{decimals:0<{PLACES}}"
