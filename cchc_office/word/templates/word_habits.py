"""What Word, or a hurried hand, does to tags: blanks, quotes and dashes, tags that are not alone.

Looked for in the words of the paragraphs, as the clerk sees them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cchc_office.catalogue.findings import Code, Finding
from cchc_office.word.templates.package import TemplatePart
from cchc_office.word.templates.problems import at_tag
from cchc_office.word.templates.structure import Fault, block_problems
from cchc_office.word.templates.tags import TAG, Tag, TaggedParagraph, TagMap, words_near

_PLACES = {"tr": "dòng bảng", "tc": "ô bảng", "p": "đoạn văn"}
_COMMAND = r"(?:for|if|elif|else|endfor|endif|set|endset|with|endwith)\b"
_MISPLACED_SPACE = re.compile(
    rf"\{{%-?\s+(?P<a>tr|tc|p|r)\s+{_COMMAND}"
    rf"|\{{%-?(?P<b>tr|tc|p|r){_COMMAND}"
    r"|\{[{%#](?P<c>tr|tc|p|r)(?! )\s"
    r"|\{\{-?\s+(?P<d>tr|tc|p|r)\s+\w"
)
_PREFIXED = re.compile(r"\{[{%#](tr|tc|p|r) (.*)[}%#]\}", re.DOTALL)
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_CURLY = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})
_MENDED = re.compile("[“”‘’\u00a0\u2002\u2003\u2009\u202f]")
_FOREIGN = re.compile("[\u2010-\u2015\u2212„‟″′´`«»\u00ad\u200b-\u200d\ufeff…]")
_LOOSE_MARK = re.compile(r"\{\{|\{%|\{#|\}\}|%\}|#\}|\{\s+[{%]|[}%]\s+\}")
_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
_MOST_LOST_SHOWN = 80
_ONLY_IN_TABLES = "tr và tc chỉ dùng trong bảng"
_BLANKS = {"\u00a0": "dấu cách không ngắt"}


def habit_findings(file: str, source: TemplatePart, tags: TagMap) -> list[Finding]:
    """Return what is wrong with the tags of a part, by their letters and by where they stand."""
    found = list(_letters(file, source.paragraphs))
    found += _not_alone(file, source.paragraphs)
    if not any(finding.is_error for finding in found):
        # Tags that are not read as such leave blocks open that are none.
        found += _blocks(file, tags)
    return found


def _letters(file: str, paragraphs: tuple[TaggedParagraph, ...]) -> Iterator[Finding]:
    within_comments = _within_comments(paragraphs)
    for place, paragraph in enumerate(paragraphs):
        for match in TAG.finditer(paragraph.text):
            near = words_near(paragraph.text, *match.span())
            yield from _tag(file, Tag(match.group(), near))
        if place not in within_comments:
            yield from _loose(file, paragraph.text)


def _tag(file: str, tag: Tag) -> Iterator[Finding]:
    if tag.text.startswith("{#"):
        return
    if match := _MISPLACED_SPACE.match(tag.text):
        prefix = next(p for p in match.groups() if p)
        expected = _respaced(tag.text, prefix)
        yield at_tag(Code.TEMPLATE_TAG_SPACE, file, tag, expected=expected)
        return
    bare = _QUOTED.sub("", tag.text.translate(_CURLY))
    prefixed = _PREFIXED.match(tag.text)
    inner_marks = re.findall("[%}]", prefixed.group(2)) if prefixed else []
    if foreign := [*_FOREIGN.findall(bare), *inner_marks]:
        yield at_tag(Code.TEMPLATE_TAG_CHARACTER, file, tag, found=_shown(foreign))
    elif changed := _MENDED.findall(tag.text):
        yield at_tag(Code.TEMPLATE_TAG_WORD_CHARACTER, file, tag, found=_shown(changed))


def _respaced(tag: str, prefix: str) -> str:
    rest = re.sub(rf"^\{{[{{%#]-?\s*{prefix}\s*", "", tag)
    return f"{tag[:2]}{prefix} {rest}"


def _shown(characters: list[str]) -> str:
    shown = (
        _BLANKS.get(c) or (c if c.isprintable() else f"U+{ord(c):04X}")
        for c in dict.fromkeys(characters)
    )
    return " ".join(shown)


def _loose(file: str, text: str) -> Iterator[Finding]:
    """Find brackets of tags that have no counterpart in their paragraph."""
    rest = TAG.sub(lambda match: " " * len(match.group()), text)
    if match := _LOOSE_MARK.search(rest):
        near = words_near(text, *match.span())
        yield Finding(Code.TEMPLATE_TAG_UNCLOSED, file, found=match.group(), passage=near)


def _within_comments(paragraphs: tuple[TaggedParagraph, ...]) -> set[int]:
    """Return the places of the paragraphs over which a comment runs that is closed later."""
    covered: set[int] = set()
    start: int | None = None
    for place, paragraph in enumerate(paragraphs):
        rest = TAG.sub("", paragraph.text)
        if start is not None and "#}" in rest:
            covered.update(range(start, place + 1))
            start = None
        elif start is None and "{#" in rest:
            start = place
    return covered


def _not_alone(file: str, paragraphs: tuple[TaggedParagraph, ...]) -> Iterator[Finding]:
    """Find tags that take the place of a whole paragraph, row or cell that has other words."""
    for number, paragraph in enumerate(paragraphs):
        for match in TAG.finditer(paragraph.text):
            prefixed = _PREFIXED.match(match.group())
            if not prefixed or prefixed.group(1) not in _PLACES:
                continue
            tag = Tag(match.group(), words_near(paragraph.text, *match.span()))
            if paragraph.row is None and prefixed.group(1) != "p":
                yield at_tag(Code.TEMPLATE_SYNTAX, file, tag, found=_ONLY_IN_TABLES)
                continue
            own = paragraph.text[: match.start()] + paragraph.text[match.end() :]
            fellows = _fellows(paragraphs, number, prefixed.group(1))
            words = (_COMMENT.sub("", text).strip() for text in (own, paragraph.holds, *fellows))
            if lost := " ".join(filter(None, words)):
                yield at_tag(
                    Code.TEMPLATE_TAG_NOT_ALONE,
                    file,
                    tag,
                    found=lost[:_MOST_LOST_SHOWN],
                    expected=_PLACES[prefixed.group(1)],
                )


def _fellows(paragraphs: tuple[TaggedParagraph, ...], number: int, prefix: str) -> list[str]:
    """Return the other paragraphs that stand in the same row or cell."""
    this = paragraphs[number]
    others = [p for place, p in enumerate(paragraphs) if place != number]
    if prefix == "tr" and this.row is not None:
        return [p.text for p in others if p.row == this.row]
    if prefix == "tc" and this.cell is not None:
        return [p.text for p in others if p.cell == this.cell]
    return []


_FAULTS = {
    Fault.OPEN: Code.TEMPLATE_BLOCK_OPEN,
    Fault.UNOPENED: Code.TEMPLATE_BLOCK_UNOPENED,
    Fault.ACROSS_CELLS: Code.TEMPLATE_BLOCK_ACROSS_CELLS,
    Fault.UNEVEN: Code.TEMPLATE_BROKEN_RESULT,
}


def _blocks(file: str, tags: TagMap) -> Iterator[Finding]:
    for problem in block_problems(tags.source):
        yield at_tag(
            _FAULTS[problem.fault],
            file,
            tags.at(problem.line),
            found=tags.at(problem.end_line).text,
            expected=problem.end,
        )
