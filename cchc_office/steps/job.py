"""A job under way: what it reads of what came back and of the register, makes and finds."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

from cchc_office.catalogue.findings import Code, Finding
from cchc_office.errors import CchcError, NotSeenError, UsageError
from cchc_office.files.being_there import may_be_there
from cchc_office.files.folders import is_file_there, list_folder
from cchc_office.files.output_folder import Outcome, OutputFolder, Paper
from cchc_office.model import (
    INSIDE,
    Consolidation,
    EarlierReport,
    Evidence,
    ReadFile,
    Returns,
)
from cchc_office.papers.kinds import Basis
from cchc_office.register import REGISTER_FILE, RegisterError, read_register
from cchc_office.register.arrivals import Arrivals
from cchc_office.register.history import (
    FormVerdicts,
    History,
    UnconfirmedFile,
    verdict_on,
)
from cchc_office.results.consolidation import consolidate
from cchc_office.results.progress import RoundProgress, progress_of_rounds
from cchc_office.returns import gather_returns, read_returns
from cchc_office.returns.evidence import read_evidence
from cchc_office.returns.reader import read_again
from cchc_office.steps.doubted_files import doubted_files
from cchc_office.steps.opened import Opened, counting


class Job:
    """What one job has read, made and found so far; nobody sees it before it is done."""

    def __init__(self, opened: Opened, only: frozenset[str] | None = None) -> None:
        """Begin with nothing read and nothing made; papers are `only` for units of these codes."""
        self.opened = opened
        self.only = only
        self.campaign = opened.campaign
        self.output = OutputFolder(opened.output)
        self.findings = list(opened.findings)
        self.outcomes: list[Outcome] = []
        self.held_back: list[str] = []
        self.returns: Returns | None = None
        self.results: Consolidation | None = None
        self.evidence: Evidence | None = None
        self.stopped = ""

    def take(self, outcome: Outcome) -> None:
        """Keep what was written and found."""
        self.outcomes.append(outcome)
        self.findings += outcome.findings

    def write(self, folder: str, papers: list[Paper], keep: Iterable[str] = ()) -> None:
        """Write the papers of a folder; others move away but for those named in `keep`."""
        self.take(self.output.write_folder(folder, papers, keep))

    @property
    def basis(self) -> Basis:
        """What papers are planned from."""
        opened = self.opened
        return Basis(
            self.campaign, opened.profile, opened.own_templates, self.results, only=self.only
        )

    def consolidated(self) -> Consolidation:
        """Return what came back, put together; it is read when it is first asked for."""
        return self.results or self.consolidate()

    @property
    def rounds(self) -> tuple[RoundProgress, ...]:
        """How far appraising is, round by round."""
        if self.results is None or self.returns is None:
            return ()
        return tuple(progress_of_rounds(self.results, self.returns))

    def so_far(self) -> dict[str, Any]:
        """Return what every job that reads what came back brings back of that."""
        return {
            "campaign": self.campaign,
            "findings": tuple(self.findings),
            "returns": self.returns,
            "results": self.results,
            "rounds": self.rounds,
            "stopped": self.stopped,
        }

    def consolidate(self) -> Consolidation:
        """Read everything that came back and put it together, as of the day of the job.

        Raises NotSeenError where some of it could not be looked at; what there is to know is kept.
        """
        returns = self.gather()
        try:
            self.results = consolidate(self.campaign, returns, as_of=self.opened.day)
        except NotSeenError as error:
            self.stopped = str(error)
            self.findings += returns.findings
            self.findings += (f for one in returns.returns for f in one.findings)
            raise
        self.findings += [f for f in self.results.findings if f not in self.campaign.findings]
        return self.results

    def gather(self) -> Returns:
        """Read everything that came back, and tell which of it counts."""
        self.returns = gather_returns(self.read_again(), self.campaign)
        return self.returns

    def read_again(self) -> list[ReadFile]:
        """Return what each file that came back is read as, with what persons said of it."""
        opened = self.opened
        folders = [opened.returns, opened.appraisals]
        doubts, verdicts, arrivals = self._of_register()
        digests = arrivals.in_folder(folders[0])
        if os.path.realpath(folders[0]) == os.path.realpath(folders[1]):
            folders.pop()
        files = sum(len(list_folder(folder).files) for folder in folders)
        tell = counting(opened, "Đọc phiếu gửi về", files)
        said_in = [verdicts.in_folder(folder) for folder in folders]
        read = []
        for folder, file in self._read(tuple(filter(may_be_there, folders))):
            outer, _, _ = file.file.partition(INSIDE)
            doubt = doubts.get(outer) if folder == folders[0] else None
            about = doubt.about(file) if doubt else None
            who = about.who if about else ""
            digest = digests.get(outer, "") if folder == folders[0] else ""
            came = arrivals.of(digest, file.file)
            told = replace(file, unconfirmed=who, arrival=came) if who or came else file
            said = verdict_on(told, said_in[folders.index(folder)].get(outer, ()))
            read.append(told.judged(said) if said else told)
            tell(file)
        return read

    def _read(self, folders: tuple[Path, ...]) -> Iterator[tuple[Path, ReadFile]]:
        """Yield what each file in the folders is read as, with its folder."""
        opened = self.opened
        if opened.memory is not None:
            yield from read_again(
                folders,
                self.campaign,
                opened.memory,
                basis=(opened.stamp, opened.passwords),
                passwords=opened.passwords,
            )
            return
        for folder in folders:
            for file in read_returns(folder, self.campaign, passwords=opened.passwords):
                yield folder, file

    def find_evidence(self, results: Consolidation) -> Evidence:
        """Read which evidence files there are, once; what there is to know is kept."""
        if self.evidence is None:
            self.evidence, findings = read_evidence(self.opened.evidence, results)
            self.findings += findings
        return self.evidence

    def read_earlier(self, file: Path | None) -> EarlierReport | None:
        """Read the report of an earlier period, None where none was named."""
        if file is None:
            return None
        from cchc_office.returns.earlier import read_earlier  # loads XlsxWriter

        earlier = read_earlier(file)
        self.findings += earlier.findings
        return earlier

    # --- the register ---

    def _of_register(
        self,
    ) -> tuple[dict[str, UnconfirmedFile], FormVerdicts, Arrivals]:
        """Return what came from somebody not confirmed, what was said of files, when they came.

        Without a register that is nothing.
        """
        opened = self.opened
        try:
            with read_register(opened.folder, self.campaign.id) or nullcontext() as register:
                doubts = doubted_files(opened, register)
                return doubts, FormVerdicts(register), Arrivals(register)
        except RegisterError as error:
            self.register_not_read(error)
            return doubted_files(opened, None), FormVerdicts(None), Arrivals(None)

    def history(self) -> History:
        """Return what went out so far; a register that cannot be read stops no papers."""
        opened = self.opened
        try:
            read = read_register(opened.folder, self.campaign.id, opened.mail_folder)
            with read or nullcontext() as register:
                return History.of(register)
        except RegisterError as error:
            self.register_not_read(error)
            return History()

    def register_not_read(self, error: CchcError) -> None:
        """Keep, once, that the register could not be asked."""
        finding = Finding(Code.REGISTER_NOT_READ, REGISTER_FILE, found=str(error).rstrip("."))
        if finding not in self.findings:
            self.findings.append(finding)

    def register_gone(self) -> tuple[Finding, ...]:
        """Tell that there is no register though papers of the campaign were made."""
        register = self.opened.folder / REGISTER_FILE
        made = self.output.papers_of(self.campaign.id)
        if not made or (register.exists() and (register.is_dir() or register.stat().st_size)):
            return ()
        folders = Counter(name.partition("/")[0] for name in made)
        found = ", ".join(f"{folder}: {number} tệp" for folder, number in sorted(folders.items()))
        where = str(self.output.path)
        return (Finding(Code.REGISTER_GONE, REGISTER_FILE, about=where, found=found),)


def require_earlier(file: Path | None) -> None:
    """Raise UsageError where a report of an earlier period was named that is not there."""
    if file is not None and not is_file_there(file):
        raise UsageError(f"Không có tệp {file}.")
