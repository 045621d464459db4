"""What there is to appraise and to explain: rows and questions, from the consolidation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from cchc_office.model import (
    USUAL_REQUEST,
    Answer,
    AppraisedLeaf,
    Campaign,
    Consolidation,
    Criterion,
    ExplainedLeaf,
    LeafReturn,
    Points,
    Question,
    Role,
    Unit,
)
from cchc_office.results.leaf_results import LeafStanding, standings
from cchc_office.text import figures


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one round said of a unit's leaf, all its reviewers taken together.

    `answer` is BLANK where the round leaves the score as it was; `request` is empty where nothing
    is to be explained.
    """

    answer: Answer = Answer.BLANK
    score: Decimal | None = None
    opinion: str = ""
    request: str = ""
    by: str = ""
    on: dt.date | None = None


def verdict(said: Iterable[AppraisedLeaf], number: int) -> Verdict:
    """Return what round `number` said, the later of two reviewers before the earlier.

    Where the later left a cell blank, what the earlier wrote stands.
    """
    result = Verdict()
    for leaf in said:
        if leaf.round != number:
            continue
        if leaf.answer.is_settled:
            result = replace(result, answer=leaf.answer, score=leaf.score)
        if leaf.opinion:
            result = replace(result, opinion=leaf.opinion)
        if leaf.request:
            result = replace(result, request=leaf.request)
        if says_something(leaf):
            result = replace(result, by=leaf.by, on=leaf.on)
    return result


def says_something(leaf: AppraisedLeaf) -> bool:
    """Tell whether a reviewer filled in anything of a row."""
    return leaf.answer is not Answer.BLANK or bool(leaf.opinion or leaf.request)


def is_cut(criterion: Criterion, before: LeafStanding, after: Verdict) -> bool:
    """Tell whether a round took something away from what stood `before` it.

    A penalty that grew is a cut (one that was left blank is 0), as is a score turned to "không áp
    dụng". Short of its maximum, so is a leaf that was not in the denominator and now is, and one
    whose score could not be counted: the unit gave itself something, and has to hear what it gets.
    """
    if after.answer is Answer.NOT_APPLICABLE:
        return before.answer is Answer.SCORED
    if after.answer is not Answer.SCORED or after.score is None:
        return False
    if criterion.points is Points.PENALTY:
        return after.score > (before.score or 0)
    if before.answer in (Answer.NOT_APPLICABLE, Answer.UNUSABLE):
        return after.score < (criterion.max_score or Decimal(0))
    return before.score is not None and after.score < before.score


@dataclass(frozen=True)
class AppraisalRow:
    """A unit's leaf as the reviewers of a round see it.

    `returned` is what the unit said, None where it returned nothing; `standing` is what stands
    before the round, `before` what the round before this one said and `explained` what the unit
    answered to it. `has_form` tells that the unit returned a form, be it without the leaf.
    """

    unit: Unit
    criterion: Criterion
    returned: LeafReturn | None
    standing: LeafStanding
    before: Verdict
    explained: ExplainedLeaf | None
    has_form: bool = False


def appraisal_rows(
    data: Consolidation, number: int, *, everything: bool = False
) -> tuple[AppraisalRow, ...]:
    """Return the rows of round `number` in table order, the units of each row in theirs.

    From the second round on only those that the round before cut or questioned, unless
    `everything` is wanted.
    """
    rows = _rows(data, number)
    if number == 1 or everything:
        return tuple(rows)
    asked = {
        (unit, leaf.criterion.id)
        for unit, leaves in asked_of_units(data, number - 1).items()
        for leaf in leaves
    }
    return tuple(row for row in rows if (row.unit.code, row.criterion.id) in asked)


def _rows(data: Consolidation, number: int) -> Iterator[AppraisalRow]:
    forms = tuple(unit.returned for unit in data.units if unit.returned)
    came = {form.unit for form in forms}
    returned = {(leaf.unit, leaf.criterion): leaf for form in forms for leaf in form.leaves}
    campaign = data.campaign
    for leaf in campaign.leaves:
        for part in campaign.assignments_of(leaf) if leaf.is_self_scored else ():
            if part.role is not Role.LEAD:
                continue
            key = (part.unit, leaf.id)
            said = data.appraised.get(key, ())
            answer = returned.get(key)
            yield AppraisalRow(
                campaign.unit(part.unit),
                leaf,
                answer,
                standings(answer, said, number - 1)[-1],
                verdict(said, number - 1),
                data.explained.get(key),
                part.unit in came,
            )


