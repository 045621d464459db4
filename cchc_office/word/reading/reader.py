"""Reading a Word document into values, with the formatting that Word would show.

Accepted text only: what was deleted or moved away under tracked changes is not there, what was
inserted is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from cchc_office.word.reading.drawn_lines import straight_lines
from cchc_office.word.reading.equations import EQUATIONS, equation_text
from cchc_office.word.reading.formatting import Formats
from cchc_office.word.reading.measures import (
    MC,
    USUAL_CELL_MARGIN,
    R,
    W,
    attribute,
    is_on,
    twips_as_mm,
    value_of,
    whole_number,
)
from cchc_office.word.reading.package import PackagePart, WordPackage
from cchc_office.word.reading.symbols import UNKNOWN_SIGN, sign, with_signs
from cchc_office.word.reading.transparent import THROUGH, chosen, through
from cchc_office.word.reading.values import (
    Letters,
    PageEdge,
    Paragraph,
    ParagraphPlace,
    Piece,
    Section,
    TextLine,
    WordDocument,
)

_RUN, _LETTERS, _TEXT = f"{W}r", f"{W}rPr", f"{W}t"
_SIGNS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}noBreakHyphen": "-"}
_BREAKS = {f"{W}{name}" for name in ("br", "cr", "lastRenderedPageBreak")}
_CODE = re.compile("[0-9A-Fa-f]{2,4}")
_PAGES = "{http://schemas.openxmlformats.org/officeDocument/2006/extended-properties}Pages"
_A4 = (210.0, 297.0)


@dataclass
class WordSources:
    """The elements that the values of a document were read from, each at the number in its value.

    Of `sections` there is one for each section of the document that has an element of its own.
    """

    package: WordPackage
    paragraphs: list[Any] = field(default_factory=list)
    runs: list[Any] = field(default_factory=list)
    sections: list[Any] = field(default_factory=list)


def read_word(content: bytes) -> WordDocument:
    """Return the document in `content`; raises UnreadableDocumentError where it is none."""
    return read_with_sources(content)[0]


def read_with_sources(content: bytes) -> tuple[WordDocument, WordSources]:
    """Return the document in `content`, and the elements that it was read from.

    Raises UnreadableDocumentError where it is none.
    """
    package = WordPackage(content)
    sources = WordSources(package)
    main = package.main
    formats = Formats.of(package)
    settings = package.related(main, "settings")
    body = main.element.find(f"{W}body")
    sources.sections = _section_ends(body)
    sections = _sections(sources, main, formats)
    widths = [section.width - section.left - section.right for section in sections]
    walk = Walk(formats, widths, sources)
    paragraphs = (
        tuple(walk.blocks(body, ParagraphPlace(width=widths[0]))) if body is not None else ()
    )
    tab = None if settings is None else settings.find(f"{W}defaultTabStop")
    document = WordDocument(
        paragraphs,
        tuple(sections),
        _pages(package),
        twips_as_mm(attribute(tab, "val")) or 12.7,
    )
    return document, sources


def _pages(package: WordPackage) -> int | None:
    properties = package.properties()
    for element in () if properties is None else properties:
        if element.tag == _PAGES:
            return whole_number(element.text) or None
    return None


# --- sections ---


def _section_ends(body: Any) -> list[Any]:
    """Return the `w:sectPr` of each section; those within tables and text boxes end none."""
    ends: list[Any] = []
    for element in () if body is None else body:
        if element.tag == f"{W}sectPr":
            ends.append(element)
        elif element.tag == f"{W}p":
            ends += element.findall(f"{W}pPr/{W}sectPr")
        elif element.tag in THROUGH:
            ends += _section_ends(element)
    return ends


def _sections(sources: WordSources, main: PackagePart, formats: Formats) -> list[Section]:
    elements, package = sources.sections, sources.package
    sections: list[Section] = []
    edges: dict[Literal["header", "footer"], dict[str, tuple[Paragraph, ...]]]
    edges = {"header": {}, "footer": {}}
    for element in elements:
        section = _section(element)
        room = section.width - section.left - section.right
        for edge, shown in edges.items():
            for reference in element.iterfind(f"{W}{edge}Reference"):
                name = main.by_id.get(str(reference.get(f"{R}id")), "")
                part = package.part(name)
                kind = attribute(reference, "type") or "default"
                if part is not None:
                    walk = Walk(formats, [room], sources)
                    place = ParagraphPlace(section=len(sections), width=room, edge=edge)
                    shown[kind] = tuple(walk.blocks(part.element, place))
        header, footer = (
            _edge(shown, own_first=section.own_first_page, even=formats.tells_even_pages)
            for shown in edges.values()
        )
        sections.append(replace(section, header=header, footer=footer))
    if not elements or elements[-1].getparent().tag == f"{W}pPr":
        sections.append(Section(*_A4, 25.4, 25.4, 25.4, 25.4))  # the body ends without its own
    return sections


def _edge(shown: dict[str, tuple[Paragraph, ...]], *, own_first: bool, even: bool) -> PageEdge:
    """Return what is shown; what a file keeps for first or even pages may not be."""
    return PageEdge(
        shown.get("default", ()),
        shown.get("first", ()) if own_first else (),
        shown.get("even", ()) if even else (),
    )


def _section(element: Any) -> Section:
    size, margins = element.find(f"{W}pgSz"), element.find(f"{W}pgMar")
    numbers = element.find(f"{W}pgNumType")
    first = element.find(f"{W}titlePg")
    start = attribute(numbers, "start")
    kind = value_of(element, f"{W}type")
    usual = {"w": 215.9, "h": 279.4}  # Letter: what Word takes where nothing is said

    def measure(of: Any, name: str, otherwise: float) -> float:
        value = twips_as_mm(attribute(of, name))
        return otherwise if value is None else value

    return Section(
        width=measure(size, "w", usual["w"]),
        height=measure(size, "h", usual["h"]),
        # A negative margin tells Word not to make room for a high header; the size is the same.
        top=abs(measure(margins, "top", 25.4)),
        bottom=abs(measure(margins, "bottom", 25.4)),
        left=measure(margins, "left", 25.4) + measure(margins, "gutter", 0),
        right=measure(margins, "right", 25.4),
        own_first_page=first is not None and is_on(first),
        number_start=whole_number(start, 1) if start else None,
        number_format=attribute(numbers, "fmt") or "decimal",
        new_page=kind != "continuous",
    )


# --- text ---


@dataclass
class _Field:
    name: str = ""
    in_result: bool = False
    shown: bool = False


@dataclass
class _Run:
    """What is being gathered of one paragraph; `look` tells how letters in it look."""

    look: Callable[[Any, str], Letters]
    sources: WordSources | None = None
    lines: list[list[Piece]] = field(default_factory=lambda: [[]])
    drawn: list[float] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    fields: list[_Field] = field(default_factory=list)
    breaks_page: bool = False

    @property
    def field_name(self) -> str:
        """The innermost field whose result is being read."""
        names = [f.name for f in self.fields if f.in_result]
        return names[-1] if names else ""

    def number_of(self, element: Any) -> int:
        """Return the place of a `w:r` among the sources."""
        return -1 if self.sources is None else _placed(self.sources.runs, element)


def _placed(elements: list[Any], element: Any) -> int:
    elements.append(element)
    return len(elements) - 1


class Walk:
    """Goes through blocks in order, counting tables and sections.

    Where it has `sources`, they are told of each paragraph and run.
    """

    def __init__(
        self, formats: Formats, widths: list[float], sources: WordSources | None = None
    ) -> None:
        self._formats = formats
        self._widths = widths
        self._sources = sources
        self._tables = 0
        self._section = 0

    def blocks(
        self, parent: Any, place: ParagraphPlace, table_style: str = ""
    ) -> Iterator[Paragraph]:
        """Give the paragraphs of a body, cell, text box, header or footer."""
        for element in parent:
            if element.tag == f"{W}p":
                yield from self._paragraph(element, place, table_style)
            elif element.tag == f"{W}tbl":
                yield from self._table(element, place)
            elif element.tag in THROUGH:
                yield from self.blocks(element, place, table_style)
            elif element.tag == f"{MC}AlternateContent":
                yield from self.blocks(chosen(element), place, table_style)

    def _table(self, table: Any, outer: ParagraphPlace) -> Iterator[Paragraph]:
        self._tables += 1
        number = self._tables
        properties = table.find(f"{W}tblPr")
        style = self._formats.style_of(properties, "table")
        sides = self._cell_sides(properties, style)
        grid = [
            twips_as_mm(attribute(c, "w")) or 0 for c in table.iterfind(f"{W}tblGrid/{W}gridCol")
        ]
        rows = (row for row in through(table, "tr") if row.find(f"{W}trPr/{W}del") is None)
        for index, row in enumerate(rows):
            cells = list(through(row, "tc"))
            at = 0
            for column, cell in enumerate(cells):
                span = whole_number(value_of(cell, f"{W}tcPr/{W}gridSpan"), 1)
                width = cell_width(cell) or sum(grid[at : at + span])
                at += span
                place = ParagraphPlace(
                    self._section_of(outer),
                    number,
                    index,
                    column,
                    len(cells),
                    max(0.0, width - sides) if width else 0.0,
                    outer.text_box,
                    outer.edge,
                )
                yield from self.blocks(cell, place, style)

    def _section_of(self, place: ParagraphPlace) -> int:
        return place.section if place.edge else min(self._section, len(self._widths) - 1)

    def _cell_sides(self, properties: Any, style: str) -> float:
        """Return the left and right margin of the table's cells together, in mm."""
        sides = {"left": USUAL_CELL_MARGIN, "right": USUAL_CELL_MARGIN}
        own = [] if properties is None else [properties]
        from_style = [e.find(f"{W}tblPr") for e in self._formats.chain(style)]
        for level in (*from_style, *own):
            margins = None if level is None else level.find(f"{W}tblCellMar")
            for name, others in (("left", ("left", "start")), ("right", ("right", "end"))):
                for other in others:
                    side = None if margins is None else margins.find(f"{W}{other}")
                    value = twips_as_mm(attribute(side, "w"))
                    sides[name] = sides[name] if value is None else value
        return sides["left"] + sides["right"]

    def _paragraph(
        self, element: Any, place: ParagraphPlace, table_style: str
    ) -> Iterator[Paragraph]:
        properties = element.find(f"{W}pPr")
        layout = self._formats.layout(properties, table_style)
        run = _Run(
            lambda own, text: self._formats.letters(own, layout.style, table_style, text),
            self._sources,
        )
        _inline(element, run)
        marks_end = properties is not None and properties.find(f"{W}sectPr") is not None
        ends_section = marks_end and not place.table and not place.text_box
        section = self._section_of(place)
        in_text = not place.table and not place.text_box and not place.edge
        width = self._widths[section] if in_text else place.width
        here = place
        if (section, width) != (place.section, place.width):
            here = replace(place, section=section, width=width)
        yield Paragraph(
            tuple(TextLine(tuple(pieces)) for pieces in run.lines),
            layout,
            here,
            tuple(run.drawn),
            run.breaks_page,
            -1 if self._sources is None else _placed(self._sources.paragraphs, element),
        )
        for box in run.boxes:
            yield from self.blocks(box, replace(here, text_box=True, table=0, width=0))
        if ends_section:
            self._section += 1


