"""The consolidated leaf: its score from those of its lead units, round after round."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from cchc_office.findings import Code, Finding
from cchc_office.model import (
    Aggregation,
    Answer,
    AppraisedLeaf,
    Campaign,
    Criterion,
    LeafResult,
    LeafReturn,
    LeafState,
    Method,
    Role,
    Subtotal,
    SurveyResult,
)
from cchc_office.vietnamese import format_decimal

Appraised = Mapping[tuple[str, str], tuple[AppraisedLeaf, ...]]
"""What the rounds said, by unit and row."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a unit's leaf stands at a stage: what was said of it, and its score if it has one."""

    answer: Answer
    score: Decimal | None = None


def standings(
    answer: LeafReturn | None, appraised: Iterable[AppraisedLeaf], rounds: int
) -> list[Standing]:
    """Return how a unit's leaf stands at first, and after each of `rounds` rounds.

    A round that says nothing of it leaves it as it was.
    """
    now = Standing(answer.answer, answer.score) if answer else Standing(Answer.BLANK)
    stages = [now]
    said = list(appraised)
    for number in range(1, rounds + 1):
        for leaf in said:
            if leaf.round == number and leaf.answer in (Answer.SCORED, Answer.NOT_APPLICABLE):
                now = Standing(leaf.answer, leaf.score)
        stages.append(now)
    return stages


class LeafResults:
    """Puts leaves together from what units and reviewers said of them."""

    def __init__(
        self,
        campaign: Campaign,
        said: Mapping[tuple[str, str], LeafReturn],
        appraised: Appraised,
        rounds: int,
    ) -> None:
        """Take what was said by unit and row, and how many rounds of appraisal were made."""
        self._campaign = campaign
        self._said = said
        self._appraised = appraised
        self._rounds = rounds
        self._surveys: dict[str, list[SurveyResult]] = {}
        for result in campaign.survey_results:
            self._surveys.setdefault(result.criterion, []).append(result)

    def of(self, leaf: Criterion) -> LeafResult:
        """Return the consolidated leaf."""
        if not leaf.applies:
            return LeafResult(leaf, LeafState.NOT_APPLICABLE, None, None)
        if leaf.method is not Method.SELF:
            survey = _survey_score(self._surveys.get(leaf.id, []))
            return LeafResult(leaf, LeafState.SURVEY, None, None, survey=survey)
        return self._self_scored(leaf)

    def _self_scored(self, leaf: Criterion) -> LeafResult:
        said = self._said
        assignments = self._campaign.assignments_of(leaf)
        answers = [said[a.unit, leaf.id] for a in assignments if (a.unit, leaf.id) in said]
        supports = tuple(a for a in answers if a.answer is Answer.CONTRIBUTED)
        leads = tuple(a for a in answers if a.answer is not Answer.CONTRIBUTED)
        units = [a.unit for a in assignments if a.role is Role.LEAD]
        stages = self._stages(leaf, units)
        state = _state(stages[0])
        scores = [_together([s.score for s in stage], leaf) for stage in stages]
        finding = self._above_max(leaf, scores)
        scores = [None if _is_above(score, leaf) else score for score in scores]
        if _is_above(_together([s.score for s in stages[0]], leaf), leaf):
            state = LeafState.UNUSABLE
        return LeafResult(
            leaf,
            state,
            scores[0],
            _applicable(leaf, stages[0]),
            leads,
            supports,
            finding,
            tuple(scores[1:]),
            _applicable(leaf, stages[-1]),
        )

    def _stages(self, leaf: Criterion, units: list[str]) -> list[list[Standing]]:
        """Return, for each stage, how the leaf stands with each of its lead units."""
        by_unit = [
            standings(
                self._said.get((unit, leaf.id)),
                self._appraised.get((unit, leaf.id), ()),
                self._rounds,
            )
            for unit in units
        ]
        return [[stages[n] for stages in by_unit] for n in range(self._rounds + 1)]

    def _above_max(self, leaf: Criterion, scores: list[Decimal | None]) -> Finding | None:
        above = next((score for score in scores if _is_above(score, leaf)), None)
        if above is None or leaf.max_score is None:
            return None
        return Finding(
            Code.SUM_ABOVE_MAX,
            self._campaign.file,
            about=leaf.label,
            found=format_decimal(above, 4),
            expected=format_decimal(leaf.max_score, 4),
            criterion=leaf.id,
        )


def _is_above(score: Decimal | None, leaf: Criterion) -> bool:
    return score is not None and leaf.max_score is not None and score > leaf.max_score


def _applicable(leaf: Criterion, stage: list[Standing]) -> Decimal | None:
    return None if _state(stage) is LeafState.NOT_APPLICABLE else leaf.max_score


def _state(stage: list[Standing]) -> LeafState:
    said = [standing.answer for standing in stage]
    if Answer.UNUSABLE in said:
        return LeafState.UNUSABLE
    done = said.count(Answer.SCORED) + said.count(Answer.NOT_APPLICABLE)
    if stage and said.count(Answer.NOT_APPLICABLE) == len(stage):
        return LeafState.NOT_APPLICABLE
    if done == 0:
        return LeafState.MISSING
    return LeafState.SCORED if done == len(stage) else LeafState.PARTLY


def _together(given: Iterable[Decimal | None], leaf: Criterion) -> Decimal | None:
    scores = [score for score in given if score is not None]
    if not scores:
        return None
    if leaf.aggregation is Aggregation.LOWEST:
        return min(scores)
    if leaf.aggregation is Aggregation.HIGHEST:
        return max(scores)
    total = sum(scores, Decimal(0))
    return total if leaf.aggregation is Aggregation.SUM else total / len(scores)


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
    scores = [score or Decimal(0) for score in (leaf.score, *leaf.rounds)]
    is_done = leaf.state in (LeafState.SCORED, LeafState.NOT_APPLICABLE)
    return Subtotal(
        max_score=maximum,
        applicable_max=leaf.applicable_max or Decimal(0),
        score=scores[0],
        answered=int(is_done and criterion.is_self_scored),
        expected=int(criterion.is_self_scored),
        round_1=scores[min(1, len(scores) - 1)],
        round_2=scores[min(2, len(scores) - 1)],
        final_max=leaf.final_max or Decimal(0),
    )
