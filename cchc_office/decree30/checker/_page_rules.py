"""Pages: paper, margins and page numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import groupby

from cchc_office.catalogue.findings import Code
from cchc_office.decree30.checker._breaches import Breaches, SomeOfLine, pages_of
from cchc_office.decree30.checker._letter_rules import check_font, check_size
from cchc_office.decree30.checker._part_words import HEAD_WORDS
from cchc_office.decree30.checker._parts import DocumentParts, Line
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
    number_in_words,
)
from cchc_office.text.widths import LINE_HEIGHT, POINTS_PER_MM, count_lines
from cchc_office.word.reading import Paragraph, Piece, Section, WordDocument

_PAPER_TOLERANCE = 1.0
_MARGIN_TOLERANCE = 0.3
_CENTRE_TOLERANCE = 4.0
# An estimate of a text's height, over the page's: what lies between could be one page or two.
_SURELY_LESS, _SURELY_MORE = 0.8, 1.3
_HEAD_LINES = 10
_ARABIC = {"decimal", "decimalZero"}
_KIND_WORDS = {
    "lowerRoman": "số La Mã",
    "upperRoman": "số La Mã",
    "lowerLetter": "chữ cái",
    "upperLetter": "chữ cái",
}


def check_pages(parts: DocumentParts, breaches: Breaches) -> None:
    """Hold paper, margins and page numbers of every section against I.1, I.2, I.3 and I.7."""
    _check_paper(parts.document, breaches)
    _check_margins(parts.document.sections, breaches)
    _check_numbers(parts, breaches)


def _has_table(document: WordDocument, section: int) -> bool:
    return any(p.place.table for p in document.paragraphs if p.place.section == section)


def _has_text(document: WordDocument, section: int) -> bool:
    return any(p.text.strip() for p in document.paragraphs if p.place.section == section)


def _is_other_paper(section: Section) -> bool:
    sides = sorted((section.width, section.height))
    return any(
        abs(side - wanted) > _PAPER_TOLERANCE
        for side, wanted in zip(sides, (PAGE_WIDTH, PAGE_HEIGHT), strict=True)
    )


def _check_paper(document: WordDocument, breaches: Breaches) -> None:
    sections = document.sections
    other = {
        i: f"{s.width:.0f} x {s.height:.0f}" for i, s in enumerate(sections) if _is_other_paper(s)
    }
    expected = f"A4 ({PAGE_WIDTH:.0f} x {PAGE_HEIGHT:.0f} mm)"
    about = f"Trang giấy{_which(other, sections)}"
    for index in other:
        found = " và ".join(dict.fromkeys(other.values()))
        breaches.add(Code.PAGE_SIZE, pages_of(index), clause("I.1"), found, expected, about=about)
    wide = [
        index
        for index, section in enumerate(sections)
        if section.width > section.height
        and _has_text(document, index)
        and not _has_table(document, index)
    ]
    for index in wide:
        about = f"Trang giấy{_which(wide, sections)}"
        breaches.add(Code.PAGE_DIRECTION, pages_of(index), clause("I.2"), about=about)


def _check_margins(sections: tuple[Section, ...], breaches: Breaches) -> None:
    """Name each side once, with the measures that it has in all sections where it is wrong."""
    sides: tuple[tuple[str, Callable[[Section], float], Range], ...] = (
        ("Lề trên", lambda section: section.top, MARGINS_UP_AND_DOWN),
        ("Lề dưới", lambda section: section.bottom, MARGINS_UP_AND_DOWN),
        ("Lề trái", lambda section: section.left, MARGIN_LEFT),
        ("Lề phải", lambda section: section.right, MARGIN_RIGHT),
    )
    for about, margin, allowed in sides:
        wrong = {
            index: number_in_words(margin(section), 1)
            for index, section in enumerate(sections)
            if not allowed.holds(margin(section), _MARGIN_TOLERANCE)
            and not (section.width > section.height and _is_turned_portrait(section))
        }
        for index in wrong:
            breaches.add(
                Code.MARGIN,
                pages_of(index),
                clause("I.3"),
                " và ".join(dict.fromkeys(wrong.values())),
                allowed.words,
                about=f"{about}{_which(wrong, sections)}",
            )


def _which(wrong: Collection[int], sections: tuple[Section, ...]) -> str:
    """Return which sections are meant, where there are several: " (phần 2)", " (phần 2, 3)"."""
    if len(sections) == 1:
        return ""
    return f" (phần {', '.join(str(index + 1) for index in sorted(wrong))})"


def _is_turned_portrait(section: Section) -> bool:
    """Tell whether the binding edge of a landscape page is at its top, as Word turns a page."""
    sides = (section.left, section.right)
    return (
        MARGIN_LEFT.holds(section.top, _MARGIN_TOLERANCE)
        and MARGIN_RIGHT.holds(section.bottom, _MARGIN_TOLERANCE)
        and all(MARGINS_UP_AND_DOWN.holds(side, _MARGIN_TOLERANCE) for side in sides)
    )


# --- page numbers ---


def _is_number(piece: Piece) -> bool:
    return piece.field.upper().split(" ")[0] == "PAGE"


def _numbers(paragraphs: tuple[Paragraph, ...]) -> Iterator[Line]:
    """Give the lines that show the page's number."""
    for paragraph in paragraphs:
        for index, source in enumerate(paragraph.lines):
            if any(map(_is_number, source.pieces)):
                place = paragraph.place
                yield Line(source, paragraph, index, place.column, place.columns)


