"""The sheet "Bảng điểm" as it is printed and signed."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pdfplumber
import pytest

from cchc_office.campaign import load_campaign
from cchc_office.decree30.figures import DEFAULT_PROFILE
from cchc_office.model import Consolidation, Returns
from cchc_office.papers.report import build_report
from cchc_office.papers.report.inputs import Inputs
from cchc_office.papers.report.names import SCORES_SHEET
from cchc_office.papers.report.scores import scores_sheet
from cchc_office.results.consolidation import consolidate
from cchc_office.sheets.workbook_writer import WorkbookWriter

from . import days
from .appraised_campaigns import units_file

HEADINGS = "STT | Lĩnh vực/Tiêu chí/Tiêu chí thành phần | Điểm tối đa | Đơn vị thực hiện | Ghi chú"


def of_rows(count: int, folder: Path, *, surveys: bool = False) -> Consolidation:
    """Return a campaign with so many rows below one field, the last of a survey if wanted."""
    rows = [HEADINGS, "1 | Tổ chức | | |"]
    rows += [f"1.{n} | Nội dung số {n} | 1 | mọi nơi |" for n in range(1, count)]
    rows.append(f"1.{count} | Mức độ hài lòng | 1 | mọi nơi | {'ĐTXHH' if surveys else ''}")
    campaign = load_campaign(units_file(folder / f"{count}-{surveys}", 2, "\n".join(rows)))
    signed = replace(campaign.info, signer_title="GIÁM ĐỐC", signer="Nguyễn Văn Mẫu")
    return consolidate(replace(campaign, info=signed), Returns(), as_of=days.AFTER_DEADLINE)


@pytest.mark.parametrize("surveys", [True, False])
def test_only_an_index_with_surveys_has_their_column(tmp_path: Path, surveys: bool) -> None:
    content = build_report(of_rows(5, tmp_path, surveys=surveys), DEFAULT_PROFILE)
    sheet: Any = openpyxl.load_workbook(io.BytesIO(content))[SCORES_SHEET]
    texts = {str(cell) for row in sheet.values for cell in row}
    assert ("Điểm ĐTXHH, SIPAS" in texts) == surveys
    assert any("ĐTXHH" in text for text in texts) == surveys


@pytest.mark.libreoffice
def test_who_signs_stands_on_one_page_with_the_sums(
    tmp_path: Path, libreoffice: Callable[[Path, str], Path]
) -> None:
    book = WorkbookWriter("Thử", DEFAULT_PROFILE.font)
    counts = range(8, 32)
    for count in counts:
        [table] = scores_sheet(Inputs(of_rows(count, tmp_path)))
        replace(table, name=f"{count}").write(book)
    path = tmp_path / "bang-diem.xlsx"
    path.write_bytes(book.finish())
    with pdfplumber.open(libreoffice(path, "pdf")) as printed:
        pages = [page.extract_text() or "" for page in printed.pages]
    signed = [page for page in pages if "Nguyễn Văn Mẫu" in page]
    assert len(signed) == len(counts) < len(pages)
    for page in signed:
        assert all(words in page for words in ("NGƯỜI LẬP BẢNG", "GIÁM ĐỐC", "TỔNG CỘNG"))
        assert "Mức độ hài lòng" in page  # the last row above them
