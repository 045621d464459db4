"""The cells of a form in which a unit declares figures, and the score that follows from them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from cchc_office.model import Criterion
from cchc_office.papers.filled_sheets import guide
from cchc_office.papers.form.layout import FIRST_DAY, INPUT_PLACES
from cchc_office.rules import (
    NO,
    YES,
    Bands,
    Choice,
    Deductions,
    Input,
    PerItem,
    RuleCells,
    SeveralDeductions,
    formula,
    takes_whole_only,
)
from cchc_office.sheets.addresses import cell_name
from cchc_office.sheets.look import Style
from cchc_office.sheets.workbook_writer import SheetWriter
from cchc_office.text import figures
from cchc_office.text.vietnamese import official

DAY_FORMAT = "dd/mm/yyyy"
_PERCENT_FORMAT = "0.00%"
_LONGEST_ITEM = 60
_ERROR_TITLE = "Số liệu không hợp lệ"


def write_inputs(
    sheet: SheetWriter,
    at: int,
    criterion: Criterion,
    inputs: tuple[Input, ...],
    places: Mapping[str, int],
    style: Style,
    cases: str = "",
) -> None:
    """Write the input cells of a row; `style` is that of open cells.

    `cases` is the range that holds what there is to choose from, where a list cannot name it.
    """
    for wanted in inputs:
        place = places[INPUT_PLACES[wanted]]
        number_format, limits = _cell(wanted, criterion, cases)
        shown = replace(style, align="center", number_format=number_format)
        sheet.text(at, place, "", shown)
        guide(sheet, (at, at), place, **limits)


def write_computed(
    sheet: SheetWriter, at: int, criterion: Criterion, places: Mapping[str, int], style: Style
) -> None:
    """Write the score of a row as its rule's formula, empty while nothing is declared."""
    keys = ("figure", "total", "applies", "second", "third")
    cells = RuleCells(*(cell_name(at, places[key]) if key in places else "" for key in keys))
    text = formula(criterion.scoring, cells, criterion.max_score or Decimal(0))
    place = places["score"]
    sheet.formula(at, place, text, "", style)
    message = "Điểm được tính từ số liệu kê khai: điền ở cột Số liệu kê khai, không gõ vào ô này."
    guide(sheet, (at, at), place, "Tự tính", message)


def _cell(wanted: Input, criterion: Criterion, cases: str) -> tuple[str, dict[str, Any]]:
    """Return the number format of an input cell, and what it takes."""
    rule = criterion.scoring
    if wanted is Input.DAY:
        return DAY_FORMAT, _day_limits()
    if isinstance(rule, Choice):
        return "General", _choice_limits(rule, cases)
    if wanted is Input.PERCENT:
        return _PERCENT_FORMAT, _percent_limits()
    if wanted is Input.TOTAL:
        message = "Điền tổng số, là một số từ 0 trở lên. Ghi 0 nếu không phát sinh."
        return "General", _number_limits("decimal", "Trên tổng số", message)
    if isinstance(rule, SeveralDeductions):
        message = (
            "Điền số lượng, là số nguyên từ 0 trở lên, theo cột Cách chấm. Không có thì ghi 0."
        )
        return figures.COUNT_CELL, _number_limits("integer", "Số liệu kê khai", message)
    if isinstance(rule, PerItem | Deductions | Bands) and takes_whole_only(rule):
        item = rule.item
        counted = f"số {item}" if item and len(item) <= _LONGEST_ITEM else "số lượng"
        message = f"Điền {counted}, là số nguyên từ 0 trở lên. Để trống nếu chưa có số liệu."
        return figures.COUNT_CELL, _number_limits("integer", "Số liệu kê khai", message)
    message = "Điền một số từ 0 trở lên, theo cột Cách chấm. Để trống nếu chưa có số liệu."
    return "General", _number_limits("decimal", "Số liệu kê khai", message)


def _number_limits(kind: str, title: str, message: str) -> dict[str, Any]:
    number = "số nguyên" if kind == "integer" else "một số"
    return {
        "validate": kind,
        "criteria": ">=",
        "value": 0,
        "title": title,
        "message": message,
        "error_title": _ERROR_TITLE,
        "error_message": f"Phải là {number} từ 0 trở lên, không kèm chữ.",
    }


def _day_limits() -> dict[str, Any]:
    first = official(FIRST_DAY).short
    return {
        "validate": "date",
        "criteria": ">=",
        "value": dt.datetime.combine(FIRST_DAY, dt.time()),
        "title": "Số liệu kê khai",
        "message": "Điền ngày, tháng, năm, ví dụ 31/01/2024. Để trống nếu chưa có.",
        "error_title": "Ngày không hợp lệ",
        "error_message": f"Phải là một ngày từ {first} trở đi, ví dụ 31/01/2024.",
    }


def _percent_limits() -> dict[str, Any]:
    return {
        "validate": "decimal",
        "criteria": "between",
        "minimum": 0,
        "maximum": 1,
        "title": "Số liệu kê khai",
        "message": "Điền số phần trăm, ví dụ 85,4%. Để trống nếu chưa có số liệu.",
        "error_title": _ERROR_TITLE,
        "error_message": "Phải là một tỷ lệ từ 0% đến 100%, ví dụ 85,4%.",
    }


def _choice_limits(rule: Choice, cases: str) -> dict[str, Any]:
    """Return what a cell for a case takes; where it is one of two words, the message names them."""
    message, error = "Chọn một mục trong danh sách.", "Chỉ để trống, hoặc chọn trong danh sách."
    if rule.labels == (YES, NO):
        message, error = (
            f"Chọn “{YES}” hoặc “{NO}”.",
            f"Chỉ để trống, hoặc chọn “{YES}” hay “{NO}”.",
        )
    return {
        "validate": "list",
        "source": f"={cases}" if cases else list(rule.labels),
        "title": "Số liệu kê khai",
        "message": f"{message} Để trống nếu chưa có số liệu.",
        "error_title": _ERROR_TITLE,
        "error_message": error,
    }
