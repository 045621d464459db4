"""Rows that all units score: what the total is made of, and how many units are in it."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from cchc_office import load_campaign, open_campaign
from cchc_office.decree30.figures import DEFAULT_PROFILE
from cchc_office.model import Campaign, scored_rows
from cchc_office.papers.form.writer import build_form
from cchc_office.results.shared_rows import total_in_words

from . import days
from .page_visits import page_of, shown
from .sheets import campaign_file, fill_form
from .test_consolidation import said, together

UNITS = """
Mã | Tên đơn vị | Tên gọi khác | Nhóm   | Thủ trưởng | Email
A  | Sở A       |              | các sở |            | a@a.example
B  | Sở B       |              | các sở |            | b@a.example
C  | Sở C       |              | các sở |            | c@a.example
"""
CRITERIA = """
STT | Tiêu chí     | Điểm tối đa | Đơn vị thực hiện | Cách tổng hợp
1   | Lĩnh vực một |             |                  |
1.1 | Một          | 4           | Các sở           | {way}
1.2 | Hai          | 6           | Các sở           |
"""
MADE_OF = (
    "Điểm này cộng từng tiêu chí; tiêu chí nhiều đơn vị cùng chấm lấy trung bình của những đơn vị "
    "đã có điểm ở đó (chưa nộp, để trống, cần xem, không áp dụng thì đứng ngoài, không phải 0)."
)
MEAN = "Trung bình tổng điểm của 2 đơn vị đã nộp là 6,00, vì ở đó những ô ấy cộng 0."


def campaign(folder: Path, way: str = "", units: str = UNITS, more: str = "") -> Campaign:
    criteria = CRITERIA.format(way=way) + more
    return load_campaign(campaign_file(folder, units=units, criteria=criteria))


def test_a_total_that_is_no_mean_of_the_totals_says_so(tmp_path: Path) -> None:
    """A left 1.2 blank, C returned nothing: 3 + 6 by row, (4 + 8) / 2 by unit."""
    of = campaign(tmp_path)
    data = together(of, said(of, "A", c1_1="4", c1_2=""), said(of, "B", c1_1="2", c1_2="6"))
    assert data.total.achieved == 9
    assert total_in_words(data) == f"{MADE_OF} {MEAN}"
    assert scored_rows(data.leaves).lacking == ("2 tiêu chí mới có 1–2/3 đơn vị chấm",)


def test_where_both_are_the_same_no_second_figure_is_told(tmp_path: Path) -> None:
    of = campaign(tmp_path)
    whole = [said(of, unit, c1_1="4", c1_2="5") for unit in "ABC"]
    assert total_in_words(together(of, *whole)) == MADE_OF
    assert scored_rows(together(of, *whole).leaves).lacking == ()
    assert total_in_words(together(of)) == ""


def test_other_ways_are_named_with_their_rows(tmp_path: Path) -> None:
    of = campaign(tmp_path, "thấp nhất")
    data = together(of, said(of, "A", c1_1="4", c1_2="6"), said(of, "B", c1_1="2", c1_2="6"))
    told = total_in_words(data)
    assert "lấy theo Cách tổng hợp – trung bình (1 tiêu chí), thấp nhất (1 tiêu chí)" in told
    assert "Trung bình tổng điểm" not in told


def test_rows_of_one_unit_need_no_such_words(small: Campaign) -> None:
    data = together(small, said(small, "VP", c1_1_1="1", c1_1_2=""))
    blank = "3 tiêu chí chưa có điểm"
    assert scored_rows(data.leaves).lacking == (blank,)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A campaign of three units of which two returned their forms, one with a row left blank."""
    of = campaign(tmp_path / "dot")
    (tmp_path / "dot" / "nhan-ve").mkdir()
    for unit, scores in {"A": (4, None), "B": (2, 6)}.items():
        returned = tmp_path / "dot" / "nhan-ve" / f"{unit}.xlsx"
        returned.write_bytes(build_form(of, of.unit(unit), DEFAULT_PROFILE))
        one, two = scores
        fill_form(returned, {"1.1": {"score": one}, "1.2": {"score": two}})
    return tmp_path / "dot"


def test_the_page_counts_units_and_not_rows_that_nobody_scored(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It said "0/2 tiêu chí đã chấm, 2 tiêu chí chưa có điểm" beside a total of 9."""
    of = campaign(
        folder, units=f"{UNITS}D | Sở D | | | | d@a.example\n", more="1.3 | Ba | 2 | Sở D |"
    )
    returned = folder / "nhan-ve" / "D.xlsx"
    returned.write_bytes(build_form(of, of.unit("D"), DEFAULT_PROFILE))
    fill_form(returned, {"1.3": {"score": 1}})
    text = shown(page_of(folder, monkeypatch, days.AFTER_DEADLINE).get("ket-qua"))
    assert "10,00 trên 12,00 điểm áp dụng" in text
    assert "3/4 đơn vị đã nộp; 2 tiêu chí mới có 1–2/3 đơn vị chấm" in text
    assert "1/3 tiêu chí có đủ mọi đơn vị chấm" in text
    assert MADE_OF in text
    assert "Lĩnh vực một 12,00 10,00 83,33% 2 tiêu chí mới có 1–2/3 đơn vị chấm" in text
    assert "tiêu chí đã chấm" not in text
    assert "tiêu chí chưa có điểm" not in text


def test_where_each_unit_scores_the_whole_table_the_page_counts_so_too(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = shown(page_of(folder, monkeypatch, days.AFTER_DEADLINE).get("ket-qua"))
    assert "2/3 đơn vị có điểm 8,00 cao nhất (Sở B) 4,00 thấp nhất" in text
    assert "0/2 tiêu chí có đủ mọi đơn vị chấm" in text
    assert "2/3 đơn vị đã nộp; 2 tiêu chí mới có 1–2/3 đơn vị chấm" in text
    assert "Lĩnh vực một 10,00 9,00 90,00% 2 tiêu chí mới có 1–2/3 đơn vị chấm" in text
    assert "điểm áp dụng" not in text
    assert "tiêu chí chưa có điểm" not in text


def test_the_report_says_it_too(folder: Path) -> None:
    opened = open_campaign(folder, output=folder / "output", day=days.AFTER_DEADLINE)
    opened.consolidate()
    book = openpyxl.load_workbook(folder / "output" / "tong-hop" / "tong-hop.xlsx")
    text = "\n".join(str(cell.value) for row in book["Kết quả"] for cell in row)
    assert f"{MADE_OF} {MEAN}" in text
    assert "0/2 tiêu chí có đủ mọi đơn vị chấm; 2 tiêu chí mới có 1–2/3 đơn vị chấm" in text
