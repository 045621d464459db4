"""Tables as offices write them: shapes that were seen in real files, with words made up."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Alignment

from cchc_office import Code, UsageError, import_table, load_campaign, start_campaign
from cchc_office.importing.reading import read_source
from cchc_office.text.vietnamese import clean_line

from .importing import imported, put_tables, rows_of

KINDS = pytest.mark.parametrize("ending", ["xlsx", "docx"])

EMULATION = """
    |                                  |       |        |
STT | TIÊU CHUẨN THI ĐUA               | ĐIỂM  |        |
    |                                  | Chuẩn | Thưởng | Trừ
    | Tổng cộng                        | 100   |        |
1   | Tiêu chuẩn 1: Làm tốt việc chung | 80    |        |
a   | Công tác quản lý                 | 30    |        |
a1  | Triển khai kịp thời              | 3     |        |
2   | Tiêu chuẩn 2: Xây dựng Đảng      | 20    |        |
"""


@KINDS
def test_emulation_with_letters_for_codes(tmp_path: Path, ending: str) -> None:
    found = imported(put_tables(tmp_path / f"bang.{ending}", EMULATION))
    assert rows_of(found) == [
        ("1", "Tiêu chuẩn 1: Làm tốt việc chung", "80", ""),
        ("a", "Công tác quản lý", "30", ""),
        ("a1", "Triển khai kịp thời", "3", ""),
        ("2", "Tiêu chuẩn 2: Xây dựng Đảng", "20", ""),
    ]
    assert [row.level for row in found.rows] == [1, 2, 3, 1]


PLAN = """
TT | Nhiệm vụ           | Cơ quan chủ trì | Cơ quan phối hợp    | Thời gian hoàn thành | Sản phẩm
I  | CẢI CÁCH THỂ CHẾ   |                 |                     |                      |
1  | Ban hành kế hoạch  | Sở Tư pháp      | Các sở, ban, ngành; UBND các xã, phường | Quý I/2026 | Kế hoạch
2  | Theo dõi pháp luật | Sở Tư pháp      | Văn phòng UBND tỉnh | 31/12/2026           | Báo cáo
"""


@KINDS
def test_a_plan_of_tasks(tmp_path: Path, ending: str) -> None:
    found = imported(put_tables(tmp_path / f"bang.{ending}", PLAN))
    keys = ("leads", "supports", "deadline", "evidence")
    assert [tuple(map(row.text, keys)) for row in found.draft.rows[1:]] == [
        ("Sở Tư pháp", "Các sở, ban, ngành; UBND các xã, phường", "Quý I/2026", "Kế hoạch"),
        ("Sở Tư pháp", "Văn phòng UBND tỉnh", "31/12/2026", "Báo cáo"),
    ]
    names = ["Sở Tư pháp", "Văn phòng UBND tỉnh", "UBND các xã, phường"]
    assert [u.name for u in found.draft.units] == names
    assert [u.groups for u in found.draft.units][:1] == [("Các sở, ban, ngành",)]


IN_NAMES = """
Nội dung đánh giá                | Điểm tối đa | Điểm chấm
1. Quá trình làm việc            | 3,0         |
1.1. Có kế hoạch được thông qua  | 1,0         |
a) Trao đổi thường xuyên         | 1,0         |
2. Kết quả                       | 3,0         |
Tổng điểm                        | 6,0         |
"""


@KINDS
def test_codes_in_the_names(tmp_path: Path, ending: str) -> None:
    found = imported(put_tables(tmp_path / f"bang.{ending}", IN_NAMES))
    assert rows_of(found) == [
        ("1.", "Quá trình làm việc", "3", ""),
        ("1.1.", "Có kế hoạch được thông qua", "1", ""),
        ("a)", "Trao đổi thường xuyên", "1", ""),
        ("2.", "Kết quả", "3", ""),
    ]
    split = [f.expected for f in found.findings if f.code is Code.CODE_SPLIT]
    assert split == ["1.", "1.1.", "a)", "2."]


TWO_CODES = """
STT |   | Nội dung tiêu chí  | Điểm chuẩn | Bộ phận thực hiện
A   |   | CÔNG TÁC CHỈ ĐẠO   | 10         |
    | 1 | Ban hành kế hoạch  | 5          | Văn phòng
    | 2 | Kiểm tra           | 5          | Thanh tra
B   |   | THỂ CHẾ            | 10         |
    | 1 | Rà soát văn bản    | 10         | Phòng Pháp chế
