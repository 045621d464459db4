"""The page without a browser: who comes in with the cookie, and who does not."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from cchc_office import start_campaign
from cchc_office.web.app import build_app
from cchc_office.web.desk import Desk, OpenCampaign
from cchc_office.web.door import Door
from cchc_office.web.runs import Run

from . import days

PORT = 40404
_RETURNS = Path(__file__).parent.parent / "examples" / "so-cong-thuong-2024" / "nhan-ve"
OWN = {"origin": f"http://127.0.0.1:{PORT}", "sec-fetch-site": "same-origin"}
"""What a browser says with a write from a page of ours."""


@pytest.fixture
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the page remember what it does in a folder of the test."""
    monkeypatch.setenv("CCHC_THU_MUC_RIENG", str(tmp_path / "rieng"))
    monkeypatch.setenv("HOME", str(tmp_path / "nha"))
    return tmp_path / "rieng"


@pytest.fixture
def desk(own_folder: Path) -> Iterator[Desk]:
    desk = Desk(days.AFTER_DEADLINE)
    yield desk
    desk.leave()


@pytest.fixture
def door() -> Door:
    return Door(PORT)


@pytest.fixture
def stranger(desk: Desk, door: Door) -> TestClient:
    app = build_app(desk, door)
    return TestClient(app, base_url=f"http://127.0.0.1:{PORT}", follow_redirects=False)


@pytest.fixture
def clerk(stranger: TestClient, door: Door) -> TestClient:
    address = door.launch_address("/")
    assert stranger.get(address.removeprefix(door.address)).status_code == 303
    return stranger


@pytest.fixture
def sample(desk: Desk, tmp_path: Path) -> OpenCampaign:
    """The sample with its returns, open on the page."""
    return desk.open(with_returns(tmp_path / "dot"))


def with_returns(folder: Path) -> Path:
    """Make a campaign of the sample in a folder, with the sample's returns."""
    start_campaign(folder)
    shutil.copytree(_RETURNS, folder / "nhan-ve", dirs_exist_ok=True)
    return folder


def post(clerk: TestClient, campaign: OpenCampaign, path: str, **words: Any) -> Any:
    """Write as a page of ours does; the answer is not followed."""
    return clerk.post(f"/d/{campaign.id}/{path}", headers=OWN, **words)


def done(desk: Desk, answer: Any) -> Run:
    """Wait for the run that an answer leads to."""
    assert answer.status_code == 303, answer.text
    run = desk.runs.find(answer.headers["location"].rpartition("/")[2])
    assert run is not None
    assert run.ended.wait(60)
    return run
