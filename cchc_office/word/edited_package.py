"""Writing a Word document's package again with some of its parts changed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Any

from lxml import etree

from cchc_office.files.archive import BROKEN_ARCHIVE, PreparedArchive

_PROPERTIES = "docProps/core.xml"
_SIGNATURES = "_xmlsignatures/"
_LAST_MODIFIED_BY = (
    "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}lastModifiedBy"
)


def with_parts(content: bytes, parts: Mapping[str, Any]) -> bytes:
    """Return the package `content` with the XML of some parts, its own or new ones."""
    written = {
        name: etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        for name, root in parts.items()
    }
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        own = set(archive.namelist())
    return PreparedArchive(content).with_files(
        {name: part for name, part in written.items() if name in own},
        {name: part for name, part in written.items() if name not in own},
    )


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
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return etree.fromstring(archive.read(_PROPERTIES), parser)
    except (KeyError, etree.XMLSyntaxError, *BROKEN_ARCHIVE):
        return None
