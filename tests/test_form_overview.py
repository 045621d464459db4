"""The top of a form: whose it is, its sums of now, what is still blank; and how it opens, prints."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import coordinate_to_tuple

from cchc_office import load_campaign
from cchc_office.decree30.figures import DEFAULT_PROFILE
from cchc_office.model import Campaign
from cchc_office.papers.form.layout import (
    NOT_APPLICABLE,
    SCORE_SHEET,
    columns_of,
    form_rows,
)
from cchc_office.papers.form.writer import build_form
from cchc_office.sheets.columns import places_of

from .sheets import campaign_file, form_rows_by_code

CRITERIA = """
STT | Tiêu chí     | Điểm tối đa | Đơn vị thực hiện | Loại điểm | Cách chấm
1   | Lĩnh vực     |             |                  |           |
1.1 | Kế hoạch     | 2           | Văn phòng        |           |
1.2 | Báo cáo      | 1           | Văn phòng        |           |
1.3 | Hồ sơ        | 4           | Văn phòng        |           | Có/Không
2   | Điểm thưởng  |             |                  |           |
2.1 | Sáng kiến    | 1           | Văn phòng        | Thưởng    |
"""
TOP = 3
_PRINTABLE = 297 - 20
_SMALLEST = 9.0
"""Points of the letters of a printed form, at the least."""


def built(campaign: Campaign, path: Path) -> Path:
    path.write_bytes(build_form(campaign, campaign.units[0], DEFAULT_PROFILE))
    return path


@pytest.mark.libreoffice
def test_the_top_counts_what_is_still_blank(
    tmp_path: Path, libreoffice: Callable[[Path, str], Path]
) -> None:
    campaign = load_campaign(campaign_file(tmp_path, criteria=CRITERIA))
    columns = columns_of(form_rows(campaign, campaign.units[0]))
    places = {key: place + 1 for key, place in places_of(columns).items()}

    def shown(name: str, typed: dict[tuple[str, str], Any]) -> tuple[Any, Any]:
        book: Any = openpyxl.load_workbook(built(campaign, tmp_path / name))
        sheet = book[SCORE_SHEET]
        rows = form_rows_by_code(sheet)
        for (code, key), value in typed.items():
            sheet.cell(rows[code], places[key]).value = value
        book.save(tmp_path / name)
        again: Any = openpyxl.load_workbook(libreoffice(tmp_path / name, "xlsx"), data_only=True)
        sheet = again[SCORE_SHEET]
        return sheet.cell(TOP, places["score"]).value, sheet.cell(TOP, places["applies"]).value

    assert shown("trong.xlsx", {}) == (None, 3)
    # A bonus is owed by nobody, and "Không áp dụng" is an answer.
    some: dict[tuple[str, str], Any] = {("1.1", "score"): 1.5, ("2.1", "score"): 1}
    assert shown("mot-phan.xlsx", some) == (2.5, 2)
    rest = some | {("1.2", "applies"): NOT_APPLICABLE, ("1.3", "figure"): "Có"}
    assert shown("du.xlsx", rest) == (6.5, 0)


def test_a_form_opens_at_the_first_cell_to_fill(example: Campaign) -> None:
    for unit in example.units:
        content = build_form(example, unit, DEFAULT_PROFILE)
        sheet: Any = openpyxl.load_workbook(io.BytesIO(content))[SCORE_SHEET]
        [pane] = [p for p in sheet.sheet_view.selection if p.pane == "bottomRight"]
        row, column = coordinate_to_tuple(pane.activeCell)
        assert not sheet.cell(row, column).protection.locked
        above = [
            sheet.cell(r, c).protection.locked
            for r in range(1, row)
            for c in range(1, sheet.max_column + 1)
        ]
        assert all(above)


def test_a_form_is_printed_in_letters_that_can_be_read(example: Campaign, tmp_path: Path) -> None:
    with_rules = load_campaign(campaign_file(tmp_path, criteria=CRITERIA))
    for campaign in (example, with_rules):
        columns = columns_of(form_rows(campaign, campaign.units[0]))
        width = sum(column.width for column in columns if not column.is_hidden)
        content = build_form(campaign, campaign.units[0], DEFAULT_PROFILE)
        sheet: Any = openpyxl.load_workbook(io.BytesIO(content))[SCORE_SHEET]
        letters = {
            cell.font.size for row in sheet.iter_rows(min_row=5) for cell in row if cell.value
        }
        assert min(letters) * min(1, _PRINTABLE / width) >= _SMALLEST
        assert columns[-2].key == "evidence"
        assert columns[-2].width >= max(c.width for c in columns if c.is_filled)
