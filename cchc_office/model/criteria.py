"""The rows of a criteria set, each for itself: what is scored in them, and how."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from cchc_office.rules import SELF_SCORED, Rule, asks, counts_things, describe
from cchc_office.text.vietnamese import upper

_MOST_WITH_ONE_BOLD = 2
"""Levels of which only the fields are printed in bold."""


class Method(Enum):
    """How a leaf gets its score."""

    SELF = "tự chấm"
    SURVEY = "ĐTXHH"
    SIPAS = "SIPAS"


class Aggregation(Enum):
    """How a leaf's score comes from those of several units that each lead for themselves."""

    MEAN = "trung bình"
    LOWEST = "thấp nhất"
    HIGHEST = "cao nhất"
    SUM = "tổng"
    POOLED = "gộp số liệu"
    """Not of scores: the figures that units declared are added up, then the rule is applied."""


class Points(Enum):
    """What the points of a row do to the sum above it."""

    NORMAL = ""
    BONUS = "Thưởng"
    """They come on top; their maximum is in no denominator."""
    PENALTY = "Trừ"
    """They are taken off; their maximum is in no denominator."""


@dataclass(frozen=True)
class Criterion:
    """One row of the criteria: a field (level 1), a criterion (2), and so on down.

    `id` is stable: it follows from the names of the row and of those above it, not from its code or
    place. `code` is as the office writes it ("I", "1.", "a)", "-"). `max_score` is what the row's
    own cell says; only leaves must have it. `unit_text` is the unit cell as printed and `unit_cell`
    names that cell ("D12"): rows with the same one share a merged cell. Where it is blank,
    `units_from` is the id of the row above whose units the row has. `row` is the sheet row. `rule`
    is the office's own text of "Cách chấm", its lines kept, and `own_rule` that of "Quy tắc";
    `scoring` is what the second means, without one what the first does. `unread` is the piece of
    `rule` for which units score the row themselves, where it was not understood. `points` is told
    of each row under a heading for bonus or penalty too; the `max_score` of such a heading caps
    what stands under it. `applies` is false for leaves that the whole campaign marks "không áp
    dụng". `aggregation` is what the row says of several units that score it each for itself, or a
    heading above it; None where nothing is said. A row that `is_text` is printed and never scored:
    it explains the row that it is under. `deadline_words` is a deadline that is no day ("Quý I",
    "Thường xuyên"): it is printed, and nothing is reckoned by it.
    """

    id: str
    code: str
    name: str
    level: int
    parent: str
    row: int
    max_score: Decimal | None = None
    unit_text: str = ""
    unit_cell: str = ""
    units_from: str = ""
    note: str = ""
    method: Method = Method.SELF
    rule: str = ""
    own_rule: str = ""
    unread: str = ""
    scoring: Rule = SELF_SCORED
    points: Points = Points.NORMAL
    applies: bool = True
    aggregation: Aggregation | None = None
    is_text: bool = False
    evidence: str = ""
    deadline: dt.date | None = None
    deadline_words: str = ""

    @property
    def label(self) -> str:
        """Code and name, as findings name a row."""
        return f"{self.code} {self.name}".strip()

    @property
    def name_with_points(self) -> str:
        """The name and, in brackets where it does not say so, that points are bonus or penalty."""
        kind = f"điểm {self.points.value.lower()}"
        if self.points is Points.NORMAL or kind in self.name.lower():
            return self.name
        return f"{self.name} ({kind})"

    @property
    def is_optional(self) -> bool:
        """Tell whether nobody owes a score: a bonus or penalty left blank adds or takes nothing."""
        return self.points is not Points.NORMAL

    def signed(self, score: Decimal | None) -> Decimal | None:
        """Return a score of the row as it counts in a sum: a penalty is taken off."""
        return -score if score is not None and self.points is Points.PENALTY else score

    @property
    def scoring_in_words(self) -> str:
        """What to declare for the row and what that gives, or takes off where it is a penalty."""
        maximum = self.max_score or Decimal(0)
        return describe(self.scoring, maximum, deducts=self.points is Points.PENALTY)

    @property
    def filling_in_words(self) -> str:
        """What to fill in for the row; with what that gives, where the text does not say it."""
        if not self.rule or self.own_rule or self.points is Points.PENALTY:
            return self.scoring_in_words
        return asks(self.scoring, self.max_score or Decimal(0))

    @property
    def is_self_scored(self) -> bool:
        """Tell whether units score the row themselves, where it is a leaf."""
        return self.method is Method.SELF and self.applies

    @property
    def is_counted(self) -> bool:
        """Tell whether points come one by one, by how often something happened.

        A mean over units would make less of them than there is: bonus, penalty, points per item.
        """
        return self.points is not Points.NORMAL or counts_things(self.scoring)

    @property
    def must_say_aggregation(self) -> bool:
        """Tell whether scores of several units come together only as the campaign says.

        The office's own text asks for nothing, even where it is understood as a count.
        """
        return self.points is not Points.NORMAL or (bool(self.own_rule) and self.is_counted)

    @property
    def title(self) -> str:
        """Code and name as a heading has them: "1.1. Kế hoạch", "a) Kế hoạch", "Kế hoạch"."""
        stop = "." if self.code[-1:].isalnum() else ""
        return f"{self.code}{stop} {self.name}".strip()

    @property
    def printed_name(self) -> str:
        """The name as it is printed: fields in capitals."""
        return upper(self.name) if self.level == 1 and not self.is_text else self.name


def bold_levels(criteria: Iterable[Criterion]) -> int:
    """Return how many levels, from the fields down, are printed in bold.

    Of a set with three levels and more these are two, of one with fewer only its fields.
    """
    depth = max((c.level for c in criteria if not c.is_text), default=0)
    return 2 if depth > _MOST_WITH_ONE_BOLD else 1


def headings_of(criteria: Iterable[Criterion]) -> frozenset[str]:
    """Return the ids of the rows that others stand under which are scored, or are headings too."""
    return frozenset(c.parent for c in criteria if not c.is_text) - {""}
