"""A rule in words for the people who fill in a form."""

from __future__ import annotations

from decimal import Decimal

from cchc_office.rules._parts import percent, shown
from cchc_office.rules.coverage import leaves_rest
from cchc_office.rules.values import (
    Band,
    Bands,
    ByDate,
    Comparator,
    DayLimit,
    Limit,
    NothingArose,
    PerItem,
    Ratio,
    Rule,
    SelfScored,
    YesNo,
)
from cchc_office.text.vietnamese import official

_SHARE_INPUTS = "Số liệu kê khai: số đạt được; Trên tổng số: tổng số phải thực hiện."
_ONE_LIMIT = {
    Comparator.AT_LEAST: "từ {} trở lên",
    Comparator.MORE: "trên {}",
    Comparator.AT_MOST: "từ {} trở xuống",
    Comparator.LESS: "dưới {}",
    Comparator.EXACTLY: "đúng {}",
}
_RANGE_FROM = {Comparator.AT_LEAST: "từ {}", Comparator.MORE: "trên {}"}
_RANGE_TO = {Comparator.AT_MOST: "đến {}", Comparator.LESS: "đến dưới {}"}


def describe(rule: Rule, maximum: Decimal, *, deducts: bool = False) -> str:
    """Return what to declare and what it gives, in a sentence or two of Vietnamese.

    With `deducts` it is what the rule takes off, as rows for penalties do.
    """
    most = shown(maximum)
    match rule:
        case SelfScored():
            what = "số điểm bị trừ, " if deducts else ""
            return f"Đơn vị tự chấm {what}từ 0 đến {most} điểm."
        case YesNo():
            yes, no = _points(maximum, deducts), _points(Decimal(0), deducts)
            return f"Số liệu kê khai: chọn Có ({yes}) hoặc Không ({no})."
        case PerItem():
            points = _points(rule.points, deducts)
            gives = f"{points}, trừ nhiều nhất" if deducts else f"được {points}, tối đa"
            return f"Số liệu kê khai: số {rule.item}. Mỗi {rule.item} {gives} {most} điểm."
        case ByDate():
            days = [_day(limit, deducts) for limit in rule.limits]
            gives = "; ".join([*days, f"muộn hơn: {_points(rule.late, deducts)}"])
            return f"Số liệu kê khai: ngày hoàn thành (ngày/tháng/năm). {_sentence(gives)}"
        case Ratio():
            return _ratio(rule, most, deducts)
        case Bands():
            return _bands(rule, deducts)


def _ratio(rule: Ratio, most: str, deducts: bool) -> str:
    gives = [f"Điểm {'trừ ' if deducts else ''}bằng tỷ lệ đạt được nhân {most}"]
    if rule.floor is not None:
        gives.append(f"dưới {percent(rule.floor)}: {_points(Decimal(0), deducts)}")
    return f"{_SHARE_INPUTS} {_sentence('; '.join(gives + _nothing(rule.nothing, deducts)))}"


def _bands(rule: Bands, deducts: bool) -> str:
    gives = [f"{_limits(b, rule.of_ratio)}: {_points(b.score, deducts)}" for b in rule.bands]
    if leaves_rest(rule):
        gives.append(f"còn lại: {_points(rule.otherwise, deducts)}")
    said = _sentence("; ".join(gives + _nothing(rule.nothing, deducts)))
    what = f"số {rule.item}" if rule.item else "số lượng đạt được"
    return (
        f"{_SHARE_INPUTS} Tỷ lệ {said[0].lower()}{said[1:]}"
        if rule.of_ratio
        else f"Số liệu kê khai: {what}. {said}"
    )


def _limits(band: Band, of_ratio: bool) -> str:
    if len(band.limits) == 1:
        (limit,) = band.limits
        return _ONE_LIMIT[limit.comparison].format(_figure(limit, of_ratio))
    low, high = band.limits
    start = _RANGE_FROM[low.comparison].format(_figure(low, of_ratio))
    return f"{start} {_RANGE_TO[high.comparison].format(_figure(high, of_ratio))}"


def _figure(limit: Limit, of_ratio: bool) -> str:
    return percent(limit.value) if of_ratio else shown(limit.value)


def _nothing(nothing: NothingArose | None, deducts: bool) -> list[str]:
    if nothing is None:
        return []
    gives = "không áp dụng" if nothing.score is None else _points(nothing.score, deducts)
    return [f"không phát sinh (tổng số là 0): {gives}"]


def _day(limit: DayLimit, deducts: bool) -> str:
    word = "đến hết ngày" if limit.inclusive else "trước ngày"
    return f"{word} {official(limit.day).short}: {_points(limit.score, deducts)}"


def _points(score: Decimal, deducts: bool) -> str:
    if deducts:
        return f"trừ {shown(score)} điểm" if score else "không trừ"
    return f"{shown(score)} điểm"


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."
