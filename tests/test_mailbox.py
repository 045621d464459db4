"""Reading a mailbox over IMAP: what is asked of the server, and what its misdeeds lead to."""

from __future__ import annotations

import datetime as dt
import json
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import pytest
import trustme

from cchc_office.model import Campaign

from .calls import cchc
from .imap_server import HOST, PASSWORD, USER, Behaviour, drop, serving, stall
from .messages import campaign_in, filled_form, letter

SAVED = "CCHC-2024-VP_2024-11-26.xlsx"
YESTERDAY = dt.datetime.now(dt.UTC) - dt.timedelta(days=1)


def server_side(
    authority: trustme.CA, name: str = HOST, not_after: dt.datetime | None = None
) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name, not_after=not_after).configure_cert(context)
    return context


@dataclass
class Office:
    folder: Path
    campaign: Campaign
    form: bytes
    read: Callable[[], str]
    authority: trustme.CA
    tls: ssl.SSLContext

    def settings(self, port: int, **changes: str) -> None:
        keys = {
            "may_chu": f'"{HOST}"',
            "cong": str(port),
            "bao_mat": '"tls"',
            "nguoi_dung": f'"{USER}"',
            "tep_chung_chi": '"ca.pem"',
            "cho_giay": "2",
        } | changes
        lines = ["[nhan]", *(f"{key} = {value}" for key, value in keys.items())]
        (self.folder / "thu.toml").write_text("\n".join(lines), encoding="utf-8")

    def fetch(self, *options: str) -> dict[str, Any]:
        self.read()
        status = cchc("nhan", self.folder, "--json", *options)
        whole: dict[str, Any] = json.loads(self.read())
        assert whole["ma_thoat"] == status
        return whole

    def serve(self, behaviour: Behaviour, *options: str, **changes: str) -> dict[str, Any]:
        """Fetch from a server of this behaviour."""
        with serving(behaviour) as port:
            self.settings(port, **changes)
            return self.fetch(*options)


@pytest.fixture
def office(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Office:
    monkeypatch.setenv("CCHC_MAT_KHAU_THU", PASSWORD)
    folder = tmp_path / "dot"
    campaign = campaign_in(folder)
    form = filled_form(campaign, "VP", tmp_path / "don-vi")
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(folder / "ca.pem"))
    tls = server_side(authority)
    return Office(folder, campaign, form, lambda: capsys.readouterr().out, authority, tls)


def test_a_mailbox_is_examined_and_never_changed(office: Office) -> None:
    other = letter("ai@b.example", key="<2@b>").as_bytes()
    mail = letter("vp@a.example", ("phieu.xlsx", office.form)).as_bytes()
    behaviour = Behaviour([mail, other], tls=office.tls)
    whole = office.serve(behaviour)
    assert (whole["ma_thoat"], len(whole["thu"])) == (0, 2)
    assert (office.folder / "nhan-ve" / SAVED).read_bytes() == office.form
    verbs = {c.removeprefix("UID ").split(" ")[0] for c in behaviour.commands}
    assert verbs == {"CAPABILITY", "AUTHENTICATE", "EXAMINE", "SEARCH", "FETCH", "LOGOUT"}
    fetched = [c for c in behaviour.commands if "FETCH" in c]
    assert all("BODY.PEEK[" in c and "BODY[" not in c for c in fetched)
    # The other is one text: nothing can be attached to it.
    assert [c.split()[2] for c in fetched] == ["101,102", "101"]


def test_the_password_is_kept_nowhere(office: Office) -> None:
    mail = letter("vp@a.example", ("phieu.xlsx", office.form)).as_bytes()
    whole = office.serve(Behaviour([mail], tls=office.tls))
    files = [p.read_bytes() for p in office.folder.rglob("*") if p.is_file()]
    assert len(files) >= 5
    assert not [content for content in files if PASSWORD.encode() in content]
    assert PASSWORD not in json.dumps(whole, ensure_ascii=False)


def asked_for(behaviour: Behaviour, what: str = "HEADER") -> list[str]:
    """Return the numbers of the messages whose heads, or which as a whole, were asked for."""
    part = "BODY.PEEK[HEADER" if what == "HEADER" else "BODY.PEEK[]"
    found = [c.split()[2] for c in behaviour.commands if part in c]
    return [number for group in found for number in group.split(",")]


