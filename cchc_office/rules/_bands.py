"""Bands: parts of a rule that each give a score for a range of shares or of plain figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from cchc_office.rules._parts import (
    RulePart,
    as_typed,
    is_nothing_arose,
    is_rest,
    number_of,
    score_of,
    take_nothing_arose,
)
from cchc_office.rules.computing import FigureGap, Probes
from cchc_office.rules.telling import percent, shown
from cchc_office.rules.values import (
    Band,
    Bands,
    Comparator,
    ContradictionError,
    Limit,
    RuleWordsError,
)
from cchc_office.text.vietnamese import fold

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
    rf"(?P<from>tu tren|tren|tu|>=|=>|≥|>)?\s*{_FIGURE.format('a')}\s*(?:tro len )?"
    rf"(?:-|den|va)\s*(?P<to>duoi|<=|=<|≤|<|bang|het)?\s*{_FIGURE.format('b')}{_ITEM}"
)
_OPEN_FROM, _OPEN_TO = {"tu tren", "tren", ">"}, {"duoi", "<"}

# What a share is of: words before and behind the figures, which hold no figure themselves.
_SHARE = re.compile(
    r"(?P<lead>(?:[a-z/,():\"]+ )*?)(?P<core>(?:(?:tu|tren|duoi|den|it nhat|toi thieu|khong duoi"
    r"|toi da|nhieu nhat|khong qua|lon hon hoac bang|nho hon hoac bang|lon hon|nho hon"
    r"|cao hon|thap hon|hon|bang|du|dung|chua den|chua dat|tu tren)\s|[<>≤≥=]+\s*)?"
    r"-?\d[^a-z%]*(?:%|phan tram)?(?:(?: ke hoach| chi tieu)?\s*(?:tro len )?(?:-|den|va)\s*"
    r"(?:(?:duoi|bang|het) |[<>≤≥=]+\s*)?\d[^a-z%]*)?\s*(?:%|phan tram))"
    r"(?: (?P<tail>[a-z(](?:(?! tro (?:len|xuong)\b)[a-z ,/()\"-])*?))??"
    r"(?P<back> tro len| tro xuong)?"
    r"(?: (?P<more>[a-z(](?:(?! tro (?:len|xuong)\b)[a-z ,/()\"-])*))?"
)
_WORDS_WITH_TU = re.compile(r"\b(?:dien|dau|thu|vat) tu\b")
_NOT_BEFORE = frozenset(
    {
        *("tu", "tren", "duoi", "den", "hon", "it", "nhat", "thieu", "qua", "khong", "chua", "tru"),
        *("bang", "giam", "tang", "them", "con", "truoc", "sau", "vuot", "lech"),
    }
)
_OF_BEFORE = re.compile(r"\b(?:cung ky|(?:nam|ky|quy|thang) (?:lien |ke )?truoc)\b")
_NOT_BEHIND = frozenset(("hoac", "neu", "tru", "nhung", "tro", "them", "giam"))
_EACH = re.compile(r"\b(?:mỗi|cứ)\b", re.IGNORECASE)  # folded they are "mới" and "cử" as well
_FILLERS = frozenset(
    {
        *("hoan", "thanh", "dat", "thuc", "hien", "ty", "ti", "le", "co", "neu", "truong", "hop"),
        *("duoc", "ket", "qua", "so", "la", "muc", "ke", "hoach", "chi", "tieu", "nay", "cua"),
    }
)


@dataclass(frozen=True, slots=True)
class _Read:
    band: Band
    is_share: bool
    item: str
    part: RulePart
    subject: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
    """The words before and behind the figures of a share, without those that mean nothing."""


def read_bands(
    parts: list[RulePart], maximum: Decimal, *, deducts: bool = False, of_office: bool = False
) -> Bands:
    """Return the bands that the parts of a rule say. Raises RuleWordsError.

    In a text of the office the figures short of all bands give nothing, though it does not say so.
    """
    whole = parts
    parts, nothing = take_nothing_arose(parts, maximum)
    has_rest = bool(parts) and is_rest(parts[-1])
    otherwise = score_of(parts[-1], maximum, deducts=deducts) if has_rest else None
    rest = parts[-1] if otherwise is not None else None
    read = [_read_band(part, maximum, deducts) for part in (parts[:-1] if rest else parts)]
    if not read:
        raise RuleWordsError(whole[0].text, _EXPECTED)
    of_ratio = _of_one_kind(read)
    _check_subjects(read)
    if nothing and not of_ratio:
        told = next(part.text for part in whole if is_nothing_arose(part))
        raise RuleWordsError(told, "“không phát sinh” chỉ dùng cho các mức có dấu %")
    _check_reach(read, of_ratio, rest, otherwise or Decimal(0), of_office=of_office)
    if of_office and maximum not in (otherwise, *(one.band.score for one in read)):
        raise RuleWordsError(read[0].part.text, "một mức được điểm tối đa của dòng")
    bands = tuple(r.band for r in read)
    return Bands(bands, otherwise or Decimal(0), of_ratio, nothing, _one_item(read))


def _read_band(part: RulePart, maximum: Decimal, deducts: bool) -> _Read:
    if is_rest(part) or is_nothing_arose(part):
        raise ContradictionError(part.text, "“còn lại” đứng sau mọi mức khác")
    if _EACH.search(part.text):
        raise RuleWordsError(part.text, _EXPECTED)
    said, subject = _without_subject(part.folded)
    is_share_said = bool(_SUBJECT.match(part.folded)["share"])  # type: ignore[index]
    limits, is_share, item = _read_limits(said, part)
    if is_share_said and not is_share:
        raise ContradictionError(part.text, "số có dấu %, ví dụ “tỷ lệ ≥90%: 1”")
    band = Band(limits, score_of(part, maximum, deducts=deducts))
    return _Read(band, is_share, as_typed(item, part.condition), part, subject)


def read_share_limits(part: RulePart) -> tuple[Limit, ...]:
    """Return the shares that a part speaks of. Raises RuleWordsError."""
    said, _ = _without_subject(part.folded)
    limits, is_share, _ = _read_limits(said, part)
    if not is_share:
        raise RuleWordsError(part.text, _EXPECTED)
    return limits


def _without_subject(said: str) -> tuple[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return a condition without what it is about, and that: of shares, words around figures."""
    match = _SHARE.fullmatch(said)
    if match is None:
        return _SUBJECT.sub("", said), ((), ())
    lead = _WORDS_WITH_TU.sub("", match["lead"]).split()
    tail = f"{match['tail'] or ''} {match['more'] or ''}".split()
    is_other = not _NOT_BEFORE.isdisjoint(lead) or not _NOT_BEHIND.isdisjoint(tail)
    if is_other or _OF_BEFORE.search(" ".join((*lead, "", *tail))):  # growth is no share of a whole
        return said, ((), ())
    core = f"{match['core']}{match['back'] or ''}"
    return core, (_meant(lead), _meant(tail))


