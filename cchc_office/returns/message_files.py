"""The files attached to an e-mail message, or shared by a link in it, whatever program wrote it."""

from __future__ import annotations

import datetime as dt
import email
import email.errors
import email.header
import email.utils
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.policy import Compat32
from urllib.parse import urlsplit

from cchc_office.files.folders import printable
from cchc_office.files.limits import MOST_FILE_BYTES
from cchc_office.files.unreadable_file import UnreadableFileError, damaged, too_large
from cchc_office.returns.containers import (
    Allowance,
    WrappedFailure,
    WrappedFile,
    believable,
    wrapped_name,
)
from cchc_office.text.vietnamese import VIETNAM, composed

_MESSAGE, _FILE = "message/rfc822", "application/octet-stream"
_ENCODED = "content-transfer-encoding"
_ENCODINGS_OF_FILES = frozenset(("base64", "quoted-printable"))
_PASSED_OVER = frozenset(
    (
        "application/pkcs7-signature",
        "application/x-pkcs7-signature",
        "application/pgp-signature",
        "application/applefile",
    )
)
_LARGEST_DECORATION = 150 * 1024
_FIRST_LINES = 1000
_LONGEST_HEADER = 4096
"""Letters; the longest name that a file can have takes some 2,200 in the longest encoding."""

_NOT_WHOLE = "phần đính kèm không nguyên vẹn"
_NAMELESS_MESSAGE = "thư chuyển tiếp"
_ENCODINGS = ("utf-8", "cp1258", "latin-1")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"|\((?:[^()\\]|\\.)*\)')
_IN_ANGLES = re.compile(r"<([^<>]*)>")
_ADDRESS = re.compile(r"[^\s<>\"(),:;@]+@[^\s<>\"(),:;@]+")
_LINK = re.compile(r"https?://[^\s<>\"'\\]{1,2000}", re.IGNORECASE)
_MOST_TEXT, _MOST_LINKS, _LONGEST_LINK = 512 * 1024, 5, 150
_SERVICES = {
    "drive.google.com": "Google Drive",
    "docs.google.com": "Google Drive",
    "drive.usercontent.google.com": "Google Drive",
    "onedrive.live.com": "OneDrive",
    "1drv.ms": "OneDrive",
    "sharepoint.com": "OneDrive",
    "dropbox.com": "Dropbox",
    "wetransfer.com": "WeTransfer",
    "we.tl": "WeTransfer",
    "icloud.com": "iCloud",
    "box.com": "Box",
    "mega.nz": "MEGA",
    "mediafire.com": "MediaFire",
    "transfernow.net": "TransferNow",
    "terabox.com": "TeraBox",
    "fshare.vn": "Fshare",
}
"""Where offices put files to share, by the end of the host's name."""

_ODD_HEADER = (ValueError, LookupError, AttributeError, TypeError, OverflowError)
"""What the standard library stumbles over in headers that nobody should write."""


class _AsWritten(Compat32):
    """Headers as they stand in the message: many hold raw 8-bit names, which are told later.

    The standard library takes minutes over some headers of a megabyte, so all are cut.
    """

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value[:_LONGEST_HEADER]

    def header_fetch_parse(self, name: str, value: str) -> str:  # noqa: ARG002 - the policy's own
        return value


class _Lenient(Message):
    """A part of a message. A message in it that is encoded, which MIME forbids, is a file in it.

    The standard library would take the encoded letters for the message.
    """

    @property
    def is_encoded_message(self) -> bool:
        encoding = str(self.get(_ENCODED, "")).strip().lower()
        return self.written_type.startswith("message/") and encoding in _ENCODINGS_OF_FILES

    def get_content_type(self) -> str:
        return _FILE if self.is_encoded_message else self.written_type

    def get_content_maintype(self) -> str:
        return self.get_content_type().partition("/")[0]

    @property
    def written_type(self) -> str:
        """The kind that the part says it is of."""
        return super().get_content_type()


@dataclass(frozen=True)
class AttachedMessage:
    """A message that is attached to another one."""

    name: str
    message: Message


def parse_message(content: bytes) -> Message:
    """Return the message in `content`; raises UnreadableFileError."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        content = content.decode("utf-16", "replace").encode("utf-8")
    content = with_usual_lines(content).removeprefix(b"\xef\xbb\xbf").lstrip()
    if content.startswith(b">From "):
        content = content[1:]
    try:
        return email.message_from_bytes(content, _Lenient, policy=_AsWritten())
    except _ODD_HEADER as error:
        raise damaged("phần đầu của thư không nguyên vẹn") from error


def with_usual_lines(content: bytes) -> bytes:
    """Return a message whose ends of lines a program wrote as those of text, as they should be."""
    doubled = b"\r\r\n" in content[:_FIRST_LINES]
    return content.replace(b"\r\r\n", b"\r\n") if doubled else content


def sender_of(message: Message) -> str:
    """Return the address that the message says it is from, "" where it names none, or several.

    Names beside the address are not looked at: they may hold another address.
    """
    written = message.get_all("from", [])
    if len(written) != 1:
        return ""
    bare = _QUOTED.sub(" ", _from_bytes(str(written[0]).encode("utf-8", "surrogateescape")))
    angles = _IN_ANGLES.findall(bare)
    found = _ADDRESS.findall(angles[0] if len(angles) == 1 else bare)
    return composed(found[0]) if len(found) == 1 and len(angles) < 2 else ""


def subject_of(message: Message) -> str:
    """Return the message's subject, on one line."""
    return printable(decoded_header(message, "subject")).strip()


