"""`cchc gui`: what is made before anything goes out, and what is refused."""

from __future__ import annotations

import email
import email.policy
import os
import re
import shutil
from email.message import EmailMessage
from pathlib import Path

import docx
import openpyxl
import pytest

from cchc_office.mail.settings import SenderAddress, header_address, header_text, read_mailbox
from cchc_office.text.mail_address import what_is_wrong

from .outbox_office import CODES, Office, Shown, found, made, office, parsed, type_email, units  # noqa: F401 - fixtures

# ruff: noqa: F811


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
