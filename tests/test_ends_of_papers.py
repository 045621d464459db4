"""Where papers end: the page of the signature has text of its own, help has no blank lines."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import docx
import pdfplumber
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn

from cchc_office.decree30.figures import DEFAULT_PROFILE
from cchc_office.files.resources import templates_folder
from cchc_office.model import Campaign, Consolidation
from cchc_office.papers.appraisal.workbook import build_appraisal
from cchc_office.papers.form.writer import build_form
from cchc_office.papers.upward_report import upward_values
from cchc_office.word.templates import DocumentTemplate

from .appraised_campaigns import campaign_of, put_together, units_file
from .calls import cchc

Convert = Callable[[Path, str], Path]
CLOSING = "Trên đây là báo cáo"


@pytest.mark.libreoffice
@pytest.mark.parametrize(("rows", "surveys"), [(7, True), (20, True), (8, False)])
def test_the_report_is_signed_below_some_of_its_text(
    example_data: Consolidation, tmp_path: Path, libreoffice: Convert, rows: int, surveys: bool
) -> None:
    values = upward_values(example_data, DEFAULT_PROFILE)
    values["chua_co_diem"] = (values["chua_co_diem"] * rows)[:rows]
    values["dtxhh_chua_du"] = values["dtxhh_chua_du"] if surveys else []
    path = tmp_path / "bao-cao.docx"
    path.write_bytes(DocumentTemplate(templates_folder() / "bao-cao.docx").fill(values))
    with pdfplumber.open(libreoffice(path, "pdf")) as printed:
        pages = [page.extract_text() or "" for page in printed.pages]
    [signed] = [page for page in pages if "Nơi nhận" in page]
    above, closing, _ = signed.partition(CLOSING)
    assert closing
    assert len(above.split()) > 5


@pytest.mark.libreoffice
@pytest.mark.parametrize("fields", range(11, 15))
def test_the_sum_of_a_table_does_not_stand_on_a_page_alone(
    example_data: Consolidation, tmp_path: Path, libreoffice: Convert, fields: int
) -> None:
    values = upward_values(example_data, DEFAULT_PROFILE)
    *rows, total = values["linh_vuc"]
    named = [replace(rows[0], ten=f"Lĩnh vực thứ {n}") for n in range(1, fields + 1)]
    values["linh_vuc"] = [*named, total]
    path = tmp_path / "bao-cao.docx"
    path.write_bytes(DocumentTemplate(templates_folder() / "bao-cao.docx").fill(values))
    with pdfplumber.open(libreoffice(path, "pdf")) as printed:
        pages = [page.extract_text() or "" for page in printed.pages]
    [first, *_] = [page for page in pages if "Tổng cộng" in page]
    assert f"Lĩnh vực thứ {fields}" in first


def test_a_chart_is_in_one_paragraph_with_its_title(tmp_path: Path) -> None:
    values = upward_values(put_together(campaign_of(tmp_path)), DEFAULT_PROFILE)
    content = DocumentTemplate(templates_folder() / "bao-cao.docx").fill(values)
    paragraphs = docx.Document(io.BytesIO(content)).paragraphs
    drawn = [one for one in paragraphs if one._p.findall(f".//{qn('w:drawing')}")]
    assert len(drawn) == 2
    for paragraph in drawn:
        assert "từng lĩnh vực" in paragraph.text
        assert paragraph.paragraph_format.keep_together


@pytest.mark.libreoffice
def test_a_dispatch_is_signed_below_more_than_its_closing_sentence(
    tmp_path: Path, libreoffice: Convert
) -> None:
    folder = units_file(tmp_path / "dot", 2).parent
    assert cchc("cong-van", folder, "-o", tmp_path / "ra") in (0, 1)
    path = next((tmp_path / "ra/cong-van").glob("*.docx"))
    with pdfplumber.open(libreoffice(path, "pdf")) as printed:
        pages = [page.extract_text() or "" for page in printed.pages]
    [signed] = [page for page in pages if "Nơi nhận" in page]
    assert len(pages) > 1
    assert "Kết quả được điền" in signed


@pytest.mark.libreoffice
@pytest.mark.parametrize("paper", ["form", "appraisal"])
def test_help_has_no_blank_lines(
    example: Campaign,
    example_data: Consolidation,
    tmp_path: Path,
    libreoffice: Convert,
    paper: str,
) -> None:
    path = tmp_path / f"{paper}.xlsx"
    if paper == "form":
        path.write_bytes(build_form(example, example.unit("VP"), DEFAULT_PROFILE))
    else:
        path.write_bytes(build_appraisal(example_data, 1, DEFAULT_PROFILE))
    with pdfplumber.open(libreoffice(path, "pdf")) as printed:
        page = printed.pages[-1]
        assert "HƯỚNG DẪN" in (page.extract_text() or "")
        words = page.extract_words()
    tops = sorted({round(word["top"]) for word in words if word["top"] > 80})
    gaps = [after - before for before, after in pairwise(tops)]
    assert gaps
    assert max(gaps) < 25, gaps


def test_figures_of_a_table_have_their_commas_one_below_the_other(
    example_data: Consolidation,
) -> None:
    values = upward_values(example_data, DEFAULT_PROFILE)
    content = DocumentTemplate(templates_folder() / "bao-cao.docx").fill(values)
    table = next(
        table
        for table in docx.Document(io.BytesIO(content)).tables
        if table.rows[0].cells[1].text == "Lĩnh vực"
    )
    figures = [
        cell.paragraphs[0] for row in table.rows for cell in row.cells if "," in cell.text[-4:]
    ]
    assert len(figures) > 20
    assert {paragraph.alignment for paragraph in figures} == {WD_ALIGN_PARAGRAPH.RIGHT}
