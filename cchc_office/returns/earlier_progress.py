"""How far an earlier period was with scoring, as its report tells."""

from __future__ import annotations

from cchc_office.model import EarlierShare
from cchc_office.papers.report.names import (
    BY_FIELD,
    BY_UNIT,
    DONE_HEADING,
    EXPECTED_HEADING,
    PROGRESS_SHEET,
)
from cchc_office.returns.form_sheet import shown_text
from cchc_office.sheets.reading import Sheet, Spreadsheet
from cchc_office.text.vietnamese import fold

_MOST_ROWS_ABOVE = 10
_CODE, _NAME = 0, 1
Shares = tuple[EarlierShare, ...]


def earlier_shares(book: Spreadsheet) -> tuple[Shares, Shares]:
    """Return how far fields (all together first) and units were; nothing where it is not told."""
    name = next((n for n in book.sheet_names if fold(n) == fold(PROGRESS_SHEET)), None)
    sheet = book.sheet(name) if name else None
    places = _heading_of(sheet) if sheet else None
    if sheet is None or places is None:
        return (), ()
    heading, done, total = places
    parts: dict[str, list[EarlierShare]] = {fold(BY_FIELD): [], fold(BY_UNIT): []}
    part = parts[fold(BY_FIELD)]
    for row in range(heading + 1, len(sheet.rows)):
        part = parts.get(fold(shown_text(sheet.value(row, _NAME))), part)
        counts = [_count(sheet, row, column) for column in (done, total)]
        if counts[0] is not None and counts[1] is not None:
            code = shown_text(sheet.value(row, _CODE))
            part.append(EarlierShare(code, counts[0], counts[1]))
    fields, units = (tuple(parts[fold(name)]) for name in (BY_FIELD, BY_UNIT))
    return fields, units


def _heading_of(sheet: Sheet) -> tuple[int, int, int] | None:
    for number, row in enumerate(sheet.rows[:_MOST_ROWS_ABOVE]):
        headings = [fold(value) if isinstance(value, str) else "" for value in row]
        if fold(DONE_HEADING) in headings and fold(EXPECTED_HEADING) in headings:
            done, total = (headings.index(fold(h)) for h in (DONE_HEADING, EXPECTED_HEADING))
            return number, done, total
    return None


def _count(sheet: Sheet, row: int, column: int) -> int | None:
    value = sheet.value(row, column)
    if isinstance(value, bool) or not isinstance(value, int | float) or value != int(value):
        return None
    return int(value)
