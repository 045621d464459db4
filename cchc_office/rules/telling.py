"""A rule told in words to people who fill in a form."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from cchc_office.rules.computing import leaves_rest
from cchc_office.rules.values import (
    Band,
    Bands,
    ByDate,
    Choice,
    Comparator,
    Counting,
    DayLimit,
    Deductions,
    GivenShare,
    Limit,
    NothingArose,
    PerItem,
    Ratio,
    Rule,
    SelfScored,
    SeveralDeductions,
    Steps,
    WeightedShares,
)
from cchc_office.text.vietnamese import official


def shown(number: Decimal) -> str:
    """Return a number in full, with a decimal comma."""
    return plain(number).replace(".", ",")


def percent(share: Decimal) -> str:
    """Return a fraction as people write it: 0.8 as "80%"."""
    return f"{shown(share * 100)}%"


def plain(number: Decimal) -> str:
    """Return a number in full as formulas have it, with a decimal point."""
    return format(number.normalize() + 0, "f")


_ONE_LIMIT = {
    Comparator.AT_LEAST: "từ {} trở lên",
    Comparator.MORE: "trên {}",
    Comparator.AT_MOST: "từ {} trở xuống",
    Comparator.LESS: "dưới {}",
    Comparator.EXACTLY: "đúng {}",
}
_RANGE_FROM = {Comparator.AT_LEAST: "từ {}", Comparator.MORE: "trên {}"}
_RANGE_TO = {Comparator.AT_MOST: "đến {}", Comparator.LESS: "đến dưới {}"}


_DECLARE = "Số liệu kê khai:"
_NOT_APPLICABLE = "không áp dụng"


def describe(rule: Rule, maximum: Decimal, *, deducts: bool = False) -> str:
    """Return what to declare and what it gives, in a sentence or two of Vietnamese.

    With `deducts` it is what the rule takes off, as rows for penalties do.
    """
    if not isinstance(rule, Choice):
        gives = explain(rule, maximum, deducts=deducts)
        return f"{asks(rule, maximum, deducts=deducts)} {gives}".strip()
    if rule.things:
        return f"{_DECLARE} chọn những nội dung đạt được, điểm cộng lại: {_things(rule)}."
    cases = _cases(rule, deducts)
    if len(cases) == 2:
        return f"{_DECLARE} chọn {cases[0]} hoặc {cases[1]}."
    return f"{_DECLARE} chọn một trong các mục: {'; '.join(cases)}."


def asks(rule: Rule, maximum: Decimal, *, deducts: bool = False) -> str:
    """Return what a unit fills in for a rule, in a sentence."""
    match rule:
        case SelfScored():
            what = "số điểm bị trừ, " if deducts else ""
            return f"Đơn vị tự chấm {what}từ 0 đến {shown(maximum)} điểm."
        case Choice():
            among = f", những nội dung đạt được: {_things(rule)}" if rule.things else ""
            return f"{_DECLARE} chọn một mục trong danh sách{among}."
        case ByDate():
            return f"{_DECLARE} ngày hoàn thành (ngày/tháng/năm)."
        case _:
            return f"{_DECLARE} {_figures_of(rule)}."


def explain(rule: Rule, maximum: Decimal, *, deducts: bool = False) -> str:
    """Return what a rule makes of what is filled in, in a sentence; "" where units score freely."""
    most = shown(maximum)
    match rule:
        case SelfScored():
            return ""
        case Choice():
            return _sentence("; ".join(_cases(rule, deducts)))
        case GivenShare():
            gives = [f"Điểm {'trừ ' if deducts else ''}bằng số này nhân {most}"]
            return _sentence("; ".join(gives + _below(rule.floor, deducts)))
        case PerItem() | Deductions() | SeveralDeductions():
            return _for_each(rule, most, deducts)
        case Steps():
            return _sentence("; ".join(_steps(rule, most)))
        case ByDate():
            days = [_day(limit, deducts) for limit in rule.limits]
            return _sentence("; ".join([*days, f"muộn hơn: {_points(rule.late, deducts)}"]))
        case Ratio():
            return _sentence("; ".join(_ratio(rule, maximum, deducts)))
        case WeightedShares():
            return _sentence("; ".join(_weighted(rule)))
        case Bands():
            return _bands(rule, deducts)


def _for_each(rule: Counting, most: str, deducts: bool) -> str:
    match rule:
        case PerItem():
            points = _points(rule.points, deducts)
            gets = "" if rule.item.endswith("được") else "được "
            gives_each = f"{points}, trừ nhiều nhất" if deducts else f"{gets}{points}, tối đa"
            return f"Mỗi {rule.item} {gives_each} {most} điểm."
        case Deductions():
            taken = _points(rule.points, deducts=True)
            return f"Từ {most} điểm, mỗi {rule.item} {taken}, còn ít nhất {shown(rule.least)} điểm."
        case SeveralDeductions():
            each = zip(rule.items, rule.points, strict=True)
            taken = "; ".join(f"mỗi {item} {_points(one, deducts=True)}" for item, one in each)
            return f"Từ {most} điểm: {taken}; còn ít nhất 0 điểm."


_FURTHER = ("", "; Số liệu thứ hai: ", "; Số liệu thứ ba: ")
_ORDINALS = ("thứ nhất", "thứ hai", "thứ ba")


def _listed(names: Sequence[str]) -> str:
    return "".join(f"{said}{name}" for said, name in zip(_FURTHER, names, strict=False))


def _weighted(rule: WeightedShares) -> list[str]:
    each = zip(_ORDINALS, rule.points, strict=False)
    parts = [f"tỷ lệ {ordinal} nhân {shown(points)}" for ordinal, points in each]
    below = [f"tổng các tỷ lệ {said}" for said in _below(rule.floor, deducts=False)]
    return [f"điểm bằng {' cộng '.join(parts)}", *below, *_nothing(rule.nothing, deducts=False)]


def _steps(rule: Steps, most: str) -> list[str]:
    said = percent if rule.is_share else _grouped
    limit, step = said(rule.limit), said(rule.step)
    up_to, beyond = ("trở lên", "dưới") if rule.falls else ("trở xuống", "trên")
    change = "giảm" if rule.falls else "thêm"
    short = [] if rule.least is None else [f"dưới {said(rule.least)}: 0 điểm"]
    first = f"từ {limit} {up_to}"
    if rule.least is not None:
        first = f"từ {said(rule.least)} đến {limit}"
    rest = "tính theo phần" if rule.is_even else "không tính"
    more = f"cứ {change} {step} được thêm {shown(rule.points)} điểm (phần chưa đủ {step} {rest})"
    return [
        *short,
        f"{first}: {shown(rule.score)} điểm",
        f"{beyond} {limit}: {more}, tối đa {most} điểm",
    ]


def _grouped(number: Decimal) -> str:
    """Return a number in full, whole ones with a stop behind the thousands."""
    is_whole = number == number.to_integral_value()
    return format(int(number), ",d").replace(",", ".") if is_whole else shown(number)


def _ratio(rule: Ratio, maximum: Decimal, deducts: bool) -> list[str]:
    most = shown(maximum)
    part = "" if rule.target == 1 else f" chia {percent(rule.target)}"
    at_most = f", tối đa {most} điểm" if part else ""
    step = "" if rule.rounded_to is None else f", làm tròn đến {shown(rule.rounded_to)} điểm"
    taken = "trừ " if deducts else ""
    gives = [f"Điểm {taken}bằng tỷ lệ đạt được{part} nhân {most}{at_most}{step}"]
    if rule.full is not None:
        gives.append(f"từ {percent(rule.full)} trở lên: {_points(maximum, deducts)}")
    return gives + _below(rule.floor, deducts) + _nothing(rule.nothing, deducts)


def _figures_of(
    rule: Ratio | GivenShare | WeightedShares | Bands | Counting | Steps,
) -> str:
    """Return which figures a unit fills in."""
    match rule:
        case GivenShare() | Steps(is_share=True):
            return f"{rule.name}, ghi theo %"
        case Steps():
            return rule.name
        case PerItem() | Deductions():
            return f"số {rule.item}"
        case SeveralDeductions():
            return _listed([f"số {item}" for item in rule.items])
        case WeightedShares():
            return f"{_listed(rule.counted)}; Trên tổng số: {rule.total}"
        case Bands(of_ratio=False):
            return f"số {rule.item}" if rule.item else "số lượng đạt được"
        case Ratio() | Bands():
            done = rule.of.done or "số đạt được"
            return f"{done}; Trên tổng số: {rule.of.total or 'tổng số phải thực hiện'}"


def _cases(rule: Choice, deducts: bool) -> list[str]:
    return [
        f"{x.label} ({_NOT_APPLICABLE if x.score is None else _points(x.score, deducts)})"
        for x in rule.alternatives
    ]


def _things(rule: Choice) -> str:
    return "; ".join(
        f"({n}) {thing.label} ({_points(thing.score or Decimal(0), deducts=False)})"
        for n, thing in enumerate(rule.things, start=1)
    )


def _below(floor: Decimal | None, deducts: bool) -> list[str]:
    return [] if floor is None else [f"dưới {percent(floor)}: {_points(Decimal(0), deducts)}"]


def _bands(rule: Bands, deducts: bool) -> str:
    gives = [f"{_limits(b, rule.of_ratio)}: {_points(b.score, deducts)}" for b in rule.bands]
    if leaves_rest(rule):
        gives.append(f"còn lại: {_points(rule.otherwise, deducts)}")
    said = "; ".join(gives + _nothing(rule.nothing, deducts))
    return _sentence(f"tỷ lệ {said}" if rule.of_ratio else said)


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
    gives = _NOT_APPLICABLE if nothing.score is None else _points(nothing.score, deducts)
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
