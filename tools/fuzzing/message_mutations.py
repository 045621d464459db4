"""Mutations of an e-mail message: its headers, boundaries and encodings, and how deep it nests."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

_HEADER = re.compile(rb"^([A-Za-z-]+):[^\n]*\n(?:[ \t][^\n]*\n)*", re.MULTILINE)
_ENCODED_LINE = re.compile(rb"^[A-Za-z0-9+/]{60,}\n", re.MULTILINE)
_BOUNDARY = b"=_phieu"
_BASE64 = b"Content-Transfer-Encoding: base64"
_MANY = (3, 50, 2000, 20_000)
_ENCODINGS = (b"7bit", b"8bit", b"binary", b"quoted-printable", b"x-uuencode", b"uue", b"BASE64 ",
              b"base64; x", b"", b"\xff", b"base64" * 1000)  # fmt: skip
_CHARSETS = (b"utf-8", b"idna", b"punycode", b"rot13", b"hex", b"zlib", b"bz2", b"utf-7",
             b"undefined", b"unicode_escape", b"x", b"", b"cp65001", b"utf-16")  # fmt: skip
_TYPES = (b"multipart/mixed", b"message/rfc822", b"message/partial", b"message/delivery-status",
          b"text/plain", b"application/pkcs7-signature", b"multipart/digest", b"/", b"",
          b"text/plain; charset=" + b"x" * 5000, b"a/b" + b"; x" * 20_000)  # fmt: skip
_NAMES = (
    b'filename="../../x.xlsx"', b'filename="/etc/passwd"', b"filename=",
    b'filename="\xd0\xff.xlsx"',
    b'filename="' + b"x" * 70_000 + b'"', b"filename*=utf-8''%F0%9F%92%A3.xlsx",
    b"filename*=idna''" + b"xn--" + b"a" * 3000, b"filename*=undefined'x'%41", b"filename*0*=x''%",
    b"".join(b'filename*%d="a"; ' % n for n in range(500)), b"filename*-1=a",
    b"filename*999999999=a",
    b"filename*0=a; filename*0=b; filename*1*=%ff", b'filename="=?utf-8?b?4bqjbmgueGxzeA=?="',
    b'filename="=?utf-8?q?=ED=A0=80?="', b'filename="=?punycode?q?' + b"a" * 5000 + b'?="',
    b'filename="a\x00b\x1b[2J.xlsx"', b'filename="' + b"=?utf-8?q?a?= " * 3000 + b'"',
    b"filename*=utf-8''%ED%A0%80.xlsx", b"filename*=utf-16''a", b"filename*='" + b"'" * 5000,
)  # fmt: skip
_SENDERS = (
    b"(" * 20_000, b"<" * 20_000, b'"' * 20_001, b"a@" + b"b." * 20_000, b"," * 50_000,
    b"=?utf-8?q?=ED=A0=80?= <a@b>", b"\xff\xfe@x", b"@", b"a@b\r\n\tc: d", b"x" * 300_000,
    b"[" * 9999,
    b"=?utf-8?q?a?= " * 60_000, b"=?a?q?" * 200_000, b"=?punycode?q?x-" + b"a" * 600_000 + b"?=",
    b"=?idna?b?" + b"YWFh" * 5000 + b"?= <a@b>", b"\x00@\x00", b"a(" * 9999 + b"@b", b"\\" * 9999,
)  # fmt: skip
_DATES = (b"", b"0", b"Wed, 99 Nov 99999999999 09:30:00 +0700", b"1 Jan 1 00:00:00 +9999",
          b"20 Nov 2024 09:30:00 +2400", b"20 Nov 2024 24:61:61 -2360", b"x" * 9999, b"\xc3\xa0",
          b"20 Nov 2024 09:30:00 +99999999999999999999", b"31 Dec 9999 23:59:59 -2359",
          b"1 Jan 0001 00:00:00 +2359", b"Nov", b"," * 5000, b": " * 5000)  # fmt: skip


def mutate_message(message: bytes, random: Random) -> bytes:
    """Return `message` with up to three things changed."""
    for _ in range(random.choice((1, 1, 2, 3))):
        message = random.choice(_MUTATIONS)(message, random)
    return message


def _header(name: bytes, values: tuple[bytes, ...]) -> Callable[[bytes, Random], bytes]:
    """Return a mutation that sets one of the headers of a name."""
    pattern = re.compile(rb"^" + name + rb":[^\n]*\n(?:[ \t][^\n]*\n)*", re.MULTILINE)

    def change(message: bytes, random: Random) -> bytes:
        found = list(pattern.finditer(message))
        line = name + b": " + random.choice(values) + b"\n"
        if not found:
            return line + message
        chosen = random.choice(found)
        return message[: chosen.start()] + line + message[chosen.end() :]

    return change


def _file_name(message: bytes, random: Random) -> bytes:
    name = random.choice(_NAMES)
    disposition = random.choice((b"attachment; ", b"inline; ", b"", b"x; ", b"attachment;;;"))
    return _header(b"Content-Disposition", (disposition + name,))(message, random)


def _charset(message: bytes, random: Random) -> bytes:
    value = random.choice(
        (
            b'text/plain; charset="%b"',
            b'application/zip; name="=?%b?q?=41?="',
            b"a/b; name*=%b''%%41",
        )
    )
    return _header(b"Content-Type", (value % random.choice(_CHARSETS),))(message, random)


def _remove_header(message: bytes, random: Random) -> bytes:
    found = list(_HEADER.finditer(message))
    if not found:
        return message
    chosen = random.choice(found)
    return message[: chosen.start()] + message[chosen.end() :]


def _repeat_header(message: bytes, random: Random) -> bytes:
    found = list(_HEADER.finditer(message))
    if not found:
        return message
    chosen = random.choice(found)
    count = min(random.choice(_MANY), 2_000_000 // len(chosen.group()))
    return message[: chosen.start()] + chosen.group() * count + message[chosen.start() :]


def _fold_header(message: bytes, random: Random) -> bytes:
    return b"X-Long: a" + b"\n b" * random.choice(_MANY) + b"\n" + message


def _boundary(message: bytes, random: Random) -> bytes:
    changes: tuple[tuple[bytes, bytes], ...] = (
        (b"--" + _BOUNDARY + b"--", b""),
        (b"\n--" + _BOUNDARY + b"\n", b"\n"),
        (b'boundary="' + _BOUNDARY + b'"', b""),
        (b'boundary="' + _BOUNDARY + b'"', b'boundary=""'),
        (b'boundary="' + _BOUNDARY + b'"', b'boundary="' + b"x" * 5000 + b'"'),
        (b'boundary="' + _BOUNDARY + b'"', b'boundary="(?:a+)+$[*"'),
        (b'boundary="' + _BOUNDARY + b'"', b"boundary*=utf-8''%ff"),
        (b'boundary="' + _BOUNDARY + b'"', b"boundary*0*=idna''a; boundary*1=b"),
        (_BOUNDARY, b"-"),
        (b"\n--" + _BOUNDARY + b"\n", (b"\n--" + _BOUNDARY + b"\n") * random.choice(_MANY)),
    )
    old, new = random.choice(changes)
    return message.replace(old, new, random.choice((1, -1)))


def _nest_multipart(message: bytes, random: Random) -> bytes:
    """Put parts within parts, with a boundary for each or one for all."""
    depth = random.choice((2, 10, 100, 1500))
    same = random.random() < 0.3
    head = b""
    for n in range(depth):
        boundary = b"b" if same else b"b%d" % n
        head += b'Content-Type: multipart/mixed; boundary="%b"\n\n--%b\n' % (boundary, boundary)
    return head + message


def _nest_message(message: bytes, random: Random) -> bytes:
    depth = random.choice((1, 2, 3, 10, 200, 1500))
    return b"Subject: a\nContent-Type: message/rfc822\n\n" * depth + message


def _nest_as_attachment(message: bytes, random: Random) -> bytes:
    for n in range(random.choice((1, 2, 3, 5))):
        line = b"\n--f%d" % n
        head = b'From: a@b\nContent-Type: multipart/mixed; boundary="f%d"\n' % n
        message = head + line + b"\nContent-Type: message/rfc822\n\n" + message + line + b"--\n"
    return message


def _cut_base64(message: bytes, random: Random) -> bytes:
    found = list(_ENCODED_LINE.finditer(message))
    if not found:
        return message
    chosen = random.choice(found)
    at = random.randint(chosen.start(), chosen.end())
    gone = random.choice((1, 2, 3, 60, 5000, len(message)))
    return message[:at] + message[at + gone :]


def _soil_base64(message: bytes, random: Random) -> bytes:
    found = list(_ENCODED_LINE.finditer(message))
    if not found:
        return message
    at = random.choice(found).start() + random.choice((0, 1, 30))
    dirt = random.choice(
        (b"=", b"====", b"\x00", b"\xff", b"!", b"-_", b"\n\n", b"> ", b"=\n" * 5000)
    )
    return message[:at] + dirt + message[at:]


def _many_parts(message: bytes, random: Random) -> bytes:
    part = b"\n--" + _BOUNDARY + b"\nContent-Disposition: attachment; filename=a.xlsx\n\nx"
    count = random.choice((10, 999, 1001, 5000))
    return message.replace(b"\n--" + _BOUNDARY + b"--", part * count, 1)


def _other_lines(message: bytes, random: Random) -> bytes:
    return message.replace(
        b"\n", random.choice((b"\r\n", b"\r", b"\n\n", b"\r\r\n", b"\x0b", b"\x85"))
    )


def _before(message: bytes, random: Random) -> bytes:
    lines = (b"From a Wed Nov 20 09:30:00 2024\n", b">From a\n", b"\xef\xbb\xbf", b"\n\n", b" a\n",
             b": a\n", b"\xff: a\n", b"a" * 100_000 + b": b\n", b"R: x\n" * 20_000)  # fmt: skip
    return random.choice(lines) + message


def _as_utf_16(message: bytes, random: Random) -> bytes:
    text = message.decode("utf-8", "replace")
    return text.encode(random.choice(("utf-16", "utf-16-le", "utf-32")))


_MUTATIONS: tuple[Callable[[bytes, Random], bytes], ...] = (
    _file_name, _file_name, _file_name, _charset, _charset, _remove_header, _repeat_header,
    _fold_header, _boundary, _boundary, _nest_multipart, _nest_message, _nest_as_attachment,
    _cut_base64, _soil_base64, _many_parts, _other_lines, _before, _as_utf_16,
    _header(b"From", _SENDERS), _header(b"Date", _DATES), _header(b"Content-Type", _TYPES),
    _header(b"Content-Transfer-Encoding", _ENCODINGS), _header(b"Subject", _SENDERS),
)  # fmt: skip
