"""The score of a rule as a live formula of a sheet, for Excel 2010 and LibreOffice alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from cchc_office.rules.coverage import takes_whole_only
from cchc_office.rules.values import (
    Band,
    Bands,
    ByDate,
    Comparator,
    DayLimit,
    Limit,
    NothingArose,
    PerItem,
    Ratio,
    Rule,
    SelfScored,
    YesNo,
)

_BLANK = '""'
_SIGNS = {
    Comparator.AT_LEAST: ">=",
    Comparator.MORE: ">",
    Comparator.AT_MOST: "<=",
    Comparator.LESS: "<",
    Comparator.EXACTLY: "=",
}


@dataclass(frozen=True, slots=True)
class RuleCells:
    """The addresses of the cells that a formula reads: declared figure, total, and Áp dụng.

    `applies` is empty where there is no such cell.
    """

    figure: str
    total: str
    applies: str = ""


def formula(rule: Rule, cells: RuleCells, maximum: Decimal) -> str:
    """Return the formula ("=IF(…)") of the score; it gives "" where `compute` gives no score.

    A day or a choice ("Có", "Không") stands in the cell for the figure. Where units score freely
    there is no formula: "".
    """
    if isinstance(rule, SelfScored):
        return ""
    if not cells.applies:
        return f"={_score(rule, cells, maximum)}"
    return f"=IF(LEN(TRIM({cells.applies}))>0,{_BLANK},{_score(rule, cells, maximum)})"


def _score(rule: YesNo | Ratio | Bands | PerItem | ByDate, cells: RuleCells, most: Decimal) -> str:
    figure = cells.figure
    match rule:
        case YesNo():
            return _choice(figure, most)
        case PerItem():
            points = f"MIN({_number(most)},{figure}*{_number(rule.points)})"
            return _of_figure(figure, _is_part(figure), points)
        case ByDate():
            return _of_figure(figure, f"{figure}<1", _first_day(rule.limits, rule.late, figure))
        case Bands(of_ratio=False):
            refused = _is_part(figure) if takes_whole_only(rule) else f"{figure}<0"
            return _of_figure(figure, refused, _first_band(rule, figure, ""))
        case Bands():
            return _of_share(rule.nothing, cells, _first_band(rule, figure, cells.total))
        case Ratio():
            return _of_share(rule.nothing, cells, _ratio(rule, cells, most))


def _is_part(figure: str) -> str:
    return f"{figure}<>INT({figure})"


def _choice(cell: str, most: Decimal) -> str:
    said = f"UPPER(TRIM({cell}))"
    no = f'IF(OR({said}="KHÔNG",{said}="KHONG"),0,{_BLANK})'
    return f'IF(OR({said}="CÓ",{said}="CO"),{_number(most)},{no})'


def _of_figure(figure: str, refused: str, score: str) -> str:
    """COUNT sees numbers only, so texts give no score; a negative figure gives none either."""
    return f"IF(COUNT({figure})=0,{_BLANK},IF(OR({figure}<0,{refused}),{_BLANK},{score}))"


def _of_share(nothing: NothingArose | None, cells: RuleCells, score: str) -> str:
    figure, total = cells.figure, cells.total
    of_nothing = _BLANK if nothing is None or nothing.score is None else _number(nothing.score)
    if of_nothing != _BLANK:
        of_nothing = f"IF({figure}=0,{of_nothing},{_BLANK})"
    some = f"IF({total}=0,{of_nothing},{score})"
    return (
        f"IF(COUNT({figure})+COUNT({total})<2,{_BLANK},"
        f"IF(OR({figure}<0,{total}<0),{_BLANK},{some}))"
    )


def _ratio(rule: Ratio, cells: RuleCells, most: Decimal) -> str:
    score = f"MIN(1,{cells.figure}/{cells.total})*{_number(most)}"
    if rule.floor is None:
        return score
    below = _share_limit(Limit(Comparator.LESS, rule.floor), cells.figure, cells.total)
    return f"IF({below},0,{score})"


def _first_band(rule: Bands, figure: str, total: str) -> str:
    written = _number(rule.otherwise)
    for band in reversed(rule.bands):
        written = f"IF({_holds(band, figure, total)},{_number(band.score)},{written})"
    return written


def _holds(band: Band, figure: str, total: str) -> str:
    if total:
        held = [_share_limit(limit, figure, total) for limit in band.limits]
    else:
        held = [f"{figure}{_SIGNS[lim.comparison]}{_number(lim.value)}" for lim in band.limits]
    return held[0] if len(held) == 1 else f"AND({','.join(held)})"


def _share_limit(limit: Limit, figure: str, total: str) -> str:
    """Return figure/total held against a fraction, without dividing.

    The fraction becomes a ratio of whole numbers: 4 of 5 is 80 %, though 0.8 has no end in binary.
    What is left of figures that themselves have decimals is rounded away.
    """
    numerator, denominator = limit.value.as_integer_ratio()
    done = f"MIN({figure},{total})"
    return f"ROUND({done}*{denominator}-{total}*{numerator},6){_SIGNS[limit.comparison]}0"


def _first_day(limits: Sequence[DayLimit], late: Decimal, figure: str) -> str:
    written = _number(late)
    for limit in reversed(limits):
        sign = "<=" if limit.inclusive else "<"
        day = f"DATE({limit.day.year},{limit.day.month},{limit.day.day})"
        written = f"IF(INT({figure}){sign}{day},{_number(limit.score)},{written})"
    return written


def _number(value: Decimal) -> str:
    return format(value.normalize() + 0, "f")
