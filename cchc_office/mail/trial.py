"""Sending one message to oneself, to see it as a unit will; nothing of it is kept."""

from __future__ import annotations

import email
import smtplib
from email import policy
from email.message import EmailMessage

from cchc_office.mail.connecting import (
    CannotConnectError,
    Reply,
    connect,
    explained,
    server_words,
)
from cchc_office.mail.outbox import Message
from cchc_office.mail.passwords import Secret
from cchc_office.mail.settings import OutgoingServer
from cchc_office.register.trail import MARK

_PREFIX = "[GỬI THỬ] "


def send_trial(
    message: Message, address: str, sender: str, outgoing: OutgoingServer, secret: Secret | None
) -> None:
    """Send a unit's message to `address` and to nobody else; raises CannotConnectError.

    It carries neither the mark nor the Message-ID of the real one, so that nothing that comes back
    is taken for an answer to that.
    """
    connection = connect(outgoing.server, secret, sender.rpartition("@")[2] or "localhost")
    try:
        _hand_over(connection, sender, address, as_trial(message, address))
    except (OSError, smtplib.SMTPException) as error:
        raise explained(error, outgoing.server) from None
    finally:
        connection.close()


def _hand_over(connection: smtplib.SMTP, sender: str, address: str, content: bytes) -> None:
    """Raise what the server says; smtplib's own `sendmail` takes only some answers for a yes."""
    code, words = connection.mail(sender)
    if Reply.of(code) is not Reply.DONE:
        raise smtplib.SMTPSenderRefused(code, words, sender)
    code, words = connection.rcpt(address)
    if Reply.of(code) is not Reply.DONE:
        raise CannotConnectError(
            f"máy chủ không nhận địa chỉ {address}: “{server_words(code, words)}”",
            "Kiểm tra địa chỉ sau --thu-toi.",
        )
    code, words = connection.data(content)
    if Reply.of(code) is not Reply.DONE:
        raise smtplib.SMTPDataError(code, words)


def as_trial(message: Message, address: str) -> bytes:
    """Return the message with another addressee and a subject that says what it is."""
    whole = email.message_from_bytes(
        message.content, _class=EmailMessage, policy=policy.SMTP.clone(max_line_length=78)
    )
    for name in ("To", "Cc", "Message-ID", MARK):
        del whole[name]
    whole["To"] = address
    subject = whole["Subject"]
    del whole["Subject"]
    whole["Subject"] = f"{_PREFIX}{subject}"
    return whole.as_bytes()
