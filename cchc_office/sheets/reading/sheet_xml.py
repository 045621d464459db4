"""The XML of one sheet (ECMA-376 part 1, 18.3): its cells, within the caps.

A sheet as office programs write it is read at once, by a pattern that has to match every cell of
it. Any other (cells without an address, far away, oddly written) is parsed element by element.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from xml.etree import ElementTree

from cchc_office.files import limits
from cchc_office.files.unreadable_file import UnreadableFileError, check_cap, damaged
from cchc_office.sheets.addresses import column_letters, column_number
from cchc_office.sheets.reading import contents, xlsx_cells, xml_parts
from cchc_office.sheets.reading.cell_grid import CellGrid, MergedCells
from cchc_office.sheets.reading.values import Block, DoubtfulCell, Sheet, StruckCell, Value

# Letters, row, style, type; then nothing, or formula, value, inline text.
# Nothing of it is tried twice (the signs ++ and ?+), which makes it a third faster.
_START_OF_CELL = (
    rb'<c r="([A-Z]{1,3}+)([1-9]\d{0,6}+)"(?: s="(\d{1,6}+)")?+(?: t="([a-zA-Z]{1,9}+)")?+'
)
_FORMULA = rb"(<f[^>/]*+/>|<f[^>]*+>[^<]*+</f>)?+"
_USUAL_CELL = re.compile(
    _START_OF_CELL
    + rb"(?:/>|>"
    + _FORMULA
    + rb"(?:<v>([^<]*+)</v>|<v/>)?+(?:<is><t[^>]*+>([^<]*+)</t></is>)?+</c>)"
)
# The same in the same groups, without what most sheets do not have.
_PLAIN_CELL = re.compile(_START_OF_CELL + rb"(?:/>|>" + _FORMULA + rb"<v>([^<]*+)()</v></c>)")
_ALWAYS_USUAL_BYTES = 4 * limits.MEBIBYTE
_MOST_USUAL_BYTES = 16 * limits.MEBIBYTE
"""A sheet as large as this is taken at once where its cells are not too many to hold."""

_START, _END = b"<sheetData", b"</sheetData>"
_USUAL_WIDTH = 12
_LEAST_SHARED_CELL = len(b'<c r="A1" t="s"><v>0</v></c>')
_HEAD = re.compile(rb"(?:.*?</row>){1,10}", re.DOTALL)
_COLUMNS = {column_letters(n).encode("ascii"): n for n in range(limits.MOST_COLUMNS)}
_USUAL_NUMBER = re.compile(rb"-?\d{1,15}(?:\.\d{1,20})?")
_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
# As xml.sax.saxutils.escape, which loads all that goes over a network.
_REFERENCES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_ROW_NUMBER = re.compile(r"[1-9]\d{0,6}")


_FoundCell = tuple[bytes, bytes, bytes, bytes, bytes, bytes, bytes]


def read_sheet_xml(name: str, part: bytes, shared: xlsx_cells.SharedContents) -> Sheet:
    """Return the sheet in `part`; raises UnreadableFileError where it is damaged or too large."""
    read = _read_usual(name, part, shared) if _fits_at_once(part) else None
    if read is None:
        return _read_any(name, part, shared)
    shared.allowance.take_places(len(read.rows) * len(read.rows[0]) if read.rows else 0)
    _take_letters(read, len(part), shared)
    return read


def _fits_at_once(part: bytes) -> bool:
    size = len(part)
    if size <= _ALWAYS_USUAL_BYTES:
        return True
    return size <= _MOST_USUAL_BYTES and part.count(b"<c ") <= limits.MOST_CELLS


# --- as office programs write sheets ---


def _read_usual(name: str, part: bytes, shared: xlsx_cells.SharedContents) -> Sheet | None:
    start = part.find(_START)
    end = part.find(_END, start)
    end = end if end >= 0 else len(part)
    data = part[start:end]
    cells = _found_cells(data) if start >= 0 else []
    if not cells or _is_odd(part, end):
        return None
    usual = _UsualCells(shared)
    if not usual.take(cells):
        return None
    if shared.strikes:
        usual.leave_out_struck(cells)
    rows = {int(number) - 1: row for number, row in usual.rows.items()}
    height = max(rows, default=-1) + 1
    width = usual.width
    if height > limits.MOST_TABLE_ROWS or height * width > limits.MOST_PLACES:
        return None
    every = [rows.get(row) or [""] * width for row in range(height)]
    for row in rows.values():
        row += [""] * (width - len(row))
        del row[width:]
    return Sheet(name, every, "", usual.doubtful, usual.calculated, usual.percent, usual.struck)


def _take_letters(sheet: Sheet, size: int, shared: xlsx_cells.SharedContents) -> None:
    """Refuse a sheet that shows long texts in many cells: each is looked at, and some are kept."""
    if not shared.allowance.has_room_for(size + size // _LEAST_SHARED_CELL * shared.longest):
        texts = (value for row in sheet.rows for value in row if isinstance(value, str))
        shared.allowance.take_letters(sum(map(len, texts)))


def _found_cells(data: bytes) -> list[_FoundCell]:
    """Return all cells, none where a pattern does not match every one of them."""
    count = data.count(b"<c")
    for pattern in (_PLAIN_CELL, _USUAL_CELL):
        cells: list[_FoundCell] = pattern.findall(data)
        if len(cells) == count:
            return cells
    return []


class _UsualCells:
    """Sorts cells as the pattern finds them into rows of equal width, by the rows' numbers."""

    def __init__(self, shared: xlsx_cells.SharedContents) -> None:
        self._shared = shared
        self.width = 0
        self.rows: dict[bytes, list[Value]] = {}
        self.doubtful: dict[tuple[int, int], DoubtfulCell] = {}
        self.percent: set[tuple[int, int]] = set()
        self.calculated: set[tuple[int, int]] = set()
        self.struck: dict[tuple[int, int], StruckCell] = {}

    def take(self, cells: Iterable[_FoundCell]) -> bool:
        """Take over the cells, texts and plain numbers without a detour: most are such.

        Returns False where one lies right of the last column that is read.
        """
        texts, kinds = self._shared.by_place, self._shared.kinds
        rows, columns, used = self.rows, _COLUMNS, set[bytes]()
        row, last = list[Value](), b""
        for letters, number, style, kind, formula, value, inline in cells:
            if kind == b"s" and value in texts:
                content: Value = texts[value]
            elif (
                value
                and not (kind or style in kinds)
                and (plain := _plain_number(value)) is not None
            ):
                content = plain
                if formula:
                    self.calculated.add(
                        (int(number) - 1, columns.get(letters, limits.MOST_COLUMNS))
                    )
            elif value or formula or kind or inline:
                content = self._content(letters, number, (style, kind, formula, value, inline))
            else:
                continue
            if number != last:
                row, last = rows.setdefault(number, [""] * _USUAL_WIDTH), number
            if letters not in used:
                used.add(letters)
            try:
                row[columns[letters]] = content
            except KeyError:
                return False
            except IndexError:
                row += [""] * (columns[letters] + 1 - len(row))
                row[-1] = content
        self.width = max((columns[letters] for letters in used), default=-1) + 1
        return True

    def leave_out_struck(self, cells: Iterable[_FoundCell]) -> None:
        """Go through the cells once more, in a workbook in which something is crossed out."""
        strikes = self._shared.strikes
        for letters, number, style, kind, _, value, _ in cells:
            text = int(value) if kind == b"s" and value else None
            if style not in strikes.styles and text not in strikes.runs:
                continue
            place = int(number) - 1, _COLUMNS.get(letters, limits.MOST_COLUMNS)
            row = self.rows.get(number, [])
            if place not in self.doubtful and place[1] >= len(row):
                continue  # a cell that crosses out nothing
            content: contents.Content = self.doubtful.get(place) or row[place[1]]
            if place in self.percent and isinstance(content, float):
                content = contents.Percentage(content)
            struck = strikes.left_of(content, style, text)
            if isinstance(struck, StruckCell):
                self.doubtful.pop(place, None)
                self.struck[place] = struck
                row[place[1]] = struck.left

    def _content(self, letters: bytes, number: bytes, cell: tuple[bytes, ...]) -> Value:
        """Return a cell's value, "" for one in doubt; these and percentages are kept by place."""
        style, kind, formula, value, inline = cell
        place = int(number) - 1, _COLUMNS.get(letters, limits.MOST_COLUMNS)
        if formula:
            self.calculated.add(place)
        content: contents.Content
        if value and not inline:
            content = xlsx_cells.content_of(kind, style, value, self._shared)
        elif inline:
            content = xml_parts.said_by(xml_parts.unescaped(inline.decode("utf-8", "replace")))
        else:
            content = xlsx_cells.without_value(kind, formula)
        if isinstance(content, contents.Percentage):
            self.percent.add(place)
            return content.number
        if isinstance(content, DoubtfulCell):
            self.doubtful[place] = content
            return ""
        return content


