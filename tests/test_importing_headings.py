"""What columns of offices' tables are, where headings mislead: shapes of real files, words made up."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from cchc_office import Code, ImportPreview, import_table
from cchc_office.errors import CampaignError

from .importing import imported, put_tables, rows_of

MEASURES = """
TT | Chỉ tiêu                        | Đơn vị   | Kết quả | Cơ quan chủ trì theo dõi, đánh giá
I  | Hạ tầng                         |          |         |
1  | Tỷ lệ hộ có đường truyền        | %        | 80      | Sở Công Thương
2  | Xếp hạng chỉ số của tỉnh        | Thứ bậc  | 20      | Sở Nội vụ
3  | Số cơ sở được hỗ trợ trong năm  | Cơ sở    | 100     | Sở Tài chính
"""


def test_units_of_measure_are_not_taken_for_units(tmp_path: Path) -> None:
    found = imported(put_tables(tmp_path / "bang.xlsx", MEASURES))
    assert [row.unit_text for row in found.draft.rows] == [""] * 4
    assert [row.text("leads") for row in found.draft.rows[1:]] == [
        "Sở Công Thương",
        "Sở Nội vụ",
        "Sở Tài chính",
    ]
    assert {unit.name for unit in found.draft.units} == {
        "Sở Công Thương",
        "Sở Nội vụ",
        "Sở Tài chính",
    }


OPINIONS = """
TT | Tên nhiệm vụ      | Đơn vị/Cá nhân đầu mối | Tình hình thực hiện | Ý kiến của đơn vị | Trạng thái
1  | Lập kế hoạch năm  | Văn phòng              | Đã trình            | Nhất trí          | Trong hạn
2  | Rà soát văn bản   | Phòng Pháp chế         | Đang làm            | Xin lùi hạn       | Quá hạn
"""


def test_what_units_say_is_not_who_does_it(tmp_path: Path) -> None:
    found = imported(put_tables(tmp_path / "bang.xlsx", OPINIONS))
    assert [row.text("leads") for row in found.draft.rows] == ["Văn phòng", "Phòng Pháp chế"]


def test_who_gives_points_is_no_name_of_rows(tmp_path: Path) -> None:
    table = """
TT  | Tiêu chí chấm điểm     | Điểm tối đa | Điểm tự chấm | Trưởng khoa/phòng chấm
(1) | (2)                    | (3)         | (4)          | (5)
1   | Chấp hành kỷ luật      | 10          |              |
2   | Hoàn thành kế hoạch    | 20          |              |
"""
    found = imported(put_tables(tmp_path / "bang.xlsx", table))
    assert rows_of(found) == [
        ("1", "Chấp hành kỷ luật", "10", ""),
        ("2", "Hoàn thành kế hoạch", "20", ""),
    ]


def test_a_sign_for_the_number_of_rows(tmp_path: Path) -> None:
    table = """
# | Nội dung đánh giá     | Điểm tối đa | Trạng thái
I | Chấp hành chủ trương  | 10          |
1 | Học tập nghị quyết    | 5           |
2 | Nâng cao hiểu biết    | 5           |
"""
    found = imported(put_tables(tmp_path / "bang.xlsx", table))
    assert rows_of(found) == [
        ("I", "Chấp hành chủ trương", "10", ""),
        ("1", "Học tập nghị quyết", "5", ""),
        ("2", "Nâng cao hiểu biết", "5", ""),
    ]
    assert [row.level for row in found.rows] == [1, 2, 2]


def test_the_first_group_is_no_line_of_the_headings(tmp_path: Path) -> None:
    table = """
STT | Mã số | Tên tiêu chí             | Cơ quan chủ trì
    |       | Nhóm tiêu chí tác động   |
1   | 0101  | Nhân lực cho khoa học    | Sở Nội vụ
2   | 0102  | Đầu tư cho khoa học      | Sở Tài chính
    |       | Nhóm tiêu chí kết quả    |
