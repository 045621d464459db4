"""Forms in which scores follow from declared figures: issued, filled in, read back."""

from __future__ import annotations

import datetime as dt
import io
import random
import tempfile
from collections.abc import Callable
from copy import copy
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from cchc_office.catalogue.findings import Code, FindingCode
from cchc_office.decree30.figures import DEFAULT_PROFILE
from cchc_office.model import Answer, Campaign, LeafReturn, Points, Subtotal
from cchc_office.papers.form.layout import (
    COLUMNS,
    INPUT_COLUMNS,
    NOT_APPLICABLE,
    SCORE_SHEET,
    TOTAL_LABEL,
)
from cchc_office.papers.form.writer import build_form
from cchc_office.results.leaf_results import tree_sums
from cchc_office.returns import gather_returns, read_returns
from cchc_office.rules import Choice, Declared, Input, Rule, compute, inputs_of

from .declared_forms import (
    CAMPAIGN,
    CODES,
    FORM,
    RULES,
    UNIT,
    campaign,
    fill,
    places,
    read,
    rows_by_code,
)

Convert = Callable[[Path, str], Path]
EVIDENCE = {"evidence": "Báo cáo số 12/BC-P1"}


@pytest.fixture(scope="module")
def sheet() -> Any:
    return openpyxl.load_workbook(io.BytesIO(FORM))[SCORE_SHEET]


FURTHER = ("second", "third")


def answered(
    folder: Path, name: str, **typed: Any
) -> tuple[LeafReturn, list[tuple[FindingCode, str]]]:
    """Return what was read of the leaf of a rule, and the findings about it with their columns."""
    path = fill(folder / "CCHC-2024-P1.xlsx", {CODES[name]: {**EVIDENCE, **typed}})
    returned = read(path).returned
    assert returned
    leaf = next(x for x in returned.leaves if x.criterion == f"TC-{CODES[name]}")
    letters = dict(zip("GHIJKL", ("figure", *FURTHER, "total", "score", "applies"), strict=True))
    about = [f for f in returned.findings if f.criterion == leaf.criterion]
    assert all(f.advice and f.sentence for f in about)
    return leaf, [(f.code, letters.get(f.cell[:1], f.cell)) for f in about]


def total_row(sheet: Any) -> int:
    column = places(sheet)["name"]
    rows = range(1, sheet.max_row + 1)
    return next(r for r in rows if sheet.cell(r, column).value == TOTAL_LABEL)


# --- the form as it is issued ---


def test_columns_for_figures_stand_between_maximum_and_score(sheet: Any) -> None:
    wanted = [c.heading for c in COLUMNS]
    wanted[5:5] = [c.heading for c in INPUT_COLUMNS]
    assert [cell.value for cell in sheet[5]] == wanted


def test_only_what_is_asked_for_is_open_and_the_score_is_a_locked_formula(sheet: Any) -> None:
    rows, at = rows_by_code(sheet), places(sheet)
    keys = ("rule", "figure", "total", "score", "applies")
    for name, (rule, _) in RULES.items():
        cells = {key: sheet.cell(rows[CODES[name]], at[key]) for key in keys}
        is_open = {key for key, cell in cells.items() if not cell.protection.locked}
        asked = {"total" if i is Input.TOTAL else "figure" for i in inputs_of(rule)}
        assert is_open == {"applies"} | (asked or {"score"})
        assert (cells["score"].data_type == "f") is bool(asked)
        assert cells["rule"].value
        for key in {"figure", "total"} - asked:
            assert cells[key].fill.fgColor.rgb == "FFD9D9D9"


