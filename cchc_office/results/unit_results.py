"""The consolidated unit: the state of its return, its sums, and what it owes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal

from cchc_office.catalogue.findings import Code, Finding
from cchc_office.model import (
    Answer,
    Campaign,
    Criterion,
    Debt,
    ExplainedLeaf,
    Subtotal,
    Unit,
    UnitResult,
    UnitReturn,
    UnitState,
)
from cchc_office.results.leaf_results import Appraised, LeafStanding, brings_its_part, standings
from cchc_office.results.sums import tree_sums
from cchc_office.text.vietnamese import VIETNAM, official

Explained = Mapping[tuple[str, str], ExplainedLeaf]
"""What units answered to a round of appraisal, by unit and row."""

_NOTHING_EXPLAINED: Explained = {}

Stages = Mapping[str, list[LeafStanding]]
"""How the leaves of a unit stand, stage after stage, by the id of the leaf."""


def unit_result(
    campaign: Campaign,
    unit: Unit,
    returned: UnitReturn | None,
    stages: Stages,
    as_of: dt.date,
    explained: Explained = _NOTHING_EXPLAINED,
) -> UnitResult:
    """Put one unit together as of a day; `stages` tell how its leaves stand."""
    findings = tuple(_findings(campaign, unit, returned, as_of))
    subtotals, total = tree_sums(campaign, _leaf_sums(campaign, unit, stages))
    ruled = _ruled_on(campaign, stages)
    debts = tuple(_debts(unit, returned, findings, ruled, explained))
    return UnitResult(
        unit=unit,
        state=_state(returned, findings, debts),
        total=total,
        returned=returned,
        debts=debts,
        findings=findings,
        subtotals=subtotals,
    )


def unit_stages(
    campaign: Campaign,
    unit: Unit,
    returned: UnitReturn | None,
    appraised: Appraised,
    rounds: int,
) -> Stages:
    """Return how each leaf that the unit scores stands at first and after each round, by id."""
    answers = {x.criterion: x for x in returned.leaves} if returned else {}
    return {
        leaf.id: standings(answers.get(leaf.id), appraised.get((unit.code, leaf.id), ()), rounds)
        for leaf in campaign.scored_by(unit)
    }


def unit_leaf_sums(
    campaign: Campaign,
    unit: Unit,
    returned: UnitReturn | None,
    appraised: Appraised,
    rounds: int,
) -> dict[str, Subtotal]:
    """Return the unit's own figures by leaf, not yet signed for penalties."""
    stages = unit_stages(campaign, unit, returned, appraised, rounds)
    return _leaf_sums(campaign, unit, stages)


def _leaf_sums(campaign: Campaign, unit: Unit, stages: Stages) -> dict[str, Subtotal]:
    leaves = _surveys(campaign, unit)
    for leaf in campaign.scored_by(unit):
        leaves[leaf.id] = _self_scored(leaf, stages[leaf.id])
    return leaves


def _self_scored(leaf: Criterion, stages: list[LeafStanding]) -> Subtotal:
    maximum = leaf.max_score or Decimal(0)
    scores = [standing.score or Decimal(0) for standing in stages]
    answered = [int(standing.answer.is_settled) for standing in stages]
    applicable = [
        Decimal(0) if standing.answer is Answer.NOT_APPLICABLE else maximum for standing in stages
    ]
    return Subtotal(
        max_score=maximum,
        applicable_max=applicable[0],
        score=scores[0],
        answered=answered[-1],
        expected=1,
        round_1=scores[min(1, len(scores) - 1)],
        round_2=scores[min(2, len(scores) - 1)],
        round_1_max=applicable[min(1, len(applicable) - 1)],
        final_max=applicable[-1],
        self_answered=answered[0],
        round_1_answered=answered[min(1, len(answered) - 1)],
    )


def _surveys(campaign: Campaign, unit: Unit) -> dict[str, Subtotal]:
    """Return the unit's own survey results, where the campaign has results by unit."""
    own = campaign.surveys_of(unit)
    sums = {}
    for criterion_id in campaign.surveyed_by_unit & campaign.roles_of(unit).keys():
        maximum = campaign.criterion(criterion_id).max_score or Decimal(0)
        result = own.get(criterion_id)
        sums[criterion_id] = (
            Subtotal(maximum, survey_pending=maximum)
            if result is None
            else Subtotal(maximum, survey_max=maximum, survey_score=result.score)
        )
    return sums


