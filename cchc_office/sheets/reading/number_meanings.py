"""What a number in a cell means: formats tell dates and durations (ECMA-376 part 1, 18.8.30)."""

from __future__ import annotations

import datetime as dt
import math
import re
from dataclasses import dataclass
from enum import Enum

from cchc_office.sheets.reading.values import Value


class NumberKind(Enum):
    """What a number format makes of a number."""

    PLAIN = "plain"
    PERCENT = "percent"
    DATE = "date"
    DURATION = "duration"


_OF_TIME = (NumberKind.DATE, NumberKind.DURATION)
BUILT_IN_KINDS = {
    **dict.fromkeys((*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)), NumberKind.DATE),
    46: NumberKind.DURATION,
    9: NumberKind.PERCENT,
    10: NumberKind.PERCENT,
}
"""The kinds of the formats that every office program knows by number; others are plain."""

_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_NO_PLACEHOLDER = re.compile(r'"[^"]*(?:"|$)|\[[^\]]*\]|[\\_*].', re.DOTALL)
_DATE_LETTER = re.compile(r"[dmyhs]", re.IGNORECASE)
_GENERAL = re.compile(r"general|standard", re.IGNORECASE)

# What Excel allows; expressions must not be let loose on more.
_LONGEST_CODE = 255

_MILLISECONDS_A_DAY = 86_400_000
_MOST_DAYS = 10_000_000
_LAST_DAY = dt.date(9999, 12, 31)
_FROM_1904 = dt.date(1904, 1, 1)
# Excel counts a 29 February 1900 that never was: day 61 is 1 March.
_FROM_1900 = dt.date(1899, 12, 30)
_FROM_1900_BEFORE_MARCH = dt.date(1899, 12, 31)
_DAY_THAT_NEVER_WAS = 60


@dataclass(frozen=True, slots=True)
class Percentage:
    """A number that is shown as a percentage: 0.5 as "50%"."""

    number: float


def kind_of_format(code: str) -> NumberKind:
    """Return what a format code such as "dd/mm/yyyy" makes of a number."""
    section = _first_section(code[:_LONGEST_CODE])
    if _ELAPSED.search(section):
        return NumberKind.DURATION
    letters = _GENERAL.sub("", _NO_PLACEHOLDER.sub("", section))
    if _DATE_LETTER.search(letters):
        return NumberKind.DATE
    return NumberKind.PERCENT if "%" in letters else NumberKind.PLAIN


def _first_section(code: str) -> str:
    """Return the code for positive numbers; a semicolon in quotes does not end it."""
    quoted = False
    for place, letter in enumerate(code):
        if letter == '"':
            quoted = not quoted
        elif letter == ";" and not quoted:
            return code[:place]
    return code


def meant_by(number: float, kind: NumberKind, *, from_1904: bool) -> Value | Percentage:
    """Return a number as what it means; a number that is no day stays one."""
    if kind is NumberKind.PERCENT:
        return Percentage(number)
    if kind not in _OF_TIME or not abs(number) < _MOST_DAYS:
        return number
    milliseconds = math.floor(number * _MILLISECONDS_A_DAY + 0.5)
    if kind is NumberKind.DURATION:
        return dt.timedelta(milliseconds=milliseconds)
    return _moment(number, milliseconds, from_1904=from_1904)


def time_of_day(since_midnight: dt.timedelta) -> dt.time:
    """Return the time that a duration below a day leads to."""
    # A sheet knows no time zones.
    return (dt.datetime.combine(_LAST_DAY, dt.time()) + since_midnight).time()


def _moment(number: float, milliseconds: int, *, from_1904: bool) -> Value:
    if number < 0:
        return number
    if number < 1:
        return time_of_day(dt.timedelta(milliseconds=min(milliseconds, _MILLISECONDS_A_DAY - 1)))
    days, within = divmod(milliseconds, _MILLISECONDS_A_DAY)
    start = _FROM_1904 if from_1904 else _FROM_1900
    if not from_1904 and days < _DAY_THAT_NEVER_WAS:
        start = _FROM_1900_BEFORE_MARCH
    if days > (_LAST_DAY - start).days:
        return number
    day = start + dt.timedelta(days=days)
    if number == int(number):
        return day
    # A sheet knows no time zones.
    return dt.datetime.combine(day, dt.time()) + dt.timedelta(milliseconds=within)
