"""How the assignment table lies on its pages, read back from the worksheet."""

from __future__ import annotations

import io
from dataclasses import replace
from itertools import pairwise
from typing import Any

import docx
import openpyxl
import pytest

from cchc_office.decree30.figures import DEFAULT_PROFILE
from cchc_office.model import Campaign
from cchc_office.papers.assignment_table import assignment_table, reference_line
from cchc_office.papers.table import Cell, Layout, PageColumn, Row, Table
from cchc_office.papers.table_docx import render_docx
from cchc_office.papers.table_xlsx import render_xlsx

PAGE = (297 - 20 - 20) * 72 / 25.4


def sheet_of(table: Table) -> Any:
    return openpyxl.load_workbook(io.BytesIO(render_xlsx(table, DEFAULT_PROFILE, "Bảng"))).active


def spans(lengths: list[int], name: str = "Tên tiêu chí") -> Table:
    columns = (PageColumn("STT", 14), PageColumn("Tiêu chí", 96), PageColumn("Đơn vị", 33))
    rows: list[Row] = []
    for length in lengths:
        for place in range(length):
            unit = Cell("Văn phòng", rows=length) if place == 0 else None
            rows.append(Row((Cell(str(len(rows))), Cell(name), unit)))
    return Table("BẢNG PHÂN CÔNG", "(Kèm theo …)", columns, tuple(rows))


def pages(sheet: Any) -> list[float]:
    """Return the height in points of each page's rows, by the breaks set."""
    starts = [0, *(b.id for b in sheet.row_breaks.brk), sheet.max_row]
    heights = [sheet.row_dimensions[r].height or 15 for r in range(1, sheet.max_row + 1)]
    return [sum(heights[a:b]) for a, b in pairwise(starts)]


def test_no_unit_cell_is_cut_by_a_page(example: Campaign) -> None:
    sheet = sheet_of(assignment_table(example, DEFAULT_PROFILE))
    breaks = [b.id for b in sheet.row_breaks.brk]
    assert breaks
    for merged in sheet.merged_cells.ranges:
        assert not any(merged.min_row <= row < merged.max_row for row in breaks)


def test_no_heading_stands_alone_at_the_foot_of_a_page(example: Campaign) -> None:
    table = assignment_table(example, DEFAULT_PROFILE)
    sheet = sheet_of(table)
    first = next(r for r in range(1, 20) if sheet.cell(r, 1).value == "STT") + 1
    for page_break in sheet.row_breaks.brk:
        assert not table.rows[page_break.id - first].keep_with_next


@pytest.mark.parametrize("lengths", [[1] * 600, [120], [35] * 4, [3] * 50])
def test_pages_are_filled_and_never_overfilled(lengths: list[int]) -> None:
    sheet = sheet_of(spans(lengths))
    heights = pages(sheet)
    assert all(height <= PAGE for height in heights)
    assert len(heights) <= 2 + sum(heights) / (PAGE * 0.7)


def test_rows_are_as_high_as_their_text_needs() -> None:
    one, many = spans([1]), spans([1], "Nội dung rất dài " * 25)
    assert (
        Layout(many, DEFAULT_PROFILE).row_heights()[0]
        > 4 * Layout(one, DEFAULT_PROFILE).row_heights()[0]
    )


def test_rows_under_a_tall_unit_cell_stretch() -> None:
    table = spans([2])
    unit = Cell("Văn phòng tổng hợp, các phòng, đơn vị đề xuất sáng kiến " * 3, rows=2)
    first = Row((*table.rows[0].cells[:2], unit))
    tall = Table("A", "B", table.columns, (first, table.rows[1]))
    assert sum(Layout(tall, DEFAULT_PROFILE).row_heights()) > 3 * sum(
        Layout(table, DEFAULT_PROFILE).row_heights()
    )


def test_the_table_prints_on_a4_with_its_headings_on_every_page(example: Campaign) -> None:
    sheet = sheet_of(assignment_table(example, DEFAULT_PROFILE))
    assert int(sheet.page_setup.paperSize) == 9
    assert sheet.page_setup.orientation in (None, "portrait")
    assert sheet.print_title_rows == "$4:$4"
    assert sheet.HeaderFooter.differentFirst
    assert "&P" in sheet.oddHeader.center.text
    margins = sheet.page_margins
    shown = [round(m * 25.4, 1) for m in (margins.left, margins.right, margins.top, margins.bottom)]
    assert shown == [30, 15, 20, 20]


def test_the_reference_keeps_its_blanks(example: Campaign) -> None:
    line = reference_line(example.info)
    assert line.split() == [
        "(Kèm", "theo", "Công", "văn", "số", "/SCT-VP", "ngày", "/5/2024", "của", "Sở", "Công",
        "Thương)",
    ]  # fmt: skip
    assert "số" + " " + "\u00a0" * 8 + "/SCT-VP" in line


def test_a_title_of_any_length_has_a_table() -> None:
    title = "BẢNG PHÂN CÔNG " + "RẤT DÀI " * 300
    table = replace(spans([1]), title=title)
    document = docx.Document(io.BytesIO(render_docx(table, DEFAULT_PROFILE)))
    assert title.strip() in {p.text.strip() for p in document.paragraphs}
    assert document.core_properties.title.startswith("BẢNG PHÂN CÔNG RẤT DÀI")
