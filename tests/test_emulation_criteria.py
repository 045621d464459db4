"""Criteria as emulation councils write them: what is for each case, caps in words, levels."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from cchc_office import Campaign, Code, load_campaign
from cchc_office.catalogue.findings import Finding, FindingCode, Severity
from cchc_office.steps.scoring_outline import scoring_outline

from .sheets import campaign_file

HEAD = "STT | Tiêu chuẩn | Điểm tối đa | Thưởng | Trừ | Đơn vị thực hiện\n"
UNITS = """
Mã | Tên đơn vị | Nhóm
A  | Phòng A    | Mọi nơi
B  | Phòng B    | Mọi nơi
C  | Phòng C    | Mọi nơi
"""
"""The figures below are only for illustration."""


def campaign_of(folder: Path, rows: str) -> Campaign:
    return load_campaign(campaign_file(folder, units=UNITS, criteria=HEAD + rows.strip("\n")))


def told(campaign: Campaign, code: FindingCode) -> list[Finding]:
    return [finding for finding in campaign.findings if finding.code is code]


# --- the most that a row gives, in words ---


@pytest.mark.parametrize(
    ("row", "most"),
    [
        ("Tính trên mỗi giếng cộng 0,5 điểm (Điểm cộng tối đa là 1 điểm) | | 0,5 | ", "1"),
        ("Có 01 bài được cộng 0,2 điểm (Tổng điểm cộng không quá 01 điểm) | | 0,2 | ", "1"),
        ("Phối hợp trễ (trên mỗi việc, điểm trừ không quá 3 điểm) | | | -0,5", "3"),
    ],
)
def test_the_most_in_words_holds_where_the_column_is_for_one_case(
    tmp_path: Path, row: str, most: str
) -> None:
    campaign = campaign_of(tmp_path, f"1 | Nhóm | | | | A\n1.1 | Kế hoạch | 2 | | |\n1.2 | {row} |")
    assert campaign.leaves[-1].max_score == Decimal(most)
    [note] = told(campaign, Code.CAP_TAKEN)
    assert note.cell in ("D4", "E4")
    assert f"điểm tối đa của dòng là {most},00" in note.sentence


def test_a_most_in_words_beside_another_is_asked_about(tmp_path: Path) -> None:
    rows = "1 | Kế hoạch | 2 | | | A\n2 | Rút đơn (điểm cộng tối đa không quá 2 điểm) | | 1 | | A"
    campaign = campaign_of(tmp_path, rows)
    assert campaign.leaves[-1].max_score == Decimal(1)
    assert [f.cell for f in told(campaign, Code.CAP_DIFFERS)] == ["B3"]


def test_the_most_in_a_note_is_told_as_not_used(tmp_path: Path) -> None:
    rows = """
    1   | Kế hoạch                                       | 2 | |      | A
    1.1 | Ban hành                                       | 2 | |      |
    1.2 | Mỗi lần trễ: trừ 0,5 điểm                      |   | | -0,5 |
        | Ghi chú: Tổng điểm trừ không quá 1,5 điểm      |   | |      |
        | * Điểm trừ, cộng tối đa không quá 7 điểm       |   | |      |
        | Ghi chú: theo Quyết định của Sở                |   | |      |
    """
    campaign = campaign_of(tmp_path, rows)
    assert [f.cell for f in told(campaign, Code.CAP_IN_NOTE)] == ["B5", "B6"]
    assert [c.code for c in campaign.criteria if not c.is_text] == ["1", "1.1", "1.2"]


def test_what_is_advised_for_a_most_in_a_note_works(tmp_path: Path) -> None:
    """With what one case costs in the rows, the cap above them was refused as more than their sum."""
    rows = """
    a1    | Nhóm           | | |      | A
    a1.0  | Điểm chuẩn     | 3 | |    |
    a1.9  | Điểm trừ của mục a1 | | | -1,5 |
    a1.9.1 | Mỗi lần trễ: trừ 0,5 điểm | | | -1,5 |
    a1.9.2 | Mỗi lần sai: trừ 0,5 điểm | | | -1,5 |
    """
    campaign = campaign_of(tmp_path, rows)
    assert [f for f in campaign.findings if f.code.severity is not Severity.NOTE] == []
    cap = next(c for c in campaign.criteria if c.code == "a1.9")
    assert cap.max_score == Decimal("1.5")
    assert [leaf.max_score for leaf in campaign.leaves[1:]] == [Decimal("1.5")] * 2


# --- what stands in the wrong column, or beside rows ---


def test_a_negative_bonus_is_told_as_such(tmp_path: Path) -> None:
    campaign = campaign_of(tmp_path, "1 | Kế hoạch | 2 | | | A\n2 | Ban hành trễ | | -0,5 | | A")
    [finding] = told(campaign, Code.NEGATIVE_BONUS)
    assert (finding.cell, finding.found, finding.expected) == ("D3", "-0,5", "Thưởng")
    assert "chuyển số này sang cột Trừ" in finding.advice
    assert not told(campaign, Code.BAD_MAX_SCORE)


def test_points_of_a_heading_in_a_second_column_are_told_at_their_cell(tmp_path: Path) -> None:
    rows = "1 | Hồ sơ | 3 | 2 | | A\n1.1 | Đúng hạn | 3 | | |\n1.2 | Vượt mức | | 1 | |"
    [finding] = told(campaign_of(tmp_path, rows), Code.POINTS_BESIDE_ROWS)
    assert (finding.cell, finding.found, finding.expected) == ("D2", "2,00", "Thưởng")


def test_rows_that_may_be_levels_are_asked_about(tmp_path: Path) -> None:
    levels = "1.1 | Từ 98% | 5 | | |\n1.2 | Từ 97% | 4 | | |\n1.3 | Từ 96% | 3 | | |"
    campaign = campaign_of(tmp_path, f"1 | Thu gom rác | 5 | | | A\n{levels}")
    [finding] = told(campaign, Code.ROWS_MAYBE_LEVELS)
    assert "5,00, 4,00, 3,00" in finding.sentence
    assert not told(campaign, Code.MAX_SCORE_NOT_SUM)


@pytest.mark.parametrize("scores", ["5, 5", "4, 3", "2, 3"])
def test_rows_that_are_no_levels_are_not_called_so(tmp_path: Path, scores: str) -> None:
    first, second = scores.split(", ")
    rows = f"1 | Rác | 5 | | | A\n1.1 | Thu gom | {first} | | |\n1.2 | Xử lý | {second} | | |"
    assert not told(campaign_of(tmp_path, rows), Code.ROWS_MAYBE_LEVELS)


# --- several units, each with the whole table ---

WHOLE = """
1   | Kế hoạch     | 2 |   |    | Mọi nơi
2   | Sáng kiến    |   | 1 |    | Mọi nơi
3   | Trễ báo cáo  |   |   | -1 | Mọi nơi
"""


def test_units_that_each_score_the_whole_table_need_no_common_score(tmp_path: Path) -> None:
    campaign = campaign_of(tmp_path, WHOLE)
    assert not told(campaign, Code.AGGREGATION_UNSAID)
    [note] = told(campaign, Code.AGGREGATION_OF_WHOLE_TABLES)
    assert note.sentence.startswith("2 dòng điểm thưởng, điểm trừ")
    assert scoring_outline(campaign).shared == {"Trung bình": ("1", "2", "3")}


def test_where_another_unit_scores_a_row_it_must_be_said(tmp_path: Path) -> None:
    campaign = campaign_of(tmp_path, f"{WHOLE.rstrip()}\n4 | Báo cáo | 1 | | | Phòng A")
    assert [f.cell for f in told(campaign, Code.AGGREGATION_UNSAID)] == ["D3", "E4"]
    assert scoring_outline(campaign).shared == {"Trung bình": ("1",), "Chưa ghi": ("2", "3")}
