"""Workbooks of Excel's two binary formats, record by record."""

from __future__ import annotations

import datetime as dt
import struct
import tracemalloc
from typing import Any

import pytest

from cchc_office.catalogue.findings import Code
from cchc_office.files.file_kind import FileKind
from cchc_office.sheets.reading import Doubt, DoubtfulCell, open_spreadsheet

from . import xlsb_files
from .binary_files import (
    SHARED_TEXT,
    compound_file,
    shared_texts,
    xls,
    xls_font,
    xls_number,
    xls_style,
)
from .opened import refusal, rows_of

NUMBER, TRUTH_OR_ERROR, PACKED, FORMULA = 0x0203, 0x0205, 0x027E, 0x0006


# --- .xlsb ---


def xlsb(cells: bytes, texts: tuple[str, ...] = (), **more: Any) -> bytes:
    return xlsb_files.workbook({"S": xlsb_files.sheet(cells)}, texts, **more)


def number_cell(column: int, number: float, style: int = xlsb_files.PLAIN) -> bytes:
    return xlsb_files.cell(5, column, struct.pack("<d", number), style)


def test_kinds_of_xlsb_cells() -> None:
    packed = [1 << 2 | 2, 150 << 2 | 3, struct.unpack("<2i", struct.pack("<d", 0.5))[1]]
    cells = xlsb_files.row(1)
    cells += b"".join(xlsb_files.cell(2, n, struct.pack("<i", v)) for n, v in enumerate(packed))
    cells += number_cell(3, 45_000, xlsb_files.DAY) + number_cell(4, 1.25, xlsb_files.DURATION)
    cells += xlsb_files.cell(9, 5, struct.pack("<d", 2.5) + xlsb_files.no_formula())
    cells += xlsb_files.cell(8, 6, xlsb_files.text("kết quả") + xlsb_files.no_formula())
    cells += xlsb_files.cell(6, 7, xlsb_files.text("tại chỗ"))
    assert rows_of(xlsb(cells), FileKind.XLSB) == [
        [""] * 8,
        [
            1.0,
            1.5,
            0.5,
            dt.date(2023, 3, 15),
            dt.timedelta(hours=30),
            2.5,
            "kết quả",
            "tại chỗ",
        ],
    ]


def test_xlsb_days_counted_from_1904() -> None:
    cells = xlsb_files.row(0) + number_cell(0, 45_000 - 1_462, xlsb_files.DAY)
    assert rows_of(xlsb(cells, from_1904=True), FileKind.XLSB) == [[dt.date(2023, 3, 15)]]


def test_errors_in_xlsb_cells_are_doubtful() -> None:
    cells = xlsb_files.row(0) + xlsb_files.cell(3, 1, b"\x2a")
    cells += xlsb_files.cell(11, 2, b"\x07" + xlsb_files.no_formula())
    cells += number_cell(3, float("nan"), xlsb_files.DAY)
    book = open_spreadsheet(xlsb(cells), FileKind.XLSB)
    assert {place: x.text for place, x in book.sheet("S").doubtful_cells.items()} == {
        (0, 1): "#N/A",
        (0, 2): "#DIV/0!",
        (0, 3): "#NUM!",
    }


def test_xlsb_cells_beyond_the_caps_are_told() -> None:
    cells = xlsb_files.row(0) + number_cell(0, 1) + xlsb_files.row(1_048_575)
    sheet = open_spreadsheet(xlsb(cells + number_cell(16_383, 2)), FileKind.XLSB).sheet("S")
    assert (sheet.rows, sheet.beyond) == ([[1.0]], "XFD1048576")


@pytest.mark.parametrize(
    "cells",
    [
        xlsb_files.row(0) + xlsb_files.cell(7, 0, struct.pack("<i", -1)),
        xlsb_files.row(0) + xlsb_files.cell(7, 0, struct.pack("<i", 5)),
        xlsb_files.row(0) + xlsb_files.cell(6, 0, struct.pack("<I", 2**31)),
        xlsb_files.row(0) + xlsb_files.record(5, b"\0\0"),
        number_cell(0, 1),
        b"\x05\xff\xff\xff\x7f",
    ],
    ids=["negative text", "no such text", "long text", "short cell", "no row", "long record"],
)
def test_xlsb_cells_that_lead_nowhere_are_damage(cells: bytes) -> None:
    assert refusal(xlsb(cells, ("a",)), FileKind.XLSB).code is Code.DAMAGED_FILE


