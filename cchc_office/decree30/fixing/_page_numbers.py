"""Page numbers: in the middle of the top margin, from 1, hidden on the first page (I.7)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from lxml import etree

from cchc_office.catalogue.findings import Code, TextPlace
from cchc_office.decree30.checker._breaches import Judgement
from cchc_office.decree30.figures import FONT, RULES, Part, number_in_words, part_size
from cchc_office.decree30.fixing._letters import set_look
from cchc_office.decree30.fixing._session import FixSession
from cchc_office.decree30.fixing.kinds import FixKind
from cchc_office.word.format_editor import (
    put,
    set_attributes,
    set_indents,
    set_switch,
    sound_copy,
)
from cchc_office.word.reading.formatting import Formats
from cchc_office.word.reading.measures import R, W, attribute, is_on, twips_as_mm

_NEAREST_TO_EDGE, _HEIGHT = 5.0, 6.0  # mm: of the paper, and of a number
_USUAL_BEGIN = 567  # a centimetre, in twips
_KIND = FixKind.PAGE_NUMBERS
_ABOUT = Part.PAGE_NUMBER.value
_FIELD = re.compile(r"\s*PAGE\b")
_FORMAT = re.compile(r"\\\*\s*(?:roman|alphabetic)\b", re.IGNORECASE)
_RUNS = (f"{W}r", f"{W}fldSimple", f"{W}sdt", f"{W}hyperlink")
_EDGES = (f"{W}hdr", f"{W}ftr")
_TABS = (f"{W}tab", f"{W}ptab")
_Edge = Literal["header", "footer"]


def fix_page_numbers(session: FixSession) -> None:
    """Bring the numbers to their place, and let them look and count as the decree has it."""
    numbers = _NumberPlaces(session)
    moved = numbers.take_from_below()
    missing = [*session.judged(_KIND, Code.PAGE_NUMBER_MISSING, Code.PAGE_NUMBER_UNCLEAR)]
    if not all(session.parts.begins_section(one.first) for one in session.parts.appendices):
        missing = []  # numbers that go on through an appendix would be another breach
    if moved or missing:
        numbers.put_above()
        before = "ở lề dưới" if moved else "chưa có"
        session.tell(_KIND, _ABOUT, before, "ở giữa lề trên, ẩn ở trang đầu")
    if moved or missing or any(session.judged(_KIND, Code.PAGE_NUMBER_FIRST)):
        numbers.hide_on_first_page(told=not moved and not missing)
    for one in session.judged(_KIND, Code.PAGE_NUMBER_SIDE):
        numbers.centre(one)
    numbers.set_looks()
    _fix_counting(session)


@dataclass
class _NumberPlaces:
    """The page numbers of a document that is being mended."""

    session: FixSession

    # --- from the bottom ---

    def take_from_below(self) -> bool:
        """Take the numbers out of the bottom margins; False where any stands among words."""
        judged = [*self.session.judged(_KIND, Code.PAGE_NUMBER_BELOW)]
        paragraphs = [one.paragraph for one in judged if one.paragraph is not None]
        if not judged or any(p.place.text_box or _has_words(p) for p in paragraphs):
            return False
        for paragraph in paragraphs:
            self._empty(self.session.element(paragraph))
        return True

    def _empty(self, element: Any) -> None:
        self.session.editor.touch(element)
        for child in list(element):
            if child.tag != f"{W}pPr":
                element.remove(child)
        holder = element.getparent()
        control = holder.getparent() if holder.tag == f"{W}sdtContent" else None
        if control is not None and len(holder) == 1:
            control.getparent().replace(control, element)

    # --- to the top ---

    def put_above(self) -> None:
        """Let every section's pages have a number in the middle of the top margin."""
        for section in self.session.sources.sections:
            self._make_room(section)
        even = Formats.of(self.session.sources.package).tells_even_pages
        for kind in ("default", "even") if even else ("default",):
            for index, section in enumerate(self.session.sources.sections):
                root = self._own(section, "header", kind)
                if root is not None and not _holds_number(root):
                    self.session.editor.touch(root)
                    self._put_into(root)
                elif root is None and index == 0:
                    made = _new_edge("header", self._root())
                    self._put_into(made)
                    self._name(section, "header", kind, made)

    def _make_room(self, section: Any) -> None:
        """Let the header begin where the number has room above the text, and off the edge."""
        margins = section.find(f"{W}pgMar")
        top = twips_as_mm(attribute(margins, "top"))
        begin = twips_as_mm(attribute(margins, "header"))
        if top is None or begin is None:
            return
        if not _NEAREST_TO_EDGE <= begin <= max(abs(top) - _HEIGHT, _NEAREST_TO_EDGE):
            margins = self.session.editor.section(section).find(f"{W}pgMar")
            set_attributes(margins, header=_USUAL_BEGIN)

    def _root(self) -> Any:
        return self.session.sources.package.main.element

    def _put_into(self, root: Any) -> None:
        """Put a number at the top of a header, into its blank paragraph where it is but one."""
        paragraphs = [*root.iterfind(f"{W}p")]
        blank = len(root) == 1 and len(paragraphs) == 1 and _is_blank(paragraphs[0])
        for paragraph in paragraphs if blank else ():
            root.remove(paragraph)
        root.insert(0, _number_paragraph(part_size(Part.PAGE_NUMBER, self.session.profile)))

    # --- the first page ---

    def hide_on_first_page(self, *, told: bool) -> None:
        """Give the first section a first page of its own, without a number."""
        sections = self.session.sources.sections
        if not sections:
            return
        section = sections[0]
        own = section.find(f"{W}titlePg")
        has_own = own is not None and is_on(own)
        if has_own and not self._clear_first(section):
            return
        if not has_own:
            set_switch(self.session.editor.section(section), "titlePg", on=True)
            self._keep_on_first_page(section)
        if told:
            self.session.tell(_KIND, _ABOUT, "hiện cả ở trang đầu", "ẩn ở trang đầu")

    def _clear_first(self, section: Any) -> bool:
        """Take the number out of the header of the first page; tell whether that was done."""
        root = self._own(section, "header", "first")
        if root is None or not _holds_number(root):
            return False
        made = _without_number(root)
        if made is None:
            return False
        self._name(section, "header", "first", made, like=root)
        return True

    def _keep_on_first_page(self, section: Any) -> None:
        """Let the first page still say what the others say, but its number."""
        for edge in ("header", "footer"):
            usual = self._own(section, edge, "default")
            first = self._own(section, edge, "first")
            if first is not None and not (edge == "header" and _holds_number(first)):
                continue  # what stood there unseen for a first page
            made = None if usual is None else _without_number(usual, edge)
            if made is not None and _says_anything(made):
                self._name(section, edge, "first", made, like=usual)
            elif first is not None:
                self._name(section, edge, "first", _new_edge(edge, self._root()))

    def _own(self, section: Any, edge: str, kind: str) -> Any:
        """Return the header or footer that a section names itself, None where it names none."""
        package = self.session.sources.package
        for reference in section.iterfind(f"{W}{edge}Reference"):
            if (attribute(reference, "type") or "default") == kind:
                part = package.part(package.main.by_id.get(str(reference.get(f"{R}id")), ""))
                return None if part is None else part.element
        return None

    def _name(self, section: Any, edge: str, kind: str, root: Any, like: Any = None) -> None:
        """Add a header or footer, and let a section name it."""
        parsed = self.session.sources.package.parsed()
        name = next((n for n, top in parsed.items() if like is not None and top is like), "")
        link = self.session.package.add(edge, root, name)
        self.session.editor.touch(section)
        for reference in section.findall(f"{W}{edge}Reference"):
            if (attribute(reference, "type") or "default") == kind:
                reference.set(f"{R}id", link)
                return
        reference = etree.Element(f"{W}{edge}Reference")
        set_attributes(reference, type=kind)
        reference.set(f"{R}id", link)
        section.insert(0, reference)

    # --- looks ---

    def centre(self, one: Judgement) -> None:
        """Set a number that stands to one side in the middle; not one among words."""
        paragraph = one.paragraph
        if paragraph is None or _has_words(paragraph):
            return
        element = self.session.element(paragraph)
        properties = self.session.editor.layout(element)
        for tab in [t for run in element.iter(f"{W}r") for t in run if t.tag in _TABS]:
            tab.getparent().remove(tab)
        set_attributes(put(properties, "jc"), val="center")
        layout = paragraph.layout
        if any((layout.left, layout.right, layout.first_line)):
            set_indents(properties)
        self.session.tell(_KIND, _ABOUT, "lệch một bên", "ở giữa")

    def set_looks(self) -> None:
        """Give the letters of the numbers their size and font, upright and black."""
        allowed = RULES[Part.PAGE_NUMBER].sizes
        for one in self.session.judged(_KIND, *_LOOKS):
            paragraph = one.paragraph
            if paragraph is None or one.about != _ABOUT or not paragraph.place.edge:
                continue
            look: dict[str, Any] = dict(_LOOKS[one.code])
            before, after = one.found, FONT
            if one.code is Code.LETTER_SIZE:
                size = max((piece.letters.size for piece in one.pieces), default=allowed.least)
                look["size"] = min(max(size, allowed.least), allowed.most)
                before, after = f"cỡ {one.found}", f"cỡ {number_in_words(look['size'])}"
            elif one.code is Code.COLOUR:
                before, after = f"mã màu {one.found}", "màu đen"
            elif one.code is not Code.FONT:
                before, after = _WORDS[one.code]
            meant = [self.session.sources.runs[p.source] for p in one.pieces if p.source >= 0]
            for run in self.session.element(paragraph).iter(f"{W}r"):
                if run in meant or run.find(f"{W}t") is None:  # the marks of the field
                    set_look(self.session.editor.letters(run), look)
            self.session.tell(_KIND, _ABOUT, before, after)


