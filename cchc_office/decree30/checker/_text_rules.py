"""Letters of each part; addressees, legal bases, and how the paragraphs of the text lie."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from cchc_office.catalogue.findings import Code, FindingCode
from cchc_office.decree30.checker import _part_words as part_words
from cchc_office.decree30.checker._archive_line import is_archive, without_drafter
from cchc_office.decree30.checker._breaches import Breaches, SomeOfLine
from cchc_office.decree30.checker._parts import DocumentParts, Kind, Line, legal_bases
from cchc_office.decree30.figures import (
    DECREE,
    FIRST_LINE,
    FONT,
    LEAST_PARAGRAPH_DISTANCE,
    LINE_SPACING,
    RULES,
    Part,
    clause,
    number_in_words,
)
from cchc_office.text.vietnamese import clean_line, fold
from cchc_office.text.widths import LINE_HEIGHT
from cchc_office.word.reading import Paragraph, Piece, TabStop

_OPENING = ("(", "[", "“", '"', "«", "*", "Nguồn", "Ghi chú")
# Word finds the face that a full name means: "Times New Roman Bold", as other systems write it.
_FACE = re.compile(r"(?:[ ,-]+(?:bold|italic|regular|bold ?italic|mt))+$", re.IGNORECASE)
# The name within the font's file, which a text copied from a PDF brings along.
_INNER_NAME = re.compile(r"TimesNewRomanPS(?:MT|-(?:Bold|Italic|BoldItalic)MT)?$", re.IGNORECASE)
# What a specimen leaves blank, with the number of the note that tells what belongs there.
_TO_FILL_IN = re.compile(r"(?:[\s.…_]|\(\d{1,2}\))*")
_LONGEST_QUOTATION = 12  # paragraphs
_UNSEEN = 4.0  # mm
_DARKEST = 0x26  # what a screen and a printer show as black
_ALIGN_WORDS = {
    "left": "canh trái",
    "center": "canh giữa",
    "right": "canh phải",
    "both": "canh đều hai lề",
}


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
            check_size(part, _without_marks(line).pieces, line, breaches)
            if is_base:
                _check_slant(part, line, line.pieces, breaches)
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
    if rule.capitals and not line.is_capitals:
        breaches.add(Code.NOT_CAPITALS, line, part)
    if rule.capitals is False and line.is_capitals and _has_words(line):
        breaches.add(Code.IS_CAPITALS, line, part)
    align = line.paragraph.layout.align
    by_indent = part is Part.DISPATCH_SUBJECT and not line.place.table  # a head without a table
    if rule.align and not by_indent and not _aligned(line, rule.align):
        breaches.add(Code.ALIGNMENT, line, part, _ALIGN_WORDS[align], _ALIGN_WORDS[rule.align])


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
    if line.by_tab or line.is_set_in or line.place.text_box or within_table:
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
    return bool(part_words.CAPTION.match(line.folded) or part_words.LEGAL_BASIS.match(line.folded))


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


_END = "./."
_WORDS_THAT_DECIDE = ("quyet dinh", "quyet nghi", "nghi quyet", "chi thi")
_SPECIMENS = f"mẫu 1.4, 1.5 Phụ lục III, {DECREE}"
_INDENT_TOLERANCE = 0.6
_DISTANCE_TOLERANCE = 0.1
_LINE_TOLERANCE = 0.03


def check_text(parts: DocumentParts, breaches: Breaches) -> None:
    """Hold addressees and text against II.6 and II.9."""
    _check_addressees(parts, breaches)
    _check_legal_bases(parts, breaches)
    shown = [p for p in parts.body if p.text.strip()]
    for paragraph in shown:
        _check_lines(paragraph, breaches)
        heading = part_words.DIVISION.fullmatch(clean_line(paragraph.text)) or _decides(
            parts.lines_of(paragraph)
        )
        if paragraph.layout.align != "center" and not heading:
            _check_alignment(parts, paragraph, breaches)
            _check_first_line(parts, paragraph, breaches)
    _check_distances(parts, breaches)
    _check_end(parts, shown, breaches)


def _decides(lines: list[Line]) -> bool:
    """Tell whether a paragraph is "QUYẾT ĐỊNH:" over what is decided, which blanks may centre."""
    return len(lines) == 1 and lines[0].is_capitals and lines[0].bare in _WORDS_THAT_DECIDE


# --- addressees ---


def _check_addressees(parts: DocumentParts, breaches: Breaches) -> None:
    lines = parts.of(Part.ADDRESSEE)
    if not lines:
        return
    law = clause("II.9.d")
    rest = re.sub(r"^\s*k[íi]nh\s+g[ửu]i\s*", "", lines[0].text, flags=re.IGNORECASE)
    if not rest.startswith(":"):
        breaches.add(Code.ADDRESSEE_COLON, lines[0], law)
    named = rest.lstrip(": ").strip()
    items = [(lines[0], named)] if named else []
    for line in lines[1:]:
        goes_on = items and not line.is_item and items[-1][0].is_item
        if goes_on and not items[-1][1].endswith((";", ".")):
            items[-1] = (items[-1][0], f"{items[-1][1]} {line.text}")
        else:
            items.append((line, line.text))
    if len(items) == 1 and not named and not _beside(lines[0], items[0][0]):
        expected = items[0][1].lstrip("-–• ").rstrip(".;")
        breaches.add(Code.ADDRESSEE_LINE, items[0][0], law, expected=expected)
    if len(items) > 1:
        check_list(Code.ADDRESSEE_LIST, items, breaches)
    elif named and _names_several(named):
        breaches.add(Code.ADDRESSEES_ON_ONE_LINE, lines[0], law, named)


def _beside(label: Line, named: Line) -> bool:
    """Tell whether the name stands in the next cell of the row, and so on the same line."""
    a, b = label.place, named.place
    return bool(a.table) and (a.table, a.row) == (b.table, b.row) and a.column != b.column


def _names_several(text: str) -> bool:
    """Tell whether a line seems to name several agencies: parts that each begin as a name does."""
    names = [fold(part) + " " for part in re.split(r"[,;]\s+", text)]
    return len(names) > 1 and all(name.startswith(part_words.AGENCY_WORDS) for name in names)


def check_list(
    code: FindingCode,
    items: Sequence[tuple[Line, str]],
    breaches: Breaches,
    last_ends: tuple[str, ...] = (".",),
) -> None:
    """Hold a list against II.9.d: a dash before each item, ";" behind it, "." behind the last."""
    for place, (line, text) in enumerate(items):
        ends = last_ends if place == len(items) - 1 else (";",)
        dashed = text.startswith("-") or line.paragraph.layout.label == "-"
        if not dashed or not text.endswith(ends):
            expected = f"- {text.lstrip('-–•+ ').rstrip(';., ')}{ends[-1]}"
            breaches.add(code, line, clause("II.9.d"), text, expected)


# --- legal bases ---


def _check_legal_bases(parts: DocumentParts, breaches: Breaches) -> None:
    bases = legal_bases(parts)
    goes_on = bool(bases) and _sentence_goes_on(parts, bases[-1])
    for place, paragraph in enumerate(bases):
        expected = "." if place == len(bases) - 1 and not goes_on else ";"
        text = clean_line(paragraph.text)
        if not text.endswith(expected):
            breaches.add(
                Code.LEGAL_BASIS_END, paragraph, clause("II.6.a"), text.rsplit(" ", 1)[-1], expected
            )


def _sentence_goes_on(parts: DocumentParts, last: Paragraph) -> bool:
    """Tell whether a basis follows that says at its end who decides: "…, Chủ tịch … như sau:"."""
    shown = [p for p in parts.body if p.text.strip()]
    after = shown[shown.index(last) + 1 :][:1]
    return any(
        part_words.LEGAL_BASIS.match(line.folded) and p.text.rstrip().endswith(":")
        for p in after
        for line in parts.lines_of(p)[:1]
    )


# --- paragraphs ---


def _check_lines(paragraph: Paragraph, breaches: Breaches) -> None:
    layout = paragraph.layout
    sizes = [p.letters.size for line in paragraph.lines for p in line.pieces if p.text.strip()]
    single = max(sizes, default=13.0) * LINE_HEIGHT
    spacing = layout.line
    if layout.line_rule != "auto":
        spacing = layout.line / single
    if layout.line_rule == "atLeast":
        spacing = max(1.0, spacing)
    tolerance = _LINE_TOLERANCE if layout.line_rule == "auto" else 0.1
    if not LINE_SPACING.holds(spacing, tolerance):
        breaches.add(
            Code.LINE_SPACING,
            paragraph,
            Part.BODY,
            number_in_words(spacing, 2),
            LINE_SPACING.words,
        )


def _check_alignment(parts: DocumentParts, paragraph: Paragraph, breaches: Breaches) -> None:
    """Hold paragraphs of several lines against II.6.e; in one line no one sees a difference."""
    layout = paragraph.layout
    if layout.align == "both":
        return
    room = paragraph.place.width - layout.left - layout.right
    widest = max((line.width for line in parts.lines_of(paragraph)), default=0.0)
    if widest + max(0.0, layout.first_line) > room:
        breaches.add(
            Code.ALIGNMENT, paragraph, Part.BODY, _ALIGN_WORDS[layout.align], _ALIGN_WORDS["both"]
        )


def _check_first_line(parts: DocumentParts, paragraph: Paragraph, breaches: Breaches) -> None:
    if paragraph.layout.align == "right" or not any(c.isalpha() for c in paragraph.text):
        return
    text = paragraph.lines[0].text
    if paragraph.layout.by_letters or re.match(r"[ \u00a0\u2002\u2003]{2,}\S", text):
        breaches.add(Code.FIRST_LINE_SPACES, paragraph, Part.BODY)
        return
    start = _first_line(paragraph, text, parts.document.default_tab)
    if start is None:
        return
    if not FIRST_LINE.holds(start, _INDENT_TOLERANCE):
        breaches.add(
            Code.FIRST_LINE, paragraph, Part.BODY, number_in_words(abs(start), 1), FIRST_LINE.words
        )


def _first_line(paragraph: Paragraph, text: str, default_tab: float) -> float | None:
    """Return where the first letter stands, in mm from the margin; None where no one can tell."""
    layout = paragraph.layout
    at = layout.left + layout.first_line
    blanks = text[: len(text) - len(text.lstrip(" \t\u00a0"))]
    for _ in range(blanks.count("\t")):
        stop = _next_tab(paragraph, at, default_tab)
        if stop.align not in {"left", "start", "num"}:
            return None  # the text's length decides where it begins
        at = stop.at
    return at


def _next_tab(paragraph: Paragraph, at: float, default_tab: float) -> TabStop:
    layout = paragraph.layout
    stops = [stop for stop in layout.tabs if stop.at > at + 0.1]
    if layout.first_line < 0 and layout.left > at + 0.1:
        stops.append(TabStop(layout.left, "left"))  # a hanging indent is a tab stop too
    usual = TabStop((int(at / default_tab + 0.01) + 1) * default_tab, "left")
    return min(stops, key=lambda stop: stop.at, default=usual)


def _check_distances(parts: DocumentParts, breaches: Breaches) -> None:
    """Between two paragraphs that follow each other there are at least 6 points."""
    order = {id(p): index for index, p in enumerate(parts.document.paragraphs)}
    for above, below in zip(parts.body, parts.body[1:], strict=False):
        if order[id(below)] != order[id(above)] + 1:
            continue
        if not above.text.strip() or not below.text.strip():
            continue
        if "center" in {above.layout.align, below.layout.align}:
            continue
        distance = _distance(above, below)
        if distance < LEAST_PARAGRAPH_DISTANCE - _DISTANCE_TOLERANCE:
            breaches.add(
                Code.PARAGRAPH_DISTANCE,
                below,
                Part.BODY,
                number_in_words(distance),
                f"{LEAST_PARAGRAPH_DISTANCE:g}",
            )


def _distance(above: Paragraph, below: Paragraph) -> float:
    same = above.layout.style == below.layout.style
    after = 0.0 if same and above.layout.contextual else above.layout.after
    before = 0.0 if same and below.layout.contextual else below.layout.before
    return after + before


def _check_end(parts: DocumentParts, shown: list[Paragraph], breaches: Breaches) -> None:
    closed = bool(parts.of(Part.RECIPIENTS_LABEL) or parts.of(Part.AUTHORITY))
    if parts.kind not in {Kind.DISPATCH, Kind.NAMED} or not closed or not shown:
        return
    if parts.kind is Kind.NAMED and parts.type_name not in part_words.TYPE_NAMES:
        return
    text = clean_line(shown[-1].text)
    before = clean_line(shown[-2].text) if len(shown) > 1 else ""
    if text.startswith("(") and text.rstrip(".").endswith(")") and before.endswith(_END):
        return  # a remark beneath the end: "(Gửi kèm …)"
    if text.endswith(":"):
        return  # a list or a table follows, and those who sign
    if parts.ends_in_text and not text.endswith(_END):
        found = text[-20:].partition(" ")[2] or text[-20:]
        breaches.add(Code.END_MARK, shown[-1], _SPECIMENS, found)
