"""Writing workbooks with XlsxWriter so that text stays text and numbers stay numbers.

`write()` is never used: it guesses. Text that begins like a formula is also marked with Excel's
quote prefix, so that it stays text when somebody edits the cell.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from textwrap import shorten
from typing import Any

from cchc_office.files.archive import FIXED_TIME
from cchc_office.sheets.addresses import cell_name
from cchc_office.sheets.columns import Column
from cchc_office.sheets.long_texts import (
    COUNTED_WIDTH,
    HIGHEST_ROW,
    LONG_TEXTS_SHEET,
    READING_SIZE,
    READING_WIDTH,
    LongTexts,
)
from cchc_office.sheets.look import A4, HEADING, LINK_COLOR, SIZE, Style
from cchc_office.sheets.patched_xlsxwriter import OwnWorkbook, OwnWorksheet
from cchc_office.text.widths import LINE_HEIGHT, lines_in_cell

LONGEST_TEXT = 32_767
"""The characters that a cell can hold."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""What spreadsheet programs take for the beginning of a formula when a cell is edited."""

_LONGEST_HEAD = 100
"""The letters of a running head; all of a header has at most 255."""

_HEADING_GAP = 6.0
_MM_PER_INCH = 25.4

_COMMENT_WIDTH = 320
"""Pixels."""

_READING_MARGINS = (20.0, 15.0, 20.0, 20.0)
_LONG_TEXTS_REMARK = "Nguyên văn những nội dung mà một dòng trong bảng không đủ chỗ."


class WorkbookWriter:
    """A workbook being written in `font`; `finish` gives its bytes, the same for the same calls."""

    def __init__(self, title: str, font: str, properties: dict[str, str] | None = None) -> None:
        """Start a workbook named `title`, all in `font`, with custom document `properties`."""
        self._buffer = io.BytesIO()
        self.font = font
        self._formats: dict[tuple[Style, bool], Any] = {}
        # Column widths count digits of the default font: one that readers have keeps them true.
        default = {"font_name": font, "font_size": 11}
        options = {"default_format_properties": default, "in_memory": True}
        self._book = OwnWorkbook(self._buffer, options)
        self._book.set_properties({"title": title, "created": FIXED_TIME.replace(tzinfo=None)})
        self._book.set_calc_mode("auto")
        self.long_texts = LongTexts()
        for name, value in (properties or {}).items():
            self._book.set_custom_property(name, value, "text")

    def sheet(self, name: str) -> SheetWriter:
        """Add a sheet; `name` has at most 31 characters and none that Excel forbids."""
        return SheetWriter(self, self._book.add_worksheet(name, worksheet_class=OwnWorksheet))

    def chart(self, kind: Mapping[str, str]) -> Any:
        """Return a new chart of XlsxWriter's own, for `SheetWriter.raw.insert_chart`."""
        return self._book.add_chart(dict(kind))

    def conditional(self, properties: Mapping[str, Any]) -> Any:
        """Return a format of XlsxWriter's own, for a conditional format: only what differs."""
        return self._book.add_format(dict(properties))

    def finish(self) -> bytes:
        """Close the workbook and return its bytes."""
        if self.long_texts:
            _write_long_texts(self.sheet(LONG_TEXTS_SHEET), self.long_texts)
        self._book.close()
        return self._buffer.getvalue()

    def format(self, style: Style, *, quoted: bool = False) -> Any:
        """Return XlsxWriter's format for `style`, one for each."""
        key = (style, quoted)
        if key not in self._formats:
            self._formats[key] = self._book.add_format(self._properties(style, quoted))
        return self._formats[key]

    def _properties(self, style: Style, quoted: bool) -> dict[str, Any]:
        properties = {
            "font_name": self.font,
            "font_size": style.size,
            "font_color": style.color,
            "bold": style.bold,
            "italic": style.italic,
            "underline": int(style.underline),
            "align": style.align,
            "valign": "vcenter" if style.middle else "top",
            "text_wrap": style.wrap,
            "border": int(style.border),
            "num_format": style.number_format,
            "locked": style.locked,
            "indent": style.indent,
            "font_strikeout": style.strike,
            "quote_prefix": quoted,
        }
        if style.fill:
            properties |= {"bg_color": style.fill, "pattern": 1}
        return properties


