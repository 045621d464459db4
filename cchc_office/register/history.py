"""What the register tells of the past: who was reminded when, what arrived, from whom.

What did not arrive is told in words. Files that came by mail from somebody whom nobody has
confirmed yet are doubted.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from cchc_office.catalogue.findings import Code, Finding, FindingCode
from cchc_office.files.folders import label, list_folder
from cchc_office.files.output_folder import digest_of
from cchc_office.model import (
    INSIDE,
    Campaign,
    Decision,
    DeliveryAction,
    DeliveryNotice,
    FormVerdict,
    ReadFile,
    Unit,
    UnitResult,
)
from cchc_office.papers.kinds import DISPATCH, REMINDER
from cchc_office.register import (
    Errand,
    FetchedFile,
    FetchedMessage,
    Handover,
    MadePaper,
    Register,
    Sending,
    SendState,
    ToldMaximum,
)
from cchc_office.text.vietnamese import VIETNAM, local_day


@dataclass(frozen=True, slots=True)
class Reminded:
    """How often a unit was reminded, and on which day last; `is_unclear` where nobody knows."""

    number: int
    last: dt.date
    is_unclear: bool = False

    @property
    def next_number(self) -> int:
        """The number of the next reminder; one that is unclear has to be settled first."""
        return self.number if self.is_unclear else self.number + 1

    def is_recent(self, today: dt.date, days_between: int) -> bool:
        """Tell whether the last reminder is too young for another one."""
        return (today - self.last).days < days_between


@dataclass(frozen=True)
class History:
    """What was sent and handed over so far, and what was made to be."""

    sendings: tuple[Sending, ...] = ()
    handovers: tuple[Handover, ...] = ()
    papers: tuple[MadePaper, ...] = ()

    @classmethod
    def of(cls, register: Register | None) -> History:
        """Return the history in a register; without one nothing happened yet."""
        if register is None:
            return cls()
        return cls(register.sendings(), register.handovers(), register.papers())

    def reminded(self) -> dict[str, Reminded]:
        """Return how often each unit was really reminded, by its code."""
        found: dict[str, Reminded] = {}
        for unit, reminded in self._reminders():
            known = found.get(unit)
            if known is None or (reminded.number, reminded.last) >= (known.number, known.last):
                found[unit] = reminded
        return found

    def _reminders(self) -> Iterable[tuple[str, Reminded]]:
        for sending in self.sendings:
            if sending.kind is REMINDER and sending.state.is_live:
                day = local_day(sending.when)
                yield sending.unit, Reminded(sending.reminder, day, sending.is_unclear)
        for handover in self.handovers:
            if handover.kind is REMINDER:
                yield handover.unit, Reminded(handover.reminder, handover.day)

    def given(self) -> dict[str, dt.datetime]:
        """Return when each unit was last given its tasks, by its code.

        Of what was handed over only the day is known: it may be what was made until its end, or
        until a person said that it was handed over.
        """
        sent = [s for s in self.sendings if s.kind is DISPATCH and s.state is SendState.SENT]
        times = [(sending.unit, sending.intended) for sending in sent]
        for handover in self.handovers:
            if handover.kind is DISPATCH:
                end = dt.datetime.combine(handover.day, dt.time.max, VIETNAM)
                times.append((handover.unit, min(end, handover.recorded)))
        return dict(sorted(times, key=lambda one: one[1]))

    def told_deadlines(self) -> dict[str, dt.date]:
        """Return the deadline that each unit was last told, by its code, as far as it is known."""
        return {p.unit: p.answer_by for p in self._given_letters() if p.answer_by}

    def told_maxima(self) -> dict[str, tuple[ToldMaximum, ...]]:
        """Return the maxima that each unit was last told, by its code, as far as they are known."""
        return {paper.unit: paper.maxima for paper in self._given_letters() if paper.maxima}

    def _given_letters(self) -> Iterator[MadePaper]:
        """Yield the letters that gave units their tasks, each unit's last one last."""
        given = self.given()
        for paper in sorted(self.papers, key=lambda paper: paper.made):
            is_given = paper.unit in given and paper.made <= given[paper.unit]
            if paper.kind is DISPATCH and is_given:
                yield paper

    def old_reminders(
        self, numbers: Mapping[str, int], today: dt.date, deadline: dt.date | None, days: int
    ) -> dict[str, dt.date]:
        """Return when reminders were made that tell of too old a day to go out `today`.

        `numbers` are those of the reminders, by units' codes. One is too old after more than `days`
        days, and where the deadline passed since.
        """
        made = {
            paper.unit: local_day(paper.made)
            for paper in sorted(self.papers, key=lambda paper: paper.made)
            if paper.kind is REMINDER and numbers.get(paper.unit) == paper.reminder
        }
        return {
            unit: day
            for unit, day in made.items()
            if (today - day).days > days or (deadline is not None and day <= deadline < today)
        }

    def sendings_of(self, errand: Errand) -> tuple[Sending, ...]:
        """Return the attempts to send a unit its papers."""
        return tuple(s for s in self.sendings if s.errand == errand)

    def handovers_of(self, errand: Errand) -> tuple[Handover, ...]:
        """Return how a unit was handed its papers by other ways."""
        return tuple(h for h in self.handovers if h.errand == errand)


