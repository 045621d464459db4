"""How far a campaign is on a day: what is done, which deadlines are ahead and which were missed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cchc_office.model import Answer, Consolidation, Criterion, Unit

_DONE = (Answer.SCORED, Answer.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class Share:
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
    """Progress as of a day: in all, by unit, by field; open leaves by deadline, earliest first."""

    as_of: dt.date
    total: Share
    units: tuple[tuple[Unit, Share], ...]
    fields: tuple[tuple[Criterion, Share], ...]
    missed: tuple[DueLeaf, ...]
    ahead: tuple[DueLeaf, ...]


@dataclass(frozen=True, slots=True)
class _Task:
    """What one unit has to do with one leaf."""

    unit: Unit
    leaf: Criterion
    field: str
    is_done: bool


def progress(data: Consolidation) -> Progress:
    """Return the progress as of the consolidation's day.

    A leaf is done when the unit gave it a score, or said that it does not apply. It is due on its
    own day ("Hạn"), else on that by which forms are to be returned; the day itself is not missed.
    """
    tasks = list(_tasks(data))
    by_unit: dict[str, list[_Task]] = {unit.code: [] for unit in data.campaign.units}
    by_field: dict[str, list[_Task]] = {}
    for task in tasks:
        by_unit[task.unit.code].append(task)
        by_field.setdefault(task.field, []).append(task)
    due = sorted(_due(data, tasks), key=lambda leaf: leaf.day)
    return Progress(
        data.as_of,
        _share(tasks),
        tuple((unit, _share(by_unit[unit.code])) for unit in data.campaign.units),
        tuple((f, _share(by_field.get(f.id, ()))) for f in data.campaign.children(None)),
        tuple(leaf for leaf in due if leaf.days < 0),
        tuple(leaf for leaf in due if leaf.days >= 0),
    )


def _tasks(data: Consolidation) -> Iterator[_Task]:
    campaign = data.campaign
    fields = {
        leaf.id: field.id
        for field in campaign.children(None)
        for leaf in campaign.leaves_under(field) or (field,)
    }
    for result in data.units:
        said = result.returned.leaves if result.returned else ()
        done = {x.criterion for x in said if x.answer in _DONE}
        for leaf in campaign.scored_by(result.unit):
            yield _Task(result.unit, leaf, fields.get(leaf.id, ""), leaf.id in done)


def _share(tasks: Iterable[_Task]) -> Share:
    done = [task.is_done for task in tasks]
    return Share(sum(done), len(done))


def _due(data: Consolidation, tasks: list[_Task]) -> Iterator[DueLeaf]:
    for task in tasks:
        day = task.leaf.deadline or data.campaign.info.deadline
        if day and not task.is_done:
            yield DueLeaf(task.unit, task.leaf, day, (day - data.as_of).days)
