"""Where each unit stands: the register beside what has come back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass

from cchc_office.catalogue.findings import Code, Finding
from cchc_office.files.output_folder import Paper
from cchc_office.model import Campaign, Consolidation, Returns
from cchc_office.papers.kinds import DISPATCH, REGISTER_BOOK
from cchc_office.register import ReadReturn, Sending, read_register
from cchc_office.register.recording import read_returns_of
from cchc_office.register.tracking import Tracking
from cchc_office.steps.brought_back import BroughtBack, Row
from cchc_office.steps.job import Job
from cchc_office.steps.opened import Opened, recorded_at, time_of
from cchc_office.text.vietnamese import time_in_words

_OF_SENDERS = (
    Code.UNCONFIRMED_RETURN,
    Code.UNCONFIRMED_NOT_COUNTED,
    Code.UNCONFIRMED_APPRAISAL,
)


@dataclass(frozen=True, kw_only=True, repr=False)
class Standings(BroughtBack):
    """Where each unit stands, as of a day, and the sheet that was written of it, if any."""

    day: dt.date
    standing: Tracking
    returns: Returns | None = None

    @property
    def words(self) -> str:
        """How many units owe something."""
        owing = sum(unit.is_in_debt for unit in self.standing.units())
        return f"còn nợ: {owing} đơn vị"

    def rows(self) -> Iterator[Row]:
        """Yield the headings and where each unit stands."""
        yield "Mã", "Đơn vị", "Đã giao", "Phiếu về", "Còn nợ"
        for unit in self.standing.units():
            last = unit.last(DISPATCH)
            given = f"{last.day:%d/%m/%Y}, {last.way}" if last and last.is_done else ""
            came = unit.receipt.came if unit.receipt else ""
            yield unit.unit.code, unit.unit.name, given, came, "; ".join(unit.owes)


def standings(opened: Opened, *, as_sheet: bool = False) -> Standings:
    """Read what is there now beside what the register knows; a folder read only is enough.

    With `as_sheet` it is also written to the output folder, as an Excel file.
    """
    job = Job(opened)
    campaign = job.campaign
    results = job.consolidate()
    # What is wrong in the workbook and the returns is for other commands to tell.
    job.findings = [f for f in job.findings if f.code in _OF_SENDERS]
    standing = tracked(job, results)
    if as_sheet:
        from cchc_office.register.tracking_sheet import build_tracking_sheet  # XlsxWriter is heavy

        job.output.claim(campaign.id)
        content = build_tracking_sheet(standing, opened.day, opened.profile)
        paper = Paper(REGISTER_BOOK.file_of(campaign), content)
        job.take(job.output.write_folder(REGISTER_BOOK.folder, [paper]))
    return Standings(
        campaign=campaign,
        findings=tuple(job.findings),
        day=opened.day,
        standing=standing,
        returns=job.returns,
        outcomes=tuple(job.outcomes),
    )


def tracked(job: Job, results: Consolidation) -> Tracking:
    """Return what the register knows beside what a job has read; the job keeps what it finds.

    Raises RegisterError where the register cannot be read.
    """
    opened, current = job.opened, just_read(job)
    known = read_register(opened.folder, job.campaign.id, opened.mail_folder)
    with known or nullcontext() as register:
        job.findings += register.findings if register else ()
        job.findings += job.register_gone() if not (register and register.sendings()) else ()
        standing = Tracking(results, register, current, job.returns)
    job.findings += (_unclear(job.campaign, sending) for sending in standing.unclear())
    job.findings += standing.undelivered()
    return standing


def just_read(job: Job) -> tuple[ReadReturn, ...]:
    """Return what a job has read of what came back, as the register keeps it."""
    opened, returns = job.opened, job.returns
    if returns is None:
        return ()
    when, recorded = time_of(opened), recorded_at(opened)
    return tuple(read_returns_of(returns, job.campaign, opened.returns, when, recorded))


def _unclear(campaign: Campaign, sending: Sending) -> Finding:
    return Finding(
        Code.MAIL_UNCLEAR,
        about=campaign.name_of(sending.unit),
        found=sending.message_id,
        expected=time_in_words(sending.intended),
        unit=sending.unit,
    )
