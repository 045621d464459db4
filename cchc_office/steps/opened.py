"""A campaign as it was opened: its workbook, the office's figures, and where its files are."""

from __future__ import annotations

import datetime as dt
import difflib
import hashlib
import stat
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cchc_office.campaign as campaigns
from cchc_office.catalogue.findings import Finding
from cchc_office.decree30 import Profile
from cchc_office.decree30.profile_file import PROFILE_FILE, read_profile
from cchc_office.errors import CchcError, UsageError
from cchc_office.files.being_there import look
from cchc_office.model import Campaign, Unit
from cchc_office.papers.kinds import MESSAGE
from cchc_office.text.vietnamese import VIETNAM

if TYPE_CHECKING:
    from cchc_office.returns.read_memory import ReadMemory

Where = str | Path
OnProgress = Callable[[str, int, int], object]
"""Called with what is being done, how much of it is done, and how much there is."""

_NOON = dt.time(12)
_OWN_TEMPLATES = "templates"


@dataclass(frozen=True, kw_only=True, repr=False)
class Opened:
    """What a job is done with.

    `campaign`, `profile` (of the-thuc.toml) and `findings` are what the files said when they were
    opened, and `stamp` tells whether those have changed; `output`, `returns` and `appraisals` are
    folders, which need not be there yet. `day` is the day that a job is done as of. `ask_password`
    is called with the name of a mail account whose password nothing else tells. `memory` keeps what
    files were read as, for who does one job after the other.
    """

    file: Path
    campaign: Campaign
    profile: Profile
    findings: tuple[Finding, ...]
    output: Path
    returns: Path
    appraisals: Path
    day: dt.date
    stamp: tuple[str, ...] = ()
    passwords: tuple[str, ...] = ()
    on_progress: OnProgress = field(default=lambda _what, _done, _total: None)
    ask_password: Callable[[str], str] | None = None
    memory: ReadMemory | None = None

    @property
    def folder(self) -> Path:
        """The campaign folder."""
        return self.file.parent

    @property
    def own_templates(self) -> Path:
        """The folder of the office's own templates, which may not be there."""
        return self.folder / _OWN_TEMPLATES

    @property
    def evidence(self) -> Path:
        """Where the evidence files of units are; it may be missing."""
        return self.folder / campaigns.EVIDENCE_FOLDER

    @property
    def mail_folder(self) -> Path:
        """Where the messages are that were made and sent, which may not be there."""
        return self.output / MESSAGE.folder

    def unit(self, code: str) -> Unit:
        """Return the unit of this code. Raises UsageError where there is none."""
        unit = self.campaign.find_unit(code)
        if unit is None:
            codes = [unit.code for unit in self.campaign.units]
            near = difflib.get_close_matches(code, codes, n=2, cutoff=0.4)
            told = f"Gần giống: {', '.join(near)}" if near else f"Các mã: {', '.join(codes[:20])}"
            raise UsageError(f"Không có đơn vị nào mang mã “{code}”. {told}.")
        return unit


def recorded_at(opened: Opened) -> dt.datetime | None:
    """Return when a job of another day than today was done, None for one of today."""
    now = dt.datetime.now(tz=VIETNAM)
    return None if opened.day == now.date() else now


def time_of(opened: Opened) -> dt.datetime:
    """Return the time of a job; of another day than today, its noon."""
    now = dt.datetime.now(tz=VIETNAM)
    return now if opened.day == now.date() else dt.datetime.combine(opened.day, _NOON, VIETNAM)


def password_of(opened: Opened, account: str) -> str:
    """Ask for the password of a mail account. Raises CchcError where nobody is there to ask."""
    if opened.ask_password is None:
        raise CchcError(
            f"Chưa có mật khẩu thư của {account}. Cất nó vào kho mật khẩu của máy, hoặc đặt "
            "biến CCHC_MAT_KHAU_THU: xem docs/gui-thu.md."
        )
    return opened.ask_password(account)


def counting(opened: Opened, what: str, total: int) -> Callable[[object], None]:
    """Return what tells, each time it is called, that one more of `total` is being done."""
    numbers = count(1)

    def tell(_: object) -> None:
        opened.on_progress(what, next(numbers), total)

    return tell


def as_read(file: Path) -> dict[str, Any]:
    """Return what the files of a campaign say now, by the names that it has in `Opened`."""
    stamp = stamp_of(file)
    campaign = campaigns.load_campaign(file)
    profile, findings = read_profile(file.parent)
    return {
        "file": file,
        "stamp": stamp,
        "campaign": campaign,
        "profile": profile,
        "findings": (*campaign.findings, *findings),
    }


def stamp_of(file: Path) -> tuple[str, ...]:
    """Return what changes when the workbook or the-thuc.toml does."""

    def digest(path: Path) -> str:
        try:
            with path.open("rb") as stream:
                return hashlib.file_digest(stream, "sha256").hexdigest()
        except OSError:
            return ""

    return digest(file), digest(file.parent / PROFILE_FILE)


def require_folder(folder: Path) -> None:
    """Raise UsageError where a folder that was named is none; one that is shut is told later."""
    with suppress(OSError):
        status = look(folder)
        if status is None:
            raise UsageError(f"Không có thư mục {folder}.")
        if stat.S_ISREG(status.st_mode):
            raise UsageError(f"{folder} là một tệp, không phải thư mục.")


def path_of(given: Where | None) -> Path | None:
    """Return a place as a path, None where none was given."""
    return None if given is None else Path(given)
