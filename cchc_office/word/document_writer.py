"""Writing Word documents with python-docx, from a slim start and as the same bytes each time.

python-docx's own template carries some 900 KB of styles that no office asked for; this one has a
dozen lines of them.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm
from lxml import etree

from cchc_office.files.archive import FIXED_TIME, LANGUAGE, repack
from cchc_office.text.shortening import shortened
from cchc_office.text.vietnamese import words
from cchc_office.text.widths import POINTS_PER_MM

LONGEST_PROPERTY = 255
"""How many characters a property of a document may have."""

_TWIPS_PER_MM = 1440 / 25.4
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


@dataclass(frozen=True)
class PageSetup:
    """Page size and margins in millimetres."""

    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float

    @property
    def text_width(self) -> float:
        """The width between the side margins."""
        return self.width - self.left - self.right

    @property
    def text_points(self) -> float:
        """The height between top and bottom margin, in points."""
        return (self.height - self.top - self.bottom) * POINTS_PER_MM


@dataclass(frozen=True)
class ParagraphLook:
    """How a paragraph looks: letters in points, distances in points, indents in millimetres."""

    size: float
    bold: bool = False
    italic: bool = False
    align: str = "left"
    before: float = 0
    after: float = 0
    line: float = 1.0
    first_line: float = 0
    left: float = 0
    right: float = 0
    keep_next: bool = False
    underline: bool = False


@dataclass(frozen=True)
class ParagraphStyle:
    """A style of paragraphs: its name in Word's list of styles, and its look."""

    name: str
    look: ParagraphLook


CELL_SIDES = 3.0
"""What tables keep free left and right of a cell's text together, in millimetres."""

_BEHIND_PAGE_NUMBERS = (
    *("w:cols", "w:formProt", "w:vAlign", "w:noEndnote", "w:titlePg", "w:textDirection", "w:bidi"),
    *("w:rtlGutter", "w:docGrid", "w:printerSettings", "w:sectPrChange"),
)
"""What stands behind `w:pgNumType` in `w:sectPr`: its order is fixed (ECMA-376, CT_SectPr)."""

HEADER_STYLE = "header"
"""Word's own name for the style of what stands in the top margin."""


def style_id(name: str) -> str:
    """Return the id of the style with this name: its letters only, without diacritics."""
    return "".join(word.folded.capitalize() for word in words(name))


def new_document(
    font: str, size: float, page: PageSetup, title: str, styles: Iterable[ParagraphStyle] = ()
) -> Document:
    """Return an empty document with `styles`, else in `font` at `size` points, on `page`."""
    document = docx.Document(io.BytesIO(_blank_package(font, size, tuple(styles))))
    properties = document.core_properties
    properties.title = shortened(title, LONGEST_PROPERTY)
    properties.language = LANGUAGE
    properties.author = ""
    properties.last_modified_by = ""
    properties.created = properties.modified = FIXED_TIME.replace(tzinfo=None)
    properties.revision = 1
    setup_page(document.sections[0], page)
    return document


def setup_page(section: Section, page: PageSetup) -> None:
    """Set size and margins of a section; a page wider than high is landscape.

    The schema wants all seven measures of `w:pgMar`, the gutter among them.
    """
    section.page_width, section.page_height = Mm(page.width), Mm(page.height)
    if page.width > page.height:
        section.orientation = WD_ORIENT.LANDSCAPE
    section.top_margin, section.bottom_margin = Mm(page.top), Mm(page.bottom)
    section.left_margin, section.right_margin = Mm(page.left), Mm(page.right)
    section.gutter = Mm(0)
    section.header_distance, section.footer_distance = Mm(page.top / 2), Mm(page.bottom / 2)


def number_pages(section: Section) -> None:
    """Show page numbers from 1, in the style "header", but not on page 1 (Appendix I, I.7)."""
    section.different_first_page_header_footer = True
    _page_numbers(section).set(qn("w:start"), "1")
    header = section.header
    header.is_linked_to_previous = False
    holder = styled_paragraph("", HEADER_STYLE)
    old = header.paragraphs[0]._p
    old.getparent().replace(old, holder)
    for kind, text in (("begin", ""), ("", " PAGE "), ("separate", ""), ("", "2"), ("end", "")):
        holder.append(_field_run(kind, text))
    section.first_page_header.is_linked_to_previous = False


