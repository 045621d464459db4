"""What was typed into a cell: words, a score, a figure, a day, a choice; nothing is guessed."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from cchc_office.papers.form.layout import FIRST_DAY, NOT_APPLICABLE
from cchc_office.rules import NO, YES, percent
from cchc_office.sheets.reading import Value
from cchc_office.text import figures
from cchc_office.text.legacy import read_legacy
from cchc_office.text.likeness import likeness
from cchc_office.text.vietnamese import (
    clean_line,
    decimal_of,
    fold,
    official,
    parse_decimal,
    parse_official_date,
)

_LEADING_NUMBER = re.compile(r"(\d+(?:[.,]\d{1,2})?)\s*(?:điểm)?\s*[(;:–-][^%/]*$")
_PERCENT = re.compile(r"(\d+(?:[.,]\d{1,2})?)\s*%")
_OUT_OF = re.compile(r"(\d+(?:[.,]\d{1,2})?)\s*/\s*(\d+(?:[.,]\d{1,2})?)(?:\s*điểm)?")
# Excel counts days from 1900, or from 1904.
_FIRST_YEARS = (1900, 1904)
_ASK = "Có phải là {} điểm?"
_NUMBER = "một số từ 0 trở lên, không kèm chữ."
_WHOLE_NUMBER = "một số nguyên từ 0 trở lên, không kèm chữ."
_DAY = f"ngày, tháng, năm từ {official(FIRST_DAY).short} trở đi, ví dụ 31/01/2024."
_PERCENTAGE = "một tỷ lệ từ 0% đến 100%, ví dụ 85,4%."
_MOST_SHARE = 2
"""More of a plan than this nobody achieves: a percentage without its sign is meant."""
_MARKS = {"x": YES, "true": YES, "false": NO}
"""What else people write where there is to say yes or no."""
_COUNTED = re.compile(r"([\d.,½¼¾]+)\s+(\D+)")
_PERCENT_TYPED = re.compile(r"([\d.,]+)\s*%")
_FEW = 2
_NEAR = 0.8
_DAY_ZERO = dt.date(1899, 12, 30)
_LAST_NUMBER_OF_DAY = 73_050  # 31/12/2099


@lru_cache(maxsize=16_384)  # headings, names and usual answers come back in every file
def _shown_words(text: str) -> str:
    legacy = read_legacy(text)
    return clean_line(legacy.converted if legacy else text)


def shown_text(value: Value) -> str:
    """Return a value as a person sees it, on one line, legacy fonts converted."""
    return _shown_words(value) if isinstance(value, str) else cell_text(value)


def cell_text(value: Value) -> str:
    """Return a value as a person sees it in a Vietnamese sheet."""
    if isinstance(value, str):
        return value
    if isinstance(value, dt.date):
        time = f" {value:%H:%M}" if isinstance(value, dt.datetime) and value.time() else ""
        return official(value).short + time
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and math.isfinite(value):
        return figures.as_typed(decimal_of(value))
    return str(value)


# --- scores ---


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
        score = Decimal(match.group(1).replace(",", ".")) / 100 * maximum
        return _ASK.format(figures.as_typed(score)) if maximum and score <= maximum else ""
    if match := _OUT_OF.fullmatch(text):
        said, whole = (Decimal(part.replace(",", ".")) for part in match.groups())
        return _ASK.format(figures.as_typed(said)) if whole == maximum else ""
    match = _LEADING_NUMBER.match(text)
    return _ASK.format(match.group(1).replace(".", ",")) if match else ""


# --- figures, days, choices ---


@dataclass(frozen=True, slots=True)
class DeclaredCell:
    """An input cell as read: `value` where it is plain, else `expected` says what it should hold.

    `text` is what was typed, empty for a blank cell; `from_text` tells that the value stands there
    in another form than the sheet's own.
    """

    text: str = ""
    value: Decimal | dt.date | str | None = None
    is_percent: bool = False
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
        if isinstance(self.value, str):
            return self.value
        if isinstance(self.value, Decimal):
            return percent(self.value) if self.is_percent else figures.as_typed(self.value)
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


def read_choice(value: Value, labels: tuple[str, ...]) -> DeclaredCell:
    """Read which case was chosen: its label as it stands, whatever its case and diacritics.

    A near or shortened label is asked about. For yes or no an x is a "Có".
    """
    text = shown_text(value)
    meant = fold(text)
    if labels == (YES, NO):
        meant = fold(_MARKS.get(meant, text))
    chosen = next((label for label in labels if fold(label) == meant), None)
    if chosen is not None:
        return DeclaredCell(text, chosen, from_text=chosen.casefold() != text.casefold())
    return DeclaredCell(text, expected=_one_of(labels, meant))


def _one_of(labels: tuple[str, ...], meant: str) -> str:
    """Return what there is to choose from; of many, those that are near to what was `meant`."""
    near = [label for label in labels if meant and _is_near(fold(label), meant)]
    if near:
        return f"Có phải là {' hay '.join(f'“{label}”' for label in near)}?"
    if len(labels) <= _FEW:
        return f"{' hoặc '.join(f'“{label}”' for label in labels)}."
    return "một mục trong danh sách của ô."


def _is_near(label: str, meant: str) -> bool:
    if label.startswith(meant) or meant.startswith(label) or meant in label:
        return True
    return likeness(label, meant) >= _NEAR


def read_percentage(value: Value, *, is_percent: bool) -> DeclaredCell:
    """Read a percentage, as a fraction: the sheet shows it with its sign, or it is typed so."""
    if isinstance(value, float) and is_percent:
        share = decimal_of(value)
        if share > _MOST_SHARE:  # 85,4 pasted where 85,4% is meant
            return DeclaredCell(
                percent(share), expected=f"{_PERCENTAGE} Có phải là {percent(share / 100)}?"
            )
        return DeclaredCell(percent(share), share, is_percent=True)
    text = shown_text(value)
    match = _PERCENT_TYPED.fullmatch(text)
    number = parse_decimal(match[1]) if match else None
    if number is not None:
        return DeclaredCell(text, number / 100, is_percent=True, from_text=True)
    plain = value if isinstance(value, float) else parse_decimal(text)
    proposal = f" Có phải là {text}%?" if plain is not None and plain > 1 else ""
    return DeclaredCell(text, expected=f"{_PERCENTAGE}{proposal}")
