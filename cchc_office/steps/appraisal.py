"""The steps of appraisal: the reviewers' workbooks, and what asks units to explain."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from cchc_office.catalogue.findings import Code, Finding, FindingCode
from cchc_office.decree30.figures import DEFAULT_PROFILE, Profile
from cchc_office.files.output_folder import Outcome, OutputFolder, Paper
from cchc_office.model import MOST_ROUNDS, Consolidation, Evidence
from cchc_office.papers.appraisal.workbook import build_appraisal
from cchc_office.papers.basis import Basis
from cchc_office.papers.kinds import APPRAISAL, EXPLANATION, SUPPLEMENT
from cchc_office.papers.planning import PlannedPaper, planned_papers
from cchc_office.results.appraisal_rows import appraisal_rows, asked_of_units
from cchc_office.steps.papers import OnItem, from_template, links_to_evidence, told

_ROUNDS = range(1, MOST_ROUNDS + 1)


def write_appraisal(
    data: Consolidation,
    output: OutputFolder,
    number: int = 1,
    profile: Profile = DEFAULT_PROFILE,
    *,
    everything: bool = False,
    evidence: Evidence | None = None,
    evidence_folder: Path | None = None,
) -> Outcome:
    """Write the workbook in which the reviewers of round `number` appraise.

    From the second round on it holds what the round before cut or questioned, or `everything`;
    where there is nothing of that, none is written. `evidence` are the files in `evidence_folder`,
    which it links to.
    """
    if number > 1 and not everything:
        if data.rounds < number - 1:
            return _nothing(APPRAISAL.folder, Code.NOTHING_APPRAISED, number - 1)
        if not appraisal_rows(data, number):
            return _nothing(APPRAISAL.folder, Code.NOTHING_TO_EXPLAIN, number - 1)
    links = links_to_evidence(output.path / APPRAISAL.folder, evidence, evidence_folder)
    content = build_appraisal(data, number, profile, everything=everything, evidence=links)
    paper = Paper(APPRAISAL.file_of(data.campaign, number=number), content)
    return output.write_folder(APPRAISAL.folder, [paper], keep=APPRAISAL.files_of(data.campaign))


def write_explanations(
    data: Consolidation,
    output: OutputFolder,
    number: int | None = None,
    own_templates: Path | None = None,
    profile: Profile = DEFAULT_PROFILE,
    on_item: OnItem | None = None,
    *,
    deadline: dt.date | None = None,
) -> Outcome:
    """Ask each unit to explain what round `number` (None: the last) cut or questioned.

    A letter for each, and the supplementary form that it fills in; `deadline` is the day by which
    both letter and form want it back. Those of other rounds stay.
    """
    number = number or max(data.rounds, 1)
    if data.rounds < number:
        return _nothing(EXPLANATION.folder, Code.NOTHING_APPRAISED, number)
    campaign = data.campaign
    basis = Basis(campaign, profile, own_templates, data, number, deadline)

    def plan() -> Iterator[PlannedPaper]:
        pairs = zip(
            told(planned_papers(EXPLANATION, basis), on_item),
            planned_papers(SUPPLEMENT, basis),
            strict=True,
        )
        return chain.from_iterable(pairs)

    keep = {
        kind.file_of(campaign, unit, n)
        for kind in (EXPLANATION, SUPPLEMENT)
        for unit in campaign.units
        for n in _ROUNDS
        if n != number
    }
    outcome = from_template(output, EXPLANATION, basis, plan=plan, keep=keep)
    if asked_of_units(data, number):
        return outcome
    nothing = _nothing(EXPLANATION.folder, Code.NOTHING_TO_EXPLAIN, number)
    return Outcome(outcome.folder, outcome.written, (*outcome.findings, *nothing.findings))


def _nothing(folder: str, code: FindingCode, number: int) -> Outcome:
    return Outcome(folder, findings=(Finding(code, found=str(number), expected=str(number)),))