def test_what_may_be_typed_is_told_in_vietnamese(sheet: Any) -> None:
    rows, at = rows_by_code(sheet), places(sheet)
    by_cell = {str(v.sqref): v for v in sheet.data_validations.dataValidation}

    def limits(name: str, key: str) -> Any:
        return by_cell[sheet.cell(rows[CODES[name]], at[key]).coordinate]

    assert (limits("ratio", "figure").type, limits("ratio", "total").operator) == (
        "decimal",
        "greaterThanOrEqual",
    )
    assert limits("items", "figure").type == "whole"
    assert "số văn bản" in limits("items", "figure").prompt
    assert limits("day", "figure").type == "date"
    assert limits("yes", "figure").formula1 == '"Có,Không"'
    assert "Ghi 0 nếu không phát sinh" in limits("nothing", "total").prompt
    for name, (rule, _) in RULES.items():
        for wanted in inputs_of(rule):
            shown = limits(name, "total" if wanted is Input.TOTAL else "figure")
            assert shown.error
            assert shown.prompt
        if inputs_of(rule):
            assert "không gõ vào ô này" in limits(name, "score").prompt


def test_a_blank_form_shows_no_score_at_all() -> None:
    values: Any = openpyxl.load_workbook(io.BytesIO(FORM), data_only=True)[SCORE_SHEET]
    column = places(values)["score"]
    shown = [values.cell(r, column).value for r in range(6, values.max_row + 1)]
    assert not [value for value in shown if isinstance(value, int | float)]


def test_maxima_add_up_without_bonus_penalty_and_what_does_not_apply() -> None:
    values: Any = openpyxl.load_workbook(io.BytesIO(FORM), data_only=True)[SCORE_SHEET]
    rows, column = rows_by_code(values), places(values)["max_score"]
    total = total_row(values)
    normal = sum(Decimal(most) for _, most in RULES.values())
    for row in (rows["1"], rows["1.1"], total):
        assert Decimal(str(values.cell(row, column).value)) == normal
    assert values.cell(rows["2"], column).value == 1.5
    assert values.cell(rows["3"], column).value == 2


def test_rows_tell_of_bonus_and_penalty_and_of_what_does_not_apply(sheet: Any) -> None:
    rows, at = rows_by_code(sheet), places(sheet)
    assert "Điểm thưởng" in sheet.cell(rows["2.1"], at["role"]).value
    assert "Điểm trừ" in sheet.cell(rows["3"], at["role"]).value
    assert sheet.cell(rows["1.3"], at["applies"]).value == NOT_APPLICABLE
    for key in ("figure", "score", "applies", "result", "evidence", "note"):
        assert sheet.cell(rows["1.3"], at[key]).protection.locked


def test_a_form_without_rules_has_the_usual_columns() -> None:
    bare = replace(
        CAMPAIGN,
        criteria=tuple(c for c in CAMPAIGN.criteria if not inputs_of(c.scoring)),
    )
    content = io.BytesIO(build_form(bare, UNIT, DEFAULT_PROFILE))
    headings: Any = openpyxl.load_workbook(content)[SCORE_SHEET][5]
    assert [cell.value for cell in headings] == [c.heading for c in COLUMNS]


def test_further_counts_have_columns_only_where_a_row_asks_for_them() -> None:
    kept = tuple(
        c for c in CAMPAIGN.criteria if not set(inputs_of(c.scoring)) & {Input.SECOND, Input.THIRD}
    )
    content = io.BytesIO(build_form(replace(CAMPAIGN, criteria=kept), UNIT, DEFAULT_PROFILE))
    headings: Any = openpyxl.load_workbook(content)[SCORE_SHEET][5]
    usual = [c.heading for c in INPUT_COLUMNS if c.key not in FURTHER]
    assert [cell.value for cell in headings][5:8] == usual


# --- figures that give a score ---


def counts(*each: int, total: int | None = None) -> Declared:
    first, second, third = [*map(Decimal, each), None, None][:3]
    whole = None if total is None else Decimal(total)
    return Declared(first, whole, second=second, third=third)


