"""Addresses of cells, links to them and calls over them, as Excel writes them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

MOST_ROWS = 1_048_576
"""The rows that a sheet can have."""

_MOST_ARGUMENTS = 200


@lru_cache(maxsize=1_024)
def column_letters(column: int) -> str:
    """Return the letters of a column, counted from 0: 0 is "A", 27 is "AB"."""
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def cell_name(row: int, column: int, *, absolute: bool = False) -> str:
    """Return the address of a cell counted from 0, as Excel writes it ("B3", "$B$3")."""
    mark = "$" if absolute else ""
    return f"{mark}{column_letters(column)}{mark}{row + 1}"


def column_number(letters: str) -> int:
    """Return the number of a column, counted from 1: 1 for "A", 28 for "AB"."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def row_number(address: str) -> int:
    """Return the number of a cell's row, counted from 1: 12 for "AB12"; 0 without an address."""
    return int("0" + "".join(filter(str.isdecimal, address)))


def quoted_sheet(name: str) -> str:
    """Return a sheet's name as formulas and links write it."""
    from xlsxwriter.utility import quote_sheetname  # whoever only reads need not load it

    return str(quote_sheetname(name))


def place_in(sheet: str, row: int, column: int) -> str:
    """Return a link target within the workbook."""
    return f"{quoted_sheet(sheet)}!{cell_name(row, column)}"


def ranges(addresses: Iterable[tuple[int, int]]) -> list[str]:
    """Return cells (row, column) as ranges, neighbours in a column joined."""
    found: list[tuple[int, int, int]] = []
    for row, column in sorted(addresses):
        if found and found[-1][1] == row - 1 and found[-1][2] == column:
            found[-1] = (found[-1][0], row, column)
        else:
            found.append((row, row, column))
    return [
        cell_name(first, column)
        if first == last
        else f"{cell_name(first, column)}:{cell_name(last, column)}"
        for first, last, column in found
    ]


def call_over(function: str, addresses: list[tuple[int, int]]) -> str:
    """Return `function` (SUM, COUNT) over cells (row, column), neighbours joined to ranges.

    Excel takes 255 arguments: more are given to several calls, added up.
    """
    written = ranges(addresses)
    calls = [written[i : i + _MOST_ARGUMENTS] for i in range(0, len(written), _MOST_ARGUMENTS)]
    return "+".join(f"{function}({','.join(call)})" for call in calls)
