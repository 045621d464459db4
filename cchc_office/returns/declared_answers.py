"""What a unit declared of leaves that a rule scores: the figures, and the score that they give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import Any

from cchc_office.catalogue.findings import Code
from cchc_office.model import Answer, Criterion, LeafReturn
from cchc_office.papers.form.declared_words import declared_text
from cchc_office.papers.form.layout import INPUT_COLUMNS, INPUT_PLACES
from cchc_office.returns.answers import AnswerReader
from cchc_office.returns.declared_cells import (
    DeclaredCell,
    read_choice,
    read_day,
    read_declared,
    read_figure,
)
from cchc_office.returns.score_cell import TypedScore, read_score
from cchc_office.rules import Computed, Declared, Input, PerItem, Problem, compute, inputs_of
from cchc_office.sheets.reading import Doubt
from cchc_office.text import figures

_HEADINGS = {column.key: column.heading for column in INPUT_COLUMNS}
_SAME = Decimal("1e-9")
_PROBLEMS = {
    Problem.INCOMPLETE: Code.DECLARED_INCOMPLETE,
    Problem.NEGATIVE: Code.DECLARED_NEGATIVE,
    Problem.ABOVE_TOTAL: Code.DECLARED_ABOVE_TOTAL,
    Problem.NOTHING_UNSAID: Code.DECLARED_NOTHING_UNSAID,
    Problem.NOT_WHOLE: Code.DECLARED_NOT_WHOLE,
}
Cells = Mapping[Input, DeclaredCell]


class DeclaredAnswerReader(AnswerReader):
    """Reads forms in which some leaves are scored by figures.

    The score is computed again from the figures; what stands in the score cell is held against it.
    """

    def answer(self, criterion: Criterion, at: int) -> LeafReturn:
        """Return what the leading unit answered in sheet row `at`."""
        inputs = inputs_of(criterion.scoring)
        if not inputs:
            return super().answer(criterion, at)
        cells = {wanted: self._cell(criterion, at, wanted) for wanted in inputs}
        values: dict[str, Any] = {wanted.value: cell.value for wanted, cell in cells.items()}
        declared = Declared(**values)
        leaf = self._answered(criterion, at, cells, declared)
        return replace(leaf, declared=declared, declared_at=self._form.address(at, "figure"))

    def _cell(self, criterion: Criterion, at: int, wanted: Input) -> DeclaredCell:
        key = INPUT_PLACES[wanted]
        rule = criterion.scoring
        if wanted is Input.DAY:
            read = read_day
        elif wanted is Input.CHOICE:
            read = read_choice
        else:
            is_count = isinstance(rule, PerItem)
            item = rule.item if isinstance(rule, PerItem) else ""
            is_percent = self._form.is_percent(at, key)
            read = partial(read_figure, item=item, is_percent=is_percent, is_count=is_count)
        return read_declared(self._form.value(at, key), read)

    def _answered(
        self, criterion: Criterion, at: int, cells: Cells, declared: Declared
    ) -> LeafReturn:
        typed = read_score(self._form.value(at, "score"))
        applies = self._applies(criterion, at)
        if (declared.is_blank or not applies) and self._is_empty_text(at, typed):
            typed = TypedScore("")
        if applies is None or not self._are_readable(criterion, at, cells):
            return self._leaf(criterion, at, Answer.UNUSABLE, typed.text)
        said = [INPUT_PLACES[i] for i, cell in cells.items() if cell.not_applicable]
        if not applies or typed.not_applicable or said:
            key = "applies" if not applies else "score" if typed.not_applicable else said[0]
            return self._left_out(criterion, at, typed, declared, key)
        if declared.is_blank:
            return self._nothing_declared(criterion, at, typed)
        return self._computed(criterion, at, typed, cells, declared)

    def _is_empty_text(self, at: int, typed: TypedScore) -> bool:
        """Tell whether the 0 in the score cell stands for the empty text that its formula gave.

        Saving as .xls, LibreOffice writes one for the other. To be asked where figures give none.
        """
        return typed.score == 0 and self._form.is_calculated(at, "score")

    def _are_readable(self, criterion: Criterion, at: int, cells: Cells) -> bool:
        """Tell whether all input cells can be read, and of those that can't what stands there."""
        are_readable = True
        for wanted, cell in cells.items():
            key = INPUT_PLACES[wanted]
            if not self._form.has(key):  # told of the form as a whole
                are_readable = False
            elif cell.is_unreadable:
                code, expected = Code.DECLARED_UNREADABLE, cell.expected
                self._note(code, criterion, at, key, cell.text, expected)
                are_readable = False
            elif not cell.text and (doubt := self._form.doubt(at, key)):
                self._note(Code.DECLARED_WITHOUT_VALUE, criterion, at, key, doubt.text)
                are_readable = False
        return are_readable

    def _left_out(
        self, criterion: Criterion, at: int, typed: TypedScore, declared: Declared, key: str
    ) -> LeafReturn:
        if declared.is_blank:
            return self._not_applicable(criterion, at, typed, key)
        found = declared_text(declared)
        self._note(Code.NOT_APPLICABLE_WITH_FIGURES, criterion, at, "figure", found)
        return self._leaf(criterion, at, Answer.UNUSABLE, typed.text)

    def _nothing_declared(self, criterion: Criterion, at: int, typed: TypedScore) -> LeafReturn:
        if typed.text:
            self._note(Code.SCORE_WITHOUT_FIGURES, criterion, at, "score", typed.text)
            return self._leaf(criterion, at, Answer.UNUSABLE, typed.text)
        self._note(Code.DECLARED_MISSING, criterion, at, "figure")
        return self._leaf(criterion, at, Answer.BLANK)

    def _computed(
        self, criterion: Criterion, at: int, typed: TypedScore, cells: Cells, declared: Declared
    ) -> LeafReturn:
        maximum = criterion.max_score or Decimal(0)
        computed = compute(criterion.scoring, declared, maximum)
        if computed.problem or (computed.score is None and computed.applies):
            problem = computed.problem or Problem.INCOMPLETE
            self._tell_problem(criterion, at, problem, declared)
        if computed.score is None and computed.applies:
            return self._leaf(criterion, at, Answer.UNUSABLE, typed.text)
        self._tell_texts(criterion, at, cells)
        if not self._agrees(criterion, at, typed, cells, declared, computed):
            return self._leaf(criterion, at, Answer.UNUSABLE, typed.text)
        if computed.score is None:
            shown = figures.given(maximum)
            self._note(Code.DECLARED_NOTHING_AROSE, criterion, at, "total", shown)
            return self._leaf(criterion, at, Answer.NOT_APPLICABLE)
        shown = figures.score(computed.score)
        leaf = self._leaf(criterion, at, Answer.SCORED, shown, computed.score)
        # Of what never arose there is nothing to show.
        if declared.total != 0:
            self._check_evidence(criterion, at, computed.score, leaf)
        return leaf

    def _tell_problem(
        self, criterion: Criterion, at: int, problem: Problem, declared: Declared
    ) -> None:
        figure, total = declared.figure, declared.total
        found = "" if figure is None else figures.as_typed(figure)
        shown_total = "" if total is None else figures.as_typed(total)
        key, expected, code = "figure", "", _PROBLEMS[problem]
        if problem is Problem.INCOMPLETE:
            key = "figure" if figure is None else "total"
            found, expected = declared_text(declared), _HEADINGS[key]
        elif problem is Problem.NOTHING_UNSAID:
            key = "total"
        elif problem is Problem.ABOVE_TOTAL:
            expected = shown_total
            code = code if total else Code.DECLARED_OF_NOTHING
        elif problem is Problem.NEGATIVE and figure is not None and figure >= 0:
            key, found = "total", shown_total
        self._note(code, criterion, at, key, found, expected)

    def _tell_texts(self, criterion: Criterion, at: int, cells: Cells) -> None:
        for wanted, cell in cells.items():
            if cell.from_text:
                code, key = Code.DECLARED_READ_FROM_TEXT, INPUT_PLACES[wanted]
                self._note(code, criterion, at, key, cell.text, cell.shown)

    def _agrees(
        self,
        criterion: Criterion,
        at: int,
        typed: TypedScore,
        cells: Cells,
        declared: Declared,
        computed: Computed,
    ) -> bool:
        """Tell whether the score cell holds what the figures give, or nothing.

        A formula shows an error, or nothing, for figures that were typed as text.
        """
        found = typed.text
        if not found:
            doubt = self._form.doubt(at, "score")
            if doubt is None or doubt.doubt is Doubt.NOT_CALCULATED:
                return True
            if any(cell.from_text for cell in cells.values()):
                return True
            found = doubt.text
        score = computed.score
        if score is None and self._is_empty_text(at, typed):
            return True
        if score is not None and typed.score is not None and abs(score - typed.score) <= _SAME:
            return True
        shown = "không áp dụng" if score is None else figures.score(score)
        if score is not None and typed.score is not None:
            found, shown = figures.apart(typed.score, score)
        code, said = Code.SCORE_NOT_AS_DECLARED, declared_text(declared)
        self._note(code, criterion, at, "score", found, shown, said)
        return False
