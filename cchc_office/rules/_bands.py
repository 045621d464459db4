"""Reading bands: "≥90%: 1; ≥80%: 0,5; còn lại: 0"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from cchc_office.rules._parts import (
    RulePart,
    is_nothing_arose,
    is_rest,
    number_of,
    percent,
    score_of,
    shown,
    take_nothing_arose,
)
from cchc_office.rules.coverage import FigureGap, Probes
from cchc_office.rules.values import Band, Bands, Comparator, Limit, RuleWordsError
from cchc_office.text.vietnamese import fold, words

_EXPECTED = (
    "mức như “≥90%: 1”, “từ 70% đến dưới 80%: 0,5”, “dưới 70%: 0” hoặc “còn lại: 0”; "
    "các mức cách nhau bằng dấu chấm phẩy"
)
_SUBJECT = re.compile(r"^(?P<share>t[yi] le )?(?:(?:dat|hoan thanh|co) )?")
_NUMBER = r"(?P<{0}>-?\d[\d.,]*)\s*(?P<{0}_percent>(?:%|phan tram)(?: (?:ke hoach|chi tieu))?)?"
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
    (comparison, re.compile(rf"(?:{signs})\s*{_NUMBER.format('a')}{_ITEM}"))
    for comparison, signs in _BEFORE
) + tuple(
    (comparison, re.compile(rf"{front}{_NUMBER.format('a')}{_ITEM} {back}"))
    for comparison, front, back in _AFTER
)
_RANGE = re.compile(
    rf"(?P<from>tu tren|tren|tu|>=|=>|≥|>)?\s*{_NUMBER.format('a')}\s*"
    rf"(?:-|den|va)\s*(?P<to>duoi|<=|=<|≤|<|bang|het)?\s*{_NUMBER.format('b')}{_ITEM}"
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
    _check_gaps(read, of_ratio, rest, otherwise)
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
    read: Sequence[_Read], of_ratio: bool, rest: RulePart | None, otherwise: Decimal
) -> None:
    """Ask about figures between two bands: they may be meant for a band, or for the rest.

    "90–100%: 2; 80–89%: 1; còn lại: 0" leaves open what 89,5 % gives.
    """
    probes = Probes([one.band for one in read], of_ratio)
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
        figures = _gap_in_words(gap, of_ratio)
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
