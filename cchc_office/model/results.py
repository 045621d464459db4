"""Everything put together: scores of leaves, sums, the state of units and what they owe."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from functools import cached_property

from cchc_office.catalogue.findings import Finding, FindingCode
from cchc_office.model.campaign import Campaign
from cchc_office.model.criteria import Criterion, Points
from cchc_office.model.returns import (
    AppraisedLeaf,
    Arrival,
    ExplainedLeaf,
    LeafReturn,
    UnitReturn,
)
from cchc_office.model.settings import Stage
from cchc_office.model.units import Unit
from cchc_office.rules import Declared

_WORDS = {
    Stage.SELF: "điểm tự chấm",
    Stage.ROUND_1: "điểm thẩm định lần 1",
    Stage.ROUND_2: "điểm thẩm định lần 2",
    Stage.FINAL: "điểm đạt",
}
_OF_ROUNDS = (Stage.SELF, Stage.ROUND_1, Stage.ROUND_2)


@dataclass(frozen=True, slots=True)
class RankedBy:
    """The stage whose scores give the places, and the one that was asked for.

    They differ where the round of appraisal that was asked for has not been made.
    """

    stage: Stage
    wanted: Stage

    @property
    def words(self) -> str:
        """The scores, in words."""
        return _WORDS[self.stage]

    @property
    def missing(self) -> str:
        """What was asked for and is not there, in words; "" where everything is."""
        if self.stage is self.wanted:
            return ""
        return f"chưa có thẩm định lần {_OF_ROUNDS.index(self.wanted)}"


def ranked_by(wanted: Stage, rounds: int) -> RankedBy:
    """Return by which scores units are ranked where so many rounds of appraisal were made."""
    if wanted is Stage.FINAL:
        return RankedBy(wanted, wanted)
    made = min(_OF_ROUNDS.index(wanted), rounds)
    return RankedBy(_OF_ROUNDS[made], wanted)


class LeafState(Enum):
    """Where a leaf stands in the consolidation, after the last round of appraisal."""

    SCORED = "Đã chấm"
    PARTLY = "Chấm một phần"
    NOT_APPLICABLE = "Không áp dụng"
    MISSING = "Chưa có điểm"
    UNUSABLE = "Cần xem"
    WAIVED = "Chưa chấm, tính 0"
    """A bonus or penalty that was left blank."""
    SURVEY = "Điều tra XHH"


@dataclass(frozen=True)
class LeafResult:
    """The consolidated leaf: its score from those of its lead units, and what each returned.

    `score` is None where nothing usable came back; `applicable_max` is None for survey leaves and
    leaves that do not apply, which leave the denominator. `rounds` holds the score after each
    round of appraisal that was made, with what stood before where the round says nothing,
    `round_1_max` and `final_max` the applicable maximum after the first and the last. `survey` is
    what is known of a survey leaf.

    `expected` counts the units that lead the leaf, `done` those of them for which there is a score
    in the end, or that the leaf does not apply to; of a survey with results by unit they count the
    units with a part in it and those with a result, of another both are 0. `lacking` are the codes
    of the others. `answered` tells of a leaf that units score whether none was lacking at first,
    and after each round; `pooled` holds, at the same stages, the figures of all units added up,
    where the campaign wants that.
    """

    criterion: Criterion
    state: LeafState
    score: Decimal | None
    applicable_max: Decimal | None
    leads: tuple[LeafReturn, ...] = ()
    supports: tuple[LeafReturn, ...] = ()
    finding: Finding | None = None
    rounds: tuple[Decimal | None, ...] = ()
    round_1_max: Decimal | None = None
    final_max: Decimal | None = None
    survey: Decimal | None = None
    expected: int = 0
    done: int = 0
    lacking: tuple[str, ...] = ()
    answered: tuple[bool, ...] = ()
    pooled: tuple[Declared | None, ...] = ()

    def at(self, stage: Stage) -> Decimal | None:
        """Return the score of a stage; of a round that was not made, the score before it."""
        number = {Stage.SELF: 0, Stage.ROUND_1: 1}.get(stage, len(self.rounds))
        return (
            self.rounds[min(number, len(self.rounds)) - 1]
            if self.rounds and number
            else (self.score)
        )

    @property
    def is_answered(self) -> bool:
        """Whether all units that are to score it have in the end."""
        return self.criterion.is_self_scored and bool(self.answered) and self.answered[-1]

    @property
    def is_owed(self) -> bool:
        """Whether units are to score it: bonus and penalty are counted only where they have."""
        is_expected = self.criterion.is_self_scored and not self.criterion.is_optional
        return is_expected or self.is_answered

    @property
    def is_partly_surveyed(self) -> bool:
        """Whether some units have a survey result of their own, and others are to have one."""
        return self.survey is not None and self.done < self.expected

    @property
    def achieved(self) -> Decimal | None:
        """What the leaf gives in the end: its survey result, or its last score."""
        return self.survey if self.state is LeafState.SURVEY else self.at(Stage.FINAL)

    @property
    def achieved_max(self) -> Decimal | None:
        """What `achieved` is a part of: of a survey only where it is there; bonus of nothing."""
        if self.criterion.points is not Points.NORMAL:
            return None
        return self.criterion.max_score if self.survey is not None else self.final_max

    @property
    def achieved_rate(self) -> Decimal | None:
        """What the leaf achieved as a fraction of what applies in the end."""
        most = self.achieved_max
        return self.achieved / most if self.achieved is not None and most else None


@dataclass(frozen=True, slots=True)
class Subtotal:
    """Sums over the leaves under a row (or all).

    `max_score` adds up all maxima, `applicable_max` those of self-scored leaves that apply,
    `score` what units gave themselves; `round_1` and `round_2` are the scores after the rounds of
    appraisal, `round_1_max` and `final_max` what applies after the first and the last. Of survey
    leaves `survey_max` and `survey_score` add up those with a result, `survey_pending` the maxima
    of those without. Bonus and penalty are in the scores, within their caps, and in no maximum.
    `expected` counts self-scored leaves, of bonus and penalty those with an answer, `self_answered`
    those to which a unit gave a score or which it said not to apply, `round_1_answered` and
    `answered` the same after the first round of appraisal and the last.
    """

    max_score: Decimal = Decimal(0)
    applicable_max: Decimal = Decimal(0)
    score: Decimal = Decimal(0)
    answered: int = 0
    expected: int = 0
    round_1: Decimal = Decimal(0)
    round_2: Decimal = Decimal(0)
    round_1_max: Decimal = Decimal(0)
    final_max: Decimal = Decimal(0)
    survey_max: Decimal = Decimal(0)
    survey_score: Decimal = Decimal(0)
    survey_pending: Decimal = Decimal(0)
    self_answered: int = 0
    round_1_answered: int = 0

    @property
    def is_known(self) -> bool:
        """Whether anything is in it that somebody said."""
        return bool(self.answered or self.final or self.score or self.survey_max)

    @property
    def has_score(self) -> bool:
        """Whether what is known is a score: where nothing applies there is none, not 0.

        Bonus and penalty have a score without a maximum.
        """
        applies = bool(self.achieved_max or self.achieved or not self.max_score)
        return self.is_known and applies

    @property
    def final(self) -> Decimal:
        """The score after the last round, without surveys."""
        return self.round_2

    @property
    def achieved(self) -> Decimal:
        """The score after the last round, with the surveys that are there."""
        return self.round_2 + self.survey_score

    @property
    def achieved_max(self) -> Decimal:
        """What `achieved` is a part of: surveys without a result are not in it."""
        return self.final_max + self.survey_max

    def at(self, stage: Stage) -> Decimal:
        """Return the sum of a stage, without surveys."""
        return {Stage.SELF: self.score, Stage.ROUND_1: self.round_1}.get(stage, self.round_2)

    def answered_at(self, stage: Stage) -> int:
        """Return how many leaves have an answer at a stage."""
        of_stage = {Stage.SELF: self.self_answered, Stage.ROUND_1: self.round_1_answered}
        return of_stage.get(stage, self.answered)

    def max_at(self, stage: Stage) -> Decimal:
        """Return what the sum of a stage is a part of."""
        of_stage = {Stage.SELF: self.applicable_max, Stage.ROUND_1: self.round_1_max}
        return of_stage.get(stage, self.final_max)

    @property
    def final_rate(self) -> Decimal | None:
        """The rate after the last round without surveys, None where nothing applies."""
        return self.final / self.final_max if self.final_max else None

    @property
    def achieved_rate(self) -> Decimal | None:
        """The rate with the surveys that are there, None where nothing applies."""
        return self.achieved / self.achieved_max if self.achieved_max else None

    @property
    def rate(self) -> Decimal | None:
        """Score over applicable maximum as a fraction, or None where nothing applies."""
        return self.score / self.applicable_max if self.applicable_max else None

    def __add__(self, other: Subtotal) -> Subtotal:
        """Return the sum, part by part."""
        return Subtotal(
            self.max_score + other.max_score,
            self.applicable_max + other.applicable_max,
            self.score + other.score,
            self.answered + other.answered,
            self.expected + other.expected,
            self.round_1 + other.round_1,
            self.round_2 + other.round_2,
            self.round_1_max + other.round_1_max,
            self.final_max + other.final_max,
            self.survey_max + other.survey_max,
            self.survey_score + other.survey_score,
            self.survey_pending + other.survey_pending,
            self.self_answered + other.self_answered,
            self.round_1_answered + other.round_1_answered,
        )


class UnitState(Enum):
    """Where a unit's return stands."""

    NOT_RETURNED = "Chưa nộp"
    RETURNED = "Đã nộp"
    LATE = "Nộp muộn"
    NEEDS_ATTENTION = "Cần xem"


