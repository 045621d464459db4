"""Progress worked out by hand."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from cchc_office.campaign import load_campaign
from cchc_office.decree30.figures import DEFAULT_PROFILE
from cchc_office.model import Campaign, Consolidation
from cchc_office.papers.form.writer import build_form
from cchc_office.papers.report import build_report
from cchc_office.results.progress import Completion, DueLeaf, Progress, progress

from .calls import cchc
from .sheets import SETTINGS, campaign_file, fill_form
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
    assert on.total == Completion(2, 5)
    assert [(u.code, share) for u, share in on.units] == [
        ("VP", Completion(1, 2)),
        ("TTra", Completion(0, 1)),
        ("P1", Completion(1, 1)),
        ("P2", Completion(0, 1)),
    ]
    assert [(f.code, share) for f, share in on.fields] == [
        ("1", Completion(1, 3)),
        ("2", Completion(1, 2)),
        ("3", Completion(0, 0)),
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
    assert on.total == Completion(0, 5)


def test_the_shares_of_units_and_of_fields_add_up(example_data: Consolidation) -> None:
    on: Progress = progress(example_data)
    for shares in (on.units, on.fields):
        assert sum(share.done for _, share in shares) == on.total.done
        assert sum(share.total for _, share in shares) == on.total.total
    assert len(on.missed) + len(on.ahead) == on.total.total - on.total.done > 0


def test_an_earlier_period_stands_beside(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    last_year = load_campaign(campaign_file(tmp_path / "truoc", criteria=CRITERIA))
    data = together(last_year, said(last_year, "VP", c1_1="0.5", c1_2="1"))
    earlier = tmp_path / "nam-truoc.xlsx"
    earlier.write_bytes(build_report(data, DEFAULT_PROFILE))
    now = CRITERIA.replace("1.3 | Sáng kiến  ", "1.4 | Sáng kiến  ")
    settings = SETTINGS.replace("| 2024 ", "| 2025 ")
    folder = tmp_path / "nay"
    path = campaign_file(folder, settings=settings, criteria=now)
    this_year = load_campaign(path)
    (folder / "nhan-ve").mkdir()
    form = folder / "nhan-ve" / "phieu.xlsx"
    form.write_bytes(build_form(this_year, this_year.unit("VP"), DEFAULT_PROFILE))
    fill_form(form, {"1.1": {"score": 1}})

    cchc("tien-do", path, "--so-voi", earlier, "--ngay", "20/12/2025")
    told = " ".join(capsys.readouterr().out.split())
    # Then two of three of field 1 were done, and two of five in all; now one each.
    assert "1 Lĩnh vực một 1/3 33,33% trước 2/3 66,67%" in told
    assert "VP Văn phòng Sở 1/2 50,00% trước 2/2 100,00%" in told
    assert "Kỳ trước đã chấm 2/5 lượt tiêu chí (40,00%)." in told
    # Both have 1.1 only: 0,5 of 1 then, 1 now; 1.2 has no score yet.
    assert "1 Lĩnh vực một 50,00% → 100,00% +50,00" in told
    assert "Tổng cộng 50,00% → 100,00% +50,00" in told
    assert "Đổi số (1): 1.4" in told

    cchc("tien-do", path, "--so-voi", earlier, "--ngay", "20/12/2025", "--json")
    beside = json.loads(capsys.readouterr().out)["tien_do"]["so_voi"]
    assert (beside["tep"], beside["da_cham_truoc"], beside["phai_cham_truoc"]) == (
        "nam-truoc.xlsx",
        2,
        5,
    )
    figures = ("diem_truoc", "toi_da_truoc", "diem", "toi_da")
    assert [beside["linh_vuc"][0][name] for name in figures] == ["0.5", "1", "1", "1"]
    assert beside["don_vi"][0] == {"ma": "VP", "da_cham_truoc": 2, "phai_cham_truoc": 2}
    assert beside["thay_doi"] == [
        {
            "ma": "1.4",
            "ten": "Sáng kiến",
            "ma_truoc": "1.3",
            "ten_truoc": "Sáng kiến",
            "thay_doi": ["Đổi số"],
        }
    ]


def test_a_file_that_is_no_earlier_report_is_told_with_the_progress(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = campaign_file(tmp_path, criteria=CRITERIA)
    assert cchc("tien-do", path, "--so-voi", path, "--ngay", "20/12/2024") == 1
    told = capsys.readouterr().out
    assert "ky-truoc-khong-co-bang" in told
    assert "Tiến độ đến ngày 20/12/2024" in told
    assert cchc("tien-do", path, "--so-voi", tmp_path / "khong-co.xlsx") == 2
