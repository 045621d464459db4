"""Days: parts of a rule that each give a score up to a day.

"trước 15/01: 1", "trong tháng 12 năm trước liền kề: 1", "trong quý I: 0,5"; at last "sau: 0".
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass, field
from decimal import Decimal

from cchc_office.rules._parts import RulePart, is_rest, score_of
from cchc_office.rules.values import (
    ByDate,
    ContradictionError,
    DayLimit,
    RuleReading,
    RuleWordsError,
)

_DAY = re.compile(r"\d\s*/\s*\d|\b(?:(?:ngay|thang) \d|quy [1-4i]|truoc\b|cham nhat\b|han\b)")
_EXPECTED = (
    "hạn như “trước 15/01: 1”, “đến hết 31/01: 0,5” và cuối cùng “sau: 0”; "
    "các hạn cách nhau bằng dấu chấm phẩy"
)
_ANY_DAY = (
    r"(?:(?:ngay )?\d{1,2}\s*[/.-]\s*\d{1,2}(?:\s*[/.-]\s*\d+)?"
    r"|(?:ngay )?\d{1,2} thang \d{1,2}(?: nam \d+)?)"
)
_NUMBERS = re.compile(r"\d+")
_ACTION = re.compile(
    r"^(?:(?!(?:truoc|sau|som|tu|den|trong|cham|muon|tre|han|qua|khong|chua|quy|thang|ngay)\b)"
    r"[a-z]+ )+"
    r"(?=(?:truoc|sau|som|tu|den|trong|cham|muon|tre|han|qua|khong qua)\b|[<≤])"
)
_OF_YEAR = (
    r"(?:\s*(?:cua )?(?P<{0}>nam (?:truoc|lien truoc|ke truoc|sau|ke tiep|tiep theo|lien sau)"
    r"(?: lien ke)?(?: (?:cua |so voi )?(?:nam )?(?:ke hoach|danh gia|bao cao|cham diem))?"
    r"|nam \d{{4}}|/\d{{4}}|nam (?:ke hoach|danh gia|bao cao|nay|hien tai|cham diem)))?"
)
_PERIOD = re.compile(
    r"(?P<how>trong|den het|het|den|cham nhat(?: la)?(?: trong)?|truoc|sau|tu)"
    r" (?:thang (?P<month>\d{1,2})|quy (?P<quarter>iv|i{1,3}|[1-4]))\b"
    rf"{_OF_YEAR.format('year')}"
)
_DAY_OF_YEAR = re.compile(rf"(?P<day>\d{{1,2}}\s*/\s*\d{{1,2}})(?!\s*/){_OF_YEAR.format('year')}")
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_STRICT = r"(?:truoc|<|som hon)"
_INCLUSIVE = (
    r"(?:(?:truoc|den) (?:hoac|va) (?:trong|dung)|trong|den het|den|cham nhat(?: la| vao| den)?"
    r"|muon nhat(?: la| vao)?|han(?: nop)?(?: la| den)?|khong qua|<=|=<|≤)"
)
_LIMIT = re.compile(
    rf"(?:(?P<from>tu|sau) (?P<start>{_ANY_DAY}) )?"
    rf"(?:(?:den )?(?P<strict>{_STRICT})|(?P<inclusive>{_INCLUSIVE}))\s*(?P<day>{_ANY_DAY})"
)
_AFTER_ALL = r"(?: (?:nay|tren|neu tren|quy dinh|noi tren))?"
_OR_NEVER = r"(?: hoac khong [a-z ]+)?"
_LATE = re.compile(
    rf"(?:sau(?: do| han| thoi (?:han|gian|diem){_AFTER_ALL})?"
    rf"|(?:tre|cham|muon|qua)(?: (?:han|hon|thoi han|thoi gian){_AFTER_ALL})?){_OR_NEVER}"
)
_LATE_FROM = re.compile(rf"(?P<from>tu|sau) (?P<day>{_ANY_DAY})(?: tro di)?{_OR_NEVER}")
_NEVER = re.compile(r"khong [a-z ]+")


def _quarter(period: re.Match[str]) -> int:
    return _QUARTERS.get(period["quarter"]) or int(period["quarter"])


@dataclass
class _DaysReader:
    maximum: Decimal
    year: int
    deducts: bool
    yearless: list[str] = field(default_factory=list)
    limits: list[DayLimit] = field(default_factory=list)

    def said(self, part: RulePart) -> str:
        """Return what a part says of days, months and quarters as days."""
        said = _ACTION.sub("", part.folded)
        return _DAY_OF_YEAR.sub(self._with_year, _PERIOD.sub(self._last_day, said))

    def _last_day(self, period: re.Match[str]) -> str:
        quarter = period["quarter"]
        months = 3 * _quarter(period) if quarter else 0
        last = months or int(period["month"])
        year = self._year(period["year"])
        if not 1 <= last <= 12:
            return period[0]
        how = period["how"]
        if how in ("truoc", "tu"):
            day, first = 1, last - 2 if quarter else last
            return f"{how} {day:02}/{first:02}{f'/{year}' if year else ''}"
        end = calendar.monthrange(year or self.year, last)[1]
        until = "sau" if how == "sau" else "den het"
        return f"{until} {end}/{last:02}{f'/{year}' if year else ''}"

    def _with_year(self, day: re.Match[str]) -> str:
        year = self._year(day["year"])
        return f"{day['day']}/{year}" if year else day["day"]

    def _year(self, said: str | None) -> int | None:
        """Return the year that words name; None where they name none."""
        if not said:
            return None
        if number := re.search(r"\d{4}", said):
            return int(number[0])
        if re.match(r"nam (?:lien |ke )?truoc", said):
            return self.year - 1
        return self.year + (re.match(r"nam (?:sau|ke tiep|tiep theo|lien sau)", said) is not None)

    def limit(self, part: RulePart) -> None:
        match = _LIMIT.fullmatch(self.said(part))
        if not match:
            raise RuleWordsError(part.text, _EXPECTED)
        if match["start"]:
            self._check_start(match["from"], match["start"], part)
        self._check_period(part)
        day = self.day(match["day"], part)
        limit = DayLimit(
            day, score_of(part, self.maximum, deducts=self.deducts), not match["strict"]
        )
        last = self.limits[-1] if self.limits else None
        if last and (limit.day, limit.inclusive) <= (last.day, last.inclusive):
            raise ContradictionError(part.text, "hạn muộn hơn hạn ghi trước: ghi hạn sớm trước")
        self.limits.append(limit)

    def _check_period(self, part: RulePart) -> None:
        """Refuse a month or quarter that leaves days open behind the limit before it."""
        period = _PERIOD.match(_ACTION.sub("", part.folded))
        if period is None or period["how"] != "trong" or not self.limits:
            return
        first = 3 * _quarter(period) - 2 if period["quarter"] else int(period["month"])
        begins = dt.date(self._year(period["year"]) or self.year, first, 1)
        last = self.limits[-1]
        if begins > last.day + dt.timedelta(days=last.inclusive):
            raise ContradictionError(
                part.text, f"nói rõ từ sau {last.day:%d/%m/%Y} đến trước {begins:%d/%m/%Y} mấy điểm"
            )

    def late(self, part: RulePart) -> Decimal:
        said = self.said(part)
        if match := _LATE_FROM.fullmatch(said):
            self._check_start(match["from"], match["day"], part)
        elif not _LATE.fullmatch(said) and not is_rest(part):
            raise RuleWordsError(part.text, "phần cuối là điểm khi quá mọi hạn: “sau: 0”")
        return score_of(part, self.maximum, deducts=self.deducts)

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
            raise ContradictionError(
                part.text, "ngày có thật, dạng ngày/tháng/năm: 15/01 hoặc 15/01/2024"
            ) from None

    def _check_start(self, word: str, said: str, part: RulePart) -> None:
        """Refuse a time that begins elsewhere than where the limit before it ended."""
        if not self.limits:
            raise ContradictionError(
                part.text, "hạn đầu tiên không có ngày bắt đầu: “trước 15/01: 1”"
            )
        last, one = self.limits[-1], dt.timedelta(days=1)
        free = last.day + one if last.inclusive else last.day
        start = free if word == "tu" else free - one
        # Without a year it is the day next to that limit, whatever the year there.
        numbers = [int(number) for number in _NUMBERS.findall(said)]
        if numbers != [start.day, start.month, start.year][: len(numbers)]:
            raise ContradictionError(
                part.text, f"bắt đầu từ {free:%d/%m/%Y}, ngay sau hạn ghi trước, hoặc chỉ ghi “sau”"
            )


def speaks_of_days(parts: list[RulePart]) -> bool:
    """Tell whether any part speaks of a day, a month or a quarter."""
    return any(_DAY.search(part.folded) for part in parts)


def read_days(
    parts: list[RulePart],
    maximum: Decimal,
    year: int,
    *,
    deducts: bool = False,
    of_office: bool = False,
) -> RuleReading:
    """Return the days that the parts of a rule say. Raises RuleWordsError."""
    reader = _DaysReader(maximum, year, deducts)
    *limits, last = _without_never(parts, maximum)
    _check_actions(parts)
    for part in limits:
        reader.limit(part)
    if not limits or _LIMIT.fullmatch(reader.said(last)):
        reader.limit(last)
        if not of_office:
            raise ContradictionError(last.text, "thêm “; sau: 0” (hoặc số điểm khác khi quá hạn)")
        late = Decimal(0)
    else:
        late = reader.late(last)
    if of_office and maximum not in (late, *(limit.score for limit in reader.limits)):
        raise RuleWordsError(parts[0].text, "một hạn được điểm tối đa của dòng")
    return RuleReading(ByDate(tuple(reader.limits), late), tuple(dict.fromkeys(reader.yearless)))


def _without_never(parts: list[RulePart], maximum: Decimal) -> list[RulePart]:
    """Return the parts without "không ban hành: 0", where being late gives nothing either."""
    *others, last = parts
    if len(others) < 2 or not _NEVER.fullmatch(last.folded):
        return parts
    scores = [score_of(part, maximum) for part in (others[-1], last)]
    return others if scores == [0, 0] else parts


def _check_actions(parts: list[RulePart]) -> None:
    """Refuse days of different things: what is said before each is how another begins."""
    found = [_ACTION.match(part.folded) for part in parts]
    actions = [match[0].split() for match in found if match]
    longest = max(actions, key=len, default=[])
    if any(action != longest[: len(action)] for action in actions):
        raise RuleWordsError(parts[0].text, "mọi hạn đều của cùng một việc")
