"""Sums: things that each give a part of the maximum, and cases of several matters together.

"Có A: 0,5; có B: 0,5"; "A: 0,5; B: cộng thêm 0,5"; "tổng điểm của 02 nội dung sau: (1) …; (2) …".
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import combinations, product

from cchc_office.rules._choices import LONGEST_LABEL, check_labels, label_of, read_choice
from cchc_office.rules._parts import (
    RulePart,
    adds,
    lower_first,
    part_of,
    score_of,
    split_parts,
)
from cchc_office.rules.values import (
    Alternative,
    Bands,
    Choice,
    ContradictionError,
    Rule,
    RuleWordsError,
)
from cchc_office.text.vietnamese import clean, clean_line, fold

_MOST_THINGS = 3
_MOST_CASES = 12
_LONGEST_JOINED = 120
"""Longer names are not read in a list."""
_EXPECTED = "các phần cộng lại bằng điểm tối đa của dòng"
# What is reached or not, unlike "Mức độ …" and "Tỷ lệ …", of which there is more or less.
_REACHED = re.compile(
    r"(?:trong nam )?(?:co|khong co|da|dat|du|dap ung|hoan thanh)\b"
    r"|(?:it nhat|tu) \d|\d[\d.,]* ?%|.*\b(?:day du|dung quy dinh|dung han|kip thoi)\b"
)
_THERE_IS = frozenset(("có", "co"))
_THERE_IS_NONE = re.compile(r"(?:trong nam )?khong co\b")
_RANKED = re.compile(
    r"\b(?:cup|huy chuong|xep loai|giai (?:cap|thuong|nhat|nhi|ba|khuyen khich|[a-d])\b)"
)
_RANK, _RANK_BARE = "hạng", "hang"
"""Bare only where nothing has its marks: "hằng quý" is no rank."""

_MEASURED = re.compile(r"(?:muc do|t[yi] le|chat luong|ket qua|so|hieu qua|diem|tinh)\b")
# Words by which the levels of one scale differ.
_GRADES = frozenset(
    {
        *("không", "chưa", "thiếu", "chậm", "muộn", "trễ", "nhưng", "phần", "ít", "nhiều", "trước"),
        *("sau", "nếu", "dưới", "tốt", "khá", "hoặc", "quá", "hơn", "hạn", "chỉ", "còn", "loại"),
        *("mức", "yếu", "kém", "bình", "sắc", "nhì", "hạng", "huy"),
    }
)
_WELL = frozenset(
    ("đúng", "đầy", "đủ", "kịp", "thời", "các", "mọi", "toàn", "bộ", "tất", "cả", "kỳ")
) | {
    *("thường", "xuyên", "định"),
}
"""Words that may be a level above what is done less well, or may only stand with one thing."""
_GRADES_BARE, _WELL_BARE = (frozenset(map(fold, some)) for some in (_GRADES, _WELL))
_NOT_REACHED = re.compile(
    r"neu (?:noi dung|phan|y) nao (?:(?:neu |o )?tren )?(?:thuc hien )?khong (?:dat|dam bao"
    r"|dap ung)(?: theo)?(?: quy dinh| yeu cau)? thi (?:diem danh gia )?(?:cua |tuong ung )?"
    r"(?:noi dung|phan|y) do (?:la|duoc) 0(?: diem)?"
)


def without_not_reached(parts: list[RulePart]) -> list[RulePart]:
    """Return the parts without the one that gives 0 to what is not reached of a sum."""
    return [part for part in parts if not _NOT_REACHED.fullmatch(fold(part.text))]


def read_added(parts: list[RulePart], maximum: Decimal, *, deducts: bool = False) -> Choice:
    """Return a case for each selection of things where all behind the first add their points.

    Raises RuleWordsError where they do not come to the maximum together, or points are taken off.
    """
    if deducts:
        raise RuleWordsError(parts[0].text, _EXPECTED)
    parts = without_not_reached(parts)
    scores = [score_of(part, maximum) for part in parts]
    other = next((part for part in parts[1:] if not adds(part)), None)
    if other or len(parts) == 1 or len(parts) > _MOST_THINGS or sum(scores) != maximum:
        raise ContradictionError((other or parts[-1]).text, _EXPECTED)
    things = [Alternative(label_of(p.condition), s) for p, s in zip(parts, scores, strict=True)]
    check_labels(parts, things, of_office=True)
    return _selections(things)


def read_summed(parts: list[RulePart], maximum: Decimal) -> Choice | None:
    """Return a case for each selection of things that plainly each give a part of the maximum.

    None where they may as well be the levels of a scale: "Tốt: 2; khá: 1".
    """
    if not 1 < len(parts) <= _MOST_THINGS or any(part.gives is None for part in parts):
        return None
    try:
        scores = [score_of(part, maximum) for part in parts]
    except RuleWordsError:
        return None
    if sum(scores) != maximum or 0 in scores or not _are_things(parts, scores):
        return None
    things = [Alternative(label_of(p.condition), s) for p, s in zip(parts, scores, strict=True)]
    check_labels(parts, things, of_office=True)
    return _selections(things)


def _are_things(parts: Sequence[RulePart], scores: Sequence[Decimal]) -> bool:
    """Tell whether all are reached or not, and by what they differ is no grade."""
    said = [label_of(part.condition) for part in parts]
    folded = [fold(label) for label in said]
    if not all(map(_REACHED.match, folded)):
        return False
    if any(_MEASURED.match(one) or _RANKED.search(one) for one in folded):
        return False
    typed = [[w.casefold() for w in re.findall(r"\w+", label)] for label in said]
    if any(_is_within(one, other) for one in typed for other in typed if one is not other):
        return False
    is_bare = all(label.isascii() for label in said)
    if any((_RANK_BARE if is_bare else _RANK) in one for one in typed):
        return False
    shared = set.intersection(*map(set, typed))
    common = shared | _THERE_IS
    own = [set(one[_denies(label) :]) - common for one, label in zip(typed, folded, strict=True)]
    grades, well = (_GRADES_BARE, _WELL_BARE) if is_bare else (_GRADES, _WELL)
    least = 1 if all(map(well.isdisjoint, own)) else 2
    figures = {frozenset(word for word in one if word.isdigit()) for one in own} - {frozenset()}
    if len(figures) > 1 and len(set(scores)) > 1:
        return False
    # A letter alone is a name in "có A; có B", and the class of something in "loại A; loại B".
    shortest = 1 if shared <= _THERE_IS else 2
    named = [{word for word in one - well if len(word) >= shortest} for one in own]
    return all(grades.isdisjoint(one) for one in own) and min(map(len, named)) >= least


def _denies(folded: str) -> int:
    """Return how many words say at the start that there is none of something."""
    match = _THERE_IS_NONE.match(folded)
    return len(match[0].split()) if match else 0


def _is_within(one: list[str], other: list[str]) -> bool:
    """Tell whether all words of one stand in the other in their order: it only says more."""
    left = iter(other)
    return all(word in left for word in one)


def _selections(things: list[Alternative]) -> Choice:
    """Return a case for each selection of the things; long ones are called by their numbers."""
    sizes = range(len(things), 0, -1)
    chosen = [some for size in sizes for some in combinations(range(len(things)), size)]
    labels = [_joined([things[i].label for i in some], len(things)) for some in chosen]
    none = "Không có nội dung nào"
    is_long = any(len(label) > _LONGEST_JOINED for label in labels)
    if is_long:
        labels = [_numbered(some, len(things)) for some in chosen]
        none = "Không đạt nội dung nào"
    together = [sum((things[i].score or Decimal(0) for i in some), Decimal(0)) for some in chosen]
    cases = [*map(Alternative, labels, together), Alternative(none, Decimal(0))]
    return Choice(tuple(cases), tuple(things) if is_long else ())


def _joined(labels: list[str], of: int) -> str:
    label = "; ".join([labels[0], *map(lower_first, labels[1:])])
    return label if len(labels) == of else f"Chỉ {lower_first(label)}"


def _numbered(some: tuple[int, ...], of: int) -> str:
    first, last = (f"({i + 1})" for i in (some[0], some[-1]))
    if len(some) == 1:
        return f"Chỉ đạt {first}"
    between = "".join(f", ({i + 1})" for i in some[1:-1])
    return f"Đạt {'cả ' if len(some) == of else ''}{first}{between} và {last}"


# --- several matters, each with its own points ---

_TOGETHER = re.compile(
    r"(?:so )?diem (?:(?:so|danh gia|dat duoc|cham) )*"
    r"(?:cua (?:tieu chi|tctp|tieu chi thanh phan|noi dung|muc)(?: nay)? )?(?:la|bang) tong "
    r"(?:so )?diem (?:dat duoc )?cua (?:cac|0?(?P<number>\d)) (?:noi dung|phan|viec|y|muc)"
    r"(?: sau| duoi)?(?: day)?:"
)
_NUMBERED = re.compile(r"^\((\d)\)\s*(?=\S)", re.MULTILINE)
_SAYS_NO_MORE = re.compile(
    r"(?!.*\d)(?!.*\b(?:trừ|tối đa|chỉ|ngoài|riêng|cộng thêm)\b).*:", re.IGNORECASE
)

Reader = Callable[[str, Decimal], Rule]
"""Reads a text for a maximum as an office's rule. Raises RuleWordsError."""


