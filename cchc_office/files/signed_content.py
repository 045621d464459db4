"""What a digital signature is wrapped round: CMS (RFC 5652), as .p7m files and S/MIME have it.

Signatures are not checked; only the content is taken out. No library that is still kept does this
with little weight, and the walk to the content is short. Both ways of writing lengths are read:
signing programs use the indefinite one too (X.690, 8.1.3).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cchc_office.catalogue.findings import Code
from cchc_office.files.unreadable_file import UnreadableFileError

_PKCS = rb"\x2a\x86\x48\x86\xf7\x0d\x01"
_KINDS = rb"\x06\x09" + _PKCS + rb"\x07|\x06\x0b" + _PKCS + rb"\x09\x10\x01"
_START = re.compile(rb"\x30(?:[\x00-\x80]|[\x81-\x84].{1,4}?)(?:" + _KINDS + rb")(.)", re.DOTALL)
_SIGNED, _ENCRYPTED = b"\x02", (b"\x03", b"\x04", b"\x06", b"\x17")
_SEQUENCE, _OCTETS, _CONSTRUCTED, _EXPLICIT = 0x30, 0x04, 0x20, 0xA0
_INDEFINITE, _DEEPEST, _MOST_ELEMENTS = 0x80, 16, 200_000


def is_cms(content: bytes) -> bool:
    """Tell whether content is wrapped in a signature, or encrypted, by how it starts."""
    return _START.match(content[:64]) is not None


def content_of(content: bytes) -> bytes:
    """Return what the signature is wrapped round.

    Raises UnreadableFileError where it is encrypted, holds a signature only, or is damaged.
    """
    start = _START.match(content[:64])
    kind = start.group(1) if start else b""
    if kind in _ENCRYPTED:
        raise UnreadableFileError(Code.CONTENT_ENCRYPTED)
    if kind != _SIGNED:
        raise UnreadableFileError(Code.SIGNED_NOT_OPENED, "kiểu gói lạ")
    try:
        return _SignedWalk(content).signed()
    except (IndexError, ValueError) as error:
        raise UnreadableFileError(Code.SIGNED_NOT_OPENED, "gói chữ ký không nguyên vẹn") from error


@dataclass(frozen=True, slots=True)
class _Element:
    """An element by its places: its content is `start` to `stop`, the next begins at `after`."""

    tag: int
    start: int
    stop: int
    after: int


class _SignedWalk:
    """Goes through elements; raises ValueError or IndexError for what is none."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._left = _MOST_ELEMENTS

    def signed(self) -> bytes:
        (whole,) = self._children(self._element(0, len(self._content), 0), tag=_EXPLICIT)
        (data,) = self._children(whole, tag=_SEQUENCE)
        inner = self._children(data, tag=_SEQUENCE)
        wrapped = self._children(inner[0], tag=_EXPLICIT)
        if not wrapped:
            raise UnreadableFileError(
                Code.SIGNED_NOT_OPENED, "chỉ có chữ ký, nội dung nằm ở tệp khác"
            )
        return b"".join(
            part for child in self._children(wrapped[0]) for part in self._octets(child, 0)
        )

    def _octets(self, element: _Element, depth: int) -> Iterator[bytes]:
        """Yield the pieces of an octet string, which may be made of several."""
        if element.tag == _OCTETS:
            yield self._content[element.start : element.stop]
        elif element.tag == _OCTETS | _CONSTRUCTED and depth < _DEEPEST:
            for child in self._children(element):
                yield from self._octets(child, depth + 1)
        else:
            raise ValueError("no octet string")

    def _children(self, parent: _Element, tag: int | None = None) -> list[_Element]:
        found, at = [], parent.start
        while at < parent.stop:
            child = self._element(at, parent.stop, 0)
            at = child.after
            if tag is None or child.tag == tag:
                found.append(child)
        return found

    def _element(self, at: int, end: int, depth: int) -> _Element:
        self._left -= 1
        if self._left < 0 or depth > _DEEPEST:
            raise ValueError("too much of it")
        tag, length, start = self._content[at], self._content[at + 1], at + 2
        if tag & 0x1F == 0x1F:
            raise ValueError("a long tag, which CMS does not have")
        if length == _INDEFINITE:
            stop = start
            while self._content[stop : stop + 2] != b"\0\0":
                stop = self._element(stop, end, depth + 1).after
            return _Element(tag, start, stop, stop + 2)
        if length > _INDEFINITE:
            count = length & 0x7F
            length = int.from_bytes(self._content[start : start + count], "big")
            start += count
        if start + length > end:
            raise ValueError("longer than what it is in")
        return _Element(tag, start, start + length, start + length)
