"""Blanks to be filled in, heads that stand elsewhere, pages counted anew: no false alarms."""

from __future__ import annotations

import io
from typing import Any

import docx
import pytest
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from cchc_office.decree30.checker import check_content

from .breaches import number_below
from .changed_papers import (
    DECISION,
    LETTER,
    NAME,
    PLAN,
    SAMPLES,
    Change,
    body_of,
    both,
    letters,
    paragraph,
    told,
    typed,
    with_pages,
    without_page_numbers,
)


def plain_beneath(found: Paragraph, text: str, **look: Any) -> Paragraph:
    """Add a paragraph in plain letters under another, aligned like it."""
    new: Any = OxmlElement("w:p")
    found._p.addnext(new)
    added = Paragraph(new, found._parent)
    added.paragraph_format.alignment = found.paragraph_format.alignment
    run = added.add_run(text)
    run.font.name, run.font.size = "Times New Roman", Pt(13)
    for name, value in look.items():
        setattr(run.font, name, value)
    return added


def put_plain_beneath(start: str, text: str, **look: Any) -> Change:
    """Add a paragraph under the one that begins with `start`."""

    def change(document: Any) -> None:
        plain_beneath(paragraph(document, start), text, **look)

    return change


# --- blanks of a specimen ---


@pytest.mark.parametrize(
    ("subject", "is_told"),
    [("V/v........(2)........", False), ("V/v…(2)…", False), ("V/v: đôn đốc", True)],
)
def test_a_subject_to_be_filled_in_begins_as_it_should(subject: str, is_told: bool) -> None:
    def change(document: Any) -> None:
        found = paragraph(document, "V/v")
        found.runs[0].text = subject

    assert ("trich-yeu-sai-chu" in told(LETTER, change)) is is_told


@pytest.mark.parametrize(
    ("blank", "is_told"),
    [("......", False), (".....(5).....", False), ("…… Văn A", True)],
)
def test_blanks_have_no_weight(blank: str, is_told: bool) -> None:
    change = both(typed("Nguyễn Văn A", blank), letters(blank, bold=False))
    assert ("thieu-dam" in told(LETTER, change)) is is_told


# --- the head ---


def test_a_draft_mark_under_the_agency_is_no_name() -> None:
    assert "thieu-dam" not in told(
        DECISION, put_plain_beneath("TỈNH SƠN LA", "DỰ THẢO", italic=True)
    )
    assert "thieu-dam" in told(DECISION, put_plain_beneath("TỈNH SƠN LA", "MIỀN NÚI", italic=True))


def test_a_number_under_the_subject_is_found() -> None:
    change = both(
        typed("Số: 09/QĐ-UBND", ""),
        put_plain_beneath("công tác văn thư", "Số: ………/QĐ-UBND"),
    )
    found = told(DECISION, change)
    assert "thieu-thanh-phan" not in found
    assert "thieu-dam" not in found


def test_a_national_name_with_two_words_typed_as_one_is_told_where_it_stands() -> None:
    found = told(DECISION, typed(NAME, NAME.replace("NGHĨA ", "NGHĨA")))
    assert "quoc-hieu-sai-chu" in found
    assert "thieu-thanh-phan" not in found


# --- the text ---


def quoted(last: str) -> Change:
    """Quote two paragraphs, the second one in italics."""

    def change(document: Any) -> None:
        first, second = body_of(document)[2:4]
        for found, text in ((first, "Văn bản nêu: “Một là rà soát."), (second, last)):
            for run in found.runs[1:]:
                found._p.remove(run._r)
            found.runs[0].text = text
        second.runs[0].font.italic = True

    return change


def test_a_quotation_may_go_on_in_the_next_paragraph() -> None:
    assert "thua-nghieng" not in told(LETTER, quoted("Hai là báo cáo kết quả rà soát.”"))
    assert "thua-nghieng" in told(LETTER, quoted("Hai là báo cáo kết quả rà soát."))


# --- appendices ---


