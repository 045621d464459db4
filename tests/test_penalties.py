"""Rows for penalties: their words say what is taken off, and nobody is asked to prove it."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cchc_office.campaign import load_campaign
from cchc_office.catalogue.findings import Code
from cchc_office.decree30.figures import DEFAULT_PROFILE
from cchc_office.model import Campaign, Consolidation, LeafState
from cchc_office.papers.appraisal.layout import SUPPLEMENT_SHEET
from cchc_office.papers.appraisal.supplement import build_supplement
from cchc_office.papers.appraisal.workbook import build_appraisal
from cchc_office.papers.dispatch import dispatch_values
from cchc_office.papers.explanation_request import explanation_values
from cchc_office.papers.form.layout import PLACES, SCORE_SHEET
from cchc_office.papers.form.writer import build_form
from cchc_office.papers.reminder import reminder_values
from cchc_office.papers.report import build_report
from cchc_office.papers.upward_report import upward_values
from cchc_office.results.appraisal_rows import asked_of_units
from cchc_office.results.consolidation import consolidate
from cchc_office.results.progress import progress
from cchc_office.returns import gather_returns, read_returns

from .appraised import Table
from .sheets import SETTINGS, campaign_file, fill_form, form_rows_by_code, leaf_by_code

OF_ITS_DAY = {Code.SAVED_DATE_UNKNOWN, Code.SAVED_DAY_TO_COME}

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
    scores = {campaign.criterion(leaf.criterion).code: leaf.score for leaf in read.returned.leaves}
    assert scores == {"1.1": 2, "2.1": Decimal("0.5"), "2.2": Decimal("0.5")}
    without = [f.criterion for f in read.returned.findings if f.code is Code.EVIDENCE_MISSING]
    assert without == [leaf_by_code(campaign, "1.1")]


def test_a_penalty_has_its_sign_wherever_it_stands_among_other_scores(tmp_path: Path) -> None:
    criteria = CRITERIA + "3 | Điểm cộng | 0,5 | Văn phòng | Thưởng |\n"
    campaign = load_campaign(campaign_file(tmp_path, criteria=criteria))
    tasks = dispatch_values(campaign, campaign.unit("VP"), DEFAULT_PROFILE)["nhiem_vu"]
    shown = {task.ma: task.diem_toi_da for task in tasks}
    of_headings = {"1": "3,00", "2": "−2,00"}
    of_rows = {"1.1": "3,00", "2.1": "−1,00", "2.2": "−1,00", "3": "+0,50"}
    assert shown == of_headings | of_rows
    form = tmp_path / "phieu.xlsx"
    form.write_bytes(build_form(campaign, campaign.unit("VP"), DEFAULT_PROFILE))
    sheet = openpyxl.load_workbook(form)[SCORE_SHEET]
    rows = {str(row[1].value): row for row in sheet.iter_rows()}
    at = {str(cell.value): n for n, cell in enumerate(rows["STT"])}
    formats = {
        code: tuple(rows[code][at[name]].number_format for name in ("Điểm tối đa", "Điểm tự chấm"))
        for code in ("1", "2", "2.1", "2.2", "3")
    }
    score, signed = '0.00;"−"0.00', '"−"0.00;0.00;0.00'
    assert formats == {
        "1": ("0.00", score),
        "2": ('"−"0.00', signed),
        "2.1": ('"−"0.00', signed),  # computed
        "2.2": ('"−"0.00', score),  # typed as a positive number
        "3": ('"+"0.00', score),
    }


# --- blank ones, and those that reviewers enter ---

BLANK = """
STT | Tiêu chí    | Điểm tối đa | Đơn vị thực hiện | Loại   | Cách tổng hợp | Ghi chú
1   | Lĩnh vực    |             |                  |        |               |
1.1 | Kế hoạch    | 3           | Các đơn vị       |        |               |
2   | Điểm thưởng | 1           | Các đơn vị       | Thưởng | Trung bình    |
3   | Điểm trừ    | 2           | Các đơn vị       | Trừ    | Trung bình    |
"""
TWO = """
Mã | Tên đơn vị | Nhóm       | Email
A  | Phòng A    | Các đơn vị | a@a.example
B  | Phòng B    | Các đơn vị | b@a.example
"""
LATER = dt.date(2024, 12, 9)


def office(folder: Path, who: str = "") -> Campaign:
    settings = f"{SETTINGS}Điểm trừ do | {who} |\n"
    of = load_campaign(campaign_file(folder, settings=settings, units=TWO, criteria=BLANK))
    assert of.findings == ()
    return of


def back(of: Campaign, folder: Path, **answers: dict[str, Any]) -> Consolidation:
    """Return what comes of the forms of units, filled in as said: code by code."""
    forms = []
    for unit, own in answers.items():
        form = folder / f"{of.paper_name(of.unit(unit))}.xlsx"
        form.write_bytes(build_form(of, of.unit(unit), DEFAULT_PROFILE))
        typed = {code: {"score": score, "evidence": "Công văn"} for code, score in own.items()}
        fill_form(form, typed)
        forms.append(form)
    return consolidate(of, gather_returns(read_returns(forms, of), of), as_of=LATER)


@pytest.mark.parametrize("who", ["", "đơn vị", "người thẩm định", "Tổ thẩm định ghi"])
def test_a_blank_bonus_or_penalty_is_owed_by_nobody(tmp_path: Path, who: str) -> None:
    of = office(tmp_path, who)
    data = back(of, tmp_path, A={"1.1": 3, "2": 0.5}, B={"1.1": 2})
    assert not [f for f in data.findings if f.code.demand]
    assert [unit.debts for unit in data.units] == [(), ()]
    states = {leaf.criterion.code: leaf.state for leaf in data.leaves}
    assert states == {
        "1.1": LeafState.SCORED,
        "2": LeafState.SCORED,
        "3": LeafState.WAIVED,
    }
    # The bonus that B left blank is 0: a mean of 0,5 and 0.
    assert (data.total.score, data.total.answered, data.total.expected) == (Decimal("2.75"), 2, 2)
    assert [(unit.total.answered, unit.total.expected) for unit in data.units] == [(2, 2), (1, 1)]
    done = progress(data)
    assert (done.total.done, done.total.total, done.missed_count) == (3, 3, 0)
    values = upward_values(data, DEFAULT_PROFILE)
    assert values["chua_co_diem"] == []
    (taken,) = [row for row in values["bang_diem"] if row.ma == "3"]
    assert (taken.toi_da, taken.tu_cham, taken.dat) == ("−2,00", "0,00", "0,00")


def test_who_returned_nothing_is_not_dunned_for_bonus_and_penalty(tmp_path: Path) -> None:
    of = office(tmp_path)
    data = back(of, tmp_path, A={"1.1": 3, "3": 1})
    letter = reminder_values(data, data.units[1], DEFAULT_PROFILE)
    assert [debt.ma for debt in letter["con_no"]] == ["1.1"]
    # What B has not returned is no 0 yet.
    assert data.leaves[2].lacking == ("B",)
    assert data.leaves[2].score == 1


def test_a_blank_bonus_with_evidence_is_told_and_not_demanded(tmp_path: Path) -> None:
    of = office(tmp_path)
    data = back(of, tmp_path, A={"1.1": 3, "2": None})
    (finding,) = [f for f in data.units[0].findings if f.code not in OF_ITS_DAY]
    assert (finding.code, finding.found) == (Code.OPTIONAL_SCORE_MISSING, "")
    assert not finding.demand


def test_penalties_that_reviewers_enter(tmp_path: Path) -> None:
    of = office(tmp_path, "người thẩm định")
    form = tmp_path / "phieu.xlsx"
    form.write_bytes(build_form(of, of.unit("A"), DEFAULT_PROFILE))
    sheet = openpyxl.load_workbook(form)[SCORE_SHEET]
    row = form_rows_by_code(sheet)["3"]
    cells = {key: sheet.cell(row, place + 1) for key, place in PLACES.items()}
    assert cells["applies"].value == "Thẩm định"
    assert all(cells[key].protection.locked for key in ("score", "result", "evidence", "note"))
    tasks = dispatch_values(of, of.unit("A"), DEFAULT_PROFILE)
    assert {task.ma: task.han for task in tasks["nhiem_vu"]}["3"] == "Thẩm định"
    assert tasks["diem_tru_tham_dinh"]
    # What a unit types there all the same is told, not counted; nothing is taken off yet.
    data = back(of, tmp_path, A={"1.1": 3, "3": 1}, B={"1.1": 2})
    assert {f.code for f in data.findings} - OF_ITS_DAY == {
        *(Code.PENALTY_NOT_ASKED, Code.PENALTIES_NOT_ENTERED),
    }
    assert (data.leaves[2].state, data.total.score) == (LeafState.WAIVED, Decimal("2.5"))
    # Round 1: half a point off A, nothing said of B.
    rows = build_appraisal(data, 1, DEFAULT_PROFILE)
    path = tmp_path / "tham-dinh.xlsx"
    path.write_bytes(rows)
    book = openpyxl.load_workbook(path)
    table = book["Thẩm định"]
    head = next(row for row in table.iter_rows() if "Điểm thẩm định" in [c.value for c in row])
    at = {str(cell.value): place for place, cell in enumerate(head, start=1)}
    (mine,) = [
        n
        for n, row in enumerate(table.iter_rows(), start=1)
        if str(row[at["Tiêu chí"] - 1].value).startswith("Điểm trừ")
        and row[at["Mã đơn vị"] - 1].value == "A"
    ]
    assert table.cell(mine, at["Nguồn"]).value == "Người thẩm định ghi điểm trừ"
    table.cell(mine, at["Điểm thẩm định"]).value = 0.5
    table.cell(mine, at["Ý kiến thẩm định"]).value = "Hai báo cáo chậm"
    book.save(path)
    forms = [tmp_path / f"CCHC-2024-{unit}.xlsx" for unit in "AB"]
    data = consolidate(of, gather_returns(read_returns([*forms, path], of), of), as_of=LATER)
    leaf = data.leaves[2]
    assert (leaf.state, leaf.rounds) == (LeafState.SCORED, (Decimal("0.25"),))
    assert [unit.total.final for unit in data.units] == [Decimal("2.5"), Decimal(2)]
    asked = asked_of_units(data, 1)
    letter = explanation_values(
        of, of.unit("A"), [one.question for one in asked["A"]], DEFAULT_PROFILE, as_of=LATER
    )
    (row,) = letter["can_giai_trinh"]
    assert (row.ten, row.diem_toi_da, row.diem_tu_cham, row.diem_tham_dinh, row.noi_dung) == (
        *("Điểm trừ", "−2,00", "", "−0,50", "Hai báo cáo chậm"),
    )
    assert set(asked) == {"A"}
    assert Code.PENALTIES_NOT_ENTERED not in [f.code for f in data.findings]


def test_a_blank_penalty_is_0_beside_what_reviewers_take_off(tmp_path: Path) -> None:
    of = office(tmp_path)
    data = back(of, tmp_path, A={"1.1": 3})
    table = Table(build_appraisal(data, 1, DEFAULT_PROFILE))
    table.sign()
    for unit in "AB":
        table.type(f"{unit}|3", score=1, opinion="Hai báo cáo chậm")
    table.save(tmp_path / "tham-dinh.xlsx")
    paths = [tmp_path / f"{of.paper_name(of.unit('A'))}.xlsx", tmp_path / "tham-dinh.xlsx"]
    data = consolidate(of, gather_returns(read_returns(paths, of), of), as_of=LATER)
    shown = {}
    for unit, asked in asked_of_units(data, 1).items():
        questions = [one.question for one in asked]
        letter = explanation_values(of, of.unit(unit), questions, DEFAULT_PROFILE, as_of=LATER)
        (row,) = letter["can_giai_trinh"]
        form = openpyxl.load_workbook(
            io.BytesIO(build_supplement(of, of.unit(unit), asked, 1, DEFAULT_PROFILE))
        )[SUPPLEMENT_SHEET]
        (own,) = [r for r in form.iter_rows() if r[1].value == "3"]
        head = next(r for r in form.iter_rows() if r[1].value == "STT")
        at = {str(cell.value): n for n, cell in enumerate(head)}
        cell = own[at["Điểm tự chấm"]]
        shown[unit] = row.diem_tu_cham, row.diem_tham_dinh, cell.value
    # Of B, which returned nothing, nobody says that it gave itself 0.
    assert shown == {"A": ("0,00", "−1,00", 0), "B": ("", "−1,00", None)}


def test_who_enters_penalties_is_asked_where_it_is_not_understood(tmp_path: Path) -> None:
    settings = f"{SETTINGS}Điểm trừ do | thanh tra |\n"
    of = load_campaign(campaign_file(tmp_path, settings=settings))
    assert [(f.code, f.found) for f in of.findings] == [(Code.BAD_PENALTY_SCORER, "thanh tra")]


def test_a_penalty_that_does_not_apply_leaves_no_denominator(tmp_path: Path) -> None:
    of = office(tmp_path)
    data = back(of, tmp_path, A={"1.1": 3, "3": "không áp dụng"})
    (finding,) = [f for f in data.units[0].findings if f.code not in OF_ITS_DAY]
    assert (finding.code, finding.found) == (Code.OPTIONAL_NOT_APPLICABLE, "điểm trừ")
    assert "mẫu số không đổi" in finding.sentence
    assert data.units[0].total.applicable_max == 3


@pytest.mark.parametrize("typed", [-0.5, "-0,5", "−0,5"])
def test_a_penalty_typed_with_its_sign_is_what_it_takes_off(tmp_path: Path, typed: object) -> None:
    of = office(tmp_path)
    data = back(of, tmp_path, A={"1.1": 3, "3": typed})
    told = [f for f in data.units[0].findings if f.code is Code.PENALTY_WITH_SIGN]
    assert [f.expected for f in told] == ["0,50"]
    assert data.units[0].total.score == Decimal("2.5")
    beyond = back(of, tmp_path, A={"1.1": 3, "3": -3})
    codes = {f.code for f in beyond.units[0].findings}
    assert Code.SCORE_ABOVE_MAX in codes
    assert beyond.units[0].total.score == 3


def test_the_report_shows_one_minus_for_what_is_taken_off(tmp_path: Path) -> None:
    of = office(tmp_path)
    data = back(of, tmp_path, A={"1.1": 3, "3": 0.5}, B={"1.1": 2, "3": 0.5})
    book = openpyxl.load_workbook(io.BytesIO(build_report(data, DEFAULT_PROFILE)))
    for sheet, maximum in (("Bảng điểm", "Điểm tối đa"), ("ĐV A", "Tối đa áp dụng")):
        rows = {str(row[0].value): row for row in book[sheet].iter_rows()}
        at = {str(cell.value): n for n, cell in enumerate(rows["STT"])}
        most, taken = (rows["3"][at[heading]] for heading in (maximum, "Điểm tự chấm"))
        assert (most.value, most.number_format) == (2, '"−"0.00')
        assert (taken.value, taken.number_format) == (-0.5, '0.00;"−"0.00')
