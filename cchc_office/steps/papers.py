"""The papers that jobs make: each is planned, built and written to the output folder."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path, PurePosixPath

from cchc_office.catalogue.findings import Code, Finding, FindingCode
from cchc_office.errors import UsageError
from cchc_office.files.output_folder import Fate, Outcome, Paper, Written
from cchc_office.mail.settings import read_mail_settings
from cchc_office.model import (
    MOST_REMINDERS,
    Change,
    Comparison,
    Consolidation,
    EarlierReport,
    UnitResult,
)
from cchc_office.papers import assignment_table, kinds
from cchc_office.papers.appraisal.workbook import build_appraisal
from cchc_office.papers.file_links import EvidenceLinks
from cchc_office.papers.kinds import Basis
from cchc_office.papers.made_of_results import made_of_results, made_of_rows
from cchc_office.papers.planning import PlannedPaper, planned_papers
from cchc_office.papers.report import build_report
from cchc_office.papers.templates import find_template
from cchc_office.papers.upward_report import plan_upward_report
from cchc_office.register.history import History, ReminderPlan, plan_reminders, undelivered
from cchc_office.results.appraisal_rows import appraisal_rows, asked_of_units
from cchc_office.results.comparing import compare
from cchc_office.results.ranking import rank_units
from cchc_office.returns.reader import names_in
from cchc_office.steps.job import Job, require_earlier
from cchc_office.steps.opened import counting
from cchc_office.steps.owing import ANY_TIME, Due, owing
from cchc_office.text.command_line import advised
from cchc_office.word.templates import TemplateProblemError, check_template

Stage = Callable[[Job], object]
"""A part of a job: makes papers, and leaves what was written and found with the job."""

_Tell = Callable[[object], None]


# --- papers of the campaign ---


def table(job: Job) -> None:
    """Make the assignment table, as phu-luc.xlsx and phu-luc.docx."""
    planned = assignment_table.plan(job.basis)
    job.write(kinds.TABLE.folder, [paper.written() for paper in planned])


def all_of(kind: kinds.PaperKind, what: str) -> Stage:
    """Make all papers of a kind that the campaign asks for; `what` they are called in progress."""

    def stage(job: Job) -> None:
        if kind.from_returns:
            job.consolidated()
        tell = counting(job.opened, what, len(job.campaign.units))
        if kind.template:
            _from_template(job, kind, job.basis, tell)
        else:
            planned = _told(planned_papers(kind, job.basis), tell)
            job.write(kind.folder, [paper.written() for paper in planned])

    return stage


dispatches = all_of(kinds.DISPATCH, "Công văn")
"""Make a task dispatch for each unit that has a part in any row."""

forms = all_of(kinds.FORM, "Phiếu chấm")
"""Make a score workbook for each unit that has a part in any leaf."""


# --- the report ---


def report(earlier: Path | None = None) -> Stage:
    """Make tong-hop.xlsx and the report upward, bao-cao.docx, beside an earlier period's report.

    A template that cannot be used keeps back bao-cao.docx alone. Raises UsageError where there is
    no file `earlier`.
    """
    require_earlier(earlier)

    def stage(job: Job) -> None:
        results, opened = job.consolidated(), job.opened
        comparison, of_earlier = compared_with(results, job.read_earlier(earlier))
        content = build_report(
            results,
            opened.profile,
            returns_path=_way(job, kinds.REPORT, opened.returns),
            elsewhere=_ways_elsewhere(job),
            comparison=comparison,
            evidence=_evidence_links(job, kinds.REPORT, results),
        )
        # What is of the same campaign is no earlier period, as the text would have it.
        is_own = comparison is not None and comparison.earlier.campaign == results.campaign.id
        told = None if is_own else comparison
        places = rank_units(results) if job.campaign.ranks_units else ()
        upward, findings = _filled(
            *(job, kinds.UPWARD_REPORT, job.basis),
            lambda: plan_upward_report(job.basis, places, told),
        )
        job.findings += (*of_earlier, *findings)
        made_from = made_of_results(job.basis, kinds.REPORT)
        report = Paper(kinds.REPORT.file_of(job.campaign), content, made_from)
        job.write(kinds.REPORT.folder, [report, *upward])

    return stage


def compared_with(
    data: Consolidation, earlier: EarlierReport | None
) -> tuple[Comparison | None, tuple[Finding, ...]]:
    """Hold the campaign against an earlier report, unless the two have nothing in common."""
    if earlier is None or not earlier.rows:
        return None, ()
    comparison = compare(data, earlier)
    if not any(row.now and row.then for row in comparison.rows):
        count = str(len(earlier.rows))
        return None, (Finding(Code.EARLIER_NOTHING_ALIKE, earlier.file, found=count),)
    doubts = tuple(
        Finding(
            *(Code.SETS_ROW_DOUBTFUL, earlier.file),
            about=row.now.label,
            found="; hoặc ".join((row.why, *row.others)),
            expected=row.then.label,
        )
        for row in comparison.rows
        if row.now and row.then and Change.DOUBTFUL in row.changes
    )
    if earlier.campaign == data.campaign.id:
        own = Finding(Code.EARLIER_IS_THIS_CAMPAIGN, earlier.file, found=data.campaign.id)
        return comparison, (*doubts, own)
    return comparison, doubts


def _ways_elsewhere(job: Job) -> dict[str, str]:
    """Return the way to the files among the reviewers' that are not among the returns, by name."""
    way = _way(job, kinds.REPORT, job.opened.appraisals)
    taken = set(names_in(job.opened.returns))
    return {name: way for name in names_in(job.opened.appraisals) if way and name not in taken}


