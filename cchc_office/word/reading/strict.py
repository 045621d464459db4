"""Word documents saved as "Strict Open XML", which name the same things by other addresses.

ISO/IEC 29500-1 (Strict) and -4 (Transitional) differ in their namespaces, and in two kinds of
properties. Whoever reads only the one reads both after this.
"""

from __future__ import annotations

import io
import re
import zipfile

from cchc_office.files.archive import BROKEN_ARCHIVE, PreparedArchive

_LINKS = "_rels/.rels"
_STRICT = re.compile(rb"""(["'])http://purl\.oclc\.org/ooxml/([A-Za-z]+)/""")
_TRANSITIONAL = rb"\1http://schemas.openxmlformats.org/\2/2006/"
_PROPERTIES = re.compile(
    rb"(http://schemas\.openxmlformats\.org/officeDocument/2006/(?:relationships/)?"
    rb"(?:extended|custom))Properties"
)
_CONFORMANCE = re.compile(rb"""\s[A-Za-z0-9]+:conformance=["']strict["']""")
_MOST_INFLATED_BYTES = 300 * 1024 * 1024


def transitional(content: bytes) -> bytes:
    """Return a Strict document as a Transitional one; any other file as it is."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if not _STRICT.search(archive.read(_LINKS)):
                return content
            if sum(entry.file_size for entry in archive.infolist()) > _MOST_INFLATED_BYTES:
                return content
            names = [n for n in archive.namelist() if n.lower().endswith((".xml", ".rels"))]
            parts = {name: transitional_part(archive.read(name)) for name in names}
            return PreparedArchive(content).with_files(parts)
    except (*BROKEN_ARCHIVE, KeyError):
        return content


def transitional_part(part: bytes) -> bytes:
    """Return a part of a Strict document as one of a Transitional document."""
    part = _STRICT.sub(_TRANSITIONAL, part)
    return _PROPERTIES.sub(rb"\1-properties", _CONFORMANCE.sub(b"", part))
