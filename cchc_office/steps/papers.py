"""The steps of a campaign: each builds papers and writes them to the output folder.

What the commands do, for scripts too: every step takes values and an `OutputFolder`, and returns
an `Outcome` with what was written and what there is to know.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from cchc_office.catalogue.findings import Code, Finding
from cchc_office.decree30.figures import DEFAULT_PROFILE, Profile
from cchc_office.files.output_folder import Fate, Outcome, OutputFolder, Paper, Written
from cchc_office.model import (
    MOST_REMINDERS,
    Campaign,
    Comparison,
    Consolidation,
    EarlierReport,
    Evidence,
    Question,
    Unit,
    UnitResult,
)
from cchc_office.papers import assignment_table
from cchc_office.papers.basis import Basis
from cchc_office.papers.explanation_request import plan_requests
from cchc_office.papers.file_links import EvidenceLinks
from cchc_office.papers.kinds import (
    DISPATCH,
    EXPLANATION,
    FORM,
    MESSAGE,
    REMINDER,
    REPORT,
    SHORT_REMINDER,
    TABLE,
    UPWARD_REPORT,
    PaperKind,
    letter_in,
)
from cchc_office.papers.mail_text import build_mail_text
from cchc_office.papers.pdf import find_libreoffice, make_pdfs
from cchc_office.papers.planning import PlannedPaper, planned_papers
from cchc_office.papers.report import build_report
from cchc_office.papers.templates import find_template, offered_names
from cchc_office.papers.upward_report import plan_upward_report
from cchc_office.results.comparing import compare
from cchc_office.results.ranking import rank_units
from cchc_office.returns.reader import names_in
from cchc_office.word.templates import (
    TemplateProblemError,
    TextTemplate,
    check_template,
)

OnItem = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Due:
    """Which units are reminded, by the deadline of their forms.

    Without `before_deadline` those that returned nothing only once it is over. With `days_left`
    only those that returned nothing and have at most so many days; with `days_over` only once it
    has been over for at least so many days. A campaign without a deadline has neither.
    """

    before_deadline: bool = True
    days_left: int | None = None
    days_over: int | None = None

    @property
    def counts_days(self) -> bool:
        """Whether it goes by a number of days to or from the deadline."""
        return (self.days_left, self.days_over) != (None, None)

    def means(self, data: Consolidation, result: UnitResult) -> bool:
        """Tell whether the unit is to be reminded of what it owes on the day of `data`."""
        deadline = data.campaign.info.deadline
        left = None if deadline is None else (deadline - data.as_of).days
        if self.days_left is not None:
            return not result.returned and left is not None and 0 <= left <= self.days_left
        if self.days_over is not None:
            return left is not None and -left >= self.days_over
        return self.before_deadline or bool(result.returned) or (left is not None and left < 0)

    def put_off(self, data: Consolidation) -> Iterator[Finding]:
        """Yield what to tell of units that owe something and, by a number of days, get nothing."""
        deadline = data.campaign.info.deadline
        codes = [result.unit.code for result in owing(data) if not self.means(data, result)]
        if deadline is None or not codes or not self.counts_days:
            return
        left = (deadline - data.as_of).days
        today = f"còn {left} ngày đến hạn nộp" if left >= 0 else f"đã quá hạn nộp {-left} ngày"
        wanted = f"khi đã quá hạn từ {self.days_over} ngày"
        if self.days_left is not None:
            wanted = f"nơi chưa nộp, khi còn không quá {self.days_left} ngày"
        found = ", ".join(codes)
        yield Finding(Code.REMINDER_NOT_DUE, about=today, found=found, expected=wanted)


ANY_TIME = Due()
ONCE_OVERDUE = Due(before_deadline=False)


def write_assignment_table(
    campaign: Campaign, output: OutputFolder, profile: Profile = DEFAULT_PROFILE
) -> Outcome:
    """Write the assignment table as phu-luc.xlsx and phu-luc.docx."""
    planned = assignment_table.plan(Basis(campaign, profile))
    return _write(output, TABLE.folder, (paper.written() for paper in planned))


def write_dispatches(
    campaign: Campaign,
    output: OutputFolder,
    own_templates: Path | None = None,
    profile: Profile = DEFAULT_PROFILE,
    on_item: OnItem | None = None,
) -> Outcome:
    """Write a task dispatch for each unit that has a part in any row."""
    return write_papers(DISPATCH, Basis(campaign, profile, own_templates), output, on_item)


def write_forms(
    campaign: Campaign,
    output: OutputFolder,
    profile: Profile = DEFAULT_PROFILE,
    on_item: OnItem | None = None,
) -> Outcome:
    """Write a score workbook for each unit that has a part in any leaf."""
    return write_papers(FORM, Basis(campaign, profile), output, on_item)


def write_report(
    data: Consolidation,
    output: OutputFolder,
    returns_folder: Path | None = None,
    profile: Profile = DEFAULT_PROFILE,
    own_templates: Path | None = None,
    earlier: EarlierReport | None = None,
    *,
    appraisals_folder: Path | None = None,
    evidence: Evidence | None = None,
    evidence_folder: Path | None = None,
) -> Outcome:
    """Write tong-hop.xlsx and the report upward, bao-cao.docx.

    `returns_folder` is where the returns lie, `appraisals_folder` where the reviewers' workbooks do
    that are not among them, for links to them; `evidence` are the files in `evidence_folder`, as
    `read_evidence` gives them; `earlier` is the report of an earlier
    period that this one is held against. A template that cannot be used keeps back bao-cao.docx
    alone.
    """
    way = _way(output.path / REPORT.folder, returns_folder) if returns_folder else ""
    comparison, of_earlier = compared_with(data, earlier)
    elsewhere = _ways_elsewhere(output.path / REPORT.folder, returns_folder, appraisals_folder)
    content = build_report(
        data,
        profile,
        returns_path=way,
        elsewhere=elsewhere,
        comparison=comparison,
        evidence=links_to_evidence(output.path / REPORT.folder, evidence, evidence_folder),
    )
    # What is of the same campaign is no earlier period, as the text would have it.
    is_own = comparison is not None and comparison.earlier.campaign == data.campaign.id
    told = None if is_own else comparison
    upward, findings = _upward_report(data, told, own_templates, profile)
    papers = [Paper(REPORT.file_of(data.campaign), content), *upward]
    outcome = _write(output, REPORT.folder, papers)
    return replace(outcome, findings=(*of_earlier, *findings, *outcome.findings))


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
    if earlier.campaign == data.campaign.id:
        own = Finding(Code.EARLIER_IS_THIS_CAMPAIGN, earlier.file, found=data.campaign.id)
        return comparison, (own,)
    return comparison, ()


def _upward_report(
    data: Consolidation,
    comparison: Comparison | None,
    own_templates: Path | None,
    profile: Profile,
) -> tuple[list[Paper], tuple[Finding, ...]]:
    basis = Basis(data.campaign, profile, own_templates, data)
    places = rank_units(data) if data.campaign.ranks_units else ()
    return _filled(UPWARD_REPORT, basis, lambda: plan_upward_report(basis, places, comparison))


def write_reminders(
    data: Consolidation,
    output: OutputFolder,
    own_templates: Path | None = None,
    profile: Profile = DEFAULT_PROFILE,
    on_item: OnItem | None = None,
    *,
    due: Due = ANY_TIME,
    time: int | Mapping[str, int] = 1,
    leaving_out: Collection[str] = (),
    in_short: bool = False,
) -> Outcome:
    """Write a reminder for each unit that owes something; those of units that do not move away.

    `due` chooses units by their deadline. `time` counts the reminders, up to MOST_REMINDERS, for
    all or by the codes of units: a second one says so, more firmly, and in its name. `leaving_out`
    names units that get none now. `in_short` puts a few words for a telephone beside each letter.
    """
    names = {one.unit.code for one in owing(data, due)}
    numbers = (
        time
        if isinstance(time, int)
        else {code: min(number, MOST_REMINDERS) for code, number in time.items()}
    )
    basis = Basis(
        *(data.campaign, profile, own_templates, data), numbers, only=names - set(leaving_out)
    )
    short: list[Paper] = []
    found: tuple[Finding, ...] = ()
    if in_short:
        short, found = _filled(SHORT_REMINDER, basis, lambda: planned_papers(SHORT_REMINDER, basis))
    # What was asked for early, or sent before, stays while the unit owes something.
    still = {
        file
        for result in owing(data)
        for kind in (REMINDER, SHORT_REMINDER)
        for file in kind.files_of(data.campaign, result.unit)
    }
    outcome = from_template(output, REMINDER, basis, on_item, keep=still, beside=short)
    return replace(outcome, findings=(*found, *due.put_off(data), *outcome.findings))


def write_explanation_requests(
    campaign: Campaign,
    questions: Mapping[str, Sequence[Question]],
    output: OutputFolder,
    own_templates: Path | None = None,
    profile: Profile = DEFAULT_PROFILE,
    *,
    as_of: dt.date,
    deadline: dt.date | None = None,
) -> Outcome:
    """Write the letters that ask units, by their codes, to explain scores; each lists its own.

    `deadline` is the day by which explanations are wanted. Raises KeyError for the code of a unit
    that the campaign does not have.
    """
    asked = {code: tuple(own) for code, own in questions.items() if own}
    basis = Basis(campaign, profile, own_templates, deadline=deadline)
    return from_template(
        *(output, EXPLANATION, basis),
        plan=lambda: plan_requests(basis, asked, as_of=as_of, with_form=False),
    )


def mail_text(
    campaign: Campaign,
    unit: Unit,
    letter: PaperKind | str,
    attachments: Sequence[str] = (),
    own_templates: Path | None = None,
) -> str:
    """Return the text of the e-mail that brings `unit` a letter and the files that are named.

    `letter` is its kind, or what a clerk calls it: "cong-van", "don-doc", "giai-trinh".

    Raises TemplateProblemError where the office's own template cannot be used, UsageError for a
    letter that there is none of.
    """
    source = find_template(MESSAGE.template, own_templates)
    errors = [f for f in check_template(source.path, offered_names(MESSAGE.template)) if f.is_error]
    if errors:
        raise TemplateProblemError(*errors)
    kind = letter_in(letter) if isinstance(letter, str) else letter
    return build_mail_text(campaign, unit, kind, attachments, TextTemplate(source.path))


def write_pdfs(outcomes: Iterable[Outcome], output: OutputFolder) -> Outcome:
    """Write a PDF beside each paper that is for signing: every DOCX, and the report.

    What was turned to PDF before and has not changed since is left as it is.
    """
    sources = list(_for_signing(outcomes))
    copies = {s: s.with_suffix(".pdf").relative_to(output.path).as_posix() for s in sources}
    missing = [s for s in sources if output.lacks_copy(s, copies[s])]
    written = [Written(output.path / copies[s], Fate.SAME) for s in sources if s not in missing]
    findings: list[Finding] = []
    program = find_libreoffice()
    if missing and program is None:
        findings.append(Finding(Code.NO_LIBREOFFICE))
    for result in make_pdfs(missing, program) if missing and program else ():
        copy = copies[result.source]
        if result.content is None:
            findings.append(Finding(Code.PDF_NOT_MADE, file=copy, found=result.reason))
            continue
        done, finding = output.write_copy(Paper(copy, result.content), result.source)
        written.append(done)
        findings += [finding] if finding else []
    return Outcome("", tuple(written), tuple(findings))


def _for_signing(outcomes: Iterable[Outcome]) -> Iterator[Path]:
    for outcome in outcomes:
        endings = {".docx", ".xlsx"} if outcome.folder == REPORT.folder else {".docx"}
        yield from (w.path for w in outcome.written if w.path.suffix in endings)


def owing(data: Consolidation, due: Due = ANY_TIME) -> tuple[UnitResult, ...]:
    """Return the units that still owe something, those that `due` means."""
    return tuple(unit for unit in data.units if unit.debts and due.means(data, unit))


def told(papers: Iterable[PlannedPaper], on_item: OnItem | None = None) -> Iterator[PlannedPaper]:
    """Yield the papers, telling of each unit whose paper is next."""
    for paper in papers:
        if on_item and paper.unit:
            on_item(paper.unit.name)
        yield paper


def write_papers(
    kind: PaperKind, basis: Basis, output: OutputFolder, on_item: OnItem | None = None
) -> Outcome:
    """Write all papers of a kind that are to be made."""
    if kind.template:
        return from_template(output, kind, basis, on_item)
    planned = told(planned_papers(kind, basis), on_item)
    return _write(output, kind.folder, (paper.written() for paper in planned))


Plan = Callable[[], Iterable[PlannedPaper]]


def from_template(
    output: OutputFolder,
    kind: PaperKind,
    basis: Basis,
    on_item: OnItem | None = None,
    *,
    plan: Plan | None = None,
    keep: Iterable[str] = (),
    beside: Sequence[Paper] = (),
) -> Outcome:
    """Make all papers of a template before the first is written, so that none comes out alone.

    A template with an error, be it in a branch that no letter of today takes, makes none. `plan`
    is what is made where that is more than the papers of the kind; what is `beside` them is written
    along with them.
    """
    made, findings = _filled(kind, basis, plan or (lambda: planned_papers(kind, basis)), on_item)
    if not made and any(finding.is_error for finding in findings):
        return Outcome(kind.folder, findings=findings)
    outcome = output.write_folder(kind.folder, [*made, *beside], keep)
    return replace(outcome, findings=(*findings, *outcome.findings))


def _filled(
    kind: PaperKind, basis: Basis, plan: Plan, on_item: OnItem | None = None
) -> tuple[list[Paper], tuple[Finding, ...]]:
    """Return all papers of a template, or none where it has an error; and what there is to say."""
    source = find_template(kind.template, basis.own_templates)
    found = (*source.findings, *check_template(source.path, kind.offers()))
    if any(finding.is_error for finding in found):
        return [], found
    try:
        return [paper.written() for paper in told(plan(), on_item)], found
    except TemplateProblemError as problem:
        return [], problem.findings


def _write(output: OutputFolder, folder: str, papers: Iterable[Paper]) -> Outcome:
    return output.write_folder(folder, list(papers))


def _ways_elsewhere(start: Path, usual: Path | None, other: Path | None) -> dict[str, str]:
    """Return the way to the files in the folder `other`, by name; not to those in both folders."""
    if usual is None or other is None:
        return {}
    way = _way(start, other)
    taken = set(names_in(usual))
    return {name: way for name in names_in(other) if way and name not in taken}


def links_to_evidence(
    start: Path, evidence: Evidence | None, folder: Path | None
) -> EvidenceLinks | None:
    """Return what links from the folder `start` to evidence files; None without any."""
    if evidence is None or folder is None:
        return None
    return EvidenceLinks(evidence, _way(start, folder))


def _way(start: Path, target: Path) -> str:
    """Return the relative path from one folder to another, "" where there is none (Windows)."""
    try:
        return Path(os.path.relpath(target.resolve(), start.resolve())).as_posix()
    except ValueError:
        return ""
