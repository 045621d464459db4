"""Workbooks of Excel 5 to 2003 (.xls) from outside, read record by record ([MS-XLS]).

No library reads these safely: calamine allocates whatever rows and columns a record names, and
xlrd makes an entry for each cell of a link's range and follows counts of any size.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Set
from functools import cached_property

from cchc_office.catalogue.findings import Code
from cchc_office.files.compound_file import BrokenCompoundFileError, CompoundFile
from cchc_office.files.limits import MOST_SHEETS
from cchc_office.files.unreadable_file import UnreadableFileError, damaged, too_large
from cchc_office.sheets.reading.biff import (
    BEGIN,
    END,
    Letters,
    Record,
    encoding_of,
    number_of_rk,
    records,
    shared_texts,
)
from cchc_office.sheets.reading.cell_grid import (
    ERROR_NAMES,
    Allowance,
    CellGrid,
    Content,
    LeftContent,
)
from cchc_office.sheets.reading.layout_notes import LayoutNotes
from cchc_office.sheets.reading.number_meanings import (
    BUILT_IN_KINDS,
    NumberKind,
    Percentage,
    kind_of_format,
    meant_by,
)
from cchc_office.sheets.reading.property_sets import compound_file_properties
from cchc_office.sheets.reading.struck_text import Strikes, font_is_struck, runs_by_number, runs_of
from cchc_office.sheets.reading.values import (
    Doubt,
    DoubtfulCell,
    Properties,
    Sheet,
    SheetLayout,
    Spreadsheet,
    StruckCell,
    Value,
)

_STREAMS = ("Workbook", "Book")
_EXCEL_97, _EXCEL_5 = 0x0600, 0x0500
_FILE_PASS, _CODE_PAGE, _DATE_MODE, _SHEET = 0x002F, 0x0042, 0x0022, 0x0085
_FORMAT, _CELL_FORMAT, _SHARED_TEXTS, _FONT = 0x041E, 0x00E0, 0x00FC, 0x0031
_SHARED_TEXT, _TEXT, _RICH_TEXT, _NUMBER = 0x00FD, 0x0204, 0x00D6, 0x0203
_PACKED, _MANY_PACKED, _TRUTH_OR_ERROR = 0x027E, 0x00BD, 0x0205
_FORMULA, _FORMULA_TEXT = 0x0006, 0x0207
_TEXT_FOLLOWS, _TRUTH_RESULT, _ERROR_RESULT = 0, 1, 2
_CELLS = frozenset(
    (_SHARED_TEXT, _TEXT, _RICH_TEXT, _NUMBER, _PACKED, _MANY_PACKED, _TRUTH_OR_ERROR, _FORMULA)
)
_MERGED, _ROW, _COLUMNS = 0x00E5, 0x0208, 0x007D
_HIDDEN_ROW, _HIDDEN_COLUMN, _HIDDEN_SHEET = 0x20, 0x01, 0x03
_IS_CELL = struct.Struct("<HHH")
_NOT_WHOLE = "nội dung không nguyên vẹn"
_SPECIAL_FORMULA = "(công thức đặc biệt)"
_STRANGE = (struct.error, IndexError)
_SKIPPED_FONT = 4
"""No font has this number: the fifth in the file is number 5."""


class XlsSpreadsheet(Spreadsheet):
    """An opened .xls workbook."""

    def __init__(self, content: bytes) -> None:
        """Open the workbook in `content`; raises UnreadableFileError."""
        try:
            self._file = CompoundFile(content)
            self._stream = _workbook_stream(self._file)
        except BrokenCompoundFileError as error:
            raise damaged(_NOT_WHOLE) from error
        self._allowance = Allowance()
        self._starts: dict[str, int] = {}
        self._contents = _SharedContents()
        try:
            self._read_globals()
        except _STRANGE as error:
            raise damaged(_NOT_WHOLE) from error
        if not self._starts:
            raise damaged("không có trang tính nào")
        self.sheet_names = tuple(self._starts)
        self._read: dict[str, CellGrid | UnreadableFileError] = {}

    @cached_property
    def properties(self) -> Properties:  # type: ignore[override]
        """What the document tells of itself."""
        return compound_file_properties(self._file)

    def whole_sheet(self, name: str) -> Sheet:
        """Return a sheet; raises UnreadableFileError where its content is damaged or too large."""
        grid = self._grid(name)
        if isinstance(grid, UnreadableFileError):
            raise grid
        return grid.sheet()

    def doubtful_cells(self, name: str) -> Mapping[tuple[int, int], DoubtfulCell]:
        """Return the cells of a sheet that read as blank but are not, by row and column from 0."""
        grid = self._grid(name) if name in self._starts else None
        return grid.doubtful_cells() if isinstance(grid, CellGrid) else {}

    def calculated_cells(self, name: str) -> Set[tuple[int, int]]:
        """Return the cells of a sheet whose values formulas gave, by row and column from 0."""
        grid = self._grid(name) if name in self._starts else None
        return grid.calculated_cells() if isinstance(grid, CellGrid) else frozenset()

    def percent_cells(self, name: str) -> frozenset[tuple[int, int]]:
        """Return the cells of a sheet whose numbers are shown as percentages."""
        grid = self._grid(name) if name in self._starts else None
        return grid.percent_cells() if isinstance(grid, CellGrid) else frozenset()

    def struck_cells(self, name: str) -> Mapping[tuple[int, int], StruckCell]:
        """Return the cells of a sheet of which something is crossed out."""
        grid = self._grid(name) if name in self._starts else None
        return grid.struck_cells() if isinstance(grid, CellGrid) else {}

    def layout(self, name: str) -> SheetLayout:
        """Return what is merged and hidden in a sheet; raises UnreadableFileError as `sheet`."""
        notes = LayoutNotes()
        try:
            for record in _own_records(records(self._stream, self._starts[name], Allowance())):
                _note_layout(notes, record)
        except _STRANGE as error:
            raise damaged(_NOT_WHOLE) from error
        return notes.layout()

    def _grid(self, name: str) -> CellGrid | UnreadableFileError:
        if name not in self._read:
            grid = CellGrid(name, self._allowance)
            found = records(self._stream, self._starts[name], self._allowance)
            try:
                _SheetReader(grid, self._contents, self._allowance).read(found)
                self._read[name] = grid
            except _STRANGE:
                self._read[name] = damaged(_NOT_WHOLE)
            except UnreadableFileError as error:
                self._read[name] = error
        return self._read[name]

    def _read_globals(self) -> None:
        found = records(self._stream, 0, self._allowance)
        self._contents.excel_97 = _version(next(found)) == _EXCEL_97
        for record in found:
            if record.kind == END:
                self._contents.settle_strikes()
                return
            if record.kind == _FILE_PASS:
                raise UnreadableFileError(Code.PASSWORD_PROTECTED)
            if record.kind == _SHEET:
                self._take_sheet(record)
            else:
                self._contents.take(record)

    def _take_sheet(self, record: Record) -> None:
        start, state, kind = struct.unpack_from("<IBB", record.content)
        if kind == 0:
            name = self._contents.text(record, 6, 1)
            if name not in self._starts and state & _HIDDEN_SHEET:
                self.hidden_sheets |= {name}
            self._starts.setdefault(name, start)
        if len(self._starts) > MOST_SHEETS:
            raise too_large("số trang tính", len(self._starts), MOST_SHEETS)


def _workbook_stream(file: CompoundFile) -> bytes:
    name = next((name for name in _STREAMS if name in file), None)
    if name is None:
        raise damaged("không có bảng tính bên trong")
    stream = file.start_of(name, file.size(name))
    if len(stream) < file.size(name):
        raise damaged(_NOT_WHOLE)
    return stream


def _version(record: Record) -> int:
    if record.kind != BEGIN or len(record.content) < 4:
        raise damaged("tệp của Excel 4 trở về trước, hoặc không nguyên vẹn")
    version = int.from_bytes(record.content[:2], "little")
    if version not in (_EXCEL_97, _EXCEL_5):
        raise damaged(_NOT_WHOLE)
    return version


class _SharedContents:
    """What the sheets share: texts, number formats, the way of counting days."""

    def __init__(self) -> None:
        self.excel_97 = True
        self.texts: list[str] = []
        self._encoding = "cp1252"
        self._from_1904 = False
        self._formats = dict(BUILT_IN_KINDS)
        self._format_of_cells: list[int] = []
        self._fonts = 0
        self._struck_fonts: set[int] = set()
        self._font_of_cells: list[int] = []
        self._formatted: dict[int, tuple[str, bytes]] = {}
        self.strikes: Strikes[int] = Strikes()

    def take(self, record: Record) -> None:
        """Take over a record of the workbook's common part."""
        content = record.content
        if record.kind == _CODE_PAGE:
            self._encoding = encoding_of(int.from_bytes(content[:2], "little"))
        elif record.kind == _DATE_MODE:
            self._from_1904 = content[:2] == b"\x01\x00"
        elif record.kind == _FORMAT:
            code = self.text(record, 2, 2 if self.excel_97 else 1)
            self._formats[int.from_bytes(content[:2], "little")] = kind_of_format(code)
        elif record.kind == _CELL_FORMAT:
            font, number_format = struct.unpack_from("<HH", content)
            self._font_of_cells.append(font)
            self._format_of_cells.append(number_format)
        elif record.kind == _FONT:
            if font_is_struck(int.from_bytes(content[2:4], "little")):
                self._struck_fonts.add(self._fonts + (self._fonts >= _SKIPPED_FONT))
            self._fonts += 1
        elif record.kind == _SHARED_TEXTS:
            self.texts, self._formatted = shared_texts(record)

    def settle_strikes(self) -> None:
        """Find out what is crossed out, once all that sheets share was read."""
        if self._struck_fonts:
            struck = self._struck_fonts
            self.strikes.styles.update(n for n, f in enumerate(self._font_of_cells) if f in struck)
            self.strikes.runs.update(runs_by_number(self._formatted, struck))

    def rich_text(self, record: Record, cell_format: int) -> LeftContent:
        """Return what is left of a text that its cell holds with formatting of its own."""
        letters = Letters(record, 6)
        if self.excel_97:
            text = letters.text()
            size, of_one = 2, 4
        else:
            text = letters.bytes_text(self._encoding)
            size, of_one = 1, 2
        if not self._struck_fonts:
            return text
        formatting = letters.formatting(size, of_one)
        return self.strikes.left_of_runs(runs_of(text, formatting, self._struck_fonts), cell_format)

    def text(self, record: Record, place: int, length_bytes: int = 2) -> str:
        """Return a text that a record holds."""
        letters = Letters(record, place)
        if self.excel_97:
            return letters.text(length_bytes)
        return letters.bytes_text(self._encoding, length_bytes)

    def meant_by(self, number: float, cell_format: int) -> Value | Percentage:
        """Return a number as the format of its cell means it."""
        kind = NumberKind.PLAIN
        if cell_format < len(self._format_of_cells):
            kind = self._formats.get(self._format_of_cells[cell_format], kind)
        return meant_by(number, kind, from_1904=self._from_1904)


