"""Workbooks of the binary kind (.xlsb) from outside, read record by record ([MS-XLSB]).

calamine reads these too, but believes what they say of themselves: it passes over formulas that
gave an error, takes whole-numbered dates for numbers, and ends the process over absurd counts.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from cchc_office.files.limits import MOST_CELLS, MOST_SHEETS
from cchc_office.files.safe_archive import SafeArchive
from cchc_office.files.unreadable_file import UnreadableFileError, check_cap, damaged
from cchc_office.sheets.reading import contents
from cchc_office.sheets.reading.cell_grid import CellAllowance, CellGrid
from cchc_office.sheets.reading.document_properties import package_properties
from cchc_office.sheets.reading.values import Doubt, DoubtfulCell, ReadSpreadsheet, Sheet
from cchc_office.sheets.reading.xml_parts import links_of, resolved

_WORKBOOK = "xl/workbook.bin"
_LINKS = "xl/_rels/workbook.bin.rels"
_TEXTS = "xl/sharedStrings.bin"
_STYLES = "xl/styles.bin"
_ROW, _SHEET, _BOOK_PROPERTIES, _SHARED_TEXT = 0, 156, 153, 19
_FONT, _FORMAT, _CELL_FORMAT, _CELL_FORMATS, _END_OF_CELL_FORMATS = 43, 44, 47, 617, 618
_CELLS_BEGIN, _CELLS_END = 145, 146
_FIRST_SHORT_CELL, _LAST_SHORT_CELL, _FROM_SHORT = 12, 18, 11
_BLANK, _PACKED, _SHARED_TEXT_CELL, _RICH_TEXT_CELL = 1, 2, 7, 62
_ERRORS, _TRUTHS, _TEXTS_IN_CELLS = (3, 11), (4, 10), (6, 8)
_CELL_KINDS = frozenset((*range(_BLANK, 12), _RICH_TEXT_CELL))
_MERGED = 176
_COLUMNS = 60
_IS_HIDDEN_COLUMN, _IS_HIDDEN_ROW = 0x0001, 0x10
_RESULTS = range(8, 12)
_NO_TEXT = 0xFFFFFFFF
_IS_RICH = 0x01
_IS_STRUCK = 0x0008
_AT_ONCE = 10_000
_CELL = struct.Struct("<II")
_RUN = struct.Struct("<HH")
_Runs = tuple[tuple[int, int], ...]
_STYLE = 0xFFFFFF
_STRANGE = (struct.error, IndexError)


def read_xlsb(archive: SafeArchive) -> ReadSpreadsheet:
    """Return the workbook in `archive`; raises UnreadableFileError."""
    try:
        workbook = _Workbook(archive)
    except _STRANGE as error:
        raise damaged() from error
    sheets = {name: workbook.sheet(name) for name in workbook.parts}
    return ReadSpreadsheet(sheets, workbook.hidden_sheets, package_properties(archive))


class _Workbook:
    """The parts of a workbook, and what its sheets share: texts, formats, the first day."""

    def __init__(self, archive: SafeArchive) -> None:
        self._archive = archive
        self._allowance = CellAllowance()
        self.parts: dict[str, str] = {}
        self.hidden_sheets: set[str] = set()
        self._from_1904 = False
        self._texts: list[str] = []
        self._kinds: list[contents.NumberKind | None] = []
        self._struck_fonts: set[int] = set()
        self._strikes: contents.Strikes[int] = contents.Strikes()
        self._read_list_of_sheets()
        formatted = dict(self._read_texts())
        self._read_formats()
        if self._struck_fonts:
            for number, (text, runs) in formatted.items():
                self._strikes.runs[number] = contents.runs_of(text, runs, self._struck_fonts)

    def _records_of(self, part: str) -> Iterator[tuple[int, bytes]]:
        if part not in self._archive:
            return iter(())
        return _records(self._archive.read(part), self._allowance)

    def _read_list_of_sheets(self) -> None:
        """Take over the names of the sheets and of their parts, first come first served."""
        links = links_of(self._archive, _LINKS)
        targets = {link.get("Id"): link.get("Target", "") for link in links}
        for kind, content in self._records_of(_WORKBOOK):
            if kind == _BOOK_PROPERTIES:
                self._from_1904 = bool(content[0] & 1)
            elif kind == _SHEET:
                id_, place = _text(content, 8)
                name, _ = _text(content, place)
                part = resolved("xl", targets.get(id_, ""))
                if part in self._archive and name not in self.parts:
                    self.parts[name] = part
                    if int.from_bytes(content[:4], "little"):
                        self.hidden_sheets.add(name)
            check_cap("số trang tính", len(self.parts), MOST_SHEETS)

    def _read_texts(self) -> Iterator[tuple[int, tuple[str, _Runs]]]:
        """Take over the texts; yield the numbers of those with formatting, and that."""
        for kind, content in self._records_of(_TEXTS):
            if kind == _SHARED_TEXT:
                text, formatting = _formatted_text(content)
                if formatting:
                    yield len(self._texts), (text, formatting)
                self._texts.append(text)
            check_cap("số đoạn chữ", len(self._texts), MOST_CELLS)

    def _read_formats(self) -> None:
        """Take over which format of numbers and which font each format of cells has."""
        formats = dict(contents.BUILT_IN_KINDS)
        within = False
        fonts = 0
        for kind, content in self._records_of(_STYLES):
            if kind == _FONT:
                if int.from_bytes(content[2:4], "little") & _IS_STRUCK:
                    self._struck_fonts.add(fonts)
                fonts += 1
            elif kind == _FORMAT:
                (id_,) = struct.unpack_from("<H", content)
                formats[id_] = contents.kind_of_format(_text(content, 2)[0])
            elif kind in (_CELL_FORMATS, _END_OF_CELL_FORMATS):
                within = kind == _CELL_FORMATS
            elif kind == _CELL_FORMAT and within:
                id_, font = struct.unpack_from("<2xHH", content)
                if font in self._struck_fonts:
                    self._strikes.styles.add(len(self._kinds))
                self._kinds.append(formats.get(id_))

    def sheet(self, name: str) -> Sheet | UnreadableFileError:
        """Return a sheet, or why it cannot be read."""
        grid = CellGrid(name, self._allowance)
        try:
            self._read_cells(self.parts[name], grid)
            return grid.sheet()
        except _STRANGE:
            return damaged()
        except UnreadableFileError as error:
            return error

    def _read_cells(self, part: str, grid: CellGrid) -> None:
        row = column = -1
        within = False
        for kind, content in self._records_of(part):
            if kind == _MERGED:
                top, bottom, left, right = struct.unpack_from("<4I", content)
                grid.merged.add(top, left, bottom, right)
            elif kind == _COLUMNS:
                _take_columns(content, grid)
            elif kind in (_CELLS_BEGIN, _CELLS_END):
                within = kind == _CELLS_BEGIN
            elif not within:
                continue
            elif kind == _ROW:
                (row,) = struct.unpack_from("<I", content)
                column = -1
                grid.shown.hide_rows(row, row if content[11] & _IS_HIDDEN_ROW else row - 1)
            elif _FIRST_SHORT_CELL <= kind <= _LAST_SHORT_CELL:
                # A short cell stands right of the one before and does not say where.
                column += 1
                style = int.from_bytes(content[:4], "little")
                self._take(grid, kind - _FROM_SHORT, (row, column), style, content[4:])
            elif kind in _CELL_KINDS:
                column, style = _CELL.unpack_from(content)
                self._take(grid, kind, (row, column), style, content[8:])
        # Sheets of charts have no cells at all.
        if within:
            raise damaged()

    def _take(
        self, grid: CellGrid, kind: int, place: tuple[int, int], style: int, content: bytes
    ) -> None:
        if kind == _BLANK:
            return
        if place[0] < 0:
            raise damaged()
        if kind in _RESULTS:
            grid.mark_calculated(*place)
        grid.put(*place, self._left_of(kind, content, style & _STYLE))

    def _left_of(self, kind: int, content: bytes, style: int) -> contents.LeftContent:
        """Return what a cell holds, without what is crossed out."""
        value = self._value(kind, content, style)
        if not self._struck_fonts:
            return value
        if kind == _SHARED_TEXT_CELL:
            return self._strikes.left_of(value, style, int.from_bytes(content[:4], "little"))
        if kind == _RICH_TEXT_CELL:
            runs = contents.runs_of(*_formatted_text(content), self._struck_fonts)
            return self._strikes.left_of_runs(runs, style)
        return self._strikes.left_of(value, style)

    def _value(self, kind: int, content: bytes, style: int) -> contents.Content:
        if kind in _ERRORS:
            return DoubtfulCell(Doubt.ERROR, contents.ERROR_NAMES.get(content[0], ""))
        if kind in _TRUTHS:
            return content[0] != 0
        if kind in _TEXTS_IN_CELLS:
            return _text(content, 0)[0]
        if kind == _SHARED_TEXT_CELL:
            return self._texts[int.from_bytes(content[:4], "little")]
        if kind == _RICH_TEXT_CELL:
            return _text(content, 1)[0]
        number = _packed(content) if kind == _PACKED else struct.unpack_from("<d", content)[0]
        known = self._kinds[style] if style < len(self._kinds) else None
        return contents.meant_by(number, known, from_1904=self._from_1904)


def _take_columns(content: bytes, grid: CellGrid) -> None:
    first, last, flags = struct.unpack_from("<II8xH", content)
    if flags & _IS_HIDDEN_COLUMN:
        grid.shown.hide_columns(first, last)


def _records(part: bytes, allowance: CellAllowance) -> Iterator[tuple[int, bytes]]:
    """Return the kind and content of each record ([MS-XLSB] 2.1.4)."""
    place, end, read = 0, len(part), 0
    while place < end:
        kind = part[place]
        place += 1
        if kind & 0x80:
            kind = kind & 0x7F | (part[place] & 0x7F) << 7
            place += 1
        length = part[place]
        place += 1
        if length & 0x80:
            length &= 0x7F
            for shift in (7, 14, 21):
                more = part[place]
                place += 1
                length |= (more & 0x7F) << shift
                if not more & 0x80:
                    break
        if place + length > end:
            raise damaged()
        yield kind, part[place : place + length]
        place += length
        read += 1
        if read >= _AT_ONCE:
            allowance.take_records(read)
            read = 0
    allowance.take_records(read)


def _text(content: bytes, place: int) -> tuple[str, int]:
    """Return a text and the place behind it; one that is not there is ''."""
    (letters,) = struct.unpack_from("<I", content, place)
    place += 4
    if letters == _NO_TEXT:
        return "", place
    if place + 2 * letters > len(content):
        raise damaged()
    end = place + 2 * letters
    return content[place:end].decode("utf-16-le", "replace"), end


def _formatted_text(content: bytes) -> tuple[str, _Runs]:
    """Return a text with formatting ([MS-XLSB] RichStr): where a piece begins, and its font."""
    text, place = _text(content, 1)
    if not content[0] & _IS_RICH:
        return text, ()
    (count,) = struct.unpack_from("<I", content, place)
    formatting = content[place + 4 : place + 4 + 4 * count]
    return text, tuple(_RUN.iter_unpack(formatting[: len(formatting) // 4 * 4]))


def _packed(content: bytes) -> float:
    """Return a number that was packed into 30 bits ([MS-XLSB] 2.5.122)."""
    packed = int.from_bytes(content[:4], "little", signed=True)
    if packed & 2:
        number = float(packed >> 2)
    else:
        number = float(struct.unpack("<d", struct.pack("<II", 0, packed & 0xFFFFFFFC))[0])
    return number / 100 if packed & 1 else number
