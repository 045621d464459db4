"""What is known of messages: those taken in before, those that went out and what came of them."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from cchc_office.catalogue.findings import Code, Finding, FindingCode
from cchc_office.mail.incoming import Head
from cchc_office.model import Campaign, DeliveryAction, DeliveryNotice
from cchc_office.register import FetchedFile, FetchedMessage, FileFate, Sending, SendState
from cchc_office.register.history import finding_of, in_words, notices_of
from cchc_office.returns.delivery_reports import DeliveryReport

_TAKEN = (FileFate.SAVED, FileFate.ALREADY_THERE, FileFate.EVIDENCE)
LOCKED = (
    Code.PASSWORD_PROTECTED,
    Code.WRONG_PASSWORD,
    Code.LOCK_UNKNOWN,
    Code.LOCKS_TAKE_LONG,
    Code.ARCHIVE_LOCKED,
    Code.ARCHIVE_WRONG_PASSWORD,
)
"""What is said of files that a password may open."""

_LOCKED_SLUGS = frozenset(code.slug for code in LOCKED)


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
        return not (self._with_passwords and any(f.finding in _LOCKED_SLUGS for f in earlier.files))

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
    own = (f for f in message.files if f.is_return and f.unit and not f.finding)
    return {f.digest for f in own if not f.packed_as}


def _is_same(earlier: FetchedMessage, head: Head) -> bool:
    """Tell whether two messages of one Message-ID are one: some programs use an id twice.

    A filter may deliver a message without its file first and whole later. Beside one that brought a
    return the size does not matter: the same message in a file has other ends of lines.
    """
    sent = head.sent.replace(microsecond=0) if head.sent else None
    if (earlier.sender, earlier.subject, earlier.sent) != (head.sender, head.subject, sent):
        return False
    return earlier.size in (0, head.size) or any(f.saved_as for f in earlier.files)


_CLOCKS_DIFFER = dt.timedelta(hours=1)
_OVER = (SendState.BOUNCED, SendState.REFUSED, SendState.NOT_SENT)


@dataclass(frozen=True, slots=True)
class Bounce:
    """A message that did not reach its unit, and what the servers say, in words."""

    sending: Sending
    words: str


@dataclass(frozen=True)
class Reported:
    """What a report comes to: of which of our messages it tells, which did not arrive.

    `is_ours` is False where it is about none of them.
    """

    notices: tuple[DeliveryNotice, ...] = ()
    bounces: tuple[Bounce, ...] = ()
    findings: tuple[Finding, ...] = ()
    is_ours: bool = False


class SentMessages:
    """The messages that went out, by their Message-IDs, and what was reported of them so far."""

    def __init__(
        self, campaign: Campaign, sendings: Iterable[Sending], messages: Iterable[FetchedMessage]
    ) -> None:
        """Take what the register has."""
        self._campaign = campaign
        self._by_id = {sending.message_id: sending for sending in sendings}
        self._reports = [message for message in messages if message.notices]

    def add(self, message: FetchedMessage, bounces: Iterable[Bounce] = ()) -> None:
        """Remember what a message that was fetched reports."""
        self._reports += [message] if message.notices else []
        for bounce in bounces:
            sending = replace(bounce.sending, state=SendState.BOUNCED)
            self._by_id[sending.message_id] = sending

    def reported(self, report: DeliveryReport, message: FetchedMessage) -> Reported:
        """Return what a report in `message` comes to."""
        sending = next((self._by_id[i] for i in report.message_ids if i in self._by_id), None)
        if sending is None:
            return Reported(findings=tuple(self._about_others(report)))
        notices = tuple(_of(notice, report, sending) for notice in report.notices)
        failed = [n for n in notices if n.action is DeliveryAction.FAILED]
        if not failed:
            delayed = [n for n in notices if n.action is DeliveryAction.DELAYED]
            findings = self._findings(Code.MAIL_DELAYED, sending, delayed)
            return Reported(notices, (), findings, is_ours=True)
        if not self._is_live(sending, message):
            return Reported(notices, is_ours=True)
        known = notices_of(sending, self._reports)
        failed = [*(n for n in known if n.action is DeliveryAction.FAILED), *failed]
        if self._reached_somebody(sending, failed):
            findings = self._findings(Code.MAIL_BOUNCED_IN_PART, sending, failed)
            return Reported(notices, (), findings, is_ours=True)
        words = "; ".join(dict.fromkeys(map(in_words, failed)))
        findings = self._findings(Code.MAIL_BOUNCED, sending, failed)
        return Reported(notices, (Bounce(sending, words),), findings, is_ours=True)

    def _is_live(self, sending: Sending, message: FetchedMessage) -> bool:
        """Tell whether a report can be about what the register takes for delivered.

        What a person said later than it was written is surer, and it may be about an attempt that
        another one followed.
        """
        when = message.sent or message.fetched
        said_later = sending.by_person and sending.settled and when < sending.settled
        earlier_attempt = when < sending.intended - _CLOCKS_DIFFER
        return sending.state not in _OVER and not (said_later or earlier_attempt)

    def _reached_somebody(self, sending: Sending, failed: Iterable[DeliveryNotice]) -> bool:
        """Tell whether an address of the unit is left that took it; copies are for information."""
        unit = self._campaign.find_unit(sending.unit)
        copies = {a.casefold() for a in unit.copy_emails} if unit else set()
        copies -= {a.casefold() for a in unit.emails} if unit else set()
        own = {a.casefold() for a in sending.addresses}
        return bool(((own - copies) or own) - {n.address.casefold() for n in failed})

    def _findings(
        self, code: FindingCode, sending: Sending, notices: Iterable[DeliveryNotice]
    ) -> tuple[Finding, ...]:
        told = "; ".join(dict.fromkeys(map(in_words, notices)))
        return (finding_of(code, self._campaign, sending, told),) if told else ()

    def _about_others(self, report: DeliveryReport) -> Iterable[Finding]:
        """Yield what is told of units' addresses in a report about a message of somebody else."""
        for notice in report.notices:
            units = [u for u in self._campaign.units if u.has_address(notice.address)]
            if notice.action is DeliveryAction.FAILED and units:
                name, code = units[0].name, units[0].code
                told = in_words(notice)
                yield Finding(Code.OTHER_MAIL_BOUNCED, about=name, found=told, unit=code)


def _of(notice: DeliveryNotice, report: DeliveryReport, sending: Sending) -> DeliveryNotice:
    """Return the notice of our message, with the address as we wrote it where that is clear."""
    own = {address.casefold(): address for address in sending.addresses}
    named = [own[a.casefold()] for a in report.addresses if a.casefold() in own]
    address = own.get(notice.address.casefold(), "")
    if not address and len(own) == 1:
        # Whatever it was passed on to: there was nobody else to reach.
        address = sending.addresses[0]
    if not address and len(set(named)) == 1:
        address = named[0]
    return replace(notice, message_id=sending.message_id, address=address or notice.address)
