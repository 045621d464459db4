"""What is to be kept, and in brackets what a fault takes off: "Giữ nội quy (vi phạm 01 lần …)"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from cchc_office.rules._choices import label_of
from cchc_office.rules._parts import RulePart, as_typed, lower_first, score_of
from cchc_office.rules.values import (
    Alternative,
    Band,
    Bands,
    Choice,
    Comparator,
    Limit,
)
from cchc_office.text.vietnamese import fold

_TAKES = r"(?:thi )?(?:bi )?tru (?P<points>\d[\d.,]*) ?(?:diem|d)"
_TAKES_REST = (
    r"(?:thi )?(?:bi )?tru (?:het|toan bo) (?:so )?diem(?: con lai)?"
    r"(?: cua (?:tieu chi|noi dung|muc)(?: nay| do)?)?"
)
_FIRST_AND_SECOND = re.compile(
    rf"(?P<what>[a-z][a-z ]*?) 0?1 lan(?: hoac (?P<other>[a-z ]+?))? {_TAKES}[,.;]? tu lan"
    rf"(?: (?P<again>[a-z ]+?))? thu (?:hai|2)(?: tro di| tro len)? {_TAKES_REST}"
)
_ONCE = re.compile(rf"(?P<what>[a-z][a-z /()]*?) {_TAKES}")
_WITH_BRACKETS = re.compile(r"(?P<kept>[^()]+?)\s*(?P<fault>\(.+\))")
_SAYS_MORE = re.compile(
    r"\d|[:;=]|\b(?:điểm|trừ|cộng|tối đa|mỗi|cứ|nếu|trường hợp)\b", re.IGNORECASE
)


def read_faults(parts: Sequence[RulePart], maximum: Decimal) -> Bands | Choice | None:
    """Return what is left for so many faults, where what is to be kept is told before them.

    The first takes some points, the second the rest; or one takes all there is. None where the
    parts say something else.
    """
    texts = [part.text for part in parts]
    if len(texts) == 1 and (match := _WITH_BRACKETS.fullmatch(texts[0])):
        texts = [match["kept"], match["fault"]]
    if len(texts) != 2 or _SAYS_MORE.search(texts[0]):
        return None
    told = _without_brackets(texts[1])
    if twice := _FIRST_AND_SECOND.fullmatch(fold(told)):
        return _first_and_second(twice, told, maximum)
    once = _ONCE.fullmatch(fold(told))
    if once is None or score_of(RulePart(told, "", once["points"]), maximum) != maximum:
        return None
    kept, fault = (label_of(text) for text in (texts[0], _named(once["what"], told)))
    return Choice((Alternative(kept, maximum), Alternative(fault, Decimal(0))))


def _first_and_second(twice: re.Match[str], told: str, maximum: Decimal) -> Bands | None:
    what, other, again = twice["what"], twice["other"], twice["again"]
    if again and not any(said and said.startswith(again) for said in (what, other)):
        return None
    left = maximum - score_of(RulePart(told, "", twice["points"]), maximum)
    if not left:
        return None
    named = [lower_first(_named(said, told)) for said in (what, other) if said]
    bands = tuple(
        Band((Limit(Comparator.EXACTLY, Decimal(count)),), score)
        for count, score in ((0, maximum), (1, left))
    )
    return Bands(bands, Decimal(0), of_ratio=False, item=f"lần {' hoặc '.join(named)}")


def _named(said: str, told: str) -> str:
    """Return what is folded as it is typed, with its signs."""
    at = len(said)
    return told[:at] if fold(told[:at]) == said else as_typed(said, told)


def _without_brackets(text: str) -> str:
    """Return a text without brackets around the whole of it; others may stand inside."""
    depth = 0
    for at, letter in enumerate(text):
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if depth == 0 and at < len(text) - 1:
            return text
    return text[1:-1] if text[:1] == "(" and depth == 0 else text
