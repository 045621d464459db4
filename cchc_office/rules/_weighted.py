"""Shares of one total that count differently: "(b/a) x 1,5 + (c/a) x 1; trong đó a là …"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from cchc_office.rules._parts import RulePart, score_of, take_nothing_arose
from cchc_office.rules._shares import ShareReader, bare_formula
from cchc_office.rules.computing import MOST_COUNTS
from cchc_office.rules.values import (
    ContradictionError,
    RuleWordsError,
    ShareNames,
    WeightedShares,
)
from cchc_office.text.vietnamese import fold, parse_decimal

_EXPECTED = "“(b/a) x 1,5 + (c/a) x 1. Trong đó: a là …; b là …; c là …”"
_TIMES = r" ?(?:x|\*|×|nhan(?: voi)?) ?"
_TERM = re.compile(
    rf"(?P<done>[a-z]\d?) ?/ ?(?P<total>[a-z]\d?){_TIMES}"
    rf"(?:(?P<points>\d+(?:[.,]\d+)?)(?: ?diem)?|diem (?:toi da|chuan))"
    rf"(?:{_TIMES}(?P<percent>\d+) ?%)?"
)
_FLOOR = re.compile(
    r"(?:neu |truong hop )?(?:t[yi] le )?\(? ?(?P<sum>[a-z]\d?(?: ?\+ ?[a-z]\d?)+) ?\)? ?/ ?"
    r"(?P<total>[a-z]\d?) ?(?:<|duoi|nho hon) ?(?P<least>\d[\d.,]*) ?(?P<percent>%)?"
)


def read_weighted(parts: Sequence[RulePart], maximum: Decimal) -> WeightedShares | None:
    """Return the shares that the parts add up, None where they say something else.

    Raises RuleWordsError where a part is left over.
    """
    found = [_terms(part, maximum) for part in parts]
    at = next((i for i, terms in enumerate(found) if terms), None)
    if at is None:
        return None
    terms, formula = found[at], parts[at]
    rest, nothing = take_nothing_arose([*parts[:at], *parts[at + 1 :]], maximum)
    letters = ShareReader(maximum, ShareNames())
    floor: Decimal | None = None
    total = terms[0]["total"]
    done = [term["done"] for term in terms]
    for part in rest:
        if letters.defines(part):
            continue
        floor = _floor(part, done, total, maximum) if floor is None else None
        if floor is None:
            raise ContradictionError(part.text, _EXPECTED)
    if letters.names.keys() != {*done, total} or (letters.none_of or total) != total:
        raise ContradictionError(formula.text, _EXPECTED)
    if nothing and letters.nothing:
        raise ContradictionError(formula.text, _EXPECTED)
    return WeightedShares(
        tuple(_points(term, maximum) for term in terms),
        tuple(letters.names[letter] for letter in done),
        letters.names[total],
        floor,
        nothing or letters.nothing,
    )


def _terms(part: RulePart, maximum: Decimal) -> list[re.Match[str]]:
    """Return the terms of a formula that adds up shares, none where a part is no such formula."""
    said = [_TERM.fullmatch(term.strip()) for term in bare_formula(fold(part.text)).split("+")]
    terms = [term for term in said if term]
    if not 1 < len(terms) == len(said) <= MOST_COUNTS:
        return []
    letters = [term["done"] for term in terms]
    points = [_points(term, maximum) for term in terms]
    is_one_total = len({term["total"] for term in terms}) == 1
    are_apart = len({*letters, terms[0]["total"]}) == len(terms) + 1
    if not is_one_total or not are_apart or max(points) != maximum:
        raise ContradictionError(part.text, _EXPECTED)
    return terms


def _points(term: re.Match[str], maximum: Decimal) -> Decimal:
    points = parse_decimal(term["points"]) if term["points"] else maximum
    if points is None:
        raise RuleWordsError(term[0], _EXPECTED)
    return points * Decimal(term["percent"] or 100) / 100


def _floor(part: RulePart, done: Sequence[str], total: str, maximum: Decimal) -> Decimal | None:
    """Return the share of all together below which a part gives nothing; None without."""
    match = _FLOOR.fullmatch(part.folded)
    if match is None or score_of(part, maximum) != 0 or match["total"] != total:
        return None
    least = parse_decimal(match["least"])
    if sorted(re.findall(r"[a-z]\d?", match["sum"])) != sorted(done) or least is None:
        return None
    floor = least / (100 if match["percent"] else 1)
    return floor if 0 < floor <= 1 else None
