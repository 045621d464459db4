"""How far a campaign is on a day: what is done, which deadlines are ahead and which were missed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from cchc_office.model import Consolidation, Criterion, Unit


@dataclass(frozen=True, slots=True)
class Share:
    """So many self-scored leaves done of so many in all."""

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


def progress(data: Consolidation) -> Progress:
    """Return the progress as of the consolidation's day.

    A leaf is due on its own day ("Hạn"), else on that by which forms are to be returned.
    """
    raise NotImplementedError
