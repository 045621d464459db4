"""Putting all returns together: scores by leaf, sums by row and unit, who owes what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from cchc_office.catalogue.findings import Code, Finding, FindingCode
from cchc_office.errors import NotSeenError
from cchc_office.model import (
    NOT_SEEN,
    Aggregation,
    Answer,
    AppraisedLeaf,
    Campaign,
    Consolidation,
    Criterion,
    Debt,
    Decision,
    ExplainedLeaf,
    FormVerdict,
    LeafResult,
    OfCampaign,
    Returns,
    Subtotal,
    SupplementReturn,
    Unit,
    UnitResult,
    UnitReturn,
    UnitState,
    campaign_of,
    ranked_by,
)
from cchc_office.results.lateness import about_its_day, came_in_time
from cchc_office.results.leaf_results import (
    Appraised,
    LeafStanding,
    LeafTally,
    brings_its_part,
    leaf_subtotal,
    plain_result,
    staged_subtotal,
    standings,
    tree_sums,
    waived,
)
from cchc_office.rules import Declared, compute
from cchc_office.text import figures
from cchc_office.text.shortening import some_of
from cchc_office.text.vietnamese import clean_line, local_day, official, time_left

_MADE_FOR_ANOTHER_SET = frozenset(
    (Code.MAX_SCORE_CHANGED_SINCE, Code.FORM_ROW_NOT_YET, Code.FORM_ROW_NO_LONGER)
)
"""What is found in a form that was issued before the office changed what it asks for."""

_MOST_NAMED = 4
_ROUNDED = Decimal("0.005")
"""What a score loses where it is typed with two decimals."""


def consolidate(
    campaign: Campaign | OfCampaign, returns: Returns, *, as_of: dt.date
) -> Consolidation:
    """Tổng hợp điểm từ các phiếu đã gộp, tính đến một ngày.

    Put `returns` together as of the day `as_of`, on which nothing but lateness depends.

    Scores are never rounded. A leaf that several units lead for themselves takes the mean of
    those that apply and were scored, or what the campaign says in "Cách tổng hợp"; where that is to
    pool their figures, its rule is applied to these, and no appraised score enters, only figures
    that the reviewers corrected. Appraised
    scores stand beside those that units gave themselves, round after round.

    Raises NotSeenError where a file or folder handed in could not be looked at: who has not
    returned is not known then, nor any sum.
    """
    return _Consolidator(campaign_of(campaign), returns, as_of).consolidation()


class _Consolidator:
    """Goes through the units once, and puts together what they and the reviewers said."""

    def __init__(self, campaign: Campaign, returns: Returns, as_of: dt.date) -> None:
        require_all_seen(returns.findings)
        self._campaign = campaign
        self._returns = returns
        self._as_of = as_of
        self._rounds = max((appraisal.round for appraisal in returns.appraisals), default=0)
        self._appraised = _by_leaf(x for a in returns.appraisals for x in a.leaves)
        self._explained = _explained(returns.supplements)
        self._tallies = {
            leaf.id: LeafTally(campaign, leaf, self._rounds)
            for leaf in campaign.leaves
            if leaf.is_self_scored
        }
        self._not_pooled: list[Finding] = []

    def consolidation(self) -> Consolidation:
        campaign = self._campaign
        by_unit = {returned.unit: returned for returned in self._returns.returns}
        units = tuple(self._take(unit, by_unit.get(unit.code)) for unit in campaign.units)
        leaves = tuple(self._leaf_results())
        subtotals, total = tree_sums(campaign, {x.criterion.id: leaf_subtotal(x) for x in leaves})
        return Consolidation(
            campaign=campaign,
            as_of=self._as_of,
            leaves=leaves,
            subtotals=subtotals,
            total=total,
            units=units,
            findings=tuple(self._findings(units, leaves)),
            rounds=self._rounds,
            appraised=self._appraised,
            explained=self._explained,
        )

    def _take(self, unit: Unit, returned: UnitReturn | None) -> UnitResult:
        campaign = self._campaign
        stages = _unit_stages(campaign, unit, returned, self._appraised, self._rounds)
        self._tell_not_pooled(unit, stages)
        for criterion, of_leaf in stages.items():
            self._tallies[criterion].add(unit.code, of_leaf)
        if returned:
            self._keep(unit, returned)
        findings = tuple(self._about_unit(unit, returned))
        found = _unit_result(campaign, unit, returned, stages, findings, self._explained)
        found = replace(found, arrival=self._returns.arrivals.get(unit.code))
        verdict = self._returns.verdicts.get(unit.code)
        return _judged(campaign, found, verdict) if verdict else found

    def _about_unit(self, unit: Unit, returned: UnitReturn | None) -> Iterator[Finding]:
        """Yield what there is to know of a unit's form, or of its missing."""
        campaign, as_of = self._campaign, self._as_of
        if returned is None:
            yield from _not_returned(campaign, unit, as_of)
            return
        yield from self._about_its_day(returned)
        yield from returned.findings
        yield from _days_to_come(campaign, returned, as_of)

    def _about_its_day(self, returned: UnitReturn) -> Iterator[Finding]:
        """Yield what is told of a form's day: what replaces one that came in time is not late."""
        arrival = self._returns.arrivals.get(returned.unit)
        for finding in about_its_day(self._campaign, returned, arrival, self._as_of):
            again = self._replaces(returned) if finding.code is Code.RETURNED_LATE else None
            yield replace(finding, code=again) if again else finding

    def _replaces(self, returned: UnitReturn) -> FindingCode | None:
        """Return why the unit, which sent another form in time, had to send one again.

        That was sent back, or made for criteria that the office changed since; None otherwise.
        """
        own = {file.file: file for file in self._returns.files if file.unit == returned.unit}
        for other in self._returns.others:
            file = own.get(other.file) if other.unit == returned.unit else None
            if not file or not came_in_time(self._campaign, other, file.arrival, self._as_of):
                continue
            if file.verdict and file.verdict.decision is Decision.SENT_BACK:
                return Code.RETURNED_AGAIN_LATE
            if not _MADE_FOR_ANOTHER_SET.isdisjoint(finding.code for finding in other.findings):
                return Code.RETURNED_FOR_CHANGED_SET
        return None

    def _tell_not_pooled(self, unit: Unit, stages: Stages) -> None:
        """Note the appraised scores that cannot be in a sum of figures."""
        for criterion, of_leaf in stages.items():
            last, leaf = of_leaf[-1], self._campaign.criterion(criterion)
            is_pooled = self._campaign.way_of(leaf) is Aggregation.POOLED
            score = last.score if last.answer is Answer.SCORED else None
            if not is_pooled or not last.round or score is None:
                continue
            maximum = leaf.max_score or Decimal(0)
            own = compute(leaf.scoring, last.declared or Declared(), maximum).score
            if own is not None and abs(own - score) <= _ROUNDED:
                continue
            said = self._appraised[unit.code, criterion]
            source = [x.source for x in said if x.answer.is_settled][-1]
            given, appraised = figures.optional_apart(own, score)
            self._not_pooled.append(
                Finding(
                    Code.APPRAISAL_NOT_POOLED,
                    source.file,
                    source.sheet,
                    source.cell,
                    about=leaf.label,
                    found=appraised,
                    expected=given or "chưa có",
                    candidates=(unit.name,),
                    unit=unit.code,
                    criterion=criterion,
                )
            )

    def _keep(self, unit: Unit, returned: UnitReturn) -> None:
        roles = self._campaign.roles_of(unit)
        answers = {answer.criterion: answer for answer in returned.leaves}
        for criterion, answer in answers.items():
            if criterion in roles and criterion in self._tallies:
                self._tallies[criterion].keep(answer)

    def _leaf_results(self) -> Iterator[LeafResult]:
        for leaf in self._campaign.leaves:
            tally = self._tallies.get(leaf.id)
            yield tally.result() if tally else plain_result(self._campaign, leaf)

    def _findings(
        self, units: tuple[UnitResult, ...], leaves: tuple[LeafResult, ...]
    ) -> Iterator[Finding]:
        yield from self._campaign.findings
        yield from self._returns.findings
        yield from (finding for unit in units for finding in unit.findings)
        yield from (finding for said in self._returns.appraisals for finding in said.findings)
        yield from (finding for more in self._returns.supplements for finding in more.findings)
        yield from (leaf.finding for leaf in leaves if leaf.finding)
        yield from self._not_pooled
        yield from self._about_ranking()
        yield from self._about_penalties()

    def _about_penalties(self) -> Iterator[Finding]:
        left = sum(map(self._campaign.is_left_to_reviewers, self._campaign.leaves))
        if left and not self._rounds:
            yield Finding(Code.PENALTIES_NOT_ENTERED, self._campaign.file, found=str(left))

    def _about_ranking(self) -> Iterator[Finding]:
        campaign = self._campaign
        by = ranked_by(campaign.info.ranking.stage, self._rounds)
        if by.missing and campaign.ranks_units:
            wanted, found = by.wanted.value, by.words
            code = Code.RANKED_BY_EARLIER_SCORES
            yield Finding(code, campaign.file, found=found, expected=wanted)


