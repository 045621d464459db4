"""A campaign beside an earlier report, and a criteria set beside another: row by row."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from cchc_office.catalogue.findings import Finding
from cchc_office.model.criteria import Aggregation, Criterion
from cchc_office.model.units import Unit


@dataclass(frozen=True, slots=True)
class EarlierRow:
    """A row of an earlier report: what it was called, its maximum, what was achieved in the end.

    `applicable_max` is what `score` is a part of, None where nothing is.
    """

    code: str
    name: str
    max_score: Decimal | None
    applicable_max: Decimal | None
    score: Decimal | None

    @property
    def label(self) -> str:
        """Code and name."""
        return f"{self.code} {self.name}".strip()


@dataclass(frozen=True, slots=True)
class EarlierShare:
    """How far an earlier period was with a field or a unit, by its code: so many of so many.

    The code of all together is "".
    """

    code: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class EarlierUnit:
    """What a unit of an earlier report achieved, and of what; None where it does not say."""

    code: str
    name: str
    score: Decimal | None
    maximum: Decimal | None


@dataclass(frozen=True)
class EarlierReport:
    """An earlier consolidated workbook as it was read; `title` tells which one it is.

    `total` is its row of the sum over all, None where it has none or several. `campaign` is the id
    of the campaign that it says it is of, "" where it does not. `fields` and `units` tell how far
    scoring was, all together first among the fields, `unit_scores` what units achieved; they are
    empty where the file does not say.
    """

    file: str
    title: str
    rows: tuple[EarlierRow, ...]
    findings: tuple[Finding, ...] = ()
    total: EarlierRow | None = None
    campaign: str = ""
    fields: tuple[EarlierShare, ...] = ()
    units: tuple[EarlierShare, ...] = ()
    unit_scores: tuple[EarlierUnit, ...] = ()


class Change(Enum):
    """How a row of a set stands to its like in the earlier one."""

    SAME = ""
    DOUBTFUL = "Chưa chắc là một dòng"
    NEW = "Mới"
    GONE = "Không còn"
    SPLIT = "Tách ra"
    MERGED = "Gộp lại"
    MOVED = "Chuyển mục"
    RENUMBERED = "Đổi số"
    RENAMED = "Đổi tên"
    MAXIMUM = "Đổi điểm tối đa"
    POINTS = "Đổi loại điểm"
    RULE = "Đổi cách chấm"
    UNITS = "Đổi đơn vị"


@dataclass(frozen=True, slots=True)
class Figures:
    """A row's maximum, what applies of it, and what was achieved; None where unknown.

    Of bonus and penalty nothing is applicable: they have no rate.
    """

    maximum: Decimal | None = None
    applicable: Decimal | None = None
    score: Decimal | None = None

    @property
    def rate(self) -> Decimal | None:
        """What was achieved of what applies, as a fraction; None where one is unknown."""
        if self.score is None or not self.applicable:
            return None
        return self.score / self.applicable


@dataclass(frozen=True)
class ComparedRow:
    """A row of now (None: gone) beside its like of then (None: new), and the figures of both.

    Sums of a heading that are not over the same leaves are not `is_alike`, nor are rows that only
    may be one: their rates stand side by side, but none has risen or fallen. `why` tells why they
    are held to be one, `others` which rows may be meant instead.
    """

    now: Criterion | None
    then: EarlierRow | None
    changes: tuple[Change, ...]
    before: Figures = Figures()
    after: Figures = Figures()
    is_alike: bool = True
    why: str = ""
    others: tuple[str, ...] = ()

    @property
    def rate_change(self) -> Decimal | None:
        """By how many points of a hundred the rate rose; None where that cannot be told."""
        return rate_change(self.before, self.after) if self.is_alike else None


@dataclass(frozen=True)
class ComparedUnit:
    """A unit of now (None: gone) beside those that it was then (none: new), and both figures.

    Of several, `before` is their mean or sum, as `way` says; it is unknown where that of one is, or
    where a unit of then is several now. `why` says what it comes from, or why there is none.
    """

    now: Unit | None
    then: tuple[EarlierUnit, ...]
    before: Figures = Figures()
    after: Figures = Figures()
    way: Aggregation | None = None
    why: str = ""

    @property
    def rate_change(self) -> Decimal | None:
        """By how many points of a hundred the rate rose; None where one is unknown."""
        return rate_change(self.before, self.after)


@dataclass(frozen=True)
class Comparison:
    """The rows of a campaign beside those of an earlier report, in the order of the table.

    `before` and `after` are the figures over all leaves that have a result in both, `fields` those
    of each field of now. `whole_before` and `whole_after` are the sums that the two reports have
    over all, whatever they are sums of. `units` are those of both, where the earlier report says
    what they achieved.
    """

    earlier: EarlierReport
    rows: tuple[ComparedRow, ...]
    before: Figures = Figures()
    after: Figures = Figures()
    fields: tuple[ComparedRow, ...] = ()
    whole_before: Figures = Figures()
    whole_after: Figures = Figures()
    units: tuple[ComparedUnit, ...] = ()

    @property
    def rate_change(self) -> Decimal | None:
        """By how many points of a hundred the rate over all rose; None where one is unknown."""
        return rate_change(self.before, self.after)


def rate_change(before: Figures, after: Figures) -> Decimal | None:
    """Return by how many points of a hundred a rate rose; None where a rate is unknown."""
    if before.rate is None or after.rate is None:
        return None
    return (after.rate - before.rate) * 100


@dataclass(frozen=True, slots=True)
class ChangedCriterion:
    """A row of the new set (None: gone) beside its like in the old one (None: new).

    `why` tells why they are held to be one, `others` which rows of either set may be meant instead.
    `old_units` and `new_units` are the units of either as texts, also where a heading above or
    other columns say them.
    """

    old: Criterion | None
    new: Criterion | None
    changes: tuple[Change, ...]
    why: str = ""
    others: tuple[str, ...] = ()
    old_units: str = ""
    new_units: str = ""

    @property
    def label(self) -> str:
        """Code and name, as the newer set has them."""
        row = self.new or self.old
        return row.label if row else ""


@dataclass(frozen=True)
class CriteriaChanges:
    """What became of a criteria set: rows in the order of the new one, gone ones where they were.

    `old` and `new` tell which sets. `not_compared` says of what is in one of them only, and so in
    no row a change: "điểm tối đa: … không có".
    """

    old: str
    new: str
    rows: tuple[ChangedCriterion, ...]
    not_compared: tuple[str, ...] = ()

    def with_change(self, change: Change) -> tuple[ChangedCriterion, ...]:
        """Return the rows with a change, those without any for `Change.SAME`."""
        return tuple(row for row in self.rows if change in row.changes)
