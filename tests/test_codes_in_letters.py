"""Codes of five levels in the tables of letters: none is broken over two lines."""

from __future__ import annotations

import docx
import pytest

from cchc_office.text.widths import text_width

from .appraised_campaigns import units_file
from .whole_year import Office

DEEP = """
STT       | Lĩnh vực/Tiêu chí/Tiêu chí thành phần                  | Điểm tối đa | Đơn vị thực hiện
1         | Chỉ đạo, điều hành                                     |     |
1.2       | Kế hoạch cải cách hành chính                           |     |
1.2.3     | Thực hiện kế hoạch                                     |     |
1.2.3.4   | Tổ chức thực hiện                                      |     |
1.2.3.4.5 | Ban hành kế hoạch tuyên truyền cải cách hành chính năm | 1   | mọi nơi
1.2.3.4.6 | Mức độ hoàn thành kế hoạch tuyên truyền                | 2,5 | mọi nơi
"""
BESIDE = 10.8
"""What Word keeps free beside a cell's text, in points."""

SIZE = 13
LETTERS = ("issued/cong-van", "round-1/giai-trinh", "round-2/giai-trinh")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    folder = tmp_path_factory.mktemp("dot")
    office = Office(units_file(folder / "dot", 2, DEEP).parent, folder / "ra")
    office.whole_year(returned=1)
    return office


@pytest.mark.parametrize("place", LETTERS)
def test_no_code_is_broken(office: Office, place: str) -> None:
    tables = [
        table
        for path in sorted((office.papers / place).glob("*.docx"))
        for table in docx.Document(str(path)).tables
        if table.rows[0].cells[0].text in ("TT", "STT")
    ]
    deep = [
        (cell.text, table.columns[at].width.pt - BESIDE)
        for table in tables
        for row in table.rows
        for at, cell in enumerate(row.cells)
        if cell.text.startswith("1.2.3.4.")
    ]
    assert deep
    for code, room in deep:
        assert text_width(code, SIZE) <= room, (place, code)
