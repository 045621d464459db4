"""The filters that templates are offered beside Jinja's: dates, numbers, capitals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from cchc_office.text import vietnamese
from cchc_office.text.vietnamese import (
    LARGEST_ROMAN,
    OfficialDate,
    decimal_of,
    format_decimal,
    official,
    parse_decimal,
    parse_official_date,
    upper,
)


class FilterError(ValueError):
    """A filter was given what it is not for; the message is for the clerk."""


def date_in_words(value: Any) -> str:
    """Return a date as "ngày 05 tháng 12 năm 2024"."""
    return _date(value).in_words


def short_date(value: Any) -> str:
    """Return a date as "05/12/2024"."""
    return _date(value).short


def decimal_comma(value: Any, places: int = 2) -> str:
    """Return a number with a decimal comma, rounded to `places`."""
    return format_decimal(_number(value), places)


def roman(value: Any) -> str:
    """Return a whole number in Roman numerals."""
    number = _number(value)
    if number != number.to_integral_value() or not 1 <= number <= LARGEST_ROMAN:
        raise FilterError(f"“{value}” không viết được bằng chữ số La Mã")
    return vietnamese.roman(int(number))


def capitals(value: Any) -> str:
    """Return a text in capitals."""
    return upper(str(value))


def first_capital(value: Any) -> str:
    """Return a text with its first letter in capitals, the others as they are."""
    text = str(value)
    return upper(text[:1]) + text[1:]


FILTERS: Mapping[str, Callable[..., str]] = {
    "ngay_bang_chu": date_in_words,
    "ngay_ngan": short_date,
    "so_thap_phan": decimal_comma,
    "la_ma": roman,
    "chu_hoa": capitals,
    "chu_hoa_dau": first_capital,
}
"""By the name that a template uses."""


def _date(value: Any) -> OfficialDate:
    if isinstance(value, OfficialDate):
        return value
    if isinstance(value, dt.date):
        return official(value)
    date = parse_official_date(value) if isinstance(value, str) else None
    if date is None:
        raise FilterError(f"{_quoted(value)} không phải là một ngày")
    return date


def _number(value: Any) -> Decimal:
    number: Decimal | None = None
    if isinstance(value, Decimal) and value.is_finite():
        number = value
    elif isinstance(value, int) and not isinstance(value, bool):
        number = Decimal(value)
    elif isinstance(value, float):
        number = decimal_of(value)
    elif isinstance(value, str):
        number = parse_decimal(value)
    if number is None:
        raise FilterError(f"{_quoted(value)} không phải là một số")
    return number


def _quoted(value: Any) -> str:
    """Return a value as a message shows it: what is no text or number is not spelt out."""
    is_plain = isinstance(value, str | int | float | Decimal)
    return f"“{value}”" if is_plain else "giá trị này"
