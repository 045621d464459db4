"""`the-thuc --sua`: page numbers come to their place, and what stands around them stays."""

from __future__ import annotations

import io
from typing import Any

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from cchc_office.decree30.fixing.kinds import FixKind

from . import changed_papers
from .changed_papers import LETTER, SAMPLES, saved
from .test_decree30_fixing import fixed, slugs

PAGE = ("begin", " PAGE ", "separate", "1", "end")


@pytest.fixture
def letter() -> Any:
    """Give a letter of two pages without a header or footer."""
    document = docx.Document(str(SAMPLES / LETTER))
    properties = document.sections[0]._sectPr
    for name in ("w:headerReference", "w:footerReference", "w:titlePg"):
        for element in properties.findall(qn(name)):
            properties.remove(element)
    changed_papers.body_of(document)[3].runs[0].add_break(WD_BREAK.PAGE)
    return document


def put_number(paragraph: Any, size: float = 13) -> None:
    """Put the field of the page's number into a paragraph."""
    for what in PAGE:
        run = paragraph.add_run()
        run.font.size, run.font.name = Pt(size), "Times New Roman"
        if what in {"begin", "separate", "end"}:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), what)
            run._r.append(mark)
        elif what == "1":
            run.add_text(what)
        else:
            told = OxmlElement("w:instrText")
            told.text = what
            run._r.append(told)


def mended(document: Any) -> Any:
    """Return the document as it is mended."""
    made = fixed(saved(document))
    assert made.content is not None
    assert not {slug for slug in slugs(made.content) if "so-trang" in slug}
    assert fixed(made.content).changes == ()
    return docx.Document(io.BytesIO(made.content))


def has_number(edge: Any) -> bool:
    return any("PAGE" in (e.text or "") for e in edge._element.iter(qn("w:instrText")))


def text_of(edge: Any) -> str:
    return "\n".join(paragraph.text for paragraph in edge.paragraphs).strip()


def test_a_number_that_is_missing_is_put_in(letter: Any) -> None:
    (section,) = mended(letter).sections
    assert section.different_first_page_header_footer
    assert has_number(section.header)
    (number,) = (p for p in section.header.paragraphs if "PAGE" in "".join(p._p.itertext()))
    assert number.alignment == WD_ALIGN_PARAGRAPH.CENTER
    assert {(r.font.size, r.font.name, r.bold) for r in number.runs} == {
        (Pt(13), "Times New Roman", False)
    }
    assert not has_number(section.first_page_header)


def test_what_the_margins_say_is_said_on_the_first_page_too(letter: Any) -> None:
    section = letter.sections[0]
    section.header.paragraphs[0].text = "Sở Công Thương"
    section.footer.paragraphs[0].text = "Lưu hành nội bộ"
    put_number(section.header.add_paragraph())
    found = mended(letter).sections[0]
    assert text_of(found.header).startswith("Sở Công Thương")
    assert has_number(found.header)
    assert text_of(found.first_page_header) == "Sở Công Thương"
    assert not has_number(found.first_page_header)
    assert text_of(found.first_page_footer) == "Lưu hành nội bộ"


def test_a_number_with_dashes_goes_from_the_bottom_to_the_top(letter: Any) -> None:
    paragraph = letter.sections[0].footer.paragraphs[0]
    paragraph.add_run("- ")
    put_number(paragraph)
    paragraph.add_run(" -")
    found = mended(letter).sections[0]
    assert has_number(found.header)
    assert not has_number(found.footer)
    assert text_of(found.footer) == ""


def test_a_number_among_words_stays_where_it_is(letter: Any) -> None:
    paragraph = letter.sections[0].footer.paragraphs[0]
    paragraph.add_run("Trang ")
    put_number(paragraph)
    made = fixed(saved(letter))
    assert (made.content, made.changes) == (None, ())
    assert [f.code.slug for f in made.findings] == ["so-trang-o-duoi"]


def test_even_pages_have_a_number_too(letter: Any) -> None:
    letter.settings.odd_and_even_pages_header_footer = True
    put_number(letter.sections[0].footer.paragraphs[0])
    put_number(letter.sections[0].even_page_footer.paragraphs[0])
    found = mended(letter).sections[0]
    assert has_number(found.header)
    assert has_number(found.even_page_header)
    assert not has_number(found.even_page_footer)


def test_a_header_at_the_edge_of_the_paper_moves_in(letter: Any) -> None:
    letter.sections[0].header_distance = Mm(0)
    assert abs(mended(letter).sections[0].header_distance - Mm(10)) < Mm(0.1)


def test_numbers_that_would_go_on_through_an_appendix_are_not_put_in() -> None:
    document = docx.Document(str(SAMPLES / LETTER))
    for name in ("w:headerReference", "w:titlePg"):
        for element in document.sections[0]._sectPr.findall(qn(name)):
            document.sections[0]._sectPr.remove(element)
    for text in (
        "Phụ lục",
        "DANH SÁCH",
        "(Kèm theo Công văn số 1/SCT-VP ngày 01 tháng 02 năm 2024)",
    ):
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(text).bold = not text.startswith("(")
    made = fixed(saved(document))
    assert FixKind.PAGE_NUMBERS not in {change.kind for change in made.changes}


def test_numbers_of_the_text_keep_their_kind(letter: Any) -> None:
    put_number(letter.sections[0].header.paragraphs[0])
    letter.sections[0].header.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    letter.sections[0].different_first_page_header_footer = True
    put_number(changed_papers.body_of(letter)[0])
    own = (letter.sections[0].header._element, letter.element.body)
    for root, told in zip(own, (r" PAGE \* ROMAN ", r" SEQ Hinh \* ROMAN "), strict=True):
        (field,) = root.iter(qn("w:instrText"))
        field.text = told
    after = mended(letter)
    own = (after.sections[0].header._element, after.element.body)
    said = ["".join(field.text for field in root.iter(qn("w:instrText"))) for root in own]
    assert [one.split() for one in said] == [["PAGE"], ["SEQ", "Hinh", r"\*", "ROMAN"]]


def test_words_beside_a_number_keep_their_looks(letter: Any) -> None:
    beside = letter.sections[0].header.paragraphs[0]
    beside.alignment = WD_ALIGN_PARAGRAPH.CENTER
    letter.sections[0].different_first_page_header_footer = True
    words = beside.add_run("Trang ")
    words.font.size, words.font.name, words.font.bold = Pt(10), "Times New Roman", True
    put_number(beside, 9)
    after = mended(letter).sections[0].header.paragraphs[0]
    sizes = {run.text: (run.font.size, run.font.bold) for run in after.runs if run.text}
    assert sizes["Trang "] == (Pt(10), True)
    assert sizes["1"][0] == Pt(13)
