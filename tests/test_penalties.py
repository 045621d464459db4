"""Rows for penalties: their words say what is taken off, and nobody is asked to prove it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl

from cchc_office.campaign import load_campaign
from cchc_office.catalogue.findings import Code
from cchc_office.decree30.figures import DEFAULT_PROFILE
from cchc_office.papers.dispatch import dispatch_values
from cchc_office.papers.form.layout import SCORE_SHEET
from cchc_office.papers.form.writer import build_form
from cchc_office.returns import read_returns

from .sheets import campaign_file

CRITERIA = """
STT | Tiêu chí   | Điểm tối đa | Đơn vị thực hiện | Loại | Cách tính điểm
1   | Lĩnh vực   |             |                  |      |
1.1 | Kế hoạch   | 3           | Văn phòng        |      |
2   | Điểm trừ   |             |                  | Trừ  |
2.1 | Nộp chậm   | 1           | Văn phòng        |      | Mỗi lần chậm 0,25
2.2 | Bị phê bình | 1          | Văn phòng        |      |
"""


def test_penalties_say_what_is_taken_off_and_need_no_evidence(tmp_path: Path) -> None:
    campaign = load_campaign(campaign_file(tmp_path, criteria=CRITERIA))
    assert campaign.findings == ()
    form = tmp_path / "CCHC-2024-VP.xlsx"
    form.write_bytes(build_form(campaign, campaign.unit("VP"), DEFAULT_PROFILE))
    book = openpyxl.load_workbook(form)
    sheet = book[SCORE_SHEET]
    texts = [str(cell.value) for row in sheet for cell in row]
    lines = [line for text in texts for line in text.splitlines()]
    assert [line for line in lines if line.startswith("Số liệu kê khai: ")] == [
        "Số liệu kê khai: số lần chậm. Mỗi lần chậm trừ 0,25 điểm, trừ nhiều nhất 1 điểm."
    ]
    headings = next(r for r in sheet.iter_rows() if any(c.value == "Điểm tự chấm" for c in r))
    at = {str(cell.value): place for place, cell in enumerate(headings)}
    rows = {str(row[at["STT"]].value): row for row in sheet.iter_rows()}
    for code, heading, value in (
        ("1.1", "Điểm tự chấm", 2),
        ("2.1", "Số liệu kê khai", 2),
        ("2.2", "Điểm tự chấm", 0.5),
    ):
        rows[code][at[heading]].value = value
    book.save(form)
    (read,) = read_returns([form], campaign)
    assert read.returned
    scores = {leaf.criterion: leaf.score for leaf in read.returned.leaves}
    assert scores == {"TC-1.1": 2, "TC-2.1": Decimal("0.5"), "TC-2.2": Decimal("0.5")}
    without = [f.criterion for f in read.returned.findings if f.code is Code.EVIDENCE_MISSING]
    assert without == ["TC-1.1"]


def test_a_penalty_has_its_sign_wherever_it_stands_among_other_scores(tmp_path: Path) -> None:
    criteria = CRITERIA + "3 | Điểm cộng | 0,5 | Văn phòng | Thưởng |\n"
    campaign = load_campaign(campaign_file(tmp_path, criteria=criteria))
    tasks = dispatch_values(campaign, campaign.unit("VP"), DEFAULT_PROFILE)["nhiem_vu"]
    shown = {task.ma: task.diem_toi_da for task in tasks}
    assert shown == {"1.1": "3,00", "2.1": "−1,00", "2.2": "−1,00", "3": "+0,50"}
    form = tmp_path / "phieu.xlsx"
    form.write_bytes(build_form(campaign, campaign.unit("VP"), DEFAULT_PROFILE))
    sheet = openpyxl.load_workbook(form)[SCORE_SHEET]
    rows = {str(row[1].value): row for row in sheet.iter_rows()}
    at = {str(cell.value): n for n, cell in enumerate(rows["STT"])}
    formats = {
        code: tuple(rows[code][at[name]].number_format for name in ("Điểm tối đa", "Điểm tự chấm"))
        for code in ("1", "2", "2.1", "2.2", "3")
    }
    signed = '"−"0.00;0.00;0.00'
    assert formats == {
        "1": ("0.00", "0.00"),
        "2": ('"−"0.00', signed),
        "2.1": ('"−"0.00', signed),  # computed
        "2.2": ('"−"0.00', "0.00"),  # typed as a positive number
        "3": ('"+"0.00', "0.00"),
    }
