"""What the register holds, as values. Units are named by their codes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from cchc_office.model import INSIDE, DeliveryNotice
from cchc_office.papers.kinds import PaperKind


class ToldMaximum(NamedTuple):
    """The maximum of a row, by the row's id, as a paper tells it; `name` stands for the row's."""

    criterion: str
    name: str
    maximum: str


@dataclass(frozen=True, slots=True)
class MadePaper:
    """A paper made for a unit; `file` is its place below the output folder.

    `reminder` is the number of the reminder, or of the round to be explained; 0 for tasks.
    `answer_by` is the day by which it wants an answer, None where it names none. `recorded` is when
    that was, where `made` is of a day that a person gave. `maxima` are those of the rows that it
    gives a unit to score, as far as that is known.
    """

    kind: PaperKind
    unit: str
    file: str
    digest: str
    made: dt.datetime
    reminder: int = 0
    answer_by: dt.date | None = None
    recorded: dt.datetime | None = None
    maxima: tuple[ToldMaximum, ...] = ()


Errand = tuple[str, PaperKind, int]
"""What goes out once: to which unit, papers of which kind, for the how-manieth time."""


class SendState(Enum):
    """What is known of one attempt to send a message."""

    INTENDED = "đang gửi dở"
    """About to be handed to the server: unclear to everybody but the one who is sending it."""
    UNKNOWN = "không rõ"
    """Handed to the server, which did not say whether it took it."""
    SENT = "đã gửi"
    REFUSED = "bị từ chối"
    NOT_SENT = "chưa gửi"
    """Given up before the server had all of it, or a person said that it did not arrive."""
    BOUNCED = "bị trả lại"
    """Taken by the server, and sent back by it or by another one: the unit does not have it."""

    @property
    def is_unclear(self) -> bool:
        """Tell whether a person has to say if it arrived."""
        return self in (SendState.INTENDED, SendState.UNKNOWN)

    @property
    def is_live(self) -> bool:
        """Tell whether no other message of the kind goes to the unit unless a person asks."""
        return self.is_unclear or self is SendState.SENT


@dataclass(frozen=True, slots=True)
class Sending:
    """One attempt to send a unit its papers of one kind.

    `digest` stands for all papers attached, `reminder` is 0 for what is no reminder, `words` are
    the server's own. `intended` is when it was about to go out, `settled` when its state became
    what it is. `by_person` tells that a person said so. `again` is 0 for the one message that goes
    out by itself, else how often a person had asked for another one.
    """

    message_id: str
    unit: str
    kind: PaperKind
    digest: str
    addresses: tuple[str, ...]
    intended: dt.datetime
    state: SendState = SendState.INTENDED
    reminder: int = 0
    settled: dt.datetime | None = None
    words: str = ""
    by_person: bool = False
    again: int = 0

    @property
    def errand(self) -> Errand:
        """What it brings, to whom."""
        return self.unit, self.kind, self.reminder

    @property
    def is_unclear(self) -> bool:
        """Tell whether a person has to say if it arrived."""
        return self.state.is_unclear

    @property
    def when(self) -> dt.datetime:
        """When its state became what it is."""
        return self.settled or self.intended

    @property
    def stage(self) -> Stage:
        """What a line of the journal tells of it: which message, its state, when it came to be."""
        return self.message_id, self.state, self.when.replace(microsecond=0)


Stage = tuple[str, SendState, dt.datetime]


def later_of(one: Sending, other: Sending) -> Sending:
    """Return what is known of a message of which two places tell.

    The later counts; of one second, the later attempt, that a letter came back, that a server took
    it, then a person's word, then what keeps it from going out again.
    """
    if one.when != other.when:
        return max(one, other, key=lambda sending: sending.when)
    if SendState.BOUNCED in (one.state, other.state) and one.intended != other.intended:
        return max(one, other, key=lambda sending: sending.intended)
    for state in (SendState.BOUNCED, SendState.SENT):
        for sending in (one, other):
            if sending.state is state:
                return sending
    if one.by_person != other.by_person:
        return one if one.by_person else other
    return other if other.is_unclear else one


@dataclass(frozen=True, slots=True)
class Handover:
    """Papers handed over by another way than e-mail, as a person recorded it.

    `struck` is when a person struck it out as a mistake; `id` is its number in the register, 0
    before it is there.
    """

    unit: str
    kind: PaperKind
    way: str
    day: dt.date
    recorded: dt.datetime
    reminder: int = 0
    struck: dt.datetime | None = None
    id: int = field(default=0, compare=False)

    @property
    def errand(self) -> Errand:
        """What was handed over, to whom."""
        return self.unit, self.kind, self.reminder

    @property
    def identity(self) -> tuple[Errand, dt.date, str]:
        """What one handover is told from others by."""
        return self.errand, self.day, self.way

    @property
    def when(self) -> dt.datetime:
        """When it became what it is."""
        return self.struck or self.recorded


class FileFate(Enum):
    """What became of one file of a fetched message."""

    SAVED = "đã lưu"
    ALREADY_THERE = "đã có"
    NOT_A_RETURN = "không phải phiếu của đợt này"
    UNREADABLE = "không đọc được"
    EVIDENCE = "đã giữ làm minh chứng"


@dataclass(frozen=True, slots=True)
class FetchedFile:
    """A file of a message: its own name, whose return it is, where it was saved.

    `unit` and `saved_as` (its name in the folder of returns, of evidence in that of the unit's
    evidence) are empty where it was not taken; `finding` is the slug of the finding that tells why.
    One in an archive of messages is named from the archive on, which is what was saved.
    """

    name: str
    fate: FileFate
    digest: str = ""
    unit: str = ""
    saved_as: str = ""
    finding: str = ""

    @property
    def is_return(self) -> bool:
        """Tell whether it was taken as something that was to come back."""
        return bool(self.saved_as) and self.fate is not FileFate.EVIDENCE

    @property
    def packed_as(self) -> str:
        """Its name within the archive that was saved, "" where it is what was saved itself."""
        outer, _, inner = self.name.partition(INSIDE)
        return inner if outer == self.saved_as else ""


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A person's word that a file which `sender` sent by mail is the unit's own.

    `digest` is that of the file as it came, `file` its name in the folder of returns; `unit` is
    empty for a workbook of the reviewers. `struck` and `id` are as for a Handover.
    """

    digest: str
    file: str
    unit: str
    sender: str
    recorded: dt.datetime
    struck: dt.datetime | None = None
    id: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A file that was handed to the program, known by its `digest`: when that was.

    `file` is its name in the folder of returns, `recorded` when somebody said so: the last word
    counts.
    """

    digest: str
    file: str
    received: dt.datetime
    recorded: dt.datetime


@dataclass(frozen=True, slots=True)
class MailboxPlace:
    """Where a message lies on a server: its number there, which no other one ever gets.

    `mailbox` names the server, the account, the folder and the folder's UIDVALIDITY: where that
    changes, all numbers are new.
    """

    mailbox: str
    number: int


@dataclass(frozen=True, slots=True)
class FetchedMessage:
    """A message that was fetched, and what became of its files.

    `key` is its Message-ID, or a digest of it where it has none. `sender` is the plain address,
    `sent` what the message itself says. `source` is the mailbox or the folder it came from, `size`
    in bytes. `notices` is what it reports of messages that went out.
    """

    key: str
    sender: str
    fetched: dt.datetime
    sent: dt.datetime | None = None
    subject: str = ""
    source: str = ""
    files: tuple[FetchedFile, ...] = ()
    size: int = 0
    notices: tuple[DeliveryNotice, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadReturn:
    """A returned form as it was read: `file` below the folder of returns, `saved` as it tells.

    `read` is when it was first read with this content; `scored` of `expected` leaves that its unit
    scores were done in it, counted as progress does. `counted` tells that it is the one
    that counts for its unit. `recorded` is when that was, where `read` is of a day that a person
    gave.
    """

    unit: str
    file: str
    digest: str
    read: dt.datetime
    saved: dt.datetime | None = None
    scored: int = 0
    expected: int = 0
    counted: bool = True
    recorded: dt.datetime | None = None
