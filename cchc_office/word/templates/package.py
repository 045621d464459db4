"""A template file read and taken apart: the parts in which tags are filled in, and all others."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import docx.opc.exceptions
import docxtpl
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from cchc_office.catalogue.findings import Code, Finding
from cchc_office.files.archive import BROKEN_ARCHIVE, FIXED_TIME
from cchc_office.word.document_writer import LONGEST_PROPERTY
from cchc_office.word.reading import transitional
from cchc_office.word.reading.measures import W, attribute
from cchc_office.word.templates.tags import (
    TAG,
    Tag,
    TaggedParagraph,
    TemplateProblemError,
    typed_tags,
)

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

# The properties in which docxtpl fills in tags.
_FILLED_PROPERTIES = ("author", "comments", "identifier", "language", "subject", "title")
TEXT_ENDING = ".txt"
_BRACE = "\ue000"
_UNFILLED = {
    CONTENT_TYPE.WML_ENDNOTES: "chú thích cuối văn bản",
    CONTENT_TYPE.WML_COMMENTS: "nhận xét (comment)",
}

_HOLDINGS = {
    "drawing": "hình vẽ",
    "pict": "hình vẽ",
    "object": "đối tượng nhúng",
    "sectPr": "ngắt phần",
    "footnoteReference": "cước chú",
    "endnoteReference": "cước chú",
}


class DamagedPackageError(Exception):
    """A file is not a whole Word document."""


@dataclass(frozen=True)
class TemplatePart:
    """A part with tags: `text`, which docxtpl made ready for Jinja, between `head` and `tail`."""

    name: str
    text: str = field(repr=False)
    paragraphs: tuple[TaggedParagraph, ...] = field(repr=False)
    head: str = field(default=DECLARATION, repr=False)
    tail: str = field(default="", repr=False)
    is_body: bool = False
    has_paragraphs: bool = True

    @property
    def tags(self) -> tuple[Tag, ...]:
        """The tags as they were typed, in order."""
        return tuple(typed_tags(self.paragraphs))


@dataclass(frozen=True)
class TemplatePackage:
    """A template file: its parts with tags, and the whole as python-docx writes it."""

    sources: tuple[TemplatePart, ...]
    content: bytes = field(repr=False)
    unfilled: tuple[tuple[str, Tag], ...] = ()
    """Tags that stand where none are filled in, each with the name of the place."""


def read_template(path: Path) -> bytes:
    """Return the bytes of a template; raises TemplateProblemError where that fails."""
    try:
        return transitional(path.read_bytes())
    except OSError as error:
        reason = "không có tệp này" if isinstance(error, FileNotFoundError) else "tệp không mở được"
        finding = Finding(Code.TEMPLATE_UNREADABLE, path.name, found=reason)
        raise TemplateProblemError(finding) from error


def text_source(path: Path) -> TemplatePart:
    """Return the text at `path` as a part with tags; raises TemplateProblemError where it cannot.

    Each line is a paragraph.
    """
    try:
        text = read_template(path).decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        finding = Finding(Code.TEMPLATE_UNREADABLE, path.name, found="tệp chữ phải có mã UTF-8")
        raise TemplateProblemError(finding) from error
    lines = tuple(TaggedParagraph(line, None, None) for line in text.split("\n") if line.strip())
    return TemplatePart(path.name, text, lines, head="", has_paragraphs=False)


@lru_cache(maxsize=2)
def open_package(content: bytes) -> TemplatePackage:
    """Take a template apart; raises DamagedPackageError where it is no whole Word document.

    The last ones are kept: a template is checked, and prepared right afterwards.
    """
    try:
        return _open(content)
    except (
        *BROKEN_ARCHIVE,
        docx.opc.exceptions.OpcError,
        ArithmeticError,
        AttributeError,
        LookupError,
        SyntaxError,  # lxml's, for a part that is no XML
    ) as error:
        raise DamagedPackageError(str(error)) from error


def _open(content: bytes) -> TemplatePackage:
    template = docxtpl.DocxTemplate(io.BytesIO(content))
    template.render_init()
    properties = _mark_properties(template)
    written = io.BytesIO()
    template.docx.save(written)
    with zipfile.ZipFile(written) as archive:
        main = template.docx.part.partname.membername
        sources = [_body(template, main, archive.read(main).decode("utf-8"))]
        sources += _headers_and_footers(template)
        sources += _footnotes(template)
        if properties:
            text = archive.read(properties).decode("utf-8")
            sources.append(_properties(properties, text))
    return TemplatePackage(tuple(sources), written.getvalue(), tuple(_unfilled(template)))


def _body(template: Any, name: str, document: str) -> TemplatePart:
    start, end = document.index("<w:body"), document.rindex("</w:body>") + len("</w:body>")
    text = template.patch_xml(template.get_xml())
    found = _paragraphs(template.docx.element.body)
    return TemplatePart(name, text, found, document[:start], document[end:], is_body=True)


def _headers_and_footers(template: Any) -> list[TemplatePart]:
    found: dict[str, TemplatePart] = {}
    for kind in (template.HEADER_URI, template.FOOTER_URI):
        for _, part in template.get_headers_footers(kind):
            text = template.patch_xml(template.get_part_xml(part))
            name = part.partname.membername
            found[name] = TemplatePart(name, text, _paragraphs(parse_xml(part.blob)))
    return list(found.values())


def _footnotes(template: Any) -> Iterator[TemplatePart]:
    for part in template.docx.part.package.parts:
        if part.content_type == CONTENT_TYPE.WML_FOOTNOTES:
            root = parse_xml(part.blob)
            text = template.patch_xml(_without_declaration(part.blob.decode("utf-8")))
            yield TemplatePart(part.partname.membername, text, _paragraphs(root))


def _without_declaration(xml: str) -> str:
    return re.sub(r"^\ufeff?\s*<\?xml[^>]*\?>\s*", "", xml)


def _mark_properties(template: Any) -> str:
    """Write the properties as docxtpl would; return their part's name if they have tags."""
    package = template.docx.part.package
    try:
        package.part_related_by(RELATIONSHIP_TYPE.CORE_PROPERTIES)
    except KeyError:
        # python-docx makes them now, and puts the time of day into them.
        package.core_properties.modified = FIXED_TIME.replace(tzinfo=None)
    properties = package.core_properties
    has_tags = False
    for name in _FILLED_PROPERTIES:
        value = getattr(properties, name)
        if len(value) <= LONGEST_PROPERTY:
            setattr(properties, name, value)
        has_tags = has_tags or bool(TAG.search(value))
    part = package.part_related_by(RELATIONSHIP_TYPE.CORE_PROPERTIES)
    return str(part.partname.membername) if has_tags else ""


