"""The consolidated leaf, round after round, and the sums of leaves up the tree of the criteria."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from cchc_office.catalogue.findings import Code, Finding
from cchc_office.model import (
    Aggregation,
    Answer,
    AppraisedLeaf,
    Campaign,
    Criterion,
    LeafResult,
    LeafReturn,
    LeafState,
    Points,
    Subtotal,
    SurveyResult,
)
from cchc_office.rules import EMPTY_POOL, Declared, Pool
from cchc_office.text import figures

Appraised = Mapping[tuple[str, str], tuple[AppraisedLeaf, ...]]
"""What the rounds said, by unit and row."""


@dataclass(frozen=True, slots=True)
class LeafStanding:
    """How a unit's leaf stands at a stage: what was said of it, and its score if it has one.

    `round` tells which round of appraisal said it, 0 where the unit did. `declared` are the figures
    that the unit declared and got a score for, or the reviewers in their place. `is_waived` tells
    of a bonus or penalty that was left blank: nothing is added, taken off or owed.
    """

    answer: Answer
    score: Decimal | None = None
    round: int = 0
    declared: Declared | None = None
    is_waived: bool = False


def standings(
    answer: LeafReturn | None, appraised: Iterable[AppraisedLeaf], rounds: int
) -> list[LeafStanding]:
    """Return how a unit's leaf stands at first, and after each of `rounds` rounds.

    A round that says nothing of it leaves it as it was.
    """
    now = _at_first(answer) if answer else LeafStanding(Answer.BLANK)
    stages = [now]
    said = list(appraised)
    for number in range(1, rounds + 1):
        for leaf in said:
            if leaf.round == number and leaf.answer.is_settled:
                figures = leaf.declared or now.declared
                now = LeafStanding(leaf.answer, leaf.score, number, figures)
        stages.append(now)
    return stages


def waived(stages: list[LeafStanding]) -> list[LeafStanding]:
    """Return the stages of a leaf that nobody owes: where it is blank nothing is counted."""
    return [replace(x, is_waived=x.answer is Answer.BLANK) for x in stages]


def _at_first(answer: LeafReturn) -> LeafStanding:
    declared = answer.declared if answer.answer is Answer.SCORED else None
    return LeafStanding(answer.answer, answer.score, declared=declared)


def brings_its_part(standing: LeafStanding, way: Aggregation) -> bool:
    """Tell whether a unit brings to a leaf what it should, or the leaf does not apply to it.

    Where figures are pooled a score without figures brings nothing.
    """
    if standing.is_waived:
        return True
    if way is Aggregation.POOLED and standing.answer is Answer.SCORED:
        return standing.declared is not None
    return standing.answer.is_settled


@dataclass(slots=True)
class _Stage:
    """How the units that lead a leaf stand at a stage, and what comes of it together."""

    leaf: Criterion
    way: Aggregation
    standings: list[LeafStanding] = field(default_factory=list)

    @property
    def done(self) -> int:
        """How many units bring what they should."""
        return sum(brings_its_part(standing, self.way) for standing in self.standings)

    @property
    def together(self) -> Decimal | None:
        """The one score that comes of all, None where there is none."""
        leaf = self.leaf
        if self.way is Aggregation.POOLED:
            return self._pool.compute(leaf.scoring, leaf.max_score or Decimal(0)).score
        scores = [x.score for x in self.standings if x.score is not None]
        if not scores:
            return None
        scores += [Decimal(0) for standing in self.standings if standing.is_waived]
        if self.way is Aggregation.LOWEST:
            return min(scores)
        if self.way is Aggregation.HIGHEST:
            return max(scores)
        total = sum(scores, Decimal(0))
        return total if self.way is Aggregation.SUM else total / len(scores)

    @property
    def _pool(self) -> Pool:
        pool = EMPTY_POOL
        for standing in self.standings:
            if standing.answer is Answer.SCORED and standing.declared:
                pool = pool.plus(standing.declared)
        return pool

    @property
    def pooled(self) -> Declared | None:
        """The figures of all together, where they are added up."""
        is_pooled = self.way is Aggregation.POOLED
        return self._pool.declared(self.leaf.scoring) if is_pooled else None

    @property
    def is_answered(self) -> bool:
        """Tell whether every unit gave a score or said that the leaf does not apply."""
        return self.state in (LeafState.SCORED, LeafState.NOT_APPLICABLE)

    @property
    def state(self) -> LeafState:
        answers = [standing.answer for standing in self.standings]
        if Answer.UNUSABLE in answers:
            return LeafState.UNUSABLE
        if answers and set(answers) == {Answer.NOT_APPLICABLE}:
            return LeafState.NOT_APPLICABLE
        is_blank = [standing.is_waived for standing in self.standings]
        if any(is_blank) and all(
            blank or answer is Answer.NOT_APPLICABLE
            for blank, answer in zip(is_blank, answers, strict=True)
        ):
            return LeafState.WAIVED
        if not self.done:
            return LeafState.MISSING
        return LeafState.SCORED if self.done == len(answers) else LeafState.PARTLY


class LeafTally:
    """Puts a self-scored leaf together unit by unit, in the order of the campaign."""

    def __init__(self, campaign: Campaign, leaf: Criterion, rounds: int) -> None:
        """Begin with nothing."""
        self._campaign = campaign
        self._leaf = leaf
        self._way = campaign.way_of(leaf)
        self._stages = [_Stage(leaf, self._way) for _ in range(rounds + 1)]
        self._leads: list[LeafReturn] = []
        self._supports: list[LeafReturn] = []
        self._lacking: list[str] = []

    def add(self, unit: str, stages: Sequence[LeafStanding]) -> None:
        """Count a unit that leads the leaf, by how it stands at each stage."""
        for stage, standing in zip(self._stages, stages, strict=True):
            stage.standings.append(standing)
        if not brings_its_part(stages[-1], self._way):
            self._lacking.append(unit)

    def keep(self, answer: LeafReturn) -> None:
        """Keep what a unit with a part in the leaf returned."""
        kept = self._supports if answer.answer is Answer.CONTRIBUTED else self._leads
        kept.append(answer)

    def result(self) -> LeafResult:
        """Return the consolidated leaf."""
        leaf, first, last = self._leaf, self._stages[0], self._stages[-1]
        together = [stage.together for stage in self._stages]
        scores = [leaf.max_score if _is_above(score, leaf) else score for score in together]
        return LeafResult(
            leaf,
            last.state,
            scores[0],
            _applicable(leaf, first),
            tuple(self._leads),
            tuple(self._supports),
            self._above_max(together),
            tuple(scores[1:]),
            _applicable(leaf, self._stages[min(1, len(self._stages) - 1)]),
            _applicable(leaf, last),
            expected=len(last.standings),
            done=last.done,
            lacking=tuple(self._lacking),
            answered=tuple(stage.is_answered for stage in self._stages),
            pooled=tuple(stage.pooled for stage in self._stages),
        )

    def _above_max(self, scores: list[Decimal | None]) -> Finding | None:
        leaf, most = self._leaf, self._leaf.max_score
        if most is None:
            return None
        above = [
            f"{figures.apart(score, most)[0]} ({_stage_name(number)})"
            for number, score in enumerate(scores)
            if score is not None and score > most
        ]
        if not above:
            return None
        return Finding(
            Code.SUM_ABOVE_MAX,
            self._campaign.file,
            about=leaf.label,
            found=", ".join(above),
            expected=figures.given(most),
            criterion=leaf.id,
        )


def _stage_name(number: int) -> str:
    return f"thẩm định lần {number}" if number else "tự chấm"


def plain_result(campaign: Campaign, leaf: Criterion) -> LeafResult:
    """Return the consolidated leaf that no unit scores: by survey, or not applicable to anybody."""
    if not leaf.applies:
        return LeafResult(leaf, LeafState.NOT_APPLICABLE, None, None)
    results = [x for x in campaign.survey_results if x.criterion == leaf.id]
    own = {x.unit for x in results if x.unit}
    parts = {x.unit for x in campaign.assignments_of(leaf)}
    by_unit = len(own) == len(results) > 0
    return LeafResult(
        leaf,
        LeafState.SURVEY,
        None,
        None,
        survey=_survey_score(results),
        expected=len(parts | own) if by_unit else 0,
        done=len(own) if by_unit else 0,
    )


def _is_above(score: Decimal | None, leaf: Criterion) -> bool:
    return score is not None and leaf.max_score is not None and score > leaf.max_score


def _applicable(leaf: Criterion, stage: _Stage) -> Decimal | None:
    return None if stage.state is LeafState.NOT_APPLICABLE else leaf.max_score


def _survey_score(results: list[SurveyResult]) -> Decimal | None:
    """Return the campaign's own result, else the mean of those that units have."""
    own = [result.score for result in results if not result.unit]
    scores = own or [result.score for result in results]
    return sum(scores, Decimal(0)) / len(scores) if scores else None


