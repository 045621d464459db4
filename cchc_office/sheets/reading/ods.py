"""Workbooks of the OpenDocument kind (.ods) from outside (OpenDocument 1.3, part 3).

All sheets stand in one XML part, where a cell can stand for a million equal ones: it is read
element by element, and only what lies within the caps is ever spread out.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree import ElementTree

from cchc_office.catalogue.findings import Code
from cchc_office.files import limits
from cchc_office.files.safe_archive import SafeArchive
from cchc_office.files.unreadable_file import UnreadableFileError, check_cap, damaged
from cchc_office.sheets.reading import contents
from cchc_office.sheets.reading.cell_grid import CellAllowance, CellGrid, sheet_in
from cchc_office.sheets.reading.document_properties import package_properties
from cchc_office.sheets.reading.values import Doubt, DoubtfulCell, ReadSpreadsheet, Value
from cchc_office.sheets.reading.xml_parts import parse_xml, plain_xml, vocabulary, xml_events

_NAMES = "urn:oasis:names:tc:opendocument:xmlns"
_TABLE = f"{{{_NAMES}:table:1.0}}"
_OFFICE = f"{{{_NAMES}:office:1.0}}"
_TEXT = f"{{{_NAMES}:text:1.0}}"
_OF_LIBREOFFICE = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_STYLE = f"{{{_NAMES}:style:1.0}}"
_BOXES = tuple(f"{{{_NAMES}:drawing:1.0}}{name}" for name in ("text-box", "custom-shape"))
_CONTENT, _STYLES = "content.xml", "styles.xml"
_MANIFEST = "META-INF/manifest.xml"
_TABLE_ELEMENT = f"{_TABLE}table"
_SPREADSHEET = f"{_OFFICE}spreadsheet"
_ROW, _COLUMN = f"{_TABLE}table-row", f"{_TABLE}table-column"
_STYLE_NAME, _DEFAULT_STYLE = f"{_TABLE}style-name", f"{_TABLE}default-cell-style-name"
_CELLS = frozenset((f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"))
_NAME_OF_STYLE = f"{_STYLE}name"
_TABLE_LOOK = f"{_STYLE}table-properties"
_REPEATED = re.compile(r"\+?0*[1-9]\d{0,7}")
# Under such names LibreOffice keeps what formulas need of other workbooks.
_OTHER_WORKBOOK = re.compile(r"'[a-z]+:/")


def read_ods(archive: SafeArchive) -> ReadSpreadsheet:
    """Return the workbook in `archive`; raises UnreadableFileError."""
    _refuse_a_locked_one(archive)
    if _CONTENT not in archive:
        raise damaged("không có nội dung bảng tính")
    part = plain_xml(archive.read(_CONTENT))
    check_cap("số thẻ bên trong", part.count(b"<"), limits.MOST_CONTENT_TAGS)
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
        self._strikes: _OdsStrikes | None = None
        self._row_style = ""
        self._column_styles: list[str] = []

    def read(self, part: bytes, styles: bytes) -> dict[str, CellGrid]:
        """Return the sheets by name; raises UnreadableFileError."""
        try:
            self._strikes = _strikes_in(part, styles)
            self._follow(xml_events(part))
        except (ElementTree.ParseError, ValueError, RecursionError) as error:
            raise damaged() from error
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
            if self._grid is not None and _is_hidden(element):
                self._grid.shown.hide_rows(self._row, self._row + self._repeats - 1)
        elif tag == _COLUMN and self._tables == 1:
            self._take_columns(element)
        elif tag == _TABLE_LOOK and element.get(f"{_TABLE}display") == "false":
            self._hiding_styles.add(parent.get(_NAME_OF_STYLE, "") if parent is not None else "")

    def _take_columns(self, element: ElementTree.Element) -> None:
        columns = _times(element, "number-columns-repeated")
        if self._strikes and self._column < limits.MOST_COLUMNS:
            repeats = min(columns, limits.MOST_COLUMNS)
            self._column_styles += [element.get(_DEFAULT_STYLE, "")] * repeats
        if self._grid is not None and _is_hidden(element):
            self._grid.shown.hide_columns(self._column, self._column + columns - 1)
        self._column += columns

    def _begin_sheet(self, table: ElementTree.Element, parent: ElementTree.Element | None) -> None:
        name = table.get(f"{_TABLE}name", "")
        self._row = self._column = 0
        self._column_styles = []
        if parent is None or parent.tag != _SPREADSHEET or _OTHER_WORKBOOK.match(name):
            self._grid = None
            return
        self._grid = CellGrid(name, self._allowance)
        if name not in self._grids and table.get(_STYLE_NAME) in self._hiding_styles:
            self.hidden_sheets.add(name)
        self._grids.setdefault(name, self._grid)
        check_cap("số trang tính", len(self._grids), limits.MOST_SHEETS)

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
            if cell.get(f"{_TABLE}formula"):
                self._grid.mark_calculated(self._row, self._column)
            content = _cell_content(cell)
            for comment in cell.iterfind(f"{_OFFICE}annotation"):
                text = "\n".join(_text_within(p) for p in comment.iter(f"{_TEXT}p"))
                self._grid.shown.comments.append((self._row, self._column, text))
            for box in (box for name in _BOXES for box in cell.iter(name)):
                lines = (_text_within(p) for p in box.iter(f"{_TEXT}p"))
                self._grid.shown.boxes.append(" ".join(filter(None, lines)))
            left: contents.LeftContent = content
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
        for row in range(self._row, min(self._row + self._repeats, limits.MOST_TABLE_ROWS)):
            for column in range(self._column, min(self._column + columns, limits.MOST_COLUMNS)):
                bottom, right = row + rows_spanned - 1, column + columns_spanned - 1
                grid.merged.add(row, column, bottom, right)


def _is_hidden(element: ElementTree.Element) -> bool:
    """Tell whether a row or column is not shown, by a person or a filter (19.749)."""
    return element.get(f"{_TABLE}visibility", "visible") != "visible"


def _text_within(paragraph: ElementTree.Element) -> str:
    return "".join(text for text, _ in _pieces(paragraph, {}, None))


def _times(element: ElementTree.Element, attribute: str) -> int:
    """Return a number that only the look of a sheet depends on, 1 where it is none."""
    text = element.get(_TABLE + attribute, "")
    return int(text) if _REPEATED.fullmatch(text) else 1


def _repeats(element: ElementTree.Element, attribute: str) -> int:
    text = element.get(_TABLE + attribute, "1")
    if _REPEATED.fullmatch(text) is None:
        raise ValueError(text)
    return int(text)


# --- what cells hold (9.1.4 and 19.385) ---

_STYLE_OF_TEXT = f"{_TEXT}style-name"
_NUMBERS = frozenset(("float", "currency"))
_ERRORS = frozenset(contents.ERROR_NAMES.values())
# LibreOffice writes what Excel calls TRUE as a formula whose value is 1.
_TRUTH = {"of:=TRUE()": True, "of:=FALSE()": False}
_NOT_SHOWN = frozenset(
    (f"{_OFFICE}annotation", f"{_OFFICE}annotation-end", f"{_TEXT}note", f"{_TEXT}ruby-text")
)
# The standard makes one space of several; LibreOffice writes and reads several as they are in
# texts of many lines. Line ends only come from programs that lay out their XML. One blank more or
# less before them does not matter: to look for any number takes a time that grows with its square.
_WHITE = re.compile(r" ?[\t\r\n][ \t\r\n]*")
_DURATION = re.compile(
    r"(-?)P(?:(\d{1,9})D)?T?(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9}(?:[.,]\d{1,12})?)S)?"
)
_FRACTION = re.compile(r"([.,]\d{6})\d+")
_REFERENCE = re.compile(r"\[\.?([^\[\]]*)\]")


def _cell_content(cell: ElementTree.Element) -> contents.Content:
    """Return what a cell holds, '' where it is blank; raises ValueError where that is no value."""
    if not cell.attrib and not len(cell):
        return ""
    kind = cell.get(f"{_OFFICE}value-type", "")
    formula = cell.get(f"{_TABLE}formula", "")
    # Excel reads the text of a formula first, whatever kind its result is said to be.
    if formula and kind != "string" and (shown := _shown(cell)) in _ERRORS:
        return DoubtfulCell(Doubt.ERROR, shown)
    if kind == "percentage":
        return contents.Percentage(float(cell.get(f"{_OFFICE}value", "")))
    if kind in _NUMBERS:
        truth = _TRUTH.get(formula)
        return float(cell.get(f"{_OFFICE}value", "")) if truth is None else truth
    if kind == "boolean":
        return cell.get(f"{_OFFICE}boolean-value") == "true"
    shown = _shown(cell)
    if kind == "date":
        return _date(cell.get(f"{_OFFICE}date-value", ""), shown)
    if kind == "time":
        return _time(cell.get(f"{_OFFICE}time-value", ""), shown)
    return _text(cell, formula, shown, kind)


def _text(
    cell: ElementTree.Element, formula: str, shown: str | None, kind: str
) -> contents.Content:
    is_error = cell.get(f"{_OF_LIBREOFFICE}value-type") == "error"
    # Other programs write an error as a text that a formula has for its result.
    if is_error or (formula and shown in _ERRORS):
        return DoubtfulCell(Doubt.ERROR, shown or "")
    if formula and not kind and shown is None:
        return DoubtfulCell(Doubt.NOT_CALCULATED, _as_typed(formula))
    return cell.get(f"{_OFFICE}string-value") or shown or ""


def _as_typed(formula: str) -> str:
    """Return "of:=[.A1]/[.B1]" as a person would type it."""
    return "=" + _REFERENCE.sub(r"\1", formula.partition("=")[2] or formula)


def _date(text: str, shown: str | None) -> Value:
    try:
        if "T" in text:
            # A sheet knows no time zones.
            return dt.datetime.fromisoformat(_FRACTION.sub(r"\1", text)).replace(tzinfo=None)
        return dt.date.fromisoformat(text)
    except ValueError:
        # Before year 1, or after 9999.
        return shown or text


def _time(text: str, shown: str | None) -> Value:
    match = _DURATION.fullmatch(text)
    if match is None:
        return shown or text
    sign, days, hours, minutes, seconds = match.groups("0")
    try:
        duration = dt.timedelta(
            days=int(days),
            hours=int(hours),
            minutes=int(minutes),
            seconds=float(seconds.replace(",", ".")),
        )
    except OverflowError:
        return shown or text
    if sign == "-":
        return -duration
    return contents.time_of_day(duration) if duration < dt.timedelta(days=1) else duration


def _shown(cell: ElementTree.Element) -> str | None:
    """Return the paragraphs of a cell, None where it has none; comments are not among them."""
    if all(child.tag != f"{_TEXT}p" for child in cell):
        return None
    return "".join(text for text, _ in _runs_of_cell(cell, {}))


def _runs_of_cell(cell: ElementTree.Element, styles: Mapping[str, bool]) -> contents.Runs:
    """Return the pieces of a cell's paragraphs; `styles` says which styles cross out or not.

    Raises UnreadableFileError where they have too many letters.
    """
    runs: list[tuple[str, bool | None]] = []
    letters = 0
    for number, paragraph in enumerate(child for child in cell if child.tag == f"{_TEXT}p"):
        if number:
            runs.append(("\n", None))
        for run in _pieces(paragraph, styles, None):
            letters += len(run[0])
            check_cap("số chữ trong một ô", letters, limits.MOST_CELL_LETTERS)
            runs.append(run)
    return tuple(runs)


def _pieces(
    element: ElementTree.Element, styles: Mapping[str, bool], around: bool | None
) -> Iterator[tuple[str, bool | None]]:
    own = styles.get(element.get(_STYLE_OF_TEXT, ""), around) if styles else None
    if element.text:
        yield _WHITE.sub(" ", element.text), own
    for child in element:
        if child.tag == f"{_TEXT}s":
            yield " " * min(_count(child), limits.MOST_CELL_LETTERS + 1), own
        elif child.tag == f"{_TEXT}tab":
            yield "\t", own
        elif child.tag == f"{_TEXT}line-break":
            yield "\n", own
        elif child.tag not in _NOT_SHOWN:
            yield from _pieces(child, styles, own)
        if child.tail:
            yield _WHITE.sub(" ", child.tail), own


def _count(spaces: ElementTree.Element) -> int:
    text = spaces.get(f"{_TEXT}c", "1")
    if not text.isascii() or not text.isdigit():
        raise ValueError(text)
    return int(text)


# --- what is crossed out: by the styles of cells and of pieces of text ---

_BODY = f"{_OFFICE}body"
_OF_STYLES = frozenset((f"{_STYLE}style", f"{_STYLE}default-style"))
_MARK = re.compile(rb"""text-line-through-(?:style|type)\s*+=\s*+["'](?!none["'])""")
_DEPTH = 40  # styles based on one another; a circle ends here

_Key = tuple[str, str]


@dataclass(frozen=True)
class _OdsStrikes:
    """The styles that cross out: of cells by name, and of pieces of text, which say it or not."""

    cells: contents.Strikes[str]
    pieces: Mapping[str, bool]

    def left_of(
        self, cell: ElementTree.Element, content: contents.Content, style: str
    ) -> contents.LeftContent:
        """Return what is left of a cell's content; `style` is the name of its style."""
        if isinstance(content, str):
            runs = _runs_of_cell(cell, self.pieces)
            if content == "".join(text for text, _ in runs):
                return self.cells.left_of_runs(runs, style)
        return self.cells.left_of(content, style)


def _strikes_in(content: bytes, styles: bytes) -> _OdsStrikes | None:
    """Return what is crossed out by the styles of both parts; None where nothing is: as mostly.

    Raises xml.etree.ElementTree.ParseError.
    """
    if not (_MARK.search(content) or _MARK.search(styles)):
        return None
    found = dict([*_styles_in(styles), *_styles_in(content)])
    told = {key: told for key in found if (told := _told(found, key)) is not None}
    cells = {name for (family, name), on in told.items() if family == "table-cell" and on}
    pieces = {name: on for (family, name), on in told.items() if family == "text"}
    return _OdsStrikes(contents.Strikes(cells), pieces)


def _styles_in(part: bytes) -> Iterator[tuple[_Key, tuple[bool | None, str]]]:
    """Yield what each style says of itself, and the name of the one that it is based on."""
    if not part:
        return
    key, parent = ("", ""), ""
    for event, element in xml_events(part):
        if event != "start":
            continue
        if element.tag == _BODY:
            return
        if element.tag in _OF_STYLES:
            key = element.get(f"{_STYLE}family", ""), element.get(f"{_STYLE}name", "")
            parent = element.get(f"{_STYLE}parent-style-name", "")
            yield key, (None, parent)
        elif element.tag == f"{_STYLE}text-properties":
            kinds = [element.get(f"{_STYLE}text-line-through-{name}") for name in ("style", "type")]
            said = [kind != "none" for kind in kinds if kind]
            yield key, (all(said) if said else None, parent)


def _told(styles: Mapping[_Key, tuple[bool | None, str]], key: _Key) -> bool | None:
    """Return whether a style crosses out; None where neither it nor what it is based on says so."""
    family, name = key
    for _ in range(_DEPTH):
        own, parent = styles.get((family, name), (None, ""))
        if own is not None or not name:
            return own
        name = parent
    return None
