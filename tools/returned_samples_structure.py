"""Samples of what happens to a form: its rows, columns, sheets, marks and file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

from openpyxl.styles import PatternFill
from returned_forms import (
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
    saved,
)

from cchc_office.papers.form.layout import HELP_SHEET, HIDDEN_SHEET, SCORE_SHEET
from tests.returned_samples import CRITERIA, NO_UNIT, SETTINGS

_LO = "LibreOffice"


def samples() -> Iterator[Sample]:
    """Yield the samples."""
    for part in (_whole, _rows, _more_rows, _columns, _sheets, _changed, _marks):  # fmt: skip
        yield from part()


def sample_of(name: str, done: str, edit: Callable[[Book], None], findings: str = "", by: str = "openpyxl", unit: str = "VP", **scores: str) -> Sample:  # fmt: skip
    """Return a sample of a full form after an edit of it."""
    found = tuple(line.strip() for line in findings.strip().splitlines())
    expected = full_scores(**scores) if unit != NO_UNIT else {}
    if not name.startswith(("Bản", "bản")):
        name = f"CCHC-2024-VP-{name}"
    return Sample(name, done, lambda: saved(full(edit)), by, unit, expected, findings=found)


def on_sheet(edit: Callable[[Any], None]) -> Callable[[Book], None]:
    """Return an edit of the workbook that is one of its score sheet."""
    return lambda book: edit(book[SCORE_SHEET])


def each_saved(name: str, done: str, edit: Callable[[Book], None], findings: str = "", endings: str = "", **scores: str) -> Iterator[Sample]:  # fmt: skip
    """Yield a sample as openpyxl saves it, and as LibreOffice does with each of the endings."""
    yield sample_of(f"{name}.xlsx", done, edit, findings, **scores)
    for ending in endings.split():
        yield sample_of(f"{name}-lo{ending}", done, edit, findings, _LO, **scores)


def nothing(_: Book) -> None:
    """Leave the form as it is."""


def _whole() -> Iterator[Sample]:
    yield from each_saved(
        "day-du", "filled in as it should be", nothing, "", ".xlsx .xls .ods .xlsm"
    )


# --- rows ---


def reorder(sheet: Any, first: int, order: list[int], columns: range) -> None:
    """Put the cells of some columns in another order, as sorting a selection does."""
    rows = [[sheet.cell(first + n, c).value for c in columns] for n in range(len(order))]
    for to, source in enumerate(order):
        for column, value in zip(columns, rows[source], strict=True):
            sheet.cell(first + to, column).value = value


def _rows() -> Iterator[Sample]:
    @on_sheet
    def sort_all(sheet: Any) -> None:
        reorder(sheet, 8, [3, 2, 1, 0], range(1, 11))

    yield from each_saved(
        "sap-xep", "rows 8–11 turned round, with the hidden column", sort_all, "", ".xls"
    )

    @on_sheet
    def sort_visible(sheet: Any) -> None:
        reorder(sheet, 8, [3, 2, 1, 0], range(2, 11))

    yield from each_saved(
        "sap-xep-thieu-cot-an",
        "rows 8–11 turned round, without the hidden column",
        sort_visible,
        "phieu-xao-dong | | 4",
        ".ods",
    )

    @on_sheet
    def sort_table(sheet: Any) -> None:
        order = sorted(range(14), key=lambda n: str(sheet.cell(6 + n, 3).value))
        reorder(sheet, 6, order, range(1, 11))

    yield from each_saved(
        "sap-xep-ca-bang", "the whole table sorted by name, headings among the rows", sort_table
    )

    @on_sheet
    def insert(sheet: Any) -> None:
        insert_row(sheet, 9)
        insert_row(sheet, 12)
        sheet["C12"].value, sheet["F12"].value, sheet["I12"].value = "Tự thêm", 1, "x"

    yield from each_saved(
        "chen-dong",
        "a blank row 9 inserted, and a row 12 of the unit's own with a score",
        insert,
        "phieu-dong-la | F12 | Tự thêm",
        ".xls",
    )

    @on_sheet
    def delete(sheet: Any) -> None:
        delete_row(sheet, 9)

    yield from each_saved(
        "xoa-dong", "row 9 (1.1.2) deleted", delete, "phieu-thieu-dong", ".ods", c1_1_2="absent"
    )

    @on_sheet
    def hide(sheet: Any) -> None:
        for row in (9, 10, 17):
            sheet.row_dimensions[row].hidden = True

    yield from each_saved("an-dong", "rows 9, 10 and 17 hidden", hide, "")


def _more_rows() -> Iterator[Sample]:
    @on_sheet
    def unmerge(sheet: Any) -> None:
        for area in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(area))

    yield from each_saved("bo-tron-o", "all merged cells taken apart", unmerge)

    @on_sheet
    def merge(sheet: Any) -> None:
        sheet.merge_cells("F8:F9")
        sheet.merge_cells("G17:H18")

    yield from each_saved(
        "gop-o-diem",
        "the scores of rows 8 and 9 merged, and blank cells",
        merge,
        "thieu-diem-co-tai-lieu | F9",
        "",
        c1_1_2="blank",
    )

    @on_sheet
    def double(sheet: Any) -> None:
        for column in range(1, 11):
            sheet.cell(24, column).value = sheet.cell(8, column).value
        sheet["F24"].value = 0.5

    yield from each_saved(
        "lap-dong", "row 8 copied to row 24 with another score", double, "phieu-lap-dong | C24"
    )

    @on_sheet
    def renumber(sheet: Any) -> None:
        for row in range(6, 20):
            sheet.cell(row, 1).value = row - 5

    yield from each_saved(
        "dan-de-ma-dong", "running numbers pasted over the hidden ids", renumber, ""
    )

    @on_sheet
    def shift(sheet: Any) -> None:
        for row in range(8, 12):
            sheet.cell(row, 1).value = sheet.cell(row + 1, 1).value

    yield from each_saved(
        "lech-ma-dong",
        "the hidden ids of rows 9–12 pasted over those of rows 8–11",
        shift,
        "phieu-xao-dong | | 4",
    )

    @on_sheet
    def codes_as_numbers(sheet: Any) -> None:
        sheet["B6"].value, sheet["B15"].value = 1, 2.1
        sheet["B8"].value = dt.datetime(2001, 1, 1)
        sheet["B11"].value = "1.1.1"

    yield sample_of(
        "stt-thanh-so.xlsx",
        "codes that Excel turned into numbers and a date, 1.1.10 into 1.1.1",
        codes_as_numbers,
        "doi-ten-dong | C8\ndoi-ten-dong | C11",
    )

    @on_sheet
    def far(sheet: Any) -> None:
        sheet["XFD1048576"].value = "x"

    yield from each_saved(
        "o-xa", "a letter in the last cell that a sheet has", far, "o-qua-xa | XFD1048576"
    )

    @on_sheet
    def formatted(sheet: Any) -> None:
        yellow = PatternFill("solid", fgColor="FFFF00")
        for row in range(26, 1026):
            for column in (3, 6):
                sheet.cell(row, column).fill = yellow

    yield from each_saved(
        "nghin-dong-trong", "a thousand coloured blank rows under the table", formatted, ""
    )


# --- columns ---


def _columns() -> Iterator[Sample]:
    @on_sheet
    def insert(sheet: Any) -> None:
        insert_column(sheet, 4)
        sheet["D5"].value, sheet["D8"].value = "Người làm", "Chị A"

    yield from each_saved(
        "chen-cot",
        "a column “Người làm” put in before Vai trò",
        insert,
        "phieu-them-cot | D8 | Người làm",
        ".ods",
    )

    @on_sheet
    def move(sheet: Any) -> None:
        for row in range(5, 20):
            values = [sheet.cell(row, c).value for c in range(6, 11)]
            for column, value in enumerate((*values[1:], values[0]), start=6):
                sheet.cell(row, column).value = value

    yield from each_saved("doi-cho-cot", "the score column moved behind Ghi chú", move)

    @on_sheet
    def hide(sheet: Any) -> None:
        sheet.column_dimensions["F"].hidden = True
        sheet.column_dimensions["I"].hidden = True

    yield from each_saved("an-cot", "the columns of scores and evidence hidden", hide, "")

    def delete(column: int) -> Callable[[Book], None]:
        return on_sheet(lambda sheet: delete_column(sheet, column))

    none = {f"c{code.replace('.', '_')}": "unusable" for code in FULL}
    yield sample_of(
        "xoa-cot-diem.xlsx", "the score column deleted", delete(6), "phieu-thieu-cot | A5", **none
    )
    yield sample_of(
        "xoa-cot-tai-lieu.xlsx", "the evidence column deleted", delete(9), "phieu-thieu-cot | A5"
    )
    yield sample_of("xoa-cot-ma.xlsx", "the hidden column deleted", delete(1))
    yield sample_of(
        "xoa-cot-stt.xlsx", "the code column deleted", delete(2), "phieu-thieu-cot | A5"
    )

    @on_sheet
    def double(sheet: Any) -> None:
        for row in range(5, 20):
            sheet.cell(row, 11).value = sheet.cell(row, 6).value
        sheet["K8"].value = 0.25

    yield from each_saved(
        "lap-cot",
        "a second score column behind Ghi chú, with another score in it",
        double,
        "phieu-lap-cot | K5 | Điểm tự chấm",
    )

    @on_sheet
    def rename(sheet: Any) -> None:
        sheet["F5"].value = "Điểm của phòng"

    yield from each_saved(
        "doi-ten-cot",
        "the heading of the score column changed",
        rename,
        "tep-doi-ten-cot | F5 | Điểm của phòng",
        **none,
    )

    @on_sheet
    def respell(sheet: Any) -> None:
        sheet["F5"].value, sheet["I5"].value = "ĐIỂM TỰ  CHẤM\n", "tai lieu kiem chung"

    yield from each_saved(
        "tieu-de-cot-go-lai",
        "headings in capitals, with a line break, without diacritics",
        respell,
        "",
    )


# --- sheets ---


def _sheets() -> Iterator[Sample]:
    def rename(book: Book) -> None:
        book[SCORE_SHEET].title = "Sheet1"

    yield from each_saved("doi-ten-trang", "the score sheet renamed", rename, "")

    def add(book: Book) -> None:
        sheet = book.create_sheet("Nháp", 0)
        sheet["A1"].value, sheet["B2"].value = "tính thử", 3.5
        book.create_sheet("Trang trống")
        book.move_sheet(HELP_SHEET, -2)

    yield from each_saved(
        "them-trang",
        "a sheet of the unit's own put in front, a blank one behind, Hướng dẫn moved",
        add,
        "phieu-them-trang | | Nháp",
    )

    def copy(book: Book) -> None:
        sheet = book.copy_worksheet(book[SCORE_SHEET])
        sheet.title = "Phiếu chấm (2)"
        sheet["F8"].value = 0.5

    yield from each_saved(
        "hai-trang-phieu",
        "the score sheet copied, with another score in the copy",
        copy,
        "nhieu-trang-phieu | | Phiếu chấm (2)",
    )

    def drop_hidden(book: Book) -> None:
        del book[HIDDEN_SHEET]

    yield from each_saved(
        "xoa-trang-an",
        "the hidden sheet deleted; the document's properties still tell",
        drop_hidden,
        "",
        ".xls .ods",
    )

    def rename_hidden(book: Book) -> None:
        book[HIDDEN_SHEET].title = "Sheet3"

    yield from each_saved(
        "doi-ten-trang-an",
        "the hidden sheet renamed: known by what is in it, and no sheet of the unit's own",
        rename_hidden,
    )

    def drop_help(book: Book) -> None:
        del book[HELP_SHEET]

    yield from each_saved("xoa-trang-huong-dan", "the sheet Hướng dẫn deleted", drop_help)

    def drop_title(book: Book) -> None:
        sheet = book[SCORE_SHEET]
        for area in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(area))
        for _ in range(4):
            delete_row(sheet, 1)

    yield from each_saved("xoa-dong-dau", "the four lines above the table deleted", drop_title)

    def drop_headings(book: Book) -> None:
        for cell in book[SCORE_SHEET][5]:
            cell.value = None

    yield sample_of(
        "mat-tieu-de-cot.xlsx",
        "the heading row emptied",
        drop_headings,
        "phieu-mat-tieu-de-cot",
        unit=NO_UNIT,
    )


# --- the campaign or the form changed ---


def _changed() -> Iterator[Sample]:
    @on_sheet
    def change(sheet: Any) -> None:
        sheet["C8"].value, sheet["E9"].value = "Ban hành quyết định", 3
        sheet["E10"].value = None

    yield from each_saved(
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
        yield Sample(
            f"CCHC-2024-VP-phat-truoc{ending}", done, earlier, by, scores=scores, findings=found
        )

    def of_year() -> bytes:
        book = issued(
            campaign(
                settings=SETTINGS.replace(
                    "2024                        |", "2023                        |"
                )
            )
        )
        fill(book, FULL)
        return saved(book)

    yield Sample(
        "CCHC-2024-VP-nam-khac.xlsx",
        "a form of the year before",
        of_year,
        unit=NO_UNIT,
        findings=("phieu-nam-khac | | 2023",),
    )


def _marks() -> Iterator[Sample]:
    def hidden(row: int, value: str) -> Callable[[Book], None]:
        def edit(book: Book) -> None:
            book[HIDDEN_SHEET].cell(row, 2).value = value

        return edit

    yield sample_of(
        "dot-khac.xlsx",
        "the hidden sheet names another campaign",
        hidden(1, "CCHC-2024-SKT"),
        "phieu-dot-khac | | CCHC-2024-SKT",
        unit=NO_UNIT,
    )
    yield sample_of(
        "don-vi-khong-con.xlsx",
        "the hidden sheet names a unit that is not there",
        hidden(2, "P9"),
        "don-vi-khong-con | | P9",
        unit=NO_UNIT,
    )
    yield sample_of(
        "ban-khac.xlsx",
        "the hidden sheet names another version of the form",
        hidden(3, "9"),
        "phieu-ban-khac | | 9",
        unit=NO_UNIT,
    )

    @on_sheet
    def of_other(sheet: Any) -> None:
        sheet["B3"].value = "Đơn vị: Thanh tra Sở"

    yield from each_saved(
        "ghi-don-vi-khac",
        "the unit's name above the table changed to another unit's",
        of_other,
        "phieu-cua-don-vi-khac | | Thanh tra Sở",
        ".ods",
    )
    for name, line, done, finding, unit in (
        (
            "mat-dau",
            "Đơn vị: Văn phòng Sở",
            "known by the name above the table",
            "nhan-theo-tieu-de | | Văn phòng Sở",
            "VP",
        ),
        (
            "mat-dau-ten-khac",
            "ĐƠN VỊ :  văn phong",
            "known by another name, in capitals and without diacritics",
            "nhan-theo-tieu-de | | văn phong",
            "VP",
        ),
        (
            "mat-dau-ten-la",
            "Đơn vị: Phòng Nghiệp vụ",
            "a name that two units begin with",
            "khong-ro-don-vi | | Phòng Nghiệp vụ",
            NO_UNIT,
        ),
        ("mat-dau-ten-trong", "Đơn vị:", "the name wiped out", "khong-phai-phieu", NO_UNIT),
    ):
        yield sample_of(
            f"{name}.xlsx",
            f"hidden sheet and properties gone; {done}",
            _without_marks(line),
            finding,
            unit=unit,
        )
    yield sample_of(
        "mat-dau-lo.ods",
        "hidden sheet and properties gone; known by the name above the table",
        _without_marks("Đơn vị: Văn phòng Sở"),
        "nhan-theo-tieu-de | | Văn phòng Sở",
        _LO,
    )
    yield sample_of(
        "mat-dau-lo.xls",
        "hidden sheet and properties gone; known by the name above the table",
        _without_marks("Đơn vị: Văn phòng Sở"),
        "nhan-theo-tieu-de | | Văn phòng Sở",
        _LO,
    )


def _without_marks(line: str) -> Callable[[Book], None]:
    def edit(book: Book) -> None:
        del book[HIDDEN_SHEET]
        for name in list(book.custom_doc_props.names):
            del book.custom_doc_props[name]
        book.properties.title = None
        book[SCORE_SHEET]["B3"].value = line

    return edit
