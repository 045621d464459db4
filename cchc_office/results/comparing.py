"""Holding a campaign against an earlier report: rows matched, like compared with like."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from cchc_office.campaign.matches import Matching, SetRow
from cchc_office.campaign.matching import match_rows
from cchc_office.campaign.outline import OutlineRow, outline
from cchc_office.model import (
    Campaign,
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
from cchc_office.results.criteria_changes import changes_of_match, set_rows
from cchc_office.results.leaf_results import within
from cchc_office.results.unit_comparing import compared_units
from cchc_office.text.abbreviations import abbreviations

_SAME = Decimal("0.000001")
_NOTHING = Figures()


def compare(data: Consolidation, earlier: EarlierReport) -> Comparison:
    """Match rows as sets of criteria are (`campaign.matching`), and compare like with like.

    Rows that may be one, or were split or merged, stand side by side and are in no sum. Rows that
    are gone stand behind the row that they stood behind. Fields and the whole are compared over the
    leaves that have a result in both; where the earlier report has none of a heading's leaves, the
    heading counts as a whole.
    """
    return _Comparer(data, earlier).comparison()


_Pair = tuple[Figures, Figures]


class _Comparer:
    """Holds the rows of one campaign against those of one earlier report."""

    def __init__(self, data: Consolidation, earlier: EarlierReport) -> None:
        self._data, self._earlier = data, earlier
        self._matching = _matched(data.campaign, earlier.rows)
        self._places = {row.id: place for place, row in enumerate(data.campaign.criteria)}
        self._place_of = {
            row.id: match.old
            for place, row in enumerate(data.campaign.criteria)
            if (match := self._matching.pair(place)) and match.is_sure
        }
        rows = (*earlier.rows, *((earlier.total,) if earlier.total else ()))
        self._tells_applicable = any(row.applicable_max is not None for row in rows)
        self._known: dict[str, _Pair] = {}

    def comparison(self) -> Comparison:
        data, earlier = self._data, self._earlier
        gone = self._matching.gone()
        rows = [*map(self._gone, gone.get(None, ()))]
        for place, criterion in enumerate(data.campaign.criteria):
            rows += [*self._rows(criterion), *map(self._gone, gone.get(place, ()))]
        fields = [
            (self._row(criterion), self._like(criterion))
            for criterion in data.campaign.children(None)
        ]
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
            tuple(compared_units(data, earlier)),
        )

    def _gone(self, place: int) -> ComparedRow:
        row = self._earlier.rows[place]
        return ComparedRow(None, row, (Change.GONE,), self._figures_then(row))

    def _rows(self, criterion: Criterion) -> Iterator[ComparedRow]:
        """Yield a row beside its like; behind it those that were merged into it with that."""
        yield self._row(criterion)
        for match in self._matching.of_new(self._places[criterion.id])[1:]:
            row = self._earlier.rows[match.old]
            changes = tuple(changes_of_match(self._matching, match))
            before = self._figures_then(row)
            yield ComparedRow(None, row, changes, before, why=f"{match.why}: {criterion.label}")

    def _row(self, criterion: Criterion) -> ComparedRow:
        own = self._matching.of_new(self._places[criterion.id])
        if not own:
            after = figures_now(self._data, criterion)
            return ComparedRow(criterion, None, (Change.NEW,), after=after)
        match, then = own[0], self._earlier.rows[own[0].old]
        changes = (*changes_of_match(self._matching, match), *self._of_maximum(criterion, then))
        is_first = self._matching.of_old(match.old)[0] is match
        before = self._figures_then(then, criterion) if is_first else _NOTHING
        after = figures_now(self._data, criterion)
        is_pair = criterion.id in self._place_of
        is_alike = is_pair and (
            self._data.leaf(criterion) is not None
            or all(map(_is_same, self._like(criterion), (before, after)))
        )
        others = (
            *(self._data.campaign.criteria[place].label for place in match.others),
            *(f"kỳ trước {self._earlier.rows[place].label}" for place in match.rivals),
        )
        why = match.why if is_first else f"{match.why}: {then.label}"
        shown = then if is_first else None
        return ComparedRow(
            criterion,
            shown,
            changes or (Change.SAME,),
            before,
            after,
            is_alike=is_alike,
            why=why,
            others=others,
        )

    def _of_maximum(self, now: Criterion, then: EarlierRow) -> Iterator[Change]:
        maximum = now.max_score
        if maximum is None and now.id in self._data.subtotals:
            maximum = self._data.subtotals[now.id].max_score
        if None not in (maximum, then.max_score) and maximum != then.max_score:
            yield Change.MAXIMUM

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
    if criterion.is_text:
        return _NOTHING
    if leaf is None:
        total = data.subtotals[criterion.id]
        is_normal = criterion.points is Points.NORMAL
        return _figures_of_sum(total, total.max_score if is_normal else criterion.max_score)
    return Figures(criterion.max_score, leaf.achieved_max, criterion.signed(leaf.achieved))


def _figures_of_sum(total: Subtotal, maximum: Decimal | None) -> Figures:
    return Figures(maximum, total.achieved_max, total.achieved if total.is_known else None)


def _matched(campaign: Campaign, then: tuple[EarlierRow, ...]) -> Matching:
    """Match the rows of an earlier report, whose tree its codes tell, to those of now."""
    places = outline([OutlineRow(row.code, row.name) for row in then])
    old = [SetRow(row.code, row.name, at.parent) for row, at in zip(then, places, strict=True)]
    now = campaign.criteria
    names = [*(row.name for row in then), *(row.name for row in now)]
    known = abbreviations(campaign.info.abbreviations, names)
    return match_rows(old, set_rows(now), known)
