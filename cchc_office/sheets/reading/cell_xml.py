"""What a cell of a sheet's XML holds (ECMA-376 part 1, 18.3.1.4), by its type and texts."""

from __future__ import annotations

import datetime as dt
import math

from cchc_office.files.unreadable_file import damaged
from cchc_office.sheets.reading.cell_grid import NOT_A_NUMBER, Content
from cchc_office.sheets.reading.number_meanings import meant_by
from cchc_office.sheets.reading.shared_contents import SharedContents
from cchc_office.sheets.reading.values import Doubt, DoubtfulCell
from cchc_office.sheets.reading.xml_parts import said_by, unescaped

_SPECIAL_FORMULA = "(công thức đặc biệt)"
_TRUE = (b"1", b"true")


def content_of(kind: bytes, style: bytes, value: bytes, shared: SharedContents) -> Content:
    """Return what a cell holds that has a value.

    `kind` is the cell's type, b"" where it has none, `style` the number of its style. Raises
    UnreadableFileError for a shared text that is not there. A number that is none is its text.
    """
    if kind == b"s":
        return _shared_text(value, shared)
    if kind in (b"", b"n"):
        return _number(style, value, shared)
    text = said_by(unescaped(value.decode("utf-8", "replace")))
    if kind == b"e":
        return DoubtfulCell(Doubt.ERROR, text)
    if kind == b"b":
        return value in _TRUE
    return _day(text) if kind == b"d" else text


def without_value(kind: bytes, formula: bytes) -> Content:
    """Return what a cell holds that has no value: an error, a formula never calculated, nothing.

    `formula` is the formula's element as it is written, b"" without one.
    """
    if kind == b"e":
        return DoubtfulCell(Doubt.ERROR, "")
    # A formula of type str has a result: the empty text.
    if not formula or kind == b"str":
        return ""
    text = formula.partition(b">")[2].partition(b"</")[0].decode("utf-8", "replace")
    shown = f"={unescaped(text)}" if text else _SPECIAL_FORMULA
    return DoubtfulCell(Doubt.NOT_CALCULATED, shown)


def _shared_text(value: bytes, shared: SharedContents) -> str:
    place = value.strip()
    if not place.isdigit() or len(place) > 9 or int(place) >= len(shared.texts):
        raise damaged("chữ của một ô không có trong tệp")
    return shared.texts[int(place)]


def _number(style: bytes, value: bytes, shared: SharedContents) -> Content:
    try:
        number = float(value)
    except ValueError:
        return unescaped(value.decode("utf-8", "replace"))
    if b"_" in value:
        return value.decode("utf-8", "replace")
    if not math.isfinite(number):
        return DoubtfulCell(Doubt.ERROR, NOT_A_NUMBER)
    if style in shared.kinds:
        return meant_by(number, shared.kinds[style], from_1904=shared.from_1904)
    return number


def _day(text: str) -> Content:
    """Return a date or time that is written out (ISO 8601), else its text.

    Midnight is a day, as it is where days are counted; a sheet knows no time zones.
    """
    try:
        moment = dt.datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return _time(text)
    return moment if moment.time() > dt.time() else moment.date()


def _time(text: str) -> Content:
    try:
        return dt.time.fromisoformat(text).replace(tzinfo=None) if ":" in text else text
    except ValueError:
        return text
