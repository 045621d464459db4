"""Holding a campaign against an earlier report: rows matched, like compared with like."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal
from typing import TypeVar

from cchc_office.model import (
    Change,
    ComparedRow,
    Comparison,
    Consolidation,
    Criterion,
    EarlierReport,
    EarlierRow,
    Figures,
    Points,
    Subtotal,
)
from cchc_office.results.leaf_results import within
from cchc_office.text.vietnamese import fold

_T = TypeVar("_T")
_SMALL_WORDS = frozenset(("va", "cua", "cac", "trong", "theo", "ve", "cho", "voi", "tai", "den"))
_LEAST_ALIKE = Decimal("0.5")
_SAME = Decimal("0.000001")
_NOTHING = Figures()


def compare(data: Consolidation, earlier: EarlierReport) -> Comparison:
    """Match rows by code and name, then by name, then by code where the names are alike.

    A name must be that of one row only, then and now, among those not yet matched. Rows that are
    gone stand behind the row that they stood behind. Fields and the whole are compared over the
    leaves that have a result in both; where the earlier report has none of a heading's leaves, the
    heading counts as a whole.
    """
    return _Comparer(data, earlier).comparison()


_Pair = tuple[Figures, Figures]


class _Comparer:
    """Holds the rows of one campaign against those of one earlier report."""

    def __init__(self, data: Consolidation, earlier: EarlierReport) -> None:
        self._data, self._earlier = data, earlier
        self._place_of = _matched(data.campaign.criteria, earlier.rows)
        rows = (*earlier.rows, *((earlier.total,) if earlier.total else ()))
        self._tells_applicable = any(row.applicable_max is not None for row in rows)
        self._known: dict[str, _Pair] = {}

    def comparison(self) -> Comparison:
        data, earlier = self._data, self._earlier
        now_of = {place: identity for identity, place in self._place_of.items()}
        gone: dict[str, list[ComparedRow]] = {}
        above = ""
        for place, row in enumerate(earlier.rows):
            above = now_of.get(place, above)
            if place not in now_of:
                before = self._figures_then(row)
                gone.setdefault(above, []).append(ComparedRow(None, row, (Change.GONE,), before))
        rows = gone.get("", [])
        for criterion in data.campaign.criteria:
            rows += [self._row(criterion), *gone.get(criterion.id, [])]
        fields = [(row, self._like(row.now)) for row in rows if row.now and not row.now.parent]
        return Comparison(
            earlier,
            tuple(rows),
            *_sum_of(like for _, like in fields),
            tuple(
                replace(row, before=before, after=after, is_alike=True)
                for row, (before, after) in fields
            ),
            # The sums over all as the two reports have them, whatever they are sums of.
            self._figures_then(earlier.total),
            _figures_of_sum(data.total, data.total.max_score),
        )

    def _row(self, criterion: Criterion) -> ComparedRow:
        then = self._then(criterion)
        changes = _changes(self._data, criterion, then)
        before, after = self._figures_then(then, criterion), figures_now(self._data, criterion)
        is_alike = self._data.leaf(criterion) is not None or all(
            map(_is_same, self._like(criterion), (before, after))
        )
        return ComparedRow(criterion, then, changes, before, after, is_alike=is_alike)

    def _then(self, criterion: Criterion) -> EarlierRow | None:
        place = self._place_of.get(criterion.id)
        return None if place is None else self._earlier.rows[place]

    def _figures_then(self, then: EarlierRow | None, now: Criterion | None = None) -> Figures:
        """Return the figures of an earlier row, whose like of now tells whether it has a rate."""
        if then is None:
            return _NOTHING
        applicable = then.applicable_max if self._tells_applicable else then.max_score
        score = then.score
        if now and now.points is not Points.NORMAL:
            applicable = None
        if now and now.points is Points.PENALTY and score:
            score = -abs(score)
        return Figures(then.max_score, applicable, score)

    def _like(self, criterion: Criterion) -> _Pair:
        """Return the figures of then and now under a row, over leaves with a result in both."""
        if criterion.id not in self._known:
            self._known[criterion.id] = self._find_like(criterion)
        return self._known[criterion.id]

    def _find_like(self, criterion: Criterion) -> _Pair:
        campaign = self._data.campaign
        is_leaf = campaign.is_leaf(criterion)
        below = () if is_leaf else campaign.leaves_under(criterion)
        if not any(leaf.id in self._place_of for leaf in below):
            return self._whole(criterion)
        before, after = _sum_of(self._like(child) for child in campaign.children(criterion))
        if criterion.points is Points.NORMAL:
            return before, after
        then = self._then(criterion)
        cap = then.max_score if then else criterion.max_score
        return _capped(cap, before), _capped(criterion.max_score, after)

    def _whole(self, criterion: Criterion) -> _Pair:
        """Return what both have of a row itself; nothing where one of them has nothing."""
        before = self._figures_then(self._then(criterion), criterion)
        after = figures_now(self._data, criterion)
        if before.score is None or after.score is None:
            return _NOTHING, _NOTHING
        if criterion.points is Points.NORMAL and not (before.applicable and after.applicable):
            return _NOTHING, _NOTHING
        return before, after


def _sum_of(pairs: Iterable[_Pair]) -> _Pair:
    known = [pair for pair in pairs if pair[0].score is not None]
    if not known:
        return _NOTHING, _NOTHING
    before, after = (_added([pair[at] for pair in known]) for at in (0, 1))
    return before, after


def _added(figures: Iterable[Figures]) -> Figures:
    applicable, score = Decimal(0), Decimal(0)
    for one in figures:
        applicable += one.applicable or Decimal(0)
        score += one.score or Decimal(0)
    return Figures(applicable or None, applicable or None, score)


def _capped(cap: Decimal | None, figures: Figures) -> Figures:
    if cap is None or figures.score is None:
        return figures
    return replace(figures, score=within(cap, figures.score))


def _is_same(one: Figures, other: Figures) -> bool:
    """Tell whether figures are the same; files hold fewer digits than we compute with."""
    pairs = ((one.applicable, other.applicable), (one.score, other.score))
    return all(a == b or (a and b and abs(a - b) < _SAME) for a, b in pairs)


def figures_now(data: Consolidation, criterion: Criterion) -> Figures:
    """Return what a row of this campaign achieved in the end, and of what."""
    leaf = data.leaf(criterion)
    if leaf is None:
        total = data.subtotals[criterion.id]
        is_normal = criterion.points is Points.NORMAL
        return _figures_of_sum(total, total.max_score if is_normal else criterion.max_score)
    return Figures(criterion.max_score, leaf.achieved_max, criterion.signed(leaf.achieved))


def _figures_of_sum(total: Subtotal, maximum: Decimal | None) -> Figures:
    return Figures(maximum, total.achieved_max, total.achieved if total.is_known else None)


_Key = Callable[[Criterion | EarlierRow], object]
_WAYS: tuple[tuple[_Key, bool], ...] = (
    (lambda row: (row.code, fold(row.name)), False),
    (lambda row: fold(row.name), True),
    (lambda row: row.code, False),
)


def _matched(now: tuple[Criterion, ...], then: tuple[EarlierRow, ...]) -> dict[str, int]:
    """Return the place of the earlier row of each row that has one, by the row's id."""
    found: dict[str, int] = {}
    names = {row.id: row.name for row in now}
    for key, only_one in _WAYS:
        taken = set(found.values())
        left_now = _by_key([(c, c.id) for c in now if c.id not in found], key)
        left_then = _by_key([(r, i) for i, r in enumerate(then) if i not in taken], key)
        for value in left_now.keys() & left_then.keys():
            mine, theirs = left_now[value], left_then[value]
            if only_one and len(mine) + len(theirs) > 2:
                continue
            found.update(
                (identity, place)
                for identity, place in zip(mine, theirs, strict=False)
                if are_alike(names[identity], then[place].name)
            )
    return found


