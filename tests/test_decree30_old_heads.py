"""Heads that lost their columns, who decides beneath the type: as old files have them."""

from __future__ import annotations

import copy
from typing import Any

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.text.paragraph import Paragraph

from cchc_office.decree30.checker import check_content

from .changed_papers import (
    DECISION,
    LETTER,
    MOTTO,
    NAME,
    SAMPLES,
    beneath,
    both,
    drop,
    letters,
    paragraph,
    retype,
    retyped,
    saved,
    slugs_of,
    told,
)


@pytest.mark.parametrize(
    ("line", "is_told"),
    [("GIÁM ĐỐC SỞ NỘI VỤ TỈNH SƠN LA", False), ("PHÊ DUYỆT KẾ HOẠCH KIỂM TRA", True)],
)
def test_who_decides_under_the_type_is_no_subject(line: str, is_told: bool) -> None:
    def change(document: Any) -> None:
        drop(paragraph(document, "công tác văn thư")._p)
        drop(paragraph(document, "CHỦ TỊCH ỦY BAN")._p)
        retype(paragraph(document, "Về việc"), line)

    found = told(DECISION, change)
    assert ("thua-in-hoa" in found) is is_told
    assert ("thieu-thanh-phan" in found) is not is_told


@pytest.mark.parametrize(
    ("line", "is_told"), [("CÔNG TÁC VĂN THƯ NĂM 2024", True), ("GIÁM ĐỐC SỞ NỘI VỤ", False)]
)
def test_a_subject_in_capitals_may_go_on(line: str, is_told: bool) -> None:
    change = both(
        retyped("Về việc", "VỀ VIỆC PHÊ DUYỆT KẾ HOẠCH KIỂM TRA"),
        retyped("công tác văn thư", line),
        letters(line, bold=False),
    )
    assert ("thieu-dam" in told(DECISION, change)) is is_told


@pytest.mark.parametrize(("line", "is_told"), [("Mã số: QT.05", False), ("Năm 2024", True)])
def test_what_a_house_counts_its_forms_by_is_no_subject(line: str, is_told: bool) -> None:
    def change(document: Any) -> None:
        beneath(paragraph(document, "công tác văn thư"), line, bold=False)

    assert ("thieu-dam" in told(DECISION, change)) is is_told


def in_one_column(*, between: str) -> Any:
    """Return a decision whose head lost its columns: an agency, the nation, another, the motto."""
    document: Any = docx.Document(str(SAMPLES / DECISION))
    found = [paragraph(document, text) for text in ("ỦY BAN NHÂN DÂN", NAME, MOTTO)]
    number, day = paragraph(document, "Số: 09"), paragraph(document, "Sơn La, ngày")
    top = paragraph(document, "QUYẾT ĐỊNH")
    lines = [copy.deepcopy(p._p) for p in (*found, number, day)]
    for element in lines:
        top._p.addprevious(element)
    table: Any = found[0]._p
    while not table.tag.endswith("}tbl"):
        table = table.getparent()
    drop(table)
    agency = retype(Paragraph(lines[0], document._body), "SỞ Y TẾ SƠN LA")
    agency.runs[0].font.bold = False
    beneath(Paragraph(lines[1], document._body), between)
    return document


@pytest.mark.parametrize(
    ("between", "is_told"), [("BỆNH VIỆN ĐA KHOA TỈNH", False), ("MIỀN NÚI PHÍA BẮC", True)]
)
def test_in_one_column_an_agency_may_stand_over_the_motto(between: str, is_told: bool) -> None:
    assert ("thieu-dam" in slugs_of(in_one_column(between=between))) is is_told


@pytest.mark.parametrize(
    ("second", "is_told"), [("TRƯỜNG CAO ĐẲNG SƠN LA", False), ("MIỀN NÚI PHÍA BẮC", True)]
)
def test_a_narrow_cell_makes_two_lines_of_two_agencies(second: str, is_told: bool) -> None:
    def change(document: Any) -> None:
        drop(paragraph(document, "SỞ CÔNG THƯƠNG")._p)
        parent = retype(paragraph(document, "UBND TỈNH SƠN LA"), "BỘ GIÁO DỤC VÀ ĐÀO TẠO")
        run = copy.deepcopy(parent.runs[0]._r)
        parent._p.append(run)
        parent.runs[-1].text = f" {second}"
        parent.runs[-1].font.bold = True

    assert ("thieu-dam" in told(LETTER, change)) is is_told


def test_a_nations_name_typed_wrong_ends_the_agency_beside_it() -> None:
    document: Any = docx.Document()
    for text in (f"SỞ CÔNG THƯƠNG\t{NAME.replace('CỘNG', 'CÔNG')}", f"CHI CỤC X\t{MOTTO}"):
        document.add_paragraph().add_run(text).font.bold = True
    head = document.add_paragraph()
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    head.add_run("BÁO CÁO").font.bold = True
    wrong = [
        f for f in check_content(saved(document), "x.docx") if f.code.slug == "quoc-hieu-sai-chu"
    ]
    assert [f.passage for f in wrong] == [NAME.replace("CỘNG", "CÔNG")]


@pytest.mark.parametrize(
    ("line", "is_told"), [("(V/v kiểm tra công tác văn thư)", False), ("(dự thảo lần 2)", True)]
)
def test_a_subject_may_stand_in_brackets(line: str, is_told: bool) -> None:
    def change(document: Any) -> None:
        drop(paragraph(document, "công tác văn thư")._p)
        retype(paragraph(document, "Về việc"), line)

    assert ("thieu-thanh-phan" in told(DECISION, change)) is is_told