def test_xlsb_that_would_fill_the_memory_is_too_large() -> None:
    shown = xlsb_files.row(0) + xlsb_files.cell(7, 0, bytes(4)) * 3_000
    assert refusal(xlsb(shown, ("x" * 32_000,)), FileKind.XLSB).code is Code.TOO_LARGE
    many = xlsb_files.record(35) * 1_100_000
    assert refusal(xlsb(many), FileKind.XLSB).code is Code.TOO_LARGE


# --- .xls ---


def formula(column: int, result: bytes) -> tuple[int, bytes]:
    return FORMULA, struct.pack("<HHH", 0, column, 0) + result + bytes(8)


def test_kinds_of_xls_cells() -> None:
    day = [xls_font(is_struck=False), xls_style(), xls_style(number_format=14)]
    cells = [
        xls_number(0, 0, 0.25),
        xls_number(0, 1, 45_000, 1),
        (PACKED, struct.pack("<HHHi", 0, 2, 0, 150 << 2 | 3)),
        (0x00BD, struct.pack("<HHHiHiH", 0, 3, 0, 1 << 2 | 2, 0, 2 << 2 | 2, 4)),
        (TRUTH_OR_ERROR, struct.pack("<HHHBB", 0, 5, 0, 1, 0)),
        formula(6, struct.pack("<d", 7.5)),
        formula(7, b"\x00\0\0\0\0\0\xff\xff"),
        (0x0207, struct.pack("<HB", 2, 1) + "ế!".encode("utf-16-le")),
        formula(8, b"\x01\0\x01\0\0\0\xff\xff"),
        formula(9, b"\x03\0\0\0\0\0\xff\xff"),
        (0x0204, struct.pack("<HHHHB", 0, 10, 0, 3, 0) + b"abc"),
    ]
    expected = [0.25, dt.date(2023, 3, 15), 1.5, 1.0, 2.0, True, 7.5, "ế!", True, "", "abc"]
    assert rows_of(xls(cells, day), FileKind.XLS) == [expected]


def test_xls_texts_go_on_in_the_next_record() -> None:
    # The second record begins in the middle of a text and goes on with letters of one byte.
    wide = struct.pack("<HB", 5, 1) + "Hà".encode("utf-16-le")
    cells = [(SHARED_TEXT, struct.pack("<HHHI", 0, n, 0, n)) for n in range(2)]
    rest = b"\x00Noi" + struct.pack("<HBH", 2, 8, 1) + b"ok" + bytes(4)
    shared = shared_texts(wide, rest, count=2)
    assert rows_of(xls(cells, shared), FileKind.XLS) == [["HàNoi", "ok"]]


def test_an_xls_text_may_be_cut_within_a_letter() -> None:
    letter = "😀".encode("utf-16-le")
    cells = [(SHARED_TEXT, struct.pack("<HHHI", 0, n, 0, n)) for n in range(2)]
    first = struct.pack("<HB", 3, 1) + "a".encode("utf-16-le") + letter[:2]
    rest = b"\x01" + letter[2:] + struct.pack("<HB", 1, 1) + letter[:2]
    shared = shared_texts(first, rest, count=2)
    assert rows_of(xls(cells, shared), FileKind.XLS) == [["a😀", "\ufffd"]]


def test_xls_of_excel_95_is_read() -> None:
    words = "Báo cáo".encode("cp1258")
    cells = [(0x0204, struct.pack("<HHHH", 0, 0, 0, len(words)) + words)]
    page = [(0x0042, struct.pack("<H", 1258))]
    content = xls(cells, page, version=0x0500, name=b"\x05Phieu")
    assert rows_of(content, FileKind.XLS, "Phieu") == [["Báo cáo"]]


