"""Taking one message in: its returns go to the folder of returns, the rest is told."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from cchc_office.catalogue.findings import Code, Finding
from cchc_office.files.file_kind import FileKind
from cchc_office.files.folders import may_be_there
from cchc_office.files.limits import MEBIBYTE, MOST_MESSAGE_BYTES
from cchc_office.files.unreadable_file import UnreadableFileError
from cchc_office.mail.bounces import Bounce, Reported, SentMessages
from cchc_office.mail.incoming import Head, Incoming
from cchc_office.mail.saved_files import EvidenceFolders, ReturnsFolder
from cchc_office.model import INSIDE, Campaign, ReadFile, Unit
from cchc_office.register import FetchedFile, FetchedMessage, FileFate, digest_of
from cchc_office.register.history import reason
from cchc_office.register.unconfirmed import is_doubted
from cchc_office.returns import SourceFile, read_source
from cchc_office.returns.delivery_reports import read_report
from cchc_office.returns.message_files import parse_message
from cchc_office.returns.sources import OtherFile, sources_in_message
from cchc_office.text.vietnamese import VIETNAM

_TAKEN = (FileFate.SAVED, FileFate.ALREADY_THERE, FileFate.EVIDENCE)
_LOCKED = frozenset(
    code.slug
    for code in (
        Code.PASSWORD_PROTECTED,
        Code.WRONG_PASSWORD,
        Code.LOCK_UNKNOWN,
        Code.LOCKS_TAKE_LONG,
        Code.ARCHIVE_LOCKED,
        Code.ARCHIVE_WRONG_PASSWORD,
    )
)


class SeenMessages:
    """The messages that were taken in, those of this run too."""

    def __init__(
        self,
        messages: Iterable[FetchedMessage] = (),
        *,
        confirmed: Iterable[str] = (),
        again: bool = False,
        with_passwords: bool = False,
    ) -> None:
        """Take what the register has; `confirmed` are the digests that a person vouched for.

        With `again`, earlier messages in which something was no return or could not be read are
        looked at again; with passwords, those with something locked.
        """
        self._messages = {m.key: m for m in messages}
        self._again = again
        self._with_passwords = with_passwords
        self._done: set[str] = set()
        self._confirmed = {d for m in self._messages.values() for d in _undoubted(m)}
        self._confirmed.update(confirmed)

    def key_of(self, head: Head) -> str:
        """Return the key of a message; one whose Message-ID another one has gets its own."""
        earlier = self._messages.get(head.key)
        if earlier is None or _is_same(earlier, head):
            return head.key
        told = f"{head.sender}\n{head.sent}\n{head.subject}\n{head.size}"
        return f"{head.key} {hashlib.sha256(told.encode('utf-8', 'replace')).hexdigest()[:12]}"

    def is_done(self, key: str) -> bool:
        """Tell whether there is nothing to do about the message any more."""
        earlier = self._messages.get(key)
        if earlier is None:
            return False
        if key in self._done:
            return True
        if self._again and any(map(_is_open, earlier.files)):
            return False
        return not (self._with_passwords and any(f.finding in _LOCKED for f in earlier.files))

    def saved_from(self, key: str) -> dict[str, FetchedFile]:
        """Return what was saved of a message before, by the digest of its content."""
        earlier = self._messages.get(key)
        return {f.digest: f for f in earlier.files if f.is_return} if earlier else {}

    def evidence_from(self, key: str) -> set[str]:
        """Return the digests of what was kept of a message as evidence before."""
        earlier = self._messages.get(key)
        files = earlier.files if earlier else ()
        return {f.digest for f in files if f.fate is FileFate.EVIDENCE}

    def is_confirmed(self, digest: str) -> bool:
        """Tell whether just this came before, from where it was to be expected."""
        return digest in self._confirmed

    def doubted(self) -> Iterator[tuple[FetchedMessage, FetchedFile]]:
        """Yield what earlier runs saved, but did not come from where it was to be expected."""
        for message in self._messages.values():
            for file in message.files:
                doubted = file.is_return and file.finding and file.digest not in self._confirmed
                if doubted and message.key not in self._done:
                    yield message, file

    def add(self, message: FetchedMessage) -> None:
        """Remember a message that was taken in."""
        self._messages[message.key] = message
        self._done.add(message.key)
        self._confirmed |= _undoubted(message)


def _is_open(file: FetchedFile) -> bool:
    """Tell whether a file may still turn out to be a return."""
    return file.fate not in _TAKEN or (file.fate is FileFate.EVIDENCE and bool(file.finding))


def _undoubted(message: FetchedMessage) -> set[str]:
    return {f.digest for f in message.files if f.is_return and f.unit and not f.finding}


def _is_same(earlier: FetchedMessage, head: Head) -> bool:
    """Tell whether two messages of one Message-ID are one: some programs use an id twice.

    A filter may deliver a message without its file first and whole later. Beside one that brought a
    return the size does not matter: the same message in a file has other ends of lines.
    """
    sent = head.sent.replace(microsecond=0) if head.sent else None
    if (earlier.sender, earlier.subject, earlier.sent) != (head.sender, head.subject, sent):
        return False
    return earlier.size in (0, head.size) or any(f.saved_as for f in earlier.files)


_ENDINGS = {
    FileKind.XLSX: ".xlsx",
    FileKind.XLSB: ".xlsb",
    FileKind.XLS: ".xls",
    FileKind.ODS: ".ods",
}
_WITH_MACROS = ".xlsm"

_OF_NO_CONCERN = frozenset(
    (
        Code.FILE_IS_WORD,
        Code.FILE_IS_OLD_WORD,
        Code.FILE_IS_ODT,
        Code.FILE_IS_POWERPOINT,
        Code.FILE_IS_PDF,
        Code.FILE_IS_PICTURE,
        Code.FILE_IS_HTML,
        Code.FILE_IS_CSV,
        Code.FILE_IS_TEXT,
        Code.FILE_IS_LINK,
        Code.FILE_IS_PROGRAM,
        Code.FILE_EMPTY,
        Code.NOT_A_WORKBOOK,
        Code.NOT_A_FORM,
        Code.CONTAINER_EMPTY,
        Code.LINK_INSTEAD_OF_FILE,
        Code.SIGNED_NOT_OPENED,
        Code.CONTENT_ENCRYPTED,
    )
)
"""What strangers send to any mailbox; of a unit the same asks for a look."""

_A_PICTURE = "picture"
"""Stands for a picture in a message's text."""

