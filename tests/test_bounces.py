"""Letters that come back: never a return, the letter is owed, and everybody is told so."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cchc_office.decree30.figures import DEFAULT_PROFILE
from cchc_office.papers.form.writer import build_form
from cchc_office.papers.kinds import DISPATCH, REMINDER, PaperKind
from cchc_office.register import Sending, SendState, open_register
from cchc_office.register.values import later_of

from .calls import cchc
from .delivery_reports import DAEMON, headers_of, in_words, recipient, report, whole
from .message_office import Office, fates, findings, office_in
from .messages import letter

SENT_AT = dt.datetime(2024, 11, 25, 1, tzinfo=dt.UTC)
OURS = "<CCHC-2024-P1.0123456789abcdef01234567@a.example>"
P1 = "p1@a.example"
NO_SUCH = "không có người nhận này (5.1.1)"


@pytest.fixture
def office(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    return office_in(tmp_path, capsys)


def sent(
    office: Office,
    *addresses: str,
    unit: str = "P1",
    key: str = OURS,
    kind: PaperKind = DISPATCH,
    reminder: int = 0,
) -> None:
    """Record that a letter went out to a unit."""
    with open_register(office.folder, office.campaign.id) as register:
        going = Sending(key, unit, kind, f"d{key}", addresses or (P1,), SENT_AT, reminder=reminder)
        register.intend(going)
        register.settle(key, SendState.SENT, SENT_AT, "250 OK")


def state(office: Office, key: str = OURS) -> tuple[SendState, str]:
    with open_register(office.folder, office.campaign.id) as register:
        (found,) = (s for s in register.sendings() if s.message_id == key)
        return found.state, found.words


def blank(office: Office, unit: str) -> bytes:
    return build_form(office.campaign, office.campaign.unit(unit), DEFAULT_PROFILE)


def our_letter(office: Office) -> str:
    """Return what went out, as it stands whole in a report, with the form of the unit in it."""
    form = ("CCHC-2024-P1.xlsx", blank(office, "P1"))
    return whole(letter("van-phong@a.example", form, key=OURS, subject="Giao việc"))


def run(office: Office, command: str, *options: str | Path) -> dict[str, Any]:
    office.read()
    office.status = cchc(command, office.folder, "--json", *options)
    printed: dict[str, Any] = json.loads(office.read())
    return printed


def told(whole: dict[str, Any], code: str) -> list[str]:
    return [f["noi_dung"] for f in whole["phat_hien"] if f["ma"] == code]


# --- what a report comes to ---


def test_a_report_with_our_message_in_it_is_no_return_and_the_letter_is_owed(
    office: Office,
) -> None:
    sent(office)
    office.put("1.eml", report(our_letter(office), recipient(P1)))
    fetched = office.fetch()
    assert (office.status, office.returns, fates(fetched)) == (1, [], [[]])
    assert findings(fetched) == ["thu-bi-tra-lai"]
    assert f"{P1}: {NO_SUCH}" in fetched["phat_hien"][0]["noi_dung"]
    assert state(office) == (SendState.BOUNCED, f"{P1}: {NO_SUCH}")
    (unit,) = (u for u in run(office, "so")["don_vi"] if u["ma"] == "P1")
    assert [d["ket_qua"] for d in unit["da_giao"]] == ["bị trả lại"]
    assert unit["phieu_ve"] is None


def test_nobody_is_told_to_take_the_mail_system_for_a_unit(office: Office) -> None:
    sent(office)
    office.put("1.eml", report(our_letter(office), recipient(P1)))
    whole_answer = json.dumps(office.fetch(), ensure_ascii=False)
    assert "nguoi-gui-la" not in whole_answer
    assert "Email đồng gửi" not in whole_answer


@pytest.mark.parametrize(
    ("status", "words", "why"),
    [
        ("5.2.2", "smtp; 552 5.2.2 Mailbox full", "hộp thư của người nhận đã đầy (5.2.2)"),
        ("5.0.0", "smtp; 550 5.1.1 unknown", NO_SUCH),
        ("5.4.4", "x-unix; none", "không tìm thấy đường tới máy chủ nhận (5.4.4)"),
        ("5.1.99", "x", "địa chỉ không nhận được thư (5.1.99)"),
        ("5.7.509", "x", "máy chủ nhận từ chối vì lý do an toàn (5.7.509)"),
        ("5.0.0", "smtp; 554 nope", "máy chủ không nói rõ lý do (5.0.0, “smtp; 554 nope”)"),
    ],
)
def test_the_reason_is_told_in_vietnamese(
    office: Office, status: str, words: str, why: str
) -> None:
    sent(office)
    office.put("1.eml", report(headers_of(OURS), recipient(P1, "failed", status, words)))
    office.fetch()
    assert state(office) == (SendState.BOUNCED, f"{P1}: {why}")


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded"])
def test_what_is_late_or_has_arrived_is_no_bounce(office: Office, action: str) -> None:
    sent(office)
    office.put("1.eml", report(our_letter(office), recipient(P1, action, "4.4.1")))
    fetched = office.fetch()
    assert (office.status, office.returns) == (0, [])
    assert state(office)[0] is SendState.SENT
    assert findings(fetched) == (["thu-bi-cham"] if action == "delayed" else [])
    (event,) = (e for e in run(office, "so")["nhat_ky"] if e["viec"] == "Máy chủ báo")
    expected = {
        "delayed": "bị chậm, máy chủ còn thử giao tiếp: máy chủ nhận không trả lời (4.4.1)",
        "delivered": "đã tới hộp thư",
        "relayed": "đã chuyển sang máy chủ khác",
        "expanded": "đã chia ra cho một danh sách địa chỉ",
    }
    assert (event["ket_qua"], event["dia_chi"], event["don_vi"]) == (expected[action], P1, "P1")


def test_a_report_for_addresses_beyond_ascii_is_one_too(office: Office) -> None:
    """RFC 6533 gives such reports a type of their own: the letter stayed "sent", unsaid."""
    sent(office)
    made = report(headers_of(OURS), recipient(P1, status="5.2.2", words="smtp; 552 full"))
    office.put("1.eml", made.replace(b"message/delivery-status", b"message/global-delivery-status"))
    assert findings(office.fetch()) == ["thu-bi-tra-lai"]
    assert "5.2.2" in state(office)[1]


def test_a_comment_beside_the_action_hides_nothing(office: Office) -> None:
    sent(office)
    office.put("1.eml", report(headers_of(OURS), recipient(P1, action="Failed (no such user)")))
    office.fetch()
    assert state(office) == (SendState.BOUNCED, f"{P1}: {NO_SUCH}")


def test_late_and_then_sent_back(office: Office) -> None:
    sent(office)
    office.put("1.eml", report(headers_of(OURS), recipient(P1, "delayed", "4.4.1")))
    office.put("2.eml", report(headers_of(OURS), recipient(P1, "failed", "5.4.7"), key="2"))
    assert findings(office.fetch()) == ["thu-bi-cham", "thu-bi-tra-lai"]
    assert findings(run(office, "so")) == ["thu-bi-tra-lai"]


SHAPES = {
    "Exchange": report(
        "Content-Type: message/rfc822\n\nReceived: from x\nMessage-ID: " + OURS + "\n\n",
        "Final-Recipient: rfc822;P1@a.example\nAction: failed\nStatus: 5.1.10\n"
        "Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; not found\n"
        "X-Display-Name: Phong Mot\n",
        sender="postmaster@a.example",
    ),
    "Gmail, threaded, headers in base64": report(
        "Content-Type: text/rfc822-headers\nContent-Transfer-Encoding: base64\n\n"
        "TWVzc2FnZS1JRDogPENDSEMtMjAyNC1QMS4wMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1NjdAYS5leGFtcGxlPg==\n",
        recipient(P1, words="smtp; 550-5.1.1 The email account does not exist"),
        sender="Mail Delivery Subsystem <mailer-daemon@googlemail.com>",
    ),
    "qmail, in words": in_words(
        "Hi. This is the qmail-send program at mx.a.example.\n\n<p1@a.example>:\n"
        f"Sorry, no mailbox here by that name. (#5.1.1)\n\nMessage-ID: {OURS}\n"
    ),
    "Exim": in_words(
        "A message that you sent could not be delivered:\n\n  p1@a.example\n    550 5.1.1 no\n\n"
        f"Message-ID: {OURS}\n",
        X_Failed_Recipients="p1@a.example",
    ),
    "HTML, answering ours": in_words(
        "Delivery to p1@a.example failed permanently: 550 5.1.1 no such user",
        In_Reply_To=OURS,
    ),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_the_shapes_of_several_systems_are_understood(office: Office, shape: str) -> None:
    sent(office)
    office.put("1.eml", SHAPES[shape])
    office.fetch()
    now, words = state(office)
    assert now is SendState.BOUNCED
    assert words.startswith(f"{P1}: ")
    assert "(5.1.1" in words


def test_one_address_of_several(office: Office) -> None:
    sent(office, "vp@a.example", "cvp@a.example", unit="VP")
    copy_fails = report(headers_of(OURS), recipient("cvp@a.example"))
    office.put("1.eml", copy_fails)
    assert findings(office.fetch()) == ["thu-bi-tra-lai-mot-phan"]
    assert state(office)[0] is SendState.SENT
    assert findings(run(office, "so")) == ["thu-bi-tra-lai-mot-phan"]
    # The chief's copy is for information: the unit itself does not have its letter.
    office.put("2.eml", report(headers_of(OURS), recipient("VP@a.example"), key="2"))
    assert findings(office.fetch()) == ["thu-bi-tra-lai"]
    assert state(office)[0] is SendState.BOUNCED


def test_a_report_about_a_letter_of_somebody_else(office: Office) -> None:
    sent(office)
    office.put("1.eml", report(headers_of("<khac@a.example>"), recipient(P1)))
    office.put("2.eml", report(headers_of("<k@a.example>"), recipient("ai@b.example"), key="2"))
    fetched = office.fetch()
    assert findings(fetched) == ["thu-khac-bi-tra-lai"]
    assert f"Phòng Một bị trả lại ({P1}: {NO_SUCH})" in fetched["phat_hien"][0]["noi_dung"]
    assert state(office)[0] is SendState.SENT


def test_a_letter_of_a_postmaster_is_a_letter(office: Office) -> None:
    office.put("1.eml", letter("postmaster@b.example", ("p.xlsx", office.form)))
    assert findings(office.fetch()) == ["nguoi-gui-la"]
    assert len(office.returns) == 1


def test_a_receipt_is_no_bounce(office: Office) -> None:
    sent(office)
    receipt = (
        report(headers_of(OURS), "")
        .replace(b"delivery-status", b"disposition-notification")
        .replace(b"Reporting-MTA: dns; mx.a.example", b"Disposition: manual-action; displayed")
    )
    office.put("1.eml", receipt)
    assert findings(office.fetch()) == []
    assert state(office)[0] is SendState.SENT


def test_the_same_report_twice_and_again_changes_nothing(office: Office) -> None:
    sent(office)
    office.put("1.eml", report(headers_of(OURS), recipient(P1)))
    office.put("2.eml", report(headers_of(OURS), recipient(P1)))
    assert len(office.fetch()["thu"]) == 1
    assert office.fetch("--lai")["thu"] == []


def test_what_a_person_said_later_stands(office: Office) -> None:
    sent(office)
    with open_register(office.folder, office.campaign.id) as register:
        later = dt.datetime(2024, 11, 26, tzinfo=dt.UTC)
        register.settle(OURS, SendState.SENT, later, by_person=True)
    office.put("1.eml", report(headers_of(OURS), recipient(P1)))
    office.fetch()
    assert state(office)[0] is SendState.SENT


def test_a_report_in_the_folder_of_returns_counts_for_nobody(office: Office) -> None:
    path = office.folder / "nhan-ve" / "tra-lai.eml"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(report(our_letter(office), recipient(P1)))
    total = run(office, "tong-hop", "-o", office.folder / "ra")
    assert told(total, "thu-cua-may-chu")
    (unit,) = (u for u in total["tong_hop"]["don_vi"] if u["ma"] == "P1")
    assert unit["tinh_trang"] == "Chưa nộp"


# --- automatic answers, and forms as they were issued ---


def test_an_automatic_answer_hands_nothing_in(office: Office) -> None:
    away = letter(P1, ("CCHC-2024-P1.xlsx", blank(office, "P1")), subject="Vắng mặt")
    away["Auto-Submitted"] = "auto-replied"
    office.put("1.eml", away)
    filled = letter("vp@a.example", ("p.xlsx", office.form), key="<2@a.example>")
    filled["Auto-Submitted"] = "auto-replied"
    office.put("2.eml", filled)
    assert findings(office.fetch()) == ["phieu-chua-dien", "phieu-trong-thu-tu-dong"]
    assert office.returns == []


def test_a_form_as_it_was_issued_is_no_return_however_it_comes(
    office: Office, tmp_path: Path
) -> None:
    import io
    import zipfile

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("p2.xlsx", blank(office, "P2"))
    office.put("1.eml", letter(P1, ("tra loi.xlsx", blank(office, "P1"))))
    fetched = office.fetch()
    assert (findings(fetched), office.returns) == (["phieu-chua-dien"], [])
    assert "Phòng Một" in fetched["phat_hien"][0]["noi_dung"]
    returned = office.folder / "nhan-ve"
    returned.mkdir(exist_ok=True)
    (returned / "p1.xlsx").write_bytes(blank(office, "P1"))
    (returned / "goi.zip").write_bytes(packed.getvalue())
    total = run(office, "tong-hop", "-o", tmp_path / "ra")
    assert len(told(total, "phieu-chua-dien")) == 2
    states = {u["tinh_trang"] for u in total["tong_hop"]["don_vi"]}
    assert states == {"Chưa nộp"}
    assert "Phòng Một" in " ".join(told(total, "chua-nop") + told(total, "qua-han"))


# --- what follows ---


def test_reminding_starts_again_with_the_first(office: Office, tmp_path: Path) -> None:
    sent(office)
    reminder = "<CCHC-2024-P1.aaaaaaaaaaaaaaaaaaaaaaaa@a.example>"
    sent(office, key=reminder, kind=REMINDER, reminder=1)
    office.put("1.eml", report(headers_of(reminder), recipient(P1, status="5.2.2")))
    office.put("2.eml", report(headers_of(OURS), recipient(P1, status="5.2.2"), key="2"))
    office.fetch()
    reminded = run(office, "don-doc", "--ngay", "20/12/2024", "-o", tmp_path / "ra")
    owed = " ".join(told(reminded, "thu-bi-tra-lai"))
    assert "Thư giao việc gửi Phòng Một bị trả lại" in owed
    assert "Thư đôn đốc lần 1 gửi Phòng Một bị trả lại" in owed
    names = [p.name for p in (tmp_path / "ra" / "don-doc").glob("*P1*")]
    assert names == ["CCHC-2024-P1.docx"]  # the first, not the second


def test_the_table_of_units_shows_it_within_the_window(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    sent(office)
    office.put("1.eml", report(headers_of(OURS), recipient(P1)))
    assert cchc("nhan", office.folder, "--tep", office.inbox) == 1
    shown = capsys.readouterr().out
    assert f"thư gửi {P1} bị trả lại, {NO_SUCH}" in " ".join(shown.split())
    assert DAEMON.partition(" ")[0] in shown
    assert cchc("so", office.folder) == 1
    shown = capsys.readouterr().out
    assert any("Phòng Một" in line and "bị trả lại" in line for line in shown.splitlines())
    assert "Đã giao việc 0/4 đơn vị (1 đơn vị bị trả lại thư);" in shown
    table = shown.partition("Đã giao việc")[0].splitlines()
    assert [line for line in table if len(line) > 80] == []


def test_a_letter_that_came_back_in_the_second_it_went_out_did_come_back() -> None:
    went = Sending(OURS, "P1", DISPATCH, "d", (P1,), SENT_AT, SendState.SENT, settled=SENT_AT)
    back = replace(went, state=SendState.BOUNCED)
    assert later_of(went, back) == later_of(back, went) == back
    # Until it goes out once more.
    later = replace(went, intended=SENT_AT + dt.timedelta(seconds=1))
    assert later_of(replace(later, settled=SENT_AT), back).state is SendState.SENT