GIVEN = [
    ("yes", {"figure": "Có"}, "1", Declared(choice="Có")),
    ("yes", {"figure": "Không"}, "0", Declared(choice="Không")),
    ("yes", {"figure": "  có "}, "1", Declared(choice="Có")),
    ("ratio", {"figure": 1, "total": 3}, None, Declared(Decimal(1), Decimal(3))),
    ("ratio", {"figure": 0, "total": 3}, "0", Declared(Decimal(0), Decimal(3))),
    ("floor", {"figure": 80, "total": 100}, "0.8", Declared(Decimal(80), Decimal(100))),
    ("floor", {"figure": 79, "total": 100}, "0", Declared(Decimal(79), Decimal(100))),
    ("floor", {"figure": 0, "total": 0}, "1", Declared(Decimal(0), Decimal(0))),
    ("bands", {"figure": 9, "total": 10}, "1", Declared(Decimal(9), Decimal(10))),
    ("bands", {"figure": 7, "total": 10}, "0", Declared(Decimal(7), Decimal(10))),
    ("plain", {"figure": 19.5}, "0.75", Declared(Decimal("19.5"))),
    ("items", {"figure": 3}, "1.5", Declared(Decimal(3))),
    ("items", {"figure": 1000}, "2", Declared(Decimal(1000))),
    ("day", {"figure": dt.date(2024, 1, 14)}, "1", Declared(day=dt.date(2024, 1, 14))),
    ("day", {"figure": dt.datetime(2024, 1, 31)}, "0.5", Declared(day=dt.date(2024, 1, 31))),
    (
        "day",
        {"figure": dt.datetime(2024, 1, 31, 16, 30)},
        "0.5",
        Declared(day=dt.date(2024, 1, 31)),
    ),
    ("day", {"figure": dt.date(2024, 2, 1)}, "0", Declared(day=dt.date(2024, 2, 1))),
    ("cases", {"figure": "Ban hành chậm"}, "0.5", Declared(choice="Ban hành chậm")),
    ("cases", {"figure": "BAN HÀNH CHẬM "}, "0.5", Declared(choice="Ban hành chậm")),
    ("takes", {"figure": 0}, "2", Declared(Decimal(0))),
    ("takes", {"figure": 3}, "1.25", Declared(Decimal(3))),
    ("takes", {"figure": 99}, "0.5", Declared(Decimal(99))),
    ("several", {"figure": 1, "second": 2, "third": 0}, "1", counts(1, 2, 0)),
    ("several", {"figure": 9, "second": 0, "third": 0}, "0", counts(9, 0, 0)),
    ("weighted", {"figure": 5, "second": 4, "total": 10}, "1.4", counts(5, 4, total=10)),
]


@pytest.mark.parametrize(("name", "typed", "score", "declared"), GIVEN)
def test_figures_give_the_score(
    tmp_path: Path, name: str, typed: dict[str, Any], score: str | None, declared: Declared
) -> None:
    leaf, findings = answered(tmp_path, name, **typed)
    assert (leaf.answer, leaf.declared, findings) == (Answer.SCORED, declared, [])
    expected = Decimal(2) / 3 if score is None else Decimal(score)
    assert leaf.score is not None
    assert abs(leaf.score - expected) < Decimal("1e-20")


AS_TEXT = [
    ("yes", {"figure": "x"}, "1", ["figure"]),
    ("yes", {"figure": "Khong"}, "0", ["figure"]),
    ("ratio", {"figure": "7,5", "total": " 10 "}, "1.5", ["figure", "total"]),
    ("items", {"figure": "2 văn bản"}, "1", ["figure"]),
    ("items", {"figure": "03 Văn bản"}, "1.5", ["figure"]),
    ("cases", {"figure": "khong ban hanh"}, "0", ["figure"]),
    ("percent", {"figure": "85,4%"}, "8.54", ["figure"]),
    ("percent", {"figure": "59,9 %"}, "0", ["figure"]),
    ("day", {"figure": "14/01/2024"}, "1", ["figure"]),
    ("day", {"figure": "ngày 31 tháng 01 năm 2024"}, "0.5", ["figure"]),
]


