"""What a cell can hold: what a format makes of its number, and what of it is crossed out."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Container, Hashable, Iterable
from dataclasses import dataclass, field
from enum import Enum
from operator import itemgetter
from typing import Generic, TypeVar

from cchc_office.sheets.reading.values import DoubtfulCell, StruckCell, Value
from cchc_office.text import figures
from cchc_office.text.crossed_out import parted
from cchc_office.text.vietnamese import decimal_of


@dataclass(frozen=True, slots=True)
class Percentage:
    """A number that is shown as a percentage: 0.5 as "50%"."""

    number: float


Content = Value | Percentage | DoubtfulCell
"""What a cell can hold; a blank one holds ''."""

LeftContent = Content | StruckCell
"""What a cell holds once what is crossed out was left out."""

NOT_A_NUMBER = "#NUM!"
ERROR_NAMES = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: NOT_A_NUMBER,
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
"""The errors of a cell in binary workbooks ([MS-XLS] 2.5.10, [MS-XLSB] 2.5.97.2)."""


# --- numbers: formats tell dates and durations (ECMA-376 part 1, 18.8.30) ---


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


def meant_by(number: float, kind: NumberKind | None, *, from_1904: bool) -> Value | Percentage:
    """Return a number as what it means, None being plain; a number that is no day stays one."""
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


# --- what is crossed out: a struck-out value is no value ---

Style = TypeVar("Style", bound=Hashable)
Runs = tuple[tuple[str, bool | None], ...]
"""The pieces of a text and whether each is crossed out; None where that is as its cell is."""


@dataclass
class Strikes(Generic[Style]):
    """What is crossed out in a workbook: styles of cells, and the shared texts that have runs.

    `runs` holds texts by their number, only where that may make a difference.
    """

    styles: set[Style] = field(default_factory=set)
    runs: dict[int, Runs] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Tell whether anything is crossed out at all: mostly nothing is."""
        return bool(self.styles or self.runs)

    def left_of(self, content: Content, style: Style, text: int | None = None) -> LeftContent:
        """Return what is left of a cell's content; `text` is the number of a shared text."""
        runs = self.runs.get(text) if text is not None else None
        return self.left_of_runs(runs, style) if runs else self._left_of_whole(content, style)

    def left_of_runs(self, runs: Runs, style: Style) -> LeftContent:
        """Return what is left of a text that stands in a cell of this style."""
        is_struck = style in self.styles
        return left_of_text((text, is_struck if own is None else own) for text, own in runs)

    def _left_of_whole(self, content: Content, style: Style) -> LeftContent:
        return crossed_out(content) if style in self.styles else content


def crossed_out(content: Content) -> LeftContent:
    """Return a cell's content as crossed out; of a blank cell nothing is."""
    if isinstance(content, Percentage):
        shown = f"{figures.as_typed(decimal_of(content.number) * 100)}%"
        return StruckCell(content.number, shown)
    value = content.text if isinstance(content, DoubtfulCell) else content
    if isinstance(value, str) and not value.strip():
        return content
    return StruckCell(value, value)


def left_of_text(pieces: Iterable[tuple[str, bool]]) -> str | StruckCell:
    """Return what is left of a text whose pieces are crossed out or not."""
    pieces = tuple(pieces)
    written = "".join(text for text, _ in pieces)
    left, struck = parted(pieces)
    return StruckCell(written, struck, left) if struck else written


def runs_of(text: str, formatting: Iterable[tuple[int, int]], struck_fonts: Container[int]) -> Runs:
    """Return the pieces of a text ([MS-XLS] FormatRun, [MS-XLSB] StrRun).

    `formatting` tells where a piece begins, counted in UTF-16, and the number of its font.
    """
    encoded = text.encode("utf-16-le", "surrogatepass")
    begin: int = 0
    is_struck: bool | None = None
    pieces: list[tuple[str, bool | None]] = []
    for start, font in [*sorted(formatting, key=itemgetter(0)), (len(encoded) // 2, 0)]:
        piece = encoded[2 * begin : 2 * start].decode("utf-16-le", "replace")
        if piece:
            pieces.append((piece, is_struck))
        begin, is_struck = start, font in struck_fonts
    return tuple(pieces)