def require_all_seen(findings: tuple[Finding, ...]) -> None:
    """Raise NotSeenError where findings tell of a file or folder that could not be looked at."""
    unseen = [finding for finding in findings if finding.code in NOT_SEEN]
    if unseen:
        places = [f"{f.file} ({f.found or 'không còn ở đó'})" for f in unseen]
        named = some_of(places, _MOST_NAMED, "chỗ")
        raise NotSeenError(
            f"Không xem được {named}, nên chưa kết luận đơn vị nào chưa nộp: chưa làm tổng "
            "hợp, đôn đốc, thẩm định nào. Mở được rồi thì chạy lại."
        )


def _by_leaf(leaves: Iterable[AppraisedLeaf]) -> dict[tuple[str, str], tuple[AppraisedLeaf, ...]]:
    found: dict[tuple[str, str], list[AppraisedLeaf]] = {}
    for leaf in leaves:
        found.setdefault((leaf.unit, leaf.criterion), []).append(leaf)
    return {key: tuple(sorted(said, key=lambda x: x.round)) for key, said in found.items()}


Explained = Mapping[tuple[str, str], ExplainedLeaf]
"""What units answered to a round of appraisal, by unit and row."""

Stages = Mapping[str, list[LeafStanding]]
"""How the leaves of a unit stand, stage after stage, by the id of the leaf."""


