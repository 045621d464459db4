"""Vietnamese text, numbers and dates as office files hold them.

Text is brought to NFC at every boundary. Matching uses `fold`, which also takes away what people
type differently for the same name: case, tone marks and their place, dashes, double spaces.
"""

from __future__ import annotations

import calendar
import datetime as dt
import math
import re
import sys
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cache, lru_cache

NO_BREAK_SPACE = "\u00a0"

_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
# In UTF-8: ASCII, and the bytes that letters of Vietnamese and the marks around them begin with.
_USUAL_BYTES = bytes((10, *range(32, 127), *range(0x80, 0xC0), *range(0xC2, 0xC7), 0xE1, 0xE2))
_UNUSUAL = (
    re.compile(rb"\xc2(?![\xa1-\xac\xae-\xbf])"),
    re.compile(rb"\xe1(?![\xba\xbb])"),
    re.compile(rb"\xe2(?!\x80[\x90-\xa7\xb0-\xbe])"),
)
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_QUOTES = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "`": "'"})
# All marks below U+0483; beyond there are some among letters.
_USUAL_MARKS = re.compile("[\u0300-\u034e\u0350-\u036f]+")
# Told by what it is not: to compile the range up to U+10FFFF takes as long as to load a module.
_MAYBE_A_MARK = re.compile("[^\x00-\u0482]")
# Letters that look like it, and stand in its place where old fonts were converted: eth, African d.
_DD = str.maketrans({"\u00f0": "đ", "\u0256": "đ"})
_SHORT = 100
_MOST_MARKS = 30
_LONGEST_KEPT = 500
_WORD = re.compile(r"[^\W_]+")


def composed(text: str) -> str:
    """Return `text` in NFC, in time that grows with its length.

    Marks are put in order in time that grows with the square of their number: a hundred thousand
    on one letter take seconds. No letter of any language has thirty (UAX 15, 13), so those beyond
    are left out.
    """
    if unicodedata.is_normalized("NFC", text):
        return text
    if len(text) > _SHORT:
        run = f"{_marks()}{{{_MOST_MARKS + 1},}}"
        text = re.sub(run, lambda match: match.group()[:_MOST_MARKS], text)
    return unicodedata.normalize("NFC", text)


@cache
def _marks() -> str:
    """Return the pattern of a mark on a letter; to find all takes some 50 ms."""
    marks = (c for c in map(chr, range(sys.maxunicode + 1)) if unicodedata.combining(c))
    return f"[{''.join(marks)}]"


