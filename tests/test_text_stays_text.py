"""Text that begins like a formula stays text in every workbook written."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from lxml import etree

from cchc_office.campaign import load_campaign
from cchc_office.decree30.figures import DEFAULT_PROFILE
from cchc_office.model import Campaign, Returns
from cchc_office.papers.assignment_table import assignment_table
from cchc_office.papers.form.layout import NOT_APPLICABLE
from cchc_office.papers.form.writer import build_form
from cchc_office.papers.report import build_report
from cchc_office.papers.table_docx import render_docx
from cchc_office.papers.table_xlsx import render_xlsx
from cchc_office.results.consolidation import consolidate
from cchc_office.returns import gather_returns, read_returns

from . import days
from .sheets import CRITERIA, SETTINGS, UNITS, campaign_file, fill_form

STARTS = ["=1+1", "+84", "-1", "@SUM(A1)", "=cmd' /C calc'!A0", "{=1}", "http://a.example"]
OWN_SHEET = "'(?:Bảng điểm|Điểm theo đơn vị)'!"
OURS = re.compile(
    rf'=(?:{OWN_SHEET}|COUNTIFS|"{NOT_APPLICABLE}"|SUM|COUNT|IF|OR|AND|ISNUMBER|N|MIN|MAX|AVERAGE|\$?[A-Z]{{1,2}}\$?\d+|""|[-+*/(),:=.]|\d+)+'
)
"""Sums over cells: no text but the form's own mark, no sheet but our own tables, no other function."""


def formulas_in(content: bytes) -> list[str]:
    book: Any = openpyxl.load_workbook(io.BytesIO(content))
    return [
        str(cell.value)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]


def texts_in(content: bytes) -> set[str]:
    book: Any = openpyxl.load_workbook(io.BytesIO(content))
    return {
        str(cell.value)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "s"
    }


def hostile_campaign(tmp_path: Path, start: str) -> Campaign:
    criteria = CRITERIA.replace("Ban hành kế hoạch", start).replace(
        "| Ghi chú", "| Ghi chú | Phương pháp"
    )
    criteria = criteria.replace("| ĐTXHH", f"| Xem {start} | ĐTXHH")
    units = UNITS.replace("Văn phòng Sở", f"{start} Văn phòng Sở")
    settings = SETTINGS.replace("BẢNG PHÂN CÔNG", start).replace("Sở Thử Nghiệm", f"{start} Sở")
    path = campaign_file(tmp_path, criteria=criteria, units=units, settings=settings)
    campaign = load_campaign(path)
    assert campaign.findings == ()
    return campaign


@pytest.mark.parametrize("start", STARTS)
def test_in_every_workbook(tmp_path: Path, start: str) -> None:
    campaign = hostile_campaign(tmp_path / "dot", start)
    unit = campaign.unit("VP")
    form = build_form(campaign, unit, DEFAULT_PROFILE)
    returned = tmp_path / "nhan-ve" / f"{start.replace('/', '')}.xlsx"
    returned.parent.mkdir()
    returned.write_bytes(form)
    fill_form(returned, {"1.1.1": {"score": 1}, "1.1.2": {"score": 0}})
    book = openpyxl.load_workbook(returned)
    for address in ("H8", "I8", "J8"):
        cell = book["Phiếu chấm"][address]
        cell.value = start
        cell.data_type = "s"
    book.save(returned)
    returns = gather_returns(read_returns(returned.parent, campaign), campaign)
    data = consolidate(campaign, returns, as_of=days.AFTER_DEADLINE)
    assert data.units[0].returned
    assert data.units[0].returned.leaves[0].evidence == start
    table = assignment_table(campaign, DEFAULT_PROFILE)
    for content in (
        form,
        render_xlsx(table, DEFAULT_PROFILE, "Bảng"),
        build_report(data, DEFAULT_PROFILE, returns_path="../nhan-ve"),
    ):
        assert start in texts_in(content)
        formulas = formulas_in(content)
        assert [f for f in formulas if not OURS.fullmatch(f)] == []
        assert start not in formulas


@pytest.mark.parametrize("text", ["A & B <c> \"d\" 'e'", "🙂", "a\u00a0b", "x" * 5000, "{{ x }}"])
def test_any_text_comes_out_as_typed(tmp_path: Path, text: str) -> None:
    criteria = CRITERIA.replace("Ban hành kế hoạch", text.replace("|", ""))
    campaign = load_campaign(campaign_file(tmp_path, criteria=criteria))
    name = next(c.name for c in campaign.criteria if c.code == "1.1.1")
    assert name == text.replace("\u00a0", " ")
    table = assignment_table(campaign, DEFAULT_PROFILE)
    # A text longer than a page goes on in a cell of the next.
    sheet: Any = openpyxl.load_workbook(
        io.BytesIO(render_xlsx(table, DEFAULT_PROFILE, "Bảng"))
    ).active
    assert name in "".join(str(cell.value or "") for cell in sheet["B"])
    with zipfile.ZipFile(io.BytesIO(render_docx(table, DEFAULT_PROFILE))) as archive:
        document = etree.fromstring(archive.read("word/document.xml"))
    assert name in "".join(t.text or "" for t in document.iter() if t.tag.endswith("}t"))


@pytest.mark.parametrize("text", ["<r>Kế hoạch & báo cáo</r>", "<r><t>Kế hoạch</t></r>"])
def test_text_like_formatted_text_stays_as_typed(tmp_path: Path, text: str) -> None:
    criteria = CRITERIA.replace("Ban hành kế hoạch", text)
    campaign = load_campaign(campaign_file(tmp_path, criteria=criteria))
    table = render_xlsx(assignment_table(campaign, DEFAULT_PROFILE), DEFAULT_PROFILE, "Bảng")
    form = build_form(campaign, campaign.unit("VP"), DEFAULT_PROFILE)
    data = consolidate(campaign, Returns(), as_of=days.AFTER_DEADLINE)
    for content in (table, form, build_report(data, DEFAULT_PROFILE)):
        assert text in {written.strip() for written in texts_in(content)}
