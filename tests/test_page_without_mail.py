"""Units to which no letter can go: their papers are handed over, and that is what is next."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from cchc_office import CampaignFolder, open_campaign
from cchc_office.papers.kinds import DISPATCH, REMINDER

from .page_visits import PageClient, page_of, shown
from .sheets import UNITS, campaign_file

BEFORE, AFTER = dt.date(2024, 11, 20), dt.date(2024, 12, 5)
BY_HAND = "Ghi đã giao bằng giấy, Zalo…"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    units = UNITS.replace("p2@a.example", "")
    folder = campaign_file(tmp_path / "dot", units=units).parent
    opened(folder).make_papers()
    opened(folder).record_handover(["VP", "TTra", "P1"], "bản giấy", day=BEFORE)
    return folder


def opened(folder: Path, day: dt.date = BEFORE) -> CampaignFolder:
    return open_campaign(folder, output=folder / "output", day=day)


def page(folder: Path, monkeypatch: pytest.MonkeyPatch, day: dt.date) -> PageClient:
    return page_of(folder, monkeypatch, day)


def main_buttons(html: str) -> str:
    """Return all that is marked as what comes next."""
    return html.partition('<div class="next">')[2].partition("</div>")[0]


@pytest.mark.parametrize("screen", ["giao-viec", f"gui/{DISPATCH.folder}"])
def test_who_has_no_address_is_given_it_by_hand(
    folder: Path, monkeypatch: pytest.MonkeyPatch, screen: str
) -> None:
    html = page(folder, monkeypatch, BEFORE).get(screen)
    assert "Phòng Hai chưa có địa chỉ thư." in shown(html)
    assert BY_HAND in main_buttons(html)
    assert "Soạn thư" not in main_buttons(html)
    assert '<details class="beside" open>' in html


def test_what_is_next_is_to_record_it(folder: Path) -> None:
    step = opened(folder).state().next_step
    assert step.words == (
        "Giao công văn, phiếu cho Phòng Hai bằng giấy, Zalo… rồi ghi sổ: chưa có địa chỉ thư nào."
    )
    assert step.command.endswith(f'so ghi {folder} P2 --loai cong-van --cach "bản giấy"')


def test_where_some_have_an_address_letters_come_first(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(folder).strike(["G3"])
    html = page(folder, monkeypatch, BEFORE).get("giao-viec")
    assert "Soạn thư" in main_buttons(html)
    assert "1 đơn vị chưa có địa chỉ thư: giao bằng giấy" in shown(html)


def test_who_has_no_address_is_reminded_by_hand(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(folder).record_handover(["P2"], "bản giấy", day=BEFORE)
    opened(folder, AFTER).remind()
    told = opened(folder, AFTER)
    told.record_handover(["VP", "TTra", "P1"], "điện thoại", kind=REMINDER, day=AFTER)
    step = opened(folder, AFTER).state().next_step
    assert step.words.startswith("Giao công văn đôn đốc cho Phòng Hai bằng giấy")
    assert "--loai don-doc" in step.command
    html = page(folder, monkeypatch, AFTER).get("don-doc")
    assert BY_HAND in main_buttons(html)
    assert "Soạn thư" not in html