def _check_numbers(parts: DocumentParts, breaches: Breaches) -> None:
    document = parts.document
    sections = document.sections
    if _shows_no_number(document):
        return
    above = [s for sec in sections for s in _numbers((*sec.header.usual, *sec.header.even))]
    first_above = [s for sec in sections for s in _numbers(sec.header.first)]
    below = [
        line
        for section in sections
        for edge in (section.footer.usual, section.footer.even, section.footer.first)
        for line in _numbers(edge)
    ]
    for line in below:
        breaches.add(Code.PAGE_NUMBER_BELOW, line, clause("I.7"))
    if not above and not below:
        _check_whether_needed(document, breaches)
    for line in (*above, *first_above):
        _check_number(line, sections, breaches)
    if above and not below:
        _check_first_page(sections[0], breaches)
    _check_kind_and_start(sections, [*above, *below], breaches)
    if above or below:
        _check_appendices(parts, breaches)


def _shows_no_number(document: WordDocument) -> bool:
    """Tell whether it is one page for sure, the first, whose number its section does not show."""
    section = document.sections[0]
    on_first = list(_numbers((*section.header.first, *section.footer.first)))
    if document.pages not in {1, None} or not section.own_first_page or on_first:
        return False
    edges = (section.header, section.footer)
    on_others = [s for edge in edges for s in _numbers((*edge.usual, *edge.even))]
    # Where whoever laid it out noted one page, the estimate need only not speak against it.
    short = _share_of_page(document) <= (1.0 if document.pages == 1 else _SURELY_LESS)
    return bool(on_others) and short and not _breaks_pages(document)


def _breaks_pages(document: WordDocument) -> bool:
    """Tell whether a page is broken, by who wrote it or as Word noted when it laid them out.

    One that was typed over the first words, within a cell of the letterhead, Word leaves alone.
    """
    shown = (index for index, p in enumerate(document.paragraphs) if p.text.strip())
    first = next(shown, 0)
    breaks = any(
        (p.breaks_page and not (p.place.table and index <= first))
        or (p.layout.page_break_before and index)
        for index, p in enumerate(document.paragraphs)
    )
    return breaks or any(section.new_page for section in document.sections[1:])


def _is_one_page_each(document: WordDocument) -> bool:
    """Tell whether each section, a document and its appendices, is one page numbered from 1."""
    later = document.sections[1:]
    anew = all(section.new_page and section.number_start == 1 for section in later)
    return bool(later) and anew and document.pages == len(document.sections)


def _check_whether_needed(document: WordDocument, breaches: Breaches) -> None:
    if _is_one_page_each(document):
        return
    # Blank paragraphs behind the end may fill a second page, of which no one sees the number.
    counted = (document.pages or 0) > 1 and _share_of_page(document) > _SURELY_LESS
    if _breaks_pages(document) or counted:
        breaches.add(Code.PAGE_NUMBER_MISSING, None, clause("I.7"))
    elif document.pages is None:
        _judge_by_length(document, breaches)


def _judge_by_length(document: WordDocument, breaches: Breaches) -> None:
    """Estimate whether the text needs a second page, and say so where that is not certain."""
    share = _share_of_page(document)
    if share > _SURELY_MORE:
        breaches.add(Code.PAGE_NUMBER_MISSING, None, clause("I.7"))
    elif share > _SURELY_LESS:
        breaches.add(Code.PAGE_NUMBER_UNCLEAR, None, clause("I.7"))


def _share_of_page(document: WordDocument) -> float:
    """Return the estimated height of the text, up to its last words, over a page's."""
    section = document.sections[0]
    room = (section.height - section.top - section.bottom) * POINTS_PER_MM
    shown = [index for index, p in enumerate(document.paragraphs) if p.text.strip()]
    end = max(shown, default=-1) + 1
    return estimated_height(document.paragraphs[:end]) / room


