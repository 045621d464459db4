"""Nothing but our own words reaches a clerk, whatever is sent to the page; and nothing half."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from cchc_office.web.desk import Desk, OpenCampaign
from cchc_office.web.door import Door
from cchc_office.web.server import serve

from .page_client import OWN, clerk, desk, door, own_folder, sample, stranger

__all__ = ("clerk", "desk", "door", "own_folder", "sample", "stranger")

VIETNAMESE = re.compile(r"[ạ-ỹăâđêôơư]", re.IGNORECASE)
ENGLISH = re.compile(
    r"\b(not|allowed|found|invalid|malformed|range|error|server|request)\b", re.IGNORECASE
)
BOUNDARY = "ranh"
FORM = {"content-type": f"multipart/form-data; boundary={BOUNDARY}", **OWN}


def part(name: str, content: bytes, end: str = "\r\n") -> bytes:
    head = f'--{BOUNDARY}\r\ncontent-disposition: form-data; name="tep"; filename="{name}"\r\n\r\n'
    return head.encode() + content + end.encode()


def in_our_words(body: str) -> bool:
    """Tell whether a page, or a text, is in Vietnamese and in no words of a library."""
    text = re.sub(r"<[^>]+>", " ", body)
    return bool(VIETNAMESE.search(text)) and not ENGLISH.search(text)


# --- forms that are cut off ---


@pytest.mark.parametrize("cut", [1, 4, 8, 14, 20])
def test_a_form_that_is_cut_off_is_taken_in_no_part(
    clerk: TestClient, sample: OpenCampaign, cut: int
) -> None:
    before = sorted((sample.folder / "nhan-ve").iterdir())
    body = part("a.xlsx", b"PK mot") + part("b.xlsx", b"PK hai") + f"--{BOUNDARY}--".encode()
    answer = clerk.post(f"/d/{sample.id}/nhan-tep", headers=FORM, content=body[:-cut])
    assert answer.status_code == 400
    assert "bị đứt giữa chừng" in answer.text
    assert sorted((sample.folder / "nhan-ve").iterdir()) == before


@pytest.mark.parametrize("end", ["", "\r\n"])
def test_a_whole_form_is_taken(clerk: TestClient, sample: OpenCampaign, end: str) -> None:
    body = part("ghi.txt", b"mot") + part("", b"hai") + f"--{BOUNDARY}--{end}".encode()
    answer = clerk.post(f"/d/{sample.id}/nhan-tep", headers=FORM, content=body)
    assert answer.status_code == 303
    names = {path.name for path in (sample.folder / "nhan-ve").iterdir()}
    assert {"ghi.txt", "khong-ten.txt"} <= names


def test_a_table_that_is_cut_off_begins_no_campaign(clerk: TestClient, desk: Desk) -> None:
    body = part("bang.xlsx", b"PK mot")
    answer = clerk.post("/moi", headers=FORM, content=body)
    assert answer.status_code == 400
    assert "bị đứt giữa chừng" in answer.text


# --- what libraries would say ---


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/khong-co", 404),
        ("GET", "/static/khong-co.css", 404),
        ("POST", "/static/style.css", 405),
        ("POST", "/d/{campaign}/so-theo-doi", 405),
        ("PUT", "/d/{campaign}/nhan-phieu", 405),
        ("LAM", "/d/{campaign}/nhan-phieu", 405),
        ("OPTIONS", "/d/{campaign}/nhan-phieu", 405),
        ("GET", "/d/{campaign}/nhan-tep", 405),
    ],
)
def test_a_refusal_is_in_our_words(
    clerk: TestClient, sample: OpenCampaign, method: str, path: str, status: int
) -> None:
    address = path.format(campaign=sample.id)
    headers = OWN | ({"content-length": "0"} if method != "GET" else {})
    answer = clerk.request(method, address, headers=headers)
    assert answer.status_code == status, answer.text
    assert in_our_words(answer.text), answer.text


@pytest.mark.parametrize("kind", ["multipart/form-data", "multipart/form-data; boundary=x"])
def test_what_is_no_form_is_told_in_our_words(
    clerk: TestClient, sample: OpenCampaign, kind: str
) -> None:
    headers = OWN | {"content-type": kind}
    answer = clerk.post(f"/d/{sample.id}/nhan-tep", headers=headers, content=b"--y\r\n--x--")
    assert answer.status_code == 400
    assert in_our_words(answer.text), answer.text


@pytest.mark.parametrize("wanted", ["bytes=9999999-", "bytes=x", "dong=1-2", "bytes=5-1"])
def test_a_part_of_a_file_is_the_whole_file(
    clerk: TestClient, desk: Desk, sample: OpenCampaign, wanted: str
) -> None:
    file = sample.folder / "nhan-ve" / "ghi.txt"
    file.write_bytes(b"ghi chu")
    for address in ("/static/style.css", f"/d/{sample.id}/tep/{desk.file_id(file)}"):
        answer = clerk.get(address, headers={"range": wanted})
        assert answer.status_code == 200
        assert answer.headers.get("accept-ranges", "none") == "none"


def test_a_door_that_is_broken_says_so_in_our_words(
    clerk: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> str:
        raise FileNotFoundError("refusal.html")

    monkeypatch.setattr(Door, "why_refused", broken)
    answer = clerk.get("/")
    assert answer.status_code == 500
    assert "Không có gì trong thư mục đợt chấm bị mất" in answer.text


# --- what no app gets to see ---


@pytest.fixture
def port(own_folder: object) -> Iterator[int]:
    desk, listening = Desk(), socket.create_server(("127.0.0.1", 0))
    port: int = listening.getsockname()[1]
    thread = threading.Thread(target=serve, args=(desk, Door(port), listening))
    thread.start()
    yield port
    desk.closing.set()
    thread.join(30)
    assert not thread.is_alive()


def test_what_is_no_request_at_all_is_refused_in_our_words(port: int) -> None:
    for sent in (
        b"xin chao\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nhost: a\r\nhost: b\r\n\r\n",
        b"GET / HTTP/1.1\r\nhost: a\r\nx: " + b"y" * 70_000 + b"\r\n\r\n",
        b"GET /\xff\xfe HTTP/1.1\r\nhost: a\r\n\r\n",
        b"POST / HTTP/1.1\r\nhost: a\r\ncontent-length: x\r\n\r\n",
        b"OPTIONS * HTTP/1.1\r\nhost: a\r\n\r\n",
        b"CONNECT a:1 HTTP/1.1\r\nhost: a\r\n\r\n",
    ):
        with socket.create_connection(("127.0.0.1", port), timeout=10) as client:
            client.sendall(sent)
            client.shutdown(socket.SHUT_WR)
            answer = b"".join(iter(lambda: client.recv(65536), b""))
        head, _, body = answer.partition(b"\r\n\r\n")
        assert head.split()[1][:1] == b"4", sent[:40]
        assert in_our_words(body.decode()), body
