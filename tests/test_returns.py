"""Reading what comes back: every problem by file, sheet and cell."""

from __future__ import annotations

import datetime as dt
import io
import os
import re
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import openpyxl.styles
import openpyxl.worksheet.formula
import pytest

from cchc_office.campaign import load_campaign
from cchc_office.catalogue.findings import Code, Finding
from cchc_office.decree30.figures import DEFAULT_PROFILE
from cchc_office.model import Answer, Campaign, LeafReturn, Returns, UnitReturn
from cchc_office.papers.form.layout import COLUMNS, NOT_APPLICABLE, PLACES, SCORE_SHEET
from cchc_office.papers.form.writer import build_form
from cchc_office.papers.report import build_report
from cchc_office.results.consolidation import consolidate
from cchc_office.returns import gather_returns, read_returns, return_files

from .conftest import EXAMPLE
from .sheets import campaign_file, fill_form, form_rows_by_code, leaf_by_code

Issue = Callable[..., Path]


@pytest.fixture
def issue(tmp_path: Path, small: Campaign) -> Issue:
    def make(unit: str = "VP", name: str = "", **answers: dict[str, Any]) -> Path:
        path = tmp_path / "nhan-ve" / (name or f"CCHC-2024-{unit}.xlsx")
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(build_form(small, small.unit(unit), DEFAULT_PROFILE))
        filled = {code.replace("_", "."): values for code, values in answers.items()}
        fill_form(path, {code.lstrip("c"): v for code, v in filled.items()})
        return path

    return make


def read(path: Path, campaign: Campaign) -> Returns:
    return gathered(path.parent, campaign)


def gathered(paths: Path | list[Path], campaign: Campaign) -> Returns:
    return gather_returns(read_returns(paths, campaign), campaign)


def leaf(returns: Returns, campaign: Campaign, code: str) -> LeafReturn:
    returned: UnitReturn = returns.returns[0]
    return next(x for x in returned.leaves if x.criterion == leaf_by_code(campaign, code))


def all_findings(returns: Returns) -> list[Finding]:
    return [*returns.findings, *(f for r in returns.returns for f in r.findings)]


def codes(returns: Returns) -> list[tuple[str, str]]:
    return [(f.code.name, f.cell) for f in all_findings(returns)]


def of_example() -> Campaign:
    return load_campaign(EXAMPLE)


def test_every_problem_in_the_examples_returns_is_found() -> None:
    returns = gathered(EXAMPLE / "nhan-ve", of_example())
    own = [f for r in returns.returns for f in r.findings]
    assert returns.findings == ()
    assert [(f.code.slug, f.file, f.sheet, f.cell) for f in own] == [
        ("diem-go-chu", "CCHC-2024-VP.xlsx", "Phiếu chấm", "F12"),
        ("khong-ap-dung", "CCHC-2024-VP.xlsx", "Phiếu chấm", "G51"),
        ("thieu-diem", "CCHC-2024-VP.xlsx", "Phiếu chấm", "F53"),
        ("vuot-diem-toi-da", "CCHC-2024-TTra.xlsx", "Phiếu chấm", "F29"),
        ("thieu-tai-lieu", "CCHC-2024-KHTCTH (1).xlsx", "Phiếu chấm", "I27"),
        ("dien-o-dieu-tra", "CCHC-2024-KHTCTH (1).xlsx", "Phiếu chấm", "F33"),
        ("ten-tep-khac", "bản chốt.xlsx", "", ""),
    ]
    for finding in own:
        cell_says_so(finding)


