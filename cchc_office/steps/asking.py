"""Asking units to explain rows that a person picked, as one more reviewer of the round would.

The questions are kept in a workbook of the round among those of the reviewers: whatever reads these
- letters, their mail, the forms to answer on, who has yet to answer - has them from there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from cchc_office.catalogue.findings import Code, Finding
from cchc_office.errors import CchcError, UsageError, reason_of
from cchc_office.files.being_there import may_be_there
from cchc_office.files.whole_writing import write_whole
from cchc_office.model import USUAL_REQUEST, Answer, AppraisedLeaf, Campaign, Question, Unit
from cchc_office.papers.appraisal.workbook import Requests, build_requests
from cchc_office.results.appraisal_rows import verdict
from cchc_office.returns.round_reader import asked_in
from cchc_office.steps.job import Job
from cchc_office.steps.papers import Stage, explanations

_Row = tuple[str, str]


def questions(asked: Mapping[str, Sequence[Question]], deadline: dt.date | None = None) -> Stage:
    """Ask units, by their codes, to explain rows that a person chose; letters to others stay.

    A letter, with the form to answer on, names all that the round asks of the unit. Raises what
    `_kept` does.
    """

    def stage(job: Job) -> None:
        number, units = _kept(job, asked)
        if units:
            explanations(number, deadline, only=units)(job)

    return stage


def _kept(job: Job, asked: Mapping[str, Sequence[Question]]) -> tuple[int, frozenset[str]]:
    """Keep the questions to units, by their codes; return of which round they are, and to whom.

    That is the last round that was made, or the first. What the round asks already in the same
    words is not asked twice. Raises UsageError for a unit that the campaign does not have, for a
    row that is not there or that the unit does not score, CchcError where nothing can be written.
    """
    before = list(job.findings)
    wanted: dict[str, dict[_Row, str]] = {}
    for code, questions in asked.items():
        unit = job.opened.unit(code)
        rows = {
            (unit.code, row): question.what or USUAL_REQUEST
            for question in questions
            for row in _rows(job.campaign, unit, question.criterion)
        }
        if rows:
            wanted[unit.code] = rows
    number = max(job.consolidated().rounds, 1)
    # All of them are looked at before any is written: a refusal leaves none half asked.
    new = [_new(job, job.campaign.unit(code), number, rows) for code, rows in wanted.items()]
    told = [_keep(job, number, questions) for questions in new if questions.rows]
    if told:
        job.findings[:] = before
        job.consolidate()
    job.findings += told
    return number, frozenset(wanted)


@dataclass(frozen=True)
class _NewQuestions:
    """The rows that a unit is not asked about yet, in words, and those that were `picked` before.

    `place` is where both are kept.
    """

    unit: Unit
    place: Path
    picked: Mapping[_Row, str]
    rows: Mapping[_Row, str]


def _new(job: Job, unit: Unit, number: int, wanted: Mapping[_Row, str]) -> _NewQuestions:
    """Return what is not asked yet of a unit; raises UsageError for what cannot be asked."""
    said = job.consolidated().appraised
    place, picked = _place(job, unit, number)
    new = {}
    for row, what in wanted.items():
        if not asked_in(what):
            raise UsageError(f"Lời hỏi “{what}” nghĩa là không hỏi gì. Ghi điều cần giải trình.")
        request = verdict(said.get(row, ()), number).request
        if request == what or (request and what == USUAL_REQUEST):
            continue
        if request and row not in picked:
            label = job.campaign.reference(job.campaign.criterion(row[1]))
            raise UsageError(
                f"{label}: lần thẩm định {number} đã hỏi {unit.name} “{request}”. Muốn hỏi khác "
                "thì sửa cột Yêu cầu giải trình của bảng thẩm định ấy."
            )
        new[row] = what
    return _NewQuestions(unit, place, picked, new)


def _keep(job: Job, number: int, new: _NewQuestions) -> Finding:
    """Write what is not asked yet beside what was picked before."""
    place = new.place
    requests = Requests({**new.picked, **new.rows}, job.campaign.info.agency, job.opened.day)
    content = build_requests(job.consolidated(), number, requests, job.opened.profile)
    try:
        write_whole(place, content)
    except OSError as error:
        raise CchcError(f"Không ghi được {place}: {reason_of(error)}.") from error
    found, file = str(len(new.rows)), f"{place.parent.name}/{place.name}"
    return Finding(Code.ROWS_PICKED, file, about=new.unit.name, found=found, expected=str(number))


def _place(job: Job, unit: Unit, number: int) -> tuple[Path, dict[_Row, str]]:
    """Return where questions are kept, and those that are there; not where a person wrote more."""
    folder, name = job.opened.appraisals, f"hoi-{job.campaign.paper_name(unit)}-lan-{number}"
    rows = job.consolidated().appraised.values()
    for again in count(1):
        place = folder / (f"{name}.xlsx" if again == 1 else f"{name} ({again}).xlsx")
        there = [leaf for said in rows for leaf in said if leaf.source.file == place.name]
        if not may_be_there(place):
            return place, {}
        if there and all(_only_asks(leaf, number) for leaf in there):
            return place, {(x.unit, x.criterion): x.request for x in there if x.request}
    raise AssertionError


def _only_asks(leaf: AppraisedLeaf, number: int) -> bool:
    return leaf.round == number and leaf.answer is Answer.BLANK and not leaf.opinion


def _rows(campaign: Campaign, unit: Unit, named: str) -> list[str]:
    """Return the rows that a question is about, by their ids: the one that is named, or below it.

    Raises UsageError where it names none, more than one, or one that the unit does not score.
    """
    rows = campaign.named(named)
    if not rows:
        raise UsageError(f"Không có dòng nào mang mã “{named}” trong {campaign.file}.")
    if len(rows) > 1:
        ways = ", ".join(f"“{campaign.listed_code(row)}”" for row in rows)
        raise UsageError(f"Có {len(rows)} dòng mang mã “{named}”: ghi rõ là dòng nào, {ways}.")
    below = {row.id for row in (rows[0], *campaign.leaves_under(rows[0]))}
    found = [leaf.id for leaf in campaign.scored_by(unit) if leaf.id in below]
    if not found:
        raise UsageError(
            f"{unit.name} không tự chấm dòng “{named}”, nên không có điểm để giải trình: hỏi đơn "
            "vị chủ trì dòng ấy."
        )
    return found
