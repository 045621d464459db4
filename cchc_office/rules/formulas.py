"""A rule told to a sheet, as a live formula: for Excel 2010 and LibreOffice alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from cchc_office.rules.computing import takes_whole_only
from cchc_office.rules.telling import plain
from cchc_office.rules.values import (
    Band,
    Bands,
    ByDate,
    Choice,
    Comparator,
    Counting,
    DayLimit,
    Deductions,
    GivenShare,
    Limit,
    NothingArose,
    PerItem,
    Ratio,
    Rule,
    SelfScored,
    SeveralDeductions,
    Steps,
    WeightedShares,
)
from cchc_office.text.vietnamese import fold, upper

_BLANK = '""'
_TYPED = 12
"""Labels of so many letters are sooner typed than chosen."""
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

    `applies` is empty where there is no such cell, as are those of further counts.
    """

    figure: str
    total: str
    applies: str = ""
    second: str = ""
    third: str = ""


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


def _score(rule: Rule, cells: RuleCells, most: Decimal) -> str:
    figure = cells.figure
    match rule:
        case SelfScored():
            return _BLANK
        case Choice():
            return _chosen(rule, figure)
        case GivenShare():
            return _of_figure(figure, f"{figure}<0", _percentage(rule, figure, most))
        case Steps():
            return _of_figure(figure, f"{figure}<0", _stepped(rule, figure, most))
        case ByDate():
            return _of_figure(figure, f"{figure}<1", _first_day(rule.limits, rule.late, figure))
        case Ratio():
            return _of_share(rule.nothing, cells, _share_score(rule, cells, most))
        case WeightedShares():
            return _of_weighted(rule, cells, most)
        case Bands(of_ratio=True):
            return _of_share(rule.nothing, cells, _first_band(rule, figure, cells.total))
        case _:
            return _counted(rule, cells, most)


def _counted(rule: Counting | Bands, cells: RuleCells, most: Decimal) -> str:
    figure = cells.figure
    match rule:
        case Deductions():
            points = f"MAX({plain(rule.least)},{plain(most)}-{figure}*{plain(rule.points)})"
            return _of_figure(figure, _is_part(figure), points)
        case PerItem():
            points = f"MIN({plain(most)},{figure}*{plain(rule.points)})"
            return _of_figure(figure, _is_part(figure), points)
        case SeveralDeductions():
            return _of_several(rule, cells, most)
        case Bands():
            refused = _is_part(figure) if takes_whole_only(rule) else f"{figure}<0"
            return _of_figure(figure, refused, _first_band(rule, figure, ""))


def _is_part(figure: str) -> str:
    return f"{figure}<>INT({figure})"


def _chosen(rule: Choice, cell: str) -> str:
    said = f"UPPER(TRIM({cell}))"
    written = _BLANK
    for alternative in reversed(rule.alternatives):
        texts = [f'{said}="{text}"' for text in _spellings(alternative.label)]
        is_it = texts[0] if len(texts) == 1 else f"OR({','.join(texts)})"
        score = _BLANK if alternative.score is None else plain(alternative.score)
        written = f"IF({is_it},{score},{written})"
    return written


def _spellings(label: str) -> list[str]:
    """Return a label as a formula compares it; short ones are typed without diacritics too."""
    spelled = [upper(label)] + ([fold(label).upper()] if len(label) <= _TYPED else [])
    return [text.replace('"', '""') for text in dict.fromkeys(spelled)]


def _percentage(rule: GivenShare, figure: str, most: Decimal) -> str:
    score = f"MIN(1,{figure})*{plain(most)}"
    if rule.floor is None:
        return score
    return f"IF(ROUND({figure}-{plain(rule.floor)},9)<0,0,{score})"


def _counts(rule: WeightedShares | SeveralDeductions, cells: RuleCells) -> tuple[str, ...]:
    return (cells.figure, cells.second, cells.third)[: len(rule.points)]


def _weighed(cells: Sequence[str], points: Sequence[Decimal]) -> str:
    return "+".join(f"{cell}*{plain(one)}" for cell, one in zip(cells, points, strict=True))


def _of_all(cells: Sequence[str], refused: Sequence[str], score: str) -> str:
    """Return a score where all cells hold numbers, and nothing of them is refused."""
    counted = "+".join(f"COUNT({cell})" for cell in cells)
    is_refused = f"OR({','.join(refused)})"
    return f"IF({counted}<{len(cells)},{_BLANK},IF({is_refused},{_BLANK},{score}))"