_LOOKS: dict[Any, dict[str, Any]] = {
    Code.LETTER_SIZE: {},
    Code.IS_BOLD: {"b": False},
    Code.IS_ITALIC: {"i": False},
    Code.FONT: {"font": FONT},
    Code.COLOUR: {"color": "auto"},
}
_WORDS = {
    Code.IS_BOLD: ("chữ đậm", "chữ không đậm"),
    Code.IS_ITALIC: ("chữ nghiêng", "chữ đứng"),
}


# --- counting ---


def _fix_counting(session: FixSession) -> None:
    for one in session.judged(_KIND, Code.PAGE_NUMBER_KIND):
        numbers = _counting(session, one.at.section if isinstance(one.at, TextPlace) else 0)
        if numbers is not None:
            set_attributes(numbers, fmt=None)
        _drop_formats(session)
        session.tell(_KIND, _ABOUT, one.found, "chữ số Ả Rập")
    for one in session.judged(_KIND, Code.PAGE_NUMBER_START):
        numbers = _counting(session, 0)
        if numbers is not None:
            set_attributes(numbers, start=1)
            session.tell(_KIND, _ABOUT, f"bắt đầu từ {one.found}", "bắt đầu từ 1")
    for one in session.judged(_KIND, Code.APPENDIX_PAGES):
        line = one.line
        if line is None or not session.parts.begins_section(line):
            continue  # without a section of its own it cannot count anew
        numbers = _counting(session, line.place.section)
        if numbers is not None:
            set_attributes(numbers, start=1)
            session.tell(_KIND, "Số trang của phụ lục", "nối tiếp phần trước", "bắt đầu từ 1", line)


