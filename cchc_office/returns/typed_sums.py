"""Sums of a form that are no formulas any more: typed over, or copied by a program.

Programs that copy values only (pandas, SheetJS) leave a number, or a text, where the form had a
formula. What such a copy says of its sums is told once, not heading by heading.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from cchc_office.catalogue.findings import Code
from cchc_office.model import Campaign, Criterion
from cchc_office.papers.form.sums import form_sum
from cchc_office.returns.form_log import FormLog
from cchc_office.returns.form_sheet import FormSheet
from cchc_office.returns.score_cell import TypedScore, read_score
from cchc_office.sheets.reading import Value

_SAME = Decimal("1e-9")
"""Sheets hold 15 digits: the sum of what they show is not quite what they sum."""


@dataclass(frozen=True, slots=True)
class _TypedSum:
    """What stands in the score cell of a heading, whose sheet row is `row`."""

    criterion: Criterion
    row: int
    typed: TypedScore


class TypedSums:
    """The sums of one form, held against what is summed."""

    def __init__(
        self, form: FormSheet, campaign: Campaign, scored: Collection[str], log: FormLog
    ) -> None:
        """Take the sheet, the ids of the rows that the unit scores, and where findings go."""
        self._form = form
        self._campaign = campaign
        self._scored = scored
        self._log = log
        self._sums: list[_TypedSum] = []

    def add(self, criterion: Criterion, row: int, value: Value) -> None:
        """Take what stands in the score cell of a heading and is no formula's."""
        typed = read_score(value)
        if typed.text:
            self._sums.append(_TypedSum(criterion, row, typed))

    def check(self, rows: Mapping[str, int]) -> None:
        """Tell of the sums that are not those of the rows under them; `rows` are by their ids."""
        if not self._sums:
            return
        typed = {
            c: read_score(self._form.value(row, "score"))
            for c, row in rows.items()
            if c in self._scored
        }
        scores = {c: t for c, t in typed.items() if t.score is not None}
        wrong = [one for one in self._sums if not self._is_sum(one, scores)]
        is_copy = len(self._sums) > 1 and not self._has_formulas(rows)
        if is_copy and len(wrong) > 1:
            self._log.note(Code.FORM_VALUES_ONLY, found=", ".join(map(self._cell, wrong)))
        else:
            for one in wrong:
                criterion, found = one.criterion, one.typed.text
                code, cell = Code.FORM_HEADING_FILLED, self._cell(one)
                self._log.note(code, cell, criterion=criterion, found=found)
        if is_copy and scores and all(t.from_text for t in scores.values()):
            instead = None if len(wrong) > 1 else Code.FORM_ALL_TEXT
            self._log.tell_once(Code.SCORE_READ_FROM_TEXT, instead)

    def _cell(self, one: _TypedSum) -> str:
        return self._form.address(one.row, "score")

    def _has_formulas(self, rows: Mapping[str, int]) -> bool:
        return any(self._form.is_calculated(row, "score") for row in rows.values())

    def _is_sum(self, one: _TypedSum, scores: Mapping[str, TypedScore]) -> bool:
        """Tell whether a number is what the formula gave: the sum of the numbers under it.

        Texts were no numbers to it, unless the copy made texts of all.
        """
        if one.typed.score is None:
            return False
        every = {c: typed.score or Decimal(0) for c, typed in scores.items()}
        numbers = {c: score for c, score in every.items() if not scores[c].from_text}
        sums = (self._sum_of(one.criterion, known) for known in (numbers, every))
        return any(abs(one.typed.score - known) <= _SAME for known in sums)

    def _sum_of(self, criterion: Criterion, numbers: Mapping[str, Decimal]) -> Decimal:
        if self._campaign.is_leaf(criterion):
            return numbers.get(criterion.id, Decimal(0))
        summed = form_sum(self._campaign, criterion, self._scored)
        return summed.value(lambda c: self._sum_of(c, numbers))
