"""Workbooks of Excel 5 to 2003 (.xls) from outside ([MS-XLS]): xlrd reads them, in a child.

It gets the records only that values depend on: links, comments and drawings, which it follows
whatever they say, and names, which it calculates, are made unknown to it before.
"""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass, field

import xlrd

from cchc_office.catalogue.findings import Code
from cchc_office.files.child_process import in_child
from cchc_office.files.compound_file import opened, start_of_stream
from cchc_office.files.limits import MEBIBYTE, MOST_FILE_BYTES, MOST_SHEETS
from cchc_office.files.unreadable_file import UnreadableFileError, check_cap, damaged
from cchc_office.sheets.reading import contents
from cchc_office.sheets.reading.cell_grid import CellAllowance, CellGrid
from cchc_office.sheets.reading.display import MM_PER_INDENT, PLAIN_FORMAT, CellFormat
from cchc_office.sheets.reading.document_properties import PROPERTY_SETS, property_sets
from cchc_office.sheets.reading.values import (
    Doubt,
    DoubtfulCell,
    Properties,
    ReadSpreadsheet,
    Sheet,
)
from cchc_office.sheets.reading.xls_display import XlsDisplays

_STREAMS = ("Workbook", "Book")


def read_xls(content: bytes) -> ReadSpreadsheet:
    """Return the workbook in `content`; raises UnreadableFileError."""
    return in_child(_read, content)


def _read(content: bytes) -> ReadSpreadsheet:
    with opened(content) as file:
        name = next((name for name in _STREAMS if file.exists(name)), None)
        if name is None:
            raise damaged("không có bảng tính bên trong")
        stream = start_of_stream(file, name, MOST_FILE_BYTES)
        if len(stream) < file.get_size(name):
            raise damaged()
        sets = (start_of_stream(file, name, MEBIBYTE) for name in PROPERTY_SETS)
        properties = property_sets(*sets)
    return _XlsWorkbook(stream).read(properties)


# --- records ---

_HEAD = struct.Struct("<HH")
_BEGIN, _END, _CONTINUE, _LOCKED, _SHEET = 0x0809, 0x000A, 0x003C, 0x002F, 0x0085
_FORMULA, _FORMULA_TEXT = 0x0006, 0x0207
_BEFORE_THE_TEXT = (0x0221, 0x04BC, 0x0236)
"""Shared formulas, formulas of ranges, tables of them: the text of a formula comes behind those."""
_SHARED = (0x0042, 0x0022, 0x041E, 0x00E0, 0x00FC, 0x0031)
"""Code page, way of counting days, formats of numbers and of cells, texts, fonts."""
_CELLS = (0x00FD, 0x0204, 0x00D6, 0x0203, 0x027E, 0x00BD, 0x0205)
_MERGED = 0x00E5
_NEEDED = frozenset(
    (_BEGIN, _END, _SHEET, _FORMULA, _FORMULA_TEXT, *_BEFORE_THE_TEXT, *_SHARED, *_CELLS, _MERGED)
)
_UNKNOWN = b"\xff\xff"
_TEXT_FOLLOWS, _EMPTY_TEXT = b"\0", b"\x03\0\0\0\0\0\xff\xff"
_SPECIAL_FORMULA = "(công thức đặc biệt)"


@dataclass
class _Formulas:
    """The cells of a sheet that are formulas, and those whose text is missing."""

    all: set[tuple[int, int]] = field(default_factory=set)
    without_text: set[tuple[int, int]] = field(default_factory=set)


class _Records:
    """The records of a workbook, as they are handed to xlrd."""

    def __init__(self, stream: bytes) -> None:
        self.content = bytearray(stream)
        self.starts: list[int] = []
        self.formulas: dict[int, _Formulas] = {}
        self.displays = XlsDisplays()
        self._awaiting: tuple[int, tuple[int, int]] | None = None
        place = start = 0
        is_needed = True
        while place + _HEAD.size <= len(stream):
            kind, length = _HEAD.unpack_from(stream, place)
            is_needed = kind in _NEEDED or (kind == _CONTINUE and is_needed)
            if kind == _LOCKED:
                raise UnreadableFileError(Code.PASSWORD_PROTECTED)
            if kind == _BEGIN:
                start = place
            self.displays.take(kind, place, stream[place + 4 : place + 4 + length])
            if is_needed:
                self._take(kind, place, self.formulas.setdefault(start, _Formulas()))
            else:
                self.content[place : place + 2] = _UNKNOWN
            place += _HEAD.size + length

    def _take(self, kind: int, place: int, formulas: _Formulas) -> None:
        if self._awaiting and kind not in (*_BEFORE_THE_TEXT, _CONTINUE):
            result, cell = self._awaiting
            self._awaiting = None
            if kind != _FORMULA_TEXT:
                formulas.without_text.add(cell)
                self.content[result : result + len(_EMPTY_TEXT)] = _EMPTY_TEXT
        if kind == _SHEET:
            start, _, kind_of_sheet = struct.unpack_from("<IBB", self.content, place + 4)
            self.starts += [start] if kind_of_sheet == 0 else []
        elif kind == _FORMULA:
            row, column = struct.unpack_from("<HH", self.content, place + 4)
            formulas.all.add((row, column))
            result = place + 10
            if self.content[result + 6 : result + 8] == b"\xff\xff" and (
                self.content[result : result + 1] == _TEXT_FOLLOWS
            ):
                self._awaiting = result, (row, column)


