"""What the XML of a sheet says besides its cells: what is merged, what is hidden.

Apart from the cells, because the reading of returns asks for it of no sheet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree

from cchc_office.files.limits import MOST_TAGS
from cchc_office.files.unreadable_file import damaged, too_large
from cchc_office.sheets.addresses import column_number
from cchc_office.sheets.reading.cell_grid import LayoutNotes
from cchc_office.sheets.reading.sheet_xml import cells_within
from cchc_office.sheets.reading.values import SheetLayout
from cchc_office.sheets.reading.xml_parts import vocabulary, xml_events

_ROW = re.compile(rb"<row\s([^<>]*?)/?>")
_NUMBER = re.compile(rb'(?:^|\s)r="')
_CORNER = r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})"
_RANGE = re.compile(rf"{_CORNER}:{_CORNER}")
_YES = frozenset(("1", "true", "on"))


def read_layout(part: bytes) -> SheetLayout:
    """Return the layout of the sheet in `part`.

    Raises UnreadableFileError where it is damaged or too large.
    """
    part = _without_cells(part)
    if (tags := part.count(b"<")) > MOST_TAGS:
        raise too_large("số thẻ bên trong", tags, MOST_TAGS)
    follower = _Follower()
    try:
        follower.follow(xml_events(part))
    except (ElementTree.ParseError, ValueError) as error:
        raise damaged("nội dung không nguyên vẹn") from error
    return follower.notes.layout()


def _without_cells(part: bytes) -> bytes:
    """Return a sheet with those of its rows only that may be hidden, and without cells.

    The sheet as it is where a row does not tell its number, or a parser has to find them.
    """
    within = cells_within(part)
    if within is None:
        return part
    start, end = within
    rows = _ROW.findall(part, start, end)
    if not all(map(_NUMBER.search, rows)):
        return part
    kept = b"".join(b"<row %b/>" % row for row in rows if b"hidden" in row)
    return b"%b<sheetData>%b%b" % (part[:start], kept, part[end:])


class _Follower:
    """Follows the elements of a sheet and notes what is merged and hidden."""

    def __init__(self) -> None:
        self.notes = LayoutNotes()
        self._row = 0

    def follow(self, parsed: Iterator[tuple[str, ElementTree.Element]]) -> None:
        own: str | None = None
        for event, element in parsed:
            if own is None:
                own = vocabulary(element)
            if event == "start":
                self._take(element.tag.removeprefix(own), element)
            else:
                element.clear()

    def _take(self, name: str, element: ElementTree.Element) -> None:
        if name == "row":
            self._row = int(element.get("r", self._row + 1))
            if element.get("hidden") in _YES:
                self.notes.hide_rows(self._row - 1, self._row - 1)
        elif name == "col" and element.get("hidden") in _YES:
            first, last = int(element.get("min", "")), int(element.get("max", ""))
            self.notes.hide_columns(first - 1, last - 1)
        elif name == "mergeCell" and (block := _RANGE.fullmatch(element.get("ref", ""))):
            left, top, right, bottom = block.groups()
            columns = sorted(column_number(letters) - 1 for letters in (left, right))
            rows = sorted(int(number) - 1 for number in (top, bottom))
            self.notes.merge(rows[0], columns[0], rows[1], columns[1])
