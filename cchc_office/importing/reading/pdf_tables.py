"""The tables of a PDF without lines around their cells, and cells over the end of a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cchc_office.importing.reading.pdf_lines import PrintedLine
from cchc_office.importing.source import SourceTable
from cchc_office.sheets.addresses import cell_name
from cchc_office.sheets.sheet_reader import SheetCell, SheetTable

_SAME_ROW = 4.0
_FEWEST_COLUMNS = 3
_FEWEST_ROWS = 4
_LOWEST_AREA = 2

_Span = tuple[float, float]
_Rows = list[list[SheetCell]]


# --- told by what stands below each other ---


def unruled_table(
    parts: Sequence[PrintedLine], page: int, number: int
) -> tuple[SourceTable, int, int] | None:
    """Return the table that parts of lines make, and which of them it takes; None where none.

    `parts` are what stands apart on a line, from above. A row begins where something stands in the
    first column; what stands below without is of the row above.
    """
    lines = _lines(parts)
    full = [n for n, line in enumerate(lines) if len(line) >= _FEWEST_COLUMNS]
    if len(full) < _FEWEST_ROWS:
        return None
    first, last = full[0], full[-1]
    while last + 1 < len(lines) and len(lines[last + 1]) == 2:
        last += 1
    within = lines[first : last + 1]
    columns = _columns([line for line in within if len(line) > 1])
    if len(columns) < _FEWEST_COLUMNS:
        return None
    rows: list[list[str]] = []
    for line in within:
        placed = [(_place(part, columns), part.text) for part in line]
        if not rows or any(place == 0 for place, _ in placed):
            rows.append([""] * len(columns))
        for place, text in placed:
            rows[-1][place] = f"{rows[-1][place]} {text}".strip()
    if len(rows) < _FEWEST_ROWS:
        return None
    made = tuple(
        tuple(
            SheetCell(text or None, address, address)
            for text, address in zip(
                row, (cell_name(n, c) for c in range(len(columns))), strict=True
            )
        )
        for n, row in enumerate(rows)
    )
    edges = (*(start for start, _ in columns), columns[-1][1])
    table = SourceTable(
        SheetTable(f"Bảng {number}", made),
        pages=dict.fromkeys(range(len(rows)), page),
        columns=edges,
    )
    before = sum(map(len, lines[:first]))
    return table, before, before + sum(map(len, within))


def _lines(parts: Sequence[PrintedLine]) -> list[list[PrintedLine]]:
    lines: list[list[PrintedLine]] = []
    for part in parts:
        if lines and abs(part.top - lines[-1][0].top) <= _SAME_ROW:
            lines[-1].append(part)
        else:
            lines.append([part])
    return lines


def _columns(lines: Sequence[Sequence[PrintedLine]]) -> list[_Span]:
    """Return from where to where columns go: what overlaps is of one."""
    columns: list[list[float]] = []
    for part in sorted((part for line in lines for part in line), key=lambda part: part.x0):
        if columns and part.x0 <= columns[-1][1]:
            columns[-1][1] = max(columns[-1][1], part.x1)
        else:
            columns.append([part.x0, part.x1])
    return [(start, end) for start, end in columns]


def _place(part: PrintedLine, columns: Sequence[_Span]) -> int:
    middle = (part.x0 + part.x1) / 2
    return min(
        range(len(columns)),
        key=lambda n: max(columns[n][0] - middle, middle - columns[n][1], 0.0),
    )


# --- merged cells that go on over the end of a page, where one part has the text ---


def with_cells_over_pages(tables: Sequence[SourceTable]) -> list[SourceTable]:
    """Return the tables with the parts of such cells all showing the text; each is doubtful.

    A blank area of several rows at the top of a page goes on from above it, and one at the end of a
    page goes on to an area with text below it; of a single row that is asked. A text that goes on
    in small letters beside a row with a code is the end of the cell above. Code and name, the first
    columns, never do.
    """
    found = list(tables)
    for number in range(len(found) - 1):
        above, below = found[number : number + 2]
        if below.is_on_page_after(above):
            found[number : number + 2] = _joined(above, below)
    return found


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
        if over.text and not under.text and _height(lower, under) >= _LOWEST_AREA:
            _fill(lower, under, over.text)
            lower_doubts[under.head] = (
                f"ô trống ở đầu trang: hiểu là ô “{over.text}” của trang trước kéo sang"
            )
        elif (
            not over.text
            and under.text
            and min(_height(upper, over), _height(lower, under)) >= _LOWEST_AREA
        ):
            _fill(upper, over, under.text)
            upper_doubts[over.head] = (
                f"ô trống ở cuối trang: hiểu là ô “{under.text}” ở đầu trang sau"
            )
        elif not over.text and under.text and _height(lower, under) >= _LOWEST_AREA:
            named = next((cell for cell in upper[-1] if cell.text), over)
            upper_doubts.setdefault(
                named.head,
                f"ô cuối trang của dòng này trống: có thể thuộc ô “{under.text}” ở đầu trang sau",
            )
        elif (
            over.text
            and under.text[:1].islower()
            and (lower[first][0].text or _height(lower, under) >= _LOWEST_AREA)
        ):
            whole = f"{over.text} {under.text}"
            for rows, cell, doubts in ((upper, over, upper_doubts), (lower, under, lower_doubts)):
                _fill(rows, cell, whole)
                doubts[cell.head] = f"ô bị ngắt ở cuối trang: hiểu là một ô, “{whole}”"
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
