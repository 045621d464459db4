"""Forms that a program copied, values only: pandas, SheetJS. Their sums are no formulas."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cchc_office.campaign import load_campaign
from cchc_office.decree30.figures import DEFAULT_PROFILE
from cchc_office.model import Campaign, ReadFile
from cchc_office.papers.form.layout import SCORE_SHEET
from cchc_office.papers.form.writer import build_form
from cchc_office.returns import read_returns

from .sheets import campaign_file, form_rows_by_code

# Số liệu minh họa.
CRITERIA = """
STT   | Tiêu chí          | Điểm tối đa | Đơn vị thực hiện | Ghi chú | Cách chấm
1     | Lĩnh vực một      |     |           |  |
1.1   | Tiêu chí một      |     |           |  |
1.1.1 | Hồ sơ đúng hạn    | 1   | Văn phòng |  | Tỷ lệ
1.1.2 | Ban hành kế hoạch | 12  | Văn phòng |  |
1.2   | Tiêu chí hai      |     |           |  |
1.2.1 | Gửi báo cáo       | 2   | Văn phòng |  |
2     | Lĩnh vực hai      |     |           |  |
2.1   | Tuyên truyền      | 3   | Văn phòng |  |
"""
SCORES = {"1.1.1": 2 / 3, "1.1.2": 11, "1.2.1": 1.5, "2.1": 0.5}
SUMS = {"1": 2 / 3 + 12.5, "1.1": 2 / 3 + 11, "1.2": 1.5, "2": 0.5}
FIGURE, TOTAL, SCORE = "Số liệu kê khai", "Trên tổng số", "Điểm tự chấm"

Values = dict[str, Any]
Read = Callable[..., ReadFile]


@pytest.fixture
def campaign(tmp_path: Path) -> Campaign:
    return load_campaign(campaign_file(tmp_path / "dot", criteria=CRITERIA))


@pytest.fixture
def copied(campaign: Campaign, tmp_path: Path) -> Read:
    """Read a filled form of which a program kept the values, and nothing else."""

    def read(sums: Values = SUMS, shown: Callable[[Any], Any] = lambda value: value) -> ReadFile:
        path = tmp_path / "CCHC-2024-VP.xlsx"
        path.write_bytes(build_form(campaign, campaign.unit("VP"), DEFAULT_PROFILE))
        issued = openpyxl.load_workbook(path, data_only=True)
        copy = openpyxl.Workbook()
        for sheet in issued.worksheets:
            other: Any = copy.create_sheet(sheet.title)
            for cell in (cell for row in sheet.iter_rows() for cell in row):
                if cell.value not in (None, ""):
                    other.cell(cell.row, cell.column).value = shown(cell.value)
        filled: Any = copy[SCORE_SHEET]
        rows = form_rows_by_code(filled)
        places = {c.value: c.column for row in filled.iter_rows(max_row=9) for c in row if c.value}
        for code, value in {**SCORES, **sums}.items():
            filled.cell(rows[code], places[SCORE]).value = shown(value)
        filled.cell(rows["1.1.1"], places[FIGURE]).value = shown(2)
        filled.cell(rows["1.1.1"], places[TOTAL]).value = shown(3)
        for code in SCORES:
            filled.cell(rows[code], places["Tài liệu kiểm chứng"]).value = "Báo cáo 1"
        copy.remove(copy.worksheets[0])
        copy.save(path)
        [found] = read_returns([path], campaign)
        return found

    return read


def told(found: ReadFile) -> list[str]:
    assert found.returned
    return [f.code.name for f in (*found.findings, *found.returned.findings)]


def scores(found: ReadFile) -> list[Decimal]:
    assert found.returned
    return [round(leaf.score or Decimal(-1), 4) for leaf in found.returned.leaves]


EXACT = [Decimal("0.6667"), Decimal(11), Decimal("1.5"), Decimal("0.5")]


def test_sums_that_are_ours_are_not_told(copied: Read) -> None:
    """2/3 has 15 digits in its cell, 11 2/3 has 15 digits in its: they differ in the last."""
    found = copied()
    assert told(found) == []
    assert scores(found) == EXACT


def test_a_copy_in_which_all_numbers_are_texts_is_told_once(copied: Read) -> None:
    found = copied(shown=str)
    assert [c for c in told(found) if not c.startswith("DECLARED")] == ["FORM_ALL_TEXT"]
    assert scores(found) == EXACT


def test_sums_of_a_copy_that_are_not_ours_are_told_in_one_line(copied: Read) -> None:
    """They were copied before the scores were typed."""
    found = copied(sums={"1": 0, "1.1": 0, "1.2": 0, "2": 0})
    assert told(found) == ["FORM_VALUES_ONLY"]
    assert scores(found) == EXACT
    assert found.returned
    [finding] = found.returned.findings
    assert finding.found.count(",") == 3
    both = copied(sums={"1": 9, "1.1": 9, "1.2": 9, "2": 9}, shown=str)
    assert [c for c in told(both) if not c.startswith("DECLARED")] == ["FORM_VALUES_ONLY"]


def test_a_score_typed_at_one_heading_is_told_there(copied: Read) -> None:
    found = copied(sums=SUMS | {"2": 3})
    assert told(found) == ["FORM_HEADING_FILLED"]
