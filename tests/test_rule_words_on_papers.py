"""What the office wrote in "Cách chấm" stands on every paper, computed or not."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cchc_office.campaign import load_campaign
from cchc_office.decree30.figures import DEFAULT_PROFILE
from cchc_office.model import Campaign, Returns
from cchc_office.papers.appraisal.workbook import build_appraisal
from cchc_office.papers.form.layout import HIDDEN_SHEET, SCORE_SHEET
from cchc_office.papers.form.writer import build_form
from cchc_office.results.consolidation import consolidate
from cchc_office.rules import Choice

from . import days
from .appraised import Table
from .sheets import campaign_file

JUDGED = "Làm đủ mọi việc: điểm tối đa\nLàm chưa đủ: trừ điểm theo mức độ"
LONG = (
    "- Đã kết nối, chia sẻ dữ liệu với cơ sở dữ liệu dùng chung của tỉnh, có quy chế khai thác và "
    "người chịu trách nhiệm: 2 điểm\n"
    "- Đã kết nối nhưng chưa có quy chế khai thác, hoặc chưa giao người chịu trách nhiệm: 1 điểm\n"
    "- Chưa kết nối: 0 điểm"
)
HEAD = "STT | Tiêu chí | Điểm tối đa | Cách chấm | Tài liệu kiểm chứng | Đơn vị thực hiện\n"


def campaign_of(folder: Path, *rules: str, evidence: str = "") -> Campaign:
    """Return a campaign with a row of two points for each text, its lines kept."""
    lines = [f"1.{n} | Dòng {n} | 2 | | {evidence} | Văn phòng" for n in range(1, len(rules) + 1)]
    path = campaign_file(folder, criteria=HEAD + "\n".join(["1 | Lĩnh vực | | | |", *lines]))
    book = openpyxl.load_workbook(path)
    sheet = next(s for s in book if s["D1"].value == "Cách chấm")
    for row, rule in enumerate(rules, start=3):
        sheet.cell(row, 4).value = rule
    book.save(path)
    campaign = load_campaign(path)
    assert not [f for f in campaign.findings if f.is_error]
    return campaign


def form_of(campaign: Campaign) -> Any:
    content = build_form(campaign, campaign.units[0], DEFAULT_PROFILE)
    return openpyxl.load_workbook(io.BytesIO(content))


def column(sheet: Any, heading: str) -> list[str]:
    [at] = [c for c in sheet[5] if c.value == heading]
    return [str(sheet.cell(r, at.column).value or "") for r in range(6, sheet.max_row + 1)]


def test_a_form_shows_the_words_where_nothing_is_computed(tmp_path: Path) -> None:
    campaign = campaign_of(tmp_path, JUDGED, "", evidence="Báo cáo năm")
    sheet = form_of(campaign)[SCORE_SHEET]
    headings = [c.value for c in sheet[5]]
    assert "Số liệu kê khai" not in headings
    shown = column(sheet, "Cách chấm")
    assert shown[1].startswith(f"{JUDGED}\n")
    assert shown[1].endswith("Tài liệu cần có: Báo cáo năm")
    assert "Báo cáo năm" in shown[2]


def test_the_words_stand_beside_what_is_computed_too(tmp_path: Path) -> None:
    text = "Tính tỷ lệ % giữa số hồ sơ đã số hóa trên tổng số hồ sơ.\n- Đạt 100%: 2\n- Dưới 100%: 0"
    [_, shown, *_] = column(form_of(campaign_of(tmp_path, text))[SCORE_SHEET], "Cách chấm")
    assert shown.startswith(f"{text}\n")
    assert "số hồ sơ đã số hóa" in shown.removeprefix(text)


def test_long_labels_are_chosen_from_a_hidden_range(tmp_path: Path) -> None:
    campaign = campaign_of(tmp_path, LONG, "Đạt/Không đạt")
    long, short = campaign.leaves
    assert isinstance(long.scoring, Choice)
    assert isinstance(short.scoring, Choice)
    book = form_of(campaign)
    lists = {
        str(v.sqref): str(v.formula1)
        for v in book[SCORE_SHEET].data_validations.dataValidation
        if v.type == "list"
    }
    [at] = [c.column_letter for c in book[SCORE_SHEET][5] if c.value == "Số liệu kê khai"]
    assert lists[f"{at}8"] == '"Đạt,Không đạt"'
    sheet, _, cells = lists[f"{at}7"].partition("!")
    assert sheet.strip("'") == HIDDEN_SHEET
    [row] = book[HIDDEN_SHEET][cells.replace("$", "")]
    assert tuple(cell.value for cell in row) == long.scoring.labels


@pytest.mark.parametrize("rule", [JUDGED, LONG])
def test_reviewers_see_the_words(tmp_path: Path, rule: str) -> None:
    campaign = campaign_of(tmp_path, rule)
    data = consolidate(campaign, Returns(()), as_of=days.AFTER_DEADLINE)
    table = Table(build_appraisal(data, 1, DEFAULT_PROFILE))
    unit = campaign.units[0].code
    assert table.cell(f"{unit}|1.1", "Cách chấm").value == rule
