"""The parts of a document that were found."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from cchc_office.decree30.checker._spots import Spot
from cchc_office.decree30.figures import Part
from cchc_office.word.reading import Paragraph, WordDocument


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

    first: Spot
    label: Spot | None
    numeral: str


@dataclass
class DocumentParts:
    """The lines of each part found; `body` are the paragraphs of the text itself.

    `head_end` is the number of the first spot behind the head, `closing` that of the first spot of
    "Nơi nhận" or the signature; `attached` tells that another document follows in the file,
    `joined_labels` are lines that hold "Phụ lục" and more.
    """

    document: WordDocument
    spots: tuple[Spot, ...]
    kind: Kind = Kind.UNKNOWN
    parts: dict[Part, list[Spot]] = field(default_factory=dict)
    appendices: list[Appendix] = field(default_factory=list)
    joined_labels: list[Spot] = field(default_factory=list)
    body: list[Paragraph] = field(default_factory=list)
    type_name: str = ""
    head_end: int = 0
    closing: int = 0
    ends_in_text: bool = False
    attached: bool = False
    _lines: dict[int, list[Spot]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for spot in self.spots:
            if spot.text and not spot.is_rule:
                self._lines.setdefault(id(spot.paragraph), []).append(spot)

    def lines_of(self, paragraph: Paragraph) -> list[Spot]:
        """Return the lines of a paragraph that show text."""
        return self._lines.get(id(paragraph), [])

    def of(self, part: Part) -> list[Spot]:
        """Return the lines of a part, none where it was not found."""
        return self.parts.get(part, [])

    def first(self, part: Part) -> Spot | None:
        """Return the first line of a part."""
        return next(iter(self.of(part)), None)

    def take(self, part: Part, *spots: Spot) -> None:
        """Note lines as those of a part."""
        self.parts.setdefault(part, []).extend(spots)
