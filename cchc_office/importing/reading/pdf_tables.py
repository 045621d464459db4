"""The tables of a PDF without lines around their cells."""

from __future__ import annotations

from collections.abc import Sequence

from cchc_office.importing.reading.pdf_lines import PrintedLine
from cchc_office.importing.source import SourceTable
from cchc_office.sheets.addresses import cell_name
from cchc_office.sheets.sheet_reader import SheetCell, SheetTable

_SAME_ROW = 4.0
_FEWEST_COLUMNS = 3
_FEWEST_ROWS = 4

_Span = tuple[float, float]


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