def test_of_what_was_fetched_not_even_the_heads_are_asked_for_again(office: Office) -> None:
    mails = [letter("vp@a.example", key=f"<{n}@a>").as_bytes() for n in range(30)]
    office.serve(Behaviour(mails, tls=office.tls))
    new = letter("vp@a.example", ("phieu.xlsx", office.form), key="<new@a>").as_bytes()
    again = Behaviour([*mails, new], tls=office.tls)
    whole = office.serve(again)
    assert ([m["ma"] for m in whole["thu"]], whole["so_thu_da_xem_truoc"]) == (["<new@a>"], 30)
    # One of those known is looked at, to see whether the numbers still hold.
    assert asked_for(again) == ["130", "131"]
    assert asked_for(again, "ALL") == ["131"]


@pytest.mark.parametrize("key", ["<1@a>", ""])
def test_numbers_given_anew_bring_no_message_twice(office: Office, key: str) -> None:
    mails = [
        letter("vp@a.example", ("a.xlsx", office.form), key=key).as_bytes(),
        letter("vp@a.example", key="<2@a>").as_bytes(),
    ]
    assert len(office.serve(Behaviour(mails, tls=office.tls))["thu"]) == 2
    moved = Behaviour(mails, validity="8", first_uid=1, tls=office.tls)
    whole = office.serve(moved)
    assert (whole["thu"], whole["so_thu_da_xem_truoc"]) == ([], 2)
    assert asked_for(moved) == ["1", "2"]
    settled = Behaviour(mails, validity="8", first_uid=1, tls=office.tls)
    office.serve(settled)
    assert asked_for(settled) == ["2"]


@pytest.mark.parametrize("validity", ["7", ""])
def test_numbers_given_anew_without_a_word_hide_no_message(office: Office, validity: str) -> None:
    """A mailbox that was restored, or a server that tells no UIDVALIDITY."""
    old = [letter("vp@a.example", key=f"<{n}@a>").as_bytes() for n in range(3)]
    office.serve(Behaviour(old, validity=validity, tls=office.tls))
    new = letter("vp@a.example", ("a.xlsx", office.form), key="<new@a>").as_bytes()
    whole = office.serve(Behaviour([new, *old], validity=validity, tls=office.tls))
    assert [m["ma"] for m in whole["thu"]] == ["<new@a>"]


def test_looking_again_asks_for_what_was_not_taken_only(office: Office) -> None:
    mails = [
        letter("vp@a.example", ("a.xlsx", office.form), key="<1@a>").as_bytes(),
        letter("vp@a.example", ("a.txt", b"chu"), key="<2@a>").as_bytes(),
        letter("vp@a.example", key="<3@a>").as_bytes(),
    ]
    office.serve(Behaviour(mails, tls=office.tls))
    again = Behaviour(mails, tls=office.tls)
    assert [m["ma"] for m in office.serve(again, "--lai")["thu"]] == ["<2@a>"]
    assert asked_for(again, "ALL") == ["102"]


def test_a_message_without_an_id_is_known_by_its_content(office: Office) -> None:
    one, two = (
        letter("vp@a.example", ("phieu.xlsx", office.form), key="", text=text).as_bytes()
        for text in ("Lần một", "Lần hai")
    )
    assert len(office.serve(Behaviour([one, two, one], tls=office.tls))["thu"]) == 2
    assert office.serve(Behaviour([one, two, one], tls=office.tls))["so_thu_da_xem_truoc"] == 3


def test_a_message_that_a_filter_let_through_later_is_taken(office: Office) -> None:
    """Some deliver a message without its file first, and whole once somebody released it."""
    bare = letter("vp@a.example").as_bytes()
    whole = letter("vp@a.example", ("a.xlsx", office.form)).as_bytes()
    office.serve(Behaviour([bare], tls=office.tls))
    again = office.serve(Behaviour([bare, whole], tls=office.tls))
    assert [f["ket_qua"] for m in again["thu"] for f in m["tep"]] == ["đã lưu"]
    assert office.serve(Behaviour([bare, whole], tls=office.tls))["so_thu_da_xem_truoc"] == 2


