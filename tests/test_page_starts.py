"""The program that runs the page: started twice, killed, and beside Excel."""

from __future__ import annotations

import http.client
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from starlette.testclient import TestClient

from cchc_office.web.desk import Desk, OpenCampaign

from .browser import Account, RunningPage, until
from .page_client import done, post, with_returns
from .sheets import edit


class Visitor:
    """Somebody who came in by the address that the program told, without a browser."""

    def __init__(self, page: RunningPage) -> None:
        """Come in."""
        self.port = urlsplit(page.address).port or 0
        self.cookie = ""
        answer = self.ask("GET", page.address.partition(str(self.port))[2])
        assert answer.status == 303
        self.cookie = answer.headers["set-cookie"].partition(";")[0]

    def ask(self, method: str, path: str) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        own = {"cookie": self.cookie, "origin": f"http://127.0.0.1:{self.port}"}
        connection.request(method, path, b"" if method == "POST" else None, own)
        answer = connection.getresponse()
        answer.read()
        return answer

    def campaign(self) -> str:
        """Return where the campaign is that the program was started with."""
        return self.ask("GET", "/dau").headers["location"].rstrip("/")


@pytest.fixture
def folder(account: Account) -> Path:
    return with_returns(account.home / "đợt 2024")


def test_a_second_start_shows_the_page_that_runs(account: Account, folder: Path) -> None:
    with account.page() as running:
        port = urlsplit(running.address).port
        told = account.run("mo", folder, "--khong-mo-trinh-duyet")
        assert told.returncode == 0
        (address,) = re.findall(r"http://\S+", told.stdout)
        assert "Trang CCHC đang mở sẵn" in told.stdout
        assert urlsplit(address).port == port
        visitor = Visitor(RunningPage(running.process, address))
        assert visitor.ask("GET", "/").status == 200
        assert running.process.poll() is None
        dated = account.run("mo", folder, "--khong-mo-trinh-duyet", "--ngay", "12/12/2026")
        assert "mở lại với --ngay" in dated.stdout


def test_a_start_after_a_kill_finds_no_page_and_no_lock(account: Account, folder: Path) -> None:
    with account.page(folder) as running:
        visitor = Visitor(running)
        place = f"{visitor.campaign()}/giao-viec/lam"
        lock = folder / ".cchc-dang-lam.khoa"
        assert visitor.ask("POST", place).status == 303
        until(lambda: lock.exists() or any((folder / "output").iterdir()))
        running.kill()
    made = account.run("phieu-cham", folder, "-o", folder / "output")
    assert made.returncode in (0, 1), made.stdout + made.stderr
    assert len(list((folder / "output" / "phieu-cham").glob("*.xlsx"))) == 8
    with account.page(folder) as again:
        assert Visitor(again).ask("GET", "/").status == 200


def test_what_is_open_in_excel_is_told_and_kept(
    clerk: TestClient, desk: Desk, sample: OpenCampaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = sample.output / "phu-luc" / "phu-luc.xlsx"
    assert done(desk, post(clerk, sample, "giao-viec/lam")).error == ""
    before = table.read_bytes()
    edit(sample.folder / "dot-cham.xlsx", "Bộ chỉ số", {"B3": "Kế hoạch CCHC của năm"})
    replace = Path.replace

    def in_use(self: Path, target: Path) -> Path:
        if Path(target).name == table.name:
            raise PermissionError("in use")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", in_use)
    run = done(desk, post(clerk, sample, "giao-viec/lam"))
    shown = clerk.get(f"/d/{sample.id}/viec/{run.id}").text
    assert "Không ghi đè được tệp này, có lẽ đang mở trong Word hoặc Excel." in shown
    assert table.read_bytes() == before
    assert (table.parent / "phu-luc (ban moi).xlsx").exists()


def test_the_files_that_excel_puts_beside_open_workbooks_are_nobodys(
    clerk: TestClient, sample: OpenCampaign
) -> None:
    for name in ("dot-cham.xlsx", "nhan-ve/CCHC-2024-VP.xlsx"):
        path = sample.folder / name
        path.with_name(f"~${path.name}").write_bytes(b"\x05Clerk")
    for screen in ("bo-chi-so", "nhan-phieu", "ket-qua"):
        answer = clerk.get(f"/d/{sample.id}/{screen}")
        assert answer.status_code == 200
        assert "~$" not in answer.text


def test_the_first_page_waits_for_nothing_of_the_library(own_folder: Path) -> None:
    """One import of what reads a campaign's files made the start half as long again.

    What anyio runs threads with, and the macros of the other screens, took as long as our own part.
    """
    script = (
        "import asyncio, sys; from types import SimpleNamespace\n"
        "from starlette.requests import Request; from cchc_office.web.app import build_app\n"
        "from cchc_office.web.desk import Desk; from cchc_office.web.door import Door\n"
        "from cchc_office.web.first_page import first_page\n"
        "from cchc_office.web.pages import start; from cchc_office.web import views\n"
        "desk = Desk(None); desk.begins_at = first_page(desk, None); build_app(desk, Door(1))\n"
        "app = SimpleNamespace(state=SimpleNamespace(desk=desk))\n"
        "asked = {'type': 'http', 'app': app, 'method': 'GET', 'path': '/', 'headers': [],"
        " 'query_string': b'', 'path_params': {}}\n"
        "assert asyncio.run(start.choose(Request(asked))).status_code == 200\n"
        "print(*sorted({m.split('.')[1] for m in sys.modules if m.startswith('cchc_office.')}))\n"
        "print(*sorted(name for _, name in views._environment().cache.keys()))\n"
        "print('anyio._backends._asyncio' in sys.modules)"
    )
    command = [sys.executable, "-X", "utf8", "-c", script]
    done = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
    rooms, templates, has_threads = done.stdout.splitlines()
    assert set(rooms.split()) == {"errors", "files", "steps", "text", "web"}
    assert templates.split() == ["base.html", "file_field.html", "start.html"]
    assert has_threads == "False"
