"""Workbooks of reviewers and answers of units, filled at random and mangled, give what was typed."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cchc_office.catalogue.findings import Code, Finding
from cchc_office.decree30.figures import DEFAULT_PROFILE
from cchc_office.model import Answer, AppraisedLeaf, ExplainedLeaf, ReadFile
from cchc_office.papers.appraisal.layout import SUPPLEMENT_SHEET
from cchc_office.papers.appraisal.supplement import build_supplement
from cchc_office.results.appraisal_rows import asked_of_units
from cchc_office.returns import read_returns
from cchc_office.text.vietnamese import clean

from .appraised import Place, Table, start

D = Decimal
KEYS = ("VP|1.1", "VP|1.2", "P1|1.3", "P2|1.3", "VP|2.1")
OWN = ("VP|1.1", "VP|1.2", "VP|2.1")
WORDS = st.lists(
    st.sampled_from(["Thiếu", "báo cáo", "số 5/BC-VP", "=1+1", "+ 2 văn bản", "ngày 05/12", "½"]),
    max_size=3,
).map(" ".join)
SCORES = st.one_of(
    st.none(),
    st.integers(0, 12).map(lambda quarters: quarters / 4),
    st.sampled_from([1, 0, "Không áp dụng", "không áp dụng ", "0,5", "1.250", "đạt", "1,5/2"]),
)
READ_AS = {"0,5": D("0.5")}
UNREADABLE = ("1.250", "đạt", "1,5/2")


@cache
def folder() -> Path:
    return Path(tempfile.mkdtemp())


@cache
def issued() -> tuple[Place, bytes, bytes]:
    """Return the campaign, the reviewers' workbook and a form that asks VP about three leaves."""
    place = start(folder() / "dot")
    content = place.issue()
    table = Table(content)
    for key in OWN:
        table.type(key, request="x")
    table.save(place.appraisals / "a.xlsx")
    unit = place.campaign.unit("VP")
    asked = asked_of_units(place.data(), 1)["VP"]
    (place.appraisals / "a.xlsx").unlink()
    return place, content, build_supplement(place.campaign, unit, asked, 1, DEFAULT_PROFILE)


# --- what people do to a table ---


def reverse(table: Table, *, with_ids: bool) -> None:
    """Sort the rows the other way round, as Excel does it: values alone move."""
    sheet, rows = table.sheet, list(table.rows.values())
    columns = range(1 if with_ids else 2, sheet.max_column + 1)
    values = [[sheet.cell(r, c).value for c in columns] for r in rows]
    for row, moved in zip(rows, reversed(values), strict=True):
        for column, value in zip(columns, moved, strict=True):
            cell = sheet.cell(row, column)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"


def hide(table: Table) -> None:
    for row in list(table.rows.values())[::2]:
        table.sheet.row_dimensions[row].hidden = True


def drop_ids(table: Table) -> None:
    for row in range(1, table.sheet.max_row + 1):
        table.sheet.cell(row, 1).value = None


def delete_column(heading: str) -> Callable[[Table], None]:
    def delete(table: Table) -> None:
        sheet = table.sheet
        columns = range(1, sheet.max_column + 1)
        headings = {sheet.cell(table.heading, column).value: column for column in columns}
        if heading in headings:
            sheet.delete_cols(headings[heading])

    return delete


def rename(table: Table) -> None:
    table.sheet.title = "Sheet1"


# In the order in which they are done: rows and columns keep their places until the last two.
MOVES: dict[str, Callable[[Table], None]] = {
    "sort": lambda table: reverse(table, with_ids=True),
    "sort without ids": lambda table: reverse(table, with_ids=False),
    "filter": hide,
    "drop ids": drop_ids,
    "drop the maximum": delete_column("Điểm tối đa"),
    "drop the evidence": delete_column("Tài liệu kiểm chứng"),
    "insert a column": lambda table: table.sheet.insert_cols(3),
    "insert a row": lambda table: table.sheet.insert_rows(table.heading + 2),
    "insert a row above": lambda table: table.sheet.insert_rows(2),
    "rename": rename,
}
moves = st.sets(st.sampled_from(list(MOVES)))
mangled = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def typed_into(table: Table, key: str, **values: Any) -> None:
    """Type texts as texts, as a person does who sees them on the screen."""
    for name, value in values.items():
        table.type(key, **{name: value})
        if isinstance(value, str):
            table.cell(key, Table.HEADINGS[name]).data_type = "s"


