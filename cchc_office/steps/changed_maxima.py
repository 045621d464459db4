"""Which maxima are other ones than units were told with their tasks."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from cchc_office.register.recording import told_maxima
from cchc_office.text import figures
from cchc_office.text.shortening import shortened

if TYPE_CHECKING:
    from cchc_office.steps.campaign_state import CampaignState


_LONGEST = 100


@dataclass(frozen=True)
class ChangedMaximum:
    """A row whose maximum is another one than units with old papers were told, and which units."""

    row: str
    was: str
    now: str
    units: tuple[str, ...]


def changed_maxima(state: CampaignState) -> tuple[ChangedMaximum, ...]:
    """Return what changed in the maxima since units with old papers were told them."""
    campaign = state.campaign
    told = state.standing.history.told_maxima() if state.standing else {}
    units: dict[tuple[str, str, str], list[str]] = {}
    for code in state.with_old:
        now = {one.criterion: one for one in told_maxima(campaign, campaign.unit(code))}
        for before in told.get(code, ()):
            after = now.get(before.criterion, before)
            if after.name == before.name and Decimal(after.maximum) != Decimal(before.maximum):
                key = before.criterion, before.maximum, after.maximum
                units.setdefault(key, []).append(campaign.unit(code).name)
    rows = {id_: campaign.criterion(id_) for id_, _, _ in units}
    return tuple(
        ChangedMaximum(
            shortened(" ".join((campaign.listed_code(rows[row]), rows[row].name)), _LONGEST),
            figures.given(Decimal(was)),
            figures.given(Decimal(now)),
            tuple(names),
        )
        for (row, was, now), names in units.items()
    )
