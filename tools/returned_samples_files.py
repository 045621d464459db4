"""Samples of names, of what else lies in a sheet, of other ways to write one, of files sent twice."""

from __future__ import annotations

import base64
import datetime as dt
import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill
from returned_forms import (
    EVIDENCE,
    Book,
    Sample,
    full,
    full_scores,
    rebuilt,
    saved,
    saved_by_libreoffice,
    settled,
)
from returned_samples_structure import each_saved, nothing, on_sheet, reorder, sample_of

from cchc_office.papers.form.layout import HIDDEN_SHEET, SCORE_SHEET
from tests.returned_samples import GROUP_TEXT

_LO = "LibreOffice"
_PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def samples() -> Iterator[Sample]:
    """Yield the samples."""
    for part in (_names, _decorations, _written_otherwise):
        yield from part()


def _names() -> Iterator[Sample]:
    yield sample_of(
        "Bản sao của CCHC-2024-VP.xlsx", "the name that Google Drive gives a copy", nothing
    )
    yield sample_of("bản chốt (1).xlsx", "a name that says nothing", nothing, "ten-tep-khac")
    yield sample_of("bản cuối_final.ods", "a name that says nothing", nothing, "ten-tep-khac", _LO)


# --- what else is in a sheet ---


def _decorations() -> Iterator[Sample]:
    @on_sheet
    def decorate(sheet: Any) -> None:
        sheet["F8"].comment = Comment("Đã hỏi Văn phòng Sở (số liệu minh họa)", "VP")
        sheet.auto_filter.ref = "B5:J19"
        sheet.auto_filter.add_filter_column(0, ["1.1.1"])
        sheet.freeze_panes = "D6"
        red = PatternFill("solid", bgColor="FF0000")
        rule: Any = CellIsRule
        sheet.conditional_formatting.add("F8:F18", rule(operator="equal", formula=["0"], fill=red))

    yield from each_saved(
        "chu-thich-loc",
        "a comment, a filter, frozen panes, conditional formats",
        decorate,
        "",
        ".ods",
    )

    @on_sheet
    def merge_evidence(sheet: Any) -> None:
        sheet.merge_cells("I8:I11")

    yield from each_saved(
        "gop-o-tai-lieu",
        "the evidence of rows 8–11 merged into one cell, as one document proves all four",
        merge_evidence,
        "thieu-tai-lieu | I9\nthieu-tai-lieu | I10\nthieu-tai-lieu | I11",
    )


