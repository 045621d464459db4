"""What the checker gathers: breaches, each with all places that it was found at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cchc_office.catalogue.findings import Finding, FindingCode, TextPlace
from cchc_office.decree30.checker._gathering import gathered
from cchc_office.decree30.checker._parts import Line
from cchc_office.decree30.figures import RULES, Part
from cchc_office.text.vietnamese import clean_line
from cchc_office.word.reading import Paragraph, Piece, WordSources
from cchc_office.word.reading.measures import W

_PASSAGE = 50


@dataclass(frozen=True)
class SomeOfLine:
    """Those pieces of a line that are meant, where not all are."""

    line: Line
    pieces: tuple[Piece, ...]


At = Line | Paragraph | SomeOfLine | TextPlace


@dataclass(frozen=True)
class Judgement:
    """What was said of a place, or of the whole document, as `Breaches.add` was told it."""

    code: FindingCode
    at: At | None
    part: Part | None
    found: str
    expected: str
    about: str

    @property
    def line(self) -> Line | None:
        """The line that it is said of, None where it is none."""
        line = self.at.line if isinstance(self.at, SomeOfLine) else self.at
        return line if isinstance(line, Line) else None

    @property
    def paragraph(self) -> Paragraph | None:
        """The paragraph that it is said of, None where it is none."""
        line = self.line
        if line is not None:
            return line.paragraph
        return self.at if isinstance(self.at, Paragraph) else None

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The pieces that are meant."""
        if isinstance(self.at, SomeOfLine):
            return self.at.pieces
        return () if self.line is None else self.line.pieces


@dataclass
class Breaches:
    """The findings of one document, in the order in which they were met, each with its places.

    Codes that are `not_judged` are not noted. `raised` are all that were, one by one.
    """

    file: str
    sources: WordSources
    not_judged: frozenset[FindingCode] = frozenset()
    raised: list[Judgement] = field(default_factory=list)
    _places: dict[Finding, dict[TextPlace, None]] = field(default_factory=dict)
    _numbers: dict[str, Mapping[Any, int]] = field(default_factory=dict)
    _counted: tuple[Any, Mapping[Any, int]] = (None, {})

    @property
    def findings(self) -> list[Finding]:
        """What was found."""
        return gathered(self._places)

    def add(
        self,
        code: FindingCode,
        at: At | None,
        law: str | Part,
        found: str = "",
        expected: str = "",
        *,
        about: str = "",
    ) -> None:
        """Note a finding at a place, or of the whole document.

        `law` is the clause that it rests on, or the part that the finding is about, whose rule is
        broken. What is of one kind at several places is one finding with all of them.
        """
        if code in self.not_judged:
            return
        part, clause = (law, RULES[law].clause) if isinstance(law, Part) else (None, law)
        about = part.value if part else about
        self.raised.append(Judgement(code, at, part, found, expected, about))
        finding = Finding(
            code, self.file, about=about, found=found, expected=expected, clause=clause
        )
        places = self._places.setdefault(finding, {})
        if at is not None:
            places[at if isinstance(at, TextPlace) else self._place(at)] = None

    def _place(self, at: Line | Paragraph | SomeOfLine) -> TextPlace:
        line = at.line if isinstance(at, SomeOfLine) else at
        paragraph = line.paragraph if isinstance(line, Line) else line
        pieces: tuple[Piece, ...] = ()
        words = line.text
        if isinstance(at, SomeOfLine):
            pieces = at.pieces
            words = "".join(piece.text for piece in pieces)
        elif isinstance(at, Line):
            pieces = at.pieces
        place = paragraph.place
        element = self.sources.paragraphs[paragraph.source]
        part = self._part_of(element)
        return TextPlace(
            part=part,
            paragraph=self._numbers[part][element],
            runs=self._runs(element, pieces),
            section=place.section,
            table=place.table,
            row=place.row if place.table else 0,
            column=place.column if place.table else 0,
            text_box=place.text_box,
            edge=place.edge,
            passage="" if place.edge else first_words(line.text),
            words=first_words(words),
        )

    def _part_of(self, element: Any) -> str:
        """Return the name of the part that holds an element; its paragraphs are counted by then."""
        root = element.getroottree().getroot()
        names = (name for name, top in self.sources.package.parsed().items() if top is root)
        name = next(names)
        if name not in self._numbers:
            self._numbers[name] = _numbered(root, "p")
        return name

    def _runs(self, paragraph: Any, pieces: tuple[Piece, ...]) -> tuple[int, ...]:
        if not pieces:
            return ()
        if paragraph is not self._counted[0]:  # a paragraph can have thousands of lines
            self._counted = paragraph, _numbered(paragraph, "r")
        numbers = self._counted[1]
        elements = (self.sources.runs[piece.source] for piece in pieces if piece.source >= 0)
        return tuple(sorted({numbers[element] for element in elements}))


def _numbered(parent: Any, tag: str) -> Mapping[Any, int]:
    """Return the number of each element of a kind beneath `parent`, in the order of the XML."""
    return {element: number for number, element in enumerate(parent.iter(f"{W}{tag}"))}


def pages_of(section: int) -> TextPlace:
    """Return the place of what concerns the pages of a section, which counts from 0."""
    return TextPlace(section=section)


def first_words(text: str) -> str:
    """Return the first words of a text."""
    line = clean_line(text)
    return line if len(line) <= _PASSAGE else line[:_PASSAGE].rsplit(" ", 1)[0] + "…"
