"""What papers are made from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from cchc_office.decree30.figures import DEFAULT_PROFILE, Profile
from cchc_office.model import Campaign, Consolidation, Unit, UnitResult


@dataclass(frozen=True)
class Basis:
    """What papers are made from.

    `own_templates` is the folder of the office's own templates. `results` is what came back, put
    together, where papers tell of it. `number` is that of the papers: of the round, or of reminders
    for all or by the codes of units. `deadline` is the day by which units shall answer. `only`
    names the units, by their codes, that papers are made for; None means all.
    """

    campaign: Campaign
    profile: Profile = DEFAULT_PROFILE
    own_templates: Path | None = None
    results: Consolidation | None = None
    number: int | Mapping[str, int] = 1
    deadline: dt.date | None = None
    only: Collection[str] | None = None

    @property
    def consolidation(self) -> Consolidation:
        """What came back. Raises ValueError for papers that are made without it."""
        if self.results is None:
            raise ValueError("results")
        return self.results

    def units(self) -> Iterator[Unit]:
        """Yield the units that papers are made for."""
        yield from (unit for unit in self.campaign.units if self._is_for(unit))

    def owing(self) -> Iterator[UnitResult]:
        """Yield those among the units that owe something, with what that is."""
        results = self.consolidation.units
        yield from (one for one in results if one.debts and self._is_for(one.unit))

    def has_returned(self, unit: Unit) -> bool:
        """Tell whether a form of the unit came back."""
        own = (one for one in self.consolidation.units if one.unit.code == unit.code)
        return any(one.returned for one in own)

    @property
    def round(self) -> int:
        """The round of appraisal, which is one for all."""
        if not isinstance(self.number, int):
            raise TypeError("number")
        return self.number

    def number_for(self, unit: Unit) -> int:
        """Return the number of the unit's paper."""
        return self.number if isinstance(self.number, int) else self.number[unit.code]

    def _is_for(self, unit: Unit) -> bool:
        return self.only is None or unit.code in self.only