def _evidence_links(job: Job, kind: kinds.PaperKind, results: Consolidation) -> EvidenceLinks:
    """Return what links from the folder of a kind of paper to evidence files."""
    return EvidenceLinks(job.find_evidence(results), _way(job, kind, job.opened.evidence))


def _way(job: Job, kind: kinds.PaperKind, target: Path) -> str:
    """Return the relative path from where papers lie to a folder, "" without one (Windows)."""
    start = job.output.path / kind.folder
    try:
        return Path(os.path.relpath(target.resolve(), start.resolve())).as_posix()
    except ValueError:
        return ""


# --- reminders ---


def reminders(due: Due = ANY_TIME, number: int | None = None, *, in_short: bool = False) -> Stage:
    """Make a reminder for each unit that owes something and that `due` means.

    Those of units that owe nothing any more move away. Which reminder it is the register tells,
    unless `number` does: a second one says so, more firmly, and in its name. `in_short` puts a few
    words for a telephone beside each letter. Raises UsageError where days to the deadline are to be
    counted and there is none.
    """

    def stage(job: Job) -> None:
        results = job.consolidated()
        if due.counts_days and job.campaign.info.deadline is None:
            raise UsageError("Trang Thông tin chưa có mục Hạn nộp, nên chưa tính được số ngày.")
        units = owing(results, due)
        numbers: int | Mapping[str, int] = number or 1
        only = {result.unit.code for result in units}
        history = job.history()
        plan = _plan_reminders(job, units, history, number)
        if number is None:
            numbers = {code: min(n, MOST_REMINDERS) for code, n in plan.numbers.items()}
            only -= plan.waiting
        only &= only if job.only is None else job.only
        told = history.told_deadlines()
        basis = replace(job.basis, number=numbers, only=only, told_deadlines=told)
        short: list[Paper] = []
        if in_short:
            kind = kinds.SHORT_REMINDER
            short, found = _filled(job, kind, basis, lambda: planned_papers(kind, basis))
            job.findings += found
        job.findings += due.put_off(results)
        # What was asked for early, or sent before, stays while the unit owes something.
        still = {
            file
            for result in owing(results)
            for kind in (kinds.REMINDER, kinds.SHORT_REMINDER)
            for file in kind.files_of(job.campaign, result.unit)
        }
        tell = counting(job.opened, "Công văn đôn đốc", len(units))
        _from_template(job, kinds.REMINDER, basis, tell, keep=still, beside=short)

    return stage


def _plan_reminders(
    job: Job, units: Sequence[UnitResult], history: History, number: int | None
) -> ReminderPlan:
    """Ask the register how often each unit was reminded; a number that was given goes before it."""
    opened = job.opened
    settings, _ = read_mail_settings(opened.folder)
    reminded = {} if number else history.reminded()
    plan = plan_reminders(units, reminded, opened.day, settings.days_between)
    codes = {result.unit.code for result in units}
    job.findings += plan.findings
    job.findings += [f for f in undelivered(job.campaign, history) if f.unit in codes]
    return plan


# --- appraisal ---