MOST_REMINDERS = 99
"""How often a unit can be reminded: the number stands in the letter's name."""


@dataclass(frozen=True)
class Debt:
    """One thing a unit still owes: for which row (empty: the form as a whole), and what.

    `code` is that of the finding which it rests on, None where it rests on no form.
    """

    what: str
    criterion: str = ""
    code: FindingCode | None = None

    def in_words(self, campaign: Campaign) -> str:
        """Return what is owed, with the row that it is of."""
        if not self.criterion:
            return self.what
        return f"{campaign.reference(campaign.criterion(self.criterion))}: {self.what}"


@dataclass(frozen=True)
class Question:
    """A score that the appraisal cut or questions: of which row, and what is to be explained.

    `self_score` is what the unit gave itself, `appraised_score` what the appraisal would give;
    None where there is none. Of a later round, `score_before` is what stood before it, and
    `answered` what the unit answered to the round before: None where that did not ask.
    """

    criterion: str
    what: str
    self_score: Decimal | None = None
    appraised_score: Decimal | None = None
    score_before: Decimal | None = None
    answered: str | None = None


@dataclass(frozen=True)
class UnitResult:
    """The consolidated unit: its state, its return if there is one, its sums and what it owes.

    `subtotals` are the unit's own, by the id of each row with leaves under it; `total` is over all.
    `arrival` is when its return came, as far as that is known; `is_sent_back` tells that it was
    given back to the unit, and no better one has come.
    """

    unit: Unit
    state: UnitState
    total: Subtotal
    returned: UnitReturn | None = None
    debts: tuple[Debt, ...] = ()
    findings: tuple[Finding, ...] = ()
    subtotals: Mapping[str, Subtotal] = field(default_factory=dict, hash=False)
    arrival: Arrival | None = None
    is_sent_back: bool = False

    @property
    def state_words(self) -> str:
        """Where its return stands, in words."""
        return "Đã trả lại, chờ bản sửa" if self.is_sent_back else str(self.state.value)

    @property
    def received(self) -> dt.date | None:
        """The day on which its return was received, None where that is not known."""
        return self.arrival.day if self.arrival and self.arrival.is_received else None

    @property
    def answers(self) -> dict[str, LeafReturn]:
        """What its return says of each row, by the row's id; nothing without one."""
        return {leaf.criterion: leaf for leaf in self.returned.leaves} if self.returned else {}

    @property
    def rows_owed(self) -> int:
        """In how many rows the unit owes something; the form that they stand in is no further one.

        0 where what it owes is in no row.
        """
        return len({debt.criterion for debt in self.debts if debt.criterion})


