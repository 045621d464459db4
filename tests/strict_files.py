"""Office documents by the names that programs write where "Strict Open XML" is chosen."""

from __future__ import annotations

import io
import re
import zipfile

_NAMES = re.compile(
    rb"http://schemas\.openxmlformats\.org/([A-Za-z]+)/2006/([A-Za-z-]+/?[A-Za-z-]*)"
)
_OF_THE_PACKAGE = (b"package", b"markup-compatibility")


def strict(content: bytes) -> bytes:
    """Return a document whose names of vocabularies and links are those of ISO/IEC 29500-1."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name.endswith((".xml", ".rels")) and name != "[Content_Types].xml":
                part = _NAMES.sub(_strict_name, part)
                part = part.replace(b"<w:document ", b'<w:document w:conformance="strict" ', 1)
            target.writestr(name, part)
    return made.getvalue()


def _strict_name(match: re.Match[bytes]) -> bytes:
    family, rest = match.groups()
    if family in _OF_THE_PACKAGE:
        return match.group()
    rest = rest.replace(b"extended-properties", b"extendedProperties")
    rest = rest.replace(b"custom-properties", b"customProperties")
    return b"http://purl.oclc.org/ooxml/%b/%b" % (family, rest)
