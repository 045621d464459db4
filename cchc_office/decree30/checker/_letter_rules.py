"""Letters of each part and of the text: fonts, sizes, weight, slant, and how lines align."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from cchc_office.catalogue.findings import Code
from cchc_office.decree30.checker import _part_words as part_words
from cchc_office.decree30.checker._archive_line import is_archive, without_drafter
from cchc_office.decree30.checker._breaches import Breaches, SomeOfLine
from cchc_office.decree30.checker._parts import DocumentParts, Kind, Line, legal_bases
from cchc_office.decree30.figures import (
    FONT,
    RULES,
    Part,
    clause,
    number_in_words,
)
from cchc_office.word.reading import Paragraph, Piece

_OPENING = ("(", "[", "“", '"', "«", "*", "Nguồn", "Ghi chú")
# Word finds the face that a full name means: "Times New Roman Bold", as other systems write it.
_FACE = re.compile(r"(?:[ ,-]+(?:bold|italic|regular|bold ?italic|mt))+$", re.IGNORECASE)
# The name within the font's file, which a text copied from a PDF brings along.
_INNER_NAME = re.compile(r"TimesNewRomanPS(?:MT|-(?:Bold|Italic|BoldItalic)MT)?$", re.IGNORECASE)
# What a specimen leaves blank, with the number of the note that tells what belongs there.
_TO_FILL_IN = re.compile(r"(?:[\s.…_]|\(\d{1,2}\))*")
_LONGEST_QUOTATION = 12  # paragraphs
_UNSEEN = 4.0  # mm
_HELD_OFF = ("   ", "\u00a0\u00a0\u00a0")  # blanks that keep a line off the right edge
_DARKEST = 0x26  # what a screen and a printer show as black
ALIGN_WORDS = {
    "left": "canh trái",
    "center": "canh giữa",
    "right": "canh phải",
    "both": "canh đều hai lề",
}
"""How text can lie between its margins, as findings say it."""


def check_letters(parts: DocumentParts, breaches: Breaches) -> None:
    """Hold the letters of every part against its rule, those of the text among them."""
    for part, lines in parts.parts.items():
        for line in lines:
            _check_part(part, line, parts, breaches)
    bases = {id(paragraph) for paragraph in legal_bases(parts)}
    quoted = _going_on_in_quotation(parts.body)
    for paragraph in parts.body:
        is_base = id(paragraph) in bases
        part = Part.LEGAL_BASIS if is_base else Part.BODY
        for line in parts.lines_of(paragraph):
            words = _without_marks(line)
            check_size(part, words.pieces, line, breaches)
            if is_base:
                _check_slant(part, line, words.pieces, breaches)
            elif id(paragraph) not in quoted and not _may_be_slanted(line):
                _check_upright(line, breaches)
    _check_fonts(parts, breaches)


def _check_part(part: Part, line: Line, parts: DocumentParts, breaches: Breaches) -> None:
    if part is Part.RECIPIENTS_LABEL and part_words.RECIPIENTS_WITH_ITEM.match(line.folded):
        return  # two parts in one line, each with letters of its own
    rule = RULES[part]
    signed = part is Part.RECIPIENTS and is_archive(line)
    words = _without_marks(without_drafter(line) if signed else line)
    check_size(part, words.pieces, line, breaches)
    own = [piece for piece in words.pieces if not _TO_FILL_IN.fullmatch(piece.text)]
    bold = [piece for piece in own if piece.letters.bold]
    light = [piece for piece in own if not piece.letters.bold]
    if rule.bold and light:
        breaches.add(Code.NOT_BOLD, SomeOfLine(line, tuple(light)), part)
    if rule.bold is False and bold:
        breaches.add(Code.IS_BOLD, SomeOfLine(line, tuple(bold)), part)
    _check_slant(part, line, own, breaches)
    if part is Part.SUBJECT and _is_rest_of_title(parts):
        rule = replace(rule, capitals=None)
    if rule.capitals and not line.is_capitals and not line.is_to_fill_in:
        breaches.add(Code.NOT_CAPITALS, line, part)
    if rule.capitals is False and line.is_capitals and _has_words(line):
        breaches.add(Code.IS_CAPITALS, line, part)
    align = line.paragraph.layout.align
    by_indent = part is Part.DISPATCH_SUBJECT and not line.place.table  # a head without a table
    if rule.align and not by_indent and not _aligned(line, rule.align):
        breaches.add(Code.ALIGNMENT, line, part, ALIGN_WORDS[align], ALIGN_WORDS[rule.align])


def _without_marks(line: Line) -> Line:
    """Return the line without pieces that hold marks alone, whose look no one sees beside words."""
    pieces = tuple(p for p in line.source.pieces if any(c.isalnum() for c in p.text))
    return replace(line, source=replace(line.source, pieces=pieces)) if pieces else line


def _is_rest_of_title(parts: DocumentParts) -> bool:
    """Tell whether what follows the type goes on with it: a charter's name, a type not bare."""
    return parts.kind is Kind.ATTACHED or not parts.type_is_bare


def _aligned(line: Line, wanted: str) -> bool:
    """Tell whether a line is aligned as wanted, as far as it can be seen."""
    align = line.paragraph.layout.align
    within_table = bool(line.place.table) and line.place.columns == 1
    held_off = align == "right" and line.source.text.endswith(_HELD_OFF)
    if line.by_tab or line.is_set_in or held_off or line.place.text_box or within_table:
        return True  # where it stands, something else decides too
    if wanted == "left":
        return align in {"left", "both"}
    return align == wanted or _fills_its_room(line) or _is_set_in_the_middle(line)


