"""Samples of what happens to a form: its rows, columns, sheets, marks and file."""

from __future__ import annotations

import base64
import datetime as dt
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill

from cchc_office.scoring.form_layout import HELP_SHEET, HIDDEN_SHEET, SCORE_SHEET
from tests.returned_samples import CRITERIA, GROUP_TEXT, NO_UNIT, SETTINGS
from tools.returned_forms import (
    EVIDENCE,
    FULL,
    Book,
    Sample,
    campaign,
    delete_column,
    delete_row,
    fill,
    full,
    full_scores,
    insert_column,
    insert_row,
    issued,
    rebuilt,
    saved,
    saved_by_libreoffice,
    settled,
)

_LO = "LibreOffice"

_PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def samples() -> Iterator[Sample]:
    """Yield the samples."""
    for part in (_whole, _rows, _more_rows, _columns, _sheets, _changed, _marks, _names, _decorations, _written_otherwise):  # fmt: skip
        yield from part()


def _of(name: str, done: str, edit: Callable[[Book], None], findings: str = "", by: str = "openpyxl", unit: str = "VP", **scores: str) -> Sample:  # fmt: skip
    found = tuple(line.strip() for line in findings.strip().splitlines())
    expected = full_scores(**scores) if unit != NO_UNIT else {}
    if not name.startswith(("Bản", "bản")):
        name = f"CCHC-2024-VP-{name}"
    return Sample(name, done, lambda: saved(full(edit)), by, unit, expected, findings=found)


def _on_sheet(edit: Callable[[Any], None]) -> Callable[[Book], None]:
    return lambda book: edit(book[SCORE_SHEET])


def _each(name: str, done: str, edit: Callable[[Book], None], findings: str = "", endings: str = "", **scores: str) -> Iterator[Sample]:  # fmt: skip
    """Yield a sample as openpyxl saves it, and as LibreOffice does with each of the endings."""
    yield _of(f"{name}.xlsx", done, edit, findings, **scores)
    for ending in endings.split():
        yield _of(f"{name}-lo{ending}", done, edit, findings, _LO, **scores)


def _nothing(_: Book) -> None:
    pass


def _whole() -> Iterator[Sample]:
    yield from _each("day-du", "filled in as it should be", _nothing, "", ".xlsx .xls .ods .xlsm")


# --- rows ---


def reorder(sheet: Any, first: int, order: list[int], columns: range) -> None:
    """Put the cells of some columns in another order, as sorting a selection does."""
    rows = [[sheet.cell(first + n, c).value for c in columns] for n in range(len(order))]
    for to, source in enumerate(order):
        for column, value in zip(columns, rows[source], strict=True):
            sheet.cell(first + to, column).value = value


def _rows() -> Iterator[Sample]:
    @_on_sheet
    def sort_all(sheet: Any) -> None:
        reorder(sheet, 8, [3, 2, 1, 0], range(1, 11))

    yield from _each("sap-xep", "rows 8–11 turned round, with the hidden column", sort_all, "", ".xls")

    @_on_sheet
    def sort_visible(sheet: Any) -> None:
        reorder(sheet, 8, [3, 2, 1, 0], range(2, 11))

    yield from _each("sap-xep-thieu-cot-an", "rows 8–11 turned round, without the hidden column", sort_visible, "phieu-xao-dong | | 4", ".ods")

    @_on_sheet
    def sort_table(sheet: Any) -> None:
        order = sorted(range(14), key=lambda n: str(sheet.cell(6 + n, 3).value))
        reorder(sheet, 6, order, range(1, 11))

    yield from _each("sap-xep-ca-bang", "the whole table sorted by name, headings among the rows", sort_table)

    @_on_sheet
    def insert(sheet: Any) -> None:
        insert_row(sheet, 9)
        insert_row(sheet, 12)
        sheet["C12"].value, sheet["F12"].value, sheet["I12"].value = "Tự thêm", 1, "x"

    yield from _each("chen-dong", "a blank row 9 inserted, and a row 12 of the unit's own with a score", insert, "phieu-dong-la | F12 | Tự thêm", ".xls")

    @_on_sheet
    def delete(sheet: Any) -> None:
        delete_row(sheet, 9)

    yield from _each("xoa-dong", "row 9 (1.1.2) deleted", delete, "phieu-thieu-dong", ".ods", c1_1_2="absent")

    @_on_sheet
    def hide(sheet: Any) -> None:
        for row in (9, 10, 17):
            sheet.row_dimensions[row].hidden = True

    yield from _each("an-dong", "rows 9, 10 and 17 hidden", hide, "")


