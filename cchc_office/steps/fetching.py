"""The job of fetching what units sent back, from the mailbox or from a folder of messages."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from cchc_office.catalogue.findings import Code, Finding, has_errors
from cchc_office.errors import CchcError, StoppedError
from cchc_office.files.folders import list_folder, not_read
from cchc_office.mail.incoming import Incoming, messages_in
from cchc_office.mail.intake import MessageIntake, fetch_messages, first_day, left_to_fetch
from cchc_office.mail.intake import TakenMessage as TakenMessage
from cchc_office.mail.known_messages import SeenMessages, SentMessages
from cchc_office.mail.mailbox import MailboxError, open_mailbox
from cchc_office.mail.saved_files import EvidenceFolders, ReturnsFolder
from cchc_office.mail.settings import SETTINGS_FILE, Server, find_password, read_mail_settings
from cchc_office.model import INSIDE
from cchc_office.register import FetchedFile, FileFate, Register, open_register
from cchc_office.register.history import set_aside_in
from cchc_office.steps.brought_back import BroughtBack, Row
from cchc_office.steps.new_versions import NewVersion, new_versions
from cchc_office.steps.opened import Opened, counting, password_of, require_folder


@dataclass(frozen=True, kw_only=True, repr=False)
class Fetched(BroughtBack):
    """What came out of a mailbox, or a folder of messages (`source`), since a day.

    `taken` are the messages that were new, `known` is the number of those seen before. `into` is
    where the returns are and `evidence` where other files of units are. `doubted` are earlier files
    whose sender nobody confirmed yet, `versions` the new forms of units that sent others before.
    `broken_off` says why the rest was not looked at, "" where it was; `is_allowed` that the
    settings let anything be fetched.
    """

    source: str
    since: dt.date
    into: Path
    evidence: Path
    taken: tuple[TakenMessage, ...] = ()
    known: int = 0
    names: tuple[str, ...] = ()
    doubted: tuple[str, ...] = ()
    versions: tuple[NewVersion, ...] = ()
    broken_off: str = ""
    is_allowed: bool = True

    @property
    def came_out(self) -> bool:
        """Whether all was looked at."""
        return self.is_allowed and not self.broken_off

    @property
    def saved(self) -> tuple[FetchedFile, ...]:
        """The returns that were saved now, each with its name in the folder `into`."""
        files = (file for taken in self.taken for file in taken.returns)
        return tuple(file for file in files if file.fate is FileFate.SAVED)

    @property
    def words(self) -> str:
        """How many returns came."""
        return f"{len(self.taken)} thư mới, {len(self.saved)} phiếu mới"

    def rows(self) -> Iterator[Row]:
        """Yield the headings and the files."""
        yield "Người gửi", "Tệp", "Đơn vị", "Kết quả", "Lưu thành"
        for taken in self.taken:
            for file in taken.message.files:
                told = [file.fate.value, *(v.words for v in self.versions_of(file))]
                yield taken.message.sender, file.name, file.unit, "; ".join(told), file.saved_as

    def versions_of(self, file: FetchedFile) -> list[NewVersion]:
        """Return what there is to say of a form that was saved now beside earlier ones."""
        if file.fate is not FileFate.SAVED:
            return []
        return [v for v in self.versions if v.file.partition(INSIDE)[0] == file.saved_as]


@dataclass(kw_only=True)
class _Fetching:
    """One job of fetching, and what came of it so far."""

    opened: Opened
    register: Register
    folder: Path
    since: dt.date
    again: bool
    findings: list[Finding] = field(default_factory=list)
    source: str = ""
    taken: list[TakenMessage] = field(default_factory=list)
    known: int = 0
    broken_off: str = ""
    files: tuple[str, ...] | None = None
    doubted: tuple[str, ...] = ()

    def from_folder(self, folder: Path) -> None:
        """Take in the messages that lie in a folder."""
        listing = list_folder(folder)
        paths = listing.files
        if not paths:
            listing.whole()
        self.findings += not_read(listing)
        self.source = Path(os.path.realpath(folder)).name
        self.files = tuple(path.relative_to(folder).as_posix() for path in paths)
        tell = counting(self.opened, "Đọc thư", len(paths))

        def messages() -> Iterator[Incoming]:
            for path in paths:
                for found in messages_in(path, folder):
                    if isinstance(found, Finding):
                        self.findings.append(found)
                    else:
                        yield found
                tell(path)

        self._take(self._taker(), messages())

    def from_server(self) -> bool:
        """Take in what lies in the mailbox; False where the settings do not allow it."""
        settings, findings = read_mail_settings(self.opened.folder)
        self.findings += findings
        if settings.incoming is None and not has_errors(findings):
            self.findings.append(Finding(Code.MAILBOX_NOT_NAMED, SETTINGS_FILE))
        if settings.incoming is None or any(_concerns_fetching(f) for f in findings):
            return False
        try:
            self._from_mailbox(settings.incoming)
        except MailboxError as error:
            self.broken_off = str(error)
        return True

    def _from_mailbox(self, server: Server) -> None:
        secret = find_password(server, partial(password_of, self.opened))
        with open_mailbox(server, secret) as mailbox:
            self.source = mailbox.name
            found = mailbox.search(self.since)
            taker = self._taker()
            uids = left_to_fetch(mailbox, found, taker.known, self.register)
            self.known += len(found) - len(uids)
            tell = counting(self.opened, "Xem hộp thư", len(uids))

            def messages() -> Iterator[Incoming]:
                for message in mailbox.messages(uids):
                    yield message
                    tell(message)

            self._take(taker, messages())

    def _taker(self) -> MessageIntake:
        opened, register = self.opened, self.register
        messages = register.messages()
        known = SeenMessages(
            messages,
            confirmed=(confirmed.digest for confirmed in register.confirmations()),
            again=self.again,
            with_passwords=bool(opened.passwords),
        )
        return MessageIntake(
            opened.campaign,
            ReturnsFolder(self.folder),
            EvidenceFolders(opened.evidence),
            known,
            SentMessages(opened.campaign, register.sendings(), messages),
            self.source,
            dt.datetime.now(dt.UTC),
            opened.passwords,
        )

    def _take(self, taker: MessageIntake, messages: Iterator[Incoming]) -> None:
        """Take the messages in; what came before something broke off is kept all the same."""
        try:
            for taken in fetch_messages(messages, taker, self.register):
                if taken is None:
                    self.known += 1
                elif isinstance(taken, Finding):
                    self.findings.append(taken)
                else:
                    self.taken.append(taken)
                    self.findings += taken.findings
        except (KeyboardInterrupt, StoppedError):
            self.broken_off = "Đã dừng theo yêu cầu. Chạy lại để lấy tiếp các thư còn lại."
        except CchcError as error:
            self.broken_off = str(error)
        aside = set_aside_in(self.register)
        self.doubted = tuple(
            f"{file.saved_as} ({message.sender or 'không rõ người gửi'})"
            for message, file in taker.still_doubted()
            if (file.digest, file.unit) not in aside
        )


def fetch(
    opened: Opened,
    *,
    messages: Path | None = None,
    since: dt.date | None = None,
    again: bool = False,
    into: Path | None = None,
) -> Fetched:
    """Fetch each message once: from the folder `messages`, else from the mailbox of thu.toml.

    Raises CampaignError where the workbook has errors, UsageError where `messages` is no folder.
    """
    if messages is not None:
        require_folder(messages)
    with open_register(opened.folder, opened.campaign.id) as register:
        job = _Fetching(
            opened=opened,
            register=register,
            folder=into or opened.returns,
            since=since or first_day(opened.campaign, register),
            again=again,
            findings=list(register.findings),
        )
        is_allowed = True
        if messages is not None:
            job.from_folder(messages)
        else:
            is_allowed = job.from_server()
        job.findings += [f for f in register.findings if f not in job.findings]
    saved = {file.saved_as for taken in job.taken for file in taken.returns if file.unit}
    is_usual = job.folder == opened.returns
    return Fetched(
        campaign=opened.campaign,
        findings=tuple(job.findings),
        source=job.source,
        since=job.since,
        into=job.folder,
        evidence=opened.evidence,
        taken=tuple(job.taken),
        known=job.known,
        names=job.files or tuple(taken.name for taken in job.taken),
        doubted=job.doubted,
        versions=tuple(new_versions(opened, saved)) if is_usual else (),
        broken_off=job.broken_off,
        is_allowed=is_allowed,
    )


def _concerns_fetching(finding: Finding) -> bool:
    """Tell what stops fetching: not what is wrong in the part for sending, but a password does."""
    if finding.code is Code.MAIL_PASSWORD_IN_FILE:
        return True
    return finding.is_error and finding.about.startswith("nhan")
