"""Word documents saved as "Strict Open XML": read, imported and filled in as any other."""

from __future__ import annotations

import io
from pathlib import Path

import docx

from cchc_office.word.reading import read_word, transitional
from cchc_office.word.templates import DocumentTemplate, check_template

from .changed_papers import LETTER, SAMPLES
from .importing import draft_of
from .strict_files import strict
from .template_files import NAMES, VALUES, document_file, paragraphs, parts, words

ROWS = (("STT", "Tên tiêu chí", "Đơn vị thực hiện"), ("1", "Kế hoạch", "Văn phòng"))


def table_file() -> bytes:
    document = docx.Document()
    table = document.add_table(len(ROWS), len(ROWS[0]))
    for row, texts in zip(table.rows, ROWS, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def test_a_strict_document_reads_as_the_one_that_it_was_made_of() -> None:
    content = (SAMPLES / LETTER).read_bytes()
    assert read_word(strict(content)) == read_word(content)


def test_its_pages_are_known_too() -> None:
    usual = parts(table_file())["docProps/app.xml"]
    assert b"<Pages>1</Pages>" in usual
    assert read_word(strict(table_file())).pages == 1


def test_a_table_in_it_is_imported(tmp_path: Path) -> None:
    usual, path = tmp_path / "a.docx", tmp_path / "b.docx"
    usual.write_bytes(table_file())
    path.write_bytes(strict(table_file()))
    draft, findings = draft_of(path)
    assert [(row.code, row.name, row.unit_text) for row in draft.rows] == [ROWS[1]]
    assert (draft, findings) == draft_of(usual)


def test_a_template_saved_so_is_checked_and_filled_in(tmp_path: Path) -> None:
    content = document_file(paragraphs("Kính gửi: {{ ten }}"))
    path = tmp_path / "mau.docx"
    path.write_bytes(strict(content))
    assert check_template(path, NAMES) == []
    filled = DocumentTemplate(path).fill(VALUES)
    assert words(filled) == ["Kính gửi: Sở A"]
    assert not any(b"purl.oclc.org/ooxml" in part for part in parts(filled).values())
    assert b"conformance" not in parts(filled)["word/document.xml"]


def test_another_file_stays_as_it_is() -> None:
    for content in (b"", b"PK\x03\x04", table_file(), strict(table_file())[:-40]):
        assert transitional(content) == content