"""


@KINDS
def test_letters_and_numbers_in_two_columns(tmp_path: Path, ending: str) -> None:
    found = imported(put_tables(tmp_path / f"bang.{ending}", TWO_CODES))
    assert [
        (row.code, where.level) for row, where in zip(found.draft.rows, found.rows, strict=True)
    ] == [
        ("A", 1),
        ("1", 2),
        ("2", 2),
        ("B", 1),
        ("1", 2),
    ]


A_COLUMN_A_LEVEL = """
Lĩnh vực    | Tiêu chí      | Tiêu chí thành phần | Điểm tối đa | Đơn vị thực hiện
1. Chỉ đạo  | 1.1. Kế hoạch | 1.1.1. Ban hành     | 1           | Văn phòng
^           | ^             | 1.1.2. Thực hiện    | 1           | Văn phòng
^           | 1.2. Kiểm tra | 1.2.1. Ở đơn vị     | 2           | Thanh tra
2. Thể chế  | 2.1. Rà soát  | 2.1.1. Văn bản      | 1           | Thanh tra
"""


def test_a_column_for_each_level(tmp_path: Path) -> None:
    found = imported(put_tables(tmp_path / "bang.xlsx", A_COLUMN_A_LEVEL))
    assert [(row[0], row[1], row[2]) for row in rows_of(found)] == [
        ("1.", "Chỉ đạo", ""),
        ("1.1.", "Kế hoạch", ""),
        ("1.1.1.", "Ban hành", "1"),
        ("1.1.2.", "Thực hiện", "1"),
        ("1.2.", "Kiểm tra", ""),
        ("1.2.1.", "Ở đơn vị", "2"),
        ("2.", "Thể chế", ""),
        ("2.1.", "Rà soát", ""),
        ("2.1.1.", "Văn bản", "1"),
    ]


BARE = """
1     | CHỈ ĐẠO, ĐIỀU HÀNH        | 3 |              |
1.1   | Kế hoạch cải cách hằng năm | 2 | Văn phòng Sở |
1.1.1 | Ban hành kế hoạch đúng hạn | 2 | Văn phòng Sở |
1.2   | Báo cáo định kỳ đầy đủ     | 1 | Thanh tra Sở |
"""


@KINDS
def test_a_table_without_headings(tmp_path: Path, ending: str) -> None:
    found = imported(put_tables(tmp_path / f"bang.{ending}", BARE))
    assert rows_of(found)[2] == ("1.1.1", "Ban hành kế hoạch đúng hạn", "2", "Văn phòng Sở")
    told = [f.expected for f in found.findings if f.code is Code.COLUMN_NEAR]
    assert told == [
        "STT",
        "Lĩnh vực/Tiêu chí/Tiêu chí thành phần",
        "Điểm tối đa",
        "Đơn vị thực hiện",
    ]


COMMUNE = """
BỘ TIÊU CHÍ CẢI CÁCH HÀNH CHÍNH CẤP XÃ NĂM 2026 | | | |
(Kèm theo Quyết định số 12/QĐ-UBND ngày 05/01/2026 của UBND xã) | | | |
STT | Tiêu chí | Điểm | Cách tính điểm | Phòng, ban phụ trách
I. CÔNG TÁC CHỈ ĐẠO (5 điểm) | | | |
1 | Ban hành kế hoạch | 5 | - Đúng hạn: 5⏎- Chậm: 2 | Văn phòng HĐND và UBND
II. THỦ TỤC HÀNH CHÍNH (10 điểm) | | | |
1 | Niêm yết thủ tục | 10 | - Đủ: 10⏎- Thiếu: 0 | Phòng Văn hóa - Xã hội
Tổng cộng | | 15 | |
Ghi chú: tổng điểm trừ không quá 5 điểm. | | | |
Nơi nhận: | | | | TM. ỦY BAN NHÂN DÂN
- Như trên; | | | | CHỦ TỊCH
"""


@KINDS
def test_the_set_of_a_commune_with_all_that_stands_around_it(tmp_path: Path, ending: str) -> None:
    found = imported(put_tables(tmp_path / f"bang.{ending}", COMMUNE))
    assert rows_of(found) == [
        ("I.", "CÔNG TÁC CHỈ ĐẠO (5 điểm)", "", ""),
        ("1", "Ban hành kế hoạch", "5", "Văn phòng HĐND và UBND"),
        ("II.", "THỦ TỤC HÀNH CHÍNH (10 điểm)", "", ""),
        ("1", "Niêm yết thủ tục", "10", "Phòng Văn hóa - Xã hội"),
    ]
    assert found.draft.settings == {
        "table_columns": "Điểm tối đa; Đơn vị thực hiện; Ghi chú",
        "table_title": "BỘ TIÊU CHÍ CẢI CÁCH HÀNH CHÍNH CẤP XÃ NĂM 2026",
        "enclosed_in": "(Kèm theo Quyết định số 12/QĐ-UBND ngày 05/01/2026 của UBND xã)",
        "year": "2026",
        "scale": "15",
    }
    assert found.draft.rows[1].text("rule") == "- Đúng hạn: 5\n- Chậm: 2"
    assert [u.name for u in found.draft.units] == [
        "Văn phòng HĐND và UBND",
        "Phòng Văn hóa - Xã hội",
    ]


DISPATCHED = """
BẢNG PHÂN CÔNG NĂM 2026 | | |
(Kèm theo Công văn số      /STN-VP ngày     /5/2026 của Sở Thử Nghiệm) | | |
STT | Tiêu chí | Điểm | Đơn vị thực hiện
1 | Ban hành kế hoạch | 5 | Văn phòng
"""


@KINDS
def test_the_dispatch_that_a_table_goes_with_names_the_office(tmp_path: Path, ending: str) -> None:
    found = imported(put_tables(tmp_path / f"bang.{ending}", DISPATCHED))
    settings = {key: clean_line(text) for key, text in found.draft.settings.items()}
    assert settings["agency"] == "Sở Thử Nghiệm"
    assert settings["abbreviation"] == "STN"
    assert settings["symbol"] == "/STN-VP"
    assert settings["document_date"] == "/5/2026"


THREE_LINES = """
TT | Nội dung | Điểm đánh giá |              |           | Đơn vị    |           | Ghi chú
   |          | Điểm chuẩn    | Kết quả chấm |           | Chủ trì   | Phối hợp  |
   |          |               | Tự chấm      | Thẩm định |           |           |
