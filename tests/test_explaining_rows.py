"""Rows that only explain others, and notes: printed where they stand, never scored or asked about."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from cchc_office.campaign import load_campaign
from cchc_office.decree30.figures import DEFAULT_PROFILE
from cchc_office.model import Campaign
from cchc_office.papers.assignment_table import assignment_table
from cchc_office.papers.form.layout import PLACES, SCORE_SHEET
from cchc_office.papers.form.writer import build_form

from .sheets import campaign_file

EMULATION = """
STT  | Tiêu chí                                       | Điểm tối đa | Thưởng | Trừ | Đơn vị thực hiện | Cấp
a    | CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH                    |             |        |     | Văn phòng        |
a1   | Báo cáo định kỳ                                |             |        |     |                  |
a1.0 | Điểm chuẩn                                     | 3           |        |     |                  |
a1.1 | Mỗi báo cáo nộp muộn                           |             |        | 0,5 |                  | Diễn giải
a1.2 | Mỗi báo cáo không nộp                          |             |        | 1   |                  | Diễn giải
     | Ghi chú: Tổng điểm trừ của mục a1 không quá 1,5 điểm | | | | | Diễn giải
a2   | Triển khai nhiệm vụ                            |             |        |     |                  |
a2.1 | Có kế hoạch                                    | 2           |        |     |                  |
     | - Chưa triển khai thực hiện: không có điểm     |             |        |     |                  | Diễn giải
a2.2 | Có báo cáo kết quả                             | 2           |        |     | Thanh tra        |
b    | CÔNG TÁC KIỂM TRA                              |             |        |     | Thanh tra        |
b1   | Kiểm tra theo kế hoạch                         | 3           |        |     |                  |
     | Tổng cộng                                      | 10          |        |     |                  |
     | Ghi chú: Điểm lẻ đến 0,25                      |             |        |     |                  |
Nơi nhận: | - Như trên;                               |             |        |     |                  |
"""
"""Points stand on the heading's first row; what is taken off, and how much at most, is explained."""

NOTES = (
    "Mỗi báo cáo nộp muộn",
    "Mỗi báo cáo không nộp",
    "Ghi chú: Tổng điểm trừ của mục a1 không quá 1,5 điểm",
    "- Chưa triển khai thực hiện: không có điểm",
    "Ghi chú: Điểm lẻ đến 0,25",
)


@pytest.fixture
def emulation(tmp_path: Path) -> Campaign:
    return load_campaign(campaign_file(tmp_path, criteria=EMULATION))


def form_of(campaign: Campaign, unit: str) -> list[tuple[str, ...]]:
    """Return code, name, role and maximum of each row of a unit's form, from its headings down."""
    data = build_form(campaign, campaign.unit(unit), DEFAULT_PROFILE)
    sheet = openpyxl.load_workbook(io.BytesIO(data))[SCORE_SHEET]
    keys = ("code", "name", "role", "max_score")
    rows = [
        tuple(str(sheet.cell(r, PLACES[k] + 1).value or "") for k in keys) for r in range(1, 60)
    ]
    first = next(at for at, row in enumerate(rows) if row[0] == "STT")
    last = next(at for at, row in enumerate(rows) if row[1] == "TỔNG CỘNG")
    return rows[first + 1 : last]


def test_a_form_has_what_explains_its_rows_where_it_stands(emulation: Campaign) -> None:
    """What stood under a heading was left out: nobody read what is taken off, or how much."""
    assert [row[1] for row in form_of(emulation, "VP")] == [
        "CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH",
        "Báo cáo định kỳ",
        "Điểm chuẩn",
        *NOTES[:3],
        "Triển khai nhiệm vụ",
        "Có kế hoạch",
        NOTES[3],
        NOTES[4],
    ]


def test_a_form_leaves_out_what_explains_rows_of_others(emulation: Campaign) -> None:
    names = [row[1] for row in form_of(emulation, "TTra")]
    assert names == [
        "CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH",
        "Triển khai nhiệm vụ",
        "Có báo cáo kết quả",
        "CÔNG TÁC KIỂM TRA",
        "Kiểm tra theo kế hoạch",
        NOTES[4],
    ]


def test_what_explains_shows_its_points_and_no_role(emulation: Campaign) -> None:
    """A row that nobody scores said "Điểm trừ" as one that is filled in does."""
    late = next(row for row in form_of(emulation, "VP") if row[1] == NOTES[0])
    assert late == ("a1.1", NOTES[0], "", "0.5")


def test_the_assignment_table_has_notes_and_explaining_rows_in_their_order(
    emulation: Campaign,
) -> None:
    """A note of the decision was left out of the official paper, and nobody was told."""
    table = assignment_table(emulation, DEFAULT_PROFILE)
    names = [cell.text for row in table.rows if (cell := row.cells[1])]
    assert [name for name in names if name in NOTES] == list(NOTES)
    assert names.index(NOTES[2]) == names.index("Triển khai nhiệm vụ") - 1


def test_no_question_asks_what_cap_has_answered(emulation: Campaign) -> None:
    """A row marked "Diễn giải" was told to have its level written into the same cell."""
    cap, others = emulation.findings
    assert (repr(cap.code), cap.found) == ("Code.CAP_IN_NOTE", NOTES[2])
    assert repr(others.code) == "Code.ROWS_WITHOUT_CRITERIA"
    assert others.found == (
        "dòng 14 “Tổng cộng 10” (dòng tổng); dòng 16 “Nơi nhận: - Như trên;” (phần dưới bảng)"
    )


def test_a_row_without_a_code_explains_the_row_above_it(emulation: Campaign) -> None:
    """It was taken to stand beside that row, under its heading or the field."""
    above = {c.name: emulation.criterion(c.parent).code for c in emulation.criteria if c.parent}
    assert above[NOTES[3]] == "a2.1"
    assert above[NOTES[2]] == "a1"


def test_what_cap_calls_explaining_is_printed_whatever_it_looks_like(tmp_path: Path) -> None:
    """The finding on rows that are none offers "Diễn giải", which then did nothing."""
    line = "Nơi nhận: | - Như trên;                               |             |        |     |                  |"
    criteria = EMULATION.replace(line, f"{line} Diễn giải")
    campaign = load_campaign(campaign_file(tmp_path, criteria=criteria))
    assert campaign.criteria[-1].name == "- Như trên;"


def test_notes_and_rows_that_explain_make_no_level(tmp_path: Path) -> None:
    """A set of two levels was printed as one of three where a row of it was explained."""
    criteria = (
        "STT | Tiêu chí | Điểm tối đa | Đơn vị thực hiện | Cấp\nI | A | | Văn phòng\n1 | B | 2\n"
        "- | Có kế hoạch | | | Diễn giải\n | Ghi chú: chấm theo quý"
    )
    campaign = load_campaign(campaign_file(tmp_path, criteria=criteria))
    assert [campaign.is_bold(c) for c in campaign.criteria] == [True, False, False, False]
    assert campaign.criteria[-1].printed_name == "Ghi chú: chấm theo quý"
