"""One criteria set against another: `cchc so-sanh`, `compare_criteria`."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

import cchc_office as cchc
from cchc_office.catalogue.findings import Code
from cchc_office.model import Change
from cchc_office.papers.criteria_changes import CHANGES_SHEET

from .calls import cchc as command
from .conftest import EXAMPLE
from .sheets import SETTINGS, UNITS, add_sheet, campaign_file, put

OLD = """
STT   | Lĩnh vực/Tiêu chí/Tiêu chí thành phần | Điểm tối đa | Đơn vị thực hiện | Cách chấm | Loại điểm | Ghi chú
1     | Chỉ đạo điều hành                     |     |              |                             |        |
1.1   | Kế hoạch CCHC                         |     |              |                             |        |
1.1.1 | Ban hành kế hoạch                     | 1   | Văn phòng    | Có/Không                    |        |
1.1.2 | Mức độ thực hiện                      | 2,5 | Văn phòng    | Trước 15/12/2024            |        |
1.2   | Sáng kiến                             | 0.5 | Thanh tra    |                             |        |
1.3   | Giải quyết thủ tục                    | 2   | Phòng Một    |                             |        |
2     | Thể chế                               |     |              |                             |        |
2.1   | Xây dựng VBQPPL                       | 2   | Văn phòng    |                             |        |
"""
NEW = """
STT   | Lĩnh vực/Tiêu chí/Tiêu chí thành phần | Điểm tối đa | Đơn vị thực hiện | Cách chấm | Loại điểm | Ghi chú
1     | Thể chế                               |     |              |                             |        |
1.1   | Xây dựng văn bản quy phạm pháp luật   | 2   | Văn phòng Sở |                             |        |
2     | Chỉ đạo điều hành                     |     |              |                             |        |
2.1   | Kế hoạch CCHC                         |     |              |                             |        |
2.1.1 | Ban hành kế hoạch                     | 1,5 | Văn phòng    | Không áp dụng               |        |
2.1.2 | Mức độ thực hiện                      | 2,5 | Thanh tra    | Trước 15/12/2025            |        |
2.2   | Chuyển đổi số                         | 1   | Văn phòng    |                             |        |
2.3   | Sáng kiến                             | 0,5 | Thanh tra Sở |                             | Thưởng |
"""


def test_each_kind_of_change_is_told(tmp_path: Path) -> None:
    old = campaign_file(tmp_path / "cu", criteria=OLD)
    new = campaign_file(tmp_path / "moi", criteria=NEW)
    changes = cchc.compare_criteria(old, new).changes
    told = [
        (row.old and row.old.code, row.new and row.new.code, row.changes) for row in changes.rows
    ]
    renumbered = (Change.RENUMBERED,)
    assert told == [
        ("2", "1", renumbered),
        ("2.1", "1.1", (Change.RENUMBERED, Change.RENAMED)),
        ("1", "2", renumbered),
        ("1.1", "2.1", renumbered),
        ("1.1.1", "2.1.1", (Change.RENUMBERED, Change.MAXIMUM, Change.RULE)),
        ("1.1.2", "2.1.2", (Change.RENUMBERED, Change.UNITS)),
        (None, "2.2", (Change.NEW,)),
        ("1.2", "2.3", (Change.RENUMBERED, Change.POINTS)),
        ("1.3", None, (Change.GONE,)),
    ]


def test_units_are_the_same_whatever_they_are_called(tmp_path: Path) -> None:
    """Codes and names of units change; who does a row does not by that."""
    units = UNITS.replace(
        "VP   | Văn phòng Sở       | Văn phòng ", "VPS  | Văn phòng Sở | VP; Văn phòng"
    )
    old = campaign_file(tmp_path / "cu", criteria=OLD)
    new = campaign_file(tmp_path / "moi", criteria=OLD, units=units)
    assert {row.changes for row in cchc.compare_criteria(old, new).changes.rows} == {(Change.SAME,)}


def test_groups_whose_members_a_table_does_not_have_are_no_other_units(tmp_path: Path) -> None:
    criteria = OLD.replace("Phòng Một    ", "Các phòng chuyên môn")
    book = openpyxl.Workbook()
    assert book.active is not None
    put(book.active, criteria)
    table = tmp_path / "bang.xlsx"
    book.save(table)
    changes = cchc.compare_criteria(campaign_file(tmp_path / "cu", criteria=criteria), table)
    assert changes.changes.with_change(Change.UNITS) == ()


def test_units_that_merged_are_the_new_one(tmp_path: Path) -> None:
    units = UNITS.replace("P1   | Phòng Một          ", "PN   | Phòng Nghiệp vụ    ")
    new_rows = OLD.replace("Phòng Một", "Phòng Nghiệp vụ")
    old = campaign_file(tmp_path / "cu", criteria=OLD)
    new = campaign_file(tmp_path / "moi", criteria=new_rows, units=units)
    changed = cchc.compare_criteria(old, new).changes.with_change(Change.UNITS)
    assert [row.label for row in changed] == ["1.3 Giải quyết thủ tục"]
    add_sheet(new, "Ghép đơn vị", "Đơn vị cũ | Đơn vị mới\nPhòng Một | PN")
    assert cchc.compare_criteria(old, new).changes.with_change(Change.UNITS) == ()


def test_an_offices_own_short_forms_are_no_other_name(tmp_path: Path) -> None:
    table = "STT | Tiêu chí | Điểm tối đa | Đơn vị thực hiện\n1 | Lĩnh vực | |\n"
    old = campaign_file(
        tmp_path / "cu", criteria=table + "1.1 | Đăng KQXL lên cổng | 1 | Văn phòng"
    )
    full = table + "1.1 | Đăng kết quả xử lý lên cổng | 1 | Văn phòng"
    new = campaign_file(tmp_path / "moi", criteria=full)
    assert cchc.compare_criteria(old, new).changes.rows[1].why.startswith("tên giống")
    settings = SETTINGS + "Chữ viết tắt | KQXL = kết quả xử lý; gì đó |\n"
    told = campaign_file(tmp_path / "moi2", criteria=full, settings=settings)
    why = cchc.compare_criteria(old, told).changes.rows[1].why
    assert why == "cùng mã và tên khi viết đủ chữ viết tắt"
    [wrong] = [f for f in cchc.load_campaign(told).findings if f.code is Code.BAD_ABBREVIATION]
    assert wrong.found == "gì đó"


def test_what_a_table_does_not_have_is_compared_in_no_row(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    put(
        book.active,
        "\n".join("|".join(line.split("|")[:2]) for line in OLD.strip().splitlines()),
    )
    table = tmp_path / "bo-moi.xlsx"
    book.save(table)
    compared = cchc.compare_criteria(campaign_file(tmp_path / "cu", criteria=OLD), table)
    assert {row.changes for row in compared.changes.rows} == {(Change.SAME,)}
    assert [f.found for f in compared.findings if f.code is Code.SETS_NOT_COMPARED] == [
        "điểm tối đa: bộ mới (bo-moi.xlsx) không có cột này",
        "cách chấm: bộ mới (bo-moi.xlsx) không có cột này",
        "đơn vị thực hiện: bộ mới (bo-moi.xlsx) không có cột này",
    ]


def test_nothing_is_asked_of_sheets_that_a_comparison_does_not_make(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    put(book.active, OLD)
    book.save(tmp_path / "bo-moi.xlsx")
    compared = cchc.compare_criteria(
        campaign_file(tmp_path / "cu", criteria=OLD), tmp_path / "bo-moi.xlsx"
    )
    assert not {f.code for f in compared.findings} & {Code.UNITS_PROPOSED, Code.UNITS_NEAR}


def test_a_doubt_is_told_and_merged_rows_are(tmp_path: Path) -> None:
    above = "STT | Tiêu chí | Điểm tối đa | Đơn vị\n1 | Lĩnh vực | |\n1.9 | Tuyên truyền | 1 | VP\n"
    old = above + "1.1 | Tỷ lệ hồ sơ đúng hạn | 1 | VP\n1.2 | Lập kế hoạch kiểm tra | 1 | VP\n"
    old += "1.3 | Xử lý kiến nghị sau thanh tra | 1 | VP"
    new = above + "1.1 | Tỷ lệ hồ sơ trước hạn | 1 | VP\n"
    new += "1.2 | Lập kế hoạch kiểm tra và xử lý kiến nghị sau thanh tra | 2 | VP"
    compared = cchc.compare_criteria(
        campaign_file(tmp_path / "cu", criteria=old), campaign_file(tmp_path / "moi", criteria=new)
    )
    told = [(f.code, f.about, f.expected) for f in compared.findings]
    assert told == [
        (Code.SETS_ROW_DOUBTFUL, "1.1 Tỷ lệ hồ sơ trước hạn", "1.1 Tỷ lệ hồ sơ đúng hạn"),
        (
            Code.SETS_ROW_PARTS,
            "1.2 Lập kế hoạch kiểm tra và xử lý kiến nghị sau thanh tra",
            "1.2 Lập kế hoạch kiểm tra",
        ),
        (
            Code.SETS_ROW_PARTS,
            "1.2 Lập kế hoạch kiểm tra và xử lý kiến nghị sau thanh tra",
            "1.3 Xử lý kiến nghị sau thanh tra",
        ),
    ]
    assert compared.exit_status == 1


def test_the_sheet_has_old_and_new_side_by_side(tmp_path: Path) -> None:
    old = campaign_file(tmp_path / "cu", criteria=OLD)
    new = campaign_file(tmp_path / "moi", criteria=NEW)
    [written] = cchc.compare_criteria(old, new, output=tmp_path / "ra").written
    assert written.path == tmp_path / "ra" / "so-sanh" / "so-sanh.xlsx"
    sheet = openpyxl.load_workbook(written.path)[CHANGES_SHEET]
    lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
    at = next(n for n, line in enumerate(lines) if line[0] == "Thay đổi")
    rows = [dict(zip(lines[at], line, strict=True)) for line in lines[at + 1 :]]
    assert len(rows) == 9
    plan = next(row for row in rows if row["STT mới"] == "2.1.1")
    assert plan["Thay đổi"] == "Đổi số; Đổi điểm tối đa; Đổi cách chấm"
    assert (plan["STT cũ"], plan["Tên cũ"]) == ("1.1.1", "Ban hành kế hoạch")
    assert (plan["Điểm tối đa cũ"], plan["Điểm tối đa mới"]) == (1, 1.5)
    assert (plan["Cách chấm cũ"], plan["Cách chấm mới"]) == ("Có/Không", "Không áp dụng")
    assert plan["Vì sao coi là một dòng"] == "cùng tên, cùng mục"
    gone = next(row for row in rows if row["STT cũ"] == "1.3")
    assert (gone["Thay đổi"], gone["STT mới"], gone["Tên mới"]) == ("Không còn", None, None)


def test_the_screen_tells_how_many_and_the_first(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = campaign_file(tmp_path / "cu", criteria=OLD)
    new = campaign_file(tmp_path / "moi", criteria=NEW)
    assert command("so-sanh", old, new, "-o", tmp_path / "ra") == 0
    shown = capsys.readouterr().out
    assert "Mới:                        1 dòng; đầu tiên: 2.2 Chuyển đổi số" in shown
    assert "so-sanh.xlsx (mới)" in shown
    assert command("so-sanh", old, new, "-o", tmp_path / "ra", "--json") == 0
    assert f"Bộ cũ: {old.as_posix()} (CCHC-2024-STN, 8 dòng)" in shown
    found = json.loads(capsys.readouterr().out)
    assert [row["moi"]["ma"] for row in found["dong"] if row["thay_doi"] == ["Mới"]] == ["2.2"]


def test_a_campaign_is_the_same_as_itself() -> None:
    campaign = cchc.load_campaign(EXAMPLE)
    compared = cchc.compare_criteria(campaign, EXAMPLE)
    assert {row.changes for row in compared.changes.rows} == {(Change.SAME,)}
    assert compared.words == "giữ nguyên: 115 dòng"


def test_what_is_no_set_is_refused(tmp_path: Path) -> None:
    empty = tmp_path / "trong.xlsx"
    openpyxl.Workbook().save(empty)
    with pytest.raises(cchc.CampaignError):
        cchc.compare_criteria(EXAMPLE, empty)
    with pytest.raises(cchc.UsageError):
        cchc.compare_criteria(EXAMPLE, tmp_path / "khong-co.xlsx")
    with pytest.raises(cchc.UsageError):
        cchc.compare_criteria(EXAMPLE, 7)  # type: ignore[arg-type]