def test_a_bracket_that_is_never_closed_ends_with_its_cell() -> None:
    def change(document: Any) -> None:
        found = paragraph(document, "(Kèm theo")
        found.runs[0].text = "(Kèm theo Kế hoạch số      /KH-SCT ngày      tháng 02 năm 2024"
        unit = plain_beneath(plain_beneath(found, ""), "Đvt: ngàn đồng", bold=True)
        unit.alignment = WD_ALIGN_PARAGRAPH.RIGHT

    found = told(PLAN, change)
    assert "thieu-nghieng" not in found
    assert "thua-dam" not in found


def head_over_appendix(words: str) -> Change:
    """Set a table with a head of its own, or other words, over the first appendix."""

    def change(document: Any) -> None:
        table = document.add_table(1, 2)
        table.cell(0, 0).text, table.cell(0, 1).text = "SỞ CÔNG THƯƠNG", words
        paragraph(document, "Phụ lục I")._p.addprevious(table._tbl)

    return change


def test_an_appendix_may_have_a_letterhead_of_its_own() -> None:
    assert "phu-luc-so-trang" not in told(PLAN, head_over_appendix(NAME))
    assert "phu-luc-so-trang" in told(PLAN, head_over_appendix("Lời nói đầu"))


# --- pages ---


def with_a_page_more(*, pages: int) -> Change:
    """Add a page in a section numbered anew, and note how many pages there are."""

    def change(document: Any) -> None:
        without_page_numbers(document)
        section = document.add_section(WD_SECTION.NEW_PAGE)
        for old in section._sectPr.findall(qn("w:pgNumType")):
            section._sectPr.remove(old)
        start = OxmlElement("w:pgNumType")
        start.set(qn("w:start"), "1")
        section._sectPr.find(qn("w:pgMar")).addnext(start)
        document.add_paragraph("DANH SÁCH")
        with_pages(document, pages)

    return change


@pytest.mark.parametrize(("pages", "is_told"), [(2, False), (3, True)])
def test_a_page_and_an_appendix_of_a_page_need_no_numbers(pages: int, is_told: bool) -> None:
    found = told(DECISION, with_a_page_more(pages=pages))
    assert ("thieu-so-trang" in found) is is_told


def cut_to(paragraphs: int) -> Change:
    """Leave so many paragraphs of the text, and note one page."""

    def change(document: Any) -> None:
        for found in body_of(document)[paragraphs:-1]:
            body: Any = found._p.getparent()
            body.remove(found._p)
        with_pages(document, 1)

    return change


@pytest.mark.parametrize(("paragraphs", "is_told"), [(5, False), (9, True)])
def test_a_page_that_is_nearly_full_is_one_where_the_file_says_so(
    paragraphs: int, is_told: bool
) -> None:
    found = told(LETTER, number_below, cut_to(paragraphs))
    assert ("so-trang-o-duoi" in found) is is_told


# --- two documents in one file ---


def signed_by_tabs(*after: str) -> Any:
    """Return a decision whose head and closing are set by tabs, and lines after its signature."""
    document = docx.Document(str(SAMPLES / DECISION))
    table: Any = paragraph(document, "Nơi nhận")._p
    while not table.tag.endswith("}tbl"):
        table = table.getparent()
    table.getparent().remove(table)
    for text in (
        "Nơi nhận:\tGIÁM ĐỐC",
        "- Như Điều 3;",
        "- Lưu: VT.",
        "",
        "\tNguyễn Văn A",
        *after,
    ):
        document.add_paragraph().add_run(text).font.bold = True
    return document


def test_the_head_of_a_second_document_ends_the_closing() -> None:
    second = (f"TỔNG CÔNG TY\t{NAME}", "Số:   /QĐ\tHà Nội, ngày   tháng   năm 2024")
    buffer = io.BytesIO()
    signed_by_tabs(*second).save(buffer)
    found = check_content(buffer.getvalue(), "x.docx")
    assert not [f for f in found if NAME in f.passage or "Hà Nội" in f.passage]
