"""One call of a command over a campaign: what it was given, and what came of it so far."""

from __future__ import annotations

import datetime as dt
import os
import stat
from collections import Counter
from collections.abc import Mapping
from contextlib import nullcontext, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cchc_office import campaign as campaigns
from cchc_office.catalogue.findings import Code, Finding, has_errors, need_a_person
from cchc_office.cli import console
from cchc_office.decree30.figures import DEFAULT_PROFILE, Profile
from cchc_office.decree30.profile_file import read_profile
from cchc_office.errors import CchcError, NotSeenError, UsageError
from cchc_office.files.folders import list_folder, look
from cchc_office.files.output_folder import Outcome, OutputFolder
from cchc_office.model import INSIDE, Campaign, Consolidation, Evidence, ReadFile, Returns
from cchc_office.papers.kinds import MESSAGE
from cchc_office.text.vietnamese import VIETNAM

if TYPE_CHECKING:
    from cchc_office.register.doubts import Doubt

DONE, NEEDS_A_PERSON, NOT_DONE = 0, 1, 3
_NOON = dt.time(12)
_OWN_TEMPLATES = "templates"


@dataclass
class Run:
    """One call of a command: where it reads and writes, and what came of it so far."""

    command: str
    source: Path
    output: OutputFolder
    as_json: bool
    as_pdf: bool
    day: dt.date
    returns_folder: Path | None = None
    reminder_time: int | None = None
    appraisals_folder: Path | None = None
    round: int | None = None
    every_leaf: bool = False
    explanation_deadline: dt.date | None = None
    passwords: tuple[str, ...] = field(default=(), repr=False)
    outcomes: list[Outcome] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    returns: Returns | None = None
    data: Consolidation | None = None
    profile: Profile = DEFAULT_PROFILE
    earlier_file: Path | None = None
    days_left: int | None = None
    days_over: int | None = None
    in_short: bool = False
    evidence: Evidence | None = None
    stopped: str = ""
    """Why the steps that were still to come were not taken."""

    @property
    def now(self) -> dt.datetime:
        """The time of this run; of another day than today, its noon."""
        now = dt.datetime.now(tz=VIETNAM)
        return now if self.day == now.date() else dt.datetime.combine(self.day, _NOON, VIETNAM)

    @property
    def file(self) -> Path:
        """The campaign workbook. Raises CampaignError where there is none."""
        return campaigns.find_campaign_file(self.source)

    @property
    def own_templates(self) -> Path:
        """The folder of the office's own templates, which may not be there."""
        return self.file.parent / _OWN_TEMPLATES

    def load(self) -> Campaign:
        """Read the campaign and the office's figures; what there is to know is kept."""
        campaign = campaigns.load_campaign(self.source)
        self.findings += campaign.findings
        self.profile, findings = read_profile(self.file.parent)
        self.findings += findings
        return campaign

    def take(self, outcome: Outcome) -> None:
        """Keep what a step wrote and found."""
        self.outcomes.append(outcome)
        self.findings += outcome.findings

    def status(self) -> int:
        """Return the exit status that follows from what was found."""
        findings = tuple(self.findings)
        nothing_written = not any(outcome.written for outcome in self.outcomes)
        if has_errors(findings) and nothing_written and (self.outcomes or self.stopped):
            return NOT_DONE
        return NEEDS_A_PERSON if need_a_person(findings) else DONE


def run_of(command: str, given: Mapping[str, Any]) -> Run:
    """Return the run of a command with the options that were given."""
    return Run(
        command,
        given["campaign"],
        OutputFolder(given.get("output") or Path("output")),
        given["as_json"],
        given.get("as_pdf", False),
        given.get("day") or dt.datetime.now(tz=VIETNAM).date(),
        given.get("returns_folder"),
        given.get("reminder_time"),
        given.get("appraisals_folder"),
        given.get("round"),
        given.get("every_leaf", False),
        given.get("explanation_deadline"),
        console.asked_for(given.get("passwords", ())),
        earlier_file=given.get("earlier_file"),
        days_left=given.get("days_left"),
        days_over=given.get("days_over"),
        in_short=given.get("in_short", False),
    )


def returns_folder(run: Run) -> Path:
    """Return where the returns are; the usual place may be missing, one that was named may not."""
    return _folder(run.returns_folder, run.file.parent / campaigns.RETURNS_FOLDER)


