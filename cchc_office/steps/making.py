"""The jobs that make papers, and the one that only looks how far the campaign is."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from cchc_office.catalogue.findings import Code, Finding
from cchc_office.errors import NotSeenError, StoppedError
from cchc_office.files.output_folder import OutputFolder
from cchc_office.register.recording import record_work
from cchc_office.results.progress import progress
from cchc_office.steps import papers
from cchc_office.steps.brought_back import HowFar, Made
from cchc_office.steps.job import Job, require_earlier
from cchc_office.steps.opened import Opened, recorded_at, time_of
from cchc_office.steps.second_set import second_set


def made(opened: Opened, *stages: papers.Stage, as_pdf: bool = False) -> Made:
    """Go through the stages of a job, and record in the register what it made and read.

    Raises CampaignError where the workbook has errors, CchcError where the output folder holds
    another campaign's papers. Where what came back cannot all be looked at, the stages that follow
    are left out and `stopped` says so. Raises StoppedError where `on_progress` does: what was
    written by then is whole, and recorded.
    """
    job = Job(opened)
    job.output.claim(opened.campaign.id)
    job.findings += second_set(opened)
    try:
        _go_through(job, stages)
        if as_pdf:
            papers.pdfs(job)
    except StoppedError as error:
        _record(job)
        raise StoppedError(f"{error} {_so_far(job)}") from None
    except KeyboardInterrupt:
        _record(job)
        raise
    _record(job)
    return Made(
        **job.so_far(),
        outcomes=tuple(job.outcomes),
        evidence=job.evidence,
        held_back=tuple(job.held_back),
    )


def _go_through(job: Job, stages: Iterable[papers.Stage]) -> None:
    try:
        for stage in stages:
            stage(job)
    except NotSeenError:
        if not job.stopped:
            raise


def _so_far(job: Job) -> str:
    files = sum(len(outcome.written) for outcome in job.outcomes)
    told = f"{files} tệp đã ghi xong" if files else "Chưa ghi tệp nào"
    return f"{told}; làm lại để làm tiếp phần còn lại."


def _record(job: Job) -> None:
    """Record what was made and read, where the campaign folder can be written."""
    opened = job.opened
    returns = (job.returns, opened.returns) if job.returns else None
    gone = job.register_gone()
    findings = record_work(
        *(opened.folder, job.campaign, job.outcomes, returns, job.output),
        *(time_of(opened), recorded_at(opened)),
    )
    told = {finding.code for finding in findings}
    # One that cannot be written, or has learned from the journal what it forgot, is told of.
    if told.isdisjoint((Code.REGISTER_NOT_WRITTEN, Code.REGISTER_LACKS_MAIL)):
        job.findings += gone
    job.findings += findings


def replaced_in(output: Path) -> tuple[str, ...]:
    """Return the names of what the last run replaced in an output folder, and can be had back."""
    return OutputFolder(output).replaced


def how_far(opened: Opened, earlier: Path | None = None) -> HowFar:
    """Tell how far the campaign is, beside an earlier period; that may be one of this campaign."""
    job = Job(opened)
    require_earlier(earlier)
    found, comparison = None, None
    about: tuple[Finding, ...] = ()
    with suppress(NotSeenError):
        found = progress(job.consolidated())
    if job.results:
        before = job.read_earlier(earlier)
        comparison, findings = papers.compared_with(job.results, before)
        told = tuple(f for f in findings if f.code is not Code.EARLIER_IS_THIS_CAMPAIGN)
        job.findings += told
        about = (*(before.findings if before else ()), *told)
    return HowFar(**job.so_far(), found=found, comparison=comparison, about_earlier=about)
