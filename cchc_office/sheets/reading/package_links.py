"""Relationships between the parts of an office package (ECMA-376 part 2, 6.5)."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree

from cchc_office.files.safe_archive import SafeArchive
from cchc_office.sheets.reading.xml_parts import parse_xml, vocabulary

OFFICE_LINKS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
"""How links within office documents are named, in Transitional and in Strict files.

Their ids in other parts are of the same namespaces.
"""

_KINDS = (
    *OFFICE_LINKS,
    "http://schemas.openxmlformats.org/package/2006/relationships/metadata",
    # What some versions of Office wrote of core properties.
    "http://schemas.openxmlformats.org/officedocument/2006/relationships/metadata",
)
_OF_THE_PACKAGE = "_rels/.rels"


def links_of(archive: SafeArchive, name: str) -> Iterator[ElementTree.Element]:
    """Return the relationships in a part, none where it is not there."""
    if name not in archive:
        return iter(())
    links = parse_xml(archive.read(name))
    return links.iterfind(f"{vocabulary(links)}Relationship")


def kind_of_link(link: ElementTree.Element) -> str:
    """Return what a relationship leads to ("styles"), "" where it is no kind of the standard's."""
    names, _, kind = link.get("Type", "").rpartition("/")
    return kind if names in _KINDS else ""


def id_of_link(element: ElementTree.Element) -> str:
    """Return the id of the relationship that an element of another part names (`r:id`), or ""."""
    return next((id_ for names in OFFICE_LINKS if (id_ := element.get(f"{{{names}}}id"))), "")


def related_part(archive: SafeArchive, kind: str) -> str:
    """Return the name of the part that the package itself is related to in this way, or ""."""
    for link in links_of(archive, _OF_THE_PACKAGE):
        if kind_of_link(link) == kind:
            return resolved("", link.get("Target", ""))
    return ""


def resolved(folder: str, target: str) -> str:
    """Return the name of the part that a target means to a part in `folder`."""
    target = target.replace("\\", "/")
    if target.startswith("/"):
        return target.lstrip("/")
    steps = folder.split("/") if folder and target else []
    for step in target.split("/"):
        if step == ".." and steps:
            steps.pop()
        elif step not in {".", ".."}:
            steps.append(step)
    return "/".join(steps)
