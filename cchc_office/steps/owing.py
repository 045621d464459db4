"""Which units still owe something, and which of them the days to the deadline mean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cchc_office.catalogue.findings import Code, Finding
from cchc_office.model import Consolidation, UnitResult
from cchc_office.text.vietnamese import time_left


@dataclass(frozen=True, slots=True)
class Due:
    """Which units are reminded, by the deadline of their forms.

    Without `before_deadline` those that returned nothing only once it is over. With `days_left`
    only those that returned nothing and have at most so many days; with `days_over` only once it
    has been over for at least so many days. A campaign without a deadline has neither.
    """

    before_deadline: bool = True
    days_left: int | None = None
    days_over: int | None = None

    @property
    def counts_days(self) -> bool:
        """Whether it goes by a number of days to or from the deadline."""
        return (self.days_left, self.days_over) != (None, None)

    def means(self, data: Consolidation, result: UnitResult) -> bool:
        """Tell whether the unit is to be reminded of what it owes on the day of `data`."""
        deadline = data.campaign.info.deadline
        left = None if deadline is None else (deadline - data.as_of).days
        if self.days_left is not None:
            return not result.returned and left is not None and 0 <= left <= self.days_left
        if self.days_over is not None:
            return left is not None and -left >= self.days_over
        return self.before_deadline or bool(result.returned) or (left is not None and left < 0)

    def put_off(self, data: Consolidation) -> Iterator[Finding]:
        """Yield what to tell of units that owe something and, by a number of days, get nothing."""
        deadline = data.campaign.info.deadline
        codes = [result.unit.code for result in owing(data) if not self.means(data, result)]
        if deadline is None or not codes or not self.counts_days:
            return
        left = (deadline - data.as_of).days
        wanted = f"khi đã quá hạn từ {self.days_over} ngày"
        if self.days_left is not None:
            wanted = f"nơi chưa nộp, khi còn không quá {self.days_left} ngày"
        found = ", ".join(codes)
        yield Finding(Code.REMINDER_NOT_DUE, about=time_left(left), found=found, expected=wanted)


ANY_TIME = Due()
ONCE_OVERDUE = Due(before_deadline=False)


def owing(data: Consolidation, due: Due = ANY_TIME) -> tuple[UnitResult, ...]:
    """Return the units that still owe something, those that `due` means."""
    return tuple(unit for unit in data.units if unit.debts and due.means(data, unit))
