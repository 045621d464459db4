"""Issue a form, fill it at random, mangle it, read it: what was filled comes back, or a finding."""

from __future__ import annotations

import io
import tempfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cchc_office.campaign import load_campaign
from cchc_office.decree30.figures import DEFAULT_PROFILE
from cchc_office.model import (
    Aggregation,
    Answer,
    Assignment,
    Campaign,
    CampaignInfo,
    Criterion,
    Role,
    Subtotal,
    Unit,
)
from cchc_office.papers.form.layout import COLUMNS, NOT_APPLICABLE, PLACES, SCORE_SHEET, TOTAL_LABEL
from cchc_office.papers.form.writer import build_form
from cchc_office.results.consolidation import consolidate
from cchc_office.returns import gather_returns, read_returns

from . import days
from .conftest import EXAMPLE

EXAMPLE_CAMPAIGN = load_campaign(EXAMPLE)
INSPECTORATE = EXAMPLE_CAMPAIGN.unit("TTra")
LEAVES = EXAMPLE_CAMPAIGN.scored_by(INSPECTORATE)
FORM = build_form(EXAMPLE_CAMPAIGN, INSPECTORATE, DEFAULT_PROFILE)

quarters = st.integers(0, 5).map(lambda n: Decimal(n) / 4)
words = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=30)
answers = st.one_of(
    st.tuples(st.just("score"), quarters),
    st.tuples(st.just("comma"), quarters),
    st.tuples(st.just("blank"), st.none()),
    st.tuples(st.just("kad"), st.none()),
    st.tuples(st.just("text"), st.sampled_from(["đạt", "1.250", "1,5/2", "x"])),
)


def typed(sheet: Any, row: int, kind: str, value: Decimal | str | None) -> None:
    cell = sheet.cell(row, PLACES["score"] + 1)
    if kind == "score" and isinstance(value, Decimal):
        cell.value = float(value)
    elif kind == "comma":
        cell.value = str(value).replace(".", ",")
    elif kind == "kad":
        sheet.cell(row, PLACES["applies"] + 1).value = NOT_APPLICABLE
    elif kind == "text":
        cell.value = str(value)


def mangle(book: Any, moves: list[str], order: list[int]) -> None:
    sheet = book[SCORE_SHEET]
    first = 6
    last = next(r for r in range(first, 200) if sheet.cell(r, 3).value == TOTAL_LABEL) - 1
    if "sort" in moves:
        rows = [[sheet.cell(r, c).value for c in range(1, 11)] for r in range(first, last + 1)]
        for r, source in enumerate(sorted(range(len(rows)), key=lambda i: order[i % len(order)])):
            for c, value in enumerate(rows[source], start=1):
                sheet.cell(first + r, c).value = value
    if "insert row" in moves:
        sheet.insert_rows(first + order[0] % 20)
    if "insert column" in moves:
        sheet.insert_cols(3)
    if "drop ids" in moves:
        for r in range(1, sheet.max_row + 1):
            sheet.cell(r, 1).value = None
    if "rename" in moves:
        sheet.title = "Sheet1"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    given=st.lists(st.tuples(answers, words), min_size=len(LEAVES), max_size=len(LEAVES)),
    moves=st.lists(
        st.sampled_from(["sort", "insert row", "insert column", "drop ids", "rename"]), unique=True
    ),
    order=st.lists(st.integers(0, 1000), min_size=5, max_size=50),
)
def test_what_was_filled_comes_back_or_a_finding(
    given: list[tuple[tuple[str, Any], str]], moves: list[str], order: list[int]
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(FORM))
    sheet: Any = book[SCORE_SHEET]
    rows = {sheet.cell(r, 1).value: r for r in range(1, sheet.max_row + 1)}
    for leaf, ((kind, value), evidence) in zip(LEAVES, given, strict=True):
        typed(sheet, rows[leaf.id], kind, value)
        cell = sheet.cell(rows[leaf.id], PLACES["evidence"] + 1)
        cell.value = evidence
        cell.data_type = "s"
    mangle(book, moves, order)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "phieu.xlsx"
        book.save(path)
        returns = gather_returns(read_returns([path], EXAMPLE_CAMPAIGN), EXAMPLE_CAMPAIGN)
    assert returns.findings == ()
    returned = returns.returns[0]
    read = {x.criterion: x for x in returned.leaves}
    about = {f.criterion for f in returned.findings}
    for leaf, ((kind, value), _) in zip(LEAVES, given, strict=True):
        answer = read[leaf.id]
        if kind in ("score", "comma") and value <= (leaf.max_score or 0):
            assert (answer.answer, answer.score) == (Answer.SCORED, value)
        else:
            assert answer.score is None
            assert leaf.id in about


def random_campaign(draw: st.DrawFn) -> Campaign:
    units = tuple(Unit(f"P{n}", f"Phòng số {n}") for n in range(1, draw(st.integers(1, 4)) + 1))
    criteria: list[Criterion] = []
    assignments: list[Assignment] = []
    for f in range(1, draw(st.integers(1, 3)) + 1):
        criteria.append(Criterion(f"TC-{f}", str(f), f"Lĩnh vực {f}", 1, "", f))
        for c in range(1, draw(st.integers(1, 3)) + 1):
            code = f"{f}.{c}"
            criteria.append(
                Criterion(
                    f"TC-{code}",
                    code,
                    f"Tiêu chí {code}",
                    2,
                    f"TC-{f}",
                    1,
                    Decimal(draw(st.integers(1, 12))) / 4,
                    aggregation=draw(st.sampled_from(list(Aggregation))),
                )
            )
            leads = draw(st.lists(st.sampled_from(units), min_size=1, unique=True))
            each = len(leads) > 1
            assignments += [Assignment(f"TC-{code}", u.code, Role.LEAD, each=each) for u in leads]
    info = CampaignInfo(2024, "Sở", "S", "/S-VP", "A", "BẢNG")
    return Campaign("dot-cham.xlsx", info, units, tuple(criteria), tuple(assignments))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_totals_by_field_and_overall_agree_on_random_campaigns(data: st.DataObject) -> None:
    campaign = data.draw(st.composite(random_campaign)())
    with tempfile.TemporaryDirectory() as folder:
        for unit in campaign.units:
            book = openpyxl.load_workbook(io.BytesIO(build_form(campaign, unit, DEFAULT_PROFILE)))
            sheet: Any = book[SCORE_SHEET]
            rows = {sheet.cell(r, 1).value: r for r in range(1, sheet.max_row + 1)}
            for leaf in campaign.scored_by(unit):
                kind, value = data.draw(answers)
                typed(sheet, rows[leaf.id], kind, value)
            book.save(Path(folder) / f"CCHC-2024-{unit.code}.xlsx")
        returns = gather_returns(read_returns(Path(folder), campaign), campaign)
    result = consolidate(campaign, returns, as_of=days.AFTER_DEADLINE)
    fields = (result.subtotals.get(f.id, Subtotal()) for f in campaign.children(None))
    assert sum(fields, Subtotal()) == result.total
    scores = {x.score for r in returns.returns for x in r.leaves if x.score is not None}
    for one in result.leaves:
        if len(one.leads) == 1 and one.score is not None:
            assert one.score in scores


def test_the_form_has_the_columns_that_the_reader_wants() -> None:
    sheet: Any = openpyxl.load_workbook(io.BytesIO(FORM))[SCORE_SHEET]
    assert [sheet.cell(5, c + 1).value for c in range(len(COLUMNS))] == [c.heading for c in COLUMNS]
