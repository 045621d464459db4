"""What a cell of an office's table is by its text alone: a code, a number, a unit, a mark."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections import Counter
from collections.abc import Iterable

from cchc_office.rules import percent
from cchc_office.sheets.sheet_reader import SheetCell
from cchc_office.text.bullets import BULLETS
from cchc_office.text.vietnamese import (
    clean,
    clean_line,
    decimal_of,
    fold,
    format_decimal,
    official,
    parse_decimal,
)

_LONGEST_CODE = 16
_CODE_WORD = re.compile(
    r"^(?:tiêu chí|tiêu chuẩn|nhóm|lĩnh vực|mục|phần|nhiệm vụ|tc|điều)\s+", re.IGNORECASE
)
_PIECE = re.compile(r"[IVXLC]{1,7}|[ivx]{1,5}|[A-Za-zĐđ]{1,2}\d{0,3}|[ăâêôơưĂÂÊÔƠƯ]|\d{1,3}[a-h]?")
_CODE_BEFORE_NAME = re.compile(
    r"(?P<code>(?:[IVXLC]{1,7}(?:\.(?:[A-ZĐ]|\d{1,2}))*|[A-ZĐ]|\d{1,3}(?:\.\d{1,3})*|[A-ZĐa-zđ]{1,2}\d{1,3}(?:\.\d{1,3})*)"
    r"[.)/:]|[a-zđ][.)]|\d{1,3}(?:\.\d{1,3})+\.?)\s+(?P<name>\S.*)"
    r"|(?P<word>(?:(?i:tiêu chí|tiêu chuẩn|lĩnh vực|mục|phần|nhóm|điều))\s+(?:\d{1,2}|[IVX]{1,5}))"
    r"\s*[.:]\s+(?P<titled>\S.*)"
    r"|(?P<glued>[a-zđ][.)]|\d{1,2}[.)])(?P<rest>[A-ZĐÀ-Ỹ].*)",
    re.DOTALL,
)
_NUMBER_LIKE = re.compile(r"[-+−]?\s*\d+(?:[.,]\d+)?\s*(?:điểm|đ|%)?", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+|½|¼|¾")
_BEGINNINGS_OF_UNITS = (
    *("phong", "p.", "ban ", "cac ", "so ", "van phong", "vp", "thanh tra", "trung tam", "tt "),
    *("chi cuc", "ubnd", "uy ban", "cong an", "to ", "doi ", "hoi ", "truong ", "benh vien"),
    *("tram ", "toan ", "bo phan", "don vi", "cong chuc", "lanh dao", "ban chi huy", "quan su"),
    *("tat ca", "xa ", "phuong ", "co quan", "hoi dong", "vien ", "cuc ", "quy ", "bqlda"),
)
_AS_SPELLED = (
    *("bộ ", "vụ ", "khoa ", "đài ", "ngân hàng", "tổng cục", "bảo hiểm", "kho bạc", "mặt trận"),
    *("đoàn ", "liên đoàn", "đảng ủy", "đảng uỷ", "tỉnh ủy", "tỉnh uỷ", "tập đoàn", "doanh nghiệp"),
    *("dự án ", "học viện", "nhà xuất bản", "nxb "),
)
"""Beginnings of units that would be other words without their marks: "Bổ sung", "Vụ việc"."""

NO_UNITS = ("vụ việc", "đoàn kết", "khoa học", "xã hội", "số ")
"""Beginnings that are no units, though they look like some, also without their marks."""

_LONGEST_UNIT = 160

MARKS = {
    "x": "",
    "✓": "",
    "✔": "",
    "☑": "",
    "√": "",
    "v": "",
    "●": "",
    "•": "",
    "+": "",
    "ct": "Chủ trì",
    "chu tri": "Chủ trì",
    "chinh": "Chủ trì",
    "dau moi": "Chủ trì",
    "ph": "Phối hợp",
    "phoi hop": "Phối hợp",
    "tham gia": "Phối hợp",
    "th": "Thực hiện",
    "thuc hien": "Thực hiện",
}
"""Marks in a table with a column for each unit, folded: what each says that the unit does."""


def is_code(text: str) -> bool:
    """Tell whether a text looks like the code of a row: "I", "1.1.", "a)", "A1.2", "-"."""
    bare = _CODE_WORD.sub("", clean_line(text)).strip(" .()[]:")
    if not bare:
        return clean_line(text) in BULLETS
    if len(bare) > _LONGEST_CODE:
        return False
    return bare in BULLETS or all(map(_PIECE.fullmatch, re.split(r"[.\-–,]|\s\.\s?", bare)))


def split_code(text: str) -> tuple[str, str] | None:
    """Return code and name of a text that holds both ("1.1. Ban hành …"), or None."""
    match = _CODE_BEFORE_NAME.fullmatch(clean(text))
    if match is None:
        return None
    code = match["code"] or match["word"] or match["glued"]
    name = match["name"] or match["titled"] or match["rest"]
    return (code, name) if is_code(code) else None


def is_number(text: str) -> bool:
    """Tell whether a text is a number, as points are written."""
    line = clean_line(text)
    return bool(_NUMBER_LIKE.fullmatch(line)) or parse_decimal(line) is not None


def is_unit(text: str) -> bool:
    """Tell whether a text looks like the name of a unit, or several."""
    if len(text) > _LONGEST_UNIT:
        return False
    spelled = clean_line(text).casefold()
    if spelled.startswith(NO_UNITS):
        return False
    return spelled.startswith(_AS_SPELLED) or fold(text).startswith(_BEGINNINGS_OF_UNITS)


def is_mark(text: str) -> bool:
    """Tell whether a text is a mark of a table with a column for each unit."""
    return fold(text).strip(" .()") in MARKS


def shown(cell: SheetCell) -> str:
    """Return what a cell holds as a person reads it: dates and numbers as they are written here."""
    if cell.is_percent and isinstance(cell.value, int | float) and math.isfinite(cell.value):
        return percent(decimal_of(cell.value))
    return shown_value(cell.value) or cell.text or cell.formula or cell.error


def shown_value(value: object) -> str:
    """Return a value of a cell as a person reads it."""
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        value = value.date()
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return official(value).short
    if isinstance(value, bool) or value is None:
        return "" if value is None else str(value)
    if isinstance(value, int | float):
        try:
            number = decimal_of(value)
        except ValueError:
            return str(value)
        return format_decimal(number, max(0, -int(number.as_tuple().exponent)))
    return clean(str(value))


def words_of(text: str) -> list[str]:
    """Return the words and numbers of a text, as they are counted: marks around them do not."""
    return _WORD.findall(clean(text).casefold())


def count_words(texts: Iterable[str]) -> Counter[str]:
    """Return how often each word stands in texts."""
    return Counter(word for text in texts for word in words_of(text))
