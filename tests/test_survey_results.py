"""The sheet "Kết quả ĐTXHH": what it says, what is wrong with it, and what comes of it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cchc_office.campaign import load_campaign
from cchc_office.catalogue.findings import Code, FindingCode
from cchc_office.model import Campaign, LeafState, Returns, SurveyResult
from cchc_office.results.consolidation import consolidate

from . import days
from .calls import cchc
from .conftest import EXAMPLE
from .sheets import add_sheet, campaign_file, leaf_by_code

D = Decimal
SHEET = "Kết quả ĐTXHH"
CRITERIA = """
STT   | Tiêu chí                       | Điểm tối đa | Đơn vị thực hiện     | Ghi chú
1     | Lĩnh vực                       |             |                      |
1.1   | Tự chấm                        | 1           | Văn phòng            |
1.2   | Ý kiến của người dân           | 3           | Các phòng chuyên môn | ĐTXHH
1.3   | Ý kiến của doanh nghiệp        | 2           | Văn phòng            | ĐTXHH
1.4   | Ý kiến không lấy               | 2           | Văn phòng            | Khảo sát
1.10  | Ý kiến của công chức           | 2           | Văn phòng            | ĐTXHH
      | Mức độ hài lòng (Chỉ số SIPAS) | 10          | Văn phòng            |