def _properties(name: str, xml: str) -> TemplatePart:
    """Return the properties as a source in which only the filled ones have tags."""
    root = parse_xml(xml.encode("utf-8"))
    words: list[TaggedParagraph] = []
    names = ("creator", "description", "identifier", "language", "subject", "title")
    filled = {qn(f"dc:{name}") for name in names}
    for element in root:
        text = element.text or ""
        if element.tag in filled:
            words.append(TaggedParagraph(text, None, None))
        else:
            element.text = text.replace("{", _BRACE) or None
    xml = docxtpl.DocxTemplate(None).xml_to_string(root).replace(_BRACE, "&#123;")
    text = TAG.sub(lambda match: html.unescape(match.group()), xml)
    return TemplatePart(name, text, tuple(words), has_paragraphs=False)


def _unfilled(template: Any) -> Iterator[tuple[str, Tag]]:
    for part in template.docx.part.package.parts:
        if part.content_type in _UNFILLED:
            place = _UNFILLED[part.content_type]
            for tag in typed_tags(_paragraphs(parse_xml(part.blob))):
                yield place, tag


def _paragraphs(root: Any) -> tuple[TaggedParagraph, ...]:
    """Return the paragraphs under an lxml element, in the order of their first words."""
    words: dict[Any, list[str]] = {}
    for text in root.iter(f"{W}t"):
        holder = next(text.iterancestors(f"{W}p"), None)
        if holder is not None and text.text:
            words.setdefault(holder, []).append(text.text)
    numbers: dict[Any, int] = {}
    return tuple(
        TaggedParagraph(
            "".join(parts),
            _number_of(holder, f"{W}tr", numbers),
            _number_of(holder, f"{W}tc", numbers),
            _held(holder),
        )
        for holder, parts in words.items()
    )


def _held(holder: Any) -> str:
    found = [words for name, words in _HOLDINGS.items() if holder.find(f".//{W}{name}") is not None]
    if any(attribute(mark, "type") == "page" for mark in holder.iter(f"{W}br")):
        found.append("ngắt trang")
    return ", ".join(dict.fromkeys(found))


def _number_of(holder: Any, name: str, numbers: dict[Any, int]) -> int | None:
    above = next(holder.iterancestors(name), None)
    return None if above is None else numbers.setdefault(above, len(numbers))
