"""The XML of one sheet (ECMA-376 part 1, 18.3): looked through, and brought within the caps.

A sheet as office programs write it passes as it is. Any other (cells without an address, far away,
oddly written) is written anew: every cell with a value at its address, within the caps.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from xml.etree import ElementTree
from xml.sax.saxutils import escape, quoteattr

from cchc_office.office.addresses import cell_name, column_number
from cchc_office.office.limits import MOST_COLUMNS, MOST_INFLATED_BYTES, MOST_ROWS
from cchc_office.office.spreadsheet.values import Doubt, DoubtfulCell
from cchc_office.office.spreadsheet.xml_parts import local_name
from cchc_office.office.unreadable_file import damaged, too_large

# A cell or row that is not written in the usual way, or lies right of Z or below 999.
_UNUSUAL = re.compile(rb'<(?:c|row)\b(?! r="[A-Z]?[1-9]\d{0,2}")')
_WITH_PREFIX = re.compile(rb":(?:c|row|v|f|is)[\s/>]")
_LEAST_SHARED_CELL = len(b'<c r="A1" t="s"><v>0</v></c>')
_SHARED_CELL = re.compile(rb' t="s"[^>]*>\s*<v>\s*(\d+)')
_ERROR = re.compile(rb' t="e"')
# A cell that ends after a formula, or a shared formula, without a value.
_ENDS_WITHOUT_VALUE = (
    re.compile(rb"f>\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>"),
    re.compile(rb"<f\b[^>]*/>\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>"),
)
_CELL = re.compile(rb'<c r="([A-Z]+)(\d+)"([^>]*)>(.*?)</c>', re.DOTALL)
_STYLED_CELL = re.compile(rb'<c r="([A-Z]+)(\d+)"[^>]*? s="(\d+)"')
_SHARED_TEXT = re.compile(
    rb"<(?:[^\s<>/:]+:)?si\b(?:[^>]*/>|.*?</(?:[^\s<>/:]+:)?si\s*>)", re.DOTALL
)
_END_OF_TEXT = b"si>"  # whatever the prefix; the start of a text ends so too, which does no harm
_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_ROW_NUMBER = re.compile(r"[1-9]\d{0,6}")
_SPECIAL_FORMULA = "(công thức đặc biệt)"
_ROWS_OF_HEAD = 10
_END_OF_ROW = b"</row>"
_HEAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
_TAIL = b"</sheetData></worksheet>"


class SharedTexts:
    """The texts that cells share (ECMA-376 part 1, 18.4), by their sizes only."""

    def __init__(self, part: bytes) -> None:
        """Look through the part; an empty one has no texts."""
        self._part = part
        self.longest = max(map(len, part.split(_END_OF_TEXT)))

    @cached_property
    def _sizes(self) -> list[int]:
        return [len(match.group()) for match in _SHARED_TEXT.finditer(self._part)]

    def size(self, place: int) -> int:
        """Return a size not below that of the text at `place`."""
        return self._sizes[place] if place < len(self._sizes) else 0


class SheetXml:
    """A sheet within the caps; `beyond` is the first cell with a value that was left out."""

    def __init__(self, part: bytes, shared: SharedTexts) -> None:
        """Look through `part`; raises UnreadableFileError where it is damaged or too large."""
        self.beyond = ""
        if _is_unusual(part):
            rewriter = _Rewriter()
            part = rewriter.rewrite(part)
            self.beyond = rewriter.beyond
        self.part = part
        self._check_shared_texts(shared)

    def _check_shared_texts(self, shared: SharedTexts) -> None:
        """Refuse a sheet that shows a long text in so many cells that memory would run out."""
        if len(self.part) // _LEAST_SHARED_CELL * shared.longest <= MOST_INFLATED_BYTES:
            return
        total = sum(shared.size(int(m.group(1))) for m in _SHARED_CELL.finditer(self.part))
        if total > MOST_INFLATED_BYTES:
            raise too_large("dung lượng chữ trong các ô", total, MOST_INFLATED_BYTES)

    def cells_in_styles(self, styles: frozenset[str]) -> frozenset[tuple[int, int]]:
        """Return the cells that are in one of these styles (numbers in "cellXfs")."""
        return frozenset(
            (int(row) - 1, column_number(letters.decode("ascii")) - 1)
            for letters, row, style in _STYLED_CELL.findall(self.part)
            if style.decode("ascii") in styles
        )

    def doubtful_cells(self) -> Mapping[tuple[int, int], DoubtfulCell]:
        """Return the cells that show an error or were never calculated, by row and column."""
        return self._doubtful

    @cached_property
    def _doubtful(self) -> dict[tuple[int, int], DoubtfulCell]:
        return dict(_doubtful(self.part))


def head_of_sheet(start: bytes) -> bytes:
    """Return a sheet of the first rows that `start` holds whole, ten at most.

    b"" where they are not written in the usual way: then the whole sheet has to be read.
    """
    end = 0
    for _ in range(_ROWS_OF_HEAD):
        at = start.find(_END_OF_ROW, end)
        if at < 0:
            break
        end = at + len(_END_OF_ROW)
    head = start[:end]
    return b"" if not head or b"<!DOCTYPE" in head or _is_unusual(head) else head + _TAIL


def _is_unusual(part: bytes) -> bool:
    if _UNUSUAL.search(part) or _WITH_PREFIX.search(part):
        return True
    return b"'" in part and b"='" in part


def _doubtful(part: bytes) -> Iterator[tuple[tuple[int, int], DoubtfulCell]]:
    """Yield the doubtful cells; their ends are looked for, which few other cells share."""
    ends = [match.end() for end in _ENDS_WITHOUT_VALUE for match in end.finditer(part)]
    if b' t="e"' in part:
        ends += [part.find(b">", m.end()) for m in _ERROR.finditer(part)]
    for end in ends:
        cell = _CELL.match(part, part.rfind(b"<c ", 0, end))
        if cell is None:
            continue
        letters, row, attributes, content = cell.groups()
        place = int(row) - 1, column_number(letters.decode("ascii")) - 1
        if b' t="e"' in attributes:
            yield place, DoubtfulCell(Doubt.ERROR, _text(_between(content, b"<v>", b"</v>")))
        elif b' t="str"' not in attributes:  # a formula of type str has a result: the empty text
            formula = _text(_between(content, b">", b"</f>"))
            shown = f"={formula}" if formula else _SPECIAL_FORMULA
            yield place, DoubtfulCell(Doubt.NOT_CALCULATED, shown)


def _between(content: bytes, start: bytes, end: bytes) -> bytes:
    return content.partition(start)[2].partition(end)[0]


def _text(content: bytes) -> str:
    text = content.decode("utf-8", "replace")
    return (
        text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")
    )


class _Rewriter:
    """Writes a sheet anew with the cells that have a value and lie within the caps."""

    def __init__(self) -> None:
        self.beyond = ""
        self._row = 0
        self._column = 0
        self._pieces: list[str] = []

    def rewrite(self, part: bytes) -> bytes:
        try:
            # Parts with a document type are refused before, so no entity can be expanded.
            parsed = ElementTree.iterparse(io.BytesIO(part), ("start", "end"))  # noqa: S314
            self._follow(parsed)
        except (ElementTree.ParseError, ValueError) as error:
            raise damaged("nội dung không nguyên vẹn") from error
        return b"".join((_HEAD, "".join(self._pieces).encode("utf-8"), _TAIL))

    def _follow(self, parsed: Iterator[tuple[str, ElementTree.Element]]) -> None:
        all_rows: ElementTree.Element | None = None
        for event, element in parsed:
            name = local_name(element)
            if event == "start" and name == "sheetData":
                all_rows = element
            elif event == "start" and name == "row":
                self._begin_row(element)
            elif event == "end" and name == "c":
                self._take(element)
                element.clear()
            elif event == "end" and name == "row":
                self._pieces.append("</row>")
                element.clear()
                if all_rows is not None:
                    all_rows.clear()

    def _begin_row(self, element: ElementTree.Element) -> None:
        number = element.get("r")
        if number is None:
            self._row += 1
        elif _ROW_NUMBER.fullmatch(number):
            self._row = int(number)
        else:
            raise ValueError(number)
        self._column = 0
        self._pieces.append(f'<row r="{self._row}">')

    def _take(self, cell: ElementTree.Element) -> None:
        self._column += 1
        row = self._row
        if (address := cell.get("r")) is not None:
            match = _ADDRESS.fullmatch(address)
            if match is None:
                raise ValueError(address)
            self._column, row = column_number(match.group(1)), int(match.group(2))
        content = _content(cell)
        if not content:
            return
        name = cell_name(row - 1, self._column - 1)
        if row > MOST_ROWS or self._column > MOST_COLUMNS:
            self.beyond = self.beyond or name
            return
        kept = "".join(f" {key}={quoteattr(cell.get(key, ''))}" for key in "st" if cell.get(key))
        self._pieces.append(f'<c r="{name}"{kept}>{content}</c>')


def _content(cell: ElementTree.Element) -> str:
    """Return what a cell holds, written in the usual way; '' where it is blank."""
    written = ""
    for child in cell:
        name = local_name(child)
        if name == "is":
            written += f'<is><t xml:space="preserve">{escape(_inline_text(child))}</t></is>'
        elif name in {"f", "v"} and (child.text or name == "f"):
            written += f"<{name}>{escape(child.text or '')}</{name}>"
    return written


def _inline_text(element: ElementTree.Element) -> str:
    """Return the text of an inline string, without its phonetic runs."""
    texts = []
    for child in element:
        name = local_name(child)
        if name == "t":
            texts.append(child.text or "")
        elif name == "r":
            texts += [run.text or "" for run in child if local_name(run) == "t"]
    return "".join(texts)
