"""Old Word, OpenDocument, RTF and pages of the web: by way of LibreOffice, nothing lost unsaid."""

from __future__ import annotations

import shutil
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from cchc_office.errors import CampaignError
from cchc_office.files import libreoffice as libreoffice_program
from cchc_office.importing.reading import converted, read_source
from cchc_office.importing.source import SourceDocument

Convert = Callable[[Path, str], Path]
ROWS = [
    ["STT", "Nội dung", "Đơn vị"],
    ["1", "Kế hoạch năm", "Văn phòng"],
    ["1.1", "Họp", "Văn phòng"],
]


def source(path: Path) -> Path:
    document = docx.Document()
    document.add_paragraph("PHỤ LỤC")
    table = document.add_table(3, 3)
    table.style = "Table Grid"
    for cells, texts in zip(table.rows, ROWS, strict=True):
        for cell, text in zip(cells.cells, texts, strict=True):
            cell.text = text
    table.cell(1, 2).merge(table.cell(2, 2)).text = "Văn phòng"
    document.add_paragraph("Nơi nhận")
    document.save(str(path))
    return path


def texts(document: SourceDocument) -> list[list[str]]:
    [found] = document.tables
    return [[cell.text for cell in row] for row in found.sheet.rows]


@pytest.mark.libreoffice
@pytest.mark.parametrize("ending", ["doc", "odt", "rtf", "html", "pdf"])
def test_a_table_by_way_of_other_formats(tmp_path: Path, ending: str, libreoffice: Convert) -> None:
    document = read_source(libreoffice(source(tmp_path / "a.docx"), ending))
    assert texts(document) == ROWS
    assert document.notes == ()
    assert "PHỤ LỤC" in [text.text for text in document.texts]
    assert document.tables[0].sheet.rows[2][2].head == "C2"


@pytest.mark.parametrize(
    ("start", "wanted"), [(b"{\\rtf1 a}", r"\.docx"), (b"<html><table>", r"\.docx")]
)
def test_without_libreoffice_it_is_said_what_to_do(
    tmp_path: Path, start: bytes, wanted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(converted, "find_libreoffice", lambda: None)
    path = tmp_path / "bang.doc"
    path.write_bytes(start)
    with pytest.raises(CampaignError, match=rf"máy này không có LibreOffice.*lưu thành {wanted}"):
        read_source(path)


def test_a_file_that_libreoffice_does_not_take(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(converted, "find_libreoffice", lambda: str(tmp_path / "none"))
    path = tmp_path / "bang.rtf"
    path.write_bytes(b"{\\rtf1 a}")
    with pytest.raises(CampaignError, match=r"LibreOffice không chuyển được \(không chạy được\)"):
        read_source(path)


def test_words_that_a_conversion_loses_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = source(tmp_path / "a.docx").read_bytes()

    def convert(_: str, files: list[Path], ending: str, folder: Path, **__: object) -> str:
        made = files[0].with_suffix(f".{ending.partition(':')[0]}")
        if ending == "docx":
            made.write_bytes(document)
        else:
            text = unicodedata.normalize("NFD", "PHỤ LỤC\nKế hoạch năm Bị rơi mất")
            made.write_text(text, encoding="utf-8")
        return ""

    monkeypatch.setattr(converted, "find_libreoffice", lambda: "soffice")
    monkeypatch.setattr(converted, "run_libreoffice", convert)
    path = tmp_path / "bang.rtf"
    path.write_bytes(b"{\\rtf1 a}")
    [note] = read_source(path).notes
    assert note.startswith("LibreOffice làm rơi 3 chữ")


def test_a_name_that_says_another_kind_is_told(tmp_path: Path) -> None:
    path = source(tmp_path / "bang.xlsx")
    assert zipfile.is_zipfile(path)
    [note] = read_source(path).notes
    assert note == (
        "tên tệp có đuôi “.xlsx” nhưng nội dung là văn bản Word (.docx): đã đọc theo nội dung"
    )


def test_it_is_looked_for_where_it_usually_is(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    place = tmp_path / "soffice.exe"
    monkeypatch.setattr(shutil, "which", lambda _: None)
    monkeypatch.setattr(libreoffice_program, "_USUAL_PLACES", (place,))
    assert libreoffice_program.find_libreoffice() is None
    place.write_bytes(b"")
    assert libreoffice_program.find_libreoffice() == str(place)
