"""Rules of scoring as values: what the words in "Cách chấm" mean, and what a unit declares.

Scores and limits are `Decimal`, shares are fractions (0.8 for 80 %).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum


@dataclass(frozen=True, slots=True)
class NothingArose:
    """What a rule with a ratio gives where nothing arose (a total of 0): a score, or none at all.

    `score` None means that the leaf does not apply then.
    """

    score: Decimal | None


@dataclass(frozen=True, slots=True)
class SelfScored:
    """The unit gives its score itself: "Tự chấm"."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """One of the cases that a text names, and its score.

    `score` None means that the leaf does not apply then.
    """

    label: str
    score: Decimal | None


@dataclass(frozen=True, slots=True)
class Choice:
    """The score of the case that a unit says is its own: "Ban hành đúng hạn: 1; chậm: 0,5".

    Where the cases are selections and too long to be told, their labels have the numbers of
    `things`, each with its part of the score: "Có (1) và (3)".
    """

    alternatives: tuple[Alternative, ...]
    things: tuple[Alternative, ...] = ()

    @property
    def labels(self) -> tuple[str, ...]:
        """What there is to choose from, in the order of the text."""
        return tuple(alternative.label for alternative in self.alternatives)


YES, NO = "Có", "Không"


def yes_no(maximum: Decimal) -> Choice:
    """Return the rule that gives all or nothing: "Có/Không"."""
    return Choice((Alternative(YES, maximum), Alternative(NO, Decimal(0))))


@dataclass(frozen=True, slots=True)
class ShareNames:
    """What is counted for a share, and what it is a part of, where the words say it."""

    done: str = ""
    total: str = ""


@dataclass(frozen=True, slots=True)
class Ratio:
    """The share of a total times the maximum: "Tỷ lệ"; below `floor` nothing.

    A share above the whole counts as the whole. From the share `full` on the maximum is given; of
    `target` the share is a part: "(tỷ lệ/85%) x 10". The score is rounded to whole steps of
    `rounded_to`, half a step up.
    """

    floor: Decimal | None = None
    nothing: NothingArose | None = None
    of: ShareNames = ShareNames()
    full: Decimal | None = None
    target: Decimal = Decimal(1)
    rounded_to: Decimal | None = None


@dataclass(frozen=True, slots=True)
class GivenShare:
    """A figure that is itself a percentage, times the maximum: "Chỉ số hài lòng (%) x 10".

    `name` is what the figure is called; below `floor` there is nothing.
    """

    name: str
    floor: Decimal | None = None


class Comparator(Enum):
    """How a figure is held against a limit."""

    AT_LEAST = "≥"
    MORE = ">"
    AT_MOST = "≤"
    LESS = "<"
    EXACTLY = "="


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit of a band: how it compares, and with what (a fraction where shares are asked)."""

    comparison: Comparator
    value: Decimal


@dataclass(frozen=True, slots=True)
class Band:
    """The score of the figures that keep all of its limits (one, or two for a range)."""

    limits: tuple[Limit, ...]
    score: Decimal


@dataclass(frozen=True, slots=True)
class Bands:
    """The score of the first band that fits, else `otherwise`; of shares, or of plain figures.

    `item` is what a plain figure counts, where the words say it ("≥5 văn bản: 1").
    """

    bands: tuple[Band, ...]
    otherwise: Decimal
    of_ratio: bool = True
    nothing: NothingArose | None = None
    item: str = ""
    of: ShareNames = ShareNames()


@dataclass(frozen=True, slots=True)
class PerItem:
    """So much for each item, up to the maximum: "Mỗi văn bản 0,5"; `item` is what is counted."""

    points: Decimal
    item: str


@dataclass(frozen=True, slots=True)
class Deductions:
    """The maximum less so much for each item, down to `least`: "Mỗi báo cáo chậm trừ 0,25"."""

    points: Decimal
    item: str
    least: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class WeightedShares:
    """Shares of one total, each times points of its own, added up: "(b/a) x 1,5 + (c/a) x 1".

    `counted` is what each of them counts, of `total`; where all together are less than `floor` of
    it there is nothing.
    """

    points: tuple[Decimal, ...]
    counted: tuple[str, ...]
    total: str
    floor: Decimal | None = None
    nothing: NothingArose | None = None


@dataclass(frozen=True, slots=True)
class SeveralDeductions:
    """The maximum less so much for each of several things: "Thiếu: trừ 1đ/lần; sai: trừ 2đ/lần"."""

    points: tuple[Decimal, ...]
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Steps:
    """A score up to a limit, and more for each step beyond it, up to the maximum.

    "Từ 50% trở xuống được 3 điểm; trên 50% thì cứ thêm 5% được thêm 0,5 điểm". `name` is what the
    figure is called; where it `is_share` it is declared as a percentage and `limit`, `step` and
    `least` are fractions. With `falls` less is better: the steps go down from the limit. Short of
    `least` there is nothing. What is left of a step gives nothing, unless `is_even`: then it gives
    its part of the points.
    """

    name: str
    limit: Decimal
    score: Decimal
    step: Decimal
    points: Decimal
    is_share: bool = False
    falls: bool = False
    is_even: bool = False
    least: Decimal | None = None


@dataclass(frozen=True, slots=True)
class DayLimit:
    """The score up to a day; `inclusive` tells whether the day itself still counts."""

    day: dt.date
    score: Decimal
    inclusive: bool = False


@dataclass(frozen=True, slots=True)
class ByDate:
    """The score of the first limit that a day keeps, else `late`."""

    limits: tuple[DayLimit, ...]
    late: Decimal


Rule = (
    SelfScored
    | Choice
    | Ratio
    | GivenShare
    | WeightedShares
    | Bands
    | PerItem
    | Deductions
    | SeveralDeductions
    | Steps
    | ByDate
)

Counting = PerItem | Deductions | SeveralDeductions
"""The rules by which each thing gives or takes points."""

SELF_SCORED = SelfScored()


@dataclass(frozen=True, slots=True)
class Declared:
    """What a unit declared for a leaf: the inputs of its rule, None where blank.

    `figure` is what was done or counted, `total` what there was of it in all, `day` a date,
    `choice` the label of a case, `percent` a percentage as a fraction; `second` and `third` are
    further counts.
    """

    figure: Decimal | None = None
    total: Decimal | None = None
    day: dt.date | None = None
    choice: str | None = None
    percent: Decimal | None = None
    second: Decimal | None = None
    third: Decimal | None = None

    @property
    def is_blank(self) -> bool:
        """Tell whether nothing was declared."""
        return self == Declared()


@dataclass(frozen=True)
class RuleReading:
    """A rule as it was understood, and the days that were given without a year."""

    rule: Rule
    days_without_year: tuple[str, ...] = ()
    leaves_rest_of_step: bool = False
    """Of points step by step the words do not say what is left of a step gives: nothing is."""


class RuleWordsError(ValueError):
    """Words that are no rule: what stands there, and what could."""

    def __init__(self, found: str, expected: str) -> None:
        """Take the part that was not understood, and what is understood there."""
        super().__init__(found)
        self.found = found
        self.expected = expected


class ContradictionError(RuleWordsError):
    """Words of a rule of a known kind that leave a score open: no other kind is tried then."""