3   | 0201  | Số bài báo được công bố  | Sở Nội vụ
"""
    found = imported(put_tables(tmp_path / "bang.xlsx", table))
    assert [row.name for row in found.draft.rows] == [
        "Nhóm tiêu chí tác động",
        "Nhân lực cho khoa học",
        "Đầu tư cho khoa học",
        "Nhóm tiêu chí kết quả",
        "Số bài báo được công bố",
    ]


@pytest.mark.parametrize(
    "table",
    [
        """
Thứ hạng | Đơn vị         | Điểm chuẩn tối đa | Điểm đạt được | Xếp loại
1        | Sở Nội vụ      | 96                | 90            | Tốt
2        | Sở Tài chính   | 95                | 88            | Tốt
3        | Sở Công Thương | 96                | 80            | Khá
""",
        """
STT | Nội dung                  | Điểm số | Thứ hạng
1   | Chi phí gia nhập thị trường | 7,2     | 5
2   | Tính minh bạch            | 6,1     | 20
""",
    ],
)
def test_a_table_of_results_is_no_table_of_criteria(tmp_path: Path, table: str) -> None:
    with pytest.raises(CampaignError, match="Thứ hạng"):
        imported(put_tables(tmp_path / "bang.xlsx", table))


SCORING_LINES = """
STT    | Lĩnh vực/Tiêu chí                         | Điểm tối đa | Ghi chú
1.     | CHỈ ĐẠO ĐIỀU HÀNH                         | 3           |
1.1.   | Chế độ báo cáo                            | 1           |
       | Thực hiện đầy đủ, đúng hạn: 1             |             |
       | Không đầy đủ: 0                           |             |
1.2.   | Công tác kiểm tra                         | 2           |
1.2.1. | Tỷ lệ đơn vị được kiểm tra                | 1           |
       | Từ 20% số đơn vị trở lên: 1               |             |
       | Dưới 20% số đơn vị: 0                     |             |
1.2.2. | Xử lý vấn đề phát hiện                    | 1           |
       | Tính điểm theo công thức: (b/a)*điểm tối đa |           |
       | a là số vấn đề, b là số đã xử lý          |             |
       | TỔNG ĐIỂM                                 | 3           |
"""


def test_lines_that_say_points_are_how_the_row_above_is_scored(tmp_path: Path) -> None:
    found = imported(put_tables(tmp_path / "bang.docx", SCORING_LINES))
    rows = [(row.code, str(row.max_score), row.text("rule")) for row in found.draft.rows]
    assert rows == [
        ("1.", "3", ""),
        ("1.1.", "1", "Thực hiện đầy đủ, đúng hạn: 1\nKhông đầy đủ: 0"),
        ("1.2.", "2", ""),
        ("1.2.1.", "1", "Từ 20% số đơn vị trở lên: 1\nDưới 20% số đơn vị: 0"),
        (
            "1.2.2.",
            "1",
            "Tính điểm theo công thức: (b/a)*điểm tối đa a là số vấn đề, b là số đã xử lý",
        ),
    ]
    assert Code.SCORING_LINES_TAKEN in [f.code for f in found.findings]


def test_a_number_that_is_written_unusually_is_told(tmp_path: Path) -> None:
    table = """
STT  | Tiêu chí               | Điểm tối đa
1.1. | Chế độ báo cáo         | 0.2 5
1.2. | Công tác kiểm tra      | 2.00
1.3. | Công tác tuyên truyền  | ≤300
"""
    found = import_table(put_tables(tmp_path / "bang.docx", table))
    assert [str(row.max_score) for row in found.draft.rows] == ["0.25", "2.00", "300"]
    told = [f for f in found.findings if f.code is Code.NUMBER_UNUSUAL]
    assert [(f.found, f.expected) for f in told] == [("0.2 5", "0.25"), ("≤300", "300")]
    assert found.words.missing == ()


def test_a_page_that_numbers_on_is_no_other_table(tmp_path: Path) -> None:
    first = """
