"""What was doubtful in a row that was brought in is told until the clerk settles it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from starlette.testclient import TestClient

from cchc_office import open_campaign, start_campaign
from cchc_office.catalogue.findings import Code, Finding
from cchc_office.web.desk import Desk

from .calls import cchc
from .importing import put_tables
from .page_visits import shown

TABLE = """
STT | Nội dung           | Điểm tối đa | Đơn vị thực hiện
1   | Lĩnh vực một       |             |
1.1 | Ban hành kế hoạch  | 1           | Văn phòng Sở
    | Báo cáo định kỳ    | 0,5         | Văn phòng Sở
1.2 | Giải quyết hồ sơ   | 2           | Phòng Một
"""
SAYS = "Dòng “Báo cáo định kỳ” không có mã trong tệp gốc"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A campaign made of a table in which one row has no code."""
    start_campaign(tmp_path / "dot", table=put_tables(tmp_path / "bang.xlsx", TABLE))
    return tmp_path / "dot"


def doubts(folder: Path) -> list[Finding]:
    found = open_campaign(folder).campaign.findings
    return [f for f in found if f.code is Code.IMPORT_NOT_LOOKED_AT]


def change(folder: Path, how: Callable[[Any], None]) -> None:
    file = folder / "dot-cham.xlsx"
    book = load_workbook(file)
    how(book)
    book.save(file)


def row_named(sheet: Any, name: str) -> int:
    return next(r for r in range(1, sheet.max_row + 1) if sheet.cell(r, 2).value == name)


def test_a_doubt_is_told_at_its_cell_with_where_it_comes_from(folder: Path) -> None:
    (doubt,) = doubts(folder)
    row = row_named(load_workbook(folder / "dot-cham.xlsx")["Bộ chỉ số"], "Báo cáo định kỳ")
    assert (doubt.sheet, doubt.cell) == ("Bộ chỉ số", f"A{row}")
    assert SAYS in doubt.sentence
    assert "dòng 4" in doubt.sentence


def test_kiem_tra_and_the_page_say_it(
    folder: Path, capsys: pytest.CaptureFixture[str], clerk: TestClient, desk: Desk
) -> None:
    cchc("kiem-tra", folder)
    assert SAYS in " ".join(capsys.readouterr().out.split())
    text = shown(clerk.get(f"/d/{desk.open(folder).id}/bo-chi-so").text)
    assert f"Cần xem từ khi nhập tệp (Trang 1, dòng 4): {SAYS}" in text


def test_who_changes_the_cell_settles_it(folder: Path) -> None:
    def write(book: Any) -> None:
        sheet = book["Bộ chỉ số"]
        sheet.cell(row_named(sheet, "Báo cáo định kỳ"), 1).value = "1.1a"

    change(folder, write)
    assert doubts(folder) == []


def test_who_ticks_it_as_seen_settles_it(folder: Path) -> None:
    (doubt,) = doubts(folder)

    def tick(book: Any) -> None:
        book["Nhập từ tệp"][doubt.seen_at] = "x"

    change(folder, tick)
    assert doubts(folder) == []


def test_it_goes_along_with_its_row_and_goes_with_it(folder: Path) -> None:
    (before,) = doubts(folder)
    change(folder, lambda book: book["Bộ chỉ số"].insert_rows(2))
    (after,) = doubts(folder)
    assert int(after.cell[1:]) == int(before.cell[1:]) + 1

    def delete(book: Any) -> None:
        book["Bộ chỉ số"].delete_rows(int(after.cell[1:]))

    change(folder, delete)
    assert doubts(folder) == []


def test_another_column_or_another_row_settles_nothing(folder: Path) -> None:
    def write(book: Any) -> None:
        sheet = book["Bộ chỉ số"]
        row = row_named(sheet, "Báo cáo định kỳ")
        sheet.cell(row, 3).value = 0.75
        sheet.cell(row - 1, 1).value = "1.9"

    change(folder, write)
    assert len(doubts(folder)) == 1


def test_what_the_workbook_is_told_of_anyway_is_not_told_twice(tmp_path: Path) -> None:
    import datetime as dt

    file = put_tables(tmp_path / "bang.xlsx", TABLE)
    book = load_workbook(file)
    book.worksheets[0]["A4"] = dt.date(2026, 1, 1)
    book.save(file)
    start_campaign(tmp_path / "dot", table=file)
    found = open_campaign(tmp_path / "dot").campaign.findings
    at_cell = [f for f in found if f.sheet == "Bộ chỉ số" and f.is_error]
    assert at_cell
    assert not {f.cell for f in at_cell} & {f.cell for f in doubts(tmp_path / "dot")}


def test_the_source_of_a_doubt_quotes_nothing_that_the_file_has_not(tmp_path: Path) -> None:
    table = """
    STT   | Nội dung                 | Điểm tối đa | Đơn vị thực hiện
    b     | Công tác tham mưu        | 20          |
    b.1   | Lập kế hoạch sử dụng đất | 10          | Phòng Một
    b.2   | Tham mưu giúp ủy ban     | 10          | Phòng Hai
          | Mỗi trường hợp chậm trễ  | -1          | Phòng Hai
    b.2.5 | Tham mưu thanh tra       | -1          | Phòng Hai
    """
    start_campaign(tmp_path / "dot", table=put_tables(tmp_path / "bang.xlsx", table))
    sheet = load_workbook(tmp_path / "dot" / "dot-cham.xlsx")["Bộ chỉ số"]
    remarks = [cell.comment.text for row in sheet for cell in row if cell.comment]
    (source,) = [text for text in remarks if "Nguồn: " in text]
    assert source.endswith("Nguồn: Trang 1, dòng 5: “Mỗi trường hợp chậm trễ | Phòng Hai”")


def test_a_group_that_stands_among_the_units_is_told_until_units_take_its_place(
    tmp_path: Path,
) -> None:
    table = """
    STT | Nội dung              | Điểm tối đa | Đơn vị thực hiện
    I   | Nền nếp               | 20          |
    1   | Đi học đúng giờ       | 10          | Tất cả các lớp
    2   | Giữ gìn vệ sinh       | 10          | Tất cả các lớp
    """
    start_campaign(tmp_path / "dot", table=put_tables(tmp_path / "bang.xlsx", table))

    def told() -> list[str]:
        found = open_campaign(tmp_path / "dot").campaign.findings
        return [f.found for f in found if f.code is Code.UNIT_NAMES_MANY]

    assert told() == ["Tất cả các lớp"]

    def named(book: Any) -> None:
        sheet = book["Đơn vị"]
        sheet["A3"], sheet["B3"], sheet["D3"] = "L1", "Lớp Một", "Tất cả các lớp"

    change(tmp_path / "dot", named)
    assert told() == []
    campaign = open_campaign(tmp_path / "dot").campaign
    assert [unit.code for unit in campaign.units] == ["L1"]
    assert not [f for f in campaign.findings if f.code is Code.UNKNOWN_UNIT]
