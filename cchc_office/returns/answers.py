"""What a unit said of one of its leaves: score, "không áp dụng", figures, words and evidence.

Nothing is guessed; what is doubtful is told at its cell.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property, partial
from typing import Any

from cchc_office.catalogue.findings import Code, FindingCode
from cchc_office.model import Answer, LeafReturn, Points, Source
from cchc_office.papers.form.declared_words import declared_text
from cchc_office.papers.form.layout import INPUT_PLACES, MOST_DECIMALS, NOT_APPLICABLE
from cchc_office.returns import typed_cells
from cchc_office.returns.return_sheet import FindingLog, ReturnRow, ReturnSheet
from cchc_office.returns.typed_cells import DeclaredCell, TypedScore
from cchc_office.rules import (
    Choice,
    Computed,
    Counting,
    Declared,
    Deductions,
    Input,
    PerItem,
    Problem,
    compute,
    inputs_of,
    percent,
)
from cchc_office.sheets.reading import Doubt, Value
from cchc_office.text import figures
from cchc_office.text.legacy import read_legacy
from cchc_office.text.vietnamese import all_clean, clean, fold

_WORDS = ("result", "evidence", "note")
_SAME = Decimal("1e-9")
_PROBLEMS = {
    Problem.INCOMPLETE: Code.DECLARED_INCOMPLETE,
    Problem.NEGATIVE: Code.DECLARED_NEGATIVE,
    Problem.ABOVE_TOTAL: Code.DECLARED_ABOVE_TOTAL,
    Problem.NOTHING_UNSAID: Code.DECLARED_NOTHING_UNSAID,
    Problem.NOT_WHOLE: Code.DECLARED_NOT_WHOLE,
}
_Cells = Mapping[Input, DeclaredCell]


@dataclass(frozen=True)
class ScoreCodes:
    """The findings about a score cell of a kind of return."""

    unreadable: FindingCode
    without_value: FindingCode
    above_max: FindingCode
    negative: FindingCode


UNIT_SCORES = ScoreCodes(
    Code.SCORE_UNREADABLE, Code.SCORE_ERROR_CELL, Code.SCORE_ABOVE_MAX, Code.SCORE_NEGATIVE
)


def _shown(number: Decimal | None) -> str:
    return "" if number is None else figures.as_typed(number)


class ReturnCells:
    """Reads the cells of one sheet, and tells what is doubtful in them."""

    def __init__(self, sheet: ReturnSheet, log: FindingLog, codes: ScoreCodes) -> None:
        """Take the sheet, where findings go, and those about its score cells."""
        self._sheet = sheet
        self._log = log
        self._codes = codes

    def source(self, row: ReturnRow, key: str) -> Source:
        """Return the place of a cell."""
        return Source(self._log.file, self._sheet.name, self._sheet.address(row.at, key))

    def typed_score(self, row: ReturnRow, key: str) -> TypedScore:
        """Return what was typed into a score cell; a penalty typed with its minus is meant."""
        typed = self._typed_score(row, key)
        is_penalty = row.criterion.points is Points.PENALTY
        if not is_penalty or typed.score is None or typed.score >= 0:
            return typed
        self._log.note_at(Code.PENALTY_WITH_SIGN, row, key, typed.text, figures.given(-typed.score))
        return replace(typed, score=-typed.score)

    def _typed_score(self, row: ReturnRow, key: str) -> TypedScore:
        value = self._sheet.value(row.at, key)
        maximum = row.criterion.max_score or Decimal(0)
        if isinstance(value, float) and self._sheet.is_percent(row.at, key):
            return typed_cells.read_percent(value, maximum)
        typed = typed_cells.read_score(value, maximum)
        if isinstance(value, str) and (legacy := read_legacy(value)):
            return replace(typed_cells.read_score(legacy.converted, maximum), text=typed.text)
        return typed

    def score(self, row: ReturnRow, key: str) -> tuple[Answer, Decimal | None, str]:
        """Return what a score cell says: the answer, its score, and what was typed."""
        typed = self.typed_score(row, key)
        if typed.not_applicable:
            return Answer.NOT_APPLICABLE, None, typed.text
        if typed.is_blank:
            doubt = self._sheet.doubt(row.at, key)
            if doubt is None:
                return Answer.BLANK, None, ""
            self._log.note_at(self._codes.without_value, row, key, doubt.text)
            return Answer.UNUSABLE, None, doubt.text
        if not self.is_usable(row, key, typed):
            return Answer.UNUSABLE, None, typed.text
        return Answer.SCORED, typed.score, typed.text

    def is_usable(self, row: ReturnRow, key: str, typed: TypedScore) -> bool:
        """Tell whether what was typed is a score of the row, and what is odd about it."""
        score, maximum = typed.score, row.criterion.max_score or Decimal(0)
        if score is None:
            self._log.note_at(self._codes.unreadable, row, key, typed.text, typed.proposal)
            return False
        if not 0 <= score <= maximum:
            code = self._codes.negative if score < 0 else self._code_above(row, score)
            self._log.note_at(code, row, key, typed.text, figures.given(maximum))
            return False
        shown = figures.given(score)
        if typed.from_text:
            self._log.note_at(Code.SCORE_READ_FROM_TEXT, row, key, typed.text, shown)
        if typed.decimals > MOST_DECIMALS:
            self._log.note_at(Code.SCORE_TOO_FINE, row, key, shown, str(MOST_DECIMALS))
        return True

    def _code_above(self, row: ReturnRow, score: Decimal) -> FindingCode:
        """Return what a score above the maximum is called: no mistake where that was changed."""
        issued = self._log.found(Code.MAX_SCORE_CHANGED_SINCE, row.criterion)
        most = typed_cells.read_score(issued).score if issued else None
        is_ours = most is not None and score <= most
        return Code.SCORE_ABOVE_MAX_SINCE if is_ours else self._codes.above_max

    def words(self, row: ReturnRow, key: str) -> str:
        """Return what was written in a cell; of a legacy font the original stands beside it."""
        return self._words(row, key, self._sheet.value(row.at, key))

    def _words(self, row: ReturnRow, key: str, value: Value) -> str:
        if value == "":
            self._tell_no_value(row, key)
            return ""
        if not isinstance(value, str):
            return typed_cells.cell_text(value)
        words, legacy = clean(value), read_legacy(value)
        if legacy is None:
            return words
        converted, font = clean(legacy.converted), legacy.font.value
        self._log.note_at(Code.LEGACY_FONT, row, key, words, converted, font)
        return f"{converted} (nguyên văn phông {font}: {words})"

    def _tell_no_value(self, row: ReturnRow, key: str) -> bool:
        """Tell of a cell that reads as blank and is none; return whether it is one."""
        doubt = self._sheet.doubt(row.at, key)
        if doubt:
            cell, column = self._sheet.address(row.at, key), self._sheet.places[key]
            about = f"{row.label}, {self._sheet.column_name(column)}"
            code = Code.CELL_WITHOUT_VALUE
            self._log.note(code, cell, about=about, found=doubt.text, unit=row.unit)
        return doubt is not None


class AnswerReader(ReturnCells):
    """Reads the leaves of one unit's form."""

    def __init__(self, sheet: ReturnSheet, unit: str, log: FindingLog) -> None:
        """Take the sheet, the unit's code, and where findings go."""
        super().__init__(sheet, log, UNIT_SCORES)
        self._answer_at = sheet.picker("score", "applies", *_WORDS)
        self._words_at = sheet.picker(*_WORDS)
        self._percents = sheet.percents
        self._unit = unit

    @cached_property
    def _are_plain(self) -> bool:
        """Tell whether all words of the form can be taken as they stand: asked once for all."""
        rows = range(self._sheet.heading_row + 1, len(self._sheet.sheet.rows))
        words = [value for row in rows for value in self._words_at(row)]
        if self._sheet.has_doubts or not {*map(type, words)} <= {str}:
            return False
        texts: list[str] = list(filter(None, words))
        return all_clean(texts) and not any(map(read_legacy, texts))

    def contribution(self, row: ReturnRow) -> LeafReturn:
        """Return what a supporting unit wrote in a row."""
        return self._leaf(row, Answer.CONTRIBUTED, self._sheet.shown(row.at, "score"))

    def answer(self, row: ReturnRow) -> LeafReturn:
        """Return what the leading unit answered in a row."""
        if leaf := self._plain(row):
            return leaf
        if not self._sheet.has("score"):
            return self._leaf(row, Answer.UNUSABLE)
        typed = self.typed_score(row, "score")
        applies = self._applies(row)
        if applies is None:
            return self._leaf(row, Answer.UNUSABLE, typed.text)
        if not applies or typed.not_applicable:
            key = "score" if typed.not_applicable else "applies"
            return self._not_applicable(row, typed, key)
        if typed.is_blank:
            return self._blank(row)
        if not self.is_usable(row, "score", typed):
            return self._leaf(row, Answer.UNUSABLE, typed.text)
        leaf = self._leaf(row, Answer.SCORED, typed.text, typed.score)
        self._check_evidence(row, leaf)
        return leaf

    def _applies(self, row: ReturnRow) -> bool | None:
        """Tell what the column Áp dụng says; None, and a finding, where that is not clear."""
        applies = self._sheet.shown(row.at, "applies")
        if not applies:
            return None if self._tell_no_value(row, "applies") else True
        if fold(applies) == fold(NOT_APPLICABLE):
            return False
        code, expected = Code.APPLICABILITY_UNREADABLE, NOT_APPLICABLE
        self._log.note_at(code, row, "applies", applies, expected)
        return None

    def _plain(self, row: ReturnRow) -> LeafReturn | None:
        """Return the answer that most are: a number within its bounds, with evidence, no more."""
        value, applies, result, evidence, note = self._answer_at(row.at)
        if type(value) is not float or applies != "" or evidence == "" or not self._are_plain:
            return None
        typed = typed_cells.read_score(value)
        score, maximum = typed.score, row.criterion.max_score
        if score is None or maximum is None or typed.decimals > MOST_DECIMALS:
            return None
        if not 0 <= score <= maximum or (
            self._percents and self._sheet.is_percent(row.at, "score")
        ):
            return None
        source = self.source(row, "score")
        return LeafReturn(
            row.criterion.id,
            self._unit,
            Answer.SCORED,
            source,
            score,
            typed.text,
            result,
            evidence,
            note,
        )

    def _not_applicable(self, row: ReturnRow, typed: TypedScore, key: str) -> LeafReturn:
        if typed.text and not typed.not_applicable:
            self._log.note_at(Code.NOT_APPLICABLE_WITH_SCORE, row, "score", typed.text)
            return self._leaf(row, Answer.UNUSABLE, typed.text)
        self._tell_not_applicable(row, key, Code.NOT_APPLICABLE)
        return self._leaf(row, Answer.NOT_APPLICABLE, typed.text)

    def _tell_not_applicable(self, row: ReturnRow, key: str, code: FindingCode) -> None:
        """Tell which maximum leaves the denominator; that of a bonus or penalty is in none."""
        criterion = row.criterion
        if criterion.is_optional:
            points = f"điểm {criterion.points.value.lower()}"
            self._log.note_at(Code.OPTIONAL_NOT_APPLICABLE, row, key, points)
        else:
            self._log.note_at(code, row, key, figures.given(criterion.max_score or Decimal(0)))

    def _blank(self, row: ReturnRow) -> LeafReturn:
        if doubt := self._sheet.doubt(row.at, "score"):
            is_error = doubt.doubt is Doubt.ERROR
            code = Code.SCORE_ERROR_CELL if is_error else Code.SCORE_FORMULA_WITHOUT_VALUE
            self._log.note_at(code, row, "score", doubt.text)
            return self._leaf(row, Answer.UNUSABLE, doubt.text)
        leaf = self._leaf(row, Answer.BLANK)
        struck = self._sheet.crossed_out(row.at, "score")
        if row.criterion.is_optional:
            if leaf.evidence:
                self._log.note_at(Code.OPTIONAL_SCORE_MISSING, row, "score")
        elif struck:
            self._log.note_at(Code.SCORE_STRUCK, row, "score", struck)
        else:
            code = Code.SCORE_MISSING_WITH_EVIDENCE if leaf.evidence else Code.SCORE_MISSING
            self._log.note_at(code, row, "score")
        return leaf

    def _check_evidence(self, row: ReturnRow, leaf: LeafReturn) -> None:
        is_penalty = row.criterion.points is Points.PENALTY  # nobody proves what is taken off
        if not leaf.score or is_penalty or leaf.evidence or not self._sheet.has("evidence"):
            return
        if self._sheet.doubt(row.at, "evidence") is None:
            shown = figures.score(leaf.score)
            self._log.note_at(Code.EVIDENCE_MISSING, row, "evidence", shown)

    def _leaf(
        self, row: ReturnRow, answer: Answer, typed: str = "", score: Decimal | None = None
    ) -> LeafReturn:
        words = self._words_at(row.at)
        if not self._are_plain:
            words = [self._words(row, *word) for word in zip(_WORDS, words, strict=True)]
        source = self.source(row, "score")
        return LeafReturn(row.criterion.id, self._unit, answer, source, score, typed, *words)


