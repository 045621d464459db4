"""Fetching: every message once, each recorded when what was in it is safe."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from cchc_office.catalogue.findings import Code, Finding
from cchc_office.errors import CchcError
from cchc_office.mail.incoming import Incoming, MessageGoneError, MessageRefusedError
from cchc_office.mail.intake import MessageIntake, SeenMessages, TakenMessage
from cchc_office.mail.mailbox import Mailbox
from cchc_office.model import Campaign
from cchc_office.register import Register, SendState


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
                with _recording():
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
        with _recording():
            for bounce in taken.bounces:
                gone = bounce.sending
                when = max(taker.now, gone.settled or gone.intended)
                register.settle(gone.message_id, SendState.BOUNCED, when, bounce.words)
            register.record_message(taken.message, incoming.place)
        known.add(taken.message)
        taker.outgoing.add(taken.message, taken.bounces)
        yield taken


@contextmanager
def _recording() -> Iterator[None]:
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