TT | Nội dung đánh giá        | Điểm tối đa
I  | Ý thức học tập           | 20
1  | Đi học đầy đủ            | 10
2  | Kết quả học tập          | 10
II | Chấp hành nội quy        | 25
1  | Chấp hành văn bản        | 25
"""
    second = """
III | Ý thức công dân         | 25
1   | Tuyên truyền chủ trương | 15
2   | Tham gia việc xã hội    | 10
    | Tổng điểm               | 70
"""
    found = imported(put_tables(tmp_path / "bang.docx", first, second))
    assert [row.code for row in found.draft.rows] == ["I", "1", "2", "II", "1", "III", "1", "2"]
    assert len(found.offers) == 1


def test_signs_apart_from_their_numbers(tmp_path: Path) -> None:
    table = """
STT | TIÊU CHUẨN THI ĐUA        | Chuẩn | Thưởng | Trừ
1   | Tiêu chuẩn 1: Việc chung  | 10    |        |
a1  | Triển khai kịp thời       | 10    |        |
a2  | Có sáng kiến              |       | + 0,5  |
a3  | Chậm báo cáo              |       |        | - 0,25
"""
    found = imported(put_tables(tmp_path / "bang.xlsx", table))
    assert [(row.text("bonus"), row.text("deduction")) for row in found.draft.rows[2:]] == [
        ("+0,5", ""),
        ("", "-0,25"),
    ]
    sheet = openpyxl.load_workbook(io.BytesIO(found.content))["Bộ chỉ số"]
    cells = [cell.value for row in sheet.iter_rows(max_row=9) for cell in row]
    assert "Cách tổng hợp" in cells


def test_a_cell_that_says_name_and_scoring_is_parted(tmp_path: Path) -> None:
    table = """
STT | Nội dung tiêu chí và hướng dẫn cách đánh giá | Điểm tối đa
1   | CHỈ ĐẠO ĐIỀU HÀNH | 2
1.1 | Ban hành kế hoạch năm.⏎Yêu cầu: Đủ bảy nội dung.⏎- Ban hành kịp thời: 1⏎- Không kịp thời: 0 | 1
1.2 | Chế độ báo cáo⏎định kỳ⏎- Báo cáo đủ: 1 | 1
"""
    found = imported(put_tables(tmp_path / "bang.xlsx", table))
    assert [(row.name, row.text("rule")) for row in found.draft.rows] == [
        ("CHỈ ĐẠO ĐIỀU HÀNH", ""),
        (
            "Ban hành kế hoạch năm.",
            "Yêu cầu: Đủ bảy nội dung.\n- Ban hành kịp thời: 1\n- Không kịp thời: 0",
        ),
        ("Chế độ báo cáo định kỳ", "- Báo cáo đủ: 1"),
    ]


def test_tasks_that_share_a_name_stay_tasks_of_their_own(tmp_path: Path) -> None:
    path = put_tables(
        tmp_path / "bang.xlsx",
        """
STT | Nhiệm vụ              | Sản phẩm          | Chủ trì
1   | Tham mưu kiểm tra     | Kế hoạch của tỉnh | Sở Nội vụ
    |                       | Kế hoạch của xã   | UBND xã
2   | Tham mưu tuyên truyền | Kế hoạch          | Sở Nội vụ
""",
    )
    book = openpyxl.load_workbook(path)
    book.worksheets[0].merge_cells("A2:A3")
    book.worksheets[0].merge_cells("B2:B3")
    book.save(path)
    found = imported(path)
    assert [(row.name, row.text("leads")) for row in found.draft.rows] == [
        ("Tham mưu kiểm tra", "Sở Nội vụ"),
        ("Tham mưu kiểm tra", "UBND xã"),
        ("Tham mưu tuyên truyền", "Sở Nội vụ"),
    ]


def test_a_row_that_only_says_how_it_is_scored_is_named_by_that(tmp_path: Path) -> None:
    table = """
