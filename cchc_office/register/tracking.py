"""Where each unit stands: what went out to it, what came back, what it owes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import cached_property

from cchc_office.catalogue.findings import Finding
from cchc_office.model import (
    INSIDE,
    Campaign,
    Consolidation,
    Decision,
    FormVerdict,
    Returns,
    Unit,
    UnitResult,
)
from cchc_office.papers.kinds import (
    DISPATCH,
    EXPLANATION,
    REMINDER,
    PaperKind,
    letter_that_brings,
    letters,
)
from cchc_office.register import (
    FetchedMessage,
    MadePaper,
    ReadReturn,
    Register,
    Sending,
    SendState,
)
from cchc_office.register.arrivals import Arrivals
from cchc_office.register.events import (
    Event,
    confirmation_event,
    handover_event,
    message_events,
    paper_event,
    return_event,
    sending_event,
    verdict_event,
)
from cchc_office.register.history import History, undelivered
from cchc_office.results.progress import Completion, RoundProgress, progress, progress_of_rounds
from cchc_office.text.vietnamese import local_day

BY_MAIL = "thư"


@dataclass(frozen=True, slots=True)
class Delivery:
    """Papers on their way to a unit: on which day, how, and what became of them.

    `way` is BY_MAIL or what a person said; `number` that of the reminder or of the round.
    """

    kind: PaperKind
    number: int
    day: dt.date
    way: str
    state: SendState
    message_id: str = ""

    @property
    def is_done(self) -> bool:
        """Tell whether the unit has it, as far as anybody knows."""
        return self.state is SendState.SENT

    @property
    def is_unclear(self) -> bool:
        """Tell whether a person has to say if it arrived."""
        return self.state.is_unclear

    @property
    def is_sent_back(self) -> bool:
        """Tell whether servers sent it back: the unit is still owed it."""
        return self.state is SendState.BOUNCED


@dataclass(frozen=True, slots=True)
class Receipt:
    """The form that counts for a unit: its file, when it came, by whom if by mail.

    `day` is the one by which it had come, None where it was seen just now for the first time;
    `is_received` tells that it came on that day. `round` is that of the appraisal which it
    answers, else 0. `unconfirmed` names the sender where
    nobody has confirmed that it is the unit's.
    """

    file: str
    day: dt.date | None
    sender: str
    unconfirmed: str = ""
    round: int = 0
    is_received: bool = True

    @property
    def came(self) -> str:
        """The day on which it came, or what is known for want of it, in words."""
        if self.day is None:
            return "chưa có ngày nhận"
        day = f"{self.day:%d/%m/%Y}"
        return f"nhận {day}" if self.is_received else f"có từ {day}, chưa có ngày nhận"


class ExplanationState(Enum):
    """How far the explanation of a unit is that a round of appraisal asks for, in words."""

    TO_WRITE = "chưa soạn công văn"
    TO_SEND = "đã soạn, chưa gửi"
    AWAITED = "chưa trả lời"
    LATE = "quá hạn, chưa trả lời"
    ANSWERED = "đã trả lời"


@dataclass(frozen=True, slots=True)
class Explanation:
    """What the last round of appraisal asks a unit to explain: who was told when, what came.

    `asked` is how the letter that asks reached the unit, None as long as it did not; `due` the day
    by which that letter, or else the one that was made, wants the answer, None where it names none.
    `answer` is what came.
    """

    round: int
    state: ExplanationState
    asked: Delivery | None = None
    due: dt.date | None = None
    answer: Receipt | None = None

    @property
    def is_answered(self) -> bool:
        """Whether the unit answered the round."""
        return self.state is ExplanationState.ANSWERED

    @property
    def is_awaited(self) -> bool:
        """Whether the unit was asked and has yet to answer."""
        return self.state in (ExplanationState.AWAITED, ExplanationState.LATE)

    @property
    def in_words(self) -> str:
        """What is owed, as other debts say it."""
        until = f", hạn {self.due:%d/%m/%Y}" if self.due else ""
        return f"chưa có phiếu giải trình (thẩm định lần {self.round}{until})"


_NOTHING_TO_DO = Completion(0, 0)


@dataclass(frozen=True)
class UnitStatus:
    """A unit, what was made for it and delivered to it, what came back, and what it owes now.

    `done` counts the leaves that it scores as progress does. `owes` tells all that it owes: nothing
    before it was told of it, or the deadline is over. `rows_owed` counts the rows among it: the
    form that they stand in is no further one. `answers` are its forms that explain scores, one a
    round; `explanation` is how far that is which the last round asks for, None for nothing.
    `verdict` is what a person last said of the form that counts.
    """

    unit: Unit
    made: frozenset[PaperKind] = frozenset()
    deliveries: tuple[Delivery, ...] = ()
    receipt: Receipt | None = None
    owes: tuple[str, ...] = ()
    answers: tuple[Receipt, ...] = ()
    explanation: Explanation | None = None
    done: Completion = _NOTHING_TO_DO
    rows_owed: int = 0
    verdict: FormVerdict | None = None

    def last(self, kind: PaperKind) -> Delivery | None:
        """Return how papers of a kind last went out: what did comes before what did not."""
        own = [d for d in self.deliveries if d.kind is kind]
        return max(own, key=lambda d: (d.state.is_live, d.number, d.day), default=None)

    @property
    def count_owed(self) -> int:
        """How many things it owes: rows, or, where it owes none, what else."""
        return self.rows_owed or len(self.owes)

    @property
    def must_explain(self) -> bool:
        """Tell whether it has still to explain scores, asked to or not."""
        return self.explanation is not None and not self.explanation.is_answered

    @property
    def owes_explanation(self) -> bool:
        """Tell whether it was asked to explain scores and has not."""
        return self.explanation is not None and self.explanation.is_awaited

    @property
    def only_explains(self) -> bool:
        """Tell whether all that it owes is an explanation whose day is not over."""
        explains = self.explanation
        is_awaited = explains is not None and explains.state is ExplanationState.AWAITED
        return is_awaited and len(self.owes) == 1

    @property
    def is_in_debt(self) -> bool:
        """Tell whether it owes more than an explanation whose day is not over."""
        return bool(self.owes) and not self.only_explains

    @property
    def must_return_again(self) -> bool:
        """Tell whether its form was given back to it, and no better one has come."""
        return self.verdict is not None and self.verdict.decision is Decision.SENT_BACK

    @property
    def has_tasks(self) -> bool:
        """Tell whether it was given its tasks; who returned a form surely was."""
        last = self.last(DISPATCH)
        return self.receipt is not None or (last is not None and last.is_done)

    @property
    def is_sent_back(self) -> bool:
        """Tell whether what went out last, of any kind, came back undelivered."""
        return any((last := self.last(kind)) and last.is_sent_back for kind in letters())

    @property
    def reminders(self) -> int:
        """How many reminders the unit has had."""
        own = (d.number for d in self.deliveries if d.kind is REMINDER and d.is_done)
        return max(own, default=0)


class Tracking:
    """The register beside what was just read of the returns.

    `returns` is what there is now and `current` the same as the register keeps it; the register
    knows since when.
    """

    def __init__(
        self,
        data: Consolidation,
        register: Register | None,
        current: Iterable[ReadReturn],
        returns: Returns | None = None,
    ) -> None:
        """Take everything out of the register at once; None is one without anything in it."""
        self._data = data
        self._now = returns or Returns()
        self._confirmations = register.confirmations(struck=True) if register else ()
        self._verdicts = register.verdicts(struck=True) if register else ()
        self._papers = register.papers() if register else ()
        self._sendings = register.sendings() if register else ()
        self._handovers = register.handovers(struck=True) if register else ()
        self._messages = register.messages() if register else ()
        self._arrivals = Arrivals(register)
        known = {_key(r): r for r in register.returns()} if register else {}
        self._current = {_key(r): known.get(_key(r), r) for r in current}
        self._returns = {**known, **self._current}

    @property
    def campaign(self) -> Campaign:
        """The campaign whose units stand somewhere."""
        return self._data.campaign

    def units(self) -> tuple[UnitStatus, ...]:
        """Return where each unit stands, in the campaign's order."""
        return self._units

    @cached_property
    def _units(self) -> tuple[UnitStatus, ...]:
        made = _made(self._papers)
        deliveries: dict[str, list[Delivery]] = {}
        for unit, delivery in self._deliveries():
            deliveries.setdefault(unit, []).append(delivery)
        receipts = self._receipts()
        answers: dict[str, list[Receipt]] = {}
        for form in self._now.supplements:
            if answer := receipts.of(form.unit, form.file):
                answers.setdefault(form.unit, []).append(replace(answer, round=form.round))
        last = next(iter(list(progress_of_rounds(self._data, self._now))[-1:]), None)
        asking: dict[str, list[MadePaper]] = {}
        for paper in self._papers if last else ():
            if paper.kind is EXPLANATION and last and paper.reminder == last.number:
                asking.setdefault(paper.unit, []).append(paper)
        done = {unit.code: share for unit, share in progress(self._data, most_due=0).units}

        def status(result: UnitResult) -> UnitStatus:
            code = result.unit.code
            went, came = deliveries.get(code, []), answers.get(code, [])
            explains = None
            if last and code in last.asked:
                explains = self._explanation(code, last, asking.get(code, []), went, came)
            is_asked = self._is_asked(result, went)
            return UnitStatus(
                result.unit,
                frozenset(made.get(code, ())),
                tuple(went),
                receipts.of(code, result.returned.file) if result.returned else None,
                (
                    *(debt.in_words(self.campaign) for debt in result.debts if is_asked),
                    *([explains.in_words] if explains and explains.is_awaited else ()),
                ),
                tuple(came),
                explains,
                done[code],
                result.rows_owed if is_asked else 0,
                self._now.verdicts.get(code),
            )

        return tuple(map(status, self._data.units))

    def _is_asked(self, result: UnitResult, deliveries: Iterable[Delivery]) -> bool:
        """Tell whether a unit can owe anything: it was told of it, or the deadline is over."""
        deadline = self.campaign.info.deadline
        is_over = deadline is not None and deadline < self._data.as_of
        was_told = any(delivery.state.is_live for delivery in deliveries)
        return is_over or was_told or result.returned is not None

    def receipt_of(self, unit: str, file: str) -> Receipt | None:
        """Return when and from whom a file of a unit came, whether it counts or not."""
        return self._receipts().of(unit, file)

    def _explanation(
        self,
        unit: str,
        last: RoundProgress,
        letters: Sequence[MadePaper],
        deliveries: Iterable[Delivery],
        came: Iterable[Receipt],
    ) -> Explanation:
        """Return how far a unit is with what the `last` round asks; an earlier one is settled."""
        own = (d for d in deliveries if d.kind is EXPLANATION and d.number >= last.number)
        asked = max((d for d in own if d.state.is_live), key=lambda d: d.day, default=None)
        told = [p for p in letters if asked and local_day(p.made) <= asked.day] or letters
        # Of those of one time the last one that was made.
        last_told = max(reversed(told), key=lambda paper: paper.made, default=None)
        due = last_told.answer_by if last_told else None
        answer = next((one for one in came if one.round == last.number), None)
        if unit not in last.waiting:
            state = ExplanationState.ANSWERED
        elif asked is None:
            state = ExplanationState.TO_SEND if letters else ExplanationState.TO_WRITE
        else:
            is_over = due is not None and due < self._data.as_of
            state = ExplanationState.LATE if is_over else ExplanationState.AWAITED
        return Explanation(last.number, state, asked, due, answer)

    def unclear(self) -> tuple[Sending, ...]:
        """Return the sendings of which a person has to say what became of them."""
        return tuple(s for s in self._sendings if s.is_unclear)

    def undelivered(self) -> tuple[Finding, ...]:
        """Return what there is to know of letters that were sent back, or are late."""
        return tuple(undelivered(self.campaign, self.history, self._messages))

    @property
    def history(self) -> History:
        """What went out so far, without what was struck out."""
        handovers = tuple(h for h in self._handovers if h.struck is None)
        return History(self._sendings, handovers, self._papers)

    def events(self) -> tuple[Event, ...]:
        """Return everything in the register, the first first."""
        sendings = {s.message_id: s for s in self._sendings}
        events = [
            *map(paper_event, self._papers),
            *map(sending_event, self._sendings),
            *map(handover_event, self._handovers),
            *(event for m in self._messages for event in message_events(m, sendings)),
            *map(return_event, self._returns.values()),
            *map(confirmation_event, self._confirmations),
            *map(verdict_event, self._verdicts),
        ]
        # Of one time, as where a job was of another day, papers are made before they come back.
        return tuple(sorted(events, key=lambda e: e.place))

    def with_older(self, papers: Iterable[tuple[str, str]]) -> set[str]:
        """Return the units that were last given their tasks with an older paper than one of these.

        `papers` are the digests of those that there are now, each with its unit.
        """
        given = self.history.given()
        first: dict[tuple[str, str], dt.datetime] = {}
        for paper in self._papers:
            place = paper.unit, paper.file
            first[place] = min(first.get(place, paper.made), paper.made)
        wanted = set(papers)
        return {
            p.unit
            for p in self._papers
            if (p.unit, p.digest) in wanted
            and p.unit in given
            and first[p.unit, p.file] <= given[p.unit] < p.made
        }

    def _deliveries(self) -> Iterator[tuple[str, Delivery]]:
        for s in self._sendings:
            day = local_day(s.when)
            yield s.unit, Delivery(s.kind, s.reminder, day, BY_MAIL, s.state, s.message_id)
        for h in (h for h in self._handovers if h.struck is None):
            yield h.unit, Delivery(h.kind, h.reminder, h.day, h.way, SendState.SENT)

    def _receipts(self) -> _Receipts:
        read = {(r.unit, r.file): r for r in self._current.values()}
        doubted = {f.file: f.unconfirmed for f in self._now.files if f.unconfirmed}
        return _Receipts(self._messages, self._arrivals, read, doubted)


