"""Drawing a table as a Word document: an appendix with its title, reference line and table."""

from __future__ import annotations

from typing import Any

from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from cchc_office.decree30.figures import Part, Profile
from cchc_office.papers.styles import TABLE_TEXT, document_styles, page_of, style_of
from cchc_office.papers.table import Cell, Row, Table
from cchc_office.papers.table_flow import flowing_rows
from cchc_office.word.document_writer import (
    ParagraphLook,
    cell_element,
    new_document,
    number_pages,
    paragraph_element,
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
    page = page_of(profile, landscape=table.landscape)
    styles = document_styles(profile)
    document = new_document(profile.font, profile.table_size, page, title, styles)
    section = document.sections[0]
    number_pages(section)
    body = document.element.body
    for element in (*_title(table), _table(table, profile), _last_paragraph()):
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


def _table(table: Table, profile: Profile) -> Any:
    widths = [column.width for column in table.columns]
    heading = Row(tuple(Cell(c.heading, bold=True, align="center") for c in table.columns))
    rows = [_row(heading, widths, header=True)]
    rows += [_row(row, widths) for row in flowing_rows(table, profile)]
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
    paragraph = paragraph_element("", ParagraphLook(1))
    properties = paragraph.pPr
    properties.spacing_line = Pt(1)
    properties.spacing_lineRule = WD_LINE_SPACING.EXACTLY
    mark = OxmlElement("w:rPr")
    mark.append(OxmlElement("w:sz"))
    mark[0].set(qn("w:val"), "2")
    properties.append(mark)
    return paragraph
