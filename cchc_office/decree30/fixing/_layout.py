"""How paragraphs lie: their alignment, and the distance of "V/v" from the number."""

from __future__ import annotations

from cchc_office.catalogue.findings import Code
from cchc_office.decree30.figures import RULES, SUBJECT_DISTANCE, Align, Part, number_in_words
from cchc_office.decree30.fixing._session import FixSession, Judgement
from cchc_office.decree30.fixing.kinds import FixKind
from cchc_office.word.format_editor import put, set_attributes
from cchc_office.word.reading import Paragraph

_TWIPS_PER_POINT = 20
_OTHER_INDENTS = ("start", "end", "hanging", "firstLineChars", "hangingChars", "startChars")
_MORE_INDENTS = ("endChars", "leftChars", "rightChars")


def fix_layout(session: FixSession) -> None:
    """Align the lines of each part, and set "V/v" apart from the number."""
    several = _with_several_aligns(session)
    done: set[int] = set()
    for one in session.judged(FixKind.ALIGNMENT, Code.ALIGNMENT):
        paragraph = one.paragraph
        if paragraph is None or one.part is None or id(paragraph) in several | done:
            continue
        done.add(id(paragraph))
        _align(session, one, paragraph, RULES[one.part].align or "both")
    for one in session.judged(FixKind.SUBJECT_DISTANCE, Code.SUBJECT_DISTANCE):
        _set_apart(session, one)


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
        indents = put(properties, "ind")
        set_attributes(indents, left=0, right=0, firstLine=0)
        set_attributes(indents, **dict.fromkeys((*_OTHER_INDENTS, *_MORE_INDENTS)))
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
