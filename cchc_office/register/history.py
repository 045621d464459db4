"""What the register tells of the past: who was reminded when, and what went out already."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from cchc_office.papers.kinds import REMINDER, PaperKind
from cchc_office.register import LIVE_STATES, Handover, Register, Sending
from cchc_office.text.vietnamese import VIETNAM


@dataclass(frozen=True, slots=True)
class Reminded:
    """How often a unit was reminded, and on which day last; `is_unclear` where nobody knows."""

    number: int
    last: dt.date
    is_unclear: bool = False

    @property
    def next_number(self) -> int:
        """The number of the next reminder; one that is unclear has to be settled first."""
        return self.number if self.is_unclear else self.number + 1

    def is_recent(self, today: dt.date, days_between: int) -> bool:
        """Tell whether the last reminder is too young for another one."""
        return (today - self.last).days < days_between


@dataclass(frozen=True)
class History:
    """What was sent and handed over so far."""

    sendings: tuple[Sending, ...] = ()
    handovers: tuple[Handover, ...] = ()

    @classmethod
    def of(cls, register: Register | None) -> History:
        """Return the history in a register; without one nothing happened yet."""
        return cls(register.sendings(), register.handovers()) if register else cls()

    def reminded(self) -> dict[str, Reminded]:
        """Return how often each unit was really reminded, by its code."""
        found: dict[str, Reminded] = {}
        for unit, reminded in self._reminders():
            known = found.get(unit)
            if known is None or (reminded.number, reminded.last) >= (known.number, known.last):
                found[unit] = reminded
        return found

    def _reminders(self) -> Iterable[tuple[str, Reminded]]:
        for sending in self.sendings:
            if sending.kind is REMINDER and sending.state in LIVE_STATES:
                day = (sending.settled or sending.intended).astimezone(VIETNAM).date()
                yield sending.unit, Reminded(sending.reminder, day, sending.is_unclear)
        for handover in self.handovers:
            if handover.kind is REMINDER:
                yield handover.unit, Reminded(handover.reminder, handover.day)

    def sendings_of(self, unit: str, kind: PaperKind, reminder: int) -> tuple[Sending, ...]:
        """Return the attempts to send a unit its papers of one kind."""
        return tuple(
            s for s in self.sendings if (s.unit, s.kind, s.reminder) == (unit, kind, reminder)
        )

    def handovers_of(self, unit: str, kind: PaperKind, reminder: int) -> tuple[Handover, ...]:
        """Return how a unit was handed its papers of one kind by other ways."""
        return tuple(
            h for h in self.handovers if (h.unit, h.kind, h.reminder) == (unit, kind, reminder)
        )
