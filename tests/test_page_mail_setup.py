"""The office's mail servers on the page: filled in, read back, corrected, tried; and led to."""

from __future__ import annotations

import html
import re
import smtplib
import socket
import ssl
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from cchc_office.catalogue.findings import Code, Finding, FindingCode
from cchc_office.mail.connecting import explained, not_encrypted
from cchc_office.mail.settings import KEYS, Security, Server, read_mail_settings
from cchc_office.text.setting_names import LABELS
from cchc_office.web.advised_screens import (
    _MANUAL,
    _OF_MAILING,
    advised_screens,
    on_the_page,
    screens_of,
)
from cchc_office.web.desk import Desk, OpenCampaign

from .calls import cchc
from .conftest import ROOT
from .page_client import clerk, desk, done, door, own_folder, post, sample, stranger
from .sheets import campaign_file
from .smtp_servers import PASSWORD, USER, certificates, smtp_server

__all__ = ("clerk", "desk", "door", "own_folder", "sample", "stranger")

TYPED = {
    "ten": 'Văn phòng "Sở", phòng 2',
    "dia-chi": "van-phong@so-noi-vu.example",
    "gui.may_chu": "smtp.so-noi-vu.example",
    "gui.bao_mat": "tls",
    "gui.nguoi_dung": "",
    "nhan.may_chu": "imap.so-noi-vu.example",
    "nhan.bao_mat": "tls",
}


def form_of(clerk: TestClient, campaign: OpenCampaign) -> str:
    return clerk.get(f"/d/{campaign.id}/cai-thu").text


def shown(page: str, field: str) -> str:
    """Return what stands in a field of the form."""
    found = re.search(rf'<input [^>]*name="{re.escape(field)}"[^>]*>', page)
    assert found, field
    value = re.search(r'value="([^"]*)"', found[0])
    assert value, field
    return html.unescape(value[1])


def save(clerk: TestClient, campaign: OpenCampaign, **fields: str) -> str:
    """Change fields of the form as it is shown, and save; return the page that follows."""
    page = form_of(clerk, campaign)
    unticked = r'<input type="checkbox" [^>]*">'
    names = re.findall(r'<input [^>]*name="([^"]+)"', re.sub(unticked, "", page))
    own = {name: shown(page, name) for name in names if name not in ("phan", "mat-khau")}
    for name in re.findall(r'<select [^>]*name="([^"]+)"', page):
        chosen = re.search(rf'name="{re.escape(name)}".*?value="(\w+)" selected', page, re.DOTALL)
        assert chosen
        own[name] = chosen[1]
    answer = post(clerk, campaign, "cai-thu", data=own | fields)
    return clerk.get(answer.headers["location"]).text if answer.is_redirect else answer.text


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
    assert f'href="/d/{sample.id}/cai-thu">Sửa máy chủ thư' in clerk.get(address).text


@pytest.mark.parametrize(
    ("field", "wrong", "told"),
    [
        ("dia-chi", "vanphong", "cần một địa chỉ"),
        ("gui.may_chu", "smtp so noi vu", "Ô “Máy chủ gửi thư”"),
        ("gui.bao_mat", "không", "Ô “Mã hoá khi gửi”"),
        ("nhan.cong", "chín", "Ô “Cổng nhận”"),
        ("nhan.tep_chung_chi", "khong-co.pem", "Ô “Tệp chứng chỉ của máy chủ nhận”"),
    ],
)
def test_what_cannot_be_used_is_told_and_kept_in_the_form(
    clerk: TestClient, sample: OpenCampaign, field: str, wrong: str, told: str
) -> None:
    answer = post(clerk, sample, "cai-thu", data=TYPED | {field: wrong})
    assert answer.status_code == 409
    assert told in answer.text
    assert shown(answer.text, "nhan.may_chu") == "imap.so-noi-vu.example"
    assert not (sample.folder / "thu.toml").exists()


