"""Drawing a table as a Word document: an appendix with its title, reference line and table.

Where Word will break a page cannot be known to the line, and a clerk goes on editing. So what
must not be cut is said by rows kept with the next: those of a spanning cell that is to be on one
page, and the first of one that goes on, as many as its text needs. That one is divided where pages
are likely to break, each part with the text; where a page breaks elsewhere, no text is lost.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Any

from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from cchc_office.decree30.figures import Part, Profile
from cchc_office.papers.styles import TABLE_TEXT, document_styles, style_of
from cchc_office.papers.table import Cell, Layout, Row, Span, Table
from cchc_office.word.document_writer import (
    ParagraphLook,
    cell_element,
    empty_paragraph,
    new_document,
    number_pages,
    row_element,
    save_document,
    styled_paragraph,
    table_element,
)


def render_docx(table: Table, profile: Profile) -> bytes:
    """Return a document with the table: merged cells, headings repeated, rows whole.

    Pages are numbered on their own from 1, hidden on the first (Appendix I, III.1.đ and I.7).
    """
    title = table.title.replace("\n", " ")
    layout = Layout(table, profile)
    styles = document_styles(profile)
    document = new_document(profile.font, profile.table_size, layout.page, title, styles)
    number_pages(document.sections[0])
    body = document.element.body
    for element in (*_title(table), _table(layout), _last_paragraph()):
        body.insert(len(body) - 1, element)
    return save_document(document)


def _title(table: Table) -> list[Any]:
    label = [table.label] if table.label else []
    titles = [line for line in table.title.split("\n") if line]
    elements = [styled_paragraph(line, style_of(Part.APPENDIX_LABEL)) for line in label]
    elements += [styled_paragraph(line, style_of(Part.APPENDIX_TITLE)) for line in titles]
    if table.reference:
        elements.append(styled_paragraph(table.reference, style_of(Part.APPENDIX_REFERENCE)))
    return elements


def _table(layout: Layout) -> Any:
    columns = layout.table.columns
    widths = [column.width for column in columns]
    heading = Row(tuple(Cell(c.heading, bold=True, align="center") for c in columns))
    rows = [_row(heading, widths, header=True)]
    rows += [_row(row, widths) for row in _flowing_rows(layout)]
    return table_element(widths, rows)


def _row(row: Row, widths: list[float], *, header: bool = False) -> Any:
    cells = [
        _cell(cell, width, keep_next=row.keep_with_next)
        for cell, width in zip(row.cells, widths, strict=True)
    ]
    return row_element(cells, header=header, whole=not row.may_break)


def _cell(cell: Cell | None, width: float, *, keep_next: bool) -> Any:
    if cell is None:
        blank = styled_paragraph("", TABLE_TEXT, keep_next=keep_next)
        return cell_element([blank], width, merge="continue")
    paragraph = styled_paragraph(
        cell.text,
        TABLE_TEXT,
        bold=cell.bold,
        italic=cell.italic,
        align="" if cell.align == "left" else cell.align,
        keep_next=keep_next,
    )
    merge = "restart" if cell.rows > 1 else ""
    return cell_element([paragraph], width, merge=merge, middle=not cell.at_top)


def _last_paragraph() -> Any:
    """Return the paragraph that Word wants behind a table, as small as it can be.

    A blank paragraph is as high as its mark, which would begin a page of its own behind a table
    that fills the last one.
    """
    paragraph = empty_paragraph(ParagraphLook(1))
    properties = paragraph.pPr
    properties.spacing_line = Pt(1)
    properties.spacing_lineRule = WD_LINE_SPACING.EXACTLY
    mark = OxmlElement("w:rPr")
    mark.append(OxmlElement("w:sz"))
    mark[0].set(qn("w:val"), "2")
    properties.append(mark)
    return paragraph


# Parts of a text that runs on, rows that pages may cut, and texts too long to be repeated, as
# shares of a page.
_LARGEST_PART, _HIGH_ROW, _LONG_TEXT = 1 / 3, 1 / 2, 0.9


@dataclass(frozen=True)
class _SpanPart:
    """A cell that stands for some rows of a span, from `start` to before `end`."""

    start: int
    end: int
    text: str


def _flowing_rows(layout: Layout) -> tuple[Row, ...]:
    """Return the rows of a table, long spans divided, those of other spans kept together."""
    table, room, heights = layout.table, layout.room, layout.row_heights()
    title = sum(line.height for line in layout.title)
    starts = [page[0].row for page in layout.pages(title)]
    cells = [list(row.cells) for row in table.rows]
    kept = [row.keep_with_next for row in table.rows]
    for span in layout.spans:
        chain = _chain_start(table, span.first)
        lines = layout.lines(span.cell, span.place)
        needed = layout.height_of(len(lines))
        height = sum(heights[chain : span.last + 1])
        is_cut = any(span.first < start <= span.last for start in starts)
        whole = not is_cut and height <= (room if chain else room - title)
        parts = [_SpanPart(span.first, span.last + 1, span.cell.text)]
        if not whole and needed > room * _LONG_TEXT:
            parts = _running_on(span, lines, max(needed, height), room)
        elif not whole:
            parts = _repeated(span, starts, heights, needed)
        runs_on = not whole and needed > room * _LONG_TEXT
        for part in parts:
            rows = part.end - part.start
            cell = replace(span.cell, text=part.text, rows=rows, at_top=not whole)
            cells[part.start][span.place] = cell
            together = rows if whole or runs_on else _rows_for(needed, heights[part.start :])
            _keep(kept, part.start, min(rows, together))
    _loosen(table, kept, heights, (room - title, room))
    return tuple(
        Row(tuple(row), keep, may_break=height > room * _HIGH_ROW)
        for row, keep, height in zip(cells, kept, heights, strict=True)
    )


def _keep(kept: list[bool], start: int, count: int) -> None:
    """Keep `count` rows together."""
    kept[start : start + count - 1] = [True] * (count - 1)


def _rows_for(needed: float, heights: list[float]) -> int:
    """Return how many of the rows a text `needed` points high takes."""
    sums = accumulate(heights)
    return next((n for n, height in enumerate(sums, start=1) if height >= needed), len(heights))


def _chain_start(table: Table, row: int) -> int:
    """Return the first of the heading rows that stay with `row`."""
    while row and table.rows[row - 1].keep_with_next:
        row -= 1
    return row


def _running_on(span: Span, lines: list[str], height: float, room: float) -> list[_SpanPart]:
    """Return parts for a text that is itself too long to be repeated: it runs on over them.

    Left in one cell, what is behind a page break would be cut off.
    """
    rows = span.last + 1 - span.first
    count = min(rows, math.ceil(height / (room * _LARGEST_PART)))
    return [
        _SpanPart(
            span.first + rows * part // count,
            span.first + rows * (part + 1) // count,
            "".join(lines[len(lines) * part // count : len(lines) * (part + 1) // count]).strip(),
        )
        for part in range(count)
    ]


def _repeated(
    span: Span, starts: list[int], heights: list[float], needed: float
) -> list[_SpanPart]:
    """Return the parts of a long span, one for each page, those with room for the text."""
    begins = [span.first]
    for start in starts:
        inside = begins[-1] < start <= span.last
        rooms = (sum(heights[begins[-1] : start]), sum(heights[start : span.last + 1]))
        if inside and min(rooms) >= needed:
            begins.append(start)
    ends = [*begins[1:], span.last + 1]
    return [_SpanPart(start, end, span.cell.text) for start, end in zip(begins, ends, strict=True)]


def _loosen(
    table: Table, kept: list[bool], heights: list[float], rooms: tuple[float, float]
) -> None:
    """Let go of rows kept together that no page has room for: they would leave one empty.

    `rooms` are those of page 1, under the title, and of the others. Headings stay with the next
    row, but for those so high that they do not look lost at the foot of a page.
    """
    start = 0
    for row in range(len(kept)):
        if kept[row] and row < len(kept) - 1:
            continue
        room = rooms[start > 0]
        if sum(heights[start : row + 1]) > room:
            for place in range(start, row + 1):
                is_high = heights[place] > room * _LARGEST_PART
                kept[place] = table.rows[place].keep_with_next and not is_high
        start = row + 1
