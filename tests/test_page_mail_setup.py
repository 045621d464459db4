"""The mail servers of an office, written by the page where there is no thu.toml."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from cchc_office.mail.settings import SenderAddress, read_mail_settings
from cchc_office.mail.settings_file import NewMailSettings, NewServer
from cchc_office.web.desk import Desk, OpenCampaign

from .page_client import clerk, desk, door, own_folder, post, sample, stranger

__all__ = ("clerk", "desk", "door", "own_folder", "sample", "stranger")

TYPED = {
    "ten": 'Văn phòng "Sở", phòng 2',
    "dia-chi": "van-phong@so-noi-vu.example",
    "may-chu": "smtp.so-noi-vu.example",
    "bao-mat": "tls",
    "nguoi-dung": "",
    "may-chu-nhan": "imap.so-noi-vu.example",
}


def test_what_is_typed_is_what_mail_goes_out_by(clerk: TestClient, sample: OpenCampaign) -> None:
    address = f"/d/{sample.id}/gui/cong-van"
    assert f'href="/d/{sample.id}/cai-thu"' in clerk.get(address).text
    answer = post(clerk, sample, "cai-thu", data=TYPED)
    assert answer.status_code == 303
    told = tomllib.loads((sample.folder / "thu.toml").read_text(encoding="utf-8"))
    assert told["nguoi_gui"] == 'Văn phòng "Sở", phòng 2 <van-phong@so-noi-vu.example>'
    read, findings = read_mail_settings(sample.folder)
    assert findings == ()
    assert read.outgoing is not None
    assert (read.outgoing.place, read.outgoing.user) == (
        "smtp.so-noi-vu.example:465",
        "van-phong@so-noi-vu.example",
    )
    assert read.incoming is not None
    assert read.incoming.place == "imap.so-noi-vu.example:993"
    assert "chưa có hoặc chưa đủ" not in clerk.get(address).text


@pytest.mark.parametrize(
    ("field", "wrong", "told"),
    [
        ("dia-chi", "vanphong", "cần một địa chỉ"),
        ("may-chu", "smtp so noi vu", "máy chủ"),
        ("bao-mat", "không", "bao_mat"),
    ],
)
def test_what_cannot_be_used_is_told_and_kept_in_the_form(
    clerk: TestClient, sample: OpenCampaign, field: str, wrong: str, told: str
) -> None:
    answer = post(clerk, sample, "cai-thu", data=TYPED | {field: wrong})
    assert answer.status_code == 409
    assert told in answer.text
    assert 'value="imap.so-noi-vu.example"' in answer.text
    assert not (sample.folder / "thu.toml").exists()


def test_a_file_that_is_there_is_opened_and_not_overwritten(
    clerk: TestClient, desk: Desk, sample: OpenCampaign
) -> None:
    own = "# của cơ quan\n"
    (sample.folder / "thu.toml").write_text(own, encoding="utf-8")
    assert "Mở thu.toml để sửa" in clerk.get(f"/d/{sample.id}/cai-thu").text
    answer = post(clerk, sample, "cai-thu", data=TYPED)
    assert answer.status_code == 409
    assert (sample.folder / "thu.toml").read_text(encoding="utf-8") == own


@given(
    name=st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=30),
    user=st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=30),
)
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=50)
def test_whatever_is_typed_is_read_as_one_text(name: str, user: str) -> None:
    server = NewServer("smtp.so.example", "tls", user)
    text = NewMailSettings(SenderAddress("vp@so.example", name), server).text
    read = tomllib.loads(text)
    assert read["nguoi_gui"] == (f"{name} <vp@so.example>" if name else "vp@so.example")
    assert read["gui"].get("nguoi_dung", "") == user
