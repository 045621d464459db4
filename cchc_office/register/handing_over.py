"""Papers handed over by other ways: what a person records, and what would be a mistake."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from cchc_office.errors import UsageError
from cchc_office.model import MOST_ROUNDS, Campaign, Unit
from cchc_office.papers.kinds import EXPLANATION, REMINDER, PaperKind, letters
from cchc_office.register import Handover, Register
from cchc_office.register.history import History


@dataclass(frozen=True)
class Told:
    """What a person tells: what was handed over, how, on which day, for the how-manieth time.

    `number` is None where it was not said.
    """

    kind: PaperKind
    way: str
    day: dt.date
    number: int | None = None


def check_told(told: Told, campaign: Campaign, today: dt.date) -> None:
    """Raise UsageError for what can be true of no unit."""
    earliest = dt.date(campaign.info.year - 1, 1, 1)
    if not told.way:
        raise UsageError("--cach cần nói giao bằng cách nào, ví dụ --cach “bản giấy, ông A nhận”.")
    if told.day > today:
        raise UsageError(f"Ngày giao {told.day:%d/%m/%Y} chưa đến.")
    if told.day < earliest:
        raise UsageError(
            f"Ngày giao {told.day:%d/%m/%Y} quá xa đợt chấm năm {campaign.info.year}; viết ngày "
            f"như 05/12/{campaign.info.year}."
        )
    if told.number and not told.kind.most:
        numbered = " hoặc ".join(f"--loai {letter.folder}" for letter in letters() if letter.most)
        raise UsageError(f"--lan chỉ dùng với {numbered}.")
    if told.number and told.kind is EXPLANATION and told.number > MOST_ROUNDS:
        raise UsageError(f"Chỉ có thẩm định lần 1 đến lần {MOST_ROUNDS}.")


def handovers_of(
    told: Told, units: Sequence[Unit], register: Register, now: dt.datetime
) -> list[Handover]:
    """Return what is to be recorded of each unit.

    Raises UsageError where it is recorded already, or where nobody can tell which reminder it was:
    nothing is recorded of any unit then.
    """
    history = History.of(register)
    return [_handover(told, unit, history, register, now) for unit in units]


def _handover(
    told: Told, unit: Unit, history: History, register: Register, now: dt.datetime
) -> Handover:
    number = told.number or _number(told, unit, history, register)
    for before in history.handovers_of(unit.code, told.kind, number):
        if (before.day, before.way.casefold()) == (told.day, told.way.casefold()):
            raise UsageError(
                f"Sổ đã có: {unit.code}, {told.kind.numbered(number)}, "
                f"ngày {told.day:%d/%m/%Y}: {before.way}. Không ghi thêm. Ghi nhầm thì gạch bỏ: "
                "cchc so xoa."
            )
    return Handover(unit.code, told.kind, told.way, told.day, now, number)


def _number(told: Told, unit: Unit, history: History, register: Register) -> int:
    """Return which reminder, or which round's request to explain, was handed over."""
    if not told.kind.most:
        return 0
    if told.kind is REMINDER:
        return _reminder(told, unit, history)
    made = register.papers()
    rounds = [p.reminder for p in made if p.unit == unit.code and p.kind is told.kind]
    return max(rounds, default=1)


def _reminder(told: Told, unit: Unit, history: History) -> int:
    before = history.reminded().get(unit.code)
    if before is None:
        return 1
    if told.day <= before.last:
        raise UsageError(
            f"{unit.code} đã được đôn đốc lần {before.number} ngày {before.last:%d/%m/%Y}, nên "
            f"không rõ việc giao ngày {told.day:%d/%m/%Y} là lần mấy. Thêm --lan {before.number} "
            "nếu vẫn là lần đó, giao thêm cách khác; thêm --lan với số khác nếu là lần khác."
        )
    return before.next_number