def _page_numbers(section: Section) -> Any:
    """Return the section's one `w:pgNumType`, made at its place where there is none yet.

    A section that is added to a document begins as a copy of the last one, numbers and all.
    """
    properties = section._sectPr
    numbers: Any = properties.find(qn("w:pgNumType"))
    if numbers is None:
        numbers = OxmlElement("w:pgNumType")
        properties.insert_element_before(numbers, *_BEHIND_PAGE_NUMBERS)
    return numbers


def empty_paragraph(look: ParagraphLook) -> Any:
    """Return a `w:p` without text, which keeps the room that its look asks for."""
    paragraph = OxmlElement("w:p")
    paragraph.append(_paragraph_properties(look))
    return paragraph


def styled_paragraph(
    text: str,
    style: str,
    *,
    bold: bool = False,
    italic: bool = False,
    align: str = "",
    keep_next: bool = False,
) -> Any:
    """Return a `w:p` in the style of this name, with what differs from it in this paragraph."""
    paragraph = OxmlElement("w:p")
    properties = _child(paragraph, "w:pPr")
    _child(properties, "w:pStyle", val=style_id(style))
    if keep_next:
        _child(properties, "w:keepNext")
    if align:
        _child(properties, "w:jc", val=align)
    if text:
        run = _child(paragraph, "w:r")
        letters = [tag for tag, wanted in (("w:b", bold), ("w:i", italic)) if wanted]
        holder = _child(run, "w:rPr") if letters else run
        for tag in letters:
            _child(holder, tag)
        for place, line in enumerate(text.split("\n")):
            if place:
                _child(run, "w:br")
            run.append(_text_element("w:t", line))
    return paragraph


def table_element(
    widths: list[float],
    rows: list[Any],
    *,
    borders: bool = True,
    align: str = "center",
    margin: float | None = None,
) -> Any:
    """Return a `w:tbl` of fixed column `widths` (mm) with `rows` made by `row_element`.

    Cells keep `margin` points free at the left and right of their text; None is Word's own.
    """
    table = OxmlElement("w:tbl")
    properties = _child(table, "w:tblPr")
    if borders:
        _child(properties, "w:tblStyle", val="TableGrid")
    _child(properties, "w:tblW", w=str(sum(map(_twips, widths))), type="dxa")
    _child(properties, "w:jc", val=align)
    _child(properties, "w:tblLayout", type="fixed")
    if margin is not None:
        margins = _child(properties, "w:tblCellMar")
        for side in ("w:left", "w:right"):
            _child(margins, side, w=str(round(margin * 20)), type="dxa")
    grid = _child(table, "w:tblGrid")
    for width in widths:
        _child(grid, "w:gridCol", w=str(_twips(width)))
    for row in rows:
        table.append(row)
    return table


def row_element(
    cells: list[Any], *, header: bool = False, whole: bool = True, least: float = 0
) -> Any:
    """Return a `w:tr`; `whole` ones do not break across pages, `header` rows repeat on each.

    It is `least` points high, or as high as its text needs.
    """
    row = OxmlElement("w:tr")
    properties = _child(row, "w:trPr")
    if whole:
        _child(properties, "w:cantSplit")
    if least:
        _child(properties, "w:trHeight", val=str(round(least * 20)), hRule="atLeast")
    if header:
        _child(properties, "w:tblHeader")
    for cell in cells:
        row.append(cell)
    return row


def cell_element(
    paragraphs: list[Any],
    width: float,
    *,
    merge: str = "",
    middle: bool = True,
    flush: bool = False,
) -> Any:
    """Return a `w:tc`; `merge` is "restart" or "continue" in a vertically merged cell.

    A `flush` cell has no margin on its left, so that its text begins where the page's text does.
    """
    cell = OxmlElement("w:tc")
    properties = _child(cell, "w:tcPr")
    _child(properties, "w:tcW", w=str(_twips(width)), type="dxa")
    if merge:
        _child(properties, "w:vMerge", val=merge)
    if flush:
        _child(_child(properties, "w:tcMar"), "w:left", w="0", type="dxa")
    if middle:
        _child(properties, "w:vAlign", val="center")
    for paragraph in paragraphs:
        cell.append(paragraph)
    return cell


def save_document(document: Document) -> bytes:
    """Return the document's bytes, the same for the same content."""
    buffer = io.BytesIO()
    document.save(buffer)
    return repack(buffer.getvalue())


