"""Score workbooks, read back with openpyxl."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from cchc_office.decree30.figures import DEFAULT_PROFILE
from cchc_office.model import Campaign, Method, Role
from cchc_office.papers.form.layout import (
    COLUMNS,
    HELP_SHEET,
    HIDDEN_SHEET,
    NOT_APPLICABLE,
    PLACES,
    SCORE_SHEET,
)
from cchc_office.papers.form.writer import build_form

from .sheets import form_rows_by_code


@pytest.fixture(scope="module")
def forms(example: Campaign) -> dict[str, Any]:
    return {
        unit.code: openpyxl.load_workbook(io.BytesIO(build_form(example, unit, DEFAULT_PROFILE)))
        for unit in example.units
    }


def column(key: str) -> int:
    return PLACES[key] + 1


def open_cells(sheet: Any) -> set[tuple[int, str]]:
    return {
        (row, c.key)
        for row in range(1, sheet.max_row + 1)
        for c in COLUMNS
        if not sheet.cell(row, column(c.key)).protection.locked
    }


def test_the_union_of_all_forms_is_every_leafs_assignments(
    example: Campaign, forms: dict[str, Any]
) -> None:
    expected = {
        (a.unit, leaf.id, a.role.value)
        for leaf in example.leaves
        for a in example.assignments_of(leaf)
    }
    leaves = {leaf.id for leaf in example.leaves}
    found = set()
    for code, book in forms.items():
        sheet = book[SCORE_SHEET]
        for row in range(6, sheet.max_row + 1):
            row_id = sheet.cell(row, column("id")).value
            if row_id in leaves:
                found.add((code, row_id, sheet.cell(row, column("role")).value))
    assert found == expected


def test_headings_above_own_rows_are_there_and_no_others(
    example: Campaign, forms: dict[str, Any]
) -> None:
    rows = form_rows_by_code(forms["QLCN"][SCORE_SHEET])
    assert {"1", "1.6", "1.6.1", "3", "3.3", "3.3.4"} <= set(rows)
    assert not {"1.1", "1.1.1", "6", "3.3.1"} & set(rows)


def test_only_input_cells_are_open(example: Campaign, forms: dict[str, Any]) -> None:
    for unit in example.units:
        sheet = forms[unit.code][SCORE_SHEET]
        rows = form_rows_by_code(sheet)
        expected = set()
        for criterion in example.assigned_to(unit):
            if not example.is_leaf(criterion) or criterion.method is not Method.SELF:
                continue
            assignment = example.assignment(unit, criterion)
            assert assignment
            keys = ["result", "evidence", "note"]
            if assignment.role is Role.LEAD:
                keys += ["score", "applies"]
            expected |= {(rows[criterion.code], key) for key in keys}
        assert open_cells(sheet) == expected
        assert sheet.protection.sheet
        assert sheet.protection.password is None


def test_limits_and_lists_speak_vietnamese(forms: dict[str, Any]) -> None:
    sheet = forms["VP"][SCORE_SHEET]
    row = form_rows_by_code(sheet)["1.1.1"]
    validations = {str(v.sqref): v for v in sheet.data_validations.dataValidation}
    score = validations[f"F{row}"]
    assert (score.type, score.operator or "between") == ("decimal", "between")
    assert [Decimal(score.formula1), Decimal(score.formula2)] == [Decimal(0), Decimal("1.25")]
    assert score.error == "Điểm phải là một số từ 0 đến 1,25."
    applies = validations[f"G{row}"]
    assert applies.type == "list"
    assert applies.formula1 == f'"{NOT_APPLICABLE}"'


def test_survey_leaves_are_grey_and_locked(forms: dict[str, Any]) -> None:
    sheet = forms["VP"][SCORE_SHEET]
    row = form_rows_by_code(sheet)["1.5.1"]
    for key in ("score", "result", "evidence"):
        cell = sheet.cell(row, column(key))
        assert cell.protection.locked
        assert cell.fill.fgColor.rgb == "FFD9D9D9"


def test_subtotals_are_formulas_with_the_values_of_now(
    example: Campaign, forms: dict[str, Any]
) -> None:
    unit = example.unit("VP")
    content = io.BytesIO(build_form(example, unit, DEFAULT_PROFILE))
    values: Any = openpyxl.load_workbook(content, data_only=True)[SCORE_SHEET]
    sheet = forms["VP"][SCORE_SHEET]
    rows = form_rows_by_code(sheet)
    assert (
        sheet.cell(rows["1.1"], column("max_score")).value
        == f"=SUM(E{rows['1.1.1']}:E{rows['1.1.2']})"
    )
    assert values.cell(rows["1.1"], column("max_score")).value == 2
    assert "SUM(" in sheet.cell(rows["1.1"], column("score")).value
    total = next(r for r in range(1, 200) if sheet.cell(r, column("name")).value == "TỔNG CỘNG")
    expected = sum(c.max_score or Decimal(0) for c in example.scored_by(unit))
    assert Decimal(str(values.cell(total, column("max_score")).value)) == expected


def test_a_blank_form_shows_no_zero(example: Campaign) -> None:
    content = io.BytesIO(build_form(example, example.unit("VP"), DEFAULT_PROFILE))
    sheet: Any = openpyxl.load_workbook(content, data_only=True)[SCORE_SHEET]
    scores = [sheet.cell(r, column("score")).value for r in range(6, sheet.max_row + 1)]
    assert not any(isinstance(s, int | float) for s in scores)


def test_the_hidden_sheet_tells_what_the_form_is(example: Campaign, forms: dict[str, Any]) -> None:
    book = forms["TTra"]
    sheet = book[HIDDEN_SHEET]
    assert sheet.sheet_state == "veryHidden"
    meta = {sheet.cell(r, 1).value: sheet.cell(r, 2).value for r in range(1, 4)}
    assert meta == {"campaign": "CCHC-2024-SCT", "unit": "TTra", "version": "1"}
    hidden_ids = [sheet.cell(r, 1).value for r in range(6, sheet.max_row + 1)]
    score_sheet = book[SCORE_SHEET]
    shown = [score_sheet.cell(r, 1).value for r in range(6, score_sheet.max_row + 1)]
    assert hidden_ids == [i for i in shown if i]
    assert score_sheet.column_dimensions["A"].hidden


def test_the_form_prints_on_a4_with_repeated_headings(forms: dict[str, Any]) -> None:
    for book in forms.values():
        sheet = book[SCORE_SHEET]
        assert int(sheet.page_setup.paperSize) == 9
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.print_title_rows == "$5:$5"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert HELP_SHEET in book.sheetnames


def test_codes_are_text(forms: dict[str, Any]) -> None:
    sheet = forms["VP"][SCORE_SHEET]
    for row in range(6, sheet.max_row + 1):
        cell = sheet.cell(row, column("code"))
        assert cell.value is None or cell.data_type == "s"


def test_the_same_campaign_gives_the_same_bytes(example: Campaign) -> None:
    unit = example.units[0]
    first = build_form(example, unit, DEFAULT_PROFILE)
    assert build_form(example, unit, DEFAULT_PROFILE) == first