def _meant(subject: Sequence[str]) -> tuple[str, ...]:
    return tuple(bare for word in subject if (bare := word.strip(",()")) and bare not in _FILLERS)


def _check_subjects(read: Sequence[_Read]) -> None:
    """Refuse shares of different things: each subject must be how another one begins."""
    for place in (0, 1):
        longest = max((one.subject[place] for one in read), key=len)
        for one in read:
            if one.subject[place] != longest[: len(one.subject[place])]:
                raise RuleWordsError(one.part.text, "mọi mức đều nói về cùng một tỷ lệ")


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


def _read_range(match: re.Match[str], part: RulePart) -> tuple[tuple[Limit, ...], bool]:
    is_share = bool(match["b_percent"])
    if match["a_percent"] and not is_share:
        raise ContradictionError(part.text, "dấu % ở cả hai số, ví dụ “từ 70% đến dưới 80%: 0,5”")
    least, most = (_value(match[name], part, is_share) for name in ("a", "b"))
    low = Comparator.MORE if match["from"] in _OPEN_FROM else Comparator.AT_LEAST
    high = Comparator.LESS if match["to"] in _OPEN_TO else Comparator.AT_MOST
    if least >= most:
        raise ContradictionError(part.text, "số nhỏ trước, số lớn sau: “từ 70% đến dưới 80%: 0,5”")
    return (Limit(low, least), Limit(high, most)), is_share


