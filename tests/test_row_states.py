"""How rows and units stand is told alike everywhere, and follows the appraisal."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cchc_office.campaign import load_campaign
from cchc_office.catalogue.findings import Code, Finding
from cchc_office.decree30.figures import DEFAULT_PROFILE
from cchc_office.model import (
    USUAL_REQUEST,
    Answer,
    AppraisalReturn,
    AppraisedLeaf,
    Campaign,
    Consolidation,
    ExplainedLeaf,
    LeafReturn,
    LeafState,
    Returns,
    Source,
    Stage,
    SupplementReturn,
    UnitReturn,
    UnitState,
)
from cchc_office.papers.report import build_report
from cchc_office.papers.upward_report import upward_values
from cchc_office.results.consolidation import consolidate
from cchc_office.results.progress import progress
from cchc_office.results.ranking import rank_units

from . import days
from .declared_forms import CAMPAIGN as DECLARED
from .declared_forms import CODES, fill, read
from .sheets import campaign_file, leaf_by_code

D = Decimal
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
SAVED = dt.datetime(2024, 11, 25, 2, tzinfo=dt.UTC)
SOURCE = Source("phieu.xlsx", "Phiếu chấm", "F8")
UNITS = """
Mã | Tên đơn vị | Tên gọi khác | Nhóm    | Thủ trưởng | Email
A  | Phòng A    |              | mọi nơi |            | a@a.example
B  | Phòng B    |              | mọi nơi |            | b@a.example
C  | Phòng C    |              | mọi nơi |            | c@a.example
"""
CRITERIA = """
STT | Tiêu chí | Điểm tối đa | Đơn vị thực hiện
1   | Lĩnh vực |             |
1.1 | Một      | 2           | Mọi nơi
1.2 | Hai      | 1           | Mọi nơi
"""


@pytest.fixture
def campaign(tmp_path: Path) -> Campaign:
    return load_campaign(campaign_file(tmp_path, units=UNITS, criteria=CRITERIA))


def said(campaign: Campaign, unit: str, one: str, two: str, *findings: Finding) -> UnitReturn:
    """Return what a unit said: a score, "" for blank, "-" for not applicable, "?" for unclear."""
    kinds = {"": Answer.BLANK, "-": Answer.NOT_APPLICABLE, "?": Answer.UNUSABLE}
    leaves = []
    for code, typed in (("1.1", one), ("1.2", two)):
        answer = kinds.get(typed, Answer.SCORED)
        score = D(typed) if answer is Answer.SCORED else None
        row = leaf_by_code(campaign, code)
        leaves.append(LeafReturn(row, unit, answer, SOURCE, score, typed, f"Kết quả {unit}"))
    return UnitReturn(unit, f"{unit}.xlsx", tuple(leaves), findings, SAVED)


def ruled(
    campaign: Campaign, unit: str, code: str, score: str, request: str = "", number: int = 1
) -> AppraisedLeaf:
    answer = Answer.NOT_APPLICABLE if score == "-" else Answer.SCORED
    if not score:
        answer = Answer.BLANK
    given = D(score) if answer is Answer.SCORED else None
    row = leaf_by_code(campaign, code)
    return AppraisedLeaf(row, unit, number, answer, SOURCE, given, score, request=request)


def together(
    campaign: Campaign,
    returns: tuple[UnitReturn, ...],
    appraised: tuple[AppraisedLeaf, ...] = (),
    explained: tuple[ExplainedLeaf, ...] = (),
) -> Consolidation:
    rounds = sorted({x.round for x in appraised})
    appraisals = tuple(
        AppraisalReturn(n, f"lan-{n}.xlsx", tuple(x for x in appraised if x.round == n))
        for n in rounds
    )
    supplements = tuple(SupplementReturn(x.unit, "bo-sung.xlsx", (x,)) for x in explained)
    everything = Returns(returns, appraisals=appraisals, supplements=supplements)
    return consolidate(campaign, everything, as_of=days.AFTER_DEADLINE)


def sheet_of(data: Consolidation, name: str) -> Any:
    content = build_report(data, DEFAULT_PROFILE)
    return openpyxl.load_workbook(io.BytesIO(content), data_only=True)[name]


def states(data: Consolidation, name: str, key: str = "STT") -> dict[str, Any]:
    """Return what stands under "Tình trạng" in a sheet of the report, by another column."""
    rows = [list(row) for row in sheet_of(data, name).iter_rows(values_only=True)]
    at = next(n for n, row in enumerate(rows) if "Tình trạng" in row)
    where, state = rows[at].index(key), rows[at].index("Tình trạng")
    return {str(row[where]): row[state] for row in rows[at + 1 :] if row[where]}


def evidence_missing(campaign: Campaign, unit: str, code: str) -> Finding:
    row = leaf_by_code(campaign, code)
    return Finding(Code.EVIDENCE_MISSING, f"{unit}.xlsx", found="1", unit=unit, criterion=row)


# --- what never arose ---


def test_what_never_arose_needs_no_evidence(tmp_path: Path) -> None:
    # The rule gives a point where the total is 0; nobody can show a paper about nothing.
    typed = {"figure": 0, "total": 0, "evidence": None}
    returned = read(fill(tmp_path / "CCHC-2024-P1.xlsx", {CODES["floor"]: typed})).returned
    assert returned
    row = f"TC-{CODES['floor']}"
    [leaf] = [x for x in returned.leaves if x.criterion == row]
    assert (leaf.answer, leaf.score) == (Answer.SCORED, D(1))
    assert [f.code for f in returned.findings if f.criterion == row] == []


def test_a_share_of_something_still_needs_evidence(tmp_path: Path) -> None:
    typed = {"figure": 9, "total": 10, "evidence": None}
    returned = read(fill(tmp_path / "CCHC-2024-P1.xlsx", {CODES["floor"]: typed})).returned
    assert returned
    row = f"TC-{CODES['floor']}"
    assert [f.code for f in returned.findings if f.criterion == row] == [Code.EVIDENCE_MISSING]


def test_a_day_that_is_still_to_come_is_told_at_its_cell_and_asked_about(tmp_path: Path) -> None:
    day = dt.datetime(2024, 1, 10)
    path = fill(tmp_path / "CCHC-2024-P1.xlsx", {CODES["day"]: {"figure": day, "evidence": "A"}})
    returned = read(path).returned
    assert returned
    row, cell = f"TC-{CODES['day']}", next(x for x in returned.leaves if x.declared).declared_at
    told = {}
    for as_of in (dt.date(2024, 1, 9), dt.date(2024, 1, 10)):
        unit = consolidate(DECLARED, Returns((returned,)), as_of=as_of).units[0]
        findings = [f for f in unit.findings if f.code is Code.DECLARED_DAY_TO_COME]
        told[as_of.day] = [(f.criterion, f.found, f.expected) for f in findings]
        assert all(f.sheet and f.cell[0] == cell[0] and f.cell[1:].isdigit() for f in findings)
        wanted = [d.what for d in unit.debts if d.criterion == row]
        assert wanted == ["ngày kê khai 10/01/2024 chưa đến; chỉ ghi ngày đã hoàn thành"] * (
            as_of.day == 9
        )
    assert told == {9: [(row, "10/01/2024", "09/01/2024")], 10: []}


# --- who lacks a score ---


def test_a_unit_to_which_a_row_does_not_apply_is_not_named_as_without_a_score(
    campaign: Campaign,
) -> None:
    data = together(campaign, (said(campaign, "A", "1", "1"), said(campaign, "B", "-", "1")))
    open_rows = upward_values(data, DEFAULT_PROFILE)["chua_co_diem"]
    assert [(x.ma, x.don_vi, x.tinh_trang) for x in open_rows] == [
        ("1.1", "Phòng C", "Còn đơn vị chưa chấm"),
        ("1.2", "Phòng C", "Còn đơn vị chưa chấm"),
    ]


def test_of_many_units_that_lack_the_first_are_named(tmp_path: Path) -> None:
    rows = "\n".join(f"X{n} | Phòng {n} | | mọi nơi | |" for n in range(1, 10))
    units = f"{UNITS.strip().splitlines()[0]}\n{rows}"
    campaign = load_campaign(campaign_file(tmp_path, units=units, criteria=CRITERIA))
    back = [said(campaign, f"X{n}", "1", "1" if n < 4 else "") for n in range(9, 1, -1)]
    data = together(campaign, tuple(back))
    one, two = upward_values(data, DEFAULT_PROFILE)["chua_co_diem"]
    assert one.don_vi == "Phòng 1"
    assert two.don_vi == "Phòng 1; Phòng 4; Phòng 5; Phòng 6 và 3 đơn vị khác"


# --- states follow the appraisal ---


def test_a_row_that_reviewers_settled_is_open_nowhere(campaign: Campaign) -> None:
    # B left 1.1 blank and wrote something unclear in 1.2; C returned nothing.
    back = (said(campaign, "A", "2", "1"), said(campaign, "B", "", "?"))
    rulings = (
        ruled(campaign, "B", "1.1", "1"),
        ruled(campaign, "B", "1.2", "-"),
        ruled(campaign, "C", "1.1", "0.5"),
        ruled(campaign, "C", "1.2", "-"),
    )
    data = together(campaign, back, rulings)
    assert [leaf.state for leaf in data.leaves] == [LeafState.SCORED, LeafState.SCORED]
    assert (data.total.answered, data.total.self_answered) == (2, 0)
    assert upward_values(data, DEFAULT_PROFILE)["chua_co_diem"] == []
    assert states(data, "Bảng điểm")["1.1"] == "Đã chấm"
    assert states(data, "ĐV B") == {
        "1.1": "Đã chấm (thẩm định)",
        "1.2": "Không áp dụng (thẩm định)",
    }
    assert states(data, "ĐV C") == states(data, "ĐV B")
    on = progress(data)
    assert (on.total.done, on.total.total, on.missed) == (6, 6, ())


def test_a_row_that_reviewers_left_alone_stays_as_the_unit_left_it(campaign: Campaign) -> None:
    back = (said(campaign, "A", "2", "?"), said(campaign, "B", "", "1"))
    data = together(campaign, back, (ruled(campaign, "A", "1.1", "1.5"),))
    assert [leaf.state for leaf in data.leaves] == [LeafState.PARTLY, LeafState.UNUSABLE]
    assert states(data, "Bảng điểm")["1.2"] == "Cần xem (1/3)"
    # Of the two units named only A's score is unclear, C's is not there.
    [_, unclear] = upward_values(data, DEFAULT_PROFILE)["chua_co_diem"]
    assert (unclear.don_vi, unclear.tinh_trang) == (
        "Phòng A; Phòng C",
        "Chưa chấm, hoặc điểm ghi chưa rõ",
    )
    assert "2 tiêu chí mới có 1/3 đơn vị chấm" in sheet_of(data, "Bảng điểm")["A3"].value
    assert states(data, "ĐV A") == {"1.1": "Đã chấm", "1.2": "Cần xem"}
    assert states(data, "ĐV B") == {"1.1": "Chưa có điểm", "1.2": "Đã chấm"}
    assert states(data, "ĐV C") == {"1.1": "Chưa nộp", "1.2": "Chưa nộp"}


def test_all_turned_to_not_applicable_is_so_in_the_end_but_scored_at_first(
    campaign: Campaign,
) -> None:
    back = tuple(said(campaign, unit, "2", "1") for unit in "ABC")
    data = together(campaign, back, tuple(ruled(campaign, unit, "1.1", "-") for unit in "ABC"))
    assert data.leaves[0].state is LeafState.NOT_APPLICABLE
    [row] = [x for x in upward_values(data, DEFAULT_PROFILE)["bang_diem"] if x.ma == "1.1"]
    assert (row.tu_cham, row.toi_da_ap_dung) == ("2,00", "")


# --- debts follow the appraisal ---


def test_what_reviewers_settled_is_not_asked_for_any_more(campaign: Campaign) -> None:
    row = leaf_by_code(campaign, "1.1")
    blank = Finding(Code.SCORE_MISSING, "B.xlsx", unit="B", criterion=row)
    back = (said(campaign, "B", "", "1", blank),)
    before = together(campaign, back)
    assert [(d.what, d.criterion) for d in before.units[1].debts] == [("chưa có điểm tự chấm", row)]
    assert before.units[1].state is UnitState.NEEDS_ATTENTION
    after = together(campaign, back, (ruled(campaign, "B", "1.1", "1"),))
    assert (after.units[1].debts, after.units[1].state) == ((), UnitState.RETURNED)


def test_a_unit_without_a_form_owes_the_form_and_only_rows_nobody_settled(
    campaign: Campaign,
) -> None:
    data = together(campaign, (), (ruled(campaign, "C", "1.1", "1"),))
    assert [d.criterion for d in data.units[2].debts] == ["", leaf_by_code(campaign, "1.2")]


@pytest.mark.parametrize(("score", "is_wanted"), [("1", True), ("0", False), ("-", False)])
def test_evidence_is_wanted_of_points_that_are_left(
    campaign: Campaign, score: str, is_wanted: bool
) -> None:
    back = (said(campaign, "A", "2", "1", evidence_missing(campaign, "A", "1.1")),)
    data = together(campaign, back, (ruled(campaign, "A", "1.1", score),))
    assert bool(data.units[0].debts) is is_wanted
    told = upward_values(data, DEFAULT_PROFILE)["giai_trinh"]
    assert [x.noi_dung for x in told] == ["Chưa ghi tài liệu kiểm chứng"] * is_wanted


def test_evidence_sent_with_the_explanation_is_not_asked_for_again(campaign: Campaign) -> None:
    back = (said(campaign, "A", "2", "1", evidence_missing(campaign, "A", "1.1")),)
    row = leaf_by_code(campaign, "1.1")
    later = ExplainedLeaf(row, "A", SOURCE, explanation="Đã bổ sung", evidence="Báo cáo 5")
    data = together(campaign, back, (ruled(campaign, "A", "1.1", "1"),), (later,))
    assert data.units[0].debts == ()


def test_what_reviewers_asked_of_a_unit_without_a_form_is_in_the_report(
    campaign: Campaign,
) -> None:
    data = together(campaign, (), (ruled(campaign, "C", "1.1", "", "Gửi báo cáo quý IV"),
                                   ruled(campaign, "A", "1.1", "1")))  # fmt: skip
    [asked] = upward_values(data, DEFAULT_PROFILE)["giai_trinh"]
    assert (asked.don_vi, asked.noi_dung) == ("Phòng C", "Gửi báo cáo quý IV")
    assert asked.giai_trinh == "Chưa có giải trình của đơn vị"


def test_who_asked_for_points_without_a_word_is_not_told_to_be_silent(campaign: Campaign) -> None:
    row = leaf_by_code(campaign, "1.1")
    later = ExplainedLeaf(row, "A", SOURCE, score=D(2))
    asks = (ruled(campaign, "A", "1.1", "1", "Gửi báo cáo quý IV"),)
    data = together(campaign, (said(campaign, "A", "2", "1"),), asks, (later,))
    [asked] = upward_values(data, DEFAULT_PROFILE)["giai_trinh"]
    assert asked.giai_trinh == "Đề nghị 2,00 điểm, không ghi lời giải trình"


def test_what_a_later_round_accepted_is_not_lacking_in_the_report(campaign: Campaign) -> None:
    back = (said(campaign, "A", "2", "1"),)
    first = tuple(ruled(campaign, "A", code, "", f"Gửi {code}") for code in ("1.1", "1.2"))
    accepted = replace(ruled(campaign, "A", "1.1", "", number=2), opinion="Đồng ý")
    for second in (accepted, ruled(campaign, "A", "1.1", "2", number=2)):
        data = together(campaign, back, (*first, second))
        told = upward_values(data, DEFAULT_PROFILE)["giai_trinh"]
        assert [(x.ma, x.noi_dung) for x in told] == [("1.2", "Gửi 1.2")]
    again = ruled(campaign, "A", "1.1", "1", "Gửi bản chụp", number=2)
    data = together(campaign, back, (first[0], again))
    [asked] = upward_values(data, DEFAULT_PROFILE)["giai_trinh"]
    assert asked.noi_dung == "Gửi 1.1; Gửi bản chụp"


def test_a_mark_that_asks_for_an_explanation_is_told_with_the_opinion_beside_it(
    campaign: Campaign,
) -> None:
    marked = ruled(campaign, "A", "1.1", "1", USUAL_REQUEST)
    for opinion, shown in (("Cần ảnh chụp", "Cần ảnh chụp"), ("", USUAL_REQUEST)):
        back = (said(campaign, "A", "2", "1"),)
        data = together(campaign, back, (replace(marked, opinion=opinion),))
        [asked] = upward_values(data, DEFAULT_PROFILE)["giai_trinh"]
        # What the form says was said before anybody asked.
        assert (asked.noi_dung, asked.giai_trinh) == (shown, "Chưa có giải trình của đơn vị")


# --- places ---


def test_a_unit_that_only_reviewers_scored_has_a_place_by_their_scores(
    campaign: Campaign,
) -> None:
    back = (said(campaign, "A", "2", "0"), said(campaign, "B", "1", "0"))
    rulings = (ruled(campaign, "C", "1.1", "1.5"), ruled(campaign, "C", "1.2", "0"))
    data = together(campaign, back, rulings)
    assert [(p.unit.code, p.place) for p in rank_units(data)] == [("A", 1), ("C", 2), ("B", 3)]
    by_self = rank_units(data, Stage.SELF)
    assert [(p.unit.code, p.place) for p in by_self] == [("A", 1), ("B", 2), ("C", None)]


def test_a_unit_that_reviewers_gave_nothing_but_0_has_a_place_too(campaign: Campaign) -> None:
    rulings = tuple(ruled(campaign, "C", code, "0") for code in ("1.1", "1.2"))
    data = together(campaign, (said(campaign, "A", "2", "0"),), rulings)
    places = {p.unit.code: p.place for p in rank_units(data)}
    assert places == {"A": 1, "B": None, "C": 2}