def _more_rows() -> Iterator[Sample]:
    @_on_sheet
    def unmerge(sheet: Any) -> None:
        for area in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(area))

    yield from _each("bo-tron-o", "all merged cells taken apart", unmerge)

    @_on_sheet
    def merge(sheet: Any) -> None:
        sheet.merge_cells("F8:F9")
        sheet.merge_cells("G17:H18")

    yield from _each("gop-o-diem", "the scores of rows 8 and 9 merged, and blank cells", merge, "thieu-diem-co-tai-lieu | F9", "", c1_1_2="blank")

    @_on_sheet
    def double(sheet: Any) -> None:
        for column in range(1, 11):
            sheet.cell(24, column).value = sheet.cell(8, column).value
        sheet["F24"].value = 0.5

    yield from _each("lap-dong", "row 8 copied to row 24 with another score", double, "phieu-lap-dong | C24")

    @_on_sheet
    def renumber(sheet: Any) -> None:
        for row in range(6, 20):
            sheet.cell(row, 1).value = row - 5

    yield from _each("dan-de-ma-dong", "running numbers pasted over the hidden ids", renumber, "")

    @_on_sheet
    def shift(sheet: Any) -> None:
        for row in range(8, 12):
            sheet.cell(row, 1).value = sheet.cell(row + 1, 1).value

    yield from _each("lech-ma-dong", "the hidden ids of rows 9–12 pasted over those of rows 8–11", shift, "phieu-xao-dong | | 4")

    @_on_sheet
    def codes_as_numbers(sheet: Any) -> None:
        sheet["B6"].value, sheet["B15"].value = 1, 2.1
        sheet["B8"].value = dt.datetime(2001, 1, 1)
        sheet["B11"].value = "1.1.1"

    yield _of("stt-thanh-so.xlsx", "codes that Excel turned into numbers and a date, 1.1.10 into 1.1.1", codes_as_numbers, "doi-ten-dong | C8\ndoi-ten-dong | C11\ndoi-ten-dong | C15")

    @_on_sheet
    def far(sheet: Any) -> None:
        sheet["XFD1048576"].value = "x"

    yield from _each("o-xa", "a letter in the last cell that a sheet has", far, "o-qua-xa | XFD1048576")

    @_on_sheet
    def formatted(sheet: Any) -> None:
        yellow = PatternFill("solid", fgColor="FFFF00")
        for row in range(26, 1026):
            for column in (3, 6):
                sheet.cell(row, column).fill = yellow

    yield from _each("nghin-dong-trong", "a thousand coloured blank rows under the table", formatted, "")


# --- columns ---


def _columns() -> Iterator[Sample]:
    @_on_sheet
    def insert(sheet: Any) -> None:
        insert_column(sheet, 4)
        sheet["D5"].value, sheet["D8"].value = "Người làm", "Chị A"

    yield from _each("chen-cot", "a column “Người làm” put in before Vai trò", insert, "phieu-them-cot | D8 | Người làm", ".ods")

    @_on_sheet
    def move(sheet: Any) -> None:
        for row in range(5, 20):
            values = [sheet.cell(row, c).value for c in range(6, 11)]
            for column, value in enumerate((*values[1:], values[0]), start=6):
                sheet.cell(row, column).value = value

    yield from _each("doi-cho-cot", "the score column moved behind Ghi chú", move)

    @_on_sheet
    def hide(sheet: Any) -> None:
        sheet.column_dimensions["F"].hidden = True
        sheet.column_dimensions["I"].hidden = True

    yield from _each("an-cot", "the columns of scores and evidence hidden", hide, "")

    def delete(column: int) -> Callable[[Book], None]:
        return _on_sheet(lambda sheet: delete_column(sheet, column))

    none = {f"c{code.replace('.', '_')}": "unusable" for code in FULL}
    yield _of("xoa-cot-diem.xlsx", "the score column deleted", delete(6), "phieu-thieu-cot | A5", **none)
    yield _of("xoa-cot-tai-lieu.xlsx", "the evidence column deleted", delete(9), "phieu-thieu-cot | A5")
    yield _of("xoa-cot-ma.xlsx", "the hidden column deleted", delete(1))
    yield _of("xoa-cot-stt.xlsx", "the code column deleted", delete(2), "phieu-thieu-cot | A5\n" + "\n".join(f"doi-ten-dong | B{row}" for row in range(6, 19)))

    @_on_sheet
    def double(sheet: Any) -> None:
        for row in range(5, 20):
            sheet.cell(row, 11).value = sheet.cell(row, 6).value
        sheet["K8"].value = 0.25

    yield from _each("lap-cot", "a second score column behind Ghi chú, with another score in it", double, "phieu-lap-cot | K5 | Điểm tự chấm")

    @_on_sheet
    def rename(sheet: Any) -> None:
        sheet["F5"].value = "Điểm của phòng"

    yield from _each("doi-ten-cot", "the heading of the score column changed", rename, "phieu-thieu-cot | A5\nphieu-them-cot | F8 | Điểm của phòng", **none)

    @_on_sheet
    def respell(sheet: Any) -> None:
        sheet["F5"].value, sheet["I5"].value = "ĐIỂM TỰ  CHẤM\n", "tai lieu kiem chung"

    yield from _each("tieu-de-cot-go-lai", "headings in capitals, with a line break, without diacritics", respell, "")


