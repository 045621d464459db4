"""What is wrong with tags as they stand: what Word or a hurried hand did to them, blocks, tables.

Blanks, quotes and dashes, and tags that are not alone, are looked for in the words of the
paragraphs, as the clerk sees them. Blocks and tables are looked at in what docxtpl made ready for
Jinja: XML with `{% … %}` and `{{ … }}` in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from cchc_office.catalogue.findings import Code, Finding, FindingCode
from cchc_office.word.templates.package import TemplatePart
from cchc_office.word.templates.tags import (
    STRAIGHT,
    TAG,
    Tag,
    TaggedParagraph,
    TagMap,
    at_tag,
    words_near,
)

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
    bare = _QUOTED.sub("", tag.text.translate(STRAIGHT))
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


def _blocks(file: str, tags: TagMap) -> Iterator[Finding]:
    for fault in _block_faults(tags.source):
        at, end = tags.at(fault.line), tags.at(fault.end_line)
        yield at_tag(fault.code, file, at, found=end.text, expected=fault.expected)


# --- tags and XML ---

_TOKEN = re.compile(
    r"\{%.*?%\}|\{\{.*?\}\}|\{\#.*?\#\}|<(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>|\n", re.DOTALL
)
_RAW = re.compile(r"\{%[-+]?\s*raw\s*-?%\}.*?\{%-?\s*endraw\s*[-+]?%\}", re.DOTALL)
_XML_NAME = re.compile(r"</?([\w:.-]+)")
_KEYWORD = re.compile(r"\{%[-+]?\s*(\w+)([^%]*)")
_GRID_SPAN = re.compile(r'w:val="([^"]*)"')
_BLOCKS = {"for", "if", "with", "macro", "call", "filter", "autoescape", "block"}


@dataclass(frozen=True)
class _XmlElement:
    name: str
    number: int


@dataclass(frozen=True)
class _Token:
    """A tag of XML or of Jinja, the elements open before it, and its line."""

    text: str
    line: int
    path: tuple[_XmlElement, ...]
    depth: int
    """How many blocks of Jinja are open before it."""

    @property
    def is_jinja(self) -> bool:
        return self.text.startswith("{")

    @property
    def name(self) -> str:
        match = _XML_NAME.match(self.text)
        return match.group(1) if match else ""

    @property
    def keyword(self) -> str:
        match = _KEYWORD.match(self.text)
        return match.group(1) if match else ""

    @property
    def is_closing(self) -> bool:
        return self.text.startswith("</")

    @property
    def opens_block(self) -> bool:
        if self.keyword == "set":
            return "=" not in self.text
        return self.keyword in _BLOCKS

    @property
    def closes_block(self) -> bool:
        return self.keyword.startswith("end")


def _tokens(source: str) -> Iterator[_Token]:
    path: list[_XmlElement] = []
    line, depth, number = 1, 0, 0
    for match in _TOKEN.finditer(_RAW.sub(_without_tags, source)):
        text = match.group()
        line += text.count("\n")
        if text == "\n":
            continue
        # A tag's own line is the one after the break that stands in it.
        token = _Token(text, line, tuple(path), depth)
        yield token
        if token.is_jinja:
            depth += token.opens_block - token.closes_block
        elif token.is_closing:
            if path and path[-1].name == token.name:
                path.pop()
        elif token.name and not text.endswith("/>"):
            number += 1
            path.append(_XmlElement(token.name, number))


def _without_tags(raw: re.Match[str]) -> str:
    return raw.group().replace("{", " ")


# --- tables ---


@dataclass
class _OpenTable:
    depth: int
    columns: int = 0
    has_lasting_row: bool = False


@dataclass
class _Grid:
    """The tables open at a place of the source, and whether all kept their grid so far."""

    tables: list[_OpenTable] = field(default_factory=list)
    spans: list[int] = field(default_factory=list)
    keeps: bool = True

    def take(self, token: _Token) -> None:
        above = token.path[-1].name if token.path else ""
        if token.is_jinja:
            is_among_rows = above == "w:tbl" and not token.text.startswith("{%")
            self.keeps = self.keeps and not (above == "w:tr" or is_among_rows)
        elif token.is_closing:
            self._close(token)
        elif token.name == "w:tbl":
            self.tables.append(_OpenTable(token.depth))
        elif self.tables:
            self._open(token, above)

    def _open(self, token: _Token, above: str) -> None:
        table = self.tables[-1]
        if token.name == "w:gridCol" and above == "w:tblGrid":
            table.columns += 1
        elif token.name == "w:tr":
            self.spans.append(0)
            table.has_lasting_row = table.has_lasting_row or token.depth == table.depth
        elif token.name == "w:tc" and above == "w:tr":
            self.spans[-1] += 1
        elif token.name == "w:gridSpan" and self.spans:
            match = _GRID_SPAN.search(token.text)
            is_number = match is not None and match.group(1).isdecimal()
            self.keeps = self.keeps and is_number
            self.spans[-1] += int(match.group(1)) - 1 if match and is_number else 0

    def _close(self, token: _Token) -> None:
        if token.name == "w:tr" and self.spans:
            span = self.spans.pop()
            self.keeps = self.keeps and all(span == table.columns for table in self.tables)
        elif token.name == "w:tbl" and self.tables:
            self.keeps = self.keeps and self.tables.pop().has_lasting_row


def keeps_table_grids(source: str) -> bool:
    """Tell whether every table has the same columns whatever is filled in.

    Then docxtpl's mending of the columns would change nothing and need not be called: each row
    that can come out spans all columns, and one row at least always comes out.
    """
    grid = _Grid()
    for token in _tokens(source):
        grid.take(token)
        if not grid.keeps:
            return False
    return not _block_faults(source) and not grid.tables


# --- blocks ---


@dataclass(frozen=True)
class _BlockFault:
    """A fault of a block, the lines of its tags (0 where one is missing) and what is wanted."""

    code: FindingCode
    line: int
    end_line: int = 0
    expected: str = ""


@lru_cache(maxsize=16)  # asked when a template is checked, and again when it is made ready
def _block_faults(source: str) -> tuple[_BlockFault, ...]:
    """Return what is wrong with the blocks of `source`."""
    problems: list[_BlockFault] = []
    opened: list[_Token] = []
    for token in _tokens(source):
        if token.opens_block:
            opened.append(token)
        elif token.closes_block:
            begin = token.keyword.removeprefix("end")
            if not any(o.keyword == begin for o in opened):
                problems.append(_BlockFault(Code.TEMPLATE_BLOCK_UNOPENED, token.line))
                continue
            while opened[-1].keyword != begin:
                problems.append(_left_open(opened.pop()))
            problems += _uneven(opened.pop(), token)
        elif token.keyword in {"else", "elif"} and not opened:
            problems.append(_BlockFault(Code.TEMPLATE_BLOCK_UNOPENED, token.line))
    return (*problems, *map(_left_open, opened))


def _left_open(token: _Token) -> _BlockFault:
    return _BlockFault(Code.TEMPLATE_BLOCK_OPEN, token.line, expected=f"{{% end{token.keyword} %}}")


def _uneven(begin: _Token, end: _Token) -> list[_BlockFault]:
    if begin.path == end.path:
        return []
    shared = sum(a == b for a, b in zip(begin.path, end.path, strict=False))
    left, entered = ([e.name for e in path[shared:]] for path in (begin.path, end.path))
    if {"w:tc", "w:tr"} & {*left, *entered}:
        return [_BlockFault(Code.TEMPLATE_BLOCK_ACROSS_CELLS, begin.line, end.line)]
    if left != entered:
        return [_BlockFault(Code.TEMPLATE_BROKEN_RESULT, begin.line, end.line)]
    return []
