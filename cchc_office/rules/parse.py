"""Reading the words of "Cách chấm"; bands have a module of their own."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from decimal import Decimal

from cchc_office.rules._bands import (
    RulePart,
    is_nothing_arose,
    is_rest,
    number_of,
    part_of,
    read_bands,
    score_of,
    split_commas,
    split_parts,
    take_nothing_arose,
)
from cchc_office.rules.telling import shown
from cchc_office.rules.values import (
    SELF_SCORED,
    ByDate,
    DayLimit,
    PerItem,
    Ratio,
    RuleReading,
    RuleWordsError,
    YesNo,
)
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
    if _is_per_item(parts[0]):
        return RuleReading(_read_per_item(split_commas(parts), maximum))
    if any(_DAY.search(part.folded) for part in parts):
        return _read_days(parts, maximum, year)
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


# --- points for each item ---

_EXPECTED_ITEM = "“Mỗi văn bản 0,5” hoặc “0,5 điểm/văn bản” (tên thứ được đếm, số điểm mỗi thứ)"
_DEDUCTION = (
    "số điểm không kèm chữ “trừ”; điểm trừ thì ghi “Mỗi văn bản chậm 0,5” ở dòng riêng, cột Loại "
    "điểm ghi “Trừ”"
)
_EACH = re.compile(r"(?:moi|cu|cu moi)(?: mot| 1)? ")
_POINTS_FIRST = re.compile(
    r"[\d.,½¼¾-]+\s*(?:diem|d)?\s*(?:/|cho|tren|moi|tung)\s*(?:moi |tung )?(?:1 |mot )?[a-z]"
)
# On the text as it was typed, so that the name of the item keeps its letters.
_NAME_FIRST = re.compile(
    r"\S+\s+(?:(?:mỗi|moi|một|mot|1)\s+)?(?P<item>[^\d:]+?)[\s:,]*(?P<points>[-\d½¼¾].*)",
    re.IGNORECASE,
)
_POINTS_THEN_NAME = re.compile(
    r"(?P<points>[-\d.,½¼¾]+\s*(?:điểm|diem|đ|d)?)\s*(?:/|(?:cho|trên|tren|mỗi|moi|từng|tung)\b)\s*"
    r"(?:(?:mỗi|moi|từng|tung|một|mot|1)\s+)?(?P<item>[^\d:/]+)",
    re.IGNORECASE,
)
_WORDS_OF_GIVING = re.compile(r"(?:\s+(?:thì|thi|được|duoc|là|la|tính|tinh|cộng|cong|chấm|cham))+$")
_DEDUCTS = re.compile(r"\b(?:tru|bi tru)\b")
_CAP = re.compile(r"(?:(?:nhung )?(?:toi da|khong (?:vuot )?qua)(?: la)?)\s+(?P<most>.+)")


def _is_per_item(part: RulePart) -> bool:
    """Tell whether a part speaks of points for each item."""
    folded = fold(part.text)
    return bool(_EACH.match(folded) or _POINTS_FIRST.match(folded))


def _read_per_item(parts: list[RulePart], maximum: Decimal) -> PerItem:
    """Return the points for each item that the parts say. Raises RuleWordsError."""
    first, *more = _joined(parts)
    folded = fold(first.text)
    if _DEDUCTS.search(folded):
        raise RuleWordsError(first.text, _DEDUCTION)
    pattern = _NAME_FIRST if _EACH.match(folded) else _POINTS_THEN_NAME
    match = pattern.fullmatch(first.text)
    item = _WORDS_OF_GIVING.sub("", match["item"].strip()) if match else ""
    if not match or not any(c.isalpha() for c in item):
        raise RuleWordsError(first.text, _EXPECTED_ITEM)
    points = score_of(RulePart(first.text, item, match["points"]), maximum)
    if not points:
        raise RuleWordsError(first.text, "số điểm lớn hơn 0 cho mỗi thứ được đếm")
    for part in more:
        _check_cap(part, maximum)
    return PerItem(points, item)


def _joined(parts: list[RulePart]) -> list[RulePart]:
    """Put a comma between name and points back: "Mỗi văn bản, 0,5"."""
    if len(parts) > 1 and not any(c in "0123456789½¼¾" for c in parts[0].text):
        return [part_of(f"{parts[0].text} {parts[1].text}"), *parts[2:]]
    return parts


def _check_cap(part: RulePart, maximum: Decimal) -> None:
    match = _CAP.fullmatch(fold(part.text))
    said = RulePart(part.text, "", match["most"]) if match else None
    if said is None or score_of(said, maximum) != maximum:
        raise RuleWordsError(
            part.text, f"chỉ “tối đa {shown(maximum)}”: điểm tối đa của dòng luôn là mức trần"
        )


# --- days ---

_EXPECTED_DAYS = (
    "hạn như “trước 15/01: 1”, “đến hết 31/01: 0,5” và cuối cùng “sau: 0”; "
    "các hạn cách nhau bằng dấu chấm phẩy"
)
_ANY_DAY = (
    r"(?:(?:ngay )?\d{1,2}\s*[/.-]\s*\d{1,2}(?:\s*[/.-]\s*\d+)?"
    r"|(?:ngay )?\d{1,2} thang \d{1,2}(?: nam \d+)?)"
)
_NUMBERS = re.compile(r"\d+")
_ACTION = re.compile(
    r"^(?:(?:nop|gui|ban hanh|bao cao|gui bao cao|nop bao cao|hoan thanh|trinh|phe duyet) )"
)
_STRICT = r"(?:truoc|<|som hon)"
_INCLUSIVE = (
    r"(?:(?:truoc|den) (?:hoac|va) (?:trong|dung)|trong|den het|den|cham nhat(?: la| vao| den)?"
    r"|muon nhat(?: la| vao)?|han(?: nop)?(?: la| den)?|khong qua|<=|=<|≤)"
)
_LIMIT = re.compile(
    rf"(?:(?P<from>tu|sau) (?P<start>{_ANY_DAY}) )?"
    rf"(?:(?:den )?(?P<strict>{_STRICT})|(?P<inclusive>{_INCLUSIVE}))\s*(?P<day>{_ANY_DAY})"
)
_LATE = re.compile(r"sau(?: do| han| thoi han)?|(?:tre|cham|muon|qua)(?: han| hon)?")
_LATE_FROM = re.compile(rf"(?P<from>tu|sau) (?P<day>{_ANY_DAY})(?: tro di)?")


@dataclass
class _DaysReader:
    maximum: Decimal
    year: int
    yearless: list[str] = field(default_factory=list)
    limits: list[DayLimit] = field(default_factory=list)

    def limit(self, part: RulePart) -> None:
        match = _LIMIT.fullmatch(_ACTION.sub("", part.folded))
        if not match:
            raise RuleWordsError(part.text, _EXPECTED_DAYS)
        if match["start"]:
            self._check_start(match["from"], match["start"], part)
        day = self.day(match["day"], part)
        limit = DayLimit(day, score_of(part, self.maximum), not match["strict"])
        last = self.limits[-1] if self.limits else None
        if last and (limit.day, limit.inclusive) <= (last.day, last.inclusive):
            raise RuleWordsError(part.text, "hạn muộn hơn hạn ghi trước: ghi hạn sớm trước")
        self.limits.append(limit)

    def late(self, part: RulePart) -> Decimal:
        said = _ACTION.sub("", part.folded)
        if match := _LATE_FROM.fullmatch(said):
            self._check_start(match["from"], match["day"], part)
        elif not _LATE.fullmatch(said) and not is_rest(part):
            raise RuleWordsError(part.text, "phần cuối là điểm khi quá mọi hạn: “sau: 0”")
        return score_of(part, self.maximum)

    def day(self, said: str, part: RulePart) -> dt.date:
        numbers = [int(number) for number in _NUMBERS.findall(said)]
        if len(numbers) == 2:
            self.yearless.append(f"{numbers[0]:02}/{numbers[1]:02}")
            numbers.append(self.year)
        try:
            if not 1900 <= numbers[2] <= 2999:
                raise ValueError(said)
            return dt.date(numbers[2], numbers[1], numbers[0])
        except ValueError:
            raise RuleWordsError(
                part.text, "ngày có thật, dạng ngày/tháng/năm: 15/01 hoặc 15/01/2024"
            ) from None

    def _check_start(self, word: str, said: str, part: RulePart) -> None:
        """Refuse a time that begins elsewhere than where the limit before it ended."""
        if not self.limits:
            raise RuleWordsError(part.text, "hạn đầu tiên không có ngày bắt đầu: “trước 15/01: 1”")
        last, one = self.limits[-1], dt.timedelta(days=1)
        free = last.day + one if last.inclusive else last.day
        start = free if word == "tu" else free - one
        # Without a year it is the day next to that limit, whatever the year there.
        numbers = [int(number) for number in _NUMBERS.findall(said)]
        if numbers != [start.day, start.month, start.year][: len(numbers)]:
            raise RuleWordsError(
                part.text, f"bắt đầu từ {free:%d/%m/%Y}, ngay sau hạn ghi trước, hoặc chỉ ghi “sau”"
            )


def _read_days(parts: list[RulePart], maximum: Decimal, year: int) -> RuleReading:
    """Return the days that the parts of a rule say. Raises RuleWordsError."""
    reader = _DaysReader(maximum, year)
    *limits, last = parts
    for part in limits:
        reader.limit(part)
    if not limits or _LIMIT.fullmatch(_ACTION.sub("", last.folded)):
        reader.limit(last)
        raise RuleWordsError(last.text, "thêm “; sau: 0” (hoặc số điểm khác khi quá hạn)")
    late = reader.late(last)
    return RuleReading(ByDate(tuple(reader.limits), late), tuple(dict.fromkeys(reader.yearless)))
