"""The workbooks that people keep, read by the guarded reader: merged, hidden, odd, foreign, false."""

from __future__ import annotations

import datetime as dt
import io
import struct
import subprocess
import sys
import warnings
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from cchc_office.campaign import load_campaign
from cchc_office.errors import CampaignError
from cchc_office.sheets.sheet_reader import SheetTable, read_workbook

from . import xlsb_files
from .binary_files import ods, table, table_row, xls, xls_number
from .importing import draft_of
from .sheets import campaign_file
from .strict_files import strict
from .xlsx_parts import (
    MAIN,
    sheet_xml,
    styles_xml,
    workbook_xml,
    xlsx,
)


def tables(tmp_path: Path, content: bytes, name: str = "bang.xlsx") -> tuple[SheetTable, ...]:
    path = tmp_path / name
    path.write_bytes(content)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return read_workbook(path)


def shown(sheet: SheetTable) -> list[str]:
    """Return the rows as text, "^" where a cell shows what another one holds."""
    return [
        " | ".join("^" if c.head != c.address else c.text or "." for c in row) for row in sheet.rows
    ]


def cell(address: str, number: float) -> str:
    return f'<c r="{address}"><v>{number}</v></c>'


# --- values ---


def test_cells_keep_what_they_are(tmp_path: Path) -> None:
    book: Any = openpyxl.Workbook()
    sheet = book.active
    sheet.append([1, 1.5, "1.10", "e\u0302", True, dt.date(2024, 5, 3), dt.time(8, 30)])
    sheet.append(["=1/3", "#N/A", None, 0.5])
    sheet["D2"].number_format = "0%"
    book.save(tmp_path / "a.xlsx")
    [found] = read_workbook(tmp_path / "a.xlsx")
    first, second = found.rows
    assert [c.value for c in first] == [
        *(1, 1.5, "1.10", "e\u0302", True),
        *(dt.date(2024, 5, 3), dt.time(8, 30)),
    ]
    assert isinstance(first[0].value, int)
    assert first[3].text == "ê"
    assert (second[0].value, second[0].formula) == (None, "=1/3")
    assert (second[1].value, second[1].error) == (None, "#N/A")
    assert second[2].text == ""
    assert (second[3].value, second[3].is_percent) == (0.5, True)


def test_an_error_without_a_name_is_one_all_the_same(tmp_path: Path) -> None:
    [found] = tables(tmp_path, xlsx(sheet_xml('<row r="1"><c r="A1" t="e"/></row>')))
    assert (found.rows[0][0].value, found.rows[0][0].error) == (None, "#?")


def test_formatted_rows_and_columns_without_content_do_not_count(tmp_path: Path) -> None:
    rows = f'<row r="1">{cell("A1", 1)}<c r="H1" s="1"/></row><row r="99"><c r="A99" s="1"/></row>'
    [found] = tables(tmp_path, xlsx(sheet_xml(rows), styles=styles_xml(0, 0)))
    assert shown(found) == ["1"]


# --- merged cells ---


def merged(*ranges: str) -> str:
    listed = "".join(f'<mergeCell ref="{ref}"/>' for ref in ranges)
    return f'<mergeCells count="{len(ranges)}">{listed}</mergeCells>'


ROWS = "".join(f'<row r="{r}">{cell(f"A{r}", r)}{cell(f"B{r}", 10 * r)}</row>' for r in range(1, 5))


def test_merged_cells_are_filled_down_with_their_head(tmp_path: Path) -> None:
    [found] = tables(tmp_path, xlsx(sheet_xml(ROWS, merged("A2:A3", "B1:B2"))))
    assert shown(found) == ["1 | 10", "2 | ^", "^ | 30", "4 | 40"]
    below = found.rows[2][0]
    assert (below.value, below.address, below.head) == (2, "A3", "A2")


def test_cells_merged_sideways_are_not_filled(tmp_path: Path) -> None:
    [found] = tables(tmp_path, xlsx(sheet_xml(ROWS, merged("A2:B3"))))
    assert shown(found) == ["1 | 10", "2 | 20", "^ | 30", "4 | 40"]


@pytest.mark.parametrize(
    "ranges",
    [
        ["A2:A1048576"],
        ["A2:A4", "A3:A4"],
        ["A2:A3", "A2:A4"],
        ["A3:A4", "A2:A1048576"],
        ["$A$2:$A$4"],
        ["A4:A2"],
        ["A2:A4", "hỏng", "A9", "ZZZZ1:ZZZZ2", ""],
    ],
)
def test_merged_cells_that_overlap_or_do_not_end_are_read(
    tmp_path: Path, ranges: list[str]
) -> None:
    [found] = tables(tmp_path, xlsx(sheet_xml(ROWS, merged(*ranges))))
    assert shown(found) == ["1 | 10", "2 | 20", "^ | 30", "^ | 40"]


