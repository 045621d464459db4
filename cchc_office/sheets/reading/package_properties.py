"""What an office package tells of itself: title, time of the last saving, custom properties."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from xml.etree import ElementTree

from cchc_office.files.safe_archive import SafeArchive
from cchc_office.files.unreadable_file import UnreadableFileError
from cchc_office.sheets.reading.package_links import related_part
from cchc_office.sheets.reading.values import Properties
from cchc_office.sheets.reading.xml_parts import parse_xml, plain_xml, unescaped
from cchc_office.text.vietnamese import VIETNAM

_CORE = "docProps/core.xml"
_CUSTOM = "docProps/custom.xml"
_ODF_META = "meta.xml"
_DC, _DC_TERMS = "http://purl.org/dc/elements/1.1/", "http://purl.org/dc/terms/"
_OF_CUSTOM = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}property",
    "{http://purl.oclc.org/ooxml/officeDocument/customProperties}property",
)
_ODF = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
# The prefixes that office programs use, whatever other ones would do.
_USUAL_PREFIXES = tuple(
    f'xmlns:{prefix}="{name}"'.encode("ascii")
    for prefix, name in (("dc", _DC), ("dcterms", _DC_TERMS))
)
_SAVED = f"{{{_DC_TERMS}}}modified"
_MODIFIED = re.compile(rb"<dcterms:modified[^>]*>([^<]+)</dcterms:modified>")
_TITLE = re.compile(rb"<dc:title>([^<]*)</dc:title>")
_BELIEVABLE_YEARS = range(1990, 2200)


def package_properties(archive: SafeArchive) -> Properties:
    """Return the properties of an Office Open XML or OpenDocument package.

    Properties that cannot be read are as good as none: they never keep a workbook from being read.
    """
    core = _core_part(archive)
    title, saved = _usual_core(archive, core)
    for part in () if saved else (core, _ODF_META):
        for element in _elements(archive, part):
            text = (element.text or "").strip()
            if element.tag == f"{{{_DC}}}title":
                title = text
            elif element.tag == (f"{{{_DC}}}date" if part == _ODF_META else _SAVED):
                saved = saved_time(text)
    return Properties(title, saved, _CustomProperties(archive))


def _core_part(archive: SafeArchive) -> str:
    """Return the name of the core properties: some programs call them otherwise than usual."""
    if _CORE in archive or _ODF_META in archive:
        return _CORE
    try:
        return related_part(archive, "core-properties")
    except UnreadableFileError:
        return ""


def _usual_core(archive: SafeArchive, core: str) -> tuple[str, dt.datetime | None]:
    """Return title and time where they are written as office programs write them."""
    try:
        part = plain_xml(archive.read(core)) if core in archive else b""
    except UnreadableFileError:
        return "", None
    saved, title = _MODIFIED.search(part), _TITLE.search(part)
    if saved is None or not all(prefix in part for prefix in _USUAL_PREFIXES):
        return "", None
    return (
        unescaped(title.group(1).decode("utf-8", "replace")).strip() if title else "",
        saved_time(saved.group(1).decode("ascii", "replace").strip()),
    )


class _CustomProperties(Mapping[str, str]):
    """The custom properties of a package, read when one is asked for: most forms need none."""

    def __init__(self, archive: SafeArchive) -> None:
        self._archive = archive

    @cached_property
    def _values(self) -> dict[str, str]:
        values: dict[str, str] = {}
        for element in (*_elements(self._archive, _CUSTOM), *_elements(self._archive, _ODF_META)):
            if element.tag in _OF_CUSTOM:
                values[element.get("name", "")] = "".join(element.itertext()).strip()
            elif element.tag == f"{_ODF}user-defined":
                values[element.get(f"{_ODF}name", "")] = (element.text or "").strip()
        return values

    def __getitem__(self, name: str) -> str:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


def _elements(archive: SafeArchive, part: str) -> tuple[ElementTree.Element, ...]:
    if part not in archive:
        return ()
    try:
        return tuple(parse_xml(archive.read(part)).iter())
    except UnreadableFileError:
        return ()


def saved_time(text: str) -> dt.datetime | None:
    """Return the time that a document says it was saved at, None where it is not believable."""
    try:
        saved = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    if saved.year not in _BELIEVABLE_YEARS:
        return None
    # OpenDocument tells the time where it was saved, without a zone.
    return saved if saved.tzinfo else saved.replace(tzinfo=VIETNAM)
