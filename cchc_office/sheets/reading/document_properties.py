"""What a document tells of itself: title, time of the last saving, custom properties.

What cannot be read of them is as good as none: it never keeps a workbook from being read.
"""

from __future__ import annotations

import datetime as dt
import re
import struct
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from xml.etree import ElementTree

from cchc_office.files.safe_archive import SafeArchive
from cchc_office.files.unreadable_file import UnreadableFileError
from cchc_office.sheets.reading.values import Properties
from cchc_office.sheets.reading.xml_parts import parse_xml, plain_xml, related_part, unescaped
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
    """Return the properties of an Office Open XML or OpenDocument package."""
    core = _core_part(archive)
    title, saved = _usual_core(archive, core)
    for part in () if saved else (core, _ODF_META):
        for element in _elements(archive, part):
            text = (element.text or "").strip()
            if element.tag == f"{{{_DC}}}title":
                title = text
            elif element.tag == (f"{{{_DC}}}date" if part == _ODF_META else _SAVED):
                saved = _saved_time(text)
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
        _saved_time(saved.group(1).decode("ascii", "replace").strip()),
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


def _saved_time(text: str) -> dt.datetime | None:
    """Return the time that a document says it was saved at, None where it is not believable."""
    try:
        saved = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    if saved.year not in _BELIEVABLE_YEARS:
        return None
    # OpenDocument tells the time where it was saved, without a zone.
    return saved if saved.tzinfo else saved.replace(tzinfo=VIETNAM)


# --- property sets of older Office programs ([MS-OLEPS]) ---
# olefile reads them too, but takes custom values for those of other names, and no code page.

PROPERTY_SETS = ("\x05SummaryInformation", "\x05DocumentSummaryInformation")
"""The streams that hold them."""

_SUMMARY_SET = bytes.fromhex("e0859ff2f94f6810ab9108002b27b3d9")
_CUSTOM_SET = bytes.fromhex("05d5cdd59c2e1b10939708002b2cf9ae")
_NAMES_ID, _CODE_PAGE_ID, _TITLE_ID, _SAVED_ID = 0, 1, 2, 13
_TEXT, _WIDE_TEXT, _TIME, _TRUTH = 30, 31, 64, 11
_NUMBERS = {2: "<h", 3: "<i", 5: "<d"}
_UTF_16 = "utf-16-le"
_ENCODINGS = {1200: _UTF_16, 65001: "utf-8"}
_FROM_1601 = dt.datetime(1601, 1, 1, tzinfo=dt.UTC)
_STRANGE = (struct.error, OverflowError, ValueError, LookupError)


def property_sets(summary: bytes, more: bytes) -> Properties:
    """Return the properties in the content of the two streams."""
    about = _values(summary, _SUMMARY_SET)
    title, saved = about.get(_TITLE_ID, ""), about.get(_SAVED_ID)
    if not isinstance(saved, dt.datetime) or saved.year not in _BELIEVABLE_YEARS:
        saved = None
    custom = {k: str(v) for k, v in _values(more, _CUSTOM_SET).items() if isinstance(k, str)}
    return Properties(str(title).strip(), saved, custom)


def _values(stream: bytes, wanted: bytes) -> dict[int | str, str | dt.datetime]:
    """Return the values of one set that can be read, by their names or else their numbers."""
    values: dict[int | str, str | dt.datetime] = {}
    try:
        sets = struct.iter_unpack("<16sI", stream[28 : 28 + 20 * _unpacked("<I", stream, 24)])
        content = stream[dict(sets)[wanted] :]
        places = dict(struct.iter_unpack("<II", content[8 : 8 + 8 * _unpacked("<I", content, 4)]))
        page = _unpacked("<H", content, places[_CODE_PAGE_ID] + 4) if _CODE_PAGE_ID in places else 0
        encoding = _ENCODINGS.get(page, f"cp{page or 1252}")
        names = dict(_names(content, places.get(_NAMES_ID), encoding))
    except _STRANGE:
        return values
    for number in places.keys() - {_NAMES_ID, _CODE_PAGE_ID}:
        with suppress(*_STRANGE):
            key: int | str = names.get(number) or number
            values[key] = _value(content, places[number], encoding)
    return values


def _names(content: bytes, place: int | None, encoding: str) -> Iterator[tuple[int, str]]:
    if place is None:
        return
    count, place = _unpacked("<I", content, place), place + 4
    for _ in range(count):
        number, length = struct.unpack_from("<II", content, place)
        size, filled = (2 * length, -(-length // 2) * 4) if encoding == _UTF_16 else (length,) * 2
        yield number, _text(content, place + 8, size, encoding)
        place += 8 + filled


def _value(content: bytes, place: int, encoding: str) -> str | dt.datetime:
    kind, place = _unpacked("<H", content, place), place + 4
    if kind == _TEXT:
        return _text(content, place + 4, _unpacked("<I", content, place), encoding)
    if kind == _WIDE_TEXT:
        return _text(content, place + 4, 2 * _unpacked("<I", content, place), _UTF_16)
    if kind == _TIME:
        return _FROM_1601 + dt.timedelta(microseconds=_unpacked("<Q", content, place) // 10)
    if kind == _TRUTH:
        return "true" if _unpacked("<H", content, place) else "false"
    return str(struct.unpack_from(_NUMBERS[kind], content, place)[0])


def _text(content: bytes, place: int, length: int, encoding: str) -> str:
    return content[place : place + length].decode(encoding, "replace").partition("\0")[0]


def _unpacked(form: str, content: bytes, place: int) -> int:
    return int(struct.unpack_from(form, content, place)[0])
