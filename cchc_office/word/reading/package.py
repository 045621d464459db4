"""Opening a Word document's package without being hurt by it."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from dataclasses import dataclass
from typing import Any

from lxml import etree

from cchc_office.files.archive import BROKEN_ARCHIVE, PreparedArchive
from cchc_office.files.compound_file import COMPOUND_FILE
from cchc_office.files.file_kind import FileKind, kind_of
from cchc_office.files.limits import (
    MOST_DOCUMENT_BYTES,
    MOST_DOCUMENT_INFLATED_BYTES,
    MOST_DOCUMENT_PARTS,
    MOST_DOCUMENT_TAGS,
)
from cchc_office.word.reading.measures import RELATIONSHIP, W

_ZIP = b"PK\x03\x04"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# ISO/IEC 29500 "Strict" files name the same things by other addresses.
_STRICT = b"http://purl.oclc.org/ooxml/"
_OFFICE_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_BROKEN = (*BROKEN_ARCHIVE, KeyError)


class UnreadableDocumentError(Exception):
    """The file is no Word document that can be read; the text says in Vietnamese what it is.

    `locked` tells that only its password is missing.
    """

    def __init__(self, what: str, *, locked: bool = False) -> None:
        super().__init__(what)
        self.locked = locked


@dataclass(frozen=True)
class PackagePart:
    """A part of the package: its XML, and the names of the parts related to it by id and kind."""

    element: Any
    by_id: dict[str, str]
    by_kind: dict[str, str]


class WordPackage:
    """The parts of a Word document."""

    def __init__(self, content: bytes) -> None:
        """Open `content`; raises UnreadableDocumentError where it is no Word document."""
        _refuse_other_files(content)
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
            entries = self._archive.infolist()
        except _BROKEN as error:
            raise UnreadableDocumentError("tệp hỏng, không giải nén được") from error
        inflated = sum(entry.file_size for entry in entries)
        if len(entries) > MOST_DOCUMENT_PARTS or inflated > MOST_DOCUMENT_INFLATED_BYTES:
            raise UnreadableDocumentError("tệp lớn bất thường khi giải nén")
        self._names = {entry.filename for entry in entries}
        self._parsed: dict[str, Any] = {}
        main = self.part(self._relationships("")[1].get("officeDocument", ""))
        if main is None or main.element.tag != f"{W}document":
            raise UnreadableDocumentError(_what_it_is(content))
        self.main = main

    def part(self, name: str) -> PackagePart | None:
        """Return a part, None where the package has none of this name; it is parsed once."""
        if name not in self._names:
            return None
        if name not in self._parsed:
            self._parsed[name] = self._parse(name)
        return PackagePart(self._parsed[name], *self._relationships(name))

    def parsed(self) -> dict[str, Any]:
        """Return the XML of all parts that were asked for, by their names."""
        return dict(self._parsed)

    @property
    def names(self) -> frozenset[str]:
        """The names of all files of the package."""
        return frozenset(self._names)

    def related(self, part: PackagePart, kind: str) -> Any:
        """Return the XML of the part that is related in this way, None where there is none."""
        found = self.part(part.by_kind.get(kind, ""))
        return None if found is None else found.element

    def properties(self) -> Any:
        """Return the XML of the application's properties, None where there are none."""
        found = self.part(self._relationships("")[1].get("extended-properties", ""))
        return None if found is None else found.element

    def _relationships(self, name: str) -> tuple[dict[str, str], dict[str, str]]:
        """Return the names of the parts related to a part ("": to the package), by id and kind."""
        folder, file = posixpath.split(name)
        own = posixpath.join(folder, "_rels", f"{file}.rels")
        by_id: dict[str, str] = {}
        by_kind: dict[str, str] = {}
        for relationship in self._parse(own).iterfind(RELATIONSHIP) if own in self._names else ():
            if relationship.get("TargetMode") != "External":
                target = str(relationship.get("Target") or "")
                part = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
                by_id[str(relationship.get("Id"))] = part
                kind = str(relationship.get("Type") or "")
                if kind.startswith(_OFFICE_LINKS):
                    by_kind.setdefault(kind.removeprefix(_OFFICE_LINKS), part)
        return by_id, by_kind

    def _parse(self, name: str) -> Any:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        try:
            content = self._archive.read(name)
            if content.count(b"<") > MOST_DOCUMENT_TAGS:
                raise UnreadableDocumentError("tệp lớn bất thường khi giải nén")
            if _STRICT in content:
                content = transitional_part(content)
            root = etree.fromstring(content, parser)
            # Word takes no document type, whose entities could stand for gigabytes or other files.
            if root.getroottree().docinfo.internalDTD is not None:
                raise UnreadableDocumentError("nội dung không phải do Word ghi (có DOCTYPE)")
            return root
        except (etree.XMLSyntaxError, MemoryError, *_BROKEN) as error:
            raise UnreadableDocumentError("nội dung không nguyên vẹn") from error


def _refuse_other_files(content: bytes) -> None:
    if len(content) > MOST_DOCUMENT_BYTES:
        raise UnreadableDocumentError("tệp lớn bất thường")
    if content.startswith(COMPOUND_FILE):
        if _ENCRYPTED in content:
            raise UnreadableDocumentError("tệp bị khoá bằng mật khẩu", locked=True)
        raise UnreadableDocumentError("đây là tệp Word kiểu cũ (.doc)")
    if not content.startswith(_ZIP):
        raise UnreadableDocumentError(_what_it_is(content))


def _what_it_is(content: bytes) -> str:
    kind = kind_of(content)
    if kind in {FileKind.EMPTY, FileKind.UNKNOWN}:
        return str(kind.value)
    is_archive = kind in {FileKind.ZIP, FileKind.WORD}
    return "đây là tệp nén, không phải văn bản Word" if is_archive else f"đây là {kind.value}"


# --- "Strict Open XML" ---

# ISO/IEC 29500-1 (Strict) and -4 (Transitional) differ in their namespaces, and in two kinds of
# properties. Whoever reads only the one reads both after this.

_LINKS = "_rels/.rels"
_STRICT_NAMESPACE = re.compile(rb"""(["'])http://purl\.oclc\.org/ooxml/([A-Za-z]+)/""")
_TRANSITIONAL = rb"\1http://schemas.openxmlformats.org/\2/2006/"
_PROPERTIES = re.compile(
    rb"(http://schemas\.openxmlformats\.org/officeDocument/2006/(?:relationships/)?"
    rb"(?:extended|custom))Properties"
)
_CONFORMANCE = re.compile(rb"""\s[A-Za-z0-9]+:conformance=["']strict["']""")


def transitional(content: bytes) -> bytes:
    """Return a Strict document as a Transitional one; any other file as it is."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if not _STRICT_NAMESPACE.search(archive.read(_LINKS)):
                return content
            if sum(entry.file_size for entry in archive.infolist()) > MOST_DOCUMENT_INFLATED_BYTES:
                return content
            names = [n for n in archive.namelist() if n.lower().endswith((".xml", ".rels"))]
            parts = {name: transitional_part(archive.read(name)) for name in names}
            return PreparedArchive(content).with_files(parts)
    except _BROKEN:
        return content


def transitional_part(part: bytes) -> bytes:
    """Return a part of a Strict document as one of a Transitional document."""
    part = _STRICT_NAMESPACE.sub(_TRANSITIONAL, part)
    return _PROPERTIES.sub(rb"\1-properties", _CONFORMANCE.sub(b"", part))