@dataclass(frozen=True)
class Asked:
    """A leaf that a unit has to explain.

    `own` is what the unit gave itself, `before` what stood before the round, `ruled` what the
    round said, `answered` in words what the unit answered to the round before, None where that
    did not ask. `unusable` is what the unit typed where that is no score that counts.
    """

    criterion: Criterion
    own: LeafStanding
    before: LeafStanding
    ruled: Verdict
    answered: str | None = None
    unusable: str = ""

    @property
    def score(self) -> Decimal | None:
        """The score after the round, None where there is none or the leaf does not apply."""
        return self.before.score if self.ruled.answer is Answer.BLANK else self.ruled.score

    @property
    def question(self) -> Question:
        """The same as the letter lists it."""
        return Question(
            *(self.criterion.id, self._what, self.own.score, self.score),
            score_before=self.before.score,
            answered=self.answered,
        )

    @property
    def _what(self) -> str:
        ruled = self.ruled
        request = "" if ruled.request == USUAL_REQUEST else ruled.request
        said = dict.fromkeys(filter(None, (ruled.opinion, request)))
        what = " ".join(map(_sentence, said)) if len(said) > 1 else "".join(said)
        words = [self._without_number, what or self._usual_words]
        return " ".join(filter(None, words))

    @property
    def _without_number(self) -> str:
        """What the columns of scores cannot show: no number, and who said what stands there."""
        if self.unusable:
            return f"Đơn vị ghi “{self.unusable}”, không tính được."
        if self.ruled.answer is Answer.NOT_APPLICABLE:
            return "Thẩm định: không áp dụng."
        return "Đơn vị ghi không áp dụng." if self.own.answer is Answer.NOT_APPLICABLE else ""

    @property
    def _usual_words(self) -> str:
        if self.ruled.answer is Answer.NOT_APPLICABLE:
            return ""
        if not is_cut(self.criterion, self.before, self.ruled):
            return USUAL_REQUEST
        if self.criterion.points is Points.PENALTY:
            if self.own.score is None:
                return "Điểm trừ do người thẩm định ghi"
            return "Điểm trừ thẩm định cao hơn điểm tự chấm"
        than = "điểm tối đa" if self.unusable else "điểm tự chấm"
        return f"Điểm thẩm định thấp hơn {than}"


def _sentence(words: str) -> str:
    return words if words.endswith((".", "!", "?", "…", ";")) else f"{words}."


def asked_of_units(data: Consolidation, number: int) -> dict[str, tuple[Asked, ...]]:
    """Return the leaves that round `number` cut or questioned, by unit; units without are absent.

    Leaves are in table order, units in that of the campaign.
    """
    found: dict[str, list[Asked]] = {unit.code: [] for unit in data.campaign.units}
    for row in _rows(data, number):
        leaf, before = row.criterion, row.standing
        ruled = verdict(data.appraised.get((row.unit.code, leaf.id), ()), number)
        if _asks(leaf, before, ruled):
            own = _own(data.campaign, row)
            answered = _answered(data, row, number - 1)
            typed = row.returned.typed if row.returned else ""
            unusable = typed if own.answer is Answer.UNUSABLE else ""
            found[row.unit.code].append(Asked(leaf, own, before, ruled, answered, unusable))
    return {unit: tuple(asked) for unit, asked in found.items() if asked}


def _own(campaign: Campaign, row: AppraisalRow) -> LeafStanding:
    """Return what the unit gave itself: of a bonus or penalty that its form leaves blank, 0."""
    own = standings(row.returned, (), 0)[0]
    is_blank = row.returned is not None and own.answer is Answer.BLANK
    if is_blank and row.criterion.is_optional and not campaign.is_left_to_reviewers(row.criterion):
        return replace(own, score=Decimal(0))
    return own


def _asks(leaf: Criterion, before: LeafStanding, ruled: Verdict) -> bool:
    return bool(ruled.request) or is_cut(leaf, before, ruled)


def _answered(data: Consolidation, row: AppraisalRow, number: int) -> str | None:
    """Return what a unit answered to round `number` on a row, None where that did not ask it."""
    answer = row.explained.to(number) if row.explained else None
    if answer is None:
        said = data.appraised.get((row.unit.code, row.criterion.id), ())
        before = standings(row.returned, said, max(number - 1, 0))[-1]
        return "" if _asks(row.criterion, before, row.before) else None
    wanted = "" if answer.score is None else f"đề nghị {figures.as_typed(answer.score)} điểm"
    return "; ".join(filter(None, (answer.explanation or answer.evidence, wanted)))


# --- as a reviewer sees it ---


def self_text(returned: LeafReturn | None) -> str:
    """Return the unit's own score in words: a number, "Không áp dụng", or what was typed.

    What was typed and cannot be counted is shown as such: to a reviewer it looks like a score.
    """
    if returned is None:
        return ""
    if returned.answer is Answer.UNUSABLE:
        return f"{returned.typed} (không tính được)".lstrip()
    if returned.answer is Answer.SCORED and returned.score is not None:
        return figures.as_typed(returned.score)
    return (
        Answer.NOT_APPLICABLE.value if returned.answer is Answer.NOT_APPLICABLE else returned.typed
    )
