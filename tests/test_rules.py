"""Rules of scoring: what the words in "Cách chấm" mean, and what they give."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_office.rules import (
    SELF_SCORED,
    Alternative,
    Band,
    Bands,
    ByDate,
    Choice,
    Comparator,
    Computed,
    DayLimit,
    Declared,
    Input,
    Limit,
    NothingArose,
    PerItem,
    Problem,
    Ratio,
    RuleWordsError,
    compute,
    describe,
    inputs_of,
    parse_rule,
    yes_no,
)
from cchc_office.text.vietnamese import fold, parse_official_date

from .conftest import ROOT
from .rule_samples import declarations, written_rules
from .sheets import grid

YEAR = 2024

# Worked by hand. What is declared: "4 trên 5" are figure and total, "?" a blank one.
CASES = """
Cách chấm                                        | Điểm tối đa | Kê khai     | Được
Có/Không                                         | 1,5  | Có          | 1,5
Có/Không                                         | 1,5  | Không       | 0
Có/Không                                         | 1,5  |             |
Có: 2; Không: 0                                  | 2    | Có          | 2
Tự chấm                                          | 1    | 1 trên 2    |
Tỷ lệ                                            | 1    | 4 trên 5    | 0,8
Tỷ lệ                                            | 2,5  | 4 trên 5    | 2
Tỷ lệ                                            | 1    | 1 trên 3    | 1/3
Tỷ lệ                                            | 2    | 2 trên 3    | 4/3
Tỉ lệ                                            | 1    | 0 trên 7    | 0
Tỷ lệ                                            | 1    | 7 trên 7    | 1
Tỷ lệ                                            | 1    | 8 trên 7    | 1 ABOVE_TOTAL
Tỷ lệ                                            | 1    | 12,5 trên 50 | 0,25
Tỷ lệ                                            | 1    | ? trên 7    | INCOMPLETE
Tỷ lệ                                            | 1    | 3 trên ?    | INCOMPLETE
Tỷ lệ                                            | 1    |             |
Tỷ lệ                                            | 1    | -1 trên 7   | NEGATIVE
Tỷ lệ                                            | 1    | 1 trên -7   | NEGATIVE
Tỷ lệ                                            | 1    | 0 trên 0    | NOTHING_UNSAID
Tỷ lệ                                            | 1    | 3 trên 0    | ABOVE_TOTAL
Tỷ lệ, không phát sinh: điểm tối đa              | 2    | 0 trên 0    | 2
Tỷ lệ, không phát sinh: không áp dụng            | 2    | 0 trên 0    | không áp dụng
Tỷ lệ, không phát sinh: 0                        | 2    | 0 trên 0    | 0
Tỷ lệ; không phát sinh: 0,5                      | 2    | 0 trên 0    | 0,5
Tỷ lệ; không phát sinh: 0,5                      | 2    | 1 trên 2    | 1
Tỷ lệ; không phát sinh: 0,5                      | 2    | 3 trên 0    | ABOVE_TOTAL
Tỷ lệ, dưới 80% được 0                           | 1    | 4 trên 5    | 0,8
Tỷ lệ, dưới 80% được 0                           | 1    | 0,8 trên 1  | 0,8
Tỷ lệ, dưới 80% được 0                           | 1    | 8 trên 10   | 0,8
Tỷ lệ, dưới 80% được 0                           | 1    | 799 trên 1000 | 0
Tỷ lệ, dưới 80% được 0                           | 1    | 7999999 trên 10000000 | 0
Tỷ lệ, dưới 80% được 0                           | 2    | 9 trên 8    | 2 ABOVE_TOTAL
Tỷ lệ, dưới 12,5% được 0                         | 1    | 1 trên 8    | 0,125
Tỷ lệ, dưới 12,5% được 0                         | 1    | 124 trên 1000 | 0
Tỷ lệ, dưới 100% được 0                          | 1    | 99 trên 100 | 0
Tỷ lệ, dưới 100% được 0                          | 1    | 100 trên 100 | 1
≥90%: 1; ≥80%: 0,5; còn lại: 0                   | 1    | 9 trên 10   | 1
≥90%: 1; ≥80%: 0,5; còn lại: 0                   | 1    | 899 trên 1000 | 0,5
≥90%: 1; ≥80%: 0,5; còn lại: 0                   | 1    | 4 trên 5    | 0,5
≥90%: 1; ≥80%: 0,5; còn lại: 0                   | 1    | 79 trên 100 | 0
≥90%: 1; ≥80%: 0,5; còn lại: 0                   | 1    | 11 trên 10  | 1 ABOVE_TOTAL
≥90%: 1; ≥80%: 0,5; còn lại: 0                   | 1    | 0 trên 0    | NOTHING_UNSAID
>90%: 1; còn lại: 0,25                           | 1    | 90 trên 100 | 0,25
trên 90%: 1; còn lại: 0,25                       | 1    | 91 trên 100 | 1
100%: 1; 70–<100%: 0,5; còn lại: 0               | 1    | 70 trên 100 | 0,5
100%: 1; 70–<100%: 0,5; còn lại: 0               | 1    | 69 trên 100 | 0
100%: 1; 70–<100%: 0,5; còn lại: 0               | 1    | 100 trên 100 | 1
0: 1; 1-2: 0,5; còn lại: 0                       | 1    | 2           | 0,5
0: 1; 3: 0,5; còn lại: 0                         | 1    | 2           | 0
90-100%: 1; 80-89%: 0; còn lại: 0                | 1    | 895 trên 1000 | 0
90–100%: 2; 80–89%: 1; trên 89% đến dưới 90%: 1; còn lại: 0 | 2 | 895 trên 1000 | 1
≥5: 2; 1–3: 1; trên 3 đến dưới 5: 0; còn lại: 0  | 2    | 4           | 0
từ 80% đến 90%: 1; còn lại: 0                    | 1    | 9 trên 10   | 1
từ 80% đến dưới 90%: 1; còn lại: 0               | 1    | 9 trên 10   | 0
≥66,7%: 1; còn lại: 0                            | 1    | 2 trên 3    | 0
≥66,6%: 1; còn lại: 0                            | 1    | 2 trên 3    | 1
≤5%: 1; ≤10%: 0,5; còn lại: 0                    | 1    | 1 trên 20   | 1
≤5%: 1; ≤10%: 0,5; còn lại: 0                    | 1    | 51 trên 1000 | 0,5
≤5%: 1; ≤10%: 0,5; còn lại: 0                    | 1    | 1 trên 9    | 0
≤5%: 1; còn lại: 0; không phát sinh: điểm tối đa | 1    | 0 trên 0    | 1
<5%: 1; còn lại: 0                               | 1    | 5 trên 100  | 0
≥5: 1; ≥3: 0,5; còn lại: 0                       | 1    | 5           | 1
≥5: 1; ≥3: 0,5; còn lại: 0                       | 1    | 4           | 0,5
≥5: 1; ≥3: 0,5; còn lại: 0                       | 1    | 2           | 0
≥5: 1; ≥3: 0,5; còn lại: 0                       | 1    | -1          | NEGATIVE
0: 2; dưới 3: 1; còn lại: 0                      | 2    | 0           | 2
0: 2; dưới 3: 1; còn lại: 0                      | 2    | 2           | 1
≥90%: 75% điểm tối đa; còn lại: 0                | 2    | 1 trên 1    | 1,5
Mỗi văn bản 0,5                                  | 2    | 0           | 0
Mỗi văn bản 0,5                                  | 2    | 3           | 1,5
Mỗi văn bản 0,5                                  | 2    | 4           | 2
Mỗi văn bản 0,5                                  | 2    | 9           | 2
Mỗi văn bản 0,5                                  | 2    | 2,5         | NOT_WHOLE
≥3: 2; 1–2: 1; còn lại: 0                        | 2    | 2,5         | NOT_WHOLE
≥3: 2; 1–2: 1; còn lại: 0                        | 2    | 2           | 1
60–79: 1; ≥80: 2; còn lại: 0                     | 2    | 79,5        | NOT_WHOLE
60–<80: 1; ≥80: 2; còn lại: 0                    | 2    | 79,5        | 1
≥3: 2; còn lại: 0                                | 2    | 2,5         | 0
Mỗi văn bản 0,5                                  | 2    | -2          | NEGATIVE
Mỗi văn bản 0,3                                  | 1    | 3           | 0,9
trước 15/01: 1; trước 31/01: 0,5; sau: 0         | 1    | 14/01/2024  | 1
trước 15/01: 1; trước 31/01: 0,5; sau: 0         | 1    | 15/01/2024  | 0,5
trước 15/01: 1; trước 31/01: 0,5; sau: 0         | 1    | 30/01/2024  | 0,5
trước 15/01: 1; trước 31/01: 0,5; sau: 0         | 1    | 31/01/2024  | 0
trước 15/01: 1; trước 31/01: 0,5; sau: 0         | 1    | 01/12/2023  | 1
trước 15/01: 1; trước 31/01: 0,5; sau: 0         | 1    |             |
đến hết 15/01: 1; sau: 0,25                      | 1    | 15/01/2024  | 1
đến hết 15/01: 1; sau: 0,25                      | 1    | 16/01/2024  | 0,25
chậm nhất 29/02/2024: 1; sau: 0                  | 1    | 29/02/2024  | 1
chậm nhất 29/02/2024: 1; sau: 0                  | 1    | 01/03/2024  | 0
"""


def declared_as(text: str) -> Declared:
    if text in ("Có", "Không"):
        return Declared(choice=text)
    if date := parse_official_date(text):
        return Declared(day=date.complete)
    figure, _, total = text.partition(" trên ")
    return Declared(figure=number(figure), total=number(total))


def number(text: str) -> Decimal | None:
    return None if text in ("", "?") else Decimal(text.replace(",", "."))


def outcome(text: str) -> tuple[Fraction | None, bool, Problem | None]:
    """Return what a case wants: score, whether the leaf applies, problem."""
    problem = next((p for p in Problem if text.endswith(p.name)), None)
    score = text.removesuffix(problem.name).strip() if problem else text
    if score == "không áp dụng":
        return None, False, problem
    return Fraction(score.replace(",", ".")) if score else None, True, problem


@pytest.mark.parametrize("case", grid(CASES)[1:], ids=lambda case: " | ".join(case))
def test_worked_cases(case: list[str]) -> None:
    text, most, declared, wanted = case
    maximum = Decimal(most.replace(",", "."))
    given = compute(parse_rule(text, maximum, YEAR).rule, declared_as(declared), maximum)
    score, applies, problem = outcome(wanted)
    assert (given.applies, given.problem) == (applies, problem)
    if score is None:
        assert given.score is None
    else:
        assert given.score is not None
        assert abs(Fraction(given.score) - score) < Fraction(1, 10**20)


def bands(*rows: tuple[str, str, str], rest: str = "0") -> Bands:
    return Bands(
        tuple(
            Band((Limit(Comparator(sign), Decimal(value)),), Decimal(score))
            for sign, value, score in rows
        ),
        Decimal(rest),
    )


TWO = bands(("≥", "0.9", "1"), ("≥", "0.8", "0.5"))
LITTLE = bands(("≤", "0.05", "1"), ("≤", "0.1", "0.5"))
THREE = replace(bands(("≥", "3", "1")), of_ratio=False, item="văn bản")
RANGE = Bands(
    (
        Band((Limit(Comparator.AT_LEAST, Decimal("0.9")),), Decimal(1)),
        Band(
            (
                Limit(Comparator.AT_LEAST, Decimal("0.7")),
                Limit(Comparator.LESS, Decimal("0.9")),
            ),
            Decimal("0.5"),
        ),
    ),
    Decimal(0),
)
JANUARY = ByDate(
    (
        DayLimit(dt.date(2024, 1, 15), Decimal(1)),
        DayLimit(dt.date(2024, 1, 31), Decimal("0.5")),
    ),
    Decimal(0),
)
TO_JANUARY = ByDate((DayLimit(dt.date(2024, 1, 15), Decimal(1), inclusive=True),), Decimal(0))
PASSED = Choice((Alternative("Đạt", Decimal(1)), Alternative("Không đạt", Decimal(0))))
HALF_EACH = PerItem(Decimal("0.5"), "văn bản")


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("", SELF_SCORED),
        (" \n ", SELF_SCORED),
        ("Đơn vị tự chấm điểm", SELF_SCORED),
        ("tu danh gia", SELF_SCORED),
        ("CÓ / KHÔNG", yes_no(Decimal(1))),
        ("có hoặc không", yes_no(Decimal(1))),
        ("Đạt/Không đạt", PASSED),
        ("Có: điểm tối đa\nKhông: 0 điểm", yes_no(Decimal(1))),
        ("ty le", Ratio()),
        ("Tính theo tỷ lệ %", Ratio()),
        ("Tỉ lệ x điểm tối đa", Ratio()),
        ("Tỷ lệ (dưới 80% được 0)", Ratio(Decimal("0.8"))),
        ("Tỷ lệ; dưới 80%: 0", Ratio(Decimal("0.8"))),
        ("Tỷ lệ, <80% được 0 điểm.", Ratio(Decimal("0.8"))),
        ("Tỷ lệ, dưới 80% không được điểm", Ratio(Decimal("0.8"))),
        ("Tỷ lệ,\ndưới 12,5 % thì được 0", Ratio(Decimal("0.125"))),
        ("Tỷ lệ, không phát sinh được điểm tối đa", Ratio(None, NothingArose(Decimal(1)))),
        ("Tỷ lệ, không phát sinh thì không áp dụng", Ratio(None, NothingArose(None))),
        ("Nếu không phát sinh: 0; tỷ lệ", Ratio(None, NothingArose(Decimal(0)))),
        (">= 90 %: 1 điểm; >= 80 %: 0.5 điểm; khác: 0", TWO),
        ("=>90%: 1\n=>80%: 0,5\nCòn lại: 0", TWO),
        ("từ 90% trở lên được 1; từ 80% trở lên được 0,5; còn lại được 0", TWO),
        ("Tu 90% tro len duoc 1; it nhat 80%: ½; con lai khong co diem", TWO),
        ("Tỷ lệ ≥90%: điểm tối đa; tỷ lệ ≥80%: 50% điểm tối đa; còn lại: 0", TWO),
        ("≤5%: 1; ≤10%: 0,5; còn lại: 0", LITTLE),
        ("đến 5%: 1; không quá 10%: 0,5; các trường hợp còn lại: 0", LITTLE),
        ("từ 5% trở xuống: 1; <=10%: 0,5; khác: 0", LITTLE),
        ("≥90%: 1; 70–<90%: 0,5; còn lại: 0", RANGE),
        ("≥90%: 1; 70% - <90%: 0,5; còn lại: 0", RANGE),
        ("≥90%: 1; từ 70% đến dưới 90%: 0,5; còn lại: 0", RANGE),
        ("đạt 90% kế hoạch trở lên: 1; từ 80% trở lên: 0,5; còn lại: 0", TWO),
        ("≥3 văn bản: 1; còn lại: 0", THREE),
        ("từ 3 văn bản trở lên được 1; còn lại không có điểm", THREE),
        ("Mỗi văn bản 0,5", HALF_EACH),
        ("Mỗi văn bản được 0,5 điểm nhưng không quá 1 điểm", HALF_EACH),
        ("0,5 điểm/văn bản (tối đa 1 điểm)", HALF_EACH),
        ("Mỗi văn bản được 0,5 điểm, tối đa 1 điểm", HALF_EACH),
        ("mỗi văn bản: 0,5; tối đa 1", HALF_EACH),
        ("0,5 điểm/văn bản", HALF_EACH),
        ("0,5/văn bản", HALF_EACH),
        ("0,5 điểm cho mỗi văn bản, không quá 1 điểm", HALF_EACH),
        ("½ điểm/1 văn bản", HALF_EACH),
        ("Cứ mỗi văn bản cộng 0.5 điểm", HALF_EACH),
        ("trước 15/01: 1; trước 31/01: 0,5; sau: 0", JANUARY),
        ("Nộp trước ngày 15/1/2024 được 1; trước 31/1/2024 được 0,5; còn lại: 0", JANUARY),
        ("< 15/01: 1; từ 15/01 đến trước 31/01: 0,5; từ 31/01 trở đi: 0", JANUARY),
        ("trước ngày 15 tháng 01 năm 2024: 1; trước 31-01: 0,5; sau đó: 0", JANUARY),
        ("đến hết ngày 15/01: 1; sau ngày 15/01: 0", TO_JANUARY),
        ("đến 15/01: 1; quá hạn: 0", TO_JANUARY),
        ("chậm nhất là ngày 15/01: 1; từ 16/01: 0", TO_JANUARY),
        ("Trước hoặc trong ngày 15/01: 1; nộp sau: 0", TO_JANUARY),
        ("hạn 15.01.2024: 1; trễ hạn: 0", TO_JANUARY),
        ("≤15/01: 1; sau: 0", TO_JANUARY),
    ],
)
def test_words_that_people_use(text: str, rule: object) -> None:
    assert parse_rule(text, Decimal(1), YEAR).rule == rule


def test_what_a_figure_counts_keeps_its_letters() -> None:
    rule = parse_rule("0 ngày trễ: 1; từ 1 đến 3 ngày trễ: ½; còn lại: 0", Decimal(1), YEAR).rule
    assert isinstance(rule, Bands)
    assert rule.item == "ngày trễ"
    assert "số ngày trễ. Đúng 0: 1 điểm; từ 1 đến 3: 0,5 điểm" in describe(rule, Decimal(1))


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("trước 15/01: 1; trước 31/1: 0,5; sau: 0", ("15/01", "31/01")),
        ("trước 15/01/2025: 1; trước 31/01/2025: 0,5; sau: 0", ()),
        ("đến 15/12: 1; đến 15/01/2025: 0,5; sau: 0", ("15/12",)),
        # Where a span begins is told by the limit before it, with its year.
        ("đến 15/01/2025: 1; từ 16/01 đến 31/01/2025: 0,5; sau: 0", ()),
        ("Có/Không", ()),
    ],
)
def test_days_without_a_year_are_told(text: str, days: tuple[str, ...]) -> None:
    assert parse_rule(text, Decimal(1), YEAR).days_without_year == days


def test_days_without_a_year_are_in_that_of_the_campaign() -> None:
    rule = parse_rule("đến 29/02: 1; sau: 0", Decimal(1), 2028).rule
    assert isinstance(rule, ByDate)
    assert rule.limits[0].day == dt.date(2028, 2, 29)


def test_the_item_keeps_its_letters() -> None:
    rule = parse_rule("Mỗi Nghị quyết của HĐND được 0,25 điểm", Decimal(1), YEAR).rule
    assert rule == PerItem(Decimal("0.25"), "Nghị quyết của HĐND")


# What is refused: the part that is quoted, and words that the clerk is told.
WRONG = """
Cách chấm                                        | chỗ được nêu                 | lời báo có
chấm tuỳ ý                                       | chấm tuỳ ý                   | “Có/Không”
theo Quyết định 1149                             | theo Quyết định 1149         | “Có/Không”
≥90%: 1; ≥80%: 0,5                               | ≥80%: 0,5                    | còn lại: 0
≥90%: 1; ≥80%: 0,5; còn lại                      | còn lại                      | : 0,5
≥80%: 1; ≥90%: 0,5; còn lại: 0                   | ≥90%: 0,5                    | đã bao hết
≥90%: 1; <90%: 0; còn lại: 0                     | còn lại: 0                   | bỏ phần này
≥90%: 1; còn lại: 0; ≥80%: 0,5                   | còn lại: 0                   | sau mọi mức khác
≥90%: 1; ≥80: 0,5; còn lại: 0                    | ≥80: 0,5                     | dấu %
từ 70 đến 80%: 1; từ 60% đến 70: 0,5; còn lại: 0 | từ 60% đến 70: 0,5           | dấu %
tỷ lệ ≥90: 1; còn lại: 0                         | tỷ lệ ≥90: 1                 | dấu %
≥90%: 1,5; còn lại: 0                            | ≥90%: 1,5                    | tối đa của dòng (1)
≥90%: 150% điểm tối đa; còn lại: 0               | ≥90%: 150% điểm tối đa       | tối đa của dòng (1)
≥90%: 1; còn lại: 2                              | còn lại: 2                   | tối đa của dòng (1)
≥90%: -1; còn lại: 0                             | ≥90%: -1                     | không âm
≥-5%: 1; còn lại: 0                              | ≥-5%: 1                      | không âm
≥90%: một; còn lại: 0                            | ≥90%: một                    | ví dụ 0,5
0,5                                              | 0,5                          | “Có/Không”
Kế hoạch: 1                                      | Kế hoạch: 1                  | các trường hợp
≥90%; còn lại: 0                                 | ≥90%                         | dấu hai chấm
≥90%: 0,5 hoặc 1; còn lại: 0                     | ≥90%: 0,5 hoặc 1             | ví dụ 0,5
≥110%: 1; còn lại: 0                             | ≥110%: 1                     | 0% đến 100%
>100%: 1; còn lại: 0                             | >100%: 1                     | từ 0% đến 100%
70–80%: 0,5; 80–90%: 1; còn lại: 0               | 80–90%: 1                    | 80% đang thuộc cả hai
80–70%: 0,5; còn lại: 0                          | 80–70%: 0,5                  | số nhỏ trước
≥3 văn bản: 1; ≥2 hội nghị: 0,5; còn lại: 0      | ≥2 hội nghị: 0,5             | đếm “văn bản”
≥5 trở xuống: 1; còn lại: 0                      | ≥5 trở xuống: 1              | “≥90%: 1”
≥1.000: 1; còn lại: 0                            | ≥1.000: 1                    | 1000 hoặc 1,0000
≥3: 1; còn lại: 0; không phát sinh: 0            | không phát sinh: 0           | có dấu %
≥90%: 1; còn lại: 0; không phát sinh             | không phát sinh              | không phát sinh: điểm tối đa
≥90%: 1; còn lại: 0; không phát sinh: xem lại    | không phát sinh: xem lại     | không phát sinh: điểm tối đa
không phát sinh: 1                               | không phát sinh: 1           | các trường hợp
Tỷ lệ; không phát sinh: 0; không phát sinh: 1    | không phát sinh: 1           | ghi một lần
Tỷ lệ; không phát sinh: 3                        | không phát sinh: 3           | tối đa của dòng (1)
Tỷ lệ, dưới 80% được 0,5                         | dưới 80% được 0,5            | “dưới 80% được 0”
Tỷ lệ, dưới 0,8 được 0                           | dưới 0,8 được 0              | “dưới 80% được 0”
Tỷ lệ, dưới 120% được 0                          | dưới 120% được 0             | không quá 100%
Tỷ lệ, dưới 80% được 0, còn lại xem sau          | còn lại xem sau              | sau “Tỷ lệ” chỉ có
Tỷ lệ, làm tròn                                  | làm tròn                     | “dưới 80% được 0”
Có/Không; còn lại: 0                             | còn lại: 0                   | không thêm
Có: 0,5; Không: 0                                | Có: 0,5                      | điểm tối đa
Mỗi văn bản                                      | Mỗi văn bản                  | “Mỗi văn bản 0,5”
Mỗi 2 văn bản 0,5                                | Mỗi 2 văn bản 0,5            | “Mỗi văn bản 0,5”
Mỗi văn bản 0,5 hoặc 1                           | Mỗi văn bản 0,5 hoặc 1       | ví dụ 0,5
Mỗi văn bản 0                                    | Mỗi văn bản 0                | lớn hơn 0
Mỗi văn bản 2                                    | Mỗi văn bản 2                | tối đa của dòng (1)
Mỗi văn bản trừ 0,5; mỗi ngày trừ 0,1            | mỗi ngày trừ 0,1             | một thứ được đếm
Mỗi văn bản 0,25, tối đa 0,5                     | tối đa 0,5                   | “tối đa 1”
Mỗi văn bản 0,5; sáng kiến 0,25                  | sáng kiến 0,25               | “tối đa 1”
trước 15/01: 1                                   | trước 15/01: 1               | sau: 0
trước 31/01: 1; trước 15/01: 0,5; sau: 0         | trước 15/01: 0,5             | sớm trước
đến 15/01: 1; trước 15/01: 0,5; sau: 0           | trước 15/01: 0,5             | sớm trước
trước 15/01: 1; trước 15/01: 0,5; sau: 0         | trước 15/01: 0,5             | sớm trước
đến 15/01: 1; đến 15/01: 0,5; sau: 0             | đến 15/01: 0,5               | sớm trước
trước 30/02: 1; sau: 0                           | trước 30/02: 1               | ngày có thật
trước 15/13: 1; sau: 0                           | trước 15/13: 1               | ngày có thật
trước 15/01/24: 1; sau: 0                        | trước 15/01/24: 1            | ngày có thật
trước 17:00 ngày 15/01: 1; sau: 0                | trước 17:00 ngày 15/01: 1    | “trước 15/01: 1”
15/01: 1; sau: 0                                 | 15/01: 1                     | “trước 15/01: 1”
trước 15/01: 1; khi nào xong: 0                  | khi nào xong: 0              | “sau: 0”
trước 15/01: 1; từ 20/01 đến 31/01: 0,5; sau: 0  | từ 20/01 đến 31/01: 0,5      | 15/01/2024
từ 01/01 đến 15/01: 1; sau: 0                    | từ 01/01 đến 15/01: 1        | hạn đầu tiên
trước 15/01: 1; sau 15/01: 0                     | sau 15/01: 0                 | 15/01/2024
trước 15/01: 2; sau: 0                           | trước 15/01: 2               | tối đa của dòng (1)
"""


@pytest.mark.parametrize("case", grid(WRONG)[1:], ids=lambda case: case[0])
def test_wrong_words_are_told(case: list[str]) -> None:
    text, found, told = case
    with pytest.raises(RuleWordsError) as caught:
        parse_rule(text, Decimal(1), YEAR)
    assert caught.value.found == found
    assert told in caught.value.expected


def test_very_long_texts_are_refused() -> None:
    for text in ("≥90%: 1;" * 31 + "còn lại: 0", "chấm " * 1000):
        with pytest.raises(RuleWordsError, match=r"."):
            parse_rule(text, Decimal(1), YEAR)


FRAGMENTS = [
    *("Tỷ lệ", "Có", "/", "Không", "mỗi", "văn bản", "trước", "sau", "đến", "từ", "dưới", "≥", "<"),
    *(
        "90",
        "0,5",
        "%",
        ":",
        ";",
        ",",
        "\n",
        " ",
        "1",
        "15/01",
        "còn lại",
        "được",
        "không phát sinh",
    ),
    *("tối đa", "điểm", "không áp dụng", "-", "–", "ngày", "trở lên", "½", "(", ".", "1.000"),
]


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=16).map("".join) | st.text(max_size=60))
def test_any_text_is_a_rule_or_is_told(text: str) -> None:
    try:
        rule = parse_rule(text, Decimal(2), YEAR).rule
    except RuleWordsError as error:
        told = error.found and error.expected
    else:
        told = describe(rule, Decimal(2))
    assert told


@given(written_rules())
def test_what_is_written_is_what_is_read(written: tuple[str, object, Decimal]) -> None:
    text, rule, maximum = written
    assert parse_rule(text, maximum, YEAR).rule == rule
    assert parse_rule(fold(text).replace(";", "\n"), maximum, YEAR).rule == rule


@given(st.data())
def test_scores_stay_within_the_maximum(data: st.DataObject) -> None:
    _, rule, maximum = data.draw(written_rules())
    declared = data.draw(declarations(rule))
    given = compute(rule, declared, maximum)
    assert given.score is None or 0 <= given.score <= maximum
    asked = [getattr(declared, wanted.value) for wanted in inputs_of(rule)]
    if all(value is None for value in asked):
        assert given == Computed()
    elif None in asked:
        assert given == Computed(problem=Problem.INCOMPLETE)
    elif not given.problem:
        assert given.score is not None or not given.applies


@pytest.mark.parametrize(
    ("text", "inputs"),
    [
        ("", ()),
        ("Có/Không", (Input.CHOICE,)),
        ("Tỷ lệ", (Input.FIGURE, Input.TOTAL)),
        ("≥90%: 1; còn lại: 0", (Input.FIGURE, Input.TOTAL)),
        ("≥3: 1; còn lại: 0", (Input.FIGURE,)),
        ("Mỗi văn bản 0,5", (Input.FIGURE,)),
        ("trước 15/01: 1; sau: 0", (Input.DAY,)),
    ],
)
def test_what_a_rule_asks_for(text: str, inputs: tuple[Input, ...]) -> None:
    assert inputs_of(parse_rule(text, Decimal(1), YEAR).rule) == inputs


DESCRIBED = """
Tự chấm                                 | Đơn vị tự chấm từ 0 đến 1,5 điểm.
Có/Không                                | Số liệu kê khai: chọn Có (1,5 điểm) hoặc Không (0 điểm).
Mỗi sáng kiến 0,25                      | Số liệu kê khai: số sáng kiến. Mỗi sáng kiến được 0,25 điểm, tối đa 1,5 điểm.
trước 5/2: 1; đến 31/10: 0,5; sau: 0    | Số liệu kê khai: ngày hoàn thành (ngày/tháng/năm). Trước ngày 05/02/2024: 1 điểm; đến hết ngày 31/10/2024: 0,5 điểm; muộn hơn: 0 điểm.
≥3: 1; còn lại: 0                       | Số liệu kê khai: số lượng đạt được. Từ 3 trở lên: 1 điểm; còn lại: 0 điểm.
"""


@pytest.mark.parametrize("case", grid(DESCRIBED), ids=lambda case: case[0])
def test_a_rule_in_words(case: list[str]) -> None:
    text, said = case
    assert describe(parse_rule(text, Decimal("1.5"), YEAR).rule, Decimal("1.5")) == said


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Tỷ lệ", "Điểm bằng tỷ lệ đạt được nhân 2."),
        ("Tỷ lệ, dưới 12,5% được 0", "dưới 12,5%: 0 điểm"),
        ("Tỷ lệ, không phát sinh: điểm tối đa", "không phát sinh (tổng số là 0): 2 điểm"),
        ("≥9%: 1; còn lại: 0; không phát sinh: không áp dụng", "(tổng số là 0): không áp dụng"),
        ("≥90%: 1,125; còn lại: 0".replace("1,125", "1,1250"), "từ 90% trở lên: 1,125 điểm"),
        ("70–<80%: 1; còn lại: 0", "từ 70% đến dưới 80%: 1 điểm; còn lại: 0 điểm"),
    ],
)
def test_a_share_in_words(text: str, told: str) -> None:
    said = describe(parse_rule(text, Decimal(2), YEAR).rule, Decimal(2))
    assert "Số liệu kê khai: số đạt được; Trên tổng số: tổng số phải thực hiện." in said
    assert told in said


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "90–100%: 2; 80–89%: 1; còn lại: 0",
            "trên 89% đến dưới 90% là 1 (như “80–89%: 1”) hay 0 (như “còn lại: 0”)",
        ),
        (
            "≤5%: 2; 6–10%: 1; còn lại: 0",
            "trên 5% đến dưới 6% là 1 (như “6–10%: 1”) hay 0 (như “còn lại: 0”)",
        ),
        ("100%: 2; 70–<80%: 1; còn lại: 0", "từ 80% đến dưới 100% là 1"),
        ("≥5: 2; 1–3: 1; còn lại: 0", "trên 3 đến dưới 5 là 1 (như “1–3: 1”)"),
        ("<80%: 1; >80%: 2; còn lại: 0", "đúng 80% là 1 (như “<80%: 1”)"),
        (
            "90–100%: 2; 80–89%: 1; 70–79%: 0,5; còn lại: 0",
            "ví dụ “trên 79% đến dưới 80%: 0,5”, “trên 89% đến dưới 90%: 1”",
        ),
        (
            "80–100%: 2; 70–79%: 1; dưới 70%: 0",
            "trên 79% đến dưới 80% là 1 (như “70–79%: 1”) hay 2 (như “80–100%: 2”)",
        ),
    ],
)
def test_a_gap_between_two_ranges_is_asked_about(text: str, told: str) -> None:
    with pytest.raises(RuleWordsError) as caught:
        parse_rule(text, Decimal(2), YEAR)
    assert told in caught.value.expected
    assert caught.value.found == text.rpartition("; ")[2]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Tự chấm", "Đơn vị tự chấm số điểm bị trừ, từ 0 đến 2 điểm."),
        ("Có/Không", "chọn Có (trừ 2 điểm) hoặc Không (không trừ)."),
        ("Mỗi lần chậm 0,25", "Mỗi lần chậm trừ 0,25 điểm, trừ nhiều nhất 2 điểm."),
        ("Tỷ lệ, dưới 10% được 0", "Điểm trừ bằng tỷ lệ đạt được nhân 2; dưới 10%: không trừ."),
        ("≥3: 1; còn lại: 0", "Từ 3 trở lên: trừ 1 điểm; còn lại: không trừ."),
        ("≥3%: 1; còn lại: 0; không phát sinh: 0", "không phát sinh (tổng số là 0): không trừ."),
        ("đến 15/01: 0; sau: 0,5", "15/01/2024: không trừ; muộn hơn: trừ 0,5 điểm."),
    ],
)
def test_a_rule_that_takes_off_says_so(text: str, said: str) -> None:
    rule = parse_rule(text, Decimal(2), YEAR, deducts=True).rule
    told = describe(rule, Decimal(2), deducts=True)
    assert told.endswith(said)
    assert "được 0" not in told


def test_no_rest_is_told_where_the_bands_hold_all() -> None:
    rule = parse_rule("≥50%: 1; dưới 50%: 0,5", Decimal(1), YEAR).rule
    assert "còn lại" not in describe(rule, Decimal(1))


def documented() -> list[tuple[str, list[str]]]:
    """Return the heading and the cells of each row of the tables in the page for clerks."""
    rows, heading = [], ""
    for line in (ROOT / "docs" / "cach-cham.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")] if line[:1] == "|" else []
        if cells and not heading:
            heading = cells[0]
        elif cells and set(cells[0]) != {"-"}:
            rows.append((heading, cells))
        elif not cells:
            heading = ""
    return rows


def test_examples_in_the_documentation_are_understood() -> None:
    kinds = set()
    for heading, cells in documented():
        refused = heading == "Ghi chưa được"
        example = re.findall(r"`(.+?)`", cells[-1 if refused else 0])[0]
        kinds.add(type(parse_rule(example, Decimal(1), YEAR).rule).__name__)
        if refused:
            with pytest.raises(RuleWordsError, match=r"\S"):
                parse_rule(cells[0].strip("`"), Decimal(1), YEAR)
    assert kinds == {
        *("SelfScored", "Choice", "Ratio", "GivenShare", "Bands", "ByDate"),
        *("PerItem", "Deductions", "SeveralDeductions", "WeightedShares", "Steps"),
    }