_BY_CODE = {
    "1.1": "không có người nhận này",
    "1.2": "không có máy chủ thư của địa chỉ này",
    "1.3": "địa chỉ viết sai",
    "1.4": "địa chỉ trỏ tới nhiều người nhận",
    "1.6": "người nhận đã chuyển đi, không để lại địa chỉ mới",
    "1.8": "máy chủ nhận không chấp nhận địa chỉ người gửi",
    "1.10": "tên miền của địa chỉ này không nhận thư",
    "2.0": "hộp thư của người nhận có trục trặc",
    "2.1": "hộp thư đã bị khoá hoặc không nhận thư",
    "2.2": "hộp thư của người nhận đã đầy",
    "2.3": "thư lớn hơn mức hộp thư này nhận",
    "3.1": "máy chủ nhận hết chỗ chứa",
    "3.2": "máy chủ nhận đang không nhận thư",
    "3.4": "thư lớn hơn mức máy chủ nhận cho phép",
    "4.1": "máy chủ nhận không trả lời",
    "4.2": "đường nối tới máy chủ nhận bị ngắt",
    "4.3": "không tra được tên miền của địa chỉ này",
    "4.4": "không tìm thấy đường tới máy chủ nhận",
    "4.5": "máy chủ thư quá tải",
    "4.6": "thư đi vòng giữa các máy chủ",
    "4.7": "quá hạn mà vẫn chưa giao được",
    "5.3": "thư có quá nhiều người nhận",
    "7.1": "máy chủ nhận từ chối, không cho gửi tới địa chỉ này",
    "7.2": "người nhận chỉ nhận thư của những người định trước",
    "7.20": "thư không qua kiểm tra chữ ký DKIM",
    "7.23": "thư không qua kiểm tra SPF",
    "7.26": "thư không qua kiểm tra xác thực của máy chủ nhận",
}
_BY_SUBJECT = {
    "1": "địa chỉ không nhận được thư",
    "2": "hộp thư của người nhận không nhận thư",
    "3": "máy chủ nhận có trục trặc",
    "4": "không tới được máy chủ nhận",
    "5": "hai máy chủ không nói chuyện được với nhau",
    "6": "máy chủ nhận không chấp nhận nội dung thư",
    "7": "máy chủ nhận từ chối vì lý do an toàn",
}
_UNKNOWN = "máy chủ không nói rõ lý do"
_BY_WORDS = (
    (
        re.compile(
            r"user unknown|no such user|does ?n.t exist|not exist|unknown user", re.IGNORECASE
        ),
        "1.1",
    ),
    (re.compile(r"(?:mailbox|quota).{0,20}(?:full|exceed)|over ?quota", re.IGNORECASE), "2.2"),
    (re.compile(r"host or domain name not found|domain.{0,20}not found", re.IGNORECASE), "1.2"),
)
"""What servers write that give no code."""

_LONGEST_WORDS = 100


def reason(notice: DeliveryNotice) -> str:
    """Return why, with the code; where nobody knows the code, with the server's own words."""
    about = notice.status.partition(".")[2]
    known = _BY_CODE.get(about) or _BY_SUBJECT.get(about.partition(".")[0])
    if known:
        return f"{known} ({notice.status})"
    guessed = next((_BY_CODE[code] for said, code in _BY_WORDS if said.search(notice.words)), "")
    quoted = f"“{notice.words[:_LONGEST_WORDS]}”" if notice.words else ""
    told = ", ".join(part for part in (notice.status, quoted) if part)
    return f"{guessed or _UNKNOWN} ({told})" if told else guessed or _UNKNOWN