def test_a_hundred_thousand_merged_cells_over_the_whole_sheet(tmp_path: Path) -> None:
    ranges = [f"A{r}:A1048576" for r in range(2, 100_002)]
    [found] = tables(tmp_path, xlsx(sheet_xml(ROWS, merged(*ranges))))
    assert shown(found) == ["1 | 10", "2 | 20", "^ | 30", "^ | 40"]


def test_a_sheet_merged_to_one_cell_is_read(tmp_path: Path) -> None:
    [found] = tables(tmp_path, xlsx(sheet_xml(ROWS, merged("A1:XFD1048576"))))
    assert shown(found) == ["1 | 10", "^ | 20", "^ | 30", "^ | 40"]


def test_more_merged_cells_than_any_sheet_has_are_refused(tmp_path: Path) -> None:
    ranges = ["B1:C1"] * 200_001
    with pytest.raises(CampaignError, match=r"số ô gộp 200\.001; mức cho phép: 200\.000"):
        tables(tmp_path, xlsx(sheet_xml(ROWS, merged(*ranges))))


# --- hidden ---


def test_what_is_hidden_is_told_and_read(tmp_path: Path) -> None:
    book: Any = openpyxl.Workbook()
    sheet = book.active
    for r in range(1, 4):
        sheet.append([r, 10 * r, 100 * r, 1000 * r])
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["C"].hidden = True
    for state in ("hidden", "veryHidden"):
        book.create_sheet(state).sheet_state = state
        book[state]["A1"] = state
    book.save(tmp_path / "a.xlsx")
    first, *others = read_workbook(tmp_path / "a.xlsx")
    assert shown(first)[1] == "2 | 20 | 200 | 2000"
    assert not first.is_hidden
    assert [(s.is_hidden, shown(s)) for s in others] == [(True, ["hidden"]), (True, ["veryHidden"])]


def test_hidden_rows_without_numbers_are_read(tmp_path: Path) -> None:
    rows = '<row><c><v>1</v></c></row><row hidden="true"><c><v>2</v></c></row>'
    before = '<cols><col min="2" max="16384" hidden="1"/></cols>'
    [found] = tables(tmp_path, xlsx(sheet_xml(rows, merged("A1:A2"), before=before)))
    assert shown(found) == ["1", "^"]


# --- other formats ---


def test_an_xls_sheet_is_read_with_merged_and_hidden_cells(tmp_path: Path) -> None:
    numbers = [xls_number(r, c, 10 * r + c) for r in range(3) for c in range(2)]
    layout = [
        (0x007D, struct.pack("<6H", 1, 1, 2000, 0, 1, 0)),
        (0x0208, struct.pack("<HHHHHHHH", 2, 0, 2, 255, 0, 0, 0x20, 15)),
    ]
    merges = (0x00E5, struct.pack("<H8H", 2, 0, 1, 0, 0, 1, 2, 1, 1))
    [found] = tables(tmp_path, xls([*layout, *numbers, merges]), "bang.xls")
    assert shown(found) == ["0 | 1", "^ | 11", "20 | ^"]


def test_an_xlsb_sheet_is_read_with_merged_and_hidden_cells(tmp_path: Path) -> None:
    number = [
        xlsb_files.cell(2, c, struct.pack("<i", value << 2 | 2)) for c, value in enumerate((7, 8))
    ]
    cells = b"".join((xlsb_files.row(0), *number, xlsb_files.row(1), *number))
    part = xlsb_files.sheet(cells)
    columns = xlsb_files.record(60, struct.pack("<4IH", 1, 1, 2000, 0, 1))
    merges = xlsb_files.record(176, struct.pack("<4I", 0, 1, 0, 0))
    hidden = xlsb_files.record(0, struct.pack("<IIHBB", 1, 0, 300, 0, 0x10) + bytes(5))
    part = part.replace(xlsb_files.record(145), columns + xlsb_files.record(145))
    part = part.replace(xlsb_files.record(146), xlsb_files.record(146) + merges)
    part = part.replace(xlsb_files.row(1), hidden)
    [found] = tables(tmp_path, xlsb_files.workbook({"S": part}), "bang.xlsb")
    assert shown(found) == ["7 | 8", "^ | 8"]


