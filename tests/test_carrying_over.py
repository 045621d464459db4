"""A new table with last year's assignments: `khoi-tao --tu BẢNG --phan-cong-tu CŨ`."""

from __future__ import annotations

import sys
from pathlib import Path

import openpyxl
import pytest

import cchc_office as cchc
from cchc_office.catalogue.findings import Code
from cchc_office.model import Change, TableColumn

from .calls import cchc as command
from .conftest import EXAMPLE
from .sheets import campaign_file, put

OLD = """
STT   | Lĩnh vực/Tiêu chí/Tiêu chí thành phần | Điểm tối đa | Đơn vị thực hiện
1     | Chỉ đạo điều hành                     |     |
1.1   | Kế hoạch CCHC                         |     | Văn phòng
1.1.1 | Ban hành kế hoạch CCHC năm 2024       | 1   | ^
1.1.2 | Mức độ thực hiện kế hoạch             | 2,5 | ^
1.2   | Sáng kiến                             | 0.5 | Thanh tra tổng hợp. Các phòng, đơn vị báo cáo
1.3   | Tỷ lệ hồ sơ giải quyết đúng hạn       | 2   | Các phòng chuyên môn
1.4   | Giải quyết khiếu nại, tố cáo          | 2   | Thanh tra
"""
TABLE = """
STT   | Tiêu chí                                        | Điểm tối đa
1     | Chuyển đổi số                                   |
1.1   | Hạ tầng số dùng chung                           | 2
2     | Chỉ đạo điều hành                               |
2.1   | Kế hoạch cải cách hành chính                    |
2.1.1 | Ban hành kế hoạch cải cách hành chính năm 2025  | 1
2.1.2 | Mức độ thực hiện kế hoạch                       | 2,5
2.2   | Sáng kiến                                       | 0,5
2.3   | Tỷ lệ hồ sơ giải quyết trước hạn                | 2
"""


def table_file(folder: Path, text: str = TABLE) -> Path:
    book = openpyxl.Workbook()
    assert book.active is not None
    put(book.active, text)
    path = folder / "bo-moi.xlsx"
    book.save(path)
    return path


def test_units_are_carried_over_where_rows_are_surely_the_same(tmp_path: Path) -> None:
    old = campaign_file(tmp_path / "cu", criteria=OLD)
    started = cchc.start_campaign(tmp_path / "moi", table_file(tmp_path), assignments=old)
    campaign = started.campaign
    texts = {row.code: row.unit_text for row in campaign.criteria}
    assert texts == {
        "1": "",
        "1.1": "",
        "2": "",
        "2.1": "Văn phòng",
        "2.1.1": "Văn phòng",
        "2.1.2": "Văn phòng",
        "2.2": "Thanh tra tổng hợp. Các phòng, đơn vị báo cáo",
        "2.3": "Xem lại: Các phòng chuyên môn",
    }
    cells = {row.code: row.unit_cell for row in campaign.criteria}
    assert cells["2.1"] == cells["2.1.1"] == cells["2.1.2"] != cells["2.2"]
    assert [unit.code for unit in campaign.units] == ["VP", "TTra", "P1", "P2"]
    assert campaign.info.agency == "Sở Thử Nghiệm"
    assert TableColumn.MAX_SCORE not in campaign.info.table_columns  # as last year
    assert campaign.info.year == 0


def test_a_doubt_is_marked_and_keeps_papers_waiting(tmp_path: Path) -> None:
    old = campaign_file(tmp_path / "cu", criteria=OLD)
    started = cchc.start_campaign(tmp_path / "moi", table_file(tmp_path), assignments=old)
    [doubt] = [f for f in started.of_last_year if f.code is Code.ASSIGNMENT_DOUBTFUL]
    assert doubt.about == "2.3 Tỷ lệ hồ sơ giải quyết trước hạn"
    [waiting] = [f for f in started.campaign.findings if f.code is Code.UNIT_TO_CONFIRM]
    assert (waiting.cell, waiting.found) == ("D9", "Các phòng chuyên môn")
    cell = openpyxl.load_workbook(started.workbook)["Bộ chỉ số"]["D9"]
    assert cell.comment is not None
    assert "1.3 Tỷ lệ hồ sơ giải quyết đúng hạn" in cell.comment.text
    assert cell.fill.fgColor.rgb == "FFFCE4D6"


