"""The jobs that make papers, and the one that only looks how far the campaign is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from cchc_office.catalogue.findings import Code, Finding
from cchc_office.errors import NotSeenError, UsageError
from cchc_office.mail.settings import read_mail_settings
from cchc_office.model import Consolidation, Question, UnitResult
from cchc_office.register.history import ReminderPlan, plan_reminders, undelivered
from cchc_office.register.recording import record_work
from cchc_office.results.progress import progress
from cchc_office.steps import appraisal, papers
from cchc_office.steps.brought_back import HowFar, Made
from cchc_office.steps.job import Job, require_earlier
from cchc_office.steps.opened import Opened
from cchc_office.steps.papers import Due

Stage = Callable[[Job], object]


def made(opened: Opened, *stages: Stage, as_pdf: bool = False) -> Made:
    """Go through the stages of a job, and record in the register what it made and read.

    Raises CampaignError where the workbook has errors, CchcError where the output folder holds
    another campaign's papers. Where what came back cannot all be looked at, the stages that follow
    are left out and `stopped` says so.
    """
    job = Job(opened)
    job.output.claim(opened.campaign.id)
    try:
        for stage in stages:
            stage(job)
    except NotSeenError:
        if not job.stopped:
            raise
    if as_pdf:
        job.take(papers.write_pdfs(job.outcomes, job.output))
    _record(job)
    return Made(**job.so_far(), outcomes=tuple(job.outcomes), evidence=job.evidence)


def _record(job: Job) -> None:
    """Record what was made and read, where the campaign folder can be written."""
    opened = job.opened
    returns = (job.returns, opened.returns) if job.returns else None
    gone = job.register_gone()
    findings = record_work(
        opened.folder, job.campaign, job.outcomes, returns, job.output.path, opened.now
    )
    told = {finding.code for finding in findings}
    # One that cannot be written, or has learned from the journal what it forgot, is told of.
    if told.isdisjoint((Code.REGISTER_NOT_WRITTEN, Code.REGISTER_LACKS_MAIL)):
        job.findings += gone
    job.findings += findings


# --- stages ---


def table(job: Job) -> None:
    """Make the assignment table."""
    job.take(papers.write_assignment_table(job.campaign, job.output, job.opened.profile))


def dispatches(job: Job) -> None:
    """Make the task dispatches."""
    opened = job.opened
    tell = opened.counting("Công văn", len(job.campaign.units))
    job.take(
        papers.write_dispatches(
            job.campaign, job.output, opened.own_templates, opened.profile, on_item=tell
        )
    )


def forms(job: Job) -> None:
    """Make the score workbooks."""
    tell = job.opened.counting("Phiếu chấm", len(job.campaign.units))
    job.take(papers.write_forms(job.campaign, job.output, job.opened.profile, on_item=tell))


def report(earlier: Path | None = None) -> Stage:
    """Make the report, held against that of an earlier period. Raises UsageError without that."""
    require_earlier(earlier)

    def stage(job: Job) -> None:
        results, opened = _results(job), job.opened
        before = job.read_earlier(earlier)
        job.take(
            papers.write_report(
                *(results, job.output, opened.returns, opened.profile),
                *(opened.own_templates, before),
                appraisals_folder=opened.appraisals,
                evidence=job.find_evidence(results),
                evidence_folder=opened.evidence,
            )
        )

    return stage


def reminders(due: Due, number: int | None = None, *, in_short: bool = False) -> Stage:
    """Make the reminders of units that `due` means; which one it is the register tells."""

    def stage(job: Job) -> None:
        results, opened = _results(job), job.opened
        if due.counts_days and job.campaign.info.deadline is None:
            raise UsageError("Trang Thông tin chưa có mục Hạn nộp, nên chưa tính được số ngày.")
        units = papers.owing(results, due)
        plan = _plan_reminders(job, units, number)
        job.take(
            papers.write_reminders(
                *(results, job.output, opened.own_templates, opened.profile),
                on_item=opened.counting("Công văn đôn đốc", len(units)),
                due=due,
                time=number or plan.numbers,
                leaving_out=() if number else plan.waiting,
                in_short=in_short,
            )
        )

    return stage


def _plan_reminders(job: Job, units: Sequence[UnitResult], number: int | None) -> ReminderPlan:
    """Ask the register how often each unit was reminded; a number that was given goes before it."""
    opened = job.opened
    settings, _ = read_mail_settings(opened.folder)
    history = job.history()
    reminded = {} if number else history.reminded()
    plan = plan_reminders(units, reminded, opened.day, settings.days_between)
    owing = {result.unit.code for result in units}
    job.findings += plan.findings
    job.findings += [f for f in undelivered(job.campaign, history) if f.unit in owing]
    return plan


def appraisal_workbook(number: int, *, every_leaf: bool = False) -> Stage:
    """Make the workbook of the reviewers."""

    def stage(job: Job) -> None:
        results, opened = _results(job), job.opened
        job.take(
            appraisal.write_appraisal(
                *(results, job.output, number, opened.profile),
                everything=every_leaf,
                evidence=job.find_evidence(results),
                evidence_folder=opened.evidence,
            )
        )

    return stage


def explanations(
    number: int | None = None, deadline: dt.date | None = None, *, if_appraised: bool = False
) -> Stage:
    """Make the requests to explain a round (the last), `if_appraised` only where one came back."""

    def stage(job: Job) -> None:
        results, opened = _results(job), job.opened
        if if_appraised and not results.rounds:
            return
        job.take(
            appraisal.write_explanations(
                *(results, job.output, number, opened.own_templates, opened.profile),
                on_item=opened.counting("Yêu cầu giải trình", len(job.campaign.units)),
                deadline=deadline or job.campaign.info.explanation_deadline,
            )
        )

    return stage


def _results(job: Job) -> Consolidation:
    return job.results or job.consolidate()


def questions(asked: Mapping[str, Sequence[Question]], deadline: dt.date | None) -> Stage:
    """Make requests to explain rows that a person chose, by the codes of units."""

    def stage(job: Job) -> None:
        unknown = [code for code in asked if job.campaign.find_unit(code) is None]
        if unknown:
            raise UsageError(f"Không có đơn vị nào mang mã “{unknown[0]}”.")
        opened = job.opened
        job.take(
            papers.write_explanation_requests(
                *(job.campaign, asked, job.output, opened.own_templates, opened.profile),
                as_of=opened.day,
                deadline=deadline or job.campaign.info.explanation_deadline,
            )
        )

    return stage


def require_ahead(deadline: dt.date | None, day: dt.date) -> None:
    """Raise UsageError for a deadline to explain that is over."""
    if deadline and deadline < day:
        raise UsageError(
            f"Hạn giải trình {deadline:%d/%m/%Y} đã qua, tính đến ngày {day:%d/%m/%Y}. Chọn "
            "một ngày sau đó."
        )


# --- looking ---


def how_far(opened: Opened, earlier: Path | None = None) -> HowFar:
    """Tell how far the campaign is, beside an earlier period; that may be one of this campaign."""
    job = Job(opened)
    require_earlier(earlier)
    found, comparison = None, None
    about: tuple[Finding, ...] = ()
    with suppress(NotSeenError):
        found = progress(job.consolidate())
    if job.results:
        before = job.read_earlier(earlier)
        comparison, findings = papers.compared_with(job.results, before)
        told = tuple(f for f in findings if f.code is not Code.EARLIER_IS_THIS_CAMPAIGN)
        job.findings += told
        about = (*(before.findings if before else ()), *told)
    return HowFar(**job.so_far(), found=found, comparison=comparison, about_earlier=about)
