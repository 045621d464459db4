"""A new campaign made of last year's workbook."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from cchc_office.campaign import load_campaign
from cchc_office.campaign.carrying_over import set_rows_of
from cchc_office.campaign.last_year import LastYear, draft_from_last_year
from cchc_office.campaign.workbook import build_campaign_workbook
from cchc_office.catalogue.findings import Code, Finding, FindingCode
from cchc_office.errors import CampaignError
from cchc_office.model import Campaign

from .conftest import EXAMPLE
from .sheets import SETTINGS, add_sheet, campaign_file

CRITERIA = """
STT   | Lĩnh vực/Tiêu chí/Tiêu chí thành phần | Điểm tối đa | Đơn vị thực hiện | Cách chấm | Hạn | Loại điểm | Ghi chú
1     | Lĩnh vực một                          |     |                      |                  |            |        |
1.1   | Kế hoạch CCHC năm 2024                | 1   | Văn phòng            | Có/Không         | 15/03/2024 |        |
1.2   | Sáng kiến                             | 0.5 | Thanh tra            | Mỗi sáng kiến 0,5 |           | Thưởng |
1.3   | Ý kiến                                | 3   | ^                    |                  |            |        | ĐTXHH
"""
SURVEY = """
STT | Tiêu chí | Điểm
1.3 | Ý kiến   | 2,5
"""


def new_year(path: Path, folder: Path) -> tuple[Campaign, LastYear]:
    """Return the campaign made of last year's workbook, and what was told of that."""
    last = draft_from_last_year(path)
    workbook = folder / "dot-cham.xlsx"
    folder.mkdir(exist_ok=True)
    workbook.write_bytes(build_campaign_workbook(last.draft))
    return load_campaign(workbook), last


def headings(path: Path) -> list[object]:
    return [cell.value for cell in next(openpyxl.load_workbook(path)["Bộ chỉ số"].iter_rows())]


def told(last: LastYear, code: FindingCode) -> list[Finding]:
    return [finding for finding in last.findings if finding.code is code]


def test_the_whole_example_is_carried_over(tmp_path: Path) -> None:
    old = load_campaign(EXAMPLE)
    new, _ = new_year(EXAMPLE / "dot-cham.xlsx", tmp_path)
    assert len(new.criteria) == 115
    assert [(c.id, c.name, c.max_score, c.unit_text, c.note, c.method) for c in new.criteria] == [
        (c.id, c.name, c.max_score, c.unit_text, c.note, c.method) for c in old.criteria
    ]
    assert list(new.assignments) == list(old.assignments)
    assert [(u.code, u.name, u.aliases, u.groups, u.emails) for u in new.units] == [
        (u.code, u.name, u.aliases, u.groups, u.emails) for u in old.units
    ]
    assert new.survey_results == ()
    assert [finding.code for finding in new.findings] == [Code.MISSING_SETTING, Code.ILLUSTRATIVE]


def test_what_is_of_one_year_is_asked_anew(tmp_path: Path) -> None:
    settings = SETTINGS.replace("/STN-VP ", "125/STN-VP") + "Kỳ | Q4\nHạn bổ sung | 10/12/2024\n"
    path = campaign_file(tmp_path / "cu", settings=settings, criteria=CRITERIA)
    add_sheet(path, "Kết quả ĐTXHH", SURVEY)
    new, last = new_year(path, tmp_path / "moi")
    info = new.info
    assert (info.year, info.period, info.document_date, info.deadline) == (0, "", None, None)
    assert (info.number, info.symbol, info.supplement_deadline) == ("", "/STN-VP", None)
    assert (info.agency, info.abbreviation, info.signer_title) == (
        "Sở Thử Nghiệm",
        "STN",
        "GIÁM ĐỐC",
    )
    assert new.survey_results == ()
    [blank] = told(last, Code.LAST_YEAR_LEFT_BLANK)
    assert blank.found == (
        "Năm (2024); số văn bản (125); Ngày văn bản (/5/2024); Hạn nộp (30/11/2024); Kỳ (Q4); "
        "Hạn bổ sung (10/12/2024); cột Hạn của 1 dòng; 1 kết quả ở trang Kết quả ĐTXHH"
    )


def test_columns_and_survey_rows_are_kept(tmp_path: Path) -> None:
    path = campaign_file(tmp_path / "cu", criteria=CRITERIA)
    new, _ = new_year(path, tmp_path / "moi")
    rows = {row.code: row for row in new.criteria}
    assert rows["1.1"].rule == "Có/Không"
    assert rows["1.1"].deadline is None
    assert "Hạn" in headings(tmp_path / "moi" / "dot-cham.xlsx")
    assert (rows["1.2"].rule, rows["1.2"].points.value) == ("Mỗi sáng kiến 0,5", "Thưởng")
    assert rows["1.2"].unit_cell == rows["1.3"].unit_cell
    survey = openpyxl.load_workbook(tmp_path / "moi" / "dot-cham.xlsx")["Kết quả ĐTXHH"]
    assert [row[1].value for row in survey.iter_rows()][-1] == "Ý kiến"


def test_texts_that_speak_of_the_old_year_are_told(tmp_path: Path) -> None:
    settings = SETTINGS.replace("BẢNG PHÂN CÔNG ", "BẢNG PHÂN CÔNG NĂM 2024") + (
        "Căn cứ | Căn cứ Nghị định số 30/2020/NĐ-CP\n"
    )
    path = campaign_file(tmp_path / "cu", settings=settings, criteria=CRITERIA)
    _, last = new_year(path, tmp_path / "moi")
    assert [(f.about, f.expected) for f in told(last, Code.LAST_YEAR_IN_TEXT)] == [
        ("mục Tiêu đề bảng", "2024"),
        ("dòng 1.1, cột Lĩnh vực/Tiêu chí/Tiêu chí thành phần", "2024"),
    ]


