"""Recognising the parts of a document by their text and their place."""

from __future__ import annotations

from cchc_office.decree30.checker._find_closing import find_appendices, find_closing
from cchc_office.decree30.checker._find_head import (
    find_addressee,
    find_letterhead,
    find_type_and_subject,
)
from cchc_office.decree30.checker._marks import LEGAL_BASIS
from cchc_office.decree30.checker._parts import DocumentParts, Kind
from cchc_office.decree30.checker._spots import spots_of
from cchc_office.decree30.figures import Part
from cchc_office.word.reading import Paragraph, WordDocument


def recognise(document: WordDocument) -> DocumentParts:
    """Return the parts of the document, as far as they can be told."""
    parts = DocumentParts(document, spots_of(document))
    parts.closing = len(parts.spots)
    find_letterhead(parts)
    find_type_and_subject(parts)
    find_addressee(parts)
    find_closing(parts)
    find_appendices(parts)
    _body(parts)
    parts.kind = _kind(parts)
    if parts.kind is Kind.UNKNOWN:
        parts.body = []  # the rules for a text are those of official documents
    return parts


def _kind(parts: DocumentParts) -> Kind:
    heads = (Part.NATIONAL_NAME, Part.MOTTO, Part.NUMBER, Part.PLACE_DATE)
    if sum(bool(parts.of(part)) for part in heads) >= 2:
        numbered = parts.of(Part.NUMBER) or parts.of(Part.PLACE_DATE)
        if parts.of(Part.APPENDIX_REFERENCE) and not numbered:
            return Kind.ATTACHED
        return Kind.NAMED if parts.of(Part.TYPE_NAME) else Kind.DISPATCH
    if parts.appendices or parts.of(Part.APPENDIX_REFERENCE):
        return Kind.APPENDIX
    return Kind.UNKNOWN


def _body(parts: DocumentParts) -> None:
    if parts.of(Part.APPENDIX_TITLE) and not parts.of(Part.NATIONAL_NAME):
        return
    taken = {id(s.paragraph) for found in parts.parts.values() for s in found}
    first_appendix = min((a.first.index for a in parts.appendices), default=len(parts.spots))
    end = min(parts.closing, first_appendix)
    between = parts.spots[parts.head_end : end]
    paragraphs: list[Paragraph] = []
    for spot in between:
        if not paragraphs or paragraphs[-1] is not spot.paragraph:
            paragraphs.append(spot.paragraph)
    texts = [p for p in paragraphs if not p.place.table and not p.place.text_box]
    parts.body = [p for p in texts if id(p) not in taken and not _is_bare_rule(p)]
    shown = [s for s in between if s.text and not s.is_rule]
    parts.ends_in_text = bool(shown) and not shown[-1].place.table


def _is_bare_rule(paragraph: Paragraph) -> bool:
    return not paragraph.text.strip("_-–— \t\u00a0\n") and bool(paragraph.text.strip())


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
    return bool(lines) and all(spot.is_italic for spot in lines)