class DeclaredAnswerReader(AnswerReader):
    """Reads forms in which some leaves are scored by figures.

    The score is computed again from the figures; what stands in the score cell is held against it.
    """

    def answer(self, row: ReturnRow) -> LeafReturn:
        """Return what the leading unit answered in a row."""
        inputs = inputs_of(row.criterion.scoring)
        if not inputs:
            return super().answer(row)
        cells = {wanted: self._cell(row, wanted) for wanted in inputs}
        values: dict[str, Any] = {wanted.value: cell.value for wanted, cell in cells.items()}
        declared = Declared(**values)
        leaf = self._answered(row, cells, declared)
        return replace(leaf, declared=declared, declared_at=self._sheet.address(row.at, "figure"))

    def _cell(self, row: ReturnRow, wanted: Input) -> DeclaredCell:
        key = INPUT_PLACES[wanted]
        rule = row.criterion.scoring
        is_percent = self._sheet.is_percent(row.at, key)
        read: Callable[[Value], DeclaredCell]
        if wanted is Input.DAY:
            read = typed_cells.read_day
        elif isinstance(rule, Choice):
            read = partial(typed_cells.read_choice, labels=rule.labels)
        elif wanted is Input.PERCENT:
            read = partial(typed_cells.read_percentage, is_percent=is_percent)
        else:
            is_count = isinstance(rule, Counting)
            item = rule.item if isinstance(rule, PerItem | Deductions) else ""
            read = partial(
                typed_cells.read_figure, item=item, is_percent=is_percent, is_count=is_count
            )
        return typed_cells.read_declared(self._sheet.value(row.at, key), read)

    def _answered(self, row: ReturnRow, cells: _Cells, declared: Declared) -> LeafReturn:
        typed = typed_cells.read_score(self._sheet.value(row.at, "score"))
        applies = self._applies(row)
        if (declared.is_blank or not applies) and self._is_empty_text(row, typed):
            typed = TypedScore("")
        if applies is None or not self._are_readable(row, cells):
            return self._leaf(row, Answer.UNUSABLE, typed.text)
        said = [INPUT_PLACES[i] for i, cell in cells.items() if cell.not_applicable]
        if not applies or typed.not_applicable or said:
            key = "applies" if not applies else "score" if typed.not_applicable else said[0]
            return self._left_out(row, typed, declared, key)
        if declared.is_blank:
            return self._nothing_declared(row, typed)
        return self._computed(row, typed, cells, declared)

    def _is_empty_text(self, row: ReturnRow, typed: TypedScore) -> bool:
        """Tell whether the 0 in the score cell stands for the empty text that its formula gave.

        Saving as .xls, LibreOffice writes one for the other. To be asked where figures give none.
        """
        return typed.score == 0 and self._sheet.is_calculated(row.at, "score")

    def _are_readable(self, row: ReturnRow, cells: _Cells) -> bool:
        """Tell whether all input cells can be read, and of those that can't what stands there."""
        are_readable = True
        for wanted, cell in cells.items():
            key = INPUT_PLACES[wanted]
            if not self._sheet.has(key):  # told of the form as a whole
                are_readable = False
            elif cell.is_unreadable:
                code, expected = Code.DECLARED_UNREADABLE, cell.expected
                self._log.note_at(code, row, key, cell.text, expected)
                are_readable = False
            elif not cell.text and (doubt := self._sheet.doubt(row.at, key)):
                self._log.note_at(Code.DECLARED_WITHOUT_VALUE, row, key, doubt.text)
                are_readable = False
        return are_readable

    def _left_out(
        self, row: ReturnRow, typed: TypedScore, declared: Declared, key: str
    ) -> LeafReturn:
        if declared.is_blank:
            return self._not_applicable(row, typed, key)
        found = declared_text(declared)
        self._log.note_at(Code.NOT_APPLICABLE_WITH_FIGURES, row, "figure", found)
        return self._leaf(row, Answer.UNUSABLE, typed.text)

    def _nothing_declared(self, row: ReturnRow, typed: TypedScore) -> LeafReturn:
        if typed.text:
            self._log.note_at(Code.SCORE_WITHOUT_FIGURES, row, "score", typed.text)
            return self._leaf(row, Answer.UNUSABLE, typed.text)
        if not row.criterion.is_optional:
            self._log.note_at(Code.DECLARED_MISSING, row, "figure")
        return self._leaf(row, Answer.BLANK)

    def _computed(
        self, row: ReturnRow, typed: TypedScore, cells: _Cells, declared: Declared
    ) -> LeafReturn:
        maximum = row.criterion.max_score or Decimal(0)
        computed = compute(row.criterion.scoring, declared, maximum)
        if computed.problem or (computed.score is None and computed.applies):
            problem = computed.problem or Problem.INCOMPLETE
            self._tell_problem(row, problem, declared)
        if computed.score is None and computed.applies:
            return self._leaf(row, Answer.UNUSABLE, typed.text)
        self._tell_texts(row, cells)
        if not self._agrees(row, typed, cells, declared, computed):
            return self._leaf(row, Answer.UNUSABLE, typed.text)
        if computed.score is None:
            self._tell_not_applicable(row, "total", Code.DECLARED_NOTHING_AROSE)
            return self._leaf(row, Answer.NOT_APPLICABLE)
        shown = figures.score(computed.score)
        leaf = self._leaf(row, Answer.SCORED, shown, computed.score)
        # Of what never arose there is nothing to show.
        if declared.total != 0:
            self._check_evidence(row, leaf)
        return leaf

    def _tell_problem(self, row: ReturnRow, problem: Problem, declared: Declared) -> None:
        key = self._trouble_of(row, problem, declared)
        found, expected, code = _shown(getattr(declared, key)), "", _PROBLEMS[problem]
        if declared.percent is not None:
            found = percent(declared.percent)
            expected = "100%" if problem is Problem.ABOVE_TOTAL else ""
        elif problem is Problem.INCOMPLETE:
            found = declared_text(declared)
            expected = self._sheet.headings.texts[self._sheet.places[key]]
        elif problem is Problem.ABOVE_TOTAL:
            expected = _shown(declared.total)
            if declared.second is not None:
                counts = (declared.figure, declared.second, declared.third)
                found = _shown(sum(filter(None, counts), Decimal(0)))
                code = Code.DECLARED_TOGETHER_ABOVE_TOTAL
            elif not declared.total:
                code = Code.DECLARED_OF_NOTHING
        self._log.note_at(code, row, key, found, expected)

    def _trouble_of(self, row: ReturnRow, problem: Problem, declared: Declared) -> str:
        """Return the key of the column with the figure that a problem is about."""
        keys = [INPUT_PLACES[wanted] for wanted in inputs_of(row.criterion.scoring)]
        numbers = {key: getattr(declared, key) for key in keys}
        match problem:
            case Problem.INCOMPLETE:
                wrong = [key for key, n in numbers.items() if n is None]
            case Problem.NEGATIVE:
                wrong = [key for key, n in numbers.items() if n is not None and n < 0]
            case Problem.NOT_WHOLE:
                wrong = [
                    k for k, n in numbers.items() if n is not None and n != n.to_integral_value()
                ]
            case Problem.NOTHING_UNSAID:
                wrong = ["total"]
            case Problem.ABOVE_TOTAL:
                wrong = ["figure"]
        return next(iter(wrong), "figure")

    def _tell_texts(self, row: ReturnRow, cells: _Cells) -> None:
        for wanted, cell in cells.items():
            if cell.from_text:
                code, key = Code.DECLARED_READ_FROM_TEXT, INPUT_PLACES[wanted]
                self._log.note_at(code, row, key, cell.text, cell.shown)

    def _agrees(
        self,
        row: ReturnRow,
        typed: TypedScore,
        cells: _Cells,
        declared: Declared,
        computed: Computed,
    ) -> bool:
        """Tell whether the score cell holds what the figures give, or nothing.

        A formula shows an error, or nothing, for figures that were typed as text.
        """
        found = typed.text
        if not found:
            doubt = self._sheet.doubt(row.at, "score")
            if doubt is None or doubt.doubt is Doubt.NOT_CALCULATED:
                return True
            if any(cell.from_text for cell in cells.values()):
                return True
            found = doubt.text
        score = computed.score
        if score is None and self._is_empty_text(row, typed):
            return True
        if score is not None and typed.score is not None and abs(score - typed.score) <= _SAME:
            return True
        shown = "không áp dụng" if score is None else figures.score(score)
        if score is not None and typed.score is not None:
            found, shown = figures.apart(typed.score, score)
        code, said = Code.SCORE_NOT_AS_DECLARED, declared_text(declared)
        self._log.note_at(code, row, "score", found, shown, said)
        return False
