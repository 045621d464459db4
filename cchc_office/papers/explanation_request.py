"""Explanation requests: the scores of a unit that the appraisal cut or questions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from cchc_office.decree30.figures import Profile
from cchc_office.model import Campaign, Question, Unit
from cchc_office.papers.kinds import EXPLANATION, SUPPLEMENT, Basis
from cchc_office.papers.letter_values import LETTER_NAMES, letter_values
from cchc_office.papers.planning import NO_DAY, LetterTemplate, PlannedPaper
from cchc_office.papers.signs import signed_max
from cchc_office.results.appraisal_rows import asked_of_units
from cchc_office.text import figures
from cchc_office.text.vietnamese import official
from cchc_office.word.templates import FLAG, TEXT, ListOf, Names, record_of


@dataclass(frozen=True)
class TemplateQuestion:
    """A question as templates see it: the criterion, its scores, and what is to be explained."""

    stt: str
    ma: str
    ten: str
    diem_toi_da: str
    diem_tu_cham: str
    diem_tham_dinh: str
    noi_dung: str
    diem_lan_truoc: str
    giai_trinh_truoc: str


OFFERS: Names = {
    **LETTER_NAMES,
    "can_giai_trinh": ListOf(record_of(TemplateQuestion)),
    **dict.fromkeys(("han_giai_trinh", "phieu_giai_trinh"), TEXT),
    **dict.fromkeys(("lan_giai_trinh", "lan_truoc"), TEXT),
    "giai_trinh_lai": FLAG,
}


def plan(basis: Basis) -> Iterator[PlannedPaper]:
    """Yield the letter to each unit of which the round asks something."""
    template, campaign, number = LetterTemplate(basis, EXPLANATION), basis.campaign, basis.round
    as_of = basis.consolidation.as_of
    for code, own in asked_of_units(basis.consolidation, number).items():
        if not basis.is_for(code):
            continue
        unit = campaign.unit(code)
        questions = tuple(one.question for one in own)
        form = SUPPLEMENT.file_of(campaign, unit, number)
        values, lasting = (
            explanation_values(
                *(campaign, unit, questions, basis.profile),
                as_of=day,
                deadline=deadline,
                form=PurePosixPath(form).name,
                number=number,
            )
            for day, deadline in ((as_of, basis.deadline), (NO_DAY, None))
        )
        yield template.plan(unit, values, number, lasting=lasting)


def explanation_values(
    campaign: Campaign,
    unit: Unit,
    questions: Sequence[Question],
    profile: Profile,
    *,
    as_of: dt.date,
    deadline: dt.date | None = None,
    form: str = "",
    number: int = 1,
) -> dict[str, Any]:
    """Return what the letter says that asks `unit` to explain the leaves in `questions`.

    `as_of` gives month and year of the letter, whose number and day are still to be given;
    `deadline` is the day by which the explanation is wanted, `form` the name of the file of the
    supplementary form that goes with the letter, `number` the round of appraisal that asks.
    """
    is_later = number > 1
    rows = [
        _row(campaign, question, n, number - 1) for n, question in enumerate(questions, start=1)
    ]
    return letter_values(campaign, unit, profile, as_of) | {
        "can_giai_trinh": rows,
        "han_giai_trinh": official(deadline).in_words if deadline else "",
        "phieu_giai_trinh": form,
        "giai_trinh_lai": is_later,
        "lan_giai_trinh": str(max(number, 1)),
        "lan_truoc": str(number - 1) if is_later else "",
    }


def _answered(question: Question, number: int) -> str:
    """Return what the unit answered to round `number`, "" where that did not ask."""
    if question.answered is None or number < 1:
        return ""
    if not question.answered:
        return f"Lần {number} đơn vị chưa giải trình."
    return f"Lần {number} đơn vị giải trình: {question.answered}"


def _row(
    campaign: Campaign, question: Question, number: int, before_round: int
) -> TemplateQuestion:
    criterion = campaign.criterion(question.criterion)
    own, appraised = figures.optional_apart(
        criterion.signed(question.self_score), criterion.signed(question.appraised_score)
    )
    before, _ = figures.optional_apart(
        criterion.signed(question.score_before), criterion.signed(question.appraised_score)
    )
    return TemplateQuestion(
        stt=str(number),
        ma=campaign.listed_code(criterion),
        ten=criterion.name_with_points,
        diem_toi_da=signed_max(criterion),
        diem_tu_cham=own,
        diem_tham_dinh=appraised,
        noi_dung=question.what,
        diem_lan_truoc=before,
        giai_trinh_truoc=_answered(question, before_round),
    )
