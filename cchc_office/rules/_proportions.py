"""Bands of which one is a formula: "từ 85%: 10; từ 60% đến dưới 85%: (tỷ lệ/85%) x 10; dưới: 0"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from cchc_office.rules._bands import read_share_limits
from cchc_office.rules._parts import RulePart, score_of, split_commas, take_nothing_arose
from cchc_office.rules._shares import gives_all, rounding_of
from cchc_office.rules.values import (
    Comparator,
    ContradictionError,
    Limit,
    Ratio,
    RuleWordsError,
)
from cchc_office.text.vietnamese import fold, parse_decimal

_EXPECTED = "“từ 85% trở lên: 10; từ 60% đến dưới 85%: (tỷ lệ/85%) x 10; dưới 60%: 0”"
_REACHED = r"(?:t[yi] le(?: [a-z]+)*?|(?:kq|ket qua|muc)(?: dat| thuc hien| hoan thanh)*)"
_MOST = r"(?:diem (?:toi da|chuan|dat)|(?P<most>\d[\d.,]*)(?: ?diem)?)"
_TIMES = r" ?(?:x|\*|×|nhan(?: voi)?) ?"
_IS = r"(?:(?:so )?diem(?: dat| danh gia| duoc)*(?: la)? ?= ?)?"
_FORMULAS = (
    re.compile(rf"{_IS}\(? ?{_REACHED} ?/ ?(?P<target>\d[\d.,]*) ?% ?\)?{_TIMES}{_MOST}"),
    re.compile(rf"{_IS}{_MOST}{_TIMES}\(? ?{_REACHED} ?/ ?(?P<target>\d[\d.,]*) ?% ?\)?"),
    re.compile(rf"{_IS}{_REACHED}{_TIMES}{_MOST}(?P<target>)"),
    re.compile(rf"{_IS}{_MOST}{_TIMES}{_REACHED}(?P<target>)"),
)
_AT_MOST = re.compile(r"(?:nhung )?(?:toi da|khong qua) (?P<most>\d[\d.,]*)(?: ?diem)?")
_ALL = (Limit(Comparator.EXACTLY, Decimal(1)),)


@dataclass(frozen=True, slots=True)
class _Formula:
    target: Decimal
    rounded_to: Decimal | None


def read_proportion(parts: Sequence[RulePart], maximum: Decimal) -> Ratio | None:
    """Return the share that counts in proportion between two limits, None without a formula.

    Raises RuleWordsError where a part is left over, or shares have no score or two.
    """
    formulas = [_formula(part, maximum) for part in parts]
    at = next((i for i, found in enumerate(formulas) if found), None)
    if at is None or len(parts) == 1:
        return None
    rest, nothing = take_nothing_arose([*parts[:at], *parts[at + 1 :]], maximum)
    formula, limits = formulas[at], read_share_limits(parts[at])
    low, high = _ends(limits, parts[at])
    full = floor = None
    for part in rest:
        own = read_share_limits(part)
        is_top = _is(own, Comparator.AT_LEAST) or own == _ALL
        if is_top and gives_all(part, maximum) and full is None:
            full = own[0].value
        elif _is(own, Comparator.LESS) and score_of(part, maximum) == 0 and floor is None:
            floor = own[0].value
        else:
            raise ContradictionError(part.text, _EXPECTED)
    if full != high or floor != low or formula is None or formula.target not in (1, full):
        raise ContradictionError(parts[at].text, _EXPECTED)
    return Ratio(
        floor,
        nothing,
        full=None if full in (1, formula.target) else full,
        target=formula.target,
        rounded_to=formula.rounded_to,
    )


def _formula(part: RulePart, maximum: Decimal) -> _Formula | None:
    """Return what a part gives in proportion to a share, None where it is no formula."""
    gives = part.gives or ""
    pieces = split_commas([RulePart(gives, gives, None)])
    if not pieces:
        return None
    first, *more = pieces
    match = next((m for m in (p.fullmatch(fold(first.text)) for p in _FORMULAS) if m), None)
    if match is None or (match["most"] and parse_decimal(match["most"]) != maximum):
        return None
    rounded = None
    for said in (fold(piece.text) for piece in more):
        capped = _AT_MOST.fullmatch(said)
        if rounding := rounding_of(said):
            rounded = rounding
        elif capped is None or parse_decimal(capped["most"]) != maximum:
            return None
    percent = parse_decimal(match["target"]) if match["target"] else Decimal(100)
    return _Formula(percent / 100, rounded) if percent else None


def _ends(limits: Sequence[Limit], part: RulePart) -> tuple[Decimal | None, Decimal]:
    """Return from which share on, and up to below which, a formula holds."""
    *lows, high = limits
    if high.comparison is not Comparator.LESS or any(
        low.comparison is not Comparator.AT_LEAST for low in lows
    ):
        raise RuleWordsError(part.text, _EXPECTED)
    return (lows[0].value if lows else None), high.value


def _is(limits: Sequence[Limit], comparison: Comparator) -> bool:
    return [limit.comparison for limit in limits] == [comparison]