def in_words(notice: DeliveryNotice) -> str:
    """Return which address and why: "vp@a.example: hộp thư của người nhận đã đầy (5.2.2)"."""
    return f"{notice.address or 'địa chỉ không rõ'}: {reason(notice)}"


def undelivered(
    campaign: Campaign, history: History, messages: Iterable[FetchedMessage] = ()
) -> Iterator[Finding]:
    """Yield a finding for each letter that was sent back, and has not gone another way since.

    With the messages that were fetched also those that came back from one address of several, and
    those that servers still try to deliver.
    """
    reports = [message for message in messages if message.notices]
    last = {sending.errand: sending for sending in history.sendings}
    for errand, sending in last.items():
        if sending.state is SendState.BOUNCED and not history.handovers_of(errand):
            yield finding_of(Code.MAIL_BOUNCED, campaign, sending, sending.words)
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
            yield finding_of(code, campaign, sending, "; ".join(told))


def finding_about(unit: Unit, code: FindingCode, found: str = "", expected: str = "") -> Finding:
    """Return what there is to tell of a unit's mail."""
    return Finding(code, about=unit.name, found=found, expected=expected, unit=unit.code)


def finding_of(code: FindingCode, campaign: Campaign, sending: Sending, told: str) -> Finding:
    """Return what there is to tell of a message that went out."""
    name, what = campaign.name_of(sending.unit), sending.kind.numbered(sending.reminder)
    return Finding(code, about=name, found=told, expected=what, unit=sending.unit)


@dataclass(frozen=True)
class ReminderPlan:
    """The number of the next reminder of each unit that owes something, by its code.

    `waiting` are the units among them whose last reminder is too young, or unclear.
    """

    numbers: Mapping[str, int]
    waiting: frozenset[str] = frozenset()
    findings: tuple[Finding, ...] = ()


def plan_reminders(
    owing: Iterable[UnitResult],
    reminded: Mapping[str, Reminded],
    today: dt.date,
    days_between: int,
) -> ReminderPlan:
    """Return which reminder each unit is due; `days_between` lie between two at least."""
    numbers: dict[str, int] = {}
    waiting: set[str] = set()
    findings: list[Finding] = []
    for result in owing:
        unit = result.unit
        before = reminded.get(unit.code)
        numbers[unit.code] = before.next_number if before else 1
        # An unclear one is not too young: it has to be settled, and sending says so.
        if before and not before.is_unclear and before.is_recent(today, days_between):
            waiting.add(unit.code)
            when = f"{before.last:%d/%m/%Y}"
            code = Code.MAIL_REMINDED_RECENTLY
            findings.append(finding_about(unit, code, str(before.number), when))
    return ReminderPlan(numbers, frozenset(waiting), tuple(findings))


NOBODY_KNOWN = "người không rõ địa chỉ"
FORGED = " (máy chủ nhận thư báo không đúng là thư của tên miền này)"
_NOT_AUTHENTIC = Code.SENDER_NOT_AUTHENTIC.slug


@dataclass(frozen=True, slots=True)
class UnconfirmedFile:
    """A file whose sender is not known to be its unit: whom its message names, where it was saved.

    `unit` is empty for a workbook of the reviewers.
    """

    digest: str
    unit: str
    sender: str
    saved_as: str
    is_forged: bool = False
    """Whether the receiving server found that the sender's domain did not send it."""
    beside: tuple[UnconfirmedFile, ...] = ()
    """The others in the same archive or message."""

    def about(self, read: ReadFile) -> UnconfirmedFile | None:
        """Return the doubt about one file of those in it, None where another unit's is doubted."""
        if INSIDE not in read.file:
            return self
        unit = getattr(read.document, "unit", "")
        return next((one for one in (self, *self.beside) if one.unit in (unit, "")), None)

    @property
    def who(self) -> str:
        """The sender, in words."""
        return f"{self.sender}{FORGED if self.is_forged else ''}"