def _inline(parent: Any, run: _Run) -> None:
    for element in parent:
        tag = element.tag
        if tag == _RUN:
            _run(element, run)
        elif tag in THROUGH:
            _inline(element, run)
        elif tag == f"{W}fldSimple":
            _simple_field(element, run)
        elif tag in EQUATIONS:
            text = equation_text(element)
            run.lines[-1].append(Piece(text, run.look(None, text)))
        elif tag == f"{MC}AlternateContent":
            _inline(chosen(element), run)


def _simple_field(element: Any, run: _Run) -> None:
    name = _field_name(attribute(element, "instr") or "")
    run.fields.append(_Field(name, in_result=True))
    before = sum(map(len, run.lines))
    _inline(element, run)
    if sum(map(len, run.lines)) == before:
        run.lines[-1].append(Piece("1", run.look(None, "1"), name, stands_in=True))
    run.fields.pop()


def _run(element: Any, run: _Run) -> None:
    properties = None
    number = run.number_of(element)
    for child in element:
        if child.tag == _LETTERS:
            properties = child
            continue
        text = _text_of(child)
        if text is not None:
            if not run.fields or run.fields[-1].in_result:
                for field_ in run.fields:
                    field_.shown = True
                letters = run.look(properties, text)
                text = with_signs(text, letters.fonts)
                run.lines[-1].append(Piece(text, letters, run.field_name, source=number))
        elif child.tag == f"{W}fldChar":
            look = run.look(properties, "1")
            _field_mark(run, attribute(child, "fldCharType") or "", look, number)
        elif child.tag == f"{W}instrText" and run.fields:
            run.fields[-1].name += child.text or ""
        elif child.tag in _BREAKS:
            _break(child, run)
        else:
            _drawing(child, run)