_LARGEST_LOGO = 8 * 1024
_NOTHING_IN_IT = (Code.MESSAGE_WITHOUT_FILES, Code.MESSAGE_IS_REPORT)

_NOT_READ = frozenset(
    (
        Code.PASSWORD_PROTECTED,
        Code.WRONG_PASSWORD,
        Code.LOCK_UNKNOWN,
        Code.LOCKS_TAKE_LONG,
        Code.ARCHIVE_LOCKED,
        Code.ARCHIVE_WRONG_PASSWORD,
        Code.DAMAGED_FILE,
        Code.FILE_TRUNCATED,
        Code.TOO_LARGE,
        Code.CONTAINER_TOO_MANY_FILES,
        Code.ARCHIVE_OF_OTHER_KIND,
        Code.ARCHIVE_IN_ARCHIVE,
        Code.FILE_IS_OUTLOOK_MESSAGE,
        Code.FILE_IS_WINMAIL,
        Code.SIGNED_NOT_OPENED,
        Code.CONTENT_ENCRYPTED,
        Code.MESSAGE_IN_MESSAGE,
        Code.FILE_IS_MAILBOX,
        Code.FILE_IS_OLD_EXCEL,
        Code.FILE_IS_EXCEL_XML,
        Code.FILE_IS_FLAT_ODS,
        Code.FILE_IS_APPLE,
    )
)
"""What may hold a return that could not be looked at."""


