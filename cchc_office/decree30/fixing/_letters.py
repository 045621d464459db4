"""Font, colour, size, bold and italic of every recognised part (I.4, and each part's own rule)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from cchc_office.catalogue.findings import Code
from cchc_office.decree30.checker._parts import Line
from cchc_office.decree30.figures import (
    DEFAULT_PROFILE,
    FONT,
    RULES,
    Part,
    number_in_words,
    part_size,
)
from cchc_office.decree30.fixing._session import FixSession, Judgement, most_frequent
from cchc_office.decree30.fixing.kinds import FixKind
from cchc_office.text.vietnamese import upper
from cchc_office.text.widths import POINTS_PER_MM, text_width
from cchc_office.word.format_editor import divide_run, put, set_attributes, set_switch
from cchc_office.word.reading import Paragraph, Piece

# Fonts in which letters are other signs, or stand at the places that a code before Unicode gave.
_OTHER_CODE = re.compile(
    r"\.|vn|vni|tcvn|symbol|wingdings|webdings|mt extra|marlett|zapf", re.IGNORECASE
)
_ON_THE_MARK = ("font", "size", "color")
Look = dict[str, Any]


@dataclass
class _Wishes:
    """What is wished of runs: by the place of each, its new look; those `at_odds` have two.

    `marks` are the looks of the paragraphs' marks, by which Word sets the numbers of lists.
    """

    looks: dict[int, Look] = field(default_factory=dict)
    at_odds: set[int] = field(default_factory=set)
    marks: dict[int, Look] = field(default_factory=dict)

    def add(self, pieces: Iterable[Piece], paragraph: Paragraph, name: str, value: Any) -> bool:
        """Wish a look for pieces; tell whether there is a run to give it to."""
        sources = [piece.source for piece in pieces if piece.source >= 0]
        for source in sources:
            look = self.looks.setdefault(source, {})
            if look.setdefault(name, value) != value:
                self.at_odds.add(source)
        if sources and paragraph.layout.label and name in _ON_THE_MARK:
            self.marks.setdefault(paragraph.source, {})[name] = value
        return bool(sources)


def fix_letters(session: FixSession) -> None:
    """Give the letters of each part the look that its rule has."""
    wishes = _Wishes()
    _wish_sizes(session, wishes)
    for code, name, wanted, before, after in _STYLES:
        for one in session.judged(FixKind.STYLE, code):
            if one.line and _may_change_width(one.line):
                _wish(session, wishes, FixKind.STYLE, one, name, wanted, before, after)
    for one in session.judged(FixKind.FONT, Code.FONT):
        _wish_font(session, one, wishes)
    for one in session.judged(FixKind.COLOUR, Code.COLOUR):
        _wish(
            session, wishes, FixKind.COLOUR, one, "color", "auto", f"mã màu {one.found}", "màu đen"
        )
    _grant(session, wishes)


_STYLES = (
    (Code.NOT_BOLD, "b", True, "chữ không đậm", "chữ đậm"),
    (Code.IS_BOLD, "b", False, "chữ đậm", "chữ không đậm"),
    (Code.NOT_ITALIC, "i", True, "chữ đứng", "chữ nghiêng"),
    (Code.IS_ITALIC, "i", False, "chữ nghiêng", "chữ đứng"),
)


def _wish(
    session: FixSession,
    wishes: _Wishes,
    kind: FixKind,
    one: Judgement,
    name: str,
    value: Any,
    before: str,
    after: str,
) -> None:
    paragraph = one.paragraph
    if paragraph is not None and wishes.add(one.pieces, paragraph, name, value):
        session.tell(kind, one.about, before, after, one.line)


def _may_change_width(line: Line) -> bool:
    """Tell whether a line keeps its place when its letters take more room or less.

    What blanks set in two columns on one line would not.
    """
    return not line.by_tab or "\t" in line.paragraph.text


def _wish_font(session: FixSession, one: Judgement, wishes: _Wishes) -> None:
    line = one.line
    if line is None or any(_OTHER_CODE.match(f) for p in line.pieces for f in p.letters.fonts):
        return  # in another font it would be other letters
    # The signs between the words have the font of the words.
    pieces = [
        p for p in line.pieces if any(f.casefold() != FONT.casefold() for f in p.letters.fonts)
    ]
    if wishes.add(pieces, line.paragraph, "font", FONT):
        session.tell(FixKind.FONT, one.about, one.found, FONT, line)


# --- sizes ---


def _wish_sizes(session: FixSession, wishes: _Wishes) -> None:
    targets: dict[Part, float] = {}
    for one in session.judged(FixKind.SIZE, Code.LETTER_SIZE):
        if one.part is None or one.line is None or not _may_change_width(one.line):
            continue
        if one.part not in targets:
            targets[one.part] = _size_of(session, one.part)
        size = targets[one.part]
        after = f"cỡ {number_in_words(size)}"
        _wish(session, wishes, FixKind.SIZE, one, "size", size, f"cỡ {one.found}", after)


def _size_of(session: FixSession, part: Part) -> float:
    """Return the size for a part: the allowed one it mostly has, or an office's, or the nearest."""
    allowed, lines = RULES[part].sizes, session.lines_of(part)
    weights = [(p.letters.size, len(p.text)) for line in lines for p in line.pieces]
    used = most_frequent((size, count) for size, count in weights if allowed.holds(size))
    if used is not None:
        return used
    chosen = part_size(part, session.profile)
    if chosen != part_size(part, DEFAULT_PROFILE) and allowed.holds(chosen):
        return chosen
    mostly = most_frequent(weights) or allowed.least
    nearest = min(max(mostly, allowed.least), allowed.most)
    fits_now = all(line.width <= line.place.width for line in lines if line.place.width)
    if fits_now and not _fit(lines, nearest, bold=bool(RULES[part].bold)):
        return allowed.least
    return nearest


def _fit(lines: list[Line], size: float, *, bold: bool) -> bool:
    """Tell whether each line would go into its room."""
    return all(
        text_width(_shown(line), size, bold=bold) / POINTS_PER_MM <= line.place.width
        for line in lines
        if line.place.width
    )


def _shown(line: Line) -> str:
    return upper(line.text) if any(p.letters.capitals for p in line.pieces) else line.text


# --- granting ---


def _grant(session: FixSession, wishes: _Wishes) -> None:
    for source, look in wishes.looks.items():
        run = session.sources.runs[source]
        if source not in wishes.at_odds:
            set_look(session.editor.letters(run), look)
        elif divide_run(run) > 1:
            session.editor.touch(run)
            session.again = True  # its lines are looked at in the next pass
    for source, look in wishes.marks.items():
        set_look(session.editor.mark(session.sources.paragraphs[source]), look)


def set_look(properties: Any, look: Look) -> None:
    """Give letters' properties a new look: font, colour, size, bold, italic."""
    if "font" in look:
        fonts = put(properties, "rFonts")
        set_attributes(fonts, ascii=FONT, hAnsi=FONT, cs=FONT)
        set_attributes(fonts, asciiTheme=None, hAnsiTheme=None, cstheme=None)
    for tag in ("b", "i"):
        if tag in look:
            set_switch(properties, tag, on=look[tag])
    if "color" in look:
        color = put(properties, "color")
        set_attributes(color, val="auto", themeColor=None, themeTint=None, themeShade=None)
    if "size" in look:
        for tag in ("sz", "szCs"):
            set_attributes(put(properties, tag), val=f"{look['size'] * 2:g}")
