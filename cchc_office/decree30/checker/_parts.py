"""What the checker looks at: lines, and the parts found among them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import cached_property
from itertools import takewhile

from cchc_office.decree30.checker._part_words import (
    AGENCY_WORDS,
    DATE_ALONE,
    HEAD_WORDS,
    LEGAL_BASIS,
)
from cchc_office.decree30.figures import Part
from cchc_office.text.vietnamese import clean_line, fold, upper, words
from cchc_office.text.widths import POINTS_PER_MM, text_width
from cchc_office.word.reading import Paragraph, ParagraphPlace, Piece, TextLine, WordDocument

_BLANKS = " \t\u00a0\u2002\u2003"
_RULE_CHARACTERS = "_-–—‾¯─━*=~"
_SOLID = "_‾¯─━"
_SHORTEST_RULE = _SHORTEST_GAP = 3
# What a template leaves to be filled in; a mail merge and its like have marks of their own.
_PLACEHOLDER = re.compile(
    r"\{\{.{0,80}?\}\}|\{%.{0,80}?%\}|\$\{.{0,80}?\}|«.{0,80}?»|<<.{0,80}?>>|"
    r"\{[^{}]{0,80}\}|\[[^\[\]]{0,80}\]|<[^<>]{0,80}>"
)
_LONGEST_TOLD = 400
_BASES_HEADING = re.compile(r"can cu (?:phap ly|de xuat|ban hanh|lap)[^.;]{0,30}")
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
    def with_blanks(self) -> str:
        """The text as typed, its placeholders blank as dots are."""
        return _PLACEHOLDER.sub("…", self.source.text.replace("\u00a0", " ")).strip()

    @cached_property
    def bare(self) -> str:
        """The words alone, lower case without diacritics, by which parts are known."""
        return " ".join(word.folded for word in words(self.text[:_LONGEST_TOLD]))

    @cached_property
    def folded(self) -> str:
        """The text by which parts are known; a longer line than any part's is cut."""
        return fold(self.text[:_LONGEST_TOLD])

    @cached_property
    def own_words(self) -> str:
        """The words as `bare` has them, but none of what is to be filled in."""
        return " ".join(word.folded for word in words(self.with_blanks))

    @property
    def is_date_alone(self) -> bool:
        """Whether it is a place and date, blank or not, and nothing else."""
        return bool(DATE_ALONE.fullmatch(fold(self.with_blanks)))

    @property
    def is_to_fill_in(self) -> bool:
        """Whether it is nothing but placeholders."""
        return bool(self.bare) and not self.own_words

    @property
    def holds_head_words(self) -> bool:
        """Whether the national name or the motto is in it."""
        return any(mark in self.bare for mark in HEAD_WORDS)

    @property
    def place(self) -> ParagraphPlace:
        """Where the paragraph stands."""
        return self.paragraph.place

    @property
    def cell(self) -> tuple[int, int, int]:
        """The table, row and column where the paragraph stands."""
        return self.place.table, self.place.row, self.place.column

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
    def is_item(self) -> bool:
        """Whether it is an item of a list with dashes, typed or by Word."""
        return self.text[:1] in "-–—•+" or self.paragraph.layout.label in {"-", "–", "•"}

    @property
    def is_set_in(self) -> bool:
        """Whether blanks or a tab at its start bring it to its place."""
        text = self.source.text
        return "\t" in text or len(text) - len(text.lstrip(_BLANKS)) >= _SHORTEST_GAP

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
        """The length of the line in mm, were it not broken; blanks at its end take no room."""
        return self._width(self.source.pieces)

    @property
    def typed_width(self) -> float:
        """The length in mm that the line would have without formatting as capitals."""
        plain = (replace(p, letters=replace(p.letters, capitals=False)) for p in self.source.pieces)
        return self._width(plain)

    @staticmethod
    def _width(pieces: Iterable[Piece]) -> float:
        shown = _ended([p for p in pieces if not p.letters.hidden])
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
            in_cell = place.table and place.columns > 1
            found += _in_narrow_cell(line) if in_cell else _at_tabs(line)
    return tuple(replace(line, index=index) for index, line in enumerate(found))


_MOTTO_BEHIND_NAME = re.compile(r"nam[ \u00a0]+(?=độc lập\b)", re.IGNORECASE)