def test_an_ods_sheet_is_read_with_merged_and_hidden_cells(tmp_path: Path) -> None:
    def number(value: int, more: str = "") -> str:
        return f'<table:table-cell office:value-type="float" office:value="{value}" {more}/>'

    rows = (
        '<table:table-column table:number-columns-repeated="2"/>'
        '<table:table-column table:visibility="collapse"/>'
        + table_row(number(1, 'table:number-rows-spanned="2"') + number(2) + number(3))
        + '<table:table-row table:visibility="filter"><table:covered-table-cell/>'
        + number(5)
        + number(6)
        + "</table:table-row>"
    )
    [found] = tables(tmp_path, ods(table(rows)), "bang.ods")
    assert shown(found) == ["1 | 2 | 3", "^ | 5 | 6"]


@pytest.mark.libreoffice
@pytest.mark.parametrize("ending", ["xls", "ods", "xlsx"])
def test_a_campaign_workbook_reads_the_same_in_another_format(
    tmp_path: Path, libreoffice: Any, ending: str
) -> None:
    path = campaign_file(tmp_path)
    book: Any = openpyxl.load_workbook(path)
    book["Đơn vị"].row_dimensions[3].hidden = True
    book["Bộ chỉ số"].column_dimensions["E"].hidden = True
    book.create_sheet("Ẩn").sheet_state = "hidden"
    book["Ẩn"]["A1"] = "ẩn"
    book.save(path)
    theirs = read_workbook(libreoffice(path, ending))
    assert [(s.name, s.is_hidden, shown(s)) for s in theirs] == [
        (s.name, s.is_hidden, shown(s)) for s in read_workbook(path)
    ]
    assert draft_of(libreoffice(path, ending)) == draft_of(path)


# --- workbooks that other readers refuse ---


def test_a_campaign_in_strict_open_xml_is_read_as_any_other(tmp_path: Path) -> None:
    usual = campaign_file(tmp_path / "a")
    path = tmp_path / "b" / "dot-cham.xlsx"
    path.parent.mkdir()
    path.write_bytes(strict(usual.read_bytes()))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert load_campaign(path) == load_campaign(usual)
        assert draft_of(path) == draft_of(usual)


ODD_STYLES = (
    f'<styleSheet xmlns="{MAIN}"><fonts><font><sz val="lớn"/><family val="99"/></font></fonts>'
    '<fills><fill><gradientFill type="lạ"/></fill></fills>'
    '<cellXfs><xf numFmtId="999" fontId="77" fillId="8"/></cellXfs>'
    '<cellStyles><cellStyle xfId="9"/></cellStyles></styleSheet>'
)
DROP_DOWN = (
    '<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" '
    'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" '
    'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">'
    '<x14:dataValidations count="1"><x14:dataValidation type="list"><x14:formula1>'
    "<xm:f>Khác!$A$1:$A$9</xm:f></x14:formula1><xm:sqref>A1</xm:sqref></x14:dataValidation>"
    "</x14:dataValidations></ext></extLst>"
)


@pytest.mark.parametrize(
    "content",
    [
        xlsx(sheet_xml(ROWS), styles=ODD_STYLES),
        xlsx(sheet_xml(ROWS, DROP_DOWN)),
        xlsx(
            sheet_xml(ROWS),
            workbook=workbook_xml(
                {"1": ""}, '<pivotCaches><pivotCache cacheId="x"/></pivotCaches>'
            ),
            others={"xl/pivotCache/pivotCacheDefinition1.xml": "<pivotCacheDefinition refresh="},
        ),
        xlsx(sheet_xml(ROWS, before='<dimension ref="A1:XFD1048576"/>')),
        xlsx(sheet_xml(ROWS, before='<dimension ref="B9"/>')),
        xlsx(sheet_xml(ROWS, before='<sheetViews><sheetView zoomScale="x"/></sheetViews>')),
        b"not a zip at all" * 4 + xlsx(sheet_xml(ROWS)),
    ],
    ids=["styles", "drop-down", "pivot", "far", "short", "view", "prefix"],
)
def test_what_other_readers_refuse_or_warn_of_is_read(tmp_path: Path, content: bytes) -> None:
    [found] = tables(tmp_path, content)
    assert shown(found) == ["1 | 10", "2 | 20", "3 | 30", "4 | 40"]


# --- what cannot be read, and the true reason ---


def why(tmp_path: Path, content: bytes) -> str:
    with pytest.raises(CampaignError) as raised:
        tables(tmp_path, content, "dot-cham.xlsx")
    return str(raised.value)


