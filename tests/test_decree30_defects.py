"""What once made the checker stop, or say what is not so."""

from __future__ import annotations

import copy
import io
import re
import unicodedata
import zipfile
from collections.abc import Callable
from typing import Any

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph

from cchc_office.decree30.checker import check_content

from .changed_papers import DECISION, LETTER, PLAN, SAMPLES, body_of, paragraph, slugs_of, typed


def opened(name: str = LETTER) -> Any:
    return docx.Document(str(SAMPLES / name))


def rewritten(change: Callable[[str], str], name: str = LETTER) -> bytes:
    """Return a sample with the text of its main part changed."""
    made = io.BytesIO()
    with zipfile.ZipFile(SAMPLES / name) as source, zipfile.ZipFile(made, "w") as target:
        for part in source.namelist():
            content = source.read(part)
            if part == "word/document.xml":
                content = change(content.decode("utf-8")).encode("utf-8")
            target.writestr(part, content)
    return made.getvalue()


@pytest.mark.parametrize(
    ("pattern", "new"),
    [
        (r"<w:tcPr>", '<w:tcPr><w:gridSpan w:val="abc"/>'),
        (r"<w:tcPr>", f'<w:tcPr><w:gridSpan w:val="{"9" * 5000}"/>'),
        (r'w:firstLine="\\d+"', 'w:firstLine="inf"'),
        (r'w:firstLine="\\d+"', 'w:firstLine="nan"'),
        (r'to="[^"]+"', 'to="1.2.3pt,.."'),
        (r"<w:sectPr.*</w:sectPr>", ""),
        (r"<w:body>", "<w:body><w:p><w:pPr><w:sectPr/></w:pPr></w:p>"),
        (r"</w:tc>", "<w:p><w:pPr><w:sectPr/></w:pPr></w:p></w:tc>"),
    ],
)
def test_odd_measures_stop_nothing(pattern: str, new: str) -> None:
    content = rewritten(lambda text: re.sub(pattern, new, text, count=1, flags=re.DOTALL))
    assert isinstance(check_content(content, "x.docx"), list)


def test_a_damaged_archive_of_another_method_is_told() -> None:
    made = io.BytesIO()
    with (
        zipfile.ZipFile(SAMPLES / LETTER) as source,
        zipfile.ZipFile(made, "w", zipfile.ZIP_LZMA) as target,
    ):
        for name in source.namelist():
            target.writestr(name, source.read(name))
    content = bytearray(made.getvalue())
    place = content.index(b"word/document.xml") + 60
    content[place : place + 40] = b"\xff" * 40
    [finding] = check_content(bytes(content), "x.docx")
    assert finding.code.slug == "van-ban-khong-doc-duoc"


def test_long_paragraphs_with_tabs_are_read() -> None:
    document = opened()
    run = body_of(document)[1].runs[0]
    run.text += "ngày x\t" * 2000 + "tháng " * 20_000
    assert slugs_of(document) == []


def test_decomposed_letters_are_the_same_letters() -> None:
    content = rewritten(lambda text: unicodedata.normalize("NFD", text))
    assert check_content(content, "x.docx") == []


@pytest.mark.parametrize("words", ["HỎA TỐC", "KHẨN", "LƯU HÀNH NỘI BỘ"])
def test_a_mark_of_urgency_is_no_part_of_the_subject(words: str) -> None:
    document = opened()
    cell = document.tables[0].rows[2].cells[0]
    mark = cell.add_paragraph()
    mark.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = mark.add_run(words)
    run.font.name, run.font.bold, run.font.size = "Times New Roman", True, Pt(13)
    run.font.color.rgb = RGBColor(255, 0, 0)
    assert slugs_of(document) == []


def test_a_column_called_recipients_is_not_the_closing() -> None:
    document = opened()
    table = copy.deepcopy(document.tables[1]._tbl)
    body_of(document)[1]._p.addnext(table)
    inner = docx.table.Table(table, document._body)
    for column, words in enumerate(("Nơi nhận", "Số lượng")):
        cell = inner.rows[0].cells[column]
        for extra in cell.paragraphs[1:]:
            cell._tc.remove(extra._p)
        first, *others = cell.paragraphs[0].runs
        first.text = words
        for run in others:
            cell.paragraphs[0]._p.remove(run._r)
    assert slugs_of(document) == []


def test_an_addressee_may_go_on_in_the_next_line() -> None:
    document = opened()
    typed("thuộc Sở;", "thuộc", "- Các phòng")(document)
    first = paragraph(document, "- Các phòng")
    second = copy.deepcopy(first._p)
    first._p.addnext(second)
    going_on = Paragraph(second, document._body)
    going_on.runs[0].text = "Sở Công Thương tỉnh;"
    assert slugs_of(document) == []


def test_two_agencies_may_sign_beside_each_other() -> None:
    document = opened()
    row = document.tables[1].rows[0]
    right = copy.deepcopy(row.cells[1]._tc)
    row.cells[1]._tc.addnext(right)
    typed("Nguyễn Văn A", "Nguyễn Văn Trường")(document)
    assert slugs_of(document) == []


def test_bases_may_begin_with_other_words() -> None:
    document = opened(DECISION)
    typed("Căn cứ Nghị định", "Thực hiện Nghị định")(document)
    assert slugs_of(document) == []


def test_a_name_of_two_lines_is_one_name() -> None:
    document = opened()
    typed("UBND TỈNH SƠN LA", "VĂN PHÒNG ĐOÀN ĐẠI BIỂU QUỐC HỘI VÀ")(document)
    typed("SỞ CÔNG THƯƠNG", "HỘI ĐỒNG NHÂN DÂN TỈNH")(document)
    for run in paragraph(document, "VĂN PHÒNG ĐOÀN").runs:
        run.font.bold = True
    assert slugs_of(document) == []


def test_the_national_name_may_be_broken_in_two() -> None:
    document = opened()
    found = paragraph(document, "CỘNG HÒA")
    second = copy.deepcopy(found._p)
    found._p.addnext(second)
    typed(" VIỆT NAM", "", "CỘNG HÒA")(document)
    rest = Paragraph(second, document._body)
    rest.runs[0].text = "VIỆT NAM"
    for run in rest.runs[1:]:
        second.remove(run._r)
    assert slugs_of(document) == []


def test_a_cell_that_refers_to_an_appendix_is_no_label() -> None:
    document = opened(PLAN)
    cell = document.tables[-1].rows[3].cells[2]
    cell.paragraphs[0].runs[0].text = "Phụ lục I"
    assert slugs_of(document) == []


def test_an_appendix_alone_in_a_file_keeps_its_number() -> None:
    document = opened(PLAN)
    kept = False
    for element in list(document.element.body)[:-1]:
        text = "".join(element.itertext()).strip()
        kept = kept or text.startswith("Phụ lục II")
        if not kept:
            document.element.body.remove(element)
    assert slugs_of(document) == []
    typed("Phụ lục II", "Phụ lục 2")(document)
    assert slugs_of(document) == ["phu-luc-so-thu-tu"]


def test_what_is_wrong_in_a_line_is_mended_in_one_go() -> None:
    document = opened()
    typed("1234/SCT-VP", "5/CV-SCT - VP", "Số")(document)
    buffer = io.BytesIO()
    document.save(buffer)
    findings = check_content(buffer.getvalue(), "x.docx")
    assert len(findings) == 3
    assert all("“Số: 05/SCT-VP”" in f.advice for f in findings)
