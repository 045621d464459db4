"""`cchc gui`: what is made before anything goes out, and what is refused."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import json
import os
import re
import shutil
import smtplib
import sqlite3
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import click
import docx
import openpyxl
import pytest

from cchc_office.mail.sending import Sender
from cchc_office.mail.settings import (
    SenderAddress,
    header_address,
    header_text,
    read_mailbox,
)
from cchc_office.register import Register, Sending, read_register
from cchc_office.text.mail_address import what_is_wrong

from .appraised import Table, start
from .calls import cchc
from .messages import campaign_in, filled_form
from .smtp_servers import (
    DROP,
    PASSWORD,
    USER,
    Behaviour,
    Certificates,
    certificates,
    smtp_server,
)
from .smtp_servers import (
    Mailbox as ServerMailbox,
)

Shown = pytest.CaptureFixture[str]
CODES = ["P1", "P2", "TTra", "VP"]
IN_TIME = ("--ngay", "15/11/2024")
"""A day before all is due, so that what the day brings is not among what is found."""


class Office:
    """A campaign folder with its output, and the commands over it."""

    def __init__(self, root: Path, capsys: Shown) -> None:
        self.folder, self.output, self._capsys = root / "dot", root / "ra", capsys
        self.campaign = campaign_in(self.folder)

    def make(self, *commands: str) -> None:
        for command in commands or ("cong-van", "phieu-cham"):
            assert cchc(command, self.folder, "-o", self.output) in (0, 1)

    def gui(self, *options: str, kind: str = "cong-van") -> tuple[int, dict[str, Any]]:
        self._capsys.readouterr()
        status = cchc(
            "gui", self.folder, "-o", self.output, "--loai", kind, "--json", *IN_TIME, *options
        )
        return status, json.loads(self._capsys.readouterr().out)

    def said(self, *options: str, kind: str = "cong-van") -> tuple[int, str]:
        self._capsys.readouterr()
        status = cchc("gui", self.folder, "-o", self.output, "--loai", kind, *IN_TIME, *options)
        shown = self._capsys.readouterr()
        return status, shown.out + shown.err

    def draft(self, unit: str, kind: str = "cong-van", ending: str = "") -> EmailMessage:
        path = self.output / "thu" / kind / f"CCHC-2024-{unit}{ending}.eml"
        return parsed(path.read_bytes())

    def paper(self, unit: str, folder: str = "cong-van", ending: str = ".docx") -> Path:
        return self.output / folder / f"CCHC-2024-{unit}{ending}"

    def settings(self, text: str) -> None:
        (self.folder / "thu.toml").write_text(text, encoding="utf-8")

    def sendings(self) -> tuple[Sending, ...]:
        register = read_register(self.folder, self.campaign.id)
        if register is None:
            return ()
        with register:
            return register.sendings()


def parsed(content: bytes) -> EmailMessage:
    message = email.message_from_bytes(content, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def found(whole: dict[str, Any]) -> list[tuple[str, str]]:
    return [(f["ma"], f["don_vi"]) for f in whole["phat_hien"]]


def units(whole: dict[str, Any]) -> list[str]:
    return sorted(message["don_vi"] for message in whole["thu"])


@pytest.fixture
def office(tmp_path: Path, capsys: Shown) -> Office:
    return Office(tmp_path, capsys)


@pytest.fixture
def made(office: Office) -> Office:
    office.make()
    return office


# --- messages ---


def test_every_unit_has_its_message_with_its_own_papers(made: Office) -> None:
    made.settings('nguoi_gui = "Văn phòng Sở <van-phong@so.example>"\n')
    status, whole = made.gui()
    assert (status, units(whole)) == (0, CODES)
    for code in CODES:
        message = made.draft(code)
        attached = {
            a.get_filename(): a.get_payload(decode=True) for a in message.iter_attachments()
        }
        assert attached == {
            f"CCHC-2024-{code}.docx": made.paper(code).read_bytes(),
            f"CCHC-2024-{code}.xlsx": made.paper(code, "phieu-cham", ".xlsx").read_bytes(),
        }
        body = message.get_body()
        assert body is not None
        text = body.get_content()
        assert made.campaign.unit(code).name in text
        assert f"CCHC-2024-{code}.xlsx" in text
        # A copy by mail is not the issued document.
        assert "văn bản chính thức được phát hành qua hệ thống quản lý văn bản" in text
        assert message["X-Unsent"] == "1"
        assert str(message["From"]) == "Văn phòng Sở <van-phong@so.example>"
    vp = made.draft("VP")
    assert [a.addr_spec for a in vp["To"].addresses] == ["VP@a.example"]
    assert [a.addr_spec for a in vp["Cc"].addresses] == ["cvp@a.example"]
    assert [a.display_name for a in vp["To"].addresses] == ["Văn phòng Sở"]
    assert "CCHC-2024-VP" in vp["Subject"]


def test_a_draft_is_plain_ascii_of_short_lines_as_mail_demands(made: Office) -> None:
    made.gui()
    content = (made.output / "thu" / "cong-van" / "CCHC-2024-VP.eml").read_bytes()
    assert content.isascii()
    assert max(len(line) for line in content.split(b"\r\n")) <= 998
    assert b"\n" not in content.replace(b"\r\n", b"")


def test_the_same_papers_give_the_same_message_id(made: Office) -> None:
    made.gui()
    first = made.draft("VP")["Message-ID"]
    made.gui()
    assert made.draft("VP")["Message-ID"] == first


def test_by_default_nothing_is_sent_and_the_last_line_says_how(made: Office) -> None:
    status, shown = made.said()
    assert status == 0
    assert shown.splitlines()[-1].endswith("Để gửi thật, chạy lại lệnh này với --gui-that.")
    assert made.sendings() == ()


def test_only_the_units_named(made: Office) -> None:
    assert units(made.gui("--chi", "VP", "--chi", "P1")[1]) == ["P1", "VP"]
    status, shown = made.said("--chi", "PV")
    assert status == 2
    assert "“PV”. Gần giống: VP" in shown


def test_a_pdf_of_the_letter_goes_along_and_one_of_unknown_origin_does_not(made: Office) -> None:
    made.paper("VP", ending=".pdf").write_bytes(b"%PDF-1.4 of something else")
    _, whole = made.gui()
    assert ("thu-pdf-khac", "VP") in found(whole)
    assert units(whole) == ["P1", "P2", "TTra"]


# --- what is refused ---


def test_papers_that_are_not_made_yet(office: Office) -> None:
    office.make("cong-van")
    status, whole = office.gui()
    assert status == 1
    assert units(whole) == []
    assert found(whole) == [("thu-thieu-van-ban", code) for code in ("VP", "TTra", "P1", "P2")]


@pytest.mark.parametrize(("folder", "ending"), [("cong-van", ".docx"), ("phieu-cham", ".xlsx")])
def test_a_paper_of_one_unit_in_the_place_of_another(
    made: Office, folder: str, ending: str
) -> None:
    shutil.copyfile(made.paper("TTra", folder, ending), made.paper("VP", folder, ending))
    status, whole = made.gui()
    assert status == 1
    assert found(whole) == [("thu-van-ban-noi-khac", "VP")]
    assert units(whole) == ["P1", "P2", "TTra"]


@pytest.mark.parametrize(("folder", "ending"), [("cong-van", ".docx"), ("phieu-cham", ".xlsx")])
def test_a_paper_of_another_unit_that_was_saved_anew_is_known_by_what_it_says(
    made: Office, folder: str, ending: str
) -> None:
    """No digest tells it, nor its name: only what stands inside."""
    target = made.paper("VP", folder, ending)
    if ending == ".docx":
        docx.Document(str(made.paper("TTra"))).save(str(target))
    else:
        openpyxl.load_workbook(made.paper("TTra", folder, ending)).save(target)
    _, whole = made.gui()
    assert found(whole) == [("thu-van-ban-noi-khac", "VP")]
    assert "Thanh tra Sở" in whole["phat_hien"][0]["noi_dung"]
    assert units(whole) == ["P1", "P2", "TTra"]


def test_letters_whose_day_is_over_are_told_of_before_they_go(made: Office) -> None:
    status, whole = made.gui("--ngay", "01/12/2024")
    assert (status, found(whole)) == (1, [("thu-han-nop-da-qua", "")])
    assert units(whole) == CODES


def test_a_letter_edited_by_hand_goes_out_as_it_is_and_is_told(made: Office) -> None:
    document = docx.Document(str(made.paper("VP")))
    document.paragraphs[-1].add_run(" (sửa tay)")
    document.save(str(made.paper("VP")))
    _, whole = made.gui()
    assert found(whole) == [("thu-van-ban-da-sua", "VP")]
    assert units(whole) == CODES
    attached = next(iter(made.draft("VP").iter_attachments()))
    assert attached.get_payload(decode=True) == made.paper("VP").read_bytes()


def test_papers_older_than_the_campaign_workbook(made: Office) -> None:
    path = made.folder / "dot-cham.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["Thông tin"]
    row = next(r for r in range(1, sheet.max_row + 1) if sheet.cell(r, 1).value == "Hạn nộp")
    sheet.cell(row, 2).value = "20/12/2024"
    book.save(path)
    status, whole = made.gui()
    assert status == 1
    assert units(whole) == []
    assert {code for code, _ in found(whole)} == {"thu-van-ban-cu"}
    made.make()
    assert units(made.gui()[1]) == CODES


def test_a_workbook_saved_again_without_changes_makes_nothing_old(made: Office) -> None:
    path = made.folder / "dot-cham.xlsx"
    openpyxl.load_workbook(path).save(path)
    os.utime(path)
    assert units(made.gui()[1]) == CODES


def type_email(folder: Path, unit: str, address: str) -> None:
    path = folder / "dot-cham.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["Đơn vị"]
    row = next(r for r in range(1, sheet.max_row + 1) if sheet.cell(r, 1).value == unit)
    sheet.cell(row, 6).value = address
    book.save(path)


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("", "thu-thieu-dia-chi"),
        ("văn.phòng@a.example", "thu-dia-chi-sai"),
        ("vp@sở.example", "thu-dia-chi-sai"),
        ("vp..x@a.example", "thu-dia-chi-sai"),
        (f"{'v' * 65}@a.example", "thu-dia-chi-sai"),
    ],
)
def test_a_unit_without_an_address_that_can_be_used(
    office: Office, address: str, code: str
) -> None:
    type_email(office.folder, "VP", address)
    office.make()
    status, whole = office.gui()
    assert status == 1
    assert (code, "VP") in found(whole)
    assert units(whole) == ["P1", "P2", "TTra"]


def test_one_address_of_several_units_is_told(office: Office) -> None:
    type_email(office.folder, "P1", "p2@a.example")
    office.make()
    _, whole = office.gui()
    assert [slug for slug, _ in found(whole)] == ["thu-chung-dia-chi"]
    assert units(whole) == CODES


def test_a_message_that_is_too_large(made: Office) -> None:
    made.settings("thu_lon_nhat_mb = 1\n")
    document = docx.Document(str(made.paper("VP")))
    for _ in range(40):
        document.add_paragraph(os.urandom(20_000).hex())
    document.save(str(made.paper("VP")))
    status, whole = made.gui()
    assert status == 1
    assert ("thu-gui-qua-lon", "VP") in found(whole)
    assert units(whole) == ["P1", "P2", "TTra"]


# --- headers ---

EVIL = (
    "a@b.example\r\nBcc: la@c.example",
    "a@b.example\nBcc: la@c.example",
    "a@b.example, la@c.example",
    "<a@b.example>",
    "a@b.example\x00",
    "a@b.example\u2028Bcc: x@y.example",
    "a b@c.example",
    '"a\r\n"@b.example',
    "a@b.example;la@c.example",
)


@pytest.mark.parametrize("address", EVIL)
def test_addresses_that_would_be_more_than_one_are_refused(address: str) -> None:
    assert what_is_wrong(address)
    with pytest.raises(ValueError, match=re.escape(address)):
        header_address(SenderAddress(address))


def test_the_tasks_of_another_unit_under_ones_own_name_stay_here(made: Office) -> None:
    letter = made.paper("TTra")
    document = docx.Document(str(made.paper("VP")))
    for paragraph in document.paragraphs:
        if paragraph.text.startswith("Kính gửi"):
            paragraph.text = "Kính gửi: Thanh tra Sở"
    document.paragraphs[-1].insert_paragraph_before("Đề nghị Thanh tra Sở thực hiện.")
    document.save(str(letter))
    status, whole = made.gui("--ban-sua", "--chi", "TTra")
    assert (status, whole["thu"]) == (1, [])
    assert found(whole)[:1] == [("thu-van-ban-noi-khac", "TTra")]
    assert "1.1.1" in whole["phat_hien"][0]["noi_dung"]


def test_a_cell_with_more_in_it_than_addresses_sends_to_none_of_them(made: Office) -> None:
    book = openpyxl.load_workbook(made.folder / "dot-cham.xlsx")
    sheet = book["Đơn vị"]
    place = next(c for row in sheet.iter_rows() for c in row if c.value == "ttra@a.example")
    place.value = "ttra@a.example\nBcc: evil@x.example"
    book.save(made.folder / "dot-cham.xlsx")
    status, whole = made.gui()
    assert (status, units(whole)) == (1, ["P1", "P2", "VP"])
    assert ("thu-dia-chi-sai", "TTra") in found(whole)
    assert [f["o"] for f in whole["phat_hien"] if f["ma"] == "email-sai"] == [place.coordinate]


@pytest.mark.parametrize(
    ("text", "sender"),
    [
        ("vp@a.example", SenderAddress("vp@a.example")),
        (
            "Sở Công Thương, Văn phòng <vp@a.example>",
            SenderAddress("vp@a.example", "Sở Công Thương, Văn phòng"),
        ),
        ('"Văn phòng Sở" <vp@a.example>', SenderAddress("vp@a.example", "Văn phòng Sở")),
        ("vp@a.example, cchc@a.example", None),
        ("vp@a.example; cchc@a.example", None),
        ("vp@a.example, Sở <cchc@a.example>", None),
        ("Sở <vp@a.example> x", None),
        ("Sở <vp@a.example", None),
    ],
)
def test_the_sender_is_one_address_whatever_stands_in_its_name(
    text: str, sender: SenderAddress | None
) -> None:
    assert read_mailbox(text) == sender


@pytest.mark.parametrize(
    "name", ["Sở\r\nBcc: la@c.example", "Sở\nBcc: la@c.example", "Sở\x85Bcc: x"]
)
def test_names_with_line_breaks_give_no_header_of_their_own(name: str) -> None:
    message = EmailMessage(policy=email.policy.SMTP)
    message["To"] = header_address(SenderAddress("a@b.example", name))
    message["Subject"] = header_text(name)
    again = parsed(message.as_bytes())
    assert again.keys() == ["To", "Subject"]
    assert [a.addr_spec for a in again["To"].addresses] == ["a@b.example"]
    assert read_mailbox(f"{name} <a@b.example>") is None


@pytest.mark.parametrize(
    "name",
    [
        "Phòng\r\nBcc: la@c.example",
        'Phòng "Một", <la@c.example>',
        "Phòng\r\n\r\nNội dung giả",
        "=cmd",
    ],
)
def test_a_unit_s_name_cannot_write_headers(tmp_path: Path, capsys: Shown, name: str) -> None:
    office = Office(tmp_path, capsys)
    path = office.folder / "dot-cham.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["Đơn vị"]
    row = next(r for r in range(1, sheet.max_row + 1) if sheet.cell(r, 1).value == "P1")
    sheet.cell(row, 2).value = name
    sheet.cell(row, 2).data_type = "s"
    book.save(path)
    office.make()
    office.gui()
    message = office.draft("P1")
    assert message["Bcc"] is None
    assert [a.addr_spec for a in message["To"].addresses] == ["p1@a.example"]
    known = {"X-Unsent", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type"}
    assert set(message.keys()) == {*known, "X-CCHC"}
    assert len(list(message.iter_attachments())) == 2


# --- for real ---


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return certificates(tmp_path_factory.mktemp("certificates"))


@pytest.fixture
def behaviour() -> Behaviour:
    return Behaviour()


@pytest.fixture
def box(
    made: Office, own: Certificates, behaviour: Behaviour, monkeypatch: pytest.MonkeyPatch
) -> Iterator[ServerMailbox]:
    """Let a server run that the office's settings name; give what it takes."""
    monkeypatch.setenv("CCHC_MAT_KHAU_THU", PASSWORD)
    shutil.copyfile(own.file, made.folder / "ca.pem")
    with smtp_server(own, behaviour) as (server, taken):
        made.settings(
            f'nguoi_gui = "{USER}"\n[gui]\nmay_chu = "{server.host}"\ncong = {server.port}\n'
            f'nguoi_dung = "{USER}"\ntep_chung_chi = "ca.pem"\nnhip_moi_phut = 100000\n'
        )
        yield taken


