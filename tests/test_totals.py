"""Totals by unit, by field and overall agree, over random campaigns; no score is made up."""

from __future__ import annotations

from dataclasses import fields
from decimal import Decimal
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from cchc_office.model import (
    Answer,
    AppraisalReturn,
    AppraisedLeaf,
    Assignment,
    Assignments,
    Campaign,
    CampaignInfo,
    Consolidation,
    Criterion,
    LeafReturn,
    LeafState,
    Method,
    Points,
    Returns,
    Role,
    Source,
    Subtotal,
    SurveyResult,
    Unit,
    UnitReturn,
)
from cchc_office.results.consolidation import consolidate
from cchc_office.results.progress import progress
from cchc_office.results.ranking import rank_units

from . import days

D = Decimal
INFO = CampaignInfo(2024, "Sở Thử Nghiệm", "STN", "/STN-VP", "Tỉnh A", "BẢNG")
UNITS = tuple(Unit(code, f"Phòng {code}") for code in ("P1", "P2", "P3"))
SOURCE = Source("phieu.xlsx", "Phiếu chấm", "F8")
KINDS = ("self", "self", "self", "survey", "not applicable")
ANSWERS = (Answer.SCORED, Answer.SCORED, Answer.BLANK, Answer.NOT_APPLICABLE)


class Case(NamedTuple):
    """A campaign in which one unit leads each leaf, and what came back."""

    campaign: Campaign
    returns: Returns


@st.composite
def criteria_trees(draw: st.DrawFn) -> tuple[Criterion, ...]:
    rows: list[Criterion] = []
    for f in range(1, draw(st.integers(1, 3)) + 1):
        points = draw(st.sampled_from((Points.NORMAL, Points.NORMAL, *Points)))
        cap = draw(st.none() | maxima()) if points is not Points.NORMAL else None
        rows.append(_row(f"{f}", points, cap))
        for c in range(1, draw(st.integers(1, 2)) + 1):
            count = draw(st.integers(0, 3))
            code = f"{f}.{c}"
            if not count:
                rows.append(draw(leaves(code, points)))
                continue
            rows.append(_row(code, points, None))
            for leaf in range(1, count + 1):
                own = draw(st.sampled_from(Points)) if points is Points.NORMAL else points
                rows.append(draw(leaves(f"{code}.{leaf}", own)))
    return tuple(rows)


def maxima() -> st.SearchStrategy[Decimal]:
    return st.integers(1, 20).map(lambda quarters: D(quarters) / 4)


def _row(code: str, points: Points, maximum: Decimal | None) -> Criterion:
    above = code.rpartition(".")[0]
    parent = f"TC-{above}" if above else ""
    level = code.count(".") + 1
    return Criterion(f"TC-{code}", code, f"Dòng {code}", level, parent, 1, maximum, points=points)


@st.composite
def leaves(draw: st.DrawFn, code: str, points: Points) -> Criterion:
    row = _row(code, points, draw(maxima()))
    kind = draw(st.sampled_from(KINDS))
    method = Method.SURVEY if kind == "survey" else Method.SELF
    return Criterion(
        **{f.name: getattr(row, f.name) for f in fields(row)}
        | {"method": method, "applies": kind != "not applicable"}
    )


def scores(leaf: Criterion) -> st.SearchStrategy[Decimal]:
    """Scores of a leaf: tenths, and thirds that no decimal can hold."""
    maximum = leaf.max_score or D(0)
    return st.integers(0, 10).map(lambda n: maximum * n / 10) | st.just(maximum / 3)


@st.composite
def cases(draw: st.DrawFn, *, capped: bool = True) -> Case:
    criteria = draw(criteria_trees())
    if not capped:
        parents = {c.parent for c in criteria}
        criteria = tuple(_row(c.code, c.points, None) if c.id in parents else c for c in criteria)
    bare = Campaign("dot-cham.xlsx", INFO, UNITS, criteria, Assignments())
    lead = {leaf.id: draw(st.sampled_from(UNITS)).code for leaf in bare.leaves}
    assignments = Assignments(Assignment(c, unit, Role.LEAD) for c, unit in lead.items())
    pending = draw(st.sets(st.sampled_from([leaf.id for leaf in bare.leaves])))
    surveys = tuple(
        SurveyResult(leaf.id, draw(scores(leaf)), "D2", lead[leaf.id])
        for leaf in bare.leaves
        if leaf.method is Method.SURVEY and leaf.id not in pending
    )
    campaign = Campaign("dot-cham.xlsx", INFO, UNITS, criteria, assignments, survey_results=surveys)
    back = draw(st.sets(st.sampled_from([unit.code for unit in UNITS])))
    returns = tuple(
        UnitReturn(unit.code, "phieu.xlsx", tuple(draw(_said(leaf, unit)) for leaf in own))
        for unit in UNITS
        if unit.code in back and (own := campaign.scored_by(unit))
    )
    appraisals = tuple(
        AppraisalReturn(number, "tham-dinh.xlsx", tuple(draw(_rounds(campaign, number))))
        for number in range(1, draw(st.integers(0, 2)) + 1)
    )
    return Case(campaign, Returns(returns, appraisals=appraisals))