@dataclass(frozen=True, slots=True)
class TakenMessage:
    """A message that was taken in: what the register keeps of it, and what there is to know.

    `is_of_unit` tells that its sender is the known address of a unit, `bounces` which messages it
    reports as not delivered, `pictures` how many pictures in its text were passed over.
    """

    message: FetchedMessage
    name: str
    findings: tuple[Finding, ...] = ()
    is_of_unit: bool = False
    bounces: tuple[Bounce, ...] = ()
    pictures: int = 0

    @property
    def is_telling(self) -> bool:
        """Tell whether it is one to show among many: strangers write of other things too."""
        return bool(self.returns or self.findings or self.message.notices) or self.is_of_unit

    def notices_in_words(self) -> Iterator[str]:
        """Yield what it reports of messages of ours, to which address, and why."""
        for notice in self.message.notices:
            why = f", {reason(notice)}" if notice.is_trouble else ""
            yield f"thư gửi {notice.address} {notice.action.value}{why}"

    @property
    def returns(self) -> tuple[FetchedFile, ...]:
        """The files that are returns of this campaign."""
        return tuple(f for f in self.message.files if f.is_return)

    @property
    def evidence(self) -> tuple[FetchedFile, ...]:
        """The files that were kept as evidence of the unit."""
        return tuple(f for f in self.message.files if f.fate is FileFate.EVIDENCE)


