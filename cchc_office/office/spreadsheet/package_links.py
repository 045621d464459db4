"""Relationships between the parts of an office package (ECMA-376 part 2, 6.5)."""

from __future__ import annotations

from xml.etree import ElementTree

from cchc_office.office.safe_archive import SafeArchive
from cchc_office.office.spreadsheet.xml_parts import parse_xml

_OF_THE_PACKAGE = "_rels/.rels"


def links_of(archive: SafeArchive, name: str) -> tuple[ElementTree.Element, ...]:
    """Return the relationships in a part, none where it is not there."""
    return tuple(parse_xml(archive.read(name))) if name in archive else ()


def related_part(archive: SafeArchive, kind: str) -> str:
    """Return the name of the part that the package itself is related to in this way, or ""."""
    for link in links_of(archive, _OF_THE_PACKAGE):
        if link.get("Type", "").rpartition("/")[2] == kind:
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
