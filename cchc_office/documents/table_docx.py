"""Drawing a table as a Word document: an appendix with its title, reference line and table."""

from __future__ import annotations

from typing import Any

from cchc_office.documents.decree30 import Part, Profile
from cchc_office.documents.styles import TABLE_TEXT, document_styles, style_of
from cchc_office.documents.table import Cell, Row, Table
from cchc_office.office.document_writer import (
    Look,
    PageSetup,
    cell_element,
    new_document,
    number_pages,
    paragraph_element,
    row_element,
    save_document,
    styled_paragraph,
    table_element,
)


def page_setup(profile: Profile) -> PageSetup:
    """Return the portrait page of the profile."""
    return PageSetup(
        profile.page_width,
        profile.page_height,
        profile.margin_top,
        profile.margin_bottom,
        profile.margin_left,
        profile.margin_right,
    )


def render_docx(table: Table, profile: Profile) -> bytes:
    """Return a document with the table: merged cells, headings repeated, rows whole.

    Pages are numbered on their own from 1, hidden on the first (Appendix I, III.1.đ and I.7).
    """
    title = table.title.replace("\n", " ")
    styles = document_styles(profile)
    document = new_document(profile.font, profile.table_size, page_setup(profile), title, styles)
    section = document.sections[0]
    number_pages(section)
    body = document.element.body
    for element in (*_title(table), _table(table), _last_paragraph()):
        body.insert(len(body) - 1, element)
    return save_document(document)


def _title(table: Table) -> list[Any]:
    lines = [line for line in table.title.split("\n") if line]
    elements = [styled_paragraph(line, style_of(Part.APPENDIX_TITLE)) for line in lines]
    if table.reference:
        elements.append(styled_paragraph(table.reference, style_of(Part.APPENDIX_REFERENCE)))
    return elements


def _table(table: Table) -> Any:
    widths = [column.width for column in table.columns]
    heading = Row(tuple(Cell(c.heading, bold=True, align="center") for c in table.columns))
    rows = [_row(heading, widths, header=True)]
    rows += [_row(row, widths) for row in table.rows]
    return table_element(widths, rows)


def _row(row: Row, widths: list[float], *, header: bool = False) -> Any:
    cells = [
        _cell(cell, width, keep_next=row.keep_with_next)
        for cell, width in zip(row.cells, widths, strict=True)
    ]
    return row_element(cells, header=header)


def _cell(cell: Cell | None, width: float, *, keep_next: bool) -> Any:
    if cell is None:
        return cell_element([styled_paragraph("", TABLE_TEXT)], width, merge="continue")
    paragraph = styled_paragraph(
        cell.text,
        TABLE_TEXT,
        bold=cell.bold,
        italic=cell.italic,
        align="" if cell.align == "left" else cell.align,
        keep_next=keep_next,
    )
    return cell_element([paragraph], width, merge="restart" if cell.rows > 1 else "")


def _last_paragraph() -> Any:
    """Return the paragraph that Word wants behind a table, as small as it can be."""
    return paragraph_element("", Look(1))
