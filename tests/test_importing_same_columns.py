"""Two columns of one meaning: neither is lost from view, whatever they mean."""

from __future__ import annotations

from pathlib import Path

from cchc_office import Code, import_table
from cchc_office.steps.import_outline import import_outline

from .importing import imported, put_tables

GUIDED = """
STT | Tiêu chí           | Điểm chuẩn | Đơn vị chủ trì | Cách chấm điểm | Hướng dẫn chấm điểm
I   | Chỉ đạo, điều hành | 3          |                |                |
1   | Kế hoạch năm       | 2          | Phòng Nội vụ   | Có/Không       | Kế hoạch phải bám sát tỉnh
2   | Báo cáo định kỳ    | 1          | Phòng Kinh tế  | Có/Không       |
"""

TWO_UNITS = """
STT | Tiêu chí           | Điểm chuẩn | Đơn vị thực hiện | Phòng, ban phụ trách
I   | Chỉ đạo, điều hành | 3          |                  |
1   | Kế hoạch năm       | 2          | Phòng Nội vụ     | Phòng Kinh tế
2   | Báo cáo định kỳ    | 1          | Phòng Kinh tế    | Phòng Kinh tế
"""


def test_a_second_column_of_how_points_are_given_stands_in_the_remarks(tmp_path: Path) -> None:
    found = imported(put_tables(tmp_path / "bang.docx", GUIDED))
    assert [row.note for row in found.draft.rows] == ["", "Kế hoạch phải bám sát tỉnh", ""]
    assert [row.text("rule") for row in found.draft.rows[1:]] == ["Có/Không"] * 2
    told = [f for f in found.findings if f.code is Code.COLUMN_NEAR]
    assert [(f.found, f.expected, f.about) for f in told] == [
        ("Hướng dẫn chấm điểm", "Ghi chú", "cùng nghĩa với cột “Cách chấm điểm”")
    ]
    column = next(c for c in import_outline(found).columns if c.ours == "Ghi chú")
    assert column.is_doubtful
    assert "cùng nghĩa" in column.told


def test_it_can_be_the_one_that_is_taken(tmp_path: Path) -> None:
    path = put_tables(tmp_path / "bang.docx", GUIDED)
    found = import_table(path, columns={"Hướng dẫn chấm điểm": "Cách chấm"})
    assert found.draft.rows[1].text("rule") == "Kế hoạch phải bám sát tỉnh"
    columns = {c.name: c for c in import_outline(found).columns}
    assert not columns["Hướng dẫn chấm điểm"].is_doubtful
    assert columns["Cách chấm điểm"].is_doubtful
    assert "để lại" in columns["Cách chấm điểm"].told


def test_remarks_of_the_table_itself_are_not_mixed_with_it(tmp_path: Path) -> None:
    rows = GUIDED.strip().splitlines()
    table = "\n".join([f"{rows[0]} | Ghi chú", *(f"{row} | của cơ quan" for row in rows[1:])])
    found = imported(put_tables(tmp_path / "bang.docx", table))
    assert {row.note for row in found.draft.rows} == {"của cơ quan"}
    column = next(c for c in import_outline(found).columns if c.name == "Hướng dẫn chấm điểm")
    assert (column.ours, column.is_doubtful) == ("", True)
    assert "6 chữ để lại" in column.told


def test_a_second_column_of_units_is_asked_about(tmp_path: Path) -> None:
    found = imported(put_tables(tmp_path / "bang.docx", TWO_UNITS))
    assert [row.note for row in found.draft.rows] == [""] * 3
    column = next(c for c in import_outline(found).columns if not c.ours)
    assert column.is_doubtful
    assert column.told == "cùng nghĩa với cột “Đơn vị thực hiện”; 6 chữ để lại"
