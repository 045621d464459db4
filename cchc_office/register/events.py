"""The log: each thing in the register as one event."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cchc_office.model import FormVerdict
from cchc_office.register import (
    Confirmation,
    FetchedMessage,
    FileFate,
    Handover,
    MadePaper,
    ReadReturn,
    Sending,
    SendState,
)
from cchc_office.register.history import reason
from cchc_office.text.vietnamese import VIETNAM, day_and_time, local_day, time_in_words


@dataclass(frozen=True, slots=True)
class Event:
    """One thing in the register: when, of which unit ("" for none known), what happened.

    `what` are the papers or the file, `how` the way or what became of it, `who` addresses. Where
    a person gave the day, `time` is its midnight and `recorded` when that was told or done.
    """

    time: dt.datetime
    unit: str
    kind: str
    what: str
    how: str = ""
    who: str = ""
    note: str = ""
    message_id: str = ""
    recorded: dt.datetime | None = None

    @property
    def place(self) -> tuple[dt.datetime, dt.datetime]:
        """What its place in time is: of a day alone, when it was told that day, or its end.

        Of several with one end, when they were told.
        """
        if self.recorded is None:
            return self.time, self.time
        end = self.time + dt.timedelta(days=1, seconds=-1)
        return min(max(self.recorded, self.time), end), self.recorded

    @property
    def when(self) -> str:
        """Its time in words; a day that a person gave is called so."""
        if self.recorded is None:
            return day_and_time(self.time)
        day = f"{local_day(self.time):%d/%m/%Y}"
        return f"{day} ({self.given}, ghi lúc {day_and_time(self.recorded)})"

    @property
    def given(self) -> str:
        """What a day is called that a person gave, "" for a time that the clock told."""
        return "ngày do người nêu" if self.recorded else ""


def _midnight(time: dt.datetime) -> dt.datetime:
    return dt.datetime.combine(local_day(time), dt.time(), VIETNAM)


def paper_event(paper: MadePaper) -> Event:
    """Return a paper that was made, as the log tells it."""
    until = f"hạn trả lời {paper.answer_by:%d/%m/%Y}" if paper.answer_by else ""
    return Event(
        _midnight(paper.made) if paper.recorded else paper.made,
        *(paper.unit, "Làm văn bản", paper.file, paper.kind.title),
        note=until,
        recorded=paper.recorded,
    )


def sending_event(sending: Sending) -> Event:
    """Return an attempt to send, as the log tells it."""
    said = "; người dùng ghi" if sending.by_person else ""
    # What a server says when all is well is for the journal, not for a clerk.
    note = "" if sending.state is SendState.SENT else sending.words
    return Event(
        sending.when,
        sending.unit,
        "Gửi thư",
        sending.kind.numbered(sending.reminder),
        f"{sending.state.value}{said}",
        ", ".join(sending.addresses),
        note,
        sending.message_id,
    )


def handover_event(handover: Handover) -> Event:
    """Return what was handed over by another way, as the log tells it."""
    time = dt.datetime.combine(handover.day, dt.time(), VIETNAM)
    what = handover.kind.numbered(handover.reminder)
    how = f"{handover.way}{_struck(handover.struck)}"
    return Event(time, handover.unit, "Giao cách khác", what, how, recorded=handover.recorded)


def confirmation_event(confirmed: Confirmation) -> Event:
    """Return a person's word on a sender, as the log tells it."""
    how = f"người dùng ghi{_struck(confirmed.struck)}"
    return Event(
        confirmed.recorded,
        confirmed.unit,
        "Xác nhận người gửi",
        confirmed.file,
        how,
        confirmed.sender,
    )


def verdict_event(verdict: FormVerdict) -> Event:
    """Return a person's word on a form, as the log tells it."""
    how = f"{verdict.decision.value}{_struck(verdict.struck)}"
    return Event(
        verdict.recorded, verdict.unit, "Xem phiếu", verdict.file, how, note=verdict.reason
    )


def _struck(when: dt.datetime | None) -> str:
    if when is None:
        return ""
    return f"; đã gạch bỏ lúc {time_in_words(when)}"


def message_events(message: FetchedMessage, sendings: Mapping[str, Sending]) -> Iterator[Event]:
    """Yield what came with a message: notices of servers, or else its files."""
    time = message.sent or message.fetched
    for notice in message.notices:
        sending = sendings.get(notice.message_id)
        yield Event(
            time,
            sending.unit if sending else "",
            "Máy chủ báo",
            sending.kind.numbered(sending.reminder) if sending else "",
            f"{notice.action.value}{f': {reason(notice)}' if notice.is_trouble else ''}",
            notice.address,
            notice.words,
            notice.message_id,
        )
    if message.notices:
        return
    fates = (FileFate.SAVED, FileFate.ALREADY_THERE, FileFate.EVIDENCE)
    taken = [f for f in message.files if f.fate in fates]
    for file in taken:
        how = f"{file.fate.value}: {file.saved_as}" if file.saved_as else file.fate.value
        yield Event(
            time,
            file.unit,
            "Nhận thư",
            file.name,
            how,
            message.sender,
            message.subject,
            message.key,
        )
    if not taken:
        yield Event(
            time, "", "Nhận thư", "không có phiếu", "", message.sender, message.subject, message.key
        )


def return_event(read: ReadReturn) -> Event:
    """Return a return that was read, as the log tells it."""
    counted = "được tính" if read.counted else "không được tính"
    how = f"đã chấm {read.scored}/{read.expected}, {counted}" if read.expected else counted
    time = _midnight(read.read) if read.recorded else read.read
    return Event(time, read.unit, "Đọc phiếu", read.file, how, recorded=read.recorded)
