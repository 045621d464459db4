"""Whether a mended document says what the original says, word for word."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cchc_office.word.reading import Paragraph, WordPackage
from cchc_office.word.reading.measures import W

_WORD = re.compile(r"[^\W\d_]+|\d+")
_OTHER_PARTS = re.compile(r"word/(?:footnotes|endnotes|comments|header\d*|footer\d*)\.xml")


def same_text(
    before: Sequence[Paragraph], after: Sequence[Paragraph], typed: frozenset[int]
) -> bool:
    """Tell whether there are the same paragraphs, and in them the same text.

    In those of which `typed` has the places only the words and numbers are the same.
    """
    if len(before) != len(after):
        return False
    pairs = enumerate(zip(before, after, strict=True))
    return all(
        old.text == new.text or (place in typed and words(old.text) == words(new.text))
        for place, (old, new) in pairs
    )


def words(text: str) -> list[str]:
    """Return the words and numbers of a text, without the zeros that lead a number."""
    return [word.lstrip("0") or "0" if word.isdecimal() else word for word in _WORD.findall(text)]


def said_around(package: WordPackage) -> set[tuple[str, ...]]:
    """Return what headers, footers and notes say.

    A page's number is none of it: it may go from one to another.
    """
    said = set()
    for name in package.names:
        part = package.part(name) if _OTHER_PARTS.fullmatch(name) else None
        for paragraph in () if part is None else part.element.iter(f"{W}p"):
            text = "".join(element.text or "" for element in paragraph.iter(f"{W}t"))
            own = tuple(word for word in words(text) if not word.isdecimal())
            if own:
                said.add(own)
    return said