def test_a_port_typed_behind_the_server_is_taken_apart(
    clerk: TestClient, sample: OpenCampaign
) -> None:
    typed = TYPED | {"gui.may_chu": "127.0.0.1:8525"}
    assert post(clerk, sample, "cai-thu", data=typed).status_code == 303
    page = form_of(clerk, sample)
    assert (shown(page, "gui.may_chu"), shown(page, "gui.cong")) == ("127.0.0.1", "8525")
    wrong = save(clerk, sample, **{"gui.may_chu": "127.0.0.1:8525", "gui.cong": "587"})
    why = html.unescape(re.sub("<[^>]+>", "", wrong.partition('role="alert">')[2]))
    assert why.startswith(
        "▲ Ô “Máy chủ gửi thư” ghi “127.0.0.1:8525” không dùng được; cần chỉ tên máy chủ, ví dụ "
        "smtp.so.gov.vn; số cổng ghi ở “Cổng gửi”"
    )
    assert "Sửa lại ở" not in why.partition("</div>")[0]


def test_the_form_of_the_servers_does_not_lead_to_itself(
    clerk: TestClient, sample: OpenCampaign
) -> None:
    own = 'nguoi_gui = "vp@so.example"\n[gui]\nmay_chu = "vp:mat khau@so.example"\n'
    (sample.folder / "thu.toml").write_text(own, encoding="utf-8")
    page = form_of(clerk, sample)
    assert "có thể có mật khẩu" in page
    assert "mat khau" not in page
    assert f'href="/d/{sample.id}/cai-thu"' not in page.partition("<h2>Máy chủ thư")[2]


def test_a_wrong_server_is_shown_and_corrected(clerk: TestClient, sample: OpenCampaign) -> None:
    file = sample.folder / "thu.toml"
    own = (
        '# của Văn phòng\nnguoi_gui = "Văn phòng Sở <vp@so.example>"\ncach_ngay_don_doc = 0\n'
        '\n[gui]  # mạng nội bộ\nmay_chu = "smtp.sai.example"  # đổi sau\nnguoi_dung = "vp"\n'
        'bao_mat = "starttls"\nrieng = 1\n\n[nhan]\nmay_chu = "imap.so.example"\n'
        'bao_mat = "tls"\nnguoi_dung = "phieu"\nhop_thu = "CCHC"\n'
    )
    file.write_text(own, encoding="utf-8")
    page = form_of(clerk, sample)
    fields = ("ten", "dia-chi", "gui.may_chu", "gui.nguoi_dung", "nhan.nguoi_dung", "nhan.hop_thu")
    assert [shown(page, name) for name in fields] == [
        *("Văn phòng Sở", "vp@so.example", "smtp.sai.example", "vp", "phieu", "CCHC")
    ]
    assert "Thử nối" in save(clerk, sample, **{"gui.may_chu": "smtp.so.example"})
    right = own.replace("smtp.sai.example", "smtp.so.example")
    assert file.read_text(encoding="utf-8") == right
    assert save(clerk, sample)
    assert file.read_text(encoding="utf-8") == right
    save(clerk, sample, **{"nhan.may_chu": ""})
    assert file.read_text(encoding="utf-8") == right.partition("\n[nhan]")[0] + "\n"


def test_a_server_without_login_stays_one(clerk: TestClient, sample: OpenCampaign) -> None:
    file = sample.folder / "thu.toml"
    own = 'nguoi_gui = "vp@so.example"\n[gui]\nmay_chu = "smtp.so.example"\n'
    file.write_text(own, encoding="utf-8")
    assert "Đã lưu" in save(clerk, sample)
    assert file.read_text(encoding="utf-8") == own
    save(clerk, sample, **{"gui.bao_mat": "tls"})
    assert file.read_text(encoding="utf-8") == f'{own}bao_mat = "tls"\n'
    save(clerk, sample, **{"gui.nguoi_dung": "vp"})
    assert sending_user(sample) == "vp"
    save(clerk, sample, **{"khong-dang-nhap": "1"})
    assert sending_user(sample) == ""


