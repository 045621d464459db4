"""Sheets and tables typed in fonts from before Unicode: no letter goes out as "KÕ ho¹ch"."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cchc_office.campaign import load_campaign
from cchc_office.catalogue.findings import Code, Finding, FindingCode
from cchc_office.text.legacy import LegacyFont, is_spelled, is_unicode, read_as, read_mixed

from .importing import draft_of
from .sheets import SETTINGS, campaign_file, put

# What people saw: Lĩnh vực một, Kế hoạch cải cách hành chính, Ban hành kế hoạch đúng hạn,
# Thể chế, Rà soát văn bản. "THÓ CHÕ" and "Ghi chó" can be read as they stand, too; of "LÜnh vùc
# mét" too few words can't.
TCVN3 = """
STT   | Lĩnh vực/Tiêu chí/Tiêu chí thành phần | Điểm tối đa | Đơn vị thực hiện | Ghi chú
1     | LÜnh vùc mét                          |             |                  |
1.1   | KÕ ho¹ch c¶i c¸ch hµnh chÝnh          |             | Văn phòng        |
1.1.1 | Ban hµnh kÕ ho¹ch ®óng h¹n            | 1           | ^                |
2     | THÓ CHÕ                               |             |                  |
2.1   | Rµ so¸t v¨n b¶n                       | 2           | Thanh tra        |
"""
UNICODE = [
    "Lĩnh vực một",
    "Kế hoạch cải cách hành chính",
    "Ban hành kế hoạch đúng hạn",
    "THỂ CHẾ",
    "Rà soát văn bản",
]


def told(findings: tuple[Finding, ...]) -> list[tuple[FindingCode, str, str, str]]:
    codes = (Code.LEGACY_CELL, Code.LEGACY_CELL_LIKELY, Code.LEGACY_ASKED)
    return [(f.code, f.cell, f.found, f.expected) for f in findings if f.code in codes]


def test_a_campaign_in_tcvn3_is_read_as_people_see_it(tmp_path: Path) -> None:
    campaign = load_campaign(campaign_file(tmp_path, criteria=TCVN3))
    assert [c.name for c in campaign.criteria] == UNICODE
    assert told(campaign.findings) == [
        (Code.LEGACY_CELL_LIKELY, "B2", "LÜnh vùc mét", "Lĩnh vực một"),
        (Code.LEGACY_CELL, "B3", "KÕ ho¹ch c¶i c¸ch hµnh chÝnh", UNICODE[1]),
        (Code.LEGACY_CELL, "B4", "Ban hµnh kÕ ho¹ch ®óng h¹n", UNICODE[2]),
        (Code.LEGACY_CELL_LIKELY, "B5", "THÓ CHÕ", "THỂ CHẾ"),
        (Code.LEGACY_CELL, "B6", "Rµ so¸t v¨n b¶n", UNICODE[4]),
    ]
    assert not any(finding.is_error for finding in campaign.findings)


def test_settings_and_units_in_vni_are_read_as_people_see_them(tmp_path: Path) -> None:
    settings = SETTINGS.replace("Sở Thử Nghiệm", "Sôû Thöû Nghieäm")
    units = """
Mã   | Tên đơn vị         | Tên gọi khác   | Nhóm | Thủ trưởng | Email
VP   | Vaên phoøng Sôû    | Văn phòng      |      |            | vp@a.example
TTra | Thanh tra Sôû      | Thanh tra      |      |            | tt@a.example
"""
    campaign = load_campaign(campaign_file(tmp_path, settings=settings, units=units))
    assert campaign.info.agency == "Sở Thử Nghiệm"
    assert [unit.name for unit in campaign.units] == ["Văn phòng Sở", "Thanh tra Sở"]
    assert [
        (f.code, f.sheet, f.cell) for f in campaign.findings if f.code.name[:6] == "LEGACY"
    ] == [
        (Code.LEGACY_CELL, "Thông tin", "B4"),
        (Code.LEGACY_CELL, "Đơn vị", "B2"),
        (Code.LEGACY_CELL, "Đơn vị", "B3"),
    ]


def test_a_campaign_in_unicode_is_let_be(tmp_path: Path) -> None:
    """ "Có" is "Cú" in TCVN3, "Không" is "Khụng": nothing around them is."""
    units = """
