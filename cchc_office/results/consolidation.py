"""Putting all returns together: scores by leaf, sums by row and unit, who owes what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from decimal import Decimal

from cchc_office.catalogue.findings import Code, Finding
from cchc_office.errors import NotSeenError
from cchc_office.model import (
    NOT_SEEN,
    Aggregation,
    Answer,
    AppraisedLeaf,
    Campaign,
    Consolidation,
    LeafResult,
    Returns,
    Unit,
    UnitResult,
    UnitReturn,
    ranked_by,
)
from cchc_office.results.leaf_results import LeafTally, leaf_subtotal, plain_result
from cchc_office.results.ranking import wants_places
from cchc_office.results.sums import tree_sums
from cchc_office.results.unit_results import Stages, unit_result, unit_stages
from cchc_office.rules import Declared, compute
from cchc_office.text import figures

_MOST_NAMED = 3
_ROUNDED = Decimal("0.005")
"""What a score loses where it is typed with two decimals."""


def consolidate(campaign: Campaign, returns: Returns, *, as_of: dt.date) -> Consolidation:
    """Put `returns` together as of the day `as_of`, on which nothing but lateness depends.

    Scores are never rounded. A leaf that several units lead for themselves takes the mean of
    those that apply and were scored, or what the campaign says in "Cách tổng hợp"; where that is to
    pool their figures, its rule is applied to these, and no appraised score enters, only figures
    that the reviewers corrected. Appraised
    scores stand beside those that units gave themselves, round after round.

    Raises NotSeenError where a file or folder handed in could not be looked at: who has not
    returned is not known then, nor any sum.
    """
    return _Consolidator(campaign, returns, as_of).consolidation()


class _Consolidator:
    """Goes through the units once, and puts together what they and the reviewers said."""

    def __init__(self, campaign: Campaign, returns: Returns, as_of: dt.date) -> None:
        _check_all_seen(returns.findings)
        self._campaign = campaign
        self._returns = returns
        self._as_of = as_of
        self._rounds = max((appraisal.round for appraisal in returns.appraisals), default=0)
        self._appraised = _by_leaf(x for a in returns.appraisals for x in a.leaves)
        self._explained = {(x.unit, x.criterion): x for s in returns.supplements for x in s.leaves}
        self._tallies = {
            leaf.id: LeafTally(campaign, leaf, self._rounds)
            for leaf in campaign.leaves
            if leaf.is_self_scored
        }
        self._pooled = {
            leaf.id for leaf in campaign.leaves if campaign.way_of(leaf) is Aggregation.POOLED
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
        stages = unit_stages(campaign, unit, returned, self._appraised, self._rounds)
        self._tell_not_pooled(unit, stages)
        for criterion, standings in stages.items():
            self._tallies[criterion].add(unit.code, standings)
        if returned:
            self._keep(unit, returned)
        return unit_result(campaign, unit, returned, stages, self._as_of, self._explained)

    def _tell_not_pooled(self, unit: Unit, stages: Stages) -> None:
        """Note the appraised scores that cannot be in a sum of figures."""
        for criterion in self._pooled & stages.keys():
            last, leaf = stages[criterion][-1], self._campaign.criterion(criterion)
            if not last.round or last.answer is not Answer.SCORED or last.score is None:
                continue
            maximum = leaf.max_score or Decimal(0)
            own = compute(leaf.scoring, last.declared or Declared(), maximum).score
            if own is not None and abs(own - last.score) <= _ROUNDED:
                continue
            said = self._appraised[unit.code, criterion]
            source = [x.source for x in said if x.answer.is_settled][-1]
            given, appraised = figures.optional_apart(own, last.score)
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

    def _about_ranking(self) -> Iterator[Finding]:
        campaign = self._campaign
        by = ranked_by(campaign.info.ranking.stage, self._rounds)
        if by.missing and wants_places(campaign):
            wanted, found = by.wanted.value, by.words
            code = Code.RANKED_BY_EARLIER_SCORES
            yield Finding(code, campaign.file, found=found, expected=wanted)


def _check_all_seen(findings: tuple[Finding, ...]) -> None:
    unseen = [finding for finding in findings if finding.code in NOT_SEEN]
    if unseen:
        named = ", ".join(f"{f.file} ({f.found or 'không còn ở đó'})" for f in unseen[:_MOST_NAMED])
        rest = f" và {len(unseen) - _MOST_NAMED} chỗ nữa" if len(unseen) > _MOST_NAMED else ""
        raise NotSeenError(
            f"Không xem được {named}{rest}, nên chưa kết luận đơn vị nào chưa nộp: chưa làm tổng "
            "hợp, đôn đốc, thẩm định nào. Mở được rồi thì chạy lại."
        )


def _by_leaf(leaves: Iterable[AppraisedLeaf]) -> dict[tuple[str, str], tuple[AppraisedLeaf, ...]]:
    found: dict[tuple[str, str], list[AppraisedLeaf]] = {}
    for leaf in leaves:
        found.setdefault((leaf.unit, leaf.criterion), []).append(leaf)
    return {key: tuple(sorted(said, key=lambda x: x.round)) for key, said in found.items()}
