"""Font, colour, size, bold and italic of every recognised part (I.4, and each part's own rule)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from cchc_office.catalogue.findings import Code
from cchc_office.decree30.checker import _part_words as part_words
from cchc_office.decree30.checker._breaches import Judgement
from cchc_office.decree30.checker._parts import Line, legal_bases
from cchc_office.decree30.figures import (
    DEFAULT_PROFILE,
    FONT,
    RULES,
    Part,
    number_in_words,
    part_size,
)
from cchc_office.decree30.fixing._session import FixSession, most_frequent
from cchc_office.decree30.fixing.kinds import FixKind
from cchc_office.text.legacy import is_unicode, read_legacy
from cchc_office.text.vietnamese import upper
from cchc_office.text.widths import POINTS_PER_MM, text_width
from cchc_office.word.format_editor import put, set_attributes, set_switch
from cchc_office.word.reading import Piece

_OF_SIGNS = re.compile(r"symbol|wingdings|webdings|mt extra|marlett|zapf|bookshelf", re.IGNORECASE)
"""Fonts in which each letter is another sign."""
_BEFORE_UNICODE = re.compile(r"\.?vn|vni|tcvn|\.", re.IGNORECASE)
"""Fonts that show Vietnamese letters at the places of others; those that end in H show capitals."""
_ARTICLE = re.compile(r"\s*Điều\s+\w+[.:]?", re.IGNORECASE)
_LONGEST_DATE = 90
_ON_THE_MARK = ("font", "size", "color")
Look = dict[str, Any]


@dataclass
class _Wish:
    """A look that is wished for pieces, and the words to tell it in."""

    line: Line
    pieces: tuple[Piece, ...]
    name: str
    value: Any
    told: tuple[FixKind, str, str, str]

    @property
    def sources(self) -> frozenset[int]:
        """The places of the runs of its pieces."""
        return frozenset(piece.source for piece in self.pieces if piece.source >= 0)


def fix_letters(session: FixSession) -> None:
    """Give the letters of each part the look that its rule has."""
    wishes = [*_sizes(session), *_styles(session), *_fonts(session), *_colours(session)]
    for one in session.judged(FixKind.CAPITALS, Code.NOT_CAPITALS):
        if one.line and _may_change_width(one.line):
            told = (FixKind.CAPITALS, one.about, "chữ thường", "chữ in hoa (All caps)")
            wishes.append(_Wish(one.line, one.pieces, "caps", True, told))
    _grant(session, wishes)


def _colours(session: FixSession) -> Iterator[_Wish]:
    for one in session.judged(FixKind.COLOUR, Code.COLOUR):
        if one.line and not one.line.place.edge:
            told = (FixKind.COLOUR, one.about, f"mã màu {one.found}", "màu đen")
            yield _Wish(one.line, one.pieces, "color", "auto", told)


# --- bold and italic ---


_STYLES = (
    (Code.NOT_BOLD, "b", True, "chữ không đậm", "chữ đậm"),
    (Code.IS_BOLD, "b", False, "chữ đậm", "chữ không đậm"),
    (Code.NOT_ITALIC, "i", True, "chữ đứng", "chữ nghiêng"),
    (Code.IS_ITALIC, "i", False, "chữ nghiêng", "chữ đứng"),
)


def _styles(session: FixSession) -> Iterator[_Wish]:
    for code, name, wanted, before, after in _STYLES:
        for one in session.judged(FixKind.STYLE, code):
            line = one.line
            if line is None or line.place.edge or not _may_change_width(line):
                continue
            if not _is_doubtful(session, one, line):
                told = (FixKind.STYLE, one.about, before, after)
                yield _Wish(line, _meant(one, line), name, wanted, told)


def _meant(one: Judgement, line: Line) -> tuple[Piece, ...]:
    """Return the pieces that are meant: of an article's line its label alone."""
    article = _ARTICLE.match(line.source.text)
    if one.part is not None or article is None:
        return one.pieces
    left, found = article.end(), []
    for piece in line.source.pieces:
        inside = piece.text[: max(left, 0)]
        left -= len(piece.text)
        if inside.strip():
            found.append(replace(piece, text=inside))
    return tuple(found)


def _may_change_width(line: Line) -> bool:
    """Tell whether a line keeps its place when its letters take more room or less.

    What blanks set in two columns on one line would not.
    """
    return not line.by_tab or "\t" in line.paragraph.text


def _is_doubtful(session: FixSession, one: Judgement, line: Line) -> bool:
    """Tell whether letters of the text are perhaps meant to be as they are.

    Place and date at the end of minutes are italic as those of a head; of bases between which
    other lines stand only some would become so. Without two columns it is not certain which line of
    a head is the agency's.
    """
    if one.part in {Part.AGENCY, Part.PARENT_AGENCY}:
        return line.columns == 1
    if one.part is Part.BODY:
        return bool(part_words.DATE.search(line.folded)) and len(line.text) < _LONGEST_DATE
    if one.part is not Part.LEGAL_BASIS:
        return False
    bases = legal_bases(session.parts)
    rest = session.parts.body[session.parts.body.index(bases[-1]) + 1 :]
    starts = (s.folded for p in rest for s in session.parts.lines_of(p)[:1] if s.text[-1:] == ";")
    return any(part_words.LEGAL_BASIS.match(start) for start in starts)


