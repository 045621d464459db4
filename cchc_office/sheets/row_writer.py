"""Rows written once, in their order, straight as a sheet's XML.

XlsxWriter keeps a value for every cell until the end and then writes it attribute by attribute; a
report of a province has millions of them. Here a row becomes text at once and goes to a temporary
file, which the sheet takes in between its other rows. Everything else of the workbook (package,
styles, headings, charts) stays XlsxWriter's.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from textwrap import shorten
from typing import Any, TextIO, cast

from xlsxwriter.url import Url
from xlsxwriter.worksheet import Worksheet

from cchc_office.sheets.addresses import cell_name, column_letters
from cchc_office.sheets.long_texts import HIGHEST_ROW, LongTexts, beginning, is_too_long

LONGEST_TEXT = 32_767
"""The characters that a cell can hold."""

MOST_ROWS = 1_048_576
"""The rows that a sheet can have."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""What spreadsheet programs take for the beginning of a formula when a cell is edited."""

_MOST_LINKS = 65_530
_MOST_OUTSIDE = 20_000
"""Links to files, which XlsxWriter holds until the end; those above the number are functions."""

_LONGEST_LINK = 2_079
_LONGEST_LITERAL = 255
_MOST_SHARED, _LONGEST_SHARED = 20_000, 200
_LONGEST_NAME = 80
_ROWS_AT_ONCE = 512
_IN_MEMORY = 1 << 18
_SPECIAL = re.compile("[&<>\x00-\x08\x0b-\x1f\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")
_NAMED = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


@dataclass(frozen=True, slots=True)
class Live:
    """A formula ("=…") with the value that we computed for it; "" is an empty result."""

    formula: str
    value: Decimal | int | str


@dataclass(frozen=True, slots=True)
class Link:
    """Text that leads to a place in the workbook ("'Sheet'!B2") or to an "external:" file.

    Without a target it is text.
    """

    text: str
    target: str