def date_of(message: Message) -> dt.datetime | None:
    """Return when the message says it was sent, None where it does not say."""
    try:
        date = email.utils.parsedate_to_datetime(decoded_header(message, "date"))
        return believable(date if date.tzinfo else date.replace(tzinfo=VIETNAM))
    except _ODD_HEADER:
        return None


def decoded_header(message: Message, name: str) -> str:
    """Return what a header says in letters, "" where there is none."""
    return _decoded(str(message.get(name, "")))


def parts_of(message: Message) -> Iterator[Message]:
    """Yield the parts of a message that are no containers; of a message in it not what it holds."""
    waiting = [message]
    while waiting:
        part = waiting.pop()
        if part.is_multipart() and part.get_content_maintype() == "multipart":
            waiting += reversed(_parts(part))
        else:
            yield part


def text_of(part: Message) -> str:
    """Return the text of a part as far as it can be read, "" of one that is none; never raises."""
    try:
        content = _content(part)
    except UnreadableFileError:
        return ""
    return _from_bytes(content, str(part.get_content_charset("")))


def message_files(
    message: Message, allowance: Allowance
) -> Iterator[WrappedFile | WrappedFailure | AttachedMessage]:
    """Yield what is attached to `message`; raises AllowanceSpentError."""
    sender, saved = sender_of(message), date_of(message)
    for part in _attachments(message):
        allowance.take_files(1)
        name = wrapped_name(_file_name(part))
        if isinstance(inner := _inner(part), Message):
            title = _file_name(part) or decoded_header(inner, "subject") or _NAMELESS_MESSAGE
            yield AttachedMessage(wrapped_name(title), inner)
            continue
        try:
            content = _content(part)
        except UnreadableFileError as error:
            yield WrappedFailure(name, error)
            continue
        allowance.take_bytes(len(content))
        if isinstance(part, _Lenient) and part.written_type == _MESSAGE:
            yield AttachedMessage(name, parse_message(content))
            continue
        decoration = _is_inline(part) and len(content) <= _LARGEST_DECORATION
        yield WrappedFile(name, content, saved, sender, decoration=decoration)


def shared_links(message: Message) -> tuple[tuple[str, str], ...]:
    """Return the links in what the sender wrote: the service's name and the address, each once."""
    found: dict[str, str] = {}
    for part in parts_of(message):
        if part.get_content_maintype() != "text":
            continue
        for match in _LINK.finditer(html.unescape(text_of(part)[:_MOST_TEXT])):
            link = match.group().rstrip(".,;:)]")
            if service := _service(link):
                found.setdefault(printable(link)[:_LONGEST_LINK], service)
    return tuple((service, link) for link, service in found.items())[:_MOST_LINKS]


def _service(link: str) -> str:
    try:
        host = (urlsplit(link).hostname or "").lower()
    except ValueError:
        return ""
    ends = (e for e in _SERVICES if host == e or host.endswith(f".{e}"))
    return next((_SERVICES[end] for end in ends), "")


# --- the parts of a message ---


def _parts(part: Message) -> list[Message]:
    # Asked of a part that is none, the payload would be decoded, by whatever its headers say.
    payload = part.get_payload() if part.is_multipart() else []
    return [p for p in payload if isinstance(p, Message)] if isinstance(payload, list) else []


def _inner(part: Message) -> Message | None:
    parts = _parts(part) if part.get_content_type() == _MESSAGE else []
    return parts[0] if parts else None


def _attachments(message: Message) -> Iterator[Message]:
    waiting = [message]
    while waiting:
        part = waiting.pop()
        if part.is_multipart() and _inner(part) is None:
            waiting += reversed(_parts(part))
        elif not _is_text_of(part) and part.get_content_type() not in _PASSED_OVER:
            yield part


def _is_text_of(part: Message) -> bool:
    """Tell whether a part is what the sender wrote, not what is attached."""
    is_text = part.get_content_maintype() == "text"
    return is_text and part.get_content_disposition() != "attachment" and not _file_name(part)


def _is_inline(part: Message) -> bool:
    return "content-id" in part or part.get_content_disposition() == "inline"


def _content(part: Message) -> bytes:
    encoding = str(part.get(_ENCODED, "")).strip()
    if encoding:
        # The standard library does not decode what has a blank beside the encoding's name.
        part.replace_header(_ENCODED, encoding)
    try:
        content = part.get_payload(decode=True)
    except _ODD_HEADER as error:
        raise damaged(_NOT_WHOLE) from error
    if not isinstance(content, bytes) or any(
        isinstance(d, email.errors.InvalidBase64LengthDefect) for d in part.defects
    ):
        raise damaged(_NOT_WHOLE)
    if len(content) > MOST_FILE_BYTES:
        raise too_large("dung lượng", len(content), MOST_FILE_BYTES)
    return content


# --- headers ---


def _file_name(part: Message) -> str:
    try:
        name = part.get_filename() or ""
    except _ODD_HEADER:
        return ""
    return _decoded(name)


def _decoded(text: str) -> str:
    """Return a header's words in letters: encoded words (RFC 2047) and raw bytes."""
    text = _from_bytes(text.encode("utf-8", "surrogateescape"))
    if "=?" not in text:
        return text
    try:
        words = email.header.decode_header(text)
    except (email.errors.HeaderParseError, ValueError):
        return text
    return "".join(
        _from_bytes(word, encoding or "") if isinstance(word, bytes) else word
        for word, encoding in words
    )


def _from_bytes(raw: bytes, encoding: str = "") -> str:
    for candidate in (encoding, *_ENCODINGS):
        try:
            if candidate:
                return raw.decode(candidate)
        except (ValueError, LookupError):
            continue
    return raw.decode("utf-8", "replace")