def clean(text: str) -> str:
    """Return `text` in NFC without invisible characters, its line breaks kept.

    Spaces are single, lines are trimmed, control characters (which no office file may hold) go.
    """
    if _is_clean(text):
        return text
    text = composed(text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _LONE_SURROGATE.sub("", _CONTROL.sub("", _INVISIBLE.sub("", text)))
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(lines).strip("\n")


def _is_clean(text: str) -> bool:
    """Tell whether a text is clean as it stands, as most are."""
    flat = text
    if "\n" in text:
        if " \n" in text or "\n " in text or "\n\n" in text or text[0] == "\n" or text[-1] == "\n":
            return False
        flat = text.replace("\n", "")
    return (
        flat.isprintable()
        and "  " not in text
        and text[:1] != " "
        and text[-1:] != " "
        and unicodedata.is_normalized("NFC", text)
    )


def all_clean(texts: Iterable[str]) -> bool:
    """Tell whether all texts, none of them empty, are surely as `clean` leaves them.

    Asked of a whole sheet it costs a tenth of asking of each text.
    """
    text = "\n".join(texts)
    if "  " in text.replace("\n", " "):
        return False
    coded = text.encode("utf-8", "replace")
    if text.strip() != text or coded.translate(None, _USUAL_BYTES):
        return False
    return not any(unusual.search(coded) for unusual in _UNUSUAL)


def clean_line(text: str) -> str:
    """Return `text` as `clean` does, on one line."""
    if "\n" not in text and _is_clean(text):
        return text
    return " ".join(clean(text).split())


def fold(text: str) -> str:
    """Return the form of `text` by which names are matched, never shown.

    Lower case without diacritics, plain dashes without spaces around them, plain quotes.
    """
    return _fold(text) if len(text) <= _LONGEST_KEPT else _fold.__wrapped__(text)


@lru_cache(maxsize=65_536)  # the same names and headings come back in every file
def _fold(text: str) -> str:
    text = clean_line(text).translate(_QUOTES)
    text = _DASHES.sub("-", text).casefold().translate(_DD).replace("đ", "d")
    bare = _USUAL_MARKS.sub("", unicodedata.normalize("NFD", text))
    if _MAYBE_A_MARK.search(bare):
        bare = "".join(c for c in bare if not unicodedata.combining(c))
    return re.sub(r"\s*-\s*", "-", bare)


_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")


def spelling(text: str) -> str:
    """Return the form by which names that differ as written are told apart, never shown.

    As `fold` but with diacritics: "Cẩm" is not "Cam"; "hoà" is "hòa", which differ only by where
    the tone mark stands.
    """
    return _spelling(text) if len(text) <= _LONGEST_KEPT else _spelling.__wrapped__(text)


@lru_cache(maxsize=65_536)  # names of units are asked for with every file
def _spelling(text: str) -> str:
    text = _DASHES.sub("-", clean_line(text).translate(_QUOTES)).casefold().translate(_DD)
    spelled = _WORD.sub(_tone_last, unicodedata.normalize("NFC", text))
    return re.sub(r"\s*-\s*", "-", spelled)


def _tone_last(word: re.Match[str]) -> str:
    letters = unicodedata.normalize("NFD", word.group())
    return _TONES.sub("", letters) + "".join(_TONES.findall(letters))


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: its folded form and its place [start, end) in the text."""

    folded: str
    start: int
    end: int


def words(text: str) -> tuple[Word, ...]:
    """Return the words of `text` in order; punctuation only separates."""
    return tuple(Word(fold(m.group()), m.start(), m.end()) for m in _WORD.finditer(text))


def upper(text: str) -> str:
    """Return `text` in capitals, right for Vietnamese (composed letters stay composed)."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).upper())


# --- numbers ---

# A binary number can have 309 digits before its point.
_WIDE = Context(prec=400)
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
_UNIT_WORD = re.compile(r"\s*(?:điểm|đ)\.?$", re.IGNORECASE)
_FRACTIONS = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}
_THOUSANDS_OR_DECIMALS = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}")


def parse_decimal(text: str) -> Decimal | None:
    """Return the number that `text` plainly says, or None where it could mean two things.

    Read: "0,5", "0.5", " 0,50 ", "1,25 điểm", "½", "1½". Not read: "1.250" and "1,250" (a
    thousand or one and a quarter), "1,5/2", "50%", and anything with other words.
    """
    bare = _UNIT_WORD.sub("", clean_line(text)).replace("\u2212", "-")
    if bare[-1:] in _FRACTIONS and (bare[:-1] == "" or bare[:-1].strip().isdecimal()):
        return Decimal(bare[:-1].strip() or 0) + _FRACTIONS[bare[-1]]
    if _THOUSANDS_OR_DECIMALS.fullmatch(bare) or not _NUMBER.fullmatch(bare):
        return None
    return Decimal(bare.replace(",", "."))


def decimal_of(number: float) -> Decimal:
    """Return the decimal that a spreadsheet shows for a binary number (15 digits, as Excel).

    Raises ValueError for what is no number (infinite, not a number).
    """
    if not math.isfinite(number):
        raise ValueError(number)
    value = Decimal(format(number, ".15g"))
    is_whole = value == value.to_integral_value()
    return value.quantize(Decimal(1), context=_WIDE) if is_whole else value


def format_decimal(value: Decimal, places: int = 2, *, trim: bool = True) -> str:
    """Return `value` with a decimal comma, rounded half up to `places`.

    With `trim`, zeros at the end of the fraction go: 0,50 is shown as 0,5.
    """
    rounded = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP, context=_WIDE)
    shown = format(rounded or abs(rounded), "f")
    if trim and "." in shown:
        shown = shown.rstrip("0").rstrip(".")
    return shown.replace(".", ",")


LARGEST_ROMAN = 3999
_ROMAN = (
    *(("M", 1000), ("CM", 900), ("D", 500), ("CD", 400), ("C", 100), ("XC", 90), ("L", 50)),
    *(("XL", 40), ("X", 10), ("IX", 9), ("V", 5), ("IV", 4), ("I", 1)),
)


def roman(number: int) -> str:
    """Return a number from 1 to LARGEST_ROMAN in Roman numerals."""
    written = ""
    for sign, value in _ROMAN:
        times, number = divmod(number, value)
        written += sign * times
    return written


