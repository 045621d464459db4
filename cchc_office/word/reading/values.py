"""What a Word document holds, as values: paragraphs with the formatting that Word would show.

Sizes and distances are in points, widths and indents in millimetres.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import Literal

Align = Literal["left", "center", "right", "both"]


@dataclass(frozen=True, slots=True)
class Letters:
    """How letters look once styles, themes and defaults have had their say.

    `fonts` are those that the piece's characters are set in: Word keeps one for ASCII and one for
    letters beyond it. `color` is "auto" or six hexadecimal digits; `raised` letters are set small,
    above or below the line; `struck` ones are crossed out.
    """

    fonts: tuple[str, ...]
    size: float
    bold: bool = False
    italic: bool = False
    capitals: bool = False
    underline: bool = False
    color: str = "auto"
    hidden: bool = False
    raised: bool = False
    struck: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text in one look; `field` is the name of the field that it is the result of.

    Where it `stands_in`, the field has no result yet: the text only looks like one. `source` is
    the place of its run in `WordSources`, -1 where it has none.
    """

    text: str
    letters: Letters
    field: str = ""
    stands_in: bool = False
    source: int = dataclass_field(default=-1, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class TabStop:
    """A tab stop: where it is (mm from the margin) and how it aligns."""

    at: float
    align: str


@dataclass(frozen=True, slots=True)
class ParagraphLayout:
    """How a paragraph lies: `line` is the line spacing, by `line_rule` in lines or points.

    `first_line` is counted from `left` and negative where it hangs. `label` is what a list puts
    before the text ("-", "%1."). `centred_frame` tells of a frame that Word centres on the page,
    `by_letters` that the first line's indent is so many letters wide.
    """

    align: Align = "left"
    before: float = 0
    after: float = 0
    line: float = 1
    line_rule: Literal["auto", "exact", "atLeast"] = "auto"
    first_line: float = 0
    left: float = 0
    right: float = 0
    contextual: bool = False
    style: str = ""
    border_above: bool = False
    border_below: bool = False
    page_break_before: bool = False
    tabs: tuple[TabStop, ...] = ()
    label: str = ""
    centred_frame: bool = False
    by_letters: bool = False


@dataclass(frozen=True, slots=True)
class ParagraphPlace:
    """Where a paragraph stands: its section, and its cell where it is in a table.

    `table` counts the tables from 1 in the order of the document and is 0 outside of them; `row`
    and `column` count from 0. `width` is the room for text in mm, 0 where it is not known. `edge`
    tells which margin of the page it stands in, "" for none.
    """

    section: int = 0
    table: int = 0
    row: int = 0
    column: int = 0
    columns: int = 1
    width: float = 0
    text_box: bool = False
    edge: Literal["", "header", "footer"] = ""


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of a paragraph, as far as someone pressed Shift+Enter."""

    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The line's text as it stands, tabs and blanks among it."""
        return "".join(piece.text for piece in self.pieces if not piece.letters.hidden)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with its lines, its layout and its place.

    `drawn_lines` are the lengths in mm of straight lines that are drawn as shapes; `source` is the
    paragraph's place in `WordSources`.
    """

    lines: tuple[TextLine, ...]
    layout: ParagraphLayout
    place: ParagraphPlace
    drawn_lines: tuple[float, ...] = ()
    breaks_page: bool = False
    source: int = dataclass_field(default=-1, compare=False, repr=False)

    @property
    def text(self) -> str:
        """The paragraph's text, its lines divided by newlines."""
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class PageEdge:
    """What stands in the top or bottom margin of a section's pages.

    `first` is shown on the first page where the section has one of its own, `even` on even pages
    where the document tells them apart; `usual` on all others.
    """

    usual: tuple[Paragraph, ...] = ()
    first: tuple[Paragraph, ...] = ()
    even: tuple[Paragraph, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A section's pages, in mm; `number_start` is None where numbers go on from before."""

    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    own_first_page: bool = False
    number_start: int | None = None
    number_format: str = "decimal"
    new_page: bool = True
    header: PageEdge = dataclass_field(default_factory=PageEdge)
    footer: PageEdge = dataclass_field(default_factory=PageEdge)


@dataclass(frozen=True, slots=True)
class WordDocument:
    """A document: its paragraphs in order (those of tables among them) and its sections.

    `pages` is how many pages the program that saved it counted, None where it does not say;
    `default_tab` the distance of the tab stops that nobody set, in mm.
    """

    paragraphs: tuple[Paragraph, ...]
    sections: tuple[Section, ...]
    pages: int | None = None
    default_tab: float = 12.7