# --- sheets ---


def _sheets() -> Iterator[Sample]:
    def rename(book: Book) -> None:
        book[SCORE_SHEET].title = "Sheet1"

    yield from _each("doi-ten-trang", "the score sheet renamed", rename, "")

    def add(book: Book) -> None:
        sheet = book.create_sheet("Nháp", 0)
        sheet["A1"].value, sheet["B2"].value = "tính thử", 3.5
        book.create_sheet("Trang trống")
        book.move_sheet(HELP_SHEET, -2)

    yield from _each("them-trang", "a sheet of the unit's own put in front, a blank one behind, Hướng dẫn moved", add, "phieu-them-trang | | Nháp")

    def copy(book: Book) -> None:
        sheet = book.copy_worksheet(book[SCORE_SHEET])
        sheet.title = "Phiếu chấm (2)"
        sheet["F8"].value = 0.5

    yield from _each("hai-trang-phieu", "the score sheet copied, with another score in the copy", copy, "nhieu-trang-phieu | | Phiếu chấm (2)")

    def drop_hidden(book: Book) -> None:
        del book[HIDDEN_SHEET]

    yield from _each("xoa-trang-an", "the hidden sheet deleted; the document's properties still tell", drop_hidden, "", ".xls .ods")

    def rename_hidden(book: Book) -> None:
        book[HIDDEN_SHEET].title = "Sheet3"

    yield from _each("doi-ten-trang-an", "the hidden sheet renamed: known by what is in it, and no sheet of the unit's own", rename_hidden)

    def drop_help(book: Book) -> None:
        del book[HELP_SHEET]

    yield from _each("xoa-trang-huong-dan", "the sheet Hướng dẫn deleted", drop_help)

    def drop_title(book: Book) -> None:
        sheet = book[SCORE_SHEET]
        for area in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(area))
        for _ in range(4):
            delete_row(sheet, 1)

    yield from _each("xoa-dong-dau", "the four lines above the table deleted", drop_title)

    def drop_headings(book: Book) -> None:
        for cell in book[SCORE_SHEET][5]:
            cell.value = None

    yield _of("mat-tieu-de-cot.xlsx", "the heading row emptied", drop_headings, "phieu-mat-tieu-de-cot", unit=NO_UNIT)


# --- the campaign or the form changed ---


