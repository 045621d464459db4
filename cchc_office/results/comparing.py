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
)
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
    then_of = _matched(data.campaign.criteria, earlier.rows)
    now_of = {place: identity for identity, place in then_of.items()}
    figures = _FiguresOfThen(earlier)
    likes = _Likes(data, earlier, then_of, figures)
    gone: dict[str, list[ComparedRow]] = {}
    above = ""
    for place, row in enumerate(earlier.rows):
        above = now_of.get(place, above)
        if place not in now_of:
            before = figures.of(row, None)
            gone.setdefault(above, []).append(ComparedRow(None, row, (Change.GONE,), before))
    rows = gone.get("", [])
    for criterion in data.campaign.criteria:
        then = earlier.rows[then_of[criterion.id]] if criterion.id in then_of else None
        changes = _changes(data, criterion, then)
        before, after = figures.of(then, criterion), figures_now(data, criterion)
        alike = data.leaf(criterion) is not None or likes.are_all(criterion, before, after)
        rows.append(ComparedRow(criterion, then, changes, before, after, is_alike=alike))
        rows += gone.get(criterion.id, [])
    fields = tuple(_like_field(likes, row) for row in rows if row.now and not row.now.parent)
    return Comparison(earlier, tuple(rows), *likes.in_all(), fields, *_of_all(data, figures))


def _like_field(likes: _Likes, row: ComparedRow) -> ComparedRow:
    before, after = likes.of(row.now) if row.now else (_NOTHING, _NOTHING)
    return replace(row, before=before, after=after, is_alike=True)


def _of_all(data: Consolidation, figures: _FiguresOfThen) -> tuple[Figures, Figures]:
    """Return the sums over all as the two reports have them, whatever they are sums of."""
    total = data.total
    score = total.achieved if total.is_known else None
    return figures.total, Figures(total.max_score, total.achieved_max, score)


class _FiguresOfThen:
    """The figures of an earlier report, as far as it tells them."""

    def __init__(self, earlier: EarlierReport) -> None:
        rows = (*earlier.rows, *((earlier.total,) if earlier.total else ()))
        self._total = earlier.total
        self._tells_applicable = any(row.applicable_max is not None for row in rows)

    def of(self, then: EarlierRow | None, now: Criterion | None) -> Figures:
        """Return the figures of a row, whose like of now tells whether it has a rate."""
        if then is None:
            return Figures()
        applicable = then.applicable_max if self._tells_applicable else then.max_score
        score = then.score
        if now and now.points is not Points.NORMAL:
            applicable = None
        if now and now.points is Points.PENALTY and score:
            score = -abs(score)
        return Figures(then.max_score, applicable, score)

    @property
    def total(self) -> Figures:
        """The figures of its sum over all."""
        return self.of(self._total, None)


_Pair = tuple[Figures, Figures]


class _Likes:
    """Sums of then and now over the same leaves: those that have a result in both."""

    def __init__(
        self,
        data: Consolidation,
        earlier: EarlierReport,
        then_of: dict[str, int],
        figures: _FiguresOfThen,
    ) -> None:
        self._data = data
        self._then = {key: earlier.rows[place] for key, place in then_of.items()}
        self._figures = figures
        self._known: dict[str, _Pair] = {}

    def of(self, criterion: Criterion) -> _Pair:
        """Return the figures of then and now under a row."""
        if criterion.id not in self._known:
            self._known[criterion.id] = self._find(criterion)
        return self._known[criterion.id]

    def in_all(self) -> _Pair:
        """Return the figures of then and now over all fields."""
        return _sum_of(self.of(field) for field in self._data.campaign.children(None))

    def are_all(self, criterion: Criterion, before: Figures, after: Figures) -> bool:
        """Tell whether the sums that both reports have of a heading are of the same leaves."""
        like = self.of(criterion)
        return _is_same(like[0], before) and _is_same(like[1], after)

    def _find(self, criterion: Criterion) -> _Pair:
        campaign = self._data.campaign
        is_leaf = campaign.is_leaf(criterion)
        below = () if is_leaf else campaign.leaves_under(criterion)
        if not any(leaf.id in self._then for leaf in below):
            return self._whole(criterion)
        pair = _sum_of(self.of(child) for child in campaign.children(criterion))
        if criterion.points is Points.NORMAL:
            return pair
        then = self._then.get(criterion.id)
        return (
            _within(then.max_score if then else criterion.max_score, pair[0]),
            _within(criterion.max_score, pair[1]),
        )

    def _whole(self, criterion: Criterion) -> _Pair:
        """Return what both have of a row itself; nothing where one of them has nothing."""
        before = self._figures.of(self._then.get(criterion.id), criterion)
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


def _within(cap: Decimal | None, figures: Figures) -> Figures:
    if cap is None or figures.score is None:
        return figures
    return replace(figures, score=max(-cap, min(cap, figures.score)))


def _is_same(one: Figures, other: Figures) -> bool:
    """Tell whether figures are the same; files hold fewer digits than we compute with."""
    pairs = ((one.applicable, other.applicable), (one.score, other.score))
    return all(a == b or (a and b and abs(a - b) < _SAME) for a, b in pairs)


def figures_now(data: Consolidation, criterion: Criterion) -> Figures:
    """Return what a row of this campaign achieved in the end, and of what."""
    leaf = data.leaf(criterion)
    if leaf is None:
        total = data.subtotals[criterion.id]
        score = total.achieved if total.is_known else None
        is_normal = criterion.points is Points.NORMAL
        maximum = total.max_score if is_normal else criterion.max_score
        return Figures(maximum, total.achieved_max, score)
    return Figures(criterion.max_score, leaf.achieved_max, criterion.signed(leaf.achieved))


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
