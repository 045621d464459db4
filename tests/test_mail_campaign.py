"""A campaign by mail against Postfix and Dovecot: every letter out, every answer back."""

from __future__ import annotations

import email
import email.policy
import json
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from cchc_office.scoring.appraisal.layout import SUPPLEMENT_SHEET

from .appraised import Table
from .calls import cchc
from .mail_servers import HOST, MailServers, empty, mailbox, running_servers, send, wait_for
from .messages import UNITS, campaign_in, letter
from .sheets import fill_form, grid

pytestmark = pytest.mark.mailserver

OFFICE, DEPUTY = "van-phong@a.example", "cvp@a.example"
ADDRESSES = {row[0]: row[5].lower() for row in grid(UNITS)[1:]}
SETTINGS = """
nguoi_gui = "Văn phòng Sở <{office}>"
[gui]
may_chu = "{host}"
cong = {smtp}
nguoi_dung = "{office}"
tep_chung_chi = "ca.pem"
nhip_moi_phut = 100000
[nhan]
may_chu = "{host}"
cong = {imap}
nguoi_dung = "{office}"
tep_chung_chi = "ca.pem"
"""


@pytest.fixture(scope="module")
def servers() -> Iterator[MailServers]:
    with running_servers([OFFICE, DEPUTY, *ADDRESSES.values()]) as running:
        yield running


