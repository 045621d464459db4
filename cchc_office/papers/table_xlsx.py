"""Drawing a table as a worksheet."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from cchc_office.decree30.figures import Profile
from cchc_office.papers.table import TITLE_DISTANCE, Cell, Layout, PageRow, Table
from cchc_office.sheets.long_texts import HIGHEST_ROW
from cchc_office.sheets.look import Style
from cchc_office.sheets.workbook_writer import SheetWriter, WorkbookWriter


@dataclass(frozen=True)
class _Placed:
    """A row on its page, over the sheet rows `first` to `last`."""

    drawn: PageRow
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
    title_rows = _write_title(sheet, layout)
    first_row = row = _write_headings(sheet, layout, title_rows)
    starts: list[int] = []
    for page in layout.pages():
        starts.append(row)
        placed = _place(page, row)
        for place in range(len(placed)):
            _write_row(sheet, placed[place:], profile)
        row = placed[-1].last + 1
    _set_up_printing(sheet, layout, (title_rows, first_row - 1), starts[1:], row - 1)
    return book.finish()


def _place(page: list[PageRow], row: int) -> list[_Placed]:
    """Give each row its sheet rows, from `row` on."""
    placed: list[_Placed] = []
    for drawn in page:
        last = row + len(_sheet_rows(drawn.height)) - 1
        placed.append(_Placed(drawn, row, last))
        row = last + 1
    return placed


def _sheet_rows(height: float) -> list[float]:
    """Return the heights of the sheet rows that are `height` points together."""
    count = max(math.ceil(height / HIGHEST_ROW), 1)
    return [height / count] * count


def _write_row(sheet: SheetWriter, placed: list[_Placed], profile: Profile) -> None:
    """Write the first of these rows of a page; its cells may span those that follow."""
    part = placed[0]
    for row, height in enumerate(_sheet_rows(part.drawn.height), start=part.first):
        sheet.row_height(row, height)
    for place, cell in enumerate(part.drawn.cells):
        if cell is not None:
            at = (part.first, place), (placed[cell.rows - 1].last, place)
            # A text that runs on does so from the top of its cell.
            middle = part.drawn.whole or cell.rows > 1
            sheet.merged(*at, cell.text, replace(_style(cell, profile), middle=middle))


def _style(cell: Cell, profile: Profile) -> Style:
    return Style(bold=cell.bold, italic=cell.italic, size=profile.table_size, align=cell.align)


def _set_up_printing(
    sheet: SheetWriter, layout: Layout, headings: tuple[int, int], breaks: list[int], last: int
) -> None:
    page, table = layout.page, layout.table
    sheet.print_setup(
        (page.left, page.right, page.top, page.bottom),
        landscape=table.landscape,
        repeat_rows=headings,
        number_size=int(layout.profile.page_number_size),
        breaks=breaks,
    )
    sheet.raw.freeze_panes(headings[1] + 1, 0)
    sheet.raw.print_area(0, 0, last, len(table.columns) - 1)


def _write_title(sheet: SheetWriter, layout: Layout) -> int:
    """Write label, title and reference over the whole width; return the rows used."""
    last = len(layout.table.columns) - 1
    row = 0
    for line in layout.title:
        style = Style(
            bold=line.bold, italic=line.italic, size=line.size, align="center", border=False
        )
        heights = _sheet_rows(line.height)
        sheet.merged((row, 0), (row + len(heights) - 1, last), line.text, style)
        for height in heights:
            sheet.row_height(row, height)
            row += 1
    sheet.row_height(row, TITLE_DISTANCE)
    return row + 1


def _write_headings(sheet: SheetWriter, layout: Layout, row: int) -> int:
    """Write the headings; return the row under them."""
    style = Style(bold=True, size=layout.profile.table_size, align="center")
    for place, column in enumerate(layout.table.columns):
        sheet.text(row, place, column.heading, style)
    sheet.row_height(row, layout.heading_height)
    return row + 1