TT | Nội dung tiêu chí      | Điểm tối đa | Cách chấm điểm
1  | Hoạt động giám sát     | 3           |
a  |                        | 1           | Có nghị quyết: 1 điểm
b  |                        | 2           | Giám sát từ hai cuộc: 2 điểm
"""
    found = imported(put_tables(tmp_path / "bang.xlsx", table))
    assert [(row.name, row.text("rule")) for row in found.draft.rows[1:]] == [
        ("Có nghị quyết: 1 điểm",) * 2,
        ("Giám sát từ hai cuộc: 2 điểm",) * 2,
    ]
    assert [f.about for f in found.findings if f.code is Code.NAME_FROM_RULE] == ["a", "b"]


def yellow(found: ImportPreview) -> set[tuple[str, str]]:
    """Return which cells are coloured, by the codes of their rows and the keys of their columns."""
    return {(row.code, remark.key) for row in found.draft.rows for remark in row.remarks}


def test_a_name_that_is_missing_where_one_cell_says_name_and_scoring_is_asked_for(
    tmp_path: Path,
) -> None:
    table = """
STT | Nội dung tiêu chí và hướng dẫn cách đánh giá | Điểm tối đa
1   | CHỈ ĐẠO ĐIỀU HÀNH | 2
1.1 | Yêu cầu: Đủ bảy nội dung.⏎- Ban hành kịp thời: 1⏎- Không kịp thời: 0 | 1
1.2 | Chế độ báo cáo⏎- Báo cáo đủ: 1 | 1
"""
    found = imported(put_tables(tmp_path / "bang.xlsx", table))
    row = found.draft.rows[1]
    assert row.text("rule") == (
        "Yêu cầu: Đủ bảy nội dung.\n- Ban hành kịp thời: 1\n- Không kịp thời: 0"
    )
    told = [f for f in found.findings if f.code is Code.NAME_FROM_RULE]
    assert [(f.about, f.cell) for f in told] == [("1.1", "B3")]
    assert "ô tô vàng" in told[0].advice
    assert yellow(found) == {("1.1", "name")}


def test_a_name_that_reads_as_scoring_does_is_asked_about(tmp_path: Path) -> None:
    table = """
STT | Tiêu chí | Điểm tối đa | Cách chấm
1   | CHỈ ĐẠO ĐIỀU HÀNH | 4 |
1.1 | Yêu cầu: Đủ bảy nội dung. | 1 | - Ban hành kịp thời: 1
1.2 | Nếu đạt từ 80% trở lên thì điểm đánh giá là 1 | 1 |
1.3 | Yêu cầu bổ sung hồ sơ không quá một lần | 1 |
1.4 | Tính công khai của thủ tục | 1 |
"""
    found = imported(put_tables(tmp_path / "bang.xlsx", table))
    told = [f for f in found.findings if f.code is Code.NAME_LIKE_RULE]
    assert [(f.about, f.cell) for f in told] == [("1.1", "B3"), ("1.2", "B4")]
    assert [row.name for row in found.draft.rows][1] == "Yêu cầu: Đủ bảy nội dung."
    assert yellow(found) == {("1.1", "name"), ("1.2", "name")}


def test_who_is_the_contact_leads(tmp_path: Path) -> None:
    table = """
TT | Tên nhiệm vụ      | Đơn vị/Cá nhân đầu mối | Đơn vị/Cá nhân phối hợp
1  | Lập kế hoạch năm  | Văn phòng              | Phòng Pháp chế
2  | Rà soát văn bản   | Phòng Pháp chế         | Văn phòng
"""
    found = imported(put_tables(tmp_path / "bang.xlsx", table))
    assert [(row.text("leads"), row.text("supports")) for row in found.draft.rows] == [
        ("Văn phòng", "Phòng Pháp chế"),
        ("Phòng Pháp chế", "Văn phòng"),
    ]


def test_units_and_what_they_achieved_are_no_criteria(tmp_path: Path) -> None:
    table = """
