"""Taking messages in, each once: returns go to the folder of returns, the rest is told.

A message is recorded when what was in it is safe.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from cchc_office.catalogue.findings import Code, Finding
from cchc_office.errors import CchcError
from cchc_office.files.being_there import may_be_there
from cchc_office.files.file_kind import FileKind
from cchc_office.files.limits import MEBIBYTE, MOST_MESSAGE_BYTES
from cchc_office.files.output_folder import digest_of
from cchc_office.files.unreadable_file import UnreadableFileError
from cchc_office.mail.incoming import Head, Incoming, MessageGoneError, MessageRefusedError
from cchc_office.mail.known_messages import LOCKED, Bounce, Reported, SeenMessages, SentMessages
from cchc_office.mail.mailbox import Mailbox
from cchc_office.mail.saved_files import ENDINGS, EvidenceFolders, ReturnsFolder
from cchc_office.mail.senders import sender_findings, units_of
from cchc_office.model import INSIDE, Campaign, ReadFile, Unit
from cchc_office.register import FetchedFile, FetchedMessage, FileFate, Register, SendState
from cchc_office.register.history import is_doubted, reason
from cchc_office.returns import SourceFile, read_source
from cchc_office.returns.delivery_reports import read_report
from cchc_office.returns.message_files import parse_message
from cchc_office.returns.sources import OtherFile, sources_in_message
from cchc_office.text.vietnamese import VIETNAM

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
        *LOCKED,
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
        is_of_unit = bool(units_of(self.campaign, head.sender))
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
        units = units_of(self.campaign, head.sender)
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
        units = units_of(self.campaign, finding.about)
        return replace(finding, about=units[0].name, unit=units[0].code) if units else finding

    def _concerns(self, head: Head) -> bool:
        """Tell whether a message is of a unit, or answers one of ours."""
        names = (self.campaign.paper_name(unit) for unit in self.campaign.units)
        answers = any(name in head.subject for name in names)
        return answers or bool(units_of(self.campaign, head.sender))

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
        doubts = [] if is_known else sender_findings(self.campaign, head, unit, read.file)
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
    return ENDINGS[source.kind][0]


def _inner_name(name: str) -> str:
    """Return what a file is called inside its message."""
    return name.partition(INSIDE)[2] or name


def fetch_messages(
    messages: Iterable[Incoming], taker: MessageIntake, register: Register
) -> Iterator[TakenMessage | Finding | None]:
    """Take the messages in one by one; None stands for one that was fetched before.

    A message is in the register when it is yielded, and what it brought is saved before that: a
    run that ends in between does it again, and finds the files there. A finding is of one that the
    server does not hand out; the next run asks for it again. Raises CchcError where the mailbox
    breaks off or nothing can be written.
    """
    known = taker.known
    for incoming in messages:
        key = known.key_of(incoming.head)
        if known.is_done(key):
            if incoming.place:
                with recording():
                    register.record_place(incoming.place, key)
            yield None
            continue
        try:
            taken = taker.take(incoming, key)
        except MessageGoneError:
            continue
        except MessageRefusedError as error:
            yield Finding(Code.MESSAGE_REFUSED, incoming.head.name, found=str(error))
            continue
        with recording():
            for bounce in taken.bounces:
                gone = bounce.sending
                when = max(taker.now, gone.when)
                register.settle(gone.message_id, SendState.BOUNCED, when, bounce.words)
            register.record_message(taken.message, incoming.place)
        known.add(taken.message)
        taker.outgoing.add(taken.message, taken.bounces)
        yield taken


@contextmanager
def recording() -> Iterator[None]:
    """Raise CchcError where the register cannot be written."""
    try:
        yield
    except sqlite3.Error as error:
        raise CchcError(
            "Không ghi được vào sổ cchc.sqlite. Đóng các lệnh khác đang chạy, kiểm tra "
            "dung lượng ổ đĩa rồi chạy lại; thư chưa ghi vào sổ sẽ được lấy lại."
        ) from error


def left_to_fetch(
    mailbox: Mailbox, uids: tuple[str, ...], known: SeenMessages, register: Register
) -> tuple[str, ...]:
    """Return those of the messages in a mailbox whose heads have to be read.

    The others are known to be done by where they lie, which is believed while the last one of
    them still lies there. Raises MailboxError.
    """
    places = register.places(mailbox.address)
    done = {uid for uid in uids if (key := places.get(int(uid))) and known.is_done(key)}
    last = max(done, key=int, default=None)
    if last is None:
        return uids
    (there,) = tuple(mailbox.messages((last,))) or (None,)
    # A server that gave its numbers anew without saying so.
    if there is None or known.key_of(there.head) != places[int(last)]:
        return uids
    return tuple(uid for uid in uids if uid not in done)


def first_day(campaign: Campaign, register: Register) -> dt.date:
    """Return the day from which returns can have come: when the campaign was issued.

    The earliest of what the register and the date on the papers tell; a blank day is the first of
    its month. Without any of them it is the first day of the campaign's year.
    """
    told = [p.made.date() for p in register.papers()]
    told += [s.intended.date() for s in register.sendings()]
    date = campaign.info.document_date
    if date is not None:
        day = date.day if date.month else None
        told.append(dt.date(date.year, date.month or 1, day or 1))
    return min(told, default=dt.date(campaign.info.year, 1, 1))
