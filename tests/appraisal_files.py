"""What is read of a workbook of reviewers or a supplementary form."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from cchc_office.catalogue.findings import Finding, FindingCode
from cchc_office.model import AppraisedLeaf, ReadFile
from cchc_office.papers.appraisal.layout import SUPPLEMENT_SHEET
from cchc_office.papers.form.layout import HIDDEN_SHEET
from cchc_office.returns import read_returns
from cchc_office.steps.papers import explanations

from .appraised import DAY, Place, Table, start
from .calls import made

D = Decimal

KEYS = ("VP|1.1", "VP|1.2", "P1|1.3", "P2|1.3", "VP|2.1")

SAVED = dt.datetime(2024, 12, 10, 8)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return start(tmp_path / "dot")


def read(place: Place, table: Table, name: str = "a.xlsx") -> ReadFile:
    table.save(place.appraisals / name)
    [result] = read_returns([place.appraisals / name], place.campaign)
    return result


def said(place: Place, result: ReadFile) -> dict[str, AppraisedLeaf]:
    assert result.appraisal
    return {f"{x.unit}|{place.code(x.criterion)}": x for x in result.appraisal.leaves}


def all_findings(result: ReadFile) -> tuple[Finding, ...]:
    return (*result.findings, *(result.appraisal.findings if result.appraisal else ()))


def codes(result: ReadFile) -> list[FindingCode]:
    return [finding.code for finding in all_findings(result)]


def filled(place: Place) -> Table:
    table = Table(place.issue())
    table.sign()
    for place_, key in enumerate(KEYS):
        table.type(key, score=place_ / 10, opinion=f"Ý kiến {key}")
    return table


def is_as_filled(place: Place, result: ReadFile) -> bool:
    leaves = said(place, result)
    return all(
        (leaves[key].score, leaves[key].opinion) == (D(n) / 10, f"Ý kiến {key}")
        for n, key in enumerate(KEYS)
    )


def marked(table: Table, **marks: str) -> Table:
    sheet = table.book[HIDDEN_SHEET]
    for row in sheet.iter_rows(max_row=8):
        if row[0].value in marks:
            row[1].value = marks[str(row[0].value)]
    return table


def without_marks(table: Table) -> Table:
    del table.book[HIDDEN_SHEET]
    properties: Any = table.book.custom_doc_props  # type: ignore[attr-defined]
    for name in list(properties.names):
        del properties[name]
    return table


def asked(place: Place, tmp_path: Path) -> Table:
    """Return the supplementary form of VP, asked about 1.1 and 1.2."""
    table = Table(place.issue())
    table.sign()
    table.type("VP|1.1", score=0.5, opinion="Chậm")
    table.type("VP|1.2", request="Nêu số văn bản")
    table.save(place.appraisals / "a.xlsx")
    made(place.data(), tmp_path / "out", explanations(deadline=DAY))
    path = tmp_path / "out/giai-trinh/CCHC-2024-VP-bo-sung.xlsx"
    return Table(path.read_bytes(), SUPPLEMENT_SHEET)


def supplement(place: Place, form: Table) -> ReadFile:
    form.save(place.returns / "bo sung.xlsx")
    [result] = read_returns([place.returns / "bo sung.xlsx"], place.campaign)
    return result


def told_of(result: ReadFile) -> list[tuple[FindingCode, str]]:
    assert result.supplement
    return [(f.code, f.criterion) for f in result.supplement.findings]