class SheetWriter:
    """A sheet of `book` being written. Rows and columns count from 0; `raw` is XlsxWriter's own."""

    def __init__(self, book: WorkbookWriter, raw: OwnWorksheet) -> None:
        """Wrap `raw`; sheets are made by `WorkbookWriter.sheet`."""
        self.book = book
        self.columns: tuple[Column, ...] = ()
        self.heights: dict[int, float] = {}
        self.raw = raw

    @property
    def name(self) -> str:
        """The sheet's name."""
        return str(self.raw.get_name())

    def text(self, row: int, column: int, text: str, style: Style) -> None:
        """Write `text` as text, whatever it begins with; an empty text leaves a styled blank."""
        if not text:
            self.raw.write_blank(row, column, None, self.book.format(style))
            return
        text = fitting_text(text)
        quoted = text.startswith(FORMULA_STARTS)
        look = self.book.format(style, quoted=quoted)
        _check(self.raw.write_string(row, column, text, look), row, column)

    def number(self, row: int, column: int, value: Decimal | int | None, style: Style) -> None:
        """Write a number; None leaves a styled blank."""
        cell_format = self.book.format(style)
        if value is None:
            self.raw.write_blank(row, column, None, cell_format)
        else:
            _check(self.raw.write_number(row, column, float(value), cell_format), row, column)

    def date(self, row: int, column: int, value: dt.date, style: Style) -> None:
        """Write a day as a real date."""
        day = dt.datetime.combine(value, dt.time())
        _check(self.raw.write_datetime(row, column, day, self.book.format(style)), row, column)

    def comment(self, row: int, column: int, text: str) -> None:
        """Put a comment to a cell, in a box as high as its text."""
        size = {"width": _COMMENT_WIDTH, "height": _comment_height(text), "author": ""}
        options = {**size, "font_name": self.book.font, "font_size": 10}
        _check(self.raw.write_comment(row, column, text, options), row, column)

    def formula(
        self, row: int, column: int, formula: str, value: Decimal | int | str, style: Style
    ) -> None:
        """Write a live formula with the value that we computed for it ("" for an empty result)."""
        cached = value if isinstance(value, str) else float(value)
        done = self.raw.write_formula(row, column, formula, self.book.format(style), cached)
        _check(done, row, column)

    def link(self, row: int, column: int, target: str, text: str, style: Style) -> None:
        """Write `text` as a link to a place in this workbook ("'Sheet'!B2") or an "external:" file.

        Where the target is too long for Excel, the text stands without a link.
        """
        url = target if target.startswith("external:") else f"internal:{target}"
        linked = replace(style, color=LINK_COLOR, underline=True)
        done = self.raw.write_url(row, column, url, self.book.format(linked), fitting_text(text))
        if done != 0:
            self.text(row, column, text, style)

    def merged(
        self, first: tuple[int, int], last: tuple[int, int], text: str, style: Style
    ) -> None:
        """Write `text` over the cells from `first` to `last`, merged where there are several."""
        if first != last:
            self.raw.merge_range(*first, *last, "", self.book.format(style))
        self.text(*first, text, style)

    def headings(self, row: int, columns: Sequence[Column]) -> None:
        """Write the headings of columns, set their widths, and the row's height."""
        self.columns = tuple(columns)
        self.column_widths([column.width for column in columns])
        style, lines = HEADING, [1]
        for place, column in enumerate(columns):
            self.text(row, place, column.heading, style)
            lines.append(lines_in_cell(column.heading, column.width, style.size, bold=style.bold))
            if column.is_hidden:
                pixels = _pixels(column.width)
                self.raw.set_column_pixels(place, place, pixels, None, {"hidden": True})
        self.row_height(row, max(lines) * style.size * LINE_HEIGHT + _HEADING_GAP)

    def column_widths(self, millimetres: list[float]) -> None:
        """Set the widths of the columns from the first on."""
        for column, width in enumerate(millimetres):
            self.raw.set_column_pixels(column, column, _pixels(width))

    def row_height(self, row: int, points: float) -> None:
        """Set the height of a row in points, up to `HIGHEST_ROW`."""
        self.heights[row] = points
        self.raw.set_row_pixels(row, row_pixels(points))

    def print_setup(
        self,
        margins: tuple[float, float, float, float],
        *,
        landscape: bool = False,
        repeat_rows: tuple[int, int] | None = None,
        number_size: int = 13,
        breaks: list[int] | None = None,
        paper: int = A4,
        running_head: str = "",
    ) -> None:
        """Set the paper, margins (left, right, top, bottom in mm), one page wide, page numbers.

        The number stands in the middle of the top margin from page 2 on (Appendix I, I.7).
        Left of it stands the `running_head`. `breaks` are rows that begin a page.
        """
        left, right, top, bottom = (m / _MM_PER_INCH for m in margins)
        self.raw.set_paper(paper)
        if landscape:
            self.raw.set_landscape()
        self.raw.set_margins(left=left, right=right, top=top, bottom=bottom)
        number = f'&C&"{self.book.font},Regular"&{number_size}&P'
        # A blank, so that no digit is taken for the size of the letters.
        words = shorten(running_head, _LONGEST_HEAD, placeholder="…").replace("&", "&&")
        head = f'&L&"{self.book.font},Italic"&{SIZE:g} {words}' if words else ""
        self.raw.set_header(head + number, {"margin": top / 2})
        self.raw.fit_to_pages(1, 0)
        self.raw.set_h_pagebreaks(breaks or [])
        self.raw.center_horizontally()
        if repeat_rows:
            self.raw.repeat_rows(*repeat_rows)


