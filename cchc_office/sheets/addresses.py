"""Cell addresses as Excel writes them."""

from __future__ import annotations

from functools import lru_cache


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
