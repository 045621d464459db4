"""Where the score of a row comes from: which cell of which file says what of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from cchc_office.model import (
    Answer,
    AppraisedLeaf,
    Consolidation,
    Criterion,
    ExplainedLeaf,
    LeafReturn,
    Source,
    Unit,
)


@dataclass(frozen=True, slots=True)
class ScoreSource:
    """One cell that says something of a row's score.

    `unit` is whose score it is, None for a survey of the whole campaign; `what` tells who says it
    ("tự chấm", "thẩm định lần 1"). `score` is None where the cell gives none: `answer` tells why,
    and `typed` is what stands there. `note` is what was said beside it, `declared_at` the first
    cell of the figures from which a rule gave the score.
    """

    criterion: Criterion
    unit: Unit | None
    what: str
    source: Source
    score: Decimal | None = None
    answer: str = ""
    typed: str = ""
    note: str = ""
    declared_at: str = ""


def sources_of_row(
    results: Consolidation, leaf: Criterion, unit: Unit | None = None
) -> Iterator[ScoreSource]:
    """Yield all cells that say something of a leaf, of one unit or of all.

    In the order in which they count: what units said, what each round of appraisal did, surveys.
    """
    campaign, found = results.campaign, results.leaf(leaf)
    if found is None:
        return
    for own in (*found.leads, *found.supports):
        if unit is None or own.unit == unit.code:
            yield from _of_unit(results, leaf, campaign.unit(own.unit), own)
    answered = {own.unit for own in (*found.leads, *found.supports)}
    for other in campaign.units if unit is None else (unit,):
        if other.code not in answered:
            yield from _of_unit(results, leaf, other, None)
    for survey in campaign.survey_results:
        if survey.criterion == leaf.id and (unit is None or survey.unit == unit.code):
            place = Source(campaign.file, survey.sheet, survey.cell)
            whose = campaign.find_unit(survey.unit)
            what = "kết quả khảo sát"
            yield ScoreSource(leaf, whose, what, place, survey.score, note=survey.detail)


def _of_unit(
    results: Consolidation, leaf: Criterion, unit: Unit, own: LeafReturn | None
) -> Iterator[ScoreSource]:
    if own is not None:
        yield _returned(leaf, unit, own)
    key = (unit.code, leaf.id)
    explained = results.explained.get(key)
    for said in results.appraised.get(key, ()):
        yield _appraised(leaf, unit, said)
        if said.round == 1 and explained is not None:
            yield _explained(leaf, unit, explained)


def _returned(leaf: Criterion, unit: Unit, own: LeafReturn) -> ScoreSource:
    return ScoreSource(
        *(leaf, unit, "phối hợp" if own.answer is Answer.CONTRIBUTED else "tự chấm", own.source),
        score=own.score,
        answer="" if own.answer in (Answer.SCORED, Answer.CONTRIBUTED) else own.answer.value,
        typed=own.typed,
        note=own.note,
        declared_at=own.declared_at if own.declared else "",
    )


def _appraised(leaf: Criterion, unit: Unit, said: AppraisedLeaf) -> ScoreSource:
    is_left = said.answer is Answer.BLANK
    return ScoreSource(
        *(leaf, unit, f"thẩm định lần {said.round}", said.source),
        score=said.score,
        answer="giữ điểm trước" if is_left else _unless_scored(said.answer),
        typed=said.typed,
        note=" · ".join(filter(None, (said.opinion, said.request))),
    )


def _explained(leaf: Criterion, unit: Unit, said: ExplainedLeaf) -> ScoreSource:
    return ScoreSource(
        *(leaf, unit, "giải trình, điểm đề nghị", said.source),
        score=said.score,
        answer="" if said.score is not None else "không đề nghị điểm khác",
        typed=said.typed,
        note=said.explanation,
    )


def _unless_scored(answer: Answer) -> str:
    return "" if answer is Answer.SCORED else answer.value