@dataclass(frozen=True)
class MessageIntake:
    """What taking messages in needs: whose returns are wanted, where they and their evidence go.

    `known` is what was taken in before, `outgoing` what went out. `source` is the mailbox or the
    folder that the messages come from, `now` when they are fetched. `passwords` are tried on locked
    workbooks.
    """

    campaign: Campaign
    folder: ReturnsFolder
    evidence: EvidenceFolders
    known: SeenMessages
    outgoing: SentMessages
    source: str
    now: dt.datetime
    passwords: tuple[str, ...] = field(default=(), repr=False)

    def take(self, incoming: Incoming, key: str) -> TakenMessage:
        """Take a message in; its returns are saved, whole, when this returns.

        `key` is under what the register keeps it. What was saved of it before, and is gone now, a
        person took away. Raises CchcError where nothing can be saved, and what fetching the message
        raises.
        """
        head = incoming.head
        message = FetchedMessage(
            key, head.sender, self.now, head.sent, head.subject, self.source, size=head.size
        )
        if head.may_report and not head.failed_checks and head.size <= MOST_MESSAGE_BYTES:
            reported = self._reported(incoming, message)
            if reported.is_ours:
                message = replace(message, notices=reported.notices)
                return TakenMessage(message, head.name, reported.findings, bounces=reported.bounces)
            findings = [replace(f, file=head.name) for f in reported.findings]
        else:
            findings = []
        files: list[FetchedFile] = []
        pictures = 0
        for file, found in self._files(incoming, key):
            files += [file] if isinstance(file, FetchedFile) else []
            pictures += file is _A_PICTURE
            findings += found
        is_of_unit = bool(_units_of(self.campaign, head.sender))
        message = replace(message, files=tuple(files))
        return TakenMessage(message, head.name, tuple(findings), is_of_unit, pictures=pictures)

    def _reported(self, incoming: Incoming, message: FetchedMessage) -> Reported:
        try:
            whole = parse_message(incoming.content())
        except UnreadableFileError:
            return Reported()
        return self.outgoing.reported(read_report(whole), message)

    def still_doubted(self) -> tuple[tuple[FetchedMessage, FetchedFile], ...]:
        """Return what earlier runs saved that a person still has to ask about.

        That is over when a person has confirmed the sender, when the file is taken away, or when
        the address is one of the unit's.
        """
        return tuple(
            (message, file)
            for message, file in self.known.doubted()
            if may_be_there(self.folder.path / file.saved_as)
            and is_doubted(self.campaign, message, file)
        )

    def _files(
        self, incoming: Incoming, key: str
    ) -> Iterator[tuple[FetchedFile | str | None, list[Finding]]]:
        head = incoming.head
        if head.size > MOST_MESSAGE_BYTES:
            yield _too_large(head)
            return
        if not head.has_files and not self._concerns(head):
            return
        before = self.known.saved_from(key)
        kept_before = self.known.evidence_from(key)
        for source in sources_in_message(incoming.content(), head.name, self.passwords):
            if isinstance(source, SourceFile):
                file, found = self._workbook(source, head, before)
                if file.finding == Code.NOT_A_FORM.slug:
                    content = source.locked_content or source.content
                    kept = self._kept(source.name, source.kind, content, head, kept_before)
                    file = kept or file
                yield file, found
            elif isinstance(source, OtherFile):
                yield self._other(source, head, kept_before)
            elif source.code not in _NOTHING_IN_IT:
                yield self._no_return(head, ReadFile(source.file, None, (self._named(source),)))

    def _other(
        self, other: OtherFile, head: Head, kept_before: set[str]
    ) -> tuple[FetchedFile | str | None, list[Finding]]:
        """Keep a file as evidence, or tell of it; that it came beside a form says all then."""
        is_picture = other.kind is FileKind.PICTURE
        if other.decoration or (is_picture and len(other.content) <= _LARGEST_LOGO):
            return _A_PICTURE, []
        name = other.finding.file
        file = self._kept(name, other.kind, other.content, head, kept_before)
        told, findings = self._no_return(head, ReadFile(name, None, (other.finding,)))
        if file is None:
            return told, findings
        code = other.finding.code
        if code in _NOT_READ:
            # It may hold a return as well: that is looked for again when somebody asks.
            file = replace(file, finding=code.slug)
        return file, [] if code is Code.COMPANION_FILE else findings

    def _kept(
        self, name: str, kind: FileKind, content: bytes, head: Head, kept_before: set[str]
    ) -> FetchedFile | None:
        """Keep a file of a unit as evidence; None where it is nobody's, or of another kind."""
        units = _units_of(self.campaign, head.sender)
        if len(units) != 1 or head.failed_checks or not self.evidence.takes(kind):
            return None
        code, digest, fate = units[0].code, digest_of(content), FileFate.EVIDENCE
        if digest in kept_before and not self.evidence.has(code, content):
            # A person took it away.
            return FetchedFile(_inner_name(name), fate, digest, code)
        kept = self.evidence.keep(code, name, kind, content)
        return FetchedFile(_inner_name(name), fate, digest, code, kept.name)

    def _named(self, finding: Finding) -> Finding:
        """Return what is told of a sender by address as told of the unit that it belongs to."""
        units = _units_of(self.campaign, finding.about)
        return replace(finding, about=units[0].name, unit=units[0].code) if units else finding

    def _concerns(self, head: Head) -> bool:
        """Tell whether a message is of a unit, or answers one of ours."""
        names = (self.campaign.paper_name(unit) for unit in self.campaign.units)
        answers = any(name in head.subject for name in names)
        return answers or bool(_units_of(self.campaign, head.sender))

    def _workbook(
        self, source: SourceFile, head: Head, before: dict[str, FetchedFile]
    ) -> tuple[FetchedFile, list[Finding]]:
        read = read_source(source, self.campaign)
        paper = self._paper(read)
        if paper is None:
            return self._no_return(head, read)
        unit, stem = paper
        content = source.locked_content or source.content
        digest = digest_of(content)
        earlier = before.get(digest)
        if earlier and not self.folder.has(content):
            note = Finding(Code.RETURN_TAKEN_AWAY, read.file, found=earlier.saved_as)
            return earlier, [note]
        when = head.when or self.now
        name = f"{stem}_{when.astimezone(VIETNAM):%Y-%m-%d}"
        is_known = self.known.is_confirmed(digest)
        doubts = [] if is_known else _sender_findings(self.campaign, head, unit, read.file)
        kept = self.folder.keep(
            content, name, _ending(source), source.saved or when, of_stranger=bool(doubts)
        )
        fate = FileFate.SAVED if kept.is_new else FileFate.ALREADY_THERE
        findings = [replace(doubt, expected=kept.name) for doubt in doubts]
        findings += [f for f in read.findings if f.code is Code.RETURN_WITH_MACROS]
        slug = doubts[0].code.slug if doubts else ""
        code = unit.code if unit else ""
        file = FetchedFile(_inner_name(source.name), fate, digest, code, kept.name, slug)
        return file, findings

    def _paper(self, read: ReadFile) -> tuple[Unit | None, str] | None:
        """Return whose return a file is (None: the reviewers') and what its name begins with."""
        if read.appraisal is not None:
            return None, f"{self.campaign.id}-tham-dinh-lan-{read.appraisal.round}"
        if read.supplement is not None:
            unit = self.campaign.unit(read.supplement.unit)
            return unit, f"{self.campaign.paper_name(unit)}-bo-sung"
        if read.returned is not None:
            unit = self.campaign.unit(read.returned.unit)
            return unit, self.campaign.paper_name(unit)
        return None

    def _no_return(self, head: Head, read: ReadFile) -> tuple[FetchedFile, list[Finding]]:
        """Tell of a file that is no return; of those that strangers send not all are told."""
        codes = [finding.code for finding in read.findings]
        unread = any(code in _NOT_READ for code in codes)
        fate = FileFate.UNREADABLE if unread else FileFate.NOT_A_RETURN
        slug = codes[0].slug if codes else ""
        concern = self._concerns(head) or not _OF_NO_CONCERN.issuperset(codes)
        file = FetchedFile(_inner_name(read.file), fate, finding=slug)
        return file, list(read.findings) if concern else []


