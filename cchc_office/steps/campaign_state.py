"""The state of a campaign: everything read once, how its year stands, and what is to be done next.

Nothing is written: a folder that can only be read is enough, without a register, without returns.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import cchc_office.campaign as campaigns
from cchc_office.catalogue.findings import Code, has_errors
from cchc_office.errors import NotSeenError
from cchc_office.files.output_folder import digest_of
from cchc_office.mail.settings import read_mail_settings
from cchc_office.model import Evidence
from cchc_office.papers.kinds import REMINDER, REPORT, SUPPLEMENT, PaperKind
from cchc_office.papers.planning import PlannedPaper, planned_papers
from cchc_office.papers.templates import find_template
from cchc_office.register import RegisterError
from cchc_office.register.history import ReminderPlan, plan_reminders
from cchc_office.register.tracking import Tracking, UnitStatus
from cchc_office.steps.brought_back import FromReturns, Row
from cchc_office.steps.erased_mark import erased_on
from cchc_office.steps.guards import who_works
from cchc_office.steps.job import Job
from cchc_office.steps.next_step import NextStep, what_is_next
from cchc_office.steps.opened import Opened
from cchc_office.steps.owing import ONCE_OVERDUE, owing
from cchc_office.steps.papers_there import (
    appraisals_there,
    is_there,
    not_built,
    report_there,
    state_of_paper,
)
from cchc_office.steps.second_set import second_set
from cchc_office.steps.standings import just_read, tracked
from cchc_office.steps.to_look_at import NOTHING_TO_LOOK_AT, ToLookAt
from cchc_office.steps.year_steps import (
    GIVEN_OUT,
    PaperState,
    PapersThere,
    PaperThere,
    YearFacts,
    YearStep,
    year_steps,
)
from cchc_office.text.command_line import advised
from cchc_office.word.templates import TemplateProblemError


@dataclass(frozen=True, kw_only=True, repr=False)
class CampaignState(FromReturns):
    """How a campaign stands on a day: its six steps, and what is to be done next.

    `standing` is where each unit stands, `returns`, `results` and `rounds` are what came back; all
    are missing where the workbook has errors, or what came back could not be looked at (`stopped`).
    `evidence` are the files that units sent along. `papers` are those that the campaign begins
    with, `appraisals` how the reviewers' workbooks stand that are there, by round, `report` the
    files of the report, by their places. `remind` are the codes of the units that are to be
    reminded now, `with_old` of those that have their tasks as they were before papers were made
    anew, `asked_else` of those whose form to explain was made and would ask something else by now.
    `old_reminders` are the days on which reminders were made that are too old to go out.
    `busy` says who is at work at the campaign, since when, "" for nobody. `to_look` is what a
    person has to look at in what came back from units. `findings` are all that there is to know.
    """

    day: dt.date
    steps: tuple[YearStep, ...]
    next_step: NextStep
    standing: Tracking | None = None
    evidence: Evidence | None = None
    papers: tuple[PapersThere, ...] = ()
    appraisals: Mapping[int, PaperState] = field(default_factory=dict)
    report: Mapping[str, PaperState] = field(default_factory=dict)
    remind: frozenset[str] = frozenset()
    old_reminders: Mapping[str, dt.date] = field(default_factory=dict)
    with_old: tuple[str, ...] = ()
    asked_else: frozenset[str] = frozenset()
    busy: str = ""
    to_look: ToLookAt = NOTHING_TO_LOOK_AT

    @property
    def days_left(self) -> int | None:
        """How many days are left until the deadline, negative once it is over; None without one."""
        deadline = self.campaign.info.deadline
        return None if deadline is None else (deadline - self.day).days

    @cached_property
    def days_to_tell(self) -> int | None:
        """The days left; None also once the deadline is over and every form has come.

        So it is for a sample of a year that is over: nobody owes anything in it.
        """
        left = self.days_left
        if left is None or left >= 0:
            return left
        if self.sample and self.campaign.info.year < self.day.year:
            return None
        if self.standing is None:
            return left
        due = [u for u in self.standing.units() if self.campaign.expects_return(u.unit)]
        return None if due and all(unit.receipt for unit in due) else left

    @property
    def sample(self) -> str:
        """What is said of a campaign whose units are still those of the sample, "" of others."""
        is_sample = any(f.code is Code.ILLUSTRATIVE for f in self.campaign.findings)
        return "đợt mẫu, số liệu minh họa" if is_sample else ""

    @property
    def words(self) -> str:
        """What is to be done next."""
        return f"việc tiếp theo: {self.next_step.words}"

    def rows(self) -> Iterator[Row]:
        """Yield the headings and the steps."""
        yield "Bước", "Việc", "Tình trạng", "Cụ thể"
        for step in self.steps:
            yield step.number, step.title, step.state.value, step.words


def state_of(opened: Opened) -> CampaignState:
    """Read what there is and tell how the campaign stands; errors in the workbook are findings."""
    job = Job(opened)
    job.findings += second_set(opened)
    if has_errors(opened.campaign.findings):
        return _told(job, YearFacts(campaign=opened.campaign, day=opened.day))
    there = _papers_there(job)
    try:
        results = job.consolidated()
    except NotSeenError:
        facts = YearFacts(
            campaign=opened.campaign, day=opened.day, papers=there, stopped=job.stopped
        )
        return _told(job, facts)
    try:
        standing = tracked(job, results)
    except RegisterError as error:
        job.register_not_read(error)
        standing = Tracking(results, None, just_read(job), job.returns)
    job.find_evidence(results)
    plan, old = _reminders(job, standing)
    due = plan.numbers.keys() - plan.waiting
    units = standing.units()
    facts = YearFacts(
        campaign=opened.campaign,
        day=opened.day,
        results=results,
        returns=job.returns,
        rounds=job.rounds,
        units=units,
        papers=there,
        with_old=tuple(_with_old(job, standing, units, there)),
        remind=due,
        reminders_made=not due & old.keys()
        and all(_has_reminder(job, code, plan.numbers[code]) for code in due),
        old_reminders=old,
        appraisals=dict(appraisals_there(job)),
        report_made=is_there(job, REPORT.file_of(opened.campaign)),
        report=_report_there(job),
        unclear=len(standing.unclear()),
        erased_on=erased_on(opened.folder),
    )
    return _told(job, facts, standing)


def _told(job: Job, facts: YearFacts, standing: Tracking | None = None) -> CampaignState:
    step, words, command = what_is_next(facts)
    name, *own = command
    return CampaignState(
        **job.so_far(),
        day=facts.day,
        steps=year_steps(facts),
        next_step=NextStep(
            step, words, advised(name, job.opened.folder, *own, *_places(job, name))
        ),
        standing=standing,
        evidence=job.evidence,
        papers=facts.papers,
        appraisals=facts.appraisals,
        report=facts.report,
        busy=who_works(job.opened),
        remind=frozenset(facts.remind),
        old_reminders=facts.old_reminders,
        with_old=facts.with_old,
        asked_else=frozenset(_asked_else(job)),
        to_look=facts.to_look_at,
    )


_WITHOUT_PLACES = ("kiem-tra", "so ghi", "so xu-ly")


def _places(job: Job, command: str) -> Iterator[str | Path]:
    """Yield the options that name the folders, where they are not the usual ones."""
    opened = job.opened
    usual = {
        "-o": (opened.output, campaigns.usual_output(opened.file)),
        "--nhan-ve": (opened.returns, opened.folder / campaigns.RETURNS_FOLDER),
        "--tham-dinh": (opened.appraisals, opened.folder / campaigns.APPRAISALS_FOLDER),
    }
    for option, (own, other) in usual.items():
        if command not in _WITHOUT_PLACES and own != other:
            yield from (option, own)


# --- papers ---


def _papers_there(job: Job) -> tuple[PapersThere, ...]:
    """Tell of the papers that the campaign begins with which are there, and which are current.

    Where a template cannot be used, there is nothing to tell; what is wrong with it is kept.
    """
    try:
        return tuple(_there(job, kind) for kind in GIVEN_OUT)
    except TemplateProblemError as problem:
        job.findings += problem.findings
        return ()


def _there(job: Job, kind: PaperKind) -> PapersThere:
    return PapersThere(kind, tuple(_paper_there(job, paper) for paper in _planned(job, kind)))


def _paper_there(job: Job, paper: PlannedPaper) -> PaperThere:
    state = state_of_paper(job, paper)
    is_edited = state in (PaperState.EDITED, PaperState.TO_CHOOSE)
    beside = job.output.new_version_of(paper.file) if is_edited else ""
    return PaperThere(paper.unit, paper.file, state, beside)


def _planned(job: Job, kind: PaperKind) -> tuple[PlannedPaper, ...]:
    """Return the papers of a kind that is not made from what came back, to be held against others.

    They change with the workbook, the-thuc.toml and their template, and with nothing else.
    """
    opened, memory = job.opened, job.opened.memory

    def planned() -> tuple[PlannedPaper, ...]:
        # Nothing is built of these: what they would be built of is not kept.
        return tuple(replace(p, build=not_built) for p in planned_papers(kind, job.basis))

    if memory is None or not opened.stamp:
        return planned()
    source = find_template(kind.template, opened.own_templates).path if kind.template else None
    template = digest_of(source.read_bytes()) if source else ""
    return memory.made(kind.key, (opened.stamp, template), planned)


def _asked_else(job: Job) -> Iterator[str]:
    """Yield the units whose form to explain the last round was made, and is an old one now."""
    if not job.rounds:
        return
    basis = replace(job.basis, number=job.rounds[-1].number)
    for paper in planned_papers(SUPPLEMENT, basis):
        state = state_of_paper(job, paper)
        if paper.unit and not (state is PaperState.MISSING or state.is_current):
            yield paper.unit.code


def _with_old(
    job: Job, standing: Tracking, units: Iterable[UnitStatus], there: Iterable[PapersThere]
) -> Iterator[str]:
    """Yield the units that have yet to return their forms, and have papers that were made anew."""
    own = (paper for papers in there for paper in papers.papers if paper.state.is_current)
    now = [(p.unit.code, job.output.written_digest(p.file) or "") for p in own if p.unit]
    older = standing.with_older(now)
    for unit in units:
        if unit.unit.code in older and (unit.receipt is None or unit.must_return_again):
            yield unit.unit.code


def _report_there(job: Job) -> dict[str, PaperState]:
    """Return how the files of the report stand; what is wrong with its template is kept."""
    # What was erased cannot be made again: what is left is what the year came to.
    if erased_on(job.opened.folder):
        return {}
    try:
        return report_there(job)
    except TemplateProblemError as problem:
        job.findings += problem.findings
        return {}


# --- reminders ---


def _reminders(job: Job, standing: Tracking) -> tuple[ReminderPlan, dict[str, dt.date]]:
    """Return which units are due a reminder, as sending would see it, and whose are too old."""
    settings, _ = read_mail_settings(job.opened.folder)
    due, history, today = owing(job.consolidated(), ONCE_OVERDUE), standing.history, job.opened.day
    plan = plan_reminders(due, history.reminded(), today, settings.days_between)
    deadline = job.campaign.info.deadline
    old = history.old_reminders(plan.numbers, today, deadline, settings.days_between)
    return plan, {c: day for c, day in old.items() if _has_reminder(job, c, plan.numbers[c])}


def _has_reminder(job: Job, code: str, number: int) -> bool:
    return is_there(job, REMINDER.file_of(job.campaign, job.campaign.unit(code), number))
