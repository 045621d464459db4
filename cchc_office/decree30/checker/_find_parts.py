"""Recognising the parts of a document by their text and their place."""

from __future__ import annotations

import re
from itertools import dropwhile, takewhile

from cchc_office.decree30.checker import _part_words as part_words
from cchc_office.decree30.checker._find_closing import find_closing
from cchc_office.decree30.checker._find_head import (
    find_addressee,
    find_letterhead,
    find_type_and_subject,
)
from cchc_office.decree30.checker._parts import Appendix, DocumentParts, Kind, Line, all_lines
from cchc_office.decree30.figures import Part
from cchc_office.text.vietnamese import upper
from cchc_office.word.reading import Paragraph, WordDocument


def recognise(document: WordDocument) -> DocumentParts:
    """Return the parts of the document, as far as they can be told."""
    parts = DocumentParts(document, all_lines(document))
    parts.closing = len(parts.lines)
    find_letterhead(parts)
    find_type_and_subject(parts)
    find_addressee(parts)
    find_closing(parts)
    _find_appendices(parts)
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
        if parts.of(Part.TYPE_NAME):
            return Kind.NAMED
        is_letter = parts.of(Part.DISPATCH_SUBJECT) or parts.of(Part.ADDRESSEE)
        has_symbol = any("/" in line.text for line in parts.of(Part.NUMBER))
        return Kind.DISPATCH if is_letter or has_symbol else Kind.UNKNOWN
    if parts.of(Part.NUMBER) and parts.type_name in part_words.TYPE_NAMES:
        return Kind.NAMED
    if _is_copy_without_head(parts):
        return Kind.UNKNOWN
    if _begins_as_appendix(parts) or parts.of(Part.APPENDIX_REFERENCE):
        return Kind.APPENDIX
    return Kind.UNKNOWN


def _is_copy_without_head(parts: DocumentParts) -> bool:
    """Tell whether "QUYẾT ĐỊNH SỐ: 12/QĐ-…" stands in words where a document has its head."""
    first = [line for line in parts.lines if line.text][:_FIRST_LINES]
    return not parts.of(Part.NATIONAL_NAME) and any(
        part_words.COPIED_NUMBER.match(line.folded) and line.is_capitals for line in first
    )


def _begins_as_appendix(parts: DocumentParts) -> bool:
    """Tell whether "Phụ lục" is among the first lines: a book too has appendices at its end."""
    first = [line.index for line in parts.lines if line.text][:_FIRST_LINES]
    return any(a.first.index in first for a in parts.appendices) or any(
        line.index in first for line in parts.joined_labels
    )


def _body(parts: DocumentParts) -> None:
    if parts.of(Part.APPENDIX_TITLE) and not parts.of(Part.NATIONAL_NAME):
        return
    taken = {id(s.paragraph) for found in parts.parts.values() for s in found}
    first_appendix = min((a.first.index for a in parts.appendices), default=len(parts.lines))
    end = min(parts.closing, first_appendix)
    between = parts.lines[parts.head_end : end]
    paragraphs: list[Paragraph] = []
    for line in between:
        if not paragraphs or paragraphs[-1] is not line.paragraph:
            paragraphs.append(line.paragraph)
    contents = {id(line.paragraph) for line in between if _is_of_contents(line)}
    texts = [p for p in paragraphs if not p.place.table and not p.place.text_box]
    parts.body = [p for p in texts if id(p) not in taken | contents and not _is_bare_rule(p)]
    if not parts.of(Part.AUTHORITY):
        _leave_signature(parts)
    shown = [s for s in between if s.text and not s.is_rule]
    parts.ends_in_text = bool(shown) and not shown[-1].place.table


def _leave_signature(parts: DocumentParts) -> None:
    """Take from the text the last lines in capitals, by which agencies sign side by side.

    Beneath them may stand "(Ký, ghi rõ họ tên)", and the notes that tell how to fill in a form.
    """
    lines = [parts.lines_of(paragraph) for paragraph in parts.body]
    end = len(lines)
    while end and all(part_words.UNDER_SIGNATURE.match(line.folded) for line in lines[end - 1]):
        end -= 1
    signed = end
    while signed and _is_signed(lines[signed - 1]):
        signed -= 1
    if any(lines[signed:end]):
        parts.body = parts.body[:signed]


def _is_signed(lines: list[Line]) -> bool:
    """Tell whether lines are in capitals but for "(Ký, ghi rõ họ tên)", and end no sentence."""
    shown = [part_words.SIGN_HERE.sub("", line.text) for line in lines]
    ends = any(text.endswith((".", ";", ":")) for text in shown)
    are_capitals = all(line.is_capitals for line in lines) or all(upper(s) == s for s in shown)
    return are_capitals and not ends


def _is_bare_rule(paragraph: Paragraph) -> bool:
    return not paragraph.text.strip("_-–—.…·* \t\u00a0\n") and bool(paragraph.text.strip())


_HEAD_LINES = 40
_FIRST_LINES = 15


