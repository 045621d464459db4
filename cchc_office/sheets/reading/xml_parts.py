"""XML parts of office files from outside: in UTF-8, without document types, parsed safely.

And the links from one part to another.
"""

from __future__ import annotations

import posixpath
import re
import sys
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any
from xml.etree import ElementTree

from cchc_office.files.limits import MEBIBYTE, MOST_LIST_BYTES, MOST_TAGS
from cchc_office.files.safe_archive import SafeArchive
from cchc_office.files.unreadable_file import check_cap, damaged

_ENCODING = re.compile(rb"""\sencoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_LONGEST_DECLARATION = 1024
# What may stand before a document type: comments can hold what looks like the first element.
_BEFORE_DOCUMENT_TYPE = re.compile(rb"(?:\s++|<\?(?>.*?\?>)|<!--(?>.*?-->))*+", re.DOTALL)
_UTF_8_MARK = b"\xef\xbb\xbf"
_UTF_8 = frozenset((b"utf-8", b"utf8", b"us-ascii", b"ascii"))
_UTF_16_STARTS = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")
# Python knows far more, some of which are slow or no encodings of text.
_OTHER_ENCODINGS = re.compile(rb"iso-8859-\d{1,2}|windows-125\d")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_REFERENCE = re.compile("&(?:(amp|lt|gt|quot|apos)|#x([0-9a-fA-F]{1,8})|#([0-9]{1,8}));")
# The start of a part and its root, which has no prefix; an attribute's ">" ends it too early, not
# too late.
_PLAIN_ROOT = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?[^<>]*\?>\s*)*<[A-Za-z][A-Za-z0-9]*(?:\s[^>]*)?>"
)
_DEFAULT_NAMESPACE = re.compile(rb"\sxmlns\s*=")
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_CHOICES = f"{_COMPATIBILITY}AlternateContent"
_BYTES_AT_ONCE = 4 * MEBIBYTE
_WRITTEN_OUT = re.compile("_x([0-9A-Fa-f]{4})_")


def plain_xml(part: bytes) -> bytes:
    """Return an XML part in UTF-8; raises UnreadableFileError for document types and entities.

    Office files have none (ECMA-376 part 2, 7.2.3.1); whoever puts one in means harm. The XML
    declaration is left out, so that no parser takes the part for another encoding than was checked.
    """
    is_utf_16 = part.startswith(_UTF_16_STARTS)
    if is_utf_16:
        part = _from(part, "utf-16" if part[:1] in b"\xff\xfe" else _utf_16_without_mark(part))
    encoding, part = _without_declaration(part.removeprefix(_UTF_8_MARK))
    if not is_utf_16 and encoding not in _UTF_8:
        if not _OTHER_ENCODINGS.fullmatch(encoding):
            raise damaged()
        part = _from(part, encoding.decode("ascii"))
    before = _BEFORE_DOCUMENT_TYPE.match(part)
    if before and part.startswith(b"<!DOCTYPE", before.end()):
        raise damaged("có nội dung không thuộc bảng tính")
    return part


def unescaped(text: str) -> str:
    """Return a text of XML with its references resolved: five names, and numbers (XML 1.0, 4.1).

    HTML knows more names, and drops or changes some numbers: what is no reference here stays.
    """
    return _REFERENCE.sub(_resolved, text) if "&" in text else text


def said_by(text: str) -> str:
    """Return a text of a workbook with the characters that it writes as _xHHHH_.

    So they are written that XML cannot hold, and an underscore that would begin such a mark
    (ECMA-376 part 1, 22.9.2.19).
    """
    if "_x" not in text:
        return text
    said = _WRITTEN_OUT.sub(lambda match: chr(int(match.group(1), 16)), text)
    # Two marks can be the halves of one character.
    return said.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _resolved(match: re.Match[str]) -> str:
    name, base_16, base_10 = match.groups()
    if name:
        return _NAMED[name]
    number = int(base_16, 16) if base_16 else int(base_10)
    return chr(number) if number <= sys.maxunicode else match.group()


def _without_declaration(part: bytes) -> tuple[bytes, bytes]:
    """Return the encoding that a part says it is in, and the part behind that."""
    if part[:1].isspace():
        part = part.lstrip()
    if not (part.startswith(b"<?xml") and part[5:6].isspace()):
        return b"utf-8", part
    end = part.find(b"?>", 0, _LONGEST_DECLARATION)
    if end < 0:
        raise damaged()
    declared = _ENCODING.search(part[:end])
    return declared.group(1).lower() if declared else b"utf-8", part[end + len(b"?>") :]


def xml_events(part: bytes) -> Iterator[tuple[str, ElementTree.Element]]:
    """Yield the starts and ends of the elements of a part that `plain_xml` returned.

    Raises xml.etree.ElementTree.ParseError. As ElementTree.iterparse, but in large pieces: with
    expat before 2.6 a token is read anew with every piece, for half a minute where it is long.
    """
    # typeshed does not know that starts and ends come with elements.
    parser: Any = ElementTree.XMLPullParser(("start", "end"))
    for start in range(0, len(part), _BYTES_AT_ONCE):
        parser.feed(part[start : start + _BYTES_AT_ONCE])
        yield from parser.read_events()
    parser.close()
    yield from parser.read_events()


def parse_xml(part: bytes, *, most_bytes: int = MOST_LIST_BYTES) -> ElementTree.Element:
    """Return the root of an XML part that is parsed as a whole, what it offers choices of chosen.

    Raises UnreadableFileError where it is not well formed, or so large that it would take long.
    """
    check_cap("dung lượng phần mô tả bên trong", len(part), most_bytes)
    check_cap("số thẻ bên trong", part.count(b"<"), MOST_TAGS)
    part = plain_xml(part)
    try:
        # Parts with a document type are refused before, so no entity can be expanded.
        root = ElementTree.fromstring(part)  # noqa: S314
    except (ElementTree.ParseError, ValueError) as error:
        raise damaged() from error
    if b"AlternateContent" in part:
        for element in root.iter():
            if element.find(_CHOICES) is not None:
                element[:] = _chosen(element)
    return root


def _chosen(elements: Iterable[ElementTree.Element]) -> list[ElementTree.Element]:
    """Return elements with those that stand for several ways to say a thing replaced by one.

    The last way is for programs that know no extensions (ECMA-376 part 3, 7.6), as this one.
    """
    waiting, chosen = list(elements)[::-1], []
    while waiting:
        element = waiting.pop()
        if element.tag == _CHOICES:
            ways = element.findall(f"{_COMPATIBILITY}Fallback") or element[:1]
            waiting += [inner for way in ways for inner in way][::-1]
        else:
            chosen.append(element)
    return chosen


def vocabulary(element: ElementTree.Element) -> str:
    """Return the namespace of an element as it stands before names: "{…}", "" without one.

    A part's own vocabulary is that of its root: the same names stand for the same things in
    Transitional and in Strict files (ECMA-376 part 4), for other things in extensions.
    """
    return element.tag[: element.tag.rfind("}") + 1]


def has_one_default(part: bytes, end: int) -> bool:
    """Tell whether names without a prefix all are of the part's own vocabulary up to `end`.

    False where that takes a parser to tell.
    """
    root = _PLAIN_ROOT.match(part)
    # From the end it is searched for three times as fast.
    if root is None or part.rfind(b"xmlns", root.end(), end) < 0:
        return root is not None
    return _DEFAULT_NAMESPACE.search(part, root.end(), end) is None


def _utf_16_without_mark(part: bytes) -> str:
    return "utf-16-le" if part.startswith(b"<\x00") else "utf-16-be"


def _from(part: bytes, encoding: str) -> bytes:
    try:
        plain = part.decode(encoding).encode("utf-8", "replace")
    except (LookupError, UnicodeError) as error:
        raise damaged() from error
    if b"\0" in plain:  # UTF-32 taken for UTF-16, which a parser would take for UTF-16 again
        raise damaged()
    return plain


# --- links between the parts of a package (ECMA-376 part 2, 6.5) ---

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


@lru_cache(maxsize=256)  # forms of one campaign have the same parts
def resolved(folder: str, target: str) -> str:
    """Return the name of the part that a target means to a part in `folder`."""
    target = target.replace("\\", "/")
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/") if target else ""
