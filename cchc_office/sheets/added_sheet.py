"""A sheet for people to read, added to a workbook of somebody else's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cchc_office.sheets.addresses import quoted_sheet
from cchc_office.sheets.look import HEADING_FILL, LINK_COLOR
from cchc_office.text.widths import LINE_HEIGHT, lines_in_cell

if TYPE_CHECKING:
    from openpyxl import Workbook

CELL = re.compile(r"\$?[A-Z]{1,3}\$?[1-9][0-9]*")
"""What names a cell."""

_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SIZE = 11
_LETTER = 1.8
"""Millimetres of the width of a column that a letter stands for, at least."""
_FONT = "Times New Roman"


@dataclass(frozen=True)
class AddedColumn:
    """A heading, and the width below it in letters."""

    heading: str
    width: float


@dataclass(frozen=True)
class AddedRow:
    """Texts, one a column. The first cell has the colour `fill` ("#RRGGBB"), "" for none.

    The cell of the column `linked`, counted from 0, leads to a cell of a sheet of the workbook,
    to its first where `cell` names none; where there is no such sheet, nowhere.
    """

    texts: tuple[str, ...]
    fill: str = ""
    bold: bool = False
    linked: int = 0
    sheet: str = ""
    cell: str = ""


@dataclass(frozen=True)
class AddedSheet:
    """A sheet with one table below remarks, the first of which is in bold."""

    name: str
    remarks: Sequence[str]
    columns: Sequence[AddedColumn]
    rows: Sequence[AddedRow]


def add_sheet(book: Workbook, added: AddedSheet, place: int) -> None:
    """Add a sheet to a workbook, at a place counted from 0."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    sheet: Any = book.create_sheet(added.name, place)
    widths = [column.width for column in added.columns]
    line = Side(style="thin", color="808080")
    border = Border(left=line, right=line, top=line, bottom=line)
    wrapped = Alignment(wrap_text=True, vertical="top")
    plain, bold = Font(name=_FONT, size=_SIZE), Font(name=_FONT, size=_SIZE, bold=True)
    for row, remark in enumerate(added.remarks, start=1):
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(widths))
        cell = sheet.cell(row, 1, writable(remark))
        cell.data_type = "s"
        cell.font, cell.alignment = bold if row == 1 else plain, wrapped
        _fit(sheet, row, [(remark, sum(widths))])
    first = len(added.remarks) + 1
    for number, column in enumerate(added.columns, start=1):
        cell = sheet.cell(first, number, column.heading)
        cell.font, cell.border = bold, border
        cell.fill = PatternFill("solid", fgColor=HEADING_FILL.removeprefix("#"))
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        sheet.column_dimensions[cell.column_letter].width = column.width
    _fit(sheet, first, [(column.heading, column.width) for column in added.columns], bold=True)
    for row, one in enumerate(added.rows, start=first + 1):
        for number, text in enumerate(one.texts, start=1):
            cell = sheet.cell(row, number)
            cell.value = writable(text)
            cell.data_type = "s"  # never a formula
            cell.font, cell.alignment, cell.border = bold if one.bold else plain, wrapped, border
        if one.fill:
            sheet.cell(row, 1).fill = PatternFill("solid", fgColor=one.fill.removeprefix("#"))
        _link(book, sheet.cell(row, one.linked + 1), one)
        _fit(sheet, row, list(zip(one.texts, widths, strict=True)))
    sheet.freeze_panes = f"A{first + 1}"
    sheet.print_title_rows = f"{first}:{first}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def writable(text: str) -> str:
    """Return a text without the letters that no part of a workbook can hold."""
    return _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def _link(book: Workbook, cell: Any, row: AddedRow) -> None:
    from openpyxl.styles import Font
    from openpyxl.worksheet.hyperlink import Hyperlink

    if row.sheet not in book.sheetnames:
        return
    to = row.cell if CELL.fullmatch(row.cell) else "A1"
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"{quoted_sheet(row.sheet)}!{to}")
    colour = LINK_COLOR.removeprefix("#")
    cell.font = Font(name=_FONT, size=_SIZE, color=colour, underline="single", bold=row.bold)


def _fit(sheet: Any, row: int, texts: Sequence[tuple[str, float]], *, bold: bool = False) -> None:
    lines = max(lines_in_cell(text, width * _LETTER, _SIZE, bold=bold) for text, width in texts)
    sheet.row_dimensions[row].height = max(lines, 1) * _SIZE * LINE_HEIGHT + 4