def are_alike(one: str, other: str) -> bool:
    """Tell whether two names may be those of one row: half the words of the shorter are in both.

    By their folded words, without such as "và", "của", "theo".
    """
    words = [set(re.findall(r"\w+", fold(name))) - _SMALL_WORDS for name in (one, other)]
    shorter = min(map(len, words))
    return shorter > 0 and len(words[0] & words[1]) >= _LEAST_ALIKE * shorter


def _by_key(rows: Iterable[tuple[Criterion | EarlierRow, _T]], key: _Key) -> dict[object, list[_T]]:
    """Return the rows' ids by a key, in order; blank keys are none."""
    found: dict[object, list[_T]] = {}
    for row, identity in rows:
        if value := key(row):
            found.setdefault(value, []).append(identity)
    return found


def _changes(data: Consolidation, now: Criterion, then: EarlierRow | None) -> tuple[Change, ...]:
    if then is None:
        return (Change.NEW,)
    changes = []
    if now.code != then.code:
        changes.append(Change.RENUMBERED)
    if fold(now.name) != fold(then.name):
        changes.append(Change.RENAMED)
    maximum = now.max_score
    if maximum is None and now.id in data.subtotals:
        maximum = data.subtotals[now.id].max_score
    if None not in (maximum, then.max_score) and maximum != then.max_score:
        changes.append(Change.MAXIMUM)
    return tuple(changes) or (Change.SAME,)
