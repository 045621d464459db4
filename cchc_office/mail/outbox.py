"""The outbox: every message is made, and held against everything, before the first goes out."""

from __future__ import annotations

import datetime as dt
import email.utils
import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from email.message import EmailMessage

from cchc_office.catalogue.findings import Code, Finding
from cchc_office.files.output_folder import digest_of
from cchc_office.mail.attachments import Attachment, AttachmentCheck, OutgoingPapers
from cchc_office.mail.header_folding import WHOLE_WORDS
from cchc_office.mail.settings import MailSettings, SenderAddress, header_address, header_text
from cchc_office.model import Campaign, Unit
from cchc_office.papers.kinds import PaperKind
from cchc_office.register import MARK, Sending, SendState, mark_of
from cchc_office.register.history import History, finding_about
from cchc_office.text.mail_address import what_is_wrong
from cchc_office.text.vietnamese import VIETNAM, local_day, time_in_words

_NO_DOMAIN = "cchc.invalid"
_TYPES = {
    ".docx": "vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pdf": "pdf",
}
WriteText = Callable[[Unit, PaperKind, Sequence[str], dt.date | None], str]


@dataclass(frozen=True)
class Message:
    """A message ready to go out; `content` are its bytes as the server gets them.

    `digest` stands for its papers, `name` is a file name for it, without ending. `again` is 0 but
    where a person asked for one more.
    """

    unit: Unit
    kind: PaperKind
    reminder: int
    digest: str
    message_id: str
    to: tuple[str, ...]
    copy_to: tuple[str, ...]
    subject: str
    attachments: tuple[str, ...]
    content: bytes
    name: str
    again: int = 0

    @property
    def as_draft(self) -> bytes:
        """The bytes of an .eml file that opens as a draft, to be sent by hand."""
        return b"X-Unsent: 1\r\n" + self.content