# --- dates ---

VIETNAM = dt.timezone(dt.timedelta(hours=7))


def local_day(time: dt.datetime) -> dt.date:
    """Return the day that a time is on where the office is."""
    return time.astimezone(VIETNAM).date()


def day_and_time(time: dt.datetime) -> str:
    """Return a time where the office is, as lists show it: "05/12/2024 10:32"."""
    return f"{time.astimezone(VIETNAM):%d/%m/%Y %H:%M}"


def time_in_words(time: dt.datetime) -> str:
    """Return a time where the office is, as sentences say it: "10:32 ngày 05/12/2024"."""
    return f"{time.astimezone(VIETNAM):%H:%M ngày %d/%m/%Y}"


_YEAR = 366


def time_left(days: int) -> str:
    """Return how far off a deadline is, in words; `days` is negative once it is over.

    Of a campaign of years ago nobody counts the days.
    """
    if not days:
        return "hôm nay là ngày cuối"
    if days < -_YEAR:
        return f"hạn đã qua hơn {-days // _YEAR} năm"
    return f"còn {days} ngày" if days > 0 else f"quá hạn {-days} ngày"


_DAY_FIRST = re.compile(r"(\d{0,2})\s*[/.-]\s*(\d{0,2})\s*[/.-]\s*(\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]00:00:00)?")
_IN_WORDS = re.compile(
    r"(?:ngày)?\s*(\d{0,2})[\s.…]*tháng\s*(\d{0,2})[\s.…]*năm\s*(\d{4})", re.IGNORECASE
)


NO_LATER_THAN = "chậm nhất"
"""What stands before the last day for something, wherever a clerk or a unit reads of one."""


@dataclass(frozen=True, slots=True)
class OfficialDate:
    """A date as an official document shows it; parts that the records office fills in are None.

    Appendix I, II.4.b: days below 10 and the months 1 and 2 are padded with a zero.
    """

    day: int | None
    month: int | None
    year: int

    @property
    def in_words(self) -> str:
        """The long form: "ngày 05 tháng 12 năm 2024", blanks where parts are not known."""
        day = NO_BREAK_SPACE * 6 if self.day is None else f"{self.day:02}"
        return f"ngày {day} tháng {self._month_in_words} năm {self.year}"

    @property
    def _month_in_words(self) -> str:
        if self.month is None:
            return NO_BREAK_SPACE * 6
        return f"{self.month:02}" if self.month <= 2 else str(self.month)

    @property
    def short(self) -> str:
        """The short form: "05/12/2024", blanks where parts are not known."""
        day = NO_BREAK_SPACE * 5 if self.day is None else f"{self.day:02}"
        month = NO_BREAK_SPACE * 5 if self.month is None else self._month_in_words
        return f"{day}/{month}/{self.year}"

    @property
    def as_deadline(self) -> str:
        """The last day for something, as all papers and messages word it: that day is in time."""
        return f"{NO_LATER_THAN} ngày {self.short}"

    @property
    def complete(self) -> dt.date | None:
        """The calendar date, or None while a part is blank."""
        if self.day is None or self.month is None:
            return None
        return dt.date(self.year, self.month, self.day)


def official(date: dt.date) -> OfficialDate:
    """Return `date` as official documents show it."""
    return OfficialDate(date.day, date.month, date.year)


def parse_official_date(text: str) -> OfficialDate | None:
    """Return the date that `text` says, day first, or None where it is no date.

    Day and month may be blank: "  /5/2024", "ngày   tháng 5 năm 2024". The two forms that
    programs write, "2024-05-31" and the same with a time of midnight, are read too.
    """
    line = clean_line(text)
    if match := _YEAR_FIRST.fullmatch(line):
        year, month, day = match.groups()
    elif match := _DAY_FIRST.fullmatch(line) or _IN_WORDS.fullmatch(line):
        day, month, year = match.groups()
    else:
        return None
    date = OfficialDate(int(day) if day else None, int(month) if month else None, int(year))
    return date if _exists(date) else None


def _exists(date: OfficialDate) -> bool:
    if date.year < 1 or (date.month is not None and not 1 <= date.month <= 12):
        return False
    if date.day is None:
        return True
    longest = 31 if date.month is None else calendar.monthrange(date.year, date.month)[1]
    return 1 <= date.day <= longest
