"""Workbooks of the OpenDocument kind (.ods) from outside (OpenDocument 1.3, part 3).

All sheets stand in one XML part, where a cell can stand for a million equal ones: it is read
element by element, and only what lies within the caps is ever spread out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree

from cchc_office.catalogue.findings import Code
from cchc_office.files.limits import MOST_COLUMNS, MOST_CONTENT_TAGS, MOST_SHEETS, MOST_TABLE_ROWS
from cchc_office.files.safe_archive import SafeArchive
from cchc_office.files.unreadable_file import UnreadableFileError, damaged, too_large
from cchc_office.sheets.reading.cell_grid import (
    CellAllowance,
    CellGrid,
    LeftContent,
    sheet_in,
)
from cchc_office.sheets.reading.document_properties import package_properties
from cchc_office.sheets.reading.ods_cells import TABLE, OdsStrikes, cell_content, strikes_in
from cchc_office.sheets.reading.values import ReadSpreadsheet
from cchc_office.sheets.reading.xml_parts import parse_xml, plain_xml, vocabulary, xml_events

_CONTENT, _STYLES = "content.xml", "styles.xml"
_MANIFEST = "META-INF/manifest.xml"
_TABLE_ELEMENT = f"{TABLE}table"
_SPREADSHEET = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}spreadsheet"
_ROW, _COLUMN = f"{TABLE}table-row", f"{TABLE}table-column"
_STYLE_NAME, _DEFAULT_STYLE = f"{TABLE}style-name", f"{TABLE}default-cell-style-name"
_CELLS = frozenset((f"{TABLE}table-cell", f"{TABLE}covered-table-cell"))
_NAME_OF_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}name"
_TABLE_LOOK = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}table-properties"
_REPEATED = re.compile(r"\+?0*[1-9]\d{0,7}")
# Under such names LibreOffice keeps what formulas need of other workbooks.
_OTHER_WORKBOOK = re.compile(r"'[a-z]+:/")
_NOT_WHOLE = "nội dung không nguyên vẹn"


def read_ods(archive: SafeArchive) -> ReadSpreadsheet:
    """Return the workbook in `archive`; raises UnreadableFileError."""
    _refuse_a_locked_one(archive)
    if _CONTENT not in archive:
        raise damaged("không có nội dung bảng tính")
    part = plain_xml(archive.read(_CONTENT))
    if (tags := part.count(b"<")) > MOST_CONTENT_TAGS:
        raise too_large("số thẻ bên trong", tags, MOST_CONTENT_TAGS)
    styles = plain_xml(archive.read(_STYLES)) if _STYLES in archive else b""
    reader = _Reader()
    sheets = {name: sheet_in(grid) for name, grid in reader.read(part, styles).items()}
    return ReadSpreadsheet(sheets, reader.hidden_sheets, package_properties(archive))


def _refuse_a_locked_one(archive: SafeArchive) -> None:
    """Raise for a workbook with a password: its parts are encrypted, each by itself."""
    if _MANIFEST not in archive:
        return
    manifest = parse_xml(archive.read(_MANIFEST))
    if next(manifest.iter(f"{vocabulary(manifest)}encryption-data"), None) is not None:
        raise UnreadableFileError(Code.PASSWORD_PROTECTED)


class _Reader:
    """Follows the elements of the content and puts the cells into grids."""

    def __init__(self) -> None:
        self._allowance = CellAllowance()
        self._grids: dict[str, CellGrid] = {}
        self._grid: CellGrid | None = None
        self.hidden_sheets: set[str] = set()
        self._hiding_styles: set[str] = set()
        self._row = 0
        self._column = 0
        self._repeats = 1
        self._tables = 0
        self._cells = 0
        self._strikes: OdsStrikes | None = None
        self._row_style = ""
        self._column_styles: list[str] = []

    def read(self, part: bytes, styles: bytes) -> dict[str, CellGrid]:
        """Return the sheets by name; raises UnreadableFileError."""
        try:
            self._strikes = strikes_in(part, styles)
            self._follow(xml_events(part))
        except (ElementTree.ParseError, ValueError, RecursionError) as error:
            raise damaged(_NOT_WHOLE) from error
        return self._grids

    def _follow(self, parsed: Iterator[tuple[str, ElementTree.Element]]) -> None:
        above: list[ElementTree.Element] = []
        for event, element in parsed:
            if event == "start":
                self._begin(element, above[-1] if above else None)
                above.append(element)
                continue
            above.pop()
            self._end(element)
            # What was read, or is of no use, does not fill the memory.
            if above and not self._cells:
                del above[-1][:]

    def _begin(self, element: ElementTree.Element, parent: ElementTree.Element | None) -> None:
        tag = element.tag
        if tag == _TABLE_ELEMENT:
            self._tables += 1
            if self._tables == 1:
                self._begin_sheet(element, parent)
        elif tag in _CELLS:
            self._cells += 1
        elif tag == _ROW and self._tables == 1:
            self._column = 0
            self._row_style = element.get(_DEFAULT_STYLE, "")
            self._repeats = _repeats(element, "number-rows-repeated")
        elif tag == _COLUMN and self._tables == 1:
            self._take_columns(element)
        elif tag == _TABLE_LOOK and element.get(f"{TABLE}display") == "false":
            self._hiding_styles.add(parent.get(_NAME_OF_STYLE, "") if parent is not None else "")

    def _take_columns(self, element: ElementTree.Element) -> None:
        columns = _times(element, "number-columns-repeated")
        if self._strikes and self._column < MOST_COLUMNS:
            repeats = min(columns, MOST_COLUMNS)
            self._column_styles += [element.get(_DEFAULT_STYLE, "")] * repeats
        self._column += columns

    def _begin_sheet(self, table: ElementTree.Element, parent: ElementTree.Element | None) -> None:
        name = table.get(f"{TABLE}name", "")
        self._row = self._column = 0
        self._column_styles = []
        if parent is None or parent.tag != _SPREADSHEET or _OTHER_WORKBOOK.match(name):
            self._grid = None
            return
        self._grid = CellGrid(name, self._allowance)
        if name not in self._grids and table.get(_STYLE_NAME) in self._hiding_styles:
            self.hidden_sheets.add(name)
        self._grids.setdefault(name, self._grid)
        if len(self._grids) > MOST_SHEETS:
            raise too_large("số trang tính", len(self._grids), MOST_SHEETS)

    def _end(self, element: ElementTree.Element) -> None:
        tag = element.tag
        if tag in _CELLS:
            self._cells -= 1
            # Tables within a cell, in drawings for instance, are no cells of the sheet.
            if not self._cells and self._tables == 1:
                self._take(element)
        elif tag == _ROW and self._tables == 1:
            self._row += self._repeats
        elif tag == _TABLE_ELEMENT:
            self._tables -= 1

    def _take(self, cell: ElementTree.Element) -> None:
        columns = _repeats(cell, "number-columns-repeated")
        if self._grid is not None:
            if cell.get(f"{TABLE}formula"):
                self._grid.mark_calculated(self._row, self._column)
            content = cell_content(cell)
            left: LeftContent = content
            if self._strikes:
                left = self._strikes.left_of(cell, content, self._style_of(cell))
            self._note_merged(self._grid, cell, columns)
            self._grid.put(self._row, self._column, left, rows=self._repeats, columns=columns)
        self._column += columns

    def _style_of(self, cell: ElementTree.Element) -> str:
        """Return a cell's style, else its row's or its column's (OpenDocument 1.3, 19.615)."""
        own = cell.get(_STYLE_NAME) or self._row_style
        if own or self._column >= len(self._column_styles):
            return own
        return self._column_styles[self._column]

    def _note_merged(self, grid: CellGrid, cell: ElementTree.Element, columns: int) -> None:
        rows_spanned = _times(cell, "number-rows-spanned")
        columns_spanned = _times(cell, "number-columns-spanned")
        if rows_spanned == columns_spanned == 1:
            return
        for row in range(self._row, min(self._row + self._repeats, MOST_TABLE_ROWS)):
            for column in range(self._column, min(self._column + columns, MOST_COLUMNS)):
                bottom, right = row + rows_spanned - 1, column + columns_spanned - 1
                grid.merged.add(row, column, bottom, right)


def _times(element: ElementTree.Element, attribute: str) -> int:
    """Return a number that only the look of a sheet depends on, 1 where it is none."""
    text = element.get(TABLE + attribute, "")
    return int(text) if _REPEATED.fullmatch(text) else 1


def _repeats(element: ElementTree.Element, attribute: str) -> int:
    text = element.get(TABLE + attribute, "1")
    if _REPEATED.fullmatch(text) is None:
        raise ValueError(text)
    return int(text)
