"""The office's mail settings: `thu.toml` beside the campaign workbook, and addresses in them.

The password of an account comes from the environment, the keyring or the clerk; it is kept nowhere.
"""

from __future__ import annotations

import difflib
import os
import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from email.headerregistry import Address
from enum import Enum
from pathlib import Path
from typing import Any

from cchc_office.catalogue.findings import Code, Finding
from cchc_office.errors import reason_of
from cchc_office.files.folders import is_file_there
from cchc_office.text.mail_address import what_is_wrong
from cchc_office.text.setting_names import LABELS, in_file, key_of
from cchc_office.text.vietnamese import clean_line, fold

_LONGEST = 254
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_HOST = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")


@dataclass(frozen=True, slots=True)
class SenderAddress:
    """Who sends: a plain address, and the name shown beside it."""

    address: str
    name: str = ""

    @property
    def domain(self) -> str:
        """What stands after the @."""
        return self.address.rpartition("@")[2]


def is_host(text: str) -> bool:
    """Tell whether `text` can be the name or the number of a server, and nothing besides."""
    return len(text) <= _LONGEST and bool(_HOST.fullmatch(text))


def apart(text: str) -> tuple[str, int | None]:
    """Return a server and its port for "smtp.so.gov.vn:587", None for anything else's port."""
    host, colon, port = text.strip().rpartition(":")
    is_port = colon and port.isascii() and port.isdecimal() and 1 <= int(port[:6]) <= _MOST_PORT
    return (host, int(port)) if is_port and is_host(host) else (text, None)


def read_mailbox(text: str) -> SenderAddress | None:
    """Return the one sender that "Tên <dia-chi@co-quan.vn>" names; None where it is not just one.

    A comma in the name needs no quotes, as clerks write it; an address in it does not pass.
    """
    if any(unicodedata.category(c).startswith("C") for c in text):
        return None
    name, bracket, rest = text.strip().partition("<")
    address = rest.removesuffix(">") if bracket else name
    name = name.strip().strip('"') if bracket else ""
    if "@" in name or (bracket and not rest.endswith(">")) or what_is_wrong(address):
        return None
    return SenderAddress(address, header_text(name))


def header_text(text: str) -> str:
    """Return a text that may stand in a header: one line, nothing invisible."""
    shown = "".join(" " if unicodedata.category(c).startswith("C") else c for c in text)
    return clean_line(shown)


def header_address(mailbox: SenderAddress) -> Address:
    """Return an address as messages hold it. Raises ValueError where it may not stand there."""
    if what_is_wrong(mailbox.address):
        raise ValueError(mailbox.address)
    return Address(header_text(mailbox.name), addr_spec=mailbox.address)


SETTINGS_FILE = "thu.toml"

_MOST_PORT = 65_535


class Security(Enum):
    """How the way to a server is encrypted; there is no way without."""

    STARTTLS = "starttls"
    TLS = "tls"


@dataclass(frozen=True, slots=True)
class Server:
    """A mail server: where it is, and who logs in there ("" for nobody).

    `patience` is for how many seconds it may say nothing. `certificates` names a file of
    certificates to trust besides the system's, None for none. `part` is the part of `thu.toml` that
    names it: "gui" takes messages, `per_minute` at most; "nhan" keeps in `folder` what comes in.
    """

    host: str
    port: int
    security: Security
    user: str = ""
    patience: int = 60
    certificates: Path | None = None
    part: str = "gui"
    per_minute: int = 30
    folder: str = "INBOX"

    @property
    def place(self) -> str:
        """Where it is, in one word."""
        return f"{self.host}:{self.port}"


USUAL_PORTS = {
    "gui": {Security.STARTTLS: 587, Security.TLS: 465},
    "nhan": {Security.STARTTLS: 143, Security.TLS: 993},
}
"""By the part of the settings, which is what the server is for."""


@dataclass(frozen=True, slots=True)
class MailSettings:
    """What `thu.toml` says, or what holds without it.

    `most_bytes` is how large a message may be, `days_between` how many days lie between two
    reminders at least. What is missing or wrong in the file is None.
    """

    sender: SenderAddress | None = None
    reply_to: SenderAddress | None = None
    most_bytes: int = 20 * 1024 * 1024
    days_between: int = 3
    outgoing: Server | None = None
    incoming: Server | None = None


USUAL_SETTINGS = MailSettings()


KEYS: tuple[str, ...] = tuple(LABELS)
"""What the file may hold: the names, those in a table after the table's."""

