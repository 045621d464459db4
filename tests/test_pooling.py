"""Rows that several units score: which way their scores or figures come together, and who says so."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_office.campaign import load_campaign
from cchc_office.catalogue.findings import Code, Severity
from cchc_office.model import Aggregation, LeafState
from cchc_office.rules import EMPTY_POOL, Declared, Rule, compute
from cchc_office.steps.scoring_outline import scoring_outline

from .calls import cchc
from .declared_forms import RULES
from .pooled_rows import (
    HEAD,
    UNITS,
    D,
    asked,
    campaign_of,
    corrected,
    pooled,
    returned,
    ruled,
    together,
)
from .sheets import campaign_file, leaf_by_code

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")


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