Mã   | Tên đơn vị         | Tên gọi khác   | Nhóm | Thủ trưởng | Email
VP   | Văn phòng Sở       | Văn phòng      | Có   |            | vp@a.example
TTra | Thanh tra Sở       | Thanh tra      | Không |           | tt@a.example
"""
    campaign = load_campaign(campaign_file(tmp_path, units=units))
    assert campaign.unit("VP").groups == ("Có",)
    assert told(campaign.findings) == []


def test_a_short_text_in_a_unicode_column_stays_beside_a_row_in_tcvn3(tmp_path: Path) -> None:
    """The column of units is in Unicode: "Phòng" is not "Phũng" because a name is in TCVN3."""
    criteria = TCVN3.replace("Thanh tra   ", "Phòng Thanh tra").replace("LÜnh vùc mét", "Số một")
    campaign = load_campaign(campaign_file(tmp_path, criteria=criteria))
    assert [c.unit_text for c in campaign.criteria][-1].startswith("Phòng Thanh tra")
    assert "D6" not in [cell for _, cell, _, _ in told(campaign.findings)]


def test_a_text_half_in_unicode_half_in_tcvn3_is_asked_about(tmp_path: Path) -> None:
    path = campaign_file(tmp_path)
    book = openpyxl.load_workbook(path)
    book["Bộ chỉ số"]["B4"] = "Kế hoạch c¶i c¸ch hµnh chÝnh"
    book.save(path)
    campaign = load_campaign(path)
    [asked] = [f for f in campaign.findings if f.is_error]
    assert (asked.code, asked.cell) == (Code.LEGACY_ASKED, "B4")
    assert asked.expected == "Kế hoạch cải cách hành chính"


def test_a_text_of_which_its_surroundings_say_both_is_asked_about(tmp_path: Path) -> None:
    """In a row of headings, with nothing below, of which as many are TCVN3 as Unicode."""
    rows = TCVN3.strip().split("\n")
    rows[0] = (
        "STT | LÜnh vùc/Tiªu chÝ/Tiªu chÝ thµnh phÇn | Điểm tối đa | §¬n vÞ thùc hiÖn | Ghi chó"
    )
    text = "\n".join(row.replace("Đơn vị", "") for row in rows)
    text = text.replace("| Ghi chó", "| Ghi chó | Cách tổng hợp")
    campaign = load_campaign(campaign_file(tmp_path, criteria=text))
    assert (Code.LEGACY_ASKED, "E1", "Ghi chó", "Ghi chú") in told(campaign.findings)


@pytest.mark.parametrize("headings", ["Unicode", "TCVN3"])
def test_an_imported_table_in_tcvn3_comes_as_unicode(tmp_path: Path, headings: str) -> None:
    text = TCVN3
    if headings == "TCVN3":
        old = (
            "STT | LÜnh vùc/Tiªu chÝ/Tiªu chÝ thµnh phÇn | §iÓm tèi ®a | §¬n vÞ thùc hiÖn | Ghi chó"
        )
        text = "\n".join([old, *text.strip().split("\n")[1:]])
    book = openpyxl.Workbook()
    sheet: Any = book.active
    put(sheet, text)
    path = tmp_path / "bang.xlsx"
    book.save(path)
    draft, findings = draft_of(path)
    assert [row.name for row in draft.rows] == UNICODE
    assert (Code.LEGACY_CELL, "B6", "Rµ so¸t v¨n b¶n", "Rà soát văn bản") in told(findings)
    assert ("E1" in [cell for _, cell, _, _ in told(findings)]) is (headings == "TCVN3")


# --- single texts ---


def test_reading_a_text_in_a_font_that_others_tell() -> None:
    read = read_as("THÓ CHÕ", LegacyFont.TCVN3)
    assert read is not None
    assert read.converted == "THỂ CHẾ"
    assert read_as("Thanh tra", LegacyFont.TCVN3) is None
    assert read_as("Thể chế", LegacyFont.TCVN3) is None
    assert read_as("toán", LegacyFont.TCVN3) is None
    assert (is_spelled("THÓ CHÕ"), is_spelled("Së"), is_unicode("Thể"), is_unicode("Có")) == (
        True,
        False,
        True,
        False,
    )


@pytest.mark.parametrize("text", ["Kế hoạch năm 2024", "Hội thảo ở Köln", "Diện tích 5 m²", "Có"])
def test_texts_that_are_not_mixed(text: str) -> None:
    assert read_mixed(text) is None
