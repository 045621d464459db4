"""Rows whose figures are pooled, in the reviewers' workbook and the report."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cchc_office.catalogue.findings import Code, FindingCode
from cchc_office.decree30.figures import DEFAULT_PROFILE
from cchc_office.model import (
    Answer,
    AppraisalReturn,
    AppraisedLeaf,
    Campaign,
    Consolidation,
    LeafState,
    Returns,
)
from cchc_office.papers.appraisal.workbook import build_appraisal
from cchc_office.papers.report import build_report
from cchc_office.papers.upward_report import upward_values
from cchc_office.results.consolidation import consolidate
from cchc_office.returns import read_returns
from cchc_office.rules import Declared

from . import days
from .appraised import Table
from .calls import cchc
from .pooled_rows import D, asked, campaign_of, corrected, returned, ruled, together

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")


# --- the reviewers' workbook ---


@pytest.fixture
def office(tmp_path: Path) -> tuple[Campaign, Consolidation]:
    campaign = campaign_of(
        tmp_path,
        "2 | Mọi nơi | Tỷ lệ, không phát sinh: không áp dụng | | Gộp số liệu",
        "1 | Mọi nơi | Mỗi vụ 0,2 | Phạt | Gộp số liệu",
        "1 | Mọi nơi | Tỷ lệ | |",
    )
    back = (
        returned(campaign, "A", (4, 4), 0, (1, 2)),
        returned(campaign, "B", (2, 2), 1, (1, 2)),
    )
    return campaign, together(campaign, *back)


NEW, OF, SCORE, OPINION = (
    "Số liệu thẩm định",
    "Tổng số thẩm định",
    "Điểm thẩm định",
    "Ý kiến thẩm định",
)


def typed(
    office: tuple[Campaign, Consolidation], folder: Path, **rows: dict[str, Any]
) -> AppraisalReturn:
    """Return what is read of the reviewers' workbook; rows are called A_1 for A's row 1.1."""
    campaign, data = office
    table = Table(build_appraisal(data, 1, DEFAULT_PROFILE))
    for key, cells in rows.items():
        unit, _, n = key.partition("_")
        for heading, value in cells.items():
            table.cell(f"{unit}|1.{n}", heading).value = value
    path = folder / "lan-1.xlsx"
    table.book.save(path)
    [read] = read_returns([path], campaign)
    assert read.appraisal
    return read.appraisal


def code_of(office: tuple[Campaign, Consolidation], leaf: AppraisedLeaf) -> str:
    return office[0].criterion(leaf.criterion).code


def test_only_pooled_rows_are_open_for_figures(office: tuple[Campaign, Consolidation]) -> None:
    _, data = office
    table = Table(build_appraisal(data, 1, DEFAULT_PROFILE))
    open_cells = {
        (code, heading)
        for code in ("1.1", "1.2", "1.3")
        for heading in (NEW, OF)
        if not table.cell(f"A|{code}", heading).protection.locked
    }
    assert open_cells == {("1.1", NEW), ("1.1", OF), ("1.2", NEW)}


def test_without_pooled_rows_there_are_no_columns_for_figures(tmp_path: Path) -> None:
    data = together(campaign_of(tmp_path, "2 | Mọi nơi | Tỷ lệ | |"))
    assert NEW not in Table(build_appraisal(data, 1, DEFAULT_PROFILE)).columns


def test_figures_typed_by_reviewers_give_the_score(
    office: tuple[Campaign, Consolidation], tmp_path: Path
) -> None:
    read = typed(
        office,
        tmp_path,
        A_1={NEW: 3, OF: 4, OPINION: "Một hồ sơ trễ"},
        A_2={NEW: 2, SCORE: 0.4},
        B_1={NEW: 0, OF: 0},
    )
    said = {(x.unit, code_of(office, x)): x for x in read.leaves if x.answer is not Answer.BLANK}
    first = said["A", "1.1"]
    assert (first.answer, first.score) == (Answer.SCORED, D("1.5"))
    assert first.declared == Declared(D(3), D(4))
    assert first.opinion == "Số liệu thẩm định: 3 trên 4. Một hồ sơ trễ"
    assert (said["A", "1.2"].score, said["A", "1.2"].declared) == (D("0.4"), Declared(D(2)))
    assert said["B", "1.1"].answer is Answer.NOT_APPLICABLE
    assert len(said) == 3
    campaign, data = office
    back = tuple(unit.returned for unit in data.units if unit.returned)
    after = consolidate(campaign, Returns(back, appraisals=(read,)), as_of=days.AFTER_DEADLINE)
    # 3 of 4, B being out; 2 + 1 incidents.
    assert [leaf.rounds for leaf in after.leaves[:2]] == [(D("1.5"),), (D("0.6"),)]


@pytest.mark.parametrize(
    ("row", "cells", "code", "heading"),
    [
        ("A_1", {NEW: 3}, Code.APPRAISED_FIGURES_UNUSABLE, NEW),
        ("A_1", {NEW: "ba", OF: 4}, Code.APPRAISED_FIGURES_UNUSABLE, NEW),
        ("A_1", {NEW: 5, OF: 4}, Code.APPRAISED_FIGURES_UNUSABLE, NEW),
        ("A_2", {NEW: 1.5}, Code.APPRAISED_FIGURES_UNUSABLE, NEW),
        ("A_1", {NEW: 3, OF: 4, SCORE: 1}, Code.APPRAISED_NOT_AS_FIGURES, SCORE),
        ("A_1", {NEW: 3, OF: 4, SCORE: "Không áp dụng"}, Code.APPRAISED_NOT_AS_FIGURES, SCORE),
    ],
)
def test_figures_that_cannot_count_are_told_and_change_nothing(
    office: tuple[Campaign, Consolidation],
    tmp_path: Path,
    row: str,
    cells: dict[str, Any],
    code: FindingCode,
    heading: str,
) -> None:
    read = typed(office, tmp_path, **{row: cells})
    told = [
        (f.code, f.cell)
        for f in read.findings
        if f.code.slug.startswith(("so-lieu", "diem-tham-dinh-k"))
    ]
    table = Table(build_appraisal(office[1], 1, DEFAULT_PROFILE))
    key = f"A|1.{row[-1]}"
    assert told == [(code, table.cell(key, heading).coordinate)]
    [leaf] = [x for x in read.leaves if x.answer is not Answer.BLANK]
    assert (leaf.answer, leaf.score, leaf.declared) == (Answer.UNUSABLE, None, None)


def test_figures_in_a_row_that_is_not_pooled_are_told(
    office: tuple[Campaign, Consolidation], tmp_path: Path
) -> None:
    read = typed(office, tmp_path, A_3={NEW: 1, SCORE: 0.25}, A_2={NEW: 1, OF: 3})
    said = {code_of(office, x): x for x in read.leaves if x.answer is not Answer.BLANK}
    assert (said["1.3"].score, said["1.3"].declared) == (D("0.25"), None)
    assert (said["1.2"].score, said["1.2"].declared) == (D("0.2"), Declared(D(1)))
    told = [f.found for f in read.findings if f.code is Code.APPRAISED_FIGURES_NOT_ASKED]
    assert sorted(told) == ["1", "3"]


def test_a_unit_to_which_the_appraisal_says_it_does_not_apply_leaves_the_pool(
    tmp_path: Path,
) -> None:
    campaign = campaign_of(tmp_path, "2 | Mọi nơi | Tỷ lệ | | Gộp số liệu")
    said = (("A", (1, 4)), ("B", (2, 2)), ("C", (0, 2)))
    back = [returned(campaign, unit, one) for unit, one in said]
    rulings = (ruled(campaign, "C", "-"), ruled(campaign, "A", "-", number=2))
    leaf = together(campaign, *back, appraised=rulings).leaves[0]
    # 3 of 8; without C 3 of 6; without A too 2 of 2.
    assert (leaf.score, leaf.rounds) == (D("0.75"), (D(1), D(2)))
    assert (leaf.done, leaf.state) == (3, LeafState.SCORED)


# --- the report ---


def _opened(data: Consolidation, *, formulas: bool = False) -> Any:
    content = build_report(data, DEFAULT_PROFILE)
    return openpyxl.load_workbook(io.BytesIO(content), data_only=not formulas)


def _column(sheet: Any, heading: str, key: str = "STT") -> dict[str, Any]:
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    at = next(n for n, row in enumerate(rows) if key in row and heading in row)
    return {
        str(row[rows[at].index(key)]): row[rows[at].index(heading)]
        for row in rows[at + 1 :]
        if row[rows[at].index(key)]
    }


@pytest.fixture
def mixed(tmp_path: Path) -> Consolidation:
    """A campaign with every kind of rule that can be pooled, with two rounds and gaps."""
    campaign = campaign_of(
        tmp_path,
        "2 | Mọi nơi | Tỷ lệ, dưới 50% được 0; không phát sinh: không áp dụng | | Gộp số liệu",
        "1 | Mọi nơi | ≥90%: 1; ≥80%: 0,5; còn lại: 0; không phát sinh: 1 | | Gộp số liệu",
        "1 | Mọi nơi | ≥5: 1; ≥3: 0,5; còn lại: 0 | | Gộp số liệu",
        "1 | Mọi nơi | Mỗi vụ 0,2 | Phạt | Gộp số liệu",
        "3 | Mọi nơi | | |",
        "2 | Mọi nơi | Tỷ lệ, không phát sinh: không áp dụng | | Gộp số liệu",
    )
    assert asked(campaign) == []
    back = (
        returned(campaign, "A", (4030, 4500), (89, 100), 2, 1, "-", (0, 0)),
        returned(campaign, "B", (3045.5, 3600), (12, 10), 2, "?", "-", "-"),
    )
    rulings = (
        ruled(campaign, "A", "-", "1.3"),
        ruled(campaign, "B", "1", "1.1", 2),
        corrected(campaign, "A", (80, 100), "1.2", 2),
        corrected(campaign, "C", (10, 20), "1.2", 2),
    )
    return together(campaign, *back, appraised=rulings)


def test_the_sheet_shows_every_unit_and_why_it_is_not_in_the_sum(mixed: Consolidation) -> None:
    rows = [list(row) for row in _opened(mixed)["Gộp số liệu"].iter_rows(values_only=True)]
    at = next(n for n, row in enumerate(rows) if row[0] == "1.3" and "\n" in row[1])
    assert rows[at][1].startswith("Dòng 3\nSố liệu kê khai: số lượng đạt được.")
    assert [row[2:6] + row[-1:] for row in rows[at + 1 : at + 4]] == [
        [2, None, 2, "Có", "Không áp dụng (thẩm định)"],
        [2, None, 2, "Có", "Đã gộp"],
        [None, None, None, "Không", "Chưa nộp, chưa gộp"],
    ]
    # The first round corrected no figure and has only its column of what is in the sum.
    assert [row[6:11] for row in rows[at + 1 : at + 4]] == [
        ["Không", 2, None, 2, "Không"],
        ["Có", 2, None, 2, "Có"],
        ["Không", None, None, None, "Không"],
    ]
    assert [[row[n] for n in (1, 2, 7, 11)] for row in rows[at + 4 : at + 7]] == [
        ["Cộng, điểm tự chấm", 4, None, 0.5],
        ["Cộng, điểm thẩm định lần 1", 2, None, 0],
        ["Cộng, điểm thẩm định lần 2", None, 2, 0],
    ]


def test_corrected_figures_stand_beside_the_declared_ones(mixed: Consolidation) -> None:
    rows = [list(row) for row in _opened(mixed)["Gộp số liệu"].iter_rows(values_only=True)]
    at = next(n for n, row in enumerate(rows) if row[0] == "1.2" and "\n" in row[1])
    assert [row[2:5] + row[7:11] for row in rows[at + 1 : at + 4]] == [
        [89, 100, 89, 80, 100, 80, "Có"],
        [12, 10, 10, 12, 10, 10, "Có"],
        [None, None, None, 10, 20, 10, "Có"],
    ]
    # 99 of 110 is 90 %; 100 of 130 is 76,9 %.
    assert [[row[n] for n in (2, 3, 7, 8, 11)] for row in rows[at + 4 : at + 7]] == [
        [99, 110, None, None, 1],
        [99, 110, None, None, 1],
        [None, None, 100, 130, 0],
    ]


def test_sources_tell_the_figures_and_who_is_not_in_the_sum(mixed: Consolidation) -> None:
    [source] = [
        text
        for code, text in _column(
            _opened(mixed)["Bảng điểm"], "Nguồn (tệp › trang tính › ô)"
        ).items()
        if code == "1.2"
    ]
    assert source == (
        "Gộp số liệu của:\n"
        "A: 89 trên 100 ← A.xlsx › Phiếu chấm › H9\n"
        "B: 12 trên 10 ← B.xlsx › Phiếu chấm › H9\n"
        "Thẩm định lần 2, A: 80 trên 100 ← lan-2.xlsx › Thẩm định › L8\n"
        "Thẩm định lần 2, C: 10 trên 20 ← lan-2.xlsx › Thẩm định › L8"
    )


def test_kiem_tra_tells_how_shared_rows_come_together(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    campaign_of(
        tmp_path,
        "2 | Mọi nơi | Tỷ lệ | | Gộp số liệu",
        "2 | Mọi nơi | | |",
        "2 | Phòng A | | |",
        "1 | Mọi nơi | Mỗi vụ 0,2 | Phạt | Gộp số liệu",
    )
    cchc("kiem-tra", tmp_path)
    told = capsys.readouterr().out
    assert "Các dòng nhiều đơn vị cùng chấm, theo cách tổng hợp:\n" in told
    assert "  Trung bình: 1.2\n  Gộp số liệu: 1.1, 1.4\n" in told


def test_without_pooled_rows_there_is_no_such_sheet(tmp_path: Path) -> None:
    campaign = campaign_of(tmp_path, "2 | Mọi nơi | Tỷ lệ | |")
    assert "Gộp số liệu" not in _opened(together(campaign)).sheetnames


@pytest.mark.libreoffice
def test_libreoffice_computes_the_same_and_scores_follow_an_edited_figure(
    mixed: Consolidation, tmp_path: Path, libreoffice: Callable[[Path, str], Path]
) -> None:
    ours = _opened(mixed)
    bare = _opened(mixed, formulas=True)  # openpyxl writes no values of formulas
    (tmp_path / "a.xlsx").unlink(missing_ok=True)
    bare.save(tmp_path / "a.xlsx")
    theirs = openpyxl.load_workbook(libreoffice(tmp_path / "a.xlsx", "xlsx"), data_only=True)
    compared = 0
    for sheet in bare:
        for cell in (c for row in sheet.iter_rows() for c in row if c.data_type == "f"):
            mine, other = (b[sheet.title][cell.coordinate].value for b in (ours, theirs))
            place = f"{sheet.title}!{cell.coordinate} {cell.value}"
            if mine in (None, ""):
                assert other in (None, ""), place
            else:
                assert other == pytest.approx(mine), place
            compared += sheet.title == "Gộp số liệu"
    assert compared > 50
    # A had 4.030 of 4.500; with 1.000 the whole is 4.045,5 of 8.100, less than half: 0 points.
    sheet = bare["Gộp số liệu"]
    [cell] = [c for row in sheet.iter_rows() for c in row if c.value == 4030]
    cell.value = 1000
    bare.save(tmp_path / "b.xlsx")
    edited = openpyxl.load_workbook(libreoffice(tmp_path / "b.xlsx", "xlsx"), data_only=True)
    before = _column(ours["Bảng điểm"], "Điểm tự chấm")
    after = _column(edited["Bảng điểm"], "Điểm tự chấm")
    assert before["1.1"] == pytest.approx(2 * 7075.5 / 8100)
    assert (after["1.1"], after["1.4"]) == (0, -0.2)
    assert after["1"] == pytest.approx(before["1"] - before["1.1"])


def test_a_missing_unit_is_named_where_things_are_counted(tmp_path: Path) -> None:
    campaign = campaign_of(
        tmp_path,
        "1 | Mọi nơi | Mỗi vụ 0,2 | Phạt | Gộp số liệu",
        "1 | Mọi nơi | Mỗi vụ 0,2 | Phạt | Trung bình",
        "1 | Mọi nơi | Tỷ lệ | | ",
    )
    data = together(campaign, returned(campaign, "B", 1, 1, (1, 2)))
    states = _column(_opened(data)["Bảng điểm"], "Tình trạng")
    assert [states[code] for code in ("1.1", "1.2", "1.3")] == [
        "Chấm một phần (1/3); chưa tính: A, C",
        "Chấm một phần (1/3); chưa tính: A, C",
        "Chấm một phần (1/3)",
    ]
    told = upward_values(data, DEFAULT_PROFILE)["chua_co_diem"]
    assert [(x.ma, x.don_vi, x.tinh_trang) for x in told] == [
        ("1.1", "Phòng A; Phòng C", "Chưa tính các đơn vị này"),
        ("1.2", "Phòng A; Phòng C", "Chưa tính các đơn vị này"),
        ("1.3", "Phòng A; Phòng C", "Còn đơn vị chưa chấm"),
    ]