def _check_number(line: Line, sections: tuple[Section, ...], breaches: Breaches) -> None:
    part = Part.PAGE_NUMBER
    piece = _number_piece(line)
    check_size(part, [piece], line, breaches)
    if piece.letters.bold:
        breaches.add(Code.IS_BOLD, SomeOfLine(line, (piece,)), part)
    if piece.letters.italic:
        breaches.add(Code.IS_ITALIC, SomeOfLine(line, (piece,)), part)
    if not _is_centred(line, sections):
        breaches.add(Code.PAGE_NUMBER_SIDE, line, RULES[part].clause)
    check_font(line, part.value, breaches)


def _is_centred(line: Line, sections: tuple[Section, ...]) -> bool:
    layout = line.paragraph.layout
    if layout.centred_frame or line.place.text_box or line.place.table:
        return True
    before = line.source.text.split(_number_piece(line).text or "\0")[0]
    tabs = before.count("\t")
    if not tabs:
        return layout.align == "center"
    # A header with a tab stop in its middle: "left <tab> number <tab> right".
    if len(layout.tabs) < tabs or layout.tabs[tabs - 1].align != "center":
        return False
    middles = [(section.width - section.left - section.right) / 2 for section in sections]
    return any(abs(layout.tabs[tabs - 1].at - middle) <= _CENTRE_TOLERANCE for middle in middles)


def _number_piece(line: Line) -> Piece:
    return next(filter(_is_number, line.source.pieces))


def _check_first_page(section: Section, breaches: Breaches) -> None:
    header = section.header
    for line in _numbers(header.first if section.own_first_page else header.usual):
        breaches.add(Code.PAGE_NUMBER_FIRST, line, clause("I.7"))


def _check_kind_and_start(
    sections: tuple[Section, ...], numbers: list[Line], breaches: Breaches
) -> None:
    if not numbers:
        return
    fields = {p.field for line in numbers for p in line.source.pieces if p.field}
    switched = any(re.search(r"\\\*\s*(?:roman|alphabetic)", f, re.IGNORECASE) for f in fields)
    kinds = [(i, s.number_format) for i, s in enumerate(sections) if s.number_format not in _ARABIC]
    if kinds or switched:
        found = _KIND_WORDS.get(kinds[0][1], "khác") if kinds else "số La Mã hoặc chữ cái"
        for index, _ in kinds or [(0, "")]:
            breaches.add(Code.PAGE_NUMBER_KIND, pages_of(index), clause("I.7"), found)
    start = sections[0].number_start
    if start not in {None, 1}:
        breaches.add(Code.PAGE_NUMBER_START, pages_of(0), clause("I.7"), str(start))


def _check_appendices(parts: DocumentParts, breaches: Breaches) -> None:
    """Each appendix numbers its pages anew: it has a section of its own that starts from 1."""
    sections = parts.document.sections
    for first in (appendix.first for appendix in parts.appendices):
        starts_anew = sections[first.place.section].number_start == 1
        begins = parts.begins_section(first) or _begins_by_letterhead(parts, first)
        if not parts.begins_document(first) and not (begins and starts_anew):
            breaches.add(Code.APPENDIX_PAGES, first, clause("III.1.đ"))


def _begins_by_letterhead(parts: DocumentParts, first: Line) -> bool:
    """Tell whether nothing but a letterhead, a table, stands before a line in its section."""
    section = first.place.section
    before = [s for s in parts.lines[: first.index] if s.text and s.place.section == section]
    tables = {line.place.table for line in before}
    names = any(HEAD_WORDS[0] in line.bare for line in before)
    return names and len(tables) == 1 and 0 not in tables and len(before) <= _HEAD_LINES


_USUAL_SIZE = 13.0


def estimated_height(paragraphs: Iterable[Paragraph]) -> float:
    """Return the height in points of paragraphs and the rows of tables beneath each other."""
    total = 0.0
    for (table, row), group in groupby(paragraphs, lambda p: (p.place.table, p.place.row)):
        heights: dict[int, float] = {}
        for paragraph in group:
            column = paragraph.place.column if table else row
            heights[column] = heights.get(column, 0.0) + _height(paragraph)
        total += max(heights.values())
    return total


def _height(paragraph: Paragraph) -> float:
    layout = paragraph.layout
    sizes = [piece.letters.size for line in paragraph.lines for piece in line.pieces]
    size = max(sizes, default=_USUAL_SIZE)
    room = (paragraph.place.width - layout.left - layout.right) * POINTS_PER_MM
    lines = sum(count_lines(line.text, max(room, size), size) for line in paragraph.lines)
    single = size * LINE_HEIGHT
    spacing = layout.line * single if layout.line_rule == "auto" else layout.line
    if layout.line_rule == "atLeast":
        spacing = max(spacing, single)
    return lines * spacing + layout.before + layout.after