@pytest.mark.parametrize("name", ["QLCN.xlsx", "phieu cua QLCN (1).xlsx", "qlcn.xlsx"])
def test_a_units_code_in_a_files_name_tells_whose_it_is(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes((EXAMPLE / "nhan-ve/bản chốt.xlsx").read_bytes())
    [only] = gathered(tmp_path, of_example()).returns
    assert only.unit == "QLCN"
    assert "ten-tep-khac" not in [finding.code.slug for finding in only.findings]


def cell_says_so(finding: Finding) -> None:
    """Hold a finding against the file itself: its cell lies in the row of its criterion."""
    if not finding.cell:
        return
    sheet: Any = openpyxl.load_workbook(EXAMPLE / "nhan-ve" / finding.file)[finding.sheet]
    row = sheet[finding.cell].row
    assert sheet.cell(row, PLACES["code"] + 1).value == finding.about.split(" ")[0]


def test_units_are_known_by_what_is_inside() -> None:
    returns = gathered(EXAMPLE / "nhan-ve", of_example())
    assert {r.unit for r in returns.returns} == {
        "VP",
        "TTra",
        "KHTCTH",
        "QLCN",
        "QLTM",
        "QLNL",
        "TTKC",
    }
    assert {f.file: f.unit for f in returns.files}["bản chốt.xlsx"] == "QLCN"
    assert all(f.counted for f in returns.files)


@pytest.mark.parametrize(
    ("typed", "score"),
    [(0.75, "0.75"), (1, "1"), (0, "0"), ("0,5", "0.5"), ("½", "0.5"), (" 0.5 điểm", "0.5")],
)
def test_scores_that_are_plain(small: Campaign, issue: Issue, typed: object, score: str) -> None:
    path = issue(c1_1_1={"score": typed, "evidence": "KH 1"}, c1_1_2={"score": 1, "evidence": "x"})
    answer = leaf(read(path, small), small, "1.1.1")
    assert (answer.answer, answer.score) == (Answer.SCORED, Decimal(score))


@pytest.mark.parametrize(
    ("typed", "code", "answer"),
    [
        (None, "SCORE_MISSING_WITH_EVIDENCE", Answer.BLANK),
        (1.5, "SCORE_ABOVE_MAX", Answer.UNUSABLE),
        (-0.5, "SCORE_NEGATIVE", Answer.UNUSABLE),
        ("1.250", "SCORE_UNREADABLE", Answer.UNUSABLE),
        ("0,5 (thiếu 01 báo cáo)", "SCORE_UNREADABLE", Answer.UNUSABLE),
        ("50%", "SCORE_UNREADABLE", Answer.UNUSABLE),
        (dt.datetime(2024, 1, 5), "SCORE_UNREADABLE", Answer.UNUSABLE),
        (True, "SCORE_UNREADABLE", Answer.UNUSABLE),
        ("#N/A", "SCORE_ERROR_CELL", Answer.UNUSABLE),
        ("=1-0.5", "SCORE_FORMULA_WITHOUT_VALUE", Answer.UNUSABLE),
        (0.123, "SCORE_TOO_FINE", Answer.SCORED),
        ("Không áp dụng", "NOT_APPLICABLE", Answer.NOT_APPLICABLE),
    ],
)
def test_scores_that_are_not(
    small: Campaign, issue: Issue, typed: object, code: str, answer: Answer
) -> None:
    path = issue(c1_1_1={"score": typed, "evidence": "KH 1"}, c1_1_2={"score": 1, "evidence": "x"})
    returns = read(path, small)
    assert codes(returns) == [(code, "F8")]
    assert leaf(returns, small, "1.1.1").answer is answer


def test_blank_zero_and_not_applicable_are_three_things(small: Campaign, issue: Issue) -> None:
    path = issue(
        "VP",
        c1_1_1={"score": 0},
        c1_1_2={"applies": NOT_APPLICABLE, "result": "không phát sinh"},
    )
    returns = read(path, small)
    assert leaf(returns, small, "1.1.1").score == 0
    assert leaf(returns, small, "1.1.2").answer is Answer.NOT_APPLICABLE
    assert codes(returns) == [("NOT_APPLICABLE", "G9")]


def test_not_applicable_with_a_score_is_asked_about(small: Campaign, issue: Issue) -> None:
    answers = {"score": 1, "applies": NOT_APPLICABLE, "evidence": "x"}
    returns = read(issue(c1_1_1=answers, c1_1_2={"score": 0}), small)
    assert codes(returns) == [("NOT_APPLICABLE_WITH_SCORE", "F8")]


def test_what_a_supporting_unit_says_is_kept_and_its_score_is_not(
    small: Campaign, issue: Issue
) -> None:
    path = issue(
        "VP", c1_1_1={"score": 0}, c1_1_2={"score": 0}, c1_2={"score": 1, "result": "đã gửi"}
    )
    returns = read(path, small)
    assert codes(returns) == [("SUPPORT_SCORE_FILLED", "F10")]
    answer = leaf(returns, small, "1.2")
    assert (answer.answer, answer.score, answer.result) == (Answer.CONTRIBUTED, None, "đã gửi")


def test_rows_are_found_where_they_moved_to(small: Campaign, issue: Issue) -> None:
    path = issue(c1_1_1={"score": 0}, c1_1_2={"score": 2, "evidence": "x"})
    book = openpyxl.load_workbook(path)
    sheet = book[SCORE_SHEET]
    sheet.title = "Trang mới"
    sheet.delete_rows(form_rows_by_code(sheet)["1.1.1"])
    sheet.insert_rows(6, 3)
    sheet.insert_cols(4)
    sheet.cell(7, PLACES["name"] + 1).value = "ghi chú của đơn vị"
    book.save(path)
    returns = read(path, small)
    assert codes(returns) == [("FORM_ROW_MISSING", "")]
    assert leaf(returns, small, "1.1.2").score == 2
    assert leaf(returns, small, "1.1.2").source.cell == "G11"


def test_rows_without_their_hidden_ids_are_found_by_code_and_name(
    small: Campaign, issue: Issue
) -> None:
    path = issue(c1_1_1={"score": 0}, c1_1_2={"score": 2, "evidence": "x"})
    book = openpyxl.load_workbook(path)
    for row in range(1, 20):
        book[SCORE_SHEET].cell(row, 1).value = None
    book.save(path)
    returns = read(path, small)
    assert codes(returns) == []
    assert leaf(returns, small, "1.1.2").score == 2


def test_strange_rows_columns_and_maximums_are_told(small: Campaign, issue: Issue) -> None:
    path = issue(c1_1_1={"score": 0}, c1_1_2={"score": 2, "evidence": "x"})
    book = openpyxl.load_workbook(path)
    sheet = book[SCORE_SHEET]
    sheet["E9"].value = 5
    sheet["H5"].value = "Diễn giải"
    sheet["C20"].value, sheet["F20"].value = "Việc khác", 1
    book.save(path)
    assert codes(read(path, small)) == [
        ("RETURN_COLUMN_RENAMED", "H5"),
        ("FORM_ROW_UNKNOWN", "F20"),
        ("MAX_SCORE_CHANGED", "E9"),
    ]


@pytest.mark.parametrize("heading", ["{} (mới)", "Cột {}", "Mục khác"])
def test_a_renamed_heading_is_one_finding_at_its_cell(
    small: Campaign, issue: Issue, heading: str
) -> None:
    """Whatever it was renamed to, also that of the scores: not a finding for each row."""
    for place, column in list(enumerate(COLUMNS))[1:]:
        path = issue(c1_1_1={"score": 1, "evidence": "a"}, c1_1_2={"score": 2, "evidence": "x"})
        book = openpyxl.load_workbook(path)
        cell = book[SCORE_SHEET].cell(5, place + 1)
        cell.value = heading.format(column.heading.lower())
        book.save(path)
        told = [(f.code.name, f.cell, f.found, f.expected) for f in all_findings(read(path, small))]
        assert told == [("RETURN_COLUMN_RENAMED", cell.coordinate, cell.value, column.heading)], (
            column.heading
        )


def test_a_column_that_is_gone_is_told_with_those_that_are_there(
    small: Campaign, issue: Issue
) -> None:
    path = issue(c1_1_1={"score": 0}, c1_1_2={"score": 0})
    book = openpyxl.load_workbook(path)
    book[SCORE_SHEET]["H5"].value = None
    book.save(path)
    [finding] = all_findings(read(path, small))
    assert (finding.code.name, finding.cell) == ("FORM_COLUMN_MISSING", "A5")
    assert finding.expected == "Kết quả, giải trình"
    assert "Tài liệu kiểm chứng" in finding.found


def test_a_row_twice_counts_once(small: Campaign, issue: Issue) -> None:
    path = issue(c1_1_1={"score": 1, "evidence": "a"}, c1_1_2={"score": 2, "evidence": "x"})
    book = openpyxl.load_workbook(path)
    sheet = book[SCORE_SHEET]
    for c in range(1, 11):
        sheet.cell(20, c).value = sheet.cell(8, c).value
    sheet["F20"].value = 0.5
    book.save(path)
    returns = read(path, small)
    assert codes(returns) == [("FORM_ROW_TWICE", "C20")]
    assert leaf(returns, small, "1.1.1").score == 1


def test_identical_copies_are_one(small: Campaign, issue: Issue) -> None:
    issue(c1_1_1={"score": 1, "evidence": "a"}, c1_1_2={"score": 0})
    path = issue(
        name="CCHC-2024-VP (1).xlsx", c1_1_1={"score": 1, "evidence": "a"}, c1_1_2={"score": 0}
    )
    returns = read(path, small)
    assert codes(returns) == [("SAME_RETURN_AGAIN", "")]
    assert len(returns.returns) == 1


def test_of_different_returns_the_last_saved_counts(small: Campaign, issue: Issue) -> None:
    newer = issue(c1_1_1={"score": 1, "evidence": "a"}, c1_1_2={"score": 0})
    older = issue(name="CCHC-2024-VP final.xlsx", c1_1_1={"score": 0.5, "evidence": "a"})
    set_saved(newer, "2024-11-20T02:00:00Z")
    set_saved(older, "2024-11-10T02:00:00Z")
    returns = read(newer, small)
    assert returns.returns[0].file == newer.name
    assert returns.findings[0].code is Code.SEVERAL_RETURNS
    assert returns.findings[0].file == older.name
    assert [f.counted for f in returns.files] == [False, True]


def test_of_two_saved_in_one_second_it_is_asked_which_counts(small: Campaign, issue: Issue) -> None:
    one = issue(c1_1_1={"score": 1, "evidence": "a"}, c1_1_2={"score": 0})
    two = issue(name="CCHC-2024-VP (sửa).xlsx", c1_1_1={"score": 0.5, "evidence": "a"})
    for path in (one, two):
        set_saved(path, "2024-11-20T02:00:01Z")
        os.utime(path, (1732068000, 1732068000))
    asked = read(one, small).findings[0]
    assert asked.code is Code.RETURNS_SAVED_TOGETHER
    assert "cùng ghi là lưu 20/11/2024 09:00:01, nên không rõ bản nào sau" in asked.sentence
    assert "so chon" in asked.advice
    os.utime(two, (1732068100, 1732068100))
    returns = read(one, small)
    assert returns.returns[0].file == two.name
    set_saved(two, "2024-11-20T02:00:03Z")
    asked = read(one, small).findings[0]
    assert asked.code is Code.SEVERAL_RETURNS
    assert "(lưu 20/11/2024 09:00:01)" in asked.sentence


def set_saved(path: Path, time: str) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(packed, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                head, _, rest = content.partition(b"<dcterms:modified")
                content = head + b"<dcterms:modified" + rest.split(b">", 1)[0] + b">"
                content += time.encode() + b"<" + rest.split(b">", 1)[1].split(b"<", 1)[1]
            target.writestr(name, content)
    path.write_bytes(packed.getvalue())


def test_forms_of_another_campaign_version_or_unit(
    small: Campaign, issue: Issue, tmp_path: Path
) -> None:
    for cell, value, code in (
        ("B1", "CCHC-2023-STN", "OTHER_YEAR"),
        ("B1", "CCHC-2024-STC", "OTHER_CAMPAIGN"),
        ("B2", "P9", "UNIT_NOT_IN_CAMPAIGN"),
        ("B3", "0", "OTHER_FORM_VERSION"),
    ):
        path = issue()
        book = openpyxl.load_workbook(path)
        book["cchc"][cell].value = value
        book.save(path)
        assert codes(read(path, small)) == [(code, "")]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "FILE_EMPTY"),
        (b"%PDF-1.7 ...", "FILE_IS_PDF"),
        (b"<html><table></table></html>", "FILE_IS_HTML"),
        (b"PK\x03\x04 broken", "FILE_TRUNCATED"),
    ],
)
def test_files_that_are_no_workbook(
    small: Campaign, tmp_path: Path, content: bytes, code: str
) -> None:
    (tmp_path / "phieu.xlsx").write_bytes(content)
    assert codes(gathered([tmp_path / "phieu.xlsx"], small)) == [(code, "")]


