"""Telling of what is crossed out on a returned sheet: each value at its cell, nothing twice."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter

from cchc_office.catalogue.findings import Code, FindingCode
from cchc_office.returns.form_log import FormLog
from cchc_office.returns.form_sheet import FormSheet, shown_text
from cchc_office.returns.round_cells import TableRow
from cchc_office.sheets.addresses import cell_name
from cchc_office.sheets.reading import StruckCell


def tell_struck(form: FormSheet, log: FormLog, rows: Iterable[TableRow]) -> None:
    """Tell of all that is crossed out, row by row; `rows` are those that were recognised."""
    if form.struck:
        known = {row.at: row for row in rows}
        for at, places in groupby(sorted(form.struck), key=itemgetter(0)):
            columns = [column for _, column in places]
            if row := known.get(at):
                _tell_row(form, log, row, columns)
            else:
                _tell_other(form, log, at, columns)


def _tell_row(form: FormSheet, log: FormLog, row: TableRow, columns: list[int]) -> None:
    """Tell of the inputs one by one, of what the row was issued with once.

    The hidden id is crossed out where its row is, and nobody would look for it.
    """
    hidden = form.places.get("id")
    issued = [column for column in columns if form.is_issued(column) and column != hidden]
    if issued:
        log.note(
            Code.STRUCK_ROW,
            cell_name(row.at, issued[0]),
            criterion=row.criterion,
            about=row.label,
            found=", ".join(_heading(form, column) for column in issued),
            unit=row.unit,
        )
    for column in columns:
        if not form.is_issued(column):
            cell = form.struck[row.at, column]
            log.note(
                Code.HALF_STRUCK if cell.left else Code.STRUCK_OUT,
                cell_name(row.at, column),
                criterion=row.criterion,
                about=f"{row.label}, {_heading(form, column)}",
                found=shown_text(cell.crossed_out),
                expected=shown_text(cell.left),
                unit=row.unit,
            )


def _heading(form: FormSheet, column: int) -> str:
    heading = shown_text(form.sheet.value(form.heading_row, column))
    return f"cột {heading}" if heading else "cột không có tiêu đề"


def _tell_other(form: FormSheet, log: FormLog, at: int, columns: list[int]) -> None:
    """Tell of a row that is none of the table's, or stands above it; what is left beside it."""
    code, found, left = told_together(form.struck[at, column] for column in columns)
    about = f"Dòng {at + 1} của trang"
    log.note(code, cell_name(at, columns[0]), about=about, found=found, expected=left)


def told_together(cells: Iterable[StruckCell]) -> tuple[FindingCode, str, str]:
    """Return the code for several cells of a row, what is crossed out of them and what is left."""
    cells = list(cells)
    found = "; ".join(shown_text(cell.crossed_out) for cell in cells)
    left = "; ".join(filter(None, (shown_text(cell.left) for cell in cells)))
    return (Code.HALF_STRUCK if left else Code.STRUCK_OUT), found, left
