"""Screen 0, the preview of a table: who does what, what has to be mended, how much is left out."""

from __future__ import annotations

import html
import re

from starlette.testclient import TestClient

from .page_client import OWN

TABLE = """STT\tTiêu chí\tĐiểm chuẩn\tĐơn vị chủ trì\tĐơn vị phối hợp
I\tChỉ đạo, điều hành\t3\t\t
1\tKế hoạch cải cách\t2\tPhòng Nội vụ\tcác thôn
2\tBáo cáo định kỳ\t1\tPhòng Kinh tế\tHội Nông dân, HTX, các chủ thể
\tTổng cộng\t3\t\t
"""


def preview_of(clerk: TestClient, table: str) -> str:
    answer = clerk.post("/moi", headers=OWN, files={"tep": ("bảng.txt", table.encode())})
    assert answer.status_code == 303, answer.text
    page = clerk.get(answer.headers["location"]).text
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_who_does_it_stands_in_the_column_of_units(clerk: TestClient) -> None:
    shown = preview_of(clerk, TABLE)
    assert "1 Kế hoạch cải cách 2 Chủ trì: Phòng Nội vụ Phối hợp: các thôn" in shown


def test_names_of_groups_are_not_counted_as_units(clerk: TestClient) -> None:
    shown = preview_of(clerk, TABLE)
    assert "Trang Đơn vị có 4 đơn vị, 0 nhóm gom từ bảng" in shown
    assert "Đơn vị gom được (4, và 1 tên nhóm chưa kể đơn vị nào)" in shown
    assert "các thôn ▲ tên nhóm" in shown


def test_cells_that_will_have_to_be_mended_are_told_above_the_rows(clerk: TestClient) -> None:
    shown = preview_of(clerk, TABLE)
    above, rows = shown.split("Từng dòng: trong tệp, và được hiểu là")
    assert "LỖI: 1 điều ở các dòng dưới" in above
    assert "Tạo xong phải sửa ô" in rows
    assert "Không rõ “các chủ thể”" in rows


def test_words_left_out_and_places_are_told_apart(clerk: TestClient) -> None:
    shown = preview_of(clerk, TABLE)
    assert "để lại (3 chữ dòng tổng cộng; 13 chữ tiêu đề cột)" in shown
    assert "dòng tổng cộng: 1 chỗ, 3 chữ" in shown


UNKNOWN = """Level\tOrder\tScore\tName
1\t1\t30\tTiêu chuẩn một
2\t1\t20\tMục thứ nhất
2\t2\t10\tMục thứ hai
"""


def test_columns_with_unknown_headings_are_asked_on_the_page(clerk: TestClient) -> None:
    answer = clerk.post("/moi", headers=OWN, files={"tep": ("bảng.txt", UNKNOWN.encode())})
    address = answer.headers["location"]
    asked = clerk.get(address)
    assert asked.status_code == 200
    words = html.unescape(asked.text)
    assert "Mỗi cột của tệp là cột nào" in words
    assert "trong tệp: Tiêu chuẩn một; Mục thứ nhất; Mục thứ hai" in words
    clerk.post(f"{address}/xem", headers=OWN, data={"cot:Score": "Điểm tối đa"})
    assert "Chưa cột nào là “Lĩnh vực/Tiêu chí" in html.unescape(clerk.get(address).text)
    names = "Lĩnh vực/Tiêu chí/Tiêu chí thành phần"
    told = {"cot:Level": "Cấp", "cot:Score": "Điểm tối đa", "cot:Name": names}
    clerk.post(f"{address}/xem", headers=OWN, data=told)
    shown = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", clerk.get(address).text)).split())
    assert "Tiêu chuẩn một 30" in shown
    assert "Mục thứ hai 10" in shown
