"""Fetching from messages: each return once into the folder of returns, the rest told."""

from __future__ import annotations

import datetime as dt
import io
import unicodedata
import zipfile
from pathlib import Path

import pytest

from cchc_office.campaign import load_campaign
from cchc_office.mail import incoming, intake
from cchc_office.returns import read_returns, sources

from .calls import cchc
from .message_office import SAVED, Office, fates, findings, office_in
from .messages import DATE, filled_form, letter, raw_letter
from .sheets import SETTINGS, campaign_file


@pytest.fixture
def office(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    return office_in(tmp_path, capsys)


# --- the usual ---


def test_a_return_is_saved_and_recorded(office: Office) -> None:
    office.put("1.eml", letter("VP <vp@a.example>", ("Phiếu của Văn phòng.xlsx", office.form)))
    whole = office.fetch()
    assert office.status == 0
    assert fates(whole) == [[("Phiếu của Văn phòng.xlsx", "đã lưu", SAVED)]]
    saved = office.folder / "nhan-ve" / SAVED
    assert saved.read_bytes() == office.form
    assert saved.stat().st_mtime == dt.datetime(2024, 11, 25, 1, tzinfo=dt.UTC).timestamp()
    (read,) = read_returns(office.folder / "nhan-ve", office.campaign)
    assert read.returned
    assert read.returned.unit == "VP"
    (message,) = office.messages
    assert message.key == "<1@a.example>"
    assert message.sender == "vp@a.example"
    assert message.sent == dt.datetime(2024, 11, 25, 1, tzinfo=dt.UTC)
    assert message.source == "thu"
    assert [(f.unit, f.saved_as) for f in message.files] == [("VP", SAVED)]


def test_what_is_shown_says_where_each_return_went(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    office.put("1.eml", letter("vp@a.example", ("phieu.xlsx", office.form)))
    office.put("2.eml", letter("ai@b.example", key="<2@b>", subject="Họp\x1b[31m giao ban"))
    assert cchc("nhan", office.folder, "--tep", office.inbox) == 0
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    assert lines[0] == "thu: 2 thư mới, 0 thư đã xem từ trước."
    assert f"phieu.xlsx → {SAVED} (VP), đã lưu" in lines
    assert "25/11/2024 08:00  ai@b.example  “Họp[31m giao ban”: không có phiếu" in lines
    assert lines[-1].startswith("Đã lưu 1 phiếu mới vào ")
    assert cchc("nhan", office.folder, "--tep", office.inbox) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "thu: 0 thư mới, 2 thư đã xem từ trước."
    assert lines[-1] == "Không có phiếu nào mới."


def test_a_second_run_changes_nothing(office: Office) -> None:
    office.put("1.eml", letter("vp@a.example", ("phieu.xlsx", office.form)))
    office.fetch()
    saved = office.folder / "nhan-ve" / SAVED
    before = saved.stat().st_mtime_ns
    whole = office.fetch()
    assert (whole["thu"], whole["so_thu_da_xem_truoc"], whole["tep_ghi"]) == ([], 1, [])
    assert saved.stat().st_mtime_ns == before
    assert office.returns == [SAVED]
    assert len(office.messages) == 1


def test_a_corrected_return_lies_beside_the_first(office: Office, tmp_path: Path) -> None:
    second = filled_form(office.campaign, "VP", tmp_path / "don-vi", 0.5)
    office.put("1.eml", letter("vp@a.example", ("phieu.xlsx", office.form)))
    office.put("2.eml", letter("vp@a.example", ("phieu.xlsx", second), key="<2@a>"))
    office.fetch()
    assert office.returns == [SAVED, "CCHC-2024-VP_2024-11-25_2.xlsx"]
    folder = office.folder / "nhan-ve"
    assert [(folder / n).read_bytes() for n in office.returns] == [office.form, second]


def test_a_file_of_a_person_is_not_overwritten(office: Office) -> None:
    mine = office.folder / "nhan-ve" / SAVED
    mine.parent.mkdir(exist_ok=True)
    mine.write_bytes(b"cua toi")
    (mine.parent / "CCHC-2024-VP_2024-11-25_2.xlsx").symlink_to("khong-co")
    office.put("1.eml", letter("vp@a.example", ("phieu.xlsx", office.form)))
    office.fetch()
    assert mine.read_bytes() == b"cua toi"
    third = mine.parent / "CCHC-2024-VP_2024-11-25_3.xlsx"
    assert third.read_bytes() == office.form
    assert not (mine.parent / "khong-co").exists()


def test_the_same_file_in_two_messages_is_one(office: Office) -> None:
    for n in (1, 2):
        office.put(f"{n}.eml", letter("vp@a.example", ("a.xlsx", office.form), key=f"<{n}@a>"))
    assert fates(office.fetch()) == [
        [("a.xlsx", "đã lưu", SAVED)],
        [("a.xlsx", "đã có", SAVED)],
    ]
    assert office.returns == [SAVED]


def test_what_a_person_put_there_by_hand_is_known(office: Office) -> None:
    path = office.folder / "nhan-ve" / "qua USB" / "bản chốt.xlsx"
    path.parent.mkdir(parents=True)
    path.write_bytes(office.form)
    office.put("1.eml", letter("vp@a.example", ("a.xlsx", office.form)))
    assert fates(office.fetch()) == [[("a.xlsx", "đã có", "qua USB/bản chốt.xlsx")]]


def test_the_same_message_twice_is_one(office: Office) -> None:
    for n in (1, 2):
        office.put(f"{n}.eml", letter("vp@a.example", ("a.xlsx", office.form)))
    whole = office.fetch()
    assert (len(whole["thu"]), whole["so_thu_da_xem_truoc"]) == (1, 1)


def test_an_id_that_two_messages_share_hides_none(office: Office, tmp_path: Path) -> None:
    second = filled_form(office.campaign, "VP", tmp_path / "don-vi", 0.5)
    later = "Tue, 26 Nov 2024 08:00:00 +0700"
    office.put("1.eml", letter("vp@a.example", ("a.xlsx", office.form)))
    office.put("2.eml", letter("vp@a.example", ("a.xlsx", second), date=later))
    office.fetch()
    assert office.returns == [SAVED, "CCHC-2024-VP_2024-11-26.xlsx"]
    assert office.fetch()["so_thu_da_xem_truoc"] == 2


def test_without_an_id_a_message_is_known_by_its_content(office: Office) -> None:
    office.put("1.eml", letter("vp@a.example", ("a.xlsx", office.form), key=""))
    office.put("2.eml", letter("vp@a.example", key="", text="Đã gửi"))
    assert len(office.fetch()["thu"]) == 2
    crlf = (office.inbox / "1.eml").read_bytes()
    office.put("3.eml", crlf.replace(b"\r\n", b"\n"))
    assert office.fetch()["so_thu_da_xem_truoc"] == 3
    assert all(m.key.startswith("sha256:") for m in office.messages)


# --- who sent it ---


@pytest.mark.parametrize(
    "sender",
    [
        "vp@a.example",
        "Văn phòng Sở <VP@A.example>",
        "=?utf-8?b?VsSDbiBwaMOybmc=?= <cvp@a.example>",
        '"Nguyen, Van A" <vp@a.example>',
        "vp@a.example (Van phong)",
    ],
)
def test_addresses_of_the_unit_are_known(office: Office, sender: str) -> None:
    headers = f"Message-ID: <1@a>\r\nDate: {DATE}\r\n"
    office.put("1.eml", raw_letter(headers, b"a.xlsx", office.form, sender.encode()))
    assert findings(office.fetch()) == []
    assert office.returns == [SAVED]


@pytest.mark.parametrize(
    ("sender", "code", "named"),
    [
        ("la@gmail.example", "nguoi-gui-la", "la@gmail.example"),
        ('"vp@a.example" <la@gmail.example>', "nguoi-gui-la", "la@gmail.example"),
        # An encoded name that reads as an address and a comma.
        ("=?utf-8?b?dnBAYS5leGFtcGxlLA==?= <la@b.example>", "nguoi-gui-la", "la@b.example"),
        ("(vp@a.example) la@b.example", "nguoi-gui-la", "la@b.example"),
        ("Thanh tra <ttra@a.example>", "nguoi-gui-don-vi-khac", "Thanh tra Sở"),
        ("vp@a.example, la@b.example", "khong-ro-nguoi-gui", "Văn phòng Sở"),
        ("vp@a.example\r\nFrom: la@b.example", "khong-ro-nguoi-gui", "Văn phòng Sở"),
        ("Van phong", "khong-ro-nguoi-gui", "Văn phòng Sở"),
    ],
)
def test_another_sender_is_told_and_the_return_kept(
    office: Office, sender: str, code: str, named: str
) -> None:
    headers = f"Message-ID: <1@a>\r\nDate: {DATE}\r\n"
    office.put("1.eml", raw_letter(headers, b"a.xlsx", office.form, sender.encode()))
    whole = office.fetch()
    assert office.status == 1
    assert findings(whole) == [code]
    assert named in whole["phat_hien"][0]["noi_dung"]
    assert SAVED in whole["phat_hien"][0]["noi_dung"]
    assert whole["phat_hien"][0]["don_vi"] == "VP"
    assert office.returns == [SAVED]


def test_the_sender_is_the_outer_one(office: Office) -> None:
    """Whoever forwards a message can write into it what he likes."""
    outer = letter("la@b.example", key="<2@b>")
    outer.add_attachment(letter("vp@a.example", ("a.xlsx", office.form)))
    office.put("1.eml", outer)
    assert findings(office.fetch()) == ["nguoi-gui-la"]


def test_what_the_unit_sent_itself_needs_no_second_look(office: Office) -> None:
    office.put("1.eml", letter("vp@a.example", ("a.xlsx", office.form)))
    office.put("2.eml", letter("la@b.example", ("a.xlsx", office.form), key="<2@b>"))
    assert findings(office.fetch()) == []
    assert office.returns == [SAVED]


# --- strange messages ---


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (b"*=utf-8''Phi%E1%BA%BFu.xlsx", "Phiếu.xlsx"),
        ('"Phiếu.xlsx"'.encode(), "Phiếu.xlsx"),
        (unicodedata.normalize("NFD", '"Phiếu.xlsx"').encode(), "Phiếu.xlsx"),
        (b'"=?utf-8?Q?Phi=E1=BA=BFu.xlsx?="', "Phiếu.xlsx"),
        (b'"../../../etc/cron.d/x.xlsx"', "etc/cron.d/x.xlsx"),
        (b'"C:\\\\Windows\\\\CON.xlsx"', "Windows/CON.xlsx"),
        (b'"NUL"', "NUL"),
        (b'""', "tệp không tên"),
    ],
)
def test_names_of_attachments_lead_nowhere(
    office: Office, tmp_path: Path, name: bytes, shown: str
) -> None:
    headers = f"Message-ID: <1@a>\r\nDate: {DATE}\r\n"
    disposition = raw_letter(headers, name, office.form)
    if name.startswith(b"*"):
        disposition = disposition.replace(b"filename=*=", b"filename*=")
    office.put("1.eml", disposition)
    before = everything(tmp_path)
    assert fates(office.fetch()) == [[(shown, "đã lưu", SAVED)]]
    new = everything(tmp_path) - before
    assert {p for p in new if "cchc.sqlite" not in p} <= {f"dot/nhan-ve/{SAVED}", "dot/nhan-ve"}


