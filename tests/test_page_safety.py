"""Who the page lets in: the token, the cookie, the host, the origin of each write, the size."""

from __future__ import annotations

import re
import threading
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from cchc_office import start_campaign
from cchc_office.errors import CchcError
from cchc_office.steps.brought_back import BroughtBack
from cchc_office.web import pages
from cchc_office.web.desk import Desk
from cchc_office.web.door import (
    GIVES_WAY,
    HANDOVER,
    HANDOVER_HEADER,
    Door,
    is_proof,
    own_version,
    proof_of,
)
from cchc_office.web.safety import MOST_BYTES

from .page_client import OWN, PORT

WRITES = [path for method, path, _ in pages.routes() if method == "POST" and path != HANDOVER]


def filled(path: str) -> str:
    return re.sub(r"{\w+}", "abc", path)


def test_nothing_is_shown_without_the_cookie(stranger: TestClient) -> None:
    answer = stranger.get("/")
    assert answer.status_code == 403
    assert "Bấm đúp CCHC lần nữa" in answer.text


def test_a_launch_token_lets_in_once(stranger: TestClient, door: Door) -> None:
    address = door.launch_address("/").removeprefix(door.address)
    first = stranger.get(address)
    assert (first.status_code, first.headers["location"]) == (303, "/")
    cookie = first.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert stranger.get("/").status_code == 200
    stranger.cookies.clear()
    again = stranger.get(address)
    assert again.status_code == 403
    assert "đã dùng rồi" in again.text


@pytest.mark.parametrize("token", ["", "sai", "x" * 500, "é"])
def test_a_wrong_token_lets_nobody_in(stranger: TestClient, token: str) -> None:
    answer = stranger.get("/vao", params={"khoa": token})
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("to", ["//ngoai.example/", "http://ngoai.example/", "/\\ngoai.example"])
def test_a_launch_leads_to_no_other_site(stranger: TestClient, door: Door, to: str) -> None:
    address = door.launch_address(to).removeprefix(door.address)
    assert stranger.get(address).headers["location"] == "/"


@pytest.mark.parametrize(
    "host", ["ngoai.example", f"ngoai.example:{PORT}", "127.0.0.1", f"127.0.0.1:{PORT + 1}", ""]
)
def test_a_foreign_host_is_refused(clerk: TestClient, host: str) -> None:
    answer = clerk.get("/", headers={"host": host})
    assert answer.status_code == 403
    assert "không phải của trang CCHC" in answer.text


@pytest.mark.parametrize(
    "origin",
    [
        "http://ngoai.example",
        f"http://127.0.0.1:{PORT + 1}",
        f"https://127.0.0.1:{PORT}",
        f"http://localhost:{PORT}",
        "null",
        None,
    ],
)
@pytest.mark.parametrize("path", WRITES)
def test_a_write_from_another_page_is_refused(
    clerk: TestClient, path: str, origin: str | None
) -> None:
    headers = {} if origin is None else {"origin": origin}
    answer = clerk.post(filled(path), headers=headers)
    assert answer.status_code == 403
    assert "đến từ một trang khác" in answer.text


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
@pytest.mark.parametrize("path", WRITES)
def test_a_write_that_the_browser_calls_foreign_is_refused(
    clerk: TestClient, path: str, site: str
) -> None:
    answer = clerk.post(filled(path), headers=OWN | {"sec-fetch-site": site})
    assert answer.status_code == 403


@pytest.mark.parametrize("path", WRITES)
def test_a_write_without_the_cookie_is_refused(stranger: TestClient, path: str) -> None:
    assert stranger.post(filled(path), headers=OWN).status_code == 403


@pytest.mark.parametrize("path", [p for p in WRITES if "{" in p])
def test_a_write_to_what_nobody_opened_finds_nothing(clerk: TestClient, path: str) -> None:
    assert clerk.post(filled(path), headers=OWN).status_code == 404


def test_too_much_at_once_is_refused_before_it_is_read(clerk: TestClient) -> None:
    headers = OWN | {"content-length": str(MOST_BYTES + 1)}
    answer = clerk.post("/dong", headers=headers, content=b"")
    assert answer.status_code == 413
    assert "Chép các tệp thẳng vào thư mục nhan-ve" in answer.text


def test_every_answer_carries_the_headers(clerk: TestClient) -> None:
    for path in ("/", "/static/style.css", "/khong-co"):
        headers = clerk.get(path).headers
        assert headers["content-security-policy"].startswith("default-src 'self'")
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"


