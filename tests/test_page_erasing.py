"""Erasing on the page: what is listed goes, nothing else, and not by chance."""

from __future__ import annotations

import html
import os
import re
import threading
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from cchc_office.errors import CchcError
from cchc_office.files.locking import Lock
from cchc_office.steps.brought_back import BroughtBack
from cchc_office.steps.guards import LOCK_FILE
from cchc_office.steps.presence import PRESENCE_FILE
from cchc_office.web.app import build_app
from cchc_office.web.desk import Desk, OpenCampaign
from cchc_office.web.door import Door
from cchc_office.web.places import known_campaigns

from .page_client import OWN, clerk, desk, door, own_folder, post, stranger, with_returns

__all__ = ("clerk", "desk", "door", "own_folder", "stranger")

PLACE = "xoa-du-lieu"
NAME = "Đợt chấm 2024"


@pytest.fixture
def campaign(desk: Desk, tmp_path: Path) -> OpenCampaign:
    """A campaign with papers, drafts, a register, and a file that is somebody's own."""
    found = desk.open(with_returns(tmp_path / NAME))
    opened = found.opened()
    opened.do_all()
    opened.record_handover(["VP"], "Zalo")
    (found.folder / "ghi chép.txt").write_text("của tôi", encoding="utf-8")
    return found


def files(folder: Path) -> set[str]:
    """Return the files of a folder but for those that come where somebody only looks."""
    found = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    return found - {PRESENCE_FILE, "cchc.sqlite-shm", "cchc.sqlite-wal"}


def text_of(page: str) -> str:
    inside = page.partition("<main")[2].partition("</main>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", inside)).split())


def listed(clerk: TestClient, campaign: OpenCampaign, more: str = "") -> tuple[str, str]:
    """Return what the list shows, and its seal."""
    answer = clerk.get(f"/d/{campaign.id}/{PLACE}{more}")
    assert answer.status_code == 200
    seal = re.search(r'name="dau" value="(\w+)"', answer.text)
    return text_of(answer.text), seal[1] if seal else ""


def erase(
    clerk: TestClient, campaign: OpenCampaign, seal: str, name: str = NAME, **more: str
) -> Any:
    return post(clerk, campaign, PLACE, data={"dau": seal, "ten": name, **more})


def came_of(clerk: TestClient, answer: Any) -> str:
    assert answer.status_code == 303, text_of(answer.text)
    assert answer.headers["location"].startswith("/da-xoa/")
    shown = clerk.get(answer.headers["location"])
    assert shown.status_code == 200
    return shown.text


def test_the_log_leads_to_a_list_that_erases_nothing(
    clerk: TestClient, campaign: OpenCampaign
) -> None:
    before = files(campaign.folder)
    assert f"/d/{campaign.id}/{PLACE}" in clerk.get(f"/d/{campaign.id}/so-theo-doi").text
    text, _ = listed(clerk, campaign)
    goes, _, stays = text.partition("Giữ lại Nơi")
    assert "nhan-ve phiếu gửi về: tên, điện thoại người lập phiếu" in goes
    assert "output/cong-van văn bản, phiếu, bảng của từng đơn vị" in goes
    assert "cchc.sqlite" in goes
    assert "dot-cham.xlsx cột Thủ trưởng, Email" in stays
    assert "năm sau dùng lại bộ chỉ số" in stays
    assert "kết quả của năm" in stays
    assert "không phải của chương trình: 1 tệp ghi chép.txt" in stays
    assert "Không xoá được từ đây: thư trong hộp thư" in stays
    assert PRESENCE_FILE not in text
    assert files(campaign.folder) == before


def test_what_the_list_named_is_erased_and_the_campaign_is_known_no_longer(
    clerk: TestClient, desk: Desk, campaign: OpenCampaign
) -> None:
    _, seal = listed(clerk, campaign)
    page = came_of(clerk, erase(clerk, campaign, seal))
    assert "Đã xoá xong" in text_of(page)
    assert "nhan-ve phiếu gửi về" in text_of(page)
    assert 'href="/">Về trang đầu' in page
    left = files(campaign.folder)
    assert {"dot-cham.xlsx", "ghi chép.txt", "output/tong-hop/tong-hop.xlsx"} <= left
    assert not list(campaign.folder.glob("cchc.sqlite*"))
    assert not (campaign.folder / PRESENCE_FILE).exists()
    assert {name.split("/")[0] for name in left} == {
        *("dot-cham.xlsx", "ghi chép.txt", "DA-XOA-DU-LIEU.txt", "output")
    }
    assert not (campaign.folder / "output" / "cong-van").exists()
    assert desk.campaign(campaign.id) is None
    assert campaign.folder not in known_campaigns()
    assert clerk.get(f"/d/{campaign.id}/{PLACE}").status_code == 404