class UnconfirmedFiles:
    """What still waits for a person's word.

    That is over when a person gives it, when the address is one of the unit's (and it is not known
    to be forged), or when the unit sends the same itself.
    """

    def __init__(
        self,
        register: Register | None,
        campaign: Campaign,
        beside: Iterable[FetchedMessage] = (),
    ) -> None:
        """Take everything out of the register at once; None is one without anything in it.

        `beside` are messages that it does not have.
        """
        taken = [*_taken(register.messages() if register else ()), *_taken(beside)]
        confirmed = {c.digest for c in register.confirmations()} if register else set()
        settled = {_form_of(m, f) for m, f in taken if not is_doubted(campaign, m, f)}
        open_ = [
            UnconfirmedFile(
                file.digest,
                file.unit,
                message.sender or NOBODY_KNOWN,
                file.saved_as,
                file.finding == _NOT_AUTHENTIC,
            )
            for message, file in taken
            if file.digest not in confirmed and _form_of(message, file) not in settled
        ]
        together: dict[str, list[UnconfirmedFile]] = {}
        for doubt in open_:
            together.setdefault(doubt.digest, []).append(doubt)
        open_ = [replace(last, beside=tuple(rest)) for *rest, last in together.values()]
        self._by_digest = {doubt.digest: doubt for doubt in open_}
        self._settled = confirmed.union(digest for digest, *_ in settled) - self._by_digest.keys()
        self._by_name = {doubt.saved_as: doubt for doubt in open_}

    def in_folder(self, folder: Path) -> dict[str, UnconfirmedFile]:
        """Return the files in the folder of returns that are doubted, by the names they go by.

        A file is known by its content, or by the name that it was saved under: a clerk may have
        opened and saved it. What of the folder cannot be looked at is passed over.
        """
        if not self._by_digest:
            return {}
        found: dict[str, UnconfirmedFile] = {}
        for path in list_folder(folder).files:
            name = label(path.relative_to(folder))
            if doubt := self._of(name, path):
                found[name] = doubt
        return found

    def _of(self, name: str, path: Path) -> UnconfirmedFile | None:
        try:
            digest = digest_of(path.read_bytes())
        except OSError:
            return self._by_name.get(name)
        if digest in self._settled:
            return None
        return self._by_digest.get(digest) or self._by_name.get(name)


class FormVerdicts:
    """What persons said of forms, as far as it was not struck out: the last word counts."""

    def __init__(self, register: Register | None) -> None:
        """Take everything out of the register at once; None is one without anything in it."""
        self._by_digest: dict[str, list[FormVerdict]] = {}
        for verdict in register.verdicts() if register else ():
            self._by_digest.setdefault(verdict.digest, []).append(verdict)

    def in_folder(self, folder: Path) -> dict[str, tuple[FormVerdict, ...]]:
        """Return what was said of the files in the folder of returns, by the names they go by.

        A file is known by its content. What cannot be looked at is passed over.
        """
        if not self._by_digest:
            return {}
        found: dict[str, tuple[FormVerdict, ...]] = {}
        for path in list_folder(folder).files:
            with suppress(OSError):
                if said := self._by_digest.get(digest_of(path.read_bytes())):
                    found[label(path.relative_to(folder))] = tuple(said)
        return found


def verdict_on(read: ReadFile, said: Iterable[FormVerdict]) -> FormVerdict | None:
    """Return the last word on a form, of what was said of the file that it is, or that it is in.

    On a file that is nobody's, it is what was said of it as such. A form is set aside for its
    sender: no longer where he is confirmed, or the unit sends the same itself.
    """
    unit = getattr(read.document, "unit", "")
    inner = " ".join(read.file.partition(INSIDE)[2].split())
    may_go = read.returned is None or bool(read.unconfirmed)
    own = [
        v
        for v in said
        if (v.unit, _inner(v)) == (unit, inner) and (may_go or v.decision is not Decision.SET_ASIDE)
    ]
    return own[-1] if own else None


def set_aside_in(register: Register | None) -> set[tuple[str, str]]:
    """Return the digests of the files that were set aside, with the units whose forms they hold."""
    said = register.verdicts() if register else ()
    return {(v.digest, v.unit) for v in said if v.decision is Decision.SET_ASIDE}


def _inner(verdict: FormVerdict) -> str:
    return " ".join(verdict.file.partition(INSIDE)[2].split())


def _form_of(message: FetchedMessage, file: FetchedFile) -> tuple[str, str, str]:
    """Return what tells a form from others: its content, and in an archive its message and name."""
    return file.digest, message.key if file.packed_as else "", file.packed_as


def _taken(messages: Iterable[FetchedMessage]) -> Iterable[tuple[FetchedMessage, FetchedFile]]:
    return ((message, file) for message in messages for file in message.files if file.is_return)


def is_doubted(campaign: Campaign, message: FetchedMessage, file: FetchedFile) -> bool:
    """Tell whether a file that was saved did not come from where it was to be expected."""
    if file.finding == _NOT_AUTHENTIC:
        return True
    unit = campaign.find_unit(file.unit) if file.unit else None
    return bool(file.finding) and not (unit and unit.has_address(message.sender))
