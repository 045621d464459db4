"""Putting all returns together: scores by leaf, sums by row and unit, who owes what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from cchc_office.model import AppraisedLeaf, Campaign, Consolidation, Returns
from cchc_office.scoring.leaf_results import LeafResults, leaf_subtotal
from cchc_office.scoring.sums import tree_sums
from cchc_office.scoring.unit_results import unit_result


def consolidate(campaign: Campaign, returns: Returns, *, as_of: dt.date) -> Consolidation:
    """Put `returns` together as of the day `as_of`, on which nothing but lateness depends.

    Scores are never rounded. A leaf that several units lead for themselves takes the mean of
    those that apply and were scored, or what the campaign says in "Cách tổng hợp". Appraised
    scores stand beside those that units gave themselves, round after round.
    """
    by_unit = {returned.unit: returned for returned in returns.returns}
    said = {(x.unit, x.criterion): x for returned in returns.returns for x in returned.leaves}
    rounds = max((appraisal.round for appraisal in returns.appraisals), default=0)
    appraised = _by_leaf(x for appraisal in returns.appraisals for x in appraisal.leaves)
    results = LeafResults(campaign, said, appraised, rounds)
    leaves = tuple(results.of(leaf) for leaf in campaign.leaves)
    units = tuple(
        unit_result(campaign, unit, by_unit.get(unit.code), appraised, rounds, as_of)
        for unit in campaign.units
    )
    own = tuple(finding for unit in units for finding in unit.findings)
    own += tuple(finding for appraisal in returns.appraisals for finding in appraisal.findings)
    own += tuple(finding for more in returns.supplements for finding in more.findings)
    above = tuple(leaf.finding for leaf in leaves if leaf.finding)
    subtotals, total = tree_sums(campaign, {x.criterion.id: leaf_subtotal(x) for x in leaves})
    return Consolidation(
        campaign=campaign,
        as_of=as_of,
        leaves=leaves,
        subtotals=subtotals,
        total=total,
        units=units,
        findings=(*campaign.findings, *returns.findings, *own, *above),
        rounds=rounds,
        appraised=appraised,
        explained={(x.unit, x.criterion): x for s in returns.supplements for x in s.leaves},
    )


def _by_leaf(leaves: Iterable[AppraisedLeaf]) -> dict[tuple[str, str], tuple[AppraisedLeaf, ...]]:
    found: dict[tuple[str, str], list[AppraisedLeaf]] = {}
    for leaf in leaves:
        found.setdefault((leaf.unit, leaf.criterion), []).append(leaf)
    return {key: tuple(sorted(said, key=lambda x: x.round)) for key, said in found.items()}