"""


def with_survey(
    tmp_path: Path, text: str, sheet: str = SHEET, cells: dict[str, Any] | None = None
) -> Campaign:
    path = add_sheet(campaign_file(tmp_path, criteria=CRITERIA), sheet, text)
    if cells:
        book = openpyxl.load_workbook(path)
        for address, value in cells.items():
            book[sheet][address].value = value
        book.save(path)
    return load_campaign(path)


def said(campaign: Campaign) -> list[tuple[FindingCode, str]]:
    assert all(f.sheet for f in campaign.findings)
    return [(f.code, f.cell) for f in campaign.findings]


def test_scores_and_counts_give_results(tmp_path: Path) -> None:
    campaign = with_survey(
        tmp_path,
        """
        STT | Tiêu chí                       | Điểm | Rất hài lòng (100%) | Hài lòng (60%) | Mức 3 (20%) | Mức 4 (0%)
        1.2 | Ý kiến của người dân           |      | 60                  | 40             | 15          | 5
        1.3 |                                | 1,85 |                     |                |             |
            | Mức độ hài lòng (Chỉ số SIPAS) | 8.5  |                     |                |             |
        1.10 |                               |      |                     |                |             |
        """,
    )
    assert campaign.findings == ()
    sipas = campaign.leaves[-1].id
    assert campaign.survey_results == (
        # 3 × (60 + 24 + 3 + 0) ÷ 120
        SurveyResult(
            leaf_by_code(campaign, "1.2"), D("2.175"), "D2", "", "120 phiếu: 60, 40, 15, 5", SHEET
        ),
        SurveyResult(leaf_by_code(campaign, "1.3"), D("1.85"), "C3", "", "", SHEET),
        SurveyResult(sipas, D("8.5"), "C4", "", "", SHEET),
    )


def test_a_score_from_counts_is_not_rounded(tmp_path: Path) -> None:
    text = "STT | Mức 1 | Mức 2 | Mức 3 | Mức 4\n1.3 | 1 | 1 | 1 | 0"
    result = with_survey(tmp_path, text).survey_results[0]
    assert result.score == 2 * (D("1.8") / 3)  # usual weights: 100, 60 and 20 %
    third = "STT | Tốt (100%) | Chưa tốt (0 %)\n1.3 | 1 | 2"
    assert with_survey(tmp_path / "b", third).survey_results[0].score == 2 * (D(1) / 3)


def test_results_of_units_stand_beside_that_of_all(tmp_path: Path) -> None:
    campaign = with_survey(
        tmp_path,
        """
        STT | Đơn vị    | Điểm
        1.2 | P1        | 2
        1.2 | phong hai | 3
        """,
    )
    assert campaign.findings == ()
    assert [(r.unit, r.score) for r in campaign.survey_results] == [("P1", D(2)), ("P2", D(3))]
    data = consolidate(campaign, Returns(), as_of=days.AFTER_DEADLINE)
    assert data.leaves[1].survey == D("2.5")
    assert [u.total.survey_score for u in data.units] == [0, 0, 2, 3]


def test_results_on_two_sheets_are_read_and_held_together(tmp_path: Path) -> None:
    path = add_sheet(campaign_file(tmp_path, criteria=CRITERIA), SHEET, "STT | Điểm\n1.2 | 2")
    add_sheet(path, "Kết quả SIPAS", "STT | Điểm\n1.3 | 1\n1.2 | 2")
    campaign = load_campaign(path)
    assert [(r.sheet, r.cell) for r in campaign.survey_results] == [
        (SHEET, "B2"),
        ("Kết quả SIPAS", "B2"),
    ]
    (finding,) = campaign.findings
    assert (finding.code, finding.sheet, finding.cell) == (
        Code.SURVEY_ROW_TWICE,
        "Kết quả SIPAS",
        "B3",
    )
    assert finding.expected == "trang “Kết quả ĐTXHH”, ô B2"


HEAD = "STT | Tiêu chí | Đơn vị | Điểm | Mức 1 | Mức 2 | Mức 3 | Mức 4 | Tổng số phiếu\n"


@pytest.mark.parametrize(
    ("row", "code", "cell"),
    [
        ("1.1 | | | 1", Code.SURVEY_ROW_NOT_SURVEY, "A2"),
        ("1 | Lĩnh vực | | 1", Code.SURVEY_ROW_NOT_SURVEY, "A2"),
        ("1.9 | | | 1", Code.SURVEY_ROW_UNKNOWN, "A2"),
        (" | | | 1", Code.SURVEY_ROW_UNKNOWN, "B2"),
        ("1.2 | Ý kiến của doanh nghiệp | | 1", Code.SURVEY_ROW_UNKNOWN, "A2"),
        ("1.2 | Mức độ hoàn thành kế hoạch | | 1", Code.SURVEY_ROW_UNKNOWN, "A2"),
        ("1.2 | | Phòng Ba | 1", Code.SURVEY_UNIT_UNKNOWN, "C2"),
        ("1.2 | | các phòng chuyên môn | 1", Code.SURVEY_UNIT_UNKNOWN, "C2"),
        ("1.2 | | | 3,01", Code.SURVEY_SCORE_ABOVE_MAX, "D2"),
        ("1.2 | | | -1", Code.SURVEY_SCORE_NEGATIVE, "D2"),
        ("1.2 | | | tốt", Code.SURVEY_SCORE_UNREADABLE, "D2"),
        ("1.2 | | | 85%", Code.SURVEY_SCORE_UNREADABLE, "D2"),
        ("1.2 | | | | 0 | 0 | | ", Code.SURVEY_NO_ANSWERS, "E2"),
        ("1.2 | | | | 5 | -1 | | ", Code.SURVEY_COUNT_UNREADABLE, "F2"),
        ("1.2 | | | | 5 | 2,5 | | ", Code.SURVEY_COUNT_UNREADABLE, "F2"),
        ("1.2 | | | | 1.250 | | | ", Code.SURVEY_COUNT_UNREADABLE, "E2"),
        ("1.2 | | | | 5 | 5 | | | 11", Code.SURVEY_TOTAL_DIFFERS, "I2"),
        ("1.2 | | | 2,5 | 5 | 5 | | ", Code.SURVEY_SCORE_DIFFERS, "D2"),
        ("1.2 | | | x | 5 | 5 | | ", Code.SURVEY_SCORE_UNREADABLE, "D2"),
    ],
)
def test_what_is_wrong_gives_a_finding_and_no_result(
    tmp_path: Path, row: str, code: FindingCode, cell: str
) -> None:
    campaign = with_survey(tmp_path, HEAD + row)
    assert said(campaign) == [(code, cell)]
    assert campaign.findings[0].is_error
    assert campaign.survey_results == ()


@pytest.mark.parametrize(
    ("row", "score"),
    [
        ("1.3 | | | | 60 | | | |", None),  # 100 %, were a blank 0
        ("1.3 | | | | | | | 7 |", None),  # 0 %
        ("1.3 | | | | 60 | 40 | | |", None),
        ("1.3 | | | | | 40 | 15 | 5 |", None),  # none was quite content, were a blank 0
        ("1.3 | | | | 60 | 0 | 0 | 0 |", "2"),
        ("1.3 | | | | 60 | | | | 60", "2"),
        ("1.3 | | | 2 | 60 | | | |", "2"),
    ],
)
def test_a_blank_count_is_asked_about_unless_something_bears_it_out(
    tmp_path: Path, row: str, score: str | None
) -> None:
    campaign = with_survey(tmp_path, HEAD + row)
    if score is None:
        assert [code for code, _ in said(campaign)] == [Code.SURVEY_COUNT_BLANK]
        assert campaign.survey_results == ()
        assert any(f.is_error for f in campaign.findings)
    else:
        assert said(campaign) == []
        assert [r.score for r in campaign.survey_results] == [Decimal(score)]


def test_a_name_that_differs_by_a_slip_is_still_the_row(tmp_path: Path) -> None:
    campaign = with_survey(tmp_path, HEAD + "1.2 | Ý kiến của người  dân. | | 1")
    assert campaign.findings == ()
    assert campaign.survey_results[0].criterion == leaf_by_code(campaign, "1.2")


def test_a_code_that_excel_made_a_number_of_is_told_by_the_name(tmp_path: Path) -> None:
    text = "STT | Tiêu chí | Điểm\n1.1 | Ý kiến của công chức | 1"
    campaign = with_survey(tmp_path, text, cells={"A2": 1.1})
    assert campaign.findings == ()
    assert campaign.survey_results[0].criterion == leaf_by_code(campaign, "1.10")
    alone = with_survey(tmp_path / "b", "STT | Tiêu chí | Điểm\n1.1 | | 1", cells={"A2": 1.1})
    assert said(alone) == [(Code.SURVEY_ROW_UNKNOWN, "A2")]
    assert alone.findings[0].candidates == ("1.1 Tự chấm", "1.10 Ý kiến của công chức")


def test_a_rounded_score_beside_its_counts_is_no_contradiction(tmp_path: Path) -> None:
    # 3 × (1 + 1 × 60 %) ÷ 3 = 1,6; 3 × 1 ÷ 7 = 0,428571…
    campaign = with_survey(tmp_path, HEAD + "1.2 | | | 0,43 | 1 | | | 6 | 7")
    assert campaign.findings == ()
    assert campaign.survey_results[0].score == 3 * (D(1) / 7)


def test_real_numbers_and_percentages(tmp_path: Path) -> None:
    path = add_sheet(campaign_file(tmp_path, criteria=CRITERIA), SHEET, "STT | Điểm\n1.2 |\n1.3 |")
    book = openpyxl.load_workbook(path)
    book[SHEET]["B2"].value = 2.55
    book[SHEET]["B3"].value = 0.85
    book[SHEET]["B3"].number_format = "0%"
    book.save(path)
    campaign = load_campaign(path)
    assert said(campaign) == [(Code.SURVEY_SCORE_UNREADABLE, "B3")]
    assert [r.score for r in campaign.survey_results] == [D("2.55")]


def test_formulas_without_a_value_and_error_cells_are_no_results(tmp_path: Path) -> None:
    campaign = with_survey(
        tmp_path, HEAD + "1.2 |\n1.3 |", cells={"D2": "=1+1", "E3": "#N/A", "F3": 5}
    )
    assert said(campaign) == [(Code.FORMULA_WITHOUT_VALUE, "D2"), (Code.ERROR_CELL, "E3")]
    assert campaign.survey_results == ()


@pytest.mark.parametrize("heading", ["Bình thường", "Mức 5", "Hài lòng (160%)"])
def test_numbers_under_a_heading_without_weight_are_not_passed_over(
    tmp_path: Path, heading: str
) -> None:
    text = f"STT | Điểm | Tốt (100%) | {heading} | Ghi chú\n1.2 | | 5 | 5 | tốt"
    campaign = with_survey(tmp_path, text)
    assert said(campaign) == [(Code.SURVEY_COLUMN_UNKNOWN, "D1")]


def test_fewer_or_more_levels_have_no_usual_weights(tmp_path: Path) -> None:
    campaign = with_survey(tmp_path, "STT | Điểm | Mức 1 | Mức 2 | Mức 3\n1.2 | | 5 | 5 | 5")
    assert said(campaign) == [(Code.SURVEY_COLUMN_UNKNOWN, cell) for cell in ("C1", "D1", "E1")]


def test_a_unit_without_a_part_in_the_row_is_asked_about(tmp_path: Path) -> None:
    campaign = with_survey(tmp_path, HEAD + "1.3 | | P1 | 1")
    assert said(campaign) == [(Code.SURVEY_UNIT_WITHOUT_PART, "C2")]
    assert not campaign.findings[0].is_error


def test_a_row_that_does_not_apply_takes_no_result(tmp_path: Path) -> None:
    criteria = CRITERIA.replace("Khảo sát", "Không áp dụng")
    path = add_sheet(campaign_file(tmp_path, criteria=criteria), SHEET, "STT | Điểm\n1.4 | 1")
    campaign = load_campaign(path)
    assert said(campaign) == [(Code.SURVEY_ROW_NOT_SURVEY, "A2")]


def test_a_sheet_without_any_place_for_results(tmp_path: Path) -> None:
    campaign = with_survey(tmp_path, "STT | Tiêu chí\n1.2 | Ý kiến của người dân")
    assert said(campaign) == [(Code.MISSING_COLUMN, "A1")]


def test_results_that_are_there_count_and_others_are_pending(tmp_path: Path) -> None:
    campaign = with_survey(tmp_path, "STT | Điểm\n1.2 | 2\n1.3 | 0\n1.10 |")
    data = consolidate(campaign, Returns(), as_of=days.AFTER_DEADLINE)
    by_code = {leaf.criterion.code: leaf for leaf in data.leaves}
    assert [by_code[code].survey for code in ("1.2", "1.3", "1.10")] == [D(2), D(0), None]
    assert by_code["1.10"].state is LeafState.SURVEY
    total = data.total
    assert (total.survey_score, total.survey_max, total.survey_pending) == (D(2), D(5), D(14))


def test_a_new_campaign_lists_the_rows_that_await_results(tmp_path: Path) -> None:
    campaign = load_campaign(EXAMPLE)
    sheet: Any = openpyxl.load_workbook(EXAMPLE / "dot-cham.xlsx")[SHEET]
    listed = [str(sheet.cell(r, 1).value or "") for r in range(3, sheet.max_row + 1)]
    surveys = [leaf.code for leaf in campaign.leaves if not leaf.is_self_scored]
    assert listed == surveys
    assert len(listed) == 21
    assert campaign.survey_results == ()
    assert {f.code for f in campaign.findings} == {Code.ILLUSTRATIVE}


def test_the_sheet_of_a_new_campaign_can_be_filled_in(tmp_path: Path) -> None:
    cchc("khoi-tao", tmp_path / "dot", "--tu", EXAMPLE / "dot-cham.xlsx")
    path = tmp_path / "dot/dot-cham.xlsx"
    book: Any = openpyxl.load_workbook(path)
    sheet = book[SHEET]
    headings = [str(c.value) for c in sheet[2]]
    for heading, count in zip(headings[-4:], (10, 5, 5, 0), strict=True):
        sheet.cell(3, headings.index(heading) + 1).value = count
    book.save(path)
    campaign = load_campaign(path)
    (result,) = campaign.survey_results
    assert result.criterion == leaf_by_code(campaign, "1.5.1")
    assert result.score == D("0.7")  # 1 × (10 + 3 + 1) ÷ 20


def test_kiem_tra_tells_of_which_surveys_results_are_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with_survey(tmp_path, "STT | Điểm\n1.2 | 2")
    assert cchc("kiem-tra", tmp_path) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "Đơn vị tự chấm: 1" in out
    assert "Điều tra xã hội học, SIPAS: 5" in out
    assert "1 dòng đã có, 4 dòng chưa có" in out