def _state(
    returned: UnitReturn | None, findings: tuple[Finding, ...], debts: tuple[Debt, ...]
) -> UnitState:
    if returned is None:
        return UnitState.NOT_RETURNED
    if debts:
        return UnitState.NEEDS_ATTENTION
    codes = {finding.code for finding in findings}
    return UnitState.LATE if Code.RETURNED_LATE in codes else UnitState.RETURNED


def _findings(
    campaign: Campaign, unit: Unit, returned: UnitReturn | None, as_of: dt.date
) -> Iterator[Finding]:
    deadline = campaign.info.deadline
    shown = official(deadline).short if deadline else "chưa đặt"
    if returned is None:
        if not campaign.expects_return(unit):
            return
        late = (as_of - deadline).days if deadline else 0
        code = Code.OVERDUE if late > 0 else Code.NOT_RETURNED
        yield Finding(code, about=unit.name, found=str(late), expected=shown, unit=unit.code)
        return
    if deadline and returned.saved is None:
        yield Finding(Code.SAVED_DATE_UNKNOWN, returned.file, expected=shown, unit=unit.code)
    elif deadline and returned.saved and saved_day(returned.saved) > deadline:
        saved = official(saved_day(returned.saved)).short
        code = Code.RETURNED_LATE
        yield Finding(code, returned.file, found=saved, expected=shown, unit=unit.code)
    yield from returned.findings
    yield from _days_to_come(campaign, returned, as_of)


def _days_to_come(campaign: Campaign, returned: UnitReturn, as_of: dt.date) -> Iterator[Finding]:
    """Yield the declared days on which nothing can have been done yet."""
    for leaf in returned.leaves:
        day = leaf.declared.day if leaf.declared and leaf.answer is Answer.SCORED else None
        if day and day > as_of:
            yield Finding(
                Code.DECLARED_DAY_TO_COME,
                leaf.source.file,
                leaf.source.sheet,
                leaf.declared_at,
                about=campaign.criterion(leaf.criterion).label,
                found=official(day).short,
                expected=official(as_of).short,
                unit=leaf.unit,
                criterion=leaf.criterion,
            )


def saved_day(saved: dt.datetime) -> dt.date:
    """Return the day in Việt Nam at which a document was saved."""
    return saved.astimezone(VIETNAM).date()


def _ruled_on(campaign: Campaign, stages: Stages) -> dict[str, LeafStanding | None]:
    """Return by row how the appraisal settled it; in a sum of figures a score settles nothing."""
    ruled: dict[str, LeafStanding | None] = {}
    for criterion, own in stages.items():
        last, way = own[-1], campaign.way_of(campaign.criterion(criterion))
        ruled[criterion] = last if last.round and brings_its_part(last, way) else None
    return ruled


def _debts(
    unit: Unit,
    returned: UnitReturn | None,
    findings: tuple[Finding, ...],
    ruled: Mapping[str, LeafStanding | None],
    explained: Explained,
) -> Iterator[Debt]:
    """Yield what the unit still owes: the form, or what in its form is missing or unusable.

    `ruled` has for each row that the unit scores how the appraisal settled it, None where it did
    not: only the evidence of points that it left is still wanted then.
    """
    if returned is None:
        if findings:
            yield Debt("chưa gửi phiếu tự chấm điểm")
        for criterion, standing in ruled.items() if findings else ():
            if standing is None:
                yield Debt("chưa có điểm tự chấm", criterion)
        return
    for finding in findings:
        criterion = finding.criterion
        now = ruled.get(criterion)
        later = explained.get((unit.code, criterion))
        if not finding.demand:
            continue
        if finding.code is Code.EVIDENCE_MISSING:
            is_settled = bool((later and later.evidence) or (now and not now.score))
        else:
            is_settled = now is not None
        if not is_settled:
            yield Debt(finding.demand, criterion, finding.code)
