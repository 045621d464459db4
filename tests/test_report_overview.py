"""The report's first sheet, on one page, and the order and the print of the others."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import range_boundaries

from cchc_office.decree30.figures import DEFAULT_PROFILE
from cchc_office.model import Consolidation
from cchc_office.papers.report import build_report

MM_PER_INCH = 25.4
MM_PER_WIDTH = 7 / 96 * MM_PER_INCH
"""What a column's width of 1 is on paper, letters of the standard size being 7 pixels wide."""


@pytest.fixture(scope="module")
def report(example_data: Consolidation) -> Any:
    return openpyxl.load_workbook(io.BytesIO(build_report(example_data, DEFAULT_PROFILE)))


@pytest.fixture(scope="module")
def values(example_data: Consolidation) -> Any:
    content = io.BytesIO(build_report(example_data, DEFAULT_PROFILE))
    return openpyxl.load_workbook(content, data_only=True)


def test_the_result_comes_first_then_the_order_of_the_year(report: Any) -> None:
    assert report.active.title == "Kết quả"
    assert [name for name in report.sheetnames if not name.startswith("ĐV ")] == [
        *("Kết quả", "Tiến độ", "Tình trạng đơn vị", "Việc chưa xong", "Cần xem"),
        *("Bảng điểm", "Điểm theo đơn vị", "Biểu đồ"),
    ]


def test_it_tells_fields_total_and_who_owes_what(values: Any, example_data: Consolidation) -> None:
    rows = [[cell for cell in row if cell is not None] for row in values["Kết quả"].values]
    text = "\n".join(str(cell) for row in rows for cell in row)
    for field in example_data.campaign.children(None):
        [row] = [r for r in rows if r[:2] == [field.code, field.printed_name]]
        assert row[2] == sum(
            leaf.max_score or 0 for leaf in example_data.campaign.leaves_under(field)
        )
    [total] = [row for row in rows if row[:1] == ["TỔNG CỘNG"]]
    assert total[1] == 100
    assert total[3] == float(example_data.total.achieved)
    owing = [unit for unit in example_data.units if unit.debts]
    assert f"Còn nợ: {len(owing)} đơn vị" in text
    for unit in owing:
        [row] = [r for r in rows if r[:2] == [unit.unit.code, unit.unit.name]]
        assert (
            row[2]
            .casefold()
            .startswith(unit.debts[0].in_words(example_data.campaign).casefold()[:40])
        )


def test_it_is_one_page_with_a_chart(report: Any) -> None:
    sheet = report["Kết quả"]
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToHeight in (None, 1)  # 1 is what a file that says nothing means
    assert len(sheet._charts) == 1


def test_each_sheet_is_printed_in_letters_that_can_be_read(report: Any) -> None:
    paper = {("9", "landscape"): 297, ("9", "portrait"): 210, ("8", "landscape"): 420}
    for sheet in report.worksheets:
        if sheet.title == "Biểu đồ":
            continue
        area = str(sheet.print_area or sheet.dimensions).rpartition("!")[2].replace("$", "")
        bounds: Any = range_boundaries(area)
        widths = {
            place: dimension.width
            for dimension in sheet.column_dimensions.values()
            for place in range(dimension.min, dimension.max + 1)
        }
        width = sum(widths[place] for place in range(bounds[0], bounds[2] + 1)) * MM_PER_WIDTH
        margins = (sheet.page_margins.left + sheet.page_margins.right) * MM_PER_INCH
        size = str(sheet.page_setup.paperSize), str(sheet.page_setup.orientation or "portrait")
        assert 11 * min(1, (paper[size] - margins) / width) >= 9, sheet.title
