"""What workbooks that somebody fills in have in common: the table, the help, the hidden sheet."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from cchc_office.model import Criterion, Points
from cchc_office.papers.form.layout import (
    HIDDEN_HEADINGS,
    NOT_APPLICABLE,
    SIGNATURE_LABEL,
    RowKind,
)
from cchc_office.papers.signs import max_format, score_format
from cchc_office.sheets.addresses import cell_name
from cchc_office.sheets.columns import Column, Holds, places_of
from cchc_office.sheets.long_texts import wide_enough
from cchc_office.sheets.look import CENTRED, MARGINS, REMARK, SCORE, SIZE, Style
from cchc_office.sheets.workbook_writer import SheetWriter

_NARROW_MARGINS = (10.0, 10.0, 18.0, 12.0)
_HELP_WIDTH, _HELP_GAP = 170.0, 6.0
_ALLOWED = {
    "autofilter": True,
    "sort": True,
    "format_cells": True,
    "format_columns": True,
    "format_rows": True,
    "select_locked_cells": True,
}


def signed_styles(
    criterion: Criterion, scores: Iterable[str], places: Collection[str]
) -> dict[str, Style]:
    """Return how maximum and given scores look, by their columns, where points have a sign."""
    if criterion.points is Points.NORMAL:
        return {}
    score = replace(SCORE, number_format=score_format(criterion))
    shown = {key: score for key in scores if key in places}
    return {"max_score": replace(SCORE, number_format=max_format(criterion)), **shown}


def with_whole_names(columns: tuple[Column, ...], names: Iterable[str]) -> tuple[Column, ...]:
    """Return columns of which that of names is as wide as they need: readers know rows by them."""
    return tuple(
        replace(column, width=wide_enough(names, column.width, SIZE))
        if column.key == "name"
        else column
        for column in columns
    )


def write_title(
    sheet: SheetWriter,
    lines: Iterable[tuple[str, Style, float]],
    last: int,
    skipped: Collection[int] = (),
) -> int:
    """Write lines (text, style, height) over the columns up to `last`; return the next row.

    Rows that are `skipped` have several cells, which the caller writes.
    """
    row = -1
    for row, (text, style, height) in enumerate(lines):
        if row in skipped:
            continue
        sheet.merged((row, 1), (row, last), text, replace(style, border=False))
        sheet.row_height(row, height)
    return row + 1


def guide(
    sheet: SheetWriter,
    rows: tuple[int, int],
    place: int,
    title: str,
    message: str,
    **limits: Any,
) -> None:
    """Show a message beside the cells of a column in these rows, and hold what they take.

    Without `limits` they take any text; with an `error_message` other things are refused.
    """
    asked = {"validate": "any", "input_title": title, "input_message": message, **limits}
    sheet.raw.data_validation(rows[0], place, rows[1], place, asked)


def guide_filled(sheet: SheetWriter, rows: tuple[int, int], columns: tuple[Column, ...]) -> None:
    """Show beside the cells of each column that is filled in what is written into it.

    Scores are a number up to the maximum of their row, or "không áp dụng".
    """
    places = places_of(columns)
    for column in columns:
        if not (column.is_filled and column.help):
            continue
        limits: dict[str, str] = {}
        if column.holds is Holds.SCORE:
            cell = cell_name(rows[0], places[column.key])
            most = f"${cell_name(rows[0], places['max_score'])}"
            number = f"AND(ISNUMBER({cell}),{cell}>=0,{cell}<={most})"
            limits = {
                "validate": "custom",
                "value": f'=OR({number},{cell}="{NOT_APPLICABLE}")',
                "error_title": "Điểm không hợp lệ",
                "error_message": "Điểm phải là một số từ 0 đến điểm tối đa của dòng, hoặc "
                f"“{NOT_APPLICABLE}”.",
            }
        guide(sheet, rows, places[column.key], column.heading, column.help, **limits)


def write_signature(sheet: SheetWriter, at: int, first: int, last: int) -> None:
    """Write where the head of the unit signs, over the columns from `first` to `last`."""
    for row, text, style in (
        (at, SIGNATURE_LABEL, replace(CENTRED, bold=True, border=False)),
        (at + 1, "(Ký, ghi rõ họ tên)", REMARK),
    ):
        sheet.merged((row, first), (row, last), text, style)


def finish_sheet(
    sheet: SheetWriter, rows: tuple[int, int], end: int, frozen: int, first_input: int
) -> None:
    """Freeze, protect and set up the printing of a table.

    `rows` are those of its headings and of the last line to print, `end` the last column to print.
    """
    heading, last = rows
    sheet.raw.freeze_panes(heading + 1, frozen)
    sheet.raw.protect("", _ALLOWED)
    sheet.print_setup(_NARROW_MARGINS, landscape=True, repeat_rows=(heading, heading))
    sheet.raw.print_area(0, 1, last, end)
    sheet.raw.set_selection(heading + 1, first_input, heading + 1, first_input)


def write_help(sheet: SheetWriter, title: str, lines: Iterable[str]) -> None:
    """Write the sheet of instructions, a numbered line for each."""
    sheet.column_widths([_HELP_WIDTH])
    bold = Style(bold=True, size=14, align="center", border=False)
    text = Style(size=13, border=False, middle=False)
    sheet.text(0, 0, title, bold)
    sheet.row_height(0, 30)
    # Rows of text have no height: whoever opens them finds it, and no line is too many.
    for number, words in enumerate(lines, start=1):
        sheet.text(2 * number - 1, 0, f"{number}. {words}", text)
        sheet.row_height(2 * number, _HELP_GAP)
    sheet.raw.protect("", {"format_rows": True, "format_columns": True})
    sheet.raw.hide_gridlines(2)
    sheet.print_setup(MARGINS)


def write_hidden(
    sheet: SheetWriter,
    marks: Mapping[str, str],
    rows: Iterable[tuple[Criterion, RowKind]] | None,
    cases: Mapping[str, tuple[str, ...]] | None = None,
) -> None:
    """Write what the file is to its hidden sheet, and below it the rows as they are issued.

    `cases` are what there is to choose from in a row, by its id, where a list cannot name it.
    """
    plain = Style(size=SIZE, border=False, wrap=False)
    lines: dict[int, Iterable[str]] = dict(enumerate(marks.items()))
    if rows is not None:
        lines[len(marks) + 1] = HIDDEN_HEADINGS
        for at, (c, kind) in enumerate(rows, start=len(marks) + 2):
            maximum = "" if c.max_score is None else str(c.max_score)
            more = (cases or {}).get(c.id, ())
            lines[at] = (c.id, c.code, c.name, kind.value, maximum, *([""] if more else ()), *more)
    for at, texts in lines.items():
        for place, text in enumerate(texts):
            sheet.text(at, place, text, plain)
    sheet.raw.very_hidden()
    sheet.raw.protect("")
