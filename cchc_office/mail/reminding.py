"""Who is to be reminded now, and for the how-manieth time, by what really went out before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cchc_office.catalogue.findings import Code, Finding
from cchc_office.model import UnitResult
from cchc_office.register.history import Reminded


@dataclass(frozen=True)
class ReminderPlan:
    """The number of the next reminder of each unit that owes something, by its code.

    `waiting` are the units among them whose last reminder is too young, or unclear.
    """

    numbers: Mapping[str, int]
    waiting: frozenset[str] = frozenset()
    findings: tuple[Finding, ...] = ()


def plan_reminders(
    owing: Iterable[UnitResult],
    reminded: Mapping[str, Reminded],
    today: dt.date,
    days_between: int,
) -> ReminderPlan:
    """Return which reminder each unit is due; `days_between` lie between two at least."""
    numbers: dict[str, int] = {}
    waiting: set[str] = set()
    findings: list[Finding] = []
    for result in owing:
        unit = result.unit
        before = reminded.get(unit.code)
        numbers[unit.code] = before.next_number if before else 1
        # An unclear one is not too young: it has to be settled, and sending says so.
        if before and not before.is_unclear and before.is_recent(today, days_between):
            waiting.add(unit.code)
            findings.append(
                Finding(
                    Code.MAIL_REMINDED_RECENTLY,
                    about=unit.name,
                    found=str(before.number),
                    expected=f"{before.last:%d/%m/%Y}",
                    unit=unit.code,
                )
            )
    return ReminderPlan(numbers, frozenset(waiting), tuple(findings))