def to_units(box: ServerMailbox) -> list[str]:
    return sorted(addresses[0].partition("@")[0].casefold() for addresses in box.addresses)


@pytest.mark.parametrize("loss", ["missing", "empty"])
def test_without_its_register_nothing_that_lies_among_the_sent_goes_out_again(
    made: Office, box: ServerMailbox, loss: str
) -> None:
    assert made.gui("--gui-that", "--dong-y", "--chi", "P1")[0] == 0
    register = made.folder / "cchc.sqlite"
    register.unlink()
    if loss == "empty":
        register.touch()
    status, whole = made.gui("--gui-that", "--dong-y")
    assert (status, units(whole)) == (1, ["P2", "TTra", "VP"])
    assert [code for code, _ in found(whole)] == ["so-thieu-thu-da-gui"]
    assert "gửi cho: P1." in whole["phat_hien"][0]["noi_dung"]
    assert whole["da_gui_truoc"] == ["P1"]
    assert to_units(box) == ["p1", "p2", "ttra", "vp"]
    assert units(made.gui("--gui-that", "--dong-y", "--gui-lai", "--chi", "P1")[1]) == ["P1"]


def test_for_real_all_go_out_once_and_drafts_move_to_what_was_sent(
    made: Office, box: ServerMailbox
) -> None:
    status, whole = made.gui("--gui-that", "--dong-y")
    assert status == 0
    assert {m["ket_qua"] for m in whole["thu"]} == {"đã gửi"}
    assert to_units(box) == ["p1", "p2", "ttra", "vp"]
    assert box.addresses[0] == ("VP@a.example", "cvp@a.example")
    sent = made.output / "thu" / "da-gui" / "cong-van"
    assert sorted(p.stem[10:] for p in sent.glob("*.eml")) == CODES
    assert parsed((sent / "CCHC-2024-VP.eml").read_bytes())["X-Unsent"] is None
    assert list((made.output / "thu" / "cong-van").glob("*.eml")) == []
    status, whole = made.gui("--gui-that", "--dong-y")
    assert (status, whole["thu"], sorted(whole["da_gui_truoc"])) == (0, [], CODES)
    assert len(box.messages) == 4


