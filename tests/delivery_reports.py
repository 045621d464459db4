"""Reports of mail systems about messages that did not arrive, in the shapes that they write."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP

DATE = "Mon, 25 Nov 2024 09:00:00 +0700"
DAEMON = "MAILER-DAEMON@a.example (Mail Delivery System)"

STANDARD = """\
From: {sender}
To: van-phong@a.example
Subject: Undelivered Mail Returned to Sender
Date: {date}
Message-ID: <{key}@mx.a.example>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="x"

--x
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mx.a.example.

--x
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.a.example
Arrival-Date: {date}

{recipients}
--x
{original}
--x--
"""

RECIPIENT = """\
Final-Recipient: rfc822; {address}
Original-Recipient: rfc822;{address}
Action: {action}
Status: {status}
Diagnostic-Code: {words}
"""


def recipient(
    address: str, action: str = "failed", status: str = "5.1.1", words: str = "smtp; 550 no"
) -> str:
    return RECIPIENT.format(address=address, action=action, status=status, words=words)


def headers_of(message_id: str) -> str:
    return (
        "Content-Type: text/rfc822-headers\n\n"
        f"Message-ID: {message_id}\nSubject: giao\nTo: vp@a.example\n"
    )


def whole(message: EmailMessage) -> str:
    return f"Content-Type: message/rfc822\n\n{message.as_bytes().decode()}"


def report(
    original: str, *recipients: str, key: str = "1", sender: str = DAEMON, date: str = DATE
) -> bytes:
    """Return a report after RFC 3464, as Postfix, Exchange and Gmail write it."""
    told = "\n".join(recipients)
    text = STANDARD.format(sender=sender, date=date, key=key, recipients=told, original=original)
    return text.replace("\r\n", "\n").encode()


def in_words(text: str, sender: str = DAEMON, **headers: str) -> bytes:
    """Return a report that is only a text, as older systems write it."""
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = "van-phong@a.example"
    message["Subject"] = "failure notice"
    message["Date"] = DATE
    message["Message-ID"] = "<words@mx.a.example>"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message.as_bytes()