@pytest.mark.parametrize(("name", "typed", "score", "noted"), AS_TEXT)
def test_figures_typed_as_text_are_read_and_told(
    tmp_path: Path, name: str, typed: dict[str, Any], score: str, noted: list[str]
) -> None:
    leaf, findings = answered(tmp_path, name, **typed)
    assert leaf.score == Decimal(score)
    assert findings == [(Code.DECLARED_READ_FROM_TEXT, key) for key in noted]


PROBLEMS = [
    ("ratio", {"figure": 3}, Code.DECLARED_INCOMPLETE, "total"),
    ("several", {"figure": 1, "third": 1}, Code.DECLARED_INCOMPLETE, "second"),
    ("several", {"figure": 1, "second": 0, "third": -1}, Code.DECLARED_NEGATIVE, "third"),
    ("several", {"figure": 1, "second": 0.5, "third": 1}, Code.DECLARED_NOT_WHOLE, "second"),
    ("weighted", {"figure": 1, "second": 2}, Code.DECLARED_INCOMPLETE, "total"),
    (
        *("weighted", {"figure": 6, "second": 5, "total": 10}),
        *(Code.DECLARED_TOGETHER_ABOVE_TOTAL, "figure"),
    ),
    ("ratio", {"total": 3}, Code.DECLARED_INCOMPLETE, "figure"),
    ("ratio", {"figure": -1, "total": 3}, Code.DECLARED_NEGATIVE, "figure"),
    ("ratio", {"figure": 1, "total": -3}, Code.DECLARED_NEGATIVE, "total"),
    ("ratio", {"figure": 0, "total": 0}, Code.DECLARED_NOTHING_UNSAID, "total"),
    ("ratio", {"figure": 2, "total": 0}, Code.DECLARED_OF_NOTHING, "figure"),
    ("items", {"figure": 1.5}, Code.DECLARED_NOT_WHOLE, "figure"),
    ("ratio", {"figure": "1.250", "total": 2000}, Code.DECLARED_UNREADABLE, "figure"),
    ("ratio", {"figure": "8/10"}, Code.DECLARED_UNREADABLE, "figure"),
    ("items", {"figure": "2 báo cáo"}, Code.DECLARED_UNREADABLE, "figure"),
    ("yes", {"figure": "Đạt"}, Code.DECLARED_UNREADABLE, "figure"),
    ("yes", {"figure": 1}, Code.DECLARED_UNREADABLE, "figure"),
    # A label that is near, shortened or typed wrongly is asked about, never taken.
    ("cases", {"figure": "Ban hành"}, Code.DECLARED_UNREADABLE, "figure"),
    ("cases", {"figure": "Ban hành trậm"}, Code.DECLARED_UNREADABLE, "figure"),
    ("cases", {"figure": "Ban hành đúng thời gian"}, Code.DECLARED_UNREADABLE, "figure"),
    ("cases", {"figure": 0.5}, Code.DECLARED_UNREADABLE, "figure"),
    ("takes", {"figure": 1.5}, Code.DECLARED_NOT_WHOLE, "figure"),
    ("percent", {"figure": 85.4}, Code.DECLARED_UNREADABLE, "figure"),
    ("day", {"figure": "tháng 1"}, Code.DECLARED_UNREADABLE, "figure"),
    ("day", {"figure": 5}, Code.DECLARED_UNREADABLE, "figure"),
    ("day", {"figure": "/01/2024"}, Code.DECLARED_UNREADABLE, "figure"),
    ("items", {"figure": "=1+1"}, Code.DECLARED_WITHOUT_VALUE, "figure"),
    ("items", {"score": 1.5}, Code.SCORE_WITHOUT_FIGURES, "score"),
    ("items", {"figure": 2, "score": 1.5}, Code.SCORE_NOT_AS_DECLARED, "score"),
    ("items", {"figure": 2, "score": "đã làm"}, Code.SCORE_NOT_AS_DECLARED, "score"),
    ("items", {"figure": 2, "applies": NOT_APPLICABLE}, Code.NOT_APPLICABLE_WITH_FIGURES, "figure"),
    ("ratio", {"figure": NOT_APPLICABLE, "total": 5}, Code.NOT_APPLICABLE_WITH_FIGURES, "figure"),
    ("items", {"figure": 2, "applies": "có lẽ"}, Code.APPLICABILITY_UNREADABLE, "applies"),
    ("nothing", {"figure": 0, "total": 0, "score": 1}, Code.SCORE_NOT_AS_DECLARED, "score"),
]


