"""How far a campaign is on a day: what is done, which deadlines are ahead, where the rounds are."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Container, Iterable, Iterator
from dataclasses import dataclass

from cchc_office.model import (
    Campaign,
    Consolidation,
    Criterion,
    Returns,
    Unit,
    UnitResult,
    UnitReturn,
)
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
    did; one for bonus or penalty counts only where it is done. A leaf is due on its
    own day ("Hạn"), else on that by which forms are to be returned; the day itself is not missed.
    Of the open leaves that were missed, and of those ahead, the earliest `most_due` are listed
    (None: all).
    """
    campaign = data.campaign
    fields = campaign.children(None)
    field_of = {
        leaf.id: field.id for field in fields for leaf in campaign.leaves_under(field) or (field,)
    }
    units: list[tuple[Unit, Completion]] = []
    done, total = Counter[str](), Counter[str]()
    missed: list[DueLeaf] = []
    ahead: list[DueLeaf] = []
    for result in data.units:
        unit, scored = result.unit, campaign.scored_by(result.unit)
        is_done = _done(data, result, scored)
        leaves = _to_do(scored, is_done)
        units.append((unit, _completion(leaves, is_done)))
        total.update(field_of.get(leaf.id, "") for leaf in leaves)
        done.update(field_of.get(leaf.id, "") for leaf in leaves if leaf.id in is_done)
        for leaf in leaves:
            day = leaf.deadline or campaign.info.deadline
            if day and leaf.id not in is_done:
                days = (day - data.as_of).days
                (missed if days < 0 else ahead).append(DueLeaf(unit, leaf, day, days))
    return Progress(
        data.as_of,
        Completion(done.total(), total.total()),
        tuple(units),
        tuple((field, Completion(done[field.id], total[field.id])) for field in fields),
        _earliest(missed, most_due),
        _earliest(ahead, most_due),
        len(missed),
        len(ahead),
    )


def completion_of(campaign: Campaign, returned: UnitReturn) -> Completion:
    """Return how much of what its unit scores a form does, counted as progress does."""
    unit = campaign.find_unit(returned.unit)
    is_done = {x.criterion for x in returned.leaves if x.answer.is_settled}
    return _completion(_to_do(campaign.scored_by(unit), is_done) if unit else [], is_done)


def _to_do(scored: Iterable[Criterion], is_done: Container[str]) -> list[Criterion]:
    """Return the leaves that count: a bonus or penalty only where it is done."""
    return [leaf for leaf in scored if not leaf.is_optional or leaf.id in is_done]


def _completion(leaves: Collection[Criterion], is_done: Container[str]) -> Completion:
    return Completion(sum(leaf.id in is_done for leaf in leaves), len(leaves))


def _earliest(leaves: list[DueLeaf], most: int | None) -> tuple[DueLeaf, ...]:
    return tuple(sorted(leaves, key=lambda leaf: leaf.day)[:most])


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
    """Xem mỗi lần thẩm định đã đến đâu.

    Yield where each round stands that was made, the first before the second.
    """
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
