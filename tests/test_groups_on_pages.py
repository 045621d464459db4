"""Long tables on paper: each page tells of which field, of which unit its rows are."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pdfplumber
import pytest
from openpyxl.utils import get_column_letter, range_boundaries

from cchc_office.campaign import load_campaign
from cchc_office.decree30.figures import DEFAULT_PROFILE
from cchc_office.model import AppraisalReturn, Consolidation, Returns
from cchc_office.papers.appraisal.workbook import build_appraisal
from cchc_office.papers.report import build_report
from cchc_office.results.consolidation import consolidate
from cchc_office.sheets.workbook_writer import WorkbookWriter

from . import days
from .appraised_campaigns import units_file

Convert = Callable[[Path, str], Path]
FIELDS = {"1": "TỔCHỨC", "2": "THỂCHẾ"}
"""Names of one word, so that no line of a cell parts them."""

HEADINGS = "STT | Lĩnh vực/Tiêu chí/Tiêu chí thành phần | Điểm tối đa | Đơn vị thực hiện"


def scored_by(units: int, folder: Path) -> Consolidation:
    """Return a campaign whose units score forty rows in each of two fields."""
    rows = [HEADINGS]
    for code, name in FIELDS.items():
        rows.append(f"{code} | {name} | |")
        rows += [f"{code}.{n} | Nội dung số {n} | 1 | mọi nơi" for n in range(1, 41)]
    campaign = load_campaign(units_file(folder / "dot", units, "\n".join(rows)))
    return consolidate(campaign, Returns(), as_of=days.AFTER_DEADLINE)


def pages_of(path: Path, libreoffice: Convert) -> list[set[str]]:
    """Return the words of each page that LibreOffice makes."""
    with pdfplumber.open(libreoffice(path, "pdf")) as printed:
        return [set((page.extract_text() or "").split()) for page in printed.pages]


def fields_of(page: set[str]) -> set[str]:
    """Return the fields that rows of a page belong to, by their codes."""
    return {code for code in FIELDS for n in range(1, 41) if f"{code}.{n}" in page}


@pytest.mark.libreoffice
def test_each_page_of_the_appraisal_table_names_field_and_unit(
    tmp_path: Path, libreoffice: Convert
) -> None:
    path = tmp_path / "tham-dinh.xlsx"
    path.write_bytes(build_appraisal(scored_by(2, tmp_path), 1, DEFAULT_PROFILE))
    pages = [page for page in pages_of(path, libreoffice) if fields_of(page)]
    assert len(pages) > 4
    for page in pages:
        assert page >= {FIELDS[code] for code in fields_of(page)}
        assert page & {"X1", "X2"}


@pytest.mark.libreoffice
@pytest.mark.parametrize("units", [2, 31])
def test_each_page_of_what_units_wrote_names_field_and_unit(
    tmp_path: Path, libreoffice: Convert, units: int
) -> None:
    path = tmp_path / "tong-hop.xlsx"
    path.write_bytes(build_report(scored_by(units, tmp_path), DEFAULT_PROFILE))
    pages = pages_of(path, libreoffice)
    pages = [page for page in pages if "trò" in page and fields_of(page)]
    assert len(pages) > units
    for page in pages:
        assert page >= {FIELDS[code] for code in fields_of(page)}
        assert page & {named for n in range(1, units + 1) for named in (f"X{n}", f"(X{n})")}


def test_a_name_over_each_page_is_text_whatever_is_in_it() -> None:
    book = WorkbookWriter("Thử", "Times New Roman")
    book.sheet("Thử").print_setup((10, 10, 20, 20), running_head="20 nhà & xưởng " + "dài " * 90)
    [sheet] = openpyxl.load_workbook(io.BytesIO(book.finish())).worksheets
    head: Any = sheet.oddHeader
    assert head.left.text.strip().startswith("20 nhà && xưởng dài")
    assert head.left.size == 11
    assert head.center.text == "&P"


def test_the_appraisal_table_is_on_paper_on_which_it_can_be_read(tmp_path: Path) -> None:
    """Letters of 11 points are no smaller than 8 when the table is one page wide."""
    rules = f"{HEADINGS} | Cách chấm\n1 | TỔCHỨC | | |\n1.1 | Hồ sơ đúng hạn | 1 | mọi nơi | "
    for rule in ("", "Tỷ lệ % x điểm tối đa"):
        campaign = load_campaign(units_file(tmp_path / f"{bool(rule)}", 2, f"{rules}{rule}"))
        data = consolidate(campaign, Returns(), as_of=days.AFTER_DEADLINE)
        content = build_appraisal(data, 1, DEFAULT_PROFILE)
        sheet: Any = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
        area = str(sheet.print_area).rpartition("!")[2].replace("$", "")
        bounds: Any = range_boundaries(area)
        widths = (
            sheet.column_dimensions[get_column_letter(c)].width
            for c in range(bounds[0], bounds[2] + 1)
        )
        width = sum(widths) * 7 / 96 * 25.4
        paper = {"9": 277, "8": 400}[str(sheet.page_setup.paperSize)]
        assert 11 * paper / width >= 8


@pytest.mark.parametrize(("rounds", "paper"), [(0, "9"), (2, "8")])
def test_what_units_wrote_is_on_paper_on_which_it_can_be_read(
    tmp_path: Path, rounds: int, paper: str
) -> None:
    criteria = f"{HEADINGS} | Quy tắc\n1 | TỔCHỨC | | |\n"
    criteria += "1.1 | Hồ sơ đúng hạn | 1 | mọi nơi | tỷ lệ × điểm tối đa\n"
    campaign = load_campaign(units_file(tmp_path / "dot", 2, criteria))
    appraisals = tuple(AppraisalReturn(n, f"{n}.xlsx", ()) for n in range(1, rounds + 1))
    data = consolidate(campaign, Returns(appraisals=appraisals), as_of=days.AFTER_DEADLINE)
    content = build_report(data, DEFAULT_PROFILE)
    sheet: Any = openpyxl.load_workbook(io.BytesIO(content))["ĐV X1"]
    assert sheet.page_setup.paperSize == int(paper)
