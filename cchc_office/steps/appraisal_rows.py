"""What the appraisal comes to, row by row: what a unit said, what each round said, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from cchc_office.catalogue.findings import Finding, need_a_person
from cchc_office.model import (
    Answer,
    AppraisedLeaf,
    Consolidation,
    Criterion,
    Evidence,
    EvidenceFile,
    ExplainedLeaf,
    LeafReturn,
    Role,
    Source,
    Unit,
)
from cchc_office.papers.form.declared_words import declared_text
from cchc_office.papers.signs import signed_max, with_sign
from cchc_office.results.appraisal_rows import is_cut, says_something, self_text, verdict
from cchc_office.results.leaf_results import standings
from cchc_office.sheets.addresses import row_number


@dataclass(frozen=True)
class RoundWord:
    """What one round said of a unit's row; `is_cut` tells that it took something away.

    `not_counted` is what stands in the cell of the score and cannot be one, as it was typed.
    """

    number: int
    answer: Answer
    score: Decimal | None
    opinion: str
    request: str
    by: str
    is_cut: bool
    not_counted: str = ""
    findings: tuple[Finding, ...] = ()
    explained: ExplainedLeaf | None = None

    @property
    def text(self) -> str:
        """The score in words where it is no number, "" where the round leaves it as it was."""
        return self.answer.value if self.answer is Answer.NOT_APPLICABLE else ""


@dataclass(frozen=True)
class AppraisedRow:
    """A unit's row: what it declared and gave itself, its evidence, each round.

    `source` is the cell of the score that it gave itself, None where it returned nothing.
    `findings` are about the row in what reviewers and the unit's explanation say.
    """

    unit: Unit
    criterion: Criterion
    declared: str
    own: str
    result: str
    evidence: str
    files: tuple[EvidenceFile, ...]
    rounds: tuple[RoundWord, ...]
    source: Source | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def maximum(self) -> str:
        """The most that it gives, with its sign."""
        return signed_max(self.criterion)

    def signed(self, shown: str) -> str:
        """Return points as they are shown with the sign of the row, "" for none."""
        return with_sign(self.criterion.points, shown) if shown else ""

    @property
    def is_asked(self) -> bool:
        """Whether the last round cut it, or asks for an explanation."""
        return bool(self.rounds) and (self.rounds[-1].is_cut or bool(self.rounds[-1].request))


@dataclass(frozen=True)
class UnitAppraisal:
    """How far the appraisal of a unit is: rows in all, ruled on in any round, cut or questioned.

    In `to_look` of them a person has to look at something that was filled in.
    """

    unit: Unit
    rows: int
    ruled: int
    asked: int
    to_look: int = 0


_Row = tuple[str, str]
"""A unit, by its code, and a row of the criteria, by its id."""


def row_of_findings(data: Consolidation) -> dict[Finding, _Row]:
    """Return the rows that findings about what was filled in are about, where there is one."""
    rows: dict[tuple[str, str, int], _Row] = {}
    for row, said in data.appraised.items():
        rows |= {_place(leaf.source): row for leaf in said}
    for row, answer in data.explained.items():
        rows |= {_place(leaf.source): row for leaf in answer.all()}
    found = ((f, (f.file, f.sheet, row_number(f.cell))) for f in data.findings if f.cell)
    return {finding: rows[place] for finding, place in found if place in rows}


def _place(source: Source) -> tuple[str, str, int]:
    return source.file, source.sheet, row_number(source.cell)


def _findings_of_rows(data: Consolidation) -> dict[_Row, tuple[Finding, ...]]:
    found: dict[_Row, tuple[Finding, ...]] = {}
    for finding, row in row_of_findings(data).items():
        found[row] = (*found.get(row, ()), finding)
    return found


def rows_of_unit(
    data: Consolidation, evidence: Evidence | None, unit: Unit
) -> tuple[AppraisedRow, ...]:
    """Return the rows that a unit leads, in table order."""
    leaves = data.campaign.scored_by(unit)
    answers = next((result.answers for result in data.units if result.unit == unit), {})
    told = _findings_of_rows(data)
    return tuple(
        _row(data, evidence, unit, leaf, answers.get(leaf.id), told.get((unit.code, leaf.id), ()))
        for leaf in leaves
    )


def rows_of_criterion(
    data: Consolidation, evidence: Evidence | None, criterion: Criterion
) -> tuple[AppraisedRow, ...]:
    """Return one row of the criteria as all units that lead it gave it, in their order."""
    parts = data.campaign.assignments_of(criterion)
    leads = {part.unit for part in parts if part.role is Role.LEAD}
    told = _findings_of_rows(data)
    return tuple(
        _row(
            *(data, evidence, result.unit, criterion, result.answers.get(criterion.id)),
            told.get((result.unit.code, criterion.id), ()),
        )
        for result in data.units
        if result.unit.code in leads
    )


def units_appraised(data: Consolidation) -> Iterator[UnitAppraisal]:
    """Yield how far the appraisal of each unit is that leads any row."""
    of_rows = _findings_of_rows(data).items()
    to_look = Counter(unit for (unit, _), found in of_rows if need_a_person(found))
    for result in data.units:
        leaves = data.campaign.scored_by(result.unit)
        if not leaves:
            continue
        ruled = asked = 0
        answers = result.answers
        for leaf in leaves:
            said = data.appraised.get((result.unit.code, leaf.id), ())
            ruled += any(map(says_something, said))
            if said:
                asked += _row(data, None, result.unit, leaf, answers.get(leaf.id)).is_asked
        yield UnitAppraisal(result.unit, len(leaves), ruled, asked, to_look[result.unit.code])


def _row(
    data: Consolidation,
    evidence: Evidence | None,
    unit: Unit,
    leaf: Criterion,
    answer: LeafReturn | None,
    findings: tuple[Finding, ...] = (),
) -> AppraisedRow:
    said = data.appraised.get((unit.code, leaf.id), ())
    explained = data.explained.get((unit.code, leaf.id))
    rounds = []
    for number in range(1, data.rounds + 1):
        ruled = verdict(said, number)
        before = standings(answer, said, number - 1)[-1]
        rounds.append(
            RoundWord(
                number,
                ruled.answer,
                ruled.score,
                ruled.opinion,
                ruled.request,
                ruled.by,
                is_cut(leaf, before, ruled),
                "" if ruled.answer.is_settled else _not_counted(said, number),
                _of_round(findings, said, explained, number),
                explained.to(number) if explained else None,
            )
        )
    return AppraisedRow(
        unit,
        leaf,
        declared_text(answer.declared) if answer and answer.declared else "",
        _own_text(leaf, answer),
        answer.result if answer else "",
        answer.evidence if answer else "",
        evidence.of(unit.code, leaf.id) if evidence else (),
        tuple(rounds),
        answer.source if answer else None,
        findings,
    )


def _own_text(leaf: Criterion, answer: LeafReturn | None) -> str:
    """Return the unit's own score in words; points have the sign of the row."""
    text = self_text(answer)
    is_number = answer is not None and answer.answer is Answer.SCORED
    return with_sign(leaf.points, text) if is_number else text


def _of_round(
    findings: Sequence[Finding],
    said: Sequence[AppraisedLeaf],
    explained: ExplainedLeaf | None,
    number: int,
) -> tuple[Finding, ...]:
    """Return the findings that are about what a round said of a row, or was answered."""
    answer = explained.to(number) if explained else None
    sources = [leaf.source for leaf in said if leaf.round == number]
    places = set(map(_place, (*sources, *([answer.source] if answer else ()))))
    return tuple(f for f in findings if (f.file, f.sheet, row_number(f.cell)) in places)


def _not_counted(said: Sequence[AppraisedLeaf], number: int) -> str:
    """Return what a round has in the cell of the score though it cannot be one."""
    own = (leaf for leaf in said if leaf.round == number and leaf.answer is Answer.UNUSABLE)
    return ", ".join(dict.fromkeys(leaf.typed for leaf in own if leaf.typed))