def read(table: Table, done: set[str]) -> ReadFile:
    for name, move in MOVES.items():
        if name in done:
            move(table)
    path = folder() / "bang.xlsx"
    path.write_bytes(table.content())
    [result] = read_returns([path], issued()[0].campaign)
    return result


def findings_of(result: ReadFile) -> list[Finding]:
    return [*result.findings, *(result.document.findings if result.document else ())]


def holds(leaf: AppraisedLeaf | ExplainedLeaf, typed: Any, maximum: Decimal, told: bool) -> None:
    """Assert that a leaf says what was typed into its score cell, or that a finding tells."""
    if typed is None:
        assert leaf.answer is Answer.BLANK
    elif isinstance(typed, str) and typed.strip().casefold() == "không áp dụng":
        assert leaf.answer is Answer.NOT_APPLICABLE
    elif typed in UNREADABLE or D(str(READ_AS.get(typed, typed))) > maximum:
        assert (leaf.answer, leaf.score, told) == (Answer.UNUSABLE, None, True)
    else:
        assert (leaf.answer, leaf.score) == (Answer.SCORED, D(str(READ_AS.get(typed, typed))))


@mangled
@given(
    rows=st.lists(st.tuples(SCORES, WORDS, WORDS), min_size=5, max_size=5),
    done=moves,
    left_out=st.sets(st.sampled_from(KEYS), max_size=2),
)
def test_what_reviewers_typed_comes_back_or_is_told(
    rows: list[tuple[Any, str, str]], done: set[str], left_out: set[str]
) -> None:
    place, content, _ = issued()
    table = Table(content)
    table.sign()
    for key, (score, opinion, request) in zip(KEYS, rows, strict=True):
        typed_into(table, key, score=score, opinion=opinion, request=request)
    for row in sorted((table.rows.pop(key) for key in left_out), reverse=True):
        table.sheet.delete_rows(row)
    table.rows = {key: table.heading + n for n, key in enumerate(table.rows, start=1)}
    result = read(table, done)
    assert result.appraisal is not None
    leaves = {f"{x.unit}|{place.code(x.criterion)}": x for x in result.appraisal.leaves}
    assert set(leaves) == set(KEYS) - left_out
    about = {(f.unit, f.criterion) for f in findings_of(result)}
    for key, (score, opinion, request) in zip(KEYS, rows, strict=True):
        if key not in leaves:
            continue
        leaf = leaves[key]
        maximum = place.campaign.criterion(leaf.criterion).max_score or D(0)
        holds(leaf, score, maximum, (leaf.unit, leaf.criterion) in about)
        assert leaf.opinion == clean(opinion)
        assert leaf.request == clean(request)
        assert leaf.by == "Tổ thẩm định"


@mangled
@given(rows=st.lists(st.tuples(SCORES, WORDS, WORDS), min_size=3, max_size=3), done=moves)
def test_what_a_unit_answered_comes_back_or_is_told(
    rows: list[tuple[Any, str, str]], done: set[str]
) -> None:
    place, _, content = issued()
    table = Table(content, SUPPLEMENT_SHEET)
    for key, (wanted, explanation, evidence) in zip(OWN, rows, strict=True):
        typed_into(table, key, wanted=wanted, explanation=explanation, evidence=evidence)
    result = read(table, done)
    if all(wanted is None and not clean(f"{words}{proof}") for wanted, words, proof in rows):
        # Nothing was filled in: the table is not returned yet, wherever its rows were moved.
        assert result.supplement is None
        assert Code.FORM_UNFILLED in {finding.code for finding in findings_of(result)}
        return
    assert result.supplement is not None
    leaves = {f"{x.unit}|{place.code(x.criterion)}": x for x in result.supplement.leaves}
    assert set(leaves) == set(OWN)
    told = {(f.code, f.criterion) for f in findings_of(result)}
    for key, (wanted, explanation, evidence) in zip(OWN, rows, strict=True):
        leaf = leaves[key]
        maximum = place.campaign.criterion(leaf.criterion).max_score or D(0)
        holds(leaf, wanted, maximum, any(c == leaf.criterion for _, c in told))
        assert (leaf.explanation, leaf.evidence) == (clean(explanation), clean(evidence))
        silent = wanted is None and not explanation and not evidence
        assert ((Code.EXPLANATION_MISSING, leaf.criterion) in told) == silent
