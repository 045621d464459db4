"""Opening a returned file whatever its name says, without being hurt by it.

Values are read with calamine, which allocates every cell up to the last one: so the archive is
looked through first, and caps keep a strange file from filling the machine.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

from cchc_office.findings import Code
from cchc_office.office.addresses import cell_name
from cchc_office.office.archive import BROKEN_ARCHIVE
from cchc_office.scoring.doubtful_cells import doubtful_cells
from cchc_office.vietnamese import VIETNAM

MOST_FILE_BYTES = 20 * 1024 * 1024
MOST_INFLATED_BYTES = 100 * 1024 * 1024
MOST_PARTS = 1_000
MOST_ROWS = 5_000
MOST_COLUMNS = 200
MOST_ROW_ELEMENTS = 100_000

# A cell with content, and a row whose first cell has no address of its own.
_CELL = re.compile(
    rb"""<(?:\w+:)?c\b[^>]*?\sr\s*=\s*["']([A-Za-z]{1,3})(\d+)["'][^>]*(?<!/)>\s*<(?:\w+:)?(?:v|is|f)\b"""
)
_BARE_ROW = re.compile(
    rb"""<(?:\w+:)?row\b[^>]*?\sr\s*=\s*["'](\d+)["'][^>]*(?<!/)>\s*<(?:\w+:)?c\b(?![^>]*\sr\s*=)"""
)
_ROW = re.compile(rb"<(?:\w+:)?row\b")
_ODF_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_SAVED = re.compile(rb"<(?:dcterms:modified|dc:date)[^>]*>\s*([^<]+?)\s*</")
_BELIEVABLE_YEARS = range(1990, 2200)
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

Value = str | int | float | bool | dt.datetime | dt.date | dt.time | dt.timedelta


class UnreadableFileError(Exception):
    """The file is no workbook that can be read; `code` says which finding it is."""

    def __init__(self, code: Code, found: str = "", expected: str = "") -> None:
        super().__init__(code.slug)
        self.code = code
        self.found = found
        self.expected = expected


@dataclass(frozen=True)
class ReturnedSheet:
    """A sheet's values; `rows[0][0]` is cell A1, blanks are ''."""

    name: str
    rows: list[list[Value]]

    def value(self, row: int, column: int) -> Value:
        """Return a value, '' beyond the sheet's end."""
        if row < len(self.rows) and column < len(self.rows[row]):
            return self.rows[row][column]
        return ""


class ReturnedFile:
    """A returned workbook: its sheets, and the time at which the document says it was saved."""

    def __init__(self, content: bytes) -> None:
        """Open `content`; raises UnreadableFileError where it is no readable workbook."""
        self._content = content
        _refuse_what_is_no_workbook(content)
        self._is_zip = content.startswith(_ZIP)
        self._doubtful: dict[str, dict[str, tuple[Code, str]]] = {}
        self.saved: dt.datetime | None = None
        if self._is_zip:
            self.saved = _look_through(content)
        self._book = _open(content)
        self.sheet_names: list[str] = list(self._book.sheet_names)
        if not self.sheet_names:
            raise UnreadableFileError(Code.DAMAGED_FILE, "không có trang tính nào")

    def sheet(self, name: str) -> ReturnedSheet:
        """Return the sheet with this name."""
        sheet = _guarded(lambda: self._book.get_sheet_by_name(name))
        rows = _guarded(lambda: sheet.to_python(skip_empty_area=False))
        return ReturnedSheet(name, rows)

    def second_look(self, sheet: str, row: int, column: int) -> tuple[Code, str] | None:
        """Tell what a cell that reads as blank really is: an error, or a formula never calculated.

        calamine reads both as ''. Only .xlsx files are looked at a second time.
        """
        if not self._is_zip:
            return None
        if sheet not in self._doubtful:
            self._doubtful[sheet] = doubtful_cells(self._content, sheet)
        return self._doubtful[sheet].get(cell_name(row, column))


def _refuse_what_is_no_workbook(content: bytes) -> None:
    if not content:
        raise UnreadableFileError(Code.DAMAGED_FILE, "tệp rỗng")
    if len(content) > MOST_FILE_BYTES:
        raise _too_large("dung lượng", len(content), MOST_FILE_BYTES)
    if content.startswith(_OLE):
        if _ENCRYPTED in content:
            raise UnreadableFileError(Code.PASSWORD_PROTECTED)
        return
    if not content.startswith(_ZIP):
        raise UnreadableFileError(Code.NOT_A_WORKBOOK, _what_it_is(content))


def _what_it_is(content: bytes) -> str:
    start = content[:512].lstrip().lower()
    if start.startswith(b"%pdf"):
        return "đây là tệp PDF"
    if start.startswith((b"<html", b"<!doctype html")) or b"<table" in start:
        return "đây là trang web (HTML) mang tên Excel"
    if start.startswith((b"rar!", b"7z\xbc\xaf")):
        return "đây là tệp nén"
    return "không nhận ra loại tệp"


