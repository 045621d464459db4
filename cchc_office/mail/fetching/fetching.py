"""Fetching: every message once, each recorded when what was in it is safe."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from cchc_office.mail.fetching.incoming import Incoming, MessageGoneError
from cchc_office.mail.fetching.taking import Taken, Taker
from cchc_office.mail.register import Register
from cchc_office.model import Campaign


def fetch(messages: Iterable[Incoming], taker: Taker, register: Register) -> Iterator[Taken | None]:
    """Take the messages in one by one; None stands for one that was fetched before.

    A message is in the register when it is yielded, and what it brought is saved before that: a
    run that ends in between does it again, and finds the files there. Raises CchcError where the
    mailbox breaks off or nothing can be written.
    """
    known = taker.known
    for incoming in messages:
        key = known.key_of(incoming.head)
        if known.is_done(key):
            yield None
            continue
        try:
            taken = taker.take(incoming, key)
        except MessageGoneError:
            continue
        register.record_message(taken.message)
        known.add(taken.message)
        yield taken


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