@pytest.mark.parametrize(("name", "typed", "code", "where"), PROBLEMS)
def test_what_is_doubtful_gives_no_score_but_a_finding(
    tmp_path: Path, name: str, typed: dict[str, Any], code: FindingCode, where: str
) -> None:
    leaf, findings = answered(tmp_path, name, **typed)
    assert (leaf.answer, leaf.score) == (Answer.UNUSABLE, None)
    assert findings == [(code, where)]
    assert code.demand


def test_more_than_the_whole_counts_as_the_whole_and_is_told(tmp_path: Path) -> None:
    leaf, findings = answered(tmp_path, "ratio", figure=12, total=10)
    assert leaf.score == 2
    assert findings == [(Code.DECLARED_ABOVE_TOTAL, "figure")]


def test_nothing_declared_is_blank_and_told(tmp_path: Path) -> None:
    leaf, findings = answered(tmp_path, "ratio")
    assert (leaf.answer, leaf.score, leaf.declared) == (Answer.BLANK, None, Declared())
    assert findings == [(Code.DECLARED_MISSING, "figure")]


@pytest.mark.parametrize("where", ["applies", "score", "figure"])
def test_what_does_not_apply_leaves_the_denominator(tmp_path: Path, where: str) -> None:
    leaf, findings = answered(tmp_path, "items", **{where: "không áp dụng"})
    assert (leaf.answer, leaf.score) == (Answer.NOT_APPLICABLE, None)
    assert findings == [(Code.NOT_APPLICABLE, where)]


def test_where_nothing_arose_the_rule_may_say_that_the_leaf_does_not_apply(tmp_path: Path) -> None:
    leaf, findings = answered(tmp_path, "nothing", figure=0, total=0)
    assert (leaf.answer, leaf.score) == (Answer.NOT_APPLICABLE, None)
    assert findings == [(Code.DECLARED_NOTHING_AROSE, "total")]


def test_a_score_typed_over_the_formula_stands_where_it_is_the_same(tmp_path: Path) -> None:
    leaf, findings = answered(tmp_path, "items", figure=3, score="1,5")
    assert (leaf.score, findings) == (Decimal("1.5"), [])


def test_a_computed_score_needs_evidence_but_may_have_many_decimals(tmp_path: Path) -> None:
    leaf, findings = answered(tmp_path, "ratio", figure=1, total=3, evidence=None)
    assert leaf.score
    assert findings == [(Code.EVIDENCE_MISSING, leaf.source.cell.replace("K", "N"))]


def test_self_scored_leaves_are_read_as_ever(tmp_path: Path) -> None:
    leaf, findings = answered(tmp_path, "self", score=2.125)
    assert (leaf.score, leaf.declared) == (Decimal("2.125"), None)
    assert findings == [(Code.SCORE_TOO_FINE, "score")]


def test_figures_where_none_are_asked_are_told(tmp_path: Path) -> None:
    answers: dict[str, dict[str, Any]] = {
        "1.1.9": {"figure": 5},
        "1.1.7": {"total": 9},
        "1.4": {"figure": "Có"},
        "1": {"total": 1},
    }
    returned = read(fill(tmp_path / "CCHC-2024-P1.xlsx", answers)).returned
    assert returned
    found = {(f.criterion, f.found) for f in returned.findings if f.code is Code.FIGURES_NOT_ASKED}
    assert found == {("TC-1.1.9", "5"), ("TC-1.1.7", "9"), ("TC-1.4", "Có"), ("TC-1", "1")}