def _own_records(found: Iterator[Record]) -> Iterator[Record]:
    """Return the records up to the end of a sheet; charts within it are passed over."""
    if next(found).kind != BEGIN:
        raise damaged(_NOT_WHOLE)
    depth = 1
    for record in found:
        if record.kind == BEGIN:
            depth += 1
        elif record.kind == END:
            depth -= 1
            if not depth:
                return
        elif depth == 1:
            yield record


def _note_layout(notes: LayoutNotes, record: Record) -> None:
    content = record.content
    if record.kind == _MERGED:
        (count,) = struct.unpack_from("<H", content)
        for place in range(2, 2 + 8 * count, 8):
            top, bottom, left, right = struct.unpack_from("<4H", content, place)
            notes.merge(top, left, bottom, right)
    elif record.kind == _ROW:
        row, flags = struct.unpack_from("<H10xH", content)
        if flags & _HIDDEN_ROW:
            notes.hide_rows(row, row)
    elif record.kind == _COLUMNS:
        first, last, flags = struct.unpack_from("<2H4xH", content)
        if flags & _HIDDEN_COLUMN:
            notes.hide_columns(first, last)


class _SheetReader:
    """Puts the cells of a sheet into a grid."""

    def __init__(self, grid: CellGrid, contents: _SharedContents, allowance: Allowance) -> None:
        self._grid = grid
        self._allowance = allowance
        self._contents = contents
        self._awaiting_text: tuple[int, int, int] | None = None

    def read(self, found: Iterator[Record]) -> None:
        """Read up to the end of the sheet."""
        for record in _own_records(found):
            self._take(record)
        self._tell_missing_text()

    def _take(self, record: Record) -> None:
        if record.kind == _FORMULA_TEXT and self._awaiting_text:
            row, column, cell_format = self._awaiting_text
            self._awaiting_text = None
            self._put(row, column, cell_format, self._contents.text(record, 0))
        elif record.kind in _CELLS:
            self._tell_missing_text()
            row, column, cell_format = _IS_CELL.unpack_from(record.content)
            if record.kind == _MANY_PACKED:
                self._take_many(row, column, record.content)
            else:
                if record.kind == _FORMULA:
                    self._grid.mark_calculated(row, column)
                self._take_one(row, column, cell_format, record)

    def _take_one(self, row: int, column: int, cell_format: int, record: Record) -> None:
        if record.kind == _RICH_TEXT:
            self._grid.put(row, column, self._contents.rich_text(record, cell_format))
            return
        is_shared = record.kind == _SHARED_TEXT
        text = int.from_bytes(record.content[6:10], "little") if is_shared else None
        self._put(row, column, cell_format, self._value(row, column, cell_format, record), text)

    def _put(
        self, row: int, column: int, cell_format: int, value: Content, text: int | None = None
    ) -> None:
        """Put a cell into the grid, without what is crossed out; `text` numbers a shared one."""
        strikes = self._contents.strikes
        left = strikes.left_of(value, cell_format, text) if strikes else value
        self._grid.put(row, column, left)

    def _tell_missing_text(self) -> None:
        if self._awaiting_text:
            row, column, cell_format = self._awaiting_text
            self._awaiting_text = None
            doubtful = DoubtfulCell(Doubt.NOT_CALCULATED, _SPECIAL_FORMULA)
            self._put(row, column, cell_format, doubtful)

    def _take_many(self, row: int, column: int, content: bytes) -> None:
        whole = (len(content) - 6) // 6 * 6
        # Beyond the caps they are not counted as cells.
        self._allowance.take_records(whole // 6)
        for cell_format, packed in struct.iter_unpack("<Hi", content[4 : 4 + whole]):
            number = number_of_rk(packed)
            value = self._contents.meant_by(number, cell_format)
            self._put(row, column, cell_format, value)
            column += 1

    def _value(self, row: int, column: int, cell_format: int, record: Record) -> Content:
        content, contents = record.content, self._contents
        if record.kind == _SHARED_TEXT:
            return contents.texts[int.from_bytes(content[6:10], "little")]
        if record.kind == _NUMBER:
            return contents.meant_by(struct.unpack_from("<d", content, 6)[0], cell_format)
        if record.kind == _PACKED:
            number = number_of_rk(struct.unpack_from("<i", content, 6)[0])
            return contents.meant_by(number, cell_format)
        if record.kind == _TRUTH_OR_ERROR:
            return _error(content[6]) if content[7] else bool(content[6])
        if record.kind == _FORMULA:
            return self._result(row, column, cell_format, content[6:14])
        return contents.text(record, 6)

    def _result(self, row: int, column: int, cell_format: int, result: bytes) -> Content:
        """Return what a formula gave ([MS-XLS] 2.5.133); a text comes in a record of its own."""
        if result[6:] != b"\xff\xff":
            return self._contents.meant_by(struct.unpack("<d", result)[0], cell_format)
        if result[0] == _TRUTH_RESULT:
            return bool(result[2])
        if result[0] == _ERROR_RESULT:
            return _error(result[2])
        if result[0] == _TEXT_FOLLOWS:
            self._awaiting_text = (row, column, cell_format)
        return ""


def _error(code: int) -> DoubtfulCell:
    return DoubtfulCell(Doubt.ERROR, ERROR_NAMES.get(code, ""))