@dataclass(frozen=True, slots=True)
class Place:
    """A unit's place: 1 is the best; None where nothing is known of the unit.

    `score` is of `maximum`, what applies to the unit; `rate` their quotient, None where nothing
    applies. `class_name` is the campaign's class, "" without classes. `survey_pending` is what is
    left out of `maximum` for want of the unit's survey results: with them its place may change.
    A unit whose form was sent back has a score and no place until a better one comes, or reviewers
    gave it scores.
    """

    unit: Unit
    place: int | None
    score: Decimal
    maximum: Decimal
    rate: Decimal | None
    class_name: str = ""
    survey_pending: Decimal = Decimal(0)
    is_sent_back: bool = False

    @property
    def is_known(self) -> bool:
        """Whether anything is known of the unit, be it too little for a place."""
        return self.place is not None or self.is_sent_back

    @property
    def known_score(self) -> Decimal | None:
        """The score, None where nothing is known."""
        return self.score if self.is_known else None

    @property
    def known_percent(self) -> Decimal | None:
        """The rate in hundredths, None where nothing is known or applies."""
        return self.rate * 100 if self.is_known and self.rate is not None else None


@dataclass(frozen=True)
class Consolidation:
    """All returns of a campaign put together, as of a day.

    `leaves` are in table order, `subtotals` by row id for every row with leaves under it, `total`
    over everything. `rounds` is the number of rounds of appraisal that were made; `appraised` and
    `explained` hold what was said in them by unit and row, in order. `findings` holds all
    findings: of the campaign, the files and the returns. `units` are in the order of the campaign.
    """

    campaign: Campaign
    as_of: dt.date
    leaves: tuple[LeafResult, ...]
    subtotals: dict[str, Subtotal] = field(hash=False)
    total: Subtotal
    units: tuple[UnitResult, ...]
    findings: tuple[Finding, ...]
    rounds: int = 0
    appraised: Mapping[tuple[str, str], tuple[AppraisedLeaf, ...]] = field(
        default_factory=dict, hash=False
    )
    explained: Mapping[tuple[str, str], ExplainedLeaf] = field(default_factory=dict, hash=False)

    def __repr__(self) -> str:
        return (
            f"<Consolidation {self.campaign.id}, {self.as_of:%d/%m/%Y}, {len(self.units)} đơn vị>"
        )

    @property
    def ranked_by(self) -> RankedBy:
        """By which scores the units are ranked: those asked for, or the last that were given."""
        return ranked_by(self.campaign.info.ranking.stage, self.rounds)

    @cached_property
    def _leaf_by_id(self) -> dict[str, LeafResult]:
        return {leaf.criterion.id: leaf for leaf in self.leaves}

    def leaf(self, criterion: Criterion) -> LeafResult | None:
        """Return the result of this row if it is a leaf."""
        return self._leaf_by_id.get(criterion.id)
