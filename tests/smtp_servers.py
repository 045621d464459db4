"""Mail servers on loopback for the tests: real ones, with STARTTLS and login, that can misbehave."""

from __future__ import annotations

import asyncio
import datetime as dt
import email
import email.policy
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

from cchc_office.mail.settings import Security, Server

USER = "van-phong@so-cong-thuong.example"
PASSWORD = "mat-khau-cua-phep-thu"
HOST = "127.0.0.1"
DROP, STALL = "DROP", "STALL"
PATIENCE = 20


@dataclass
class Behaviour:
    """What a server answers, None for the usual; DROP breaks the connection, STALL says nothing.

    `data` and `after` get how many messages were taken; `after` answers when this one was, too.
    """

    mail: Callable[[str], str | None] = lambda address: None
    rcpt: Callable[[str], str | None] = lambda address: None
    data: Callable[[int], str | None] = lambda taken: None
    after: Callable[[int], str | None] = lambda taken: None


@dataclass
class Mailbox:
    """What a server took: message and envelope, in the order of their coming."""

    messages: list[EmailMessage] = field(default_factory=list)
    addresses: list[tuple[str, ...]] = field(default_factory=list)
    connections: int = 0
    logins: list[bytes] = field(default_factory=list)
    open: set[object] = field(default_factory=set)

    def wait_until_idle(self) -> None:
        """Wait until what the server was handed has been taken, or has been given up."""
        end = time.monotonic() + PATIENCE
        while self.open:
            assert time.monotonic() < end, "the server does not come to an end"
            time.sleep(0.002)

    @property
    def ids(self) -> list[str]:
        return [str(message["Message-ID"]) for message in self.messages]


class _Handler:
    def __init__(self, box: Mailbox, behaviour: Behaviour) -> None:
        self.box = box
        self.behaviour = behaviour

    async def _do(self, server: SMTP, answer: str | None) -> str | None:
        if answer == DROP:
            assert isinstance(server.transport, asyncio.WriteTransport)
            server.transport.abort()
            return "421 gone"
        if answer == STALL:
            await asyncio.sleep(30)
        return answer

    async def handle_MAIL(
        self, server: SMTP, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if answer := await self._do(server, self.behaviour.mail(address)):
            return answer
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        answer = await self._do(server, self.behaviour.rcpt(address)) or "250 OK"
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:
        if answer := await self._do(server, self.behaviour.data(len(self.box.messages))):
            return answer
        message = email.message_from_bytes(envelope.original_content, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        self.box.messages.append(message)
        self.box.addresses.append(tuple(envelope.rcpt_tos))
        if answer := await self._do(server, self.behaviour.after(len(self.box.messages))):
            return answer
        return "250 2.0.0 đã nhận"


class _Controller(Controller):
    def __init__(self, handler: _Handler, **options: Any) -> None:
        super().__init__(handler, hostname=HOST, port=0, ready_timeout=10, **options)
        self.box = handler.box

    def factory(self) -> Any:
        self.box.connections += 1
        server = super().factory()  # type: ignore[no-untyped-call, unused-ignore]
        whole = server.connection_lost

        def connection_lost(error: Exception | None) -> None:
            whole(error)
            self.box.open.discard(server)

        server.connection_lost = connection_lost
        self.box.open.add(server)
        return server

    def _trigger_server(self) -> None:
        """Find out which port the system gave, and begin as for a first client."""
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call, unused-ignore]


@dataclass
class Certificates:
    """An authority of the test's own, and the file that clients trust it by."""

    authority: trustme.CA
    file: Path

    def server(self, *names: str, **options: Any) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.authority.issue_cert(*(names or (HOST, "localhost")), **options).configure_cert(
            context
        )
        return context

    def expired(self) -> ssl.SSLContext:
        return self.server(not_after=dt.datetime.now(dt.UTC) - dt.timedelta(days=1))


def certificates(folder: Path) -> Certificates:
    authority = trustme.CA()
    file = folder / "chung-chi.pem"
    authority.cert_pem.write_to_path(file)
    return Certificates(authority, file)


@contextmanager
def smtp_server(
    own: Certificates,
    behaviour: Behaviour | None = None,
    *,
    context: ssl.SSLContext | None = None,
    with_tls: bool = True,
    implicit: bool = False,
    login: bool = True,
) -> Iterator[tuple[Server, Mailbox]]:
    """Run a server; yield how to reach it, trusting its authority, and what it takes.

    `login` tells whether somebody has to log in; Postfix and aiosmtpd want to be greeted first.
    """
    box = Mailbox()

    def check(
        server: SMTP, session: Any, envelope: Any, mechanism: str, data: object
    ) -> AuthResult:
        assert isinstance(data, LoginPassword)
        box.logins.append(data.login)
        right = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
        return AuthResult(success=right, handled=False)

    options: dict[str, Any] = {}
    tls = context or own.server()
    if implicit:
        options = {"ssl_context": tls}
        options |= {"authenticator": check, "auth_require_tls": False} if login else {}
    elif with_tls:
        options = {"tls_context": tls, "require_starttls": True}
        options |= {"authenticator": check, "auth_required": True} if login else {}
    controller = _Controller(_Handler(box, behaviour or Behaviour()), **options)
    controller.start()
    try:
        box.connections = 0
        security = Security.TLS if implicit else Security.STARTTLS
        yield Server(HOST, controller.port, security, USER if login else "", 3, own.file), box
    finally:
        controller.stop()


def outgoing(server: Server) -> Server:
    """Return a server that is handed messages as fast as it takes them."""
    return replace(server, per_minute=100_000)
