"""Writing a Word document's package again with some of its parts changed."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Mapping
from typing import Any

from lxml import etree

from cchc_office.files.archive import BROKEN_ARCHIVE, PreparedArchive
from cchc_office.word.reading.measures import RELATIONSHIP

CONTENT_TYPES = "[Content_Types].xml"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}Types"
OVERRIDE = f"{TYPES.removesuffix('Types')}Override"
RELATIONSHIPS = f"{RELATIONSHIP}s"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
_PROPERTIES = "docProps/core.xml"
_SIGNATURES = "_xmlsignatures/"
_LAST_MODIFIED_BY = (
    "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}lastModifiedBy"
)


def with_parts(content: bytes, parts: Mapping[str, Any]) -> bytes:
    """Return the package `content` with the XML of some parts, its own or new ones."""
    written = {name: xml_of(root) for name, root in parts.items()}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        own = set(archive.namelist())
    return PreparedArchive(content).with_files(
        {name: part for name, part in written.items() if name in own},
        {name: part for name, part in written.items() if name not in own},
    )


def parsed(content: bytes) -> Any:
    """Return the root of a part's XML; raises lxml's XMLSyntaxError where it is none."""
    return etree.fromstring(content, _PARSER)


def xml_of(root: Any) -> bytes:
    """Return the XML of a part as it stands in a package."""
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written


def links_of(name: str) -> str:
    """Return the name of the part with the relationships of another."""
    folder, file = posixpath.split(name)
    return posixpath.join(folder, "_rels", f"{file}.rels")


def declare(types: Any, name: str, content_type: str) -> None:
    """Say in the content types of which type a new part is."""
    etree.SubElement(types, OVERRIDE, PartName=f"/{name}", ContentType=content_type)


def add_link(links: Any, source: Any, namespace: str, kind: str, target: str) -> str:
    """Add a relationship of the part `source` to its `links`; return the id that is free for it.

    `namespace` is that of the kinds, and of the attributes by which the part names ids. Some of
    those may lead nowhere, and must not lead to this.
    """
    named = (
        str(value)
        for element in source.iter()
        for name, value in element.attrib.items()
        if name.startswith(f"{{{namespace}}}")
    )
    ids = {*named, *(link.get("Id") for link in links)}
    free = next(f"rId{n}" for n in range(1, len(ids) + 2) if f"rId{n}" not in ids)
    etree.SubElement(links, RELATIONSHIP, Id=free, Type=f"{namespace}/{kind}", Target=target)
    return free


def is_signature(name: str) -> bool:
    """Tell whether a part, by its name, is of the package's digital signatures."""
    return name.lower().startswith(_SIGNATURES)


def last_modified_by(content: bytes) -> str:
    """Return who saved a document last, as it says; "" where it does not say."""
    properties = _properties(content)
    return "" if properties is None else properties.findtext(_LAST_MODIFIED_BY) or ""


def modified_by(content: bytes, name: str) -> bytes:
    """Return a document that says that `name` saved it last; one without properties as it is."""
    properties = _properties(content)
    if properties is None:
        return content
    found = properties.find(_LAST_MODIFIED_BY)
    if found is None:
        found = etree.SubElement(properties, _LAST_MODIFIED_BY)
    found.text = name
    return with_parts(content, {_PROPERTIES: properties})


def _properties(content: bytes) -> Any:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return parsed(archive.read(_PROPERTIES))
    except (KeyError, etree.XMLSyntaxError, *BROKEN_ARCHIVE):
        return None
