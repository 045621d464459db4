"""Outgoing papers: which each unit should be sent now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cchc_office.model import Unit
from cchc_office.papers.basis import Basis
from cchc_office.papers.kinds import PaperKind
from cchc_office.papers.planning import PlannedPaper, planned_papers


@dataclass(frozen=True)
class Outgoing:
    """A unit, and the papers that it should be sent; the letter, of this kind, comes first.

    `number` is that of the reminder, or of the round that is to be explained; 0 for tasks.
    """

    unit: Unit
    kind: PaperKind
    papers: tuple[PlannedPaper, ...]
    number: int = 0


def outgoing_papers(letter: PaperKind, basis: Basis) -> Iterator[Outgoing]:
    """Yield each unit that gets the letter, with all that goes along.

    Where `basis` has no deadline, letters that name any are current. Raises TemplateProblemError
    where a template cannot be used.
    """
    brought = [(along, _by_unit(planned_papers(along.kind, basis))) for along in letter.mail.brings]
    for paper in planned_papers(letter, basis):
        if (unit := paper.unit) is None:
            continue
        others = [
            other
            for along, papers in brought
            if along.when(basis, unit) and (other := papers.get(unit.code) or papers.get(""))
        ]
        yield Outgoing(unit, letter, (paper, *others), paper.number)


def _by_unit(papers: Iterator[PlannedPaper]) -> dict[str, PlannedPaper]:
    """Return papers by their units' codes; one of all units together by none."""
    return {paper.unit.code if paper.unit else "": paper for paper in papers}
