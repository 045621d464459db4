"""Sending against real servers on loopback, well and badly behaved."""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from cchc_office.catalogue.findings import Code
from cchc_office.mail.sending import MessageFate, Sender
from cchc_office.mail.settings import Secret, Security, Server
from cchc_office.register import JOURNAL_FILE, Register, SendState

from .sent_batches import (  # noqa: F401 - fixtures
    NOON,
    FakeTime,
    a_message,
    copies_of,
    fates,
    messages,
    own,
    register,
    sender,
    sent_by,
    states,
)
from .smtp_servers import (
    DROP,
    PASSWORD,
    STALL,
    USER,
    Behaviour,
    Certificates,
    outgoing,
    smtp_server,
)

# ruff: noqa: F811


# --- all well ---


@pytest.mark.parametrize("implicit", [False, True], ids=["starttls", "tls"])
def test_a_batch_goes_out_over_one_connection(
    own: Certificates, register: Register, implicit: bool
) -> None:
    with smtp_server(own, implicit=implicit) as (server, box):
        batch = sender(server, register, FakeTime())
        results = list(batch.send(messages(5)))
    assert batch.problem is None
    assert fates(results) == {MessageFate.SENT: 5}
    assert box.ids == [m.message_id for m in messages(5)]
    assert box.connections == 1
    assert states(register) == [SendState.SENT] * 5
    assert "đã nhận" in register.sendings()[0].words


@pytest.mark.parametrize("implicit", [False, True], ids=["starttls", "tls"])
def test_a_server_without_a_login_is_greeted_before_anything(
    own: Certificates, register: Register, implicit: bool
) -> None:
    with smtp_server(own, implicit=implicit, login=False) as (server, box):
        batch = Sender(
            outgoing(server), None, register, copies_of(register), USER, FakeTime().clock
        )
        results = list(batch.send(messages(2)))
    assert batch.problem is None
    assert fates(results) == {MessageFate.SENT: 2}
    assert box.ids == [m.message_id for m in messages(2)]


def test_lines_that_are_dots_arrive_as_they_were(own: Certificates, register: Register) -> None:
    with smtp_server(own) as (server, box):
        sent_by(server, register, messages(1))
    assert box.messages[0].get_content().splitlines() == ["Kinh gui", ".", "..hai cham"]


def test_copies_are_on_the_envelope(own: Certificates, register: Register) -> None:
    message = a_message(1, to=("a@x.example",), copy_to=("b@x.example",))
    with smtp_server(own) as (server, box):
        sent_by(server, register, [message])
    assert box.addresses == [("a@x.example", "b@x.example")]


def test_what_was_sent_is_not_sent_again(own: Certificates, register: Register) -> None:
    with smtp_server(own) as (server, box):
        sent_by(server, register, messages(3))
        again = sent_by(server, register, messages(4))
    assert [s.fate for s in again] == [MessageFate.ELSEWHERE] * 3 + [MessageFate.SENT]
    assert len(box.ids) == len(set(box.ids)) == 4


def test_the_pace_is_kept(own: Certificates, register: Register) -> None:
    waited = FakeTime()
    with smtp_server(own) as (server, _):
        slow = sender(server, register, waited)
        slow.server = replace(slow.server, per_minute=30)
        list(slow.send(messages(4)))
    assert waited.slept == [2.0, 2.0, 2.0]


# --- servers that do not take everything ---


def test_a_bad_address_goes_on_to_the_next(own: Certificates, register: Register) -> None:
    behaviour = Behaviour(rcpt=lambda a: "550 không có người này" if a.startswith("dv1@") else None)
    with smtp_server(own, behaviour) as (server, box):
        results = sent_by(server, register, messages(3))
    assert [s.fate for s in results] == [MessageFate.SENT, MessageFate.REFUSED, MessageFate.SENT]
    assert results[1].words == "dv1@so.example: 550 không có người này"
    assert len(box.messages) == 2
    assert Counter(states(register)) == {SendState.SENT: 2, SendState.REFUSED: 1}


def test_one_bad_address_of_two_is_told_and_the_other_gets_it(
    own: Certificates, register: Register
) -> None:
    behaviour = Behaviour(rcpt=lambda a: "550 không có" if a.startswith("bad") else None)
    with smtp_server(own, behaviour) as (server, box):
        (sent,) = sent_by(server, register, [a_message(1, to=("good@x.example", "bad@x.example"))])
    assert sent.fate is MessageFate.SENT
    assert sent.refused == ("bad@x.example: 550 không có",)
    assert box.addresses == [("good@x.example",)]


