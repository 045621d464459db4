"""What of the campaign workbook is not read: nothing with content is dropped without a word."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from cchc_office.campaign import load_campaign
from cchc_office.campaign.layout import (
    CRITERIA_COLUMNS,
    CRITERIA_SHEET,
    SETTINGS_COLUMNS,
    SETTINGS_SHEET,
    SURVEY_COLUMNS,
    UNIT_COLUMNS,
    UNITS_SHEET,
)
from cchc_office.catalogue.findings import Code, Finding, FindingCode, Severity
from cchc_office.model import Campaign, Points, Role
from cchc_office.rules import SELF_SCORED
from cchc_office.sheets.columns import Column

from .sheets import CRITERIA, SETTINGS, UNITS, add_sheet, campaign_file, edit

ROWS = """
STT | Tiêu chí | Điểm tối đa | Đơn vị thực hiện | {}
1   | Lĩnh vực |             |                  |
1.1 | Một      | 1           | Văn phòng        | {}
1.2 | Hai      | 1           | Văn phòng        | {}
"""


def with_column(tmp_path: Path, heading: str, first: str, second: str = "") -> Campaign:
    """Read a campaign whose criteria have one more column, with these two cells in it."""
    criteria = ROWS.format(heading, first, second)
    return load_campaign(campaign_file(tmp_path, criteria=criteria))


def only(campaign: Campaign) -> Finding:
    assert len(campaign.findings) == 1, [f.sentence for f in campaign.findings]
    return campaign.findings[0]


@pytest.mark.parametrize(
    ("heading", "first", "near"),
    [
        ("Loại", "cộng thêm", "Loại điểm"),
        ("Kiểu điểm", "x", "Loại điểm"),
        ("Cách thức tính", "Có/Không", "Cách chấm"),
        ("Bên phối hợp", "TTra", "Phối hợp"),
        ("Nơi chủ trì", "TTra", "Chủ trì"),
        ("Bộ phận", "Tổ một cửa", "Đơn vị thực hiện"),
        ("Trọng số", "2", "Điểm tối đa"),
        ("Diem cu", "2", "Điểm tối đa"),
        ("Thời gian", "quý IV", "Hạn"),
        ("Tổng hợp thế nào", "tổng", "Cách tổng hợp"),
    ],
)
def test_a_column_that_may_decide_scores_or_duties_is_asked_about(
    tmp_path: Path, heading: str, first: str, near: str
) -> None:
    finding = only(with_column(tmp_path, heading, first))
    assert (finding.code, finding.cell, finding.found) == (Code.COLUMN_ASKED, "E1", heading)
    assert finding.severity is Severity.ERROR
    assert near in finding.candidates


@pytest.mark.parametrize("said", ["ĐTXHH", "Không áp dụng", "Thưởng", "TTra", "Thanh tra"])
@pytest.mark.parametrize("heading", ["Nhóm chỉ tiêu", ""])
def test_a_column_is_asked_about_for_what_stands_in_it(
    tmp_path: Path, heading: str, said: str
) -> None:
    finding = only(with_column(tmp_path, heading, said))
    assert (finding.code, finding.cell) == (Code.COLUMN_ASKED, "E1")


def test_other_columns_are_told_with_the_nearest_heading(tmp_path: Path) -> None:
    finding = only(with_column(tmp_path, "Tài liệu chứng cứ", "Kế hoạch"))
    assert (finding.code, finding.cell) == (Code.COLUMN_UNUSED, "E1")
    assert finding.severity is Severity.WARNING
    assert finding.candidates == ("Tài liệu kiểm chứng",)
    assert "Tài liệu kiểm chứng" in finding.sentence


@pytest.mark.parametrize("heading", ["Địa điểm", "Tồn tại, hạn chế", "Ngày ban hành", "Phát hành"])
def test_words_that_only_look_like_those_that_decide_hold_no_papers(
    tmp_path: Path, heading: str
) -> None:
    assert only(with_column(tmp_path, heading, "abc")).code is Code.COLUMN_UNUSED


def test_a_column_without_a_heading_is_told_at_its_first_content(tmp_path: Path) -> None:
    finding = only(with_column(tmp_path, "", "", "xem lại"))
    assert (finding.code, finding.cell) == (Code.COLUMN_WITHOUT_HEADING, "E4")
    assert finding.found == "xem lại"


@pytest.mark.parametrize("heading", ["Loại", "Cách thức tính", "Nhận xét"])
def test_a_column_without_content_is_nothing(tmp_path: Path, heading: str) -> None:
    assert with_column(tmp_path, heading, "").findings == ()


@pytest.mark.parametrize("heading", ["Ghi chú: Loại", "Ghi chú (Điểm năm trước)"])
def test_a_column_marked_as_a_remark_lets_papers_go_out(tmp_path: Path, heading: str) -> None:
    finding = only(with_column(tmp_path, heading, "A"))
    assert (finding.code, finding.severity) == (Code.REMARK_COLUMN, Severity.NOTE)


def test_marks_in_the_only_remark_are_asked_about(tmp_path: Path) -> None:
    finding = only(with_column(tmp_path, "Ghi chú (nếu có)", "ĐTXHH"))
    assert (finding.code, finding.candidates) == (Code.COLUMN_ASKED, ("Ghi chú",))


def test_usual_headings_are_known(tmp_path: Path) -> None:
    bonus = with_column(tmp_path / "a", "Loại", "Thưởng")
    assert bonus.findings == ()
    assert bonus.leaves[0].points is Points.BONUS
    rule = with_column(tmp_path / "b", "Cách tính điểm", "Có/Không")
    assert rule.findings == ()
    assert rule.leaves[0].scoring is not SELF_SCORED
    support = load_campaign(
        campaign_file(
            tmp_path / "c",
            criteria="""
            STT (1) | Nội dung tiêu chí | Thang điểm (điểm) | Cơ quan chủ trì | Cơ quan phối hợp
            1       | Lĩnh vực          |                   |                 |
            1.1     | Một               | 1                 | Văn phòng       | Thanh tra
            """,
        )
    )
    assert support.findings == ()
    roles = {a.unit: a.role for a in support.assignments_of(support.leaves[0])}
    assert roles == {"VP": Role.LEAD, "TTra": Role.SUPPORT}


def test_a_second_column_for_the_same_is_asked_about(tmp_path: Path) -> None:
    campaign = with_column(tmp_path, "Phòng, ban phụ trách", "Thanh tra")
    finding = only(campaign)
    assert (finding.code, finding.cell) == (Code.DUPLICATE_COLUMN, "E1")
    assert finding.severity is Severity.ERROR
    assert "ô D1" in finding.sentence
    assert {a.unit for a in campaign.assignments_of(campaign.leaves[0])} == {"VP"}


def test_the_shown_heading_goes_before_others_that_are_accepted(tmp_path: Path) -> None:
    criteria = """
    STT | Tiêu chí | Điểm tối đa | Đơn vị    | Đơn vị thực hiện
    1   | Lĩnh vực |             |           |
    1.1 | Một      | 1           | Thanh tra | Văn phòng
    """
    campaign = load_campaign(campaign_file(tmp_path, criteria=criteria))
    assert [(f.code, f.cell) for f in campaign.findings] == [(Code.DUPLICATE_COLUMN, "D1")]
    assert campaign.leaves[0].unit_text == "Văn phòng"


def test_columns_of_units_and_settings_are_told_too(tmp_path: Path) -> None:
    units = UNITS.replace("| Nhóm ", "| Khối ")
    settings = SETTINGS.replace("| Hướng dẫn", "| Hướng dẫn | Người nhập", 1)
    settings = settings.replace("| 2024                        |", "| 2024 | | Lan")
    campaign = load_campaign(
        campaign_file(
            tmp_path,
            units=units,
            settings=settings,
            criteria=CRITERIA.splitlines()[1] + "\n1 | A | 1 | VP",
        )
    )
    told = [(f.sheet, f.code, f.cell) for f in campaign.findings]
    assert told == [
        ("Thông tin", Code.COLUMN_UNUSED, "D1"),
        ("Đơn vị", Code.COLUMN_ASKED, "D1"),
    ]


def test_a_setting_without_its_name_is_told(tmp_path: Path) -> None:
    campaign = load_campaign(campaign_file(tmp_path, settings=SETTINGS + " | Lưu: VT. |\n"))
    finding = only(campaign)
    assert (finding.code, finding.cell) == (Code.SETTING_WITHOUT_LABEL, "B12")
    assert finding.found == "Lưu: VT."


def test_text_above_a_table_is_told_but_for_remarks(tmp_path: Path) -> None:
    title = "Sở Thử Nghiệm | | Năm 2025\n"
    finding = only(load_campaign(campaign_file(tmp_path, criteria=title + CRITERIA)))
    assert (finding.code, finding.severity) == (Code.TEXT_ABOVE_TABLE, Severity.NOTE)
    assert finding.found == "A1 “Sở Thử Nghiệm”; C1 “Năm 2025”"
    remark = "Ghi chú: bản chốt ngày 01/3\n"
    assert load_campaign(campaign_file(tmp_path / "b", criteria=remark + CRITERIA)).findings == ()


def test_sheets_that_are_not_read_are_named(tmp_path: Path) -> None:
    path = add_sheet(campaign_file(tmp_path), "Nháp", "abc")
    finding = only(load_campaign(add_sheet(path, "Trống", "^")))
    assert (finding.code, finding.sheet) == (Code.SHEET_NOT_READ, "Nháp")
    assert finding.severity is Severity.NOTE


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Ghép các đơn vị", Code.SHEET_ALIKE),
        ("Ghi chú ghép đơn vị", Code.SHEET_NOT_READ),
        ("Đơn vị cũ", Code.SHEET_NOT_READ),
    ],
)
def test_a_sheet_with_nearly_the_name_of_one_that_is_read_is_told(
    tmp_path: Path, name: str, code: FindingCode
) -> None:
    path = add_sheet(campaign_file(tmp_path), name, "Đơn vị cũ | Đơn vị mới\nP1 | P2")
    finding = only(load_campaign(path))
    assert (finding.code, finding.sheet) == (code, name)
    if code is Code.SHEET_ALIKE:
        assert finding.expected == "Ghép đơn vị"


def test_a_sheet_that_may_hold_results_of_surveys_is_asked_about(tmp_path: Path) -> None:
    path = add_sheet(campaign_file(tmp_path), "ĐTXHH 2024", "STT | Điểm\n1.4 | 2")
    finding = only(load_campaign(path))
    assert (finding.code, finding.severity) == (Code.SHEET_ASKED, Severity.ERROR)
    read = load_campaign(add_sheet(path, "Kết quả ĐTXHH", "STT | Điểm\n1.4 | 2"))
    assert only(read).code is Code.SHEET_NOT_READ


def test_columns_of_the_survey_sheet_are_told(tmp_path: Path) -> None:
    text = "STT | Điểm | Phòng | Người nhập\n1.4 | 2 | VP | Lan"
    campaign = load_campaign(add_sheet(campaign_file(tmp_path), "Kết quả ĐTXHH", text))
    assert [(f.code, f.cell) for f in campaign.findings] == [
        (Code.COLUMN_ASKED, "C1"),
        (Code.COLUMN_UNUSED, "D1"),
    ]


@pytest.mark.parametrize("heading", ["Cột {}", "{} (mới)", "Cột khác"])
def test_a_renamed_heading_is_one_finding_at_its_cell(tmp_path: Path, heading: str) -> None:
    """Whatever it was renamed to: what would follow from it row by row is not told."""
    path = campaign_file(tmp_path)
    required = [
        (SETTINGS_SHEET, "A1", "Mục"),
        (SETTINGS_SHEET, "B1", "Nội dung"),
        (UNITS_SHEET, "A1", "Mã"),
        (UNITS_SHEET, "B1", "Tên đơn vị"),
        (CRITERIA_SHEET, "A1", "STT"),
        (CRITERIA_SHEET, "B1", "Lĩnh vực/Tiêu chí/Tiêu chí thành phần"),
        (CRITERIA_SHEET, "C1", "Điểm tối đa"),
        (CRITERIA_SHEET, "D1", "Đơn vị thực hiện"),
    ]
    for sheet, cell, name in required:
        edit(path, sheet, {cell: heading.format(name.lower())})
        finding = only(load_campaign(path))
        assert (finding.code, finding.sheet, finding.cell) == (Code.COLUMN_RENAMED, sheet, cell)
        assert (finding.found, finding.expected) == (heading.format(name.lower()), name)
        edit(path, sheet, {cell: name})


@pytest.mark.parametrize(("cell", "name"), [("C1", "Tên gọi khác"), ("D1", "Nhóm")])
def test_a_renamed_column_of_names_does_not_make_strangers_of_units(
    tmp_path: Path, cell: str, name: str
) -> None:
    path = campaign_file(tmp_path)
    edit(path, UNITS_SHEET, {cell: f"{name} (nếu có)"})
    finding = only(load_campaign(path))
    assert (finding.code, finding.cell) == (Code.COLUMN_ASKED, cell)
    assert finding.candidates[0] == name


def test_headings_may_take_two_lines(tmp_path: Path) -> None:
    criteria = """
    STT | Tiêu chí | Điểm   | Đơn vị thực hiện |          | Ghi chú
        |          | tối đa | Chủ trì          | Phối hợp |
    1   | Lĩnh vực |        |                  |          |
    1.1 | Một      | 1      | Văn phòng        | Thanh tra|
    """
    campaign = load_campaign(campaign_file(tmp_path, criteria=criteria))
    assert campaign.findings == ()
    roles = {a.unit: a.role for a in campaign.assignments_of(campaign.leaves[0])}
    assert roles == {"VP": Role.LEAD, "TTra": Role.SUPPORT}


@pytest.mark.parametrize(
    "columns", [CRITERIA_COLUMNS, UNIT_COLUMNS, SURVEY_COLUMNS, SETTINGS_COLUMNS]
)
def test_a_heading_names_one_column(columns: tuple[Column, ...]) -> None:
    names = Counter(key for column in columns for key in column.heading_keys)
    names.update(name for column in columns for name in map(str.casefold, column.maybe))
    assert [name for name, count in names.items() if count > 1] == []
