"""Labelled alternatives: the cases that a text names, each with its score."""

from __future__ import annotations

import re
from decimal import Decimal

from cchc_office.rules._parts import (
    RulePart,
    is_not_applicable,
    is_rest,
    leaves_open_what_nothing_gives,
    score_of,
    takes_away,
)
from cchc_office.rules.values import (
    NO,
    Alternative,
    Choice,
    RuleWordsError,
    yes_no,
)
from cchc_office.text.vietnamese import clean_line, fold, words

LONGEST_LABEL = 240
"""A formula holds no longer text."""
_LONGEST_TOGETHER = 4000
_EXPECTED = (
    "các trường hợp, mỗi trường hợp một số điểm: “Ban hành đúng hạn: 1; ban hành chậm: 0,5; không "
    "ban hành: 0”; một trường hợp được điểm tối đa"
)
_YES_NO = re.compile(r"(?P<yes>co|dat)\s*(?:/|-|,|hoac)\s*khong(?: dat| co)?")
# What is no case of its own but a judgement, a count or a sum.
_NO_CASE = re.compile(
    r"^(?:tuy|tuong ung|xem xet|can cu|tung|theo muc do)\b|\bcu (?:0?1|moi|mot)\b"
    r"|\b(?:cong thuc|nhan voi|ty le thuan)\b|(?<![<>])=|×|\bx\s*\d"
)
_COUNTED_LOSS = re.compile(r"\b(?:co )?0?1 [a-z]+")
_FIGURES, _DAY = re.compile(r"\d"), re.compile(r"\d\s*[/.-]\s*\d+\s*(?:$|[/.])|\bthang \d")
_COMPARES = frozenset(
    {
        *("tu", "tren", "duoi", "den", "truoc", "sau", "ngay", "thang", "nam", "dat", "ty", "ti"),
        *("le", "con", "lai", "muc", "tro", "len", "xuong", "khong", "qua", "han", "chua", "do"),
        *("hon", "it", "nhat", "diem", "la", "toi", "da", "phat", "sinh", "hoac"),
    }
)
_BEFORE_CASE = re.compile(r"^(?:Nếu|Trường hợp|Đối với)\s+", re.IGNORECASE)
_WELL_DONE = re.compile(
    r"khong (?:co |de |xay ra |bi )*(?:vi pham|sai|tre|cham|muon|don|ky luat|khieu nai|phan anh)\b"
    r"|dung\b|day du\b|dat\b|tot\b|hoan thanh\b"
)
_IN_TIME = re.compile(r"(?:truoc|dung|trong|qua|sau|tre|cham)(?: thoi)? han")
_GRADE = re.compile(r"[A-ZĐ]")
_BARE = frozenset(("co", "khong", "dat", "khong dat", "chua dat", "khong co", "chua co"))
_STATEMENT = 3
"""A case that stands alone says in so many words what is to be reached."""

_NEITHER = "Không thuộc trường hợp nào trên đây"
_NOT_THIS = "Không thuộc trường hợp trên"
"""The case of whoever is in none of those that a text names, or not in the only one: nothing."""


def read_yes_no(parts: list[RulePart], maximum: Decimal) -> Choice | None:
    """Return the choice that "Có/Không" or "Đạt/Không đạt" says, None where it is said otherwise.

    Raises RuleWordsError where more stands behind it.
    """
    match = _YES_NO.fullmatch(parts[0].folded)
    if match is None or parts[0].gives is not None:
        return None
    if len(parts) > 1:
        raise RuleWordsError(parts[-1].text, "“Có/Không”, không thêm phần nào khác")
    if match["yes"] == "co":
        return yes_no(maximum)
    return Choice((Alternative("Đạt", maximum), Alternative("Không đạt", Decimal(0))))