def answering(monkeypatch: pytest.MonkeyPatch, answer: str) -> list[str]:
    asked: list[str] = []

    def prompt(text: str, **_: object) -> str:
        asked.append(text)
        return answer

    monkeypatch.setattr(click, "prompt", prompt)
    return asked


@pytest.mark.parametrize("answer", ["k", "", "x", "không", "cc"])
def test_without_a_yes_nothing_goes_out(
    made: Office, box: ServerMailbox, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    asked = answering(monkeypatch, answer)
    status, _ = made.said("--gui-that")
    assert status == 3
    assert box.messages == []
    assert made.sendings() == ()
    assert len(asked) == 1
    for words in ("4 thư", "VP, TTra, P1, P2", "127.0.0.1"):
        assert words in asked[0]


def test_asked_once_a_yes_sends_all(
    made: Office, box: ServerMailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = answering(monkeypatch, "c")
    assert made.said("--gui-that")[0] == 0
    assert (len(asked), len(box.messages)) == (1, 4)


def test_nothing_is_sent_without_settings(made: Office) -> None:
    status, whole = made.gui("--gui-that", "--dong-y")
    assert status == 3
    assert "thu-chua-co-thiet-lap" in [slug for slug, _ in found(whole)]
    assert units(whole) == CODES


def test_a_password_in_the_settings_stops_and_is_not_shown(
    made: Office, box: ServerMailbox
) -> None:
    text = (made.folder / "thu.toml").read_text(encoding="utf-8")
    made.settings(f'{text}mat_khau = "bi-mat-lam"\n')
    status, shown = made.said("--gui-that", "--dong-y")
    assert status == 3
    assert "thu-co-mat-khau" in shown
    assert "bi-mat-lam" not in shown
    assert box.messages == []


def test_the_summary_tells_sent_refused_and_left_in_the_server_s_words(
    made: Office, box: ServerMailbox, behaviour: Behaviour
) -> None:
    behaviour.rcpt = lambda a: "550 5.1.1 không có người này" if a.startswith("p1") else None
    status, shown = made.said("--gui-that", "--dong-y")
    assert status == 1
    assert shown.splitlines()[-1] == "Thư cong-van: 3 đã gửi, 1 bị từ chối."
    assert "550 5.1.1 không có người này" in shown
    assert [p.stem for p in (made.output / "thu" / "cong-van").glob("*.eml")] == ["CCHC-2024-P1"]
    type_email(made.folder, "P1", "moi@a.example")
    behaviour.rcpt = lambda a: None
    assert made.said("--gui-that", "--dong-y")[0] == 0
    assert to_units(box) == ["moi", "p2", "ttra", "vp"]


def test_a_wrong_password_is_told_once_and_nothing_goes_out(
    made: Office, box: ServerMailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CCHC_MAT_KHAU_THU", "sai-mat-khau")
    status, shown = made.said("--gui-that", "--dong-y")
    assert status == 3
    assert shown.count("không nhận tên đăng nhập hoặc mật khẩu") == 1
    assert shown.splitlines()[-1] == "Thư cong-van: không thư nào đi được, 4 còn lại."
    assert "sai-mat-khau" not in shown
    assert box.messages == []
    assert len(list((made.output / "thu" / "cong-van").glob("*.eml"))) == 4
    type_email(made.folder, "P1", "")
    last = made.said("--gui-that", "--dong-y")[1].splitlines()[-1]
    assert last == "Thư cong-van: không thư nào đi được, 3 còn lại, 1 đơn vị chưa có địa chỉ thư."


def test_what_is_said_of_reminders_is_not_of_explanations(made: Office) -> None:
    _, shown = made.said("--ngay", "05/12/2024", kind="don-doc")
    assert "giải trình" not in shown


def test_what_is_unclear_waits_for_a_person(
    made: Office, box: ServerMailbox, behaviour: Behaviour
) -> None:
    behaviour.after = lambda taken: DROP if taken == 1 else None
    status, whole = made.gui("--gui-that", "--dong-y")
    assert status == 1
    assert ("thu-khong-ro", "VP") in found(whole)
    _, again = made.gui("--gui-that", "--dong-y")
    assert again["thu"] == []
    assert found(again) == [("thu-khong-ro", "VP")]
    assert len(box.messages) == 4
    assert cchc("so", "xu-ly", made.folder, "VP", "--chua-gui") == 0
    _, settled = made.gui("--gui-that", "--dong-y")
    assert units(settled) == ["VP"]
    assert len(box.messages) == 5


def test_ctrl_c_tells_what_went_out_and_the_rest_goes_next_time(
    made: Office, box: ServerMailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole_batch = Sender.send

    def stopped(self: Sender, messages: Any) -> Any:
        for number, sent in enumerate(whole_batch(self, messages)):
            yield sent
            if number == 1:
                raise KeyboardInterrupt

    monkeypatch.setattr(Sender, "send", stopped)
    status, shown = made.said("--gui-that", "--dong-y")
    assert status == 1
    assert "2 đã gửi, 2 còn lại" in shown
    monkeypatch.setattr(Sender, "send", whole_batch)
    assert made.said("--gui-that", "--dong-y")[0] == 0
    assert to_units(box) == ["p1", "p2", "ttra", "vp"]


def test_a_register_that_takes_no_more_stops_the_batch_before_the_message_arrives(
    made: Office, box: ServerMailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_sure, times = Register.make_sure, []

    def full(register: Register) -> None:
        times.append(1)
        if len(times) > 1:  # once before anything is said to the server
            raise sqlite3.OperationalError("database or disk is full")
        make_sure(register)

    monkeypatch.setattr(Register, "make_sure", full)
    said_to_server: list[str] = []
    putcmd = smtplib.SMTP.putcmd

    def noted(connection: smtplib.SMTP, command: str, words: str = "") -> None:
        if connection.sock:
            said_to_server.append(command)
        putcmd(connection, command, words)

    monkeypatch.setattr(smtplib.SMTP, "putcmd", noted)
    status, shown = made.said("--gui-that", "--dong-y")
    assert status == 3
    assert "không ghi được sổ theo dõi, nhật ký gửi hay bản sao" in shown
    assert "Xem đĩa còn chỗ không" in shown
    assert "disk" not in shown
    # In the middle of a message QUIT would be a part of its text, and nobody would answer.
    assert said_to_server[-1].lower() == "data"
    box.wait_until_idle()
    assert box.messages == []


def test_another_version_goes_out_only_when_it_is_asked_for(
    made: Office, box: ServerMailbox
) -> None:
    made.gui("--gui-that", "--dong-y")
    document = docx.Document(str(made.paper("VP")))
    document.paragraphs[-1].add_run(" (sửa tay)")
    document.save(str(made.paper("VP")))
    _, whole = made.gui("--gui-that", "--dong-y")
    assert ("thu-da-gui-ban-khac", "VP") in found(whole)
    assert "--gui-lai --chi VP" in whole["phat_hien"][0]["can_lam"]
    assert len(box.messages) == 4
    # Never for all at once: who is to get another one is named.
    assert made.said("--gui-that", "--dong-y", "--gui-lai")[0] == 2
    assert len(box.messages) == 4
    made.gui("--gui-that", "--dong-y", "--gui-lai", "--chi", "VP")
    assert to_units(box) == ["p1", "p2", "ttra", "vp", "vp"]


def _text_of(message: EmailMessage) -> str:
    body = message.get_body()
    assert body
    return str(body.get_content())


def test_another_version_says_that_it_takes_the_place_of_the_first(
    made: Office, box: ServerMailbox
) -> None:
    """A unit had two letters of one subject with two deadlines, and could not tell which holds."""
    made.gui("--gui-that", "--dong-y")
    document = docx.Document(str(made.paper("VP")))
    document.paragraphs[-1].add_run(" (sửa tay)")
    document.save(str(made.paper("VP")))
    made.gui("--gui-that", "--dong-y", "--gui-lai", "--chi", "VP", "--chi", "P1")
    last = {m["To"].addresses[0].username.lower(): m for m in box.messages}
    subject, body = (
        re.compile(r"\(thay bản ngày [\d/]{10}\)$"),
        "Thư này thay cho văn bản, phiếu đã",
    )
    told = {
        unit: (bool(subject.search(m["Subject"])), body in _text_of(m)) for unit, m in last.items()
    }
    # What goes out again as it was takes the place of nothing.
    assert told == {"vp": (True, True), **dict.fromkeys(("p1", "p2", "ttra"), (False, False))}


def test_what_was_handed_over_is_not_mailed(made: Office, box: ServerMailbox) -> None:
    assert cchc("so", "ghi", made.folder, "P2", "--cach", "Zalo") == 0
    _, whole = made.gui("--gui-that", "--dong-y")
    assert found(whole) == [("thu-da-giao", "P2")]
    assert to_units(box) == ["p1", "ttra", "vp"]


# --- reminders ---


def days(day: str) -> tuple[str, str]:
    return "--ngay", day


def remind(office: Office, day: str, *options: str) -> dict[str, Any]:
    assert cchc("don-doc", office.folder, "-o", office.output, *days(day)) in (0, 1)
    return office.gui("--gui-that", "--dong-y", *days(day), *options, kind="don-doc")[1]


def numbers(whole: dict[str, Any]) -> dict[str, int]:
    return {m["don_vi"]: m["lan"] for m in whole["thu"] if m["ket_qua"] == "đã gửi"}


def moved_back(office: Office, days_: int) -> None:
    """Let all that was sent have been sent so many days earlier."""
    kept = sqlite3.connect(office.folder / "cchc.sqlite")
    with kept:
        for column in ("settled", "intended"):
            kept.execute(
                f"UPDATE sending SET {column} = strftime('%Y-%m-%dT%H:%M:%SZ', {column}, ?)",
                (f"-{days_} days",),
            )
    kept.close()


def test_reminders_are_numbered_by_what_really_went_out(made: Office, box: ServerMailbox) -> None:
    today = dt.datetime.now(tz=dt.timezone(dt.timedelta(hours=7))).date()
    day = f"{today:%d/%m/%Y}"
    assert numbers(remind(made, day)) == {"VP": 1, "TTra": 1, "P1": 1, "P2": 1}
    # Not within N days of the last one.
    again = remind(made, day)
    assert numbers(again) == {}
    assert {slug for slug, _ in found(again)} >= {"thu-vua-don-doc"}
    moved_back(made, 3)
    # Only those who owe something now.
    (made.folder / "nhan-ve").mkdir(exist_ok=True)
    form = made.folder / "nhan-ve" / "TTra.xlsx"
    form.write_bytes(filled_form(made.campaign, "TTra", made.folder / "tam", 0.5))
    assert cchc("so", "ghi", made.folder, "P2", "--cach", "Zalo", "--loai", "don-doc") == 0
    assert numbers(remind(made, day)) == {"VP": 2, "P1": 2}
    assert (made.output / "don-doc" / "CCHC-2024-VP-lan-2.docx").exists()
    moved_back(made, 3)
    assert numbers(remind(made, day)) == {"VP": 3, "P1": 3}
    assert "lần 3" in str(box.messages[-1]["Subject"])


def test_a_day_to_come_brings_no_reminder_nearer(made: Office, box: ServerMailbox) -> None:
    today = dt.datetime.now(tz=dt.timezone(dt.timedelta(hours=7))).date()
    assert len(numbers(remind(made, f"{today:%d/%m/%Y}"))) == 4
    later = today + dt.timedelta(days=4)
    assert numbers(remind(made, f"{later:%d/%m/%Y}")) == {}
    assert len(box.messages) == 4


def test_a_later_reminder_alone_in_the_folder_is_sent_too(made: Office) -> None:
    # Before the deadline only who has a letter is reminded, whichever number the letter has.
    day = ("--ngay", "20/11/2024")
    ghi = ("--cach", "Zalo", "--loai", "don-doc", "--ngay", "10/11/2024")
    assert cchc("so", "ghi", made.folder, "P2", *ghi) == 0
    assert cchc("don-doc", made.folder, "-o", made.output, *day) in (0, 1)
    assert (made.output / "don-doc" / "CCHC-2024-P2-lan-2.docx").exists()
    assert not (made.output / "don-doc" / "CCHC-2024-P2.docx").exists()
    drafts = made.gui(*day, kind="don-doc")[1]["thu"]
    assert ("P2", 2) in [(m["don_vi"], m["lan"]) for m in drafts]


def test_without_an_appraisal_there_is_nothing_to_explain_and_it_is_said(made: Office) -> None:
    status, said = made.said("--ngay", "05/12/2024", kind="giai-trinh")
    assert status == 0
    assert "Chưa có bảng thẩm định nào gửi về" in said


def test_papers_made_but_not_sent_do_not_count_as_reminders(made: Office) -> None:
    for _ in range(3):
        made.make("don-doc")
    assert not list((made.output / "don-doc").glob("*-lan-2.docx"))


# --- requests to explain ---


def test_requests_to_explain_go_with_their_forms_to_those_who_are_asked(
    tmp_path: Path, capsys: Shown
) -> None:
    place, output = start(tmp_path / "dot"), tmp_path / "ra"
    table = Table(place.issue())
    for unit in ("VP|1.1", "P1|1.3"):
        table.type(unit, score=0.5, opinion="Chậm")
    table.save(place.appraisals / "a.xlsx")
    common = (place.folder, "-o", output, "--ngay")
    assert cchc("giai-trinh", *common, "05/12/2024") in (0, 1)
    capsys.readouterr()
    # Made on one day, sent on another: a day's difference makes no letter old.
    assert cchc("gui", *common, "09/12/2024", "--loai", "giai-trinh", "--json") == 0
    whole = json.loads(capsys.readouterr().out)
    assert {m["don_vi"]: (m["lan"], m["gui_kem"]) for m in whole["thu"]} == {
        code: (1, [f"CCHC-2024-{code}.docx", f"CCHC-2024-{code}-bo-sung.xlsx"])
        for code in ("VP", "P1")
    }
    folder = output / "giai-trinh"
    shutil.copyfile(folder / "CCHC-2024-P1-bo-sung.xlsx", folder / "CCHC-2024-VP-bo-sung.xlsx")
    assert cchc("gui", *common, "09/12/2024", "--loai", "giai-trinh", "--json") == 1
    whole = json.loads(capsys.readouterr().out)
    assert found(whole) == [("thu-van-ban-noi-khac", "VP")]
    assert units(whole) == ["P1"]


def test_a_deadline_that_was_given_when_the_papers_were_made_need_not_be_given_again(
    tmp_path: Path, capsys: Shown
) -> None:
    place, output = start(tmp_path / "dot"), tmp_path / "ra"
    table = Table(place.issue())
    table.type("VP|1.1", score=0.5, opinion="Chậm")
    table.save(place.appraisals / "a.xlsx")
    common = (place.folder, "-o", output, "--ngay", "05/12/2024")
    due = ("--han-giai-trinh", "21/12/2024")
    assert cchc("giai-trinh", *common, *due) in (0, 1)
    capsys.readouterr()
    for options in (due, ()):
        assert cchc("gui", *common, "--loai", "giai-trinh", "--json", *options) == 0
        assert units(json.loads(capsys.readouterr().out)) == ["VP"]
    draft = parsed((output / "thu" / "giai-trinh" / "CCHC-2024-VP.eml").read_bytes())
    body = draft.get_body()
    assert body is not None
    assert "điền vào phiếu giải trình gửi kèm (tệp CCHC-2024-VP-bo-sung.xlsx)" in body.get_content()
    other = ("--han-giai-trinh", "28/12/2024")
    assert cchc("gui", *common, "--loai", "giai-trinh", "--json", *other) == 1
    codes = {code for code, _ in found(json.loads(capsys.readouterr().out))}
    assert codes == {"thu-van-ban-cu"}
