"""Templates built inline: paragraphs, tables, and parts that python-docx cannot make."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

from cchc_office.catalogue.findings import Finding
from cchc_office.word.document_writer import PageSetup, new_document, save_document
from cchc_office.word.templates import (
    FLAG,
    NUMBER,
    TEXT,
    DocumentTemplate,
    ListOf,
    Names,
    Record,
    TemplateProblemError,
    check_template,
    record_of,
)

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
Build = Callable[[Document], None]


def document_file(build: Build) -> bytes:
    document = new_document("Times New Roman", 13, PageSetup(210, 297, 20, 20, 30, 15), "mẫu")
    build(document)
    return save_document(document)


def template_file(folder: Path, build: Build, name: str = "mau.docx") -> Path:
    path = folder / name
    path.write_bytes(document_file(build))
    return path


def template(folder: Path, *lines: str) -> DocumentTemplate:
    return DocumentTemplate(template_file(folder, paragraphs(*lines)))


def paragraphs(*lines: str) -> Build:
    def build(document: Document) -> None:
        for line in lines:
            document.add_paragraph(line)

    return build


def table(*rows: Sequence[str]) -> Build:
    """A table; a row with fewer texts than the widest has empty cells at its end."""

    def build(document: Document) -> None:
        made = document.add_table(len(rows), max(map(len, rows)))
        for row, texts in zip(made.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=False):
                cell.text = text

    return build


def both(*builds: Build) -> Build:
    def build(document: Document) -> None:
        for one in builds:
            one(document)

    return build


def headed(header: str, footer: str) -> Build:
    def build(document: Document) -> None:
        section = document.sections[0]
        section.header.is_linked_to_previous = False
        section.footer.is_linked_to_previous = False
        section.header.paragraphs[0].text = header
        section.footer.paragraphs[0].text = footer

    return build


def runs(*texts: str) -> Build:
    """A paragraph whose text is cut into runs, as Word does when it looks for spelling."""

    def build(document: Document) -> None:
        paragraph = document.add_paragraph()
        for place, text in enumerate(texts):
            paragraph.add_run(text).bold = bool(place % 2)

    return build


def properties(**texts: str) -> Build:
    def build(document: Document) -> None:
        for name, text in texts.items():
            setattr(document.core_properties, name, text)

    return build


def notes(kind: str, *texts: str) -> Build:
    """Footnotes, endnotes or comments: `kind` is "footnote", "endnote" or "comment"."""
    inner = "".join(
        f'<w:{kind} w:id="{number}"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:{kind}>'
        for number, text in enumerate(texts, start=1)
    )
    xml = f'<?xml version="1.0" encoding="UTF-8"?>\r\n<w:{kind}s xmlns:w="{_W}">{inner}</w:{kind}s>'

    def build(document: Document) -> None:
        name = PackURI(f"/word/{kind}s.xml")
        content_type = getattr(CONTENT_TYPE, f"WML_{kind.upper()}S")
        part = Part(name, content_type, xml.encode("utf-8"), document.part.package)
        document.part.relate_to(part, getattr(RELATIONSHIP_TYPE, f"{kind.upper()}S"))

    return build


def body_xml(xml: str) -> Build:
    """Elements set at the beginning of the body; `xml` uses the prefix `w`."""

    def build(document: Document) -> None:
        root = etree.fromstring(f'<w:body xmlns:w="{_W}">{xml}</w:body>')
        for place, element in enumerate(root):
            document.element.body.insert(place, element)

    return build


def picture(document: Document) -> None:
    document.add_picture(io.BytesIO(PNG))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))


PNG = (
    b"\x89PNG\r\n\x1a\n"
    + _chunk(b"IHDR", struct.pack(">2L5B", 1, 1, 8, 0, 0, 0, 0))
    + _chunk(b"IDAT", zlib.compress(b"\x00\x00"))
    + _chunk(b"IEND", b"")
)


def parts(content: bytes) -> dict[str, bytes]:
    """The parts of a document, XML in its canonical form."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: _canonical(name, archive.read(name)) for name in archive.namelist()}


def _canonical(name: str, content: bytes) -> bytes:
    if not name.endswith((".xml", ".rels")):
        return content
    return bytes(etree.tostring(etree.fromstring(content), method="c14n"))


def words(content: bytes, part: str = "word/document.xml") -> list[str]:
    """The paragraphs' texts, with breaks and tabs as the characters that they stand for."""
    marks = {f"{{{_W}}}br": "\n", f"{{{_W}}}tab": "\t"}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        root: Any = etree.fromstring(archive.read(part))
    return [
        "".join((e.text or "") if e.tag == f"{{{_W}}}t" else marks.get(e.tag, "") for e in p.iter())
        for p in root.iter(f"{{{_W}}}p")
    ]


# --- names and values to try templates with ---


@dataclass(frozen=True)
class Task:
    ma: str = "1.1"
    ten: str = "Ban hành kế hoạch"
    diem: int = 2
    la_muc: bool = False


@dataclass(frozen=True)
class Office:
    ma: str = "VP"
    ten: str = "Văn phòng"


NAMES: Names = {
    "ten": TEXT,
    "nam": NUMBER,
    "gap": FLAG,
    "han_nop": TEXT,
    "don_vi": record_of(Office),
    "nhiem_vu": ListOf(record_of(Task)),
    "can_cu": ListOf(TEXT),
    "lanh_dao": Record({"ten": TEXT, "phong": record_of(Office)}),
}
VALUES: dict[str, Any] = {
    "ten": "Sở A",
    "nam": 2024,
    "gap": False,
    "han_nop": "05/12/2024",
    "don_vi": Office(),
    "nhiem_vu": [Task(), Task("1.2")],
    "can_cu": ["Luật A", "Luật B"],
    "lanh_dao": {"ten": "B", "phong": Office()},
}


def checked(folder: Path, build: Build) -> list[Finding]:
    return check_template(template_file(folder, build), NAMES)


def problem(folder: Path, *lines: str, values: Mapping[str, Any] = VALUES) -> Finding:
    with pytest.raises(TemplateProblemError) as caught:
        template(folder, *lines).fill(values)
    return caught.value.finding
