"""Whether a mended document says what the original says, word for word."""

from __future__ import annotations

import re

from cchc_office.word.reading import read_word
from cchc_office.word.reading.measures import W
from cchc_office.word.reading.package import WordPackage

_WORD = re.compile(r"[^\W\d_]+|\d+")
_OTHER_PARTS = re.compile(r"word/(?:footnotes|endnotes|comments|header\d*|footer\d*)\.xml")


def same_words(original: bytes, mended: bytes, typed: frozenset[int]) -> bool:
    """Tell whether two documents have the same paragraphs, and in them the same text.

    In the paragraphs of which `typed` has the places only the words and numbers are the same. Of
    headers, footers and notes it is what they say: the page's number may have gone from one to
    another.
    """
    before, after = (read_word(content).paragraphs for content in (original, mended))
    if len(before) != len(after):
        return False
    for place, (old, new) in enumerate(zip(before, after, strict=True)):
        if old.text != new.text and (place not in typed or _words(old.text) != _words(new.text)):
            return False
    return _around(original) == _around(mended)


def _words(text: str) -> list[str]:
    """Return the words and numbers of a text; zeros that lead a number are none of it."""
    return [word.lstrip("0") or "0" if word.isdecimal() else word for word in _WORD.findall(text)]


def _around(content: bytes) -> set[tuple[str, ...]]:
    package = WordPackage(content)
    said = set()
    for name in package.names:
        part = package.part(name) if _OTHER_PARTS.fullmatch(name) else None
        for paragraph in () if part is None else part.element.iter(f"{W}p"):
            text = "".join(element.text or "" for element in paragraph.iter(f"{W}t"))
            words = tuple(word for word in _words(text) if not word.isdecimal())
            if words:
                said.add(words)
    return said
