"""OpenDocument workbooks, as programs write them and as nobody should."""

from __future__ import annotations

import datetime as dt

import pytest

from cchc_office.catalogue.findings import Code
from cchc_office.files.file_kind import FileKind
from cchc_office.files.limits import MOST_COLUMNS, MOST_CONTENT_TAGS, MOST_ROWS, MOST_SHEETS
from cchc_office.sheets.reading import Doubt, DoubtfulCell, open_spreadsheet

from .binary_files import (
    ods,
    table,
    table_row,
    text_cell,
)
from .opened import refusal, rows_of, values


def test_texts_of_ods_cells() -> None:
    cells = "".join(
        (
            text_cell("<text:p>một<text:s text:c='2'/>hai<text:tab/>ba</text:p>"),
            text_cell("<text:p>a<text:line-break/>b</text:p><text:p/><text:p>c</text:p>"),
            text_cell("<text:p>x <text:span>y <text:span>z</text:span></text:span>!</text:p>"),
            text_cell(
                "<office:annotation><text:p>ghi chú</text:p></office:annotation>"
                "<text:p>có ghi chú</text:p>"
            ),
        )
    )
    assert rows_of(ods(table(table_row(cells))), FileKind.ODS) == [
        ["một  hai\tba", "a\nb\n\nc", "x y z!", "có ghi chú"]
    ]


def ods_cell(attributes: str, shown: str = "") -> str:
    paragraph = f"<text:p>{shown}</text:p>" if shown else ""
    return f"<table:table-cell {attributes}>{paragraph}</table:table-cell>"


def test_kinds_of_ods_cells() -> None:
    cells = "".join(
        (
            ods_cell('office:value-type="percentage" office:value="0.25"', "25%"),
            ods_cell('office:value-type="currency" office:value="1000"', "1.000 ₫"),
            ods_cell('office:value-type="boolean" office:boolean-value="true"', "TRUE"),
            ods_cell('office:value-type="date" office:date-value="2024-11-30"', "30/11"),
            ods_cell('office:value-type="date" office:date-value="2024-11-30T07:30:00.5"'),
            ods_cell('office:value-type="time" office:time-value="PT07H30M00S"'),
            ods_cell('office:value-type="time" office:time-value="PT30H00M00S"'),
            ods_cell('office:value-type="date" office:date-value="44-03-15"', "15/3/44 TCN"),
        )
    )
    assert rows_of(ods(table(table_row(cells))), FileKind.ODS) == [
        [
            0.25,
            1000.0,
            True,
            dt.date(2024, 11, 30),
            dt.datetime(2024, 11, 30, 7, 30, 0, 500_000),
            dt.time(7, 30),
            dt.timedelta(hours=30),
            "15/3/44 TCN",
        ]
    ]


def test_doubtful_ods_cells() -> None:
    string = 'office:value-type="string" office:string-value=""'
    cells = "".join(
        (
            ods_cell(f'table:formula="of:=1/0" {string} calcext:value-type="error"', "Err:502"),
            ods_cell(f'table:formula="of:=NA()" {string}', "#N/A"),
            ods_cell('table:formula="of:=NA()" office:value-type="float" office:value="0"', "#N/A"),
            ods_cell('table:formula="of:=[.A1]/[.B1]"'),
            ods_cell('table:formula="of:=&quot;&quot;"', "<text:s text:c='0'/>"),
            ods_cell('office:value-type="float" office:value="1e999"', "1E999"),
        )
    )
    book = open_spreadsheet(ods(table(table_row(cells))), FileKind.ODS)
    assert book.sheet("Phiếu").doubtful_cells == {
        (0, 0): DoubtfulCell(Doubt.ERROR, "Err:502"),
        (0, 1): DoubtfulCell(Doubt.ERROR, "#N/A"),
        (0, 2): DoubtfulCell(Doubt.ERROR, "#N/A"),
        (0, 3): DoubtfulCell(Doubt.NOT_CALCULATED, "=A1/B1"),
        (0, 5): DoubtfulCell(Doubt.ERROR, "#NUM!"),
    }
    assert values(book, "Phiếu") == {}


def test_repeated_ods_cells_stand_where_they_are_seen() -> None:
    blank = "<table:table-cell table:number-columns-repeated='2'/>"
    rows = (
        table_row(blank + text_cell("<text:p>x</text:p>", 2), 2)
        + table_row("<table:table-cell table:number-columns-repeated='16384'/>", 3)
        + table_row("<table:covered-table-cell/>" + text_cell("<text:p>y</text:p>"))
        + table_row("<table:table-cell/>", 1_048_569)
    )
    grouped = f"<table:table-header-rows>{rows}</table:table-header-rows>"
    assert rows_of(ods(table(grouped)), FileKind.ODS) == [
        ["", "", "x", "x"],
        ["", "", "x", "x"],
        ["", "", "", ""],
        ["", "", "", ""],
        ["", "", "", ""],
        ["", "y", "", ""],
    ]


