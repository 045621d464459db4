"""Addressees, legal bases, and how the paragraphs of the text lie and end."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cchc_office.catalogue.findings import Code, FindingCode
from cchc_office.decree30.checker import _part_words as part_words
from cchc_office.decree30.checker._breaches import Breaches
from cchc_office.decree30.checker._letter_rules import ALIGN_WORDS, is_date_of_signing
from cchc_office.decree30.checker._parts import DocumentParts, Kind, Line, legal_bases
from cchc_office.decree30.figures import (
    DECREE,
    FIRST_LINE,
    LEAST_PARAGRAPH_DISTANCE,
    LINE_SPACING,
    Part,
    clause,
    number_in_words,
)
from cchc_office.text.vietnamese import clean_line, fold
from cchc_office.text.widths import LINE_HEIGHT
from cchc_office.word.reading import Paragraph, TabStop

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
    for place, paragraph in enumerate(bases):
        is_last = place == len(bases) - 1
        ends = _last_basis_ends(parts, paragraph) if is_last else (";",)
        text = clean_line(paragraph.text)
        if not text.endswith(ends):
            breaches.add(
                Code.LEGAL_BASIS_END, paragraph, clause("II.6.a"), text.rsplit(" ", 1)[-1], ends[0]
            )


def _last_basis_ends(parts: DocumentParts, last: Paragraph) -> tuple[str, ...]:
    """Return how the last of the bases may end: by what follows it."""
    shown = [p for p in parts.body if p.text.strip()]
    after = next(iter(shown[shown.index(last) + 1 :]), None)
    lines = parts.lines_of(after) if after else []
    if after is None or not lines:
        return (".",)
    if part_words.LEGAL_BASIS.match(lines[0].folded) and after.text.rstrip().endswith(":"):
        return (";",)  # a basis that says at its end who decides: "…, Chủ tịch … như sau:"
    if part_words.CARRIES_OUT.match(lines[0].folded):
        return (".", ";")  # what else the document rests on, in words of its own
    return (".",)


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
            Code.ALIGNMENT, paragraph, Part.BODY, ALIGN_WORDS[layout.align], ALIGN_WORDS["both"]
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
    shown = [p for p in shown if not all(map(is_date_of_signing, parts.lines_of(p)))]
    if parts.kind not in {Kind.DISPATCH, Kind.NAMED} or not closed or not shown:
        return
    if parts.kind is Kind.NAMED and parts.type_name not in part_words.TYPE_NAMES:
        return
    text = clean_line(shown[-1].text)
    before = clean_line(shown[-2].text) if len(shown) > 1 else ""
    if text.startswith("(") and text.rstrip(".").endswith(")") and before.endswith(_END):
        return  # a remark beneath the end: "(Gửi kèm …)"
    if text.endswith(":") or all(line.is_capitals for line in parts.lines_of(shown[-1])):
        return  # a list or a table follows, and those who sign; or a heading over them
    if parts.ends_in_text and not text.endswith(_END):
        found = text[-20:].partition(" ")[2] or text[-20:]
        breaches.add(Code.END_MARK, shown[-1], _SPECIMENS, found)
