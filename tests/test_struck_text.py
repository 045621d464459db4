"""Struck-out text is no value: what is crossed out is left out, and told, in every format."""

from __future__ import annotations

import datetime as dt
import struct
from collections.abc import Callable
from pathlib import Path

import openpyxl
import openpyxl.styles
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from cchc_office.files.file_kind import FileKind
from cchc_office.sheets.reading import StruckCell, Value, open_spreadsheet
from cchc_office.sheets.reading.contents import left_of_text, runs_of

from . import xlsb_files
from .binary_files import (
    SHARED_TEXT,
    ods,
    shared_texts,
    table,
    table_row,
    xls,
    xls_font,
    xls_number,
    xls_style,
)

Struck = dict[tuple[int, int], StruckCell]


def read(content: bytes, kind: FileKind) -> tuple[list[Value], Struck]:
    """Return the first column of a workbook's first sheet, and what is crossed out."""
    book = open_spreadsheet(content, kind)
    name = book.sheet_names[0]
    return [row[0] for row in book.sheet(name).rows], dict(book.sheet(name).struck_cells)


def whole(value: Value) -> StruckCell:
    return StruckCell(value, value)


DAY = dt.date(2024, 5, 31)
LEFT: list[Value] = ["giữ nguyên", "", "0", "đúng hạn", "", "", "", 2.0, "x  ", "đã gỡ", "hết"]
STRUCK: Struck = {
    (1, 0): whole(0.75),
    (2, 0): StruckCell("0,50", "0,5", "0"),
    (3, 0): StruckCell("chưa đúng hạn", "chưa", "đúng hạn"),
    (4, 0): whole("cả câu"),
    (5, 0): StruckCell(0.5, "50%"),
    (6, 0): whole(DAY),
    (9, 0): StruckCell("cũ đã gỡ", "cũ", "đã gỡ"),
}


def workbook(path: Path, *, inline: bool = False) -> Path:
    """Write what LEFT and STRUCK say; A9's crossed-out part is nothing but a blank."""
    with xlsxwriter.Workbook(str(path), {"constant_memory": inline}) as book:
        sheet = book.add_worksheet("S")
        struck = book.add_format({"font_strikeout": True})
        plain = book.add_format({"bold": True})
        percent = book.add_format({"font_strikeout": True, "num_format": "0%"})
        day = book.add_format({"font_strikeout": True, "num_format": "dd/mm/yyyy"})
        sheet.write_string(0, 0, "giữ nguyên")
        sheet.write_number(1, 0, 0.75, struck)
        sheet.write_rich_string(2, 0, struck, "0,5", "0")
        sheet.write_rich_string(3, 0, struck, "chưa", plain, " đúng hạn")
        sheet.write_string(4, 0, "cả câu", struck)
        sheet.write_number(5, 0, 0.5, percent)
        sheet.write_datetime(6, 0, dt.datetime(2024, 5, 31), day)
        sheet.write_number(7, 0, 2)
        sheet.write_rich_string(8, 0, "x", struck, "  ")
        sheet.write_blank(8, 1, None, struck)
        sheet.write_rich_string(9, 0, "cũ ", plain, "đã gỡ", struck)
        sheet.write_string(10, 0, "hết")
        sheet.conditional_format(0, 0, 10, 0, {"type": "no_blanks", "format": struck})
    return path


@pytest.mark.parametrize("inline", [False, True])
def test_what_is_crossed_out_in_xlsx_is_left_out_and_told(tmp_path: Path, inline: bool) -> None:
    path = workbook(tmp_path / "a.xlsx", inline=inline)
    assert read(path.read_bytes(), FileKind.XLSX) == (LEFT, STRUCK)


@pytest.mark.libreoffice
@pytest.mark.parametrize("ending", ["xls", "ods", "xlsx"])
def test_what_is_crossed_out_is_the_same_however_libreoffice_saves_it(
    tmp_path: Path, libreoffice: Callable[[Path, str], Path], ending: str
) -> None:
    saved = libreoffice(workbook(tmp_path / "a.xlsx"), ending)
    left, struck = read(saved.read_bytes(), FileKind[ending.upper()])
    assert [v.rstrip() if isinstance(v, str) else v for v in left] == [
        v.rstrip() if isinstance(v, str) else v for v in LEFT
    ]
    assert struck == STRUCK