def _in_narrow_cell(line: Line) -> list[Line]:
    """Divide what a narrow cell makes two lines of: name and motto, or the names of two agencies.

    Of two agencies the one above is light and the other bold, and each begins as a name does.
    """
    motto = _MOTTO_BEHIND_NAME.search(line.source.text)
    at = motto.end() if motto else _where_bold_begins(line.source)
    above, below = (replace(line, source=TextLine(tuple(half))) for half in _split(line.source, at))
    names = (f"{half.bare} ".startswith(AGENCY_WORDS) for half in (above, below))
    are_two = motto or (below.pieces and below.is_bold and line.is_capitals and all(names))
    return [above, below] if are_two and above.width <= line.place.width < line.width else [line]


def _where_bold_begins(line: TextLine) -> int:
    light = takewhile(lambda p: not (p.letters.bold and p.text.strip(_BLANKS)), line.pieces)
    return sum(len(piece.text) for piece in light)


_GAP = r"(?:[ \u00a0]{3,}|[ \u00a0]*\t[ \u00a0\t]*)"
# Where the right half of a letterhead, or of a closing, begins on a line that holds both.
_RIGHT_HALF = re.compile(
    rf"\S.*?{_GAP}(?=c[ộôo]ng ho[àa]|c[ộôo]ng hòa|độc lập\b)|_{{3,}}{_GAP}(?=_{{3,}})|"
    rf"\s*số\b.*{_GAP}(?=[^\t,]{{1,40}},?\s*ngày\b.*tháng)|\S.*\t\s*(?=[^\t]*ngày\b.*tháng)|"
    rf"\s*nơi (?:nhận|gửi):?{_GAP}(?=\S)|\s*[-–].*[;.:]{_GAP}(?=\S)|"
    rf"\S.*?{_GAP}(?=(?:TM|KT|TL|TUQ|Q)\.)",
    re.IGNORECASE,
)


def _at_tabs(line: Line) -> list[Line]:
    """Divide a line that tabs or blanks make stand in two columns, as heads without a table do."""
    text = line.source.text
    if len(text) > _LONGEST_TOLD:
        return [line]
    halves = _RIGHT_HALF.match(text, len(text) - len(text.lstrip(_BLANKS)))
    if halves is None:
        return [line]
    left, right = _split(line.source, halves.end())
    return [
        replace(line, source=TextLine(tuple(left)), column=0, columns=2, by_tab=True),
        replace(line, source=TextLine(tuple(right)), column=1, columns=2, by_tab=True),
    ]


def _split(line: TextLine, at: int) -> tuple[list[Piece], list[Piece]]:
    left: list[Piece] = []
    right: list[Piece] = []
    start = 0
    for piece in line.pieces:
        cut = min(max(at - start, 0), len(piece.text))
        start += len(piece.text)
        if piece.text[:cut]:
            left.append(replace(piece, text=piece.text[:cut]))
        if piece.text[cut:]:
            right.append(replace(piece, text=piece.text[cut:]))
    return _stripped(left), _stripped(right)


def behind(line: Line, at: int) -> Line:
    """Return what of a line stands behind that many characters."""
    return replace(line, source=TextLine(tuple(_split(line.source, at)[1])))


def _stripped(pieces: list[Piece]) -> list[Piece]:
    """Take the blanks that only bring a half to its place from its ends; underlined ones stay."""
    while pieces and not pieces[0].text.strip(_BLANKS) and not pieces[0].letters.underline:
        pieces = pieces[1:]
    if pieces and not pieces[0].letters.underline:
        pieces[0] = replace(pieces[0], text=pieces[0].text.lstrip(_BLANKS))
    return _ended(pieces)


def _ended(pieces: list[Piece]) -> list[Piece]:
    """Take the blanks at the end away, but not those that are underlined."""
    while pieces and not pieces[-1].text.strip(_BLANKS) and not pieces[-1].letters.underline:
        pieces = pieces[:-1]
    if not pieces or pieces[-1].letters.underline:
        return pieces
    return [*pieces[:-1], replace(pieces[-1], text=pieces[-1].text.rstrip(_BLANKS))]


# --- parts ---


