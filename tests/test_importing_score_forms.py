"""Forms by which persons are scored: shapes of real files, words made up."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from cchc_office import Code, ImportPreview, import_table

from .importing import imported, put_tables, rows_of

UNDER_ONE_HEADING = """
Nội dung đánh giá | .                       | .   | Minh chứng
I                 | Ý thức học tập          |     |
a                 | Kết quả loại xuất sắc   | 11  |
b                 | Kết quả loại giỏi       | 9   |
II                | Chấp hành nội quy       |     |
1                 | Sinh hoạt lớp đầy đủ    | 4   |
"""

TWO_FORMS = (
    """
Tiêu chí đánh giá                       | Điểm | Điểm tối đa
1. Tổng quan về hồ sơ đăng ký           |      | 8
a) Mức độ đầy đủ của hồ sơ              |      | 4
b) Mức độ phù hợp của thông tin chung   |      | 4
2. Kinh phí thực hiện dự án             |      | 16
""",
    """
Tiêu chí đánh giá                       | Điểm | Điểm tối đa
1. Xuất xứ của công nghệ chuyển giao    |      | 8
a) Mức độ rõ ràng về cơ sở pháp lý      |      | 8
2. Mục tiêu, nội dung của nhiệm vụ      |      | 12
""",
)

FRAMES = """
TT | Các nội dung đánh giá     | Khung điểm
I  | Ý thức học tập            | Từ 0 đến 20
1  | Đi học đầy đủ, đúng giờ   | 0 - 8
2  | Kết quả học tập           | 0 ÷ 12 điểm
   | Tổng I.b (tối đa 12)      |
   | Tổng I (tối đa 20)        |
II | Chấp hành nội quy         | 0–25
   | Tổng cộng                 | 45
"""


def points(found: ImportPreview) -> list[tuple[str, str, str]]:
    return [(code, name, points) for code, name, points, _ in rows_of(found)]


def test_codes_names_and_points_under_one_merged_heading_are_told_apart(tmp_path: Path) -> None:
    path = put_tables(tmp_path / "phieu.xlsx", UNDER_ONE_HEADING)
    book = openpyxl.load_workbook(path)
    book.active.merge_cells("A1:C1")  # type: ignore[union-attr]
    book.save(path)
    assert points(imported(path)) == [
        ("I", "Ý thức học tập", ""),
        ("a", "Kết quả loại xuất sắc", "11"),
        ("b", "Kết quả loại giỏi", "9"),
        ("II", "Chấp hành nội quy", ""),
        ("1", "Sinh hoạt lớp đầy đủ", "4"),
    ]


def test_a_form_that_numbers_anew_in_its_names_is_another_table(tmp_path: Path) -> None:
    found = imported(put_tables(tmp_path / "phieu.docx", *TWO_FORMS))
    assert [offer.rows for offer in found.offers] == [4, 3]
    assert [row.code for row in found.draft.rows] == ["1.", "a)", "b)", "2."]


def test_a_range_from_nothing_is_read_as_its_most_and_told(tmp_path: Path) -> None:
    found = import_table(put_tables(tmp_path / "phieu.xlsx", FRAMES))
    assert points(found) == [
        ("I", "Ý thức học tập", "20"),
        ("1", "Đi học đầy đủ, đúng giờ", "8"),
        ("2", "Kết quả học tập", "12"),
        ("II", "Chấp hành nội quy", "25"),
    ]
    assert found.words.missing == ()
    told = [(f.found, f.expected) for f in found.findings if f.code is Code.NUMBER_UNUSUAL]
    assert told == [("Từ 0 đến 20", "20"), ("0 - 8", "8"), ("0 ÷ 12 điểm", "12"), ("0–25", "25")]


def test_sums_that_name_their_part_and_its_most_are_no_rows(tmp_path: Path) -> None:
    found = import_table(put_tables(tmp_path / "phieu.xlsx", FRAMES))
    sums = [one.text for one in found.left_out if "Tổng" in one.text]
    assert sums == ["Tổng I.b (tối đa 12)", "Tổng I (tối đa 20)", "Tổng cộng | 45"]