def evidence_folder(run: Run) -> Path:
    """Return where the evidence files of units are; it may be missing."""
    return run.file.parent / campaigns.EVIDENCE_FOLDER


def evidence_of(run: Run, data: Consolidation) -> Evidence:
    """Read which evidence files there are, once; what there is to know is kept."""
    from cchc_office.returns.evidence import read_evidence

    if run.evidence is None:
        run.evidence, findings = read_evidence(evidence_folder(run), data)
        run.findings += findings
    return run.evidence


def appraisals_folder(run: Run) -> Path:
    """Return where the reviewers' workbooks are; the usual place may be missing."""
    return _folder(run.appraisals_folder, run.file.parent / campaigns.APPRAISALS_FOLDER)


def _folder(named: Path | None, usual: Path) -> Path:
    if named is not None:
        require_folder(named)
    return named or usual


def require_folder(folder: Path) -> None:
    """Raise UsageError where a folder that was named is none; one that is shut is told later."""
    with suppress(OSError):
        status = look(folder)
        if status is None:
            raise UsageError(f"Không có thư mục {folder}.")
        if stat.S_ISREG(status.st_mode):
            raise UsageError(f"{folder} là một tệp, không phải thư mục.")


def consolidate_into(run: Run, campaign: Campaign) -> Consolidation:
    """Read everything that came back and put it together, as of the day of the run.

    Raises NotSeenError where some of it could not be looked at; what there is to know is kept.
    """
    from cchc_office.results.consolidation import consolidate
    from cchc_office.returns import gather_returns, read_returns

    folders = [returns_folder(run), appraisals_folder(run)]
    doubts = _doubts(run, campaign)
    if os.path.realpath(folders[0]) == os.path.realpath(folders[1]):
        folders.pop()
    count = sum(len(list_folder(folder).files) for folder in folders)
    with console.progress("Đọc phiếu gửi về", count) as bar:
        results = []
        for folder in folders:
            for result in read_returns(folder, campaign, passwords=run.passwords):
                doubt = doubts.get(_outer_name(result)) if folder is folders[0] else None
                results.append(replace(result, unconfirmed=doubt.who) if doubt else result)
                bar(result)
    run.returns = gather_returns(results, campaign)
    try:
        run.data = consolidate(campaign, run.returns, as_of=run.day)
    except NotSeenError as error:
        run.stopped = str(error)
        run.findings += run.returns.findings
        run.findings += (f for one in run.returns.returns for f in one.findings)
        raise
    run.findings += [f for f in run.data.findings if f not in campaign.findings]
    return run.data


def _outer_name(result: ReadFile) -> str:
    return result.file.partition(INSIDE)[0]


def _doubts(run: Run, campaign: Campaign) -> dict[str, Doubt]:
    """Return what came by mail from somebody not confirmed; nothing is known without a register."""
    from cchc_office.register import RegisterError, read_register
    from cchc_office.register.doubts import Doubts

    try:
        with read_register(run.file.parent, campaign.id) or nullcontext() as register:
            return Doubts(register, campaign).in_folder(returns_folder(run))
    except RegisterError as error:
        register_not_read(run, error)
        return {}


def mail_folder(run: Run) -> Path:
    """Return where the messages are that were made and sent, which may not be there."""
    return run.output.path / MESSAGE.folder


def register_gone(run: Run, campaign: Campaign) -> tuple[Finding, ...]:
    """Tell that there is no register though papers of the campaign were made."""
    from cchc_office.register import REGISTER_FILE

    register = run.file.parent / REGISTER_FILE
    made = run.output.papers_of(campaign.id)
    if not made or (register.exists() and (register.is_dir() or register.stat().st_size)):
        return ()
    folders = Counter(name.partition("/")[0] for name in made)
    found = ", ".join(f"{folder}: {number} tệp" for folder, number in sorted(folders.items()))
    return (Finding(Code.REGISTER_GONE, REGISTER_FILE, about=str(run.output.path), found=found),)


def register_not_read(run: Run, error: CchcError) -> None:
    """Keep, once, that the register could not be asked."""
    from cchc_office.register import REGISTER_FILE

    finding = Finding(Code.REGISTER_NOT_READ, REGISTER_FILE, found=str(error).rstrip("."))
    if finding not in run.findings:
        run.findings.append(finding)