def sending_user(campaign: OpenCampaign) -> str:
    read, _ = read_mail_settings(campaign.folder)
    assert read.outgoing
    return read.outgoing.user


def test_an_empty_name_to_log_in_with_means_the_same_before_and_after_saving(
    clerk: TestClient, sample: OpenCampaign
) -> None:
    meaning = "Tên đăng nhập để gửi (để trống: dùng địa chỉ thư)"
    assert meaning in form_of(clerk, sample)
    assert meaning in save(clerk, sample, **TYPED)
    assert sending_user(sample) == TYPED["dia-chi"]
    save(clerk, sample, **{"gui.nguoi_dung": ""})
    assert sending_user(sample) == TYPED["dia-chi"]


def test_what_came_of_a_try_stands_at_the_try(
    clerk: TestClient, desk: Desk, sample: OpenCampaign
) -> None:
    answer = post(clerk, sample, "cai-thu", data=TYPED)
    assert answer.headers["location"].endswith("#bao")
    for part, kind in (("gui", "gửi"), ("nhan", "nhận")):
        data = {"phan": part, "mat-khau": "x"}
        run = done(desk, post(clerk, sample, "cai-thu/thu-noi", data=data))
        _, notice, after = clerk.get(run.back).text.partition('<div id="bao" tabindex="-1"')
        assert notice
        assert run.back.endswith("#bao")
        assert 'role="alert"' in after.partition(">")[0]
        assert f"Máy chủ {kind}:" in after.partition("</form>")[0]


def test_what_somebody_changed_meanwhile_is_not_overwritten(
    clerk: TestClient, sample: OpenCampaign
) -> None:
    own = '# của cơ quan\nnguoi_gui = "vp@so.example"\n'
    (sample.folder / "thu.toml").write_text(own, encoding="utf-8")
    answer = post(clerk, sample, "cai-thu", data=TYPED | {"dau": ""})
    assert answer.status_code == 409
    assert "vừa được sửa ở chỗ khác" in answer.text
    assert (sample.folder / "thu.toml").read_text(encoding="utf-8") == own


def test_a_password_in_the_file_is_never_shown_and_goes(
    clerk: TestClient, sample: OpenCampaign
) -> None:
    file = sample.folder / "thu.toml"
    file.write_text(
        '[gui]\nmay_chu = "vp:bi-mat-1@smtp.so.example"\nmat_khau = "bi-mat-2"\n', encoding="utf-8"
    )
    page = form_of(clerk, sample)
    assert "bi-mat" not in page
    assert "gui.mat_khau" in page
    save(clerk, sample, **{"dia-chi": "vp@so.example", "gui.may_chu": "smtp.so.example"})
    assert "bi-mat" not in file.read_text(encoding="utf-8")
    assert read_mail_settings(sample.folder)[1] == ()


def test_a_file_that_cannot_be_read_is_left_and_opened(
    clerk: TestClient, sample: OpenCampaign
) -> None:
    file = sample.folder / "thu.toml"
    file.write_text('[gui]\nmay_chu = "smtp\n', encoding="utf-8")
    page = form_of(clerk, sample)
    assert "Không đọc được tệp này (dòng 2)" in page
    assert "Mở thu.toml" in page
    assert post(clerk, sample, "cai-thu", data=TYPED).status_code == 409
    assert file.read_text(encoding="utf-8") == '[gui]\nmay_chu = "smtp\n'


def test_a_file_in_which_a_part_is_a_value_is_left_and_opened(
    clerk: TestClient, sample: OpenCampaign
) -> None:
    file, own = sample.folder / "thu.toml", "gui = 3\n"
    file.write_text(own, encoding="utf-8")
    page = save(clerk, sample, **{"gui.may_chu": "smtp.so.example", "dia-chi": "vp@so.example"})
    assert "Mở tệp để sửa" in page
    assert "Mở thu.toml" in page
    assert file.read_text(encoding="utf-8") == own


