"""`the-thuc --html`: the page of what was found in a folder of documents."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from docx.shared import Pt
from lxml import html

from .calls import cchc
from .changed_papers import LETTER, SAMPLES, body_of, saved
from .test_annotated_copy import with_two_strange_words
from .test_text_places import letter


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a document with breaches, one without, one that cannot be read."""
    (tmp_path / "năm 2026").mkdir()
    (tmp_path / "năm 2026" / "a & b #1.docx").write_bytes(with_two_strange_words())
    (tmp_path / "sạch.docx").write_bytes((SAMPLES / LETTER).read_bytes())
    (tmp_path / "cũ.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    return tmp_path


def page_of(path: Path) -> html.HtmlElement:
    return html.document_fromstring(path.read_bytes())


def shown(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_documents_counts_and_places_are_on_the_page(folder: Path) -> None:
    assert cchc("the-thuc", folder, "--html", folder / "trang.html") == 1
    page = page_of(folder / "trang.html")
    first, second = page.findall(".//table")
    rows = [[shown(cell) for cell in row.iter("td")] for row in first.iter("tr")]
    assert sorted(filter(None, rows)) == [
        ["cũ.doc", "chưa kiểm tra được", "–", "–", "–"],
        ["năm 2026/a & b #1.docx", "1 lỗi thể thức", "1", "0", "2"],
        ["sạch.docx", "không thấy chỗ nào sai thể thức", "0", "0", "0"],
    ]
    (rule,) = (
        [shown(cell) for cell in row.iter("td")]
        for row in second.iter("tr")
        if row.find("td") is not None
    )
    assert (rule[0], rule[2:]) == ("phong-chu", ["1", "2"])
    (details,) = page.iter("details")
    assert shown(details).startswith("2 chỗ")
    assert [shown(one)[:3] for one in details.iter("mark")] == ["lạ ", "lạ "]


def test_links_lead_to_the_documents_their_copies_and_places_on_the_page(folder: Path) -> None:
    (folder / "ra").mkdir()
    cchc("the-thuc", folder, "--danh-dau", "--html", folder / "ra" / "trang.html")
    page = page_of(folder / "ra" / "trang.html")
    links = [str(link.get("href")) for link in page.iter("a")]
    inner = [link for link in links if link.startswith("#")]
    assert all(page.get_element_by_id(link[1:]).tag == "section" for link in inner)
    files = {(folder / "ra" / unquote(link)).resolve().name for link in links if link not in inner}
    assert files == {"a & b #1.docx", "a & b #1-danh-dau.docx", "cũ.doc"}
    assert all((folder / "ra" / unquote(link)).exists() for link in links if link not in inner)


def test_the_page_has_no_script_and_asks_for_nothing(folder: Path) -> None:
    cchc("the-thuc", folder, "--html", folder / "trang.html")
    text = (folder / "trang.html").read_text(encoding="utf-8")
    page = page_of(folder / "trang.html")
    assert not [*page.iter("script", "link", "img", "iframe", "object", "form")]
    assert not re.search(r"https?:|javascript:|@import|url\(", text)
    assert not [name for e in page.iter() for name in e.attrib if name.startswith("on")]


def test_what_a_document_says_is_shown_as_text(tmp_path: Path) -> None:
    document = letter()
    text = next(p for p in body_of(document) if len(p.text) > 40)
    run = text.add_run(' <script>alert("x")</script><b>')
    run.font.name, run.font.size = "Arial", Pt(13)
    (tmp_path / "a.docx").write_bytes(saved(document))
    cchc("the-thuc", tmp_path, "--html", tmp_path / "trang.html")
    page = page_of(tmp_path / "trang.html")
    assert not [*page.iter("script")]
    (mark,) = page.iter("mark")
    assert mark.text_content() == '<script>alert("x")</script><b>'


def test_the_same_documents_give_the_same_page_and_another_file_is_not_overwritten(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = folder / "trang.html"
    cchc("the-thuc", folder, "--html", place)
    before = place.read_bytes()
    cchc("the-thuc", folder, "--html", place)
    assert place.read_bytes() == before
    place.write_text("<p>của tôi</p>", encoding="utf-8")
    assert cchc("the-thuc", folder, "--html", place) == 2
    assert "đặt tên khác" in capsys.readouterr().err
    assert place.read_text(encoding="utf-8") == "<p>của tôi</p>"


def test_json_names_the_page(folder: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    cchc("the-thuc", folder, "--html", folder / "trang.html", "--json")
    told = json.loads(capsysbinary.readouterr().out)
    assert told["tep_ghi"] == [{"tep": (folder / "trang.html").as_posix(), "trang_thai": "mới"}]


def test_the_page_goes_with_marking_but_not_with_mending(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cchc("the-thuc", folder, "--sua", "--html", folder / "trang.html") == 2
    assert "--html hoặc --sua" in capsys.readouterr().err
    assert not (folder / "trang.html").exists()
