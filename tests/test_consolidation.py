"""Consolidation against sums worked out by hand."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from cchc_office.campaign import load_campaign
from cchc_office.catalogue.findings import Code, Finding
from cchc_office.model import (
    Answer,
    AppraisalReturn,
    Campaign,
    Consolidation,
    LeafReturn,
    LeafState,
    Returns,
    Source,
    Subtotal,
    UnitReturn,
    UnitState,
)
from cchc_office.results.consolidation import consolidate

from . import days
from .appraised_campaigns import appraised
from .sheets import campaign_file, leaf_by_code

D = Decimal
SAVED = dt.datetime(2024, 11, 25, 2, tzinfo=dt.UTC)


def said(
    campaign: Campaign, unit: str, saved: dt.datetime | None = SAVED, **scores: str
) -> UnitReturn:
    """Return what a unit said: `c1_1_1="0.5"`; "kad" is not applicable, "" blank."""
    leaves = []
    for key, score in scores.items():
        code = key.removeprefix("c").replace("_", ".")
        answer = {"kad": Answer.NOT_APPLICABLE, "": Answer.BLANK, "?": Answer.UNUSABLE}.get(
            score, Answer.SCORED
        )
        leaves.append(
            LeafReturn(
                leaf_by_code(campaign, code),
                unit,
                answer,
                Source(f"{unit}.xlsx", "Phiếu chấm", "F8"),
                D(score) if answer is Answer.SCORED else None,
                score,
            )
        )
    return UnitReturn(unit, f"{unit}.xlsx", tuple(leaves), (), saved)


def together(
    campaign: Campaign, *returns: UnitReturn, as_of: dt.date = days.AFTER_DEADLINE
) -> Consolidation:
    return consolidate(campaign, Returns(tuple(returns)), as_of=as_of)


def state_of(data: Consolidation, code: str) -> tuple[LeafState, Decimal | None, Decimal | None]:
    leaf = next(x for x in data.leaves if x.criterion.code == code)
    return leaf.state, leaf.score, leaf.applicable_max


def test_worked_by_hand(small: Campaign) -> None:
    data = together(
        small,
        said(small, "VP", c1_1_1="1", c1_1_2="kad"),
        said(small, "TTra", c1_2="0.25"),
        said(small, "P1", c1_3="1"),
        said(small, "P2", c1_3="2"),
    )
    assert state_of(data, "1.1.1") == (LeafState.SCORED, D(1), D(1))
    assert state_of(data, "1.1.2") == (LeafState.NOT_APPLICABLE, None, None)
    assert state_of(data, "1.2") == (LeafState.SCORED, D("0.25"), D("0.5"))
    assert state_of(data, "1.3") == (LeafState.SCORED, D("1.5"), D(2))  # the mean of 1 and 2
    assert state_of(data, "1.4") == (LeafState.SURVEY, None, None)
    # 1 + 0,25 + 1,5 of 1 + 0,5 + 2; the maximum of all leaves is 1 + 2,5 + 0,5 + 2 + 3
    # without a round of appraisal the scores stand; the survey of 3 points is still to come
    own, of_1_1 = (D("2.75"), D("2.75"), D("3.5"), D("3.5")), (D(1), D(1), D(1), D(1))
    total = Subtotal(
        *(D(9), D("3.5"), D("2.75"), 4, 4, *own),
        survey_pending=D(3),
        self_answered=4,
        round_1_answered=4,
    )
    assert data.total == total
    assert data.subtotals[leaf_by_code(small, "1.1")] == Subtotal(
        D("3.5"), D(1), D(1), 2, 2, *of_1_1, self_answered=2, round_1_answered=2
    )
    assert data.subtotals[leaf_by_code(small, "1")] == data.total
    assert data.total.rate == D("2.75") / D("3.5")


def test_a_province_published_68_32_points_as_an_index_of_81_33_percent() -> None:
    rate = Subtotal(D(100), D(84), D("68.32")).rate
    assert rate is not None
    assert (rate * 100).quantize(D("0.01")) == D("81.33")


@pytest.mark.parametrize(
    ("way", "score"),
    [
        ("", "0.875"),
        ("Trung bình", "0.875"),
        ("Thấp nhất", "0.5"),
        ("cao nhất", "1.25"),
        ("TỔNG", "1.75"),
    ],
)
def test_ways_to_put_group_scores_together(tmp_path: Path, way: str, score: str) -> None:
    criteria = "\n".join(
        [
            "STT | Tiêu chí | Điểm tối đa | Đơn vị thực hiện | Cách tổng hợp",
            "1   | Lĩnh vực |             |                  |",
            f"1.3 | Giải quyết | 2          | Các phòng chuyên môn | {way}",
        ]
    )
    campaign = load_campaign(campaign_file(tmp_path, criteria=criteria))
    assert campaign.findings == ()
    data = together(campaign, said(campaign, "P1", c1_3="0.5"), said(campaign, "P2", c1_3="1.25"))
    assert state_of(data, "1.3")[1] == D(score)


def test_members_for_whom_it_does_not_apply_leave_the_mean(small: Campaign) -> None:
    data = together(small, said(small, "P1", c1_3="1"), said(small, "P2", c1_3="kad"))
    assert state_of(data, "1.3") == (LeafState.SCORED, D(1), D(2))


@pytest.mark.parametrize(
    ("first", "second", "state"),
    [
        ("1", "", LeafState.PARTLY),
        ("1", "?", LeafState.UNUSABLE),
        ("", "", LeafState.MISSING),
        ("kad", "kad", LeafState.NOT_APPLICABLE),
        ("kad", "", LeafState.PARTLY),
    ],
)
def test_states_of_a_group_leaf(small: Campaign, first: str, second: str, state: LeafState) -> None:
    data = together(small, said(small, "P1", c1_3=first), said(small, "P2", c1_3=second))
    assert state_of(data, "1.3")[0] is state


def test_a_mean_is_not_rounded(tmp_path: Path) -> None:
    units = "Mã | Tên đơn vị | Nhóm | Email\n" + "\n".join(
        f"P{n} | Phòng số {n} | các phòng chuyên môn | p{n}@a.example" for n in (1, 2, 3)
    )
    criteria = "STT | Tiêu chí | Điểm tối đa | Đơn vị thực hiện\n1 | Lĩnh vực | |\n1.3 | Việc | 2 | Các phòng chuyên môn"
    campaign = load_campaign(campaign_file(tmp_path, units=units, criteria=criteria))
    assert campaign.findings == ()
    data = together(
        campaign,
        said(campaign, "P1", c1_3="1"),
        said(campaign, "P2", c1_3="1"),
        said(campaign, "P3", c1_3="0.5"),
    )
    assert data.total.score == D("2.5") / 3


def test_who_has_not_returned_owes_everything(small: Campaign) -> None:
    data = together(small, said(small, "VP", c1_1_1="1", c1_1_2="1"))
    states = {u.unit.code: u.state for u in data.units}
    assert states == {
        "VP": UnitState.RETURNED,
        "TTra": UnitState.NOT_RETURNED,
        "P1": UnitState.NOT_RETURNED,
        "P2": UnitState.NOT_RETURNED,
    }
    inspectorate = data.units[1]
    assert [(d.criterion, d.what) for d in inspectorate.debts] == [
        ("", "chưa gửi phiếu tự chấm điểm"),
        (leaf_by_code(small, "1.2"), "chưa có điểm tự chấm"),
    ]
    assert data.units[0].debts == ()
    assert {f.code for f in inspectorate.findings} == {Code.OVERDUE}
    assert inspectorate.findings[0].sentence.endswith("hạn nộp 30/11/2024: quá hạn 5 ngày.")


def test_before_the_deadline_nobody_is_late(small: Campaign) -> None:
    data = together(small, as_of=days.BEFORE_DEADLINE)
    assert {f.code for f in data.findings} == {Code.NOT_RETURNED}


@pytest.mark.parametrize(
    ("saved", "state"),
    [
        (dt.datetime(2024, 11, 30, 16, 59, tzinfo=dt.UTC), UnitState.RETURNED),
        (dt.datetime(2024, 11, 30, 17, 0, tzinfo=dt.UTC), UnitState.LATE),  # 1 December in Việt Nam
        (None, UnitState.RETURNED),
    ],
)
def test_lateness_is_told_by_the_day_in_viet_nam(
    small: Campaign, saved: dt.datetime | None, state: UnitState
) -> None:
    data = together(small, said(small, "TTra", saved, c1_2="0.5"))
    assert data.units[1].state is state


def test_no_score_appears_that_was_not_in_a_file(example_data: Consolidation) -> None:
    for leaf in example_data.leaves:
        given = [a.score for a in leaf.leads if a.score is not None]
        if leaf.score is not None:
            assert min(given) <= leaf.score <= max(given)
        assert all(a.source.file and a.source.cell for a in leaf.leads)


def test_sums_by_field_and_overall_agree(example_data: Consolidation) -> None:
    fields = example_data.campaign.children(None)
    total = sum((example_data.subtotals[f.id] for f in fields), Subtotal())
    assert total == example_data.total
    assert total.max_score == 100


ADDED_UP = """
STT | Tiêu chí   | Điểm tối đa | Đơn vị thực hiện     | Loại điểm | Cách tổng hợp
1   | Lĩnh vực   |             |                      |           |
1.3 | Giải quyết | 2           | Các phòng chuyên môn | {kind}    | tổng
"""


@pytest.mark.parametrize(("kind", "counted"), [("", 2), ("Thưởng", 2), ("Phạt", -2)])
def test_a_sum_over_the_maximum_counts_up_to_it(tmp_path: Path, kind: str, counted: int) -> None:
    campaign = load_campaign(campaign_file(tmp_path, criteria=ADDED_UP.format(kind=kind)))
    data = together(campaign, said(campaign, "P1", c1_3="1"), said(campaign, "P2", c1_3="1.5"))
    assert state_of(data, "1.3")[:2] == (LeafState.SCORED, D(2))
    assert data.total.score == counted
    (finding,) = [f for f in data.findings if f.criterion]
    assert finding.code is Code.SUM_ABOVE_MAX
    assert "2,50 (tự chấm), vượt điểm tối đa 2,00; chỉ tính 2,00." in finding.sentence


def test_a_sum_over_the_maximum_in_a_round_counts_up_to_it(tmp_path: Path) -> None:
    campaign = load_campaign(campaign_file(tmp_path, criteria=ADDED_UP.format(kind="Phạt")))
    leaf = campaign.leaves[0].id
    ruled = appraised(leaf, "P1", 1, D(2), "", "")
    returns = Returns(
        (said(campaign, "P1", c1_3="0"), said(campaign, "P2", c1_3="1.5")),
        appraisals=(AppraisalReturn(1, "tham-dinh-lan-1.xlsx", (ruled,)),),
    )
    data = consolidate(campaign, returns, as_of=days.AFTER_DEADLINE)
    assert (data.total.score, data.total.final) == (D("-1.5"), D(-2))
    (finding,) = [f for f in data.findings if f.code is Code.SUM_ABOVE_MAX]
    assert finding.found == "3,50 (thẩm định lần 1)"


def test_nobody_is_chased_for_a_form_with_nothing_to_fill_in(tmp_path: Path) -> None:
    criteria = """
    STT | Tiêu chí | Điểm tối đa | Đơn vị thực hiện | Ghi chú
    1   | Lĩnh vực |             | Thanh tra        |
    1.1 | Một      | 2           | Văn phòng        |
    1.2 | Hai      | 2           | Phòng Một        | ĐTXHH
    """
    data = together(load_campaign(campaign_file(tmp_path, criteria=criteria)))
    assert [u.unit.code for u in data.units if u.debts] == ["VP"]
    assert {f.unit for f in data.findings if f not in data.campaign.findings} == {"VP"}


def test_everything_is_in_the_order_of_the_campaign_whatever_order_returns_came_in(
    tmp_path: Path,
) -> None:
    rows = "\n".join(f"X{n} | Phòng {n} | | mọi nơi | | x{n}@a.example" for n in range(1, 5))
    units = f"Mã | Tên đơn vị | Tên gọi khác | Nhóm | Thủ trưởng | Email\n{rows}"
    criteria = """
    STT | Tiêu chí | Điểm tối đa | Đơn vị thực hiện
    1   | Lĩnh vực |             |
    1.1 | Một      | 2           | Mọi nơi
    """
    campaign = load_campaign(campaign_file(tmp_path, units=units, criteria=criteria))
    typed = {"X1": "2", "X3": "", "X4": "1"}
    returns = tuple(
        replace(
            said(campaign, unit, c1_1=typed[unit]),
            findings=(Finding(Code.SCORE_MISSING, f"{unit}.xlsx", unit=unit),),
        )
        for unit in ("X4", "X1", "X3")
    )
    data = consolidate(campaign, Returns(returns), as_of=days.AFTER_DEADLINE)
    [leaf] = data.leaves
    assert [unit.unit.code for unit in data.units] == ["X1", "X2", "X3", "X4"]
    assert [answer.unit for answer in leaf.leads] == ["X1", "X3", "X4"]
    assert leaf.lacking == ("X2", "X3")
    assert (leaf.score, leaf.done, leaf.expected) == (D("1.5"), 2, 4)
    missing = [f.unit for f in data.findings if f.code is Code.SCORE_MISSING]
    assert missing == ["X1", "X3", "X4"]
