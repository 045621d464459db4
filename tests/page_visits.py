"""A clerk who goes through the pages of one campaign: each form is followed to where it leads."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from cchc_office.web.app import build_app
from cchc_office.web.desk import Desk, OpenCampaign
from cchc_office.web.door import Door

from .page_client import OWN, PORT


class PageClient:
    """The page of one campaign: `client` has the cookie, `campaign` is what the page opened."""

    def __init__(self, folder: Path, day: dt.date | None = None) -> None:
        self.desk = Desk(day)
        self.door = Door(PORT)
        app = build_app(self.desk, self.door)
        self.client = TestClient(
            app, base_url=f"http://127.0.0.1:{PORT}", follow_redirects=True, headers=OWN
        )
        self.campaign: OpenCampaign = self.desk.open(folder)
        entry = self.door.launch_address("/").removeprefix(self.door.address)
        assert self.client.get(entry).status_code == 200

    def get(self, address: str) -> str:
        """Return a page of the campaign, whose last part of the address is given, as HTML."""
        answer = self.client.get(f"/d/{self.campaign.id}/{address}")
        assert answer.status_code == 200, answer.text
        return answer.text

    def post(self, address: str, data: dict[str, Any] | None = None, **more: Any) -> str:
        """Send a form, follow where it leads, wait for a job that it starts; return the page."""
        answer = self.client.post(f"/d/{self.campaign.id}/{address}", data=data, **more)
        assert answer.status_code in (200, 409), answer.text
        if running := re.search(r"/viec/(\d+)$", str(answer.url)):
            run = self.desk.runs.find(running[1])
            assert run
            assert run.ended.wait(60)
            # As where the job is over before anybody looks at how far it is.
            to = run.back if "?viec=" in run.back else str(answer.url)
            return self.client.get(to).text
        return answer.text


def page_of(
    folder: Path, monkeypatch: pytest.MonkeyPatch, day: dt.date | None = None
) -> PageClient:
    """Open the page of a campaign; what it remembers is kept beside the folder."""
    monkeypatch.setenv("CCHC_THU_MUC_RIENG", str(folder.parent / "rieng"))
    monkeypatch.setenv("HOME", str(folder.parent / "nha"))
    return PageClient(folder, day)


def shown(html: str) -> str:
    """Return what a page shows, on one line."""
    inside = html.partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", inside).split())


def forms(html: str) -> list[str]:
    """Return where the forms of a page lead, in order."""
    return re.findall(r'<form method="post" action="[^"]*?/d/[^"/]+/([^"]+)"', html)