class Office:
    """The office's folder and its commands, and the units' mailboxes."""

    def __init__(
        self, root: Path, servers: MailServers, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.folder, self.output, self.answers = root / "dot", root / "ra", root / "don-vi"
        self.answers.mkdir()
        self._servers, self._capsys = servers, capsys
        campaign_in(self.folder)
        (self.folder / "ca.pem").write_bytes(servers.authority.read_bytes())
        text = SETTINGS.format(
            office=OFFICE, host=HOST, smtp=servers.smtp_port, imap=servers.imap_port
        )
        (self.folder / "thu.toml").write_text(text, encoding="utf-8")
        empty(servers, OFFICE, DEPUTY, *ADDRESSES.values())

    def run(self, command: str, *options: str, day: str = "", status: int | None = None) -> Any:
        """Run a command; return the object that it prints."""
        given = [] if command == "nhan" else ["-o", str(self.output)]
        given += ["--ngay", day] if day else []
        self._capsys.readouterr()
        found = cchc(command, self.folder, "--json", *given, *options)
        printed = self._capsys.readouterr().out
        assert status is None or found == status, printed
        return json.loads(printed)

    def register(self) -> Any:
        """Return what `so` tells of each unit."""
        self._capsys.readouterr()
        cchc("so", self.folder, "--json", "--ngay", "22/12/2024")
        return json.loads(self._capsys.readouterr().out)["don_vi"]

    def mail_of(self, address: str) -> list[EmailMessage]:
        """Return all messages in a mailbox, in the order of their coming."""
        with mailbox(self._servers, address) as box:
            count = int(box.select("INBOX", readonly=True)[1][0] or b"0")
            wholes = [box.fetch(str(n), "(BODY.PEEK[])")[1][0] for n in range(1, count + 1)]
        found = []
        for whole in wholes:
            assert isinstance(whole, tuple)
            message = email.message_from_bytes(whole[1], policy=email.policy.default)
            assert isinstance(message, EmailMessage)
            found.append(message)
        return found

    def wait(self, address: str, count: int) -> list[EmailMessage]:
        wait_for(self._servers, address, count)
        found = self.mail_of(address)
        assert len(found) == count
        return found

    def answer(self, unit: str, path: Path, key: str) -> None:
        """Send a file back as the unit's program does."""
        sender = ADDRESSES[unit]
        message = letter(sender, (path.name, path.read_bytes()), key=key)
        send(self._servers, sender, OFFICE, message)


@pytest.fixture
def office(
    tmp_path: Path,
    servers: MailServers,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Office:
    monkeypatch.setenv("CCHC_MAT_KHAU_THU", servers.password)
    return Office(tmp_path, servers, capsys)


def attached(message: EmailMessage, ending: str, folder: Path) -> Path:
    """Save the one attachment with an ending; return its path."""
    (part,) = (p for p in message.iter_attachments() if str(p.get_filename()).endswith(ending))
    path = folder / str(part.get_filename())
    path.write_bytes(part.get_payload(decode=True))  # type: ignore[arg-type]
    return path


def fates(sent: Any) -> dict[str, str]:
    return {each["don_vi"]: each["ket_qua"] for each in sent["thu"]}


SENDING = ("--gui-that", "--dong-y")


def test_a_campaign_goes_its_whole_way_by_mail(office: Office) -> None:
    # Every unit gets its own letter and form, once.
    office.run("cong-van", status=0)
    office.run("phieu-cham", status=0)
    drafts = office.run("gui", "--loai", "cong-van", status=0)
    assert fates(drafts) == dict.fromkeys(ADDRESSES, "đã soạn")
    assert not office.mail_of(ADDRESSES["P1"])
    sent = office.run("gui", "--loai", "cong-van", *SENDING, status=0)
    assert fates(sent) == dict.fromkeys(ADDRESSES, "đã gửi")
    again = office.run("gui", "--loai", "cong-van", *SENDING, status=0)
    assert (again["thu"], sorted(again["da_gui_truoc"])) == ([], sorted(ADDRESSES))
    forms = {}
    for unit, address in ADDRESSES.items():
        (message,) = office.wait(address, 1)
        names = sorted(str(p.get_filename()) for p in message.iter_attachments())
        assert names == [f"CCHC-2024-{unit}.docx", f"CCHC-2024-{unit}.xlsx"]
        forms[unit] = attached(message, ".xlsx", office.answers)
    (copy,) = office.wait(DEPUTY, 1)
    assert DEPUTY in str(copy["Cc"])

    # Two of them answer; what they sent is fetched and counts.
    fill_form(
        forms["VP"],
        {
            "1.1.1": {"score": 1, "evidence": "Số liệu minh họa"},
            "1.1.2": {"score": 2, "evidence": "Số liệu minh họa"},
        },
    )
    fill_form(forms["P1"], {"1.3": {"score": 2, "evidence": "Số liệu minh họa"}})
    office.answer("VP", forms["VP"], "<vp@a.example>")
    office.answer("P1", forms["P1"], "<p1@a.example>")
    office.wait(OFFICE, 2)
    fetched = office.run("nhan", status=0)
    assert sorted(f["don_vi"] for m in fetched["thu"] for f in m["tep"]) == ["P1", "VP"]
    whole = office.run("tong-hop", day="05/12/2024")
    assert whole["tong_hop"]["diem_tu_cham"] == "5"

    # Who owes something is reminded, once in so many days; who owes nothing is not.
    office.run("don-doc", day="05/12/2024")
    sent = office.run("gui", "--loai", "don-doc", *SENDING, day="05/12/2024")
    assert fates(sent) == {"TTra": "đã gửi", "P2": "đã gửi"}
    soon = office.run("gui", "--loai", "don-doc", *SENDING, day="05/12/2024")
    assert soon["thu"] == []
    reminder = office.wait(ADDRESSES["P2"], 2)[1]
    assert "đôn đốc" in str(reminder["Subject"])
    assert len(office.mail_of(ADDRESSES["VP"])) == 1

    # The appraisal cuts a score: the unit is asked by mail, and its answer comes back by mail.
    office.run("tham-dinh", day="05/12/2024")
    table = Table((office.output / "tham-dinh" / "tham-dinh-lan-1.xlsx").read_bytes())
    table.sign()
    table.type("VP|TC-1.1.2", score=1.5, opinion="Chưa đủ chỉ tiêu")
    (office.folder / "tham-dinh").mkdir()
    table.save(office.folder / "tham-dinh" / "tham-dinh-lan-1.xlsx")
    deadline = ("--han-giai-trinh", "20/12/2024")
    office.run("giai-trinh", *deadline, day="10/12/2024")
    sent = office.run("gui", "--loai", "giai-trinh", *deadline, *SENDING, day="10/12/2024")
    assert fates(sent) == {"VP": "đã gửi"}
    request = office.wait(ADDRESSES["VP"], 2)[1]
    asked = attached(request, ".xlsx", office.answers)
    form = Table(asked.read_bytes(), SUPPLEMENT_SHEET)
    assert list(form.rows) == ["VP|TC-1.1.2"]
    form.type("VP|TC-1.1.2", wanted=2, explanation="Đã bổ sung báo cáo")
    form.save(asked)
    office.answer("VP", asked, "<vp-2@a.example>")
    office.wait(OFFICE, 3)
    fetched = office.run("nhan")
    assert [m["ma"] for m in fetched["thu"]] == ["<vp-2@a.example>"]
    office.run("tham-dinh", "--lan", "2", day="22/12/2024")
    second = Table((office.output / "tham-dinh" / "tham-dinh-lan-2.xlsx").read_bytes())
    assert second.cell("VP|TC-1.1.2", "Giải trình của đơn vị").value == "Đã bổ sung báo cáo"

    # The register tells all of it.
    rows = {row["ma"]: row for row in office.register()}
    went = {u: [(x["loai"], x["ket_qua"]) for x in row["da_giao"]] for u, row in rows.items()}
    tasks, done = ("giao việc", "đã gửi"), "đã gửi"
    assert went == {
        "VP": [tasks, ("giải trình", done)],
        "TTra": [tasks, ("đôn đốc", done)],
        "P1": [tasks],
        "P2": [tasks, ("đôn đốc", done)],
    }
    came = {unit: row["phieu_ve"] and row["phieu_ve"]["nguoi_gui"] for unit, row in rows.items()}
    assert came == {"VP": "vp@a.example", "TTra": None, "P1": "p1@a.example", "P2": None}
    assert [unit for unit, row in rows.items() if row["con_no"]] == ["TTra", "P2"]
