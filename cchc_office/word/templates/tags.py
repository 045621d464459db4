"""The tags of a template: as they were typed, and where a clerk finds them in the document."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)

# Inside a raw block Jinja reads nothing, so nothing there may be changed.
_RAW_OR_TAG = re.compile(
    r"(?P<raw>\{%[-+]?\s*raw\s*-?%\}.*?\{%-?\s*endraw\s*[-+]?%\})"
    r"|(?P<open>\{\{[-+]?|\{%[-+]?)(?P<rest>.*?(?:\}\}|%\}))",
    re.DOTALL,
)
_EDGES = re.compile(r"^\{[{%#][-+]?(?:(?:tr|tc|p|r)\s)?|[-+]?[}%#]\}$")
_STRAIGHT = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})
_WORDS_SHOWN = 45


@dataclass(frozen=True)
class TaggedParagraph:
    """A paragraph's words, and which table row and cell it stands in (None outside tables).

    `holds` names in Vietnamese what it has besides words: a picture, a page break, a note.
    """

    text: str
    row: int | None
    cell: int | None
    holds: str = ""


@dataclass(frozen=True)
class Tag:
    """A tag as typed, and the words around it in its paragraph."""

    text: str
    near: str = ""


@dataclass(frozen=True)
class TagMap:
    """Source text in which each tag begins a line of its own, and the tags by those lines."""

    source: str
    tags: dict[int, Tag] = field(repr=False)

    def at(self, line: int) -> Tag:
        """Return the tag to which `line` of the source belongs."""
        return self.tags.get(line) or Tag("")


def paragraphs(root: Any) -> tuple[TaggedParagraph, ...]:
    """Return the paragraphs under an lxml element, in the order of their first words."""
    words: dict[Any, list[str]] = {}
    for text in root.iter(f"{_W}t"):
        holder = next(text.iterancestors(f"{_W}p"), None)
        if holder is not None and text.text:
            words.setdefault(holder, []).append(text.text)
    numbers: dict[Any, int] = {}
    return tuple(
        TaggedParagraph(
            "".join(parts),
            _number_of(holder, f"{_W}tr", numbers),
            _number_of(holder, f"{_W}tc", numbers),
            _held(holder),
        )
        for holder, parts in words.items()
    )


_HOLDINGS = {
    "drawing": "hình vẽ",
    "pict": "hình vẽ",
    "object": "đối tượng nhúng",
    "sectPr": "ngắt phần",
    "footnoteReference": "cước chú",
    "endnoteReference": "cước chú",
}


def _held(holder: Any) -> str:
    found = [
        words for name, words in _HOLDINGS.items() if holder.find(f".//{_W}{name}") is not None
    ]
    if any(mark.get(f"{_W}type") == "page" for mark in holder.iter(f"{_W}br")):
        found.append("ngắt trang")
    return ", ".join(dict.fromkeys(found))


def _number_of(holder: Any, name: str, numbers: dict[Any, int]) -> int | None:
    above = next(holder.iterancestors(name), None)
    return None if above is None else numbers.setdefault(above, len(numbers))


def typed_tags(all_paragraphs: tuple[TaggedParagraph, ...]) -> Iterator[Tag]:
    """Yield the tags of the paragraphs in order."""
    for place, paragraph in enumerate(all_paragraphs):
        for match in TAG.finditer(paragraph.text):
            near = words_near(paragraph.text, match.start(), match.end())
            if near == match.group():
                # Nothing else in the paragraph: the one after it says where that is.
                following = all_paragraphs[place + 1 : place + 2]
                near = " ".join([near, *(_cut(p.text, _WORDS_SHOWN) for p in following)])
            yield Tag(match.group(), near)


def words_near(text: str, start: int, end: int) -> str:
    """Return the part of `text` between `start` and `end` with some words on either side."""
    before = text[max(0, start - _WORDS_SHOWN) : start]
    if start > _WORDS_SHOWN:
        before = "…" + before.partition(" ")[2]
    return " ".join((before + text[start:end] + _cut(text[end:], _WORDS_SHOWN)).split(" ")).strip()


def _cut(text: str, length: int) -> str:
    if len(text) <= length:
        return text
    return text[:length].rpartition(" ")[0] + "…"


def map_tags(source: str, typed: tuple[Tag, ...]) -> TagMap:
    """Put each tag of `source` on a line of its own, so that Jinja's line numbers name tags.

    The line break stands inside the tag, where Jinja reads over it. `typed` are the document's
    tags: what docxtpl made of them is told by the same words, in the same order.
    """
    waiting: dict[str, list[Tag]] = defaultdict(list)
    for tag in reversed(typed):
        waiting[_words_of(tag.text)].append(tag)
    pieces, tags, line, last = [], {}, 1, 0
    for match in _RAW_OR_TAG.finditer(source):
        piece = source[last : match.start()]
        line += piece.count("\n")
        pieces.append(piece)
        last = match.end()
        if match["raw"]:
            pieces.append(match.group())
            line += match.group().count("\n")
            continue
        # In the XML a typed "&" is written so; to Jinja it is the character itself.
        pieces += [match["open"], "\n", match["rest"].replace("&amp;", "&")]
        same = waiting[_words_of(match.group())]
        tag = same.pop() if same else Tag(match.group())
        for _ in range(match["rest"].count("\n") + 1):
            line += 1
            tags[line] = tag
    pieces.append(source[last:])
    return TagMap("".join(pieces), tags)


def _words_of(tag: str) -> str:
    inner = _EDGES.sub("", tag.strip()).translate(_STRAIGHT)
    return " ".join(re.sub(r"^\s*(?:colspan|cellbg)\s", "", inner).split())
