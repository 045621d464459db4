"""A rule told: to people who fill in a form, in words; to a sheet, as a live formula.

Formulas are for Excel 2010 and LibreOffice alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from cchc_office.rules.computing import leaves_rest, takes_whole_only
from cchc_office.rules.values import (
    Band,
    Bands,
    ByDate,
    Choice,
    Comparator,
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
from cchc_office.text.vietnamese import fold, official, upper


def shown(number: Decimal) -> str:
    """Return a number in full, with a decimal comma."""
    return _plain(number).replace(".", ",")


def percent(share: Decimal) -> str:
    """Return a fraction as people write it: 0.8 as "80%"."""
    return f"{shown(share * 100)}%"


def _plain(value: Decimal) -> str:
    return format(value.normalize() + 0, "f")


# --- in words ---

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
_Counting = PerItem | Deductions | SeveralDeductions
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


def _for_each(rule: _Counting, most: str, deducts: bool) -> str:
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
    rule: Ratio | GivenShare | WeightedShares | Bands | _Counting | Steps,
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


# --- as a formula ---

_BLANK = '""'
_TYPED = 12
"""Labels of so many letters are sooner typed than chosen."""
_SIGNS = {
    Comparator.AT_LEAST: ">=",
    Comparator.MORE: ">",
    Comparator.AT_MOST: "<=",
    Comparator.LESS: "<",
    Comparator.EXACTLY: "=",
}


@dataclass(frozen=True, slots=True)
class RuleCells:
    """The addresses of the cells that a formula reads: declared figure, total, and Áp dụng.

    `applies` is empty where there is no such cell, as are those of further counts.
    """

    figure: str
    total: str
    applies: str = ""
    second: str = ""
    third: str = ""


def formula(rule: Rule, cells: RuleCells, maximum: Decimal) -> str:
    """Return the formula ("=IF(…)") of the score; it gives "" where `compute` gives no score.

    A day or a choice ("Có", "Không") stands in the cell for the figure. Where units score freely
    there is no formula: "".
    """
    if isinstance(rule, SelfScored):
        return ""
    if not cells.applies:
        return f"={_score(rule, cells, maximum)}"
    return f"=IF(LEN(TRIM({cells.applies}))>0,{_BLANK},{_score(rule, cells, maximum)})"


def _score(rule: Rule, cells: RuleCells, most: Decimal) -> str:
    figure = cells.figure
    match rule:
        case SelfScored():
            return _BLANK
        case Choice():
            return _chosen(rule, figure)
        case GivenShare():
            return _of_figure(figure, f"{figure}<0", _percentage(rule, figure, most))
        case Steps():
            return _of_figure(figure, f"{figure}<0", _stepped(rule, figure, most))
        case ByDate():
            return _of_figure(figure, f"{figure}<1", _first_day(rule.limits, rule.late, figure))
        case Ratio():
            return _of_share(rule.nothing, cells, _share_score(rule, cells, most))
        case WeightedShares():
            return _of_weighted(rule, cells, most)
        case Bands(of_ratio=True):
            return _of_share(rule.nothing, cells, _first_band(rule, figure, cells.total))
        case _:
            return _counted(rule, cells, most)


def _counted(rule: _Counting | Bands, cells: RuleCells, most: Decimal) -> str:
    figure = cells.figure
    match rule:
        case Deductions():
            points = f"MAX({_plain(rule.least)},{_plain(most)}-{figure}*{_plain(rule.points)})"
            return _of_figure(figure, _is_part(figure), points)
        case PerItem():
            points = f"MIN({_plain(most)},{figure}*{_plain(rule.points)})"
            return _of_figure(figure, _is_part(figure), points)
        case SeveralDeductions():
            return _of_several(rule, cells, most)
        case Bands():
            refused = _is_part(figure) if takes_whole_only(rule) else f"{figure}<0"
            return _of_figure(figure, refused, _first_band(rule, figure, ""))


def _is_part(figure: str) -> str:
    return f"{figure}<>INT({figure})"


def _chosen(rule: Choice, cell: str) -> str:
    said = f"UPPER(TRIM({cell}))"
    written = _BLANK
    for alternative in reversed(rule.alternatives):
        texts = [f'{said}="{text}"' for text in _spellings(alternative.label)]
        is_it = texts[0] if len(texts) == 1 else f"OR({','.join(texts)})"
        score = _BLANK if alternative.score is None else _plain(alternative.score)
        written = f"IF({is_it},{score},{written})"
    return written


def _spellings(label: str) -> list[str]:
    """Return a label as a formula compares it; short ones are typed without diacritics too."""
    spelled = [upper(label)] + ([fold(label).upper()] if len(label) <= _TYPED else [])
    return [text.replace('"', '""') for text in dict.fromkeys(spelled)]


def _percentage(rule: GivenShare, figure: str, most: Decimal) -> str:
    score = f"MIN(1,{figure})*{_plain(most)}"
    if rule.floor is None:
        return score
    return f"IF(ROUND({figure}-{_plain(rule.floor)},9)<0,0,{score})"


def _counts(rule: WeightedShares | SeveralDeductions, cells: RuleCells) -> tuple[str, ...]:
    return (cells.figure, cells.second, cells.third)[: len(rule.points)]


def _weighed(cells: Sequence[str], points: Sequence[Decimal]) -> str:
    return "+".join(f"{cell}*{_plain(one)}" for cell, one in zip(cells, points, strict=True))


def _of_all(cells: Sequence[str], refused: Sequence[str], score: str) -> str:
    """Return a score where all cells hold numbers, and nothing of them is refused."""
    counted = "+".join(f"COUNT({cell})" for cell in cells)
    is_refused = f"OR({','.join(refused)})"
    return f"IF({counted}<{len(cells)},{_BLANK},IF({is_refused},{_BLANK},{score}))"


def _of_several(rule: SeveralDeductions, cells: RuleCells, most: Decimal) -> str:
    counts = _counts(rule, cells)
    refused = [said for cell in counts for said in (f"{cell}<0", _is_part(cell))]
    left = f"MAX(0,{_plain(most)}-({_weighed(counts, rule.points)}))"
    return _of_all(counts, refused, left)


def _of_weighted(rule: WeightedShares, cells: RuleCells, most: Decimal) -> str:
    counts, total = _counts(rule, cells), cells.total
    together = "+".join(counts)
    score = f"MIN({_plain(most)},({_weighed(counts, rule.points)})/{total})"
    if rule.floor is not None:
        numerator, denominator = rule.floor.as_integer_ratio()
        score = f"IF(ROUND(({together})*{denominator}-{total}*{numerator},6)<0,0,{score})"
    nothing = rule.nothing
    of_nothing = _BLANK if nothing is None or nothing.score is None else _plain(nothing.score)
    refused = [*(f"{cell}<0" for cell in (*counts, total)), f"ROUND({together}-{total},9)>0"]
    return _of_all((*counts, total), refused, f"IF({total}=0,{of_nothing},{score})")


def _stepped(rule: Steps, cell: str, most: Decimal) -> str:
    figure = f"MIN(1,{cell})" if rule.is_share else cell
    limit = _plain(rule.limit)
    beyond = f"{limit}-{figure}" if rule.falls else f"{figure}-{limit}"
    steps = f"MAX(0,{beyond})/{_plain(rule.step)}"
    if not rule.is_even:
        steps = f"INT(ROUND({steps},9))"
    score = f"MIN({_plain(most)},{_plain(rule.score)}+{steps}*{_plain(rule.points)})"
    if rule.least is None:
        return score
    return f"IF(ROUND({cell}-{_plain(rule.least)},9)<0,0,{score})"


def _of_figure(figure: str, refused: str, score: str) -> str:
    """COUNT sees numbers only, so texts give no score; a negative figure gives none either."""
    return f"IF(COUNT({figure})=0,{_BLANK},IF(OR({figure}<0,{refused}),{_BLANK},{score}))"


def _of_share(nothing: NothingArose | None, cells: RuleCells, score: str) -> str:
    figure, total = cells.figure, cells.total
    of_nothing = _BLANK if nothing is None or nothing.score is None else _plain(nothing.score)
    if of_nothing != _BLANK:
        of_nothing = f"IF({figure}=0,{of_nothing},{_BLANK})"
    some = f"IF({total}=0,{of_nothing},{score})"
    return (
        f"IF(COUNT({figure})+COUNT({total})<2,{_BLANK},"
        f"IF(OR({figure}<0,{total}<0),{_BLANK},{some}))"
    )


def _share_score(rule: Ratio, cells: RuleCells, most: Decimal) -> str:
    share = f"MIN(1,{cells.figure}/{cells.total})"
    if rule.target != 1:
        share = f"MIN(1,{share}/{_plain(rule.target)})"
    score = f"{share}*{_plain(most)}"
    if rule.rounded_to is not None:
        step = _plain(rule.rounded_to)
        score = f"MIN({_plain(most)},ROUND(ROUND({score}/{step},9),0)*{step})"
    if rule.full is not None:
        from_full = _share_limit(Limit(Comparator.AT_LEAST, rule.full), cells.figure, cells.total)
        score = f"IF({from_full},{_plain(most)},{score})"
    if rule.floor is None:
        return score
    below = _share_limit(Limit(Comparator.LESS, rule.floor), cells.figure, cells.total)
    return f"IF({below},0,{score})"


def _first_band(rule: Bands, figure: str, total: str) -> str:
    written = _plain(rule.otherwise)
    for band in reversed(rule.bands):
        written = f"IF({_holds(band, figure, total)},{_plain(band.score)},{written})"
    return written


def _holds(band: Band, figure: str, total: str) -> str:
    if total:
        held = [_share_limit(limit, figure, total) for limit in band.limits]
    else:
        held = [f"{figure}{_SIGNS[lim.comparison]}{_plain(lim.value)}" for lim in band.limits]
    return held[0] if len(held) == 1 else f"AND({','.join(held)})"


def _share_limit(limit: Limit, figure: str, total: str) -> str:
    """Return figure/total held against a fraction, without dividing.

    The fraction becomes a ratio of whole numbers: 4 of 5 is 80 %, though 0.8 has no end in binary.
    What is left of figures that themselves have decimals is rounded away.
    """
    numerator, denominator = limit.value.as_integer_ratio()
    done = f"MIN({figure},{total})"
    return f"ROUND({done}*{denominator}-{total}*{numerator},6){_SIGNS[limit.comparison]}0"


def _first_day(limits: Sequence[DayLimit], late: Decimal, figure: str) -> str:
    written = _plain(late)
    for limit in reversed(limits):
        sign = "<=" if limit.inclusive else "<"
        day = f"DATE({limit.day.year},{limit.day.month},{limit.day.day})"
        written = f"IF(INT({figure}){sign}{day},{_plain(limit.score)},{written})"
    return written
