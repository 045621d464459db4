"""The parts of a rule in words, and the scores, shares and numbers in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from cchc_office.rules.values import NothingArose, RuleWordsError
from cchc_office.text.vietnamese import clean, clean_line, fold, parse_decimal, words

MOST_PARTS = 30
LONGEST = 2000

_BETWEEN_PARTS = re.compile(r"[;\n]")
# A comma in a number has a digit right behind it.
_COMMA = re.compile(r",(?!\d)|\s(?=(?:nhưng|nhung)\s)", re.IGNORECASE)
_BRACKETS_AT_END = re.compile(r"\s*\(([^()]*)\)$")
_GIVES = re.compile(r"^(?:(?:thi|la|duoc|tinh|cham|dat|cho|bang)\s+)+")
_POINTS = re.compile(r"(?P<number>[^a-z%]+?)\s*(?:diem|d)?")
_SHARE_OF_MAXIMUM = re.compile(r"(?P<number>[^a-z%]+?)\s*% (?:cua )?(?:so |muc )?diem toi da")
_MAXIMUM = re.compile(r"(?:so |muc )?(?:diem )?toi da|(?:du|tron) diem")
_NO_POINTS = re.compile(r"khong (?:co|duoc|tinh|duoc tinh|cham) diem")
_THEN = re.compile(r"\s(?:thì|thi)$", re.IGNORECASE)
_AMBIGUOUS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_NOTHING_AROSE = re.compile(r"(?:neu |truong hop |khi )?khong (?:co )?phat sinh\b")
_NOT_APPLICABLE = re.compile(r"(?:thi )?khong ap dung")
_REST = re.compile(r"(?:cac )?(?:(?:truong hop|muc|t[yi] le) )?(?:con lai|khac)")


@dataclass(frozen=True, slots=True)
class RulePart:
    """One part of a rule as it was typed; `condition` and `gives` stand before and after ":"."""

    text: str
    condition: str
    gives: str | None

    @property
    def folded(self) -> str:
        """The condition as it is matched."""
        return fold(self.condition)


def split_parts(text: str) -> list[RulePart]:
    """Return the parts of a rule, divided by semicolons and line breaks; blank ones left out."""
    if len(text) > LONGEST:
        raise RuleWordsError(f"{clean_line(text[:80])}…", f"nhiều nhất {LONGEST} chữ")
    texts = (clean_line(t).rstrip(".").strip() for t in _BETWEEN_PARTS.split(clean(text)))
    parts = [part_of(t) for t in texts if t]
    if len(parts) > MOST_PARTS:
        raise RuleWordsError(parts[MOST_PARTS].text, f"nhiều nhất {MOST_PARTS} mức")
    return parts


def split_commas(parts: list[RulePart]) -> list[RulePart]:
    """Return the parts divided at commas too, but for those inside a number.

    What stands in brackets at the end, or after "nhưng", is a part as well.
    """
    plain = (_BRACKETS_AT_END.sub(r", \1", part.text) for part in parts)
    texts = (t.strip() for text in plain for t in _COMMA.split(text))
    return [part_of(t) for t in texts if t]


def part_of(text: str) -> RulePart:
    """Return the part that stands in `text`: what is before and after ":" or "được".

    "không được điểm" gives something too.
    """
    condition, colon, gives = text.partition(":")
    if colon:
        return RulePart(text, condition.strip(), gives.strip())
    for word in words(text)[1:]:
        rest = text[word.start :]
        if word.folded == "khong" and _NO_POINTS.fullmatch(fold(rest)):
            return RulePart(text, _without_then(text[: word.start]), rest)
        if word.folded == "duoc":
            return RulePart(text, _without_then(text[: word.start]), text[word.end :].strip())
    return RulePart(text, text, None)


def _without_then(condition: str) -> str:
    return _THEN.sub("", condition.strip()).strip()


def score_of(part: RulePart, maximum: Decimal) -> Decimal:
    """Return the score that a part gives, from 0 to `maximum`. Raises RuleWordsError."""
    said = fold(part.gives or "")
    if not said:
        raise RuleWordsError(part.text, "dấu hai chấm rồi số điểm, ví dụ “: 0,5”")
    score = _said_score(said, maximum)
    if score is None or score < 0:
        raise RuleWordsError(part.text, _number_wanted(said, "số điểm", "0,5"))
    if score > maximum:
        most = shown(maximum)
        raise RuleWordsError(part.text, f"không quá điểm tối đa của dòng ({most})")
    return score


def _said_score(said: str, maximum: Decimal) -> Decimal | None:
    said = _GIVES.sub("", said)
    if _MAXIMUM.fullmatch(said):
        return maximum
    if _NO_POINTS.fullmatch(said):
        return Decimal(0)
    if match := _SHARE_OF_MAXIMUM.fullmatch(said):
        percent = parse_decimal(match["number"])
        return None if percent is None else maximum * percent / 100
    match = _POINTS.fullmatch(said)
    return parse_decimal(match["number"]) if match else None


def _number_wanted(said: str, what: str, example: str) -> str:
    if match := _AMBIGUOUS.search(said):
        whole, decimals = re.sub("[.,]", "", match.group()), re.sub("[.]", ",", match.group())
        return f"{what} chỉ hiểu được một cách: {whole} hoặc {decimals}0"
    return f"{what} không âm, ví dụ {example}"


def number_of(text: str, part: RulePart) -> Decimal:
    """Return a number of a condition, not negative. Raises RuleWordsError."""
    number = parse_decimal(text)
    if number is None or number < 0:
        raise RuleWordsError(part.text, _number_wanted(text, "một số", "90% hoặc 5"))
    return number


def take_nothing_arose(
    parts: list[RulePart], maximum: Decimal
) -> tuple[list[RulePart], NothingArose | None]:
    """Return the parts without the one on "không phát sinh", and what that one says."""
    rest = [p for p in parts if not is_nothing_arose(p)]
    told = [p for p in parts if is_nothing_arose(p)]
    if not told:
        return rest, None
    if len(told) > 1:
        raise RuleWordsError(told[1].text, "“không phát sinh” ghi một lần")
    return rest, _nothing_arose(told[0], maximum)


def is_nothing_arose(part: RulePart) -> bool:
    """Tell whether a part says what "không phát sinh" gives."""
    return bool(_NOTHING_AROSE.match(part.folded))


def is_rest(part: RulePart) -> bool:
    """Tell whether a part says what everything else gives."""
    return bool(_REST.fullmatch(part.folded))


def _nothing_arose(part: RulePart, maximum: Decimal) -> NothingArose:
    after = _NOTHING_AROSE.sub("", part.folded, count=1).strip(" ,-")
    said = fold(part.gives) if part.gives is not None and not after else after
    if _NOT_APPLICABLE.fullmatch(said):
        return NothingArose(None)
    if part.gives is not None and not after:
        try:
            return NothingArose(score_of(part, maximum))
        except RuleWordsError as error:
            if "tối đa của dòng" in error.expected:
                raise
    raise RuleWordsError(
        part.text,
        "“không phát sinh: điểm tối đa”, “không phát sinh: không áp dụng” "
        "hoặc “không phát sinh: 0” (số điểm)",
    )


def shown(number: Decimal) -> str:
    """Return a number in full, with a decimal comma."""
    return format(number.normalize() + 0, "f").replace(".", ",")


def percent(share: Decimal) -> str:
    """Return a fraction as people write it: 0.8 as "80%"."""
    return f"{shown(share * 100)}%"