Value = str | Decimal | int | Live | Link | None


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Where texts stand that are too long for their rows, and what tells whose they are.

    `columns` are heading and width (mm) of each; the values of the columns `named_by` tell a row.
    """

    texts: LongTexts
    columns: Sequence[tuple[str, float]]
    named_by: tuple[int, ...]


class RowSheet(Worksheet):  # type: ignore[misc]
    """A worksheet that takes in rows which were written beside it."""

    rows: RowWriter | None = None
    dim_rowmin: int | None
    dim_rowmax: int | None

    def _write_sheet_data(self) -> None:
        if self.rows is None:
            super()._write_sheet_data()
            return
        self._xml_start_tag("sheetData")
        first, last = self.dim_rowmin, self.dim_rowmax
        if first is not None and last is not None:
            self._write_rows_between(first, self.rows.first - 1)
            self.rows.copy_rows(self.fh)
            self._write_rows_between(self.rows.end, last)
        self.dim_rowmin, self.dim_rowmax = first, last
        self._xml_end_tag("sheetData")

    def _write_rows_between(self, first: int, last: int) -> None:
        if first <= last:
            self.dim_rowmin, self.dim_rowmax = first, last
            self._write_rows()

    def _write_hyperlinks(self) -> None:
        if self.rows is None or not self.rows.has_links:
            super()._write_hyperlinks()
            return
        if self.hyperlinks:
            raise ValueError(f"sheet {self.name} has links both in its rows and beside them")
        self._xml_start_tag("hyperlinks")
        self.rows.copy_links(self.fh)
        for row, column, target in self.rows.external_links:
            url = Url(target)
            self.rel_count += 1
            self._write_hyperlink_external(row, column, self.rel_count, url)
            self.external_hyper_links.append(["/hyperlink", url._target(), "External"])
        self._xml_end_tag("hyperlinks")


@dataclass(slots=True)
class _LookCell:
    """What stands in the XML of a column's cells before the row's number, and after it."""

    start: str
    plain: str
    style: Any
    format: Callable[[bool], Any]
    quoted: str = ""

    def quote(self) -> str:
        """Return what stands after the number where text must not become a formula."""
        if not self.quoted:
            self.quoted = f'" s="{self.format(True)._get_xf_index()}"'
        return self.quoted


@dataclass(frozen=True, slots=True)
class Look:
    """How the cells of a row look; made by `RowWriter.look`."""

    cells: tuple[_LookCell, ...]


class RowWriter:
    """Writes rows of a sheet from `first` on, each after the one before; rows count from 0."""

    def __init__(
        self,
        sheet: RowSheet,
        first: int,
        formats: Callable[[Any, bool], Any],
        texts: SharedTexts,
        elsewhere: Elsewhere,
    ) -> None:
        """Write into `sheet`; `formats` gives XlsxWriter's format of a style, quoted or not."""
        self.first = self.end = first
        self.external_links: list[tuple[int, int, str]] = []
        self._sheet = sheet
        self._formats = formats
        self._texts = texts
        self._elsewhere = elsewhere
        self._rows, self._links = _temporary(), _temporary()
        self._waiting: list[str] = []
        self._waiting_links: list[str] = []
        self._link_count = 0
        self._columns = 0
        sheet.rows = self

    def look(self, styles: Iterable[Any]) -> Look:
        """Return how a row with these styles, one for each column, looks."""
        cells = []
        for column, style in enumerate(styles):
            plain = f'" s="{self._formats(style, False)._get_xf_index()}"'
            start = f'<c r="{column_letters(column)}'
            cells.append(_LookCell(start, plain, style, partial(self._formats, style)))
        self._columns = max(self._columns, len(cells))
        return Look(tuple(cells))

    def write(self, look: Look, values: Sequence[Value], height: float) -> int:
        """Write a row, `height` points high; return its number. Empty values are styled blanks.

        Of texts that are too long for any row the beginning is written, and where all of it is.
        Raises ValueError where the sheet is full.
        """
        row = self.end
        if row >= MOST_ROWS:
            raise ValueError(f"sheet {self._sheet.name} has no room for row {row + 1}")
        number = str(row + 1)
        if height > HIGHEST_ROW:
            values = [self._fitting(column, values, look) for column in range(len(values))]
        pixels = row_pixels(height)
        parts = [f'<row r="{number}" ht="{pixels * 0.75:g}" customHeight="1">']
        for column, (value, cell) in enumerate(zip(values, look.cells, strict=True)):
            start = cell.start + number
            if value is None or value == "":
                parts.append(f"{start}{cell.plain}/>")
            elif type(value) is str:
                parts.append(self._text(start, cell, value))
            elif isinstance(value, Live):
                parts.append(start + cell.plain + _live(value))
            elif isinstance(value, Link):
                parts.append(self._linked(start, cell, value, row, column))
            else:
                parts.append(f"{start}{cell.plain}><v>{float(cast(Decimal, value))!r}</v></c>")
        parts.append("</row>")
        self._waiting.append("".join(parts))
        self.end += 1
        if len(self._waiting) >= _ROWS_AT_ONCE:
            self._flush()
        return row

    def _fitting(self, column: int, values: Sequence[Value], look: Look) -> Value:
        """Return a value of a row, or the beginning of a text that the row is too low for."""
        value, style = values[column], look.cells[column].style
        text = _shown(value)
        if not text or not style.wrap or column >= len(self._elsewhere.columns):
            return value
        heading, width = self._elsewhere.columns[column]
        if not is_too_long(text, width, style.size, bold=style.bold):
            return value
        names = (_shown(values[place]) for place in self._elsewhere.named_by)
        named = ", ".join(shorten(name, _LONGEST_NAME, placeholder="…") for name in names if name)
        where = f"trang {self._sheet.name}, ô {cell_name(self.end, column)}"
        kept = self._elsewhere.texts.keep(text, f"{heading} – {named} ({where})")
        shown = beginning(text, kept, width, style.size, bold=style.bold)
        # A cell that is a link is shown on one line by LibreOffice: only one of its own stays.
        return replace(value, text=shown) if isinstance(value, Link) else shown

    def _text(self, start: str, cell: _LookCell, text: str) -> str:
        text = fitting_text(text)
        after = cell.quote() if text[0] in FORMULA_STARTS else cell.plain
        index = self._texts.index(text)
        if index is not None:
            return f'{start}{after} t="s"><v>{index}</v></c>'
        space = ' xml:space="preserve"' if text != text.strip() else ""
        return f'{start}{after} t="inlineStr"><is><t{space}>{escaped(text)}</t></is></c>'

    def _linked(self, start: str, cell: _LookCell, link: Link, row: int, column: int) -> str:
        target = link.target
        if not target or not link.text or len(target) > _LONGEST_LINK:
            return self._text(start, cell, link.text) if link.text else f"{start}{cell.plain}/>"
        is_outside = target.startswith("external:")
        full = is_outside and len(self.external_links) >= _MOST_OUTSIDE
        if full or self._link_count >= _MOST_LINKS:
            return self._linked_by_formula(start, cell, link)
        self._link_count += 1
        if is_outside:
            self.external_links.append((row, column, target))
        else:
            place = escaped(target).replace('"', "&quot;")
            self._waiting_links.append(
                f'<hyperlink ref="{cell_name(row, column)}" location="{place}"/>'
            )
        return self._text(start, cell, link.text)

    def _linked_by_formula(self, start: str, cell: _LookCell, link: Link) -> str:
        """Link with a function, of which a sheet may have any number."""
        target = link.target
        place = target.removeprefix("external:") if ":" in target[:9] else f"#{target}"
        texts = [place.replace('"', '""'), link.text.replace('"', '""')]
        if max(map(len, texts)) > _LONGEST_LITERAL:
            return self._text(start, cell, link.text)
        formula = f'=HYPERLINK("{texts[0]}","{texts[1]}")'
        return start + cell.plain + _live(Live(formula, link.text))

    @property
    def has_links(self) -> bool:
        """Tell whether any cell is a link that is not a function."""
        return self._link_count > 0

    def finish(self) -> None:
        """Tell the sheet how far the rows go, after the last of them."""
        self._flush()
        if self.end > self.first and self._columns:
            self._sheet._check_dimensions(self.first, 0)
            self._sheet._check_dimensions(self.end - 1, self._columns - 1)

    def copy_rows(self, target: TextIO) -> None:
        """Copy the rows' XML; they are gone from here then."""
        _move(self._rows, target)

    def copy_links(self, target: TextIO) -> None:
        """Copy the XML of links within the workbook; they are gone from here then."""
        _move(self._links, target)

    def _flush(self) -> None:
        self._rows.write("".join(self._waiting))
        self._links.write("".join(self._waiting_links))
        self._waiting.clear()
        self._waiting_links.clear()


