"""The parts of a rule in words, the scores, shares and numbers in them, and bands made of them.

"≥90%: 1; ≥80%: 0,5; còn lại: 0" are three parts and two bands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from cchc_office.rules.computing import FigureGap, Probes
from cchc_office.rules.telling import percent, shown
from cchc_office.rules.values import (
    Band,
    Bands,
    Comparator,
    Limit,
    NothingArose,
    RuleWordsError,
)
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


# --- bands ---

_EXPECTED = (
    "mức như “≥90%: 1”, “từ 70% đến dưới 80%: 0,5”, “dưới 70%: 0” hoặc “còn lại: 0”; "
    "các mức cách nhau bằng dấu chấm phẩy"
)
_SUBJECT = re.compile(r"^(?P<share>t[yi] le )?(?:(?:dat|hoan thanh|co) )?")
_FIGURE = r"(?P<{0}>-?\d[\d.,]*)\s*(?P<{0}_percent>(?:%|phan tram)(?: (?:ke hoach|chi tieu))?)?"
_ITEM = r"(?: (?P<item>[a-z]+(?: [a-z]+)*?))?"
# Words that compare; a band that has them behind its figure says something else.
_NO_ITEM = frozenset(
    {
        *("tro", "len", "xuong", "den", "duoi", "tren", "tu", "hon", "it", "nhieu", "nhat"),
        *("hoac", "va", "khong", "neu", "phan", "tram", "toi", "da", "thieu"),
    }
)

_BEFORE = (
    (Comparator.AT_LEAST, r">=|=>|≥|lon hon hoac bang|it nhat|toi thieu|khong duoi|tu"),
    (Comparator.AT_MOST, r"<=|=<|≤|nho hon hoac bang|nhieu nhat|toi da|khong qua|den|tu 0%? den"),
    (Comparator.MORE, r">|tren|hon|lon hon|cao hon|nhieu hon"),
    (Comparator.LESS, r"<|duoi|nho hon|thap hon|it hon|chua den|chua dat"),
    (Comparator.EXACTLY, r"=|bang|du|dung|"),
)
_AFTER = (
    (Comparator.AT_LEAST, r"(?:(?:tu|dat) )?", r"tro len"),
    (Comparator.AT_MOST, r"(?:tu )?", r"tro xuong"),
)
_SINGLE = tuple(
    (comparison, re.compile(rf"(?:{signs})\s*{_FIGURE.format('a')}{_ITEM}"))
    for comparison, signs in _BEFORE
) + tuple(
    (comparison, re.compile(rf"{front}{_FIGURE.format('a')}{_ITEM} {back}"))
    for comparison, front, back in _AFTER
)
_RANGE = re.compile(
    rf"(?P<from>tu tren|tren|tu|>=|=>|≥|>)?\s*{_FIGURE.format('a')}\s*"
    rf"(?:-|den|va)\s*(?P<to>duoi|<=|=<|≤|<|bang|het)?\s*{_FIGURE.format('b')}{_ITEM}"
)
_OPEN_FROM, _OPEN_TO = {"tu tren", "tren", ">"}, {"duoi", "<"}


@dataclass(frozen=True, slots=True)
class _Read:
    band: Band
    is_share: bool
    item: str
    part: RulePart


def read_bands(parts: list[RulePart], maximum: Decimal) -> Bands:
    """Return the bands that the parts of a rule say. Raises RuleWordsError."""
    whole = parts
    parts, nothing = take_nothing_arose(parts, maximum)
    otherwise = score_of(parts[-1], maximum) if parts and is_rest(parts[-1]) else None
    rest = parts[-1] if otherwise is not None else None
    read = [_read_band(part, maximum) for part in (parts[:-1] if rest else parts)]
    if not read:
        raise RuleWordsError(whole[0].text, _EXPECTED)
    of_ratio = _of_one_kind(read)
    if nothing and not of_ratio:
        told = next(part.text for part in whole if is_nothing_arose(part))
        raise RuleWordsError(told, "“không phát sinh” chỉ dùng cho các mức có dấu %")
    _check_reach(read, of_ratio, rest, otherwise or Decimal(0))
    bands = tuple(r.band for r in read)
    return Bands(bands, otherwise or Decimal(0), of_ratio, nothing, _one_item(read))


def _read_band(part: RulePart, maximum: Decimal) -> _Read:
    if is_rest(part) or is_nothing_arose(part):
        raise RuleWordsError(part.text, "“còn lại” đứng sau mọi mức khác")
    said = _SUBJECT.sub("", part.folded)
    is_share_said = bool(_SUBJECT.match(part.folded)["share"])  # type: ignore[index]
    limits, is_share, item = _read_limits(said, part)
    if is_share_said and not is_share:
        raise RuleWordsError(part.text, "số có dấu %, ví dụ “tỷ lệ ≥90%: 1”")
    return _Read(Band(limits, score_of(part, maximum)), is_share, _as_typed(item, part), part)


def _read_limits(said: str, part: RulePart) -> tuple[tuple[Limit, ...], bool, str]:
    """Return the limits, whether they are shares, and what is counted (folded)."""
    for comparison, pattern in _SINGLE:
        match = pattern.fullmatch(said)
        if match and (item := _item(match)) is not None:
            is_share = bool(match["a_percent"])
            return (Limit(comparison, _value(match["a"], part, is_share)),), is_share, item
    match = _RANGE.fullmatch(said)
    if match and (item := _item(match)) is not None:
        return *_read_range(match, part), item
    raise RuleWordsError(part.text, _EXPECTED)


def _item(match: re.Match[str]) -> str | None:
    """Return what a plain figure counts, or None where the words behind a figure do not fit."""
    item: str = match["item"] or ""
    is_share = match["a_percent"] or match.groupdict().get("b_percent")
    return None if item and (is_share or not _NO_ITEM.isdisjoint(item.split())) else item


def _as_typed(item: str, part: RulePart) -> str:
    wanted, typed = item.split(), words(part.condition)
    for i in range(len(typed) - len(wanted) + 1):
        if wanted and [word.folded for word in typed[i : i + len(wanted)]] == wanted:
            return part.condition[typed[i].start : typed[i + len(wanted) - 1].end]
    return ""


def _read_range(match: re.Match[str], part: RulePart) -> tuple[tuple[Limit, ...], bool]:
    is_share = bool(match["b_percent"])
    if match["a_percent"] and not is_share:
        raise RuleWordsError(part.text, "dấu % ở cả hai số, ví dụ “từ 70% đến dưới 80%: 0,5”")
    least, most = (_value(match[name], part, is_share) for name in ("a", "b"))
    low = Comparator.MORE if match["from"] in _OPEN_FROM else Comparator.AT_LEAST
    high = Comparator.LESS if match["to"] in _OPEN_TO else Comparator.AT_MOST
    if least >= most:
        raise RuleWordsError(part.text, "số nhỏ trước, số lớn sau: “từ 70% đến dưới 80%: 0,5”")
    return (Limit(low, least), Limit(high, most)), is_share


def _value(text: str, part: RulePart, is_share: bool) -> Decimal:
    number = number_of(text, part)
    if is_share and number > 100:
        raise RuleWordsError(part.text, "tỷ lệ từ 0% đến 100% (vượt 100% được tính là 100%)")
    return number / 100 if is_share else number


def _of_one_kind(read: Sequence[_Read]) -> bool:
    of_ratio = read[0].is_share
    for one in read:
        if one.is_share != of_ratio:
            raise RuleWordsError(one.part.text, "mọi mức đều có dấu %, hoặc không mức nào có")
    return of_ratio


def _one_item(read: Sequence[_Read]) -> str:
    named = [one for one in read if one.item]
    for one in named:
        if fold(one.item) != fold(named[0].item):
            raise RuleWordsError(one.part.text, f"mọi mức đều đếm “{named[0].item}”")
    return named[0].item if named else ""


def _check_reach(
    read: Sequence[_Read], of_ratio: bool, rest: RulePart | None, otherwise: Decimal
) -> None:
    """Refuse bands that nothing reaches, figures with two scores, and figures with none."""
    probes = Probes([r.band for r in read], of_ratio)
    taken: frozenset[Decimal] = frozenset()
    held_by = [probes.held(one.band) for one in read]
    for i, (one, held) in enumerate(zip(read, held_by, strict=True)):
        if not held:
            raise RuleWordsError(one.part.text, "mức có thể đạt tới: tỷ lệ từ 0% đến 100%, số từ 0")
        if held <= taken:
            raise RuleWordsError(
                one.part.text,
                "mức hẹp ghi trước mức rộng: các mức ghi trước đã bao hết mức này",
            )
        for earlier, before in zip(read[:i], held_by[:i], strict=True):
            if before & held and not before <= held:
                where = _figure(min(before & held), of_ratio)
                raise RuleWordsError(
                    one.part.text,
                    f"mức không trùng với “{earlier.part.text}”; {where} đang thuộc cả hai mức",
                )
        taken |= held
    _check_gaps(read, probes, rest, otherwise)
    missing = probes.all - taken
    if missing and rest is None:
        where = _figure(min(missing), of_ratio)
        last = read[-1].part.text
        raise RuleWordsError(
            last, f"thêm “; còn lại: 0” (hoặc số điểm khác): chưa rõ {where} được mấy điểm"
        )
    if not missing and rest is not None:
        raise RuleWordsError(rest.text, "bỏ phần này: các mức ghi trước đã bao hết")


def _check_gaps(
    read: Sequence[_Read], probes: Probes, rest: RulePart | None, otherwise: Decimal
) -> None:
    """Ask about figures between two bands: they may be meant for a band, or for the rest.

    "90–100%: 2; 80–89%: 1; còn lại: 0" leaves open what 89,5 % gives.
    """
    held_by = [probes.held(one.band) for one in read]
    asked, examples = [], []
    for gap in probes.gaps(frozenset().union(*held_by)):
        below, above = (
            next(one for one, held in zip(read, held_by, strict=True) if figure in held)
            for figure in (gap.below, gap.above)
        )
        meant, other = sorted((below, above), key=lambda one: one.band.score)
        readings = [(meant.band.score, meant.part)]
        readings.append((otherwise, rest) if rest else (other.band.score, other.part))
        are_points = all(_is_one_figure(one.band) for one in (below, above))
        if rest and (are_points or meant.band.score == otherwise):
            continue
        figures = _gap_in_words(gap, probes.of_ratio)
        said = " hay ".join(f"{shown(score)} (như “{part.text}”)" for score, part in readings)
        asked.append(f"{figures} là {said}")
        examples.append(f"“{figures}: {shown(meant.band.score)}”")
    if asked:
        raise RuleWordsError(
            (rest or read[-1].part).text,
            f"nói rõ {'; '.join(asked)}: ghi thêm mức, ví dụ {', '.join(examples)}",
        )


def _is_one_figure(band: Band) -> bool:
    return [limit.comparison for limit in band.limits] == [Comparator.EXACTLY]


def _gap_in_words(gap: FigureGap, of_ratio: bool) -> str:
    low, high = _figure(gap.low, of_ratio), _figure(gap.high, of_ratio)
    if gap.low == gap.high:
        return f"đúng {low}"
    return f"{'từ' if gap.has_low else 'trên'} {low} đến {'' if gap.has_high else 'dưới '}{high}"


def _figure(value: Decimal, of_ratio: bool) -> str:
    return percent(value) if of_ratio else shown(value)
