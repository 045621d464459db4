"""Bringing a table of the office in: which table, which columns, which rows; nothing is lost."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cchc_office import CampaignError, Code, UsageError, import_table, load_campaign, start_campaign
from cchc_office.catalogue.findings import FindingCode

from .calls import cchc
from .importing import imported, put_tables, rows_of
from .sheets import campaign_file

TABLE = """
STT   | Tiêu chí             | Điểm tối đa | Đơn vị thực hiện | Ghi chú
1     | CHỈ ĐẠO, ĐIỀU HÀNH   | 3           |                  |
1.1   | Kế hoạch năm         | 2           | Văn phòng Sở     |
1.1.1 | Ban hành kế hoạch    | 1           | Văn phòng Sở     | trước 31/12
1.1.2 | Thực hiện kế hoạch   | 1           | Văn phòng        |
1.2   | Báo cáo định kỳ      | 1           | Thanh tra        | hằng quý
"""
ROWS = [
    ("1", "CHỈ ĐẠO, ĐIỀU HÀNH", "3", ""),
    ("1.1", "Kế hoạch năm", "2", "Văn phòng Sở"),
    ("1.1.1", "Ban hành kế hoạch", "1", "Văn phòng Sở"),
    ("1.1.2", "Thực hiện kế hoạch", "1", "Văn phòng"),
    ("1.2", "Báo cáo định kỳ", "1", "Thanh tra"),
]
KINDS = pytest.mark.parametrize("ending", ["xlsx", "docx"])


def codes(found: Any) -> list[FindingCode]:
    return [finding.code for finding in found.findings]


@KINDS
def test_a_plain_table(tmp_path: Path, ending: str) -> None:
    found = imported(put_tables(tmp_path / f"bang.{ending}", TABLE))
    assert rows_of(found) == ROWS
    assert [row.level for row in found.rows] == [1, 2, 3, 3, 2]
    assert [(c.name, c.key) for c in found.columns] == [
        ("STT", "code"),
        ("Tiêu chí", "name"),
        ("Điểm tối đa", "max_score"),
        ("Đơn vị thực hiện", "units"),
        ("Ghi chú", "note"),
    ]
    assert found.draft.rows[2].note == "trước 31/12"


@KINDS
def test_a_table_goes_on_in_another_with_its_headings_or_without(
    tmp_path: Path, ending: str
) -> None:
    head, *rest = TABLE.strip().split("\n")
    first, second, third = "\n".join((head, *rest[:2])), "\n".join((head, rest[2])), rest[3:]
    path = put_tables(tmp_path / f"bang.{ending}", first, second, "\n".join(third))
    found = imported(path)
    assert rows_of(found) == ROWS
    assert [len(offer.tables) for offer in found.offers] == [3]


SEVERAL = """
STT | Nhiệm vụ              | Thời gian hoàn thành
1   | Mua máy tính          | 30/6/2026
2   | Sửa trụ sở            | 30/9/2026
"""


@KINDS
def test_of_several_tables_one_is_proposed_and_another_can_be_chosen(
    tmp_path: Path, ending: str
) -> None:
    path = put_tables(tmp_path / f"bang.{ending}", SEVERAL, TABLE)
    found = imported(path)
    assert [(o.number, o.rows) for o in found.offers] == [(1, 2), (2, 5)]
    assert found.chosen.number == 2
    assert Code.SEVERAL_TABLES in codes(found)
    other = imported(path, choose=1)
    assert [row.name for row in other.draft.rows] == ["Mua máy tính", "Sửa trụ sở"]
    assert Code.SEVERAL_TABLES not in codes(other)
    with pytest.raises(UsageError, match=r"không có bảng số 3.*1\. .*2 dòng.*2\. .*5 dòng"):
        import_table(path, choose=3)


def test_two_sets_with_the_same_columns_are_two_tables(tmp_path: Path) -> None:
    """The set of the departments and that of the communes, in one decision."""
    commune = TABLE.replace("Kế hoạch năm", "Kế hoạch của xã")
    path = put_tables(tmp_path / "bang.docx", TABLE, commune)
    assert [offer.rows for offer in imported(path).offers] == [5, 5]
    both = imported(path, choose=(1, 2))
    assert len(both.draft.rows) == 10


def test_the_sheet_of_tables_that_were_joined_says_how_to_join_them_again(tmp_path: Path) -> None:
    other = TABLE.replace("Kế hoạch năm", "Kế hoạch của xã")
    path = put_tables(tmp_path / "bang.docx", TABLE, other, SEVERAL)
    book: Any = openpyxl.load_workbook(io.BytesIO(imported(path, choose=(2, 1)).content))
    said = [[cell.value for cell in row] for row in book["Nhập từ tệp"].iter_rows()]
    tables = [row[3] for row in said if row[0] == "Bảng nhận ra"]
    assert tables == ["đã lấy: theo --bang", "đã lấy: theo --bang", "không lấy"]
    [command] = [row[2] for row in said if row[0] == "Nhập lại như vậy"]
    assert command.endswith("--bang 2,1")


def test_the_sheet_names_the_part_of_the_page_before_what_is_typed(tmp_path: Path) -> None:
    table = TABLE.replace("Điểm tối đa", "Điểm chuẩn quy định")
    table = table.replace("Văn phòng        |", "Văn phòng  Sơ    |")
    found = imported(put_tables(tmp_path / "bang.docx", SEVERAL, table))
    book: Any = openpyxl.load_workbook(io.BytesIO(found.content))
    advices = [str(row[3].value) for row in book["Nhập từ tệp"].iter_rows()]
    typed = [one for one in advices if " --" in one]
    assert {option for one in typed for option in re.findall(r"--[a-z-]+", one)} == {
        *("--bang", "--cot", "--don-vi")
    }
    assert all(re.search(r"(phần “.*”|đầu trang) \(trên dòng lệnh: --", one) for one in typed)


TWO_LINES = """
BẢNG TIÊU CHÍ NĂM 2026 | | | | |
STT | Nội dung             | Điểm   |         |           | Đơn vị chủ trì
    |                      | Tối đa | Tự chấm | Thẩm định |