def read_together(text: str, maximum: Decimal, read: Reader) -> Choice | None:
    """Return the cases of all numbered matters of which the points are expressly added up.

    None where the text does not say that. Raises RuleWordsError where a matter is more than a
    choice, as a share is: its figures are more than a row has room for.
    """
    lines = clean(text).split("\n")
    at = next((i for i, line in enumerate(lines) if _TOGETHER.fullmatch(fold(line))), None)
    if at is None:
        return None
    before, rest = lines[:at], "\n".join(lines[at + 1 :])
    starts = [match.start() for match in _NUMBERED.finditer(rest)]
    numbers = [match[1] for match in _NUMBERED.finditer(rest)]
    said = _TOGETHER.fullmatch(fold(lines[at]))
    wanted = said["number"] if said and said["number"] else str(len(numbers))
    are_all = numbers == [str(n + 1) for n in range(int(wanted))] and len(numbers) > 1
    if not are_all or rest[: starts[0]].strip() or not all(map(_leads_in, before)):
        raise ContradictionError(clean_line(lines[at]), "các nội dung đánh số (1), (2), …")
    ends = [*starts[1:], len(rest)]
    matters = [_matter(rest[i:j], read) for i, j in zip(starts, ends, strict=True)]
    most = [max(case.score or Decimal(0) for case in matter) for matter in matters]
    if sum(most) != maximum:
        raise ContradictionError(clean_line(lines[at]), _EXPECTED)
    if len(matters) <= _MOST_THINGS and all(len(matter) == 1 for matter in matters):
        return _selections([matter[0] for matter in matters])
    return _products([_with_rest(matter) for matter in matters], lines[at])