def _explained(supplements: Iterable[SupplementReturn]) -> Explained:
    """Return by unit and row what was answered to the last round, with what was before it."""
    found: dict[tuple[str, str], ExplainedLeaf] = {}
    for supplement in sorted(supplements, key=lambda one: one.round):
        for leaf in supplement.leaves:
            key = leaf.unit, leaf.criterion
            found[key] = replace(leaf, earlier=found.get(key))
    return found


def _unit_result(
    campaign: Campaign,
    unit: Unit,
    returned: UnitReturn | None,
    stages: Stages,
    findings: tuple[Finding, ...],
    explained: Explained,
) -> UnitResult:
    """Put one unit together; `stages` tell how its leaves stand, `findings` about its form."""
    subtotals, total = tree_sums(campaign, _leaf_sums(campaign, unit, stages))
    debts = tuple(_debts(unit, returned, findings, _ruled_on(campaign, stages), explained))
    state = _state(returned, findings, debts)
    return UnitResult(unit, state, total, returned, debts, findings, subtotals)


def _judged(campaign: Campaign, result: UnitResult, verdict: FormVerdict) -> UnitResult:
    """Return what becomes of a unit by a person's word on its form.

    One that is taken is taken however late it came; one that was sent back is owed, for what of
    the reason its rows do not tell already.
    """
    if verdict.decision is Decision.TAKEN:
        taken = {Code.RETURNED_LATE: Code.LATE_RETURN_TAKEN}
        told = (replace(f, code=taken.get(f.code, f.code)) for f in result.findings)
        return replace(result, findings=tuple(told))
    if verdict.decision is not Decision.SENT_BACK:
        return result
    sent_back = replace(result, state=UnitState.NEEDS_ATTENTION, is_sent_back=True)
    reason = _without(verdict.reason, [debt.in_words(campaign) for debt in result.debts])
    if not reason:
        return sent_back
    day = official(local_day(verdict.recorded)).short
    debt = Debt(f"phiếu gửi về đã được trả lại ngày {day}: {reason}")
    return replace(sent_back, debts=(debt, *result.debts))