def test_what_stands_in_a_row_that_does_not_apply_is_told_once(tmp_path: Path) -> None:
    answers = {"1.3": {"score": 2, "result": "đã làm", "evidence": "có"}}
    returned = read(fill(tmp_path / "CCHC-2024-P1.xlsx", answers)).returned
    assert returned
    about = [(f.code, f.found) for f in returned.findings if f.criterion == "TC-1.3"]
    assert about == [(Code.CLOSED_ROW_FILLED, "2")]
    assert "TC-1.3" not in {leaf.criterion for leaf in returned.leaves}


# --- forms that were changed ---


def test_a_form_without_the_column_for_figures_gives_no_scores(tmp_path: Path) -> None:
    path = fill(tmp_path / "CCHC-2024-P1.xlsx", {CODES["items"]: {"figure": 2, "score": 1}})
    book = openpyxl.load_workbook(path)
    sheet = book[SCORE_SHEET]
    sheet.delete_cols(places(sheet)["figure"])
    book.save(path)
    returned = read(path).returned
    assert returned
    assert Code.FORM_COLUMN_MISSING in {f.code for f in returned.findings}
    answers = {leaf.criterion: leaf.answer for leaf in returned.leaves}
    assert answers[f"TC-{CODES['items']}"] is Answer.UNUSABLE
    assert answers[f"TC-{CODES['self']}"] is Answer.BLANK


def test_a_column_that_a_form_was_not_issued_with_is_told_whatever_its_name(
    tmp_path: Path, example: Campaign
) -> None:
    path = tmp_path / "CCHC-2024-TTra.xlsx"
    path.write_bytes(build_form(example, example.unit("TTra"), DEFAULT_PROFILE))
    book = openpyxl.load_workbook(path)
    sheet: Any = book[SCORE_SHEET]
    sheet.cell(5, 11).value = "Số liệu kê khai"
    sheet.cell(8, 11).value = 12
    book.save(path)
    returned = read(path, example).returned
    assert returned
    added = [(f.code, f.cell, f.found) for f in returned.findings if f.cell.startswith("K")]
    assert added == [(Code.FORM_COLUMN_ADDED, "K8", "Số liệu kê khai")]


def test_sorted_rows_keep_their_figures(tmp_path: Path) -> None:
    answers = {
        CODES["ratio"]: {"figure": 1, "total": 4, **EVIDENCE},
        CODES["items"]: {"figure": 2, **EVIDENCE},
        CODES["day"]: {"figure": dt.date(2024, 1, 20), **EVIDENCE},
    }
    path = fill(tmp_path / "CCHC-2024-P1.xlsx", answers)
    book = openpyxl.load_workbook(path)
    sheet: Any = book[SCORE_SHEET]
    first, last = 8, 8 + len(RULES) - 1
    rows = [[(c.value, copy(c._style)) for c in sheet[r]] for r in range(first, last + 1)]
    random.Random(1).shuffle(rows)
    for r, row in enumerate(rows, start=first):
        for c, (value, style) in enumerate(row, start=1):
            sheet.cell(r, c).value = value
            sheet.cell(r, c)._style = style
    book.save(path)
    returned = read(path).returned
    assert returned
    scores = {x.criterion: x.score for x in returned.leaves if x.answer is Answer.SCORED}
    assert scores == {
        f"TC-{CODES['ratio']}": Decimal("0.5"),
        f"TC-{CODES['items']}": Decimal(1),
        f"TC-{CODES['day']}": Decimal("0.5"),
    }


