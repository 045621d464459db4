"""Messages that programs write by themselves: reports of delivery, and answers of absent people.

A report is what RFC 3464 describes or, from servers that do not follow it, a text of the mail
system itself. Nothing in either is a return, whatever is attached.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message

from cchc_office.files.folders import printable
from cchc_office.model import DeliveryAction, DeliveryNotice
from cchc_office.returns.message_files import (
    decoded_header,
    parse_message,
    parts_of,
    sender_of,
    text_of,
)

_REPORT = "multipart/report"
_STATUS = frozenset(("message/delivery-status", "message/global-delivery-status"))
"""Those of RFC 3464 and, for addresses that are not ASCII, of RFC 6533."""

_RECEIPTS = frozenset(("message/disposition-notification",))
_HEADERS_ONLY = frozenset(
    ("text/rfc822-headers", "message/rfc822-headers", "message/global-headers")
)
_WHOLE = frozenset(("message/rfc822", "message/global"))
_MAIL_SYSTEMS = re.compile(r"(?:mailer-?daemon|mail-?daemon|postmaster|mmdf|uucp)\b", re.IGNORECASE)
_ANSWERED = re.compile(r"\s*auto-replied\b", re.IGNORECASE)
_MESSAGE_ID = re.compile(r"<([^<>\s]{1,250}@[^<>\s]{1,250})>")
_ADDRESS = re.compile(r"[^\s<>\"(),:;@]{1,64}@[^\s<>\"(),:;@]{1,255}")
_CODE = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_REPLY = re.compile(r"(?<![\d.])([45])\d\d(?=[ -])")
_PASSING = re.compile(
    r"\b(?:delay|will (?:be retried|keep trying|retry)|still (?:trying|being retried))",
    re.IGNORECASE,
)
_ACTIONS = {
    "failed": DeliveryAction.FAILED,
    "delayed": DeliveryAction.DELAYED,
    "delivered": DeliveryAction.DELIVERED,
    "relayed": DeliveryAction.RELAYED,
    "expanded": DeliveryAction.EXPANDED,
}
_MOST_RECIPIENTS, _MOST_IDS, _LONGEST_WORDS = 200, 200, 300


@dataclass(frozen=True)
class DeliveryReport:
    """What a mail system reports of a message that went out.

    `message_ids` are all those named in it; that of the message is among them, if anything names
    it. The notices have no Message-ID yet; without any the address is in `addresses`, if anywhere.
    """

    message_ids: tuple[str, ...]
    notices: tuple[DeliveryNotice, ...]
    addresses: tuple[str, ...] = ()


def is_report(message: Message) -> bool:
    """Tell by its headers whether a message reports of another one: of its delivery or reading."""
    return message.get_content_type() == _REPORT or "x-failed-recipients" in message


def is_of_mail_system(message: Message) -> bool:
    """Tell whether a message calls a mail system its sender; what it says may be a report."""
    return bool(_MAIL_SYSTEMS.match(sender_of(message)))


def is_automatic_answer(message: Message) -> bool:
    """Tell by its headers whether a program answered by itself (RFC 3834), and is no mail system.

    What a scanner or a filter sends on by itself is no answer.
    """
    answered = bool(_ANSWERED.match(str(message.get("auto-submitted", ""))))
    reports = is_report(message) or is_of_mail_system(message)
    return (answered or "x-autoreply" in message) and not reports


def read_report(message: Message) -> DeliveryReport:
    """Return what a report says; it has no notices where it is a receipt.

    Never raises for what stands in it.
    """
    parts = list(parts_of(message))
    ids = tuple(dict.fromkeys(_named_ids(message, parts)))[:_MOST_IDS]
    notices: list[DeliveryNotice] = []
    for part in parts:
        if part.get_content_type() in _STATUS:
            notices += _notices(part)
    if not notices and not any(p.get_content_type() in _RECEIPTS for p in parts):
        return _told_in_words(message, parts, ids)
    return DeliveryReport(ids, tuple(notices[:_MOST_RECIPIENTS]))


# --- RFC 3464 ---


def _notices(part: Message) -> Iterator[DeliveryNotice]:
    for fields in _groups(part):
        # A comment may follow the word.
        action = _ACTIONS.get(str(fields.get("action", "")).partition("(")[0].strip().lower())
        if action is None:
            continue
        named = (fields.get("original-recipient"), fields.get("final-recipient"))
        addresses = [a for value in named if value and (a := _recipient(str(value)))]
        words = printable(decoded_header(fields, "diagnostic-code")).strip()[:_LONGEST_WORDS]
        status = _status(str(fields.get("status", "")), words)
        yield DeliveryNotice("", addresses[0] if addresses else "", action, status, words)


def _status(field: str, words: str) -> str:
    """Return the code of a report; many servers give a general one beside words that say more."""
    told, in_words = _CODE.search(field), _CODE.search(words)
    general = told is None or told.group(1).endswith(".0.0")
    best = in_words if general and in_words else told
    return best.group(1) if best else ""


def _groups(part: Message) -> Iterator[Message]:
    """Yield the groups of fields, which the parser gives as messages of headers.

    What it does not know as a report it gives as text, or as one message with the rest as its text.
    """
    payload = part.get_payload() if part.is_multipart() else None
    if not isinstance(payload, list):
        yield from _groups_in(text_of(part))
        return
    for group in payload:
        if isinstance(group, Message):
            yield group
            yield from _groups_in(text_of(group))


def _groups_in(text: str) -> Iterator[Message]:
    for group in re.split(r"\n\s*\n", text.replace("\r\n", "\n")):
        yield parse_message(group.encode("utf-8", "replace") + b"\n\n")


def _recipient(value: str) -> str:
    found = _ADDRESS.search(value.rpartition(";")[2] or value)
    return found.group() if found else ""


# --- reports in words ---


def _told_in_words(message: Message, parts: list[Message], ids: tuple[str, ...]) -> DeliveryReport:
    """Return what a text says, or headers beside it; where it names nobody, what might be named."""
    text = "\n".join(text_of(part) for part in parts if part.get_content_maintype() == "text")
    told = html.unescape(text)
    code, reply = _CODE.search(told), _REPLY.search(told)
    status = code.group(1) if code else ""
    first = status[:1] or (reply.group(1) if reply else "")
    passes = first == "4" or (first != "5" and bool(_PASSING.search(told)))
    action = DeliveryAction.DELAYED if passes else DeliveryAction.FAILED
    words = _line_with(told, code or reply)
    named = _ADDRESS.findall(str(message.get("x-failed-recipients", "")))
    notices = tuple(DeliveryNotice("", a, action, status, words) for a in dict.fromkeys(named))
    if notices:
        return DeliveryReport(ids, notices)
    addresses = tuple(dict.fromkeys(_ADDRESS.findall(told)))[:_MOST_RECIPIENTS]
    return DeliveryReport(ids, (DeliveryNotice("", "", action, status, words),), addresses)


def _line_with(text: str, found: re.Match[str] | None) -> str:
    if found is None:
        return ""
    start = text.rfind("\n", 0, found.start()) + 1
    return printable(text[start:].partition("\n")[0]).strip()[:_LONGEST_WORDS]


# --- which message it is about ---


def _named_ids(message: Message, parts: list[Message]) -> Iterator[str]:
    """Yield the Message-IDs named, those of the message that is sent back first."""
    for part in parts:
        if part.get_content_type() in _WHOLE:
            inner = part.get_payload()
            for whole in inner if isinstance(inner, list) else ():
                if isinstance(whole, Message):
                    yield from _ids(str(whole.get("message-id", "")))
    for part in parts:
        if part.get_content_type() in _HEADERS_ONLY:
            yield from _ids(text_of(part))
    for name in ("in-reply-to", "references", "x-original-message-id"):
        yield from _ids(str(message.get(name, "")))
    for part in parts:
        if part.get_content_maintype() == "text":
            yield from _ids(html.unescape(text_of(part)))


def _ids(text: str) -> Iterator[str]:
    return (f"<{found}>" for found in _MESSAGE_ID.findall(text))
