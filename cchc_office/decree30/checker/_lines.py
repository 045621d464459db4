"""Lines of a document as the checker looks at them, and what can be told of one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from cchc_office.text.vietnamese import clean_line, fold, upper, words
from cchc_office.text.widths import POINTS_PER_MM, text_width
from cchc_office.word.reading import Paragraph, ParagraphPlace, Piece, TextLine, WordDocument

_BLANKS = " \t\u00a0\u2002\u2003"
_RULE_CHARACTERS = "_-–—‾¯─━*=~"
_SOLID = "_‾¯─━"
_SHORTEST_RULE = 3
_LONGEST_TOLD = 400
_RAISED_SIZE = 0.63  # Word sets raised letters at two thirds, LibreOffice at 58 %


@dataclass(frozen=True)
class Line:
    """A line of text: its paragraph, its number in the document, its column of `columns`.

    `by_tab` tells that a tab and not a cell set it apart, so that its place is not certain.
    """

    source: TextLine
    paragraph: Paragraph
    index: int
    column: int
    columns: int
    by_tab: bool = False

    @cached_property
    def text(self) -> str:
        """The text on one line, blanks single."""
        return clean_line(self.source.text)

    @cached_property
    def bare(self) -> str:
        """The words alone, lower case without diacritics, by which parts are known."""
        return " ".join(word.folded for word in words(self.text[:_LONGEST_TOLD]))

    @cached_property
    def folded(self) -> str:
        """The text by which parts are known; a longer line than any part's is cut."""
        return fold(self.text[:_LONGEST_TOLD])

    @property
    def place(self) -> ParagraphPlace:
        """Where the paragraph stands."""
        return self.paragraph.place

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """The pieces that show anything but blanks; the marks of notes are none of them."""
        return tuple(
            piece
            for piece in self.source.pieces
            if piece.text.strip(_BLANKS) and not piece.letters.hidden and not piece.letters.raised
        )

    @property
    def is_blank(self) -> bool:
        """Whether the line shows nothing (a rule of underlined blanks shows something)."""
        return not self.text and not self.is_rule

    @cached_property
    def is_rule(self) -> bool:
        """Whether the line is nothing but a rule: underscores, dashes or underlined blanks."""
        text = self.source.text.strip(_BLANKS)
        if text:
            return len(text) >= _SHORTEST_RULE and not text.strip(_RULE_CHARACTERS)
        underlined = "".join(p.text for p in self.source.pieces if p.letters.underline)
        return len(underlined) >= _SHORTEST_RULE

    @property
    def is_solid(self) -> bool:
        """Whether a rule is one unbroken line, and not made of dashes or stars."""
        text = self.source.text.strip(_BLANKS)
        return not text.strip(_SOLID)

    @property
    def is_bold(self) -> bool:
        """Whether every letter is bold."""
        return all(piece.letters.bold for piece in self.pieces)

    @property
    def is_italic(self) -> bool:
        """Whether every letter is italic."""
        return all(piece.letters.italic for piece in self.pieces)

    @property
    def is_capitals(self) -> bool:
        """Whether it is all capitals, typed or by format."""
        if all(piece.letters.capitals for piece in self.pieces):
            return True
        return upper(self.text) == self.text

    @property
    def width(self) -> float:
        """The length of the line in mm, were it not broken."""
        return self._width(self.source.pieces)

    @property
    def typed_width(self) -> float:
        """The length in mm that the line would have without formatting as capitals."""
        plain = (replace(p, letters=replace(p.letters, capitals=False)) for p in self.source.pieces)
        return self._width(plain)

    @staticmethod
    def _width(pieces: Iterable[Piece]) -> float:
        shown = [p for p in pieces if not p.letters.hidden]
        points = sum(
            text_width(
                upper(p.text) if p.letters.capitals else p.text,
                p.letters.size * (_RAISED_SIZE if p.letters.raised else 1),
                bold=p.letters.bold,
            )
            for p in shown
        )
        return points / POINTS_PER_MM


def all_lines(document: WordDocument) -> tuple[Line, ...]:
    """Return all lines of the document in order, blank ones too."""
    found: list[Line] = []
    for paragraph in document.paragraphs:
        place = paragraph.place
        for source in paragraph.lines:
            line = Line(source, paragraph, len(found), place.column, place.columns)
            found += _at_tabs(line) if not place.table else [line]
    return tuple(replace(line, index=index) for index, line in enumerate(found))


_TWO_HEADS = re.compile(
    r"\S.*\t+\s*(?:cộng ho[àa]|cộng h[òo]a|độc lập|.*ngày\b.*tháng)|"
    r"_{3,}\s*\t\s*_{3,}|nơi nhận:?\s*\t|\S\s*\t+\s*(?:TM|KT|TL|TUQ|Q)\.",
    re.IGNORECASE,
)


def _at_tabs(line: Line) -> list[Line]:
    """Divide a line that tabs make stand in two columns, as letterheads without a table do."""
    text = line.source.text
    if "\t" not in text or len(text) > _LONGEST_TOLD or not _TWO_HEADS.search(text):
        return [line]
    left, right = _split(line.source)
    return [
        replace(line, source=TextLine(tuple(left)), column=0, columns=2, by_tab=True),
        replace(line, source=TextLine(tuple(right)), column=1, columns=2, by_tab=True),
    ]


def _split(line: TextLine) -> tuple[list[Piece], list[Piece]]:
    left: list[Piece] = []
    right: list[Piece] = []
    for piece in line.pieces:
        if right:
            right.append(piece)
        elif "\t" in piece.text and any(p.text.strip() for p in [*left, _before(piece)]):
            left.append(_before(piece))
            right.append(replace(piece, text=piece.text.partition("\t")[2]))
        else:
            left.append(piece)
    return left, right


def _before(piece: Piece) -> Piece:
    return replace(piece, text=piece.text.partition("\t")[0])