def _counting(session: FixSession, index: int) -> Any:
    """Return how a section counts its pages, ready to be changed; None where it says nothing."""
    sections = session.sources.sections
    if index >= len(sections):
        return None
    return put(session.editor.section(sections[index]), "pgNumType")


def _drop_formats(session: FixSession) -> None:
    """Take the kind of number from the fields of the margins; those of the text are its own."""
    roots = session.sources.package.parsed().values()
    for root in (root for root in roots if root.tag in _EDGES):
        for element in root.iter(f"{W}instrText", f"{W}fldSimple"):
            is_simple = element.tag == f"{W}fldSimple"
            told = str(element.get(f"{W}instr") if is_simple else element.text)
            if not _FORMAT.search(told):
                continue
            session.editor.touch(element)
            if is_simple:
                element.set(f"{W}instr", _FORMAT.sub("", told))
            else:
                element.text = _FORMAT.sub("", told)


# --- elements ---


def _has_words(paragraph: Any) -> bool:
    """Tell whether a paragraph says more than the page's number and the dashes around it."""
    return any(
        any(c.isalnum() for c in piece.text)
        for line in paragraph.lines
        for piece in line.pieces
        if not _FIELD.match(piece.field.upper())
    )


def _instructions(root: Any) -> Iterator[tuple[Any, str]]:
    """Give each paragraph of a header with what its fields are told."""
    for paragraph in root.iter(f"{W}p"):
        told = "".join(e.text or "" for e in paragraph.iter(f"{W}instrText"))
        for simple in paragraph.iter(f"{W}fldSimple"):
            told += f" {simple.get(f'{W}instr') or ''}"
        yield paragraph, told