# --- fonts ---


def _fonts(session: FixSession) -> Iterator[_Wish]:
    for one in session.judged(FixKind.FONT, Code.FONT):
        line = one.line
        if line is None or line.place.edge:
            continue
        # The signs between the words have the font of the words.
        others = (piece for piece in line.pieces if any(map(_is_other, piece.letters.fonts)))
        pieces = tuple(piece for piece in others if _stays_the_same(piece, line))
        if one.found in {font for piece in pieces for font in piece.letters.fonts}:
            yield _Wish(line, pieces, "font", FONT, (FixKind.FONT, one.about, one.found, FONT))


def _is_other(font: str) -> bool:
    return font.casefold() != FONT.casefold()


def _stays_the_same(piece: Piece, line: Line) -> bool:
    """Tell whether letters of a line are the same in another font."""
    for font in filter(_is_other, piece.letters.fonts):
        if _OF_SIGNS.match(font):
            return False
        has_letters = any(c.isalpha() for c in piece.text)
        if _BEFORE_UNICODE.match(font) and has_letters:
            # Letters that no such font has are typed as what they are.
            as_it_is = is_unicode(line.text) and read_legacy(piece.text) is None
            return as_it_is and not font.upper().endswith("H")
    return True


# --- sizes ---


def _sizes(session: FixSession) -> Iterator[_Wish]:
    targets: dict[Part, float] = {}
    for one in session.judged(FixKind.SIZE, Code.LETTER_SIZE):
        if one.part is None or one.line is None or one.line.place.edge:
            continue
        if not _may_change_width(one.line):
            continue
        if one.part not in targets:
            targets[one.part] = _size_of(session, one.part)
        size = targets[one.part]
        after = f"cỡ {number_in_words(size)}"
        told = (FixKind.SIZE, one.about, f"cỡ {one.found}", after)
        yield _Wish(one.line, one.pieces, "size", size, told)


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


def _grant(session: FixSession, wishes: Iterable[_Wish]) -> None:
    """Give runs the looks that are wished; those of which a part is meant are divided first."""
    looks: dict[int, Look] = {}
    whole: dict[int, bool] = {}
    wishes = [*wishes]
    for wish in wishes:
        for source in wish.sources:
            look = looks.setdefault(source, {})
            same = look.setdefault(wish.name, wish.value) == wish.value
            whole[source] = whole.get(source, True) and same and _is_whole(wish, source)
    for source, look in looks.items():
        run = session.sources.runs[source]
        if whole[source]:
            set_look(session.editor.letters(run), look)
        elif session.editor.divide(run, _texts(wishes, source)) > 1:
            session.again = True  # its parts are looked at in the next pass
    for wish in wishes:
        if any(whole[source] for source in wish.sources):
            session.tell(*wish.told, wish.line)
            if wish.line.paragraph.layout.label and wish.name in _ON_THE_MARK:
                # Word sets the number of a list as the paragraph's mark.
                mark = session.editor.mark(session.element(wish.line.paragraph))
                set_look(mark, {wish.name: wish.value})


def _is_whole(wish: _Wish, source: int) -> bool:
    """Tell whether a wish is for all that a run shows."""
    lines = wish.line.paragraph.lines
    shown = "".join(p.text for line in lines for p in line.pieces if p.source == source)
    meant = "".join(p.text for p in wish.pieces if p.source == source)
    return len("".join(meant.split())) >= len("".join(shown.split()))


def _texts(wishes: Iterable[_Wish], source: int) -> tuple[str, ...]:
    """Return the texts of a run that are meant."""
    pieces = (piece for wish in wishes for piece in wish.pieces if piece.source == source)
    return tuple(dict.fromkeys(piece.text.strip() for piece in pieces))


def set_look(properties: Any, look: Look) -> None:
    """Give letters' properties a new look: font, colour, size, bold, italic."""
    if "font" in look:
        fonts = put(properties, "rFonts")
        set_attributes(fonts, ascii=FONT, hAnsi=FONT, cs=FONT)
        set_attributes(fonts, asciiTheme=None, hAnsiTheme=None, cstheme=None)
    for tag in ("b", "i", "caps"):
        if tag in look:
            set_switch(properties, tag, on=look[tag])
    if "color" in look:
        color = put(properties, "color")
        set_attributes(color, val="auto", themeColor=None, themeTint=None, themeShade=None)
    if "size" in look:
        for tag in ("sz", "szCs"):
            set_attributes(put(properties, tag), val=f"{look['size'] * 2:g}")
