"""Pages: paper, margins and page numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cchc_office.catalogue.findings import Code
from cchc_office.decree30.checker._height import estimated_height
from cchc_office.decree30.checker._ledger import Ledger
from cchc_office.decree30.checker._letter_rules import check_font
from cchc_office.decree30.checker._parts import DocumentParts
from cchc_office.decree30.checker._spots import Spot
from cchc_office.decree30.figures import (
    MARGIN_LEFT,
    MARGIN_RIGHT,
    MARGINS_UP_AND_DOWN,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    RULES,
    Part,
    Range,
    clause,
)
from cchc_office.text.widths import POINTS_PER_MM
from cchc_office.word.reading import Paragraph, Section, WordDocument

_PAPER_TOLERANCE = 1.0
_MARGIN_TOLERANCE = 0.3
_CENTRE_TOLERANCE = 4.0
# An estimate of a text's height, over the page's: what lies between could be one page or two.
_SURELY_LESS, _SURELY_MORE = 0.8, 1.3
_NUMBER_RULE = RULES[Part.PAGE_NUMBER]
_ARABIC = {"decimal", "decimalZero"}
_KIND_WORDS = {
    "lowerRoman": "số La Mã",
    "upperRoman": "số La Mã",
    "lowerLetter": "chữ cái",
    "upperLetter": "chữ cái",
}


def check_pages(parts: DocumentParts, ledger: Ledger) -> None:
    """Hold paper, margins and page numbers of every section against I.1, I.2, I.3 and I.7."""
    document = parts.document
    several = len(document.sections) > 1
    for index, section in enumerate(document.sections):
        suffix = f" (phần {index + 1})" if several else ""
        _check_paper(section, suffix, _has_table(document, index), ledger)
        _check_margins(section, suffix, ledger)
    _check_numbers(parts, ledger)


def _has_table(document: WordDocument, section: int) -> bool:
    return any(p.place.table for p in document.paragraphs if p.place.section == section)


def _check_paper(section: Section, suffix: str, has_table: bool, ledger: Ledger) -> None:
    sides = sorted((section.width, section.height))
    if any(
        abs(side - wanted) > _PAPER_TOLERANCE
        for side, wanted in zip(sides, (PAGE_WIDTH, PAGE_HEIGHT), strict=True)
    ):
        ledger.add(
            Code.PAGE_SIZE,
            None,
            clause("I.1"),
            about=f"Trang giấy{suffix}",
            found=f"{section.width:.0f} x {section.height:.0f}",
            expected=f"A4 ({PAGE_WIDTH:.0f} x {PAGE_HEIGHT:.0f} mm)",
        )
    if section.width > section.height and not has_table:
        ledger.add(Code.PAGE_DIRECTION, None, clause("I.2"), about=f"Trang giấy{suffix}")


def _check_margins(section: Section, suffix: str, ledger: Ledger) -> None:
    wanted: tuple[tuple[str, float, Range], ...] = (
        ("Lề trên", section.top, MARGINS_UP_AND_DOWN),
        ("Lề dưới", section.bottom, MARGINS_UP_AND_DOWN),
        ("Lề trái", section.left, MARGIN_LEFT),
        ("Lề phải", section.right, MARGIN_RIGHT),
    )
    if section.width > section.height and _is_turned_portrait(section):
        return
    for about, margin, allowed in wanted:
        if not allowed.holds(margin, _MARGIN_TOLERANCE):
            ledger.add(
                Code.MARGIN,
                None,
                clause("I.3"),
                about=f"{about}{suffix}",
                found=f"{margin:.1f}".rstrip("0").rstrip(".").replace(".", ","),
                expected=allowed.words,
            )


def _is_turned_portrait(section: Section) -> bool:
    """Tell whether the binding edge of a landscape page is at its top, as Word turns a page."""
    sides = (section.left, section.right)
    return (
        MARGIN_LEFT.holds(section.top, _MARGIN_TOLERANCE)
        and MARGIN_RIGHT.holds(section.bottom, _MARGIN_TOLERANCE)
        and all(MARGINS_UP_AND_DOWN.holds(side, _MARGIN_TOLERANCE) for side in sides)
    )


# --- page numbers ---


def _numbers(paragraphs: tuple[Paragraph, ...]) -> Iterator[Spot]:
    """Give the lines that show the page's number."""
    for paragraph in paragraphs:
        for index, line in enumerate(paragraph.lines):
            if any(piece.field.upper().split(" ")[0] == "PAGE" for piece in line.pieces):
                place = paragraph.place
                yield Spot(line, paragraph, index, place.column, place.columns)


def _check_numbers(parts: DocumentParts, ledger: Ledger) -> None:
    document = parts.document
    sections = document.sections
    above = [s for sec in sections for s in _numbers((*sec.header.usual, *sec.header.even))]
    first_above = [s for sec in sections for s in _numbers(sec.header.first)]
    below = [
        spot
        for section in sections
        for edge in (section.footer.usual, section.footer.even, section.footer.first)
        for spot in _numbers(edge)
    ]
    if below:
        ledger.add(Code.PAGE_NUMBER_BELOW, None, clause("I.7"))
    elif not above:
        _check_whether_needed(document, ledger)
    for spot in dict.fromkeys((*above, *first_above)):
        _check_number(spot, sections, ledger)
    if above and not below:
        _check_first_page(sections[0], ledger)
    _check_kind_and_start(sections, [*above, *below], ledger)
    if above or below:
        _check_appendices(parts, ledger)