def test_files_of_one_unit_are_compared_by_their_figures_too(tmp_path: Path) -> None:
    first = fill(tmp_path / "CCHC-2024-P1.xlsx", {CODES["ratio"]: {"figure": 1, "total": 4}})
    other = fill(tmp_path / "CCHC-2024-P1 (1).xlsx", {CODES["ratio"]: {"figure": 2, "total": 8}})
    returns = gather_returns(read_returns([first, other], CAMPAIGN), CAMPAIGN)
    (differ,) = (f for f in returns.findings if f.code is Code.RETURNS_DIFFER)
    assert {differ.found, differ.expected} == {
        "số liệu kê khai: 1 trên 4",
        "số liệu kê khai: 2 trên 8",
    }


def test_a_heading_kept_as_a_value_is_held_against_its_cap(tmp_path: Path) -> None:
    typed: dict[str, dict[str, Any]] = {
        "2.1": {"figure": 4, "score": 1},
        "2.2": {"score": 1},
        "3.1": {"figure": 1, "score": 0.5},
    }
    sums = {"2": {"score": 1.5}, "3": {"score": 0.5}}
    right = read(fill(tmp_path / "CCHC-2024-P1.xlsx", {**typed, **sums})).returned
    wrong = read(fill(tmp_path / "CCHC-2024-P1.xlsx", {**typed, "2": {"score": 2}})).returned
    assert right
    assert wrong
    assert Code.FORM_HEADING_FILLED not in {f.code for f in right.findings}
    assert [f.criterion for f in wrong.findings if f.code is Code.FORM_HEADING_FILLED] == ["TC-2"]


# --- at random ---

amounts = st.decimals(0, 500, places=2)
days = st.dates(dt.date(2023, 12, 1), dt.date(2024, 3, 1))
VALUES: dict[Input, st.SearchStrategy[Any]] = {
    Input.FIGURE: st.one_of(st.integers(0, 60).map(Decimal), amounts),
    Input.SECOND: st.integers(0, 60).map(Decimal),
    Input.THIRD: st.integers(0, 60).map(Decimal),
    Input.TOTAL: st.one_of(st.integers(0, 60).map(Decimal), amounts),
    Input.DAY: days,
    Input.PERCENT: st.integers(0, 1000).map(lambda n: Decimal(n) / 1000),
}


def values_for(rule: Rule, wanted: Input) -> st.SearchStrategy[Any]:
    return st.sampled_from(rule.labels) if isinstance(rule, Choice) else VALUES[wanted]