def _changed() -> Iterator[Sample]:
    @_on_sheet
    def change(sheet: Any) -> None:
        sheet["C8"].value, sheet["E9"].value = "Ban hành quyết định", 3
        sheet["E10"].value = None

    yield from _each(
        "doi-ten-doi-diem",
        "the name of 1.1.1 and the maximum of 1.1.2 changed, that of 1.1.3 taken away",
        change,
        """doi-ten-dong | C8 | 1.1.1 Ban hành quyết định
        doi-diem-toi-da | E9 | 3
        doi-diem-toi-da | E10""",
        ".ods",
    )

    def earlier() -> bytes:
        before = CRITERIA.replace("Ban hành kế hoạch        ", "Kế hoạch năm             ", 1)
        before = before.replace("| 2,5         |", "| 2           |")
        before = before.replace("1.1.3  | Báo cáo định kỳ ", "1.1.4  | Kiểm tra, giám sát")
        book = issued(campaign(criteria=before))
        fill(book, FULL)
        return saved(book)

    scores = full_scores(c1_1_3="absent")
    found = (
        "doi-ten-sau-khi-phat | C8 | 1.1.1 Kế hoạch năm",
        "doi-diem-toi-da-sau-khi-phat | E9 | 2",
        "dong-khong-con | F10 | 1.1.4 Kiểm tra, giám sát",
        "dong-them-sau-khi-phat",
    )
    done = "issued before the campaign changed: 1.1.1 had another name, 1.1.2 another maximum, 1.1.4 stood there and not 1.1.3"
    for ending, by in ((".xlsx", "openpyxl"), ("-lo.xlsx", _LO), ("-lo.ods", _LO)):
        yield Sample(f"CCHC-2024-VP-phat-truoc{ending}", done, earlier, by, scores=scores, findings=found)

    def of_year() -> bytes:
        book = issued(campaign(settings=SETTINGS.replace("2024                        |", "2023                        |")))
        fill(book, FULL)
        return saved(book)

    yield Sample("CCHC-2024-VP-nam-khac.xlsx", "a form of the year before", of_year, unit=NO_UNIT, findings=("phieu-nam-khac | | 2023",))


def _marks() -> Iterator[Sample]:
    def hidden(row: int, value: str) -> Callable[[Book], None]:
        def edit(book: Book) -> None:
            book[HIDDEN_SHEET].cell(row, 2).value = value

        return edit

    yield _of("dot-khac.xlsx", "the hidden sheet names another campaign", hidden(1, "CCHC-2024-SKT"), "phieu-dot-khac | | CCHC-2024-SKT", unit=NO_UNIT)
    yield _of("don-vi-khong-con.xlsx", "the hidden sheet names a unit that is not there", hidden(2, "P9"), "don-vi-khong-con | | P9", unit=NO_UNIT)
    yield _of("ban-khac.xlsx", "the hidden sheet names another version of the form", hidden(3, "9"), "phieu-ban-khac | | 9", unit=NO_UNIT)

    @_on_sheet
    def of_other(sheet: Any) -> None:
        sheet["B3"].value = "Đơn vị: Thanh tra Sở"

    yield from _each("ghi-don-vi-khac", "the unit's name above the table changed to another unit's", of_other, "phieu-cua-don-vi-khac | | Thanh tra Sở", ".ods")
    for name, line, done, finding, unit in (
        ("mat-dau", "Đơn vị: Văn phòng Sở", "known by the name above the table", "nhan-theo-tieu-de | | Văn phòng Sở", "VP"),
        ("mat-dau-ten-khac", "ĐƠN VỊ :  văn phong", "known by another name, in capitals and without diacritics", "nhan-theo-tieu-de | | văn phong", "VP"),
        ("mat-dau-ten-la", "Đơn vị: Phòng Nghiệp vụ", "a name that two units begin with", "khong-ro-don-vi | | Phòng Nghiệp vụ", NO_UNIT),
        ("mat-dau-ten-trong", "Đơn vị:", "the name wiped out", "khong-phai-phieu", NO_UNIT),
    ):
        yield _of(f"{name}.xlsx", f"hidden sheet and properties gone; {done}", _without_marks(line), finding, unit=unit)
    yield _of("mat-dau-lo.ods", "hidden sheet and properties gone; known by the name above the table", _without_marks("Đơn vị: Văn phòng Sở"), "nhan-theo-tieu-de | | Văn phòng Sở", _LO)
    yield _of("mat-dau-lo.xls", "hidden sheet and properties gone; known by the name above the table", _without_marks("Đơn vị: Văn phòng Sở"), "nhan-theo-tieu-de | | Văn phòng Sở", _LO)


def _without_marks(line: str) -> Callable[[Book], None]:
    def edit(book: Book) -> None:
        del book[HIDDEN_SHEET]
        for name in list(book.custom_doc_props.names):
            del book.custom_doc_props[name]
        book.properties.title = None
        book[SCORE_SHEET]["B3"].value = line

    return edit