def test_a_refusal_may_be_tried_again_once_the_address_is_mended(
    own: Certificates, register: Register
) -> None:
    behaviour = Behaviour(rcpt=lambda a: "550 không có" if a == "dv0@so.example" else None)
    with smtp_server(own, behaviour) as (server, box):
        sent_by(server, register, messages(1))
        (sent,) = sent_by(server, register, [a_message(0, to=("moi@so.example",))])
    assert sent.fate is MessageFate.SENT
    assert len(box.messages) == 1
    assert register.sendings()[0].addresses == ("moi@so.example",)


def test_450_is_tried_again_later_and_the_others_do_not_wait(
    own: Certificates, register: Register
) -> None:
    asked: Counter[str] = Counter()

    def rcpt(address: str) -> str | None:
        asked[address] += 1
        greylisted = address == "dv0@so.example" and asked[address] <= 2
        return "450 thử lại sau" if greylisted else None

    waited = FakeTime()
    with smtp_server(own, Behaviour(rcpt=rcpt)) as (server, box):
        results = list(sender(server, register, waited).send(messages(3)))
    assert [s.message.unit.code for s in results] == ["DV1", "DV2", "DV0"]
    assert fates(results) == {MessageFate.SENT: 3}
    assert len(box.messages) == 3
    assert sum(waited.slept) >= 60


def test_450_for_ever_is_left_in_the_end(own: Certificates, register: Register) -> None:
    behaviour = Behaviour(rcpt=lambda a: "450 bận" if a.startswith("dv0@") else None)
    with smtp_server(own, behaviour) as (server, box):
        results = sent_by(server, register, messages(2))
    assert {s.message.unit.code: s.fate for s in results} == {
        "DV1": MessageFate.SENT,
        "DV0": MessageFate.LEFT,
    }
    assert "450 bận" in results[-1].words
    assert states(register).count(SendState.NOT_SENT) == 1
    assert len(box.messages) == 1


def test_451_after_the_message_is_tried_again(own: Certificates, register: Register) -> None:
    refused: list[int] = []

    def data(taken: int) -> str | None:
        refused.append(taken)
        return "451 đĩa đầy" if len(refused) == 1 else None

    with smtp_server(own, Behaviour(data=data)) as (server, box):
        results = sent_by(server, register, messages(1))
    assert fates(results) == {MessageFate.SENT: 1}
    assert len(box.messages) == 1


def test_554_after_the_message_is_a_refusal(own: Certificates, register: Register) -> None:
    with smtp_server(own, Behaviour(data=lambda _: "554 nghi là thư rác")) as (server, box):
        results = sent_by(server, register, messages(2))
    assert fates(results) == {MessageFate.REFUSED: 2}
    assert "thư rác" in results[0].words
    assert box.messages == []
    assert states(register) == [SendState.REFUSED] * 2


@pytest.mark.parametrize("answer", ["250 đã nhận", "251 sẽ chuyển tiếp", "200 được", "299 xong"])
def test_the_first_digit_tells_that_a_message_was_taken(
    own: Certificates, register: Register, answer: str
) -> None:
    """A server that answered 251 was handed one letter four times."""
    with smtp_server(own, Behaviour(after=lambda _: answer)) as (server, box):
        results = sent_by(server, register, messages(2))
    assert fates(results) == {MessageFate.SENT: 2}
    assert len(box.messages) == 2
    assert states(register) == [SendState.SENT] * 2


@pytest.mark.parametrize("answer", ["250 có", "251 không ở đây, sẽ chuyển", "252 chưa rõ, cứ gửi"])
def test_the_first_digit_tells_that_an_address_is_taken(
    own: Certificates, register: Register, answer: str
) -> None:
    with smtp_server(own, Behaviour(rcpt=lambda _: answer)) as (server, box):
        (sent,) = sent_by(server, register, messages(1))
    assert (sent.fate, sent.refused) == (MessageFate.SENT, ())
    assert len(box.messages) == 1


@pytest.mark.parametrize("answer", ["354 gì nữa", "123 ?", "chẳng phải mã", "999 lạ"])
def test_an_answer_that_means_nothing_leaves_a_message_unclear_and_it_is_not_sent_again(
    own: Certificates, register: Register, answer: str
) -> None:
    behaviour = Behaviour(after=lambda taken: answer if taken == 1 else None)
    with smtp_server(own, behaviour) as (server, box):
        first = sent_by(server, register, messages(2))
        again = sent_by(server, register, messages(2))
    assert [s.fate for s in first] == [MessageFate.UNCLEAR, MessageFate.SENT]
    assert [s.fate for s in again] == [MessageFate.ELSEWHERE] * 2
    assert len(box.messages) == 2


def test_421_gets_a_new_connection(own: Certificates, register: Register) -> None:
    asked: list[str] = []

    def mail(address: str) -> str | None:
        asked.append(address)
        return "421 đóng cửa" if len(asked) == 2 else None

    with smtp_server(own, Behaviour(mail=mail)) as (server, box):
        results = sent_by(server, register, messages(3))
    assert fates(results) == {MessageFate.SENT: 3}
    assert box.connections == 2
    assert len(box.messages) == 3


