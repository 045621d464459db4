"""What is crossed out in what comes back does not count, and is told at its cell."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from cchc_office.catalogue.findings import Code
from cchc_office.model import Answer, Campaign, ReadFile
from cchc_office.papers.form.layout import SCORE_SHEET
from cchc_office.results.consolidation import consolidate
from cchc_office.returns import gather_returns, read_returns
from cchc_office.returns.earlier import read_earlier

from . import declared_forms
from .appraisal_files import asked, supplement
from .appraised import Place, start
from .appraised import Table as Appraised
from .returned_form import filled_form, leaf, read
from .sheets import fill_form
from .struck import half_struck, strike, strike_in
from .test_earlier import earlier_file, told

D = Decimal
USUAL = {
    "1.1.1": {"score": 0.75, "result": "đã ban hành", "evidence": "KH 1"},
    "1.1.2": {"score": 1, "evidence": "BC 2"},
}


@pytest.fixture
def form(small: Campaign, tmp_path: Path) -> Path:
    return filled_form(small, tmp_path, USUAL)


def findings(result: ReadFile) -> list[tuple[str, str, str, str]]:
    own = result.returned.findings if result.returned else ()
    return [(f.code.name, f.cell, f.found, f.expected) for f in (*result.findings, *own)]


def test_a_crossed_out_score_does_not_count(small: Campaign, form: Path) -> None:
    result = read(strike_in(form, SCORE_SHEET, "F8"), small)
    answer = leaf(result, small, "1.1.1")
    assert (answer.answer, answer.score, answer.typed) == (Answer.BLANK, None, "")
    assert findings(result) == [
        ("SCORE_STRUCK", "F8", "0,75", ""),
        ("STRUCK_OUT", "F8", "0,75", ""),
    ]


def test_a_letter_says_that_a_score_was_crossed_out(small: Campaign, form: Path) -> None:
    """It said only "chưa có điểm tự chấm", and the unit saw a score in its form."""
    result = read(strike_in(form, SCORE_SHEET, "F8"), small)
    assert result.returned
    data = consolidate(small, gather_returns([result], small), as_of=dt.date(2024, 11, 20))
    debts = [unit.debts for unit in data.units if unit.returned]
    assert [debt.what for debt in debts[0]] == [
        "điểm đã ghi “0,75” bị gạch ngang, chưa có điểm thay"
    ]


def test_of_a_half_crossed_out_score_what_is_left_counts(small: Campaign, form: Path) -> None:
    fill_form(form, {"1.1.1": {"score": half_struck("0,5", "0")}})
    result = read(form, small)
    assert leaf(result, small, "1.1.1").score == 0
    assert findings(result) == [
        ("SCORE_READ_FROM_TEXT", "F8", "0", "0,00"),
        ("HALF_STRUCK", "F8", "0,5", "0"),
    ]


def test_crossed_out_words_and_marks_do_not_count(small: Campaign, form: Path) -> None:
    strike_in(form, SCORE_SHEET, "G8", "I8")
    fill_form(form, {"1.1.1": {"applies": "Không áp dụng", "result": half_struck("chậm ", "đủ")}})
    result = read(form, small)
    answer = leaf(result, small, "1.1.1")
    assert (answer.answer, answer.score) == (Answer.SCORED, D("0.75"))
    assert (answer.result, answer.evidence) == ("đủ", "")
    assert findings(result) == [
        ("EVIDENCE_MISSING", "I8", "0,75", ""),
        ("STRUCK_OUT", "G8", "Không áp dụng", ""),
        ("HALF_STRUCK", "H8", "chậm", "đủ"),
        ("STRUCK_OUT", "I8", "KH 1", ""),
    ]


def test_a_row_that_is_crossed_out_whole_is_still_known(small: Campaign, form: Path) -> None:
    """The hidden id and the names are crossed out with it; nothing of it counts."""
    result = read(strike_in(form, SCORE_SHEET, *(f"{c}8" for c in "ABCDEFGHIJ")), small)
    assert leaf(result, small, "1.1.1").answer is Answer.BLANK
    assert leaf(result, small, "1.1.2").score == 1
    headings = "cột STT, cột Lĩnh vực/Tiêu chí/Tiêu chí thành phần, cột Vai trò, cột Điểm tối đa"
    assert findings(result) == [
        ("SCORE_STRUCK", "F8", "0,75", ""),
        ("STRUCK_ROW", "B8", headings, ""),
        ("STRUCK_OUT", "F8", "0,75", ""),
        ("STRUCK_OUT", "H8", "đã ban hành", ""),
        ("STRUCK_OUT", "I8", "KH 1", ""),
    ]


def test_a_form_of_which_everything_is_crossed_out_is_not_taken_for_an_unfilled_one(
    small: Campaign, form: Path
) -> None:
    cells = [f"{column}{row}" for column in "FHI" for row in (8, 9)]
    result = read(strike_in(form, SCORE_SHEET, *cells), small)
    assert leaf(result, small, "1.1.1").answer is Answer.BLANK
    assert {cell for code, cell, _, _ in findings(result) if code == "STRUCK_OUT"} == {
        *("F8", "H8", "I8", "F9", "I9")
    }


def test_what_is_crossed_out_beside_the_rows_is_told_too(small: Campaign, form: Path) -> None:
    book = openpyxl.load_workbook(form)
    sheet = book[SCORE_SHEET]
    sheet["B3"] = half_struck("bản nháp", "bản chính")
    sheet["B30"], sheet["C30"] = "Người lập", "A"
    strike(sheet["B30"], sheet["C30"])
    book.save(form)
    assert findings(read(form, small)) == [
        ("HALF_STRUCK", "B3", "bản nháp", "bản chính"),
        ("STRUCK_OUT", "B30", "Người lập; A", ""),
    ]


def test_a_crossed_out_figure_does_not_count(tmp_path: Path) -> None:
    code = declared_forms.CODES["ratio"]
    answers = {code: {"figure": 8, "total": 10, "evidence": "BC"}}
    path = declared_forms.fill(tmp_path / "CCHC-2024-P1.xlsx", answers)
    book = openpyxl.load_workbook(path)
    sheet = book[SCORE_SHEET]
    at, rows = declared_forms.places(sheet), declared_forms.rows_by_code(sheet)
    cell = sheet.cell(rows[code], at["total"])
    strike(cell)
    book.save(path)
    result = declared_forms.read(path)
    assert result.returned
    answer = next(x for x in result.returned.leaves if x.criterion == f"TC-{code}")
    assert (answer.answer, answer.declared and answer.declared.total) == (Answer.UNUSABLE, None)
    own = [f for f in result.returned.findings if f.criterion == f"TC-{code}"]
    assert [(f.code, f.cell) for f in own if f.code is Code.STRUCK_OUT] == [
        (Code.STRUCK_OUT, cell.coordinate)
    ]


# --- appraisal, explanations ---


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return start(tmp_path / "dot")


def test_a_crossed_out_appraisal_takes_no_points_away(place: Place) -> None:
    table = Appraised(place.issue())
    table.sign()
    table.type("VP|1.1", score=0.5, opinion="Chậm")
    table.type("VP|1.2", opinion="Đủ")
    cell = table.cell("VP|1.1", "Điểm thẩm định")
    strike(cell, table.cell("VP|1.2", "Tiêu chí"), table.cell("VP|1.2", "Mã dòng"))
    table.save(place.appraisals / "a.xlsx")
    [result] = read_returns([place.appraisals / "a.xlsx"], place.campaign)
    assert result.appraisal
    leaves = {x.criterion: x for x in result.appraisal.leaves}
    assert (leaves[place.id("1.1")].answer, leaves[place.id("1.1")].opinion) == (
        Answer.BLANK,
        "Chậm",
    )
    assert leaves[place.id("1.2")].opinion == "Đủ"
    assert [(f.code, f.cell, f.unit) for f in result.appraisal.findings] == [
        (Code.STRUCK_OUT, cell.coordinate, "VP"),
        (Code.STRUCK_ROW, table.cell("VP|1.2", "Tiêu chí").coordinate, "VP"),
    ]
    assert place.data().total.final == place.data().total.score


def test_a_crossed_out_explanation_is_none(place: Place, tmp_path: Path) -> None:
    table = asked(place, tmp_path)
    table.type("VP|1.1", wanted=0.75, explanation="Đã ban hành")
    table.type("VP|1.2", explanation="Số 6")
    cells = [table.cell("VP|1.1", name) for name in ("Điểm đề nghị", "Giải trình")]
    strike(*cells)
    result = supplement(place, table)
    assert result.supplement
    first, second = result.supplement.leaves
    assert (first.answer, first.explanation, second.explanation) == (Answer.BLANK, "", "Số 6")
    assert [(f.code, f.cell) for f in result.supplement.findings] == [
        (Code.EXPLANATION_MISSING, cells[1].coordinate),
        (Code.STRUCK_OUT, cells[0].coordinate),
        (Code.STRUCK_OUT, cells[1].coordinate),
    ]


# --- earlier reports ---


def test_crossed_out_numbers_of_an_earlier_report_do_not_count(tmp_path: Path) -> None:
    table = """
STT | Tên tiêu chí      | Điểm tối đa | Điểm đạt | Ghi chú
1.1 | Ban hành kế hoạch | 1           | 0,5      | x
1.2 | Báo cáo           | 2           | 1        | x
"""
    path = strike_in(earlier_file(tmp_path, table), "Bảng điểm", "D2", "E2", "A3", "B3")
    earlier = read_earlier(path)
    assert [(row.code, row.score) for row in earlier.rows] == [("1.1", None)]
    assert [(f.code, f.cell, f.found) for f in told(earlier)] == [
        (Code.STRUCK_OUT, "D2", "0,5"),
        (Code.STRUCK_OUT, "A3", "1.2; Báo cáo"),
    ]