def fitting_text(text: str) -> str:
    """Return `text` as long as a cell can hold, and such that XlsxWriter takes it for text."""
    if len(text) > LONGEST_TEXT:
        text = text[: LONGEST_TEXT - 1] + "…"
    # What begins and ends like this it would write as it stands: as the XML of formatted text.
    return f"{text} " if text.startswith("<r>") and text.endswith("</r>") else text


def row_pixels(points: float) -> int:
    """Return the height of a row in pixels, of those that Excel knows."""
    return round(min(points, HIGHEST_ROW) * 96 / 72)


def _write_long_texts(sheet: SheetWriter, texts: LongTexts) -> None:
    """Write the texts that are too long for the rows of tables, each under its number."""
    plain = Style(size=READING_SIZE, border=False, middle=False)
    bold = replace(plain, bold=True)
    lines = [
        ("NỘI DUNG DÀI", replace(bold, align="center")),
        (_LONG_TEXTS_REMARK, replace(plain, italic=True, align="center")),
    ]
    for kept in texts:
        lines.append((f"Mục {kept.number}. {kept.title}", bold))
        lines += [(part, plain) for part in kept.parts]
    sheet.column_widths([READING_WIDTH])
    for row, (text, style) in enumerate(lines):
        sheet.text(row, 0, text, style)
        high = lines_in_cell(text, COUNTED_WIDTH, style.size, bold=style.bold)
        gap = _HEADING_GAP if style is bold else 0.0
        sheet.row_height(row, high * style.size * LINE_HEIGHT + gap)
    sheet.raw.hide_gridlines(2)
    sheet.print_setup(_READING_MARGINS)


def _pixels(millimetres: float) -> int:
    return round(millimetres / _MM_PER_INCH * 96)


def _comment_height(text: str) -> int:
    lines = lines_in_cell(text, _COMMENT_WIDTH * _MM_PER_INCH / 96, 10)
    return row_pixels(lines * 10 * LINE_HEIGHT + 16)


def _check(code: int, row: int, column: int) -> None:
    if code != 0:
        raise ValueError(f"cell {cell_name(row, column)} could not be written (code {code})")
