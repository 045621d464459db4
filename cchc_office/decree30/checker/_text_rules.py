"""The text: addressees, legal bases, and how the paragraphs lie."""

from __future__ import annotations

import re

from cchc_office.catalogue.findings import Code
from cchc_office.decree30.checker._ledger import Ledger
from cchc_office.decree30.checker._marks import AGENCY_WORDS, is_item
from cchc_office.decree30.checker._parts import DocumentParts, Kind
from cchc_office.decree30.checker._recognition import legal_bases
from cchc_office.decree30.checker._spots import Spot
from cchc_office.decree30.figures import (
    DECREE,
    FIRST_LINE,
    LEAST_PARAGRAPH_DISTANCE,
    LINE_SPACING,
    RULES,
    Part,
    clause,
)
from cchc_office.text.vietnamese import clean_line, fold
from cchc_office.text.widths import LINE_HEIGHT
from cchc_office.word.reading import Paragraph

_END = "./."
_SPECIMENS = f"mẫu 1.4, 1.5 Phụ lục III, {DECREE}"
_INDENT_TOLERANCE = 0.6
_DISTANCE_TOLERANCE = 0.1
_LINE_TOLERANCE = 0.03
_BODY_CLAUSE = RULES[Part.BODY].clause
_ALIGN_WORDS = {"left": "canh trái", "right": "canh phải"}


def check_text(parts: DocumentParts, ledger: Ledger) -> None:
    """Hold addressees and text against II.6 and II.9."""
    _check_addressees(parts, ledger)
    _check_legal_bases(parts, ledger)
    shown = [p for p in parts.body if p.text.strip()]
    for paragraph in shown:
        _check_lines(paragraph, ledger)
        if paragraph.layout.align != "center":
            _check_alignment(parts, paragraph, ledger)
            _check_first_line(parts, paragraph, ledger)
    _check_distances(parts, ledger)
    _check_end(parts, shown, ledger)


# --- addressees ---


def _check_addressees(parts: DocumentParts, ledger: Ledger) -> None:
    lines = parts.of(Part.ADDRESSEE)
    if not lines:
        return
    law = clause("II.9.d")
    rest = re.sub(r"^\s*kính\s+gửi\s*", "", lines[0].text, flags=re.IGNORECASE)
    if not rest.startswith(":"):
        ledger.add(Code.ADDRESSEE_COLON, lines[0], law)
    named = rest.lstrip(": ").strip()
    items = [(lines[0], named)] if named else []
    for spot in lines[1:]:
        goes_on = items and not is_item(spot) and is_item(items[-1][0])
        if goes_on and not items[-1][1].endswith((";", ".")):
            items[-1] = (items[-1][0], f"{items[-1][1]} {spot.text}")
        else:
            items.append((spot, spot.text))
    if len(items) == 1 and not named:
        expected = items[0][1].lstrip("-–• ").rstrip(".;")
        ledger.add(Code.ADDRESSEE_LINE, items[0][0], law, expected=expected)
    if len(items) > 1:
        _check_list(items, law, ledger)
    elif named and _names_several(named):
        ledger.add(Code.ADDRESSEES_ON_ONE_LINE, lines[0], law, found=named)


def _names_several(text: str) -> bool:
    """Tell whether a line seems to name several agencies: parts that each begin as a name does."""
    names = [fold(part) + " " for part in re.split(r"[,;]\s+", text)]
    return len(names) > 1 and all(name.startswith(AGENCY_WORDS) for name in names)


def _check_list(items: list[tuple[Spot, str]], law: str, ledger: Ledger) -> None:
    for place, (spot, text) in enumerate(items):
        end = "." if place == len(items) - 1 else ";"
        dashed = text.startswith("-") or spot.paragraph.layout.label == "-"
        if not dashed or not text.endswith(end):
            expected = f"- {text.lstrip('-–•+ ').rstrip(';., ')}{end}"
            ledger.add(Code.ADDRESSEE_LIST, spot, law, found=text, expected=expected)


# --- legal bases ---


def _check_legal_bases(parts: DocumentParts, ledger: Ledger) -> None:
    bases = legal_bases(parts)
    for place, paragraph in enumerate(bases):
        expected = "." if place == len(bases) - 1 else ";"
        text = clean_line(paragraph.text)
        if not text.endswith(expected):
            ledger.add(
                Code.LEGAL_BASIS_END,
                paragraph,
                clause("II.6.a"),
                found=text.rsplit(" ", 1)[-1],
                expected=expected,
            )


