"""`the-thuc --so-trang`: the page of each place, as LibreOffice lays a document out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from docx.enum.text import WD_BREAK
from docx.shared import Pt

from cchc_office.catalogue.findings import Code
from cchc_office.decree30 import page_finding
from cchc_office.steps import decree_check
from cchc_office.steps.decree_check import check_documents, find_pages

from .calls import cchc
from .changed_papers import body_of, saved
from .test_text_places import letter


def of_three_pages(folder: Path) -> Path:
    """Write a document with strange words on its pages 1 and 3."""
    document = letter()
    texts = [p for p in body_of(document) if len(p.text) > 40][:3]
    for text, strange in zip(texts, ("lạ một", "", "lạ ba"), strict=True):
        run = text.add_run(f" {strange}")
        run.font.name, run.font.size = "Arial", Pt(13)
    for text in texts[:2]:
        text.add_run().add_break(WD_BREAK.PAGE)
    path = folder / "a.docx"
    path.write_bytes(saved(document))
    return path


@pytest.mark.libreoffice
def test_each_place_has_its_page_on_every_face(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    path, page = of_three_pages(tmp_path), tmp_path / "trang.html"
    assert cchc("the-thuc", path, "--so-trang", "--json", "--html", page) == 1
    findings = json.loads(capsysbinary.readouterr().out)["phat_hien"]
    (found,) = (one for one in findings if one["ma"] == "phong-chu")
    assert [(place["chu"], place["trang"]) for place in found["cac_cho"]] == [
        ("lạ một", 1),
        ("lạ ba", 3),
    ]
    assert "trang 3: " in page.read_text(encoding="utf-8")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.docx", "trang.html"]
    cchc("the-thuc", path, "--so-trang")
    assert "a.docx, trang 1, đoạn" in capsysbinary.readouterr().out.decode()


def test_without_libreoffice_all_is_found_and_what_is_missing_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = check_documents(of_three_pages(tmp_path))
    monkeypatch.setattr(decree_check, "find_libreoffice", lambda: None)
    without = find_pages(found)
    assert without.findings[0].code is Code.PAGES_NOT_FOUND
    assert without.findings[1:] == found.findings


def test_where_libreoffice_comes_to_no_end_all_is_found_and_that_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_long(*_: Any, **__: Any) -> str:
        return "quá 80 giây"

    found = check_documents(of_three_pages(tmp_path))
    monkeypatch.setattr(decree_check, "find_libreoffice", lambda: "soffice")
    monkeypatch.setattr(page_finding, "run_libreoffice", too_long)
    without = find_pages(found)
    assert without.findings[0].code is Code.PAGES_NOT_FOUND
    assert "quá 80 giây" in without.findings[0].sentence
    assert without.findings[1:] == found.findings
