"""Units at rows that have rows below: whose they become, and what is told where nobody follows."""

from __future__ import annotations

from pathlib import Path

import pytest

from cchc_office import Code, load_campaign
from cchc_office.model import Campaign
from cchc_office.steps.workbook_outline import workbook_outline

from .sheets import campaign_file

UNITS = """
Mã | Tên đơn vị   | Tên gọi khác | Nhóm | Thủ trưởng | Email
VP | Văn phòng Sở | Văn phòng    |      |            | vp@a.example
P2 | Phòng Hai    |              |      |            | p2@a.example
"""
HEAD = "STT | Lĩnh vực/Tiêu chí/Tiêu chí thành phần | Điểm tối đa | Chủ trì | Phối hợp"


def campaign_with(folder: Path, *rows: str) -> Campaign:
    return load_campaign(campaign_file(folder, units=UNITS, criteria="\n".join([HEAD, *rows])))


def told(campaign: Campaign) -> list[tuple[str, str]]:
    return [(f.cell, f.found) for f in campaign.findings if f.code is Code.HEADING_UNIT_UNUSED]


def test_a_unit_of_a_heading_that_no_row_follows_is_told_at_its_cell(tmp_path: Path) -> None:
    campaign = campaign_with(
        tmp_path,
        *("1 | Lĩnh vực một | | Phòng Hai |", "1.1 | Kế hoạch | 1 | Văn phòng |"),
        "1.2 | Báo cáo | 1 | Văn phòng |",
    )
    assert told(campaign) == [("D2", "Phòng Hai")]
    shown = {row.criterion.code: row.units for row in workbook_outline(campaign).rows}
    assert shown == {"1": "P2", "1.1": "VP", "1.2": "VP"}


@pytest.mark.parametrize(
    "last", ["1.2 | Báo cáo | 1 | | ", "1.2 | Báo cáo | 1 | Văn phòng | Phòng Hai"]
)
def test_one_that_a_row_follows_or_names_is_not(tmp_path: Path, last: str) -> None:
    campaign = campaign_with(
        tmp_path,
        *("1 | Lĩnh vực một | | Phòng Hai |", "1.1 | Kế hoạch | 1 | Văn phòng |", last),
    )
    assert not told(campaign)
