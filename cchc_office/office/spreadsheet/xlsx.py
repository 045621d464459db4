"""Workbooks of the XML kind (.xlsx, .xlsm) from outside.

Values come from calamine, which is given a package of our own: only the parts it needs, each
inflated under caps and looked through, under names of ours. So what was checked is what is parsed,
however strange the archive is. Sheets that are hidden are parsed when they are asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from cchc_office.office.limits import MEBIBYTE, MOST_SHEET_BYTES, MOST_SHEETS
from cchc_office.office.safe_archive import SafeArchive
from cchc_office.office.spreadsheet.blank_rows import without_blank_rows
from cchc_office.office.spreadsheet.calamine_book import CalamineBook
from cchc_office.office.spreadsheet.calamine_package import calamine_package
from cchc_office.office.spreadsheet.number_formats import percent_styles
from cchc_office.office.spreadsheet.package_properties import package_properties
from cchc_office.office.spreadsheet.sheet_xml import SharedTexts, SheetXml, head_of_sheet
from cchc_office.office.spreadsheet.values import DoubtfulCell, Properties, Sheet, Spreadsheet
from cchc_office.office.spreadsheet.xml_parts import local_name, parse_xml, plain_xml
from cchc_office.office.unreadable_file import UnreadableFileError, damaged, too_large

_WORKBOOK = "xl/workbook.xml"
_LINKS = "xl/_rels/workbook.xml.rels"
_TEXTS = "xl/sharedStrings.xml"
_STYLES = "xl/styles.xml"
_USUAL_BYTES = 4 * MEBIBYTE
"""A sheet beyond this is worth looking for blank rows; that of a form of 300 rows has a tenth."""

_BYTES_OF_HEAD = 16 * 1024


class XlsxSpreadsheet(Spreadsheet):
    """An opened .xlsx or .xlsm workbook."""

    def __init__(self, archive: SafeArchive) -> None:
        """Open the workbook in `archive`; raises UnreadableFileError."""
        self._archive = archive
        self._dates_from_1904 = False
        self._parts: dict[str, str] = {}
        self._hidden: set[str] = set()
        self._read_list_of_sheets()
        self.sheet_names = tuple(self._parts)
        self._texts, self._styles = self._read(_TEXTS), self._read(_STYLES)
        self._shared = SharedTexts(self._texts)
        self._sheets: dict[str, SheetXml] = {}
        self._refused: dict[str, UnreadableFileError] = {}
        self._places: dict[str, tuple[CalamineBook, int]] = {}
        self._heads: dict[str, tuple[CalamineBook, int]] = {}
        visible = [name for name in self._parts if name not in self._hidden]
        self._open(visible, self._hidden)

    @cached_property
    def properties(self) -> Properties:  # type: ignore[override]
        """What the document tells of itself."""
        return package_properties(self._archive)

    def sheet(self, name: str) -> Sheet:
        """Return a sheet; raises UnreadableFileError where its content is damaged or too large."""
        if name not in self._places and name not in self._refused:
            self._open((name,))
        if name in self._refused:
            raise self._refused[name]
        book, place = self._places[name]
        return Sheet(name, book.rows(place), self._sheets[name].beyond)

    def head(self, name: str) -> Sheet:
        """Return the first rows of a sheet, at least ten where it has as many."""
        if name not in self._heads:
            return self.sheet(name)
        book, place = self._heads[name]
        return Sheet(name, book.rows(place))

    def doubtful_cells(self, name: str) -> Mapping[tuple[int, int], DoubtfulCell]:
        """Return the cells of a sheet that read as blank but are not, by row and column from 0."""
        return self._sheets[name].doubtful_cells() if name in self._sheets else {}

    def percent_cells(self, name: str) -> frozenset[tuple[int, int]]:
        """Return the cells of a sheet whose numbers are shown as percentages."""
        if not self._percent_styles or name not in self._sheets:
            return frozenset()
        return self._sheets[name].cells_in_styles(self._percent_styles)

    @cached_property
    def _percent_styles(self) -> frozenset[str]:
        return percent_styles(self._styles)

    def _read(self, part: str) -> bytes:
        return plain_xml(self._archive.read(part)) if part in self._archive else b""

    def _read_sheet(self, part: str) -> bytes:
        if self._archive.size(part) <= _USUAL_BYTES:
            return self._read(part)
        pieces = self._archive.pieces(part, MOST_SHEET_BYTES)
        return plain_xml(without_blank_rows(pieces))

    def _read_list_of_sheets(self) -> None:
        """Take over the names of the sheets and of their parts, first come first served."""
        if _WORKBOOK not in self._archive:
            raise damaged("không có danh sách trang tính")
        workbook = parse_xml(self._archive.read(_WORKBOOK))
        links = parse_xml(self._archive.read(_LINKS)) if _LINKS in self._archive else ()
        targets = {link.get("Id"): link.get("Target", "") for link in links}
        sheets = []
        for element in workbook.iter():
            name = local_name(element)
            if name == "sheet":
                sheets.append(element)
            elif name == "workbookPr":
                self._dates_from_1904 = element.get("date1904") in {"1", "true", "on"}
        if len(sheets) > MOST_SHEETS:
            raise too_large("số trang tính", len(sheets), MOST_SHEETS)
        for sheet in sheets:
            id_ = next((v for k, v in sheet.items() if k.endswith("}id")), None)
            part, name = _resolved(targets.get(id_, "")), sheet.get("name", "")
            if part in self._archive and name not in self._parts:
                self._parts[name] = part
                if sheet.get("state", "visible") != "visible":
                    self._hidden.add(name)
        if not self._parts:
            raise damaged("không có trang tính nào")

    def _open(self, names: Iterable[str], heads: Iterable[str] = ()) -> None:
        """Have calamine open these sheets, and the first rows of others."""
        parts: list[bytes] = []
        full: dict[str, int] = {}
        cut: dict[str, int] = {}
        for name in names:
            try:
                sheet = SheetXml(self._read_sheet(self._parts[name]), self._shared)
            except UnreadableFileError as error:
                self._refused[name] = error
                continue
            self._sheets[name] = sheet
            full[name] = len(parts)
            parts.append(sheet.part)
        for name in heads:
            start = self._archive.read_start(self._parts[name], _BYTES_OF_HEAD)
            if head := head_of_sheet(start):
                cut[name] = len(parts)
                parts.append(head)
        if not parts:
            return
        package = calamine_package(
            parts, self._texts, self._styles, dates_from_1904=self._dates_from_1904
        )
        book = CalamineBook(package)
        self._places |= {name: (book, place) for name, place in full.items()}
        self._heads |= {name: (book, place) for name, place in cut.items()}


def _resolved(target: str) -> str:
    target = target.replace("\\", "/")
    if target.startswith("/"):
        return target.lstrip("/")
    return f"xl/{target.removeprefix('./')}" if target else ""