A  | B        | 1             | 2            | 3         | 4         | 5         | 6
1  | Chỉ đạo  | 5             | 4            |           | Văn phòng | Thanh tra |
"""


@KINDS
def test_headings_over_three_lines(tmp_path: Path, ending: str) -> None:
    found = imported(put_tables(tmp_path / f"bang.{ending}", THREE_LINES))
    assert [(c.heading, c.key) for c in found.columns[2:7]] == [
        ("Điểm đánh giá › Điểm chuẩn", "max_score"),
        ("Điểm đánh giá › Kết quả chấm › Tự chấm", ""),
        ("Điểm đánh giá › Kết quả chấm › Thẩm định", ""),
        ("Đơn vị › Chủ trì", "leads"),
        ("Đơn vị › Phối hợp", "supports"),
    ]
    assert rows_of(found) == [("1", "Chỉ đạo", "5", "Văn phòng")]


BEFORE_THE_BREAK = """
STT | Nội dung                     | Điểm tối đa | Đơn vị thực hiện
1   | Chỉ đạo, điều hành công việc | 3           | Văn phòng
"""
BEHIND_THE_BREAK = """
    | của cơ quan trong năm        |             | tổng hợp
1.1 | Kế hoạch                     | 1           | Văn phòng
"""


@KINDS
def test_a_row_that_goes_on_in_the_next_table(tmp_path: Path, ending: str) -> None:
    found = imported(put_tables(tmp_path / f"bang.{ending}", BEFORE_THE_BREAK, BEHIND_THE_BREAK))
    assert rows_of(found) == [
        ("1", "Chỉ đạo, điều hành công việc của cơ quan trong năm", "3", "Văn phòng\ntổng hợp"),
        ("1.1", "Kế hoạch", "1", "Văn phòng"),
    ]
    assert [remark.key for remark in found.draft.rows[0].remarks] == ["name", "units"]


def test_numbers_in_a_row_are_codes_that_need_no_question(tmp_path: Path) -> None:
    book: Any = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["STT", "Tiêu chí", "Điểm tối đa", "Đơn vị thực hiện"])
    numbers = [1, *(round(1 + n / 10, 1) for n in range(1, 10)), 1.1, 2, 2.1, 2.3]
    for place, code in enumerate(numbers):
        sheet.append([code, f"Tiêu chí thứ {place}", 1.5, "Văn phòng"])
    path = tmp_path / "bang.xlsx"
    book.save(path)
    found = imported(path)
    asked = [f.found for f in found.findings if f.code is Code.CODE_LOST_TYPE]
    assert asked == ["1,1", "2,3"]  # the tenth, and one that does not follow its neighbour
    whole = [f"1.{n}" for n in range(1, 10)]
    assert [row.code for row in found.rows] == ["1", *whole, "1,1", "2", "2.1", "2,3"]
    made = start_campaign(tmp_path / "dot", path).workbook
    told = [f.found for f in load_campaign(made).findings if f.code is Code.CODE_IS_NUMBER]
    assert told == ["1,1", "2,3"]


def test_codes_that_excel_turned_into_dates_and_numbers_stay_what_they_are(tmp_path: Path) -> None:
    book: Any = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["STT", "Tiêu chí", "Điểm tối đa", "Đơn vị thực hiện"])
    for code, name in (
        (1, "Chỉ đạo"),
        (dt.datetime(2026, 1, 1), "Kế hoạch"),
        (1.2, "Kiểm tra"),
        ("1.3", "Báo cáo"),
    ):
        sheet.append([code, name, 1.5, "Văn phòng"])
    path = tmp_path / "bang.xlsx"
    book.save(path)
    found = imported(path)
    asked = {f.found: f.candidates for f in found.findings if f.code is Code.CODE_LOST_TYPE}
    assert asked == {"01/01/2026": ("1.1", "1.1.26"), "1,2": ("1.2", "1.20")}
    assert [row.code for row in found.rows] == ["1", "01/01/2026", "1,2", "1.3"]
    made = start_campaign(tmp_path / "dot", path).workbook
    cells: Any = openpyxl.load_workbook(made)["Bộ chỉ số"]
    assert [cells.cell(r, 1).value for r in range(2, 6)] == [
        "1",
        dt.datetime(2026, 1, 1),
        1.2,
        "1.3",
    ]
    assert Code.CODE_IS_DATE in [f.code for f in load_campaign(made).findings]


def test_points_are_numbers_only_where_their_text_is_one(tmp_path: Path) -> None:
    text = """
    STT | Tiêu chí | Điểm tối đa | Đơn vị thực hiện
    1   | Một      | 0,50        | Văn phòng
    2   | Hai      | 1,25 điểm   | Văn phòng
    3   | Ba       | ½           | Văn phòng
    4   | Bốn      | 1.250       | Văn phòng
    """
    found = imported(put_tables(tmp_path / "bang.xlsx", text))
    assert [(row.max_score, row.text("max_score")) for row in found.draft.rows[1:]] == [
        (None, "1,25 điểm"),
        (None, "½"),
        (None, "1.250"),
    ]
    assert str(found.draft.rows[0].max_score) == "0.50"


def test_indents_tell_levels_that_the_workbook_keeps_in_a_column_of_its_own(tmp_path: Path) -> None:
    """Rows without codes: what is under what shows in the file only by how far it is moved in."""
    book: Any = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["STT", "Tiêu chí", "Điểm tối đa", "Đơn vị thực hiện"])
    for code, name, indent in (
        ("I", "Chỉ đạo", 0),
        ("", "Kế hoạch", 1),
        ("", "Ban hành kế hoạch", 3),
        ("", "Thực hiện kế hoạch", 3),
        ("", "Kiểm tra", 1),
        ("II", "Thể chế", 0),
    ):
        sheet.append([code, name, 1, "Văn phòng"])
        sheet.cell(sheet.max_row, 2).alignment = Alignment(indent=indent)
    path = tmp_path / "bang.xlsx"
    book.save(path)
    levels = [1, 2, 3, 3, 2, 1]
    assert [row.level for row in imported(path).rows] == levels
    campaign = load_campaign(start_campaign(tmp_path / "dot", path).workbook)
    assert [criterion.level for criterion in campaign.criteria] == levels


def test_levels_may_be_said_in_words(tmp_path: Path) -> None:
    """Only figures were read in "Cấp" of a table that is brought in."""
    path = put_tables(
        tmp_path / "bang.xlsx",
        """
        Cấp      | Tiêu chí          | Điểm tối đa | Đơn vị
        Lĩnh vực | Chỉ đạo điều hành |             |
        Tiêu chí | Kế hoạch CCHC     | 2           | Văn phòng
        Tiêu chí | Báo cáo CCHC      | 1           | Văn phòng
        Lĩnh vực | Chuyển đổi số     |             |
        Cấp 2    | Hạ tầng số        | 2           | Thanh tra
        """,
    )
    assert [row.level for row in import_table(path).draft.rows] == [1, 2, 2, 1, 2]


def test_bonus_and_penalty_have_columns_of_their_own(tmp_path: Path) -> None:
    text = EMULATION.replace(
        "| 3     |        |",
        "| 3     |        |\na1.1 | Mỗi việc chậm | | | -0,5\na1.2 | Có sáng kiến | | 1 |",
    )
    found = imported(put_tables(tmp_path / "bang.xlsx", text))
    assert [c.key for c in found.columns] == ["code", "name", "max_score", "bonus", "deduction"]
    own = {row.code: row for row in found.draft.rows}
    assert own["a1.1"].text("deduction") == "-0,5"
    assert own["a1.2"].text("bonus") == "1"


MERGED = """
STT | Tiêu chí        | Điểm tối đa | Cách chấm             | Đơn vị thực hiện
1   | Chỉ đạo         | 4           |                       |
1.1 | Kế hoạch        | 2           | Đạt: 1; không đạt: 0  | Văn phòng
^   | Phần thứ hai    | ^           | ^                     | ^
1.2 | Báo cáo         | 2           | Đạt: 2; không đạt: 0  | Văn phòng
"""


def test_cells_that_are_merged_over_rows_are_told(tmp_path: Path) -> None:
    found = imported(put_tables(tmp_path / "bang.xlsx", MERGED))
    assert rows_of(found)[1:3] == [
        ("1.1", "Kế hoạch", "2", "Văn phòng"),
        ("", "Phần thứ hai", "", "Văn phòng"),
    ]
    keys = [[remark.key for remark in row.remarks] for row in found.draft.rows]
    assert keys == [[], ["max_score"], ["rule", "code"], []]


def test_two_columns_cannot_be_chosen_for_one(tmp_path: Path) -> None:
    path = put_tables(tmp_path / "bang.xlsx", PLAN)
    wanted = {"Cơ quan chủ trì": "Ghi chú", "Sản phẩm": "Ghi chú"}
    with pytest.raises(UsageError, match="không cùng là “Ghi chú” được"):
        import_table(path, columns=wanted)


def test_rows_of_a_reader_that_are_shorter_than_others_break_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = put_tables(tmp_path / "bang.docx", PLAN)
    read = read_source(path)
    [table] = read.tables
    rows = tuple(row[: 6 - 2 * (at % 2)] for at, row in enumerate(table.sheet.rows))
    short = replace(table, sheet=replace(table.sheet, rows=rows))
    monkeypatch.setattr(
        "cchc_office.importing.table_import.read_source",
        lambda _: replace(read, tables=(short,)),
    )
    assert [row.code for row in import_table(path).draft.rows] == ["I", "1", "2"]


DIGITAL = """
UBND TỈNH A | | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |
SỞ THỬ NGHIỆM | | Độc lập - Tự do - Hạnh phúc |
Số: 12/KH-STN | | |
PHỤ LỤC II | | |
BẢNG CHẤM ĐIỂM CHỈ SỐ CHUYỂN ĐỔI SỐ NĂM 2026 | | |
STT | Tiêu chí | Điểm tối đa (1.000 điểm) | Đơn vị
1. | Nhận thức số | 400 | Tổ 1
2. | Thể chế số | 600 | Tổ 2
"""


@KINDS
def test_what_stands_above_another_index(tmp_path: Path, ending: str) -> None:
    found = imported(put_tables(tmp_path / f"bang.{ending}", DIGITAL))
    assert found.draft.settings == {
        "table_columns": "Điểm tối đa; Đơn vị thực hiện; Ghi chú",
        "parent_agency": "UBND TỈNH A",
        "agency": "SỞ THỬ NGHIỆM",
        "appendix_label": "có",  # the second of a paper not named: alone in this office's dispatch
        "table_title": "BẢNG CHẤM ĐIỂM CHỈ SỐ CHUYỂN ĐỔI SỐ NĂM 2026",
        "year": "2026",
    }
    assert Code.INDEX_NAME_ASKED in [f.code for f in found.findings]
    assert [unit.code for unit in found.draft.units] == ["T1", "T2"]


@pytest.mark.parametrize(
    ("above", "label", "is_left"),
    [
        ("Phụ lục 3 | | |\n", "có", True),
        ("PHỤ LỤC III. | | |\n(Kèm theo hồ sơ của tỉnh) | | |\n", "có", True),
        ("Phụ lục | | |\n", "Phụ lục", False),
        ("Phụ lục III | | |\n(Kèm theo Quyết định số 15/QĐ-UBND) | | |\n", "Phụ lục III", False),
        ("Phụ lục II | | |\n(Kèm theo Công văn số /STN-VP) | | |\n", "Phụ lục II", False),
    ],
)
def test_an_appendix_keeps_its_number_in_the_paper_that_the_file_names(
    tmp_path: Path, above: str, label: str, is_left: bool
) -> None:
    table = DIGITAL.replace("PHỤ LỤC II | | |\n", above)
    found = imported(put_tables(tmp_path / "bang.xlsx", table))
    assert found.draft.settings["appendix_label"] == label
    assert any(one.text.startswith(("Phụ", "PHỤ")) for one in found.left_out) is is_left
    assert found.words.missing == ()