def leaf_subtotal(leaf: LeafResult) -> Subtotal:
    """Return a leaf's own figures, not yet signed for penalties."""
    criterion = leaf.criterion
    maximum = criterion.max_score or Decimal(0)
    if leaf.state is LeafState.SURVEY:
        known = leaf.survey is not None
        return Subtotal(
            max_score=maximum,
            survey_max=maximum if known else Decimal(0),
            survey_score=leaf.survey or Decimal(0),
            survey_pending=Decimal(0) if known else maximum,
        )
    answered = [flag and criterion.is_self_scored for flag in leaf.answered or (False,)]
    applicable = (leaf.applicable_max, leaf.round_1_max, leaf.final_max)
    sums = staged_subtotal(maximum, applicable, (leaf.score, *leaf.rounds), answered)
    return sums if leaf.is_owed else replace(sums, expected=0)


def staged_subtotal(
    maximum: Decimal,
    applicable: Sequence[Decimal | None],
    scores: Sequence[Decimal | None],
    answered: Sequence[bool],
) -> Subtotal:
    """Return the figures of one scored leaf, each told as it was at first and after each round."""
    maxima = [value or Decimal(0) for value in applicable]
    points = [score or Decimal(0) for score in scores]
    return Subtotal(
        max_score=maximum,
        applicable_max=maxima[0],
        score=points[0],
        answered=int(answered[-1]),
        expected=1,
        round_1=points[min(1, len(points) - 1)],
        round_2=points[min(2, len(points) - 1)],
        round_1_max=maxima[min(1, len(maxima) - 1)],
        final_max=maxima[-1],
        self_answered=int(answered[0]),
        round_1_answered=int(answered[min(1, len(answered) - 1)]),
    )


