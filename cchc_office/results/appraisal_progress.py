"""How far the rounds of appraisal are: which workbooks came back, whom they ask, who answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cchc_office.model import Consolidation, Returns
from cchc_office.results.appraisal_rows import asked_of_units


@dataclass(frozen=True)
class RoundProgress:
    """Where round `number` stands.

    `files` are the reviewers' workbooks that count, `scored` is the number of units' leaves that
    they gave a score or found not to apply. Of the units `asked` to explain, in the order of the
    campaign, `waiting` have sent nothing back.
    """

    number: int
    files: tuple[str, ...]
    scored: int
    asked: tuple[str, ...]
    waiting: tuple[str, ...]


def progress_of_rounds(data: Consolidation, returns: Returns) -> Iterator[RoundProgress]:
    """Yield where each round stands that was made, the first before the second."""
    for number in range(1, data.rounds + 1):
        files = tuple(a.file for a in returns.appraisals if a.round == number)
        ruled = sum(
            any(x.round == number and x.answer.is_settled for x in said)
            for said in data.appraised.values()
        )
        asked = tuple(asked_of_units(data, number))
        answered = {form.unit for form in returns.supplements if form.round == number}
        waiting = tuple(unit for unit in asked if unit not in answered)
        yield RoundProgress(number, files, ruled, asked, waiting)