class Kind(Enum):
    """What sort of document it is, as far as its parts are concerned."""

    DISPATCH = "công văn"
    NAMED = "văn bản có tên loại"
    ATTACHED = "văn bản kèm theo"
    APPENDIX = "phụ lục"
    UNKNOWN = "không rõ"


@dataclass(frozen=True)
class Appendix:
    """The head of an appendix: its label line if it has one, and the lines beneath."""

    first: Line
    label: Line | None
    numeral: str


@dataclass
class DocumentParts:
    """The lines of each part found; `body` are the paragraphs of the text itself.

    `head_end` is the number of the first line behind the head, `closing` that of the first line of
    "Nơi nhận" or the signature; `attached` tells that another document follows in the file,
    `joined_labels` are lines that hold "Phụ lục" and more. Where the line of the type says more
    than `type_name`, it is not `type_is_bare`.
    """

    document: WordDocument
    lines: tuple[Line, ...]
    kind: Kind = Kind.UNKNOWN
    parts: dict[Part, list[Line]] = field(default_factory=dict)
    appendices: list[Appendix] = field(default_factory=list)
    joined_labels: list[Line] = field(default_factory=list)
    body: list[Paragraph] = field(default_factory=list)
    type_name: str = ""
    type_is_bare: bool = False
    head_end: int = 0
    closing: int = 0
    ends_in_text: bool = False
    attached: bool = False
    _by_paragraph: dict[int, list[Line]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for line in self.lines:
            if line.text and not line.is_rule:
                self._by_paragraph.setdefault(id(line.paragraph), []).append(line)

    def lines_of(self, paragraph: Paragraph) -> list[Line]:
        """Return the lines of a paragraph that show text."""
        return self._by_paragraph.get(id(paragraph), [])

    def begins_document(self, line: Line) -> bool:
        """Tell whether no text stands before a line."""
        return next((s.index for s in self.lines if s.text), None) == line.index

    def begins_section(self, line: Line) -> bool:
        """Tell whether a line is the first with text of its section."""
        section = line.place.section
        shown = (s.index for s in self.lines if s.text and s.place.section == section)
        return next(shown, None) == line.index

    def of(self, part: Part) -> list[Line]:
        """Return the lines of a part, none where it was not found."""
        return self.parts.get(part, [])

    def first(self, part: Part) -> Line | None:
        """Return the first line of a part."""
        return next(iter(self.of(part)), None)

    def take(self, part: Part, *lines: Line) -> None:
        """Note lines as those of a part."""
        self.parts.setdefault(part, []).extend(lines)


def legal_bases(parts: DocumentParts) -> list[Paragraph]:
    """Return the paragraphs that name the legal bases, at the start of the text.

    A sentence that only begins with "Căn cứ" and goes on to say something is not one of them.
    """
    run: list[Paragraph] = []
    for paragraph in parts.body:
        text = paragraph.text.strip()
        # Over the bases of a decision stands who decides, in a centred line.
        if not text or (not run and paragraph.layout.align == "center"):
            continue
        if not _may_be_basis(parts, paragraph, first=not run):
            break
        run.append(paragraph)
    while run and run[-1].text.rstrip().endswith((":", "./.")):
        run.pop()
    certain = len(run) > 1 or any(
        p.text.rstrip().endswith(";") or _is_italic(parts, p) for p in run
    )
    if parts.kind is Kind.DISPATCH:
        # II.6.a speaks of documents that have a type; an office may set a letter's bases so too.
        certain = all(_is_italic(parts, paragraph) for paragraph in run)
    return run if certain else []


def _may_be_basis(parts: DocumentParts, paragraph: Paragraph, *, first: bool) -> bool:
    folded = parts.lines_of(paragraph)[0].folded if parts.lines_of(paragraph) else ""
    if LEGAL_BASIS.match(folded):
        return not _BASES_HEADING.fullmatch(folded)
    ended = paragraph.text.rstrip().endswith((";", ".", ","))
    if first:
        return _is_italic(parts, paragraph) and paragraph.text.rstrip().endswith(";")
    return _is_italic(parts, paragraph) and ended


def _is_italic(parts: DocumentParts, paragraph: Paragraph) -> bool:
    lines = parts.lines_of(paragraph)
    return bool(lines) and all(line.is_italic for line in lines)