(1) | (2)                  | (3)    | (4)     | (5)       | (6)
I   | CHỈ ĐẠO              | 3      | 2,5     |           |
1   | Kế hoạch             | 3      | 2,5     |           | Văn phòng
    | Tổng cộng            | 3      | 2,5     |           |
"""


@KINDS
def test_headings_over_two_lines(tmp_path: Path, ending: str) -> None:
    found = imported(put_tables(tmp_path / f"bang.{ending}", TWO_LINES))
    assert rows_of(found) == [("I", "CHỈ ĐẠO", "3", ""), ("1", "Kế hoạch", "3", "Văn phòng")]
    assert [c.key for c in found.columns] == ["code", "name", "max_score", "", "", "leads"]
    assert {one.text for one in found.left_out if "2,5" in one.text} == {
        "2,5",
        "Tổng cộng | 3 | 2,5",
    }
    assert found.draft.settings["year"] == "2026"


NEAR = """
TT | Các tiêu chí đánh giá | Thang điểm chuẩn | Bộ phận phụ trách chính | Sản phẩm
1  | Chỉ đạo               | 1                | Văn phòng               | Kế hoạch
2  | Thể chế               | 2                | Thanh tra               | Báo cáo
"""


def test_near_headings_are_taken_and_told_and_can_be_corrected(tmp_path: Path) -> None:
    path = put_tables(tmp_path / "bang.xlsx", NEAR)
    found = imported(path)
    assert [c.key for c in found.columns] == ["code", "name", "max_score", "units", "evidence"]
    near = [f for f in found.findings if f.code is Code.COLUMN_NEAR]
    assert [(f.found, f.expected) for f in near] == [
        ("Các tiêu chí đánh giá", "Lĩnh vực/Tiêu chí/Tiêu chí thành phần"),
        ("Bộ phận phụ trách chính", "Đơn vị thực hiện"),
    ]
    wanted = {"Bộ phận phụ trách chính": "Chủ trì", "Sản phẩm": "bỏ"}
    corrected = imported(path, columns=wanted)
    assert [c.key for c in corrected.columns] == ["code", "name", "max_score", "leads", ""]
    assert "Kế hoạch" in [one.text for one in corrected.left_out]


def test_a_column_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    path = put_tables(tmp_path / "bang.xlsx", TABLE)
    with pytest.raises(UsageError, match=r"không có cột “Cơ quan”.*“STT”, “Tiêu chí”"):
        import_table(path, columns={"Cơ quan": "Chủ trì"})
    with pytest.raises(UsageError, match=r"không có cột “Cơ quan”"):
        import_table(path, columns={"D": "Chủ trì", "Cơ quan": "bỏ"})
    with pytest.raises(UsageError, match=r"không có cột “Chủ nhà”.*“Chủ trì”"):
        import_table(path, columns={"Ghi chú": "Chủ nhà"})


def test_a_file_without_such_a_table_says_which_headings_it_saw(tmp_path: Path) -> None:
    text = "Họ và tên | Chức vụ | Đơn vị công tác\nA | B | C\n"
    with pytest.raises(CampaignError, match=r"“Họ và tên”.*“Đơn vị công tác” \(gần “Đơn vị"):
        import_table(put_tables(tmp_path / "bang.xlsx", text))


LAYOUT = """
UBND TỈNH A⏎SỞ CÔNG THƯƠNG | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM⏎Độc lập - Tự do - Hạnh phúc
Số: 1/SCT-VP               | Tỉnh A, ngày 5 tháng 5 năm 2026
"""
SIGNED = "Nơi nhận:⏎- Như trên; | GIÁM ĐỐC"


def test_tables_that_only_lay_things_out_are_none(tmp_path: Path) -> None:
    found = imported(put_tables(tmp_path / "bang.docx", LAYOUT, TABLE, SIGNED))
    assert [offer.name for offer in found.offers] == ["Bảng 2"]
    assert rows_of(found) == ROWS


MATRIX = """
STT | Nội dung     | Văn phòng | Thanh tra | Phòng KHTCTH
1   | CHỈ ĐẠO      |           |           |
1.1 | Kế hoạch năm | x         |           |
1.2 | Báo cáo      |           | CT        | PH
"""


def test_a_column_for_each_unit(tmp_path: Path) -> None:
    found = imported(
        put_tables(tmp_path / "bang.docx", MATRIX.replace("CT ", "x  ").replace("PH\n", "X\n"))
    )
    assert [row.unit_text for row in found.draft.rows] == [
        "",
        "Văn phòng",
        "Thanh tra\nPhòng KHTCTH",
    ]
    assert Code.DUTIES_BY_MARKS in codes(found)
    found = imported(put_tables(tmp_path / "bang2.docx", MATRIX))
    assert found.draft.rows[2].text("leads") == "Thanh tra"
    assert found.draft.rows[2].text("supports") == "Phòng KHTCTH"


def test_the_whole_way_from_a_file_to_a_campaign(tmp_path: Path) -> None:
    path = put_tables(tmp_path / "bang.docx", TABLE)
    started = start_campaign(tmp_path / "dot", path)
    campaign = load_campaign(started.workbook)
    assert [(c.code, c.unit_text) for c in campaign.criteria] == [(r[0], r[3]) for r in ROWS]
    assert [(u.code, u.name, u.aliases) for u in campaign.units] == [
        ("VP", "Văn phòng Sở", ("Văn phòng",)),
        ("TT", "Thanh tra", ()),
    ]
    assert Code.SHEET_NOT_READ not in [f.code for f in campaign.findings]
    sheet: Any = openpyxl.load_workbook(started.workbook)["Nhập từ tệp"]
    said = [[cell.value for cell in row[:4]] for row in sheet.iter_rows()]
    assert [
        "Cột",
        "Bảng 1",
        "Tiêu chí",
        "Lĩnh vực/Tiêu chí/Tiêu chí thành phần (đúng tên cột)",
    ] in said


DOUBTFUL = """
STT | Tiêu chí     | Điểm tối đa | Đơn vị thực hiện
1   | CHỈ ĐẠO      | 3           |
    | Kế hoạch năm | 2           | Văn phòng
