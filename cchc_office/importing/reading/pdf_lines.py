"""Letters on a page put together to lines, and the lines of a cell to what was typed there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import dropwhile, pairwise

from cchc_office.importing.reading.pdf_pages import Glyph
from cchc_office.text.bullets import BULLETS
from cchc_office.text.vietnamese import composed

_GAP = 0.22
"""Letters further apart than this part of their size have a blank between them."""

_COLUMN_GAP = 2.2
"""Words further apart than this many times their size stand in columns of their own."""

_SAME_LINE = 0.5
_SIGNS = "".join(map(re.escape, sorted(BULLETS)))
_BULLET = re.compile(rf"[{_SIGNS}✓]\s|(?:\d{{1,2}}(?:\.\d{{1,2}})*|[a-zđ]|[IVX]{{1,4}})[.)]\s")
_ENDS = ".;:!?"
_FEWEST_BLANKS = 5
_NEARLY_ALL = 0.9
_ENOUGH_BLANKS = 20
_ALL_BUT_FEW = 0.95
_CENTRED = 4.0
_COVERED = 0.5
_FEWEST_COVERED = 3
_SLACK = 0.25
_WIDEST = 1.5
"""How wide a letter is, in those of its word on average."""

USUAL_MARGIN = 5.4
"""Between the edge of a cell and its text, in points, as Word has it."""


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line of text and where it stands, in points.

    `first_word` and `last_word` are how wide these words are; `ends_blank` tells that a blank is
    printed behind the last one, `overprinted` that letters are printed on others.
    """

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    bold: bool
    italic: bool
    first_word: float
    last_word: float
    ends_blank: bool
    overprinted: bool

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
            if any(not _is_blank(glyph) for glyph in part):
                lines += [_line(part)]
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
    letters = [glyph for glyph in row if not _is_blank(glyph)]
    told = [glyph for glyph in letters if glyph.text.isalnum()]
    return PrintedLine(
        composed(" ".join("".join(pieces).split())),
        min(glyph.x0 for glyph in letters),
        max(glyph.x1 for glyph in letters),
        min(glyph.top for glyph in letters),
        max(glyph.bottom for glyph in letters),
        bool(told) and all(glyph.bold for glyph in told),
        bool(told) and all(glyph.italic for glyph in told),
        _first_word(row),
        _last_word(row),
        row[-1].text.isspace(),
        _is_overprinted(told),
    )


def _is_overprinted(letters: Sequence[Glyph]) -> bool:
    covered = sum(
        above.x1 - below.x0 > _COVERED * min(above.x1 - above.x0, below.x1 - below.x0) > 0
        for above, below in pairwise(letters)
    )
    return covered >= _FEWEST_COVERED


def _first_word(row: Sequence[Glyph]) -> float:
    letters = [*dropwhile(_is_blank, row)]
    end = letters[0].x1
    for glyph in letters:
        if _is_blank(glyph) or glyph.x0 - end > _GAP * glyph.size:
            break
        end = max(end, glyph.x1)
    return end - letters[0].x0


def _last_word(row: Sequence[Glyph]) -> float:
    letters = [*dropwhile(_is_blank, reversed(row))]
    start = letters[0].x0
    for glyph in letters:
        if _is_blank(glyph) or start - glyph.x1 > _GAP * glyph.size:
            break
        start = min(start, glyph.x0)
    return letters[0].x1 - start


def _is_blank(glyph: Glyph) -> bool:
    return glyph.text.isspace()


def is_centred(lines: Sequence[PrintedLine], left: float, right: float) -> bool:
    """Tell whether all lines stand in the middle between two edges, with room beside them."""
    return (
        bool(lines)
        and all(abs((line.x0 - left) - (right - line.x1)) <= _CENTRED for line in lines)
        and any(line.x0 - left > 3 * _CENTRED for line in lines)
    )


