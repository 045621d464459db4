"""Fetching: every message once, each recorded when what was in it is safe."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from cchc_office.mail.fetching.incoming import Head, Incoming, MessageGoneError
from cchc_office.mail.fetching.taking import LOCKED_SLUGS, Taken, Taker
from cchc_office.mail.register import FetchedMessage, FileFate, Register
from cchc_office.model import Campaign

_TAKEN = (FileFate.SAVED, FileFate.ALREADY_THERE)


@dataclass(frozen=True)
class Known:
    """The messages that were fetched before, by their keys, and which of them are looked at again.

    With `again`, those in which something was no return or could not be read; with passwords, those
    with something locked.
    """

    messages: dict[str, FetchedMessage] = field(default_factory=dict)
    again: bool = False
    with_passwords: bool = False

    def key_of(self, head: Head) -> str:
        """Return the key of a message; one whose Message-ID another one has gets its own."""
        earlier = self.messages.get(head.key)
        if earlier is None or _is_same(earlier, head):
            return head.key
        told = f"{head.sender}\n{head.sent}\n{head.subject}"
        return f"{head.key} {hashlib.sha256(told.encode('utf-8', 'replace')).hexdigest()[:12]}"

    def is_done(self, key: str) -> bool:
        """Tell whether there is nothing to do about the message any more."""
        earlier = self.messages.get(key)
        if earlier is None:
            return False
        if self.again and any(f.fate not in _TAKEN for f in earlier.files):
            return False
        return not (self.with_passwords and any(f.finding in LOCKED_SLUGS for f in earlier.files))


def known_messages(register: Register, *, again: bool, with_passwords: bool) -> Known:
    """Return what the register knows."""
    return Known({m.key: m for m in register.messages()}, again, with_passwords)


def fetch(
    messages: Iterable[Incoming], known: Known, taker: Taker, register: Register
) -> Iterator[Taken | None]:
    """Take the messages in one by one; None stands for one that was fetched before.

    A message is in the register when it is yielded, and what it brought is saved before that: a
    run that ends in between does it again, and finds the files there. Raises CchcError where the
    mailbox breaks off or nothing can be written.
    """
    done: set[str] = set()
    for incoming in messages:
        key = known.key_of(incoming.head)
        if key in done or known.is_done(key):
            yield None
            continue
        try:
            taken = taker.take(incoming, key, known.messages.get(key))
        except MessageGoneError:
            continue
        register.record_message(taken.message)
        known.messages[key] = taken.message
        done.add(key)
        yield taken


def first_day(campaign: Campaign, register: Register) -> dt.date:
    """Return the day from which returns can have come: when the campaign was issued.

    The earliest of what the register and the date on the papers tell; a blank day is the first of
    its month. Without any of them it is the first day of the campaign's year.
    """
    told = [p.made.date() for p in register.papers()] + [
        s.intended.date() for s in register.sendings()
    ]
    date = campaign.info.document_date
    if date is not None:
        told.append(dt.date(date.year, date.month or 1, (date.day if date.month else 1) or 1))
    return min(told, default=dt.date(campaign.info.year, 1, 1))


def _is_same(earlier: FetchedMessage, head: Head) -> bool:
    """Tell whether two messages of one Message-ID are one: some programs use an id twice."""
    sent = head.sent.replace(microsecond=0) if head.sent else None
    return (earlier.sender, earlier.subject, earlier.sent) == (head.sender, head.subject, sent)
