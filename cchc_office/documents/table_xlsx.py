"""Drawing a table as a worksheet."""

from __future__ import annotations

from cchc_office.documents.decree30 import Profile
from cchc_office.documents.table import Cell, Row, Table
from cchc_office.office.text_width import LINE_HEIGHT, POINTS_PER_MM, lines_in_cell
from cchc_office.office.workbook_writer import SheetWriter, Style, WorkbookWriter

_ROW_PADDING = 4.0
_TITLE_DISTANCE = 8.0
# Programs round heights, each in its own way: a page is filled to this share only.
_PAGE_SAFETY = 0.97


def render_xlsx(table: Table, profile: Profile, sheet_name: str) -> bytes:
    """Return a workbook with the table on one sheet: A4, one page wide, headings repeated.

    Pages begin where a spanning cell begins, so that its text is not cut in two.
    """
    book = WorkbookWriter(table.title.replace("\n", " "), profile.font)
    sheet = book.sheet(sheet_name)
    sheet.column_widths([column.width for column in table.columns])
    heading_row, title_height = _write_title(sheet, table, profile)
    headings_height = _write_headings(sheet, table, profile, heading_row)
    for index, row in enumerate(table.rows):
        _write_row(sheet, row, heading_row + 1 + index, profile)
    heights = row_heights(table, profile)
    for index, height in enumerate(heights):
        sheet.row_height(heading_row + 1 + index, height)
    margins = (
        profile.margin_left,
        profile.margin_right,
        profile.margin_top,
        profile.margin_bottom,
    )
    sheet.print_setup(
        margins,
        repeat_rows=(heading_row, heading_row),
        number_size=int(profile.page_number_size),
        breaks=[
            heading_row + 1 + row
            for row in _page_starts(table, heights, (title_height, headings_height), profile)
        ],
    )
    sheet.raw.freeze_panes(heading_row + 1, 0)
    sheet.raw.print_area(0, 0, heading_row + len(table.rows), len(table.columns) - 1)
    return book.finish()


def row_heights(table: Table, profile: Profile) -> list[float]:
    """Return each row's height in points, so that no text is cut, in cells that span rows too."""
    heights = [
        max(
            (
                _cell_height(cell, table.columns[place].width, profile)
                for place, cell in enumerate(row.cells)
                if cell is not None and cell.rows == 1
            ),
            default=0.0,
        )
        for row in table.rows
    ]
    for index, row in enumerate(table.rows):
        for place, cell in enumerate(row.cells):
            if cell is not None and cell.rows > 1:
                _stretch(heights, index, cell, table.columns[place].width, profile)
    return heights


def _stretch(heights: list[float], index: int, cell: Cell, width: float, profile: Profile) -> None:
    """Share out among the rows of a spanning cell the height that they lack together."""
    span = range(index, index + cell.rows)
    lacking = _cell_height(cell, width, profile) - sum(heights[i] for i in span)
    if lacking > 0:
        for i in span:
            heights[i] += lacking / cell.rows


def _cell_height(cell: Cell, width: float, profile: Profile) -> float:
    lines = lines_in_cell(cell.text, width, profile.table_size, bold=cell.bold)
    return lines * profile.table_size * LINE_HEIGHT + _ROW_PADDING


def _page_starts(
    table: Table, heights: list[float], head: tuple[float, float], profile: Profile
) -> list[int]:
    """Return the rows that begin a new page, so that no spanning cell is cut that fits on one.

    `head` holds the heights of the title, which stands on page 1, and of the headings, which every
    page repeats. A span longer than a page just runs on.
    """
    title, headings = head
    page = (profile.page_height - profile.margin_top - profile.margin_bottom) * POINTS_PER_MM
    whole = page * _PAGE_SAFETY - headings
    starts: list[int] = []
    used, page_start = title, 0
    for first, last in _blocks(table):
        needed = sum(heights[first : last + 1])
        fits_a_page = needed <= whole
        for row in range(first, last + 1):
            wanted = needed if fits_a_page and row == first else heights[row]
            # The first row of a page stays, or the title would stand there alone.
            if row > page_start and used + wanted > whole:
                starts.append(row)
                used, page_start = 0.0, row
            used += heights[row]
    return starts


def _blocks(table: Table) -> list[tuple[int, int]]:
    """Return the runs of rows that stay together: under a spanning cell, or kept with the next."""
    blocks: list[tuple[int, int]] = []
    end = -1
    for index, row in enumerate(table.rows):
        span = max((cell.rows for cell in row.cells if cell is not None), default=1)
        joins = bool(blocks) and (index <= end or table.rows[index - 1].keep_with_next)
        end = max(end, index + span - 1)
        first = blocks.pop()[0] if joins else index
        blocks.append((first, max(index, end)))
    return blocks


def _write_title(sheet: SheetWriter, table: Table, profile: Profile) -> tuple[int, float]:
    """Write title and reference over the whole width; return the headings' row, and the height."""
    last = len(table.columns) - 1
    width = sum(column.width for column in table.columns)
    title = Style(bold=True, size=profile.appendix_title_size, align="center", border=False)
    reference = Style(
        italic=True, size=profile.appendix_reference_size, align="center", border=False
    )
    row, used = 0, 0.0
    for text, style in ((table.title, title), (table.reference, reference)):
        if text:
            sheet.merged((row, 0), (row, last), text, style)
            lines = lines_in_cell(text, width, style.size, bold=style.bold)
            height = lines * style.size * LINE_HEIGHT + _ROW_PADDING
            sheet.row_height(row, height)
            used += height
            row += 1
    sheet.row_height(row, _TITLE_DISTANCE)
    return row + 1, used + _TITLE_DISTANCE


def _write_headings(sheet: SheetWriter, table: Table, profile: Profile, row: int) -> float:
    """Write the headings; return the height of their row."""
    style = Style(bold=True, size=profile.table_size, align="center")
    heights = []
    for place, column in enumerate(table.columns):
        sheet.text(row, place, column.heading, style)
        heights.append(_cell_height(Cell(column.heading, bold=True), column.width, profile))
    sheet.row_height(row, max(heights))
    return max(heights)


def _write_row(sheet: SheetWriter, row: Row, at: int, profile: Profile) -> None:
    for place, cell in enumerate(row.cells):
        if cell is None:
            continue
        style = Style(bold=cell.bold, italic=cell.italic, size=profile.table_size, align=cell.align)
        sheet.merged((at, place), (at + cell.rows - 1, place), cell.text, style)
