"""Reading points for each item: "Mỗi văn bản 0,5"."""

from __future__ import annotations

import re
from decimal import Decimal

from cchc_office.rules._parts import RulePart, part_of, score_of, shown
from cchc_office.rules.reading import RuleWordsError
from cchc_office.rules.values import PerItem
from cchc_office.text.vietnamese import fold

_EXPECTED = "“Mỗi văn bản 0,5” hoặc “0,5 điểm/văn bản” (tên thứ được đếm, số điểm mỗi thứ)"
_DEDUCTION = (
    "số điểm không kèm chữ “trừ”; điểm trừ thì ghi “Mỗi văn bản chậm 0,5” ở dòng riêng, cột Loại "
    "điểm ghi “Phạt”"
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


def is_per_item(part: RulePart) -> bool:
    """Tell whether a part speaks of points for each item."""
    folded = fold(part.text)
    return bool(_EACH.match(folded) or _POINTS_FIRST.match(folded))


def read_per_item(parts: list[RulePart], maximum: Decimal) -> PerItem:
    """Return the points for each item that the parts say. Raises RuleWordsError."""
    first, *more = _joined(parts)
    folded = fold(first.text)
    if _DEDUCTS.search(folded):
        raise RuleWordsError(first.text, _DEDUCTION)
    pattern = _NAME_FIRST if _EACH.match(folded) else _POINTS_THEN_NAME
    match = pattern.fullmatch(first.text)
    item = _WORDS_OF_GIVING.sub("", match["item"].strip()) if match else ""
    if not match or not any(c.isalpha() for c in item):
        raise RuleWordsError(first.text, _EXPECTED)
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