def _fills_its_room(line: Line) -> bool:
    """Tell whether a line leaves so little room that no one sees how it is aligned."""
    layout = line.paragraph.layout
    room = line.place.width - layout.left - layout.right
    return room > 0 and (room - line.width) / 2 < _UNSEEN


def _is_set_in_the_middle(line: Line) -> bool:
    """Tell whether an indent brings a short line of a cell to where centring would."""
    layout, room = line.paragraph.layout, line.place.width
    start = layout.left + layout.first_line
    if not line.place.table or layout.align == "right" or start <= 0 or not room:
        return False
    return abs(start - (room - layout.right - line.width) / 2) < _UNSEEN


def _has_words(line: Line) -> bool:
    return sum(c.isalpha() for c in line.with_blanks) > 3


def check_size(part: Part, pieces: Iterable[Piece], at: Line, breaches: Breaches) -> None:
    """Hold the size of letters against the rule of the part that they belong to."""
    rule = RULES[part]
    wrong: dict[float, list[Piece]] = {}
    for piece in pieces:
        if not rule.sizes.holds(piece.letters.size):
            wrong.setdefault(piece.letters.size, []).append(piece)
    for size, own in wrong.items():
        where, found = SomeOfLine(at, tuple(own)), number_in_words(size)
        breaches.add(Code.LETTER_SIZE, where, part, found, rule.sizes.words)


def _check_slant(part: Part, line: Line, pieces: Iterable[Piece], breaches: Breaches) -> None:
    rule = RULES[part]
    italic = [piece for piece in pieces if piece.letters.italic]
    upright = [piece for piece in pieces if not piece.letters.italic]
    if rule.italic and upright:
        breaches.add(Code.NOT_ITALIC, SomeOfLine(line, tuple(upright)), part)
    if rule.italic is False and italic:
        breaches.add(Code.IS_ITALIC, SomeOfLine(line, tuple(italic)), part)


def _may_be_slanted(line: Line) -> bool:
    """Tell whether it is no text of the document's own: a remark, a quotation, a caption, dots."""
    if line.text.startswith(_OPENING) or not any(c.isalpha() for c in line.text):
        return True
    if is_date_of_signing(line) or line.is_to_fill_in:
        return True
    return bool(part_words.CAPTION.match(line.folded) or part_words.LEGAL_BASIS.match(line.folded))


def is_date_of_signing(line: Line) -> bool:
    """Tell whether it is nothing but the place and date, set apart over those who sign."""
    set_apart = line.is_set_in or line.paragraph.layout.align in {"center", "right"}
    return set_apart and line.is_date_alone


def _going_on_in_quotation(body: Sequence[Paragraph]) -> set[int]:
    """Return the `id` of the paragraphs in which a quotation goes on that began in one above."""
    found: set[int] = set()
    for at, paragraph in enumerate(body):
        if paragraph.text.rfind("“") <= paragraph.text.rfind("”"):
            continue
        run = body[at + 1 : at + 1 + _LONGEST_QUOTATION]
        marks = (next((c for c in p.text if c in "“”"), "") for p in run)
        ends = next(((i, mark) for i, mark in enumerate(marks) if mark), None)
        if ends and ends[1] == "”":
            found |= {id(p) for p in run[: ends[0] + 1]}
    return found


def _check_upright(line: Line, breaches: Breaches) -> None:
    """Hold a line of the text against II.6.e; single words in italics are emphasis."""
    if line.pieces and line.is_italic:
        breaches.add(Code.IS_ITALIC, line, Part.BODY)


def _check_fonts(parts: DocumentParts, breaches: Breaches) -> None:
    names = {id(p): Part.BODY.value for p in parts.body}
    for part, lines in parts.parts.items():
        names |= {id(line.paragraph): part.value for line in lines}
    for line in parts.lines:
        about = names.get(id(line.paragraph), "Bảng, phần khác")
        check_font(line, about, breaches)


def check_font(line: Line, about: str, breaches: Breaches) -> None:
    """Hold font and colour of a line against I.4."""
    fonts: dict[str, list[Piece]] = {}
    for piece in line.pieces:
        for font in piece.letters.fonts if any(c.isalnum() for c in piece.text) else ():
            fonts.setdefault(font, []).append(piece)
    for font, pieces in fonts.items():
        if not _is_right_font(font):
            at = SomeOfLine(line, tuple(pieces))
            breaches.add(Code.FONT, at, clause("I.4"), font, FONT, about=about)
    colors = dict.fromkeys(piece.letters.color for piece in line.pieces)
    wrong = [color for color in colors if not _is_black(color)]
    if not wrong or line.bare in part_words.URGENCY_MARKS:
        return  # those are stamped or typed in bright red (III.2.b)
    for color in wrong:
        pieces = [piece for piece in line.pieces if piece.letters.color == color]
        at = SomeOfLine(line, tuple(pieces))
        breaches.add(Code.COLOUR, at, clause("I.4"), color, about=about)


def _is_right_font(name: str) -> bool:
    """Tell whether a font's name means the decree's; LibreOffice writes others behind ";"."""
    first = name.partition(";")[0].strip()
    return bool(_INNER_NAME.match(first)) or _FACE.sub("", first).casefold() == FONT.casefold()


def _is_black(color: str) -> bool:
    if color == "auto":
        return True
    try:
        channels = bytes.fromhex(color)
    except ValueError:
        return True
    return max(channels, default=0) <= _DARKEST