def _holds_number(root: Any) -> bool:
    return any(re.search(r"\bPAGE\b", told.upper()) for _, told in _instructions(root))


def _without_number(root: Any, edge: str = "header") -> Any:
    """Return a copy of a header without its number; None where that stands among words.

    Footers are copied as they are.
    """
    made = sound_copy(root)
    for paragraph, told in [*_instructions(made)] if edge == "header" else []:
        if not re.search(r"\bPAGE\b", told.upper()):
            continue
        if any(c.isalpha() for t in paragraph.iter(f"{W}t") for c in t.text or ""):
            return None
        for child in list(paragraph):
            if child.tag in _RUNS:
                paragraph.remove(child)
    return made


def _says_anything(root: Any) -> bool:
    shows = (f"{W}t", f"{W}drawing", f"{W}pict", f"{W}object", f"{W}sym", f"{W}tbl", f"{W}pBdr")
    return any(e.tag != f"{W}t" or (e.text or "").strip() for e in root.iter(*shows))


def _is_blank(paragraph: Any) -> bool:
    return not _says_anything(paragraph) and paragraph.find(f".//{W}fldChar") is None


def _new_edge(edge: str, like: Any) -> Any:
    """Return an empty header or footer, with the names of the document's root."""
    made = etree.Element(f"{W}{'hdr' if edge == 'header' else 'ftr'}", nsmap=like.nsmap)
    if edge == "footer":
        etree.SubElement(made, f"{W}p")
    return made


def _number_paragraph(size: float) -> Any:
    """Return a centred paragraph with the page's number."""
    paragraph = etree.Element(f"{W}p")
    properties = etree.SubElement(paragraph, f"{W}pPr")
    set_attributes(put(properties, "spacing"), before=0, after=0)
    set_indents(properties)
    set_attributes(put(properties, "jc"), val="center")
    look = {"font": FONT, "b": False, "i": False, "color": "auto", "size": size}
    for kind in ("begin", "", "separate", "2", "end"):
        run = etree.SubElement(paragraph, f"{W}r")
        set_look(etree.SubElement(run, f"{W}rPr"), look)
        if not kind:
            etree.SubElement(run, f"{W}instrText").text = "PAGE"
        elif kind == "2":
            etree.SubElement(run, f"{W}t").text = kind
        else:
            set_attributes(etree.SubElement(run, f"{W}fldChar"), fldCharType=kind)
    return paragraph
