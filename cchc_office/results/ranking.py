"""Ranking units by what they achieved, in all or under one row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import ROUND_HALF_UP, Context, Decimal

from cchc_office.model import (
    Aggregation,
    Campaign,
    Consolidation,
    Criterion,
    Place,
    RankingSettings,
    Stage,
    Subtotal,
    Ties,
    UnitResult,
)
from cchc_office.results.consolidation import unit_leaf_sums
from cchc_office.results.leaf_results import signed
from cchc_office.text.shortening import some_of

# Division leaves an error in the 28th digit: three times 1/3 and 1 are to share a place.
_COMPARED = Decimal("1e-18")
_WIDE = Context(prec=60, rounding=ROUND_HALF_UP)
_MOST_NAMED = 4


def rank_units(
    data: Consolidation, stage: Stage | None = None, criterion: Criterion | None = None
) -> tuple[Place, ...]:
    """Return the units by their places, best first.

    By the score of a stage under a row, or in all (None: the campaign's choice, or the last stage
    before it that was given); surveys that are known of units count at the final stage. Units with
    the same applicable maximum, all of them, are ranked by score, others by rate, unless the
    campaign says by which. Units of which nothing is known, whose form was sent back, or to which
    nothing applies, stand at the end, without a place, in the order of the campaign. For several
    rows ask one `Ranking` instead.
    """
    return Ranking(data, stage, (criterion,) if criterion else ()).places(criterion)


class Ranking:
    """Ranks the units of a consolidation, in all and by some rows, going through them once."""

    def __init__(
        self,
        data: Consolidation,
        stage: Stage | None = None,
        criteria: Iterable[Criterion] = (),
    ) -> None:
        """Take what was put together; rank by a stage (None: the campaign's choice) and rows."""
        self._campaign = data.campaign
        stage = stage or data.ranked_by.stage
        rows = tuple(criteria)
        self._standings: dict[str, list[tuple[Place, bool]]] = {"": [], **{c.id: [] for c in rows}}
        appraised = {unit for unit, _ in data.appraised}
        for one in data.units:
            # Once reviewers gave scores, these are no more those of the form that was sent back.
            waits = one.is_sent_back and one.unit.code not in appraised
            result = replace(one, is_sent_back=waits)
            self._standings[""].append(_standing(result, result.total, stage))
            sums = sums_by_row(data, result, rows) if rows else {}
            for criterion in rows:
                total = sums.get(criterion.id, Subtotal())
                self._standings[criterion.id].append(_standing(result, total, stage))

    def places(self, criterion: Criterion | None = None) -> tuple[Place, ...]:
        """Return the units by their places in all, or by one of the rows given before.

        Raises KeyError for another row.
        """
        numbers = self.numbers(criterion)
        of_unit = {p.unit.code: p for p, _ in self._standings[criterion.id if criterion else ""]}
        placed = (replace(of_unit.pop(code), place=number) for code, number in numbers.items())
        settings = self._campaign.info.ranking
        classed = (replace(p, class_name=class_of(settings, p)) for p in placed)
        return (*classed, *of_unit.values())

    def numbers(self, criterion: Criterion | None = None) -> dict[str, int]:
        """Return the places alone, best first, by the codes of the units that have one."""
        standings = self._standings[criterion.id if criterion else ""]
        known = [place for place, is_known in standings if is_known]
        by_rate = _is_by_rate(self._campaign.info.ranking, known)
        keys = ((_compared(place.rate if by_rate else place.score), place) for place in known)
        ordered = [(key, place.unit.code) for key, place in keys if key is not None]
        ordered.sort(key=lambda pair: -pair[0])
        is_dense = self._campaign.info.ranking.ties is Ties.DENSE
        numbers: dict[str, int] = {}
        number, previous = 0, None
        for position, (key, code) in enumerate(ordered, start=1):
            if key != previous:
                number = number + 1 if is_dense else position
            previous = key
            numbers[code] = number
        return numbers


def _is_by_rate(settings: RankingSettings, places: Iterable[Place]) -> bool:
    """Tell whether units of which something is known are ranked by rate: by no maximum none is."""
    maxima = {place.maximum for place in places}
    if settings.by_rate is None or not any(maxima):
        return len(maxima) > 1
    return settings.by_rate


def stand_apart(campaign: Campaign) -> bool:
    """Tell whether each unit scores the whole table for itself, so that no score is one of all.

    So do units that compete. Where what they score comes together otherwise than by its mean, or
    a survey has one result for all, the campaign wants one result.
    """
    others = {leaf.id for leaf in campaign.leaves if not leaf.is_self_scored}
    ways = {leaf.aggregation for leaf in campaign.leaves if leaf.is_self_scored}
    one_of_all = not (others <= campaign.surveyed_by_unit and ways <= {None, Aggregation.MEAN})
    return campaign.is_scored_by_each and not one_of_all


def ranked_by_words(data: Consolidation, places: Iterable[Place]) -> str:
    """Return by what the units at `places` are ranked, in words."""
    placed, by = [place for place in places if place.place is not None], data.ranked_by
    by_rate = _is_by_rate(data.campaign.info.ranking, placed)
    what = f"tỷ lệ {by.words} trên điểm tối đa áp dụng" if by_rate else by.words
    return what + (f" ({by.missing})" if by.missing else "")


def why_ranked_so(data: Consolidation, places: Iterable[Place]) -> str:
    """Return by what units are ranked and why, and where place and rate contradict each other."""
    placed = [place for place in places if place.place is not None]
    chosen = data.campaign.info.ranking.by_rate
    told = f"Xếp theo {ranked_by_words(data, placed)}"
    if chosen is not None:
        told += f": mục Xếp hạng ở trang Thông tin ghi “{'theo tỷ lệ' if chosen else 'theo điểm'}”"
    elif len({place.maximum for place in placed}) > 1:
        told += ": tối đa áp dụng của các đơn vị không bằng nhau"
    against = _against_rates(placed)
    return f"{told}.{f' {against}' if against else ''}"


def _against_rates(placed: Iterable[Place]) -> str:
    """Return which units, best first, have a higher rate than one before them; "" for none."""
    units, least = [], None
    for place in placed:
        if place.rate is None:
            continue
        if least is not None and place.rate > least:
            units.append(place.unit.name)
        least = place.rate if least is None else min(least, place.rate)
    if not units:
        return ""
    names = some_of(units, _MOST_NAMED, "đơn vị")
    return f"Hạng và tỷ lệ ngược nhau: {names} có tỷ lệ cao hơn đơn vị xếp trên."


def sums_by_row(
    data: Consolidation, result: UnitResult, rows: Iterable[Criterion]
) -> Mapping[str, Subtotal]:
    """Return a unit's figures by row: of its leaves (signed) and of the rows above them.

    Of the leaves only where one is asked for: what the unit returned must be read for it.
    """
    campaign = data.campaign
    if not any(campaign.is_leaf(row) for row in rows):
        return result.subtotals
    leaves = unit_leaf_sums(data, result)
    own = {key: signed(campaign.criterion(key), leaf) for key, leaf in leaves.items()}
    return own | dict(result.subtotals)


def _standing(result: UnitResult, total: Subtotal, stage: Stage) -> tuple[Place, bool]:
    """Return a unit still without its place, and whether anything is known of it."""
    score, maximum = _score_of(total, stage)
    rate = score / maximum if maximum else None
    is_judged = total.answered_at(stage) > 0
    has_survey = stage is Stage.FINAL and total.survey_max > 0
    # Of a unit that neither returned anything nor was appraised a survey alone tells too little.
    is_awaited = result.returned is None and total.expected > 0
    is_known = is_judged or (not is_awaited and (score != 0 or has_survey))
    # Where nothing applies there is nothing to be best at; bonus and penalty have no maximum.
    if total.max_score and not maximum and not score:
        is_known = False
    pending = total.survey_pending if stage is Stage.FINAL else Decimal(0)
    waits = is_known and result.is_sent_back
    place = Place(result.unit, None, score, maximum, rate, "", pending, is_sent_back=waits)
    return place, is_known and not waits


def class_of(settings: RankingSettings, place: Place) -> str:
    """Return the name of the class that a place falls in, "" without classes or what they ask."""
    compared = _compared(place.score if settings.by_points else place.rate)
    if compared is None:
        return ""
    return next((c.name for c in settings.classes if c.least is None or compared >= c.least), "")


def _score_of(total: Subtotal, stage: Stage) -> tuple[Decimal, Decimal]:
    if stage is Stage.FINAL:
        return total.achieved, total.achieved_max
    return total.at(stage), total.max_at(stage)


def _compared(value: Decimal | None) -> Decimal | None:
    return None if value is None else value.quantize(_COMPARED, context=_WIDE)
