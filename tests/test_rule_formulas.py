"""The formulas of rules: recalculated by LibreOffice they give the scores that we give."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from cchc_office.rules import Choice, Declared, Rule, RuleCells, compute, formula, parse_rule
from cchc_office.text.vietnamese import decimal_of

from .rule_samples import Written, declarations, written_rules

CELLS = RuleCells("B2", "C2", "D2", "F2", "G2")
NOT_CALCULATED = "chưa tính"

# In Excel since 2003 at the latest, and in LibreOffice under the same names.
OLD_FUNCTIONS = {
    *("IF", "AND", "OR", "MIN", "MAX", "COUNT", "INT", "DATE", "ROUND", "LEN", "TRIM", "UPPER"),
}


@dataclass(frozen=True)
class Row:
    """A rule and what stands in the cells beside its formula."""

    rule: Rule
    maximum: Decimal
    declared: Declared
    applies: str = ""
    figure: object = None
    """What is typed in place of the declared figure: a text, a truth, another spelling."""

    @property
    def expected(self) -> Decimal | None:
        if self.applies.strip():
            return None
        return compute(self.rule, self.declared, self.maximum).score


def recalculated(rows: list[Row], path: Path, convert: Callable[[Path, str], Path]) -> list[Any]:
    """Return what LibreOffice makes of the formulas of all rows."""
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    date = book.add_format({"num_format": "dd/mm/yyyy"})
    for i, row in enumerate(rows):
        _put(sheet, i, 1, _figure(row), date)
        _put(sheet, i, 2, row.declared.total, date)
        _put(sheet, i, 3, row.applies or None, date)
        _put(sheet, i, 5, row.declared.second, date)
        _put(sheet, i, 6, row.declared.third, date)
        cells = RuleCells(*(f"{column}{i + 1}" for column in "BCDFG"))
        text = formula(row.rule, cells, row.maximum)
        assert sheet.write_formula(i, 4, text, None, NOT_CALCULATED) == 0
    book.close()
    # Only formulas without a value are surely calculated.
    openpyxl.load_workbook(path).save(path)
    calculated: Any = openpyxl.load_workbook(convert(path, "xlsx"), data_only=True).worksheets[0]
    return [calculated.cell(i + 1, 5).value for i in range(len(rows))]


def _figure(row: Row) -> object:
    declared = row.declared
    if row.figure is not None:
        return row.figure
    if declared.choice is not None:
        return declared.choice
    if declared.percent is not None:
        return declared.percent
    return declared.figure if declared.day is None else declared.day


def _put(sheet: Any, row: int, column: int, value: object, date: Any) -> None:
    if isinstance(value, dt.date):
        assert sheet.write_datetime(row, column, value, date) == 0
    elif isinstance(value, Decimal):
        assert sheet.write_number(row, column, float(value)) == 0
    elif isinstance(value, str):
        assert sheet.write_string(row, column, value) == 0


def differing(rows: list[Row], results: list[Any]) -> list[tuple[object, ...]]:
    """Return the rows where the sheet says something else than we do."""
    return [
        (row, formula(row.rule, CELLS, row.maximum), result)
        for row, result in zip(rows, results, strict=True)
        if not _agrees(row.expected, result)
    ]


def _agrees(expected: Decimal | None, result: object) -> bool:
    if expected is None or not isinstance(result, int | float):
        return expected is None and result in (None, "")
    return abs(decimal_of(result) - expected) < Decimal("1e-9")


def random_rows(count: int) -> list[Row]:
    """Return rows over all kinds of rules, the same ones at each run."""
    rows: list[Row] = []

    @settings(
        max_examples=count,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def draw(data: st.DataObject) -> None:
        written: Written = data.draw(written_rules())
        _, rule, maximum = written
        applies = data.draw(st.sampled_from(["", "", "", " ", "Không áp dụng"]))
        if formula(rule, CELLS, maximum):
            rows.append(Row(rule, maximum, data.draw(declarations(rule)), applies))

    draw()
    return rows


@pytest.mark.libreoffice
def test_formulas_give_our_scores(tmp_path: Path, libreoffice: Callable[[Path, str], Path]) -> None:
    rows = random_rows(1600)
    kinds = {type(row.rule).__name__ for row in rows}
    counted = {"PerItem", "Deductions", "SeveralDeductions", "WeightedShares", "Steps"}
    assert kinds == {*("Choice", "Ratio", "GivenShare", "Bands", "ByDate"), *counted}
    for kind in kinds:
        scored = [r for r in rows if type(r.rule).__name__ == kind and r.expected is not None]
        assert len(scored) > 10
    results = recalculated(rows, tmp_path / "random.xlsx", libreoffice)
    assert differing(rows, results) == []


def row(text: str, typed: object = None, /, **declared: Any) -> Row:
    return Row(parse_rule(text, Decimal(1), 2024).rule, Decimal(1), Declared(**declared), "", typed)


BANDS = "≥90%: 1; ≥80%: 0,5; còn lại: 0"


def awkward_rows() -> list[Row]:
    """Return figures at limits that binary numbers miss, and cells that hold no number."""
    rows = [
        row(f"≥{percent}%: 1; còn lại: 0", None, **figures(percent, scale))
        for percent in range(1, 100)
        for scale in ("0.01", "0.1", "1", "1000000")
    ]
    rows += [
        row("Tỷ lệ, dưới 66,6% được 0", **share)
        for share in (
            {"figure": Decimal("123456789.57"), "total": Decimal("123456789.57")},
            {"figure": Decimal("665.999"), "total": Decimal(1000)},
            {"figure": Decimal(666), "total": Decimal(1000)},
        )
    ]
    yes, no = {"choice": "Có"}, {"choice": "Không"}
    rows += [row("Có/Không", said, **yes) for said in ("có", " CÓ ", "co", "Có")]
    rows += [row("Có/Không", said, **no) for said in ("không", "KHÔNG", "khong ")]
    rows += [row(rule, "chưa rõ") for rule in ("Có/Không", "Tỷ lệ", BANDS, "Mỗi bài 0,5")]
    rows += [row("trước 15/01: 1; sau: 0", "15/01"), row("≥3: 1; còn lại: 0", "5")]
    counted = "≥3: 1; 1–2: 0,5; còn lại: 0"
    rows += [row(counted, figure=Decimal(said)) for said in ("2", "2.5", "0.5", "3")]
    things = "đã lắp cân điện tử ở cửa kho số một: 0,5; 100% thẻ kho ghi đủ ngày, tháng và {}: 0,5"
    selected = parse_rule(things.format("tên người " * 9), Decimal(1), 2024).rule
    assert isinstance(selected, Choice)
    rows += [row(things.format("tên người " * 9), choice=label) for label in selected.labels]
    afternoon = dt.datetime(2024, 1, 15, 13, 30)
    rows += [row("đến 15/01: 1; sau: 0", afternoon, day=afternoon.date())]
    return rows


def figures(percent: int, scale: str) -> dict[str, Decimal]:
    return {"figure": percent * Decimal(scale), "total": 100 * Decimal(scale)}


@pytest.mark.libreoffice
def test_awkward_cells(tmp_path: Path, libreoffice: Callable[[Path, str], Path]) -> None:
    rows = awkward_rows()
    results = recalculated(rows, tmp_path / "awkward.xlsx", libreoffice)
    assert differing(rows, results) == []


@given(written_rules())
def test_formulas_are_for_old_programs_too(written: Written) -> None:
    _, rule, maximum = written
    text = formula(rule, CELLS, maximum)
    assert set(re.findall(r"([A-Z]+)\(", text)) <= OLD_FUNCTIONS
    assert len(text) <= 8192  # Excel takes no longer ones
    assert ";" not in text


def test_the_longest_rule_fits_a_cell() -> None:
    parts = [f"từ {n},5% đến dưới {n + 1},5%: 0,5" for n in range(29)]
    rule = parse_rule("; ".join([*parts, "còn lại: 0"]), Decimal(1), 2024).rule
    text = formula(rule, RuleCells("$AB$1234", "$AC$1234", "$AD$1234"), Decimal(1))
    assert len(text) <= 8192
    assert nesting(text) <= 64


def nesting(text: str) -> int:
    depth = deepest = 0
    for character in text:
        depth += {"(": 1, ")": -1}.get(character, 0)
        deepest = max(deepest, depth)
    return deepest


def test_free_scores_have_no_formula() -> None:
    assert formula(parse_rule("Tự chấm", Decimal(1), 2024).rule, CELLS, Decimal(1)) == ""