def appraisal_workbook(number: int = 1, *, every_leaf: bool = False) -> Stage:
    """Make the workbook in which the reviewers of round `number` appraise.

    From the second round on it holds what the round before cut or questioned, or `every_leaf`;
    where there is nothing of that, none is made.
    """

    def stage(job: Job) -> None:
        results, kind = job.consolidated(), kinds.APPRAISAL
        links = _evidence_links(job, kind, results)
        if number > 1 and not every_leaf:
            if results.rounds < number - 1:
                return _nothing(job, kind, Code.NOTHING_APPRAISED, number - 1)
            if not appraisal_rows(results, number):
                return _nothing(job, kind, Code.NOTHING_TO_EXPLAIN, number - 1)
        profile = job.opened.profile
        content = build_appraisal(results, number, profile, everything=every_leaf, evidence=links)
        made_from = made_of_rows(replace(job.basis, number=number), everything=every_leaf)
        paper = Paper(kind.file_of(job.campaign, number=number), content, made_from)
        return job.write(kind.folder, [paper], keep=kind.files_of(job.campaign))

    return stage


def explanations(
    number: int | None = None,
    deadline: dt.date | None = None,
    *,
    only: Collection[str] = (),
    if_appraised: bool = False,
) -> Stage:
    """Ask each unit to explain what round `number` (None: the last) cut or questioned.

    A letter for each, and the supplementary form that it fills in; `deadline` is the day by which
    both want it back. Those of other rounds stay, and those of other units than `only`, by their
    codes, where those are named. `if_appraised` makes none where no round is.
    """

    def stage(job: Job) -> None:
        results = job.consolidated()
        if if_appraised and not results.rounds:
            return
        round_ = number or max(results.rounds, 1)
        if results.rounds < round_:
            _nothing(job, kinds.EXPLANATION, Code.NOTHING_APPRAISED, round_)
            return
        until = deadline or job.campaign.info.explanation_deadline
        basis = replace(job.basis, number=round_, deadline=until, only=only or job.only)
        codes = {unit.code for unit in basis.units()}
        tell = counting(job.opened, "Yêu cầu giải trình", len(codes))

        def plan() -> Iterator[PlannedPaper]:
            letters = _told(planned_papers(kinds.EXPLANATION, basis), tell)
            pairs = zip(letters, planned_papers(kinds.SUPPLEMENT, basis), strict=True)
            return chain.from_iterable(pairs)

        keep = {
            kind.file_of(job.campaign, unit, other)
            for kind in (kinds.EXPLANATION, kinds.SUPPLEMENT)
            for unit in job.campaign.units
            for other in range(1, kind.most + 1)
            if other != round_ or unit.code not in codes
        }
        _from_template(job, kinds.EXPLANATION, basis, plan=plan, keep=keep)
        if not asked_of_units(results, round_):
            job.findings.append(_finding(Code.NOTHING_TO_EXPLAIN, round_))

    return stage


def _nothing(job: Job, kind: kinds.PaperKind, code: FindingCode, number: int) -> None:
    job.take(Outcome(kind.folder, findings=(_finding(code, number),)))


def _finding(code: FindingCode, number: int) -> Finding:
    return Finding(code, found=str(number), expected=str(number))


# --- what the last run replaced ---


def take_back(job: Job) -> None:
    """Put back what the last run replaced. Raises UsageError where it replaced nothing."""
    if not job.output.replaced:
        raise UsageError(f"Lần chạy trước không thay tệp nào trong {job.output.path}.")
    for outcome in job.output.take_back():
        job.take(outcome)


# --- two versions of a paper ---


def two_versions(job: Job) -> tuple[tuple[str, str], ...]:
    """Return the papers that a person edited, each with the version that lies beside it."""
    output = job.output
    pairs = ((name, output.new_version_of(name)) for name in output.papers_of(job.campaign.id))
    return tuple((name, beside) for name, beside in pairs if beside)