@dataclass(frozen=True)
class _Receipts:
    """Tells when a file of a unit came."""

    messages: tuple[FetchedMessage, ...]
    arrivals: Arrivals
    read: Mapping[tuple[str, str], ReadReturn]
    unconfirmed: Mapping[str, str]

    def of(self, unit: str, file: str) -> Receipt | None:
        read = self.read.get((unit, file))
        if read is None:
            return None
        message, arrival = self._message_with(read), self.arrivals.of(read.digest, read.file)
        sender = message.sender if message else ""
        doubt = self.unconfirmed.get(read.file, "")
        day, is_received = (arrival.day, arrival.is_received) if arrival else (None, False)
        return Receipt(read.file, day, sender, doubt, is_received=is_received)

    def _message_with(self, read: ReadReturn) -> FetchedMessage | None:
        inner = read.file.partition(INSIDE)[2]
        own = ((m, f) for m in self.messages for f in m.files if f.digest == read.digest)
        return next((m for m, f in own if f.packed_as in ("", inner)), None)


def _key(read: ReadReturn) -> tuple[str, str, str]:
    return read.unit, read.file, read.digest


def _made(papers: Iterable[MadePaper]) -> dict[str, set[PaperKind]]:
    made: dict[str, set[PaperKind]] = {}
    for paper in papers:
        if letter := letter_that_brings(paper.kind):
            made.setdefault(paper.unit, set()).add(letter)
    return made