def _value(text: str, part: RulePart, is_share: bool) -> Decimal:
    number = number_of(text, part)
    if is_share and number > 100:
        raise ContradictionError(part.text, "tỷ lệ từ 0% đến 100% (vượt 100% được tính là 100%)")
    return number / 100 if is_share else number


def _of_one_kind(read: Sequence[_Read]) -> bool:
    of_ratio = read[0].is_share
    for one in read:
        if one.is_share != of_ratio:
            raise ContradictionError(one.part.text, "mọi mức đều có dấu %, hoặc không mức nào có")
    return of_ratio


def _one_item(read: Sequence[_Read]) -> str:
    named = [one for one in read if one.item]
    for one in named:
        if fold(one.item) != fold(named[0].item):
            raise ContradictionError(one.part.text, f"mọi mức đều đếm “{named[0].item}”")
    return named[0].item if named else ""


def _check_reach(
    read: Sequence[_Read],
    of_ratio: bool,
    rest: RulePart | None,
    otherwise: Decimal,
    *,
    of_office: bool,
) -> None:
    """Refuse bands that nothing reaches, figures with two scores, and figures with none."""
    probes = Probes([r.band for r in read], of_ratio)
    taken: frozenset[Decimal] = frozenset()
    held_by = [probes.held(one.band) for one in read]
    for i, (one, held) in enumerate(zip(read, held_by, strict=True)):
        if not held:
            raise ContradictionError(
                one.part.text, "mức có thể đạt tới: tỷ lệ từ 0% đến 100%, số từ 0"
            )
        if held <= taken:
            raise ContradictionError(
                one.part.text,
                "mức hẹp ghi trước mức rộng: các mức ghi trước đã bao hết mức này",
            )
        for earlier, before in zip(read[:i], held_by[:i], strict=True):
            shared = before & held
            if _ends_where_better_begins(earlier.band, one.band, shared):
                continue
            if shared and not before <= held:
                where = _figure(min(shared), of_ratio)
                raise ContradictionError(
                    one.part.text,
                    f"mức không trùng với “{earlier.part.text}”; {where} đang thuộc cả hai mức",
                )
        taken |= held
    _check_gaps(read, probes, rest, otherwise)
    missing = probes.missing(taken)
    if missing and rest is None and not (of_office and _falls_short(read, held_by, missing)):
        where = _figure(min(missing), of_ratio)
        last = read[-1].part.text
        raise ContradictionError(
            last, f"thêm “; còn lại: 0” (hoặc số điểm khác): chưa rõ {where} được mấy điểm"
        )
    if not missing and rest is not None:
        raise ContradictionError(rest.text, "bỏ phần này: các mức ghi trước đã bao hết")


def _falls_short(
    read: Sequence[_Read], held_by: Sequence[frozenset[Decimal]], missing: frozenset[Decimal]
) -> bool:
    """Tell whether figures that no band holds all lie beyond the band with the lowest score."""
    scores = [one.band.score for one in read]
    least = min(scores)
    if not least:
        return False
    worst = [held for one, held in zip(read, held_by, strict=True) if one.band.score == least]
    if len(worst) != 1 or len(set(scores)) != len(scores):
        return False
    others = frozenset().union(*held_by) - worst[0]
    is_below = max(missing) < min(worst[0]) and (not others or max(worst[0]) <= min(others))
    is_above = min(missing) > max(worst[0]) and (not others or min(worst[0]) >= max(others))
    return is_below or is_above


def _ends_where_better_begins(better: Band, other: Band, shared: frozenset[Decimal]) -> bool:
    """Tell whether a range goes up to the figure from which on a better band holds expressly.

    "Từ 80% trở lên: 4; từ 60% - 80%: 2": of 80 % the first speaks, the second only ends there.
    """
    (least, *more), last = better.limits, other.limits[-1]
    is_end = last.comparison is Comparator.AT_MOST and len(other.limits) == 2
    return (
        shared == {least.value} == {last.value}
        and not more
        and least.comparison is Comparator.AT_LEAST
        and is_end
        and better.score > other.score
    )


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
        raise ContradictionError(
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