@dataclass(frozen=True)
class Outbox:
    """The messages that may go out, the units that had theirs before, and what is in the way."""

    messages: tuple[Message, ...] = ()
    sent_before: tuple[Unit, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class MessageMaker:
    """Makes messages. `now` is what they have as their date.

    With `again` units get one more message of a kind that they had before.
    """

    campaign: Campaign
    settings: MailSettings
    checker: AttachmentCheck
    history: History
    write_text: WriteText
    now: dt.datetime
    again: bool = False

    def fill(self, batch: Iterable[OutgoingPapers]) -> Outbox:
        """Make the messages of a batch."""
        messages: list[Message] = []
        before: list[Unit] = []
        findings: list[Finding] = []
        for wanted in batch:
            made, found, was_sent = self._message(wanted)
            findings += found
            messages += [made] if made else []
            before += [wanted.unit] if was_sent else []
        findings += _shared_addresses(messages)
        return Outbox(tuple(messages), tuple(before), tuple(findings))

    def _message(self, wanted: OutgoingPapers) -> tuple[Message | None, list[Finding], bool]:
        attachments, found = self.checker.attachments(wanted)
        digest = _digest(attachments)
        findings: list[Finding] = []
        if (earlier := self._earlier(wanted, digest)) is not None:
            return None, [earlier], False
        if self._was_sent(wanted, digest):
            return None, [], True
        findings += found
        findings += _address_findings(wanted.unit)
        if not wanted.unit.emails or any(finding.is_error for finding in findings):
            return None, findings, False
        message = self._made(wanted, attachments, digest)
        if len(message.content) > self.settings.most_bytes:
            size, most = _megabytes(len(message.content)), _megabytes(self.settings.most_bytes)
            findings.append(finding_about(wanted.unit, Code.MAIL_TOO_LARGE, size, most))
            return None, findings, False
        return message, findings, False

    def _earlier(self, wanted: OutgoingPapers, digest: str) -> Finding | None:
        """Tell why nothing of this kind may go out to the unit, None where it may."""
        live, unit = self._live(wanted), wanted.unit
        for sending in live:
            if sending.is_unclear:
                found, day = sending.message_id, time_in_words(sending.intended)
                return finding_about(unit, Code.MAIL_UNCLEAR, found, day)
        if self.again or self._was_sent(wanted, digest):
            return None
        if live:
            code, found = Code.MAIL_OTHER_VERSION_SENT, time_in_words(live[-1].when)
            return finding_about(unit, code, found, unit.code)
        for handover in self.history.handovers_of(wanted.errand):
            found = f"{handover.way}, {handover.day:%d/%m/%Y}"
            return finding_about(unit, Code.MAIL_HANDED_OVER, found, unit.code)
        if bounced := self._sent_back(wanted):
            what = wanted.kind.numbered(wanted.number)
            return finding_about(unit, Code.MAIL_BOUNCED, bounced.words, what)
        return None

    def _sent_back(self, wanted: OutgoingPapers) -> Sending | None:
        """Return the message that was sent back last, while it would go to the same address."""
        past = self.history.sendings_of(wanted.errand)
        if not past or past[-1].state is not SendState.BOUNCED:
            return None
        to, _ = _recipients(wanted.unit)
        before = {address.casefold() for address in past[-1].addresses}
        return past[-1] if before & {address.casefold() for address in to} else None

    def _live(self, wanted: OutgoingPapers) -> list[Sending]:
        past = self.history.sendings_of(wanted.errand)
        return [sending for sending in past if sending.state.is_live]

    def _was_sent(self, wanted: OutgoingPapers, digest: str) -> bool:
        return not self.again and any(s.digest == digest for s in self._live(wanted))

    def _replaced(self, wanted: OutgoingPapers, digest: str) -> dt.date | None:
        """Return the day of what the unit was given before, if that is not the same again."""
        live, handed = self._live(wanted), self.history.handovers_of(wanted.errand)
        days = [*(local_day(s.when) for s in live), *(handover.day for handover in handed)]
        is_same = any(sending.digest == digest for sending in live)
        return None if is_same else max(days, default=None)

    def _times_asked(self, wanted: OutgoingPapers) -> int:
        """Return how often a person asked for one more, this time too; 0 for the first message."""
        before = [sending.again for sending in self._live(wanted)]
        if not self.again or not (before or self.history.handovers_of(wanted.errand)):
            return 0
        return max(before, default=0) + 1

    def _made(
        self, wanted: OutgoingPapers, attachments: tuple[Attachment, ...], digest: str
    ) -> Message:
        unit, kind = wanted.unit, wanted.kind
        to, copy_to = _recipients(unit)
        names = tuple(a.name for a in attachments)
        replaced = self._replaced(wanted, digest)
        subject = self._subject(wanted, replaced)
        again = self._times_asked(wanted)
        message_id = self._message_id(wanted, digest, again)
        whole = EmailMessage(policy=WHOLE_WORDS)
        if self.settings.sender:
            whole["From"] = header_address(self.settings.sender)
        whole["To"] = tuple(header_address(SenderAddress(a, unit.name)) for a in to)
        if copy_to:
            whole["Cc"] = tuple(header_address(SenderAddress(a)) for a in copy_to)
        if self.settings.reply_to:
            whole["Reply-To"] = header_address(self.settings.reply_to)
        whole["Subject"] = subject
        whole["Date"] = email.utils.format_datetime(self.now.astimezone(VIETNAM))
        whole["Message-ID"] = message_id
        whole[MARK] = mark_of(self.campaign.id, kind, unit.code, wanted.number, again, digest)
        text = self.write_text(unit, kind, names, replaced)
        whole.set_content(text, cte="base64")
        for attachment in attachments:
            ending = attachment.name[attachment.name.rfind(".") :]
            whole.add_attachment(
                attachment.content,
                maintype="application",
                subtype=_TYPES[ending],
                filename=attachment.name,
            )
        # The usual boundary is drawn by lot; the same input shall give the same bytes.
        whole.set_boundary(f"=_cchc_{digest_of(message_id.encode())[:40]}")
        name = self.campaign.paper_name(unit)
        return Message(
            unit,
            kind,
            wanted.number,
            digest,
            message_id,
            to,
            copy_to,
            subject,
            names,
            whole.as_bytes(),
            f"{name}{_numbered('lan', wanted.number)}{_numbered('gui-lai', again, first=1)}",
            again,
        )

    def _subject(self, wanted: OutgoingPapers, replaced: dt.date | None) -> str:
        time = f", lần {wanted.number}" if wanted.number > 1 else ""
        info = self.campaign.info
        words = wanted.kind.mail.subject.format(
            index=info.index.short, set=info.index.short_set, year=info.year, time=time
        )
        name = self.campaign.paper_name(wanted.unit)
        instead = f" (thay bản ngày {replaced:%d/%m/%Y})" if replaced else ""
        return header_text(f"[{name}] {info.agency} {words}{instead}")

    def _message_id(self, wanted: OutgoingPapers, digest: str, again: int) -> str:
        """Return the one Message-ID that these papers have on their way to this unit."""
        key = f"{wanted.unit.code}\n{wanted.kind.key}\n{wanted.number}\n{digest}"
        key += f"\n{again}" if again else ""
        mark = hashlib.sha256(f"{self.campaign.id}\n{key}".encode()).hexdigest()[:24]
        sender = self.settings.sender
        name = self.campaign.paper_name(wanted.unit)
        return f"<{name}.{mark}@{sender.domain if sender else _NO_DOMAIN}>"


def _numbered(word: str, number: int, first: int = 2) -> str:
    """Return what is added to a file's name: "-lan-2", nothing below the `first` that is named."""
    return f"-{word}{f'-{number}' if number > 1 else ''}" if number >= first else ""


def _recipients(unit: Unit) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return to whom the message goes and who gets a copy, nobody twice."""
    to = {address.casefold(): address for address in unit.emails}
    copies = {a.casefold(): a for a in unit.copy_emails if a.casefold() not in to}
    return tuple(to.values()), tuple(copies.values())


def _address_findings(unit: Unit) -> Iterator[Finding]:
    if not unit.emails:
        yield finding_about(unit, Code.MAIL_NO_ADDRESS)
    for address in (*unit.emails, *unit.copy_emails):
        if wrong := what_is_wrong(address):
            yield finding_about(unit, Code.MAIL_BAD_ADDRESS, address, wrong)


def _shared_addresses(messages: Iterable[Message]) -> Iterator[Finding]:
    owners: dict[str, list[Unit]] = {}
    for message in messages:
        for address in message.to:
            owners.setdefault(address.casefold(), []).append(message.unit)
    for address, units in owners.items():
        if len(units) > 1:
            names = tuple(unit.name for unit in units)
            yield Finding(Code.MAIL_ADDRESS_SHARED, found=address, candidates=names)


def _digest(attachments: Iterable[Attachment]) -> str:
    """Return what stands for all papers; a PDF made later of the same letter changes nothing."""
    papers = sorted((a.kind.key, a.digest) for a in attachments if a.kind)
    return digest_of("\n".join(f"{kind} {digest}" for kind, digest in papers).encode())


def _megabytes(size: int) -> str:
    return f"{size / 1024**2:.1f} MB".replace(".", ",")
