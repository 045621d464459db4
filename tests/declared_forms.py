"""A campaign with every kind of rule, and what fills in its form as a unit does."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl

from cchc_office.decree30.figures import DEFAULT_PROFILE
from cchc_office.model import (
    Assignment,
    Campaign,
    CampaignInfo,
    Criterion,
    Method,
    Points,
    ReadFile,
    Role,
    Unit,
)
from cchc_office.papers.form.layout import COLUMNS, INPUT_COLUMNS, SCORE_SHEET
from cchc_office.papers.form.writer import build_form
from cchc_office.returns import read_returns
from cchc_office.rules import (
    SELF_SCORED,
    Alternative,
    Band,
    Bands,
    ByDate,
    Choice,
    Comparator,
    DayLimit,
    Deductions,
    GivenShare,
    Limit,
    NothingArose,
    PerItem,
    Ratio,
    Rule,
    SeveralDeductions,
    Steps,
    WeightedShares,
    yes_no,
)

UNIT = Unit("P1", "Phòng Một")
OTHER = Unit("P2", "Phòng Hai")
INFO = CampaignInfo(2024, "Sở Thử Nghiệm", "STN", "/STN-VP", "Tỉnh A", "BẢNG PHÂN CÔNG")
HEADINGS = {column.key: column.heading for column in (*COLUMNS, *INPUT_COLUMNS)}


def of_share(comparison: Comparator, percent: str, score: str) -> Band:
    return Band((Limit(comparison, Decimal(percent) / 100),), Decimal(score))


RULES: dict[str, tuple[Rule, str]] = {
    "yes": (yes_no(Decimal(1)), "1"),
    "ratio": (Ratio(), "2"),
    "floor": (Ratio(Decimal("0.8"), NothingArose(Decimal(1))), "1"),
    "nothing": (Ratio(None, NothingArose(None)), "1.5"),
    "bands": (
        Bands(
            (of_share(Comparator.AT_LEAST, "90", "1"), of_share(Comparator.MORE, "70", "0.5")),
            Decimal(0),
        ),
        "1",
    ),
    "plain": (
        Bands(
            (
                Band((Limit(Comparator.AT_LEAST, Decimal(20)),), Decimal(2)),
                Band(
                    (
                        Limit(Comparator.AT_LEAST, Decimal(5)),
                        Limit(Comparator.LESS, Decimal(20)),
                    ),
                    Decimal("0.75"),
                ),
            ),
            Decimal("0.1"),
            of_ratio=False,
        ),
        "2",
    ),
    "items": (PerItem(Decimal("0.5"), "văn bản"), "2"),
    "day": (
        ByDate(
            (
                DayLimit(dt.date(2024, 1, 15), Decimal(1)),
                DayLimit(dt.date(2024, 1, 31), Decimal("0.5"), inclusive=True),
            ),
            Decimal(0),
        ),
        "1",
    ),
    "self": (SELF_SCORED, "3"),
    "cases": (
        Choice(
            (
                Alternative("Ban hành đúng thời gian, đủ nội dung", Decimal(1)),
                Alternative("Ban hành chậm", Decimal("0.5")),
                Alternative("Không ban hành", Decimal(0)),
            )
        ),
        "1",
    ),
    "takes": (Deductions(Decimal("0.25"), "báo cáo gửi muộn", Decimal("0.5")), "2"),
    "percent": (GivenShare("chỉ số hài lòng", Decimal("0.6")), "10"),
    "weighted": (
        WeightedShares(
            (Decimal(2), Decimal(1)), ("số việc xong đúng hạn", "số việc xong muộn"), "tổng số việc"
        ),
        "2",
    ),
    "several": (
        SeveralDeductions(
            (Decimal("0.5"), Decimal("0.25"), Decimal("0.1")), ("lần thiếu", "lần sai", "lần muộn")
        ),
        "2",
    ),
    "steps": (
        Steps("số hộ", Decimal(200), Decimal(1), Decimal(50), Decimal("0.25"), least=Decimal(100)),
        "2",
    ),
}
"""Rules and the maximum scores of their leaves, by the words that tests call them."""


class Rows:
    """Collects criteria, with the codes that their places give them."""

    def __init__(self) -> None:
        self.criteria: list[Criterion] = []

    def add(self, code: str, name: str, **fields: Any) -> None:
        level = code.count(".") + 1
        parent = f"TC-{code.rpartition('.')[0]}" if "." in code else ""
        row = len(self.criteria) + 5
        self.criteria.append(Criterion(f"TC-{code}", code, name, level, parent, row, **fields))


def campaign(copies: int = 1) -> Campaign:
    """Return a campaign in which one unit leads a leaf for each rule, `copies` times.

    Beside them stand a group for bonus (at most 1,5 points) and one for penalties (at most 2), a
    leaf that does not apply, one scored by survey, and one that another unit leads.
    """
    rows = Rows()
    rows.add("1", "Cải cách thể chế")
    for copy in range(1, copies + 1):
        rows.add(f"1.{copy}", f"Tiêu chí có cách chấm {copy}")
        for n, (name, (rule, most)) in enumerate(RULES.items(), start=1):
            code = f"1.{copy}.{n}"
            rows.add(code, f"Chỉ tiêu {name} {copy}", max_score=Decimal(most), scoring=rule)
    after = copies + 1
    rows.add(f"1.{after}", "Điều tra", max_score=Decimal(4), method=Method.SURVEY)
    rows.add(f"1.{after + 1}", "Không còn nhiệm vụ này", max_score=Decimal(2), applies=False)
    rows.add(f"1.{after + 2}", "Việc của phòng khác", max_score=Decimal(1))
    bonus, penalty = {"points": Points.BONUS}, {"points": Points.PENALTY}
    rows.add("2", "Điểm thưởng", max_score=Decimal("1.5"), **bonus)
    rows.add(
        "2.1",
        "Sáng kiến",
        max_score=Decimal(1),
        scoring=PerItem(Decimal("0.25"), "sáng kiến"),
        **bonus,
    )
    rows.add("2.2", "Được khen thưởng", max_score=Decimal(1), **bonus)
    rows.add("3", "Điểm phạt", max_score=Decimal(2), **penalty)
    rows.add(
        "3.1",
        "Báo cáo chậm",
        max_score=Decimal(2),
        scoring=PerItem(Decimal("0.5"), "báo cáo"),
        **penalty,
    )
    rows.add("3.2", "Bị phê bình", max_score=Decimal(1), scoring=yes_no(Decimal(1)), **penalty)
    parents = {c.parent for c in rows.criteria}
    leaves = [c for c in rows.criteria if c.id not in parents]
    supported = f"TC-1.{after + 2}"
    assignments = [
        Assignment(c.id, UNIT.code, Role.SUPPORT if c.id == supported else Role.LEAD)
        for c in leaves
    ]
    assignments.append(Assignment(supported, OTHER.code, Role.LEAD))
    return Campaign("dot-cham.xlsx", INFO, (UNIT, OTHER), tuple(rows.criteria), tuple(assignments))


CAMPAIGN = campaign()
CODES = {name: f"1.1.{n}" for n, name in enumerate(RULES, start=1)}
"""The code of the leaf of each rule."""

FORM = build_form(CAMPAIGN, UNIT, DEFAULT_PROFILE)


def places(sheet: Any) -> dict[str, int]:
    """Return the column (from 1) of each key, by the headings."""
    heading = next(
        r for r in range(1, 20) if HEADINGS["name"] in [c.value for c in sheet[r] if c.value]
    )
    by_heading = {cell.value: cell.column for cell in sheet[heading] if cell.value}
    return {key: by_heading[text] for key, text in HEADINGS.items() if text in by_heading}


def rows_by_code(sheet: Any) -> dict[str, int]:
    column = places(sheet)["code"]
    return {str(sheet.cell(r, column).value): r for r in range(1, sheet.max_row + 1)}


def fill(path: Path, answers: dict[str, dict[str, Any]], *, content: bytes = FORM) -> Path:
    """Save the form with `answers` typed in by code and column key."""
    path.write_bytes(content)
    book = openpyxl.load_workbook(path)
    sheet = book[SCORE_SHEET]
    at, rows = places(sheet), rows_by_code(sheet)
    for code, values in answers.items():
        for key, value in values.items():
            cell = sheet.cell(rows[code], at[key])
            cell.value = value
            if isinstance(value, str) and not value.startswith("="):
                cell.data_type = "s"
    book.save(path)
    return path


def read(path: Path, of: Campaign = CAMPAIGN) -> ReadFile:
    (result,) = read_returns([path], of)
    return result
