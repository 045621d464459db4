"""Workbooks shown inline as text tables, so that a test can be read without Excel."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from cchc_office.model import Assignments, Campaign
from cchc_office.papers.form.layout import PLACES, SCORE_SHEET
from cchc_office.text.vietnamese import fold

SETTINGS = """
Mục                    | Nội dung                    | Hướng dẫn
Năm                    | 2024                        |
Cơ quan chủ quản       | UBND TỈNH A                 |
Cơ quan ban hành       | Sở Thử Nghiệm               |
Tên viết tắt           | STN                         |
Địa danh               | Tỉnh A                      |
Số và ký hiệu văn bản  | /STN-VP                     |
Ngày văn bản           | /5/2024                     |
Chức vụ người ký       | GIÁM ĐỐC                    |
Hạn nộp                | 30/11/2024                  |
Tiêu đề bảng           | BẢNG PHÂN CÔNG              |
"""
UNITS = """
Mã   | Tên đơn vị         | Tên gọi khác   | Nhóm                             | Thủ trưởng | Email
VP   | Văn phòng Sở       | Văn phòng      | các phòng, đơn vị                |            | vp@a.example
TTra | Thanh tra Sở       | Thanh tra      | các phòng, đơn vị                |            | tt@a.example
P1   | Phòng Một          |                | các phòng chuyên môn; các phòng, đơn vị | | p1@a.example
P2   | Phòng Hai          |                | các phòng chuyên môn; các phòng, đơn vị | | p2@a.example
"""
CRITERIA = """
STT   | Lĩnh vực/Tiêu chí/Tiêu chí thành phần | Điểm tối đa | Đơn vị thực hiện     | Ghi chú
1     | Lĩnh vực một                          |             |                      |
1.1   | Tiêu chí một                          |             | Văn phòng            |
1.1.1 | Ban hành kế hoạch                     | 1           | ^                    |
1.1.2 | Mức độ thực hiện                      | 2,5         | ^                    |
1.2   | Sáng kiến                             | 0.5         | Thanh tra tổng hợp. Các phòng, đơn vị báo cáo |
1.3   | Giải quyết thủ tục                    | 2           | Các phòng chuyên môn |
1.4   | Ý kiến                                | 3           | Văn phòng            | ĐTXHH
"""


def grid(text: str) -> list[list[str]]:
    """Return the cells of a text table; columns are divided by "|"."""
    lines = [line for line in text.strip("\n").splitlines() if line.strip()]
    return [[cell.strip() for cell in line.split("|")] for line in lines]


def put(sheet: Worksheet, text: str) -> None:
    """Type a text table into `sheet`; "^" continues the merged cell above."""
    rows = grid(text)
    for r, row in enumerate(rows, start=1):
        for c, value in enumerate(row, start=1):
            if value not in ("", "^"):
                cell = sheet.cell(r, c)
                cell.value = value
                cell.data_type = "s"
    for c in range(1, max(len(row) for row in rows) + 1):
        start = 0
        for r in range(1, len(rows) + 2):
            value = rows[r - 1][c - 1] if r <= len(rows) and c <= len(rows[r - 1]) else ""
            if value != "^":
                if start and r - 1 > start:
                    sheet.merge_cells(start_row=start, end_row=r - 1, start_column=c, end_column=c)
                start = r


def campaign_file(
    folder: Path, *, settings: str = SETTINGS, units: str = UNITS, criteria: str = CRITERIA
) -> Path:
    """Save a campaign workbook with the three sheets given; return its path."""
    book = openpyxl.Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for name, text in (("Thông tin", settings), ("Đơn vị", units), ("Bộ chỉ số", criteria)):
        if text:
            put(book.create_sheet(name), text)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "dot-cham.xlsx"
    book.save(path)
    return path


def add_sheet(path: Path, name: str, text: str) -> Path:
    """Add a sheet to a workbook; return the workbook's path."""
    book = openpyxl.load_workbook(path)
    put(book.create_sheet(name), text)
    book.save(path)
    return path


def edit(path: Path, sheet: str, cells: dict[str, Any]) -> None:
    """Set cells of a workbook by their addresses."""
    book = openpyxl.load_workbook(path)
    for address, value in cells.items():
        book[sheet][address].value = value
    book.save(path)


def fill_form(path: Path, answers: dict[str, dict[str, Any]]) -> None:
    """Type `answers` (by code, then column key) into a form and save it with openpyxl."""
    book = openpyxl.load_workbook(path)
    sheet = book[SCORE_SHEET]
    rows = form_rows_by_code(sheet)
    for code, values in answers.items():
        for key, value in values.items():
            sheet.cell(rows[code], PLACES[key] + 1).value = value
    book.save(path)


def form_rows_by_code(sheet: Worksheet) -> dict[str, int]:
    """Return the sheet row of each code in a form."""
    column = PLACES["code"] + 1
    return {str(sheet.cell(r, column).value): r for r in range(1, sheet.max_row + 1)}


def with_codes_as_ids(campaign: Campaign) -> Campaign:
    """Return the campaign with the ids that the saved forms of tests/data were issued with."""
    ids = {"": ""}
    for c in campaign.criteria:
        digest = hashlib.sha256(fold(c.name).encode()).hexdigest()[:8]
        ids[c.id] = f"TC-{c.code}" if c.code else f"{ids[c.parent]}-{digest}"
    return replace(
        campaign,
        criteria=tuple(replace(c, id=ids[c.id], parent=ids[c.parent]) for c in campaign.criteria),
        assignments=Assignments(
            replace(a, criterion=ids[a.criterion]) for a in campaign.assignments
        ),
    )


def leaf_by_code(campaign: Campaign, code: str) -> str:
    """Return the id of the row with this code."""
    return next(c.id for c in campaign.criteria if c.code == code)
