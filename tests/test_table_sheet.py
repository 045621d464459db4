"""A table as one value becomes a sheet: what its columns and rows say is there."""

from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from cchc_office.sheets.columns import Column, Holds, Live
from cchc_office.sheets.look import A3, ATTENTION
from cchc_office.sheets.table_sheet import SheetRow, TableRows, TableSheet
from cchc_office.sheets.workbook_writer import WorkbookWriter

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
COLUMNS = (
    Column("code", "Mã", 20, Holds.MARK),
    Column("name", "Tên", 40),
    Column("done", "Đã chấm", 20, Holds.COUNT),
    Column("total", "Phải chấm", 20, Holds.COUNT),
    Column("rate", "Tỷ lệ %", 20, Holds.RATE, formula='=IF({total}=0,"",{done}/{total})'),
    Column("source", "Nguồn", 30, is_printed=False, grows=False),
)
ROWS = (
    SheetRow({"code": "A", "name": "Phòng A", "done": 1, "total": 2, "rate": Decimal("0.5")}),
    SheetRow({"code": "B", "done": 0, "total": 0, "rate": None}, {"code": ATTENTION}),
    SheetRow({"name": "Cộng", "done": Live("=SUM(C4:C5)", 1)}, bold=True, shaded=True, is_sum=True),
)
TABLE = TableSheet("Bảng", "BẢNG", ("ghi chú",), COLUMNS, ROWS)


def sheet_of(table: TableSheet, *, values: bool = False) -> Any:
    book = WorkbookWriter("Sổ", "Times New Roman")
    table.write(book)
    return openpyxl.load_workbook(io.BytesIO(book.finish()), data_only=values).worksheets[0]


def test_head_and_rows_stand_where_the_table_says() -> None:
    sheet = sheet_of(TABLE, values=True)
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0][0] == "BẢNG"
    assert rows[1][0] == "ghi chú"
    assert rows[2] == [column.heading for column in COLUMNS]
    assert rows[TABLE.first_row] == ["A", "Phòng A", 1, 2, 0.5, None]
    assert rows[TABLE.first_row + 2][:3] == [None, "Cộng", 1]


def test_a_formula_names_the_cells_of_its_row_and_keeps_what_it_gives() -> None:
    live, known = sheet_of(TABLE), sheet_of(TABLE, values=True)
    assert live["E4"].value == '=IF(D4=0,"",C4/D4)'
    assert live["E5"].value == '=IF(D5=0,"",C5/D5)'
    assert (known["E4"].value, known["E5"].value or "") == (0.5, "")
    # No value under the key of a formula, no formula.
    assert live["E6"].value is None


def test_sums_are_not_filtered_and_what_is_not_printed_stands_outside() -> None:
    sheet = sheet_of(TABLE)
    assert sheet.auto_filter.ref == "A3:F5"
    assert sheet.print_area == "'Bảng'!$A$1:$E$6"
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.freeze_panes == "C4"


def test_a_table_without_rows_has_a_head_and_no_filter() -> None:
    sheet = sheet_of(replace(TABLE, rows=()))
    assert sheet.max_row == 3
    assert sheet.auto_filter.ref is None


def test_rows_look_as_they_and_their_columns_say() -> None:
    sheet = sheet_of(replace(TABLE, paper=A3))
    assert sheet["A4"].alignment.horizontal == "center"
    assert not sheet["A4"].font.bold
    assert sheet["A5"].font.bold
    assert sheet["B6"].font.bold
    assert sheet["B6"].fill.fgColor.rgb == "FFDDEBF7"
    assert sheet["E4"].number_format == "0.00%"
    assert sheet.page_setup.paperSize == A3


def test_rows_are_as_high_as_their_texts_but_for_columns_that_do_not_grow() -> None:
    long = "một nội dung dài hơn bề rộng của cột này nhiều lần " * 3
    rows = (SheetRow({"name": "ngắn", "source": long}), SheetRow({"name": long}))
    sheet = sheet_of(replace(TABLE, rows=rows))
    short, high = (sheet.row_dimensions[row].height for row in (4, 5))
    assert high > 3 * short
    # Of very many rows texts are estimated.
    estimated = sheet_of(replace(TABLE, rows=rows, count=5_000))
    assert estimated.row_dimensions[4].height == short
    assert estimated.row_dimensions[5].height > 3 * short


def test_rows_below_other_headings_are_as_high_as_they_must_be_at_least() -> None:
    book = WorkbookWriter("Sổ", "Times New Roman")
    sheet = book.sheet("Sổ")
    sheet.headings(4, COLUMNS)
    rows = TableRows(sheet, COLUMNS, 5, least=4)
    rows.write(ROWS[0])
    assert rows.finish() == 6
    read = openpyxl.load_workbook(io.BytesIO(book.finish())).worksheets[0]
    assert read["B6"].value == "Phòng A"
    assert read.row_dimensions[6].height > 4 * 11
