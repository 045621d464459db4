"""What an office package tells of itself: title, time of the last saving, custom properties."""

from __future__ import annotations

import datetime as dt
from xml.etree import ElementTree

from cchc_office.office.safe_archive import SafeArchive
from cchc_office.office.spreadsheet.values import NO_PROPERTIES, Properties
from cchc_office.office.spreadsheet.xml_parts import local_name, parse_xml
from cchc_office.office.unreadable_file import UnreadableFileError
from cchc_office.vietnamese import VIETNAM

_CORE = "docProps/core.xml"
_CUSTOM = "docProps/custom.xml"
_ODF_META = "meta.xml"
_BELIEVABLE_YEARS = range(1990, 2200)


def package_properties(archive: SafeArchive) -> Properties:
    """Return the properties of an Office Open XML or OpenDocument package.

    Properties that cannot be read are as good as none: they never keep a workbook from being read.
    """
    title, saved = "", None
    custom: dict[str, str] = {}
    for part in (_CORE, _CUSTOM, _ODF_META):
        for element in _elements(archive, part):
            name, text = local_name(element), (element.text or "").strip()
            if name == "title":
                title = text
            elif name == "modified" or (name == "date" and part == _ODF_META):
                saved = saved_time(text)
            elif name == "property":
                custom[element.get("name", "")] = "".join(element.itertext()).strip()
            elif name == "user-defined":
                key = next((v for k, v in element.items() if k.endswith("}name")), "")
                custom[key] = text
    return Properties(title, saved, custom) if title or saved or custom else NO_PROPERTIES


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
