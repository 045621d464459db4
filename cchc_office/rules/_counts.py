"""Points for each thing that is counted, given or taken off, and bands told in words.

"Mỗi văn bản 0,5"; "Mỗi báo cáo gửi muộn trừ 0,25"; "không có người vi phạm: 6; có 01 người: 4".
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from cchc_office.rules._bands import read_bands
from cchc_office.rules._parts import (
    RulePart,
    as_typed,
    lower_first,
    part_of,
    score_of,
    spares,
    split_commas,
    takes_away,
)
from cchc_office.rules.computing import MOST_COUNTS
from cchc_office.rules.telling import shown
from cchc_office.rules.values import (
    Bands,
    ContradictionError,
    Deductions,
    PerItem,
    RuleWordsError,
    SeveralDeductions,
)
from cchc_office.text.vietnamese import fold, words

_EXPECTED = "“Mỗi văn bản 0,5” hoặc “0,5 điểm/văn bản” (tên thứ được đếm, số điểm mỗi thứ)"
_EACH = re.compile(r"(?:tru )?(?:moi|cu|cu moi)(?: mot| 0?1)? ")
_POINTS_FIRST = re.compile(
    r"(?:tru |giam )?[+-]?[\d.,½¼¾]+\s*(?:diem|d)?\s*(?:/|cho|tren|moi|tung)\s*"
    r"(?:moi |tung )?(?:0?1 |mot )?[a-z]"
)
_BAD_FIRST = re.compile(
    r"(?:neu |truong hop |de |co )?(?P<what>cham|muon|tre|thieu|vang|sai|vi pham|qua han)"
    r"(?: (?:moi|cu))?(?: (?:0?1|mot)|(?<=moi)) (?P<item>[a-z][a-z ]*?)[,:]? (?:thi )?(?:bi )?"
    r"(?:tru|giam) .+"
)
_IS_COUNT = re.compile(r"lan|ky|buoi|dot|quy|thang|ngay|vu|truong")
_CASE_THEN_EACH = re.compile(
    r"(?P<case>[^:]*[^\W\d_][^:]*?)\s*:\s*(?:bị\s+)?(?:trừ|tru|giảm|giam|cộng|cong)\s+"
    r"(?P<points>[\d.,½¼¾]+\s*(?:điểm|diem|đ|d)?)\s*/\s*(?:(?:0?1|một|mot)\s+)?"
    r"(?P<item>[^\W\d_][^\d:/;]*)",
    re.IGNORECASE,
)
# On the text as it was typed, so that the name of the item keeps its letters.
_NAME_FIRST = re.compile(
    r"\S+\s+(?:(?:mỗi|moi|một|mot|0?1)\s+)?(?P<item>[^\d:]+?)[\s:,]*(?P<points>[-+\d½¼¾].*)",
    re.IGNORECASE,
)
_POINTS_THEN_NAME = re.compile(
    r"(?:(?:trừ|tru|giảm|giam)\s+)?(?P<points>[-+\d.,½¼¾]+\s*(?:điểm|diem|đ|d)?)\s*"
    r"(?:/|(?:cho|trên|tren|mỗi|moi|từng|tung)\b)\s*"
    r"(?:(?:mỗi|moi|từng|tung|một|mot|0?1)\s+)?(?P<item>[^\d:/]+)",
    re.IGNORECASE,
)
_WORDS_OF_GIVING = re.compile(
    r"(?:[\s,]+(?:thì|thi|được|duoc|là|la|tính|tinh|cộng|cong|thêm|them|chấm|cham|cho|bị|bi|trừ|tru"
    r"|giảm|giam|đi|đạt|dat))+$",
    re.IGNORECASE,
)
# "giảm nghèo" and "(trừ …)" name things; what is taken off stands right at its figure.
_DEDUCTS = re.compile(
    r"(?:^(?:bi )?|\b)(?:tru|giam)(?: (?:di|bot|cho|vao|la|so|diem))*\s*:?\s*[-+]?[\d½¼¾]"
    r"|^(?:bi )?(?:tru|giam) |(?:^|\s)-\s?\d"
)
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_GIVES = re.compile(r"\b(?:được|cộng|thưởng|thêm)\b", re.IGNORECASE)
_OPEN_END = re.compile(r"\b(?:toi da|it nhat|toi thieu|nhieu nhat|khong qua|khoang)$")
_BAD = re.compile(
    r"\b(?:cham|muon|tre|thieu|vang|sai|vi pham|qua han|khong|chua|tre han|ky luat|khien trach)\b"
)
_CAP = re.compile(
    r"(?:(?:nhung |tong (?:so )?diem |diem (?:thuong|cong) )*"
    r"(?:toi da|khong (?:vuot )?qua)(?: la)?)\s+(?P<most>.+)"
)
_DOWN_TO = re.compile(
    r"(?:nhung |va )?(?:(?:tru )?(?:cho )?den(?: khi)? het(?: so)? diem(?: toi da)?(?: cua .+)?"
    r"|(?:diem )?(?:toi thieu|thap nhat|khong (?:thap hon|duoi|am))(?: la)?(?: (?P<least>.+))?"
    r"|khong (?:tinh|tru)(?: diem)? am)"
)
_TAKES_AT_MOST = re.compile(
    r"(?:nhung )?(?:(?:tru )?(?:toi da|khong (?:vuot )?qua)(?: tru)?"
    r"|tong (?:diem )?tru khong (?:vuot )?qua)"
    r"(?: la)? (?P<most>.+)"
)


def speaks_of_each(part: RulePart) -> bool:
    """Tell whether a part speaks of points for each item."""
    typed = words(part.text)
    first = part.text[typed[0].start : typed[0].end].casefold() if typed else ""
    if typed and typed[0].folded in ("moi", "cu") and first not in ("mỗi", "cứ", "moi", "cu"):
        return False  # "mọi", "mới", "cử"
    folded = fold(part.text)
    return bool(
        _EACH.match(folded)
        or _POINTS_FIRST.match(folded)
        or _BAD_FIRST.fullmatch(folded)
        or _CASE_THEN_EACH.fullmatch(part.text)
    )


def read_counts(
    parts: list[RulePart], maximum: Decimal, *, deducts: bool = False, of_office: bool = False
) -> PerItem | Deductions:
    """Return the points for each item that the parts say. Raises RuleWordsError.

    With `deducts` points are taken off whatever the words say, from the sum above the row. An
    office that takes all of them off for one thing must say what two give.
    """
    at = next(i for i, part in enumerate(parts) if speaks_of_each(part))
    start, rest = parts[:at], parts[at + 1 :]
    first, *more = _joined(split_commas([parts[at]]))
    for part in rest:
        more += [part] if _leaves_out(part, maximum) else split_commas([part])
    points, item = _points_and_item(first, maximum)
    if others := [part for part in more if speaks_of_each(part)]:
        raise ContradictionError(others[0].text, "một thứ được đếm; thứ nữa thì ghi ở dòng khác")
    if deducts or not _DEDUCTS.search(_IN_BRACKETS.sub("", fold(first.text))):
        if not deducts:
            _check_gives(first, item)
        if start:
            raise RuleWordsError(start[0].text, _EXPECTED)
        caps = [part for part in more if not _leaves_out(part, maximum)]
        for part in caps:
            _check_cap(part, maximum)
        if deducts and of_office and points == maximum and not caps:  # what two give is left open
            raise ContradictionError(first.text, f"“…, tối đa trừ {shown(maximum)} điểm”")
        return PerItem(points, item)
    return Deductions(points, item, _least_of(start, more, maximum))


def read_several(parts: list[RulePart], maximum: Decimal) -> SeveralDeductions | None:
    """Return what each of several things takes off; None where the parts are not all of that.

    Only "A: trừ 1đ/lần; B: trừ 2đ/lần": a loss that is not told for each leaves open what two take.
    """
    each = [part for part in parts if _CASE_THEN_EACH.fullmatch(part.text)]
    if not 1 < len(each) == len(parts) <= MOST_COUNTS:
        return None
    if not all(_DEDUCTS.search(_IN_BRACKETS.sub("", fold(part.text))) for part in each):
        return None
    counted = [_points_and_item(part, maximum) for part in each]
    items = [item for _, item in counted]
    if len(set(map(fold, items))) < len(items):
        raise ContradictionError(parts[-1].text, "mỗi thứ được đếm một lần")
    return SeveralDeductions(tuple(points for points, _ in counted), tuple(items))


def _least_of(start: list[RulePart], more: list[RulePart], maximum: Decimal) -> Decimal:
    """Return down to what is taken off a row, by what stands before and behind the counted item."""
    for part in start:
        if part.gives is None or score_of(part, maximum) != maximum:
            raise RuleWordsError(part.text, "điểm trước khi trừ bằng điểm tối đa của dòng")
    least = Decimal(0)
    for part in more:
        least = max(least, _least(part, maximum))
    return least


def _check_gives(part: RulePart, item: str) -> None:
    """Refuse points of which the words leave open whether they are given or taken off.

    "Mỗi sai phạm 0,5 điểm" is no gain, "mỗi sáng kiến trừ cấp xã 0,5 điểm" may be a loss, and of
    "mỗi sáng kiến được tối đa 1 điểm" a person says how much.
    """
    named = _IN_BRACKETS.sub("", fold(item))
    is_bad = bool(_BAD.search(named)) and not _GIVES.search(part.text)
    if is_bad or re.search(r"\btru\b", named) or _OPEN_END.search(named):
        raise ContradictionError(part.text, "“được 0,5 điểm” hoặc “trừ 0,5 điểm”")


def _points_and_item(part: RulePart, maximum: Decimal) -> tuple[Decimal, str]:
    folded = fold(part.text)
    if bad := _BAD_FIRST.fullmatch(folded):
        counted, _, more = as_typed(bad["item"], part.text).partition(" ")
        what = as_typed(bad["what"], part.text).lower()
        is_count = bool(_IS_COUNT.fullmatch(fold(counted)))
        order = (counted, what, more) if is_count else (counted, more, what)
        item = " ".join(filter(None, order))
        said = part_of(part.text).gives or ""
    elif case := _CASE_THEN_EACH.fullmatch(part.text):
        named, said = case["item"].strip(), case["points"]
        about = re.sub(r"^(?:có|nếu|để)\s+", "", case["case"].strip(), flags=re.IGNORECASE)
        is_named = fold(about).startswith(fold(named))
        item = lower_first(about) if is_named else f"{named} ({lower_first(about)})"
    else:
        pattern = _NAME_FIRST if _EACH.match(folded) else _POINTS_THEN_NAME
        match = pattern.fullmatch(part.text)
        item = match["item"].strip() if match else ""
        if match and ":" not in part.text[: match.start("points")]:
            item = _WORDS_OF_GIVING.sub("", item)
        said = match["points"] if match else ""
    if not any(c.isalpha() for c in item):
        raise ContradictionError(part.text, _EXPECTED)
    amount = re.sub(r"^(?:(?:trừ|tru|giảm|giam|bị|bi)\s+)+|^[-+]\s?", "", said, flags=re.IGNORECASE)
    points = score_of(RulePart(part.text, item, amount), maximum)
    if not points:
        raise ContradictionError(part.text, "số điểm lớn hơn 0 cho mỗi thứ được đếm")
    return points, item


def _joined(parts: list[RulePart]) -> list[RulePart]:
    """Put a comma between name and points back: "Mỗi văn bản, 0,5"."""
    while len(parts) > 1 and not any(c in "0123456789½¼¾" for c in parts[0].text):
        parts = [part_of(f"{parts[0].text}, {parts[1].text}"), *parts[2:]]
    return parts


def _leaves_out(part: RulePart, maximum: Decimal) -> bool:
    """Tell whether a part only says what is not counted: "Sáng kiến chưa áp dụng: không tính"."""
    if spares(part):
        return True
    is_case = part.gives is not None and not any(c.isdigit() for c in part.condition)
    if not is_case or takes_away(part) or "lan dau" in part.folded:
        return False
    return score_of(part, maximum) == 0


def _check_cap(part: RulePart, maximum: Decimal) -> None:
    match = _TAKES_AT_MOST.fullmatch(fold(part.text)) or _CAP.fullmatch(fold(part.text))
    said = RulePart(part.text, "", match["most"]) if match else None
    if said is None or score_of(said, maximum) != maximum:
        raise ContradictionError(
            part.text, f"chỉ “tối đa {shown(maximum)}”: điểm tối đa của dòng luôn là mức trần"
        )


def _least(part: RulePart, maximum: Decimal) -> Decimal:
    """Return down to what points are taken off, as a part says it."""
    folded = fold(part.text)
    if match := _DOWN_TO.fullmatch(folded):
        return score_of(RulePart(part.text, "", match["least"] or "0"), maximum)
    if match := _TAKES_AT_MOST.fullmatch(folded):
        return maximum - score_of(RulePart(part.text, "", match["most"]), maximum)
    raise ContradictionError(part.text, "“trừ tối đa 1 điểm” hoặc “trừ đến hết điểm”")


# --- bands told in words ---

_ONE_COUNT = re.compile(
    r"(?:neu |trong nam |don vi )*(?:co |de xay ra |xay ra |phat sinh )?"
    r"(?P<from>tu |tren |duoi )?(?P<number>\d+)(?P<to>(?:-| den )\d+)?"
    r"(?: (?!tro len)(?P<what>[a-z][a-z, ]*?))?"
    r"(?P<more> tro len)?"
)
_NONE = re.compile(
    r"(?:.* )?(?:khong(?! qua)|100 ?%) (?:(?:de )?(?:co|xay ra|phat sinh) )?(?P<what>.+)"
)


def read_counted_bands(
    parts: list[RulePart], maximum: Decimal, *, deducts: bool = False, of_office: bool = False
) -> Bands:
    """Return bands of a count that words tell: none of it, one, from two on.

    All parts must count the same thing. Raises RuleWordsError.
    """
    found = [_ONE_COUNT.fullmatch(part.folded) for part in parts]
    counts = [match for match in found if match]
    none = [i for i, match in enumerate(found) if match is None]
    if not counts or len(none) > 1:
        raise RuleWordsError(parts[0].text, _EXPECTED)
    longest = max(((match["what"] or "").strip(" ,").split() for match in counts), key=len)
    for part, match in zip(parts, found, strict=True):
        if match is None:
            _check_none(part, longest)
        elif (own := (match["what"] or "").strip(" ,").split()) != longest[: len(own)]:
            raise RuleWordsError(part.text, "mọi mức đều đếm cùng một thứ")
    named = [_name_of_none(part, longest) for i, part in enumerate(parts) if i in none]
    item = next(filter(None, named), "") or _as_typed_any(" ".join(longest), parts)
    plain = [_plain_band(part, match) for part, match in zip(parts, found, strict=True)]
    bands = read_bands(plain, maximum, deducts=deducts, of_office=of_office)
    return replace(bands, item=item)


def _name_of_none(part: RulePart, counted: list[str]) -> str:
    """Return what there is none of, where that says more than the words beside the counts."""
    match = _NONE.fullmatch(part.folded)
    what = [word.strip(",") for word in match["what"].split()] if match else []
    if len(what) <= len(counted) or what[: len(counted)] != counted:
        return ""
    return as_typed(" ".join(what), part.condition)


def _check_none(part: RulePart, counted: list[str]) -> None:
    """Refuse a part that is not about there being none of what is counted."""
    match = _NONE.fullmatch(part.folded)
    first = counted[0].strip(",") if counted else ""
    if match is None or first not in match["what"].replace(",", " ").split():
        raise RuleWordsError(part.text, "mức khi không có lần nào")


def _plain_band(part: RulePart, match: re.Match[str] | None) -> RulePart:
    if match is None:
        return replace(part, condition="0")
    number = match["number"]
    if match["to"]:
        return replace(part, condition=f"{number} đến {match['to'].removeprefix('-').split()[-1]}")
    sign = "tu " if match["more"] else match["from"] or ""
    return replace(part, condition=f"{sign}{int(number)}{' tro len' if sign == 'tu ' else ''}")


def _as_typed_any(wanted: str, parts: list[RulePart]) -> str:
    folded = wanted.replace(",", "")
    for part in parts:
        found = as_typed(folded, part.condition)
        if found != folded:
            return found
    return wanted
