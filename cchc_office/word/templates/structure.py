"""How tags and XML stand to each other in a part: tables that keep their grid, blocks that match.

The text looked at is what docxtpl made ready for Jinja: XML with `{% … %}` and `{{ … }}` in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum

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
    return not block_problems(source) and not grid.tables


# --- blocks ---


class Fault(Enum):
    """What is wrong with a block."""

    OPEN = "it has no end"
    UNOPENED = "an end without a beginning"
    ACROSS_CELLS = "it begins in one cell and ends in another"
    UNEVEN = "the XML between its tags is not whole"


@dataclass(frozen=True)
class BlockProblem:
    """A block's fault, the lines of its tags (0 where one is missing) and its end's keyword."""

    fault: Fault
    line: int
    end_line: int = 0
    end: str = ""


def block_problems(source: str) -> list[BlockProblem]:
    """Return what is wrong with the blocks of `source`."""
    problems: list[BlockProblem] = []
    opened: list[_Token] = []
    for token in _tokens(source):
        if token.opens_block:
            opened.append(token)
        elif token.closes_block:
            begin = token.keyword.removeprefix("end")
            if not any(o.keyword == begin for o in opened):
                problems.append(BlockProblem(Fault.UNOPENED, token.line))
                continue
            while opened[-1].keyword != begin:
                problems.append(_left_open(opened.pop()))
            problems += _uneven(opened.pop(), token)
        elif token.keyword in {"else", "elif"} and not opened:
            problems.append(BlockProblem(Fault.UNOPENED, token.line))
    return problems + [_left_open(token) for token in opened]


def _left_open(token: _Token) -> BlockProblem:
    return BlockProblem(Fault.OPEN, token.line, end=f"{{% end{token.keyword} %}}")


def _uneven(begin: _Token, end: _Token) -> list[BlockProblem]:
    if begin.path == end.path:
        return []
    shared = sum(a == b for a, b in zip(begin.path, end.path, strict=False))
    left, entered = ([e.name for e in path[shared:]] for path in (begin.path, end.path))
    if {"w:tc", "w:tr"} & {*left, *entered}:
        return [BlockProblem(Fault.ACROSS_CELLS, begin.line, end.line)]
    if left != entered:
        return [BlockProblem(Fault.UNEVEN, begin.line, end.line)]
    return []
