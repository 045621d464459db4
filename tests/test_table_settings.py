"""What the campaign workbook says about the look of the assignment table."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cchc_office.campaign import load_campaign
from cchc_office.decree30.figures import DEFAULT_PROFILE
from cchc_office.model import Campaign
from cchc_office.papers.assignment_table import assignment_table
from cchc_office.papers.table_xlsx import render_xlsx

from .calls import cchc
from .sheets import SETTINGS, campaign_file

USUAL = ["STT", "Lĩnh vực/Tiêu chí/Tiêu chí thành phần", "Đơn vị thực hiện", "Ghi chú"]
CRITERIA = """
STT   | Lĩnh vực/Tiêu chí/Tiêu chí thành phần | Điểm tối đa | Đơn vị thực hiện | Chủ trì | Phối hợp | Hạn
1     | Lĩnh vực một                          |             |                      |     |          |
1.1   | Tiêu chí một                          |             | Thanh tra phối hợp, Văn phòng chủ trì | | |
1.1.1 | Ban hành kế hoạch                     | 1           | ^                    |     |          |
1.1.2 | Mức độ thực hiện                      | 2,5         | ^                    | P1  | P2; VP   |
1.2   | Sáng kiến                             | 0,5         | Các phòng chuyên môn |     |          | 5/2/2024
"""


def with_setting(folder: Path, line: str, **sheets: str) -> Campaign:
    return load_campaign(campaign_file(folder, settings=f"{SETTINGS}\n{line}\n", **sheets))


def columns(campaign: Campaign) -> list[str]:
    return [column.heading for column in assignment_table(campaign, DEFAULT_PROFILE).columns]


def shown(campaign: Campaign) -> list[list[Any]]:
    """Return the printed rows from the headings on, as a reader of the sheet sees their values."""
    table = assignment_table(campaign, DEFAULT_PROFILE)
    book = openpyxl.load_workbook(io.BytesIO(render_xlsx(table, DEFAULT_PROFILE, "Bảng")))
    rows = [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]
    return rows[next(i for i, row in enumerate(rows) if row[0] == "STT") :]


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("", ""),
        ("không", ""),
        ("có", "Phụ lục"),
        ("CÓ", "Phụ lục"),
        ("1", "Phụ lục I"),
        ("02", "Phụ lục II"),
        ("II", "Phụ lục II"),
        ("ix", "Phụ lục IX"),
        ("14", "Phụ lục XIV"),
        ("Phụ lục 3", "Phụ lục III"),
    ],
)
def test_the_line_above_the_title(tmp_path: Path, typed: str, label: str) -> None:
    campaign = with_setting(tmp_path, f"Phụ lục | {typed} |")
    assert campaign.findings == ()
    assert assignment_table(campaign, DEFAULT_PROFILE).label == label


def test_a_number_typed_as_a_number_counts(tmp_path: Path) -> None:
    path = campaign_file(tmp_path, settings=f"{SETTINGS}\nPhụ lục | x |\n")
    book = openpyxl.load_workbook(path)
    cell = next(c for c in book["Thông tin"]["B"] if c.value == "x")
    cell.value = 2
    book.save(path)
    assert load_campaign(path).info.appendix_label == "Phụ lục II"


@pytest.mark.parametrize("typed", ["0", "IIII", "VX", "A", "1.2", "hai", "Phụ lục số 2a"])
def test_another_line_is_asked_about(tmp_path: Path, typed: str) -> None:
    campaign = with_setting(tmp_path, f"Phụ lục | {typed} |")
    (finding,) = campaign.findings
    assert (finding.code.name, finding.cell, finding.found) == ("BAD_APPENDIX_LABEL", "B12", typed)
    assert campaign.info.appendix_label == ""


def test_the_usual_columns_unless_the_campaign_says_otherwise(tmp_path: Path) -> None:
    assert columns(load_campaign(campaign_file(tmp_path / "a"))) == USUAL
    assert columns(with_setting(tmp_path / "b", "Cột bảng phân công | |")) == USUAL


def test_columns_are_shown_in_the_order_named(tmp_path: Path) -> None:
    line = "Cột bảng phân công | phoi hop; Đơn vị chủ trì ;HẠN; Phối hợp; Điểm tối đa |"
    campaign = with_setting(tmp_path, line)
    assert campaign.findings == ()
    assert columns(campaign) == [*USUAL[:2], "Phối hợp", "Chủ trì", "Hạn", "Điểm tối đa"]


def test_a_column_that_does_not_exist_is_told_with_the_nearest(tmp_path: Path) -> None:
    campaign = with_setting(tmp_path, "Cột bảng phân công | Đơn vị thực hiên lại; Ghi chú |")
    (finding,) = campaign.findings
    assert finding.code.name == "UNKNOWN_TABLE_COLUMN"
    assert (finding.cell, finding.found) == ("B12", "Đơn vị thực hiên lại")
    assert "Đơn vị thực hiện" in finding.candidates
    assert columns(campaign) == [*USUAL[:2], "Ghi chú"]


def test_columns_show_what_was_understood(tmp_path: Path) -> None:
    line = "Cột bảng phân công | Điểm tối đa; Chủ trì; Phối hợp; Hạn |"
    campaign = with_setting(tmp_path, line, criteria=CRITERIA)
    assert campaign.findings == ()
    assert [row[2:] for row in shown(campaign)] == [
        ["Điểm tối đa", "Chủ trì", "Phối hợp", "Hạn"],
        [None, None, None, None],
        [None, "Văn phòng Sở", "Thanh tra Sở", None],
        ["1,00", None, None, "30/11/2024"],
        ["2,50", "Phòng Một", "Văn phòng Sở; Phòng Hai", "30/11/2024"],
        ["0,50", "Các phòng chuyên môn", None, "05/02/2024"],
    ]


def test_cells_of_one_block_are_merged_only_while_they_say_the_same(tmp_path: Path) -> None:
    line = "Cột bảng phân công | Đơn vị thực hiện; Chủ trì |"
    table = assignment_table(with_setting(tmp_path, line, criteria=CRITERIA), DEFAULT_PROFILE)
    spans = [[cell.rows if cell else 0 for cell in row.cells[2:]] for row in table.rows]
    assert spans == [[1, 1], [3, 2], [0, 0], [0, 1], [1, 1]]


BY_PART = """
STT | Lĩnh vực/Tiêu chí/Tiêu chí thành phần | Điểm tối đa | Đơn vị thực hiện | Chủ trì  | Phối hợp
1   | Lĩnh vực một                          |             |                  |          |
1.1 | Ban hành kế hoạch                     | 1           |                  | Thanh tra | P1; P2
1.2 | Mức độ thực hiện                      | 2           |                  | P1       |
"""


def test_units_given_by_part_alone_stand_in_the_table(tmp_path: Path) -> None:
    campaign = load_campaign(campaign_file(tmp_path, criteria=BY_PART))
    assert [row[2:] for row in shown(campaign)] == [
        ["Chủ trì", "Phối hợp", "Ghi chú"],
        [None, None, None],
        ["Thanh tra Sở", "Phòng Một; Phòng Hai", None],
        ["Phòng Một", None, None],
    ]


def test_a_row_given_by_part_says_so_among_rows_that_are_not(tmp_path: Path) -> None:
    criteria = f"{BY_PART.rstrip()}\n1.3 | Sáng kiến | 1 | Văn phòng | |\n"
    campaign = load_campaign(campaign_file(tmp_path, criteria=criteria))
    assert [row[2] for row in shown(campaign)] == [
        "Đơn vị thực hiện",
        None,
        "Chủ trì: Thanh tra Sở; Phối hợp: Phòng Một; Phòng Hai",
        "Chủ trì: Phòng Một",
        "Văn phòng",
    ]


GROUPS = """
STT | Lĩnh vực/Tiêu chí/Tiêu chí thành phần | Điểm tối đa | Đơn vị thực hiện | Chủ trì | Phối hợp
1   | Lĩnh vực một                          |             |                  |         |
1.1 | Ban hành kế hoạch                     | 1           | Văn phòng (các phòng, đơn vị phối hợp) | |
1.2 | Mức độ thực hiện                      | 2           | Các phòng, đơn vị | |
1.3 | Báo cáo                               | 1           |                  | các phòng chuyên môn, Thanh tra | Văn phòng
1.4 | Kiểm tra                              | 1           | Phòng Một chủ trì, Phòng Hai phối hợp | |
"""


def test_a_group_that_was_named_is_not_written_out(tmp_path: Path) -> None:
    line = "Cột bảng phân công | Chủ trì; Phối hợp |"
    campaign = with_setting(tmp_path, line, criteria=GROUPS)
    assert [row[2:4] for row in shown(campaign)] == [
        ["Chủ trì", "Phối hợp"],
        [None, None],
        ["Văn phòng Sở", "Các phòng, đơn vị"],
        ["Các phòng, đơn vị", None],
        ["Thanh tra Sở; các phòng chuyên môn", "Văn phòng Sở"],
        ["Phòng Một", "Phòng Hai"],
    ]


def test_a_new_campaign_offers_the_settings(tmp_path: Path) -> None:
    table = campaign_file(tmp_path / "bang")
    cchc("khoi-tao", tmp_path / "dot", "--tu", table)
    sheet: Any = openpyxl.load_workbook(tmp_path / "dot" / "dot-cham.xlsx")["Thông tin"]
    assert {"Phụ lục", "Cột bảng phân công"} <= {row[0].value for row in sheet.iter_rows()}
