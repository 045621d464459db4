"""Papers of offices as others keep them: copied as text, made from templates, by a legal site."""

from __future__ import annotations

import copy
from collections import Counter
from typing import Any

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from .changed_papers import (
    DECISION,
    LETTER,
    MOTTO,
    NAME,
    OTHER_RULES,
    PLAN,
    SAMPLES,
    Change,
    beneath,
    body_of,
    centred,
    letters,
    paragraph,
    retyped,
    slugs_of,
    told,
)

V_LINE = "{urn:schemas-microsoft-com:vml}line"
UNKNOWN = "khong-nhan-ra-the-thuc"


@pytest.mark.parametrize("number", ["Số:     /20..(1)../QĐ-UBND", "Số:   /20.…/QĐ-UBND"])
def test_a_specimen_of_a_normative_document_has_a_blank_year(number: str) -> None:
    assert told(DECISION, retyped("Số:", number)) == [OTHER_RULES]


def test_a_template_whose_agency_is_a_placeholder_is_a_specimen() -> None:
    assert told(LETTER, retyped("SỞ CÔNG THƯƠNG", "{{co_quan_ban_hanh}}")) == [OTHER_RULES]


def test_a_template_of_one_office_is_held_against_the_decree() -> None:
    assert OTHER_RULES not in told(LETTER, retyped("V/v", "V/v {{trich_yeu}}"))


def test_a_page_whose_cells_became_bars_is_a_copy_of_words() -> None:
    document = docx.Document()
    document.add_heading("Quyết định 12/QĐ-UBND năm 2026 về danh mục thủ tục", level=0)
    document.add_paragraph(f"ỦY BAN NHÂN DÂN TỈNH A ------- | {NAME}\n{MOTTO} ---------------")
    document.add_paragraph("Số: 12/QĐ-UBND | A, ngày 03 tháng 3 năm 2026")
    for line in ("QUYẾT ĐỊNH", "VỀ DANH MỤC THỦ TỤC", "Điều 1. Công bố danh mục thủ tục."):
        document.add_paragraph(line)
    assert slugs_of(document) == [OTHER_RULES]


def test_a_copy_that_has_lost_its_head_is_not_known() -> None:
    document = docx.Document()
    for line in (
        "TRƯỜNG ĐẠI HỌC A",
        "QUYẾT ĐỊNH SỐ: 12/QĐ-ĐHA",
        "VỀ VIỆC BAN HÀNH QUY ĐỊNH VỀ THI",
        "QUYẾT ĐỊNH:",
        "Điều 1. Ban hành kèm theo Quyết định này Quy định về thi.",
        "QUY ĐỊNH VỀ THI",
        "(Ban hành kèm theo Quyết định số 12/QĐ-ĐHA ngày 03 tháng 3 năm 2026)",
        "Điều 1. Phạm vi điều chỉnh",
    ):
        document.add_paragraph().add_run(line).bold = True
    assert slugs_of(document) == [UNKNOWN]


def test_the_code_of_a_field_is_no_signer() -> None:
    def change(document: Any) -> None:
        cell = document.tables[-1].rows[-1].cells[-1]
        last = next(p for p in reversed(cell.paragraphs) if p.text.strip())
        for text in ("PAGE", "PAGE   \\* MERGEFORMAT 2"):
            beneath(last, text).alignment = WD_ALIGN_PARAGRAPH.LEFT

    assert told(LETTER, change) == []


@pytest.mark.parametrize("how", ["Phê duyệt kèm theo", "Được công nhận kèm theo", "Kèm theo"])
def test_a_charter_may_be_approved_by_what_it_is_sent_with(how: str) -> None:
    reference = f"({how} Quyết định số     /QĐ-UBND ngày     tháng 3 năm 2026)"
    document = centred(
        "UBND TỈNH A", NAME, MOTTO, "ĐIỀU LỆ", "LIÊN ĐOÀN YOGA TỈNH A", reference, bold=True
    )
    document.add_paragraph("Điều 1. Tên gọi của Liên đoàn")
    found = slugs_of(document)
    assert "thua-in-hoa" not in found
    assert "thieu-thanh-phan" not in found


def with_annexes(reference: str) -> Change:
    """Put two forms with a label of their own behind the appendix of the plan."""

    def change(document: Any) -> None:
        for label in ("Phụ lục I", "Phụ lục I"):
            for text in (label, "MẪU ĐƠN ĐỀ NGHỊ", reference):
                added = document.add_paragraph()
                added.alignment = WD_ALIGN_PARAGRAPH.CENTER
                added.add_run(text).bold = True

    return change


def test_forms_of_a_decree_keep_the_numbers_that_they_have_there() -> None:
    law = "(Kèm theo Nghị định số 53/2026/NĐ-CP ngày 05 tháng 02 năm 2026 của Chính phủ)"
    before = Counter(told(PLAN))["phu-luc-so-thu-tu"]
    assert Counter(told(PLAN, with_annexes(law)))["phu-luc-so-thu-tu"] == before
    own = "(Kèm theo Kế hoạch số 53/KH-UBND ngày 05 tháng 02 năm 2026 của UBND tỉnh)"
    assert "phu-luc-so-thu-tu" in told(PLAN, with_annexes(own))


def test_a_long_subject_in_capitals_is_a_subject() -> None:
    long = "BAN HÀNH DANH SÁCH CÁC CƠ SỞ THAM GIA VÀ CÁC NGÀNH ĐƯỢC THỰC HIỆN " * 4
    start = paragraph_beneath_type()
    found = told(DECISION, retyped(start, long.strip()), letters(long[:20], bold=False))
    assert "thua-in-hoa" in found
    assert "thieu-thanh-phan" not in found


def paragraph_beneath_type() -> str:
    document = docx.Document(str(SAMPLES / DECISION))
    shown = [p.text for p in document.paragraphs if p.text.strip()]
    return shown[shown.index("QUYẾT ĐỊNH") + 1]


@pytest.mark.parametrize(("indent", "is_told"), [(Mm(1), True), (None, False)])
def test_an_indent_may_bring_a_name_to_the_middle_of_its_cell(indent: Any, is_told: bool) -> None:
    def change(document: Any) -> None:
        name = paragraph(document, "TỈNH SƠN LA")
        name.alignment = WD_ALIGN_PARAGRAPH.LEFT
        name.paragraph_format.first_line_indent = indent or in_the_middle(document)

    assert ("canh-chu" in told(DECISION, change)) is is_told


def in_the_middle(document: Any) -> Any:
    cell = document.tables[0].rows[0].cells[0]
    return Mm((cell.width.mm - LONG_OF_NAME) / 2 - 2)


LONG_OF_NAME = 31  # mm of "TỈNH SƠN LA" in bold letters of 13 points


def rule_of_the_motto_drawn_beneath_the_agency(document: Any) -> None:
    """Anchor the motto's rule in the agency's cell, beside the agency's own."""
    lines = [p for p in document.element.body.iter(qn("w:p")) if list(p.iter(V_LINE))]
    own, others = (next(p.iter(qn("w:pict"))).getparent() for p in lines[:2])
    own.addnext(copy.deepcopy(others))


def test_of_two_rules_drawn_in_the_cell_of_the_agency_the_short_one_is_its_own() -> None:
    assert "duong-ke-sai-dai" not in told(LETTER, rule_of_the_motto_drawn_beneath_the_agency)


def test_a_mark_alone_in_smaller_letters_is_not_seen() -> None:
    def change(document: Any) -> None:
        body_of(document)[0].add_run(" ;").font.size = Pt(11)

    assert "co-chu" not in told(LETTER, change)
