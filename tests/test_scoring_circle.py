"""From the words of a campaign workbook to the papers upward: rules, bonus, penalty, survey."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from cchc_office import consolidate, gather_returns, load_campaign, read_returns
from cchc_office.decree30.figures import DEFAULT_PROFILE
from cchc_office.files.resources import templates_folder
from cchc_office.model import Campaign, Consolidation, LeafState
from cchc_office.papers.form.layout import SCORE_SHEET
from cchc_office.papers.form.writer import build_form
from cchc_office.papers.kinds import UPWARD_REPORT
from cchc_office.papers.upward_report import upward_values
from cchc_office.word.templates import DocumentTemplate

from .sheets import campaign_file, form_rows_by_code, leaf_by_code, put

D = Decimal
# Số liệu minh họa.
CRITERIA = """
STT   | Lĩnh vực/Tiêu chí/Tiêu chí thành phần | Điểm tối đa | Đơn vị thực hiện | Ghi chú | Cách chấm | Loại điểm
1     | Lĩnh vực một         |     |            |       |          |
1.1   | Tiêu chí một         |     | Văn phòng  |       |          |
1.1.1 | Ban hành kế hoạch    | 1   | ^          |       | Có/Không |
1.1.2 | Mức độ thực hiện     | 2,5 | ^          |       | Tỷ lệ, dưới 80% được 0; không phát sinh: không áp dụng |
1.2   | Sáng kiến            | 0.5 | Văn phòng  |       |          |
1.3   | Việc không có        | 2   | Văn phòng  |       | Không áp dụng |
1.4   | Ý kiến               | 3   | Văn phòng  | ĐTXHH |          |
2     | Điểm thưởng          | 1   |            |       |          | Thưởng
2.1   | Giải thưởng          | 2   | Văn phòng  |       | Mỗi giải 0,5 |
3     | Điểm phạt            | 1   |            |       |          | Phạt
3.1   | Chậm báo cáo         | 2   | Văn phòng  |       |          |
"""
SURVEY = """
STT | Tiêu chí | Điểm | Mức 1 | Mức 2 | Mức 3 | Mức 4
1.4 | Ý kiến   |      | 60    | 40    | 15    | 5
"""
FIGURE, TOTAL, SCORE = "Số liệu kê khai", "Trên tổng số", "Điểm tự chấm"


@pytest.fixture
def campaign(tmp_path: Path) -> Campaign:
    path = campaign_file(tmp_path / "dot", criteria=CRITERIA)
    book = openpyxl.load_workbook(path)
    put(book.create_sheet("Kết quả ĐTXHH"), SURVEY)
    book.save(path)
    return load_campaign(path)


@pytest.fixture
def data(campaign: Campaign, tmp_path: Path) -> Consolidation:
    """A form in which everything is filled in: 9 of 10 is 90 %, 3 prizes, 1.5 points off."""
    path = tmp_path / "CCHC-2024-VP.xlsx"
    path.write_bytes(build_form(campaign, campaign.unit("VP"), DEFAULT_PROFILE))
    book = openpyxl.load_workbook(path)
    sheet: Any = book[SCORE_SHEET]
    rows = form_rows_by_code(sheet)
    places = {c.value: c.column for row in sheet.iter_rows(max_row=8) for c in row if c.value}
    typed = {
        ("1.1.1", FIGURE): "Có",
        ("1.1.2", FIGURE): 9,
        ("1.1.2", TOTAL): 10,
        ("1.2", SCORE): 0.25,
        ("2.1", FIGURE): 3,
        ("3.1", SCORE): 1.5,
    }
    for (code, heading), value in typed.items():
        sheet.cell(rows[code], places[heading]).value = value
    for code in ("1.1.1", "1.1.2", "1.2", "2.1", "3.1"):
        sheet.cell(rows[code], places["Tài liệu kiểm chứng"]).value = "VB 1"
    book.save(path)
    returns = gather_returns(read_returns([path], campaign), campaign)
    return consolidate(campaign, returns, as_of=dt.date(2024, 12, 5))


def test_every_leaf_gets_what_its_rule_gives(campaign: Campaign, data: Consolidation) -> None:
    def score(code: str) -> tuple[LeafState, Decimal | None]:
        leaf = data.leaf(campaign.criterion(leaf_by_code(campaign, code)))
        assert leaf
        return leaf.state, leaf.achieved

    assert score("1.1.1") == (LeafState.SCORED, D(1))
    assert score("1.1.2") == (LeafState.SCORED, D("2.25"))
    assert score("1.3") == (LeafState.NOT_APPLICABLE, None)
    # (60 + 40 * 0.6 + 15 * 0.2) / 120 of 3
    assert score("1.4") == (LeafState.SURVEY, D("2.175"))
    assert score("2.1") == (LeafState.SCORED, D("1.5"))


def test_bonus_and_penalty_keep_within_their_caps(data: Consolidation) -> None:
    assert data.subtotals[leaf_by_code(data.campaign, "2")].score == D(1)  # 1.5 earned, at most 1
    assert data.subtotals[leaf_by_code(data.campaign, "3")].score == D(-1)  # 1.5 off, at most 1
    # 1 + 2.25 + 0.25 + 1 - 1, of 1 + 2.5 + 0.5: what does not apply is in no denominator
    assert (data.total.score, data.total.applicable_max) == (D("3.5"), D(4))
    assert (data.total.achieved, data.total.achieved_max) == (D("5.675"), D(7))


def test_the_report_upward_takes_penalties_off(data: Consolidation) -> None:
    template = DocumentTemplate(templates_folder() / UPWARD_REPORT.template)
    document = docx.Document(io.BytesIO(template.fill(upward_values(data, DEFAULT_PROFILE))))
    rows = {
        cells[0]: cells[-2:]
        for cells in ([cell.text for cell in row.cells] for row in document.tables[-1].rows)
    }
    assert rows["2.1"] == ["1,50", ""]
    assert rows["3.1"] == ["−1,50", ""]
    assert rows["3"] == ["−1,00", ""]
    assert rows[""] == ["5,68", "81,07%"]