def test_a_workbook_that_is_no_form(small: Campaign, tmp_path: Path) -> None:
    path = campaign_file(tmp_path / "other")
    assert codes(gathered([path], small)) == [("NOT_A_FORM", "")]


@pytest.mark.parametrize("address", ["XFD1048576", "A1048576", "XFD1"])
def test_a_far_cell_is_told_and_the_table_is_read(
    small: Campaign, issue: Issue, address: str
) -> None:
    path = issue(c1_1_1={"score": 0}, c1_1_2={"score": 2, "evidence": "x"})
    book = openpyxl.load_workbook(path)
    book[SCORE_SHEET][address].value = "x"
    book.save(path)
    returns = read(path, small)
    assert codes(returns) == [("CELLS_BEYOND_CAPS", address)]
    assert leaf(returns, small, "1.1.2").score == 2


def test_a_bomb_is_not_inflated(small: Campaign, tmp_path: Path) -> None:
    path = tmp_path / "bom.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * (120 * 1024 * 1024))
    assert codes(gathered([path], small)) == [("TOO_LARGE", "")]


def test_lock_files_are_left_out_and_folders_looked_into(tmp_path: Path) -> None:
    (tmp_path / "VP").mkdir()
    for name in ("~$a.xlsx", ".~lock.a.xlsx#", "VP/b.xlsx", "a.xlsx"):
        (tmp_path / name).write_bytes(b"")
    assert [p.relative_to(tmp_path).as_posix() for p in return_files(tmp_path)] == [
        "VP/b.xlsx",
        "a.xlsx",
    ]