STT | Địa phương              | Điểm tối đa | Tỷ lệ (%)
1   | UBND xã Bình Minh       | 13,9        | 93
2   | UBND phường An Phú      | 13,8        | 92
3   | UBND xã Đông Hòa        | 13,6        | 90
"""
    with pytest.raises(CampaignError, match="Địa phương"):
        imported(put_tables(tmp_path / "bang.xlsx", table))


def test_points_of_several_rows_in_one_are_refused(tmp_path: Path) -> None:
    table = """
STT | Tiêu chí              | Điểm tối đa
1   | Ban hành kế hoạch     | 2⏎3⏎5
2   | Báo cáo đúng hạn      | 1⏎1
3   | Kiểm tra theo đợt     | 4⏎2
"""
    with pytest.raises(CampaignError, match="không cho biết điểm nào của dòng nào"):
        imported(put_tables(tmp_path / "bang.xlsx", table))


def test_a_refusal_names_each_heading_once_and_what_results_are(tmp_path: Path) -> None:
    letterhead = """
Số: 12/BC-SNV    | ngày 02 tháng 02 năm 2026
"""
    results = """
STT | Đơn vị           | Điểm chuẩn tối đa | Điểm thẩm định | Chỉ số
1   | Sở Nội vụ        | 10                | 9              | 90
"""
    path = put_tables(tmp_path / "bang.docx", letterhead, results, results)
    with pytest.raises(CampaignError) as refused:
        imported(path)
    said = str(refused.value)
    assert "là bảng kết quả" in said
    assert said.count("“Điểm chuẩn tối đa” (gần “Điểm tối đa”)") == 1
    assert "Số: 12" not in said


def test_a_heading_in_several_lines_is_one_heading(tmp_path: Path) -> None:
    """As in a PDF whose narrow column breaks "Hệ số … chuẩn": its last line is no "Chuẩn"."""
    table = """
STT | Nhiệm vụ                    | Khung điểm tối đa | Hệ số quy đổi | Phạm vi áp
.   | .                           | .                 | theo đầu ra   | dụng theo
.   | .                           | .                 | chuẩn         | cấp
1   | Soạn thảo văn bản           | 100               | 0,8           | 1
2   | Báo cáo số liệu             | 200               | 8             | 2
"""
    path = put_tables(tmp_path / "bang.xlsx", table)
    book = openpyxl.load_workbook(path)
    for letter in "ABC":
        book.active.merge_cells(f"{letter}1:{letter}3")  # type: ignore[union-attr]
    book.save(path)
    found = imported(path)
    assert [c.ours for c in found.columns] == [
        *("STT", "Lĩnh vực/Tiêu chí/Tiêu chí thành phần", "Điểm tối đa", "", ""),
    ]
    assert [row.max_score for row in found.draft.rows] == [100, 200]
    assert {f.found for f in found.findings if f.code is Code.COLUMN_NOT_TAKEN} == {
        "Hệ số quy đổi › theo đầu ra › chuẩn",
        "Phạm vi áp › dụng theo › cấp",
    }


def test_numbers_of_something_are_no_departments(tmp_path: Path) -> None:
    """Without its marks "Số hồ sơ" is "Sở …": the table was refused as a list of units."""
    table = """
STT | Chỉ tiêu                      | Điểm tối đa
1   | Số hồ sơ giải quyết đúng hạn  | 2
2   | Số văn bản ban hành           | 1
3   | Số cán bộ được bồi dưỡng      | 3
"""
    found = import_table(put_tables(tmp_path / "bang.docx", table))
    assert [row.max_score for row in found.draft.rows] == [2, 1, 3]