@pytest.mark.parametrize(
    ("rows", "beyond"),
    [
        (
            table_row("<table:table-cell/>", 49_999) + table_row(text_cell("<text:p>x</text:p>")),
            "A50000",
        ),
        (table_row(text_cell("<text:p>x</text:p>", 3_000)), "GS1"),
        (table_row(text_cell("<text:p>x</text:p>"), 1_000_000), f"A{MOST_ROWS + 1}"),
    ],
)
def test_ods_cells_beyond_the_caps_are_told(rows: str, beyond: str) -> None:
    sheet = open_spreadsheet(ods(table(rows)), FileKind.ODS).sheet("Phiếu")
    assert sheet.beyond == beyond
    assert len(sheet.rows) <= MOST_ROWS
    assert all(len(row) <= MOST_COLUMNS for row in sheet.rows)


@pytest.mark.parametrize("repeated", ["0", "-1", "x", "", "999999999999", "1.5"])
def test_ods_repeats_that_are_no_numbers_are_damage(repeated: str) -> None:
    for row in (table_row(text_cell("", repeated)), table_row(text_cell(""), repeated)):
        assert refusal(ods(table(row)), FileKind.ODS).code is Code.DAMAGED_FILE


@pytest.mark.parametrize(
    "body",
    [
        table(table_row(text_cell(f"<text:p>{'x' * 32_000}</text:p>", 200), 5_000)),
        table(table_row(text_cell("<text:p>x</text:p>", 16_384), 1_048_576)),
        table(table_row(text_cell("<text:p>" + "<text:s text:c='99999'/>" * 9 + "</text:p>"))),
        table(table_row("<table:table-cell/>" * MOST_CONTENT_TAGS)),
        "".join(table("", f"T{n}") for n in range(MOST_SHEETS + 1)),
    ],
    ids=["long text", "whole sheet", "spaces", "tags", "sheets"],
)
def test_ods_that_would_fill_the_memory_is_too_large(body: str) -> None:
    assert refusal(ods(body), FileKind.ODS).code is Code.TOO_LARGE


def test_ods_sheets_that_are_all_blank_up_to_a_far_cell_are_too_large() -> None:
    far = "<table:table-cell table:number-columns-repeated='199'/>" + text_cell(
        "<text:p>x</text:p>"
    )
    rows = table_row("<table:table-cell/>", MOST_ROWS - 1) + table_row(far)
    body = "".join(table(rows, f"T{n}") for n in range(9))
    book = open_spreadsheet(ods(body), FileKind.ODS)
    assert book.sheet("T0").value(MOST_ROWS - 1, MOST_COLUMNS - 1) == "x"
    assert refusal(ods(body), FileKind.ODS).code is Code.TOO_LARGE


def test_ods_with_a_password_is_told() -> None:
    manifest = (
        '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<m:file-entry m:full-path="content.xml"><m:encryption-data/></m:file-entry></m:manifest>'
    )
    content = ods("", {"META-INF/manifest.xml": manifest})
    assert refusal(content, FileKind.ODS).code is Code.PASSWORD_PROTECTED


def test_ods_nested_without_end_is_damage() -> None:
    deep = "<text:span>" * 50_000 + "</text:span>" * 50_000
    content = ods(table(table_row(text_cell(f"<text:p>{deep}</text:p>"))))
    assert refusal(content, FileKind.ODS).code is Code.DAMAGED_FILE


def test_ods_percentages_are_known() -> None:
    cells = ods_cell('office:value-type="percentage" office:value="0.5"', "50%")
    cells += ods_cell('office:value-type="float" office:value="0.5"', "0,5")
    book = open_spreadsheet(ods(table(table_row(cells))), FileKind.ODS)
    assert book.sheet("Phiếu").percent_cells == {(0, 0)}


def test_what_libreoffice_keeps_of_other_workbooks_is_no_sheet() -> None:
    row = table_row(text_cell("<text:p>x</text:p>"))
    link = f"<table:dde-link>{table(row, 'Liên kết')}</table:dde-link>"
    body = table(row) + table(row, "'file:///C:/khac.xlsx'#$Sheet1")
    content = ods(f"{body}<table:dde-links>{link}</table:dde-links>{table(row, 'Sau')}")
    book = open_spreadsheet(content, FileKind.ODS)
    assert book.sheet_names == ("Phiếu", "Sau")
    assert [book.sheet(name).rows for name in book.sheet_names] == [[["x"]], [["x"]]]


@pytest.mark.parametrize(
    "body",
    [
        table(table_row(text_cell(f"<text:p>{' ' * 90_000}x</text:p>"))),
        table(table_row(text_cell("<text:p>x</text:p>")), "x" * 25_000_000),
    ],
    ids=["blanks", "name"],
)
def test_ods_with_what_would_never_end_is_read(body: str) -> None:
    content = ods(body)
    assert rows_of(content, FileKind.ODS)[0][0].strip() == "x"  # type: ignore[union-attr]