def _leads_in(line: str) -> bool:
    return bool(_SAYS_NO_MORE.fullmatch(line.strip()))


def _matter(text: str, read: Reader) -> list[Alternative]:
    """Return the cases of one numbered matter: a thing that is reached or not, or a choice."""
    head, *lines = _NUMBERED.sub("", text).strip().split("\n")
    first = part_of(clean_line(head).rstrip(".; "))
    found = clean_line(head)
    if not lines:
        parts = split_parts(head)
        if len(parts) > 1 or first.gives is None or _MEASURED.match(first.folded):
            raise ContradictionError(found, _EXPECTED)
        score = score_of(first, Decimal(100))
        return [Alternative(label_of(first.condition), score)]
    parts = split_parts("\n".join(lines))
    if any(part.gives is None for part in parts) or not (first.gives or head.endswith(":")):
        raise ContradictionError(found, _EXPECTED)
    scores = [score_of(part, Decimal(100)) for part in parts]
    if first.gives and score_of(first, Decimal(100)) != max(scores):
        raise ContradictionError(found, "số điểm bằng mức cao nhất của nội dung đó")
    rule = read("\n".join(lines), max(scores))
    if isinstance(rule, Choice) and not rule.things:
        cases = list(rule.alternatives)
    elif isinstance(rule, Bands) and rule.of_ratio and rule.nothing is None:
        cases = list(read_choice(parts, max(scores), of_office=True).alternatives)
    else:
        raise ContradictionError(found, _EXPECTED)
    if any(case.score is None for case in cases):
        raise ContradictionError(found, _EXPECTED)
    return cases


def _with_rest(matter: list[Alternative]) -> list[Alternative]:
    if len(matter) > 1:
        return matter
    return [*matter, Alternative("Không đạt", Decimal(0))]


def _products(matters: list[list[Alternative]], told: str) -> Choice:
    if math.prod(map(len, matters)) > _MOST_CASES:
        raise ContradictionError(clean_line(told), f"nhiều nhất {_MOST_CASES} trường hợp")
    cases = []
    for chosen in product(*matters):
        label = "; ".join(f"({n}) {lower_first(one.label)}" for n, one in enumerate(chosen, 1))
        score = sum((one.score or Decimal(0) for one in chosen), Decimal(0))
        cases.append(Alternative(label, score))
    if any(len(case.label) > LONGEST_LABEL for case in cases):
        raise ContradictionError(clean_line(told), f"tên ngắn hơn {LONGEST_LABEL} chữ")
    return Choice(tuple(cases))
