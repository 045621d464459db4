"""Putting all returns together: scores by leaf, sums by row and unit, who owes what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal

from cchc_office import figures
from cchc_office.errors import NotSeenError
from cchc_office.findings import Code, Finding
from cchc_office.model import (
    NOT_SEEN,
    Aggregation,
    Answer,
    AppraisalReturn,
    AppraisedLeaf,
    Campaign,
    Consolidation,
    LeafResult,
    Returns,
    SupplementReturn,
    Unit,
    UnitResult,
    UnitReturn,
    ranked_by,
)
from cchc_office.rules import Declared, compute
from cchc_office.scoring.leaf_results import (
    MOST_KEPT,
    LeafTally,
    leaf_subtotal,
    plain_result,
)
from cchc_office.scoring.ranking import wants_places
from cchc_office.scoring.spool import SpooledFindings, UnitSpool
from cchc_office.scoring.sums import tree_sums
from cchc_office.scoring.unit_results import Stages, unit_result, unit_stages

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
    consolidator = Consolidator(
        campaign,
        as_of=as_of,
        appraisals=returns.appraisals,
        supplements=returns.supplements,
    )
    by_unit = {returned.unit: returned for returned in returns.returns}
    for unit in campaign.units:
        if unit.code in by_unit:
            consolidator.add(by_unit[unit.code])
    return consolidator.finish(returns.findings)


class Consolidator:
    """Puts returns together one by one, for a campaign with more of them than can be held.

    With `on_disk` each unit's result goes to a temporary file as soon as it is known, and of each
    leaf only sums and the returns of a few units are held, so that memory does not grow with what
    units returned. The consolidation that comes of it reads units from there.
    """

    def __init__(
        self,
        campaign: Campaign,
        *,
        as_of: dt.date,
        appraisals: Sequence[AppraisalReturn] = (),
        supplements: Sequence[SupplementReturn] = (),
        on_disk: bool = False,
    ) -> None:
        """Take what is there before the first return: the campaign, appraisals, answers."""
        self._campaign = campaign
        self._as_of = as_of
        self._appraisals = appraisals
        self._supplements = supplements
        self._rounds = max((appraisal.round for appraisal in appraisals), default=0)
        self._appraised = _by_leaf(x for appraisal in appraisals for x in appraisal.leaves)
        self._explained = {(x.unit, x.criterion): x for s in supplements for x in s.leaves}
        most = MOST_KEPT if on_disk else None
        self._tallies = {
            leaf.id: LeafTally(campaign, leaf, self._rounds, most_kept=most)
            for leaf in campaign.leaves
            if leaf.is_self_scored
        }
        self._pooled = {
            leaf.id for leaf in campaign.leaves if campaign.way_of(leaf) is Aggregation.POOLED
        }
        self._not_pooled: list[Finding] = []
        self._spool = UnitSpool() if on_disk else None
        self._held: dict[str, UnitResult] = {}
        self._order = {unit.code: place for place, unit in enumerate(campaign.units)}
        self._missing = dict(self._order)

    def add(self, returned: UnitReturn) -> None:
        """Count a unit's return; raises KeyError for a unit that is unknown or counted before."""
        del self._missing[returned.unit]
        self._take(self._campaign.unit(returned.unit), returned)

    def finish(self, findings: Iterable[Finding] = ()) -> Consolidation:
        """Return everything put together; `findings` are those about files as a whole.

        Raises NotSeenError where they tell of what could not be looked at.
        """
        findings = tuple(findings)
        _check_all_seen(findings)
        for code in tuple(self._missing):
            self._take(self._campaign.unit(code), None)
        self._missing.clear()
        campaign = self._campaign
        leaves = tuple(self._leaf_results())
        subtotals, total = tree_sums(campaign, {x.criterion.id: leaf_subtotal(x) for x in leaves})
        units = self._units()
        return Consolidation(
            campaign=campaign,
            as_of=self._as_of,
            leaves=leaves,
            subtotals=subtotals,
            total=total,
            units=units,
            findings=self._findings(findings, units, leaves),
            rounds=self._rounds,
            appraised=self._appraised,
            explained=self._explained,
        )

    def _take(self, unit: Unit, returned: UnitReturn | None) -> None:
        campaign = self._campaign
        stages = unit_stages(campaign, unit, returned, self._appraised, self._rounds)
        self._tell_not_pooled(unit, stages)
        for criterion, standings in stages.items():
            self._tallies[criterion].add(self._order[unit.code], unit.code, standings)
        if returned:
            self._keep(unit, returned)
        result = unit_result(campaign, unit, returned, stages, self._as_of, self._explained)
        if self._spool:
            self._spool.put(result)
        else:
            self._held[unit.code] = result

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
        roles, order = self._campaign.roles_of(unit), self._order[unit.code]
        answers = {answer.criterion: answer for answer in returned.leaves}
        for criterion, answer in answers.items():
            if criterion in roles and criterion in self._tallies:
                self._tallies[criterion].keep(order, answer)

    def _leaf_results(self) -> Iterable[LeafResult]:
        for leaf in self._campaign.leaves:
            tally = self._tallies.get(leaf.id)
            yield tally.result() if tally else plain_result(self._campaign, leaf)

    def _units(self) -> Sequence[UnitResult]:
        codes = [unit.code for unit in self._campaign.units]
        if self._spool:
            return self._spool.in_order(codes)
        return tuple(self._held[code] for code in codes)

    def _findings(
        self,
        of_files: tuple[Finding, ...],
        units: Sequence[UnitResult],
        leaves: tuple[LeafResult, ...],
    ) -> Sequence[Finding]:
        first = (*self._campaign.findings, *of_files)
        last = (
            *(finding for appraisal in self._appraisals for finding in appraisal.findings),
            *(finding for more in self._supplements for finding in more.findings),
            *(leaf.finding for leaf in leaves if leaf.finding),
            *self._not_pooled,
            *self._about_ranking(),
        )
        if self._spool:
            return SpooledFindings(first, units, last)
        return (*first, *(finding for unit in units for finding in unit.findings), *last)

    def _about_ranking(self) -> Iterable[Finding]:
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