def _paragraph_properties(look: ParagraphLook) -> Any:
    properties = OxmlElement("w:pPr")
    if look.keep_next:
        _child(properties, "w:keepNext")
    _child(
        properties,
        "w:spacing",
        before=str(round(look.before * 20)),
        after=str(round(look.after * 20)),
        line=str(round(look.line * 240)),
        lineRule="auto",
    )
    indents = {"left": look.left, "right": look.right, "firstLine": look.first_line}
    given = {name: str(_twips(value)) for name, value in indents.items() if value}
    if given:
        _child(properties, "w:ind", **given)
    _child(properties, "w:jc", val=look.align)
    return properties


def _run_properties(look: ParagraphLook) -> Any:
    properties = OxmlElement("w:rPr")
    if look.bold:
        _child(properties, "w:b")
    if look.italic:
        _child(properties, "w:i")
    half_points = str(round(look.size * 2))
    _child(properties, "w:sz", val=half_points)
    _child(properties, "w:szCs", val=half_points)
    if look.underline:
        _child(properties, "w:u", val="single")
    return properties


def _field_run(kind: str, text: str) -> Any:
    run = OxmlElement("w:r")
    if kind:
        _child(run, "w:fldChar", fldCharType=kind)
    else:
        run.append(_text_element("w:instrText" if "PAGE" in text else "w:t", text))
    return run


def _text_element(tag: str, text: str) -> Any:
    element = OxmlElement(tag)
    element.text = text
    element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return element


def _child(parent: Any, tag: str, **attributes: str) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    parent.append(element)
    return element


def _twips(millimetres: float) -> int:
    return round(millimetres * _TWIPS_PER_MM)


def _blank_package(font: str, size: float, styles: tuple[ParagraphStyle, ...]) -> bytes:
    parts = {
        "[Content_Types].xml": (
            f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{_TYPES}.document.main+xml"/>'
            f'<Override PartName="/word/styles.xml" ContentType="{_TYPES}.styles+xml"/>'
            f'<Override PartName="/word/settings.xml" ContentType="{_TYPES}.settings+xml"/>'
            "</Types>"
        ),
        "_rels/.rels": (
            f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
            f'<Relationship Id="rId1" Type="{_R}/officeDocument" Target="word/document.xml"/>'
            "</Relationships>"
        ),
        "word/_rels/document.xml.rels": (
            f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
            f'<Relationship Id="rId1" Type="{_R}/styles" Target="styles.xml"/>'
            f'<Relationship Id="rId2" Type="{_R}/settings" Target="settings.xml"/>'
            "</Relationships>"
        ),
        "word/document.xml": (
            f'{_HEAD}<w:document xmlns:w="{_W}" xmlns:r="{_R}"><w:body><w:sectPr/></w:body>'
            "</w:document>"
        ),
        "word/styles.xml": _styles(font, size, styles),
        "word/settings.xml": (
            f'{_HEAD}<w:settings xmlns:w="{_W}"><w:defaultTabStop w:val="720"/><w:compat>'
            '<w:compatSetting w:name="compatibilityMode" '
            'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
            "</w:compat></w:settings>"
        ),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def _styles(font: str, size: float, styles: tuple[ParagraphStyle, ...]) -> str:
    half_points = round(size * 2)
    side = _twips(CELL_SIDES / 2)
    border = '<w:{0} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = "".join(border.format(side) for side in sides)
    return (
        f'{_HEAD}<w:styles xmlns:w="{_W}"><w:docDefaults><w:rPrDefault><w:rPr>'
        f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}" w:cs="{font}"/>'
        f'<w:color w:val="000000"/><w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'
        f'<w:lang w:val="{LANGUAGE}" w:eastAsia="{LANGUAGE}" w:bidi="ar-SA"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
        '<w:name w:val="Normal"/><w:qFormat/></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
        '<w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        f'<w:top w:w="0" w:type="dxa"/><w:left w:w="{side}" w:type="dxa"/>'
        f'<w:bottom w:w="0" w:type="dxa"/><w:right w:w="{side}" w:type="dxa"/>'
        "</w:tblCellMar></w:tblPr></w:style>"
        '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/>'
        '<w:basedOn w:val="TableNormal"/>'
        f"<w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr></w:style>"
        f"{''.join(map(_style, styles))}</w:styles>"
    )


def _style(style: ParagraphStyle) -> str:
    element = OxmlElement("w:style")
    element.set(qn("w:type"), "paragraph")
    element.set(qn("w:styleId"), style_id(style.name))
    _child(element, "w:name", val=style.name)
    _child(element, "w:basedOn", val="Normal")
    _child(element, "w:qFormat")
    element.append(_paragraph_properties(style.look))
    element.append(_run_properties(style.look))
    return etree.tostring(element, encoding="unicode")