def test_one_bad_workbook_stops_no_other(small: Campaign, issue: Issue) -> None:
    path = issue(c1_1_1={"score": 0}, c1_1_2={"score": 0})
    (path.parent / "hỏng.xlsx").write_bytes(b"PK\x03\x04")
    returns = read(path, small)
    assert [r.unit for r in returns.returns] == ["VP"]
    assert [f.code for f in returns.findings] == [Code.FILE_TRUNCATED]


def test_a_flipped_byte_inside_the_archive_is_a_finding(small: Campaign, issue: Issue) -> None:
    path = issue(c1_1_1={"score": 0}, c1_1_2={"score": 0})
    whole = path.read_bytes()
    for place in range(200, len(whole) - 200, 97):
        broken = bytearray(whole)
        broken[place] ^= 0xFF
        path.write_bytes(bytes(broken))
        returns = read(path, small)
        assert len(returns.returns) + len(returns.findings) >= 1


@pytest.mark.parametrize("number", [2.0241205e23, 1e308, 1e-300])
@pytest.mark.parametrize("cell", ["J8", "F8", "E8", "M3"])
def test_huge_numbers_anywhere_stop_nothing(
    small: Campaign, issue: Issue, number: float, cell: str
) -> None:
    path = issue(c1_1_1={"score": 0}, c1_1_2={"score": 0})
    book = openpyxl.load_workbook(path)
    book[SCORE_SHEET][cell].value = number
    book.save(path)
    assert read(path, small).returns