def everything(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*")}


def test_forms_in_archives_and_forwarded_messages_are_found(office: Office, tmp_path: Path) -> None:
    other = filled_form(office.campaign, "TTra", tmp_path / "don-vi")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("Phòng/VP.xlsx", office.form)
        archive.writestr("ke hoach.pdf", b"%PDF-1.7")
    outer = letter("vp@a.example", ("goi.zip", packed.getvalue()))
    outer.add_attachment(letter("ttra@a.example", ("t.xlsx", other), subject="Chuyển tiếp"))
    office.put("1.eml", outer)
    whole = office.fetch()
    assert fates(whole) == [
        [
            ("goi.zip › Phòng/VP.xlsx", "đã lưu", SAVED),
            ("goi.zip › ke hoach.pdf", "đã giữ làm minh chứng", "ke hoach.pdf"),
            ("Chuyển tiếp › t.xlsx", "đã lưu", "CCHC-2024-TTra_2024-11-25.xlsx"),
        ]
    ]
    assert findings(whole) == ["nguoi-gui-don-vi-khac"]


def test_the_day_in_the_name_is_that_of_viet_nam(office: Office) -> None:
    date = "Mon, 25 Nov 2024 23:30:00 +0000"
    office.put("1.eml", letter("vp@a.example", ("a.xlsx", office.form), date=date))
    office.fetch()
    assert office.returns == ["CCHC-2024-VP_2024-11-26.xlsx"]


@pytest.mark.parametrize("date", ["", "hôm qua", "Wed, 25 Nov 1970 08:00:00 +0700"])
def test_without_a_believable_date_it_is_that_of_fetching(office: Office, date: str) -> None:
    office.put("1.eml", raw_letter(f"Date: {date}\r\n", b"a.xlsx", office.form))
    whole = office.fetch()
    assert whole["thu"][0]["ngay"] == ""
    (name,) = office.returns
    dt.date.fromisoformat(name.removeprefix("CCHC-2024-VP_").removesuffix(".xlsx"))


def test_a_unit_that_sends_something_else_is_told(office: Office) -> None:
    files = {
        "winmail.dat": b"\x78\x9f\x3e\x22rest",
        "phieu.rar": b"Rar!\x1a\x07\x00rest",
        "quet.pdf": b"%PDF-1.7",
        "hong.xlsx": office.form[:-400],
    }
    office.put("1.eml", letter("vp@a.example", *files.items()))
    whole = office.fetch()
    assert office.status == 1
    assert sorted(findings(whole)) == ["tep-cut", "tep-nen-khac", "tep-pdf", "winmail"]
    assert all(f["tep"].startswith("1.eml › ") for f in whole["phat_hien"])
    assert office.returns == []
    assert {fate for message in fates(whole) for _, fate, _ in message} == {
        "không đọc được",
        "đã giữ làm minh chứng",
    }


def test_of_strangers_only_what_may_hide_a_return_is_told(office: Office) -> None:
    files = {
        "quang-cao.pdf": b"%PDF-1.7",
        "trang.html": b"<html>",
        "winmail.dat": b"\x78\x9f\x3e\x22",
    }
    office.put("1.eml", letter("tin@bao.example", *files.items()))
    whole = office.fetch()
    assert findings(whole) == ["winmail"]
    assert [len(m) for m in fates(whole)] == [3]


MIXED = b"Content-Type: multipart/mixed; boundary=x\r\n\r\n"


@pytest.mark.parametrize(
    ("content", "codes"),
    [
        (b"", ["tep-rong"]),
        (b"\r\n\r\n", ["eml-khong-doc-duoc"]),
        (b"From: vp@a.example\r\nSubject: =?utf-8?q?H=E1=BB=8Dp?=\r\n\r\nkhong co gi\r\n", []),
        (b"From: vp@a.example\r\nContent-Type: text/html\r\n\r\n<p>phieu o duong dan</p>", []),
        # Its one part is what it says to be made of parts: of a unit that is worth a look.
        (b"From: vp@a.example\r\n" + MIXED + b"khong co phan nao", ["tep-chu"]),
        (b"From: tin@bao.example\r\n" + MIXED + b"khong co phan nao", []),
        (b"From: \xff@\xff\r\nDate: \xff\r\nMessage-ID: \xff\r\nSubject: \xff\r\n\r\nx", []),
        (b"Subject: " + b"x" * 2_000_000 + b"\r\nFrom: vp@a.example\r\n\r\nx", []),
    ],
)
def test_messages_without_returns_are_no_trouble(
    office: Office, content: bytes, codes: list[str]
) -> None:
    office.put("1.eml", content)
    whole = office.fetch()
    assert office.returns == []
    assert findings(whole) == codes
    assert office.fetch()["thu"] == []


def test_a_huge_message_is_told_once_and_not_read(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (incoming, intake, sources):
        monkeypatch.setattr(module, "MOST_MESSAGE_BYTES", 10_000)
    office.put("1.eml", letter("vp@a.example", ("a.xlsx", office.form)))
    assert (office.inbox / "1.eml").stat().st_size > 10_000
    whole = office.fetch()
    assert findings(whole) == ["thu-qua-lon"]
    assert "Phiếu tự chấm điểm" in whole["phat_hien"][0]["noi_dung"]
    assert findings(office.fetch()) == []
    assert office.returns == []


def test_a_form_of_another_year_is_not_taken(office: Office, tmp_path: Path) -> None:
    other = campaign_file(tmp_path / "cu", settings=SETTINGS.replace("2024 ", "2023 "))
    old = filled_form(load_campaign(other), "VP", tmp_path / "don-vi-cu")
    office.put("1.eml", letter("vp@a.example", ("a.xlsx", old)))
    assert findings(office.fetch()) == ["phieu-nam-khac"]
    assert office.returns == []
