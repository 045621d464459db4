"""Figures that reviewers correct in rows whose figures are pooled, and the score they give."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

from cchc_office.catalogue.findings import Code
from cchc_office.model import Aggregation, Answer
from cchc_office.papers.appraisal.layout import FIGURE_PLACES
from cchc_office.papers.form.declared_words import declared_text
from cchc_office.returns.declared_cells import DeclaredCell, read_declared, read_figure
from cchc_office.returns.form_sheet import FormSheet
from cchc_office.returns.round_cells import RoundCells, TableRow
from cchc_office.rules import (
    Declared,
    PerItem,
    can_be_pooled,
    compute,
    describe,
    inputs_of,
)
from cchc_office.text import figures

_SAME = Decimal("0.005")
"""Scores are typed with two decimals."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a row's cells say together: the answer, its score, what was typed, new figures."""

    answer: Answer
    score: Decimal | None
    typed: str
    declared: Declared | None = None


def with_figures(form: FormSheet, cells: RoundCells, row: TableRow, said: Ruling) -> Ruling:
    """Return what is `said` in the score cell, with the figures beside it where there are some.

    The rule gives the score of these; one that was typed besides must be the same.
    """
    criterion, rule = row.criterion, row.criterion.scoring
    filled = [key for key in FIGURE_PLACES.values() if form.shown(row.at, key)]
    takes = criterion.aggregation is Aggregation.POOLED and can_be_pooled(rule)
    asked = {FIGURE_PLACES[wanted] for wanted in inputs_of(rule)} if takes else set()
    for key in filled:
        if key not in asked:
            cells.note(Code.APPRAISED_FIGURES_NOT_ASKED, row, key, form.shown(row.at, key))
    if not asked.intersection(filled):
        return said
    values: dict[str, Any] = {
        wanted.value: _cell(form, row, FIGURE_PLACES[wanted]).value for wanted in inputs_of(rule)
    }
    declared = Declared(**values)
    maximum = criterion.max_score or Decimal(0)
    computed = compute(rule, declared, maximum)
    if computed.problem or (computed.score is None and computed.applies):
        shown = " trên ".join(form.shown(row.at, key) for key in filled)
        code = Code.APPRAISED_FIGURES_UNUSABLE
        cells.note(code, row, filled[0], shown, describe(rule, maximum))
        return Ruling(Answer.UNUSABLE, None, said.typed)
    answer = Answer.SCORED if computed.applies else Answer.NOT_APPLICABLE
    given = Ruling(answer, computed.score, _shown(computed.score), declared)
    if said.answer is Answer.BLANK or _agree(said, given):
        return given
    code, told = Code.APPRAISED_NOT_AS_FIGURES, declared_text(declared)
    cells.note(code, row, "score", said.typed, given.typed, told)
    return Ruling(Answer.UNUSABLE, None, said.typed)


def _cell(form: FormSheet, row: TableRow, key: str) -> DeclaredCell:
    is_count = isinstance(row.criterion.scoring, PerItem)
    is_percent = form.is_percent(row.at, key)
    read = partial(read_figure, is_percent=is_percent, is_count=is_count)
    return read_declared(form.value(row.at, key), read)


def _agree(said: Ruling, given: Ruling) -> bool:
    if said.answer is not given.answer:
        return False
    if said.score is None or given.score is None:
        return True
    return abs(said.score - given.score) <= _SAME


def _shown(score: Decimal | None) -> str:
    return "không áp dụng" if score is None else figures.score(score)
