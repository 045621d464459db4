"""Workbooks of the XML kind (.xlsx, .xlsm) from outside.

Every part is inflated under caps and looked through before it is read; a sheet is read when it is
asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property

from cchc_office.files.limits import MEBIBYTE, MOST_PART_BYTES, MOST_SHEET_BYTES, MOST_SHEETS
from cchc_office.files.safe_archive import SafeArchive
from cchc_office.files.unreadable_file import UnreadableFileError, check_cap, damaged
from cchc_office.sheets.reading import xlsx_cells, xml_parts
from cchc_office.sheets.reading.display import CellFormat, SheetDisplay
from cchc_office.sheets.reading.document_properties import package_properties
from cchc_office.sheets.reading.sheet_xml import head_of_sheet, read_merged_cells, read_sheet_xml
from cchc_office.sheets.reading.values import Block, Properties, Sheet, Spreadsheet
from cchc_office.sheets.reading.xlsx_display import read_display, read_formats

_USUAL_WORKBOOK = "xl/workbook.xml"
_USUAL_PARTS = {"sharedStrings": "xl/sharedStrings.xml", "styles": "xl/styles.xml"}
_USUAL_BYTES = 4 * MEBIBYTE
"""A sheet beyond this is worth looking for blank rows; that of a form of 300 rows has a tenth."""

_BYTES_OF_HEAD = 16 * 1024


class XlsxSpreadsheet(Spreadsheet):
    """An opened .xlsx or .xlsm workbook."""

    def __init__(self, archive: SafeArchive) -> None:
        """Open the workbook in `archive`; raises UnreadableFileError."""
        self._archive = archive
        self._from_1904 = False
        self._shared_parts = dict(_USUAL_PARTS)
        self._parts: dict[str, str] = {}
        self._read_list_of_sheets()
        self.sheet_names = tuple(self._parts)
        texts = self._read(self._shared_parts["sharedStrings"])
        self._styles_part = self._read(self._shared_parts["styles"])
        styles = xlsx_cells.read_styles(self._styles_part)
        self._shared = xlsx_cells.SharedContents(
            xlsx_cells.shared_texts(texts),
            styles.kinds,
            self._from_1904,
            xlsx_cells.strikes_in(styles, texts),
        )
        self._sheets: dict[str, Sheet | UnreadableFileError] = {}

    @cached_property
    def properties(self) -> Properties:  # type: ignore[override]
        """What the document tells of itself."""
        return package_properties(self._archive)

    def _found(self, name: str) -> Sheet | UnreadableFileError:
        if name not in self._sheets:
            try:
                part = self._part_of_sheet(self._parts[name])
                self._sheets[name] = read_sheet_xml(name, part, self._shared)
            except UnreadableFileError as error:
                self._sheets[name] = error
        return self._sheets[name]

    def head(self, name: str) -> Sheet:
        """Return the first rows of a sheet, at least ten where it has as many."""
        start = self._archive.read_start(self._parts[name], _BYTES_OF_HEAD)
        head = head_of_sheet(name, start, self._shared)
        return head or self.sheet(name)

    def merged_cells(self, name: str) -> tuple[Block, ...]:
        """Return the merged cells of a sheet; raises UnreadableFileError as `sheet`."""
        return read_merged_cells(self._part_of_sheet(self._parts[name]))

    def display(self, name: str) -> SheetDisplay:
        """Return how a sheet is shown; raises UnreadableFileError as `sheet`."""
        part = self._parts[name]
        return read_display(self._part_of_sheet(part), self._formats, self._archive, part)

    @cached_property
    def _formats(self) -> Mapping[bytes, CellFormat]:
        return read_formats(self._styles_part)

    def _read(self, part: str) -> bytes:
        return xml_parts.plain_xml(self._archive.read(part)) if part in self._archive else b""

    def _part_of_sheet(self, part: str) -> bytes:
        if self._archive.size(part) <= _USUAL_BYTES:
            return self._read(part)
        pieces = self._archive.pieces(part, MOST_SHEET_BYTES)
        return xml_parts.plain_xml(without_blank_rows(pieces))

    def _follow_links(self, workbook: str) -> dict[str, str]:
        """Return the parts that the links lead to; note where what sheets share lies."""
        folder, _, file = workbook.rpartition("/")
        targets: dict[str, str] = {}
        for link in xml_parts.links_of(self._archive, f"{folder}/_rels/{file}.rels"):
            part = xml_parts.resolved(folder, link.get("Target", ""))
            targets[link.get("Id", "")] = part
            kind = xml_parts.kind_of_link(link)
            if kind in self._shared_parts and part in self._archive:
                self._shared_parts[kind] = part
        return targets

    def _read_list_of_sheets(self) -> None:
        """Take over the names of the sheets and of their parts, first come first served."""
        name = _USUAL_WORKBOOK
        if name not in self._archive:
            name = xml_parts.related_part(self._archive, "officeDocument")
        if name not in self._archive:
            raise damaged("không có danh sách trang tính")
        workbook = xml_parts.parse_xml(self._archive.read(name))
        targets = self._follow_links(name)
        own = xml_parts.vocabulary(workbook)
        for element in workbook.iterfind(f"{own}workbookPr"):
            self._from_1904 = element.get("date1904") in {"1", "true", "on"}
        sheets = workbook.findall(f"{own}sheets/{own}sheet")
        check_cap("số trang tính", len(sheets), MOST_SHEETS)
        for sheet in sheets:
            part, name = targets.get(xml_parts.id_of_link(sheet), ""), sheet.get("name", "")
            if part in self._archive and name not in self._parts:
                self._parts[name] = part
                if sheet.get("state", "visible") != "visible":
                    self.hidden_sheets |= {name}
        if not self._parts:
            raise damaged("không có trang tính nào")


# Someone draws borders over whole columns, and a sheet holds ten million blank cells: hundreds of
# megabytes of XML for a form of a hundred rows. They go piece by piece, before anything is parsed.
# Rows and cells with an address of their own: leaving them out moves no other.
_BLANK_ROWS = re.compile(
    rb'(?:<row r="\d{1,7}"(?:/>|[^<>]*/>|[^<>]*>(?:<c r="[A-Z]{1,3}\d{1,7}"[^<>]*/>)*+</row>))++'
)
_END_OF_ROW = b"</row>"


def without_blank_rows(pieces: Iterable[bytes]) -> bytes:
    """Return the sheet whose XML comes in `pieces`, without its blank rows.

    Raises UnreadableFileError where what is left is larger than a part may be.
    """
    kept: list[bytes] = []
    size = 0
    rest = b""
    for piece in pieces:
        text = rest + piece
        end = text.rfind(_END_OF_ROW) + len(_END_OF_ROW)
        whole, rest = (text[:end], text[end:]) if end >= len(_END_OF_ROW) else (b"", text)
        kept.append(_BLANK_ROWS.sub(b"", whole))
        size += len(kept[-1])
        check_cap("dung lượng khi giải nén", size + len(rest), MOST_PART_BYTES)
    return b"".join((*kept, _BLANK_ROWS.sub(b"", rest)))
