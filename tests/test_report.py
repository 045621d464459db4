"""tong-hop.xlsx, read back with openpyxl."""

from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cchc_office.campaign import load_campaign
from cchc_office.decree30.figures import DEFAULT_PROFILE
from cchc_office.model import Consolidation, LeafState, Returns
from cchc_office.papers.report import build_report
from cchc_office.results.consolidation import consolidate

from . import days
from .sheets import campaign_file
from .test_consolidation import together
from .test_upward_report import many

HEADING_ROW = 4


@pytest.fixture(scope="module")
def content(example_data: Consolidation) -> bytes:
    return build_report(example_data, DEFAULT_PROFILE, returns_path="../../nhan-ve")


@pytest.fixture(scope="module")
def values(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content), data_only=True)


@pytest.fixture(scope="module")
def formulas(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


def headings(sheet: Any) -> dict[str, int]:
    return {sheet.cell(HEADING_ROW, c).value: c for c in range(1, sheet.max_column + 1)}


def places(sheet: Any) -> dict[str, int]:
    """Return the columns of a sheet by their headings, wherever its heading row is."""
    for row in range(1, 6):
        found = {sheet.cell(row, c).value: c for c in range(1, sheet.max_column + 1)}
        if "Tình trạng" in found:
            return found
    raise AssertionError(f"{sheet.title} has no headings")


def number(value: object) -> Decimal | None:
    return None if value in (None, "") else Decimal(str(value))


def test_every_row_of_the_criteria_is_in_the_score_table(
    example_data: Consolidation, values: Any, formulas: Any
) -> None:
    sheet, live = values["Bảng điểm"], formulas["Bảng điểm"]
    campaign = example_data.campaign
    for row, criterion in enumerate(campaign.criteria, start=HEADING_ROW + 1):
        assert (sheet.cell(row, 1).value or "") == criterion.code
        assert sheet.cell(row, 2).value == criterion.name
        maximum, applicable, score = (number(sheet.cell(row, c).value) for c in (3, 4, 5))
        leaf = example_data.leaf(criterion)
        if leaf:
            expected = (criterion.max_score, leaf.applicable_max, leaf.score)
            assert (maximum, applicable, score) == expected
        else:
            total = example_data.subtotals[criterion.id]
            assert live.cell(row, 3).value.startswith("=IF(COUNT(")
            assert (maximum, applicable or 0, score or 0) == (
                total.max_score,
                total.applicable_max,
                total.score,
            )


def test_the_total_is_ours(example_data: Consolidation, values: Any) -> None:
    sheet = values["Bảng điểm"]
    row = HEADING_ROW + 1 + 115
    assert sheet.cell(row, 2).value == "TỔNG CỘNG"
    assert number(sheet.cell(row, 3).value) == 100
    assert number(sheet.cell(row, 5).value) == example_data.total.score


def test_nothing_known_is_not_shown_as_zero(example_data: Consolidation, values: Any) -> None:
    sheet = values["Bảng điểm"]
    at = places(sheet)
    blank = ("Điểm tự chấm", "Điểm đạt", "Tỷ lệ %")
    for row, criterion in enumerate(example_data.campaign.criteria, start=HEADING_ROW + 1):
        leaf = example_data.leaf(criterion)
        if leaf and leaf.state is LeafState.SURVEY:
            assert sheet.cell(row, at["Điểm ĐTXHH, SIPAS"]).value == "chưa có"
        if (leaf and leaf.state is LeafState.SURVEY) or criterion.code in ("1.5", "8"):
            assert [sheet.cell(row, at[heading]).value or "" for heading in blank] == [""] * 3


def test_every_score_tells_its_file_sheet_and_cell(
    example_data: Consolidation, values: Any
) -> None:
    sheet = values["Bảng điểm"]
    column = places(sheet)["Nguồn (tệp › trang tính › ô)"]
    for row, criterion in enumerate(example_data.campaign.criteria, start=HEADING_ROW + 1):
        leaf = example_data.leaf(criterion)
        source = sheet.cell(row, column).value or ""
        for answer in leaf.leads if leaf else ():
            assert str(answer.source) in source
            assert answer.unit in source


def test_the_state_of_each_unit(values: Any) -> None:
    sheet = values["Tình trạng đơn vị"]
    states = {sheet.cell(r, 1).value: sheet.cell(r, 3).value for r in range(5, sheet.max_row + 1)}
    assert states == {
        "VP": "Cần xem",
        "TTra": "Cần xem",
        "KHTCTH": "Cần xem",
        "QLCN": "Đã nộp",
        "QLTM": "Đã nộp",
        "QLNL": "Nộp muộn",
        "KTAT": "Chưa nộp",
        "TTKC": "Đã nộp",
    }


def test_a_sheet_for_each_unit_with_what_it_said(example_data: Consolidation, values: Any) -> None:
    for result in example_data.units:
        sheet = values[f"ĐV {result.unit.code}"]
        rows = {sheet.cell(r, 1).value: r for r in range(4, sheet.max_row + 1)}
        for answer in result.returned.leaves if result.returned else ():
            criterion = example_data.campaign.criterion(answer.criterion)
            row = rows[criterion.code]
            at = places(sheet)
            assert number(sheet.cell(row, at["Điểm tự chấm"]).value) == answer.score
            told = (
                "Ô điểm ghi",
                "Kết quả, giải trình",
                "Tài liệu kiểm chứng",
                "Tệp",
                "Trang tính",
                "Ô",
            )
            shown = [sheet.cell(row, at[heading]).value or "" for heading in told]
            assert shown == [
                answer.typed,
                answer.result,
                answer.evidence,
                answer.source.file,
                answer.source.sheet,
                answer.source.cell,
            ]


def test_findings_link_to_what_they_speak_of(
    example_data: Consolidation, values: Any, formulas: Any
) -> None:
    sheet = formulas["Cần xem"]
    places = headings(sheet)
    rows = range(HEADING_ROW + 1, sheet.max_row + 1)
    assert len(rows) == len(example_data.findings)
    for row in rows:
        if not sheet.cell(row, places["Đơn vị"]).value:
            continue
        link = sheet.cell(row, places["Xem trong báo cáo"]).hyperlink
        name, _, address = link.location.rpartition("!")
        target = values[name.strip("'")]
        about = sheet.cell(row, places["Nội dung"]).value
        if address != "A1":
            assert str(target.cell(target[address].row, 1).value) in about
        cell = sheet.cell(row, places["Ô"]).value
        if cell:
            outside = sheet.cell(row, places["Mở tệp"]).hyperlink
            assert sheet.cell(row, places["Tệp"]).value in outside.target.replace("%20", " ")
            assert cell in f"{outside.target}{outside.location}"


def test_the_same_returns_give_the_same_bytes(example_data: Consolidation, content: bytes) -> None:
    again = build_report(example_data, DEFAULT_PROFILE, returns_path="../../nhan-ve")
    assert again == content


def test_what_does_not_apply_in_the_whole_campaign_is_so_in_the_sheets_of_units(
    tmp_path: Path,
) -> None:
    criteria = """
    STT | Tiêu chí         | Điểm tối đa | Đơn vị thực hiện     | Ghi chú | Cách chấm
    1   | Lĩnh vực một     |             |                      |         |
    1.1 | Kế hoạch         | 1           | Văn phòng            |         |
    1.2 | Sắp xếp tổ chức  | 2           | Văn phòng            |         | Không áp dụng
    1.3 | Ý kiến           | 2           | Văn phòng            | ĐTXHH   | Không áp dụng
    1.4 | Ý kiến công chức | 2           | Văn phòng            | ĐTXHH   |
    """
    campaign = load_campaign(campaign_file(tmp_path, criteria=criteria))
    assert not [f for f in campaign.findings if f.is_error]
    data = consolidate(campaign, Returns(), as_of=days.AFTER_DEADLINE)
    book = openpyxl.load_workbook(io.BytesIO(build_report(data, DEFAULT_PROFILE)))
    sheet = book["ĐV VP"]
    columns = places(sheet)
    code, state, maximum = (columns[name] for name in ("STT", "Tình trạng", "Tối đa áp dụng"))
    shown = {
        sheet.cell(r, code).value: (sheet.cell(r, state).value, sheet.cell(r, maximum).value)
        for r in range(1, sheet.max_row + 1)
    }
    assert shown["1.1"] == ("Chưa nộp", 1)
    assert shown["1.2"] == shown["1.3"] == ("Không áp dụng", None)
    assert shown["1.4"] == ("ĐTXHH", None)


def test_the_signer_stands_beside_who_made_the_table(tmp_path: Path) -> None:
    # Without "TL." or "KT." above the signer's title there is no blank line in its place.
    data = together(load_campaign(campaign_file(tmp_path)))
    sheet = openpyxl.load_workbook(io.BytesIO(build_report(data, DEFAULT_PROFILE)))["Bảng điểm"]
    rows = {cell.value: cell.row for row in sheet.iter_rows() for cell in row if cell.value}
    assert rows["GIÁM ĐỐC"] == rows["NGƯỜI LẬP BẢNG"]


def test_rows_that_many_units_score_are_no_higher_than_others(tmp_path: Path) -> None:
    data = many(150, 2, 6)
    book = openpyxl.load_workbook(io.BytesIO(build_report(data, DEFAULT_PROFILE)))
    sheet = book["Bảng điểm"]
    at = places(sheet)
    leaf = next(row for row in range(5, sheet.max_row) if sheet.cell(row, 1).value == "1.1")
    source = sheet.cell(leaf, at["Nguồn (tệp › trang tính › ô)"]).value
    assert source == "Trung bình của 135 đơn vị đã gửi phiếu, xem trang Chi tiết"
    assert sheet.cell(leaf, at["Tình trạng"]).value == "Chấm một phần (135/150)"
    # Two lines of 11 points and what is between and around them.
    assert sheet.row_dimensions[leaf].height < 40
