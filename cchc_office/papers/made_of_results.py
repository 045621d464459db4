"""What papers that tell of results are made from: the figures, without the day on which.

Such a paper is an old one as soon as a form, an appraisal or the workbook says something else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace

from cchc_office.model import Consolidation, Source
from cchc_office.papers.kinds import Basis, PaperKind
from cchc_office.papers.planning import digest_of_value
from cchc_office.papers.templates import find_template
from cchc_office.results.appraisal_rows import appraisal_rows

_NO_CELL = Source("", "", "")


def made_of_results(basis: Basis, kind: PaperKind) -> str:
    """Return what stands for all that the report, or the report upward, is made from.

    Without the day, on which lateness alone depends, and without what it is compared with.
    """
    data = basis.consolidation
    template = _digest_of_template(basis, kind) if kind.template else ""
    units = [(one.unit.code, one.is_sent_back, one.total) for one in data.units]
    # The leaves hold what each unit returned.
    scored = (data.leaves, data.subtotals, data.total, units, data.rounds)
    said = (_by_row(data.appraised), _by_row(data.explained))
    return _digest(template, basis, scored, said)


def _digest(about: object, basis: Basis, *figures: object) -> str:
    """Return what stands for the campaign and figures of it.

    Of these there are as many as all units have rows: their words as Python has them are there at
    once, and the same as long as the figures are.
    """
    own = digest_of_value((about, basis.profile, *_set_of(basis.consolidation)))
    return hashlib.sha256(f"{own} {figures!r}".encode()).hexdigest()


def _digest_of_template(basis: Basis, kind: PaperKind) -> str:
    path = find_template(kind.template, basis.own_templates).path
    return hashlib.sha256(path.read_bytes()).hexdigest()


def made_of_rows(basis: Basis, *, everything: bool) -> str:
    """Return what stands for all that the reviewers' workbook of a round is made from.

    What the round itself says is nothing of that, nor what units answered to it.
    """
    data, number = basis.consolidation, basis.round
    rows = [
        (*(row.unit.code, row.criterion.id, row.has_form, row.standing, row.before), explained, own)
        for row in appraisal_rows(data, number, everything=everything)
        for own in [row.returned and replace(row.returned, source=_NO_CELL)]
        for explained in [row.explained and row.explained.to(number - 1)]
    ]
    return _digest((number, everything or number == 1), basis, rows)


def _set_of(data: Consolidation) -> Iterator[object]:
    """Yield what the workbook says, wherever in it that stands."""
    campaign = data.campaign
    yield replace(campaign.info, written=())
    yield [(unit.code, unit.name, unit.groups) for unit in campaign.units]
    yield [replace(row, row=0, unit_cell="") for row in campaign.criteria]
    yield tuple(campaign.assignments)


def _by_row(said: Mapping[tuple[str, str], object]) -> list[object]:
    return [[*row, one] for row, one in sorted(said.items(), key=lambda item: item[0])]
