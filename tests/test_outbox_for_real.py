"""`cchc gui --gui-that`: what goes out, reminders and requests to explain among it."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
import smtplib
import sqlite3
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import click
import docx
import pytest

from cchc_office.mail.sending import Sender
from cchc_office.register import Register

from .appraised import Table, start
from .calls import cchc
from .messages import filled_form
from .outbox_office import (  # noqa: F401 - fixtures
    CODES,
    Office,
    Shown,
    behaviour,
    box,
    found,
    made,
    office,
    own,
    parsed,
    to_units,
    type_email,
    units,
)
from .smtp_servers import DROP, Behaviour
from .smtp_servers import Mailbox as ServerMailbox

# ruff: noqa: F811


# --- for real ---


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
