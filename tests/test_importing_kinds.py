"""An office's file is read by what it holds: its kind, its tables, what of it is left out."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from docx import Document

from cchc_office.errors import CampaignError
from cchc_office.importing.reading import read_source
from cchc_office.importing.source import Reason


def _workbook(path: Path) -> Path:
    book = openpyxl.Workbook()
    book.active.title = "Bảng"  # type: ignore[union-attr]
    book.active.append(["STT", "Nội dung"])  # type: ignore[union-attr]
    book.active.append(["1", "Kế hoạch"])  # type: ignore[union-attr]
    hidden = book.create_sheet("Cũ")
    hidden.append(["9", "Bỏ từ năm ngoái"])
    hidden.sheet_state = "hidden"
    book.save(path)
    return path


def test_a_hidden_sheet_is_named_and_not_taken(tmp_path: Path) -> None:
    found = read_source(_workbook(tmp_path / "bang.xlsx"))
    assert [table.name for table in found.tables] == ["Bảng"]
    [left] = found.left_out
    assert (left.text, left.reason) == ("9 | Bỏ từ năm ngoái", Reason.HIDDEN_SHEET)
    assert "Cũ" in left.place


def test_a_workbook_under_the_name_of_a_document_is_read_as_what_it_is(tmp_path: Path) -> None:
    found = read_source(_workbook(tmp_path / "bang.docx"))
    assert [[cell.text for cell in row] for row in found.tables[0].sheet.rows] == [
        ["STT", "Nội dung"],
        ["1", "Kế hoạch"],
    ]


def test_the_tables_of_a_document_are_found(tmp_path: Path) -> None:
    document = Document()
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ("STT", "Nội dung", "1", "Kế hoạch"), strict=True):
        cell.text = text
    document.save(str(tmp_path / "bang.docx"))
    [found] = read_source(tmp_path / "bang.docx").tables
    assert [[cell.text for cell in row] for row in found.sheet.rows] == [
        ["STT", "Nội dung"],
        ["1", "Kế hoạch"],
    ]


def test_a_picture_is_refused_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "bang.docx"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    with pytest.raises(CampaignError, match=r"bang\.docx \(ảnh\)"):
        read_source(path)


@pytest.mark.parametrize("name", ["bang.docx", "bang.xlsx", "bang.pdf", "bang.txt"])
def test_files_of_every_kind_are_under_the_cap(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    path = tmp_path / name
    if name.endswith("docx"):
        Document().save(str(path))
    elif name.endswith("xlsx"):
        _workbook(path)
    else:
        path.write_bytes(b"%PDF-1.4\n" * 40 if name.endswith("pdf") else b"STT\tN\n1\tA\n" * 40)
    monkeypatch.setattr("cchc_office.files.whole_file.MOST_FILE_BYTES", 100)
    with pytest.raises(CampaignError, match="lớn bất thường nên không được mở: dung lượng"):
        read_source(path)