def _written_otherwise() -> Iterator[Sample]:
    custom = {"cchc-dot": "CCHC-2024-STN", "cchc-don-vi": "VP", "cchc-ban": "1"}
    both = (SCORE_SHEET, HIDDEN_SHEET)

    def of(
        name: str, done: str, make: Callable[[], bytes], *findings: str, **scores: str
    ) -> Sample:
        return Sample(
            f"CCHC-2024-VP-{name}.xlsx",
            done,
            make,
            "XlsxWriter",
            scores=full_scores(**scores),
            findings=findings,
        )

    yield of(
        "chep-sang-tep-moi",
        "values copied to a new workbook, the sheet alone",
        lambda: rebuilt(full()),
        "nhan-theo-tieu-de | | Văn phòng Sở",
    )
    yield of(
        "tep-moi-con-thuoc-tinh",
        "written anew with the properties, without the hidden sheet",
        lambda: rebuilt(full(), custom=custom),
    )
    yield of(
        "tep-moi-du-trang",
        "written anew with the hidden sheet",
        lambda: rebuilt(full(), sheets=both),
    )
    yield of(
        "chu-trong-o",
        "texts kept in the cells (inline strings)",
        lambda: rebuilt(full(), {"constant_memory": True}, both),
    )

    def rich(book: Any, sheet: Any) -> None:
        bold, red = book.add_format({"bold": True}), book.add_format({"font_color": "red"})
        sheet.write_rich_string("C8", "Ban ", bold, "hành ", red, "kế hoạch")
        sheet.write_rich_string("I8", bold, "Kế hoạch số 12/", red, "KH-STN ", "(số liệu minh họa)")
        sheet.write_rich_string("F9", "1", bold, ",", red, "5")

    yield Sample(
        "CCHC-2024-VP-chu-nhieu-kieu.xlsx",
        "texts of several letter styles",
        lambda: rebuilt(full(), sheets=both, extra=rich),
        "XlsxWriter",
        scores=full_scores(c1_1_2="1.5"),
        words={("1.1.1", "evidence"): EVIDENCE},
        findings=("diem-go-chu | F9 | 1,5",),
    )

    def date(book: Any, sheet: Any) -> None:
        sheet.write_datetime(
            "F9", dt.datetime(2024, 5, 2), book.add_format({"num_format": "d/m/yyyy"})
        )

    yield of(
        "ngay-tu-1904",
        "dates counted from 1904, a date in a score cell",
        lambda: rebuilt(full(), {"date_1904": True}, both, extra=date),
        "diem-khong-ro | F9 | 02/05/2024",
        c1_1_2="unusable",
    )

    yield of(
        "sap-xep-ca-dong-tong",
        "rows 17–20 turned round without the hidden column: the id of 2.2.1 stands by the total 0.75",
        lambda: rebuilt(
            _sorted_with_total(),
            sheets=both,
            extra=lambda _, sheet: sheet.write_number("F17", 0.75),
        ),
        "phieu-xao-dong | | 3",
    )

    def picture(_: Any, sheet: Any) -> None:
        sheet.insert_image("L8", "chu-ky.png", {"image_data": io.BytesIO(_PNG)})
        sheet.insert_textbox("L12", "Đã ký")
        sheet.autofilter("B5:J19")

    yield of(
        "hinh-anh",
        "a picture, a text box and a filter",
        lambda: rebuilt(full(), sheets=both, extra=picture),
    )

    def table(_: Any, sheet: Any) -> None:
        headings = [
            {"header": h}
            for h in (
                "Mã dòng",
                "STT",
                "Lĩnh vực/Tiêu chí/Tiêu chí thành phần",
                "Vai trò",
                "Điểm tối đa",
                "Điểm tự chấm",
                "Áp dụng",
                "Kết quả, giải trình",
                "Tài liệu kiểm chứng",
                "Ghi chú",
            )
        ]
        sheet.add_table("A5:J20", {"columns": headings, "style": "Table Style Medium 9"})

    yield of(
        "thanh-bang",
        "the rows made into an Excel table",
        lambda: rebuilt(full(), sheets=both, extra=table),
    )

    def no_addresses(name: str, part: bytes) -> bytes:
        return (
            re.sub(rb'<(c|row) r="[A-Z]*\d+"', rb"<\1", part)
            if name.startswith("xl/worksheets/")
            else part
        )

    def dense() -> bytes:
        book: Any = openpyxl.Workbook()
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

    yield Sample(
        "CCHC-2024-VP-o-khong-dia-chi.xlsx",
        "cells and rows without addresses, as some programs write them",
        dense,
        scores=full_scores(),
    )
    yield of(
        "nhieu-loai-so",
        "written anew: scores as text, a percentage, TRUE",
        lambda: rebuilt(_of_kinds(), sheets=both),
        "diem-go-chu | F8 | 0,5",
        "diem-khong-ro | F9 | 50%",
        "diem-khong-ro | F10 | TRUE",
        c1_1_1="0.5",
        c1_1_2="unusable",
        c1_1_3="unusable",
    )


def _sorted_with_total() -> Book:
    return full(on_sheet(lambda sheet: reorder(sheet, 17, [3, 2, 1, 0], range(2, 11))))


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
        lines = [
            f"done: {done}",
            f"counted: {counted or 'CCHC-2024-VP.xlsx'}",
            "findings:",
            *findings,
        ]
        group.joinpath(GROUP_TEXT).write_text("\n".join(lines) + "\n", encoding="utf-8")
