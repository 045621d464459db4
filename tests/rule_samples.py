"""Rules beside the words that say them, and figures declared for them, for property tests."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from cchc_office.rules import (
    Alternative,
    Band,
    Bands,
    ByDate,
    Choice,
    Comparator,
    DayLimit,
    Declared,
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
    yes_no,
)

Written = tuple[str, Any, Decimal]

_HUNDREDTHS = Decimal("0.01")
_TENTH = Decimal("0.001")
"""A tenth of one per cent."""


def written(number: Decimal) -> str:
    return f"{number.normalize():f}".replace(".", ",")


def hundredths(least: int, most: int) -> st.SearchStrategy[Decimal]:
    return st.integers(least, most).map(lambda n: n * _HUNDREDTHS)


@st.composite
def written_rules(draw: st.DrawFn) -> Written:
    """A rule's words, the rule, and a maximum for it."""
    maximum = draw(hundredths(1, 1000))
    make = draw(st.sampled_from(KINDS))
    text, rule = make(draw, maximum)
    return text, rule, maximum


def _score(draw: st.DrawFn, maximum: Decimal) -> Decimal:
    return draw(hundredths(0, int(maximum * 100)))


def _free(_draw: st.DrawFn, _maximum: Decimal) -> tuple[str, Rule]:
    return "Tự chấm", SelfScored()


def _yes_no(_draw: st.DrawFn, maximum: Decimal) -> tuple[str, Rule]:
    return "Có/Không", yes_no(maximum)


def _cases(draw: st.DrawFn, maximum: Decimal) -> tuple[str, Rule]:
    names = ["Ban hanh dung han", "Ban hanh cham", "Lam mot phan", "Khong ban hanh"]
    labels = draw(st.lists(st.sampled_from(names), min_size=2, max_size=4, unique=True))
    scores = [maximum, *(_score(draw, maximum) for _ in labels[2:]), Decimal(0)]
    colon, end = draw(st.sampled_from([(":", ""), (":", " diem"), (" thi diem danh gia la", "")]))
    parts = [
        f"{label}{colon} {written(score)}{end}" for label, score in zip(labels, scores, strict=True)
    ]
    return "; ".join(parts), Choice(tuple(map(Alternative, labels, scores)))


def _deductions(draw: st.DrawFn, maximum: Decimal) -> tuple[str, Rule]:
    points = draw(hundredths(1, int(maximum * 100)))
    least = draw(st.none() | hundredths(0, int(maximum * 100)))
    more = "" if least is None else f"; thap nhat {written(least)}"
    text = draw(st.sampled_from(["Mỗi bao cao muon tru {0}", "Tru {0} điểm/bao cao muon"]))
    rule = Deductions(points, "bao cao muon", least or Decimal(0))
    return text.format(written(points)) + more, rule


def _percentage(draw: st.DrawFn, maximum: Decimal) -> tuple[str, Rule]:
    floor = draw(st.none() | st.integers(1, 1000).map(lambda n: Decimal(n) / 1000))
    more = "" if floor is None else f"; dưới {written(floor * 100)}% thì 0"
    times = draw(st.sampled_from([written(maximum), "diem toi da"]))
    return f"Diem = chi so hai long (%) x {times}{more}", GivenShare("chi so hai long", floor)


def _ratio(draw: st.DrawFn, maximum: Decimal) -> tuple[str, Rule]:
    percent = draw(st.none() | st.integers(1, 1000).map(lambda n: Decimal(n) / 10))
    text = "Tỷ lệ" if percent is None else f"Tỷ lệ, dưới {written(percent)}% được 0"
    more, nothing = _nothing(draw, maximum)
    return text + more, Ratio(None if percent is None else percent / 100, nothing)


def _ratio_of_target(draw: st.DrawFn, maximum: Decimal) -> tuple[str, Rule]:
    floor, target = (Decimal(n) / 10 for n in sorted(draw(st.tuples(*[st.integers(1, 999)] * 2))))
    step = draw(st.sampled_from([None, Decimal("0.25"), Decimal("0.01")]))
    assume(floor < target)
    at, least, most = written(target), written(floor), written(maximum)
    more = "" if step is None else f", lam tron den {written(step)}"
    text = (
        f"tu {at}% tro len: {most}; tu {least}% den duoi {at}%: (ty le/{at}%) x {most}{more}; "
        f"duoi {least}%: 0"
    )
    return text, Ratio(floor / 100, target=target / 100, rounded_to=step)


def _nothing(draw: st.DrawFn, maximum: Decimal) -> tuple[str, NothingArose | None]:
    score = _score(draw, maximum)
    return draw(
        st.sampled_from(
            [
                ("", None),
                ("; không phát sinh: không áp dụng", NothingArose(None)),
                ("; không phát sinh: điểm tối đa", NothingArose(maximum)),
                (f"; không phát sinh: {written(score)}", NothingArose(score)),
            ]
        )
    )


