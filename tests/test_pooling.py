"""Rows that several units score: which way their scores or figures come together, and who says so."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_office.campaign import load_campaign
from cchc_office.catalogue.findings import Code, FindingCode, Severity
from cchc_office.decree30.figures import DEFAULT_PROFILE
from cchc_office.model import (
    Aggregation,
    Answer,
    AppraisalReturn,
    AppraisedLeaf,
    Campaign,
    Consolidation,
    LeafResult,
    LeafReturn,
    LeafState,
    Returns,
    Source,
    UnitReturn,
)
from cchc_office.papers.appraisal.workbook import build_appraisal
from cchc_office.papers.report import build_report
from cchc_office.papers.upward_report import upward_values
from cchc_office.results.consolidation import consolidate
from cchc_office.returns import read_returns
from cchc_office.rules import EMPTY_POOL, Declared, Rule, compute
from cchc_office.steps.scoring_outline import scoring_outline

from . import days
from .appraised import Table
from .calls import cchc
from .declared_forms import RULES
from .sheets import campaign_file, leaf_by_code

D = Decimal
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
SAVED = dt.datetime(2024, 11, 25, 2, tzinfo=dt.UTC)
HEAD = "STT | Tiêu chí | Điểm tối đa | Đơn vị thực hiện | Cách chấm | Loại điểm | Cách tổng hợp\n"
UNITS = """
Mã | Tên đơn vị | Tên gọi khác | Nhóm    | Thủ trưởng | Email
A  | Phòng A    |              | mọi nơi |            | a@a.example
B  | Phòng B    |              | mọi nơi |            | b@a.example
C  | Phòng C    |              | mọi nơi |            | c@a.example
"""


def campaign_of(folder: Path, *rows: str) -> Campaign:
    """Return a campaign with rows below one field: what follows their code and name."""
    lines = [f"1.{n} | Dòng {n} | {row}" for n, row in enumerate(rows, start=1)]
    criteria = HEAD + "\n".join(["1 | Lĩnh vực | | | | |", *lines])
    return load_campaign(campaign_file(folder, units=UNITS, criteria=criteria))


def asked(campaign: Campaign) -> list[tuple[FindingCode, str]]:
    return [(f.code, f.cell) for f in campaign.findings if f.is_error]


Said = str | tuple[float | str, ...] | int
"""A share (done, of how many), a count, "-" for not applicable, "" for blank, "?" for unclear."""


def returned(campaign: Campaign, unit: str, *said: Said) -> UnitReturn:
    """Return what a unit declared row by row, each score as its rule gives it."""
    leaves = []
    for n, one in enumerate(said, start=1):
        leaf = campaign.criterion(leaf_by_code(campaign, f"1.{n}"))
        source = Source(f"{unit}.xlsx", "Phiếu chấm", f"H{n + 7}")
        answer, score, declared = Answer.BLANK, None, Declared()
        if isinstance(one, str):
            kinds = {"-": Answer.NOT_APPLICABLE, "?": Answer.UNUSABLE}
            answer = kinds.get(one, Answer.BLANK)
            declared = Declared(D(7)) if one == "?" else declared
        else:
            figures = one if isinstance(one, tuple) else (one,)
            figure, total = (*(D(str(x)) for x in figures), None)[:2]
            declared = Declared(figure, total)
            computed = compute(leaf.scoring, declared, leaf.max_score or D(0))
            score = computed.score
            answer = Answer.SCORED if computed.applies else Answer.NOT_APPLICABLE
        leaves.append(
            LeafReturn(leaf.id, unit, answer, source, score, str(score), declared=declared)
        )
    return UnitReturn(unit, f"{unit}.xlsx", tuple(leaves), (), SAVED)


def ruled(
    campaign: Campaign, unit: str, score: str, code: str = "1.1", number: int = 1
) -> AppraisedLeaf:
    answer = Answer.NOT_APPLICABLE if score == "-" else Answer.SCORED
    given_ = None if score == "-" else D(score)
    place = Source(f"lan-{number}.xlsx", "Thẩm định", "J8")
    return AppraisedLeaf(leaf_by_code(campaign, code), unit, number, answer, place, given_, score)


def together(
    campaign: Campaign, *returns: UnitReturn, appraised: tuple[AppraisedLeaf, ...] = ()
) -> Consolidation:
    rounds = sorted({x.round for x in appraised})
    appraisals = tuple(
        AppraisalReturn(n, f"lan-{n}.xlsx", tuple(x for x in appraised if x.round == n))
        for n in rounds
    )
    everything = Returns(returns, appraisals=appraisals)
    return consolidate(campaign, everything, as_of=days.AFTER_DEADLINE)


def pooled(folder: Path, rule: str, most: str, *said: Said, points: str = "") -> LeafResult:
    """Return one row of which the figures of A, B and C are pooled."""
    campaign = campaign_of(folder, f"{most} | Mọi nơi | {rule} | {points} | Gộp số liệu")
    assert asked(campaign) == []
    back = [returned(campaign, unit, one) for unit, one in zip("ABC", said, strict=False)]
    return together(campaign, *back).leaves[0]


# --- worked by hand ---


def test_shares_are_one_ratio_and_not_the_mean_of_three_scores(tmp_path: Path) -> None:
    # 4.030 + 3.045 + 3.000 = 10.075 of 4.500 + 3.600 + 3.000 = 11.100; times 2 points.
    leaf = pooled(tmp_path, "Tỷ lệ", "2", (4030, 4500), (3045, 3600), (3000, 3000))
    assert leaf.pooled == (Declared(D(10075), D(11100)),)
    # 20.150 : 11.100 = 1,8153…; the mean of 1,7911…, 1,6917… and 2 were 1,8276.
    assert leaf.score is not None
    assert leaf.score.quantize(D("0.0001")) == D("1.8153")
    assert (leaf.state, leaf.done, leaf.expected) == (LeafState.SCORED, 3, 3)


def test_bands_are_asked_of_the_whole(tmp_path: Path) -> None:
    # 89 of 100 and 10 of 10 give 0,5 and 1 alone; together 99 of 110 is 90 %, which is 1.
    rule = "≥90%: 1; ≥80%: 0,5; còn lại: 0"
    assert pooled(tmp_path, rule, "1", (89, 100), (10, 10)).score == D(1)


def test_counts_are_added_and_held_by_the_maximum_once(tmp_path: Path) -> None:
    # One incident in one of three units costs 0,2, not a third of it.
    penalty = ("Mỗi vụ 0,2", "1")
    assert pooled(tmp_path, *penalty, 1, 0, 0, points="Phạt").score == D("0.2")
    assert pooled(tmp_path, *penalty, 4, 3, 0, points="Phạt").score == D(1)


def test_bands_of_counts_take_the_sum(tmp_path: Path) -> None:
    rule = "≥5: 1; ≥3: 0,5; còn lại: 0"
    assert pooled(tmp_path, rule, "1", 2, 2, 1).score == D(1)


def test_nothing_of_nothing_adds_nothing(tmp_path: Path) -> None:
    full = "Tỷ lệ, không phát sinh: điểm tối đa"
    assert pooled(tmp_path, full, "2", (0, 0), (1, 4), (2, 4)).score == D("0.75")
    leaf = pooled(tmp_path, full, "2", (0, 0), (0, 0), (0, 0))
    assert (leaf.score, leaf.pooled) == (D(2), (Declared(D(0), D(0)),))


def test_who_says_that_it_does_not_apply_leaves_the_pool(tmp_path: Path) -> None:
    rule = "Tỷ lệ, không phát sinh: không áp dụng"
    leaf = pooled(tmp_path, rule, "2", (0, 0), "-", (3, 4))
    assert (leaf.score, leaf.state, leaf.applicable_max) == (D("1.5"), LeafState.SCORED, D(2))
    leaf = pooled(tmp_path, rule, "2", (0, 0), "-", (0, 0))
    assert (leaf.score, leaf.state) == (None, LeafState.NOT_APPLICABLE)
    assert (leaf.applicable_max, leaf.pooled) == (None, (None,))


def test_more_than_the_whole_in_one_unit_makes_up_for_nothing_in_another(tmp_path: Path) -> None:
    # 12 of 10 counts as 10 of 10: 10 + 5 of 20.
    assert pooled(tmp_path, "Tỷ lệ", "2", (12, 10), (5, 10)).score == D("1.5")


def test_a_unit_that_leads_alone_is_not_pooled(tmp_path: Path) -> None:
    campaign = campaign_of(tmp_path, "2 | Phòng A | Tỷ lệ | | Gộp số liệu")
    back = returned(campaign, "A", (1, 2))
    leaf = together(campaign, back, appraised=(ruled(campaign, "A", "0.5"),)).leaves[0]
    assert (leaf.score, leaf.rounds, leaf.pooled) == (D(1), (D("0.5"),), (None, None))


def test_units_keep_their_own_scores(tmp_path: Path) -> None:
    campaign = campaign_of(tmp_path, "2 | Mọi nơi | Tỷ lệ | | Gộp số liệu")
    data = together(campaign, returned(campaign, "A", (1, 4)), returned(campaign, "B", (2, 2)))
    assert [unit.total.score for unit in data.units] == [D("0.5"), D(2), D(0)]


# --- hypothesis ---

SHARES = ("ratio", "floor", "bands")
whole = st.integers(0, 60).map(D)
shares = st.tuples(whole, whole).map(lambda pair: Declared(min(pair), max(pair)))


@given(st.sampled_from(SHARES), st.lists(shares, min_size=1, max_size=8), st.data())
def test_the_pool_is_the_rule_of_the_sums(
    name: str, units: list[Declared], data: st.DataObject
) -> None:
    """However the same work is shared out among units, in whatever order, the score is the same."""
    rule, most = _rule(name)
    pool = EMPTY_POOL
    for one in data.draw(st.permutations(units)):
        pool = pool.plus(one)
    figure = sum((one.figure or D(0) for one in units), D(0))
    total = sum((one.total or D(0) for one in units), D(0))
    assert pool.units == len(units)
    assert pool.compute(rule, most) == compute(rule, Declared(figure, total), most)


@given(st.lists(whole, min_size=1, max_size=8))
def test_counts_of_all_are_the_count_of_one(units: list[Decimal]) -> None:
    rule, most = _rule("items")
    pool = EMPTY_POOL
    for one in units:
        pool = pool.plus(Declared(one))
    assert pool.compute(rule, most).score == min(most, sum(units, D(0)) * D("0.5"))


def _rule(name: str) -> tuple[Rule, Decimal]:
    rule, most = RULES[name]
    return rule, D(most)


# --- what the campaign must say ---


@pytest.mark.parametrize(
    "row",
    [
        "2 | Mọi nơi | Mỗi vụ 0,2 | Thưởng |",
        "2 | Mọi nơi | | Thưởng |",
        "2 | Mọi nơi | | Phạt |",
        "2 | Mọi nơi | Có/Không | Phạt |",
    ],
)
def test_what_is_counted_must_say_how_it_comes_together(tmp_path: Path, row: str) -> None:
    campaign = campaign_of(tmp_path, row)
    assert asked(campaign) == [(Code.AGGREGATION_UNSAID, "G3")]
    [finding] = [f for f in campaign.findings if f.is_error]
    can_pool = "Mỗi" in row or "≥" in row
    assert ("“Gộp số liệu”" in finding.advice) is can_pool
    assert all(f"“{way}”" in finding.advice for way in ("Trung bình", "Tổng", "Cao nhất"))
    # What is asked is not shown as a mean either.
    assert scoring_outline(campaign).shared == {"Chưa ghi": ("1.1",)}


@pytest.mark.parametrize("rule", ["Mỗi vụ 0,2", "≥5 văn bản: 2; còn lại: 0"])
def test_a_count_asks_how_it_comes_together_unless_the_office_wrote_it(
    tmp_path: Path, rule: str
) -> None:
    campaign = campaign_of(tmp_path / "loi", f"2 | Mọi nơi | {rule} | |")
    [warning] = [f for f in campaign.findings if f.severity is Severity.WARNING]
    assert (warning.code, warning.cell) == (Code.AGGREGATION_TAKEN_AS_MEAN, "G3")
    assert "chỉ được tính 1/3" in warning.sentence
    assert scoring_outline(campaign).shared == {"Trung bình": ("1.1",)}
    criteria = (
        "STT | Tiêu chí | Điểm tối đa | Đơn vị thực hiện | Quy tắc | Cách tổng hợp\n"
        f"1 | Lĩnh vực | | | |\n1.1 | Dòng | 2 | Mọi nơi | {rule} |"
    )
    path = campaign_file(tmp_path / "quy-tac", units=UNITS, criteria=criteria)
    assert asked(load_campaign(path)) == [(Code.AGGREGATION_UNSAID, "F3")]


@pytest.mark.parametrize(
    "row",
    [
        "2 | Mọi nơi | | |",
        "2 | Mọi nơi | Tỷ lệ | |",
        "2 | Mọi nơi | ≥90%: 2; còn lại: 0 | |",
        "2 | Mọi nơi | Có/Không | |",
        "2 | Mọi nơi | trước 15/01/2024: 2; sau: 0 | |",
        "2 | Phòng A | Mỗi vụ 0,2 | Phạt |",
        "2 | Mọi nơi | Không áp dụng | Phạt |",
        "2 | Mọi nơi | ĐTXHH | Phạt |",
        "2 | Mọi nơi | Mỗi vụ 0,2 | Phạt | Trung bình",
    ],
)
def test_the_mean_is_taken_of_scores_and_shares_or_where_it_is_said(
    tmp_path: Path, row: str
) -> None:
    campaign = campaign_of(tmp_path, row)
    assert asked(campaign) == []
    assert campaign.way_of(campaign.leaves[0]) is Aggregation.MEAN


def test_a_heading_says_it_for_its_rows_and_a_row_for_itself(tmp_path: Path) -> None:
    criteria = HEAD + "\n".join(
        [
            "1   | Phạt  |   |         |            | Phạt | Tổng",
            "1.1 | Một   | 1 | Mọi nơi |            |      |",
            "1.2 | Hai   | 1 | Mọi nơi | Mỗi vụ 0,2 |      | Gộp số liệu",
            "2   | Khác  |   |         |            |      | Gộp số liệu",
            "2.1 | Nhóm  |   |         |            |      |",
            "2.1.1 | Ba  | 1 | Mọi nơi | Tỷ lệ      |      |",
            "2.1.2 | Bốn | 1 | Phòng A | Có/Không   |      |",
            "2.1.3 | Năm | 1 | Mọi nơi | Có/Không   |      |",
        ]
    )
    campaign = load_campaign(campaign_file(tmp_path, units=UNITS, criteria=criteria))
    # Of the last nothing can be added; one unit alone has nothing to be added to.
    assert asked(campaign) == [(Code.AGGREGATION_NOT_POOLABLE, "G9")]
    assert [campaign.way_of(leaf) for leaf in campaign.leaves] == [
        Aggregation.SUM,
        Aggregation.POOLED,
        Aggregation.POOLED,
        Aggregation.MEAN,
        Aggregation.MEAN,
    ]


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        ("", "do đơn vị tự chấm"),
        ("Có/Không", "chấm theo trường hợp"),
        ("trước 15/01/2024: 1; sau: 0", "chấm theo ngày"),
        ("ĐTXHH", "chấm bằng điều tra"),
    ],
)
@pytest.mark.parametrize("units", ["Mọi nơi", "Phòng A"])
def test_what_cannot_be_added_is_told_at_its_cell_with_what_to_write_instead(
    tmp_path: Path, rule: str, why: str, units: str
) -> None:
    campaign = campaign_of(tmp_path, f"1 | {units} | {rule} | | Gộp số liệu")
    assert asked(campaign) == [(Code.AGGREGATION_NOT_POOLABLE, "G3")]
    [finding] = [f for f in campaign.findings if f.is_error]
    assert why in finding.sentence
    assert "“Thấp nhất”" in finding.advice
    assert "Gộp" not in finding.advice


def test_a_text_that_is_not_understood_has_nothing_to_add_up(tmp_path: Path) -> None:
    campaign = campaign_of(tmp_path, "1 | Mọi nơi | tùy mức độ | | Gộp số liệu")
    assert [code for code, _ in asked(campaign)] == [Code.AGGREGATION_NOT_POOLABLE]


def test_without_the_column_the_row_is_named_and_papers_wait(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    criteria = (
        "STT | Tiêu chí | Điểm tối đa | Đơn vị thực hiện | Loại điểm\n"
        "1 | Lĩnh vực | | |\n1.1 | Vi phạm | 1 | Mọi nơi | Phạt"
    )
    path = campaign_file(tmp_path / "dot", units=UNITS, criteria=criteria)
    assert asked(load_campaign(path)) == [(Code.AGGREGATION_UNSAID, "C3")]
    assert cchc("kiem-tra", tmp_path / "dot") == 1
    told = " ".join(capsys.readouterr().out.split())
    assert "1.1 Vi phạm là dòng điểm trừ do 3 đơn vị cùng chấm" in told
    assert cchc("chay", tmp_path / "dot") != 0
    assert not list((tmp_path / "dot" / "output").rglob("*.xlsx"))


# --- units that lack, and the appraisal ---


def test_a_missing_unit_is_named_where_things_are_counted(tmp_path: Path) -> None:
    campaign = campaign_of(
        tmp_path,
        "1 | Mọi nơi | Mỗi vụ 0,2 | Phạt | Gộp số liệu",
        "1 | Mọi nơi | Mỗi vụ 0,2 | Phạt | Trung bình",
        "1 | Mọi nơi | Tỷ lệ | | ",
    )
    data = together(campaign, returned(campaign, "B", 1, 1, (1, 2)))
    states = _column(_opened(data)["Bảng điểm"], "Tình trạng")
    assert [states[code] for code in ("1.1", "1.2", "1.3")] == [
        "Chấm một phần (1/3); chưa tính: A, C",
        "Chấm một phần (1/3); chưa tính: A, C",
        "Chấm một phần (1/3)",
    ]
    told = upward_values(data, DEFAULT_PROFILE)["chua_co_diem"]
    assert [(x.ma, x.don_vi, x.tinh_trang) for x in told] == [
        ("1.1", "Phòng A; Phòng C", "Chưa tính các đơn vị này"),
        ("1.2", "Phòng A; Phòng C", "Chưa tính các đơn vị này"),
        ("1.3", "Phòng A; Phòng C", "Còn đơn vị chưa chấm"),
    ]


def test_an_appraised_score_is_never_mixed_into_a_sum_of_figures(tmp_path: Path) -> None:
    campaign = campaign_of(tmp_path, "2 | Mọi nơi | Tỷ lệ | | Gộp số liệu")
    back = [returned(campaign, unit, one) for unit, one in (("A", (1, 4)), ("B", (2, 2)))]
    # A's score is halved, B's confirmed, and C, which returned nothing, is given one.
    rulings = tuple(ruled(campaign, *one) for one in (("A", "0.25"), ("B", "2"), ("C", "1")))
    data = together(campaign, *back, appraised=rulings)
    leaf = data.leaves[0]
    assert (leaf.score, leaf.rounds) == (D(1), (D(1),))
    assert (leaf.state, leaf.lacking) == (LeafState.PARTLY, ("C",))
    told = [f for f in data.findings if f.code is Code.APPRAISAL_NOT_POOLED]
    assert [(f.file, f.cell, f.found, f.expected, f.candidates) for f in told] == [
        ("lan-1.xlsx", "J8", "0,25", "0,50", ("Phòng A",)),
        ("lan-1.xlsx", "J8", "1,00", "chưa có", ("Phòng C",)),
    ]
    # Each unit's own points are as appraised, and C still owes figures.
    assert [unit.total.final for unit in data.units] == [D("0.25"), D(2), D(1)]
    assert [debt.criterion for debt in data.units[2].debts] == ["", leaf.criterion.id]


def test_scores_that_are_not_in_their_pools_are_told_in_table_order(tmp_path: Path) -> None:
    campaign = campaign_of(tmp_path, *["2 | Mọi nơi | Tỷ lệ | | Gộp số liệu"] * 6)
    codes = [f"1.{number}" for number in range(1, 7)]
    rulings = tuple(ruled(campaign, "A", "1", code=code) for code in reversed(codes))
    data = together(campaign, returned(campaign, "A", *[(1, 4)] * 6), appraised=rulings)
    told = [f.criterion for f in data.findings if f.code is Code.APPRAISAL_NOT_POOLED]
    assert told == [leaf_by_code(campaign, code) for code in codes]


def corrected(
    campaign: Campaign, unit: str, figures: tuple[int, int], code: str = "1.1", number: int = 1
) -> AppraisedLeaf:
    leaf = campaign.criterion(leaf_by_code(campaign, code))
    declared = Declared(D(figures[0]), D(figures[1]))
    score = compute(leaf.scoring, declared, leaf.max_score or D(0)).score
    place = Source(f"lan-{number}.xlsx", "Thẩm định", "L8")
    return AppraisedLeaf(
        leaf.id, unit, number, Answer.SCORED, place, score, str(score), declared=declared
    )


def test_figures_that_reviewers_corrected_are_in_the_pool(tmp_path: Path) -> None:
    campaign = campaign_of(tmp_path, "2 | Mọi nơi | Tỷ lệ | | Gộp số liệu")
    back = [returned(campaign, unit, one) for unit, one in (("A", (4, 4)), ("B", (2, 2)))]
    # A did 2 of 4, and C, which returned nothing, 1 of 2; in the second round A did 3 of 4.
    rulings = (
        corrected(campaign, "A", (2, 4)),
        corrected(campaign, "C", (1, 2)),
        corrected(campaign, "A", (3, 4), number=2),
    )
    data = together(campaign, *back, appraised=rulings)
    leaf = data.leaves[0]
    # 6 of 6; then 2 + 2 + 1 of 8; then 3 + 2 + 1 of 8.
    assert (leaf.score, leaf.rounds) == (D(2), (D("1.25"), D("1.5")))
    assert (leaf.state, leaf.lacking) == (LeafState.SCORED, ())
    assert [unit.total.final for unit in data.units] == [D("1.5"), D(2), D(1)]
    assert not [f for f in data.findings if f.code is Code.APPRAISAL_NOT_POOLED]


def test_a_score_given_after_corrected_figures_is_told_as_not_in_the_pool(tmp_path: Path) -> None:
    campaign = campaign_of(tmp_path, "2 | Mọi nơi | Tỷ lệ | | Gộp số liệu")
    back = [returned(campaign, unit, one) for unit, one in (("A", (4, 4)), ("B", (2, 2)))]
    rulings = (corrected(campaign, "A", (2, 4)), ruled(campaign, "A", "0.5", number=2))
    data = together(campaign, *back, appraised=rulings)
    # 2 + 2 of 6 after either round.
    rounds = [score and score.quantize(D("0.0001")) for score in data.leaves[0].rounds]
    assert rounds == [D("1.3333"), D("1.3333")]
    told = [f for f in data.findings if f.code is Code.APPRAISAL_NOT_POOLED]
    assert [(f.found, f.expected) for f in told] == [("0,50", "1,00")]


# --- the reviewers' workbook ---


@pytest.fixture
def office(tmp_path: Path) -> tuple[Campaign, Consolidation]:
    campaign = campaign_of(
        tmp_path,
        "2 | Mọi nơi | Tỷ lệ, không phát sinh: không áp dụng | | Gộp số liệu",
        "1 | Mọi nơi | Mỗi vụ 0,2 | Phạt | Gộp số liệu",
        "1 | Mọi nơi | Tỷ lệ | |",
    )
    back = (
        returned(campaign, "A", (4, 4), 0, (1, 2)),
        returned(campaign, "B", (2, 2), 1, (1, 2)),
    )
    return campaign, together(campaign, *back)


NEW, OF, SCORE, OPINION = (
    "Số liệu thẩm định",
    "Tổng số thẩm định",
    "Điểm thẩm định",
    "Ý kiến thẩm định",
)


def typed(
    office: tuple[Campaign, Consolidation], folder: Path, **rows: dict[str, Any]
) -> AppraisalReturn:
    """Return what is read of the reviewers' workbook; rows are called A_1 for A's row 1.1."""
    campaign, data = office
    table = Table(build_appraisal(data, 1, DEFAULT_PROFILE))
    for key, cells in rows.items():
        unit, _, n = key.partition("_")
        for heading, value in cells.items():
            table.cell(f"{unit}|1.{n}", heading).value = value
    path = folder / "lan-1.xlsx"
    table.book.save(path)
    [read] = read_returns([path], campaign)
    assert read.appraisal
    return read.appraisal


def code_of(office: tuple[Campaign, Consolidation], leaf: AppraisedLeaf) -> str:
    return office[0].criterion(leaf.criterion).code


def test_only_pooled_rows_are_open_for_figures(office: tuple[Campaign, Consolidation]) -> None:
    _, data = office
    table = Table(build_appraisal(data, 1, DEFAULT_PROFILE))
    open_cells = {
        (code, heading)
        for code in ("1.1", "1.2", "1.3")
        for heading in (NEW, OF)
        if not table.cell(f"A|{code}", heading).protection.locked
    }
    assert open_cells == {("1.1", NEW), ("1.1", OF), ("1.2", NEW)}


def test_without_pooled_rows_there_are_no_columns_for_figures(tmp_path: Path) -> None:
    data = together(campaign_of(tmp_path, "2 | Mọi nơi | Tỷ lệ | |"))
    assert NEW not in Table(build_appraisal(data, 1, DEFAULT_PROFILE)).columns


def test_figures_typed_by_reviewers_give_the_score(
    office: tuple[Campaign, Consolidation], tmp_path: Path
) -> None:
    read = typed(
        office,
        tmp_path,
        A_1={NEW: 3, OF: 4, OPINION: "Một hồ sơ trễ"},
        A_2={NEW: 2, SCORE: 0.4},
        B_1={NEW: 0, OF: 0},
    )
    said = {(x.unit, code_of(office, x)): x for x in read.leaves if x.answer is not Answer.BLANK}
    first = said["A", "1.1"]
    assert (first.answer, first.score) == (Answer.SCORED, D("1.5"))
    assert first.declared == Declared(D(3), D(4))
    assert first.opinion == "Số liệu thẩm định: 3 trên 4. Một hồ sơ trễ"
    assert (said["A", "1.2"].score, said["A", "1.2"].declared) == (D("0.4"), Declared(D(2)))
    assert said["B", "1.1"].answer is Answer.NOT_APPLICABLE
    assert len(said) == 3
    campaign, data = office
    back = tuple(unit.returned for unit in data.units if unit.returned)
    after = consolidate(campaign, Returns(back, appraisals=(read,)), as_of=days.AFTER_DEADLINE)
    # 3 of 4, B being out; 2 + 1 incidents.
    assert [leaf.rounds for leaf in after.leaves[:2]] == [(D("1.5"),), (D("0.6"),)]


@pytest.mark.parametrize(
    ("row", "cells", "code", "heading"),
    [
        ("A_1", {NEW: 3}, Code.APPRAISED_FIGURES_UNUSABLE, NEW),
        ("A_1", {NEW: "ba", OF: 4}, Code.APPRAISED_FIGURES_UNUSABLE, NEW),
        ("A_1", {NEW: 5, OF: 4}, Code.APPRAISED_FIGURES_UNUSABLE, NEW),
        ("A_2", {NEW: 1.5}, Code.APPRAISED_FIGURES_UNUSABLE, NEW),
        ("A_1", {NEW: 3, OF: 4, SCORE: 1}, Code.APPRAISED_NOT_AS_FIGURES, SCORE),
        ("A_1", {NEW: 3, OF: 4, SCORE: "Không áp dụng"}, Code.APPRAISED_NOT_AS_FIGURES, SCORE),
    ],
)
def test_figures_that_cannot_count_are_told_and_change_nothing(
    office: tuple[Campaign, Consolidation],
    tmp_path: Path,
    row: str,
    cells: dict[str, Any],
    code: FindingCode,
    heading: str,
) -> None:
    read = typed(office, tmp_path, **{row: cells})
    told = [
        (f.code, f.cell)
        for f in read.findings
        if f.code.slug.startswith(("so-lieu", "diem-tham-dinh-k"))
    ]
    table = Table(build_appraisal(office[1], 1, DEFAULT_PROFILE))
    key = f"A|1.{row[-1]}"
    assert told == [(code, table.cell(key, heading).coordinate)]
    [leaf] = [x for x in read.leaves if x.answer is not Answer.BLANK]
    assert (leaf.answer, leaf.score, leaf.declared) == (Answer.UNUSABLE, None, None)


def test_figures_in_a_row_that_is_not_pooled_are_told(
    office: tuple[Campaign, Consolidation], tmp_path: Path
) -> None:
    read = typed(office, tmp_path, A_3={NEW: 1, SCORE: 0.25}, A_2={NEW: 1, OF: 3})
    said = {code_of(office, x): x for x in read.leaves if x.answer is not Answer.BLANK}
    assert (said["1.3"].score, said["1.3"].declared) == (D("0.25"), None)
    assert (said["1.2"].score, said["1.2"].declared) == (D("0.2"), Declared(D(1)))
    told = [f.found for f in read.findings if f.code is Code.APPRAISED_FIGURES_NOT_ASKED]
    assert sorted(told) == ["1", "3"]


def test_a_unit_to_which_the_appraisal_says_it_does_not_apply_leaves_the_pool(
    tmp_path: Path,
) -> None:
    campaign = campaign_of(tmp_path, "2 | Mọi nơi | Tỷ lệ | | Gộp số liệu")
    said = (("A", (1, 4)), ("B", (2, 2)), ("C", (0, 2)))
    back = [returned(campaign, unit, one) for unit, one in said]
    rulings = (ruled(campaign, "C", "-"), ruled(campaign, "A", "-", number=2))
    leaf = together(campaign, *back, appraised=rulings).leaves[0]
    # 3 of 8; without C 3 of 6; without A too 2 of 2.
    assert (leaf.score, leaf.rounds) == (D("0.75"), (D(1), D(2)))
    assert (leaf.done, leaf.state) == (3, LeafState.SCORED)


# --- the report ---


def _opened(data: Consolidation, *, formulas: bool = False) -> Any:
    content = build_report(data, DEFAULT_PROFILE)
    return openpyxl.load_workbook(io.BytesIO(content), data_only=not formulas)


def _column(sheet: Any, heading: str, key: str = "STT") -> dict[str, Any]:
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    at = next(n for n, row in enumerate(rows) if key in row and heading in row)
    return {
        str(row[rows[at].index(key)]): row[rows[at].index(heading)]
        for row in rows[at + 1 :]
        if row[rows[at].index(key)]
    }


@pytest.fixture
def mixed(tmp_path: Path) -> Consolidation:
    """A campaign with every kind of rule that can be pooled, with two rounds and gaps."""
    campaign = campaign_of(
        tmp_path,
        "2 | Mọi nơi | Tỷ lệ, dưới 50% được 0; không phát sinh: không áp dụng | | Gộp số liệu",
        "1 | Mọi nơi | ≥90%: 1; ≥80%: 0,5; còn lại: 0; không phát sinh: 1 | | Gộp số liệu",
        "1 | Mọi nơi | ≥5: 1; ≥3: 0,5; còn lại: 0 | | Gộp số liệu",
        "1 | Mọi nơi | Mỗi vụ 0,2 | Phạt | Gộp số liệu",
        "3 | Mọi nơi | | |",
        "2 | Mọi nơi | Tỷ lệ, không phát sinh: không áp dụng | | Gộp số liệu",
    )
    assert asked(campaign) == []
    back = (
        returned(campaign, "A", (4030, 4500), (89, 100), 2, 1, "-", (0, 0)),
        returned(campaign, "B", (3045.5, 3600), (12, 10), 2, "?", "-", "-"),
    )
    rulings = (
        ruled(campaign, "A", "-", "1.3"),
        ruled(campaign, "B", "1", "1.1", 2),
        corrected(campaign, "A", (80, 100), "1.2", 2),
        corrected(campaign, "C", (10, 20), "1.2", 2),
    )
    return together(campaign, *back, appraised=rulings)


def test_the_sheet_shows_every_unit_and_why_it_is_not_in_the_sum(mixed: Consolidation) -> None:
    rows = [list(row) for row in _opened(mixed)["Gộp số liệu"].iter_rows(values_only=True)]
    at = next(n for n, row in enumerate(rows) if row[0] == "1.3" and "\n" in row[1])
    assert rows[at][1].startswith("Dòng 3\nSố liệu kê khai: số lượng đạt được.")
    assert [row[2:6] + row[-1:] for row in rows[at + 1 : at + 4]] == [
        [2, None, 2, "Có", "Không áp dụng (thẩm định)"],
        [2, None, 2, "Có", "Đã gộp"],
        [None, None, None, "Không", "Chưa nộp, chưa gộp"],
    ]
    # The first round corrected no figure and has only its column of what is in the sum.
    assert [row[6:11] for row in rows[at + 1 : at + 4]] == [
        ["Không", 2, None, 2, "Không"],
        ["Có", 2, None, 2, "Có"],
        ["Không", None, None, None, "Không"],
    ]
    assert [[row[n] for n in (1, 2, 7, 11)] for row in rows[at + 4 : at + 7]] == [
        ["Cộng, điểm tự chấm", 4, None, 0.5],
        ["Cộng, điểm thẩm định lần 1", 2, None, 0],
        ["Cộng, điểm thẩm định lần 2", None, 2, 0],
    ]


def test_corrected_figures_stand_beside_the_declared_ones(mixed: Consolidation) -> None:
    rows = [list(row) for row in _opened(mixed)["Gộp số liệu"].iter_rows(values_only=True)]
    at = next(n for n, row in enumerate(rows) if row[0] == "1.2" and "\n" in row[1])
    assert [row[2:5] + row[7:11] for row in rows[at + 1 : at + 4]] == [
        [89, 100, 89, 80, 100, 80, "Có"],
        [12, 10, 10, 12, 10, 10, "Có"],
        [None, None, None, 10, 20, 10, "Có"],
    ]
    # 99 of 110 is 90 %; 100 of 130 is 76,9 %.
    assert [[row[n] for n in (2, 3, 7, 8, 11)] for row in rows[at + 4 : at + 7]] == [
        [99, 110, None, None, 1],
        [99, 110, None, None, 1],
        [None, None, 100, 130, 0],
    ]


def test_sources_tell_the_figures_and_who_is_not_in_the_sum(mixed: Consolidation) -> None:
    [source] = [
        text
        for code, text in _column(
            _opened(mixed)["Bảng điểm"], "Nguồn (tệp › trang tính › ô)"
        ).items()
        if code == "1.2"
    ]
    assert source == (
        "Gộp số liệu của:\n"
        "A: 89 trên 100 ← A.xlsx › Phiếu chấm › H9\n"
        "B: 12 trên 10 ← B.xlsx › Phiếu chấm › H9\n"
        "Thẩm định lần 2, A: 80 trên 100 ← lan-2.xlsx › Thẩm định › L8\n"
        "Thẩm định lần 2, C: 10 trên 20 ← lan-2.xlsx › Thẩm định › L8"
    )


def test_kiem_tra_tells_how_shared_rows_come_together(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    campaign_of(
        tmp_path,
        "2 | Mọi nơi | Tỷ lệ | | Gộp số liệu",
        "2 | Mọi nơi | | |",
        "2 | Phòng A | | |",
        "1 | Mọi nơi | Mỗi vụ 0,2 | Phạt | Gộp số liệu",
    )
    cchc("kiem-tra", tmp_path)
    told = capsys.readouterr().out
    assert "Các dòng nhiều đơn vị cùng chấm, theo cách tổng hợp:\n" in told
    assert "  Trung bình: 1.2\n  Gộp số liệu: 1.1, 1.4\n" in told


def test_without_pooled_rows_there_is_no_such_sheet(tmp_path: Path) -> None:
    campaign = campaign_of(tmp_path, "2 | Mọi nơi | Tỷ lệ | |")
    assert "Gộp số liệu" not in _opened(together(campaign)).sheetnames


@pytest.mark.libreoffice
def test_libreoffice_computes_the_same_and_scores_follow_an_edited_figure(
    mixed: Consolidation, tmp_path: Path, libreoffice: Callable[[Path, str], Path]
) -> None:
    ours = _opened(mixed)
    bare = _opened(mixed, formulas=True)  # openpyxl writes no values of formulas
    (tmp_path / "a.xlsx").unlink(missing_ok=True)
    bare.save(tmp_path / "a.xlsx")
    theirs = openpyxl.load_workbook(libreoffice(tmp_path / "a.xlsx", "xlsx"), data_only=True)
    compared = 0
    for sheet in bare:
        for cell in (c for row in sheet.iter_rows() for c in row if c.data_type == "f"):
            mine, other = (b[sheet.title][cell.coordinate].value for b in (ours, theirs))
            place = f"{sheet.title}!{cell.coordinate} {cell.value}"
            if mine in (None, ""):
                assert other in (None, ""), place
            else:
                assert other == pytest.approx(mine), place
            compared += sheet.title == "Gộp số liệu"
    assert compared > 50
    # A had 4.030 of 4.500; with 1.000 the whole is 4.045,5 of 8.100, less than half: 0 points.
    sheet = bare["Gộp số liệu"]
    [cell] = [c for row in sheet.iter_rows() for c in row if c.value == 4030]
    cell.value = 1000
    bare.save(tmp_path / "b.xlsx")
    edited = openpyxl.load_workbook(libreoffice(tmp_path / "b.xlsx", "xlsx"), data_only=True)
    before = _column(ours["Bảng điểm"], "Điểm tự chấm")
    after = _column(edited["Bảng điểm"], "Điểm tự chấm")
    assert before["1.1"] == pytest.approx(2 * 7075.5 / 8100)
    assert (after["1.1"], after["1.4"]) == (0, -0.2)
    assert after["1"] == pytest.approx(before["1"] - before["1.1"])
