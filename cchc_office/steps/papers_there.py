"""How papers stand in the output folder: whether what they were made from is what is known now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from cchc_office.files.folders import is_file_there
from cchc_office.papers.kinds import APPRAISAL, REPORT, UPWARD_REPORT
from cchc_office.papers.made_of_results import made_of_results, made_of_rows
from cchc_office.papers.planning import PlannedPaper
from cchc_office.steps.job import Job
from cchc_office.steps.year_steps import PaperState


def state_of_paper(job: Job, paper: PlannedPaper) -> PaperState:
    """Tell how a paper that is wanted stands; nothing is built for it."""
    if not is_there(job, paper.file):
        return PaperState.MISSING
    is_current, is_edited = _is_current(job, paper), job.output.is_edited(paper.file)
    if is_edited and not is_current:
        beside = job.output.new_version_of(paper.file)
        is_beside = paper.is_made_from(job.output.made_from(job.output.written_digest(beside)))
        return PaperState.TO_CHOOSE if is_beside else PaperState.EDITED_OUTDATED
    if is_edited:
        return PaperState.EDITED
    return PaperState.CURRENT if is_current else PaperState.OUTDATED


def is_there(job: Job, file: str) -> bool:
    """Tell whether a paper of this campaign lies in the output folder."""
    return file in job.output.papers_of(job.campaign.id) and is_file_there(job.output.path / file)


def _is_current(job: Job, paper: PlannedPaper) -> bool:
    """Tell whether what was last written is current, whatever a person made of it since."""
    return paper.is_made_from(job.output.made_from(job.output.written_digest(paper.file)))


def not_built() -> bytes:
    """Stand for building a paper that is only held against what is there."""
    raise AssertionError


def report_there(job: Job) -> dict[str, PaperState]:
    """Return how the files of the report that are there stand, by their places.

    A PDF is an old one where its source is, or was changed since. Raises TemplateProblemError where
    the template cannot be used.
    """
    there = [name for name in job.output.papers_of(job.campaign.id) if _is_of_report(job, name)]
    found: dict[str, PaperState] = {}
    for kind in (REPORT, UPWARD_REPORT):
        own = PurePosixPath(kind.file)
        names = [n for n in there if _begins(n, own.stem) and n.endswith(own.suffix)]
        made_from = made_of_results(job.basis, kind) if names else ""
        for name in names:
            planned = PlannedPaper(kind, None, name, made_from, not_built)
            found[name] = state_of_paper(job, planned)
    copies = (name for name in there if name.endswith(".pdf"))
    return found | {name: _of_copy(job, name, found) for name in copies}


def _is_of_report(job: Job, name: str) -> bool:
    return PurePosixPath(name).parent.as_posix() == REPORT.folder and is_there(job, name)


def _begins(name: str, stem: str) -> bool:
    """Tell whether a file is one of this name, or the new version beside it."""
    own = PurePosixPath(name).stem
    return own == stem or own.startswith(f"{stem} (")


def _of_copy(job: Job, copy: str, found: dict[str, PaperState]) -> PaperState:
    sources = [name for name in found if PurePosixPath(name).stem == PurePosixPath(copy).stem]
    is_current = any(
        found[source] in (PaperState.CURRENT, PaperState.EDITED)
        and not job.output.lacks_copy(job.output.path / source, copy)
        for source in sources
    )
    return PaperState.CURRENT if is_current else PaperState.OUTDATED


_MADE_OF = {1: (True,), 2: (False, True)}
"""Of which rows the workbook of a round can be made: all, or not."""


def appraisals_there(job: Job) -> Iterator[tuple[int, PaperState]]:
    """Yield the rounds whose workbook for reviewers is there, and how it stands.

    One that was made of all rows is held against all, another against those of the round.
    """
    for number, file in enumerate(APPRAISAL.files_of(job.campaign), start=1):
        if is_there(job, file):
            basis = replace(job.basis, number=number)
            made_from = (made_of_rows(basis, everything=every) for every in _MADE_OF[number])
            planned = (PlannedPaper(APPRAISAL, None, file, made, not_built) for made in made_from)
            states = [state_of_paper(job, paper) for paper in planned]
            yield number, next((state for state in states if state.is_current), states[0])