@pytest.mark.parametrize("time", ["9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "hôm qua"])
def test_an_absurd_save_date_is_no_date(small: Campaign, issue: Issue, time: str) -> None:
    path = issue(c1_1_1={"score": 0}, c1_1_2={"score": 0})
    set_saved(path, time)
    assert read(path, small).returns[0].saved is None


def test_an_empty_row_far_below_is_no_harm(small: Campaign, issue: Issue) -> None:
    path = issue(c1_1_1={"score": 0}, c1_1_2={"score": 0})
    book = openpyxl.load_workbook(path)
    sheet = book[SCORE_SHEET]
    sheet.row_dimensions[1048576].height = 15
    sheet["XFD900"].font = openpyxl.styles.Font(bold=True)
    book.save(path)
    returns = read(path, small)
    assert codes(returns) == []
    assert returns.returns


def test_what_is_typed_beside_a_heading_is_told(small: Campaign, issue: Issue) -> None:
    path = issue(c1_1={"result": "Đã làm"}, c1_1_1={"score": 0}, c1_1_2={"score": 0})
    assert codes(read(path, small)) == [("FORM_HEADING_FILLED", "H7")]


def test_a_second_sheet_like_the_form_is_told(small: Campaign, issue: Issue) -> None:
    path = issue(c1_1_1={"score": 0}, c1_1_2={"score": 0})
    book = openpyxl.load_workbook(path)
    book.copy_worksheet(book[SCORE_SHEET]).title = "Phiếu chấm (2)"
    book.save(path)
    assert codes(read(path, small)) == [("FORM_SHEETS_SEVERAL", "")]


def test_array_formulas_are_told_by_their_text(small: Campaign, issue: Issue) -> None:
    path = issue(c1_1_2={"score": 0})
    book = openpyxl.load_workbook(path)
    book[SCORE_SHEET]["F8"] = openpyxl.worksheet.formula.ArrayFormula("F8", "=SUM(E8:E8*1)")
    book.save(path)
    finding = read(path, small).returns[0].findings[0]
    assert finding.code is Code.SCORE_FORMULA_WITHOUT_VALUE
    assert finding.found == "=SUM(E8:E8*1)"


def test_a_formula_that_gives_an_empty_text_is_a_blank(small: Campaign, issue: Issue) -> None:
    """A program that calculates saves such a formula as an empty text, not without a value."""
    path = issue(c1_1_1={"score": '=IF(1=1,"","")'}, c1_1_2={"score": 0})
    packed = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(packed, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                before = content
                content = re.sub(
                    rb'(<c r="F8"[^>]*)>(<f>[^<]*</f>)<v(?: ?/|></v)>',
                    rb'\1 t="str">\2<v></v>',
                    content,
                )
                assert content != before
            target.writestr(name, content)
    path.write_bytes(packed.getvalue())
    assert codes(read(path, small)) == [("SCORE_MISSING", "F8")]


def test_returns_can_be_named_by_a_text_path(small: Campaign, issue: Issue) -> None:
    path = issue(c1_1_1={"score": 0}, c1_1_2={"score": 0})
    assert list(read_returns(str(path.parent), small)) == list(read_returns(path.parent, small))


def test_what_windows_leaves_is_no_return(tmp_path: Path) -> None:
    for name in ("Thumbs.db", "desktop.ini"):
        (tmp_path / name).write_bytes(b"")
    assert return_files(tmp_path) == ()


def test_names_of_files_keep_their_spaces(small: Campaign, issue: Issue) -> None:
    path = issue(name="CCHC-2024-VP  bản  2.xlsx", c1_1_1={"score": 0}, c1_1_2={"score": 0})
    assert read(path, small).files[0].file == path.name


def test_a_score_typed_over_a_sum_is_told(small: Campaign, issue: Issue) -> None:
    path = issue(c1_1={"score": 3}, c1_1_1={"score": 0}, c1_1_2={"score": 0})
    assert codes(read(path, small)) == [("FORM_HEADING_FILLED", "F7")]


def test_a_column_twice_is_told(small: Campaign, issue: Issue) -> None:
    path = issue(c1_1_1={"score": 0}, c1_1_2={"score": 0})
    book = openpyxl.load_workbook(path)
    book[SCORE_SHEET]["L5"].value = "Điểm tự chấm"
    book.save(path)
    assert codes(read(path, small)) == [("FORM_COLUMN_TWICE", "L5")]


def test_a_finding_in_an_archive_links_to_the_archive(
    small: Campaign, issue: Issue, tmp_path: Path
) -> None:
    path = issue(c1_1_1={"score": 9})
    with zipfile.ZipFile(tmp_path / "gói.zip", "w") as archive:
        archive.write(path, "trong/CCHC-2024-VP.xlsx")
    returns = gathered([tmp_path / "gói.zip"], small)
    assert returns.files[0].file == "gói.zip › trong/CCHC-2024-VP.xlsx"
    data = consolidate(small, returns, as_of=dt.date(2024, 11, 1))
    report = openpyxl.load_workbook(
        io.BytesIO(build_report(data, DEFAULT_PROFILE, returns_path=".."))
    )
    targets = {
        cell.hyperlink.target
        for sheet in report.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.hyperlink and cell.hyperlink.target
    }
    assert targets == {"..\\gói.zip"}