def _text_of(child: Any) -> str | None:
    tag = child.tag
    if tag == _TEXT:
        return unicodedata.normalize("NFC", child.text or "")
    if tag in _SIGNS:
        return _SIGNS[tag]
    if tag == f"{W}sym":
        code = attribute(child, "char") or ""
        font = attribute(child, "font") or ""
        return sign(int(code, 16), font) if _CODE.fullmatch(code) else UNKNOWN_SIGN
    return None


def _field_mark(run: _Run, kind: str, letters: Letters, number: int) -> None:
    if kind == "begin":
        run.fields.append(_Field())
    elif kind == "separate" and run.fields:
        run.fields[-1].name = _field_name(run.fields[-1].name)
        run.fields[-1].in_result = True
    elif kind == "end" and run.fields:
        field_ = run.fields.pop()
        if not field_.shown:
            # A field that was never worked out still shows its value when it is printed.
            name = field_.name if field_.in_result else _field_name(field_.name)
            run.lines[-1].append(Piece("1", letters, name, stands_in=True, source=number))


def _field_name(instruction: str) -> str:
    r"""Return a field's name and number format: "PAGE", "PAGE \* ROMAN"."""
    return " ".join(instruction.split()).removesuffix("\\* MERGEFORMAT").strip()


def _break(element: Any, run: _Run) -> None:
    kind = attribute(element, "type") or "textWrapping"
    if element.tag == f"{W}lastRenderedPageBreak" or kind == "page":
        run.breaks_page = True
    elif kind == "textWrapping":
        run.lines.append([])


def _drawing(element: Any, run: _Run) -> None:
    """Note the straight lines and text boxes of a drawing."""
    if element.tag == f"{MC}AlternateContent":
        for inner in chosen(element):
            _drawing(inner, run)
    if element.tag not in {f"{W}drawing", f"{W}pict", f"{W}object"}:
        return
    run.drawn += straight_lines(element)
    run.boxes += list(element.iter(f"{W}txbxContent"))


def cell_width(cell: Any) -> float:
    """Return the width that a cell is given, in mm; 0 where it is none of its own."""
    width = cell.find(f"{W}tcPr/{W}tcW")
    if attribute(width, "type") not in {None, "dxa"}:
        return 0.0
    return twips_as_mm(attribute(width, "w")) or 0.0
