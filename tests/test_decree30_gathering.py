"""What is wrong in one way at several places with several values is told once."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt, RGBColor

from cchc_office.catalogue.findings import Finding
from cchc_office.decree30.annotating import annotate_content
from cchc_office.decree30.checker import check_content
from cchc_office.decree30.fixing.mending import fix_content

from .changed_papers import DECISION, LETTER, SAMPLES, body_of, paragraph, saved
from .test_annotated_copy import comments

DAY = dt.date(2026, 11, 29)


def with_values(*values: Any, name: str) -> bytes:
    """Return the letter whose paragraphs of the text have these values of a layout in turn."""
    document = docx.Document(str(SAMPLES / LETTER))
    for index, text in enumerate(body_of(document)):
        setattr(text.paragraph_format, name, values[index % len(values)])
    return saved(document)


def told(content: bytes) -> list[tuple[str, str]]:
    return [(f.code.slug, f.found) for f in check_content(content, "x.docx")]


def test_distances_and_spacings_are_told_once_with_their_values_in_order() -> None:
    indents = with_values(Mm(5), Mm(2), Mm(0), name="first_line_indent")
    (finding,) = check_content(indents, "x.docx")
    assert (finding.code.slug, finding.found) == ("lui-dau-dong", "0, 2 và 5")
    lines = with_values(2.0, 1.75, name="line_spacing")
    (finding,) = check_content(lines, "x.docx")
    assert finding.found == "1,75 và 2"
    assert "khoảng cách dòng 1,75 và 2 dòng; phải" in finding.sentence


def test_values_with_decimals_are_kept_apart_and_many_are_cut_short() -> None:
    sizes = [Pt(size) for size in (16, 15.5, 15)]
    document = docx.Document(str(SAMPLES / LETTER))
    for text, size in zip(body_of(document), sizes, strict=False):
        for run in text.runs:
            run.font.size = size
    assert told(saved(document)) == [("co-chu", "15; 15,5 và 16")]
    (text,) = body_of(document)[:1]
    for more in range(20, 32):
        text.add_run(f" chữ {more}").font.size = Pt(more)
    found = dict(told(saved(document)))["co-chu"]
    assert found == "15; 15,5; 16; 20; 21; 22; …; 31"


def coloured() -> bytes:
    document = docx.Document(str(SAMPLES / LETTER))
    body_of(document)[0].runs[0].font.color.rgb = RGBColor(0, 0, 0xFF)
    body_of(document)[1].runs[0].font.color.rgb = RGBColor(0xFF, 0, 0)
    paragraph(document, "Kính gửi").runs[0].font.color.rgb = RGBColor(0, 0, 0xFF)
    return saved(document)


def test_colours_are_one_finding_whatever_the_parts_with_each_place_told_apart() -> None:
    content = coloured()
    (finding,) = check_content(content, "x.docx")
    assert finding.found == "0000FF và FF0000"
    assert set(finding.about.split("; ")) == {"Kính gửi", "Nội dung văn bản"}
    places = [(place.about, place.found) for place in finding.places]
    assert places == [
        ("Kính gửi", "0000FF"),
        ("Nội dung văn bản", "0000FF"),
        ("Nội dung văn bản", "FF0000"),
    ]
    assert finding.passage.startswith("Kính gửi")


def test_the_comment_at_a_place_names_what_is_wrong_there() -> None:
    content = coloured()
    copy = annotate_content(content, "x.docx", day=DAY).content
    assert copy is not None
    by_colour = {
        colour: [words for words, text in comments(copy).items() if f"mã màu {colour})" in text]
        for colour in ("0000FF", "FF0000")
    }
    assert {colour: len(words) for colour, words in by_colour.items()} == {"0000FF": 2, "FF0000": 1}


def test_one_place_alone_has_no_value_of_its_own() -> None:
    document = docx.Document(str(SAMPLES / LETTER))
    body_of(document)[0].runs[0].font.color.rgb = RGBColor(0, 0, 0xFF)
    (finding,) = check_content(saved(document), "x.docx")
    (place,) = finding.places
    assert (place.about, place.found) == ("", "")
    assert finding.at(place) == finding


def test_what_is_left_of_several_parts_is_no_new_breach() -> None:
    """A mended copy where one of two parts is left is still a mended copy."""
    document = docx.Document(str(SAMPLES / LETTER))
    body_of(document)[0].runs[0].font.name = "Arial"
    paragraph(document, "Kính gửi").runs[0].font.name = "Wingdings"  # of signs: left as it is
    made = fix_content(saved(document), "x.docx", day=DAY)
    assert made.content is not None
    left: list[Finding] = [f for f in made.findings if f.code.slug == "phong-chu"]
    assert [(f.about, f.found) for f in left] == [("Kính gửi", "Wingdings")]


def test_articles_and_chapters_that_err_alike_are_told_once() -> None:
    document = docx.Document(str(SAMPLES / DECISION))
    articles = [p for p in document.paragraphs if p.text.startswith("Điều ")]
    assert len(articles) > 1
    for article in articles:
        for run in article.runs:
            run.text = run.text.replace(".", ":", 1) if "Điều" in run.text else run.text
    for text in ("Chương I. QUY ĐỊNH CHUNG", "Chương II. TỔ CHỨC THỰC HIỆN"):
        chapter = articles[-1].insert_paragraph_before()
        chapter.alignment = WD_ALIGN_PARAGRAPH.CENTER
        chapter.add_run(text).bold = True
    found = Counter(slug for slug, _ in told(saved(document)))
    assert found["dieu-khoan-sai-dau"] == 1
    assert found["tieu-de-khong-dong-rieng"] == 1
