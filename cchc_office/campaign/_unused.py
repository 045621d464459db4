"""What of a sheet is not read: columns, text around the table, sheets. Nothing is dropped unsaid.

A column that may be meant for one that decides scores or duties is an error, so that papers wait;
a clerk marks it as a remark by a heading that begins with "Ghi chú".
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Iterable

from cchc_office.campaign._marks import mentions_survey
from cchc_office.campaign._tables import CellReader, Column, FoundTable, heading_key
from cchc_office.catalogue.findings import Code, Finding
from cchc_office.sheets.addresses import column_letters
from cchc_office.sheets.sheet_reader import SheetCell, SheetTable
from cchc_office.text.vietnamese import clean_line, fold

_ALIKE = 0.6
_REMARK = "ghi chu"
# How the remarks begin that are written above the tables of a new workbook.
_REMARKS_ABOVE = (_REMARK, "huong dan", "so lieu minh hoa")
_MOST_SHOWN = 5
_LONGEST_SHOWN = 60


def report_unused(
    table: FoundTable,
    columns: tuple[Column, ...],
    reader: CellReader,
    *,
    decides: Callable[[str], bool] | None = None,
    told: Collection[int] = (),
) -> None:
    """Report what of the table's sheet is not read to `reader`.

    `decides` tells of a text that it says how a row is scored or who does it, whatever stands
    above it; the columns at the places `told` have their findings already.
    """
    used = {*table.places.values(), *told}
    for place in range(len(table.sheet.rows[table.heading_row])):
        if place not in used and any(map(_is_content, table.below(place))):
            _report_column(table, columns, reader, place, decides)
    _report_text_above(table, reader)


def _report_column(
    table: FoundTable,
    columns: tuple[Column, ...],
    reader: CellReader,
    place: int,
    decides: Callable[[str], bool] | None,
) -> None:
    heading = table.sheet.rows[table.heading_row][place]
    content = [cell for cell in table.below(place) if _is_content(cell)]
    found = clean_line(heading.text)
    column = next((c for c in columns if c.key in table.places and c.matches(found)), None)
    is_deciding = decides is not None and any(decides(clean_line(c.text)) for c in content)
    near = _nearest(found, columns)
    if column:
        first = table.sheet.rows[table.heading_row][table.places[column.key]]
        expected = f"“{clean_line(first.text)}” (ô {first.address})"
        reader.report(Code.DUPLICATE_COLUMN, heading, found=found, expected=expected)
    elif is_remark(found) and ("note" in table.places or not is_deciding):
        reader.report(Code.REMARK_COLUMN, heading, found=found)
    elif is_deciding or (found and any(c.asks_about(found) for c in columns)):
        found = found or f"{column_letters(place)} (không có tiêu đề)"
        reader.report(Code.COLUMN_ASKED, heading, found=found, candidates=near)
    elif found:
        reader.report(Code.COLUMN_UNUSED, heading, found=found, candidates=near)
    else:
        text = _shortened(content[0])
        reader.report(Code.COLUMN_WITHOUT_HEADING, content[0].address, found=text)


def is_remark(heading: str) -> bool:
    """Tell whether a heading says that its column is for people only: "Ghi chú: Loại"."""
    return fold(heading).startswith(_REMARK)


def _nearest(heading: str, columns: tuple[Column, ...]) -> tuple[str, ...]:
    """Return the headings that an unknown one is most like: by its words, then by its letters."""
    if not heading:
        return ()
    by_words = [c.heading for c in columns if c.asks_about(heading)]
    ratios = {c.heading: max(map(_likeness(heading), c.headings)) for c in columns}
    by_letters = sorted((h for h in ratios if ratios[h] >= _ALIKE), key=lambda h: -ratios[h])
    return tuple(dict.fromkeys((*by_letters[:1], *by_words)))[:3]


def _likeness(heading: str) -> Callable[[str], float]:
    key = heading_key(heading)
    return lambda other: difflib.SequenceMatcher(None, key, heading_key(other)).ratio()


def _is_content(cell: SheetCell) -> bool:
    return bool(cell.text or cell.formula or cell.error) and cell.address == cell.head


def _report_text_above(table: FoundTable, reader: CellReader) -> None:
    above = [
        cell
        for row in table.sheet.rows[: table.heading_row]
        for cell in row
        if _is_content(cell) and not fold(cell.text).startswith(_REMARKS_ABOVE)
    ]
    if above:
        shown = "; ".join(f"{cell.address} “{_shortened(cell)}”" for cell in above[:_MOST_SHOWN])
        more = f"; và {len(above) - _MOST_SHOWN} ô nữa" if len(above) > _MOST_SHOWN else ""
        reader.report(Code.TEXT_ABOVE_TABLE, above[0], found=shown + more)


def _shortened(cell: SheetCell) -> str:
    text = clean_line(cell.text or cell.formula or cell.error)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 1]}…"


def unread_sheets(
    file: str, sheets: Iterable[SheetTable], read: Collection[str], *, has_survey: bool
) -> list[Finding]:
    """Name the sheets with content that are not read; `read` holds the names of those that are.

    One that may hold results of surveys is an error where no other does (`has_survey`).
    """
    findings = []
    known = {fold(name) for name in read}
    for sheet in sheets:
        if fold(sheet.name) in known or not any(_is_content(c) for row in sheet.rows for c in row):
            continue
        may_be_survey = not has_survey and not is_remark(sheet.name) and mentions_survey(sheet.name)
        code = Code.SHEET_ASKED if may_be_survey else Code.SHEET_NOT_READ
        findings.append(Finding(code, file, sheet.name, found=sheet.name))
    return findings