def read_choice(
    parts: list[RulePart], maximum: Decimal, *, deducts: bool = False, of_office: bool = False
) -> Choice:
    """Return the cases that the parts name. Raises RuleWordsError.

    In a text of the office a case may be a range of shares as well.
    """
    for part in parts:
        is_each = "mỗi" in part.text.casefold()  # folded it is also "mọi", all
        is_open = part.gives is None or is_each or _NO_CASE.search(part.folded)
        if is_open or leaves_open_what_nothing_gives(part):
            raise RuleWordsError(part.text, _EXPECTED)
    cases = [
        Alternative(label_of(part.condition), _score(part, maximum, deducts, of_office))
        for part in parts
    ]
    check_labels(parts, cases, of_office=of_office)
    _check_lengths(parts, cases)
    if deducts:
        _check_losses(parts, cases)
    scores = [case.score for case in cases if case.score is not None]
    for part, case in zip(parts, cases, strict=True):
        takes = fold(part.gives or "").startswith("tru") and case.score
        if takes and not deducts and _COUNTED_LOSS.search(part.folded):
            raise RuleWordsError(part.text, "mức trừ của từng thứ được đếm: “Mỗi … trừ …”")
    if len(cases) == 1 and not _is_statement(parts[0], cases[0]):
        raise RuleWordsError(parts[0].text, _EXPECTED)
    if maximum not in scores:
        raise RuleWordsError(parts[0].text, "một trường hợp được điểm tối đa của dòng")
    if 0 not in scores:
        alone = NO if fold(cases[0].label) == "co" else _NOT_THIS
        label = alone if len(cases) == 1 else _NEITHER
        cases.append(Alternative(label, Decimal(0)))
    return Choice(tuple(cases))


def _score(part: RulePart, maximum: Decimal, deducts: bool, of_office: bool) -> Decimal | None:
    if of_office and is_not_applicable(part.gives):
        return None
    return score_of(part, maximum, deducts=deducts)


def _check_losses(parts: list[RulePart], cases: list[Alternative]) -> None:
    """Refuse points for what is well done where points are taken off.

    "Không vi phạm: 5; vi phạm: 0" tells what is left, and not what is lost.
    """
    for part, case in zip(parts, cases, strict=True):
        if case.score and not takes_away(part) and _WELL_DONE.match(fold(case.label)):
            raise RuleWordsError(part.text, "số điểm bị trừ của từng trường hợp: “… : trừ 1”")


def _is_statement(part: RulePart, case: Alternative) -> bool:
    """Tell whether a case that stands alone says what is to be reached, and no mere maximum."""
    named = words(case.label)
    return bool({"+", "="} & set(part.text)) or (
        len(named) >= _STATEMENT and named[0].folded not in ("diem", "so")
    )


def label_of(condition: str) -> str:
    """Return what a condition is called in a list of cases."""
    bare = clean_line(condition).strip(" :,-–")
    bare = _BEFORE_CASE.sub("", bare) or bare
    return f"{bare[:1].upper()}{bare[1:]}"


def check_labels(parts: list[RulePart], cases: list[Alternative], *, of_office: bool) -> None:
    """Refuse cases without a name of their own. Raises RuleWordsError."""
    seen: set[str] = set()
    for part, case in zip(parts, cases, strict=True):
        folded = fold(case.label)
        named = [w.folded for w in words(case.label) if w.folded.isalpha() and len(w.folded) > 1]
        is_range = of_office and bool(_FIGURES.search(folded)) and not _DAY.search(folded)
        is_named = folded in _BARE or _IN_TIME.fullmatch(folded) or _GRADE.fullmatch(case.label)
        is_case = is_named or is_rest(part) or is_range or not _COMPARES.issuperset(named)
        is_open = not is_case or folded == "khong ap dung"
        if is_open or folded in seen:
            raise RuleWordsError(part.text, _EXPECTED)
        seen.add(folded)


def _check_lengths(parts: list[RulePart], cases: list[Alternative]) -> None:
    for part, case in zip(parts, cases, strict=True):
        if len(case.label) > LONGEST_LABEL:
            raise RuleWordsError(part.text, _EXPECTED)
    if sum(len(case.label) for case in cases) > _LONGEST_TOGETHER:
        raise RuleWordsError(parts[-1].text, _EXPECTED)
