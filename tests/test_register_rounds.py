"""What the register tells of rounds of appraisal: who has to explain, whose answer came."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from cchc_office.papers.appraisal.layout import SUPPLEMENT_SHEET
from cchc_office.results.consolidation import consolidate
from cchc_office.returns import gather_returns, read_returns

from .appraised import DAY, Place, Table, start
from .calls import cchc

Shown = pytest.CaptureFixture[str]
D = Decimal


@pytest.fixture
def place(tmp_path: Path, capsys: Shown) -> Place:
    """Give a campaign whose first round cut scores of VP and P2; the letters are made."""
    place = start(tmp_path / "dot")
    appraise(place, "lan-1.xlsx", "1.5")
    assert cchc("giai-trinh", place.folder, "-o", place.folder / "ra") in (0, 1)
    capsys.readouterr()
    return place


def appraise(place: Place, name: str, score: str) -> None:
    table = Table(place.issue())
    table.sign()
    by_unit = {key.split("|")[0]: key for key in table.rows if "1.2" in key or "1.3" in key}
    table.type(by_unit["VP"], score=float(score), opinion="Thiếu tài liệu (minh họa)")
    table.type(by_unit["P2"], score=0.5, opinion="Thiếu tài liệu (minh họa)")
    table.save(place.appraisals / name)


def ask(place: Place, capsys: Shown) -> None:
    """Have the letters that ask for explanations handed over on paper."""
    cchc("so", "ghi", place.folder, "VP", "P2", "--loai", "giai-trinh", "--cach", "trao tay")
    capsys.readouterr()


def explain(place: Place, unit: str, words: str, name: str) -> None:
    made = place.folder / "ra" / "giai-trinh" / f"CCHC-2024-{unit}-bo-sung.xlsx"
    table = Table(made.read_bytes(), SUPPLEMENT_SHEET)
    for key in table.rows:
        table.type(key, explanation=words)
    table.save(place.returns / name)


def standing(place: Place, capsys: Shown) -> dict[str, dict[str, Any]]:
    capsys.readouterr()
    cchc("so", place.folder, "--ngay", f"{DAY:%d/%m/%Y}", "--json")
    whole = json.loads(capsys.readouterr().out)
    return {unit["ma"]: unit for unit in whole["don_vi"]}


OWED = "chưa có phiếu giải trình (thẩm định lần 1)"


def test_no_explanation_is_owed_before_it_was_asked_for(place: Place, capsys: Shown) -> None:
    assert not any(OWED in unit["con_no"] for unit in standing(place, capsys).values())
    cchc("so", place.folder)
    assert "; 2 đơn vị chưa được yêu cầu giải trình" in capsys.readouterr().out
    ask(place, capsys)
    cchc("so", place.folder)
    shown = capsys.readouterr().out
    assert "; còn 2 phiếu giải trình chưa về" in shown
    assert "chưa được yêu cầu" not in shown


def test_explanations_owed_and_received_are_shown(place: Place, capsys: Shown) -> None:
    ask(place, capsys)
    units = standing(place, capsys)
    assert {code for code, unit in units.items() if OWED in unit["con_no"]} == {"VP", "P2"}
    explain(place, "VP", "Đã bổ sung (minh họa)", "gt.xlsx")
    units = standing(place, capsys)
    assert {code for code, unit in units.items() if OWED in unit["con_no"]} == {"P2"}
    (answer,) = units["VP"]["giai_trinh_ve"]
    assert (answer["lan"], answer["tep"]) == (1, "gt.xlsx")
    assert units["P2"]["giai_trinh_ve"] == []


def test_an_explanation_is_owed_by_the_day_that_its_letter_told(
    place: Place, capsys: Shown
) -> None:
    cchc("giai-trinh", place.folder, "-o", place.folder / "ra", "--han-giai-trinh", "20/12/2099")
    ask(place, capsys)
    units = standing(place, capsys)
    assert "chưa có phiếu giải trình (thẩm định lần 1, hạn 20/12/2099)" in units["VP"]["con_no"]
    told = units["VP"]["giai_trinh"]
    assert (told["lan"], told["tinh_trang"], told["han"]) == (1, "chưa trả lời", "2099-12-20")
    assert units["P1"]["giai_trinh"] is None
    cchc("so", place.folder)
    assert "giải trình, hạn 20/12" in capsys.readouterr().out


def test_letters_to_other_units_than_are_named_stay(place: Place, capsys: Shown) -> None:
    folder = place.folder / "ra" / "giai-trinh"
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    out = ("-o", place.folder / "ra", "--han-giai-trinh", "20/12/2099")
    cchc("giai-trinh", place.folder, *out, "--chi", "VP")
    after = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert {name.split(".")[0].split("-")[2] for name in after if after[name] != before[name]} == {
        "VP"
    }
    assert before.keys() == after.keys()
    assert cchc("giai-trinh", place.folder, *out, "--chi", "KHONG-CO") == 2


def test_the_table_and_the_sheet_show_them(place: Place, capsys: Shown) -> None:
    ask(place, capsys)
    explain(place, "VP", "Đã bổ sung (minh họa)", "gt.xlsx")
    capsys.readouterr()
    cchc("so", place.folder, "--xlsx", "-o", place.folder / "ra")
    shown = capsys.readouterr().out
    rows = {line.split()[0]: line for line in shown.splitlines() if line[:2] in ("VP", "P1", "P2")}
    assert "Giải trình" in shown
    assert "  về " in rows["VP"]
    assert "  lần 1, " in rows["P2"]
    assert rows["P2"].endswith("giải trình")
    assert "còn 1 phiếu giải trình chưa về" in shown
    book = CalamineWorkbook.from_path(place.folder / "ra" / "so" / "so-theo-doi.xlsx")
    rows_of_sheet = book.get_sheet_by_name("Theo dõi").to_python()
    units = {row[0]: [str(c) for c in row] for row in rows_of_sheet}
    assert any(cell.startswith("lần 1, ") for cell in units["VP"])
    headings = next(row for row in rows_of_sheet if "Còn nợ" in row)
    assert OWED in units["P2"][headings.index("Còn nợ")]


def test_an_answer_of_a_stranger_counts_after_that_of_the_unit(place: Place) -> None:
    explain(place, "VP", "Của đơn vị (minh họa)", "a.xlsx")
    explain(place, "VP", "Của người lạ (minh họa)", "b.xlsx")
    read = list(read_returns(place.returns, place.campaign))
    doubted = [replace(r, unconfirmed="la@b.example") if r.file == "b.xlsx" else r for r in read]
    returns = gather_returns(doubted, place.campaign)
    assert [form.file for form in returns.supplements] == ["a.xlsx"]
    assert [f.code.slug for f in returns.findings] == ["phieu-la-khong-tinh"]
    alone = gather_returns([r for r in doubted if r.file != "a.xlsx"], place.campaign)
    assert [form.file for form in alone.supplements] == ["b.xlsx"]
    assert [f.code.slug for f in alone.findings] == ["phieu-cho-xac-nhan"]


def test_an_appraisal_of_a_stranger_changes_nothing_that_the_reviewers_said(place: Place) -> None:
    appraise(place, "lan-2.xlsx", "0.25")
    read = [*read_returns(place.returns, place.campaign)]
    read += [
        replace(r, unconfirmed="la@b.example") if r.file == "lan-2.xlsx" else r
        for r in read_returns(place.appraisals, place.campaign)
    ]
    returns = gather_returns(read, place.campaign)
    assert "tham-dinh-cho-xac-nhan" in [f.code.slug for f in returns.findings]
    data = consolidate(place.campaign, returns, as_of=DAY)
    criterion = next(c.id for c in place.campaign.criteria if c.code == "1.2")
    assert data.appraised[("VP", criterion)][-1].score == D("1.5")
