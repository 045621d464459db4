"""Which letters did not reach their units, by what the register knows: the units are owed them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cchc_office.findings import Code, Finding
from cchc_office.mail.history import History, numbered
from cchc_office.mail.register import FetchedMessage, Sending, SendState
from cchc_office.mail.status_words import in_words
from cchc_office.model import Campaign, DeliveryAction, DeliveryNotice


def undelivered(
    campaign: Campaign, history: History, messages: Iterable[FetchedMessage] = ()
) -> Iterator[Finding]:
    """Yield a finding for each letter that was sent back, and has not gone another way since.

    With the messages that were fetched also those that came back from one address of several, and
    those that servers still try to deliver.
    """
    notices: dict[str, list[DeliveryNotice]] = {}
    for message in messages:
        for notice in message.notices:
            notices.setdefault(notice.message_id, []).append(notice)
    last = {(s.unit, s.kind, s.reminder): s for s in history.sendings}
    for key, sending in last.items():
        if sending.state is SendState.BOUNCED and not history.handovers_of(*key):
            yield _finding(Code.MAIL_BOUNCED, campaign, sending, sending.words)
        elif sending.state is SendState.SENT:
            yield from _of_addresses(campaign, sending, notices.get(sending.message_id, ()))


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


def _finding(code: Code, campaign: Campaign, sending: Sending, told: str) -> Finding:
    unit = campaign.find_unit(sending.unit)
    name, what = unit.name if unit else sending.unit, numbered(sending.kind, sending.reminder)
    return Finding(code, about=name, found=told, expected=what, unit=sending.unit)