def in_cell(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else value


def typed_of(declared: Declared) -> dict[str, Any]:
    figure = next(
        (
            value
            for value in (declared.figure, declared.day, declared.choice, declared.percent)
            if value is not None
        ),
        None,
    )
    typed = {key: in_cell(getattr(declared, key)) for key in (*FURTHER, "total")}
    typed["figure"] = in_cell(figure)
    return {key: value for key, value in typed.items() if value is not None}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_what_was_declared_comes_back_with_its_score(data: st.DataObject) -> None:
    declared: dict[str, Declared] = {}
    for name, (rule, _) in RULES.items():
        values = {
            i.value: data.draw(st.one_of(st.none(), values_for(rule, i))) for i in inputs_of(rule)
        }
        declared[name] = Declared(**values)
    assume(any(not said.is_blank for said in declared.values()))  # as issued it is no return
    answers = {CODES[name]: typed_of(said) for name, said in declared.items()}
    with tempfile.TemporaryDirectory() as folder:
        returned = read(fill(Path(folder) / "CCHC-2024-P1.xlsx", answers)).returned
    assert returned
    leaves = {leaf.criterion: leaf for leaf in returned.leaves}
    about = {f.criterion for f in returned.findings}
    for name, (rule, most) in RULES.items():
        if not inputs_of(rule):
            continue
        leaf = leaves[f"TC-{CODES[name]}"]
        assert leaf.declared == declared[name]
        assert leaf.score == compute(rule, declared[name], Decimal(most)).score
        assert leaf.score is not None or leaf.criterion in about


COPIES = 25


def random_answers(of: Campaign, seed: int) -> dict[str, dict[str, Any]]:
    """Return figures for every leaf that the unit scores; some are left blank."""
    chance = random.Random(seed)
    answers: dict[str, dict[str, Any]] = {}
    for leaf in of.scored_by(UNIT):
        inputs = inputs_of(leaf.scoring)
        if not inputs:
            answers[leaf.code] = {"score": chance.choice([0, 0.25, 1])}
        elif inputs[0] is Input.CHOICE:
            assert isinstance(leaf.scoring, Choice)
            answers[leaf.code] = {"figure": chance.choice([*leaf.scoring.labels, None])}
        elif inputs[0] is Input.PERCENT:
            answers[leaf.code] = {"figure": chance.choice([0, 0.599, 0.6, 0.854, 1])}
        elif inputs[0] is Input.DAY:
            day = dt.date(2024, 1, 1) + dt.timedelta(days=chance.randrange(60))
            answers[leaf.code] = {"figure": day}
        else:
            total = chance.choice([0, 7, 10, 30, 100, 123.45])
            share = chance.choice([0, 0.5, 0.7, 0.8, 0.9, 1, chance.random()])
            is_count = Input.TOTAL not in inputs
            parts = [one for one in inputs if one is not Input.TOTAL]
            answers[leaf.code] = {
                one.value: chance.randrange(25) if is_count else round(total * share / (n * n), 2)
                for n, one in enumerate(parts, start=len(parts))
            }
            if not is_count:
                answers[leaf.code]["total"] = total
        answers[leaf.code]["evidence"] = "Báo cáo"
        if chance.random() < 0.05:
            answers[leaf.code] = {"applies": NOT_APPLICABLE}
    return answers


@pytest.mark.libreoffice
@pytest.mark.parametrize("ending", ["xlsx", "xls", "ods"])
def test_formulas_of_a_whole_form_agree_with_the_reader(
    tmp_path: Path, libreoffice: Convert, ending: str
) -> None:
    big = campaign(COPIES)
    answers = random_answers(big, seed=len(ending) + ord(ending[0]))
    content = build_form(big, UNIT, DEFAULT_PROFILE)
    path = fill(tmp_path / "CCHC-2024-P1.xlsx", answers, content=content)
    saved = libreoffice(path, ending)
    returned = read(saved, big).returned
    assert returned
    expected = {
        Code.DECLARED_NOTHING_AROSE,
        Code.DECLARED_NOTHING_UNSAID,
        Code.DECLARED_MISSING,
        Code.NOT_APPLICABLE,
    }
    told = {f.code for f in returned.findings} - {Code.OPTIONAL_NOT_APPLICABLE}
    assert told == expected
    scored = [leaf for leaf in returned.leaves if leaf.answer is Answer.SCORED]
    assert len(scored) > 8 * COPIES * 2 / 3
    calculated = libreoffice(saved, "xlsx:Calc MS Excel 2007 XML") if ending != "xlsx" else saved
    values: Any = openpyxl.load_workbook(calculated, data_only=True)[SCORE_SHEET]
    rows, column = rows_by_code(values), places(values)["score"]
    shown = {code: values.cell(row, column).value for code, row in rows.items()}
    for leaf in returned.leaves:
        code = big.criterion(leaf.criterion).code
        if leaf.score is None:
            assert shown[code] in (None, "")
        else:
            assert abs(Decimal(str(shown[code])) - leaf.score) < Decimal("1e-9")
    sums, total = tree_sums(
        big, {x.criterion: Subtotal(score=x.score) for x in returned.leaves if x.score is not None}
    )
    for row_id, subtotal in sums.items():
        criterion = big.criterion(row_id)
        sign = -1 if criterion.points is Points.PENALTY else 1
        assert abs(Decimal(str(shown[criterion.code])) - sign * subtotal.score) < Decimal("1e-9")
    last = total_row(values)
    assert abs(Decimal(str(values.cell(last, column).value)) - total.score) < Decimal("1e-9")
