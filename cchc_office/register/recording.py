"""Recording in the register what a command made and read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from pathlib import Path

from cchc_office.catalogue.findings import Finding
from cchc_office.files.folders import label, list_folder
from cchc_office.files.output_folder import Fate, Outcome, Written
from cchc_office.model import INSIDE, Answer, Campaign, Returns, UnitReturn
from cchc_office.papers import kinds
from cchc_office.papers.kinds import MESSAGE, whose_paper
from cchc_office.register import MadePaper, ReadReturn, digest_of, open_if_writable


def record_work(
    folder: Path,
    campaign: Campaign,
    outcomes: Iterable[Outcome],
    returns: tuple[Returns, Path] | None,
    output: Path,
    now: dt.datetime,
) -> tuple[Finding, ...]:
    """Record in the register of the campaign's `folder` the papers made and the returns read.

    `returns` are what was read and the folder it was read from. Where the register cannot be
    written the work stands all the same, and the finding says so.
    """
    register, findings = open_if_writable(folder, campaign.id, output / MESSAGE.folder)
    if register is None:
        return findings
    with register:
        register.record_papers(made_papers(campaign, outcomes, output, now))
        if returns:
            register.record_returns(read_returns_of(*returns, now))
    return findings


def made_papers(
    campaign: Campaign, outcomes: Iterable[Outcome], output: Path, now: dt.datetime
) -> Iterator[MadePaper]:
    """Yield the papers among what was written that are one unit's own."""
    units = {campaign.paper_name(unit): unit for unit in campaign.units}
    for outcome in outcomes:
        for written in outcome.written:
            name = written.path.relative_to(output).as_posix()
            if known := whose_paper(name, units):
                kind, unit, number = known
                digest = digest_of(written.path.read_bytes())
                yield MadePaper(kind, unit.code, name, digest, now, number)


def papers_there(campaign: Campaign, output: Path) -> Iterator[MadePaper]:
    """Yield the papers that lie in the output folder, each as made when it was last written."""
    for folder in dict.fromkeys(kind.folder for kind in kinds.PAPERS):
        for path in sorted((output / folder).glob("*")):
            if path.suffix in (".docx", ".xlsx") and path.is_file():
                when = dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC)
                there = Outcome(folder, (Written(path, Fate.SAME),))
                yield from made_papers(campaign, (there,), output, when)


def read_returns_of(returns: Returns, folder: Path, now: dt.datetime) -> Iterator[ReadReturn]:
    """Yield the returns of units among what was read from `folder`, as the register keeps them."""
    paths = {label(path.relative_to(folder)): path for path in list_folder(folder).files}
    counted = {found.file: found for found in returns.returns}
    for file in returns.files:
        path = paths.get(file.file.partition(INSIDE)[0])
        if not file.unit or path is None:
            continue
        found = counted.get(file.file)
        scored, expected = _counts(found) if found else (0, 0)
        yield ReadReturn(
            file.unit,
            file.file,
            digest_of(path.read_bytes()),
            now,
            found.saved if found else None,
            scored,
            expected,
            file.counted,
        )


def _counts(returned: UnitReturn) -> tuple[int, int]:
    """Return how many of the leaves that the unit scores were answered, and how many there are."""
    own = [leaf for leaf in returned.leaves if leaf.answer is not Answer.CONTRIBUTED]
    return sum(leaf.answer.is_settled for leaf in own), len(own)