def _find_appendices(parts: DocumentParts) -> None:
    """Find the heads of the appendices behind the signature, or at the start of the file."""
    closing = [s.index for p in (Part.SIGNER, Part.AUTHORITY, Part.RECIPIENTS) for s in parts.of(p)]
    start = max(closing, default=-1) + 1 if closing else parts.head_end
    rest = parts.lines[start:]
    for at, line in enumerate(rest):
        if not _may_be_label(line) or _is_of_contents(line):
            continue
        if part_words.APPENDIX.fullmatch(line.folded):
            parts.take(Part.APPENDIX_LABEL, line)
            parts.appendices.append(Appendix(line, line, _numeral(line.text)))
            _appendix_head(parts, rest[at + 1 : at + _HEAD_LINES])
        elif part_words.APPENDIX_WITH_TITLE.match(line.folded) and line.columns == 1:
            parts.joined_labels.append(line)
            _appendix_head(parts, rest[at + 1 : at + _HEAD_LINES], titled=True)
    if not parts.appendices and not parts.joined_labels:
        _unlabelled(parts, rest[:_HEAD_LINES], behind_text=bool(closing))


def _unlabelled(parts: DocumentParts, rest: tuple[Line, ...], *, behind_text: bool) -> None:
    """Find an appendix that has no line "Phụ lục", by its "(Kèm theo …)"."""
    lines = [line for line in rest if line.text and not line.is_rule][:12]
    if not any(part_words.ENCLOSED.match(line.folded) for line in lines):
        return
    parts.attached = any(
        line.holds_head_words or line.bare in part_words.TYPE_NAMES for line in lines
    )
    if parts.attached and behind_text:
        return  # a document of its own, with a head of its own
    _appendix_head(parts, rest)
    if behind_text or not parts.of(Part.NATIONAL_NAME):
        heads = [line for line in lines if not line.place.table]
        first = heads[0] if parts.of(Part.APPENDIX_TITLE) else parts.of(Part.APPENDIX_REFERENCE)[0]
        parts.appendices.append(Appendix(_top_of(first, parts.lines), None, ""))


def _top_of(first: Line, lines: tuple[Line, ...]) -> Line:
    """Return the first of the centred lines that end in `first`, the head of what is enclosed."""
    top = first
    for line in reversed(lines[: first.index]):
        if not line.text or line.is_rule:
            continue
        apart = line.place.table or line.place.section != first.place.section
        if apart or line.paragraph.layout.align != "center":
            break
        top = line
    return top


def _may_be_label(line: Line) -> bool:
    if line.columns > 1:
        return False  # a cell that refers to an appendix
    return line.paragraph.layout.align in {"center", "right"} or line.is_bold or line.is_capitals


def _is_of_contents(line: Line) -> bool:
    """Tell whether it is a line of a table of contents, which ends in the number of a page."""
    return bool(re.search(r"(?:\t|\.{4,}|…{2,})\s*\d+\s*$", line.source.text))


def _numeral(text: str) -> str:
    parts = text.rstrip(".:… ").split()
    return parts[-1] if len(parts) > 2 and "…" not in text else ""


def _appendix_head(parts: DocumentParts, rest: tuple[Line, ...], *, titled: bool = False) -> None:
    """Read title and "(Kèm theo …)" from the first lines of `rest`; `titled`: not the title."""
    lines = [line for line in rest if line.text or line.is_rule][:8]
    at = next((i for i, line in enumerate(lines) if is_reference(line)), None)
    before = lines[:at] if at is not None else _title_lines(lines)
    titles = _from_first_centred([s for s in before if s.text and not s.is_rule])
    if parts.of(Part.TYPE_NAME) and not (parts.appendices or parts.joined_labels):
        titles = []  # what is enclosed has a type and subject, not a title
    if titled:
        titles = []
    if titles and titles[0].is_capitals:
        # Beneath "ĐỀ CƯƠNG BÁO CÁO" a line may say of what, in letters as a subject has.
        titles = list(takewhile(lambda line: line.is_capitals, titles))
    parts.take(Part.APPENDIX_TITLE, *titles)
    above: Line | None = None
    for line in [] if at is None else lines[at:]:
        if above and (line.index > above.index + 1 or line.cell != above.cell):
            break  # its bracket was never closed
        parts.take(Part.APPENDIX_REFERENCE, line)
        if ")" in line.text or "(" not in lines[at or 0].text:
            break
        above = line


def _from_first_centred(lines: list[Line]) -> list[Line]:
    """Leave what stands over a title and is none: a form's mark, whose it is: "Đơn vị: …"."""
    titles = [s for s in lines if not s.place.table and not part_words.FORM_MARK.match(s.folded)]
    centred = list(dropwhile(lambda line: line.paragraph.layout.align != "center", titles))
    return centred or titles


def is_reference(line: Line) -> bool:
    """Tell whether it says what an appendix belongs to: "(Kèm theo …)", or slanted without "("."""
    if part_words.ENCLOSED.match(line.folded):
        return True
    slanted = line.is_italic and line.paragraph.layout.align == "center" and not line.place.table
    return slanted and bool(part_words.ENCLOSED_BARE.match(line.folded))


def _title_lines(lines: list[Line]) -> list[Line]:
    """Return the centred lines right under "Phụ lục" where no "(Kèm theo …)" ends them."""
    found: list[Line] = []
    for line in lines:
        centred = line.paragraph.layout.align == "center"
        if line.place.table or not centred or not (line.is_bold or line.is_capitals):
            break
        found.append(line)
    return found
