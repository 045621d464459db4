"""How the assignment table lies on its pages, read back from the worksheet."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pdfplumber
import pytest

from cchc_office.campaign import load_campaign
from cchc_office.decree30.figures import DEFAULT_PROFILE
from cchc_office.model import Campaign
from cchc_office.papers.assignment_table import assignment_table, reference_line
from cchc_office.papers.table import Cell, Layout, PageColumn, Row, Table
from cchc_office.papers.table_docx import render_docx
from cchc_office.papers.table_xlsx import render_xlsx

from .sheets import SETTINGS, campaign_file

Convert = Callable[[Path, str], Path]

MM = 72 / 25.4
PAGE = (297 - 20 - 20) * MM


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


def test_a_unit_cell_that_crosses_a_page_says_its_text_on_both() -> None:
    sheet = sheet_of(spans([70]))
    starts = [4, *(b.id for b in sheet.row_breaks.brk)]
    assert len(starts) > 1
    assert [sheet.cell(row + 1, 3).value for row in starts] == ["Văn phòng"] * len(starts)


def test_the_office_s_table_takes_five_pages_all_but_the_last_full(example: Campaign) -> None:
    sheet = sheet_of(assignment_table(example, DEFAULT_PROFILE))
    heights = pages(sheet)
    assert len(heights) <= 5
    assert all(height >= PAGE * 0.8 for height in heights[:-1])


@pytest.mark.libreoffice
def test_its_printed_pages_are_full_and_break_alike_in_both_formats(
    example: Campaign, tmp_path: Path, libreoffice: Convert
) -> None:
    table = assignment_table(example, DEFAULT_PROFILE)
    word, sheet = tmp_path / "phu-luc.docx", tmp_path / "bang.xlsx"
    word.write_bytes(render_docx(table, DEFAULT_PROFILE))
    sheet.write_bytes(render_xlsx(table, DEFAULT_PROFILE, "Bảng phân công"))
    begins = []
    for path in (word, sheet):
        with pdfplumber.open(libreoffice(path, "pdf")) as printed:
            feet = [max(edge["bottom"] for edge in page.edges) for page in printed.pages]
            begins.append([page.extract_tables()[0][1][0] for page in printed.pages])
        top = 20 * MM
        assert len(feet) <= 5
        assert all((foot - top) / PAGE >= 0.8 for foot in feet[:-1]), (path.suffix, feet)
        assert all(foot - top <= PAGE for foot in feet)
    assert begins[0] == begins[1]


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


def height_of(table: Table) -> float:
    return sum(row.height for page in Layout(table, DEFAULT_PROFILE).pages() for row in page)


def test_rows_are_as_high_as_their_text_needs() -> None:
    one, many = spans([1]), spans([1], "Nội dung rất dài " * 25)
    assert height_of(many) > 4 * height_of(one)


def test_rows_under_a_tall_unit_cell_stretch() -> None:
    table = spans([2])
    unit = Cell("Văn phòng tổng hợp, các phòng, đơn vị đề xuất sáng kiến " * 3, rows=2)
    first = Row((*table.rows[0].cells[:2], unit))
    tall = Table("A", "B", table.columns, (first, table.rows[1]))
    assert height_of(tall) > 3 * height_of(table)


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


def written_out(folder: Path, units: int) -> Table:
    """Return a table of 51 rows in six fields; each of its leaves names so many units."""
    names = [f"Phòng Quản lý chuyên ngành số {n}" for n in range(1, units + 1)]
    listed = "Mã | Tên đơn vị\n" + "\n".join(f"P{n} | {name}" for n, name in enumerate(names))
    rows = ["STT | Tiêu chí | Điểm tối đa | Đơn vị thực hiện"]
    for field, leaves in enumerate((8, 8, 8, 7, 7, 7), start=1):
        rows.append(f"{field} | Lĩnh vực số {field} | |")
        what = (
            "Thực hiện nội dung của kế hoạch cải cách hành chính trong năm đúng tiến độ được giao"
        )
        rows += [f"{field}.{n} | {what} | 1 | {'; '.join(names)}" for n in range(1, leaves + 1)]
    path = campaign_file(folder, settings=SETTINGS, units=listed, criteria="\n".join(rows))
    return assignment_table(load_campaign(path), DEFAULT_PROFILE)


def test_many_units_that_rows_below_each_other_share_are_named_once(tmp_path: Path) -> None:
    table = written_out(tmp_path / "nhieu", 9)
    place = [column.heading for column in table.columns].index("Đơn vị thực hiện")
    shown = [row.cells[place] for row in table.rows]
    assert [cell.rows for cell in shown if cell and cell.text] == [8, 8, 8, 7, 7, 7]
    assert len(pages(sheet_of(table))) <= 4
    few = [row.cells[place] for row in written_out(tmp_path / "it", 2).rows]
    assert all(cell and cell.rows == 1 for cell in few)