def _bands(draw: st.DrawFn, maximum: Decimal) -> tuple[str, Rule]:
    text, bands, rest = _some_bands(draw, maximum, Decimal(100), "%")
    more, nothing = _nothing(draw, maximum)
    return text + more, Bands(bands, rest, True, nothing)


def _plain_bands(draw: st.DrawFn, maximum: Decimal) -> tuple[str, Rule]:
    text, bands, rest = _some_bands(draw, maximum, Decimal(1), "")
    return text, Bands(bands, rest, False)


def _some_bands(
    draw: st.DrawFn, maximum: Decimal, scale: Decimal, sign: str
) -> tuple[str, tuple[Band, ...], Decimal]:
    """Bands from the highest limit down, from the lowest up, or side by side; then the rest."""
    tenths = draw(st.lists(st.integers(1, 999), min_size=1, max_size=5, unique=True))
    limits = [Decimal(n) / 10 for n in sorted(tenths)]
    word, comparison = draw(
        st.sampled_from(
            [
                ("từ {} trở lên", Comparator.AT_LEAST),
                ("≥{}", Comparator.AT_LEAST),
                ("trên {}", Comparator.MORE),
                ("≤{}", Comparator.AT_MOST),
                ("dưới {}", Comparator.LESS),
                ("{}", Comparator.EXACTLY),
                ("từ {} đến dưới {}", None),
            ]
        )
    )
    if comparison in (Comparator.AT_LEAST, Comparator.MORE):
        limits.reverse()
    parts, bands = [], []
    spans = [(low, high) for low, high in zip([Decimal(0), *limits], limits, strict=False)]
    for low, high in spans if comparison is None else [(limit, limit) for limit in limits]:
        score = _score(draw, maximum)
        parts.append(f"{word.format(written(low) + sign, written(high) + sign)}: {written(score)}")
        ends = (
            [(comparison, low)]
            if comparison
            else [(Comparator.AT_LEAST, low), (Comparator.LESS, high)]
        )
        bands.append(Band(tuple(Limit(c, value / scale) for c, value in ends), score))
    rest = _score(draw, maximum)
    return "; ".join([*parts, f"còn lại: {written(rest)}"]), tuple(bands), rest


def _per_item(draw: st.DrawFn, maximum: Decimal) -> tuple[str, Rule]:
    points = draw(hundredths(1, int(maximum * 100)))
    # Without diacritics, so that the words without them name the same item.
    item = draw(st.sampled_from(["hoi nghi", "phim", "tin bai"]))
    text = draw(st.sampled_from(["Mỗi {1} {0}", "{0} điểm/{1}", "Mỗi {1} được {0} điểm"]))
    return text.format(written(points), item), PerItem(points, item)


def _several(draw: st.DrawFn, maximum: Decimal) -> tuple[str, Rule]:
    kinds = draw(st.lists(st.sampled_from(["muon", "thieu", "sai"]), min_size=2, unique=True))
    points = [draw(hundredths(1, int(maximum * 100))) for _ in kinds]
    parts = [f"Gui {kind}: tru {written(one)}/lan" for kind, one in zip(kinds, points, strict=True)]
    items = tuple(f"lan (gui {kind})" for kind in kinds)
    return "; ".join(parts), SeveralDeductions(tuple(points), items)


def _weighted(draw: st.DrawFn, maximum: Decimal) -> tuple[str, Rule]:
    letters = draw(st.sampled_from(["bc", "bcd"]))
    points = [maximum, *(draw(hundredths(1, int(maximum * 100))) for _ in letters[1:])]
    floor = draw(st.none() | st.integers(1, 1000).map(lambda n: Decimal(n) / 1000))
    terms = [f"({x}/a) x {written(one)}" for x, one in zip(letters, points, strict=True)]
    below = f"; Neu ({'+'.join(letters)})/a < {written((floor or Decimal(1)) * 100)}% thi diem la 0"
    more, nothing = _nothing(draw, maximum)
    names = "; ".join(f"{x} = so {x}" for x in f"a{letters}")
    text = f"{' + '.join(terms)}; {names}{below if floor else ''}{more}"
    counted = tuple(f"so {x}" for x in letters)
    return text, WeightedShares(tuple(points), counted, "so a", floor, nothing)