def chosen_versions(files: Collection[str], *, take_new: bool) -> Stage:
    """Keep what a person made of papers, by their names, or `take_new` the versions beside them.

    The other version goes to the archive. Without files it only tells of which there are two.
    Raises UsageError for a name of which there are no two.
    """

    def stage(job: Job) -> None:
        beside = two_versions(job)
        names = [name for name, _ in beside]
        if not files:
            choose = advised("chon-ban")
            job.findings += [
                Finding(Code.FILE_KEPT, file=name, found=new_one, expected=choose)
                for name, new_one in beside
            ]
        for wanted in files:
            found = [n for n in names if wanted in (n, PurePosixPath(n).name)]
            if len(found) != 1:
                raise UsageError(_not_two(wanted, names))
            name = found[0]
            place = (job.output.take_new if take_new else job.output.keep_own)(name)
            code = Code.NEW_VERSION_TAKEN if take_new else Code.OWN_VERSION_KEPT
            written = Written(job.output.path / name, Fate.CHANGED if take_new else Fate.SAME)
            told = Finding(code, file=name, found=place)
            job.take(Outcome(PurePosixPath(name).parent.as_posix(), (written,), (told,)))

    return stage


def _not_two(wanted: str, names: Collection[str]) -> str:
    known = "; ".join(names) or "không có tệp nào"
    return f"“{wanted}” không phải tệp có hai bản. Các tệp đã sửa tay có bản mới bên cạnh: {known}."


# --- PDFs ---


def pdfs(job: Job) -> None:
    """Make a PDF beside each paper that is for signing: every DOCX, and the report.

    What was turned to PDF before and has not changed since is left as it is.
    """
    from cchc_office.files.libreoffice import find_libreoffice
    from cchc_office.papers.pdf import make_pdfs

    output = job.output
    sources = list(_for_signing(job.outcomes))
    copies = {s: s.with_suffix(".pdf").relative_to(output.path).as_posix() for s in sources}
    missing = [s for s in sources if output.lacks_copy(s, copies[s])]
    written = [Written(output.path / copies[s], Fate.SAME) for s in sources if s not in missing]
    findings: list[Finding] = []
    program = find_libreoffice()
    if missing and program is None:
        findings.append(Finding(Code.NO_LIBREOFFICE))

    def tell(done: int) -> None:
        job.opened.on_progress("Bản PDF", done, len(missing))

    for result in make_pdfs(missing, program, tell=tell) if missing and program else ():
        copy = copies[result.source]
        if result.content is None:
            findings.append(Finding(Code.PDF_NOT_MADE, file=copy, found=result.reason))
            continue
        done, finding = output.write_copy(Paper(copy, result.content), result.source)
        written.append(done)
        findings += [finding] if finding else []
    if len(written) < len(sources):
        job.held_back.append("bản PDF")
    job.take(Outcome("", tuple(written), tuple(findings)))


def _for_signing(outcomes: Iterable[Outcome]) -> Iterator[Path]:
    for outcome in outcomes:
        endings = {".docx", ".xlsx"} if outcome.folder == kinds.REPORT.folder else {".docx"}
        yield from (w.path for w in outcome.written if w.path.suffix in endings)


# --- templates ---

_Plan = Callable[[], Iterable[PlannedPaper]]


def _from_template(
    job: Job,
    kind: kinds.PaperKind,
    basis: Basis,
    tell: _Tell | None = None,
    *,
    plan: _Plan | None = None,
    keep: Iterable[str] = (),
    beside: Sequence[Paper] = (),
) -> None:
    """Make all papers of a template before the first is written, so that none comes out alone.

    A template with an error, be it in a branch that no letter of today takes, makes none. `plan`
    is what is made where that is more than the papers of the kind; what is `beside` them is written
    along with them.
    """
    plan = plan or (lambda: planned_papers(kind, basis))
    made, findings = _filled(job, kind, basis, plan, tell)
    if not made and any(finding.is_error for finding in findings):
        job.take(Outcome(kind.folder, findings=findings))
        return
    job.findings += findings
    job.write(kind.folder, [*made, *beside], keep)


def _filled(
    job: Job, kind: kinds.PaperKind, basis: Basis, plan: _Plan, tell: _Tell | None = None
) -> tuple[list[Paper], tuple[Finding, ...]]:
    """Return all papers of a template, or none where it has an error; and what there is to say."""
    source = find_template(kind.template, basis.own_templates)
    found = (*source.findings, *check_template(source.path, kind.offers()))
    if not any(finding.is_error for finding in found):
        try:
            return [paper.written() for paper in _told(plan(), tell)], found
        except TemplateProblemError as problem:
            found = problem.findings
    job.held_back.append(kind.title)
    return [], found


def _told(papers: Iterable[PlannedPaper], tell: _Tell | None = None) -> Iterator[PlannedPaper]:
    """Yield the papers, telling of each unit whose paper is next."""
    for paper in papers:
        if tell and paper.unit:
            tell(paper.unit.name)
        yield paper