def test_an_offices_own_columns_are_kept(tmp_path: Path) -> None:
    criteria = """
    STT | Tiêu chí | Điểm tối đa | Đơn vị thực hiện | Ghi chú riêng
    1   | Lĩnh vực |             |                  |
    1.1 | Kế hoạch | 1           | Văn phòng        | hỏi anh Một
    """
    path = campaign_file(tmp_path / "cu", criteria=criteria)
    _, last = new_year(path, tmp_path / "moi")
    assert told(last, Code.LAST_YEAR_NOT_CARRIED) == []
    sheet = openpyxl.load_workbook(tmp_path / "moi" / "dot-cham.xlsx")["Bộ chỉ số"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert [row[-1] for row in rows] == ["Ghi chú riêng", None, "hỏi anh Một"]


def test_what_has_no_place_in_a_new_workbook_is_told(tmp_path: Path) -> None:
    path = campaign_file(tmp_path / "cu", settings=SETTINGS + "Màu giấy | vàng\n")
    add_sheet(path, "Nháp", "Việc cần làm | x")
    _, last = new_year(path, tmp_path / "moi")
    assert [(f.sheet, f.cell, f.found) for f in told(last, Code.LAST_YEAR_NOT_CARRIED)] == [
        ("Thông tin", "A12", "Màu giấy"),
        ("Nháp", "", "cả trang tính"),
    ]


def test_what_an_import_wrote_for_people_is_not_told(tmp_path: Path) -> None:
    path = add_sheet(
        campaign_file(tmp_path / "cu"), "Nhập từ tệp", "NHẬP TỪ TỆP\nNguồn | bang.docx"
    )
    assert not told(new_year(path, tmp_path / "moi")[1], Code.LAST_YEAR_NOT_CARRIED)


def test_a_workbook_without_criteria_is_refused(tmp_path: Path) -> None:
    path = campaign_file(
        tmp_path / "cu", criteria="STT | Tiêu chí | Điểm tối đa | Đơn vị thực hiện"
    )
    with pytest.raises(CampaignError, match="không có bộ chỉ số"):
        draft_from_last_year(path)


# --- the sheet "Ghép đơn vị" ---


def test_merged_units_are_read(tmp_path: Path) -> None:
    path = campaign_file(tmp_path / "moi")
    text = """
    Đơn vị cũ       | Đơn vị mới
    Phòng Kế hoạch  | P1
    Phòng Tài chính | Phòng Một
    Phòng Pháp chế  |
    Phòng Tổ chức   | Phòng Ba
                    | P2
    """
    add_sheet(path, "Ghép đơn vị", text)
    campaign = load_campaign(path)
    assert [(one.old, one.new) for one in campaign.merged_units] == [
        ("Phòng Kế hoạch", "P1"),
        ("Phòng Tài chính", "P1"),
        ("Phòng Pháp chế", ""),
    ]
    found = [f for f in campaign.findings if f.sheet == "Ghép đơn vị"]
    assert [(f.code, f.cell) for f in found] == [
        (Code.MERGED_UNIT_UNKNOWN, "B5"),
        (Code.MERGED_UNIT_WITHOUT_OLD, "B6"),
    ]


def test_of_the_enclosing_paper_only_its_kind_is_carried_over(tmp_path: Path) -> None:
    said = "Kèm theo | Quyết định số 15/QĐ-UBND ngày 05/01/2024 của UBND tỉnh A |"
    path = campaign_file(tmp_path / "cu", settings=f"{SETTINGS}{said}\n")
    new, last = new_year(path, tmp_path / "moi")
    assert last.draft.settings["enclosed_in"] == "Quyết định"
    assert new.info.enclosed_in.kind == "Quyết định"
    (asked,) = told(last, Code.LAST_YEAR_LEFT_BLANK)
    assert "số, ngày của mục Kèm theo (Quyết định số 15/QĐ-UBND" in asked.found


DEEP = """
STT | Cấp      | Lĩnh vực/Tiêu chí/Tiêu chí thành phần | Điểm tối đa | Đơn vị thực hiện
I   |          | Chỉ đạo điều hành                     |             | Văn phòng
1   |          | Kế hoạch CCHC                         |             |
a)  |          | Ban hành kế hoạch                     | 1           |
b)  |          | Thực hiện kế hoạch                    | 2           |
    | Lĩnh vực | Chuyển đổi số                         |             | Thanh tra
    | Tiêu chí | Hạ tầng số                            | 2           |
"""


def test_rows_are_as_deep_in_the_new_workbook_as_they_were_read(tmp_path: Path) -> None:
    """Codes without a point were taken for fields, and "Cấp" was not read in words."""
    path = campaign_file(tmp_path / "cu", criteria=DEEP)
    draft = draft_from_last_year(path).draft
    assert [row.level for row in draft.rows] == [c.level for c in load_campaign(path).criteria]
    assert [row.parent for row in set_rows_of(draft)] == [None, 0, 1, 1, None, 4]
    book = openpyxl.load_workbook(io.BytesIO(build_campaign_workbook(draft)))
    names = [row[2] for row in book["Bộ chỉ số"].iter_rows(min_row=2)]
    assert [cell.value for cell in names if cell.font.b] == ["Chỉ đạo điều hành", "Chuyển đổi số"]
