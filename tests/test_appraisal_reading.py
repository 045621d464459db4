"""Reading the reviewers' workbooks: mangled, doubled, of something else."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from cchc_office.catalogue.findings import Code, FindingCode
from cchc_office.model import USUAL_REQUEST, Answer, ReturnKind
from cchc_office.papers.appraisal.layout import APPRAISAL_SHEET
from cchc_office.papers.form.layout import HIDDEN_SHEET
from cchc_office.results.appraisal_rows import says_something
from cchc_office.steps.papers import explanations

from .appraisal_files import (  # noqa: F401 - fixtures
    KEYS,
    SAVED,
    D,
    all_findings,
    codes,
    filled,
    is_as_filled,
    marked,
    place,
    read,
    said,
    without_marks,
)
from .appraised import Place, Table
from .calls import made
from .sheets import fill_form

# ruff: noqa: F811


# --- cells ---


@pytest.mark.parametrize(
    ("typed", "answer", "score", "code"),
    [
        (0.5, Answer.SCORED, "0.5", None),
        (0, Answer.SCORED, "0", None),
        (1, Answer.SCORED, "1", None),
        ("0,5", Answer.SCORED, "0.5", Code.SCORE_READ_FROM_TEXT),
        (" không  áp dụng", Answer.NOT_APPLICABLE, None, None),
        (1.01, Answer.UNUSABLE, None, Code.APPRAISED_ABOVE_MAX),
        (-0.5, Answer.UNUSABLE, None, Code.APPRAISED_NEGATIVE),
        ("đạt", Answer.UNUSABLE, None, Code.APPRAISED_UNREADABLE),
        ("1.250", Answer.UNUSABLE, None, Code.APPRAISED_UNREADABLE),
        (0.125, Answer.SCORED, "0.125", Code.SCORE_TOO_FINE),
        ("=1/0", Answer.UNUSABLE, None, Code.APPRAISED_WITHOUT_VALUE),
        (dt.datetime(2024, 5, 1), Answer.UNUSABLE, None, Code.APPRAISED_UNREADABLE),
    ],
)
def test_what_stands_in_a_score_cell(
    place: Place, typed: Any, answer: Answer, score: str | None, code: FindingCode | None
) -> None:
    table = Table(place.issue())
    table.sign()
    table.type("VP|1.1", score=typed)
    result = read(place, table)
    leaf = said(place, result)["VP|1.1"]
    assert (leaf.answer, leaf.score) == (answer, None if score is None else D(score))
    assert codes(result) == ([code] if code else [])
    if code:
        [finding] = all_findings(result)
        cell = table.cell("VP|1.1", "Điểm thẩm định").coordinate
        assert (finding.sheet, finding.cell) == (APPRAISAL_SHEET, cell)
        assert (finding.unit, finding.criterion) == ("VP", place.id("1.1"))
        assert "(VP)" in finding.about


def test_a_score_that_cannot_be_used_leaves_what_stood_before(place: Place) -> None:
    table = Table(place.issue())
    table.sign()
    table.type("VP|1.1", score="?")
    table.save(place.appraisals / "a.xlsx")
    data = place.data()
    assert data.total.final == data.total.score


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("x", USUAL_REQUEST),
        ("Có", USUAL_REQUEST),
        ("Nêu số văn bản", "Nêu số văn bản"),
        ("Không có tài liệu kiểm chứng", "Không có tài liệu kiểm chứng"),
        ("Đạt 3 trên 5 văn bản, bổ sung 2 văn bản", "Đạt 3 trên 5 văn bản, bổ sung 2 văn bản"),
        ("Đất đai: hồ sơ quá hạn", "Đất đai: hồ sơ quá hạn"),
        ("không", ""),
        ("Không có.", ""),
        ("Đồng ý", ""),
        ("NHẤT TRÍ", ""),
        ("Nhất trí với điểm tự chấm", ""),
        ("Đạt", ""),
        ("-", ""),
        (None, ""),
    ],
)
def test_what_asks_for_an_explanation(place: Place, typed: str | None, wanted: str) -> None:
    table = Table(place.issue())
    table.sign()
    table.type("VP|1.1", request=typed)
    result = read(place, table)
    assert said(place, result)["VP|1.1"].request == wanted
    assert codes(result) == ([] if typed else [Code.APPRAISAL_AGREES])


@pytest.mark.parametrize("typed", ["Đồng ý theo báo cáo", "đạt 3/5 văn bản", "Nhất trí một phần"])
def test_what_may_agree_or_ask_is_asked_and_told(place: Place, typed: str) -> None:
    table = Table(place.issue())
    table.sign()
    table.type("VP|1.1", request=typed)
    result = read(place, table)
    assert said(place, result)["VP|1.1"].request == typed
    [finding] = all_findings(result)
    assert (finding.code, finding.found) == (Code.REQUEST_UNCLEAR, typed)
    assert table.cell("VP|1.1", table.HEADINGS["request"]).coordinate == finding.cell


def test_who_only_agrees_asks_nobody(place: Place, tmp_path: Path) -> None:
    table = Table(place.issue())
    table.sign()
    for key in KEYS:
        table.type(key, request="Đồng ý", opinion="Nhất trí")
    table.save(place.appraisals / "a.xlsx")
    assert place.data().rounds == 1
    assert made(place.data(), tmp_path / "ra", explanations()).written == ()


# --- who and when ---


@pytest.mark.parametrize(
    ("by", "on", "expected", "code"),
    [
        ("Tổ A", dt.datetime(2024, 12, 10), ("Tổ A", dt.date(2024, 12, 10)), []),
        ("Tổ A", "10/12/2024", ("Tổ A", dt.date(2024, 12, 10)), []),
        (None, "10/12/2024", ("", dt.date(2024, 12, 10)), [Code.REVIEWER_MISSING]),
        ("Tổ A", None, ("Tổ A", None), [Code.APPRAISAL_DAY_MISSING]),
        ("Tổ A", "tháng 12", ("Tổ A", None), [Code.APPRAISAL_DAY_UNREADABLE]),
    ],
)
def test_who_appraised_and_when(
    place: Place, by: Any, on: Any, expected: tuple[str, dt.date | None], code: list[FindingCode]
) -> None:
    table = Table(place.issue())
    table.sign(by, on)
    table.type("VP|1.1", score=0.5)
    result = read(place, table)
    leaf = said(place, result)["VP|1.1"]
    assert (leaf.by, leaf.on) == expected
    assert codes(result) == code


def test_a_workbook_in_which_nothing_was_filled_in_does_not_count(place: Place) -> None:
    result = read(place, Table(place.issue()))
    assert result.appraisal is None
    assert codes(result) == [Code.APPRAISAL_EMPTY]
    assert place.data().rounds == 0


def test_a_signed_workbook_without_scores_agrees_with_everything(place: Place) -> None:
    table = Table(place.issue())
    table.sign()
    table.save(place.appraisals / "a.xlsx")
    data = place.data()
    assert data.rounds == 1
    assert data.total.round_1 == data.total.score
    (told,) = (f for f in data.findings if f.code is Code.APPRAISAL_AGREES)
    assert told.sentence.startswith("Bảng thẩm định lần 1 ")


def test_a_score_in_the_column_of_the_round_before_is_not_passed_over_unsaid(place: Place) -> None:
    table = Table(place.issue())
    table.sign()
    table.type("VP|1.1", score=0.5)
    table.save(place.appraisals / "a.xlsx")
    second = Table(place.issue(2))
    second.sign()
    result = read(place, second)
    assert codes(result) == [Code.APPRAISAL_AGREES]
    assert {leaf.answer for leaf in said(place, result).values()} == {Answer.BLANK}


# --- mangled ---


def reverse(sheet: Any, first: int, last: int, from_column: int) -> None:
    rows = [
        [sheet.cell(r, c).value for c in range(from_column, 16)] for r in range(first, last + 1)
    ]
    for row, values in zip(range(first, last + 1), reversed(rows), strict=True):
        for column, value in enumerate(values, start=from_column):
            sheet.cell(row, column).value = value


def test_rows_that_were_sorted_are_known_by_their_ids(place: Place) -> None:
    table = filled(place)
    reverse(table.sheet, 8, 12, 1)
    result = read(place, table)
    assert is_as_filled(place, result)
    assert codes(result) == []


def test_rows_that_were_sorted_without_the_hidden_column_are_known_by_their_words(
    place: Place,
) -> None:
    table = filled(place)
    reverse(table.sheet, 8, 12, 2)
    result = read(place, table)
    assert is_as_filled(place, result)
    assert codes(result) == [Code.APPRAISAL_IDS_MIXED_UP]


def test_rows_without_ids_are_known_by_code_name_and_unit(place: Place) -> None:
    table = filled(place)
    table.sheet.delete_cols(1)
    result = read(place, table)
    assert is_as_filled(place, result)
    assert codes(result) == []


def test_without_ids_and_units_only_rows_that_can_be_one_alone_are_read(place: Place) -> None:
    table = filled(place)
    table.sheet.delete_cols(table.columns["Mã đơn vị"])
    table.sheet.delete_cols(1)
    result = read(place, table)
    assert sorted(said(place, result)) == ["VP|1.1", "VP|1.2", "VP|2.1"]
    assert codes(result) == [Code.APPRAISAL_ROW_UNKNOWN, Code.APPRAISAL_ROW_UNKNOWN]


def test_inserted_rows_and_columns_and_another_name_of_the_sheet_do_no_harm(place: Place) -> None:
    table = filled(place)
    table.sheet.insert_rows(9)
    table.sheet.insert_cols(5)
    table.sheet.title = "Sheet1"
    table.book.create_sheet("Ghi chép")["A1"] = "của tôi"
    result = read(place, table)
    assert is_as_filled(place, result)
    assert codes(result) == []


def test_rows_that_were_taken_out_say_nothing(place: Place) -> None:
    table = filled(place)
    table.sheet.delete_rows(table.rows["VP|1.1"])
    result = read(place, table)
    assert sorted(said(place, result)) == sorted(KEYS[1:])
    assert codes(result) == []


def test_a_row_that_is_there_twice_is_told(place: Place) -> None:
    table = filled(place)
    last = table.sheet.max_row + 1
    for column in range(1, table.sheet.max_column + 1):
        value = table.sheet.cell(table.rows["VP|1.1"], column).value
        table.sheet.cell(last, column).value = value
    table.sheet.cell(last, table.columns["Điểm thẩm định"]).value = 1
    result = read(place, table)
    assert said(place, result)["VP|1.1"].score == 0
    [finding] = all_findings(result)
    assert (finding.code, finding.cell) == (Code.APPRAISAL_ROW_TWICE, f"C{last}")


def test_a_row_of_nobody_is_told_where_something_is_typed(place: Place) -> None:
    table = filled(place)
    last = table.sheet.max_row + 2
    table.sheet.cell(last, 2).value = "9.9"
    table.sheet.cell(last, 3).value = "Tiêu chí khác"
    table.sheet.cell(last, table.columns["Điểm thẩm định"]).value = 1
    result = read(place, table)
    assert is_as_filled(place, result)
    [finding] = all_findings(result)
    assert finding.code is Code.APPRAISAL_ROW_UNKNOWN
    assert finding.found == "9.9 Tiêu chí khác"


@pytest.mark.parametrize("heading", ["Điểm thẩm định", "Ý kiến thẩm định", "Yêu cầu giải trình"])
def test_a_column_that_is_gone_is_told(place: Place, heading: str) -> None:
    table = filled(place)
    table.sheet.delete_cols(table.columns[heading])
    result = read(place, table)
    [finding] = all_findings(result)
    assert (finding.code, finding.expected) == (Code.APPRAISAL_COLUMN_MISSING, heading)


@pytest.mark.parametrize("heading", ["Điểm thẩm định", "Ý kiến thẩm định", "Yêu cầu giải trình"])
@pytest.mark.parametrize("now", ["{} của tổ", "Phần của tổ"])
def test_a_renamed_column_is_one_finding_at_its_cell(place: Place, heading: str, now: str) -> None:
    table = filled(place)
    cell = table.sheet.cell(table.heading, table.columns[heading])
    cell.value = now.format(heading)
    [finding] = all_findings(read(place, table))
    assert (finding.code, finding.cell) == (Code.RETURN_COLUMN_RENAMED, cell.coordinate)
    assert (finding.found, finding.expected) == (cell.value, heading)


@pytest.mark.parametrize("heading", ["Điểm hội đồng", None])
def test_a_column_that_reviewers_added_is_told(place: Place, heading: str | None) -> None:
    table = filled(place)
    added, row = table.sheet.max_column + 1, table.rows["VP|1.1"]
    table.sheet.cell(table.heading, added).value = heading
    assert codes(read(place, table)) == []
    table.sheet.cell(row, added).value = "trừ thêm"
    result = read(place, table)
    assert is_as_filled(place, result)
    [finding] = all_findings(result)
    assert (finding.code, finding.found) == (Code.APPRAISAL_COLUMN_ADDED, heading or "trừ thêm")
    assert finding.cell == table.sheet.cell(row, added).coordinate


def test_a_name_that_was_changed_is_told_and_the_id_believed(place: Place) -> None:
    table = filled(place)
    table.cell("VP|1.1", "Tiêu chí").value = "Kế hoạch khác"
    result = read(place, table)
    assert is_as_filled(place, result)
    assert codes(result) == [Code.FORM_NAME_CHANGED]


# --- which campaign, which round ---


@pytest.mark.parametrize(
    ("marks", "code"),
    [
        ({"campaign": "CCHC-2023-STN"}, Code.APPRAISAL_OF_OTHER_CAMPAIGN),
        ({"campaign": "CCHC-2024-SKH"}, Code.APPRAISAL_OF_OTHER_CAMPAIGN),
        ({"version": "9"}, Code.APPRAISAL_OF_OTHER_CAMPAIGN),
        ({"round": "7"}, Code.APPRAISAL_ROUND_UNKNOWN),
    ],
)
def test_a_workbook_of_something_else_does_not_count(
    place: Place, marks: dict[str, str], code: FindingCode
) -> None:
    result = read(place, marked(filled(place), **marks))
    assert result.appraisal is None
    assert codes(result) == [code]


def test_a_workbook_without_marks_is_known_by_its_title(place: Place) -> None:
    result = read(place, without_marks(filled(place)))
    assert is_as_filled(place, result)
    assert codes(result) == [Code.APPRAISAL_KNOWN_BY_TITLE]


def test_a_workbook_without_marks_and_title_is_asked_about(place: Place) -> None:
    table = without_marks(filled(place))
    table.sheet.merged_cells.ranges.clear()
    table.sheet.cell(2, 2).value = None
    result = read(place, table)
    assert result.appraisal is None
    assert codes(result) == [Code.APPRAISAL_ROUND_UNKNOWN]


def test_a_workbook_without_its_hidden_sheet_is_known_by_its_properties(place: Place) -> None:
    table = filled(place)
    del table.book[HIDDEN_SHEET]
    result = read(place, table)
    assert is_as_filled(place, result)
    assert codes(result) == []


def test_a_workbook_whose_headings_are_gone_is_told(place: Place) -> None:
    table = filled(place)
    table.sheet.delete_rows(table.heading)
    assert codes(read(place, table)) == [Code.APPRAISAL_HEADINGS_MISSING]


# --- several reviewers ---


def two(place: Place, first: dict[str, Any], second: dict[str, Any]) -> None:
    """Save two workbooks of the reviewers, the second an hour after the first."""
    for name, values, hours in (("z-truoc.xlsx", first, 0), ("a-sau.xlsx", second, 1)):
        table = Table(place.issue())
        table.sign(f"Tổ {name}")
        table.type("VP|1.2", **values)
        table.save(place.appraisals / name, SAVED + dt.timedelta(hours=hours))


def test_the_later_of_two_reviewers_counts_and_the_difference_is_told(place: Place) -> None:
    two(place, {"score": 1.5, "opinion": "A"}, {"score": 1, "opinion": "B"})
    gathered = place.gathered()
    assert place.data().leaf(place.campaign.criterion(place.id("1.2"))).rounds == (D(1),)  # type: ignore[union-attr]
    [finding] = [f for f in gathered.findings if f.code is Code.APPRAISALS_DIFFER]
    assert (finding.file, finding.candidates) == ("z-truoc.xlsx", ("a-sau.xlsx",))
    assert (finding.found, finding.expected) == (
        "điểm: 1,5; ý kiến: A",
        "điểm: 1; ý kiến: B",
    )
    assert [a.file for a in gathered.appraisals] == ["z-truoc.xlsx", "a-sau.xlsx"]


def test_what_only_one_of_two_reviewers_says_stands(place: Place) -> None:
    two(place, {"score": 1.5, "opinion": "A", "request": "x"}, {})
    gathered = place.gathered()
    assert [f for f in gathered.findings if f.code is Code.APPRAISALS_DIFFER] == []
    data = place.data()
    assert data.leaf(place.campaign.criterion(place.id("1.2"))).rounds == (D("1.5"),)  # type: ignore[union-attr]


def test_a_mended_workbook_takes_the_place_of_its_reviewers_earlier_one(place: Place) -> None:
    first, second = Table(place.issue()), Table(place.issue())
    for table in (first, second):
        table.sign("Tổ thẩm định")
    first.type("VP|1.1", score="khoảng 1", opinion="A")
    first.type("VP|1.2", score=1.5, opinion="A", request="x")
    first.type("P1|1.3", score=0.5, opinion="Thiếu báo cáo")
    second.type("VP|1.1", score=0.75, opinion="A")
    second.type("VP|1.2", score=1, opinion="B", request="Gửi số liệu")
    first.save(place.appraisals / "truoc.xlsx", SAVED)
    second.save(place.appraisals / "sua.xlsx", SAVED + dt.timedelta(hours=1))
    gathered = place.gathered()
    [told] = [f for f in place.data().findings if f.file == "truoc.xlsx"]
    assert told.sentence == (
        "Cùng người thẩm định đã gửi bản lưu sau (“sua.xlsx”), thay bản này ở 2 dòng; phần còn "
        "lại của bản này vẫn được tính."
    )
    earlier, later = gathered.appraisals
    said = [x for x in earlier.leaves if says_something(x)]
    assert [(x.unit, x.score) for x in said] == [("P1", D("0.5"))]
    assert [x.score for x in later.leaves if says_something(x)] == [D("0.75"), D(1)]
    # Nothing of the earlier one is left: it is none that counts.
    second.type("P1|1.3", score=0.25, opinion="Thiếu báo cáo")
    second.save(place.appraisals / "sua.xlsx", SAVED + dt.timedelta(hours=1))
    gathered = place.gathered()
    assert [a.file for a in gathered.appraisals] == ["sua.xlsx"]
    files = [f for f in gathered.files if f.kind is ReturnKind.APPRAISAL]
    assert [(f.file, f.counted) for f in files] == [("sua.xlsx", True), ("truoc.xlsx", False)]


def test_a_cell_that_the_mended_workbook_leaves_blank_stands(place: Place) -> None:
    first, second = Table(place.issue()), Table(place.issue())
    for table in (first, second):
        table.sign("Tổ thẩm định")
    first.type("VP|1.2", score=1.5, opinion="A")
    second.type("VP|1.2", opinion="B")
    first.save(place.appraisals / "truoc.xlsx", SAVED)
    second.save(place.appraisals / "sua.xlsx", SAVED + dt.timedelta(hours=1))
    row = place.campaign.criterion(place.id("1.2"))
    assert place.data().leaf(row).rounds == (D("1.5"),)  # type: ignore[union-attr]
    told = [f.code for f in place.data().findings if f.file in ("truoc.xlsx", "sua.xlsx")]
    assert told == [Code.APPRAISAL_MENDED]


def test_the_same_workbook_twice_counts_once(place: Place) -> None:
    table = filled(place)
    table.save(place.appraisals / "a.xlsx")
    table.save(place.returns / "ban sao.xlsx")
    gathered = place.gathered()
    assert len(gathered.appraisals) == 1
    assert [f.code for f in gathered.findings if f.file in ("a.xlsx", "ban sao.xlsx")] == [
        Code.SAME_RETURN_AGAIN
    ]
    assert sorted(f.counted for f in gathered.files if f.kind is ReturnKind.APPRAISAL) == [
        False,
        True,
    ]


# --- against the returns ---


def test_a_cut_without_a_word_is_told(place: Place) -> None:
    table = Table(place.issue())
    table.sign()
    table.type("VP|1.1", score=0.5)
    table.type("VP|1.2", score=1, opinion="Thiếu")
    table.type("P2|1.3", score=2)
    table.type("VP|2.1", score=1)
    table.save(place.appraisals / "a.xlsx")
    found = [f for f in place.gathered().findings if f.code is Code.OPINION_MISSING]
    assert [(f.criterion, f.expected, f.found) for f in found] == [
        (place.id("1.1"), "1,00", "0,50"),
        (place.id("2.1"), "0,25", "1,00"),
    ]


def test_a_self_score_that_changed_since_is_told(place: Place) -> None:
    table = Table(place.issue())
    table.sign()
    table.type("VP|1.1", score=0.5, opinion="Thiếu")
    table.type("VP|1.2", opinion="Được")
    table.save(place.appraisals / "a.xlsx")
    assert [f for f in place.gathered().findings if f.code is Code.SELF_SCORE_CHANGED_SINCE] == []
    fill_form(place.returns / "CCHC-2024-VP.xlsx", {"1.1": {"score": 0.75}, "2.1": {"score": 0}})
    [finding] = [f for f in place.gathered().findings if f.code is Code.SELF_SCORE_CHANGED_SINCE]
    assert (finding.criterion, finding.found, finding.expected) == (place.id("1.1"), "1,00", "0,75")
