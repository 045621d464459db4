"""What templates are offered: names with the kinds of their values, and filters beside Jinja's.

A template is checked against these before any letter is made.
"""

from __future__ import annotations

import datetime as dt
import re
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeAlias

from cchc_office.catalogue.findings import Code, FindingCode
from cchc_office.text import vietnamese

NO_BREAK_HYPHEN = "\u2011"
"""Stands in a value for a hyphen at which no line ends; Word has a sign of its own for it."""

_SYMBOL = re.compile(r"\d[\w/]*(?:-[\w/]+)+")


@dataclass(frozen=True)
class Picture:
    """A picture, set in the line where its tag stands: a file, or its bytes.

    `alt` is what is read out, or shown where pictures are not.
    """

    source: Path | bytes = field(repr=False)
    width_mm: float | None = None
    height_mm: float | None = None
    alt: str = ""


@dataclass(frozen=True)
class Plain:
    """A value without parts: `type` tells what can be asked of it."""

    type: type


@dataclass(frozen=True)
class ListOf:
    """A list, to be gone through with `for`."""

    item: Kind


@dataclass(frozen=True)
class Record:
    """An object whose parts are reached with a dot."""

    fields: Mapping[str, Kind]


@dataclass(frozen=True)
class Anything:
    """A value of which nothing is known, so that nothing about it can be wrong."""


Kind: TypeAlias = Plain | ListOf | Record | Anything
Names: TypeAlias = Mapping[str, Kind]

TEXT = Plain(str)
FLAG = Plain(bool)
NUMBER = Plain(int)
PICTURE = Plain(Picture)
ANYTHING = Anything()


def record_of(cls: type) -> Record:
    """Return the record that a dataclass of plain fields makes."""
    return Record({name: Plain(hint) for name, hint in typing.get_type_hints(cls).items()})


def dotted_names(names: Names) -> tuple[str, ...]:
    """Return every name that can be written, parts with their dots: `don_vi`, `don_vi.ten`."""
    found = []
    for name, kind in names.items():
        found.append(name)
        if isinstance(kind, Record):
            found += [f"{name}.{part}" for part in dotted_names(kind.fields)]
    return tuple(found)


# --- filters ---


class RefusedValueError(ValueError):
    """A value cannot be printed, or a filter is not for it: `code` and `found` tell why."""

    def __init__(self, code: FindingCode, found: str = "") -> None:
        super().__init__(code, found)
        self.code = code
        self.found = found


def _date_in_words(value: Any) -> str:
    """Return a date as "ngày 05 tháng 12 năm 2024"."""
    return _date(value).in_words


def _short_date(value: Any) -> str:
    """Return a date as "05/12/2024"."""
    return _date(value).short


def _decimal_comma(value: Any, places: int = 2) -> str:
    """Return a number with a decimal comma, rounded to `places`."""
    return vietnamese.format_decimal(_number(value), places)


def _roman(value: Any) -> str:
    """Return a whole number in Roman numerals."""
    number = _number(value)
    if number != number.to_integral_value() or not 1 <= number <= vietnamese.LARGEST_ROMAN:
        raise RefusedValueError(
            Code.TEMPLATE_CALCULATION, f"“{value}” không viết được bằng chữ số La Mã"
        )
    return vietnamese.roman(int(number))


def _capitals(value: Any) -> str:
    """Return a text in capitals."""
    return vietnamese.upper(str(value))


def _first_capital(value: Any) -> str:
    """Return a text with its first letter in capitals, the others as they are."""
    text = str(value)
    return vietnamese.upper(text[:1]) + text[1:]


def _unbroken(value: Any) -> str:
    """Return a text whose symbols stay on one line: "57-NQ/TW"."""
    return _SYMBOL.sub(lambda found: found.group().replace("-", NO_BREAK_HYPHEN), str(value))


FILTERS: Mapping[str, Callable[..., str]] = {
    "ngay_bang_chu": _date_in_words,
    "ngay_ngan": _short_date,
    "so_thap_phan": _decimal_comma,
    "la_ma": _roman,
    "chu_hoa": _capitals,
    "chu_hoa_dau": _first_capital,
    "khong_ngat": _unbroken,
}
"""By the name that a template uses."""


def _date(value: Any) -> vietnamese.OfficialDate:
    if isinstance(value, vietnamese.OfficialDate):
        return value
    if isinstance(value, dt.date):
        return vietnamese.official(value)
    date = vietnamese.parse_official_date(value) if isinstance(value, str) else None
    if date is None:
        raise _not_for(value, "không phải là một ngày")
    return date


def _number(value: Any) -> Decimal:
    number: Decimal | None = None
    if isinstance(value, Decimal) and value.is_finite():
        number = value
    elif isinstance(value, int) and not isinstance(value, bool):
        number = Decimal(value)
    elif isinstance(value, float):
        number = vietnamese.decimal_of(value)
    elif isinstance(value, str):
        number = vietnamese.parse_decimal(value)
    if number is None:
        raise _not_for(value, "không phải là một số")
    return number


def _not_for(value: Any, why: str) -> RefusedValueError:
    """Return the error for a value as a message shows it: only texts and numbers are spelt out."""
    is_plain = isinstance(value, str | int | float | Decimal)
    shown = f"“{value}”" if is_plain else "giá trị này"
    return RefusedValueError(Code.TEMPLATE_CALCULATION, f"{shown} {why}")