def test_421_for_ever_stops_within_bounds(own: Certificates, register: Register) -> None:
    with smtp_server(own, Behaviour(mail=lambda _: "421 đóng cửa")) as (server, box):
        batch = sender(server, register, FakeTime())
        results = list(batch.send(messages(50)))
    assert fates(results) == {MessageFate.LEFT: 50}
    assert batch.problem
    assert "đóng cửa" in batch.problem.sentence
    assert box.connections < 6
    assert register.sendings() == ()


def test_a_server_that_drops_after_80_messages_gets_all_of_them(
    own: Certificates, register: Register
) -> None:
    dropped: list[int] = []

    def mail(_: str) -> str | None:
        taken = len(box.messages)
        if taken and taken % 80 == 0 and taken not in dropped:
            dropped.append(taken)
            return DROP
        return None

    with smtp_server(own, Behaviour(mail=mail)) as (server, box):
        results = sent_by(server, register, messages(200))
    assert fates(results) == {MessageFate.SENT: 200}
    assert len(box.ids) == len(set(box.ids)) == 200
    assert box.connections == 3


def test_a_connection_that_always_breaks_stops(own: Certificates, register: Register) -> None:
    with smtp_server(own, Behaviour(mail=lambda _: DROP)) as (server, _):
        batch = sender(server, register, FakeTime())
        results = list(batch.send(messages(3)))
    assert fates(results) == {MessageFate.LEFT: 3}
    assert batch.problem
    assert batch.problem.code is Code.MAIL_STOPPED


@pytest.mark.parametrize(
    ("ending", "words"), [(STALL, "không trả lời sau 1 giây"), (DROP, "bị đứt")]
)
def test_a_server_that_falls_silent_before_the_message_stops_and_leaves_nothing_unclear(
    own: Certificates, register: Register, ending: str, words: str
) -> None:
    with smtp_server(own, Behaviour(rcpt=lambda _: ending)) as (server, box):
        batch = sender(replace(server, patience=1), register, FakeTime())
        results = list(batch.send(messages(3)))
    assert fates(results) == {MessageFate.LEFT: 3}
    assert batch.problem
    assert words in batch.problem.sentence
    assert box.messages == []
    assert register.sendings() == ()


def test_who_has_lost_the_right_to_send_sends_no_more(
    own: Certificates, register: Register
) -> None:
    with smtp_server(own) as (server, box):
        batch = sender(server, register, FakeTime())
        batch.may_go_on = lambda: len(box.messages) < 2
        results = list(batch.send(messages(5)))
    assert fates(results) == {MessageFate.SENT: 2, MessageFate.LEFT: 3}
    assert batch.problem
    assert "một lệnh gui khác" in batch.problem.sentence
    assert len(box.messages) == 2


def test_a_copy_and_a_line_are_there_before_the_last_dot(
    own: Certificates, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[list[str], list[str]]] = []
    send, folder = smtplib.SMTP.send, register.path.parent

    def sending(connection: smtplib.SMTP, what: bytes | str) -> None:
        if what == b".\r\n":
            lines = (folder / JOURNAL_FILE).read_text(encoding="utf-8").splitlines()
            copies = sorted(p.name for p in copies_of(register).folder.iterdir())
            seen.append((copies, lines[-1].split("\t")[2:3]))
        send(connection, what)

    monkeypatch.setattr(smtplib.SMTP, "send", sending)
    behaviour = Behaviour(data=lambda taken: "554 không" if taken == 1 else None)
    with smtp_server(own, behaviour) as (server, _):
        sent_by(server, register, messages(2))
    assert seen == [
        (["DV0.dang-gui.eml"], ["sắp gửi"]),
        (["DV0.eml", "DV1.dang-gui.eml"], ["sắp gửi"]),
    ]
    # What was refused after all is not among what went out.
    (copy,) = copies_of(register).folder.iterdir()
    assert copy.read_bytes() == messages(1)[0].content