def _check_whether_needed(document: WordDocument, ledger: Ledger) -> None:
    breaks = any(
        p.breaks_page or (p.layout.page_break_before and index)
        for index, p in enumerate(document.paragraphs)
    )
    new_pages = any(section.new_page for section in document.sections[1:])
    if breaks or new_pages or (document.pages or 0) > 1:
        ledger.add(Code.PAGE_NUMBER_MISSING, None, clause("I.7"))
    elif document.pages is None:
        _judge_by_length(document, ledger)


def _judge_by_length(document: WordDocument, ledger: Ledger) -> None:
    """Estimate whether the text needs a second page, and say so where that is not certain."""
    section = document.sections[0]
    room = (section.height - section.top - section.bottom) * POINTS_PER_MM
    share = estimated_height(document.paragraphs) / room
    if share > _SURELY_MORE:
        ledger.add(Code.PAGE_NUMBER_MISSING, None, clause("I.7"))
    elif share > _SURELY_LESS:
        ledger.add(Code.PAGE_NUMBER_UNCLEAR, None, clause("I.7"))


def _check_number(spot: Spot, sections: tuple[Section, ...], ledger: Ledger) -> None:
    about = Part.PAGE_NUMBER.value
    letters = next(p.letters for p in spot.line.pieces if p.field.upper().startswith("PAGE"))
    rule = _NUMBER_RULE
    if not rule.sizes.holds(letters.size):
        ledger.add(
            Code.LETTER_SIZE,
            None,
            rule.clause,
            about=about,
            found=f"{letters.size:g}".replace(".", ","),
            expected=rule.sizes.words,
        )
    if letters.bold:
        ledger.add(Code.IS_BOLD, None, rule.clause, about=about)
    if letters.italic:
        ledger.add(Code.IS_ITALIC, None, rule.clause, about=about)
    if not _is_centred(spot, sections):
        ledger.add(Code.PAGE_NUMBER_SIDE, None, rule.clause)
    check_font(spot, about, ledger)


def _is_centred(spot: Spot, sections: tuple[Section, ...]) -> bool:
    layout = spot.paragraph.layout
    if layout.centred_frame or spot.place.text_box or spot.place.table:
        return True
    before = spot.line.text.split(_number_text(spot))[0]
    tabs = before.count("\t")
    if not tabs:
        return layout.align == "center"
    # A header with a tab stop in its middle: "left <tab> number <tab> right".
    if len(layout.tabs) < tabs or layout.tabs[tabs - 1].align != "center":
        return False
    middles = [(section.width - section.left - section.right) / 2 for section in sections]
    return any(abs(layout.tabs[tabs - 1].at - middle) <= _CENTRE_TOLERANCE for middle in middles)


def _number_text(spot: Spot) -> str:
    return next(p.text for p in spot.line.pieces if p.field.upper().startswith("PAGE")) or "\0"


def _check_first_page(section: Section, ledger: Ledger) -> None:
    if section.own_first_page:
        shown = any(True for _ in _numbers(section.header.first))
    else:
        shown = any(True for _ in _numbers(section.header.usual))
    if shown:
        ledger.add(Code.PAGE_NUMBER_FIRST, None, clause("I.7"))


def _check_kind_and_start(
    sections: tuple[Section, ...], numbers: list[Spot], ledger: Ledger
) -> None:
    if not numbers:
        return
    fields = {p.field for spot in numbers for p in spot.line.pieces if p.field}
    switched = any(re.search(r"\\\*\s*(?:roman|alphabetic)", f, re.IGNORECASE) for f in fields)
    kinds = [s.number_format for s in sections if s.number_format not in _ARABIC]
    if kinds or switched:
        found = _KIND_WORDS.get(kinds[0], "khác") if kinds else "số La Mã hoặc chữ cái"
        ledger.add(Code.PAGE_NUMBER_KIND, None, clause("I.7"), found=found)
    start = sections[0].number_start
    if start not in {None, 1}:
        ledger.add(Code.PAGE_NUMBER_START, None, clause("I.7"), found=str(start))


def _check_appendices(parts: DocumentParts, ledger: Ledger) -> None:
    """Each appendix numbers its pages anew: it has a section of its own that starts from 1."""
    sections = parts.document.sections
    firsts = {s.place.section: s.index for s in reversed(parts.spots) if s.text}
    for appendix in parts.appendices:
        index = appendix.first.place.section
        begins_document = not any(s.text for s in parts.spots[: appendix.first.index])
        begins_section = firsts.get(index) == appendix.first.index
        if not begins_document and not (begins_section and sections[index].number_start == 1):
            ledger.add(Code.APPENDIX_PAGES, appendix.first, clause("III.1.đ"))