WHOLE_SHEET = sheet_xml(ROWS)
WHOLE = xlsx(WHOLE_SHEET)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "Tệp này rỗng"),
        (WHOLE[: len(WHOLE) // 2], "bị cắt cụt"),
        (b"%PDF-1.7 ", "không phải là bảng tính: tệp PDF"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "trang web (HTML)"),
        (WHOLE.replace(b"PK\x01\x02", b"PK\x01\x03", 1), "bị cắt cụt"),
        (xlsx(sheet_xml(ROWS)[:-9]), "hỏng"),
        (xlsx(sheet_xml('<row r="1"><c r="A1" t="s"><v>5</v></c></row>')), "chữ của một ô"),
        (xlsx(workbook=workbook_xml({})), "không có trang tính nào"),
    ],
)
def test_a_workbook_that_cannot_be_read_is_told_why(
    tmp_path: Path, content: bytes, reason: str
) -> None:
    said = why(tmp_path, content)
    assert said.startswith("Không đọc được dot-cham.xlsx. ")
    assert reason in said
    assert "mật khẩu" not in said


def test_a_folder_in_place_of_a_workbook_is_told(tmp_path: Path) -> None:
    with pytest.raises(CampaignError, match="Đây là thư mục hoặc thiết bị, không phải tệp"):
        read_workbook(tmp_path)


def test_a_table_of_another_kind_is_told_with_what_would_do(tmp_path: Path) -> None:
    path = tmp_path / "bang.xlsx"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    with pytest.raises(CampaignError, match=r"ảnh.*\.xlsx.*\.docx.*PDF"):
        draft_of(path)


PADDING = " " * 40_000_000


@pytest.mark.parametrize("where", ["sheet", "texts"])
def test_a_workbook_that_is_padded_is_refused_in_a_sentence(tmp_path: Path, where: str) -> None:
    texts = f'<sst xmlns="{MAIN}"><si><t>{PADDING}</t></si></sst>'
    after = f"<!--{PADDING}-->"
    content = xlsx(sheet_xml(ROWS, after)) if where == "sheet" else xlsx(WHOLE_SHEET, shared=texts)
    said = why(tmp_path, content)
    assert "lớn bất thường nên không được mở: dung lượng khi giải nén" in said
    assert "mức cho phép: 33.554.432" in said


def test_padding_that_nobody_reads_does_not_matter(tmp_path: Path) -> None:
    [found] = tables(tmp_path, xlsx(sheet_xml(ROWS), others={"xl/media/anh.png": PADDING}))
    assert shown(found)[0] == "1 | 10"


def test_rows_are_read_by_their_places_from_both_ends(tmp_path: Path) -> None:
    [found] = tables(tmp_path, xlsx(sheet_xml(ROWS)))
    assert [len(found.rows), found.rows[-1][0].text, found.rows[1:3][1][0].text] == [4, "4", "3"]
    with pytest.raises(IndexError):
        found.rows[4]


# --- locked ---


def locked(content: bytes, password: str) -> bytes:
    packed = io.BytesIO()
    OOXMLFile(io.BytesIO(content)).encrypt(password, packed)
    return bytes(packed.getvalue())


def test_a_locked_workbook_is_told_as_such(tmp_path: Path) -> None:
    content = locked(campaign_file(tmp_path / "a").read_bytes(), "1234")
    said = why(tmp_path, content)
    assert "bị khoá bằng mật khẩu" in said
    assert said.endswith("Mở bằng Excel, bỏ mật khẩu, lưu lại, rồi thử lại.")


def test_a_locked_ods_workbook_is_told_as_such(tmp_path: Path) -> None:
    manifest = (
        '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        "<m:file-entry><m:encryption-data/></m:file-entry></m:manifest>"
    )
    content = ods(table(""), {"META-INF/manifest.xml": manifest})
    assert "bị khoá bằng mật khẩu" in why(tmp_path, content)


def test_a_workbook_whose_structure_alone_is_protected_is_opened(tmp_path: Path) -> None:
    path = campaign_file(tmp_path / "a")
    expected = load_campaign(path)
    path.write_bytes(locked(path.read_bytes(), "VelvetSweatshop"))
    assert load_campaign(path) == expected


# --- without openpyxl ---


def test_a_campaign_is_read_where_openpyxl_is_not_installed(tmp_path: Path) -> None:
    path = campaign_file(tmp_path)
    code = (
        "import sys; sys.modules['openpyxl'] = None\n"
        "from cchc_office.cli import main\n"
        "for command in (['kiem-tra', sys.argv[1]], ['khoi-tao', sys.argv[2], '--tu', sys.argv[1]]):\n"
        "    try: main(command)\n"
        "    except SystemExit as end: assert end.code in (0, 1), end.code\n"
    )
    command = [sys.executable, "-W", "error", "-c", code, str(path), str(tmp_path / "moi")]
    done = subprocess.run(command, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert (tmp_path / "moi" / "dot-cham.xlsx").is_file()
