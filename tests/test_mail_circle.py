"""The whole way against Postfix and Dovecot: papers out, a form back, fetched and consolidated."""

from __future__ import annotations

import email
import email.policy
import imaplib
import json
import time
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import openpyxl
import pytest

from cchc_office.mail.register import read_register
from cchc_office.model import Campaign

from .calls import cchc
from .mail_servers import HOST, MailServers, empty, mailbox, running_servers, send, wait_for
from .messages import campaign_in, letter
from .sheets import fill_form

pytestmark = pytest.mark.mailserver

OFFICE, UNIT, STRANGER = "van-phong@a.example", "vp@a.example", "la@b.example"


@pytest.fixture(scope="module")
def servers() -> Iterator[MailServers]:
    with running_servers([OFFICE, UNIT, STRANGER]) as running:
        yield running


@pytest.fixture
def campaign(tmp_path: Path, servers: MailServers, monkeypatch: pytest.MonkeyPatch) -> Campaign:
    monkeypatch.setenv("CCHC_MAT_KHAU_THU", servers.password)
    campaign = campaign_in(tmp_path / "dot")
    (tmp_path / "dot" / "ca.pem").write_bytes(servers.authority.read_bytes())
    settings(tmp_path / "dot", servers.imap_port, "tls")
    empty(servers, OFFICE, UNIT)
    return campaign


def settings(folder: Path, port: int, security: str) -> None:
    (folder / "thu.toml").write_text(
        f'[nhan]\nmay_chu = "{HOST}"\ncong = {port}\nbao_mat = "{security}"\n'
        f'nguoi_dung = "{OFFICE}"\ntep_chung_chi = "ca.pem"\n',
        encoding="utf-8",
    )


def state(servers: MailServers, address: str) -> tuple[bytes, ...]:
    """Return what the server counts in a mailbox, and the marks of each message."""
    with mailbox(servers, address) as box:
        counts = box.status("INBOX", "(MESSAGES RECENT UNSEEN UIDNEXT)")[1][0]
        box.select("INBOX", readonly=True)
        return (counts, *(item for item in box.fetch("1:*", "(UID FLAGS)")[1] if item))