def _without(reason: str, told: Sequence[str]) -> str:
    """Return a reason, whose parts stand between semicolons, without those that are `told`."""
    left = f"; {reason}; "
    for words in sorted(told, key=len, reverse=True):
        left = left.replace(f"; {clean_line(words)}; ", "; ")
    return left.strip("; ")


def _unit_stages(
    campaign: Campaign,
    unit: Unit,
    returned: UnitReturn | None,
    appraised: Appraised,
    rounds: int,
) -> Stages:
    """Return how each leaf that the unit scores stands at first and after each round, by id."""
    answers = {x.criterion: x for x in returned.leaves} if returned else {}
    found: dict[str, list[LeafStanding]] = {}
    for leaf in campaign.scored_by(unit):
        said = appraised.get((unit.code, leaf.id), ())
        stages = standings(answers.get(leaf.id), said, rounds)
        is_open = returned is None and not campaign.is_left_to_reviewers(leaf)
        found[leaf.id] = waived(stages) if leaf.is_optional and not is_open else stages
    return found


def unit_leaf_sums(data: Consolidation, result: UnitResult) -> dict[str, Subtotal]:
    """Return the unit's own figures by leaf, not yet signed for penalties."""
    stages = _unit_stages(data.campaign, result.unit, result.returned, data.appraised, data.rounds)
    return _leaf_sums(data.campaign, result.unit, stages)


def _leaf_sums(campaign: Campaign, unit: Unit, stages: Stages) -> dict[str, Subtotal]:
    leaves = _surveys(campaign, unit)
    for leaf in campaign.scored_by(unit):
        leaves[leaf.id] = _self_scored(leaf, stages[leaf.id])
    return leaves


def _self_scored(leaf: Criterion, stages: list[LeafStanding]) -> Subtotal:
    maximum, is_settled = leaf.max_score or Decimal(0), [x.answer.is_settled for x in stages]
    sums = staged_subtotal(
        maximum,
        [None if x.answer is Answer.NOT_APPLICABLE else maximum for x in stages],
        [standing.score for standing in stages],
        is_settled,
    )
    return replace(sums, expected=0) if leaf.is_optional and not is_settled[-1] else sums


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


def _not_returned(campaign: Campaign, unit: Unit, as_of: dt.date) -> Iterator[Finding]:
    if not campaign.expects_return(unit):
        return
    deadline = campaign.info.deadline
    shown = official(deadline).short if deadline else "chưa đặt"
    late = (as_of - deadline).days if deadline else 0
    code = Code.OVERDUE if late > 0 else Code.NOT_RETURNED
    found = time_left(-late) if late > 0 else ""
    yield Finding(code, about=unit.name, found=found, expected=shown, unit=unit.code)


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


def _ruled_on(campaign: Campaign, stages: Stages) -> dict[str, LeafStanding | None]:
    """Return by row how the appraisal settled it; in a sum of figures a score settles nothing.

    A bonus or penalty that was left blank is owed by nobody, and not among them.
    """
    ruled: dict[str, LeafStanding | None] = {}
    for criterion, own in stages.items():
        if campaign.criterion(criterion).is_optional and own[-1].answer is Answer.BLANK:
            continue
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