def test_doubtful_xls_cells() -> None:
    cells = [
        (TRUTH_OR_ERROR, struct.pack("<HHHBB", 0, 0, 0, 0x2A, 1)),
        formula(1, b"\x02\0\x07\0\0\0\xff\xff"),
        formula(2, b"\x00\0\0\0\0\0\xff\xff"),
    ]
    book = open_spreadsheet(xls(cells), FileKind.XLS)
    assert book.sheet("S").doubtful_cells == {
        (0, 0): DoubtfulCell(Doubt.ERROR, "#N/A"),
        (0, 1): DoubtfulCell(Doubt.ERROR, "#DIV/0!"),
        (0, 2): DoubtfulCell(Doubt.NOT_CALCULATED, "(công thức đặc biệt)"),
    }


def test_xls_cells_beyond_the_caps_are_told() -> None:
    content = xls([xls_number(0, 0, 1), xls_number(65_535, 255, 2)])
    sheet = open_spreadsheet(content, FileKind.XLS).sheet("S")
    assert (sheet.rows, sheet.beyond) == ([[1.0]], "IV65536")


def test_xls_with_a_password_is_told() -> None:
    content = xls([], [(0x002F, bytes(54))])
    assert refusal(content, FileKind.XLS).code is Code.PASSWORD_PROTECTED


def test_what_xls_never_says_is_too_large() -> None:
    shown = [(SHARED_TEXT, struct.pack("<HHHI", n, 0, 0, 0)) for n in range(9_000)]
    text = shared_texts(struct.pack("<HB", 8_000, 0) + b"x" * 8_000)
    assert refusal(xls(shown, text), FileKind.XLS).code is Code.TOO_LARGE
    blanks = shared_texts(*[bytes(6_000)] * 160, count=2**31 - 1)
    assert refusal(xls([], blanks), FileKind.XLS).code is Code.DAMAGED_FILE


@pytest.mark.parametrize(
    ("cells", "shared"),
    [
        ([(SHARED_TEXT, struct.pack("<HHHi", 0, 0, 0, 1))], shared_texts(b"\x01\0\0a")),
        ([(NUMBER, b"\0\0")], []),
        ([], shared_texts(b"\xff\xff\0a")),
    ],
    ids=["no such text", "short cell", "text cut off"],
)
def test_xls_records_that_lead_nowhere_are_damage(
    cells: list[tuple[int, bytes]], shared: list[tuple[int, bytes]]
) -> None:
    assert refusal(xls(cells, shared), FileKind.XLS).code is Code.DAMAGED_FILE


def test_compound_files_without_a_workbook_are_damage() -> None:
    assert refusal(compound_file(b"x", "WordDocument"), FileKind.XLS).code is Code.DAMAGED_FILE


def test_percentages_of_xls_cells_are_known() -> None:
    own = (0x041E, struct.pack("<HHB", 170, 4, 0) + b"0.0%")
    styles = [xls_style(number_format=one) for one in (0, 9, 170)]
    cells = [xls_number(0, n, 0.5, n) for n in range(3)]
    book = open_spreadsheet(xls(cells, [own, *styles]), FileKind.XLS)
    assert book.sheet("S").rows == [[0.5, 0.5, 0.5]]
    assert book.sheet("S").percent_cells == {(0, 1), (0, 2)}


def test_numbers_beyond_the_caps_are_told_however_many_they_are() -> None:
    many = (0x00BD, struct.pack("<HH", 60_000, 0) + bytes(6 * 200) + b"\xc7\x00")
    sheet = open_spreadsheet(xls([many] * 5_000), FileKind.XLS).sheet("S")
    assert (sheet.rows, sheet.beyond) == ([], "A60001")


def test_a_table_of_sectors_that_runs_in_a_circle_takes_little_memory() -> None:
    listing = struct.pack("<128I", *range(127), 0)
    header = xls([xls_number(0, 0, 1)])[:512]
    header = header[:68] + bytes(4) + header[72:76] + struct.pack("<109I", *range(109))
    content = header + listing + bytes(512 * 8_000)
    tracemalloc.start()
    assert refusal(content, FileKind.XLS).code is Code.DAMAGED_FILE
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 2 * len(content)
