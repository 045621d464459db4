"""How paragraphs lie: their alignment, and the distance of "V/v" from the number."""

from __future__ import annotations

import re

from cchc_office.catalogue.findings import Code
from cchc_office.decree30.checker._breaches import Judgement
from cchc_office.decree30.figures import (
    FIRST_LINE,
    LEAST_PARAGRAPH_DISTANCE,
    LINE_SPACING,
    RULES,
    SUBJECT_DISTANCE,
    Align,
    Part,
    number_in_words,
)
from cchc_office.decree30.fixing._session import FixSession, most_frequent
from cchc_office.decree30.fixing._typing import Typing, retype
from cchc_office.decree30.fixing.kinds import FixKind
from cchc_office.word.format_editor import put, set_attributes, set_indents, set_switch
from cchc_office.word.reading import Paragraph
from cchc_office.word.reading.measures import TWIPS_PER_MM

_TWIPS_PER_POINT = 20
_OF_TWO_COLUMNS = {Part.AGENCY, Part.PARENT_AGENCY, Part.NUMBER, Part.PLACE_DATE}
_LINE = 240
"""A line, as Word counts line spacing."""
_LEFT_INDENTS = ("start", "startChars", "leftChars")
_FIRST_LINES = ("hanging", "firstLineChars", "hangingChars")


def fix_layout(session: FixSession) -> None:
    """Align the lines of each part, and set "V/v" apart from the number."""
    several = _with_several_aligns(session)
    done: set[int] = set()
    for one in session.judged(FixKind.ALIGNMENT, Code.ALIGNMENT):
        paragraph = one.paragraph
        if paragraph is None or one.part is None or id(paragraph) in several | done:
            continue
        if one.part in _OF_TWO_COLUMNS and one.line is not None and one.line.columns == 1:
            continue  # how the head is laid out without them, its alignment does not tell
        if one.part is Part.BODY and paragraph.layout.align == "right":
            continue  # a line that is set to the right begins nowhere, and is meant to
        align = RULES[one.part].align or "both"
        if align == "both" and any(line.text.strip() for line in paragraph.lines[:-1]):
            continue  # justified, a line before a break is stretched, however short it is
        done.add(id(paragraph))
        _align(session, one, paragraph, align)
    for one in session.judged(FixKind.SUBJECT_DISTANCE, Code.SUBJECT_DISTANCE):
        _set_apart(session, one)
    for one in session.judged(FixKind.FIRST_LINE, Code.FIRST_LINE, Code.FIRST_LINE_SPACES):
        _indent(session, one)
    for one in session.judged(FixKind.PARAGRAPH_DISTANCE, Code.PARAGRAPH_DISTANCE):
        _space_out(session, one)
    for one in session.judged(FixKind.LINE_SPACING, Code.LINE_SPACING):
        _set_lines(session, one)


def _with_several_aligns(session: FixSession) -> set[int]:
    """Return the paragraphs in which lines of parts stand that are to be aligned differently."""
    wanted: dict[int, set[Align | None]] = {}
    for part, lines in session.parts.parts.items():
        for line in lines:
            wanted.setdefault(id(line.paragraph), set()).add(RULES[part].align)
    return {paragraph for paragraph, aligns in wanted.items() if len(aligns) > 1}


def _align(session: FixSession, one: Judgement, paragraph: Paragraph, align: Align) -> None:
    properties = session.editor.layout(session.element(paragraph))
    set_attributes(put(properties, "jc"), val=align)
    layout = paragraph.layout
    if align == "center" and any((layout.left, layout.right, layout.first_line)):
        # What stood to one side by its indents would not stand in the middle with them.
        set_indents(properties)
    session.tell(FixKind.ALIGNMENT, one.about, one.found, one.expected, one.line or paragraph)


def _set_apart(session: FixSession, one: Judgement) -> None:
    number, subject = session.parts.first(Part.NUMBER), one.paragraph
    if subject is None or number is None or subject is number.paragraph:
        return  # a line break parts them, which has no distance
    wanted = max(SUBJECT_DISTANCE, session.profile.subject_distance)
    before = wanted - number.paragraph.layout.after
    spacing = put(session.editor.layout(session.element(subject)), "spacing")
    set_attributes(spacing, before=round(before * _TWIPS_PER_POINT))
    set_attributes(spacing, beforeAutospacing=None, beforeLines=None)
    session.tell(
        FixKind.SUBJECT_DISTANCE,
        Part.DISPATCH_SUBJECT.value,
        f"cách số, ký hiệu {one.found} pt",
        f"cách {number_in_words(wanted)} pt",
        one.line,
    )


# --- what is asked for by its name ---


def _indent(session: FixSession, one: Judgement) -> None:
    paragraph = one.paragraph
    if paragraph is None or paragraph.text.startswith("\t"):
        return  # what a tab does depends on its stops
    typed = re.match(r"[ \u00a0\u2002\u2003]+", paragraph.text)
    if typed:
        line = session.parts.lines_of(paragraph)[0]
        if not retype(session, line, [Typing(0, typed.end(), "")]):
            return
    used = most_frequent(
        (other.layout.first_line, 1)
        for other in session.parts.body
        if FIRST_LINE.holds(other.layout.first_line) and not other.layout.left
    )
    wanted = used or session.profile.first_line_indent
    indents = put(session.editor.layout(session.element(paragraph)), "ind")
    set_attributes(indents, left=0, firstLine=round(wanted * TWIPS_PER_MM))
    set_attributes(indents, **dict.fromkeys((*_LEFT_INDENTS, *_FIRST_LINES)))
    before = f"{one.found} mm" if one.found else "bằng dấu cách, hay theo số chữ"
    after = f"{number_in_words(wanted, 1)} mm"
    session.tell(FixKind.FIRST_LINE, one.about, before, after, paragraph)


def _space_out(session: FixSession, one: Judgement) -> None:
    paragraph = one.paragraph
    if paragraph is None:
        return
    wanted = max(LEAST_PARAGRAPH_DISTANCE, session.profile.paragraph_distance)
    properties = session.editor.layout(session.element(paragraph))
    spacing = put(properties, "spacing")
    set_attributes(spacing, before=round(wanted * _TWIPS_PER_POINT))
    set_attributes(spacing, beforeAutospacing=None, beforeLines=None)
    if paragraph.layout.contextual:
        set_switch(properties, "contextualSpacing", on=False)
    after = f"{number_in_words(wanted)} pt"
    session.tell(FixKind.PARAGRAPH_DISTANCE, one.about, f"{one.found} pt", after, paragraph)


def _set_lines(session: FixSession, one: Judgement) -> None:
    paragraph = one.paragraph
    if paragraph is None:
        return
    now = float(one.found.replace(",", "."))
    wanted = min(max(now, LINE_SPACING.least), LINE_SPACING.most)
    if "line_spacing" in session.profile.chosen and LINE_SPACING.holds(
        session.profile.line_spacing
    ):
        wanted = session.profile.line_spacing
    spacing = put(session.editor.layout(session.element(paragraph)), "spacing")
    set_attributes(spacing, line=round(wanted * _LINE), lineRule="auto")
    after = f"{number_in_words(wanted, 2)} dòng"
    session.tell(FixKind.LINE_SPACING, one.about, f"{one.found} dòng", after, paragraph)
