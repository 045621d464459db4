"""What a unit typed into a cell for a figure, a day or a choice; nothing is guessed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from cchc_office.papers.form.layout import FIRST_DAY, NO, NOT_APPLICABLE, YES
from cchc_office.returns.form_sheet import shown_text
from cchc_office.returns.score_cell import read_percent, read_score
from cchc_office.sheets.reading import Value
from cchc_office.text import figures
from cchc_office.text.vietnamese import (
    clean_line,
    fold,
    official,
    parse_decimal,
    parse_official_date,
)

_NUMBER = "một số từ 0 trở lên, không kèm chữ."
_WHOLE_NUMBER = "một số nguyên từ 0 trở lên, không kèm chữ."
_DAY = f"ngày, tháng, năm từ {official(FIRST_DAY).short} trở đi, ví dụ 31/01/2024."
_CHOICE = f"“{YES}” hoặc “{NO}”."
_CHOICES = {"co": True, "x": True, "khong": False}
_COUNTED = re.compile(r"([\d.,½¼¾]+)\s+(\D+)")
_DAY_ZERO = dt.date(1899, 12, 30)
_LAST_NUMBER_OF_DAY = 73_050  # 31/12/2099


@dataclass(frozen=True, slots=True)
class DeclaredCell:
    """An input cell as read: `value` where it is plain, else `expected` says what it should hold.

    `text` is what was typed, empty for a blank cell; `from_text` tells that the value stands there
    in another form than the sheet's own.
    """

    text: str = ""
    value: Decimal | dt.date | bool | None = None
    not_applicable: bool = False
    from_text: bool = False
    expected: str = ""

    @property
    def is_unreadable(self) -> bool:
        """Tell whether something stands there that is no value."""
        return bool(self.text) and self.value is None and not self.not_applicable

    @property
    def shown(self) -> str:
        """The value as people read it."""
        if isinstance(self.value, bool):
            return YES if self.value else NO
        if isinstance(self.value, Decimal):
            return figures.as_typed(self.value)
        return official(self.value).short if self.value else ""


def read_declared(value: Value, read: Callable[[Value], DeclaredCell]) -> DeclaredCell:
    """Return what stands in an input cell: blank, "không áp dụng", or what `read` makes of it."""
    if isinstance(value, str):
        text = shown_text(value)
        if not text:
            return DeclaredCell()
        if fold(text) == fold(NOT_APPLICABLE):
            return DeclaredCell(text, not_applicable=True)
        cell = read(text)
        return replace(cell, text=clean_line(value))
    return read(value)


def read_figure(
    value: Value, *, item: str = "", is_percent: bool = False, is_count: bool = False
) -> DeclaredCell:
    """Read a number; `item` is the word that may stand behind it ("5 văn bản")."""
    expected = _WHOLE_NUMBER if is_count else _NUMBER
    if isinstance(value, float) and is_percent:
        return DeclaredCell(read_percent(value, Decimal(0)).text, expected=expected)
    counted = _COUNTED.fullmatch(value) if isinstance(value, str) and item else None
    if counted and fold(counted.group(2)) == fold(item):
        number = parse_decimal(counted.group(1))
        if number is not None:
            return DeclaredCell(str(value), number, from_text=True)
    typed = read_score(value)
    if typed.score is not None:
        return DeclaredCell(typed.text, typed.score, from_text=typed.from_text)
    proposal = typed.proposal.replace(" điểm?", "?")
    return DeclaredCell(typed.text, expected=f"{expected} {proposal}".strip())


def read_day(value: Value) -> DeclaredCell:
    """Read a day: a date, or one typed as text, day first."""
    if isinstance(value, dt.datetime):
        value = value.date()
    if isinstance(value, dt.date):
        return _known_day(official(value).short, value)
    if isinstance(value, str):
        date = parse_official_date(value)
        day = date.complete if date else None
        return _known_day(value, day, from_text=True)
    text = shown_text(value)
    if isinstance(value, float) and 0 < value <= _LAST_NUMBER_OF_DAY:
        day = _DAY_ZERO + dt.timedelta(days=int(value))
        if day >= FIRST_DAY:
            proposal = f"Có phải là ngày {official(day).short}?"
            return DeclaredCell(text, expected=f"{_DAY} {proposal}")
    return DeclaredCell(text, expected=_DAY)


def _known_day(text: str, day: dt.date | None, *, from_text: bool = False) -> DeclaredCell:
    if day is None or day < FIRST_DAY:
        return DeclaredCell(text, expected=_DAY)
    return DeclaredCell(text, day, from_text=from_text)


def read_choice(value: Value) -> DeclaredCell:
    """Read "Có" or "Không"; an x is a "Có"."""
    if isinstance(value, bool):
        return DeclaredCell(YES if value else NO, value, from_text=True)
    text = shown_text(value)
    choice = _CHOICES.get(fold(text))
    if choice is None:
        return DeclaredCell(text, expected=_CHOICE)
    is_usual = text.casefold() in (YES.casefold(), NO.casefold())
    return DeclaredCell(text, choice, from_text=not is_usual)