def test_rows_that_are_gone_are_listed(tmp_path: Path) -> None:
    old = campaign_file(tmp_path / "cu", criteria=OLD)
    started = cchc.start_campaign(tmp_path / "moi", table_file(tmp_path), assignments=old)
    [gone] = [f for f in started.of_last_year if f.code is Code.ASSIGNMENTS_GONE]
    assert (gone.found, gone.about) == ("1", "1.4 Giải quyết khiếu nại, tố cáo")
    sheet = openpyxl.load_workbook(started.workbook)["Nhập từ tệp"]
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    assert any("Thanh tra dòng 1.4 Giải quyết khiếu nại, tố cáo" in text for text in texts)


def test_what_the_new_table_says_itself_stands(tmp_path: Path) -> None:
    text = """
    STT   | Tiêu chí           | Điểm tối đa | Đơn vị thực hiện
    1     | Chỉ đạo điều hành  |             |
    1.2   | Sáng kiến          | 0,5         | Văn phòng Đảng ủy
    1.4   | Giải quyết khiếu nại, tố cáo | 2 |
    """
    old = campaign_file(tmp_path / "cu", criteria=OLD)
    started = cchc.start_campaign(tmp_path / "moi", table_file(tmp_path, text), assignments=old)
    texts = {row.code: row.unit_text for row in started.campaign.criteria}
    assert (texts["1.2"], texts["1.4"]) == ("Văn phòng Đảng ủy", "Thanh tra")
    names = [unit.name for unit in started.campaign.units]
    assert names[:4] == ["Văn phòng Sở", "Thanh tra Sở", "Phòng Một", "Phòng Hai"]
    assert "Văn phòng Đảng ủy" in names


def test_the_example_without_units_gets_them_all_back(tmp_path: Path) -> None:
    """Codes moved on by one field, short forms written out: 115 of 115 rows have their units."""
    old = cchc.load_campaign(EXAMPLE)
    lines = ["STT | Tiêu chí | Điểm tối đa", "1 | Lĩnh vực mới |", "1.1 | Việc chưa từng có | 1"]
    for row in old.criteria:
        first, dot, rest = row.code.partition(".")
        code = f"{int(first) + 1}{dot}{rest}" if row.code else ""
        name = row.name.replace("CCHC", "cải cách hành chính").replace("TTHC", "thủ tục hành chính")
        lines.append(f"{code} | {name} | {'' if row.max_score is None else row.max_score}")
    path = table_file(tmp_path, "\n".join(lines))
    started = cchc.start_campaign(tmp_path / "moi", path, assignments=EXAMPLE)
    rows = started.campaign.criteria[2:]
    assert len(rows) == 115
    assert [row.unit_text for row in rows] == [row.unit_text for row in old.criteria]
    assert [f for f in started.of_last_year if f.code is Code.ASSIGNMENT_DOUBTFUL] == []


ROMAN = """
STT | Lĩnh vực/Tiêu chí/Tiêu chí thành phần | Điểm tối đa | Đơn vị thực hiện
I   | CHỈ ĐẠO ĐIỀU HÀNH                     |     |
1   | Kế hoạch CCHC                         |     | Văn phòng
1.1 | Ban hành kế hoạch                     |     |
a)  | Đúng thời gian                        | 1   |
b)  | Đủ nội dung                           | 1   |
2   | Báo cáo                               |     | Thanh tra
2.1 | Ban hành báo cáo                      |     |
a)  | Đúng thời gian                        | 1   |
b)  | Đủ nội dung                           | 1   |
II  | THỂ CHẾ                               |     |
1   | Xây dựng văn bản                      |     | Phòng Một
1.1 | Ban hành kế hoạch                     |     |
a)  | Đúng thời gian                        | 1   |
b)  | Ý kiến người dân                      | 1   | Phòng Hai
"""


def test_codes_that_begin_again_under_each_heading_are_told_apart(tmp_path: Path) -> None:
    """Field II comes first now, and takes the codes of I; units are those of the same place."""
    lines = ROMAN.strip().splitlines()
    first, second = lines[1:10], lines[10:]
    moved = [lines[0], *(line.replace("II ", "I  ", 1) for line in second)]
    moved += [line.replace("I  ", "II ", 1) if line.startswith("I ") else line for line in first]
    text = "\n".join("|".join(line.split("|")[:3]) for line in moved)
    old = campaign_file(tmp_path / "cu", criteria=ROMAN)
    started = cchc.start_campaign(tmp_path / "moi", table_file(tmp_path, text), assignments=old)
    campaign = started.campaign
    assert [(row.level, row.code, campaign.leads_of(row)) for row in campaign.criteria] == [
        (1, "I", ()),
        (2, "1", ("P1",)),
        (3, "1.1", ()),
        (4, "a)", ("P1",)),
        (4, "b)", ("P2",)),
        (1, "II", ()),
        (2, "1", ("VP",)),
        (3, "1.1", ()),
        (4, "a)", ("VP",)),
        (4, "b)", ("VP",)),
        (2, "2", ("TTra",)),
        (3, "2.1", ()),
        (4, "a)", ("TTra",)),
        (4, "b)", ("TTra",)),
    ]
    assert [f for f in started.of_last_year if f.code is Code.ASSIGNMENT_DOUBTFUL] == []
    changes = cchc.compare_criteria(old, started.workbook).changes
    assert [row.label for row in changes.with_change(Change.RENUMBERED)] == [
        "I THỂ CHẾ",
        "II CHỈ ĐẠO ĐIỀU HÀNH",
    ]
    assert len(changes.with_change(Change.SAME)) == 12


