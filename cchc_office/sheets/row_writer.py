"""Rows written once, in their order, straight as a sheet's XML.

XlsxWriter keeps a value for every cell until the end and then writes it attribute by attribute; a
report of a province has millions of them. Here a row becomes text at once and goes to a temporary
file, which the sheet takes in between its other rows. Everything else of the workbook (package,
styles, headings, links, charts) stays XlsxWriter's.

It is `patched_xlsxwriter` that puts the two together.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from textwrap import shorten
from typing import TextIO, cast

from cchc_office.sheets.addresses import MOST_ROWS, cell_name, column_letters
from cchc_office.sheets.columns import Link, Live, Value
from cchc_office.sheets.long_texts import READABLE_ROW, beginning, is_too_long
from cchc_office.sheets.look import Style
from cchc_office.sheets.patched_xlsxwriter import index_of
from cchc_office.sheets.workbook_writer import (
    FORMULA_STARTS,
    SheetWriter,
    fitting_text,
    row_pixels,
)

MOST_OUTSIDE = 20_000
"""Links to files, which XlsxWriter holds until the end; those above the number are functions."""

_MOST_LINKS = 65_530
_LONGEST_LINK = 2_079
_LONGEST_LITERAL = 255
_LONGEST_NAME = 80
_ROWS_AT_ONCE = 512
_SPECIAL = re.compile("[&<>\x00-\x08\x0b-\x1f\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")
_NAMED = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


@dataclass(frozen=True, slots=True)
class LookCell:
    """What stands in the XML of a column's cells before the row's number, and after it."""

    start: str
    plain: str
    style: Style


Look = tuple[LookCell, ...]
"""How the cells of a row look; made by `RowWriter.look`."""


class RowWriter:
    """Writes rows of a sheet from `first` on, each after the one before; rows count from 0."""

    def __init__(self, sheet: SheetWriter, first: int, named_by: tuple[int, ...] = (0, 1)) -> None:
        """Write into `sheet`, below its headings; it writes above and below itself.

        The columns `named_by` tell a row from others where a long text of it stands elsewhere.
        """
        self.first = self.end = first
        self._sheet = sheet
        self._named_by = named_by
        sheet.raw.take_in(self)
        self._waiting: list[str] = []
        self._flushed: TextIO | None = None
        self._links = self._outside = self._columns = 0

    def look(self, styles: Iterable[Style]) -> Look:
        """Return how a row with these styles, one for each column, looks."""
        cells = tuple(
            LookCell(f'<c r="{column_letters(column)}', self._styled(style), style)
            for column, style in enumerate(styles)
        )
        self._columns = max(self._columns, len(cells))
        return cells

    def _styled(self, style: Style, *, quoted: bool = False) -> str:
        return f'" s="{index_of(self._sheet.book.format(style, quoted=quoted))}"'

    def write(self, look: Look, values: Sequence[Value], height: float) -> int:
        """Write a row, `height` points high; return its number. Empty values are styled blanks.

        Of texts that are too long for any row the beginning is written, and where all of it is.
        Raises ValueError where the sheet is full.
        """
        row = self.end
        if row >= MOST_ROWS:
            raise ValueError(f"sheet {self._sheet.name} has no room for row {row + 1}")
        number = str(row + 1)
        if height > READABLE_ROW:
            height = READABLE_ROW
            values = [self._fitting(column, values, look) for column in range(len(values))]
        parts = [f'<row r="{number}" ht="{row_pixels(height) * 0.75:g}" customHeight="1">']
        for column, (value, cell) in enumerate(zip(values, look, strict=True)):
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
        value, style = values[column], look[column].style
        text = _shown(value)
        if not text or not style.wrap or column >= len(self._sheet.columns):
            return value
        declared = self._sheet.columns[column]
        width = declared.width
        if not is_too_long(text, width, style.size, bold=style.bold):
            return value
        names = (_shown(values[place]) for place in self._named_by)
        named = ", ".join(shorten(name, _LONGEST_NAME, placeholder="…") for name in names if name)
        where = f"trang {self._sheet.name}, ô {cell_name(self.end, column)}"
        kept = self._sheet.book.long_texts.keep(text, f"{declared.heading} – {named} ({where})")
        shown = beginning(text, kept, width, style.size, bold=style.bold)
        # A cell that is a link is shown on one line by LibreOffice: only one of its own stays.
        return replace(value, text=shown) if isinstance(value, Link) else shown

    def _text(self, start: str, cell: LookCell, text: str) -> str:
        text = fitting_text(text)
        is_like_a_formula = text[0] in FORMULA_STARTS
        after = self._styled(cell.style, quoted=True) if is_like_a_formula else cell.plain
        index = self._sheet.raw.shared(text)
        if index is not None:
            return f'{start}{after} t="s"><v>{index}</v></c>'
        space = ' xml:space="preserve"' if text != text.strip() else ""
        return f'{start}{after} t="inlineStr"><is><t{space}>{escaped(text)}</t></is></c>'

    def _linked(self, start: str, cell: LookCell, link: Link, row: int, column: int) -> str:
        if not link.text:
            return f"{start}{cell.plain}/>"
        if link.target and len(link.target) <= _LONGEST_LINK:
            is_outside = link.target.startswith("external:")
            if self._links >= _MOST_LINKS or (is_outside and self._outside >= MOST_OUTSIDE):
                return self._linked_by_formula(start, cell, link)
            self._links += 1
            self._outside += is_outside
            self._sheet.raw.link(row, column, link.target, link.text)
        return self._text(start, cell, link.text)

    def _linked_by_formula(self, start: str, cell: LookCell, link: Link) -> str:
        """Link with a function, of which a sheet may have any number."""
        target = link.target
        place = target.removeprefix("external:") if ":" in target[:9] else f"#{target}"
        texts = [place.replace('"', '""'), link.text.replace('"', '""')]
        if max(map(len, texts)) > _LONGEST_LITERAL:
            return self._text(start, cell, link.text)
        formula = f'=HYPERLINK("{texts[0]}","{texts[1]}")'
        return start + cell.plain + _live(Live(formula, link.text))

    def finish(self) -> None:
        """Tell the sheet how far the rows go, after the last of them."""
        if self.end > self.first and self._columns:
            self._sheet.raw.stretch(self.first, self.end - 1, self._columns)

    def copy_to(self, target: TextIO) -> None:
        """Write the rows' XML; they are gone from here then."""
        if self._flushed:
            self._flush()
            self._flushed.seek(0)
            shutil.copyfileobj(self._flushed, target, 1 << 16)
            self._flushed.close()
        target.write("".join(self._waiting))
        self._waiting.clear()

    def _flush(self) -> None:
        if self._flushed is None:
            self._flushed = tempfile.TemporaryFile(  # noqa: SIM115 - lives as long as its sheet
                "w+", encoding="utf-8", errors="replace", newline=""
            )
        self._flushed.write("".join(self._waiting))
        self._waiting.clear()


def escaped(text: str) -> str:
    """Return text as it stands in a sheet's XML; control characters as Excel writes them."""
    return _SPECIAL.sub(_escape, text) if _SPECIAL.search(text) else text


def _escape(found: re.Match[str]) -> str:
    text = found[0]
    if text in _NAMED:
        return _NAMED[text]
    return f"_x005F{text}" if len(text) > 1 else f"_x{ord(text):04X}_"


def _shown(value: Value) -> str:
    """Return a value's text, "" of numbers and formulas."""
    text = value.text if isinstance(value, Link) else value
    return text if isinstance(text, str) else ""


def _live(value: Live) -> str:
    formula = escaped(value.formula.removeprefix("="))
    if isinstance(value.value, str):
        return f' t="str"><f>{formula}</f><v>{escaped(value.value)}</v></c>'
    return f"><f>{formula}</f><v>{float(value.value)!r}</v></c>"
