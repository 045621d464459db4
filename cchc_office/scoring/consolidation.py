"""Putting all returns together: scores by leaf, sums by row and unit, who owes what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from cchc_office.findings import Code, Finding
from cchc_office.model import (
    Aggregation,
    Answer,
    Campaign,
    Consolidation,
    Criterion,
    Debt,
    LeafResult,
    LeafReturn,
    LeafState,
    Method,
    Returns,
    Role,
    Subtotal,
    Unit,
    UnitResult,
    UnitReturn,
    UnitState,
)
from cchc_office.vietnamese import VIETNAM, format_decimal, official


def consolidate(campaign: Campaign, returns: Returns, *, as_of: dt.date) -> Consolidation:
    """Put `returns` together as of the day `as_of`, on which nothing but lateness depends.

    Scores are never rounded. A leaf that several units lead for themselves takes the mean of
    those that apply and were scored, or what the campaign says in "Cách tổng hợp".
    """
    by_unit = {returned.unit: returned for returned in returns.returns}
    said = {(x.unit, x.criterion): x for returned in returns.returns for x in returned.leaves}
    leaves = tuple(_leaf_result(campaign, leaf, said) for leaf in campaign.leaves)
    units = tuple(_unit_result(campaign, u, by_unit.get(u.code), as_of) for u in campaign.units)
    own = tuple(finding for unit in units for finding in unit.findings)
    sums = tuple(leaf.finding for leaf in leaves if leaf.finding)
    subtotals = _subtotals(campaign, leaves)
    return Consolidation(
        campaign=campaign,
        as_of=as_of,
        leaves=leaves,
        subtotals=subtotals,
        total=sum((_leaf_subtotal(leaf) for leaf in leaves), Subtotal()),
        units=units,
        findings=(*campaign.findings, *returns.findings, *own, *sums),
    )


def _leaf_result(
    campaign: Campaign, leaf: Criterion, said: dict[tuple[str, str], LeafReturn]
) -> LeafResult:
    if leaf.method is not Method.SELF:
        return LeafResult(leaf, LeafState.SURVEY, None, None)
    assignments = campaign.assignments_of(leaf)
    answers = [said[a.unit, leaf.id] for a in assignments if (a.unit, leaf.id) in said]
    supports = tuple(a for a in answers if a.answer is Answer.CONTRIBUTED)
    leads = tuple(a for a in answers if a.answer is not Answer.CONTRIBUTED)
    scored = [a.score for a in leads if a.answer is Answer.SCORED and a.score is not None]
    expected = sum(a.role is Role.LEAD for a in assignments)
    state = _state(leads, expected)
    applicable = None if state is LeafState.NOT_APPLICABLE else leaf.max_score
    score = _together(scored, leaf.aggregation) if scored else None
    if score is not None and leaf.max_score is not None and score > leaf.max_score:
        finding = Finding(
            Code.SUM_ABOVE_MAX,
            campaign.file,
            about=leaf.label,
            found=format_decimal(score, 4),
            expected=format_decimal(leaf.max_score, 4),
            criterion=leaf.id,
        )
        return LeafResult(leaf, LeafState.UNUSABLE, None, applicable, leads, supports, finding)
    return LeafResult(leaf, state, score, applicable, leads, supports)


def _state(leads: tuple[LeafReturn, ...], expected: int) -> LeafState:
    said = [answer.answer for answer in leads]
    if Answer.UNUSABLE in said:
        return LeafState.UNUSABLE
    done = said.count(Answer.SCORED) + said.count(Answer.NOT_APPLICABLE)
    if expected and said.count(Answer.NOT_APPLICABLE) == expected:
        return LeafState.NOT_APPLICABLE
    if done == 0:
        return LeafState.MISSING
    return LeafState.SCORED if done == expected else LeafState.PARTLY


def _together(scores: list[Decimal], way: Aggregation) -> Decimal:
    if way is Aggregation.LOWEST:
        return min(scores)
    if way is Aggregation.HIGHEST:
        return max(scores)
    total = sum(scores, Decimal(0))
    return total if way is Aggregation.SUM else total / len(scores)


def _leaf_subtotal(leaf: LeafResult) -> Subtotal:
    is_self = leaf.criterion.method is Method.SELF
    answered = leaf.state in (LeafState.SCORED, LeafState.NOT_APPLICABLE)
    return Subtotal(
        max_score=leaf.criterion.max_score or Decimal(0),
        applicable_max=leaf.applicable_max or Decimal(0),
        score=leaf.score or Decimal(0),
        answered=int(is_self and answered),
        expected=int(is_self),
    )


def _subtotals(campaign: Campaign, leaves: tuple[LeafResult, ...]) -> dict[str, Subtotal]:
    sums: dict[str, Subtotal] = {}
    for leaf in leaves:
        own = _leaf_subtotal(leaf)
        above = leaf.criterion.parent
        while above:
            sums[above] = sums.get(above, Subtotal()) + own
            above = campaign.criterion(above).parent
    return sums


def _unit_result(
    campaign: Campaign, unit: Unit, returned: UnitReturn | None, as_of: dt.date
) -> UnitResult:
    expected = campaign.scored_by(unit)
    answers = {x.criterion: x for x in returned.leaves} if returned else {}
    total = sum((_unit_subtotal(leaf, answers.get(leaf.id)) for leaf in expected), Subtotal())
    findings = tuple(_unit_findings(campaign, unit, returned, as_of))
    return UnitResult(
        unit=unit,
        state=_unit_state(returned, findings),
        total=total,
        returned=returned,
        debts=tuple(_debts(campaign, unit, returned, findings)),
        findings=findings,
    )


def _unit_subtotal(leaf: Criterion, answer: LeafReturn | None) -> Subtotal:
    maximum = leaf.max_score or Decimal(0)
    if answer is None:
        return Subtotal(maximum, maximum, expected=1)
    applies = answer.answer is not Answer.NOT_APPLICABLE
    done = answer.answer in (Answer.SCORED, Answer.NOT_APPLICABLE)
    applicable = maximum if applies else Decimal(0)
    return Subtotal(maximum, applicable, answer.score or Decimal(0), int(done), 1)


def _unit_state(returned: UnitReturn | None, findings: tuple[Finding, ...]) -> UnitState:
    if returned is None:
        return UnitState.NOT_RETURNED
    codes = {finding.code for finding in findings}
    if any(code.value.demand for code in codes):
        return UnitState.NEEDS_ATTENTION
    return UnitState.LATE if Code.RETURNED_LATE in codes else UnitState.RETURNED


def _unit_findings(
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


def saved_day(saved: dt.datetime) -> dt.date:
    """Return the day in Việt Nam at which a document was saved."""
    return saved.astimezone(VIETNAM).date()


def _debts(
    campaign: Campaign,
    unit: Unit,
    returned: UnitReturn | None,
    findings: tuple[Finding, ...],
) -> Iterator[Debt]:
    """Yield what the unit still owes: the form, or what in its form is missing or unusable."""
    if returned is None:
        if findings:
            yield Debt("chưa gửi phiếu tự chấm điểm")
        for leaf in campaign.scored_by(unit) if findings else ():
            yield Debt("chưa có điểm tự chấm", leaf.id)
        return
    for finding in findings:
        if finding.demand:
            yield Debt(finding.demand, finding.criterion)