def test_a_path_in_an_id_leads_nowhere(clerk: TestClient, desk: Desk, tmp_path: Path) -> None:
    start_campaign(tmp_path / "dot")
    campaign = desk.open(tmp_path / "dot")
    for path in ("../../etc/passwd", "..%2f..%2fetc%2fpasswd", "%2Fetc%2Fpasswd", "C:\\boot.ini"):
        assert clerk.get(f"/d/{campaign.id}/tep/{path}").status_code == 404
    outside = desk.file_id(tmp_path / "dot" / "dot-cham.xlsx")
    assert clerk.get(f"/d/{campaign.id}/tep/{outside}").status_code == 200


def test_a_second_start_is_let_in_by_its_key_alone(
    stranger: TestClient, door: Door, tmp_path: Path
) -> None:
    start_campaign(tmp_path / "dot năm 2024")
    told = str(tmp_path / "dot năm 2024")
    where = {"duong": told, "ban": own_version()}
    assert stranger.post(HANDOVER, params=where).status_code == 403
    wrong = {HANDOVER_HEADER: proof_of("sai", told)}
    assert stranger.post(HANDOVER, params=where, headers=wrong).status_code == 403
    other = {HANDOVER_HEADER: proof_of(door.key, "/khac")}
    assert stranger.post(HANDOVER, params=where, headers=other).status_code == 403
    proof = {HANDOVER_HEADER: proof_of(door.key, told)}
    # A browser, which always says where it comes from, is none.
    assert stranger.post(HANDOVER, params=where, headers=proof | OWN).status_code == 403
    answer = stranger.post(HANDOVER, params=where, headers=proof)
    assert is_proof(answer.headers[HANDOVER_HEADER], door.key, answer.text)
    assert answer.text.startswith(f"{door.address}/vao?khoa=")
    assert "/d/" in stranger.get(answer.text.removeprefix(door.address)).headers["location"]


def test_what_is_no_campaign_is_told_on_the_page(
    clerk: TestClient, door: Door, tmp_path: Path
) -> None:
    told = str(tmp_path)
    proof = {HANDOVER_HEADER: proof_of(door.key, told)}
    answer = clerk.post(HANDOVER, params={"duong": told, "ban": own_version()}, headers=proof)
    assert answer.text.endswith("den=/")
    assert f"Không có đợt chấm ở {told}" in clerk.get("/").text
    assert "Không có đợt chấm" not in clerk.get("/").text


def test_an_idle_page_gives_way_to_another_version(
    stranger: TestClient, door: Door, desk: Desk
) -> None:
    proof = {HANDOVER_HEADER: proof_of(door.key, "")}
    asked = {"duong": "", "ban": "0.0.9"}
    assert stranger.post(HANDOVER, params=asked).status_code == 403
    assert not desk.closing.is_set()
    answer = stranger.post(HANDOVER, params=asked, headers=proof)
    assert answer.text == GIVES_WAY
    assert is_proof(answer.headers[HANDOVER_HEADER], door.key, answer.text)
    assert desk.closing.is_set()


def test_a_page_at_work_gives_way_to_no_other_version(
    stranger: TestClient, door: Door, desk: Desk
) -> None:
    may_end = threading.Event()

    def work(_: object) -> BroughtBack:
        may_end.wait(20)
        raise CchcError("xong")

    desk.runs.start("dot", "Làm văn bản", "/", work)
    proof = {HANDOVER_HEADER: proof_of(door.key, "")}
    answer = stranger.post(HANDOVER, params={"duong": "", "ban": "0.0.9"}, headers=proof)
    may_end.set()
    assert answer.text.startswith(f"{door.address}/vao?khoa=")
    assert not desk.closing.is_set()


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_read_that_the_browser_calls_foreign_is_refused(clerk: TestClient, site: str) -> None:
    answer = clerk.get("/", headers={"sec-fetch-site": site})
    assert answer.status_code == 403
    assert "đến từ một trang khác" in answer.text
    assert clerk.get("/", headers={"sec-fetch-site": "none"}).status_code == 200


def test_what_comes_in_chunks_is_not_read(clerk: TestClient) -> None:
    headers = OWN | {"content-length": "5", "transfer-encoding": "chunked"}
    assert clerk.post("/moi", headers=headers, content=b"").status_code == 411
