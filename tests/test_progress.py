"""Progress worked out by hand."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from cchc_office.campaign import load_campaign
from cchc_office.model import Campaign, Consolidation
from cchc_office.scoring.progress import DueLeaf, Progress, Share, progress

from .sheets import SETTINGS, campaign_file
from .test_consolidation import said, together

CRITERIA = """
STT | Tiêu chí        | Điểm tối đa | Đơn vị thực hiện     | Ghi chú       | Hạn
1   | Lĩnh vực một    |             |                      |               |
1.1 | Kế hoạch        | 1           | Văn phòng            |               | 31/01/2024
1.2 | Báo cáo         | 1           | Văn phòng            |               |
1.3 | Sáng kiến       | 1           | Thanh tra            |               |
2   | Lĩnh vực hai    |             |                      |               |
2.1 | Giải quyết      | 1           | Các phòng chuyên môn |               | 30/06/2024
2.2 | Ý kiến          | 1           | Văn phòng            | ĐTXHH         |
2.3 | Bãi bỏ          | 1           | Văn phòng            | Không áp dụng |
3   | Lĩnh vực ba     |             |                      |               |
3.1 | Ý kiến          | 1           | Văn phòng            | ĐTXHH         |
"""


@pytest.fixture
def campaign(tmp_path: Path) -> Campaign:
    return load_campaign(campaign_file(tmp_path, criteria=CRITERIA))


def data_on(campaign: Campaign, day: dt.date) -> Consolidation:
    return together(
        campaign,
        said(campaign, "VP", c1_1="", c1_2="kad"),
        said(campaign, "P1", c2_1="0.5"),
        said(campaign, "TTra", c1_3="?"),
        as_of=day,
    )


def due(leaves: tuple[DueLeaf, ...]) -> list[tuple[str, str, str, int]]:
    return [(x.unit.code, x.criterion.code, f"{x.day:%d/%m}", x.days) for x in leaves]


def test_what_is_done_by_unit_and_field(campaign: Campaign) -> None:
    on = progress(data_on(campaign, dt.date(2024, 6, 30)))
    assert campaign.findings == ()
    assert on.as_of == dt.date(2024, 6, 30)
    assert on.total == Share(2, 5)
    assert [(u.code, share) for u, share in on.units] == [
        ("VP", Share(1, 2)),
        ("TTra", Share(0, 1)),
        ("P1", Share(1, 1)),
        ("P2", Share(0, 1)),
    ]
    assert [(f.code, share) for f, share in on.fields] == [
        ("1", Share(1, 3)),
        ("2", Share(1, 2)),
        ("3", Share(0, 0)),
    ]


def test_deadlines_are_missed_the_day_after(campaign: Campaign) -> None:
    on = progress(data_on(campaign, dt.date(2024, 6, 30)))
    assert due(on.missed) == [("VP", "1.1", "31/01", -151)]
    assert due(on.ahead) == [("P2", "2.1", "30/06", 0), ("TTra", "1.3", "30/11", 153)]
    later = progress(data_on(campaign, dt.date(2024, 7, 1)))
    assert due(later.missed) == [("VP", "1.1", "31/01", -152), ("P2", "2.1", "30/06", -1)]


def test_without_a_deadline_nothing_is_due(tmp_path: Path) -> None:
    settings = SETTINGS.replace("30/11/2024", "")
    campaign = load_campaign(campaign_file(tmp_path, settings=settings))
    on = progress(together(campaign))
    assert (on.missed, on.ahead) == ((), ())
    assert on.total == Share(0, 5)


def test_the_shares_of_units_and_of_fields_add_up(example_data: Consolidation) -> None:
    on: Progress = progress(example_data)
    for shares in (on.units, on.fields):
        assert sum(share.done for _, share in shares) == on.total.done
        assert sum(share.total for _, share in shares) == on.total.total
    assert len(on.missed) + len(on.ahead) == on.total.total - on.total.done > 0
