"""Drawing a table as a worksheet."""

from __future__ import annotations

from cchc_office.documents.decree30 import Profile
from cchc_office.documents.table import Cell, Row, Table
from cchc_office.office.text_width import LINE_HEIGHT, count_lines
from cchc_office.office.workbook_writer import SheetWriter, Style, WorkbookWriter

_POINTS_PER_MM = 72 / 25.4
# Excel keeps some pixels free on both sides of a cell's text.
_SIDE_PADDING = 7.0
_ROW_PADDING = 4.0


def render_xlsx(table: Table, profile: Profile, sheet_name: str) -> bytes:
    """Return a workbook with the table on one sheet: A4, one page wide, headings repeated."""
    book = WorkbookWriter(table.title.replace("\n", " "), profile.font)
    sheet = book.sheet(sheet_name)
    sheet.column_widths([column.width for column in table.columns])
    heading_row = _write_title(sheet, table, profile)
    _write_headings(sheet, table, profile, heading_row)
    for index, row in enumerate(table.rows):
        _write_row(sheet, row, heading_row + 1 + index, profile)
    for index, height in enumerate(row_heights(table, profile)):
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
    room = width * _POINTS_PER_MM - _SIDE_PADDING
    lines = count_lines(cell.text, room, profile.table_size, bold=cell.bold)
    return lines * profile.table_size * LINE_HEIGHT + _ROW_PADDING


def _write_title(sheet: SheetWriter, table: Table, profile: Profile) -> int:
    """Write title and reference over the whole width; return the row of the headings."""
    last = len(table.columns) - 1
    room = sum(column.width for column in table.columns) * _POINTS_PER_MM - _SIDE_PADDING
    title = Style(bold=True, size=profile.appendix_title_size, align="center", border=False)
    reference = Style(
        italic=True, size=profile.appendix_reference_size, align="center", border=False
    )
    row = 0
    for text, style in ((table.title, title), (table.reference, reference)):
        if text:
            sheet.merged((row, 0), (row, last), text, style)
            lines = count_lines(text, room, style.size, bold=style.bold)
            sheet.row_height(row, lines * style.size * LINE_HEIGHT + _ROW_PADDING)
            row += 1
    sheet.row_height(row, 8)
    return row + 1


def _write_headings(sheet: SheetWriter, table: Table, profile: Profile, row: int) -> None:
    style = Style(bold=True, size=profile.table_size, align="center")
    heights = []
    for place, column in enumerate(table.columns):
        sheet.text(row, place, column.heading, style)
        heights.append(_cell_height(Cell(column.heading, bold=True), column.width, profile))
    sheet.row_height(row, max(heights))


def _write_row(sheet: SheetWriter, row: Row, at: int, profile: Profile) -> None:
    for place, cell in enumerate(row.cells):
        if cell is None:
            continue
        style = Style(bold=cell.bold, italic=cell.italic, size=profile.table_size, align=cell.align)
        sheet.merged((at, place), (at + cell.rows - 1, place), cell.text, style)
