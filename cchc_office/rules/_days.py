"""Reading days: "trước 15/01: 1; trước 31/01: 0,5; sau: 0"."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from decimal import Decimal

from cchc_office.rules._bands import is_rest
from cchc_office.rules._parts import RulePart, score_of
from cchc_office.rules.values import ByDate, DayLimit, RuleReading, RuleWordsError

_EXPECTED = (
    "hạn như “trước 15/01: 1”, “đến hết 31/01: 0,5” và cuối cùng “sau: 0”; "
    "các hạn cách nhau bằng dấu chấm phẩy"
)
_DAY = (
    r"(?:(?:ngay )?\d{1,2}\s*[/.-]\s*\d{1,2}(?:\s*[/.-]\s*\d+)?"
    r"|(?:ngay )?\d{1,2} thang \d{1,2}(?: nam \d+)?)"
)
_NUMBERS = re.compile(r"\d+")
_ACTION = re.compile(
    r"^(?:(?:nop|gui|ban hanh|bao cao|gui bao cao|nop bao cao|hoan thanh|trinh|phe duyet) )"
)
_STRICT = r"(?:truoc|<|som hon)"
_INCLUSIVE = (
    r"(?:(?:truoc|den) (?:hoac|va) (?:trong|dung)|trong|den het|den|cham nhat(?: la| vao| den)?"
    r"|muon nhat(?: la| vao)?|han(?: nop)?(?: la| den)?|khong qua|<=|=<|≤)"
)
_LIMIT = re.compile(
    rf"(?:(?P<from>tu|sau) (?P<start>{_DAY}) )?"
    rf"(?:(?:den )?(?P<strict>{_STRICT})|(?P<inclusive>{_INCLUSIVE}))\s*(?P<day>{_DAY})"
)
_LATE = re.compile(r"sau(?: do| han| thoi han)?|(?:tre|cham|muon|qua)(?: han| hon)?")
_LATE_FROM = re.compile(rf"(?P<from>tu|sau) (?P<day>{_DAY})(?: tro di)?")


@dataclass
class _DaysReader:
    maximum: Decimal
    year: int
    yearless: list[str] = field(default_factory=list)
    limits: list[DayLimit] = field(default_factory=list)

    def limit(self, part: RulePart) -> None:
        match = _LIMIT.fullmatch(_ACTION.sub("", part.folded))
        if not match:
            raise RuleWordsError(part.text, _EXPECTED)
        if match["start"]:
            self._check_start(match["from"], match["start"], part)
        day = self.day(match["day"], part)
        limit = DayLimit(day, score_of(part, self.maximum), not match["strict"])
        last = self.limits[-1] if self.limits else None
        if last and (limit.day, limit.inclusive) <= (last.day, last.inclusive):
            raise RuleWordsError(part.text, "hạn muộn hơn hạn ghi trước: ghi hạn sớm trước")
        self.limits.append(limit)

    def late(self, part: RulePart) -> Decimal:
        said = _ACTION.sub("", part.folded)
        if match := _LATE_FROM.fullmatch(said):
            self._check_start(match["from"], match["day"], part)
        elif not _LATE.fullmatch(said) and not is_rest(part):
            raise RuleWordsError(part.text, "phần cuối là điểm khi quá mọi hạn: “sau: 0”")
        return score_of(part, self.maximum)

    def day(self, said: str, part: RulePart) -> dt.date:
        numbers = [int(number) for number in _NUMBERS.findall(said)]
        if len(numbers) == 2:
            self.yearless.append(f"{numbers[0]:02}/{numbers[1]:02}")
            numbers.append(self.year)
        try:
            if not 1900 <= numbers[2] <= 2999:
                raise ValueError(said)
            return dt.date(numbers[2], numbers[1], numbers[0])
        except ValueError:
            raise RuleWordsError(
                part.text, "ngày có thật, dạng ngày/tháng/năm: 15/01 hoặc 15/01/2024"
            ) from None

    def _check_start(self, word: str, said: str, part: RulePart) -> None:
        """Refuse a time that begins elsewhere than where the limit before it ended."""
        if not self.limits:
            raise RuleWordsError(part.text, "hạn đầu tiên không có ngày bắt đầu: “trước 15/01: 1”")
        last, one = self.limits[-1], dt.timedelta(days=1)
        free = last.day + one if last.inclusive else last.day
        start = free if word == "tu" else free - one
        # Without a year it is the day next to that limit, whatever the year there.
        numbers = [int(number) for number in _NUMBERS.findall(said)]
        if numbers != [start.day, start.month, start.year][: len(numbers)]:
            raise RuleWordsError(
                part.text, f"bắt đầu từ {free:%d/%m/%Y}, ngay sau hạn ghi trước, hoặc chỉ ghi “sau”"
            )


def read_days(parts: list[RulePart], maximum: Decimal, year: int) -> RuleReading:
    """Return the days that the parts of a rule say. Raises RuleWordsError."""
    reader = _DaysReader(maximum, year)
    *limits, last = parts
    for part in limits:
        reader.limit(part)
    if not limits or _LIMIT.fullmatch(_ACTION.sub("", last.folded)):
        reader.limit(last)
        raise RuleWordsError(last.text, "thêm “; sau: 0” (hoặc số điểm khác khi quá hạn)")
    late = reader.late(last)
    return RuleReading(ByDate(tuple(reader.limits), late), tuple(dict.fromkeys(reader.yearless)))
