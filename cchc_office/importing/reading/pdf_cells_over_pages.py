"""Merged cells of PDF tables that go on over the end of a page, where one part has the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cchc_office.importing.source import SourceTable
from cchc_office.sheets.sheet_reader import SheetCell

_NEAR = 4.0
_FEWEST_ROWS = 2

_Rows = list[list[SheetCell]]


def with_cells_over_pages(tables: Sequence[SourceTable]) -> list[SourceTable]:
    """Return the tables with the parts of such cells all showing the text; each is doubtful.

    A blank area of several rows at the top of a page goes on from above it, and one at the end of a
    page goes on to an area with text below it. Code and name, the first columns, never do.
    """
    found = list(tables)
    for number in range(len(found) - 1):
        above, below = found[number : number + 2]
        if _go_on(above, below):
            found[number : number + 2] = _joined(above, below)
    return found


def _go_on(above: SourceTable, below: SourceTable) -> bool:
    pages = max(above.pages.values(), default=0), min(below.pages.values(), default=0)
    return (
        pages[1] == pages[0] + 1
        and len(above.columns) == len(below.columns)
        and all(abs(a - b) <= _NEAR for a, b in zip(above.columns, below.columns, strict=True))
    )


def _joined(above: SourceTable, below: SourceTable) -> tuple[SourceTable, SourceTable]:
    upper, lower = ([list(row) for row in table.sheet.rows] for table in (above, below))
    first = _headings(upper, lower)
    upper_doubts, lower_doubts = dict(above.doubtful), dict(below.doubtful)
    for column in range(2, len(lower[0]) if lower else 0):
        if first >= len(lower):
            break
        over, under = upper[-1][column], lower[first][column]
        heading = lower[0][column].text if first else ""
        if heading and heading in {over.text, under.text}:
            continue  # a heading that has no line below it
        if over.text and not under.text and _height(lower, under) >= _FEWEST_ROWS:
            _fill(lower, under, over.text)
            lower_doubts[under.head] = (
                f"ô trống ở đầu trang: hiểu là ô “{over.text}” của trang trước kéo sang"
            )
        elif (
            not over.text
            and under.text
            and min(_height(upper, over), _height(lower, under)) >= _FEWEST_ROWS
        ):
            _fill(upper, over, under.text)
            upper_doubts[over.head] = (
                f"ô trống ở cuối trang: hiểu là ô “{under.text}” ở đầu trang sau"
            )
    return (_with(above, upper, upper_doubts), _with(below, lower, lower_doubts))


def _headings(upper: _Rows, lower: _Rows) -> int:
    """Return how many rows at the top of a page repeat the headings of the page before."""
    same = 0
    for above, below in zip(upper, lower, strict=False):
        texts = [cell.text for cell in below]
        if not any(texts) or texts != [cell.text for cell in above]:
            break
        same += 1
    return same


def _height(rows: _Rows, cell: SheetCell) -> int:
    return sum(any(one.head == cell.head for one in row) for row in rows)


def _fill(rows: _Rows, cell: SheetCell, text: str) -> None:
    for row in rows:
        row[:] = [replace(one, value=text) if one.head == cell.head else one for one in row]


def _with(table: SourceTable, rows: _Rows, doubts: dict[str, str]) -> SourceTable:
    sheet = replace(table.sheet, rows=tuple(map(tuple, rows)))
    return replace(table, sheet=sheet, doubtful=doubts)