@pytest.mark.parametrize("refusal", ["NO [SERVERBUG] Internal error", "BAD Command Error. 10"])
def test_a_message_that_the_server_refuses_stops_no_other(office: Office, refusal: str) -> None:
    mails = [
        letter("vp@a.example", ("a.xlsx", office.form), key=f"<{n}@a>").as_bytes() for n in (1, 2)
    ]
    bad = Behaviour(mails, refused=frozenset((101,)), refusal=refusal, tls=office.tls)
    whole = office.serve(bad)
    assert whole["ma_thoat"] == 1
    assert [f["ma"] for f in whole["phat_hien"]] == ["thu-khong-tai-duoc"]
    assert refusal.partition(" ")[2] in whole["phat_hien"][0]["noi_dung"]
    assert [m["ma"] for m in whole["thu"]] == ["<2@a>"]
    # It is asked for again, and taken once the server has it.
    healed = office.serve(Behaviour(mails, tls=office.tls))
    assert [m["ma"] for m in healed["thu"]] == ["<1@a>"]


@pytest.mark.parametrize(
    ("options", "asked"),
    [((), "30-Apr-2024"), (("--tu", "26/11/2024"), "25-Nov-2024")],
)
def test_the_server_is_asked_from_the_day_of_issue(
    office: Office, options: tuple[str, ...], asked: str
) -> None:
    """The papers are dated /5/2024; the server's day may begin earlier than ours."""
    behaviour = Behaviour([], tls=office.tls)
    office.serve(behaviour, *options)
    assert f"UID SEARCH SINCE {asked}" in behaviour.commands


def test_what_a_server_tells_unasked_confuses_nothing(office: Office) -> None:
    mails = [
        letter("vp@a.example", ("a.xlsx", office.form), key=f"<{n}@a>").as_bytes() for n in (1, 2)
    ]
    between = b"* 9 EXISTS\r\n* 1 FETCH (FLAGS (\\Seen))\r\n"
    whole = office.serve(Behaviour(mails, between=between, tls=office.tls))
    assert [m["ma"] for m in whole["thu"]] == ["<1@a>", "<2@a>"]
    assert [f["ket_qua"] for m in whole["thu"] for f in m["tep"]] == ["đã lưu", "đã có"]


def test_the_server_tells_the_day_in_the_name(office: Office) -> None:
    mail = letter("vp@a.example", ("a.xlsx", office.form), date="").as_bytes()
    whole = office.serve(Behaviour([mail], tls=office.tls))
    assert whole["thu"][0]["ngay"] == ""
    assert [p.name for p in (office.folder / "nhan-ve").iterdir()] == [SAVED]


# --- what goes wrong ---


@pytest.mark.parametrize(
    ("command", "what", "says"),
    [
        ("AUTHENTICATE", drop, "bị đứt giữa chừng"),
        ("EXAMINE", drop, "bị đứt giữa chừng"),
        ("SEARCH", stall, "không trả lời sau 2 giây"),
        ("FETCH", drop, "bị đứt giữa chừng"),
    ],
)
def test_a_server_that_breaks_off_is_explained(
    office: Office, command: str, what: Callable[[socket.socket], None], says: str
) -> None:
    mail = letter("vp@a.example", ("a.xlsx", office.form)).as_bytes()
    whole = office.serve(Behaviour([mail], at={command: what}, tls=office.tls))
    assert whole["ma_thoat"] == 3
    assert says in whole["loi"]
    # The next run takes what this one could not.
    assert office.serve(Behaviour([mail], tls=office.tls))["ma_thoat"] == 0
    assert (office.folder / "nhan-ve" / SAVED).exists()