_SCORES = ("score", "round_1", "round_2", "survey_score")
_MAXIMA = (
    "max_score",
    "applicable_max",
    "round_1_max",
    "final_max",
    "survey_max",
    "survey_pending",
)


def signed(criterion: Criterion, leaf: Subtotal) -> Subtotal:
    """Return what a leaf brings to the sum above it.

    Bonus and penalty are in no maximum, and a penalty is taken off.
    """
    if criterion.points is Points.NORMAL:
        return leaf
    sign = -1 if criterion.points is Points.PENALTY else 1
    scores: dict[str, Any] = {name: sign * getattr(leaf, name) for name in _SCORES}
    return replace(leaf, **(scores | dict.fromkeys(_MAXIMA, Decimal(0))))


def tree_sums(
    campaign: Campaign, leaves: Mapping[str, Subtotal]
) -> tuple[dict[str, Subtotal], Subtotal]:
    """Return the sums by the id of each row with leaves under it, and the sum over all.

    `leaves` are the leaves' own figures by id; leaves that are not there count nothing. A heading
    for bonus or penalty gives no more (takes no more) than its own maximum, if it has one.
    """
    sums: dict[str, Subtotal] = {}

    def total(criterion: Criterion | None) -> Subtotal:
        together = Subtotal()
        for child in campaign.children(criterion):
            if campaign.is_leaf(child):
                if child.id in leaves:
                    together += signed(child, leaves[child.id])
            else:
                sums[child.id] = _capped(child, total(child))
                together += sums[child.id]
        return together

    return sums, total(None)


def _capped(criterion: Criterion, sums: Subtotal) -> Subtotal:
    cap = criterion.max_score
    if criterion.points is Points.NORMAL or cap is None:
        return sums
    scores: dict[str, Any] = {n: within(cap, getattr(sums, n)) for n in _SCORES}
    # What surveys give and the last score are held by the cap together.
    last = scores["round_2"]
    scores["survey_score"] = within(cap, last + sums.survey_score) - last
    return replace(sums, **scores)


def within(cap: Decimal, score: Decimal) -> Decimal:
    """Return a score, or the cap that it goes beyond, above or below 0."""
    return max(-cap, min(cap, score))
