"""Tables whose headings are not known, and files without any table: what is asked, what is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from cchc_office import import_table
from cchc_office.errors import CampaignError
from cchc_office.steps.starting import UnknownColumnsError

from .importing import put_tables
from .pdf_files import pdf_file, words

TABLE = """
Level | Order | Score | Name
1     | 1     | 30    | Tiêu chuẩn một
2     | 1     | 20    | Mục thứ nhất
2     | 2     | 10    | Mục thứ hai
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return put_tables(tmp_path / "bang.xlsx", TABLE)


def test_what_the_columns_are_is_asked(file: Path) -> None:
    with pytest.raises(UnknownColumnsError, match=r"--cot.*Name=") as asked:
        import_table(file)
    assert [column.name for column in asked.value.columns] == ["Level", "Order", "Score", "Name"]
    assert asked.value.columns[3].samples == ("Tiêu chuẩn một", "Mục thứ nhất", "Mục thứ hai")


def test_the_columns_that_a_clerk_told_are_taken(file: Path) -> None:
    found = import_table(file, columns={"Name": "Tiêu chí", "Score": "Điểm tối đa", "Level": "Cấp"})
    rows = [(row.name, row.level, str(row.max_score)) for row in found.draft.rows]
    assert rows == [
        ("Tiêu chuẩn một", 1, "30"),
        ("Mục thứ nhất", 2, "20"),
        ("Mục thứ hai", 2, "10"),
    ]
    assert found.words.missing == ()
    left = [one.text for one in found.left_out]
    assert "Level | Order | Score | Name" in left


def test_a_column_that_is_known_beside_unknown_ones_is_told(tmp_path: Path) -> None:
    table = TABLE.replace("Score", "Điểm tối đa").replace("Tiêu chuẩn một", "Một hai")
    table = table.replace("Mục thứ nhất", "Hai ba").replace("Mục thứ hai", "Ba bốn")
    with pytest.raises(UnknownColumnsError) as asked:
        import_table(put_tables(tmp_path / "bang.xlsx", table))
    assert [column.ours for column in asked.value.columns] == ["", "", "Điểm tối đa", ""]


@pytest.mark.parametrize(
    "table",
    [
        """
        Họ và tên    | Lớp | Tuổi
        Người thứ nhất | A | 10
        Người thứ hai  | A | 11
        Người thứ ba   | B | 12
        """,
        """
        Nơi chấm       | Kết quả
        Sở Nội vụ      | 90
        Sở Tài chính   | 88
        Sở Công Thương | 80
        """,
    ],
)
def test_a_table_of_people_or_units_is_refused_and_not_asked(tmp_path: Path, table: str) -> None:
    with pytest.raises(CampaignError) as refused:
        import_table(put_tables(tmp_path / "bang.xlsx", table))
    assert not isinstance(refused.value, UnknownColumnsError)


def test_a_pdf_without_a_table_says_why_and_what_to_do(tmp_path: Path) -> None:
    path = pdf_file(tmp_path / "thu.pdf", words(55, 104, "Đề nghị các đơn vị gửi báo cáo."))
    with pytest.raises(CampaignError, match=r"không có khung kẻ.*mở PDF bằng Word"):
        import_table(path)
