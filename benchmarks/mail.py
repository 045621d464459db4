"""How long sending a message takes: `Sender`, with its register, beside a bare smtplib loop.

    uv run python benchmarks/mail.py [MESSAGES] [--plain]

A server of aiosmtpd with STARTTLS and login runs on loopback in a process of its own. Both ways
send it the same finished messages over one connection, in turns, and the fastest round of each
counts. The bare loop does nothing but `sendmail`, with TCP_NODELAY as `Sender` has it (`--plain`
shows it without: some 44 ms for each message of more than a packet). `Sender` commits before each
message that it is about to go out, adds a line to the journal and keeps a copy, waits for the disk
while the server reads, and notes after it what the server said.
Messages come in two sizes: a letter with a form as units get them, and a short text, where what is
recorded weighs most. The register alone: all of that, without a server.
"""

from __future__ import annotations

import datetime as dt
import email.policy
import logging
import multiprocessing
import os
import smtplib
import socket
import ssl
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from dataclasses import replace
from email.message import EmailMessage
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from cchc_office.mail.outbox import Message
from cchc_office.mail.sending import Clock, MessageFate, Sender
from cchc_office.mail.settings import Secret, Security, Server
from cchc_office.model import Unit
from cchc_office.papers.kinds import DISPATCH
from cchc_office.register import Sending, SendState, SentCopies, open_register

HOST, USER, PASSWORD = "127.0.0.1", "van-phong@so.example", "mat-khau-cua-phep-do"
ROUNDS = 5
SIZES = {"letter and form, 60 kB": 45_000, "short text, 1 kB": 500}
NOON = dt.datetime(2024, 12, 5, 5, 0, tzinfo=dt.UTC)


class _Counting:
    """Takes every message, and keeps none."""

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: ARG002, N802
        return "250 2.0.0 đã nhận"


class _Controller(Controller):
    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
        super()._trigger_server()  # type: ignore[no-untyped-call, unused-ignore]


def serve(ready: Connection, certificate: Path) -> None:
    """Run the server until the other end says something."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    controller = _Controller(
        _Counting(),
        hostname=HOST,
        port=0,
        ready_timeout=10,
        tls_context=context,
        require_starttls=True,
        authenticator=lambda *_: AuthResult(success=True),
        auth_required=True,
    )
    logging.disable(logging.WARNING)
    controller.start()
    warnings.simplefilter("ignore")  # of aiosmtpd, about itself
    ready.send(controller.port)
    ready.recv()
    controller.stop()


def messages_of(count: int, size: int) -> list[Message]:
    """Return finished messages, each with an attachment of `size` bytes."""
    messages = []
    for number in range(count):
        key, to = f"<{number}@so.example>", (f"dv{number}@so.example",)
        whole = EmailMessage(policy=email.policy.SMTP)
        whole["From"], whole["To"], whole["Message-ID"] = USER, to[0], key
        whole.set_content("Kính gửi (số liệu minh họa).\n", cte="base64")
        whole.add_attachment(
            os.urandom(size), maintype="application", subtype="octet-stream", filename="phiếu.xlsx"
        )
        unit, digest = Unit(f"DV{number}", f"Đơn vị {number}"), f"{number:064}"
        content = whole.as_bytes()
        messages.append(
            Message(unit, DISPATCH, 0, digest, key, to, (), "Phiếu", (), content, unit.code)
        )
    return messages


def bare(server: Server, messages: list[Message], *, at_once: bool = True) -> float:
    """Return for how many seconds a loop of `sendmail` takes, connecting included.

    Without `at_once`, as smtplib is by itself: the last bytes of a large message wait for others.
    """
    start = time.perf_counter()
    context = ssl.create_default_context(cafile=server.certificates)
    with smtplib.SMTP(server.host, server.port, timeout=20) as connection:
        if at_once and connection.sock:
            connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.starttls(context=context)
        connection.login(USER, PASSWORD)
        for message in messages:
            connection.sendmail(USER, list(message.to), message.content)
    return time.perf_counter() - start


def ours(server: Server, messages: list[Message]) -> float:
    """Return for how many seconds `Sender` takes, opening and closing the register included."""
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        start = time.perf_counter()
        with open_register(Path(folder), "CCHC-2024-SCT") as register:
            clock = Clock(lambda: dt.datetime.now(dt.UTC), time.monotonic, time.sleep)
            outgoing = replace(server, per_minute=10_000_000)
            copies = SentCopies(Path(folder) / "da-gui")
            sender = Sender(outgoing, Secret(PASSWORD), register, copies, USER, clock)
            fates = [sent.fate for sent in sender.send(messages)]
        passed = time.perf_counter() - start
    if fates != [MessageFate.SENT] * len(messages):
        raise SystemExit(f"not all were sent: {sender.problem}")
    return passed


def floor(_: Server, messages: list[Message]) -> float:
    """Return for how many seconds the commits take, two for each message."""
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        start = time.perf_counter()
        with open_register(Path(folder), "CCHC-2024-SCT") as register:
            for m in messages:
                sending = Sending(m.message_id, m.unit.code, m.kind, m.digest, m.to, NOON)
                register.intend(sending)
                register.make_sure()
                register.settle(m.message_id, SendState.SENT, NOON, "250 2.0.0 đã nhận")
        return time.perf_counter() - start


def main() -> None:
    """Measure, and print a line for each size."""
    given = [word for word in sys.argv[1:] if word != "--plain"]
    count = int(given[0]) if given else 1_000
    authority = trustme.CA()
    with tempfile.TemporaryDirectory() as name:
        certificate, trusted = Path(name) / "server.pem", Path(name) / "ca.pem"
        issued = authority.issue_cert(HOST)
        issued.private_key_and_cert_chain_pem.write_to_path(certificate)
        authority.cert_pem.write_to_path(trusted)
        here, there = multiprocessing.Pipe()
        process = multiprocessing.get_context("spawn").Process(
            target=serve, args=(there, certificate)
        )
        process.start()
        try:
            server = Server(HOST, here.recv(), Security.STARTTLS, USER, 20, trusted)
            for label, size in SIZES.items():
                measure(label, server, messages_of(count, size))
                if "--plain" in sys.argv:
                    few = messages_of(50, size)
                    each = bare(server, few, at_once=False) / len(few) * 1000
                    print(f"    bare without TCP_NODELAY: {each:.2f}")
        finally:
            here.send("enough")
            process.join()


def measure(label: str, server: Server, messages: list[Message]) -> None:
    """Let the ways take turns, and print the fastest round of each."""
    ways: dict[str, Callable[[Server, list[Message]], float]] = {
        "bare": bare,
        "ours": ours,
        "floor": floor,
    }
    rounds: dict[str, list[float]] = {way: [] for way in ways}
    for _ in range(ROUNDS):
        for way, run in ways.items():
            rounds[way].append(run(server, messages) / len(messages) * 1000)
    best = {way: min(times) for way, times in rounds.items()}
    spread = "  ".join(f"{way} {min(t):.2f}-{max(t):.2f}" for way, t in rounds.items())
    print(
        f"{label}: {len(messages)} messages, ms a message: bare {best['bare']:.2f}, "
        f"ours {best['ours']:.2f}, register alone {best['floor']:.2f}; "
        f"ours/bare {best['ours'] / best['bare']:.2f}   (rounds: {spread})"
    )


if __name__ == "__main__":
    main()
