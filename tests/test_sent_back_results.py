"""A form that was given back to its unit: its scores are shown, and make no place yet."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cchc_office import load_campaign, open_campaign
from cchc_office.decree30.figures import DEFAULT_PROFILE
from cchc_office.papers.form.writer import build_form
from cchc_office.papers.upward_report import place_values
from cchc_office.results.ranking import Ranking

from . import days
from .page_visits import page_of, shown
from .sheets import SETTINGS, campaign_file, fill_form

UNITS = """
Mã | Tên đơn vị | Tên gọi khác | Nhóm   | Thủ trưởng | Email
A  | Sở A       |              | các sở |            | a@a.example
B  | Sở B       |              | các sở |            | b@a.example
C  | Sở C       |              | các sở |            | c@a.example
"""
CRITERIA = """
STT | Tiêu chí     | Điểm tối đa | Đơn vị thực hiện
1   | Lĩnh vực một |             |
1.1 | Một          | 10          | Các sở
"""
SCORES = {"A": 10, "B": 9, "C": 5}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A campaign of three units, whose second was given back its form."""
    settings = f"{SETTINGS}Xếp loại | ≥80%: Tốt; còn lại: Khá |"
    of = load_campaign(
        campaign_file(tmp_path / "dot", settings=settings, units=UNITS, criteria=CRITERIA)
    )
    (tmp_path / "dot" / "nhan-ve").mkdir()
    for unit, score in SCORES.items():
        returned = tmp_path / "dot" / "nhan-ve" / f"{unit}.xlsx"
        returned.write_bytes(build_form(of, of.unit(unit), DEFAULT_PROFILE))
        fill_form(returned, {"1.1": {"score": score}})
    opened = open_campaign(tmp_path / "dot", day=days.AFTER_DEADLINE)
    opened.send_back_returns(["B"], "chưa ký")
    return tmp_path / "dot"


def results(folder: Path) -> Any:
    return open_campaign(folder, day=days.AFTER_DEADLINE).state().results


def test_it_has_a_score_and_neither_place_nor_class(folder: Path) -> None:
    """It stood second, with its class, and only "Cần xem" told that there was anything."""
    data = results(folder)
    ranking = Ranking(data, None, data.campaign.children(None))
    for row in (None, *data.campaign.children(None)):
        assert [(p.unit.code, p.place, str(p.known_score)) for p in ranking.places(row)] == [
            ("A", 1, "10"),
            ("C", 2, "5"),
            ("B", None, "9"),
        ]
    assert [p.class_name for p in ranking.places()] == ["Tốt", "Khá", ""]
    last = place_values(data, ranking.places())["xep_hang"][-1]
    assert (last.hang, last.diem, last.xep_loai) == ("–", "9,00", "")
    assert last.don_vi == "Sở B (phiếu đã trả lại, chờ bản sửa)"


def test_the_page_says_what_is_waited_for(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = shown(page_of(folder, monkeypatch, days.AFTER_DEADLINE).get("ket-qua"))
    assert "– Sở B ▲ Đã trả lại, chờ bản sửa 10,00 9,00 90,00% chờ bản sửa" in text
    assert "Phiếu đã trả lại thì chưa xếp hạng" in text
    assert "2 Sở C" in text


def test_the_report_says_it_in_each_place(folder: Path) -> None:
    opened = open_campaign(folder, output=folder / "ra", day=days.AFTER_DEADLINE)
    opened.consolidate()
    book = openpyxl.load_workbook(folder / "ra" / "tong-hop" / "tong-hop.xlsx")
    ranked = [[c.value for c in row] for row in book["Xếp hạng"]]
    (own,) = [row for row in ranked if "Sở B" in row]
    assert own[0] == "–"
    assert 9 in own
    assert "Phiếu đã trả lại, chờ bản sửa: chưa xếp hạng" in own
    states = [str(c.value) for row in book["Tình trạng đơn vị"] for c in row]
    assert "▲ Đã trả lại, chờ bản sửa" in states or "Đã trả lại, chờ bản sửa" in states


def test_a_better_form_is_ranked(folder: Path) -> None:
    fill_form(folder / "nhan-ve" / "B.xlsx", {"1.1": {"score": 8}})
    data = results(folder)
    assert [(p.unit.code, p.place) for p in Ranking(data).places()] == [
        ("A", 1),
        ("B", 2),
        ("C", 3),
    ]