@lru_cache(maxsize=8_192)  # the same few scores stand in all forms
def _plain_number(value: bytes) -> float | None:
    """Return a finite number, None for what is written in another way."""
    return float(value) if _USUAL_NUMBER.fullmatch(value) else None


def head_of_sheet(name: str, start: bytes, shared: xlsx_cells.SharedContents) -> Sheet | None:
    """Return the first rows of a sheet, ten at most, from the start of its XML.

    None where they are not written in the usual way: then the whole sheet has to be read.
    """
    rows = _HEAD.match(start)
    end = rows.end() if rows else 0
    try:
        read = _read_usual(name, start[:end], shared) if b"<!DOCTYPE" not in start else None
    except UnreadableFileError:
        return None
    if read is not None:
        _take_letters(read, end, shared)
    return read


def _is_odd(part: bytes, end: int) -> bool:
    """Tell whether cells may only seem to be some: in comments, text set apart, or extensions."""
    # One letter is found a hundred times as fast as two.
    is_set_apart = part.find(b"!", 0, end) >= 0 and part.find(b"<!", 0, end) >= 0
    return is_set_apart or not xml_parts.has_one_default(part, end)


# --- any other way ---


def _read_any(name: str, part: bytes, shared: xlsx_cells.SharedContents) -> Sheet:
    check_cap("số thẻ bên trong", part.count(b"<"), limits.MOST_TAGS)
    grid = CellGrid(name, shared.allowance)
    try:
        parsed = xml_parts.xml_events(part)
        _Follower(grid, shared).follow(parsed)
    except (ElementTree.ParseError, ValueError) as error:
        raise damaged() from error
    return grid.sheet()


