"""How wide text is in Times New Roman, and how many lines it takes in a cell.

The widths are those of Liberation Serif 2.1, which was made to have the advance widths of Times
New Roman; in units of 1/2048 of the font size. A Vietnamese letter is as wide as its base letter;
only ơ and ư (with any tone) have widths of their own.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

LINE_HEIGHT = 1.15
"""Single line spacing over the font size: (ascent + descent + gap) = (1825 + 443 + 87) / 2048."""

POINTS_PER_MM = 72 / 25.4

CELL_PADDING = 7.0
"""Points that spreadsheet programs keep free beside a cell's text."""

_UNITS = 2048
_REGULAR = {
    369: "'",
    410: "|",
    512: " ,.\u00a0",
    569: "/:;\\ijlt",
    682: "!()-I[]`fr‘’",
    797: "Js",
    836: '"',
    909: "?acez“”",
    961: "^",
    983: "{}",
    1024: "#$*0123456789_bdghknopquvxyđ–",
    1083: "ơ",
    1108: "~",
    1110: "ư",
    1139: "FPS",
    1155: "+<=>",
    1251: "ELTZ",
    1366: "BCR",
    1479: "ADGHKNOQUVXYwĐƠ",
    1589: "Ư",
    1593: "&m",
    1706: "%",
    1821: "M",
    1886: "@",
    1933: "W",
    2048: "…—",
}
_BOLD = {
    451: "|",
    512: " ,.\u00a0",
    569: "'/\\il",
    682: "!()-:;[]`fjt‘’",
    797: "Is",
    807: "{}",
    909: "cerz",
    1024: "#$*0123456789?J_agovxy–“”",
    1065: "~",
    1134: "ơ",
    1137: '"',
    1139: "Sbdhknpquđ",
    1167: "+<=>",
    1190: "^",
    1229: "ư",
    1251: "FP",
    1366: "BELTZ",
    1479: "ACDNRUVXYwĐ",
    1593: "GHKOQƠ",
    1630: "Ư",
    1706: "&m",
    1905: "@",
    1933: "M",
    2048: "%W…—",
}
_WIDTHS = {
    bold: {character: width for width, characters in table.items() for character in characters}
    for bold, table in ((False, _REGULAR), (True, _BOLD))
}
_WIDEST = 2048
_HORN = "\u031b"


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width in points of one line of `text` at `size` points."""
    units = sum(_character_width(c, bold) for c in unicodedata.normalize("NFC", text))
    return units * size / _UNITS


def wrap(text: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """Return the lines that `text` takes when wrapped to `width` points at `size` points.

    Lines break at spaces and after hyphens and slashes, as Word and Excel do; a word wider than
    the line is cut between letters. Joined, the lines are the text again: each keeps the space or
    the newline that ends it.
    """
    *ended, last = text.split("\n")
    lines: list[str] = []
    for paragraph in ended:
        *whole, rest = _wrapped(paragraph, width, size, bold)
        lines += [*whole, f"{rest}\n"]
    return [*lines, *_wrapped(last, width, size, bold)]


def count_lines(text: str, width: float, size: float, *, bold: bool = False) -> int:
    """Return how many lines `text` takes when wrapped as `wrap` does."""
    return sum(len(_wrapped(line, width, size, bold)) for line in text.split("\n"))


def lines_in_cell(text: str, width: float, size: float, *, bold: bool = False) -> int:
    """Return how many lines `text` takes in a spreadsheet cell `width` millimetres wide."""
    return count_lines(text, width * POINTS_PER_MM - CELL_PADDING, size, bold=bold)


@lru_cache(maxsize=4096)
def _character_width(character: str, bold: bool) -> int:
    widths = _WIDTHS[bold]
    if character in widths:
        return widths[character]
    parts = unicodedata.normalize("NFD", character)
    base = parts[0]
    if _HORN in parts:
        base = unicodedata.normalize("NFC", base + _HORN)
    return widths.get(base, 0 if unicodedata.combining(base) else _WIDEST)


@lru_cache(maxsize=16_384)  # the same names stand on the sheet of every unit
def _wrapped(line: str, width: float, size: float, bold: bool) -> tuple[str, ...]:
    lines, used = [""], 0.0
    for piece in _breakable_pieces(line):
        needed = text_width(piece.rstrip(" "), size, bold=bold)
        if used and used + needed > width:
            lines.append("")
            used = 0.0
        if needed > width:
            *full, piece = _cut_between_letters(piece, width, size, bold)
            lines[-1:] = [*full, ""]
        lines[-1] += piece
        used += text_width(piece, size, bold=bold)
    return tuple(lines)


def _cut_between_letters(word: str, width: float, size: float, bold: bool) -> list[str]:
    parts = [""]
    for letter in word:
        fits = letter == " " or text_width(parts[-1] + letter, size, bold=bold) <= width
        if parts[-1] and not fits:
            parts.append("")
        parts[-1] += letter
    return parts


def _breakable_pieces(line: str) -> list[str]:
    pieces, start = [], 0
    for index, character in enumerate(line, start=1):
        if character in " -/" and index < len(line) and line[index] != " ":
            pieces.append(line[start:index])
            start = index
    pieces.append(line[start:])
    return pieces
