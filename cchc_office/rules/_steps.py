"""Points step by step: "từ 50% trở xuống được 3 điểm; trên 50% thì cứ thêm 5% được thêm 0,5"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from cchc_office.rules._parts import RulePart, as_typed, lower_first, score_of
from cchc_office.rules.telling import shown
from cchc_office.rules.values import ContradictionError, Steps
from cchc_office.text.vietnamese import fold, parse_decimal

_EXPECTED = (
    "“Từ 50% trở xuống được 3 điểm; trên 50% thì cứ thêm 5% được thêm 0,5 điểm, tối đa 5 điểm”"
)
# On the text as it was typed: "cử thêm 5 người" sends people.
_SPEAKS = re.compile(
    r"\b(?:cứ|cu) (?:(?:mỗi|moi) )?(?:tăng|tang|thêm|them|giảm|giam)(?: thêm| them)? \d",
    re.IGNORECASE,
)
_FIGURE = r"(?P<{0}>\d[\d.,]*) ?(?P<{0}_unit>%|[a-z]+[²³]?(?: (?:dong|vuong))?)"
_LIMIT, _OTHER, _STEP = map(_FIGURE.format, ("limit", "other", "step"))
_GIVES = r"(?:thi |dat |duoc |la |tinh |cong |cham )*"
_POINTS = r"(?P<{0}>\d[\d.,]*)(?: diem|d)"
_UP_TO = re.compile(
    rf"(?P<name>|.+? )tu {_LIMIT} (?P<side>tro xuong|tro len):? {_GIVES}{_POINTS.format('score')}"
)
_WITHIN = re.compile(
    rf"(?P<name>|.+? )tu {_FIGURE.format('least')} den {_LIMIT}(?P<of>(?: [a-z]+)*?):? {_GIVES}"
    rf"{_POINTS.format('score')}"
)
_BEYOND = re.compile(
    rf"(?:neu )?(?P<side>tren|duoi|tu) {_OTHER}(?: (?P<from>tro len|tro xuong))?,? (?:thi )?"
    rf"cu (?:moi )?(?P<change>tang|them|giam)(?: them)? {_STEP},? {_GIVES}(?:them )?"
    rf"{_POINTS.format('points')}"
    rf"(?:,? ?(?:nhung )?(?:toi da|(?:toi da )?khong (?:vuot )?qua) {_POINTS.format('most')})?"
    r"(?:,? ?\(?phan (?:le|chua du)(?: [\d,]+ ?%?)? (?P<rest>tinh theo ty le|khong tinh)\)?)?"
)
_DIVIDES = re.compile(
    r"[;,]\s*(?=(?:nếu |neu )?(?:trên|tren|dưới|duoi|từ|tu)\s[\d.,]+\s?\S+[^,;]*\s(?:cứ|cu)\s)",
    re.IGNORECASE,
)
_REST = re.compile(r"\bphan (?:le|chua du)\b")
_WHOLE = Decimal(100)
# What is counted in whole numbers: "16.000 người" is no sixteen.
_COUNTED = frozenset(("nguoi", "ho", "dan", "ho so", "van ban", "lao dong", "doanh nghiep"))
_NO_NAME = re.compile(r"\d|\b(?:nếu|trường hợp|điểm|hoặc|trừ|ngoài|cứ)\b|[;:]", re.IGNORECASE)


def speaks_of_steps(parts: Sequence[RulePart]) -> bool:
    """Tell whether parts give points for each step."""
    return any(_SPEAKS.search(part.text) for part in parts)


def leaves_rest_open(parts: Sequence[RulePart]) -> bool:
    """Tell whether nothing is said of what is left of a step."""
    return not any(_REST.search(fold(part.text)) for part in parts)


def read_steps(
    parts: list[RulePart], maximum: Decimal, *, deducts: bool = False, of_office: bool = False
) -> Steps:
    """Return the points step by step that two parts say. Raises RuleWordsError.

    In a text of the office what is short of "từ 20% đến 30%" gives nothing.
    """
    told = "; ".join(part.text for part in parts)
    at = list(_DIVIDES.finditer(told))
    beyond = _BEYOND.fullmatch(fold(told[at[0].end() :])) if len(at) == 1 else None
    if beyond is None or deducts:
        found = next(part.text for part in parts if _SPEAKS.search(part.text))
        raise ContradictionError(found, _EXPECTED)
    start = told[: at[0].start()]
    within = _WITHIN.fullmatch(fold(start)) if of_office else None
    first = within or _UP_TO.fullmatch(fold(start))
    if first is None or _NO_NAME.search(as_typed(first["name"], start)):
        raise ContradictionError(start, _EXPECTED)
    return _steps(first, beyond, maximum, told, start)


def _steps(
    first: re.Match[str], beyond: re.Match[str], maximum: Decimal, told: str, start: str
) -> Steps:
    said = first.groupdict()
    unit = said["limit_unit"]
    falls = said.get("side") == "tro len"
    limit, again, step = (
        _number(text, unit) for text in (said["limit"], beyond["other"], beyond["step"])
    )
    units = {unit, beyond["other_unit"], beyond["step_unit"], said.get("least_unit") or unit}
    is_open = len(units) > 1 or not _goes_on(beyond, falls=falls) or limit != again or not step
    least = _number(said["least"], unit) if said.get("least") else None
    score, points = (
        score_of(RulePart(told, "", text), maximum) for text in (said["score"], beyond["points"])
    )
    most = beyond["most"] and score_of(RulePart(told, "", beyond["most"]), maximum)
    if is_open or limit is None or not step or score >= maximum or (least or 0) > limit:
        raise ContradictionError(told, _EXPECTED)
    if (unit == "%" and limit > _WHOLE) or most not in (None, maximum):
        raise ContradictionError(told, f"tối đa bằng điểm tối đa của dòng ({shown(maximum)})")
    scale = _WHOLE if unit == "%" else Decimal(1)
    return Steps(
        _name(said, start, unit),
        limit / scale,
        score,
        step / scale,
        points,
        is_share=unit == "%",
        falls=falls,
        is_even=beyond["rest"] == "tinh theo ty le",
        least=None if least is None else least / scale,
    )


def _goes_on(beyond: re.Match[str], *, falls: bool) -> bool:
    """Tell whether the steps begin where the first part ends, and go the same way."""
    begins = (beyond["side"], beyond["from"])
    on = (("duoi", None), ("tu", "tro xuong")) if falls else (("tren", None), ("tu", "tro len"))
    return begins in on and falls == (beyond["change"] == "giam")


def _number(text: str, unit: str) -> Decimal | None:
    is_grouped = re.fullmatch(r"\d{1,3}(?:\.\d{3})+", text)
    return parse_decimal(text.replace(".", "") if is_grouped and unit in _COUNTED else text)


def _name(said: dict[str, str], start: str, unit: str) -> str:
    """Return what the figure is called: "Tỷ lệ hộ nghèo", "số người (Xã)", "Diện tích (km²)"."""
    bare = said["name"].strip()
    name = "" if bare in ("", "co") else lower_first(as_typed(bare, start))
    of = as_typed(said["of"].strip(), start) if said.get("of") else ""
    if unit == "%":
        is_named = fold(name).startswith(("ty le", "ti le", "ty trong", "ti trong"))
        return name if is_named else " ".join(filter(None, ("tỷ lệ", name, of)))
    typed = re.search(r"\d\s?([^\W\d]+[²³]?)\s+(?:trở|tro|đến|den)", start)
    shown_unit = typed[1] if typed else unit
    if not name:
        return f"số {shown_unit}"
    return f"số {shown_unit} ({name})" if unit in _COUNTED else f"{name} ({shown_unit})"
