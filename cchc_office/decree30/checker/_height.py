"""How high a text is, roughly: enough to tell a document of one page from one of three."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from cchc_office.text.widths import LINE_HEIGHT, POINTS_PER_MM, count_lines
from cchc_office.word.reading import Paragraph

_USUAL_SIZE = 13.0


def estimated_height(paragraphs: Iterable[Paragraph]) -> float:
    """Return the height in points of paragraphs and the rows of tables beneath each other."""
    total = 0.0
    for (table, row), group in groupby(paragraphs, lambda p: (p.place.table, p.place.row)):
        heights: dict[int, float] = {}
        for paragraph in group:
            column = paragraph.place.column if table else row
            heights[column] = heights.get(column, 0.0) + _height(paragraph)
        total += max(heights.values())
    return total


def _height(paragraph: Paragraph) -> float:
    layout = paragraph.layout
    sizes = [piece.letters.size for line in paragraph.lines for piece in line.pieces]
    size = max(sizes, default=_USUAL_SIZE)
    room = (paragraph.place.width - layout.left - layout.right) * POINTS_PER_MM
    lines = sum(count_lines(line.text, max(room, size), size) for line in paragraph.lines)
    single = size * LINE_HEIGHT
    spacing = layout.line * single if layout.line_rule == "auto" else layout.line
    if layout.line_rule == "atLeast":
        spacing = max(spacing, single)
    return lines * spacing + layout.before + layout.after