class SharedTexts:
    """Which texts stand in the workbook's table of shared texts, up to a number of them."""

    def __init__(self, table: Any) -> None:
        """Take XlsxWriter's own table."""
        self._table = table
        self._indexes: dict[str, int] = {}

    def index(self, text: str) -> int | None:
        """Return the text's place in the table, None where it must stand in the cell itself."""
        found = self._indexes.get(text)
        if found is not None:
            self._table.count += 1
            return found
        if len(self._indexes) >= _MOST_SHARED or len(text) > _LONGEST_SHARED:
            return None
        index: int = self._table._get_shared_string_index(text)
        self._indexes[text] = index
        return index


def fitting_text(text: str) -> str:
    """Return `text` as long as a cell can hold, and such that XlsxWriter takes it for text."""
    if len(text) > LONGEST_TEXT:
        text = text[: LONGEST_TEXT - 1] + "…"
    # What begins and ends like this it would write as it stands: as the XML of formatted text.
    return f"{text} " if text.startswith("<r>") and text.endswith("</r>") else text


def row_pixels(points: float) -> int:
    """Return the height of a row in pixels, of those that Excel knows."""
    return round(min(points, HIGHEST_ROW) * 96 / 72)


def _shown(value: Value) -> str:
    """Return a value's text, "" of numbers and formulas."""
    text = value.text if isinstance(value, Link) else value
    return text if isinstance(text, str) else ""


def escaped(text: str) -> str:
    """Return text as it stands in a sheet's XML; control characters as Excel writes them."""
    if not _SPECIAL.search(text):
        return text
    return _SPECIAL.sub(_escape, text)


def _escape(found: re.Match[str]) -> str:
    text = found[0]
    if text in _NAMED:
        return _NAMED[text]
    if len(text) > 1:
        return f"_x005F{text}"
    return f"_x{ord(text):04X}_"


def _live(value: Live) -> str:
    formula = escaped(value.formula.removeprefix("="))
    if isinstance(value.value, str):
        return f' t="str"><f>{formula}</f><v>{escaped(value.value)}</v></c>'
    return f"><f>{formula}</f><v>{float(value.value)!r}</v></c>"


def _temporary() -> TextIO:
    spooled = tempfile.SpooledTemporaryFile(  # noqa: SIM115 - lives as long as its sheet
        max_size=_IN_MEMORY, mode="w+", encoding="utf-8", errors="replace", newline=""
    )
    return cast(TextIO, spooled)


def _move(source: TextIO, target: TextIO) -> None:
    source.seek(0)
    shutil.copyfileobj(source, target, 1 << 16)
    source.close()
