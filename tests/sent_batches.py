"""Batches of messages, and what a server and the register make of them."""

from __future__ import annotations

import datetime as dt
import email.policy
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path

import pytest

from cchc_office.mail.outbox import Message
from cchc_office.mail.sending import Clock, MessageFate, Sender, Sent
from cchc_office.mail.settings import Secret, Server
from cchc_office.model import Unit
from cchc_office.papers.kinds import DISPATCH
from cchc_office.register import Register, SendState, SentCopies, open_register

from .smtp_servers import PASSWORD, USER, Certificates, certificates, outgoing

CAMPAIGN = "CCHC-2024-SCT"

NOON = dt.datetime(2024, 12, 5, 5, 0, tzinfo=dt.UTC)


@pytest.fixture(scope="session")
def own(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return certificates(tmp_path_factory.mktemp("certificates"))


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with open_register(tmp_path, CAMPAIGN) as opened:
        yield opened


@dataclass
class FakeTime:
    """Time in which waiting takes none, and is kept account of."""

    passed: float = 0
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.passed += seconds

    @property
    def clock(self) -> Clock:
        return Clock(lambda: NOON, lambda: self.passed, self.sleep)


def a_message(number: int, *, to: tuple[str, ...] = (), copy_to: tuple[str, ...] = ()) -> Message:
    code = f"DV{number}"
    to = to or (f"dv{number}@so.example",)
    message_id = f"<{number}@so-cong-thuong.example>"
    whole = EmailMessage(policy=email.policy.SMTP)
    whole["From"], whole["To"], whole["Message-ID"] = USER, ", ".join(to), message_id
    whole.set_content("Kinh gui\n.\n..hai cham\n", cte="7bit")
    content, digest = whole.as_bytes(), f"{number:064}"
    unit, kind = Unit(code, f"Đơn vị {number}"), DISPATCH
    return Message(unit, kind, 0, digest, message_id, to, copy_to, "Tiêu đề", (), content, code)


def messages(count: int) -> list[Message]:
    return [a_message(number) for number in range(count)]


def sender(server: Server, register: Register, time_: FakeTime, password: str = PASSWORD) -> Sender:
    return Sender(
        outgoing(server), Secret(password), register, copies_of(register), USER, time_.clock
    )


def copies_of(register: Register) -> SentCopies:
    return SentCopies(register.path.parent / "thu" / "da-gui" / "cong-van")


def sent_by(server: Server, register: Register, batch: list[Message]) -> list[Sent]:
    return list(sender(server, register, FakeTime()).send(batch))


def fates(results: list[Sent]) -> Counter[MessageFate]:
    return Counter(sent.fate for sent in results)


def states(register: Register) -> list[SendState]:
    return [sending.state for sending in register.sendings()]
