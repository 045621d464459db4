"""The whole way against Postfix and Dovecot: papers out, forms back, fetched and consolidated."""

from __future__ import annotations

import imaplib
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from pathlib import Path
from typing import Any

import pytest

from cchc_office.campaign import load_campaign
from cchc_office.papers.appraisal.layout import SUPPLEMENT_SHEET

from .appraised import Table
from .calls import cchc
from .mail_servers import HOST, MailServers, running_servers
from .mailboxes import attachments, empty, mailbox, received, send, state, wait_for
from .messages import UNITS, campaign_in, filled_form, letter
from .sheets import campaign_file, fill_form

pytestmark = pytest.mark.mailserver

OFFICE, STRANGER = "van-phong@a.example", "la@b.example"
VP, VP_CHIEF, TTRA, P1, P2 = (f"{n}@a.example" for n in ("vp", "cvp", "ttra", "p1", "p2"))
UNIT_MAILBOXES = (VP, VP_CHIEF, TTRA, P1, P2)
LATE, APPRAISED = "02/12/2024", "12/12/2024"


@pytest.fixture(scope="module")
def servers() -> Iterator[MailServers]:
    with running_servers([OFFICE, STRANGER, *UNIT_MAILBOXES]) as running:
        yield running


@dataclass
class Office:
    """The campaign's folder, where papers are written, the servers, and the commands over them."""

    folder: Path
    output: Path
    servers: MailServers
    capture: pytest.CaptureFixture[str]
    status: int = -1

    def settings(self, port: int = 0, security: str = "tls", folder: str = "INBOX") -> None:
        common = f'may_chu = "{HOST}"\nnguoi_dung = "{OFFICE}"\ntep_chung_chi = "ca.pem"\n'
        (self.folder / "thu.toml").write_text(
            f'nguoi_gui = "Văn phòng Sở Thử Nghiệm <{OFFICE}>"\n'
            f"[gui]\n{common}cong = {self.servers.smtp_port}\nnhip_moi_phut = 6000\n"
            f"[nhan]\n{common}cong = {port or self.servers.imap_port}\n"
            f'bao_mat = "{security}"\nhop_thu = "{folder}"\n',
            encoding="utf-8",
        )

    def run(self, command: str, *options: str | Path) -> dict[str, Any]:
        """Run a command of the campaign; return what it prints for programs."""
        self.capture.readouterr()
        self.status = cchc(command, self.folder, "--json", *options)
        printed: dict[str, Any] = json.loads(self.capture.readouterr().out)
        return printed

    def make(self, command: str, *options: str | Path) -> dict[str, Any]:
        """Run a command that writes papers."""
        return self.run(command, "-o", self.output, *options)

    def post(self, kind: str, *options: str | Path) -> dict[str, Any]:
        """Send the papers of a kind for real."""
        return self.make("gui", "--loai", kind, "--gui-that", "--dong-y", *options)


