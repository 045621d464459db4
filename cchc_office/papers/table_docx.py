"""Drawing a table as a Word document: an appendix with its title, reference line and table.

Rows are at least as high as the layout made them to fill its pages, so that Word breaks these
where they were meant to end. Nothing forces it to: where a clerk adds a line, rows go on to the
next page.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from cchc_office.decree30.figures import Part, Profile
from cchc_office.papers.styles import TABLE_TEXT, document_styles, style_of
from cchc_office.papers.table import ROW_PADDING, Cell, Layout, PageRow, Row, Table
from cchc_office.text.widths import CELL_PADDING
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
    styles = document_styles(replace(profile, cell_distance=ROW_PADDING / 2))
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
    table = layout.table
    widths = [column.width for column in table.columns]
    heading = Row(tuple(Cell(c.heading, bold=True, align="center") for c in table.columns))
    rows = [_row(layout, PageRow(0, heading.cells, height=layout.heading_height), header=True)]
    rows += [_row(layout, drawn) for page in layout.flowing_pages() for drawn in page]
    return table_element(widths, rows, margin=CELL_PADDING / 2)


def _row(layout: Layout, drawn: PageRow, *, header: bool = False) -> Any:
    cells = [
        _cell(cell, column.width, keep_next=drawn.keep_with_next)
        for cell, column in zip(drawn.cells, layout.table.columns, strict=True)
    ]
    whole = drawn.whole and not layout.may_break(drawn.height)
    return row_element(cells, header=header, whole=whole, least=drawn.height)


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
    return cell_element([paragraph], width, merge=merge, middle=True)


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