@st.composite
def _said(draw: st.DrawFn, leaf: Criterion, unit: Unit) -> LeafReturn:
    answer = draw(st.sampled_from(ANSWERS))
    score = draw(scores(leaf)) if answer is Answer.SCORED else None
    return LeafReturn(leaf.id, unit.code, answer, SOURCE, score)


@st.composite
def _rounds(draw: st.DrawFn, campaign: Campaign, number: int) -> list[AppraisedLeaf]:
    said = []
    for unit in campaign.units:
        for leaf in campaign.scored_by(unit):
            answer = draw(st.sampled_from(ANSWERS))
            score = draw(scores(leaf)) if answer is Answer.SCORED else None
            said.append(AppraisedLeaf(leaf.id, unit.code, number, answer, SOURCE, score))
    return said


def put_together(case: Case) -> Consolidation:
    return consolidate(case.campaign, case.returns, as_of=days.AFTER_DEADLINE)


def figures(total: Subtotal) -> list[Decimal]:
    """The figures of a sum, so that thirds added up in another order are the same."""
    return [D(getattr(total, f.name)).quantize(D("1e-15")) for f in fields(total)]


@given(cases())
def test_fields_add_up_to_the_whole(case: Case) -> None:
    data = put_together(case)
    tops = [data.subtotals[f.id] for f in case.campaign.children(None)]
    assert figures(sum(tops, Subtotal())) == figures(data.total)


@given(cases(capped=False))
def test_units_add_up_to_the_whole(case: Case) -> None:
    data = put_together(case)
    units = figures(sum((unit.total for unit in data.units), Subtotal()))
    whole = figures(data.total)
    names = [f.name for f in fields(Subtotal)]
    # Surveys of which no unit has a result, and what does not apply, are in no unit's maximum.
    of_nobody = {"max_score", "survey_pending"}
    assert [x for x, name in zip(units, names, strict=True) if name not in of_nobody] == [
        x for x, name in zip(whole, names, strict=True) if name not in of_nobody
    ]


@given(cases())
def test_every_row_is_the_sum_of_the_rows_under_it(case: Case) -> None:
    data, campaign = put_together(case), case.campaign
    for row in campaign.criteria:
        if row.id not in data.subtotals:
            continue
        total = Decimal(0)
        for child in campaign.children(row):
            leaf = data.leaf(child)
            if leaf is None:
                total += data.subtotals[child.id].achieved
            else:
                own = leaf.achieved or Decimal(0)
                total += -own if child.points is Points.PENALTY else own
        if row.points is not Points.NORMAL and row.max_score is not None:
            total = max(-row.max_score, min(row.max_score, total))
        assert abs(data.subtotals[row.id].achieved - total) < D("1e-15")


@given(cases())
def test_no_score_appears_that_was_not_in_a_file(case: Case) -> None:
    data = put_together(case)
    by_unit = {x.criterion: x.score for r in case.returns.returns for x in r.leaves}
    results = {r.criterion: r.score for r in case.campaign.survey_results}
    rounds: dict[str, list[Decimal | None]] = {}
    for appraisal in case.returns.appraisals:
        for said in appraisal.leaves:
            rounds.setdefault(said.criterion, []).append(said.score)
    for leaf in data.leaves:
        key = leaf.criterion.id
        assert leaf.score == by_unit.get(key)
        assert leaf.survey == results.get(key)
        for score in leaf.rounds:
            assert score is None or score in [by_unit.get(key), *rounds.get(key, ())]
        if not leaf.criterion.applies:
            assert (leaf.state, leaf.achieved) == (LeafState.NOT_APPLICABLE, None)


@given(cases())
def test_bonus_and_what_does_not_apply_are_in_no_denominator(case: Case) -> None:
    data = put_together(case)
    normal = [
        leaf
        for leaf in data.leaves
        if leaf.criterion.points is Points.NORMAL and leaf.criterion.applies
    ]
    final = sum((leaf.final_max or D(0) for leaf in normal), D(0))
    assert data.total.round_1_max == sum((leaf.round_1_max or D(0) for leaf in normal), D(0))
    known = sum(
        (leaf.criterion.max_score or D(0) for leaf in normal if leaf.survey is not None), D(0)
    )
    assert (data.total.final_max, data.total.survey_max) == (final, known)
    assert data.total.achieved_max == final + known


@given(cases())
def test_ranking_and_progress_are_of_the_same_figures(case: Case) -> None:
    data = put_together(case)
    totals = {unit.unit.code: unit.total for unit in data.units}
    places = rank_units(data)
    assert sorted(p.unit.code for p in places) == [unit.code for unit in UNITS]
    for place in places:
        total = totals[place.unit.code]
        assert (place.score, place.maximum) == (total.achieved, total.achieved_max)
    ranked = [p.place for p in places if p.place is not None]
    assert ranked == sorted(ranked)
    assert not ranked or set(ranked) == set(range(1, max(ranked) + 1))
    on = progress(data)
    assert on.total.done == data.total.answered
    assert on.total.total == data.total.expected
    assert [share.done for _, share in on.units] == [unit.total.answered for unit in data.units]