def test_a_tab_left_open_and_the_first_page_say_that_its_data_was_erased(
    clerk: TestClient, desk: Desk, campaign: OpenCampaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One said that there was no such page, the other that opening it would show."""
    _, seal = listed(clerk, campaign)
    came_of(clerk, erase(clerk, campaign, seal))
    left = clerk.get(f"/d/{campaign.id}/nhan-phieu")
    assert left.status_code == 404
    assert "Dữ liệu cá nhân của đợt này đã xoá ngày " in left.text
    assert f"kết quả còn giữ trong thư mục {campaign.folder}" in text_of(left.text)
    monkeypatch.setattr("cchc_office.web.places.known_campaigns", lambda: [campaign.folder])
    first = text_of(clerk.get("/").text)
    assert "Xem đang ở bước nào" not in first
    assert "đã xoá dữ liệu cá nhân ngày " in first
    results = clerk.get(f"/d/{desk.open(campaign.folder).id}/ket-qua").text
    assert "Tổng hợp lại" not in results
    assert "bao-cao.docx" in results
    assert "nên không tổng hợp lại" in text_of(results)


def test_the_whole_campaign_leaves_only_what_is_a_persons(
    clerk: TestClient, desk: Desk, campaign: OpenCampaign
) -> None:
    text, seal = listed(clerk, campaign, "?ca-dot=co")
    assert "dot-cham.xlsx" in text.partition("Giữ lại, vì")[0]
    answer = erase(clerk, campaign, seal, **{"ca-dot": "co"})
    assert "Còn trong thư mục: ghi chép.txt" in text_of(came_of(clerk, answer))
    assert [path.name for path in campaign.folder.iterdir()] == ["ghi chép.txt"]
    assert campaign.id not in clerk.get("/").text


@pytest.mark.parametrize("name", ["", "dot", "đợt chấm 2024 ", "xoa"])
def test_another_name_erases_nothing(clerk: TestClient, campaign: OpenCampaign, name: str) -> None:
    before = files(campaign.folder)
    _, seal = listed(clerk, campaign)
    answer = erase(clerk, campaign, seal, name)
    assert answer.status_code == 409
    assert "Tên thư mục gõ chưa đúng, nên chưa xoá gì" in text_of(answer.text)
    assert f"“{NAME}”" in text_of(answer.text)
    assert files(campaign.folder) == before


def test_the_name_may_be_typed_in_another_form_of_the_same_letters(
    clerk: TestClient, campaign: OpenCampaign
) -> None:
    _, seal = listed(clerk, campaign)
    came_of(clerk, erase(clerk, campaign, seal, unicodedata.normalize("NFD", f" {NAME} ")))


def add(folder: Path) -> None:
    (folder / "nhan-ve" / "mới.xlsx").write_bytes(b"x")


def change(folder: Path) -> None:
    file = next((folder / "nhan-ve").glob("*.xlsx"))
    os.utime(file, ns=(1, 1))


def take_away(folder: Path) -> None:
    next((folder / "nhan-ve").glob("*.xlsx")).unlink()


def own(folder: Path) -> None:
    (folder / "của tôi.docx").write_bytes(b"x")


@pytest.mark.parametrize("happens", [add, change, take_away, own])
def test_what_changed_since_it_was_shown_is_shown_again(
    clerk: TestClient, campaign: OpenCampaign, happens: Any
) -> None:
    _, seal = listed(clerk, campaign)
    happens(campaign.folder)
    before = files(campaign.folder)
    answer = erase(clerk, campaign, seal)
    assert answer.status_code == 409
    assert "Chưa xoá gì: có tệp vừa thêm, bớt hay sửa" in text_of(answer.text)
    assert files(campaign.folder) == before
    seen = re.search(r'name="dau" value="(\w+)"', answer.text)
    assert seen
    came_of(clerk, erase(clerk, campaign, seen[1]))


def test_the_list_of_a_part_does_not_erase_the_whole(
    clerk: TestClient, campaign: OpenCampaign
) -> None:
    _, seal = listed(clerk, campaign)
    answer = erase(clerk, campaign, seal, **{"ca-dot": "co"})
    assert answer.status_code == 409
    assert (campaign.folder / "dot-cham.xlsx").exists()
    assert (campaign.folder / "cchc.sqlite").exists()


def test_looking_at_other_pages_changes_nothing_of_what_was_shown(
    clerk: TestClient, campaign: OpenCampaign
) -> None:
    _, seal = listed(clerk, campaign)
    for screen in ("giao-viec", "nhan-phieu", "don-doc", "tham-dinh", "ket-qua", "so-theo-doi"):
        assert clerk.get(f"/d/{campaign.id}/{screen}").status_code == 200
    assert listed(clerk, campaign)[1] == seal


def test_nothing_is_erased_while_a_job_runs(
    clerk: TestClient, desk: Desk, campaign: OpenCampaign
) -> None:
    before = files(campaign.folder)
    _, seal = listed(clerk, campaign)
    may_end = threading.Event()

    def work(_: object) -> BroughtBack:
        may_end.wait(20)
        raise CchcError("xong")

    run = desk.runs.start(campaign.id, "Làm văn bản", "/", work)
    try:
        text, none = listed(clerk, campaign)
        assert "Đang làm việc khác của đợt này: Làm văn bản" in text
        assert none == ""
        assert erase(clerk, campaign, seal).status_code == 409
    finally:
        may_end.set()
        assert run.ended.wait(20)
    assert files(campaign.folder) == before


def test_nothing_is_erased_while_another_program_is_at_work(
    clerk: TestClient, campaign: OpenCampaign
) -> None:
    before = files(campaign.folder)
    with Lock(campaign.folder / LOCK_FILE):
        _, seal = listed(clerk, campaign)
        answer = erase(clerk, campaign, seal)
    assert answer.status_code == 409
    assert "đang có việc khác làm dở" in text_of(answer.text)
    assert files(campaign.folder) == before


def test_nothing_is_erased_that_somebody_else_has_open(
    clerk: TestClient, campaign: OpenCampaign
) -> None:
    before = files(campaign.folder)
    campaign.presence.leave()
    with Lock(campaign.folder / PRESENCE_FILE):
        text, none = listed(clerk, campaign)
        assert "Đợt này cũng đang được mở ở" in text
        assert none == ""
        assert erase(clerk, campaign, "").status_code == 409
    assert files(campaign.folder) == before


@pytest.mark.parametrize("everything", [False, True])
def test_what_cannot_be_erased_is_named_and_can_be_tried_again(
    clerk: TestClient,
    campaign: OpenCampaign,
    monkeypatch: pytest.MonkeyPatch,
    everything: bool,
) -> None:
    more = {"ca-dot": "co"} if everything else {}
    _, seal = listed(clerk, campaign, "?ca-dot=co" if everything else "")
    held = next((campaign.folder / "nhan-ve").glob("*.xlsx"))
    unlink = Path.unlink

    def as_on_windows(self: Path, missing_ok: bool = False) -> None:
        if self == held:
            raise PermissionError(13, "used by another process")
        unlink(self, missing_ok=missing_ok)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", as_on_windows)
        page = came_of(clerk, erase(clerk, campaign, seal, **more))
    assert "Xoá được một phần" in text_of(page)
    assert f"nhan-ve/{held.name}: Chưa xoá được" in text_of(page)
    assert f'href="/d/{campaign.id}/{PLACE}"' in page
    # The workbook stays as long as anything does: without it nothing could be tried again.
    assert (campaign.folder / "dot-cham.xlsx").exists()
    _, seal = listed(clerk, campaign, "?ca-dot=co" if everything else "")
    assert "Đã xoá xong" in came_of(clerk, erase(clerk, campaign, seal, **more))
    assert not held.exists()
    assert (campaign.folder / "dot-cham.xlsx").exists() is not everything


def test_a_list_with_nothing_to_erase_asks_for_nothing(
    clerk: TestClient, desk: Desk, campaign: OpenCampaign
) -> None:
    _, seal = listed(clerk, campaign)
    came_of(clerk, erase(clerk, campaign, seal))
    again = desk.open(campaign.folder)
    text, seal = listed(clerk, again)
    assert "Không còn gì để xoá" in text
    assert seal == ""


def test_names_are_shown_as_they_are_and_do_no_harm(desk: Desk, door: Door, tmp_path: Path) -> None:
    name = "<b>&đợt"
    campaign = desk.open(with_returns(tmp_path / name))
    (campaign.folder / "nhan-ve" / "<img src=x>.xlsx").write_bytes(b"x")
    client = TestClient(
        build_app(desk, door), base_url=door.address, follow_redirects=False, headers=OWN
    )
    client.get(door.launch_address("/").removeprefix(door.address))
    page = client.get(f"/d/{campaign.id}/{PLACE}").text
    assert "<img" not in page
    assert "<b>&đợt" not in page
    _, seal = listed(client, campaign)
    page = came_of(client, erase(client, campaign, seal, name))
    assert "<b>&đợt" not in page


@pytest.mark.parametrize("run", ["0", "1", "x", "../1"])
def test_nothing_is_told_of_a_run_that_erased_nothing(clerk: TestClient, run: str) -> None:
    assert clerk.get(f"/da-xoa/{run}").status_code == 404
