"""What another program makes of our files: LibreOffice recalculates, saves, and turns to pages."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cchc_office.decree30.figures import DEFAULT_PROFILE
from cchc_office.model import Campaign, Consolidation
from cchc_office.papers.assignment_table import assignment_table
from cchc_office.papers.form.writer import build_form
from cchc_office.papers.report import build_report
from cchc_office.papers.table_docx import render_docx
from cchc_office.papers.table_xlsx import render_xlsx
from cchc_office.returns import gather_returns, read_returns

from .sheets import fill_form

pytestmark = pytest.mark.libreoffice

Convert = Callable[[Path, str], Path]


def numbers(path: Path) -> dict[tuple[str, str], Decimal]:
    book: Any = openpyxl.load_workbook(path, data_only=True)
    return {
        (sheet.title, cell.coordinate): Decimal(str(cell.value))
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, int | float)
    }


def formula_cells(path: Path) -> set[tuple[str, str]]:
    book: Any = openpyxl.load_workbook(path)
    return {
        (sheet.title, cell.coordinate)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


def without_cached_values(source: Path, target: Path) -> Path:
    """Save a copy without the values of formulas, so that they must be calculated anew."""
    book = openpyxl.load_workbook(source)
    book.save(target)
    return target


def test_totals_recalculated_equal_the_cached_ones(
    example_data: Consolidation, tmp_path: Path, libreoffice: Convert
) -> None:
    ours = tmp_path / "tong-hop.xlsx"
    ours.write_bytes(build_report(example_data, DEFAULT_PROFILE))
    bare = without_cached_values(ours, tmp_path / "bare.xlsx")
    assert not numbers(bare).keys() & formula_cells(bare)
    theirs = numbers(libreoffice(bare, "xlsx"))
    cached = numbers(ours)
    formulas = formula_cells(ours)
    checked = [place for place in formulas if place in cached]
    assert len(checked) > 100
    assert formulas & theirs.keys() == set(checked)
    for place in checked:
        assert abs(theirs[place] - cached[place]) < Decimal("1e-12"), place


def test_a_form_adds_up_in_another_program(
    example: Campaign, tmp_path: Path, libreoffice: Convert
) -> None:
    path = tmp_path / "CCHC-2024-VP.xlsx"
    path.write_bytes(build_form(example, example.unit("VP"), DEFAULT_PROFILE))
    fill_form(path, {"1.1.1": {"score": 1}, "1.1.2": {"score": 0.5}, "1.2": {"score": 0.25}})
    sheet: Any = openpyxl.load_workbook(libreoffice(path, "xlsx"), data_only=True)["Phiếu chấm"]
    rows = {sheet.cell(r, 2).value: r for r in range(1, sheet.max_row + 1)}
    assert sheet.cell(rows["1.1"], 6).value == 1.5
    assert sheet.cell(rows["1"], 6).value == 1.75
    assert sheet.cell(rows["1.3"], 6).value in (None, "")


@pytest.mark.parametrize("ending", ["xlsx", "xls", "ods"])
def test_a_form_saved_in_another_format_is_read(
    example: Campaign, tmp_path: Path, libreoffice: Convert, ending: str
) -> None:
    path = tmp_path / "CCHC-2024-QLCN.xlsx"
    path.write_bytes(build_form(example, example.unit("QLCN"), DEFAULT_PROFILE))
    fill_form(path, {"3.3.4": {"score": "0,75", "evidence": "Báo cáo"}})
    returns = gather_returns(read_returns([libreoffice(path, ending)], example), example)
    assert returns.findings == ()
    assert returns.returns[0].unit == "QLCN"
    scores = [x.score for x in returns.returns[0].leaves if x.score is not None]
    assert scores == [Decimal("0.75")]


def words_of_pages(path: Path, libreoffice: Convert) -> Counter[str]:
    reader = shutil.which("pdftotext")
    if reader is None:
        pytest.skip("pdftotext is not on this machine; .ci/run installs it")
    pages = libreoffice(path, "pdf")
    done = subprocess.run([reader, str(pages), "-"], capture_output=True, check=True)
    return Counter(done.stdout.decode("utf-8").split())


def without_hyphens(words: Counter[str]) -> Counter[str]:
    """Count words without their hyphens: pdftotext joins what was broken behind one."""
    return Counter(word.replace("-", "") for word in words.elements())


@pytest.mark.parametrize("ending", ["xlsx", "docx"])
def test_every_word_of_every_row_is_on_the_pages(
    example: Campaign, tmp_path: Path, libreoffice: Convert, ending: str
) -> None:
    table = assignment_table(example, DEFAULT_PROFILE)
    path = tmp_path / f"phu-luc.{ending}"
    if ending == "xlsx":
        path.write_bytes(render_xlsx(table, DEFAULT_PROFILE, "Bảng phân công"))
    else:
        path.write_bytes(render_docx(table, DEFAULT_PROFILE))
    shown = words_of_pages(path, libreoffice)
    expected = Counter(word for c in example.criteria for word in f"{c.code} {c.name}".split())
    units = {c.unit_cell: c.unit_text for c in example.criteria if c.unit_text}
    for text in units.values():
        expected.update(text.split())
    assert without_hyphens(expected) - without_hyphens(shown) == Counter()


def test_a_form_keeps_its_identity_when_saved_again(
    example: Campaign, tmp_path: Path, libreoffice: Convert
) -> None:
    path = tmp_path / "phieu.xlsx"
    path.write_bytes(build_form(example, example.unit("TTKC"), DEFAULT_PROFILE))
    saved = libreoffice(path, "xlsx")
    with zipfile.ZipFile(saved) as archive:
        assert b"CCHC-2024-SCT" in archive.read("docProps/custom.xml")
    sheet: Any = openpyxl.load_workbook(saved)["Phiếu chấm"]
    assert sheet.protection.sheet
    assert sheet.data_validations.dataValidation
