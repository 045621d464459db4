"""A server that speaks as much IMAP as fetching asks for, and misbehaves where it is told to."""

from __future__ import annotations

import base64
import re
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

HOST = "localhost"
USER, PASSWORD = "van-phong@a.example", "mật khẩu"


@dataclass
class Behaviour:
    """What the server holds and how it answers.

    `at` maps the beginning of a command ("FETCH 102") to what is done instead of answering it;
    `between` is told unasked among the answers to FETCH. Messages have the numbers from
    `first_uid` on, under UIDVALIDITY `validity` ("" for a server that tells none); of those in
    `refused` the server hands out nothing, in whichever company they are asked for.
    """

    messages: list[bytes] = field(default_factory=list)
    at: dict[str, Callable[[socket.socket], None]] = field(default_factory=dict)
    between: bytes = b""
    tls: ssl.SSLContext | None = None
    validity: str = "7"
    first_uid: int = 101
    refused: frozenset[int] = frozenset()
    refusal: str = "NO [SERVERBUG] Internal error"
    commands: list[str] = field(default_factory=list)

    @property
    def uids(self) -> dict[int, bytes]:
        return dict(enumerate(self.messages, self.first_uid))


def stall(connection: socket.socket) -> None:
    """Say nothing until the other side gives up."""
    with suppress(OSError):
        connection.recv(1)


def drop(connection: socket.socket) -> None:
    """Break the connection."""
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)


@contextmanager
def serving(behaviour: Behaviour) -> Iterator[int]:
    """Serve on a free port of localhost; yield the port."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=_accept, args=(listening, behaviour), daemon=True)
        thread.start()
        yield listening.getsockname()[1]
        # A thread that waits for a connection is not woken by closing the socket alone.
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)
    thread.join(timeout=10)


def _accept(listening: socket.socket, behaviour: Behaviour) -> None:
    while True:
        try:
            connection, _ = listening.accept()
        except OSError:
            return
        with connection, suppress(OSError):
            if behaviour.tls is None:
                _talk(connection, behaviour)
                continue
            with behaviour.tls.wrap_socket(connection, server_side=True) as secured:
                _talk(secured, behaviour)


def _talk(connection: socket.socket, behaviour: Behaviour) -> None:
    connection.sendall(b"* OK ready\r\n")
    with connection.makefile("rb") as lines:
        for line in lines:
            tag, _, rest = line.decode(errors="replace").strip().partition(" ")
            bare = rest.removeprefix("UID ")
            behaviour.commands.append(rest)
            for start, instead in behaviour.at.items():
                if bare.startswith(start):
                    instead(connection)
                    return
            verb = bare.split(" ")[0].upper()
            given = b""
            if verb == "AUTHENTICATE":
                connection.sendall(b"+ \r\n")
                given = next(lines)
            told, done = _answer(verb, bare, given, behaviour)
            connection.sendall(told + f"{tag} {done}\r\n".encode())


def _answer(verb: str, command: str, given: bytes, behaviour: Behaviour) -> tuple[bytes, str]:
    if verb == "CAPABILITY":
        return b"* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n", "OK done"
    if verb == "LOGIN":
        return b"", "NO [AUTHENTICATIONFAILED] wrong"
    if verb == "AUTHENTICATE":
        right = _plain(USER, PASSWORD) == given.strip()
        return b"", "OK done" if right else "NO [AUTHENTICATIONFAILED] wrong"
    if verb == "LOGOUT":
        return b"* BYE\r\n", "OK done"
    return _of_mailbox(verb, command, behaviour)


def _of_mailbox(verb: str, command: str, behaviour: Behaviour) -> tuple[bytes, str]:
    if verb == "EXAMINE":
        if "INBOX" not in command:
            return b"", "NO no such mailbox"
        count = len(behaviour.messages)
        told = f"* OK [UIDVALIDITY {behaviour.validity}] fine\r\n" if behaviour.validity else ""
        return f"* {count} EXISTS\r\n{told}".encode(), "OK [READ-ONLY] done"
    if verb == "LIST":
        return b'* LIST (\\Noselect) "/" "[Mail]"\r\n* LIST () "/" "Phi&Hr8-u"\r\n', "OK done"
    if verb == "SEARCH":
        uids = " ".join(map(str, behaviour.uids))
        return f"* SEARCH {uids}\r\n".encode(), "OK done"
    if verb == "FETCH":
        if behaviour.refused.intersection(_wanted(command)):
            return b"", behaviour.refusal
        return b"".join(_fetched(command, behaviour)), "OK done"
    return b"", "OK done"


def _plain(user: str, password: str) -> bytes:
    """Return a login as the mechanism PLAIN sends it."""
    return base64.b64encode(f"\0{user}\0{password}".encode())


def _wanted(command: str) -> list[int]:
    wanted = re.match(r"FETCH ([\d,]+)", command)
    assert wanted
    return [int(uid) for uid in wanted.group(1).split(",")]


def _fetched(command: str, behaviour: Behaviour) -> Iterator[bytes]:
    for uid in _wanted(command):
        whole = behaviour.uids[uid]
        text = whole if "BODY.PEEK[]" in command else whole.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
        part = b"BODY[]<0>" if "BODY.PEEK[]" in command else b"BODY[HEADER.FIELDS (X)]"
        yield behaviour.between
        # The number of the message comes after its text, as some servers have it.
        yield b"* %d FETCH (%s {%d}\r\n%s UID %s RFC822.SIZE %d INTERNALDATE %s)\r\n" % (
            uid - behaviour.first_uid + 1,
            part,
            len(text),
            text,
            str(uid).encode(),
            len(whole),
            b'"26-Nov-2024 09:00:00 +0700"',
        )