2   | Báo cáo      | một         | Thanh tra
"""


def test_doubtful_cells_are_coloured_and_say_where_they_come_from(tmp_path: Path) -> None:
    started = start_campaign(tmp_path / "dot", put_tables(tmp_path / "bang.xlsx", DOUBTFUL))
    sheet: Any = openpyxl.load_workbook(started.workbook)["Bộ chỉ số"]
    below = sheet.iter_rows(min_row=2)
    marked = {cell.coordinate: cell for row in below for cell in row if cell.comment}
    assert list(marked) == ["A3"]
    assert "“1.1”" in marked["A3"].comment.text
    assert "Trang 1, dòng 3: “Kế hoạch năm | Văn phòng”" in marked["A3"].comment.text
    assert marked["A3"].fill.fgColor.rgb == "FFFCE4D6"


def test_nothing_is_written_with_xem(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = put_tables(tmp_path / "bang.xlsx", TABLE)
    assert cchc("khoi-tao", tmp_path / "dot", "--tu", path, "--xem") == 1
    said = capsys.readouterr().out
    assert not (tmp_path / "dot").exists()
    assert "→ 1. Trang 1: 5 dòng" in said
    assert "Tất cả 62 chữ: 50 vào bảng, 12 để lại (12 chữ tiêu đề cột)." in said
    assert cchc("khoi-tao", tmp_path / "dot", "--xem") == 2
    assert "--tu TỆP" in capsys.readouterr().err


def test_many_tables_of_one_document_are_told_briefly(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    heading = "STT | Tiêu chí | Điểm tối đa | Đơn vị thực hiện"
    tables = [
        f"{heading}\n | Việc {n} một | 1 | Văn phòng\n | Việc {n} hai | 1 | Văn phòng"
        for n in range(1, 9)
    ]
    path = put_tables(tmp_path / "bang.docx", *tables)
    assert cchc("khoi-tao", tmp_path / "dot", "--tu", path, "--xem") == 1
    said = capsys.readouterr().out
    assert "→ 1. Bảng 1–8: 16 dòng" in said
    assert said.count("“STT | Tiêu chí | Điểm tối đa | Đơn vị thực hiện” (tiêu đề cột)") == 4
    assert said.count("không có mã trong tệp gốc") == 4
    assert "CẦN XEM  bang.docx, Bảng 1, dòng 2" in said
    assert "… và 12 chỗ nữa như vậy: Bảng 3, dòng 2, 3; Bảng 4, dòng 2, 3; " in said


def test_a_form_that_came_back_is_no_table(tmp_path: Path) -> None:
    campaign_file(tmp_path / "dot")
    assert cchc("phieu-cham", tmp_path / "dot", "-o", tmp_path) == 0
    [form, *_] = (tmp_path / "phieu-cham").glob("*.xlsx")
    with pytest.raises(CampaignError, match="là phiếu chấm"):
        import_table(form)


def test_what_is_hidden_is_named_and_not_taken(tmp_path: Path) -> None:
    path = put_tables(tmp_path / "bang.xlsx", TABLE, TABLE.replace("1.1", "3.1"))
    book: Any = openpyxl.load_workbook(path)
    book["Trang 1"].row_dimensions[4].hidden = True
    book["Trang 1"].column_dimensions["E"].hidden = True
    book["Trang 2"].sheet_state = "hidden"
    book.save(path)
    found = imported(path)
    assert [row[0] for row in rows_of(found)] == ["1", "1.1", "1.1.2", "1.2"]
    told = [f.found for f in found.findings if f.code is Code.HIDDEN_NOT_TAKEN]
    assert told == ["trang tính bị ẩn", "dòng bị ẩn", "cột bị ẩn"]


def test_json_has_all_that_the_screen_shows_and_more(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = put_tables(tmp_path / "bang.docx", SEVERAL, TABLE)
    options = ("--xem", "--json", "--bang", "2", "--cot", "Ghi chú=bỏ")
    assert cchc("khoi-tao", tmp_path / "dot", "--tu", path, *options) == 1
    told = json.loads(capsys.readouterr().out)["nhap"]
    assert [(table["so"], table["so_dong"], table["lay"]) for table in told["bang"]] == [
        (1, 2, False),
        (2, 5, True),
    ]
    assert told["cot"][-1] == {
        "trong_tep": "Ghi chú",
        "la": "",
        "cach_biet": "theo --cot",
        "vi_sao": "bỏ",
    }
    assert told["dong"][2]["noi"] == "Bảng 2, dòng 4"
    assert [row["cap"] for row in told["dong"]] == [1, 2, 3, 3, 2]
    assert told["don_vi"][0] == {
        "ma": "VP",
        "ten": "Văn phòng Sở",
        "ten_khac": ["Văn phòng"],
        "nhom": [],
    }
    assert {
        "noi": "Bảng 2, dòng 4, cột “Ghi chú”",
        "noi_dung": "trước 31/12",
        "vi_sao": "cột không dùng",
    } in told["de_lai"]
    words = told["chu"]
    assert words["tat_ca"] == words["vao_bang"] + sum(words["de_lai"].values())
    assert words["khong_ro"] == []
