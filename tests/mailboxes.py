"""Mailboxes as units and the office see them, with the standard library's own programs."""

from __future__ import annotations

import email
import email.policy
import imaplib
import smtplib
import time
from email.message import EmailMessage

from .mail_servers import HOST, MailServers

PATIENCE = 30


def mailbox(servers: MailServers, address: str) -> imaplib.IMAP4_SSL:
    box = imaplib.IMAP4_SSL(HOST, servers.imap_port, ssl_context=servers.context(), timeout=20)
    box.login(address, servers.password)
    return box


def empty(servers: MailServers, *addresses: str) -> None:
    for address in addresses:
        with mailbox(servers, address) as box:
            if box.select("INBOX")[1] != [b"0"]:
                box.store("1:*", "+FLAGS", "\\Deleted")
                box.expunge()


def state(servers: MailServers, address: str) -> tuple[bytes, ...]:
    """Return what the server counts in a mailbox, and the marks of each message."""
    with mailbox(servers, address) as box:
        counts = box.status("INBOX", "(MESSAGES RECENT UNSEEN UIDNEXT)")[1][0]
        box.select("INBOX", readonly=True)
        return (counts, *(item for item in box.fetch("1:*", "(UID FLAGS)")[1] if item))


def send(servers: MailServers, sender: str, to: str, message: EmailMessage) -> None:
    message.replace_header("To", to)
    with smtplib.SMTP(HOST, servers.smtp_port, timeout=20) as connection:
        connection.starttls(context=servers.context())
        connection.login(sender, servers.password)
        connection.send_message(message, sender, [to])


def wait_for(servers: MailServers, address: str, count: int) -> None:
    """Wait until so many messages were delivered."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with mailbox(servers, address) as box:
            if int(box.select("INBOX", readonly=True)[1][0] or b"0") >= count:
                return
        time.sleep(0.1)
    raise AssertionError(f"not delivered:\n{servers.logs()}")


def received(servers: MailServers, address: str) -> EmailMessage:
    with mailbox(servers, address) as box:
        box.select("INBOX")
        whole = box.fetch("1", "(RFC822)")[1][0]
    assert isinstance(whole, tuple)
    message = email.message_from_bytes(whole[1], policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def attachments(message: EmailMessage) -> dict[str, bytes]:
    """Return the files of a message by their names, in their order."""
    found = {}
    for part in message.iter_attachments():
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        found[str(part.get_filename())] = content
    return found