def _look_through(content: bytes) -> dt.datetime | None:
    """Check the archive against the caps; return when the document was last saved."""
    saved = None
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            _refuse_other_archives(names)
            inflated = sum(part.file_size for part in archive.infolist())
            if len(names) > MOST_PARTS:
                raise _too_large("số phần", len(names), MOST_PARTS)
            if inflated > MOST_INFLATED_BYTES:
                raise _too_large("dung lượng khi giải nén", inflated, MOST_INFLATED_BYTES)
            for name in archive.namelist():
                if name.endswith(".xml"):
                    part = archive.read(name)
                    _check_part(part)
                    if name == "content.xml":
                        _check_repeats(part)
                    if name in {"docProps/core.xml", "meta.xml"}:
                        saved = _saved_time(part)
    except BROKEN_ARCHIVE as error:
        raise UnreadableFileError(Code.DAMAGED_FILE, "không giải nén được") from error
    return saved


def _refuse_other_archives(names: set[str]) -> None:
    if "word/document.xml" in names:
        raise UnreadableFileError(Code.NOT_A_WORKBOOK, "đây là văn bản Word")
    known = {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}
    if not names & known and not any(name.endswith("workbook.xml") for name in names):
        raise UnreadableFileError(Code.NOT_A_WORKBOOK, "đây là tệp nén")


def _check_part(part: bytes) -> None:
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
        raise UnreadableFileError(Code.DAMAGED_FILE, "có nội dung không thuộc bảng tính")
    cells = _CELL.findall(part)
    last_row = max((int(row) for _, row in cells), default=0)
    bare_row = max((int(row) for row in _BARE_ROW.findall(part)), default=0)
    last_column = max(map(_column_number, {letters for letters, _ in cells}), default=0)
    for what, found, limit in (
        ("số dòng", max(last_row, bare_row), MOST_ROWS),
        ("số cột", last_column, MOST_COLUMNS),
        ("số dòng", sum(1 for _ in _ROW.finditer(part)), MOST_ROW_ELEMENTS),
    ):
        if found > limit:
            raise _too_large(what, found, limit)


def _check_repeats(part: bytes) -> None:
    """Check how far an OpenDocument table goes: one cell can stand for a million."""
    row = column = 0
    try:
        # Entities cannot do harm here: parts with a document type were refused before.
        parsed = ElementTree.iterparse(io.BytesIO(part), ("start", "end"))  # noqa: S314
        for event, element in parsed:
            tag = element.tag.removeprefix(_ODF_TABLE)
            if event == "start" and tag == "table":
                row = 0
            elif event == "start" and tag == "table-row":
                column = 0
            elif event == "end" and tag in {"table-cell", "covered-table-cell"}:
                column += int(element.get(f"{_ODF_TABLE}number-columns-repeated", "1"))
                if len(element) and column > MOST_COLUMNS:
                    raise _too_large("số cột", column, MOST_COLUMNS)
            elif event == "end" and tag == "table-row":
                row += int(element.get(f"{_ODF_TABLE}number-rows-repeated", "1"))
                if row > MOST_ROWS and any(len(cell) for cell in element):
                    raise _too_large("số dòng", row, MOST_ROWS)
                element.clear()
    except ElementTree.ParseError as error:
        raise UnreadableFileError(Code.DAMAGED_FILE, "nội dung không nguyên vẹn") from error


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number


def _saved_time(part: bytes) -> dt.datetime | None:
    match = _SAVED.search(part)
    if match is None:
        return None
    try:
        saved = dt.datetime.fromisoformat(match.group(1).decode("ascii"))
    except ValueError:
        return None
    if saved.year not in _BELIEVABLE_YEARS:
        return None
    # OpenDocument tells the time where it was saved, without a zone.
    return saved if saved.tzinfo else saved.replace(tzinfo=VIETNAM)


def _open(content: bytes) -> Any:
    from python_calamine import CalamineWorkbook

    return _guarded(lambda: CalamineWorkbook.from_filelike(io.BytesIO(content)))


def _guarded(read: Callable[[], Any]) -> Any:
    """Call calamine; whatever it stumbles over becomes "damaged"."""
    from python_calamine import CalamineError, PasswordError

    try:
        return read()
    except PasswordError as error:
        raise UnreadableFileError(Code.PASSWORD_PROTECTED) from error
    except (CalamineError, OSError, ValueError) as error:
        raise UnreadableFileError(Code.DAMAGED_FILE, "nội dung không nguyên vẹn") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise UnreadableFileError(Code.DAMAGED_FILE, "nội dung không nguyên vẹn") from error


def _too_large(what: str, found: int, limit: int) -> UnreadableFileError:
    return UnreadableFileError(
        Code.TOO_LARGE, f"{what} {found:,}".replace(",", "."), f"{limit:,}".replace(",", ".")
    )