def test_half_a_message_is_no_message(office: Office) -> None:
    mail = letter("vp@a.example", ("a.xlsx", office.form)).as_bytes()

    def half(connection: socket.socket) -> None:
        told = b"* 1 FETCH (UID 101 BODY[]<0> {%d}\r\n" % len(mail)
        connection.sendall(told + mail[: len(mail) // 2])
        drop(connection)

    whole = office.serve(Behaviour([mail], at={"FETCH 101 (UID BODY.PEEK[]": half}, tls=office.tls))
    assert (whole["ma_thoat"], whole["thu"]) == (3, [])
    assert "bị đứt giữa chừng" in whole["loi"]
    assert [m["ma"] for m in office.serve(Behaviour([mail], tls=office.tls))["thu"]] == [
        "<1@a.example>"
    ]


def test_what_came_before_a_break_is_shown(office: Office) -> None:
    mails = [
        letter("vp@a.example", ("a.xlsx", office.form), key=f"<{n}@a>").as_bytes() for n in (1, 2)
    ]
    whole = office.serve(Behaviour(mails, at={"FETCH 102 ": drop}, tls=office.tls))
    assert whole["ma_thoat"] == 3
    assert "bị đứt giữa chừng" in whole["loi"]
    assert [m["ma"] for m in whole["thu"]] == ["<1@a>"]


def test_without_anybody_to_type_a_password_nothing_is_tried(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody(*_: object, **__: object) -> str:
        raise click.Abort

    monkeypatch.delenv("CCHC_MAT_KHAU_THU")
    monkeypatch.setattr(click, "prompt", nobody)
    behaviour = Behaviour([], tls=office.tls)
    assert "Chưa có mật khẩu" in office.serve(behaviour)["loi"]
    assert behaviour.commands == []


def test_a_bad_password_is_explained_and_not_shown(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CCHC_MAT_KHAU_THU", "bi-mat-sai")
    whole = office.serve(Behaviour([], tls=office.tls))
    assert whole["ma_thoat"] == 3
    assert "không nhận tên đăng nhập" in whole["loi"]
    assert "bi-mat-sai" not in json.dumps(whole)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda _: server_side(trustme.CA()), "do nơi máy này không biết ký"),
        (lambda ours: server_side(ours, "may-khac.example"), "mang tên một máy chủ khác"),
        (lambda ours: server_side(ours, not_after=YESTERDAY), "đã hết hạn"),
    ],
)
def test_certificates_are_checked(
    office: Office, make: Callable[[trustme.CA], ssl.SSLContext], says: str
) -> None:
    mail = letter("vp@a.example", ("a.xlsx", office.form)).as_bytes()
    behaviour = Behaviour([mail], tls=make(office.authority))
    whole = office.serve(behaviour)
    assert whole["ma_thoat"] == 3
    assert says in whole["loi"]
    assert behaviour.commands == []


def test_nothing_goes_over_a_way_that_is_not_encrypted(office: Office) -> None:
    behaviour = Behaviour([])
    whole = office.serve(behaviour, bao_mat='"starttls"')
    assert whole["ma_thoat"] == 3
    assert "STARTTLS" in whole["loi"]
    assert {c.split()[0] for c in behaviour.commands} <= {"CAPABILITY", "STARTTLS", "LOGOUT"}
    whole = office.serve(Behaviour([]))
    assert whole["ma_thoat"] == 3
    assert "bao_mat" in whole["loi"]


def test_a_folder_that_the_server_lacks_is_told(office: Office) -> None:
    whole = office.serve(Behaviour([], tls=office.tls), hop_thu='"Phiếu"')
    assert whole["ma_thoat"] == 3
    assert "“Phiếu”" in whole["loi"]
    assert (
        "ở đó có “Phiếu”." in office.serve(Behaviour([], tls=office.tls), hop_thu='"Phieu"')["loi"]
    )


def test_a_server_that_is_not_there_is_told(office: Office) -> None:
    with serving(Behaviour([])) as port:
        pass
    office.settings(port)
    assert "không nhận kết nối" in office.fetch()["loi"]
    office.settings(port, may_chu='"khong-co.invalid"')
    assert "Không tìm thấy" in office.fetch()["loi"]


def test_what_is_odd_in_the_settings_is_told_beside_what_the_server_says(office: Office) -> None:
    whole = office.serve(Behaviour([], tls=office.tls), hop_thu='"Khac"', hop_thuu='"Phiếu"')
    assert "“Khac”" in whole["loi"]
    assert [f["ma"] for f in whole["phat_hien"]] == ["thu-muc-la"]


def test_a_folder_that_is_no_word_is_not_guessed(office: Office) -> None:
    mail = letter("vp@a.example", ("a.xlsx", office.form)).as_bytes()
    behaviour = Behaviour([mail], tls=office.tls)
    whole = office.serve(behaviour, hop_thu="1")
    assert (whole["ma_thoat"], behaviour.commands) == (3, [])
    assert [f["ma"] for f in whole["phat_hien"]] == ["thu-muc-sai"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (None, "chua-khai-hop-thu"),
        ('nguoi_gui = "vp@a.example"', "chua-khai-hop-thu"),
        ('[nhan]\nmay_chu = "imap.a.example"\nmat_khau = "x"', "thu-co-mat-khau"),
        ('[nhan]\nmay_chu = "imap.a.example"\nbao_mat = "khong"', "thu-muc-sai"),
    ],
)
def test_settings_that_do_not_do_are_told(office: Office, text: str | None, code: str) -> None:
    if text is not None:
        (office.folder / "thu.toml").write_text(text, encoding="utf-8")
    whole = office.fetch()
    assert whole["ma_thoat"] == 3
    assert [f["ma"] for f in whole["phat_hien"]] == [code]
