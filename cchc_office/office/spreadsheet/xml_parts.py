"""XML parts of office files from outside: in UTF-8, without document types, parsed safely."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from cchc_office.office.limits import MOST_LIST_BYTES, MOST_TAGS
from cchc_office.office.unreadable_file import damaged, too_large

_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["'][^>]*\?>""")
_FIRST_ELEMENT = re.compile(rb"<[A-Za-z_]")
_UTF_8 = frozenset((b"utf-8", b"utf8", b"us-ascii", b"ascii"))
_OTHER_ENCODINGS = re.compile(
    r"utf[-_]?(?:8|16|32)[-_a-z]{0,4}|iso[-_]8859[-_]\d{1,2}|latin[-_]?1|windows-\d{3,4}"
    r"|(?:cp|ibm)\d{3,4}|gb\w{1,8}|big5|shift[-_]jis|euc[-_]\w\w|koi8[-_]\w|tis-620",
    re.IGNORECASE,
)
"""What programs write XML in. Python knows more under such names, some that take hours."""

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_UTF_16_STARTS = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")
_NOT_WHOLE = "nội dung không nguyên vẹn"


def plain_xml(part: bytes) -> bytes:
    """Return an XML part in UTF-8; raises UnreadableFileError for document types and entities.

    Office files have none (ECMA-376 part 2, 7.2.3.1); whoever puts one in means harm.
    """
    part = part.removeprefix(_BYTE_ORDER_MARK)
    if part.startswith(_UTF_16_STARTS):
        part = _from(part, "utf-16" if part[:1] in b"\xff\xfe" else _utf_16_without_mark(part))
    elif (declared := _DECLARED.match(part)) and declared.group(1).lower() not in _UTF_8:
        part = _from(part, declared.group(1).decode("ascii"))
    # A document type stands before the first element or nowhere.
    first = _FIRST_ELEMENT.search(part)
    if b"<!DOCTYPE" in part[: first.start() if first else None]:
        raise damaged("có nội dung không thuộc bảng tính")
    return part


def parse_xml(
    part: bytes, *, most_bytes: int = MOST_LIST_BYTES, most_tags: int = MOST_TAGS
) -> ElementTree.Element:
    """Return the root of an XML part that is parsed as a whole.

    Raises UnreadableFileError where it is not well formed, or so large that it would take long.
    """
    if len(part) > most_bytes:
        raise too_large("dung lượng phần mô tả bên trong", len(part), most_bytes)
    if (tags := part.count(b"<")) > most_tags:
        raise too_large("số thẻ bên trong", tags, most_tags)
    try:
        # Parts with a document type are refused before, so no entity can be expanded.
        return ElementTree.fromstring(plain_xml(part))  # noqa: S314
    except (ElementTree.ParseError, ValueError) as error:
        raise damaged(_NOT_WHOLE) from error


def local_name(element: ElementTree.Element) -> str:
    """Return an element's name without its namespace."""
    return element.tag.rpartition("}")[2]


def _utf_16_without_mark(part: bytes) -> str:
    return "utf-16-le" if part.startswith(b"<\x00") else "utf-16-be"


def _from(part: bytes, encoding: str) -> bytes:
    if _OTHER_ENCODINGS.fullmatch(encoding) is None:
        raise damaged(_NOT_WHOLE)
    try:
        text = part.decode(encoding)
    except (LookupError, UnicodeError) as error:
        raise damaged(_NOT_WHOLE) from error
    if "\0" in text:  # no letter of XML: UTF-32, taken for UTF-16
        raise damaged(_NOT_WHOLE)
    declared = _DECLARED.match(text.encode("utf-8", "surrogatepass"))
    return text.encode("utf-8", "replace")[declared.end() if declared else 0 :]