def _names() -> Iterator[Sample]:
    yield _of("Bản sao của CCHC-2024-VP.xlsx", "the name that Google Drive gives a copy", _nothing)
    yield _of("bản chốt (1).xlsx", "a name that says nothing", _nothing, "ten-tep-khac")
    yield _of("bản cuối_final.ods", "a name that says nothing", _nothing, "ten-tep-khac", _LO)


# --- what else is in a sheet ---


def _decorations() -> Iterator[Sample]:
    @_on_sheet
    def decorate(sheet: Any) -> None:
        sheet["F8"].comment = Comment("Đã hỏi Văn phòng Sở (số liệu minh họa)", "VP")
        sheet.auto_filter.ref = "B5:J19"
        sheet.auto_filter.add_filter_column(0, ["1.1.1"])
        sheet.freeze_panes = "D6"
        red = PatternFill("solid", bgColor="FF0000")
        sheet.conditional_formatting.add("F8:F18", CellIsRule(operator="equal", formula=["0"], fill=red))

    yield from _each("chu-thich-loc", "a comment, a filter, frozen panes, conditional formats", decorate, "", ".ods")

    @_on_sheet
    def merge_evidence(sheet: Any) -> None:
        sheet.merge_cells("I8:I11")

    yield from _each(
        "gop-o-tai-lieu",
        "the evidence of rows 8–11 merged into one cell, as one document proves all four",
        merge_evidence,
        "thieu-tai-lieu | I9\nthieu-tai-lieu | I10\nthieu-tai-lieu | I11",
    )


def _written_otherwise() -> Iterator[Sample]:
    custom = {"cchc-dot": "CCHC-2024-STN", "cchc-don-vi": "VP", "cchc-ban": "1"}
    both = (SCORE_SHEET, HIDDEN_SHEET)

    def of(name: str, done: str, make: Callable[[], bytes], *findings: str, **scores: str) -> Sample:
        return Sample(f"CCHC-2024-VP-{name}.xlsx", done, make, "XlsxWriter", scores=full_scores(**scores), findings=findings)

    yield of("chep-sang-tep-moi", "values copied to a new workbook, the sheet alone", lambda: rebuilt(full()), "nhan-theo-tieu-de | | Văn phòng Sở")
    yield of("tep-moi-con-thuoc-tinh", "written anew with the properties, without the hidden sheet", lambda: rebuilt(full(), custom=custom))
    yield of("tep-moi-du-trang", "written anew with the hidden sheet", lambda: rebuilt(full(), sheets=both))
    yield of("chu-trong-o", "texts kept in the cells (inline strings)", lambda: rebuilt(full(), {"constant_memory": True}, both))

    def rich(book: Any, sheet: Any) -> None:
        bold, red = book.add_format({"bold": True}), book.add_format({"font_color": "red"})
        sheet.write_rich_string("C8", "Ban ", bold, "hành ", red, "kế hoạch")
        sheet.write_rich_string("I8", bold, "Kế hoạch số 12/", red, "KH-STN ", "(số liệu minh họa)")
        sheet.write_rich_string("F9", "1", bold, ",", red, "5")

    yield Sample("CCHC-2024-VP-chu-nhieu-kieu.xlsx", "texts of several letter styles", lambda: rebuilt(full(), sheets=both, extra=rich), "XlsxWriter", scores=full_scores(c1_1_2="1.5"), words={("1.1.1", "evidence"): EVIDENCE}, findings=("diem-go-chu | F9 | 1,5",))

    def date(book: Any, sheet: Any) -> None:
        sheet.write_datetime("F9", dt.datetime(2024, 5, 2), book.add_format({"num_format": "d/m/yyyy"}))

    yield of("ngay-tu-1904", "dates counted from 1904, a date in a score cell", lambda: rebuilt(full(), {"date_1904": True}, both, extra=date), "diem-khong-ro | F9 | 02/05/2024", c1_1_2="unusable")

    def picture(_: Any, sheet: Any) -> None:
        sheet.insert_image("L8", "chu-ky.png", {"image_data": io.BytesIO(_PNG)})
        sheet.insert_textbox("L12", "Đã ký")
        sheet.autofilter("B5:J19")

    yield of("hinh-anh", "a picture, a text box and a filter", lambda: rebuilt(full(), sheets=both, extra=picture))

    def table(_: Any, sheet: Any) -> None:
        headings = [{"header": h} for h in ("Mã dòng", "STT", "Lĩnh vực/Tiêu chí/Tiêu chí thành phần", "Vai trò", "Điểm tối đa", "Điểm tự chấm", "Áp dụng", "Kết quả, giải trình", "Tài liệu kiểm chứng", "Ghi chú")]
        sheet.add_table("A5:J20", {"columns": headings, "style": "Table Style Medium 9"})

    yield of("thanh-bang", "the rows made into an Excel table", lambda: rebuilt(full(), sheets=both, extra=table))

    def no_addresses(name: str, part: bytes) -> bytes:
        import re

        return re.sub(rb'<(c|row) r="[A-Z]*\d+"', rb"<\1", part) if name.startswith("xl/worksheets/") else part

    def dense() -> bytes:
        book = openpyxl.Workbook()
        book.remove(book.active)
        for source in (full()[SCORE_SHEET], full()[HIDDEN_SHEET]):
            sheet = book.create_sheet(source.title)
            for row in source.iter_rows():
                for cell in row:
                    text = "" if cell.data_type == "f" or cell.value is None else cell.value
                    sheet.cell(cell.row, cell.column).value = text
                    if isinstance(text, str):
                        sheet.cell(cell.row, cell.column).data_type = "s"
        return settled(saved(book), change=no_addresses)

    yield Sample("CCHC-2024-VP-o-khong-dia-chi.xlsx", "cells and rows without addresses, as some programs write them", dense, scores=full_scores())
    yield of("nhieu-loai-so", "written anew: scores as text, a percentage, TRUE", lambda: rebuilt(_of_kinds(), sheets=both), "diem-go-chu | F8 | 0,5", "diem-khong-ro | F9 | 50%", "diem-khong-ro | F10 | TRUE", c1_1_1="0.5", c1_1_2="unusable", c1_1_3="unusable")