def _steps(draw: st.DrawFn, maximum: Decimal) -> tuple[str, Rule]:
    is_share, falls, is_even = (draw(st.booleans()) for _ in range(3))
    limit, step = (
        Decimal(n) / 10 for n in draw(st.tuples(st.integers(1, 999), st.integers(1, 300)))
    )
    score, points = draw(hundredths(0, int(maximum * 100) - 1)), draw(hundredths(1, 500))
    unit, scale = (" %", Decimal(100)) if is_share else (" ha", Decimal(1))
    side, beyond, change = ("trở lên", "dưới", "giảm") if falls else ("trở xuống", "trên", "thêm")
    at, by = f"{written(limit)}{unit}", f"{written(step)}{unit}"
    text = (
        f"Ty le dat trong tu {at} {side} duoc {written(score)} diem; {beyond} {at} thi cứ {change} "
        f"{by} duoc them {written(min(points, maximum))} diem"
    )
    rule = Steps(
        "ty le dat trong" if is_share else "ty le dat trong (ha)",
        *(limit / scale, score, step / scale, min(points, maximum)),
        is_share,
        falls,
        is_even,
    )
    return text + (", phan le tinh theo ty le" if is_even else ""), rule


def _days(draw: st.DrawFn, maximum: Decimal) -> tuple[str, Rule]:
    dates = st.dates(dt.date(2020, 1, 1), dt.date(2030, 12, 31))
    parts, limits = [], []
    for day in sorted(draw(st.lists(dates, min_size=1, max_size=4, unique=True))):
        score = _score(draw, maximum)
        word, inclusive = draw(st.sampled_from([("trước", False), ("đến hết ngày", True)]))
        parts.append(f"{word} {day:%d/%m/%Y}: {written(score)}")
        limits.append(DayLimit(day, score, inclusive))
    late = _score(draw, maximum)
    return "; ".join([*parts, f"sau: {written(late)}"]), ByDate(tuple(limits), late)


KINDS = [
    *(_free, _yes_no, _cases, _ratio, _percentage, _bands, _plain_bands),
    *(_ratio_of_target, _per_item, _deductions, _several, _weighted, _steps, _days),
]


def declarations(rule: Rule) -> st.SearchStrategy[Declared]:
    """Figures for a rule, half of them at or next to one of its limits."""
    number = st.none() | st.integers(-2, 60).map(Decimal) | hundredths(0, 5000)
    anything = st.builds(Declared, number, number, st.none(), st.none())
    match rule:
        case Choice():
            return st.builds(Declared, choice=st.none() | st.sampled_from(rule.labels))
        case GivenShare():
            edges = st.sampled_from([rule.floor or Decimal("0.5"), Decimal(1), Decimal(0)])
            near_edges = st.builds(lambda edge, n: edge + n * _TENTH, edges, st.integers(-1, 1))
            return st.builds(Declared, percent=st.none() | near_edges)
        case WeightedShares() | SeveralDeductions():
            count = st.sampled_from([None, *map(Decimal, [0, 0, 1, 2, 3, 7])]) | number
            few, many = (st.integers(0, most).map(Decimal) for most in (9, 40))
            return st.builds(Declared, few, many, second=few, third=few) | st.builds(
                Declared, count, count, second=count, third=count
            )
        case Steps():
            key = "percent" if rule.is_share else "figure"
            steps = st.integers(-4, 4).map(lambda n: rule.limit + n * rule.step)
            off = st.sampled_from([Decimal(0), _TENTH, -_TENTH])
            return st.builds(lambda a, b: Declared(**{key: a + b}), steps, off) | st.none().map(
                lambda _: Declared()
            )
        case ByDate():
            edges = st.sampled_from([limit.day for limit in rule.limits])
            near = st.builds(lambda d, n: d + dt.timedelta(days=n), edges, st.integers(-1, 1))
            return st.builds(Declared, day=st.none() | near)
        case Bands(of_ratio=True):
            return anything | at_share([lim.value for b in rule.bands for lim in b.limits])
        case Ratio(floor=Decimal() as floor):
            return anything | at_share([floor, rule.target])
        case Bands():
            limits = st.sampled_from([lim.value for b in rule.bands for lim in b.limits])
            steps = st.sampled_from([Decimal(0), Decimal("0.01"), Decimal("-0.01")])
            return st.builds(lambda a, b: Declared(a + b), limits, steps) | anything
    return anything


@st.composite
def at_share(draw: st.DrawFn, shares: list[Decimal]) -> Declared:
    """A figure and a total whose share is one of those, or next to it, with and without decimals."""
    share = Fraction(draw(st.sampled_from(shares)))
    times = draw(st.integers(1, 50))
    places = Decimal(1).scaleb(-draw(st.integers(0, 3)))
    figure, total = (n * times * places for n in share.as_integer_ratio())
    step = draw(st.sampled_from([0, 0, 1, -1]))
    return Declared(Decimal(figure) + step * places, Decimal(total))
