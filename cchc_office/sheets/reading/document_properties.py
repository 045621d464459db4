"""What a document tells of itself: title, time of the last saving, custom properties.

What cannot be read of them is as good as none: it never keeps a workbook from being read.
"""

from __future__ import annotations

import datetime as dt
import re
import struct
from collections.abc import Iterator, Mapping
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
# olefile knows them too, but takes custom values for those of other names, and no code page.

PROPERTY_SETS = ("\x05SummaryInformation", "\x05DocumentSummaryInformation")
"""The streams that hold them."""

_SUMMARY_SET = bytes.fromhex("e0859ff2f94f6810ab9108002b27b3d9")
_CUSTOM_SET = bytes.fromhex("05d5cdd59c2e1b10939708002b2cf9ae")
_NAMES_ID, _CODE_PAGE_ID, _TITLE_ID, _SAVED_ID = 0, 1, 2, 13
_TEXT, _WIDE_TEXT, _TIME, _TRUTH = 30, 31, 64, 11
_NUMBERS = {2: "<h", 3: "<i", 5: "<d"}
_ENCODINGS = {1200: "utf-16-le", 65001: "utf-8"}
_FROM_1601 = dt.datetime(1601, 1, 1, tzinfo=dt.UTC)
_STRANGE = (struct.error, OverflowError, ValueError, LookupError)


def property_sets(summary: bytes, more: bytes) -> Properties:
    """Return the properties in the content of the two streams."""
    about = _PropertySet(summary, _SUMMARY_SET)
    title, saved = about.value(_TITLE_ID), about.value(_SAVED_ID)
    if not isinstance(saved, dt.datetime) or saved.year not in _BELIEVABLE_YEARS:
        saved = None
    return Properties(str(title or "").strip(), saved, _PropertySet(more, _CUSTOM_SET).named())


class _PropertySet:
    """The set of a kind in a stream: values by number, and maybe names of the numbers."""

    def __init__(self, stream: bytes, kind: bytes) -> None:
        self._content, self._places, self._encoding = b"", dict[int, int](), "cp1252"
        try:
            for number in range(_unpacked("<I", stream, 24)):
                found, start = struct.unpack_from("<16sI", stream, 28 + 20 * number)
                if found == kind:
                    self._take(stream[start:])
                    return
        except _STRANGE:
            pass

    def _take(self, content: bytes) -> None:
        self._content = content
        end = 8 + 8 * _unpacked("<I", content, 4)
        self._places = dict(struct.iter_unpack("<II", content[8:end]))
        if _CODE_PAGE_ID in self._places:
            page = _unpacked("<H", content, self._places[_CODE_PAGE_ID] + 4)
            self._encoding = _ENCODINGS.get(page, f"cp{page}")

    def value(self, number: int) -> str | dt.datetime | None:
        """Return a value, None where there is none that can be read."""
        try:
            return self._value(self._places[number])
        except _STRANGE:
            return None

    def named(self) -> dict[str, str]:
        """Return the values that have names, as texts by these."""
        try:
            names = dict(self._names())
        except _STRANGE:
            return {}
        values = {name: self.value(number) for number, name in names.items()}
        return {name: str(value) for name, value in values.items() if value is not None}

    def _names(self) -> Iterator[tuple[int, str]]:
        place = self._places[_NAMES_ID] + 4
        for _ in range(_unpacked("<I", self._content, place - 4)):
            number, length = struct.unpack_from("<II", self._content, place)
            size = 2 * length if self._encoding == "utf-16-le" else length
            yield number, self._text(place + 8, size)
            place += 8 + (-(-size // 4) * 4 if self._encoding == "utf-16-le" else size)

    def _value(self, place: int) -> str | dt.datetime | None:
        kind = _unpacked("<H", self._content, place)
        if kind == _TEXT:
            return self._text(place + 8, _unpacked("<I", self._content, place + 4))
        if kind == _WIDE_TEXT:
            size = 2 * _unpacked("<I", self._content, place + 4)
            found = self._content[place + 8 : place + 8 + size]
            return found.decode("utf-16-le").partition("\0")[0]
        if kind == _TIME:
            ticks = _unpacked("<Q", self._content, place + 4)
            return _FROM_1601 + dt.timedelta(microseconds=ticks // 10)
        if kind == _TRUTH:
            return "true" if _unpacked("<H", self._content, place + 4) else "false"
        number = _NUMBERS.get(kind)
        return str(struct.unpack_from(number, self._content, place + 4)[0]) if number else None

    def _text(self, place: int, length: int) -> str:
        found = self._content[place : place + length]
        return found.decode(self._encoding, "replace").partition("\0")[0]


def _unpacked(form: str, content: bytes, place: int) -> int:
    return int(struct.unpack_from(form, content, place)[0])
