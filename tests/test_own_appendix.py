"""The appendix that this program makes, saved as any kind of file, is read as what it was."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pdfplumber
import pytest

from cchc_office import import_table, load_campaign
from cchc_office.decree30.figures import DEFAULT_PROFILE
from cchc_office.papers.assignment_table import assignment_table
from cchc_office.papers.table_docx import render_docx
from cchc_office.papers.table_xlsx import render_xlsx
from cchc_office.text.vietnamese import clean_line

from .conftest import EXAMPLE

Convert = Callable[[Path, str], Path]


def turned_back(pdf: Path, path: Path) -> Path:
    """Write the tables of a PDF into a Word document, one a page, as programs that turn PDF do."""
    document: Any = docx.Document()
    with pdfplumber.open(pdf) as pages:
        for page in pages.pages:
            for found in page.extract_tables():
                made = document.add_table(len(found), len(found[0]))
                for row, texts in zip(made.rows, found, strict=True):
                    for cell, text in zip(row.cells, texts, strict=True):
                        cell.text = (text or "").replace("\n", " ")
                document.add_page_break()
    document.save(str(path))
    return path


@pytest.mark.libreoffice
def test_every_row_comes_back_whatever_the_appendix_is_saved_as(
    tmp_path: Path, libreoffice: Convert
) -> None:
    campaign = load_campaign(EXAMPLE)
    table = assignment_table(campaign, DEFAULT_PROFILE)
    word, sheet = tmp_path / "phu-luc.docx", tmp_path / "bang.xlsx"
    word.write_bytes(render_docx(table, DEFAULT_PROFILE))
    sheet.write_bytes(render_xlsx(table, DEFAULT_PROFILE, "Bảng phân công"))
    files = [word, sheet, *(libreoffice(word, kind) for kind in ("pdf", "odt", "doc"))]
    files += [libreoffice(sheet, kind) for kind in ("pdf", "ods", "xls")]
    files.append(EXAMPLE / "dot-cham.xlsx")
    wanted = [(c.code, c.name, c.unit_text, clean_line(c.note)) for c in campaign.criteria]
    assert len(wanted) == 115
    for path in files:
        found = import_table(path)
        rows = [(r.code, r.name, r.unit_text, r.note) for r in found.draft.rows]
        assert rows == wanted, path.suffix
        assert found.words.missing == (), path.suffix
        # A unit cell that crosses a page is asked about, in each of its rows.
        assert sum(bool(row.remarks) for row in found.draft.rows) <= 10, path.suffix
    back = import_table(turned_back(files[2], tmp_path / "back.docx"))
    assert [(r.code, r.name) for r in back.draft.rows] == [row[:2] for row in wanted]