NUMBERS = frozenset(
    key for key in KEYS if key.endswith((".cong", ".cho_giay", "_moi_phut", "_mb", "_don_doc"))
)
"""Those that are whole numbers."""

_SECRET_WORDS = ("matkhau", "password", "passwd", "pass", "pwd", "mk", "secret", "token")


def read_mail_settings(folder: Path) -> tuple[MailSettings, tuple[Finding, ...]]:
    """Return the mail settings of the campaign in `folder`, and what is to be known of their file.

    Without the file the usual values hold; what is wrong in it is None or keeps its usual value,
    and the finding is an error. Raises NotSeenError where it cannot be told whether there is one.
    """
    path = folder / SETTINGS_FILE
    if not is_file_there(path):
        return USUAL_SETTINGS, ()
    try:
        content = path.read_bytes()
    except OSError as error:
        found = reason_of(error)
        return USUAL_SETTINGS, (Finding(Code.MAIL_SETTINGS_UNREADABLE, path.name, found=found),)
    given = names_in(content)
    if isinstance(given, Finding):
        return USUAL_SETTINGS, (given,)
    return settings_in(given, folder)


def names_in(content: bytes) -> dict[str, Any] | Finding:
    """Return what a settings file holds by its names, or why it is none that can be read."""
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        # Only the place is told: the line itself may hold a password.
        place = str(error).rpartition("(at ")[2].rstrip(")").replace("line", "dòng")
        known = place if place.startswith("dòng") else "không phải tệp chữ UTF-8"
        found = known.partition(",")[0]
        return Finding(Code.MAIL_SETTINGS_UNREADABLE, SETTINGS_FILE, found=found)


def settings_in(given: Mapping[str, Any], folder: Path) -> tuple[MailSettings, tuple[Finding, ...]]:
    """Return the settings that a file beside the workbook in `folder` tells, and what is wrong."""
    reading = _Reading(given)
    settings = _settings(reading, folder)
    return settings, (*_secrets(given), *_unknown(given), *reading.findings)


