"""A clerk who goes through a campaign's whole year, command by command (số liệu minh họa)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl

from cchc_office.campaign import load_campaign
from cchc_office.model import Campaign, Criterion, Unit
from cchc_office.papers.appraisal.layout import SUPPLEMENT_SHEET
from cchc_office.papers.form.layout import COLUMNS, INPUT_COLUMNS, SCORE_SHEET, RowKind, form_rows
from cchc_office.rules import (
    ByDate,
    Choice,
    Deductions,
    GivenShare,
    PerItem,
    SelfScored,
    SeveralDeductions,
    Steps,
    WeightedShares,
)

from .appraised import Table, say_when_saved
from .calls import cchc

HEADINGS = {column.key: column.heading for column in (*COLUMNS, *INPUT_COLUMNS)}


@dataclass(frozen=True)
class Office:
    """A campaign's folder, its papers, and a clerk who goes through the whole year."""

    folder: Path
    papers: Path

    @property
    def campaign(self) -> Campaign:
        return load_campaign(self.folder)

    def run(self, stage: str, command: str, *options: str | Path) -> None:
        """Run a command whose papers go into the folder of a stage."""
        out = self.papers / stage
        assert cchc(command, self.folder, "-o", out, "--ngay", "20/12/2024", *options) in (0, 1)

    def whole_year(self, *, returned: int = 0) -> None:
        """Run every command: `returned` units answer, two rounds of appraisal, reminders, a list."""
        self.issue()
        if returned:
            self.answer(returned)
        self.run("before", "tong-hop")
        for number in (1, 2):
            stage = f"round-{number}"
            self.run(stage, "tham-dinh", "--lan", str(number))
            self.appraise(number)
            self.run(stage, "giai-trinh", "--han-giai-trinh", "27/12/2024")
            self.run(stage, "don-doc", "--lan", str(number))
            if number == 1:
                self.explain()
        earlier = self.papers / "before/tong-hop/tong-hop.xlsx"
        self.run("after", "tong-hop", "--so-voi", earlier)
        unit = self.campaign.units[0].code
        assert cchc("so", "ghi", self.folder, unit, "--cach", "Zalo", "--ngay", "1/12/2024") == 0
        self.run("after", "so", "--xlsx")

    def issue(self) -> None:
        for command in ("phu-luc", "cong-van", "phieu-cham"):
            assert cchc(command, self.folder, "-o", self.papers / "issued") in (0, 1)

    def answer(self, units: int) -> None:
        """Have the first units return their forms, each row answered."""
        for unit in self.campaign.units[:units]:
            name = f"{self.campaign.paper_name(unit)}.xlsx"
            fill(self.papers / "issued/phieu-cham" / name, self.campaign, unit, self.returns / name)

    def appraise(self, number: int) -> None:
        """Have reviewers take points off the first rows, and ask."""
        name = f"tham-dinh-lan-{number}.xlsx"
        table = Table((self.papers / f"round-{number}/tham-dinh" / name).read_bytes())
        table.sign()
        for key in [key for key, row in table.rows.items() if table.sheet.cell(row, 2).value][:12]:
            table.type(key, score=0, opinion="Thiếu hồ sơ", request="Bổ sung báo cáo")
        (self.folder / "tham-dinh").mkdir(exist_ok=True)
        table.save(self.folder / "tham-dinh" / name)

    def explain(self) -> None:
        """Have each unit that was asked answer its first row."""
        forms = sorted((self.papers / "round-1/giai-trinh").glob("*-bo-sung.xlsx"))
        assert forms
        for path in forms[:-1]:
            form = Table(path.read_bytes(), SUPPLEMENT_SHEET)
            form.type(next(iter(form.rows)), explanation="Đã đủ hồ sơ", evidence="Công văn 7")
            form.save(self.returns / path.name)

    @property
    def returns(self) -> Path:
        folder = self.folder / "nhan-ve"
        folder.mkdir(exist_ok=True)
        return folder


def fill(issued: Path, campaign: Campaign, unit: Unit, saved: Path) -> None:
    """Fill in each row of a form that the unit leads."""
    rows = form_rows(campaign, unit)
    answers = {r.criterion.id: answer_to(r.criterion) for r in rows if r.kind is RowKind.SCORED}
    type_answers(issued, answers, saved)


def type_answers(
    issued: Path,
    answers: Mapping[str, Mapping[str, Any]],
    saved: Path,
    saved_at: dt.datetime | None = None,
) -> None:
    """Type answers, by row and by column key, into a form; it may say when it was saved."""
    book = openpyxl.load_workbook(issued)
    sheet: Any = book[SCORE_SHEET]
    heading = next(r for r in range(1, 30) if sheet.cell(r, 2).value == HEADINGS["code"])
    columns = {cell.value: cell.column for cell in sheet[heading] if cell.value}
    rows = {str(sheet.cell(r, 1).value): r for r in range(heading + 1, sheet.max_row + 1)}
    for row, typed in answers.items():
        for key, value in typed.items():
            sheet.cell(rows[row], columns[HEADINGS[key]]).value = value
    book.save(saved)
    if saved_at:
        say_when_saved(saved, saved_at)


def answer_to(leaf: Criterion) -> dict[str, Any]:
    told = {"evidence": "Báo cáo số 1", "note": "Khó khăn: thiếu người\nKiến nghị: bổ sung"}
    match leaf.scoring:
        case SelfScored():
            return {"score": float((leaf.max_score or Decimal(0)) / 2), **told}
        case Choice(alternatives=(first, *_)):
            return {"figure": first.label, **told}
        case ByDate():
            return {"figure": dt.datetime(2024, 1, 20), **told}
        case GivenShare():
            return {"figure": 0.854, **told}
        case SeveralDeductions():
            return {"figure": 1, "second": 0, "third": 1, **told}
        case WeightedShares():
            return {"figure": 5, "second": 2, "third": 1, "total": 10, **told}
        case Steps():
            return {"figure": 0.6 if leaf.scoring.is_share else 60, **told}
        case PerItem() | Deductions():
            return {"figure": 3, **told}
        case _:
            return {"figure": 8, "total": 10, **told}