@dataclass(frozen=True, slots=True)
class LineBreak:
    """Where a line of a cell ends and the next one begins.

    `has_room` tells that the next word would have fitted on the line; `kind` is which lines of a
    file are alike in whether a blank is printed at their end: centred or not, with room for one or
    without. `cuts_word` tells of a word that is wider than its cell.
    """

    has_room: bool
    kind: tuple[bool, bool]
    cuts_word: bool


def line_breaks(lines: Sequence[PrintedLine], left: float, right: float) -> list[LineBreak]:
    """Return the breaks between the lines of a cell that goes from one edge to another."""
    if not lines:
        return []
    centred = len(lines) > 1 and is_centred(lines, left, right)
    margin = max(0.0, min(line.x0 for line in lines) - left)
    side = min(margin, 8.0)
    whole = right - left - 2 * side
    breaks = []
    for above, line in pairwise(lines):
        slack = _SLACK * (line.bottom - line.top)
        free = whole - (above.x1 - above.x0) if centred else right - side - above.x1
        letter = _WIDEST * line.first_word / max(1, len(line.text.partition(" ")[0]))
        widest = right - left - 2 * min(margin, USUAL_MARGIN)
        breaks.append(
            LineBreak(
                above.blank_width + line.first_word <= free - slack,
                (centred, above.blank_width <= free),
                not above.ends_blank
                and above.x1 - above.x0 + letter > widest
                and above.last_word + line.first_word > whole
                and above.last_word >= above.x1 - above.x0 - slack,
            )
        )
    return breaks


def kinds_with_blanks(
    cells: Iterable[tuple[Sequence[PrintedLine], Sequence[LineBreak]]],
) -> frozenset[tuple[bool, bool]]:
    """Return the kinds of breaks before which a file prints a blank, unless somebody broke there.

    Writer and Word print the blank at which they broke a line where there is room for it; Calc and
    Excel always.
    """
    counts: dict[tuple[bool, bool], list[int]] = {}
    for lines, breaks in cells:
        for above, one in zip(lines, breaks, strict=False):
            if not (one.has_room or one.cuts_word or above.text[-1:] in "-/"):
                count = counts.setdefault(one.kind, [0, 0])
                count[above.ends_blank] += 1
    having = sum(count[True] for count in counts.values())
    if having >= _ENOUGH_BLANKS and having >= _ALL_BUT_FEW * sum(map(sum, counts.values())):
        return frozenset((centred, room) for centred in (True, False) for room in (True, False))
    return frozenset(
        kind
        for kind, count in counts.items()
        if count[True] >= _FEWEST_BLANKS and count[True] >= _NEARLY_ALL * sum(count)
    )


def joined_lines(
    lines: Sequence[PrintedLine],
    breaks: Sequence[LineBreak],
    with_blanks: frozenset[tuple[bool, bool]] = frozenset(),
) -> tuple[str, bool]:
    """Return the text of a cell, lines that only broke for want of room made one.

    A line was broken by hand where the first word below would have had room on it, or where the
    blank is missing that the file prints at any other break. Also told is whether a line may have
    been broken by hand although it was full.
    """
    text = lines[0].text if lines else ""
    is_unclear = False
    for above, line, one in zip(lines, lines[1:], breaks, strict=False):
        begins = bool(_BULLET.match(line.text))
        hyphen = above.text[-1:] == "-" and above.text[-2:-1].isalnum()
        ended = one.has_room or (begins and above.text[-1:] in _ENDS)
        if not ended and (one.cuts_word or hyphen):
            text += line.text
            continue
        if not ended and not above.ends_blank and above.text[-1:] not in "-/":
            ended = one.kind in with_blanks
            is_unclear |= not ended and (begins or line.text[:1].isupper())
        text += ("\n" if ended else _between(above.text)) + line.text
    return text, is_unclear


def _between(above: str) -> str:
    return "" if above[-1:] == "/" and above[-2:-1].isalnum() else " "
