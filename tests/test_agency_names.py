"""Agencies' names as a typist sets them: broken well in the letterhead, small letters in a line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
import pytest

from cchc_office import load_campaign
from cchc_office.decree30 import check
from cchc_office.steps.papers import dispatches
from cchc_office.text.agency_names import even_lines, in_sentence

from .calls import made
from .sheets import SETTINGS, campaign_file

_ROOM = 176.0
"""Points in the column of the agency's name."""


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("SỞ CÔNG THƯƠNG", ["SỞ CÔNG THƯƠNG"]),
        ("SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG", ["SỞ NÔNG NGHIỆP", "VÀ MÔI TRƯỜNG"]),
        ("SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH", ["SỞ VĂN HÓA, THỂ THAO", "VÀ DU LỊCH"]),
        ("ỦY BAN NHÂN DÂN TỈNH QUẢNG NINH", ["ỦY BAN NHÂN DÂN", "TỈNH QUẢNG NINH"]),
        ("ỦY BAN NHÂN DÂN XÃ DIÊN LẠC", ["ỦY BAN NHÂN DÂN", "XÃ DIÊN LẠC"]),
        ("UỶ BAN NHÂN DÂN PHƯỜNG BA ĐÌNH", ["UỶ BAN NHÂN DÂN", "PHƯỜNG BA ĐÌNH"]),
        ("HỘI ĐỒNG NHÂN DÂN THỊ XÃ AN LỘC", ["HỘI ĐỒNG NHÂN DÂN", "THỊ XÃ AN LỘC"]),
        ("HỘI ĐỒNG NHÂN DÂN THÀNH PHỐ HUẾ", ["HỘI ĐỒNG NHÂN DÂN", "THÀNH PHỐ HUẾ"]),
        ("ỦY BAN MẶT TRẬN TỔ QUỐC XÃ DIÊN LẠC", ["ỦY BAN MẶT TRẬN TỔ QUỐC", "XÃ DIÊN LẠC"]),
        ("VĂN PHÒNG HĐND VÀ UBND TỈNH A", ["VĂN PHÒNG HĐND", "VÀ UBND TỈNH A"]),
        ("SỞ LAO ĐỘNG, THƯƠNG BINH VÀ XÃ HỘI", ["SỞ LAO ĐỘNG,", "THƯƠNG BINH VÀ XÃ HỘI"]),
    ],
)
def test_a_name_is_broken_where_a_typist_breaks_it(name: str, lines: list[str]) -> None:
    assert even_lines(name, _ROOM, 12, bold=True) == lines


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("UBND TỈNH A", "UBND tỉnh A"),
        ("UBND tỉnh A", "UBND tỉnh A"),
        ("ỦY BAN NHÂN DÂN TỈNH QUẢNG NINH", "Ủy ban nhân dân tỉnh Quảng Ninh"),
        ("UBND THÀNH PHỐ HÀ NỘI", "UBND thành phố Hà Nội"),
        ("UBND THÀNH PHỐ HỒ CHÍ MINH", "UBND Thành phố Hồ Chí Minh"),
        ("UBND XÃ ĐÔNG ANH", "UBND xã Đông Anh"),
        ("SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG", "Sở Nông nghiệp và Môi trường"),
        ("SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH", "Sở Văn hóa, Thể thao và Du lịch"),
        ("ỦY BAN MẶT TRẬN TỔ QUỐC XÃ ĐÔNG ANH", "Ủy ban Mặt trận Tổ quốc xã Đông Anh"),
        ("BỘ NỘI VỤ", "Bộ Nội vụ"),
        ("TẬP ĐOÀN XYZ", "TẬP ĐOÀN XYZ"),  # no word of it is known: as it was typed
        ("", ""),
    ],
)
def test_a_line_has_a_name_in_its_own_letters(typed: str, shown: str) -> None:
    assert in_sentence(typed) == shown


def test_a_long_name_in_a_letterhead_conforms(tmp_path: Path) -> None:
    settings = SETTINGS.replace("Sở Thử Nghiệm", "Sở Nông nghiệp và Môi trường")
    campaign = load_campaign(campaign_file(tmp_path, settings=settings))
    path = made(campaign, tmp_path / "ra", dispatches).written[0].path
    assert check(path) == []
    head: Any = docx.Document(str(path)).tables[0]
    assert "SỞ\u00a0NÔNG\u00a0NGHIỆP VÀ\u00a0MÔI\u00a0TRƯỜNG" in head.cell(0, 0).text
