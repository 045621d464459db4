"""Workbooks of the XML kind (.xlsx, .xlsm) from outside.

Values come from calamine, which is given a package of our own: only the parts it needs, each
inflated under caps and looked through, under names of ours. So what was checked is what is parsed,
however strange the archive is.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from cchc_office.office.archive import stored_archive
from cchc_office.office.limits import MOST_SHEETS
from cchc_office.office.safe_archive import SafeArchive
from cchc_office.office.spreadsheet.calamine_book import CalamineBook
from cchc_office.office.spreadsheet.number_formats import percent_styles
from cchc_office.office.spreadsheet.package_properties import package_properties
from cchc_office.office.spreadsheet.sheet_xml import SharedTexts, SheetXml
from cchc_office.office.spreadsheet.values import DoubtfulCell, Properties, Sheet, Spreadsheet
from cchc_office.office.spreadsheet.xml_parts import local_name, parse_xml, plain_xml
from cchc_office.office.unreadable_file import UnreadableFileError, damaged, too_large

_WORKBOOK = "xl/workbook.xml"
_LINKS = "xl/_rels/workbook.xml.rels"
_TEXTS = "xl/sharedStrings.xml"
_STYLES = "xl/styles.xml"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


class XlsxSpreadsheet(Spreadsheet):
    """An opened .xlsx or .xlsm workbook."""

    def __init__(self, archive: SafeArchive) -> None:
        """Open the workbook in `archive`; raises UnreadableFileError."""
        self._archive = archive
        self._dates_from_1904 = False
        self._parts: dict[str, str] = {}
        self._read_list_of_sheets()
        self.sheet_names = tuple(self._parts)
        self._sheets: dict[str, SheetXml] = {}
        self._refused: dict[str, UnreadableFileError] = {}
        self._percent_styles: frozenset[str] = frozenset()
        self._book = self._open()

    @cached_property
    def properties(self) -> Properties:  # type: ignore[override]
        """What the document tells of itself."""
        return package_properties(self._archive)

    def sheet(self, name: str) -> Sheet:
        """Return a sheet; raises UnreadableFileError where its content is damaged or too large."""
        if name in self._refused:
            raise self._refused[name]
        rows = self._book.rows(2 * list(self._sheets).index(name))
        return Sheet(name, rows, self._sheets[name].beyond)

    def head(self, name: str) -> Sheet:
        """Return the first rows of a sheet, at least ten."""
        if name in self._refused:
            raise self._refused[name]
        return Sheet(name, self._book.rows(2 * list(self._sheets).index(name) + 1))

    def doubtful_cells(self, name: str) -> Mapping[tuple[int, int], DoubtfulCell]:
        """Return the cells of a sheet that read as blank but are not, by row and column from 0."""
        return self._sheets[name].doubtful_cells() if name in self._sheets else {}

    def percent_cells(self, name: str) -> frozenset[tuple[int, int]]:
        """Return the cells of a sheet whose numbers are shown as percentages."""
        if not self._percent_styles or name not in self._sheets:
            return frozenset()
        return self._sheets[name].cells_in_styles(self._percent_styles)

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
            part = _resolved(targets.get(id_, ""))
            if part in self._archive:
                self._parts.setdefault(sheet.get("name", ""), part)
        if not self._parts:
            raise damaged("không có trang tính nào")

    def _open(self) -> CalamineBook:
        texts = plain_xml(self._archive.read(_TEXTS)) if _TEXTS in self._archive else b""
        shared = SharedTexts(texts)
        parts: dict[str, bytes] = {}
        for name, part in self._parts.items():
            try:
                sheet = SheetXml(plain_xml(self._archive.read(part)), shared)
            except UnreadableFileError as error:
                self._refused[name] = error
                continue
            self._sheets[name] = sheet
            number = len(self._sheets)
            parts[_sheet_part(2 * number - 1)] = sheet.part
            parts[_sheet_part(2 * number)] = sheet.head()
        if not parts:
            raise next(iter(self._refused.values()))
        if texts:
            parts[_TEXTS] = texts
        if _STYLES in self._archive:
            parts[_STYLES] = plain_xml(self._archive.read(_STYLES))
            self._percent_styles = percent_styles(parts[_STYLES])
        return CalamineBook(stored_archive({**self._list_of_sheets(), **parts}))

    def _list_of_sheets(self) -> dict[str, bytes]:
        """Return the parts that lead to the sheets; these are called by numbers."""
        numbers = range(1, 2 * len(self._sheets) + 1)
        sheets = "".join(f'<sheet name="{n}" sheetId="{n}" r:id="rId{n}"/>' for n in numbers)
        links = "".join(
            _link(f"rId{n}", "worksheet", _sheet_part(n).removeprefix("xl/")) for n in numbers
        )
        links += _link("t", "sharedStrings", "sharedStrings.xml") + _link(
            "s", "styles", "styles.xml"
        )
        dates = '<workbookPr date1904="1"/>' if self._dates_from_1904 else ""
        workbook = (
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}">{dates}<sheets>{sheets}</sheets>'
            "</workbook>"
        )
        return {
            "_rels/.rels": _relationships(_link("w", "officeDocument", _WORKBOOK)),
            _WORKBOOK: workbook.encode("utf-8"),
            _LINKS: _relationships(links),
        }


def _sheet_part(number: int) -> str:
    """Return the name of a part in our package: every sheet is followed by its first rows."""
    return f"xl/worksheets/sheet{number}.xml"


def _link(id_: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{id_}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'


def _relationships(links: str) -> bytes:
    return f'<Relationships xmlns="{_PACKAGE}">{links}</Relationships>'.encode()


def _resolved(target: str) -> str:
    target = target.replace("\\", "/")
    if target.startswith("/"):
        return target.lstrip("/")
    return f"xl/{target.removeprefix('./')}" if target else ""
