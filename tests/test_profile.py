"""The office's own figures."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cchc_office.documents.decree30 import DEFAULT_PROFILE
from cchc_office.documents.profile_file import FIGURES, PROFILE_FILE, read_profile

from .calls import cchc
from .conftest import ROOT
from .sheets import campaign_file


def write(folder: Path, text: str) -> None:
    (folder / PROFILE_FILE).write_text(text, encoding="utf-8")


def test_without_a_file_the_projects_figures_are_used(tmp_path: Path) -> None:
    assert read_profile(tmp_path) == (DEFAULT_PROFILE, ())


def test_the_projects_figures_lie_within_the_decree() -> None:
    for figure in FIGURES:
        assert figure.least <= getattr(DEFAULT_PROFILE, figure.field) <= figure.most


def test_single_values_are_overridden(tmp_path: Path) -> None:
    write(tmp_path, "le_trai = 35\nco_chu_bang = 13.5\n")
    profile, findings = read_profile(tmp_path)
    assert findings == ()
    assert (profile.margin_left, profile.table_size) == (35, 13.5)
    assert profile.margin_right == DEFAULT_PROFILE.margin_right


@pytest.mark.parametrize(
    ("text", "slug", "left"),
    [
        ("le_trai = 25", "the-thuc-ngoai-khung", 25),
        ("le_trai = '35'", "the-thuc-khong-phai-so", 30),
        ("le_trai = nan", "the-thuc-khong-phai-so", 30),
        ("le_trai = true", "the-thuc-khong-phai-so", 30),
        ("le_trai = -1", "the-thuc-khong-phai-so", 30),
        ("le_tria = 35", "the-thuc-muc-la", 30),
        ("le_trai : 35", "the-thuc-khong-doc-duoc", 30),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, text: str, slug: str, left: float) -> None:
    write(tmp_path, text)
    profile, findings = read_profile(tmp_path)
    assert [f.code.slug for f in findings] == [slug]
    assert profile.margin_left == left


def test_the_table_is_drawn_with_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = campaign_file(tmp_path / "dot")
    write(path.parent, "le_trai = 28\nco_chu_bang = 14")
    assert cchc("phu-luc", path, "-o", tmp_path / "ra") == 1
    assert "le_trai = 28" in capsys.readouterr().out
    sheet: Any = openpyxl.load_workbook(tmp_path / "ra/phu-luc/phu-luc.xlsx").active
    assert round(sheet.page_margins.left * 25.4) == 28
    assert sheet.cell(6, 2).font.size == 14


def test_every_figure_is_documented_with_its_range() -> None:
    page = (ROOT / "docs/mau-van-ban.md").read_text(encoding="utf-8")
    for figure in FIGURES:
        row = re.search(rf"^\|.*`{figure.name}`.*\| (\d+) – (\d+) \| (\d+) \|$", page, re.MULTILINE)
        assert row
        shown = [float(text) for text in row.groups()]
        assert shown == [figure.least, figure.most, getattr(DEFAULT_PROFILE, figure.field)]
