"""The job of writing `thu.toml`, or correcting it: an office tells its mail servers."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cchc_office.catalogue.findings import Code, Finding
from cchc_office.errors import CchcError, UsageError, reason_of
from cchc_office.files.folders import is_file_there
from cchc_office.files.whole_writing import write_whole
from cchc_office.mail.settings import (
    NUMBERS,
    SETTINGS_FILE,
    apart,
    names_in,
    read_mailbox,
    settings_in,
)
from cchc_office.mail.settings_file import HEAD, NotAPartError, changed, values_in
from cchc_office.steps.mail_access import MailAccess, mail_access
from cchc_office.steps.opened import Opened


@dataclass(frozen=True)
class MailSetup:
    """What `thu.toml` says now, to be shown and corrected.

    `values` are the settings by their names ("gui.may_chu"), each "" where the file does not say
    it; no password is among them. `findings` are what is wrong in the file, `secrets` the names in
    it that look like passwords. `seal` stands for its content, "" where there is no file;
    `is_readable` tells whether its lines could be read.
    """

    values: Mapping[str, str]
    findings: tuple[Finding, ...] = ()
    secrets: tuple[str, ...] = ()
    seal: str = ""
    is_readable: bool = True


def mail_setup(opened: Opened) -> MailSetup:
    """Read the settings. Raises CchcError for a file that cannot be opened."""
    content = _content(opened.folder / SETTINGS_FILE)
    given = names_in(content)
    if isinstance(given, Finding):
        return MailSetup(values_in({}), (given,), (), _seal(content), is_readable=False)
    _, findings = settings_in(given, opened.folder)
    secrets = tuple(f.about for f in findings if f.code is Code.MAIL_PASSWORD_IN_FILE)
    return MailSetup(values_in(given), findings, secrets, _seal(content))


def set_up_mail(
    opened: Opened, values: Mapping[str, str], *, instead_of: str | None = None
) -> MailAccess:
    """Write the values into the file, and tell how mail goes out then.

    Lines of other names stay as they are; those of passwords are taken out. Raises UsageError,
    with nothing written, for what cannot be used, for a file that is another one by now than the
    one whose seal is `instead_of`, and for one in which a part is a value; CchcError where the
    folder cannot be written.
    """
    path = opened.folder / SETTINGS_FILE
    content = _content(path)
    if instead_of is not None and instead_of != _seal(content):
        raise UsageError(
            f"{SETTINGS_FILE} vừa được sửa ở chỗ khác, nên chưa ghi gì. Xem lại rồi lưu."
        )
    text = _changed(content, values)
    given = names_in(text.encode("utf-8"))
    _, findings = settings_in(given, opened.folder) if isinstance(given, dict) else ((), (given,))
    if wrong := next((finding for finding in findings if finding.is_error), None):
        # Who is told this has what is wrong before the eyes: to be sent there would lead nowhere.
        advice = "" if wrong.code is Code.MAIL_SETTING_BAD else f" {wrong.advice}"
        raise UsageError(f"{wrong.sentence}{advice}")
    try:
        write_whole(path, text.encode("utf-8"))
    except OSError as error:
        raise CchcError(f"Không ghi được {path}: {reason_of(error)}.") from error
    return mail_access(opened)


def _changed(content: bytes, values: Mapping[str, str]) -> str:
    given = names_in(content)
    if isinstance(given, Finding):
        raise UsageError(f"{given.sentence} {given.advice}")
    _, findings = settings_in(given, Path())
    secrets = [f.about for f in findings if f.code is Code.MAIL_PASSWORD_IN_FILE]
    wanted = {key: _typed(key, value) for key, value in _ports_apart(values).items()}
    sender = values.get("nguoi_gui", "")
    if sender and read_mailbox(sender) is None:
        raise UsageError(
            f"Người gửi “{sender}” không dùng được: cần một địa chỉ, có thể kèm tên, ví dụ "
            "Văn phòng Sở <van-phong@so.example>."
        )
    try:
        text = content.decode("utf-8-sig")
        return changed(text or HEAD, {**wanted, **dict.fromkeys(secrets, "")})
    except NotAPartError as error:
        raise UsageError(
            f"“{error}” trong {SETTINGS_FILE} không phải là một phần [{error}], nên chưa ghi gì. "
            "Mở tệp để sửa: bỏ dòng đó rồi lưu lại."
        ) from None


def _ports_apart(values: Mapping[str, str]) -> dict[str, str]:
    """Return the values with "smtp.so.gov.vn:587" as server and port, where no other is told."""
    own = dict(values)
    for part in ("gui", "nhan"):
        host, port = apart(own.get(f"{part}.may_chu", ""))
        if port and own.get(f"{part}.cong", "") in ("", str(port)):
            own |= {f"{part}.may_chu": host, f"{part}.cong": str(port)}
    return own


def _typed(key: str, value: str) -> str | int:
    is_number = key in NUMBERS and value.isdecimal() and value.isascii()
    return int(value) if is_number else value


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes() if is_file_there(path) else b""
    except OSError as error:
        raise CchcError(f"Không mở được {path}: {reason_of(error)}.") from error


def _seal(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest() if content else ""
