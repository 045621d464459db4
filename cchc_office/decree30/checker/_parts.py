"""The parts of a document that were found, and the legal bases among its text."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from cchc_office.decree30.checker._lines import Line
from cchc_office.decree30.checker._part_words import LEGAL_BASIS
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

    first: Line
    label: Line | None
    numeral: str


@dataclass
class DocumentParts:
    """The lines of each part found; `body` are the paragraphs of the text itself.

    `head_end` is the number of the first line behind the head, `closing` that of the first line of
    "Nơi nhận" or the signature; `attached` tells that another document follows in the file,
    `joined_labels` are lines that hold "Phụ lục" and more.
    """

    document: WordDocument
    lines: tuple[Line, ...]
    kind: Kind = Kind.UNKNOWN
    parts: dict[Part, list[Line]] = field(default_factory=dict)
    appendices: list[Appendix] = field(default_factory=list)
    joined_labels: list[Line] = field(default_factory=list)
    body: list[Paragraph] = field(default_factory=list)
    type_name: str = ""
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
    return run if certain else []


def _may_be_basis(parts: DocumentParts, paragraph: Paragraph, *, first: bool) -> bool:
    folded = parts.lines_of(paragraph)[0].folded if parts.lines_of(paragraph) else ""
    if LEGAL_BASIS.match(folded):
        return True
    ended = paragraph.text.rstrip().endswith((";", "."))
    if first:
        return _is_italic(parts, paragraph) and paragraph.text.rstrip().endswith(";")
    return _is_italic(parts, paragraph) and ended


def _is_italic(parts: DocumentParts, paragraph: Paragraph) -> bool:
    lines = parts.lines_of(paragraph)
    return bool(lines) and all(line.is_italic for line in lines)
