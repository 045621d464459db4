"""The report's own code writing with openpyxl: the same cells, formats, links and formulas.

A stand-in for `WorkbookWriter` in the quickest way that openpyxl has: styles are made once and
given to cells as references. What costs next to nothing (charts, conditional formats, page setup)
it leaves out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink

from cchc_office.decree30.figures import DEFAULT_PROFILE
from cchc_office.model import Consolidation
from cchc_office.papers import report
from cchc_office.papers.report.inputs import Inputs
from cchc_office.sheets import table_sheet
from cchc_office.sheets.columns import Column, Link, Live, Value
from cchc_office.sheets.look import HEADING, Style
from cchc_office.sheets.row_writer import MOST_OUTSIDE
from cchc_office.sheets.workbook_writer import FORMULA_STARTS

_SIDE = Side("thin")


def save_with_openpyxl(data: Consolidation, into: BinaryIO, *, write_only: bool) -> None:
    """Write the report of `data`; links lead to where ours do."""
    vars(table_sheet)["RowWriter"] = _Rows
    book = _Book(write_only=write_only)
    report.write_sheets(book, Inputs(data, "../../nhan-ve"))  # type: ignore[arg-type]
    book.save(into)


class _Anything:
    """Takes any call and does nothing."""

    def __getattr__(self, name: str) -> Any:
        return lambda *args, **kwargs: None


class _Book:
    def __init__(self, *, write_only: bool) -> None:
        self.write_only = write_only
        self.font = DEFAULT_PROFILE.font
        self.raw = openpyxl.Workbook(write_only=write_only)
        if not write_only:
            self.raw.remove(self.raw.worksheets[0])
        self._sheets: list[_Sheet] = []
        self._styles: dict[tuple[Style, bool], Any] = {}
        self._pattern = openpyxl.Workbook().worksheets[0] if write_only else None

    def sheet(self, name: str) -> _Sheet:
        sheet = _Sheet(self, self.raw.create_sheet(name))
        self._sheets.append(sheet)
        return sheet

    def chart(self, kind: Any) -> Any:
        return _Anything()

    def conditional(self, properties: Any) -> Any:
        return None

    def save(self, into: BinaryIO) -> None:
        for sheet in self._sheets:
            sheet.flush()
        self.raw.save(into)

    def style(self, style: Style, *, quoted: bool) -> Any:
        key = (style, quoted)
        if key not in self._styles:
            cell: Any = WriteOnlyCell(self.raw.worksheets[0])
            cell.font = Font(
                name=DEFAULT_PROFILE.font,
                size=style.size,
                bold=style.bold,
                italic=style.italic,
                color=f"FF{style.color[1:]}",
                underline="single" if style.underline else None,
            )
            if style.fill:
                cell.fill = PatternFill("solid", fgColor=f"FF{style.fill[1:]}")
            cell.alignment = Alignment(style.align, "center", wrap_text=style.wrap)
            if style.border:
                cell.border = Border(_SIDE, _SIDE, _SIDE, _SIDE)
            cell.number_format = style.number_format
            cell._style.quotePrefix = int(quoted)
            self._styles[key] = cell._style
        return self._styles[key]


class _Sheet:
    def __init__(self, book: _Book, sheet: Any) -> None:
        self.book = book
        self.raw = _Anything()
        self.sheet = sheet
        self._waiting: dict[int, dict[int, tuple[Value, Style]]] = {}
        self._row = 0
        self._outside = 0

    @property
    def name(self) -> str:
        return str(self.sheet.title)

    def text(self, row: int, column: int, text: str, style: Style) -> None:
        self._waiting.setdefault(row, {})[column] = (text, style)

    def merged(
        self, first: tuple[int, int], last: tuple[int, int], text: str, style: Style
    ) -> None:
        self.text(*first, text, style)

    def number(self, row: int, column: int, value: Any, style: Style) -> None:
        self._waiting.setdefault(row, {})[column] = (value, style)

    def formula(self, row: int, column: int, formula: str, value: Any, style: Style) -> None:
        self._waiting.setdefault(row, {})[column] = (Live(formula, value), style)

    def column_widths(self, millimetres: list[float]) -> None:
        for column, width in enumerate(millimetres, start=1):
            self.sheet.column_dimensions[get_column_letter(column)].width = width / 2

    def row_height(self, row: int, points: float) -> None:
        self.sheet.row_dimensions[row + 1].height = points

    def print_setup(self, *args: Any, **kwargs: Any) -> None:
        self.sheet.page_setup.orientation = "landscape"

    def headings(self, row: int, columns: Sequence[Column]) -> None:
        self.column_widths([column.width for column in columns])
        for place, column in enumerate(columns):
            self.text(row, place, column.heading, HEADING)

    def flush(self) -> None:
        for row in sorted(self._waiting):
            cells = self._waiting[row]
            styles: list[Style] = []
            values: list[Value] = []
            for column in range(max(cells) + 1):
                value, style = cells.get(column, ("", Style()))
                values.append(value)
                styles.append(style)
            self.put(row, values, styles)
        self._waiting.clear()

    def put(self, row: int, values: Sequence[Value], styles: Sequence[Style]) -> None:
        book, sheet = self.book, self.sheet
        cells = []
        for column, (value, style) in enumerate(zip(values, styles, strict=True), start=1):
            shown, target = _shown(value)
            if target.startswith("external:"):
                self._outside += 1
                if self._outside > MOST_OUTSIDE:
                    shown = f'=HYPERLINK("{target[9:]}","{shown}")'
                    target = ""
            cell: Any = (
                WriteOnlyCell(sheet, shown)
                if book.write_only
                else sheet.cell(row + 1, column, shown)
            )
            is_text = isinstance(shown, str) and not isinstance(value, Live | Link)
            quoted = is_text and shown.startswith(FORMULA_STARTS)
            if quoted:
                cell.data_type = "s"
            cell._style = book.style(style, quoted=quoted)
            if target:
                cell._hyperlink = _hyperlink(row, column, target)
                if not book.write_only:
                    sheet._hyperlinks.append(cell._hyperlink)
            cells.append(cell)
        if book.write_only:
            while self._row < row:
                sheet.append([])
                self._row += 1
            sheet.append(cells)
            self._row += 1


def _shown(value: Value) -> tuple[Any, str]:
    if isinstance(value, Live):
        return value.formula, ""
    if isinstance(value, Link):
        return value.text or None, value.target if value.text else ""
    return (value if value != "" else None), ""


def _hyperlink(row: int, column: int, target: str) -> Hyperlink:
    ref = f"{get_column_letter(column)}{row + 1}"
    if target.startswith("external:"):
        return Hyperlink(ref=ref, target=target[9:])
    return Hyperlink(ref=ref, location=target)


class _Rows:
    def __init__(self, sheet: _Sheet, first: int, _named_by: tuple[int, ...]) -> None:
        sheet.flush()
        self.first = self.end = first
        self._sheet = sheet

    def look(self, styles: Iterable[Style]) -> tuple[Style, ...]:
        return tuple(styles)

    def write(self, look: tuple[Style, ...], values: Sequence[Value], height: float) -> int:
        row = self.end
        self._sheet.row_height(row, height)
        self._sheet.put(row, values, look)
        self.end += 1
        return row

    def finish(self) -> None:
        return
