"""The tags of a template as they were typed, where a clerk finds them, what is wrong with one."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from cchc_office.catalogue.findings import Code, Finding, FindingCode
from cchc_office.text.vietnamese import fold

TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)

# Inside a raw block Jinja reads nothing, so nothing there may be changed.
_RAW_OR_TAG = re.compile(
    r"(?P<raw>\{%[-+]?\s*raw\s*-?%\}.*?\{%-?\s*endraw\s*[-+]?%\})"
    r"|(?P<open>\{\{[-+]?|\{%[-+]?)(?P<rest>.*?(?:\}\}|%\}))",
    re.DOTALL,
)
_EDGES = re.compile(r"^\{[{%#][-+]?(?:(?:tr|tc|p|r)\s)?|[-+]?[}%#]\}$")
STRAIGHT = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})
_WORDS_SHOWN = 45
_MOST_CANDIDATES = 3
_LIKENESS = 0.6


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
    inner = _EDGES.sub("", tag.strip()).translate(STRAIGHT)
    return " ".join(re.sub(r"^\s*(?:colspan|cellbg)\s", "", inner).split())


# --- problems ---


class TemplateProblemError(Exception):
    """A template cannot be used as it stands, or not with these values; `findings` say why."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__(findings[0].sentence)
        self.findings = findings

    @property
    def finding(self) -> Finding:
        """The first of the findings."""
        return self.findings[0]


def at_tag(
    code: FindingCode,
    file: str,
    tag: Tag,
    found: str = "",
    expected: str = "",
    candidates: tuple[str, ...] = (),
) -> Finding:
    """Return a finding about a tag, placed by the words around it."""
    return Finding(
        code,
        file,
        about=tag.text,
        found=found,
        expected=expected,
        candidates=candidates,
        passage=tag.near,
    )


def unknown_name(file: str, tag: Tag, name: str, candidates: tuple[str, ...]) -> Finding:
    """Return the finding for a name that is not there."""
    code = Code.TEMPLATE_NAME_MISSPELT if candidates else Code.TEMPLATE_NAME_UNKNOWN
    return at_tag(code, file, tag, found=name, candidates=candidates)


def damaged(file: str) -> Finding:
    """Return the finding for a file that is no whole Word document."""
    reason = "tệp không phải là văn bản Word nguyên vẹn"
    return Finding(Code.TEMPLATE_UNREADABLE, file, found=reason)


def nearest(wrong: str, known: Iterable[str]) -> tuple[str, ...]:
    """Return the known names that `wrong` was probably meant to be, the likeliest first."""
    by_form: dict[str, list[str]] = {}
    for name in known:
        by_form.setdefault(_form(name), []).append(name)
        # Whoever forgot the object in front meant its part.
        by_form.setdefault(_form(name.rpartition(".")[2]), []).append(name)
    forms = difflib.get_close_matches(_form(wrong), by_form, _MOST_CANDIDATES, _LIKENESS)
    found = dict.fromkeys(name for form in forms for name in by_form[form])
    return tuple(found)[:_MOST_CANDIDATES]


def _form(name: str) -> str:
    return fold(name).replace("_", "").replace(" ", "")


def too_deep(file: str) -> Finding:
    """Return the finding for tags nested so deep that Python gives up."""
    found = "các thẻ lồng vào nhau quá nhiều tầng"
    return Finding(Code.TEMPLATE_SYNTAX, file, found=found)
