"""Where in a document a finding stands, held against the document's own XML."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm, Pt
from docx.text.run import Run

from cchc_office.catalogue.findings import Finding, TextPlace
from cchc_office.decree30.checker import check_content

from .calls import cchc
from .changed_papers import LETTER, SAMPLES, body_of, paragraph, saved

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def only(findings: list[Finding], slug: str, about: str = "") -> Finding:
    (found,) = (f for f in findings if f.code.slug == slug and about in f.about)
    return found


def words_at(content: bytes, place: TextPlace) -> str:
    """Return the words of a place, by another reader: what its runs say, else its paragraph."""
    assert place.paragraph is not None
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        root = ElementTree.fromstring(archive.read(place.part))
    found = list(root.iter(f"{W}p"))[place.paragraph]
    runs = list(found.iter(f"{W}r"))
    shown = [runs[number] for number in place.runs] or [found]
    return "".join(text.text or "" for one in shown for text in one.iter(f"{W}t"))


def letter() -> Any:
    return docx.Document(str(SAMPLES / LETTER))


def test_a_finding_carries_every_place_with_its_paragraph_and_runs() -> None:
    document = letter()
    texts = [p for p in body_of(document) if len(p.text) > 40]
    for text in texts:
        text.add_run(" chữ lạ").font.name = "Arial"
    content = saved(document)
    found = only(check_content(content, "x.docx"), "phong-chu")
    assert [words_at(content, place) for place in found.places] == [" chữ lạ"] * len(texts)
    assert [place.passage[:20] for place in found.places] == [text.text[:20] for text in texts]
    assert {place.words for place in found.places} == {"chữ lạ"}
    assert found.more == len(texts) - 1


def test_a_place_in_a_table_is_told_by_its_cell() -> None:
    document = letter()
    paragraph(document, "Số:").runs[0].font.size = Pt(12)
    content = saved(document)
    (place,) = only(check_content(content, "x.docx"), "co-chu").places
    assert (place.table, place.row, place.column) == (1, 1, 0)
    assert place.where == "bảng 1, hàng 2, cột 1"
    assert words_at(content, place).startswith("Số")


def test_a_place_at_the_top_of_the_page_names_the_part() -> None:
    document = letter()
    edge = document.sections[0].header
    for run in edge._element.xpath(".//w:r"):
        Run(run, edge).font.size = Pt(9)
    content = saved(document)
    found = only(check_content(content, "x.docx"), "co-chu")
    (place,) = found.places
    assert place.part == str(edge.part.partname).lstrip("/")
    assert place.edge == "header"
    assert found.place == "x.docx, đầu trang"


BOX = (
    f"<w:r {nsdecls('w')}><w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml' "
    "style='width:100pt;height:40pt'><v:textbox><w:txbxContent><w:p><w:r><w:rPr>"
    "<w:rFonts w:ascii='Arial' w:hAnsi='Arial'/></w:rPr><w:t>KHẨN</w:t></w:r></w:p>"
    "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
)


def test_a_place_in_a_text_box_is_told_apart_from_the_paragraph_that_holds_it() -> None:
    document = letter()
    body_of(document)[0]._p.append(parse_xml(BOX))
    content = saved(document)
    (place,) = only(check_content(content, "x.docx"), "phong-chu").places
    assert place.text_box
    assert place.where == "khung chữ"
    assert words_at(content, place) == "KHẨN"


def test_a_matter_of_the_pages_names_its_section() -> None:
    document = letter()
    document.add_section()
    document.sections[1].left_margin = Mm(10)
    findings = check_content(saved(document), "x.docx")
    (place,) = only(findings, "le-trang").places
    assert (place.paragraph, place.section) == (None, 1)
    assert place.where == "các trang của phần 2"


def test_what_is_missing_altogether_has_no_place() -> None:
    document = letter()
    texts = document.paragraphs
    first = next(n for n, p in enumerate(texts) if p.text.startswith("Kính gửi"))
    for text in texts[first : first + 1 + sum(p.text.startswith("-") for p in texts)]:
        document.element.body.remove(text._p)
    (missing,) = (
        f for f in check_content(saved(document), "x.docx") if f.code.slug == "thieu-thanh-phan"
    )
    assert (missing.places, missing.more, missing.passage) == ((), 0, "")


def test_json_counts_paragraphs_and_runs_as_xpath_does(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    document = letter()
    text = next(p for p in body_of(document) if len(p.text) > 40)
    text.add_run(" chữ lạ").font.name = "Arial"
    (tmp_path / "a.docx").write_bytes(saved(document))
    assert cchc("the-thuc", tmp_path / "a.docx", "--json") == 1
    findings = json.loads(capsysbinary.readouterr().out)["phat_hien"]
    (found,) = (one for one in findings if one["ma"] == "phong-chu")
    (place,) = found["cac_cho"]
    paragraphs = document.element.xpath("//w:p")
    runs = paragraphs[place["doan_thu"] - 1].xpath(".//w:r")
    assert [runs[number - 1].text for number in place["run_thu"]] == [" chữ lạ"]
    assert place["chu"] == "chữ lạ"
    assert place["tep_trong_goi"] == "word/document.xml"