def _of_several(rule: SeveralDeductions, cells: RuleCells, most: Decimal) -> str:
    counts = _counts(rule, cells)
    refused = [said for cell in counts for said in (f"{cell}<0", _is_part(cell))]
    left = f"MAX(0,{plain(most)}-({_weighed(counts, rule.points)}))"
    return _of_all(counts, refused, left)


def _of_weighted(rule: WeightedShares, cells: RuleCells, most: Decimal) -> str:
    counts, total = _counts(rule, cells), cells.total
    together = "+".join(counts)
    score = f"MIN({plain(most)},({_weighed(counts, rule.points)})/{total})"
    if rule.floor is not None:
        numerator, denominator = rule.floor.as_integer_ratio()
        score = f"IF(ROUND(({together})*{denominator}-{total}*{numerator},6)<0,0,{score})"
    nothing = rule.nothing
    of_nothing = _BLANK if nothing is None or nothing.score is None else plain(nothing.score)
    refused = [*(f"{cell}<0" for cell in (*counts, total)), f"ROUND({together}-{total},9)>0"]
    return _of_all((*counts, total), refused, f"IF({total}=0,{of_nothing},{score})")


def _stepped(rule: Steps, cell: str, most: Decimal) -> str:
    figure = f"MIN(1,{cell})" if rule.is_share else cell
    limit = plain(rule.limit)
    beyond = f"{limit}-{figure}" if rule.falls else f"{figure}-{limit}"
    steps = f"MAX(0,{beyond})/{plain(rule.step)}"
    if not rule.is_even:
        steps = f"INT(ROUND({steps},9))"
    score = f"MIN({plain(most)},{plain(rule.score)}+{steps}*{plain(rule.points)})"
    if rule.least is None:
        return score
    return f"IF(ROUND({cell}-{plain(rule.least)},9)<0,0,{score})"


def _of_figure(figure: str, refused: str, score: str) -> str:
    """COUNT sees numbers only, so texts give no score; a negative figure gives none either."""
    return f"IF(COUNT({figure})=0,{_BLANK},IF(OR({figure}<0,{refused}),{_BLANK},{score}))"


def _of_share(nothing: NothingArose | None, cells: RuleCells, score: str) -> str:
    figure, total = cells.figure, cells.total
    of_nothing = _BLANK if nothing is None or nothing.score is None else plain(nothing.score)
    if of_nothing != _BLANK:
        of_nothing = f"IF({figure}=0,{of_nothing},{_BLANK})"
    some = f"IF({total}=0,{of_nothing},{score})"
    return (
        f"IF(COUNT({figure})+COUNT({total})<2,{_BLANK},"
        f"IF(OR({figure}<0,{total}<0),{_BLANK},{some}))"
    )


def _share_score(rule: Ratio, cells: RuleCells, most: Decimal) -> str:
    share = f"MIN(1,{cells.figure}/{cells.total})"
    if rule.target != 1:
        share = f"MIN(1,{share}/{plain(rule.target)})"
    score = f"{share}*{plain(most)}"
    if rule.rounded_to is not None:
        step = plain(rule.rounded_to)
        score = f"MIN({plain(most)},ROUND(ROUND({score}/{step},9),0)*{step})"
    if rule.full is not None:
        from_full = _share_limit(Limit(Comparator.AT_LEAST, rule.full), cells.figure, cells.total)
        score = f"IF({from_full},{plain(most)},{score})"
    if rule.floor is None:
        return score
    below = _share_limit(Limit(Comparator.LESS, rule.floor), cells.figure, cells.total)
    return f"IF({below},0,{score})"


def _first_band(rule: Bands, figure: str, total: str) -> str:
    written = plain(rule.otherwise)
    for band in reversed(rule.bands):
        written = f"IF({_holds(band, figure, total)},{plain(band.score)},{written})"
    return written


def _holds(band: Band, figure: str, total: str) -> str:
    if total:
        held = [_share_limit(limit, figure, total) for limit in band.limits]
    else:
        held = [f"{figure}{_SIGNS[lim.comparison]}{plain(lim.value)}" for lim in band.limits]
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
    written = plain(late)
    for limit in reversed(limits):
        sign = "<=" if limit.inclusive else "<"
        day = f"DATE({limit.day.year},{limit.day.month},{limit.day.day})"
        written = f"IF(INT({figure}){sign}{day},{plain(limit.score)},{written})"
    return written
