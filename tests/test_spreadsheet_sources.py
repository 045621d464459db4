"""Spreadsheets as sources: what people see is taken, what is hidden or pinned on is listed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font

from cchc_office.errors import CampaignError
from cchc_office.importing.reading import read_source
from cchc_office.importing.source import CellLook, Reason, SourceDocument

Convert = Callable[[Path, str], Path]


def texts(document: SourceDocument) -> list[list[str]]:
    [found] = document.tables
    return [
        [c.text if c.address == c.head else f"^{c.head}" for c in row] for row in found.sheet.rows
    ]


def left(document: SourceDocument) -> list[tuple[str, str, Reason]]:
    return [(one.place, one.text, one.reason) for one in document.left_out]


def hiding(path: Path) -> Path:
    """Make a workbook with a hidden row, a row of no height, a filter, a hidden column."""
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Bảng")
    rows = (
        ("STT", "Nội dung", "Nháp", "Đơn vị"),
        ("1", "Kế hoạch", "a", "Văn phòng"),
        ("2", "Ẩn bằng tay", "b", ""),
        ("3", "Cao 0", "c", "Thanh tra"),
        ("4", "Bị lọc", "d", ""),
        ("5", "Báo cáo", "đ", "Thanh tra"),
    )
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            sheet.write_string(r, c, text)
    sheet.merge_range(1, 3, 2, 3, "Văn phòng")
    sheet.set_row(2, None, None, {"hidden": True})
    sheet.set_row(3, 0)
    sheet.autofilter(0, 0, 5, 3)
    sheet.set_row(4, None, None, {"hidden": True})
    sheet.set_column(2, 2, None, None, {"hidden": True})
    book.close()
    return path


SHOWN = [
    ["STT", "Nội dung", "", "Đơn vị"],
    ["1", "Kế hoạch", "", "Văn phòng"],
    ["", "", "", ""],
    ["", "", "", ""],
    ["", "", "", ""],
    ["5", "Báo cáo", "", "Thanh tra"],
]
HIDDEN = [
    ("trang tính “Bảng”, dòng 3", "2 | Ẩn bằng tay | b", Reason.HIDDEN_ROW),
    ("trang tính “Bảng”, dòng 4", "3 | Cao 0 | c | Thanh tra", Reason.HIDDEN_ROW),
    ("trang tính “Bảng”, dòng 5", "4 | Bị lọc | d", Reason.HIDDEN_ROW),
    ("trang tính “Bảng”, cột C", "Nháp | a | đ", Reason.HIDDEN_COLUMN),
]


def test_hidden_rows_and_columns_are_listed_and_blank(tmp_path: Path) -> None:
    document = read_source(hiding(tmp_path / "bang.xlsx"))
    assert texts(document) == SHOWN
    assert left(document) == HIDDEN


@pytest.mark.libreoffice
@pytest.mark.parametrize("ending", ["xls", "ods"])
def test_hidden_rows_and_columns_of_other_formats(
    tmp_path: Path, ending: str, libreoffice: Convert
) -> None:
    document = read_source(libreoffice(hiding(tmp_path / "bang.xlsx"), ending))
    assert texts(document) == SHOWN
    assert left(document) == HIDDEN


def test_a_merged_cell_whose_first_row_is_hidden_is_seen_below(tmp_path: Path) -> None:
    book: Any = openpyxl.Workbook()
    sheet = book.active
    for row in (("1", "a", "Văn phòng"), ("2", "b", None), ("3", "c", None)):
        sheet.append(row)
    sheet.merge_cells("C1:C3")
    sheet.row_dimensions[1].hidden = True
    book.save(tmp_path / "bang.xlsx")
    document = read_source(tmp_path / "bang.xlsx")
    assert texts(document) == [["", "", ""], ["2", "b", "Văn phòng"], ["3", "c", "^C2"]]
    assert left(document) == [("trang tính “Sheet”, dòng 1", "1 | a", Reason.HIDDEN_ROW)]


def test_headings_merged_across_share_their_head(tmp_path: Path) -> None:
    book: Any = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["STT", "Điểm", None])
    sheet.append([None, "Tối đa", "Tự chấm"])
    sheet.merge_cells("B1:C1")
    sheet.merge_cells("A1:A2")
    book.save(tmp_path / "bang.xlsx")
    document = read_source(tmp_path / "bang.xlsx")
    assert texts(document) == [["STT", "Điểm", "^B1"], ["^A1", "Tối đa", "Tự chấm"]]
    assert document.tables[0].sheet.rows[0][2].text == "Điểm"


def with_comments(path: Path) -> Path:
    book: Any = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Bảng"
    sheet.append(["1", "Kế hoạch"])
    sheet["B1"].comment = Comment("xem lại\nnăm nay", "A")
    sheet.oddHeader.center.text = "SỞ A &P"
    book.save(path)
    return path


def test_comments_and_page_edges_are_listed(tmp_path: Path) -> None:
    document = read_source(with_comments(tmp_path / "bang.xlsx"))
    assert left(document) == [
        ("trang tính “Bảng”, ô B1", "xem lại năm nay", Reason.COMMENT),
        ("trang tính “Bảng”", "SỞ A", Reason.PAGE_EDGE),
    ]


@pytest.mark.libreoffice
@pytest.mark.parametrize("ending", ["xls", "ods"])
def test_comments_of_other_formats(tmp_path: Path, ending: str, libreoffice: Convert) -> None:
    document = read_source(libreoffice(with_comments(tmp_path / "bang.xlsx"), ending))
    assert ("trang tính “Bảng”, ô B1", "xem lại năm nay", Reason.COMMENT) in left(document)


def with_a_box(path: Path) -> Path:
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Bảng")
    sheet.write_string(0, 0, "1")
    sheet.insert_textbox(1, 1, "Kèm theo Quyết định")
    book.close()
    return path


@pytest.mark.parametrize(
    "ending", ["xlsx", *(pytest.param(e, marks=pytest.mark.libreoffice) for e in ("xls", "ods"))]
)
def test_text_boxes_are_listed(tmp_path: Path, ending: str, request: pytest.FixtureRequest) -> None:
    path = with_a_box(tmp_path / "bang.xlsx")
    if ending != "xlsx":
        path = request.getfixturevalue("libreoffice")(path, ending)
    assert left(read_source(path)) == [
        ("trang tính “Bảng”", "Kèm theo Quyết định", Reason.TEXT_BOX)
    ]


def with_looks(path: Path) -> Path:
    book: Any = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["I", "CẢI CÁCH", "a", "b"])
    sheet["A1"].font = Font(bold=True)
    sheet["B1"].font = Font(bold=True, italic=True)
    sheet["A1"].alignment = Alignment(horizontal="center")
    sheet["C1"].alignment = Alignment(horizontal="left", indent=2)
    book.save(path)
    return path


@pytest.mark.parametrize("ending", ["xlsx", pytest.param("xls", marks=pytest.mark.libreoffice)])
def test_looks_that_tell_levels(
    tmp_path: Path, ending: str, request: pytest.FixtureRequest
) -> None:
    path = with_looks(tmp_path / "bang.xlsx")
    if ending != "xlsx":
        path = request.getfixturevalue("libreoffice")(path, ending)
    assert read_source(path).tables[0].looks == {
        "A1": CellLook(bold=True, centred=True),
        "B1": CellLook(bold=True, italic=True),
        "C1": CellLook(indent=4.8),
    }


def test_codes_that_became_dates_or_numbers_keep_their_value(tmp_path: Path) -> None:
    book: Any = openpyxl.Workbook()
    book.active.append([dt.datetime(2026, 1, 1), 1.1, "1.10"])
    book.save(tmp_path / "bang.xlsx")
    [found] = read_source(tmp_path / "bang.xlsx").tables
    assert [cell.value for cell in found.sheet.rows[0]] == [dt.date(2026, 1, 1), 1.1, "1.10"]


@pytest.mark.parametrize("kept", [100, 1_000, 3_000])
def test_a_workbook_that_is_cut_off_is_a_sentence(tmp_path: Path, kept: int) -> None:
    path = hiding(tmp_path / "bang.xlsx")
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(CampaignError, match=r"^Không đọc được bang\.xlsx"):
        read_source(path)