def test_a_font_that_says_that_it_crosses_nothing_out_does_not(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"], sheet["A2"] = 1, 2  # type: ignore[index]
    sheet["A1"].font = openpyxl.styles.Font(strike=True)  # type: ignore[index]
    sheet["A2"].font = openpyxl.styles.Font(strike=False)  # type: ignore[index]
    path = tmp_path / "a.xlsx"
    book.save(path)
    assert read(path.read_bytes(), FileKind.XLSX) == (["", 2.0], {(0, 0): whole(1.0)})


def test_a_crossed_out_error_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("S")
        struck = book.add_format({"font_strikeout": True})
        sheet.write_formula(0, 0, "=1/0", struck, "#DIV/0!")
        sheet.write_string(1, 0, "x")
    opened = open_spreadsheet(path.read_bytes(), FileKind.XLSX)
    assert opened.sheet("S").rows == [[""], ["x"]]
    assert opened.sheet("S").doubtful_cells == {}
    assert opened.sheet("S").struck_cells == {(0, 0): whole("#DIV/0!")}


# --- .xlsb ---


def test_what_is_crossed_out_in_xlsb_is_left_out_and_told() -> None:
    struck = xlsb_files.STRUCK
    runs = [(0, 1), (3, 0)]
    cells = b"".join(
        (
            xlsb_files.row(0) + xlsb_files.cell(5, 0, struct.pack("<d", 0.75), struck),
            xlsb_files.row(1) + xlsb_files.cell(7, 0, struct.pack("<I", 0)),
            xlsb_files.row(2) + xlsb_files.cell(7, 0, struct.pack("<I", 1), struck),
            xlsb_files.row(3) + xlsb_files.cell(62, 0, xlsb_files.rich_text("0,50", runs)),
            xlsb_files.row(4) + xlsb_files.cell(7, 0, struct.pack("<I", 1)),
        )
    )
    texts: list[str | bytes] = [xlsb_files.rich_text("0,50", runs), "cả câu"]
    content = xlsb_files.workbook({"S": xlsb_files.sheet(cells)}, texts)
    half = StruckCell("0,50", "0,5", "0")
    assert read(content, FileKind.XLSB) == (
        ["", "0", "", "0", "cả câu"],
        {(0, 0): whole(0.75), (1, 0): half, (2, 0): whole("cả câu"), (3, 0): half},
    )


# --- .xls ---

RICH_TEXT, PACKED = 0x00D6, 0x00BD


def test_what_is_crossed_out_in_xls_is_left_out_and_told() -> None:
    """Seven fonts, of which the seventh has number 7, because none has number 4."""
    fonts = [xls_font(is_struck=n == 6) for n in range(7)]
    formats = [xls_style(font) for font in (0, 7, 6)]
    rich = struct.pack("<HBH", 4, 8, 2) + b"0,50" + struct.pack("<4H", 0, 7, 3, 0)
    shared = [*fonts, *formats, *shared_texts(rich[:-4], rich[-4:])]
    packed = struct.pack("<HH", 3, 0) + struct.pack("<HiHiH", 1, 3 << 2 | 2, 2, 4 << 2 | 2, 1)
    cells = [
        xls_number(0, 0, 0.75, style=1),
        (SHARED_TEXT, struct.pack("<HHHI", 1, 0, 0, 0)),
        xls_number(2, 0, 2.0, style=2),
        (PACKED, packed),
    ]
    left, struck = read(xls(cells, shared), FileKind.XLS)
    assert left == ["", "0", 2.0, ""]
    half = StruckCell("0,50", "0,5", "0")
    assert struck == {(0, 0): whole(0.75), (1, 0): half, (3, 0): whole(3.0)}


def test_a_text_of_excel_5_that_is_crossed_out_in_part() -> None:
    fonts = [xls_font(is_struck=n == 1, name=b"\x01A") for n in range(2)]
    formats = [xls_style(more=12)]
    text = struct.pack("<HHHH", 0, 0, 0, 4) + b"0,50" + bytes((2, 0, 1, 3, 0))
    content = xls([(RICH_TEXT, text)], [*fonts, *formats], version=0x0500, name=b"\x01S")
    assert read(content, FileKind.XLS) == (["0"], {(0, 0): StruckCell("0,50", "0,5", "0")})


# --- .ods ---

STYLE = 'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'


def ods_style(family: str, name: str, through: str = "", parent: str = "") -> str:
    letters = f"<style:text-properties style:text-line-through-{through}/>" if through else ""
    return (
        f'<style:style {STYLE} style:family="{family}" style:name="{name}" '
        f'style:parent-style-name="{parent}">{letters}</style:style>'
    )


def test_what_is_crossed_out_in_ods_is_left_out_and_told() -> None:
    """By the cell's style, its row's, its column's, and what these are based on."""
    styles = "".join(
        (
            ods_style("table-cell", "base", 'style="solid"'),
            ods_style("table-cell", "heir", parent="base"),
            ods_style("table-cell", "off", 'style="none"', parent="base"),
            ods_style("table-cell", "double", 'type="double"'),
            ods_style("text", "T1", 'style="solid"'),
            ods_style("text", "T2", 'style="none"'),
        )
    )

    def cell(style: str, text: str) -> str:
        name = f'table:style-name="{style}"' if style else ""
        return f'<table:table-cell {name} office:value-type="string"><text:p>{text}</text:p></table:table-cell>'

    spans = '<text:span text:style-name="T1">0,5</text:span>0'
    standing = 'cũ <text:span text:style-name="T2">mới</text:span>'
    column = '<table:table-column table:default-cell-style-name="double"/>'
    rows = [cell("heir", "một"), cell("off", "hai"), cell("", "ba"), cell("off", spans)]
    rows += [cell("base", standing)]
    body = table(column + "".join(map(table_row, rows)))
    content = ods(body, {"styles.xml": f"<styles>{styles}</styles>"})
    assert read(content, FileKind.ODS) == (
        ["", "hai", "", "0", "mới"],
        {
            (0, 0): whole("một"),
            (2, 0): whole("ba"),
            (3, 0): StruckCell("0,50", "0,5", "0"),
            (4, 0): StruckCell("cũ mới", "cũ", "mới"),
        },
    )


# --- texts ---


@pytest.mark.parametrize(
    ("pieces", "left"),
    [
        ([("0,", True), ("5", True), ("0", False)], StruckCell("0,50", "0,5", "0")),
        ([("1", True), (" 2 ", False), ("3", True)], StruckCell("1 2 3", "1 … 3", "2")),
        (
            [("nộp", False), (" chậm ", True), ("hạn", False)],
            StruckCell("nộp chậm hạn", "chậm", "nộp hạn"),
        ),
        ([("cả", True), (" ", False), ("câu", True)], whole("cả câu")),
        ([("a", False), (" ", True), ("b", False)], "a b"),
        ([(" ", True)], " "),
    ],
)
def test_what_is_left_of_a_text(pieces: list[tuple[str, bool]], left: str | StruckCell) -> None:
    assert left_of_text(pieces) == left


@given(
    st.lists(
        st.tuples(st.text(st.characters(codec="utf-8"), min_size=1), st.booleans()), min_size=1
    )
)
def test_runs_of_binary_workbooks_part_texts_as_utf_16_counts_them(
    pieces: list[tuple[str, bool]],
) -> None:
    formatting, start = [], 0
    for text, struck in pieces:
        formatting.append((start, 5 if struck else 0))
        start += len(text.encode("utf-16-le")) // 2
    whole_text = "".join(text for text, _ in pieces)
    assert runs_of(whole_text, formatting, {5}) == tuple(pieces)


def test_blank_cells_in_a_font_that_crosses_out_are_blank(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Một")
        out = book.add_format({"font_strikeout": True})
        sheet.write_string("A1", "còn")
        sheet.write_string("B1", "bỏ", out)
        sheet.write_blank("C1", None, out)
        sheet.write_blank("A3", None, out)
        sheet.write_blank("ZZ4", None, out)
    rows, struck = read(path.read_bytes(), FileKind.XLSX)
    assert rows == ["còn"]
    assert set(struck) == {(0, 1)}