def received(servers: MailServers, address: str) -> EmailMessage:
    with mailbox(servers, address) as box:
        box.select("INBOX")
        whole = box.fetch("1", "(RFC822)")[1][0]
    assert isinstance(whole, tuple)
    message = email.message_from_bytes(whole[1], policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def test_a_form_goes_out_comes_back_and_counts(
    tmp_path: Path,
    servers: MailServers,
    campaign: Campaign,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder, output = tmp_path / "dot", tmp_path / "ra"
    assert cchc("phieu-cham", folder, "-o", output) == 0
    issued = (output / "phieu-cham" / "CCHC-2024-VP.xlsx").read_bytes()
    papers = letter(OFFICE, ("Phiếu của Văn phòng.xlsx", issued), key="<phat@a.example>")
    send(servers, OFFICE, UNIT, papers)

    # The unit, with other programs than ours: takes the form, fills it in, answers.
    wait_for(servers, UNIT, 1)
    (attached,) = received(servers, UNIT).iter_attachments()
    form = tmp_path / "don-vi" / str(attached.get_filename())
    form.parent.mkdir()
    form.write_bytes(attached.get_payload(decode=True))  # type: ignore[arg-type]
    scores = {"1.1.1": 0.75, "1.1.2": 2}
    evidence = "Số liệu minh họa"
    fill_form(form, {c: {"score": s, "evidence": evidence} for c, s in scores.items()})
    answer = letter(f"Văn phòng <{UNIT}>", (form.name, form.read_bytes()), key="<tra@a.example>")
    send(servers, UNIT, OFFICE, answer)
    send(servers, UNIT, OFFICE, letter(UNIT, key="<hoi@a.example>", subject="Hỏi thêm"))
    wait_for(servers, OFFICE, 2)

    before = state(servers, OFFICE)
    capsys.readouterr()
    assert cchc("nhan", folder, "--json") == 0
    whole = json.loads(capsys.readouterr().out)
    assert {m["ma"]: [f["luu_thanh"] for f in m["tep"]] for m in whole["thu"]} == {
        "<tra@a.example>": [whole["tep_ghi"][0]["tep"].rpartition("/")[2]],
        "<hoi@a.example>": [],
    }
    assert state(servers, OFFICE) == before
    assert b"UNSEEN 2" in before[0]
    assert not any(b"Seen" in mark for mark in before[1:])
    (saved,) = (folder / "nhan-ve").iterdir()
    assert saved.read_bytes() == form.read_bytes()

    assert cchc("nhan", folder, "--json") == 0
    again = json.loads(capsys.readouterr().out)
    assert (again["thu"], again["so_thu_da_xem_truoc"]) == ([], 2)

    assert cchc("tong-hop", folder, "-o", output, "--json", "--ngay", "29/11/2024") == 1
    total = json.loads(capsys.readouterr().out)["tong_hop"]
    (office,) = (u for u in total["don_vi"] if u["ma"] == "VP")
    assert office["diem_tu_cham"] == "2.75"
    assert (output / "tong-hop" / "tong-hop.xlsx").exists()
    register = read_register(folder, campaign.id)
    assert register
    with register:
        keys = {m.key for m in register.messages()}
    assert keys == {"<tra@a.example>", "<hoi@a.example>"}


def test_a_return_from_a_stranger_over_starttls(
    tmp_path: Path,
    servers: MailServers,
    campaign: Campaign,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder, output = tmp_path / "dot", tmp_path / "ra"
    settings(folder, servers.starttls_port, "starttls")
    cchc("phieu-cham", folder, "-o", output)
    form = output / "phieu-cham" / "CCHC-2024-TTra.xlsx"
    assert openpyxl.load_workbook(form).sheetnames
    send(servers, STRANGER, OFFICE, letter(STRANGER, ("p.xlsx", form.read_bytes()), key=""))
    wait_for(servers, OFFICE, 1)
    capsys.readouterr()
    assert cchc("nhan", folder, "--json") == 1
    whole = json.loads(capsys.readouterr().out)
    assert [(f["ma"], f["don_vi"]) for f in whole["phat_hien"]] == [("nguoi-gui-la", "TTra")]
    assert STRANGER in whole["phat_hien"][0]["noi_dung"]


def test_many_messages_are_asked_for_by_their_heads(
    tmp_path: Path,
    servers: MailServers,
    campaign: Campaign,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with mailbox(servers, OFFICE) as box:
        for n in range(250):
            message = letter("tin@bao.example", key=f"<{n}@bao.example>")
            box.append("INBOX", "", imaplib.Time2Internaldate(time.time()), message.as_bytes())
    before = state(servers, OFFICE)
    assert cchc("nhan", tmp_path / "dot", "--json") == 0
    whole = json.loads(capsys.readouterr().out)
    assert [m["ma"] for m in whole["thu"]] == [f"<{n}@bao.example>" for n in range(250)]
    assert state(servers, OFFICE)[1:] == before[1:]


def test_a_bad_password_and_a_missing_folder_are_explained(
    tmp_path: Path,
    servers: MailServers,
    campaign: Campaign,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = tmp_path / "dot"
    with (folder / "thu.toml").open("a", encoding="utf-8") as file:
        file.write('hop_thu = "Phiếu CCHC"\n')
    assert cchc("nhan", folder, "--json") == 3
    assert "“Phiếu CCHC”" in json.loads(capsys.readouterr().out)["loi"]
    monkeypatch.setenv("CCHC_MAT_KHAU_THU", "khong-phai")
    assert cchc("nhan", folder, "--json") == 3
    assert "không nhận tên đăng nhập" in json.loads(capsys.readouterr().out)["loi"]
