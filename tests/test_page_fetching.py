"""Fetching mail from the page: with a password that is asked for, or none of it."""

from __future__ import annotations

from pathlib import Path

import pytest
import trustme
from starlette.testclient import TestClient

from cchc_office.web.desk import Desk, OpenCampaign
from cchc_office.web.runs import RunFate

from .imap_server import HOST, PASSWORD, USER, Behaviour, serving
from .messages import filled_form, letter
from .page_client import clerk, desk, done, door, own_folder, post, stranger
from .sheets import campaign_file
from .test_mailbox import server_side

__all__ = ("clerk", "desk", "door", "own_folder", "stranger")

FETCH = "nhan-phieu/lay-thu"


@pytest.fixture
def small(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OpenCampaign:
    monkeypatch.delenv("CCHC_MAT_KHAU_THU", raising=False)
    campaign_file(tmp_path / "dot")
    return desk.open(tmp_path / "dot")


def test_what_thu_toml_lacks_is_told(clerk: TestClient, small: OpenCampaign) -> None:
    shown = clerk.get(f"/d/{small.id}/{FETCH}").text
    assert "Chưa nhận được thư từ máy này" in shown
    assert "Điền máy chủ thư…" in shown
    assert "[nhan]" not in shown
    assert post(clerk, small, FETCH).status_code == 422


def test_mail_is_fetched_with_a_password_that_is_kept_nowhere(
    clerk: TestClient, desk: Desk, small: OpenCampaign, tmp_path: Path
) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(small.folder / "ca.pem"))
    form = filled_form(small.state().campaign, "VP", tmp_path / "don-vi")
    earlier = filled_form(small.state().campaign, "VP", tmp_path / "don-vi", score=0.5)
    small.opened().returns.mkdir(exist_ok=True)
    (small.opened().returns / "truoc.xlsx").write_bytes(earlier)
    mail = letter("vp@a.example", ("phieu.xlsx", form)).as_bytes()
    with serving(Behaviour([mail], tls=server_side(authority))) as port:
        (small.folder / "thu.toml").write_text(
            f'[nhan]\nmay_chu = "{HOST}"\ncong = {port}\nbao_mat = "tls"\n'
            f'nguoi_dung = "{USER}"\ntep_chung_chi = "ca.pem"\ncho_giay = 5\n',
            encoding="utf-8",
        )
        assert "Mật khẩu thư của" in clerk.get(f"/d/{small.id}/{FETCH}").text
        assert "Cần mật khẩu thư" in post(clerk, small, FETCH).text
        run = done(desk, post(clerk, small, FETCH, data={"mat-khau": PASSWORD}))
    assert run.fate is RunFate.DONE
    saved = small.opened().returns.glob("CCHC*.xlsx")
    assert [path.read_bytes() for path in saved] == [form]
    shown = clerk.get(f"/d/{small.id}/viec/{run.id}").text
    assert "1 thư mới, 1 phiếu mới" in shown
    assert "khác “truoc.xlsx” ở 1 ô" in shown
    assert PASSWORD not in shown


def test_why_nothing_came_is_told_and_leads_to_the_form(
    clerk: TestClient, desk: Desk, small: OpenCampaign
) -> None:
    (small.folder / "thu.toml").write_text(
        f'[nhan]\nmay_chu = "{HOST}"\ncong = 1\nnguoi_dung = "{USER}"\ncho_giay = 2\n',
        encoding="utf-8",
    )
    run = done(desk, post(clerk, small, FETCH, data={"mat-khau": PASSWORD}))
    shown = clerk.get(f"/d/{small.id}/viec/{run.id}").text
    assert "không nhận kết nối" in shown
    assert "“Máy chủ nhận thư” và “Cổng nhận” ở “Máy chủ thư”" in shown
    assert f'href="/d/{small.id}/cai-thu"' in shown