# --- paragraphs ---


def _check_lines(paragraph: Paragraph, ledger: Ledger) -> None:
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
        ledger.add(
            Code.LINE_SPACING,
            paragraph,
            _BODY_CLAUSE,
            about=Part.BODY.value,
            found=f"{spacing:.2f}".rstrip("0").rstrip(".").replace(".", ",") + " dòng",
            expected=LINE_SPACING.words,
        )


def _check_alignment(parts: DocumentParts, paragraph: Paragraph, ledger: Ledger) -> None:
    """Hold paragraphs of several lines against II.6.e; in one line no one sees a difference."""
    layout = paragraph.layout
    if layout.align == "both":
        return
    room = paragraph.place.width - layout.left - layout.right
    widest = max((spot.width for spot in parts.lines_of(paragraph)), default=0.0)
    if widest + max(0.0, layout.first_line) > room:
        ledger.add(
            Code.ALIGNMENT,
            paragraph,
            _BODY_CLAUSE,
            about=Part.BODY.value,
            found=_ALIGN_WORDS[layout.align],
            expected="canh đều hai lề",
        )


def _check_first_line(parts: DocumentParts, paragraph: Paragraph, ledger: Ledger) -> None:
    if paragraph.layout.align == "right" or not any(c.isalpha() for c in paragraph.text):
        return
    text = paragraph.lines[0].text
    if paragraph.layout.by_letters or re.match(r"[ \u00a0\u2002\u2003]{2,}\S", text):
        ledger.add(Code.FIRST_LINE_SPACES, paragraph, _BODY_CLAUSE, about=Part.BODY.value)
        return
    start = _first_line(paragraph, text, parts.document.default_tab)
    if not FIRST_LINE.holds(start, _INDENT_TOLERANCE):
        ledger.add(
            Code.FIRST_LINE,
            paragraph,
            _BODY_CLAUSE,
            about=Part.BODY.value,
            found=f"{abs(start):.1f}".rstrip("0").rstrip(".").replace(".", ","),
            expected=FIRST_LINE.words,
        )


def _first_line(paragraph: Paragraph, text: str, default_tab: float) -> float:
    """Return where the first letter stands, in mm from the margin."""
    layout = paragraph.layout
    at = layout.left + layout.first_line
    for _ in range(len(text) - len(text.lstrip("\t"))):
        at = _next_tab(paragraph, at, default_tab)
    return at


def _next_tab(paragraph: Paragraph, at: float, default_tab: float) -> float:
    layout = paragraph.layout
    stops = [stop.at for stop in layout.tabs if stop.at > at + 0.1]
    if layout.first_line < 0 and layout.left > at + 0.1:
        stops.append(layout.left)  # a hanging indent is a tab stop too
    return min(stops) if stops else (int(at / default_tab + 0.01) + 1) * default_tab


def _check_distances(parts: DocumentParts, ledger: Ledger) -> None:
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
            ledger.add(
                Code.PARAGRAPH_DISTANCE,
                below,
                _BODY_CLAUSE,
                about=Part.BODY.value,
                found=f"{distance:g}".replace(".", ","),
                expected=f"{LEAST_PARAGRAPH_DISTANCE:g}",
            )


def _distance(above: Paragraph, below: Paragraph) -> float:
    same = above.layout.style == below.layout.style
    after = 0.0 if same and above.layout.contextual else above.layout.after
    before = 0.0 if same and below.layout.contextual else below.layout.before
    return after + before


def _check_end(parts: DocumentParts, shown: list[Paragraph], ledger: Ledger) -> None:
    closed = bool(parts.of(Part.RECIPIENTS_LABEL) or parts.of(Part.AUTHORITY))
    if parts.kind not in {Kind.DISPATCH, Kind.NAMED} or not closed or not shown:
        return
    text = clean_line(shown[-1].text)
    if parts.ends_in_text and not text.endswith(_END):
        found = text[-20:].partition(" ")[2] or text[-20:]
        ledger.add(Code.END_MARK, shown[-1], _SPECIMENS, found=found)
