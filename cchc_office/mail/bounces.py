"""Reports of delivery held against what the register knows of messages that went out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from cchc_office.catalogue.findings import Code, Finding, FindingCode
from cchc_office.model import Campaign, DeliveryAction, DeliveryNotice
from cchc_office.register import FetchedMessage, Sending, SendState
from cchc_office.register.history import finding_of, in_words, notices_of
from cchc_office.returns.delivery_reports import DeliveryReport

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
