"""Files behind ids: handed out and opened only where they are documents of the campaign."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from cchc_office.web.desk import Desk, OpenCampaign

from .page_client import post

_HARMLESS = [
    ("CCHC-2024-VP.xlsx", b"PK\x03\x04"),
    ("Quyết định.PDF", b"%PDF-1.4"),
    ("ảnh.jpg", b"\xff\xd8\xff\xe0"),
    ("thu.eml", b"From: a@b.vn\r\nTo: c@d.vn\r\n\r\nx"),
    ("ghi chú.txt", "Kính gửi".encode()),
]
_ACTING = [
    ("phiếu.exe", b"MZ" + bytes(100)),
    ("phiếu.pdf.exe", b"MZ" + bytes(100)),
    ("phiếu.xlsx", b"MZ" + bytes(100)),
    ("phiếu.desktop", b"[Desktop Entry]\nExec=rm\n"),
    ("phiếu.txt", b"[Desktop Entry]\nExec=rm\n"),
    ("phiếu.lnk", b"L\0\0\0\x01\x14\x02\0"),
    ("phiếu.url", b"[InternetShortcut]\nURL=http://ngoai.example\n"),
    ("phiếu.vbs", b'MsgBox "x"'),
    ("phiếu.js", b"alert(1)"),
    ("phiếu.hta", b"<html><script>1</script></html>"),
    ("phiếu.html", b"<html><script>1</script></html>"),
    ("phiếu.bat", b"@echo off"),
    ("phiếu.ps1", b"rm"),
    ("phiếu.scf", b"[Shell]"),
    ("phiếu.svg", b"<svg onload='x'/>"),
    ("phiếu", b"#!/bin/sh"),
    ("phiếu.xlsx ", b"PK\x03\x04"),
]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What was opened in its program, which no test starts."""
    found: list[Path] = []
    monkeypatch.setattr("cchc_office.web.pages.files.open_in_its_program", found.append)
    return found


def put(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(("name", "content"), _HARMLESS)
def test_a_document_is_opened(
    clerk: TestClient,
    desk: Desk,
    sample: OpenCampaign,
    opened: list[Path],
    name: str,
    content: bytes,
) -> None:
    path = put(sample.folder / "minh-chung" / "VP", name, content)
    assert post(clerk, sample, f"mo/{desk.file_id(path)}").status_code == 303
    assert opened == [path]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")
@pytest.mark.parametrize(("name", "content"), _ACTING)
def test_what_would_act_is_not_opened(
    clerk: TestClient,
    desk: Desk,
    sample: OpenCampaign,
    opened: list[Path],
    name: str,
    content: bytes,
) -> None:
    path = put(sample.folder / "nhan-ve", name, content)
    answer = post(clerk, sample, f"mo/{desk.file_id(path)}")
    assert answer.status_code == 409
    assert "không mở từ đây" in answer.text
    assert opened == []


def test_the_folder_is_opened(
    clerk: TestClient, desk: Desk, sample: OpenCampaign, opened: list[Path]
) -> None:
    assert post(clerk, sample, f"mo/{desk.file_id(sample.folder)}").status_code == 303
    assert opened == [sample.folder]


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_a_link_put_in_the_place_of_a_file_leads_nowhere(
    clerk: TestClient, desk: Desk, sample: OpenCampaign, opened: list[Path], tmp_path: Path
) -> None:
    secret = put(tmp_path / "rieng-tu", "mat.pdf", b"%PDF-1.4 secret")
    path = put(sample.folder / "minh-chung" / "VP", "a.pdf", b"%PDF-1.4")
    id_ = desk.file_id(path)
    assert clerk.get(f"/d/{sample.id}/tep/{id_}").status_code == 200
    path.unlink()
    path.symlink_to(secret)
    for answer in (clerk.get(f"/d/{sample.id}/tep/{id_}"), post(clerk, sample, f"mo/{id_}")):
        assert answer.status_code == 409
        assert "dẫn ra ngoài thư mục đợt chấm" in answer.text
        assert "secret" not in answer.text
    assert opened == []


def test_a_file_of_another_campaign_is_not_handed_out_by_this_one(
    clerk: TestClient, desk: Desk, sample: OpenCampaign, tmp_path: Path
) -> None:
    outside = put(tmp_path / "khac", "a.pdf", b"%PDF-1.4")
    assert clerk.get(f"/d/{sample.id}/tep/{desk.file_id(outside)}").status_code == 409


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has names that are no Unicode")
def test_a_name_that_is_no_unicode_is_handed_out(
    clerk: TestClient, desk: Desk, sample: OpenCampaign
) -> None:
    path = sample.folder / os.fsdecode(b"b\xe1o c\xe1o.pdf")
    path.write_bytes(b"%PDF-1.4")
    answer = clerk.get(f"/d/{sample.id}/tep/{desk.file_id(path)}")
    assert answer.status_code == 200
    assert "b%3Fo%20c%3Fo.pdf" in answer.headers["content-disposition"]
