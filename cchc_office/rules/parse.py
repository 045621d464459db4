"""Reading the words of "Cách chấm"."""

from __future__ import annotations

import re
from decimal import Decimal

from cchc_office.rules._bands import read_bands
from cchc_office.rules._days import read_days
from cchc_office.rules._items import is_per_item, read_per_item
from cchc_office.rules._parts import (
    RulePart,
    is_nothing_arose,
    number_of,
    score_of,
    split_commas,
    split_parts,
    take_nothing_arose,
)
from cchc_office.rules.reading import RuleReading, RuleWordsError
from cchc_office.rules.values import SELF_SCORED, Ratio, YesNo
from cchc_office.text.vietnamese import fold

_EXPECTED = (
    "một trong các cách: “Tự chấm”; “Có/Không”; “Tỷ lệ”; “Tỷ lệ, dưới 80% được 0”; "
    "các mức “≥90%: 1; ≥80%: 0,5; còn lại: 0”; “Mỗi văn bản 0,5”; "
    "các hạn “trước 15/01: 1; trước 31/01: 0,5; sau: 0”"
)
_SELF_SCORED = re.compile(r"(?:don vi )?tu (?:cham|danh gia)(?: diem)?")
_YES_NO = re.compile(r"(?:co|dat)\s*(?:/|-|,|hoac)\s*khong(?: dat| co)?")
_YES, _NO = re.compile(r"co|dat"), re.compile(r"khong(?: co| dat)?")
_RATIO = re.compile(
    r"(?:(?:tinh|cham)(?: diem)? )?(?:theo )?t[yi] le(?: %| phan tram)?(?: hoan thanh| thuc hien)?"
    r"(?:\s*(?:x|\*|×|nhan(?: voi)?)\s*(?:so )?diem toi da)?"
)
_FLOOR = re.compile(
    r"(?:duoi|<|thap hon|khong dat|chua dat)\s*(?P<least>-?\d[\d.,]*)\s*(?:%|phan tram)"
)
_DAY = re.compile(r"\d\s*/\s*\d|\b(?:(?:ngay|thang) \d|truoc\b|cham nhat\b|han\b)")


def parse_rule(text: str, maximum: Decimal, year: int) -> RuleReading:
    """Return the rule that `text` says for a leaf of this maximum.

    Days without a year are in `year`. Raises RuleWordsError.
    """
    parts = split_parts(text)
    whole = fold(parts[0].text) if len(parts) == 1 else ""
    if not parts or _SELF_SCORED.fullmatch(whole):
        return RuleReading(SELF_SCORED)
    if _is_yes_no(parts, whole, maximum):
        return RuleReading(YesNo())
    if _is_ratio(parts):
        return RuleReading(_read_ratio(split_commas(parts), maximum))
    if is_per_item(parts[0]):
        return RuleReading(read_per_item(split_commas(parts), maximum))
    if any(_DAY.search(part.folded) for part in parts):
        return read_days(parts, maximum, year)
    if any(part.gives is not None for part in parts):
        return RuleReading(read_bands(parts, maximum))
    raise RuleWordsError("; ".join(part.text for part in parts), _EXPECTED)


def _is_yes_no(parts: list[RulePart], whole: str, maximum: Decimal) -> bool:
    if _YES_NO.fullmatch(whole):
        return True
    if _YES_NO.fullmatch(parts[0].folded):
        raise RuleWordsError(parts[-1].text, "“Có/Không”, không thêm phần nào khác")
    if not _YES.fullmatch(parts[0].folded):
        return False
    for part, wanted, pattern in zip(parts, (maximum, 0), (_YES, _NO), strict=False):
        if not pattern.fullmatch(part.folded) or score_of(part, maximum) != wanted:
            raise RuleWordsError(part.text, "“Có/Không”: Có được điểm tối đa, Không được 0")
    if len(parts) != 2:
        raise RuleWordsError(parts[-1].text, "“Có/Không”, không thêm phần nào khác")
    return True


def _is_ratio(parts: list[RulePart]) -> bool:
    first = next((p for p in split_commas(parts) if not is_nothing_arose(p)), None)
    return first is not None and first.gives is None and bool(_RATIO.fullmatch(first.folded))


def _read_ratio(parts: list[RulePart], maximum: Decimal) -> Ratio:
    (_, *more), nothing = take_nothing_arose(parts, maximum)
    floor = _read_floor(more[0], maximum) if more else None
    if len(more) > 1:
        raise RuleWordsError(
            more[1].text, "sau “Tỷ lệ” chỉ có “dưới 80% được 0” và “không phát sinh: …”"
        )
    return Ratio(floor, nothing)


def _read_floor(part: RulePart, maximum: Decimal) -> Decimal:
    match = _FLOOR.fullmatch(part.folded)
    if not match or score_of(part, maximum) != 0:
        raise RuleWordsError(part.text, "“dưới 80% được 0” hoặc “không phát sinh: điểm tối đa”")
    floor = number_of(match["least"], part) / 100
    if not 0 < floor <= 1:
        raise RuleWordsError(part.text, "tỷ lệ trên 0% và không quá 100%")
    return floor
