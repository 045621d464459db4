"""A rule in words for the people who fill in a form."""

from __future__ import annotations

from decimal import Decimal

from cchc_office.rules._parts import percent, shown
from cchc_office.rules.coverage import leaves_rest
from cchc_office.rules.values import (
    Band,
    Bands,
    ByDate,
    Comparison,
    DayLimit,
    Limit,
    NothingArose,
    PerItem,
    Ratio,
    Rule,
    SelfScored,
    YesNo,
)
from cchc_office.vietnamese import official

_SHARE_INPUTS = "Số liệu kê khai: số đạt được; Trên tổng số: tổng số phải thực hiện."
_ONE_LIMIT = {
    Comparison.AT_LEAST: "từ {} trở lên",
    Comparison.MORE: "trên {}",
    Comparison.AT_MOST: "từ {} trở xuống",
    Comparison.LESS: "dưới {}",
    Comparison.EXACTLY: "đúng {}",
}
_RANGE_FROM = {Comparison.AT_LEAST: "từ {}", Comparison.MORE: "trên {}"}
_RANGE_TO = {Comparison.AT_MOST: "đến {}", Comparison.LESS: "đến dưới {}"}


def describe(rule: Rule, maximum: Decimal) -> str:
    """Return what to declare and what it gives, in a sentence or two of Vietnamese."""
    most = shown(maximum)
    match rule:
        case SelfScored():
            return f"Đơn vị tự chấm từ 0 đến {most} điểm."
        case YesNo():
            return f"Số liệu kê khai: chọn Có ({most} điểm) hoặc Không (0 điểm)."
        case PerItem():
            points = shown(rule.points)
            return (
                f"Số liệu kê khai: số {rule.item}. "
                f"Mỗi {rule.item} được {points} điểm, tối đa {most} điểm."
            )
        case ByDate():
            days = [_day(limit) for limit in rule.limits]
            gives = "; ".join([*days, f"muộn hơn: {_points(rule.late)}"])
            return f"Số liệu kê khai: ngày hoàn thành (ngày/tháng/năm). {_sentence(gives)}"
        case Ratio():
            return _ratio(rule, most)
        case Bands():
            return _bands(rule)


def _ratio(rule: Ratio, most: str) -> str:
    gives = [f"Điểm bằng tỷ lệ đạt được nhân {most}"]
    if rule.floor is not None:
        gives.append(f"dưới {percent(rule.floor)}: 0 điểm")
    return f"{_SHARE_INPUTS} {_sentence('; '.join(gives + _nothing(rule.nothing)))}"


def _bands(rule: Bands) -> str:
    gives = [f"{_limits(band, rule.of_ratio)}: {_points(band.score)}" for band in rule.bands]
    if leaves_rest(rule):
        gives.append(f"còn lại: {_points(rule.otherwise)}")
    said = _sentence("; ".join(gives + _nothing(rule.nothing)))
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


def _nothing(nothing: NothingArose | None) -> list[str]:
    if nothing is None:
        return []
    gives = "không áp dụng" if nothing.score is None else _points(nothing.score)
    return [f"không phát sinh (tổng số là 0): {gives}"]


def _day(limit: DayLimit) -> str:
    word = "đến hết ngày" if limit.inclusive else "trước ngày"
    return f"{word} {official(limit.day).short}: {_points(limit.score)}"


def _points(score: Decimal) -> str:
    return f"{shown(score)} điểm"


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."