# --- texts ---


def _decoded(content: bytes, encoding: str) -> str:
    """Decode a piece of a text; it may end between the halves of a letter, or hold one alone."""
    errors = "surrogatepass" if encoding.startswith("utf_16") else "replace"
    return content.decode(encoding, errors)


def _whole(text: str) -> str:
    """Return a text with the halves of letters put together."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


# xlrd decodes each piece by itself and gives up on the whole workbook where one ends so.
for _module in (xlrd.book, xlrd.biffh, xlrd.sheet):
    _module.unicode = _decoded


# --- cells ---

_CENTRED = (2, 6)
_BOLD = 600


def _look(book: xlrd.book.Book, style: xlrd.formatting.XF) -> CellFormat:
    font = book.font_list[style.font_index] if style.font_index < len(book.font_list) else None
    aligned = style.alignment
    return CellFormat(
        bold=font is not None and font.weight >= _BOLD,
        italic=font is not None and bool(font.italic),
        centred=aligned.hor_align in _CENTRED,
        indent=round(aligned.indent_level * MM_PER_INDENT, 1),
    )


class _XlsWorkbook:
    """Puts what xlrd reads of each sheet into a grid."""

    def __init__(self, stream: bytes) -> None:
        try:
            self._records = _Records(stream)
            self._book = xlrd.open_workbook(
                file_contents=bytes(self._records.content),
                logfile=io.StringIO(),
                formatting_info=True,
                on_demand=True,
                ragged_rows=True,
            )
        except UnreadableFileError:
            raise
        except Exception as error:  # the library checks little of what it reads
            raise damaged() from error
        if self._book.biff_version not in (50, 70, 80):
            raise damaged("tệp của Excel 4 trở về trước, hoặc không nguyên vẹn")
        book = self._book
        looks = ((number, _look(book, xf)) for number, xf in enumerate(book.xf_list))
        self._looks = {number: look for number, look in looks if look != PLAIN_FORMAT}
        self._allowance = CellAllowance()
        self._struck_fonts = {n for n, font in enumerate(book.font_list) if font.struck_out}
        styles = {n for n, xf in enumerate(book.xf_list) if xf.font_index in self._struck_fonts}
        self._strikes = contents.Strikes(styles)
        kinds = contents.BUILT_IN_KINDS | {
            key: contents.kind_of_format(one.format_str)
            for key, one in book.format_map.items()
            if one.format_str
        }
        self._kinds = {n: kinds.get(xf.format_key) for n, xf in enumerate(book.xf_list)}

    def read(self, properties: Properties) -> ReadSpreadsheet:
        names = self._book.sheet_names()
        check_cap("số trang tính", len(names), MOST_SHEETS)
        sheets: dict[str, Sheet | UnreadableFileError] = {}
        hidden: set[str] = set()
        for number, name in enumerate(names):
            if name in sheets:
                continue
            try:
                sheet = self._book.sheet_by_index(number)
                if sheet.visibility:
                    hidden.add(name)
                sheets[name] = self._grid(sheet, self._records.starts[number]).sheet()
            except UnreadableFileError as error:
                sheets[name] = error
            except Exception:  # the library checks little of what it reads
                sheets[name] = damaged()
            self._book.unload_sheet(number)
        return ReadSpreadsheet(sheets, hidden, properties)

    def _grid(self, sheet: xlrd.sheet.Sheet, start: int) -> CellGrid:
        grid = CellGrid(sheet.name, self._allowance)
        grid.shown = self._records.displays.of_sheets[start]
        formulas = self._records.formulas.get(start, _Formulas())
        for row in range(sheet.nrows):
            for column, cell in enumerate(sheet.row(row)):
                runs = sheet.rich_text_runlist_map.get((row, column))
                if cell.value != "" and cell.xf_index in self._looks:
                    grid.shown.formats[row, column] = self._looks[cell.xf_index]
                grid.put(row, column, self._left_of(cell, runs))
        for row, column in formulas.all:
            grid.mark_calculated(row, column)
        for row, column in formulas.without_text:
            grid.put(row, column, DoubtfulCell(Doubt.NOT_CALCULATED, _SPECIAL_FORMULA))
        for top, below, left, right_of in sheet.merged_cells:
            grid.merged.add(top, left, below - 1, right_of - 1)
        return grid

    def _left_of(
        self, cell: xlrd.sheet.Cell, runs: list[tuple[int, int]] | None
    ) -> contents.LeftContent:
        """Return what a cell holds, without what is crossed out."""
        if runs and self._struck_fonts:
            pieces = contents.runs_of(_whole(cell.value), runs, self._struck_fonts)
            return self._strikes.left_of_runs(pieces, cell.xf_index)
        return self._strikes.left_of(self._content(cell), cell.xf_index)

    def _content(self, cell: xlrd.sheet.Cell) -> contents.Content:
        if cell.ctype == xlrd.XL_CELL_ERROR:
            return DoubtfulCell(Doubt.ERROR, contents.ERROR_NAMES.get(cell.value, ""))
        if cell.ctype == xlrd.XL_CELL_BOOLEAN:
            return bool(cell.value)
        if isinstance(cell.value, str):
            return _whole(cell.value)
        kind = self._kinds.get(cell.xf_index)
        return contents.meant_by(cell.value, kind, from_1904=bool(self._book.datemode))
