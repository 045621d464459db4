"""Conforming documents, and how tests find and change what stands in them."""

from __future__ import annotations

import copy
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from cchc_office.decree30.checker import check_content

SAMPLES = Path(__file__).parent / "data" / "the-thuc"

LETTER = "word-cong-van-nhieu-noi.docx"
DECISION = "writer-quyet-dinh.docx"
PLAN = "word-ke-hoach-phu-luc.docx"
REPORT = "word-bao-cao.docx"

NAME, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
OTHER_RULES = "the-thuc-theo-quy-dinh-khac"

Change = Callable[[Any], None]


def saved(document: Any) -> bytes:
    """Return the file of a document."""
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def slugs_of(document: Any) -> list[str]:
    """Return the codes of what is found in a document."""
    return [finding.code.slug for finding in check_content(saved(document), "x.docx")]


def told(name: str, *changes: Change) -> list[str]:
    """Return the codes of what is found in a sample once it was changed."""
    document = docx.Document(str(SAMPLES / name))
    for change in changes:
        change(document)
    return slugs_of(document)


# --- finding and changing ---


def without_page_numbers(document: Any) -> Any:
    """Leave the headers of a document empty."""
    for section in document.sections:
        for edge in (section.header, section.first_page_header):
            for element in list(edge._element):
                edge._element.remove(element)
            edge._element.append(OxmlElement("w:p"))
    return document


def with_pages(document: Any, pages: int) -> Any:
    """Let a document's properties tell how many pages it has."""
    space = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    return with_properties(
        document, f'<Properties xmlns="{space}"><Pages>{pages}</Pages></Properties>'
    )


def with_properties(document: Any, xml: str) -> Any:
    """Give a document the properties by which a program tells how many pages it has."""
    for relation in list(document.part.package.rels.values()):
        if relation.reltype.endswith("extended-properties"):
            relation.target_part._blob = xml.encode()
    return document


def paragraph(document: Any, start: str) -> Paragraph:
    """Return the first paragraph of the body, tables included, that begins with `start`."""
    for element in document.element.body.iter(qn("w:p")):
        found = Paragraph(element, document._body)
        if found.text.startswith(start):
            return found
    raise LookupError(start)


def body_of(document: Any) -> list[Paragraph]:
    """Return the paragraphs of the text: the justified ones outside tables."""
    return [
        p
        for p in document.paragraphs
        if p.text and p.paragraph_format.alignment == WD_ALIGN_PARAGRAPH.JUSTIFY
    ]


def typed(old: str, new: str, within: str = "") -> Change:
    """Type `new` over `old` in the paragraph that begins with `within`, keeping its look."""

    def change(document: Any) -> None:
        found = paragraph(document, within or old)
        text = found.text
        assert old in text
        first, *others = found.runs
        for run in others:
            found._p.remove(run._r)
        first.text = text.replace(old, new, 1)

    return change


def letters(start: str, **look: Any) -> Change:
    """Give all runs of a paragraph another look: size, bold, italic, name."""

    def change(document: Any) -> None:
        for run in paragraph(document, start).runs:
            for name, value in look.items():
                setattr(run.font, name, value)

    return change


def aligned(start: str, how: WD_ALIGN_PARAGRAPH) -> Change:
    """Align a paragraph in another way."""

    def change(document: Any) -> None:
        paragraph(document, start).paragraph_format.alignment = how

    return change


def all_body(**layout: Any) -> Change:
    """Give all paragraphs of the text another layout."""

    def change(document: Any) -> None:
        for found in body_of(document):
            for name, value in layout.items():
                setattr(found.paragraph_format, name, value)

    return change


def body_letters(**look: Any) -> Change:
    """Give all letters of the text another look."""

    def change(document: Any) -> None:
        for found in body_of(document):
            for run in found.runs:
                for name, value in look.items():
                    setattr(run.font, name, value)

    return change


def font(name: str) -> Change:
    """Set the text in another font, whatever the theme says."""

    def change(document: Any) -> None:
        for found in body_of(document):
            for run in found.runs:
                fonts = run._r.get_or_add_rPr().get_or_add_rFonts()
                for key in list(fonts.attrib):
                    del fonts.attrib[key]
                for kind in ("ascii", "hAnsi", "cs"):
                    fonts.set(qn(f"w:{kind}"), name)

    return change


def page(**measures: Any) -> Change:
    """Set measures of the first section."""

    def change(document: Any) -> None:
        for name, value in measures.items():
            setattr(document.sections[0], name, value)

    return change


def removed(start: str) -> Change:
    """Empty a paragraph."""

    def change(document: Any) -> None:
        found = paragraph(document, start)
        for run in found.runs:
            found._p.remove(run._r)

    return change


# --- taking out, putting in ---


def both(*changes: Change) -> Change:
    """Make several changes one after another."""

    def change(document: Any) -> None:
        for each in changes:
            each(document)

    return change


def drop(element: Any) -> None:
    """Take an element out of its document."""
    element.getparent().remove(element)


def retype(found: Paragraph, text: str) -> Paragraph:
    """Type a paragraph's text anew, with the look of its first letters."""
    for run in found.runs[1:]:
        found._p.remove(run._r)
    found.runs[0].text = text
    return found


def retyped(start: str, text: str) -> Change:
    """Type the paragraph that begins with `start` anew."""

    def change(document: Any) -> None:
        retype(paragraph(document, start), text)

    return change


def beneath(found: Paragraph, text: str, **look: Any) -> Paragraph:
    """Return a paragraph like one, put beneath it with other words and perhaps another look."""
    new = copy.deepcopy(found._p)
    found._p.addnext(new)
    added = retype(Paragraph(new, found._parent), text)
    for name, value in look.items():
        setattr(added.runs[0].font, name, value)
    return added


def put_beneath(start: str, text: str, **look: Any) -> Change:
    """Add a paragraph like the one that begins with `start` beneath it, with other words."""

    def change(document: Any) -> None:
        beneath(paragraph(document, start), text, **look)

    return change


def centred(*lines: str, bold: bool | None = None) -> Any:
    """Return a new document of centred lines, as the heads of forms are."""
    document = docx.Document()
    for line in lines:
        added = document.add_paragraph()
        added.alignment = WD_ALIGN_PARAGRAPH.CENTER
        added.add_run(line).bold = bold
    return document