def _of_kinds() -> Book:
    book = full()
    sheet = book[SCORE_SHEET]
    sheet["F8"].value, sheet["F10"].value = "0,5", True
    sheet["F9"].value, sheet["F9"].number_format = 0.5, "0%"
    return book


# --- several files of one unit ---


def write_groups(folder: Path) -> None:
    """Write the folders in which one unit has several files."""

    def other(book: Book) -> None:
        book[SCORE_SHEET]["F8"].value = 0.5
        book[SCORE_SHEET]["J9"].value = "đã sửa"

    early, late = saved(full(), "2024-11-18T01:00:00Z"), saved(full(other), "2024-11-19T01:00:00Z")
    as_ods = saved_by_libreoffice({"CCHC-2024-VP.ods": saved(full())})["CCHC-2024-VP.ods"]
    groups = {
        "hai-ban-giong-nhau": (
            {"CCHC-2024-VP.xlsx": early, "Bản sao của CCHC-2024-VP.xlsx": early},
            "one form sent twice",
            None,
            ("gui-trung | Bản sao của CCHC-2024-VP.xlsx",),
        ),
        "hai-ban-khac-nhau": (
            {"CCHC-2024-VP.xlsx": early, "CCHC-2024-VP (1).xlsx": late},
            "sent twice, the second file (1) saved a day later with another score and a note",
            "CCHC-2024-VP (1).xlsx",
            (
                "gui-nhieu-ban | CCHC-2024-VP.xlsx",
                "hai-ban-khac-nhau | CCHC-2024-VP.xlsx | F8",
                "hai-ban-khac-nhau | CCHC-2024-VP.xlsx | F9",
            ),
        ),
        "hai-dinh-dang": (
            {"CCHC-2024-VP.ods": as_ods, "CCHC-2024-VP.xlsx": early},
            "one form sent as .xlsx and, saved later by LibreOffice, as .ods",
            "CCHC-2024-VP.ods",
            ("gui-trung | CCHC-2024-VP.xlsx",),
        ),
    }
    for name, (files, done, counted, findings) in groups.items():
        group = folder / name
        group.mkdir(parents=True, exist_ok=True)
        for file, content in files.items():
            group.joinpath(file).write_bytes(content)
        lines = [f"done: {done}", f"counted: {counted or 'CCHC-2024-VP.xlsx'}", "findings:", *findings]
        group.joinpath(GROUP_TEXT).write_text("\n".join(lines) + "\n", encoding="utf-8")
