"""Gathering the paragraphs of one place into a passage: its text, its looks, what is hidden."""

from __future__ import annotations

from collections.abc import Iterable

from cchc_office.text.crossed_out import parted
from cchc_office.text.vietnamese import clean_line, upper
from cchc_office.word.reading.measures import MM_PER_POINT
from cchc_office.word.reading.numbering import AutomaticNumber
from cchc_office.word.reading.passages import Passage, Side, SideText
from cchc_office.word.reading.values import Paragraph, Piece

_SPACE_PER_SIZE = 0.25  # how wide a blank is, of Times New Roman
_TAB = 12.7


class PassageGatherer:
    """Takes the paragraphs of one place, in their order."""

    def __init__(self) -> None:
        self._pieces: list[tuple[str, bool]] = []
        self._hidden: list[str] = []
        self._sides: list[SideText] = []
        self._number: AutomaticNumber | None = None
        self._is_first = True
        self._bold: list[bool] = []
        self._italic: list[bool] = []
        self._centred: list[bool] = []
        self._indent: float | None = None
        self.pictures = 0

    def take(
        self,
        paragraph: Paragraph,
        number: AutomaticNumber | None = None,
        *,
        goes_on: bool = False,
        struck_number: bool = False,
    ) -> None:
        """Take a paragraph, which `goes_on` on the line of the one before or begins a new one."""
        if not goes_on:
            self._new_line()
        pieces = [*self._pieces_of(paragraph)]
        letters = [struck for text, struck in pieces if text.strip()]
        if number is not None:
            struck = all(letters) if letters else struck_number
            self._pieces.append((f"{number.text} ", struck))
            if self._indent is None:
                self._number = number
        if self._indent is None and (letters or number):
            self._indent = max(0.0, _indent(paragraph))
        if letters:
            self._centred.append(paragraph.layout.align == "center")
        self._pieces += pieces

    def take_text(self, text: str) -> None:
        """Take a line that is no paragraph of the place itself: of a table within a cell."""
        self._new_line()
        self._pieces.append((text, False))

    def take_sides(self, sides: Iterable[SideText]) -> None:
        """Take words that belong to the place and do not stand in it."""
        self._sides += sides

    def _new_line(self) -> None:
        if not self._is_first:
            self._pieces.append(("\n", False))
        self._is_first = False

    def _pieces_of(self, paragraph: Paragraph) -> Iterable[tuple[str, bool]]:
        for place, line in enumerate(paragraph.lines):
            if place:
                yield "\n", False
            for piece in line.pieces:
                if piece.letters.hidden:
                    self._hidden.append(piece.text)
                elif not piece.stands_in:
                    yield self._shown(piece), piece.letters.struck

    def _shown(self, piece: Piece) -> str:
        if any(map(str.isalnum, piece.text)):
            self._bold.append(piece.letters.bold)
            self._italic.append(piece.letters.italic)
        return upper(piece.text) if piece.letters.capitals else piece.text

    def passage(self, page: int = 0) -> Passage:
        """Return what was gathered."""
        text, crossed_out = parted(self._pieces)
        hidden = clean_line("".join(self._hidden))
        own = (SideText(Side.HIDDEN, hidden),) if hidden else ()
        number = self._number
        return Passage(
            text,
            crossed_out,
            number=number.text if number and number.counts else "",
            bold=bool(self._bold) and all(self._bold),
            italic=bool(self._italic) and all(self._italic),
            centred=bool(self._centred) and all(self._centred),
            indent=round(self._indent or 0.0, 1),
            sides=(*self._sides, *own),
            pictures=self.pictures,
            page=page,
        )


def _indent(paragraph: Paragraph) -> float:
    """Return where the first line begins, in mm; blanks that someone typed before it count."""
    layout = paragraph.layout
    first = "".join(piece.text for line in paragraph.lines[:1] for piece in line.pieces)
    blanks = first[: len(first) - len(first.lstrip())]
    size = paragraph.lines[0].pieces[0].letters.size if blanks else 0.0
    spaces = (len(blanks) - blanks.count("\t")) * size * _SPACE_PER_SIZE * MM_PER_POINT
    return layout.left + layout.first_line + spaces + blanks.count("\t") * _TAB
