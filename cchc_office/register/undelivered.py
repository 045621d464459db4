"""Which letters did not reach their units, by what the register knows: the units are owed them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cchc_office.catalogue.findings import Code, Finding, FindingCode
from cchc_office.model import Campaign, DeliveryAction, DeliveryNotice
from cchc_office.register import FetchedMessage, Sending, SendState
from cchc_office.register.history import History
from cchc_office.register.status_words import in_words


def undelivered(
    campaign: Campaign, history: History, messages: Iterable[FetchedMessage] = ()
) -> Iterator[Finding]:
    """Yield a finding for each letter that was sent back, and has not gone another way since.

    With the messages that were fetched also those that came back from one address of several, and
    those that servers still try to deliver.
    """
    reports = [message for message in messages if message.notices]
    last = {(s.unit, s.kind, s.reminder): s for s in history.sendings}
    for key, sending in last.items():
        if sending.state is SendState.BOUNCED and not history.handovers_of(*key):
            yield _finding(Code.MAIL_BOUNCED, campaign, sending, sending.words)
        elif sending.state is SendState.SENT:
            yield from _of_addresses(campaign, sending, notices_of(sending, reports))


def notices_of(sending: Sending, reports: Iterable[FetchedMessage]) -> Iterator[DeliveryNotice]:
    """Yield what was reported of the last attempt to send.

    What was fetched before it, or tells of addresses that it did not go to, is of an earlier one.
    """
    own = {address.casefold() for address in sending.addresses}
    for report in reports:
        if report.fetched >= sending.intended.replace(microsecond=0):
            ours = (n for n in report.notices if n.message_id == sending.message_id)
            yield from (n for n in ours if n.address.casefold() in own)


def _of_addresses(
    campaign: Campaign, sending: Sending, notices: Iterable[DeliveryNotice]
) -> Iterator[Finding]:
    latest = {notice.address: notice for notice in notices}
    for action, code in (
        (DeliveryAction.FAILED, Code.MAIL_BOUNCED_IN_PART),
        (DeliveryAction.DELAYED, Code.MAIL_DELAYED),
    ):
        told = [in_words(n) for n in latest.values() if n.action is action]
        if told:
            yield _finding(code, campaign, sending, "; ".join(told))


def _finding(code: FindingCode, campaign: Campaign, sending: Sending, told: str) -> Finding:
    unit = campaign.find_unit(sending.unit)
    name, what = unit.name if unit else sending.unit, sending.kind.numbered(sending.reminder)
    return Finding(code, about=name, found=told, expected=what, unit=sending.unit)