class _Follower:
    """Follows the elements of a sheet and puts its cells into a grid."""

    def __init__(self, grid: CellGrid, shared: xlsx_cells.SharedContents) -> None:
        self._grid = grid
        self._shared = shared
        self._row = 0
        self._column = 0

    def follow(self, parsed: Iterator[tuple[str, ElementTree.Element]]) -> None:
        own: str | None = None
        data: ElementTree.Element | None = None
        for event, element in parsed:
            if own is None:
                own = xml_parts.vocabulary(element)
            name = element.tag.removeprefix(own)
            if name == "sheetData":
                data = element if event == "start" else None
            elif data is None:
                continue
            elif event == "start" and name == "row":
                self._begin_row(element)
            elif event == "end" and name == "c":
                self._take(element)
                element.clear()
            elif event == "end" and name == "row":
                element.clear()
                data.clear()

    def _begin_row(self, element: ElementTree.Element) -> None:
        number = element.get("r")
        if number is None:
            self._row += 1
        elif _ROW_NUMBER.fullmatch(number):
            self._row = int(number)
        else:
            raise ValueError(number)
        self._column = 0

    def _take(self, cell: ElementTree.Element) -> None:
        self._column += 1
        row = self._row
        if (address := cell.get("r")) is not None:
            match = _ADDRESS.fullmatch(address)
            if match is None:
                raise ValueError(address)
            self._column, row = column_number(match.group(1)), int(match.group(2))
        if row < 1:
            raise ValueError(row)
        if cell.find(f"{xml_parts.vocabulary(cell)}f") is not None:
            self._grid.mark_calculated(row - 1, self._column - 1)
        self._grid.put(row - 1, self._column - 1, self._content(cell))

    def _content(self, cell: ElementTree.Element) -> contents.LeftContent:
        """Return what a cell holds, without what is crossed out."""
        style = cell.get("s", "").encode("utf-8", "replace")
        own = xml_parts.vocabulary(cell)
        parts = {child.tag.removeprefix(own): child for child in cell}
        strikes, inline = self._shared.strikes, parts.get("is")
        if not strikes and (inline is None or inline.find(f".//{own}strike") is None):
            return self._whole_content(cell, style, parts)
        if inline is not None:
            return strikes.left_of_runs(xlsx_cells.runs_of_text(inline), style)
        content = self._whole_content(cell, style, parts)
        is_shared = cell.get("t") == "s" and content != ""
        text = int(parts["v"].text or "") if is_shared else None
        return strikes.left_of(content, style, text)

    def _whole_content(
        self, cell: ElementTree.Element, style: bytes, parts: dict[str, ElementTree.Element]
    ) -> contents.Content:
        kind = cell.get("t", "").encode("utf-8", "replace")
        if (inline := parts.get("is")) is not None:
            return xlsx_cells.text_of(inline)
        value = parts.get("v")
        if value is not None and value.text:
            return xlsx_cells.content_of(kind, style, _written(value), self._shared)
        formula = parts.get("f")
        if formula is None:
            return xlsx_cells.without_value(kind, b"")
        return xlsx_cells.without_value(kind, b"<f>%b</f>" % _written(formula))


def _written(element: ElementTree.Element) -> bytes:
    return (element.text or "").translate(_REFERENCES).encode("utf-8", "replace")


# --- merged cells: apart from the others, returns ask for them of no sheet ---

_CORNER = r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})"
_RANGE = re.compile(rf"{_CORNER}:{_CORNER}")


def read_merged_cells(part: bytes) -> tuple[Block, ...]:
    """Return the merged cells of the sheet in `part`.

    Raises UnreadableFileError where it is damaged or too large.
    """
    start = part.find(_START)
    end = part.find(_END, start) if start >= 0 else -1
    if end >= 0 and not _is_odd(part, end):
        part = part[:start] + b"<sheetData>" + part[end:]
    check_cap("số thẻ bên trong", part.count(b"<"), limits.MOST_TAGS)
    merged = MergedCells()
    try:
        own: str | None = None
        for event, element in xml_parts.xml_events(part):
            own = xml_parts.vocabulary(element) if own is None else own
            block = _RANGE.fullmatch(element.get("ref", ""))
            if event == "end":
                element.clear()
            elif element.tag == f"{own}mergeCell" and block:
                left, top, right, bottom = block.groups()
                columns = sorted(column_number(letters) - 1 for letters in (left, right))
                rows = sorted(int(number) - 1 for number in (top, bottom))
                merged.add(rows[0], columns[0], rows[1], columns[1])
    except (ElementTree.ParseError, ValueError) as error:
        raise damaged() from error
    return tuple(merged.blocks)
