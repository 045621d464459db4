"""What the appraisal workbook and the supplementary form have in common: their three sheets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from cchc_office.model import Criterion
from cchc_office.papers.form.layout import NOT_APPLICABLE
from cchc_office.sheets.addresses import cell_name
from cchc_office.sheets.columns import Column, Link, Value
from cchc_office.sheets.long_texts import wide_enough
from cchc_office.sheets.look import CENTRED, SCORE, SIZE, TEXT, Style, opened
from cchc_office.sheets.workbook_writer import SheetWriter
from cchc_office.text import figures
from cchc_office.text.widths import LINE_HEIGHT, lines_in_cell

MARGINS = (15.0, 15.0, 20.0, 15.0)

ONE_LINE = replace(TEXT, wrap=False)
OPEN_TEXT, OPEN_NUMBER, OPEN_FIGURE = opened(TEXT), opened(SCORE), opened(CENTRED)

ON_ONE_LINE = frozenset(("field", "source"))
"""Columns to filter by, whose texts are cut where they are long."""

_HELP_WIDTH = 170.0
_ALLOWED = {
    "autofilter": True,
    "sort": True,
    "format_cells": True,
    "format_columns": True,
    "format_rows": True,
    "select_locked_cells": True,
}


def max_style(criteria: Iterable[Criterion]) -> Style:
    """Return how a column of maxima looks: all of each is shown."""
    shown = figures.given_cell(criterion.max_score for criterion in criteria)
    return replace(SCORE, number_format=shown)


def with_whole_names(columns: tuple[Column, ...], names: Iterable[str]) -> tuple[Column, ...]:
    """Return columns of which that of names is as wide as they need: readers know rows by them."""
    return tuple(
        replace(column, width=wide_enough(names, column.width, SIZE))
        if column.key == "name"
        else column
        for column in columns
    )


def row_height(columns: tuple[Column, ...], values: Sequence[Value], least: int) -> float:
    """Return the height in points of a row of the table: of its longest text, `least` lines."""
    lines = [
        lines_in_cell(value.text if isinstance(value, Link) else value, column.width, SIZE)
        for column, value in zip(columns[1:], values[1:], strict=True)
        if isinstance(value, str | Link) and column.key not in ON_ONE_LINE
    ]
    return max(least, *lines) * SIZE * LINE_HEIGHT + 5


def write_title(sheet: SheetWriter, lines: Iterable[tuple[str, Style, float]], last: int) -> int:
    """Write lines (text, style, height) over the columns up to `last`; return the next row."""
    row = -1
    for row, (text, style, height) in enumerate(lines):
        sheet.merged((row, 1), (row, last), text, replace(style, border=False))
        sheet.row_height(row, height)
    return row + 1


def limit_score(
    sheet: SheetWriter, rows: tuple[int, int], score: int, maximum: int, *, title: str, prompt: str
) -> None:
    """Let the cells of a column take a number up to the maximum beside it, or "không áp dụng"."""
    first, last = rows
    cell, most = cell_name(first, score), f"${cell_name(first, maximum)}"
    number = f"AND(ISNUMBER({cell}),{cell}>=0,{cell}<={most})"
    sheet.raw.data_validation(
        first,
        score,
        last,
        score,
        {
            "validate": "custom",
            "value": f'=OR({number},{cell}="{NOT_APPLICABLE}")',
            "input_title": title,
            "input_message": prompt,
            "error_title": "Điểm không hợp lệ",
            "error_message": "Điểm phải là một số từ 0 đến điểm tối đa của dòng, hoặc "
            f"“{NOT_APPLICABLE}”.",
        },
    )


def prompt_for(
    sheet: SheetWriter, rows: tuple[int, int], place: int, title: str, message: str
) -> None:
    """Show a message beside the cells of a column that take any text."""
    first, last = rows
    asked = {"validate": "any", "input_title": title, "input_message": message}
    sheet.raw.data_validation(first, place, last, place, asked)


def finish_sheet(
    sheet: SheetWriter, rows: tuple[int, int], end: int, frozen: int, first_input: int
) -> None:
    """Freeze, protect and set up the printing of a table.

    `rows` are those of its headings and of the last line to print, `end` the last column to print.
    """
    heading, last = rows
    sheet.raw.freeze_panes(heading + 1, frozen)
    sheet.raw.protect("", _ALLOWED)
    sheet.print_setup(MARGINS, landscape=True, repeat_rows=(heading, heading))
    sheet.raw.print_area(0, 1, last, end)
    sheet.raw.set_selection(heading + 1, first_input, heading + 1, first_input)


def write_help(sheet: SheetWriter, title: str, lines: Iterable[str]) -> None:
    """Write the sheet of instructions, a numbered line for each."""
    sheet.column_widths([_HELP_WIDTH])
    bold = Style(bold=True, size=14, align="center", border=False)
    text = Style(size=13, border=False, middle=False)
    sheet.text(0, 0, title, bold)
    sheet.row_height(0, 30)
    for row, words in enumerate(lines, start=1):
        line = f"{row}. {words}"
        sheet.text(row, 0, line, text)
        high = lines_in_cell(line, _HELP_WIDTH, 13)
        sheet.row_height(row, high * 13 * LINE_HEIGHT + 6)
    sheet.raw.protect("", {"format_rows": True, "format_columns": True})
    sheet.raw.hide_gridlines(2)
    sheet.print_setup((20.0, 15.0, 20.0, 20.0))


def write_marks(sheet: SheetWriter, marks: Mapping[str, str]) -> int:
    """Write what the file is to its hidden sheet; return the row after a blank one."""
    plain = Style(size=SIZE, border=False, wrap=False)
    for at, (key, value) in enumerate(marks.items()):
        sheet.text(at, 0, key, plain)
        sheet.text(at, 1, value, plain)
    sheet.raw.very_hidden()
    sheet.raw.protect("")
    return len(marks) + 1