def _settings(reading: _Reading, folder: Path) -> MailSettings:
    usual = USUAL_SETTINGS
    outgoing = _server(reading, "gui", folder)
    incoming = _server(reading, "nhan", folder)
    rate = reading.number("gui", "nhip_moi_phut", 30, 1, 100_000)
    box = reading.text("nhan", "hop_thu") or "INBOX"
    megabytes = reading.number("", "thu_lon_nhat_mb", usual.most_bytes // 1024**2, 1, 150)
    return MailSettings(
        sender=reading.mailbox("nguoi_gui"),
        reply_to=reading.mailbox("tra_loi_ve"),
        most_bytes=megabytes * 1024**2,
        days_between=reading.number("", "cach_ngay_don_doc", usual.days_between, 0, 365),
        outgoing=replace(outgoing, per_minute=rate) if outgoing else None,
        incoming=replace(incoming, folder=box) if incoming else None,
    )


def _server(reading: _Reading, table: str, folder: Path) -> Server | None:
    if table not in reading.given:
        return None
    before = len(reading.findings)
    host = reading.text(table, "may_chu")
    if not host:
        reading.report(table, "may_chu", "(không có)", "tên máy chủ")
    elif not is_host(host):
        _, with_port = apart(host)
        # What else is no host is not quoted: it may hold a name and a password.
        shown = host if with_port else "(không in lại, có thể có mật khẩu)"
        port_too = f"; số cổng ghi ở {in_file(table, 'cong')}" if ":" in host else ""
        expected = f"chỉ tên máy chủ, ví dụ smtp.so.gov.vn{port_too}"
        reading.report(table, "may_chu", shown, expected)
    security = reading.security(table)
    usual_port = USUAL_PORTS[table][security or Security.STARTTLS]
    port = reading.number(table, "cong", usual_port, 1, _MOST_PORT)
    patience = reading.number(table, "cho_giay", 60, 1, 600)
    user = reading.text(table, "nguoi_dung")
    certificates = reading.file(table, "tep_chung_chi", folder)
    if len(reading.findings) > before or security is None:
        return None
    return Server(host, port, security, user, patience, certificates, table)


class _Reading:
    """The file being read: its values by table and name, and what was wrong with them."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        self.given = given
        self.findings: list[Finding] = []

    def _value(self, table: str, name: str) -> Any:
        part = self.given.get(table) if table else self.given
        return part.get(name) if isinstance(part, Mapping) else None

    def report(self, table: str, name: str, found: str, expected: str) -> None:
        about = key_of(table, name)
        self.findings.append(
            Finding(
                Code.MAIL_SETTING_BAD, SETTINGS_FILE, about=about, found=found, expected=expected
            )
        )

    def text(self, table: str, name: str) -> str:
        value = self._value(table, name)
        if value is None:
            return ""
        if not isinstance(value, str) or any(ord(c) < ord(" ") for c in value):
            self.report(table, name, str(value), "một dòng chữ trong dấu nháy kép")
            return ""
        return value.strip()

    def number(self, table: str, name: str, usual: int, least: int, most: int) -> int:
        value = self._value(table, name)
        if value is None:
            return usual
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            self.report(table, name, str(value), f"một số từ {least} đến {most}")
            return usual
        return value

    def security(self, table: str) -> Security | None:
        text = self.text(table, "bao_mat").lower()
        usual = {"gui": Security.STARTTLS, "nhan": Security.TLS}[table]
        if not text:
            return usual
        try:
            return Security(text)
        except ValueError:
            self.report(table, "bao_mat", text, '"starttls" hoặc "tls"')
            return None

    def mailbox(self, name: str) -> SenderAddress | None:
        text = self.text("", name)
        found = read_mailbox(text) if text else None
        if text and found is None:
            self.report("", name, text, 'một địa chỉ: "Tên <ten@co-quan.vn>"')
        return found

    def file(self, table: str, name: str, folder: Path) -> Path | None:
        text = self.text(table, name)
        if not text:
            return None
        path = folder / text
        if not path.is_file():
            self.report(table, name, text, "tên một tệp có thật, nằm cạnh dot-cham.xlsx")
        return path


def _secrets(given: Mapping[str, Any]) -> Iterator[Finding]:
    for name, _ in _names(given):
        last = name.rpartition(".")[2]
        plain = "".join(c for c in fold(last) if c.isalnum())
        if any(plain == word or (len(word) > 4 and word in plain) for word in _SECRET_WORDS):
            yield Finding(Code.MAIL_PASSWORD_IN_FILE, SETTINGS_FILE, about=name)


def _unknown(given: Mapping[str, Any]) -> Iterator[Finding]:
    known = {*KEYS, "gui", "nhan"}
    secret = {finding.about for finding in _secrets(given)}
    for name, value in _names(given):
        is_table = name in ("gui", "nhan")
        if is_table and not isinstance(value, Mapping):
            found, expected = "một giá trị", f"phần [{name}] trên một dòng riêng"
            yield Finding(
                Code.MAIL_SETTING_BAD, SETTINGS_FILE, about=name, found=found, expected=expected
            )
        elif name not in known and name not in secret:
            near = tuple(difflib.get_close_matches(name, known, n=2, cutoff=0.5))
            yield Finding(Code.MAIL_SETTING_UNKNOWN, SETTINGS_FILE, found=name, candidates=near)


def _names(given: Mapping[str, Any], table: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in given.items():
        whole = key_of(table, str(name))
        yield whole, value
        if isinstance(value, Mapping):
            yield from _names(value, whole)


PASSWORD_VARIABLE = "CCHC_MAT_KHAU_THU"  # noqa: S105 - the name of a variable
KEYRING_SERVICE = "cchc-office"


@dataclass(frozen=True, slots=True)
class Secret:
    """A password, shown nowhere: not in a repr, not in a log, not in an error."""

    value: str = field(repr=False)


def account_name(server: Server) -> str:
    """Return the name under which the keyring keeps the password of this account."""
    return f"{server.user}@{server.host}" if "@" not in server.user else server.user


def is_password_known(server: Server) -> bool:
    """Tell whether `find_password` would ask nobody."""
    if not server.user:
        return True
    return bool(os.environ.get(PASSWORD_VARIABLE) or _from_keyring(account_name(server)))


def find_password(server: Server, ask: Callable[[str], str]) -> Secret | None:
    """Return the account's password; None where the server is used without logging in.

    `ask` is called with the account's name where neither the environment nor the keyring has it.
    """
    if not server.user:
        return None
    name = account_name(server)
    known = os.environ.get(PASSWORD_VARIABLE) or _from_keyring(name)
    return Secret(known or ask(name))


def _from_keyring(name: str) -> str | None:
    """Return what the system's keyring holds; a keyring that cannot be asked holds nothing."""
    try:
        import keyring

        return keyring.get_password(KEYRING_SERVICE, name)
    except Exception:
        return None
