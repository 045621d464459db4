"""Rows that are written beside a sheet stand in it between its others."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest

from cchc_office.sheets import row_writer
from cchc_office.sheets.columns import Link, Live
from cchc_office.sheets.look import SCORE, TEXT
from cchc_office.sheets.row_writer import RowWriter
from cchc_office.sheets.workbook_writer import SheetWriter, WorkbookWriter

MANY = 1_200
"""Rows enough for the temporary file."""


def read(book: WorkbookWriter) -> Any:
    return openpyxl.load_workbook(io.BytesIO(book.finish())).worksheets[0]


def with_rows(sheet: SheetWriter, first: int, count: int) -> None:
    rows = RowWriter(sheet, first)
    look = rows.look([TEXT, SCORE])
    for number in range(count):
        rows.write(look, [f"dòng {number}", number], 18)
    rows.finish()


@pytest.mark.parametrize("count", [0, 1, MANY])
@pytest.mark.parametrize("first", [0, 3])
def test_rows_stand_between_those_above_and_below(first: int, count: int) -> None:
    book = WorkbookWriter("Sổ", "Times New Roman")
    sheet = book.sheet("Sổ")
    below = first + count
    with_rows(sheet, first, count)
    sheet.text(below, 0, "dưới", TEXT)
    if first:
        sheet.text(0, 0, "trên", TEXT)
    cells = (cells[0] for cells in read(book).iter_rows(max_col=1))
    written = {cell.row: cell.value for cell in cells if cell.value is not None}
    wanted = {first + 1 + n: f"dòng {n}" for n in range(count)} | {below + 1: "dưới"}
    assert written == (wanted | {1: "trên"} if first else wanted)


def test_links_of_rows_and_of_cells_beside_them_lead_where_they_say() -> None:
    book = WorkbookWriter("Sổ", "Times New Roman")
    sheet = book.sheet("Sổ")
    sheet.link(0, 0, "'Sổ'!B9", "lên đầu", TEXT)
    rows = RowWriter(sheet, 1)
    look = rows.look([TEXT, TEXT])
    rows.write(look, [Link("đây", "'Sổ'!A1"), Link("tệp", "external:../nhan ve/A.xlsx")], 18)
    rows.finish()
    found = read(book)
    places = {cell.coordinate: cell.hyperlink for row in found for cell in row if cell.hyperlink}
    assert places["A1"].location == "'Sổ'!B9"
    assert places["A2"].location == "'Sổ'!A1"
    assert places["B2"].target.replace("\\", "/") in ("../nhan%20ve/A.xlsx", "../nhan ve/A.xlsx")
    assert [found["A2"].value, found["B2"].value] == ["đây", "tệp"]


def test_links_to_more_files_than_are_held_are_functions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(row_writer, "MOST_OUTSIDE", 3)
    book = WorkbookWriter("Sổ", "Times New Roman")
    rows = RowWriter(book.sheet("Sổ"), 0)
    look = rows.look([TEXT])
    for number in range(4):
        rows.write(look, [Link("mở", f"external:../{number}.xlsx")], 18)
    rows.finish()
    found = read(book)
    assert found["A3"].hyperlink
    assert found["A4"].hyperlink is None
    assert found["A4"].value == '=HYPERLINK("../3.xlsx","mở")'


def test_a_formula_and_text_like_one_are_told_apart() -> None:
    book = WorkbookWriter("Sổ", "Times New Roman")
    rows = RowWriter(book.sheet("Sổ"), 0)
    rows.write(rows.look([TEXT, SCORE]), ["=1+1", Live("=1+1", 2)], 18)
    rows.finish()
    text, live = read(book)[1]
    assert (text.value, text.data_type, text.quotePrefix) == ("=1+1", "s", True)
    assert (live.value, live.data_type) == ("=1+1", "f")
