"""What a unit typed into a score cell."""

from __future__ import annotations

import datetime as dt
import math
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from cchc_office.papers.form.layout import NOT_APPLICABLE
from cchc_office.sheets.reading import Value
from cchc_office.text import figures
from cchc_office.text.vietnamese import clean_line, decimal_of, fold, parse_decimal

_LEADING_NUMBER = re.compile(r"(\d+(?:[.,]\d{1,2})?)\s*(?:điểm)?\s*[(;:–-][^%/]*$")
_PERCENT = re.compile(r"(\d+(?:[.,]\d{1,2})?)\s*%")
_OUT_OF = re.compile(r"(\d+(?:[.,]\d{1,2})?)\s*/\s*(\d+(?:[.,]\d{1,2})?)(?:\s*điểm)?")
# Excel counts days from 1900, or from 1904.
_FIRST_YEARS = (1900, 1904)
_ASK = "Có phải là {} điểm?"


@dataclass(frozen=True)
class TypedScore:
    """A score cell as read.

    `score` is the number where it is plain, with `decimals` places; `text` what was typed;
    `from_text` tells that a number was typed as text; `proposal` is a reading to ask about, where
    there is one.
    """

    text: str
    score: Decimal | None = None
    not_applicable: bool = False
    from_text: bool = False
    proposal: str = ""
    decimals: int = 0

    @property
    def is_blank(self) -> bool:
        """Tell whether nothing was typed: blank is not 0."""
        return not self.text


@lru_cache(maxsize=16_384, typed=True)  # the same few scores stand in most cells
def read_score(value: Value, maximum: Decimal = Decimal(0)) -> TypedScore:
    """Read what stands in a score cell; nothing is guessed. Proposals heed the `maximum`."""
    if isinstance(value, bool):
        return TypedScore("TRUE" if value else "FALSE")
    if isinstance(value, int | float) and math.isfinite(value):
        score = decimal_of(value)
        return _plain(figures.as_typed(score), score)
    if isinstance(value, dt.date):
        return _read_date(value)
    if isinstance(value, dt.time | dt.timedelta):
        return _read_time(value)
    text = clean_line(str(value))
    if fold(text) == fold(NOT_APPLICABLE):
        return TypedScore(text, not_applicable=True)
    score_in_text = parse_decimal(text) if text else None
    if score_in_text is not None:
        return _plain(text, score_in_text, from_text=True)
    return TypedScore(text, proposal=_proposal(text, maximum))


def read_percent(value: float, maximum: Decimal) -> TypedScore:
    """Read a number that the sheet shows as a percentage: 0.5 stands there as "50%"."""
    score = decimal_of(value)
    text = f"{figures.as_typed(score * 100)}%"
    of_maximum = score * maximum
    if of_maximum == score:
        return _plain(text, score, from_text=True)
    readings = f"{figures.as_typed(score)} điểm, hay {text} của điểm tối đa"
    proposal = f"Là {readings} ({figures.as_typed(of_maximum)} điểm)?"
    return TypedScore(text, proposal=proposal)


def _plain(text: str, score: Decimal, *, from_text: bool = False) -> TypedScore:
    exponent = score.normalize().as_tuple().exponent
    decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    return TypedScore(text, score, from_text=from_text, decimals=decimals)


def _read_date(value: dt.date) -> TypedScore:
    if value.year in _FIRST_YEARS:
        return _number_shown_as_day(value)
    readings = dict.fromkeys((f"{value.day},{value.month}", f"{value.month},{value.day}"))
    proposal = f"Excel có thể đã đổi {' hoặc '.join(readings)} thành ngày."
    return TypedScore(value.strftime("%d/%m/%Y"), proposal=proposal)


def _number_shown_as_day(value: dt.date) -> TypedScore:
    """Read a small number in a cell that Excel had made one for dates: 2 is shown as 2 January."""
    moment = value if isinstance(value, dt.datetime) else dt.datetime.combine(value, dt.time())
    start = dt.datetime(value.year, 1, 1, tzinfo=moment.tzinfo)
    days = (moment - start) / dt.timedelta(days=1) + (1 if value.year == _FIRST_YEARS[0] else 0)
    shown = figures.as_typed(decimal_of(days))
    return TypedScore(value.strftime("%d/%m/%Y"), proposal=_ASK.format(shown))


def _read_time(value: dt.time | dt.timedelta) -> TypedScore:
    """Read a number in a cell for times: 0.5 is shown as 12:00."""
    if isinstance(value, dt.time):
        spent = dt.timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)
        spent += dt.timedelta(microseconds=value.microsecond)
    else:
        spent = value
    days = figures.as_typed(decimal_of(spent / dt.timedelta(days=1)))
    return TypedScore(str(value), proposal=_ASK.format(days))


def _proposal(text: str, maximum: Decimal) -> str:
    """Return the reading to ask about: one plain number with words after it, a share, a part."""
    if match := _PERCENT.fullmatch(text):
        share = Decimal(match.group(1).replace(",", ".")) / 100
        return _ASK.format(figures.as_typed(share * maximum)) if maximum else ""
    if match := _OUT_OF.fullmatch(text):
        said, whole = (Decimal(part.replace(",", ".")) for part in match.groups())
        return _ASK.format(figures.as_typed(said)) if whole == maximum else ""
    match = _LEADING_NUMBER.match(text)
    return _ASK.format(match.group(1).replace(".", ",")) if match else ""