def _too_large(head: Head) -> tuple[None, list[Finding]]:
    found, limit = (f"{n / MEBIBYTE:.0f} MB" for n in (head.size, MOST_MESSAGE_BYTES))
    about = head.subject or "(không có tiêu đề)"
    code = Code.MESSAGE_TOO_LARGE
    return None, [Finding(code, head.name, about=about, found=found, expected=limit)]


def _ending(source: SourceFile) -> str:
    """Return the ending by what the file is; Excel opens macros under their own ending only."""
    own = PurePosixPath(source.name).suffix.lower()
    if source.kind is FileKind.XLSX and own == _WITH_MACROS:
        return own
    return _ENDINGS[source.kind]


def _inner_name(name: str) -> str:
    """Return what a file is called inside its message."""
    return name.partition(INSIDE)[2] or name


def _units_of(campaign: Campaign, address: str) -> tuple[Unit, ...]:
    """Return the units to which an address belongs."""
    return tuple(unit for unit in campaign.units if unit.has_address(address))


def _sender_findings(campaign: Campaign, head: Head, unit: Unit | None, file: str) -> list[Finding]:
    """Return why a file is not surely from whom it says; where it is saved is to be added."""
    if unit is None:
        sender = head.sender or "người không rõ"
        return [Finding(Code.APPRAISAL_BY_MAIL, file, found=sender)]
    owners = _units_of(campaign, head.sender)
    found, candidates = head.sender, (*unit.emails, *unit.copy_emails)
    code = Code.SENDER_UNKNOWN if head.sender else Code.SENDER_MISSING
    if unit in owners:
        if not head.failed_checks:
            return []
        code, candidates = Code.SENDER_NOT_AUTHENTIC, (head.failed_checks,)
    elif owners:
        code, candidates = Code.SENDER_OF_OTHER_UNIT, tuple(u.name for u in owners)
    return [
        Finding(
            code,
            file,
            about=unit.name,
            found=found,
            candidates=candidates,
            unit=unit.code,
        )
    ]
