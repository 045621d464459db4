"""Letters on a page put together to lines, and the lines of a cell to what was typed there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from cchc_office.importing.reading.pdf_pages import Glyph
from cchc_office.text.vietnamese import composed

_GAP = 0.22
"""Letters further apart than this part of their size have a blank between them."""

_COLUMN_GAP = 2.2
"""Words further apart than this many times their size stand in columns of their own."""

_SAME_LINE = 0.5
_BULLET = re.compile(r"[-–+*•●○▪✓]\s|(?:\d{1,2}(?:\.\d{1,2})*|[a-zđ]|[IVX]{1,4})[.)]\s")
_ENDS = ".;:!?"
_CENTRED = 4.0
_SLACK = 0.25


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line of text and where it stands, in points; `first_word` is how wide its first word is."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    bold: bool
    italic: bool
    first_word: float

    @property
    def blank_width(self) -> float:
        """How wide a blank is."""
        return 0.25 * (self.bottom - self.top)


def printed_lines(glyphs: Iterable[Glyph], *, in_columns: bool = False) -> list[PrintedLine]:
    """Return the lines that letters make, from above; `in_columns` parts what stands far apart."""
    rows: list[list[Glyph]] = []
    middle = 0.0
    for glyph in sorted(glyphs, key=lambda g: (g.top + g.bottom) / 2):
        here = (glyph.top + glyph.bottom) / 2
        if rows and here - middle <= _SAME_LINE * rows[-1][0].size:
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
            middle = here
    lines = []
    for row in rows:
        row.sort(key=lambda glyph: glyph.x0)
        for part in _parts(_without_doubles(row)) if in_columns else (_without_doubles(row),):
            line = _line(part)
            if line.text:
                lines.append(line)
    return lines


def _without_doubles(row: Sequence[Glyph]) -> list[Glyph]:
    """Leave out letters that are printed on themselves, to look bold."""
    kept: list[Glyph] = []
    for glyph in row:
        if not any(
            glyph.text == one.text and abs(glyph.x0 - one.x0) < 0.15 * glyph.size
            for one in kept[-3:]
            if not glyph.text.isspace()
        ):
            kept.append(glyph)
    return kept


def _parts(row: Sequence[Glyph]) -> list[list[Glyph]]:
    parts: list[list[Glyph]] = []
    end = 0.0
    for glyph in row:
        if glyph.text.isspace() and not parts:
            continue
        if not parts or glyph.x0 - end > _COLUMN_GAP * glyph.size:
            parts.append([])
        parts[-1].append(glyph)
        end = glyph.x1
    return parts


def _line(row: Sequence[Glyph]) -> PrintedLine:
    pieces: list[str] = []
    end: float | None = None
    for glyph in row:
        if end is not None and glyph.x0 - end > _GAP * glyph.size:
            pieces.append(" ")
        pieces.append(glyph.text)
        end = max(end or glyph.x1, glyph.x1)
    letters = [glyph for glyph in row if not glyph.text.isspace()] or list(row)
    told = [glyph for glyph in letters if glyph.text.isalnum()]
    return PrintedLine(
        composed(" ".join("".join(pieces).split())),
        min(glyph.x0 for glyph in letters),
        max(glyph.x1 for glyph in letters),
        min(glyph.top for glyph in letters),
        max(glyph.bottom for glyph in letters),
        bool(told) and all(glyph.bold for glyph in told),
        bool(told) and all(glyph.italic for glyph in told),
        _first_word(letters),
    )


def _first_word(letters: Sequence[Glyph]) -> float:
    end = letters[0].x1
    for glyph in letters:
        if glyph.x0 - end > _GAP * glyph.size:
            break
        end = max(end, glyph.x1)
    return end - letters[0].x0


def is_centred(lines: Sequence[PrintedLine], left: float, right: float) -> bool:
    """Tell whether all lines stand in the middle between two edges, with room beside them."""
    return (
        bool(lines)
        and all(abs((line.x0 - left) - (right - line.x1)) <= _CENTRED for line in lines)
        and any(line.x0 - left > 3 * _CENTRED for line in lines)
    )


def joined_lines(lines: Sequence[PrintedLine], left: float, right: float) -> str:
    """Return the text of a cell between two edges: lines that only broke for want of room are one.

    A line was broken by hand where the first word below would have had room on it.
    """
    if not lines:
        return ""
    centred = len(lines) > 1 and is_centred(lines, left, right)
    margin = max(0.0, min(line.x0 for line in lines) - left)
    room = right - left - 2 * min(margin, 8.0) if centred else 0.0
    text = lines[0].text
    for above, line in pairwise(lines):
        size = line.bottom - line.top
        if centred:
            ended = (
                above.x1 - above.x0 + above.blank_width + line.first_word <= room - _SLACK * size
            )
        else:
            needed = above.x1 + above.blank_width + line.first_word
            ended = needed <= right - min(margin, 8.0) - _SLACK * size
        if _BULLET.match(line.text) and (ended or above.text[-1:] in _ENDS):
            ended = True
        elif above.text[-1:] == "-" and above.text[-2:-1].isalnum() and not ended:
            text += line.text
            continue
        text += ("\n" if ended else _between(above.text)) + line.text
    return text


def _between(above: str) -> str:
    return "" if above[-1:] == "/" and above[-2:-1].isalnum() else " "
