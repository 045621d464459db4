"""One pass over a document that is being mended: what was judged, and what is changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from cchc_office.catalogue.findings import FindingCode
from cchc_office.decree30.checker._breaches import Judgement, first_words
from cchc_office.decree30.checker._parts import DocumentParts, Line
from cchc_office.decree30.figures import Part, Profile
from cchc_office.decree30.fixing.kinds import FixKind
from cchc_office.word.format_editor import FormatEditor
from cchc_office.word.package_editor import PackageEditor
from cchc_office.word.reading import Paragraph, Section, WordSources

Told = tuple[FixKind, str, str, str]
"""A change: of which kind, of what, from what, to what."""


@dataclass
class FixSession:
    """The parts of a document, what was judged of them, and the changes so far.

    `typed` are the paragraphs, by their places in the document, in which signs were typed anew. It
    was `changed` where any property is another now, and is to be looked at `again` where only runs
    were divided.
    """

    parts: DocumentParts
    sources: WordSources
    judgements: tuple[Judgement, ...]
    editor: FormatEditor
    package: PackageEditor
    profile: Profile
    kinds: frozenset[FixKind]
    told: dict[Told, dict[str | int, None]] = field(default_factory=dict)
    typed: set[int] = field(default_factory=set)
    changed: bool = False
    again: bool = False

    def judged(self, kind: FixKind, *codes: FindingCode) -> Iterator[Judgement]:
        """Give what was judged with one of the codes, where that kind of change is wanted."""
        if kind in self.kinds:
            yield from (one for one in self.judgements if one.code in codes)

    def lines_of(self, part: Part) -> list[Line]:
        """Return the lines of a part, those of the text among them."""
        if part in {Part.BODY, Part.LEGAL_BASIS}:
            return [line for p in self.parts.body for line in self.parts.lines_of(p)]
        return self.parts.of(part)

    def part_of(self, line: Line) -> str:
        """Return what a clerk calls the part in which a line is."""
        parts = self.parts.parts.items()
        whole = line.paragraph
        found = (p.value for p, lines in parts for one in lines if one.paragraph is whole)
        return next(found, Part.BODY.value)

    def element(self, paragraph: Paragraph) -> Any:
        """Return the `w:p` of a paragraph."""
        return self.sources.paragraphs[paragraph.source]

    def tell(
        self,
        kind: FixKind,
        about: str,
        before: str,
        after: str,
        at: Line | Paragraph | Section | None = None,
    ) -> None:
        """Note a change that was made; at a section only where the document has several."""
        self.changed = True
        places = self.told.setdefault((kind, about, before, after), {})
        sections = self.parts.document.sections
        if isinstance(at, Line | Paragraph):
            places.setdefault(first_words(at.text))
        elif at is not None and len(sections) > 1:
            places.setdefault(next(i for i, one in enumerate(sections, 1) if one is at))


def most_frequent(values: Iterable[tuple[float, int]]) -> float | None:
    """Return the value with the most weight; None where there is none."""
    weights: dict[float, int] = {}
    for value, weight in values:
        weights[value] = weights.get(value, 0) + weight
    return max(weights, key=lambda value: (weights[value], value)) if weights else None