@pytest.fixture
def office(
    tmp_path: Path,
    servers: MailServers,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Office:
    monkeypatch.setenv("CCHC_MAT_KHAU_THU", servers.password)
    office = Office(tmp_path / "dot", tmp_path / "ra", servers, capsys)
    campaign_in(office.folder)
    (office.folder / "ca.pem").write_bytes(servers.authority.read_bytes())
    office.settings()
    empty(servers, OFFICE, *UNIT_MAILBOXES)
    return office


def answered(to: EmailMessage, sender: str, name: str, content: bytes) -> EmailMessage:
    """Return a unit's answer to what it got, with a file, as a mail program writes it."""
    answer = letter(
        sender,
        (name, content),
        key=make_msgid(domain="a.example"),
        subject=f"Re: {to['Subject']}",
        date=formatdate(localtime=True),
    )
    answer["In-Reply-To"] = to["Message-ID"]
    answer["References"] = to["Message-ID"]
    return answer


def saved(fetched: dict[str, Any]) -> dict[str, list[str]]:
    """Return of which units returns were fetched, by the message that brought them."""
    return {
        m["nguoi_gui"]: [f["don_vi"] for f in m["tep"] if f["luu_thanh"]] for m in fetched["thu"]
    }


def test_from_the_dispatch_to_the_last_explanation(
    office: Office, servers: MailServers, tmp_path: Path
) -> None:
    # Out: each unit gets its own letter and form, the chief of VP a copy.
    office.make("cong-van")
    office.make("phieu-cham")
    posted = office.post("cong-van", "--ngay", "15/11/2024")
    assert (office.status, posted["phat_hien"]) == (0, [])
    assert {m["don_vi"]: m["ket_qua"] for m in posted["thu"]} == dict.fromkeys(
        ("VP", "TTra", "P1", "P2"), "đã gửi"
    )
    got = {}
    for address, unit in ((VP, "VP"), (VP_CHIEF, "VP"), (TTRA, "TTra"), (P1, "P1"), (P2, "P2")):
        wait_for(servers, address, 1)
        got[address] = received(servers, address)
        assert list(attachments(got[address])) == [
            f"CCHC-2024-{unit}.docx",
            f"CCHC-2024-{unit}.xlsx",
        ]
        form = office.output / "phieu-cham" / f"CCHC-2024-{unit}.xlsx"
        assert attachments(got[address])[form.name] == form.read_bytes()
    assert office.post("cong-van")["thu"] == []

    # Back: VP answers with the form that it got, filled in; a stranger writes too.
    form = tmp_path / "don-vi" / "Phiếu của Văn phòng (bản chốt).xlsx"
    form.parent.mkdir()
    form.write_bytes(attachments(got[VP])["CCHC-2024-VP.xlsx"])
    given = {"1.1.1": 0.75, "1.1.2": 2}
    fill_form(form, {c: {"score": s, "evidence": "Số liệu minh họa"} for c, s in given.items()})
    send(servers, VP, OFFICE, answered(got[VP], f"Văn phòng <{VP}>", form.name, form.read_bytes()))
    send(servers, STRANGER, OFFICE, letter(STRANGER, key="<hoi@b.example>", subject="Hỏi thêm"))
    wait_for(servers, OFFICE, 2)
    before = state(servers, OFFICE)
    fetched = office.run("nhan")
    assert (office.status, fetched["phat_hien"]) == (0, [])
    assert saved(fetched) == {VP: ["VP"], STRANGER: []}
    assert state(servers, OFFICE) == before
    assert b"UNSEEN 2" in before[0]
    assert not any(b"Seen" in mark for mark in before[1:])
    (kept,) = (office.folder / "nhan-ve").iterdir()
    assert kept.read_bytes() == form.read_bytes()
    again = office.run("nhan")
    assert (again["thu"], again["so_thu_da_xem_truoc"]) == ([], 2)
    total = office.make("tong-hop", "--ngay", LATE)["tong_hop"]
    (of_vp,) = (unit for unit in total["don_vi"] if unit["ma"] == "VP")
    assert of_vp["diem_tu_cham"] == "2.75"

    # Who owes is reminded; VP, who does not, gets nothing more, and nobody is reminded twice.
    office.make("don-doc", "--ngay", LATE)
    reminded = office.post("don-doc", "--ngay", LATE)
    assert [m["don_vi"] for m in reminded["thu"]] == ["TTra", "P1", "P2"]
    for address in (TTRA, P1, P2):
        wait_for(servers, address, 2)
    assert office.post("don-doc", "--ngay", LATE)["thu"] == []
    for address, unit, leaf in ((TTRA, "TTra", "1.2"), (P1, "P1", "1.3")):
        path = tmp_path / "don-vi" / f"{unit}.xlsx"
        path.write_bytes(attachments(got[address])[f"CCHC-2024-{unit}.xlsx"])
        fill_form(path, {leaf: {"score": 0.5, "evidence": "Số liệu minh họa"}})
        send(servers, address, OFFICE, answered(got[address], address, "p.xlsx", path.read_bytes()))
    wait_for(servers, OFFICE, 4)
    assert saved(office.run("nhan")) == {TTRA: ["TTra"], P1: ["P1"]}


def test_appraisal_goes_out_and_explanations_come_back(
    office: Office, servers: MailServers, tmp_path: Path
) -> None:
    office.make("phieu-cham")
    returned = office.folder / "nhan-ve" / "VP.xlsx"
    returned.parent.mkdir()
    returned.write_bytes((office.output / "phieu-cham" / "CCHC-2024-VP.xlsx").read_bytes())
    fill_form(returned, {"1.1.1": {"score": 1, "evidence": "Số liệu minh họa"}})
    office.make("tham-dinh", "--ngay", LATE)
    reviewed = Table((office.output / "tham-dinh" / "tham-dinh-lan-1.xlsx").read_bytes())
    reviewed.sign()
    reviewed.type("VP|1.1.1", score=0.5, opinion="Chưa đủ tài liệu (số liệu minh họa)")
    (office.folder / "tham-dinh").mkdir()
    reviewed.save(office.folder / "tham-dinh" / "lan-1.xlsx")

    # Out: only VP is asked, with its letter and the supplementary form.
    due = ("--han-giai-trinh", "20/12/2024", "--ngay", APPRAISED)
    office.make("giai-trinh", *due)
    posted = office.post("giai-trinh", *due)
    assert [(m["don_vi"], m["ket_qua"]) for m in posted["thu"]] == [("VP", "đã gửi")]
    wait_for(servers, VP, 1)
    asked = received(servers, VP)
    files = attachments(asked)
    assert list(files) == ["CCHC-2024-VP.docx", "CCHC-2024-VP-bo-sung.xlsx"]

    # Back: the supplementary form, explained; the reviewers send their table by mail as well.
    form = Table(files["CCHC-2024-VP-bo-sung.xlsx"], SUPPLEMENT_SHEET)
    form.type("VP|1.1.1", wanted=0.75, explanation="Có báo cáo bổ sung (số liệu minh họa)")
    send(servers, VP, OFFICE, answered(asked, VP, "giải trình.xlsx", form.content()))
    wait_for(servers, OFFICE, 1)
    fetched = office.run("nhan")
    assert (office.status, saved(fetched)) == (0, {VP: ["VP"]})
    (name,) = (Path(written["tep"]).name for written in fetched["tep_ghi"])
    assert name.startswith("CCHC-2024-VP-bo-sung_")

    office.make("tham-dinh", "--lan", "2", "--ngay", APPRAISED)
    second = Table((office.output / "tham-dinh" / "tham-dinh-lan-2.xlsx").read_bytes())
    row = [second.cell("VP|1.1.1", h).value for h in ("Giải trình của đơn vị", "Điểm đề nghị")]
    assert row == ["Có báo cáo bổ sung (số liệu minh họa)", 0.75]


def test_a_return_from_a_stranger_over_starttls(
    office: Office, servers: MailServers, tmp_path: Path
) -> None:
    office.settings(servers.starttls_port, "starttls")
    form = filled_form(load_campaign(office.folder), "TTra", tmp_path / "don-vi")
    send(servers, STRANGER, OFFICE, letter(STRANGER, ("p.xlsx", form), key=""))
    wait_for(servers, OFFICE, 1)
    fetched = office.run("nhan")
    assert office.status == 1
    assert [(f["ma"], f["don_vi"]) for f in fetched["phat_hien"]] == [("nguoi-gui-la", "TTra")]
    assert STRANGER in fetched["phat_hien"][0]["noi_dung"]


def test_a_letter_that_comes_back_is_owed_again(office: Office, servers: MailServers) -> None:
    """Postfix takes a letter for an address that nobody has, and sends it back."""
    nobody = "khong-co-ai@a.example"
    units = UNITS.replace("p1@a.example", nobody)
    campaign_file(office.folder, units=units)
    office.make("cong-van")
    office.make("phieu-cham")
    posted = office.post("cong-van")
    assert {m["don_vi"]: m["ket_qua"] for m in posted["thu"]}["P1"] == "đã gửi"
    wait_for(servers, OFFICE, 1)
    fetched = office.run("nhan")
    (told,) = fetched["phat_hien"]
    assert (office.status, told["ma"], told["don_vi"]) == (1, "thu-bi-tra-lai", "P1")
    assert f"{nobody}: không có người nhận này (5.1.1)" in told["noi_dung"]
    assert not (office.folder / "nhan-ve").exists()

    standing = {unit["ma"]: unit for unit in office.run("so", "--ngay", LATE)["don_vi"]}
    went = {code: [d["ket_qua"] for d in unit["da_giao"]] for code, unit in standing.items()}
    assert went == {"VP": ["đã gửi"], "TTra": ["đã gửi"], "P1": ["bị trả lại"], "P2": ["đã gửi"]}
    reminded = office.make("don-doc", "--ngay", LATE)
    assert ("thu-bi-tra-lai", "P1") in [(f["ma"], f["don_vi"]) for f in reminded["phat_hien"]]
    # Not to the same address again unasked; to the right one as soon as the clerk has it.
    held = office.post("cong-van")
    assert (held["thu"], [f["ma"] for f in held["phat_hien"]]) == ([], ["thu-bi-tra-lai"])
    campaign_file(office.folder, units=UNITS)
    assert [m["don_vi"] for m in office.post("cong-van")["thu"]] == ["P1"]
    wait_for(servers, P1, 1)
    assert office.run("so")["phat_hien"] == []


def test_a_mailbox_of_many_messages_is_fetched_by_heads(
    office: Office, servers: MailServers
) -> None:
    with mailbox(servers, OFFICE) as box:
        for n in range(250):
            message = letter("tin@bao.example", key=f"<{n}@bao.example>")
            box.append("INBOX", "", imaplib.Time2Internaldate(time.time()), message.as_bytes())
    before = state(servers, OFFICE)
    fetched = office.run("nhan")
    assert [m["ma"] for m in fetched["thu"]] == [f"<{n}@bao.example>" for n in range(250)]
    assert state(servers, OFFICE)[1:] == before[1:]


def test_a_folder_with_a_vietnamese_name_is_read(office: Office, servers: MailServers) -> None:
    office.settings(folder="Phiếu CCHC năm 2024")
    refused = office.run("nhan")["loi"]
    assert (office.status, "“Phiếu CCHC năm 2024”; ở đó có “INBOX”." in refused) == (3, True)
    # As the protocol writes it (RFC 3501, 5.1.3).
    there = '"Phi&Hr8-u CCHC n&AQM-m 2024"'
    message = letter("tin@bao.example").as_bytes()
    with mailbox(servers, OFFICE) as box:
        box.create(there)
        box.append(there, "", imaplib.Time2Internaldate(time.time()), message)
    try:
        assert len(office.run("nhan")["thu"]) == 1
    finally:
        with mailbox(servers, OFFICE) as box:
            box.delete(there)


def test_a_bad_password_is_explained(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CCHC_MAT_KHAU_THU", "khong-phai")
    assert "không nhận tên đăng nhập" in office.run("nhan")["loi"]
    assert office.status == 3