# --- trying it ---


@pytest.fixture
def small(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OpenCampaign:
    monkeypatch.delenv("CCHC_MAT_KHAU_THU", raising=False)
    campaign_file(tmp_path / "dot")
    return desk.open(tmp_path / "dot")


def test_the_server_is_tried_right_after_saving(
    clerk: TestClient,
    desk: Desk,
    small: OpenCampaign,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with smtp_server(certificates(small.folder)) as (server, box):
        post(
            *(clerk, small, "cai-thu"),
            data={
                "ten": "",
                "dia-chi": USER,
                "gui.may_chu": server.host,
                "gui.cong": str(server.port),
                "gui.bao_mat": "starttls",
                "gui.tep_chung_chi": "chung-chi.pem",
            },
        )
        run = done(desk, post(clerk, small, "cai-thu/thu-noi", data={"mat-khau": PASSWORD}))
        assert "✓ Đã nối, đăng nhập được vào máy chủ gửi thư" in clerk.get(run.back).text
        run = done(desk, post(clerk, small, "cai-thu/thu-noi", data={"mat-khau": "sai"}))
        page = clerk.get(run.back).text
        assert "không nhận tên đăng nhập" in page
        assert "“Tên đăng nhập để gửi” ở “Máy chủ thư”" in page
        assert box.messages == []
        assert post(clerk, small, "cai-thu/thu-noi").status_code == 409
        monkeypatch.setenv("CCHC_MAT_KHAU_THU", PASSWORD)
        assert cchc("gui", small.folder, "--loai", "cong-van", "--thu-noi") == 0
        assert "Đã nối, đăng nhập được vào máy chủ gửi thư 127.0.0.1" in capsys.readouterr().out
        monkeypatch.setenv("CCHC_MAT_KHAU_THU", "sai")
        assert cchc("gui", small.folder, "--loai", "cong-van", "--thu-noi") == 3
        assert "nguoi_dung trong phần [gui] của thu.toml" in capsys.readouterr().out
    assert cchc("nhan", small.folder, "--thu-noi") == 3


def test_a_server_that_wants_no_login_is_not_said_to_have_let_in(
    small: OpenCampaign, capsys: pytest.CaptureFixture[str]
) -> None:
    with smtp_server(certificates(small.folder), implicit=True, login=False) as (server, _):
        (small.folder / "thu.toml").write_text(
            f'nguoi_gui = "{USER}"\n[gui]\nmay_chu = "{server.host}"\ncong = {server.port}\n'
            'bao_mat = "tls"\ntep_chung_chi = "chung-chi.pem"\n',
            encoding="utf-8",
        )
        assert cchc("gui", small.folder, "--loai", "cong-van", "--thu-noi") == 0
    told = capsys.readouterr().out
    assert "Đã nối được với máy chủ gửi thư 127.0.0.1" in told
    assert "không đăng nhập" in told


# --- the words of the form ---

SERVER = Server("smtp.so.example", 587, Security.STARTTLS, "vp", part="gui")
UNENCRYPTED = ssl.SSLError(1, "x")
UNENCRYPTED.reason = "WRONG_VERSION_NUMBER"
ERRORS = [
    UNENCRYPTED,
    smtplib.SMTPNotSupportedError("x"),
    smtplib.SMTPAuthenticationError(535, b"x"),
    TimeoutError(),
    socket.gaierror(),
    ConnectionRefusedError(),
]
NAMES = re.compile(r"\[(gui|nhan)\]|\b(may_chu|nguoi_gui|nguoi_dung|bao_mat|cong|hop_thu)\b|toml")


@pytest.mark.parametrize("part", ["gui", "nhan"])
@pytest.mark.parametrize("error", ERRORS, ids=lambda e: type(e).__name__)
def test_an_error_names_the_field_on_the_page_and_the_line_elsewhere(
    error: Exception, part: str
) -> None:
    advice = explained(error, replace(SERVER, part=part)).what_to_do
    assert NAMES.search(advice)
    words = on_the_page(advice)
    assert not NAMES.search(words), words
    assert "“Máy chủ thư”" in words
    assert advised_screens(advice)[0][0] == "cai-thu"
    assert all(place == "cai-thu" for place, _ in advised_screens(advice))


def test_of_a_server_without_login_nothing_is_told_of_logging_in() -> None:
    nobody = replace(SERVER, user="")
    assert "không gửi: văn bản sẽ đi trần" in not_encrypted(nobody).why
    untrusted = ssl.SSLCertVerificationError()
    untrusted.verify_code = 18
    assert "nên không gửi: " in explained(untrusted, nobody).why
    assert "không đăng nhập: mật khẩu và văn bản" in not_encrypted(SERVER).why


def test_a_server_without_encryption_leads_to_the_form_too() -> None:
    assert not NAMES.search(on_the_page(not_encrypted(SERVER).what_to_do))
    untrusted = ssl.SSLCertVerificationError()
    for code in (9, 10, 18, 62):
        untrusted.verify_code = code
        assert not NAMES.search(on_the_page(explained(untrusted, SERVER).what_to_do))


@pytest.mark.parametrize("key", KEYS)
def test_a_finding_of_a_setting_names_its_field(key: str) -> None:
    finding = Finding(Code.MAIL_SETTING_BAD, about=key, found="x", expected="y")
    assert key in finding.sentence
    words = f"{on_the_page(finding.sentence)} {on_the_page(finding.advice)}"
    assert words == f"Ô “{LABELS[key]}” ghi “x” không dùng được; cần y. Sửa lại ở “Máy chủ thư”."


def test_what_is_of_mailing_is_in_the_catalogue() -> None:
    assert [name for name in _OF_MAILING if not hasattr(Code, name)] == []


@pytest.mark.parametrize(
    "code", [Code.MAIL_STOPPED, Code.TRIAL_NOT_SENT, Code.MAIL_NOT_CONNECTED], ids=lambda c: c.slug
)
def test_all_that_is_wrong_with_mailing_leads_to_the_form(code: FindingCode) -> None:
    finding = Finding(code, found="x", expected="Đợi ít phút.")
    assert screens_of(finding)[0] == ("cai-thu", "Máy chủ thư")
    finding = Finding(code, found="x", expected="Kiểm tra địa chỉ sau --thu-toi.")
    assert on_the_page(finding.advice).startswith("Kiểm tra “Địa chỉ của tôi”.")


@pytest.mark.parametrize(
    "finding",
    [
        Finding(Code.MAIL_SETTINGS_MISSING, found="nguoi_gui và gui.may_chu"),
        Finding(Code.MAILBOX_NOT_NAMED),
        Finding(Code.MAIL_TOO_LARGE),
        Finding(Code.MAIL_REMINDED_RECENTLY),
    ],
    ids=lambda f: f.code.slug,
)
def test_findings_of_mail_are_in_the_words_of_the_form(finding: Finding) -> None:
    words = f"{on_the_page(finding.sentence)} {on_the_page(finding.advice)}"
    assert not NAMES.search(words), words
    assert advised_screens(finding.advice)[0][0] == "cai-thu"


@pytest.mark.parametrize(
    "code",
    [c for name in dir(Code) if isinstance(c := getattr(Code, name), FindingCode)],
    ids=lambda c: c.slug,
)
def test_no_advice_on_the_page_names_a_file_of_the_manual(code: FindingCode) -> None:
    assert "docs/" not in on_the_page(code.advice)


@pytest.mark.parametrize("file", _MANUAL)
def test_pages_of_the_manual_are_called_what_stands_over_them(file: str) -> None:
    page = (ROOT / "docs" / f"{file}.md").read_text(encoding="utf-8")
    assert page.startswith(f"# {_MANUAL[file]}\n")
