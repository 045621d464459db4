"""Long tables on paper: each page tells of which field, of which unit its rows are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pdfplumber
import pytest

from cchc_office.campaign import load_campaign
from cchc_office.decree30.figures import DEFAULT_PROFILE
from cchc_office.model import Consolidation, Returns
from cchc_office.papers.appraisal.workbook import build_appraisal
from cchc_office.results.consolidation import consolidate

from . import days
from .appraised_campaigns import units_file

Convert = Callable[[Path, str], Path]
FIELDS = {"1": "TỔCHỨC", "2": "THỂCHẾ"}
"""Names of one word, so that no line of a cell parts them."""

HEADINGS = "STT | Lĩnh vực/Tiêu chí/Tiêu chí thành phần | Điểm tối đa | Đơn vị thực hiện"


@pytest.fixture
def data(tmp_path: Path) -> Consolidation:
    """Return a campaign whose two units score forty rows in each of two fields."""
    rows = [HEADINGS]
    for code, name in FIELDS.items():
        rows.append(f"{code} | {name} | |")
        rows += [f"{code}.{n} | Nội dung số {n} | 1 | mọi nơi" for n in range(1, 41)]
    campaign = load_campaign(units_file(tmp_path / "dot", 2, "\n".join(rows)))
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
    data: Consolidation, tmp_path: Path, libreoffice: Convert
) -> None:
    path = tmp_path / "tham-dinh.xlsx"
    path.write_bytes(build_appraisal(data, 1, DEFAULT_PROFILE))
    pages = [page for page in pages_of(path, libreoffice) if fields_of(page)]
    assert len(pages) > 4
    for page in pages:
        assert page >= {FIELDS[code] for code in fields_of(page)}
        assert page & {"X1", "X2"}
