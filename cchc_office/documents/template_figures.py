"""An office's own figures in the DOCX templates: styles, margins and the widths of tables.

A template has the figures that it was saved with. Where `the-thuc.toml` sets another one, the
styles of the parts take it on; what a clerk formatted in the template by hand stays.
"""

from __future__ import annotations

import io
from typing import Any

from cchc_office.documents.decree30 import DEFAULT_PROFILE, Profile
from cchc_office.documents.styles import document_styles
from cchc_office.documents.table_docx import page_setup
from cchc_office.office.document_writer import Look, setup_page, style_id

_NEARLY = 0.02


def with_figures(content: bytes, profile: Profile) -> bytes:
    """Return the template with the figures in which `profile` differs from the project's own.

    Raises what python-docx raises where `content` is no Word document.
    """
    if profile == DEFAULT_PROFILE:
        return content
    import docx

    document = docx.Document(io.BytesIO(content))
    known = {style.style_id: style for style in document.styles}
    for before, after in zip(
        document_styles(DEFAULT_PROFILE), document_styles(profile), strict=True
    ):
        style = known.get(style_id(after.name))
        if style is not None and before != after:
            _change_style(style, before.look, after.look)
    _change_pages(document, profile)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _change_style(style: Any, before: Look, after: Look) -> None:
    from docx.shared import Mm, Pt

    layout = style.paragraph_format
    if after.size != before.size:
        style.font.size = Pt(after.size)
    if after.before != before.before:
        layout.space_before = Pt(after.before)
    if after.line != before.line:
        layout.line_spacing = after.line
    if after.first_line != before.first_line:
        layout.first_line_indent = Mm(after.first_line)


def _change_pages(document: Any, profile: Profile) -> None:
    fields = ("margin_top", "margin_bottom", "margin_left", "margin_right")
    if all(getattr(profile, name) == getattr(DEFAULT_PROFILE, name) for name in fields):
        return
    for section in document.sections:
        if section.page_width < section.page_height:
            setup_page(section, page_setup(profile))
    share = profile.text_width / DEFAULT_PROFILE.text_width
    for table in document.element.body.findall(f"{_W}tbl"):
        _scale(table, share)


_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _scale(table: Any, share: float) -> None:
    """Make a table that was as wide as the text as wide as the text is now."""
    columns = table.findall(f"{_W}tblGrid/{_W}gridCol")
    width = sum(int(column.get(f"{_W}w", "0")) for column in columns)
    whole = DEFAULT_PROFILE.text_width * 1440 / 25.4
    if abs(width / whole - 1) > _NEARLY:
        return
    cells = table.iterfind(f"{_W}tr/{_W}tc/{_W}tcPr/{_W}tcW")
    for measure in (*columns, *cells, *table.findall(f"{_W}tblPr/{_W}tblW")):
        if measure.get(f"{_W}type", "dxa") == "dxa":
            measure.set(f"{_W}w", str(round(int(measure.get(f"{_W}w", "0")) * share)))
