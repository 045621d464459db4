"""How far a campaign is on a day: what is done, which deadlines are ahead, where the rounds are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from cchc_office.model import Consolidation, Criterion, Returns, Unit, UnitResult
from cchc_office.results.appraisal_rows import asked_of_units


@dataclass(frozen=True, slots=True)
class Completion:
    """So many self-scored leaves done of so many in all.

    A leaf that several units score each for itself counts once for each of them.
    """

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class DueLeaf:
    """A leaf that a unit has not done yet, with the day by which it was or is due.

    `days` is how many are left, negative where the day has passed.
    """

    unit: Unit
    criterion: Criterion
    day: dt.date
    days: int


@dataclass(frozen=True)
class Progress:
    """Progress as of a day: in all, by unit, by field; open leaves by deadline, earliest first.

    `missed_count` and `ahead_count` count all open leaves, also those that were not asked for.
    """

    as_of: dt.date
    total: Completion
    units: tuple[tuple[Unit, Completion], ...]
    fields: tuple[tuple[Criterion, Completion], ...]
    missed: tuple[DueLeaf, ...]
    ahead: tuple[DueLeaf, ...]
    missed_count: int = 0
    ahead_count: int = 0


def progress(data: Consolidation, *, most_due: int | None = None) -> Progress:
    """Return the progress as of the consolidation's day.

    A leaf is done when the unit gave it a score or said that it does not apply, or the appraisal
    did. It is due on its
    own day ("Hạn"), else on that by which forms are to be returned; the day itself is not missed.
    Of the open leaves that were missed, and of those ahead, the earliest `most_due` are listed
    (None: all).
    """
    counter = _Counter(data, most_due)
    units = tuple((result.unit, counter.count(result)) for result in data.units)
    return Progress(
        data.as_of,
        Completion(sum(share.done for _, share in units), sum(share.total for _, share in units)),
        units,
        tuple((f, counter.share_of(f)) for f in data.campaign.children(None)),
        counter.missed.listed(),
        counter.ahead.listed(),
        counter.missed.count,
        counter.ahead.count,
    )


class _DueList:
    """Open leaves by their days; no more of a day are kept than are listed in all."""

    def __init__(self, most: int | None) -> None:
        self._most = most
        self._by_day: dict[dt.date, list[DueLeaf]] = {}
        self.count = 0

    def add(self, leaf: DueLeaf) -> None:
        self.count += 1
        same_day = self._by_day.setdefault(leaf.day, [])
        if self._most is None or len(same_day) < self._most:
            same_day.append(leaf)

    def listed(self) -> tuple[DueLeaf, ...]:
        days = sorted(self._by_day)
        return tuple(leaf for day in days for leaf in self._by_day[day])[: self._most]


class _Counter:
    """Counts what units have done, one unit after the other."""

    def __init__(self, data: Consolidation, most_due: int | None) -> None:
        self._data = data
        campaign = data.campaign
        self._fields = {
            leaf.id: field.id
            for field in campaign.children(None)
            for leaf in campaign.leaves_under(field) or (field,)
        }
        self._done: dict[str, int] = {}
        self._total: dict[str, int] = {}
        self.missed, self.ahead = _DueList(most_due), _DueList(most_due)

    def count(self, result: UnitResult) -> Completion:
        """Count a unit; return its own share."""
        leaves = self._data.campaign.scored_by(result.unit)
        done = _done(self._data, result, leaves)
        for leaf in leaves:
            field = self._fields.get(leaf.id, "")
            self._total[field] = self._total.get(field, 0) + 1
            if leaf.id in done:
                self._done[field] = self._done.get(field, 0) + 1
            else:
                self._note_open(result.unit, leaf)
        return Completion(sum(leaf.id in done for leaf in leaves), len(leaves))

    def _note_open(self, unit: Unit, leaf: Criterion) -> None:
        day = leaf.deadline or self._data.campaign.info.deadline
        if day:
            days = (day - self._data.as_of).days
            (self.missed if days < 0 else self.ahead).add(DueLeaf(unit, leaf, day, days))

    def share_of(self, field: Criterion) -> Completion:
        """Return the share of a field over all units."""
        return Completion(self._done.get(field.id, 0), self._total.get(field.id, 0))


def _done(data: Consolidation, result: UnitResult, leaves: tuple[Criterion, ...]) -> set[str]:
    """Return which leaves are done; where all are, what the unit returned need not be read."""
    if result.total.answered == len(leaves):
        return {leaf.id for leaf in leaves}
    said = result.returned.leaves if result.returned else ()
    done = {x.criterion for x in said if x.answer.is_settled}
    unit = result.unit.code
    return done | {
        leaf.id
        for leaf in leaves
        if any(x.answer.is_settled for x in data.appraised.get((unit, leaf.id), ()))
    }


@dataclass(frozen=True)
class RoundProgress:
    """Where round `number` stands.

    `files` are the reviewers' workbooks that count, `scored` is the number of units' leaves that
    they gave a score or found not to apply. Of the units `asked` to explain, in the order of the
    campaign, `waiting` have sent nothing back.
    """

    number: int
    files: tuple[str, ...]
    scored: int
    asked: tuple[str, ...]
    waiting: tuple[str, ...]


def progress_of_rounds(data: Consolidation, returns: Returns) -> Iterator[RoundProgress]:
    """Yield where each round stands that was made, the first before the second."""
    for number in range(1, data.rounds + 1):
        files = tuple(a.file for a in returns.appraisals if a.round == number)
        ruled = sum(
            any(x.round == number and x.answer.is_settled for x in said)
            for said in data.appraised.values()
        )
        asked = tuple(asked_of_units(data, number))
        answered = {form.unit for form in returns.supplements if form.round == number}
        waiting = tuple(unit for unit in asked if unit not in answered)
        yield RoundProgress(number, files, ruled, asked, waiting)
