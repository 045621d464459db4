"""Drawing a table as a worksheet."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from cchc_office.decree30.figures import Profile
from cchc_office.papers.table import Cell, Layout, RowPiece, Span, Table
from cchc_office.sheets.long_texts import HIGHEST_ROW
from cchc_office.sheets.look import Style
from cchc_office.sheets.workbook_writer import SheetWriter, WorkbookWriter

_TITLE_DISTANCE = 8.0


@dataclass(frozen=True)
class _Placed:
    """A piece of a row on its page, over the sheet rows `first` to `last`."""

    piece: RowPiece
    page: int
    first: int
    last: int


def render_xlsx(table: Table, profile: Profile, sheet_name: str) -> bytes:
    """Return a workbook with the table on one sheet: A4, one page wide, headings repeated.

    Pages break where `Layout.pages` says. What is higher than a sheet's rows can be stands over
    several of them, merged.
    """
    book = WorkbookWriter(table.title.replace("\n", " "), profile.font)
    sheet = book.sheet(sheet_name)
    sheet.column_widths([column.width for column in table.columns])
    layout = Layout(table, profile)
    title_rows, title_height = _write_title(sheet, layout)
    first_row = _write_headings(sheet, layout, title_rows)
    placed = _place(layout.pages(title_height), first_row)
    for part in placed:
        _write_piece(sheet, part, profile)
    for span in layout.spans:
        _write_span(sheet, span, placed, layout)
    _set_up_printing(sheet, layout, (title_rows, first_row - 1), placed)
    return book.finish()


def _place(pages: list[list[RowPiece]], row: int) -> list[_Placed]:
    """Give each piece its sheet rows, from `row` on."""
    placed: list[_Placed] = []
    for page, pieces in enumerate(pages):
        for piece in pieces:
            last = row + len(_sheet_rows(piece.height)) - 1
            placed.append(_Placed(piece, page, row, last))
            row = last + 1
    return placed


def _sheet_rows(height: float) -> list[float]:
    """Return the heights of the sheet rows that are `height` points together."""
    count = max(math.ceil(height / HIGHEST_ROW), 1)
    return [height / count] * count


def _write_piece(sheet: SheetWriter, part: _Placed, profile: Profile) -> None:
    for row, height in enumerate(_sheet_rows(part.piece.height), start=part.first):
        sheet.row_height(row, height)
    for place, cell in enumerate(part.piece.cells):
        if cell is not None:
            at = (part.first, place), (part.last, place)
            # A text that runs on does so from the top of its cell.
            style = replace(_style(cell, profile), middle=part.piece.whole)
            sheet.merged(*at, cell.text, style)


def _write_span(sheet: SheetWriter, span: Span, placed: list[_Placed], layout: Layout) -> None:
    """Write a spanning cell: once on each page that its rows stand on."""
    parts: dict[int, list[_Placed]] = {}
    for part in placed:
        if span.first <= part.piece.row <= span.last:
            parts.setdefault(part.page, []).append(part)
    heights = [sum(p.piece.height for p in on_page) for on_page in parts.values()]
    for page, on_page in enumerate(parts.values()):
        text = layout.text_on_page(span, heights, page)
        at = (on_page[0].first, span.place), (on_page[-1].last, span.place)
        sheet.merged(*at, text, _style(span.cell, layout.profile))


def _style(cell: Cell, profile: Profile) -> Style:
    return Style(bold=cell.bold, italic=cell.italic, size=profile.table_size, align=cell.align)


def _set_up_printing(
    sheet: SheetWriter, layout: Layout, headings: tuple[int, int], placed: list[_Placed]
) -> None:
    starts = {part.page: part.first for part in reversed(placed)}
    page, table = layout.page, layout.table
    sheet.print_setup(
        (page.left, page.right, page.top, page.bottom),
        landscape=table.landscape,
        repeat_rows=headings,
        number_size=int(layout.profile.page_number_size),
        breaks=[first for number, first in sorted(starts.items()) if number],
    )
    sheet.raw.freeze_panes(headings[1] + 1, 0)
    last = placed[-1].last if placed else headings[1]
    sheet.raw.print_area(0, 0, last, len(table.columns) - 1)


def _write_title(sheet: SheetWriter, layout: Layout) -> tuple[int, float]:
    """Write label, title and reference over the whole width; return rows used, and the height."""
    last = len(layout.table.columns) - 1
    row, used = 0, _TITLE_DISTANCE
    for line in layout.title:
        style = Style(
            bold=line.bold, italic=line.italic, size=line.size, align="center", border=False
        )
        heights = _sheet_rows(line.height)
        sheet.merged((row, 0), (row + len(heights) - 1, last), line.text, style)
        for height in heights:
            sheet.row_height(row, height)
            row += 1
        used += line.height
    sheet.row_height(row, _TITLE_DISTANCE)
    return row + 1, used


def _write_headings(sheet: SheetWriter, layout: Layout, row: int) -> int:
    """Write the headings; return the row under them."""
    style = Style(bold=True, size=layout.profile.table_size, align="center")
    for place, column in enumerate(layout.table.columns):
        sheet.text(row, place, column.heading, style)
    sheet.row_height(row, layout.heading_height)
    return row + 1