def test_a_unit_that_is_nearly_one_of_last_years_is_asked_about(tmp_path: Path) -> None:
    units = "Mã | Tên đơn vị\nVP | Văn phòng\nTT | Thanh tra\n"
    criteria = "STT | Tiêu chí | Điểm tối đa | Đơn vị thực hiện\n1 | Kế hoạch | 1 | Thanh tra"
    old = campaign_file(tmp_path / "cu", units=units, criteria=criteria)
    table = table_file(tmp_path, criteria + " Sở\n2 | Báo cáo | 1 | Phòng Kế hoạch")
    started = cchc.start_campaign(tmp_path / "moi", table, assignments=old)
    near = [f for f in started.of_last_year if f.code is Code.LAST_YEAR_UNIT_NEAR]
    assert [(f.about, f.found) for f in near] == [("Thanh tra Sở", "Thanh tra")]


def test_khoi_tao_tells_what_it_carried(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = campaign_file(tmp_path / "cu", criteria=OLD)
    table, folder = table_file(tmp_path), tmp_path / "moi"
    assert command("khoi-tao", folder, "--tu", table, "--phan-cong-tu", old.parent, "--xem") == 1
    assert not folder.exists()
    capsys.readouterr()
    assert command("khoi-tao", folder, "--tu", table, "--phan-cong-tu", old.parent) == 1
    shown = capsys.readouterr().out
    assert "Phân công năm trước: 4 dòng chắc chắn, 1 dòng cần xem lại." in shown


def test_khoi_tao_takes_last_years_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = campaign_file(tmp_path / "cu", criteria=OLD)
    assert command("khoi-tao", tmp_path / "moi", "--tu", old.parent) == 1
    assert "Đã chép từ đợt chấm năm trước: 7 dòng, 4 đơn vị" in capsys.readouterr().out
    book = openpyxl.load_workbook(tmp_path / "moi" / "dot-cham.xlsx")
    merged = [[cell.value for cell in row] for row in book["Ghép đơn vị"].iter_rows()]
    assert [row[:2] for row in merged[1:3]] == [["Đơn vị cũ", "Đơn vị mới"], ["Văn phòng Sở", "VP"]]
    started = cchc.load_campaign(tmp_path / "moi")
    assert len(started.merged_units) == 4


@pytest.mark.parametrize("wrong", [["--bang", "1"], ["--phan-cong-tu", EXAMPLE]])
def test_last_years_workbook_takes_no_options_of_tables(
    tmp_path: Path, wrong: list[str | Path]
) -> None:
    assert command("khoi-tao", tmp_path / "moi", "--tu", EXAMPLE, *wrong) == 2
    assert not (tmp_path / "moi").exists()


def test_assignments_need_a_table_and_a_campaign(tmp_path: Path) -> None:
    assert command("khoi-tao", tmp_path / "moi", "--phan-cong-tu", EXAMPLE) == 2
    table = table_file(tmp_path)
    assert command("khoi-tao", tmp_path / "moi", "--tu", table, "--phan-cong-tu", table) == 3


def test_a_script_is_told_the_arguments_behind_the_options(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["buoc.py"])
    monkeypatch.delenv("CCHC_LENH", raising=False)
    with pytest.raises(cchc.UsageError) as stopped:
        cchc.start_campaign(tmp_path / "moi", assignments=EXAMPLE)
    assert "--tu (table)" in str(stopped.value)
    with pytest.raises(cchc.UsageError) as stopped:
        cchc.start_campaign(tmp_path / "moi", EXAMPLE, assignments=EXAMPLE)
    assert "--phan-cong-tu (assignments)" in str(stopped.value)