def test_nothing_can_arrive_before_its_intent_is_on_the_disk(
    own: Certificates, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    send, make_sure = smtplib.SMTP.send, Register.make_sure

    def sending(connection: smtplib.SMTP, what: bytes | str) -> None:
        steps.extend(["the last dot"] if what == b".\r\n" else [])
        send(connection, what)

    def making_sure(of: Register) -> None:
        assert of.sendings()[-1].state is SendState.INTENDED
        make_sure(of)
        steps.append("sure")

    monkeypatch.setattr(smtplib.SMTP, "send", sending)
    monkeypatch.setattr(Register, "make_sure", making_sure)
    with smtp_server(own) as (server, _):
        sent_by(server, register, messages(2))
    assert steps == ["sure", "the last dot"] * 2


# --- nobody knows ---


@pytest.mark.parametrize("ending", [DROP, STALL])
def test_silence_after_the_message_is_unclear_and_not_sent_again(
    own: Certificates, register: Register, ending: str
) -> None:
    behaviour = Behaviour(after=lambda taken: ending if taken == 1 else None)
    with smtp_server(own, behaviour) as (server, box):
        server = replace(server, patience=1)
        first = sent_by(server, register, messages(2))
        again = sent_by(server, register, messages(2))
        assert [s.fate for s in first] == [MessageFate.UNCLEAR, MessageFate.SENT]
        assert [s.fate for s in again] == [MessageFate.ELSEWHERE, MessageFate.ELSEWHERE]
        assert len(box.messages) == 2
        assert register.sendings()[0].is_unclear
        register.settle(first[0].message.message_id, SendState.NOT_SENT, NOON, by_person=True)
        settled = sent_by(server, register, messages(2))
    assert settled[0].fate is MessageFate.SENT


def test_a_server_that_is_always_silent_stops_the_batch(
    own: Certificates, register: Register
) -> None:
    with smtp_server(own, Behaviour(after=lambda _: DROP)) as (server, _):
        batch = sender(server, register, FakeTime())
        results = list(batch.send(messages(20)))
    assert fates(results) == {MessageFate.UNCLEAR: 2, MessageFate.LEFT: 18}
    assert batch.problem


# --- servers that cannot be used ---


def refusal(register: Register, server: Server, password: str = PASSWORD) -> str:
    batch = sender(server, register, FakeTime(), password)
    results = list(batch.send(messages(2)))
    assert fates(results) == {MessageFate.LEFT: 2}
    assert register.sendings() == ()
    assert batch.problem
    assert batch.problem.advice
    return batch.problem.sentence


def test_a_wrong_password_stops(own: Certificates, register: Register) -> None:
    with smtp_server(own) as (server, _):
        said = refusal(register, server, "sai")
    assert "không nhận tên đăng nhập hoặc mật khẩu" in said
    assert "535" in said


def test_a_password_with_marks_is_not_even_tried(own: Certificates, register: Register) -> None:
    with smtp_server(own) as (server, box):
        assert "chữ có dấu" in refusal(register, server, "mật")
    assert box.logins == []


def test_a_server_without_starttls_is_not_trusted_with_anything(
    own: Certificates, register: Register
) -> None:
    with smtp_server(own, with_tls=False) as (server, box):
        assert "STARTTLS" in refusal(register, server)
    assert box.logins == []


def test_an_expired_certificate(own: Certificates, register: Register) -> None:
    with smtp_server(own, context=own.expired()) as (server, box):
        assert "hết hạn" in refusal(register, server)
    assert box.logins == []


def test_a_certificate_of_an_unknown_authority(own: Certificates, register: Register) -> None:
    with smtp_server(own) as (server, box):
        said = refusal(register, replace(server, certificates=None))
    assert "không tin được máy chủ" in said
    assert box.logins == []


def test_a_self_signed_certificate(own: Certificates, register: Register, tmp_path: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    own.authority.private_key_pem.write_to_path(tmp_path / "own.pem")
    own.authority.cert_pem.write_to_path(tmp_path / "own.pem", append=True)
    context.load_cert_chain(tmp_path / "own.pem")
    with smtp_server(own, context=context) as (server, _):
        assert "tự ký" in refusal(register, replace(server, certificates=None))


def test_a_certificate_of_another_server(own: Certificates, register: Register) -> None:
    with smtp_server(own, context=own.server("smtp.other.example")) as (server, _):
        assert "tên một máy chủ khác" in refusal(register, server)


def test_nobody_at_the_port(own: Certificates, register: Register) -> None:
    with smtp_server(own) as (server, _):
        pass
    assert "không nhận kết nối" in refusal(register, server)


def test_tls_where_the_server_begins_in_the_clear(own: Certificates, register: Register) -> None:
    with smtp_server(own) as (server, _):
        assert "mã hoá" in refusal(register, replace(server, security=Security.TLS))


def test_a_server_that_says_nothing_at_all(register: Register) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        server = Server("127.0.0.1", silent.getsockname()[1], Security.STARTTLS, USER, 1)
        assert "không trả lời" in refusal(register, server)


def test_a_sender_that_the_server_does_not_know_stops(
    own: Certificates, register: Register
) -> None:
    with smtp_server(own, Behaviour(mail=lambda _: "553 không phải của bạn")) as (server, _):
        assert "không nhận thư của" in refusal(register, server)


def test_the_password_is_shown_nowhere(own: Certificates, register: Register) -> None:
    with smtp_server(own) as (server, _):
        batch = sender(server, register, FakeTime())
        list(batch.send(messages(1)))
    assert PASSWORD not in repr(batch) + repr(Secret(PASSWORD)) + repr(register.sendings())
