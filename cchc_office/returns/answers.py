"""What a unit said of one of its leaves: score, "không áp dụng", words and evidence."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import cached_property

from cchc_office.catalogue.findings import Code, FindingCode
from cchc_office.model import Answer, Criterion, LeafReturn, Points, Source
from cchc_office.papers.form.layout import MOST_DECIMALS, NOT_APPLICABLE
from cchc_office.returns.form_log import FormLog
from cchc_office.returns.form_sheet import FormSheet, cell_text
from cchc_office.returns.score_cell import TypedScore, read_percent, read_score
from cchc_office.sheets.addresses import column_letters
from cchc_office.sheets.reading import Doubt, Value
from cchc_office.text import figures
from cchc_office.text.legacy import read_legacy
from cchc_office.text.vietnamese import all_clean, clean, fold

_SCORE_DOUBTS = {
    Doubt.ERROR: Code.SCORE_ERROR_CELL,
    Doubt.NOT_CALCULATED: Code.SCORE_FORMULA_WITHOUT_VALUE,
}
_COLUMN_NAMES = {
    "applies": "Áp dụng",
    "result": "Kết quả, giải trình",
    "evidence": "Tài liệu kiểm chứng",
    "note": "Ghi chú",
}
_WORDS = ("result", "evidence", "note")


class AnswerReader:
    """Reads the leaves of one form; nothing is guessed, what is doubtful is told."""

    def __init__(self, form: FormSheet, unit: str, log: FormLog) -> None:
        """Take the sheet, the unit's code, and where findings go."""
        self._form = form
        self._answer_at = form.picker("score", "applies", *_WORDS)
        self._words_at = form.picker(*_WORDS)
        self._score_column = column_letters(form.places.get("score", form.places["name"]))
        self._percents = form.percents
        self._unit = unit
        self._file, self._sheet = log.file, form.name
        self._log = log

    @cached_property
    def _are_plain(self) -> bool:
        """Tell whether all words of the form can be taken as they stand: asked once for all."""
        rows = range(self._form.heading_row + 1, len(self._form.sheet.rows))
        words = [value for row in rows for value in self._words_at(row)]
        if self._form.has_doubts or not {*map(type, words)} <= {str}:
            return False
        texts: list[str] = list(filter(None, words))
        return all_clean(texts) and not any(map(read_legacy, texts))

    def contribution(self, criterion: Criterion, at: int) -> LeafReturn:
        """Return what a supporting unit wrote in sheet row `at`."""
        return self._leaf(criterion, at, Answer.CONTRIBUTED, self._form.shown(at, "score"))

    def answer(self, criterion: Criterion, at: int) -> LeafReturn:
        """Return what the leading unit answered in sheet row `at`."""
        if leaf := self._plain(criterion, at):
            return leaf
        if not self._form.has("score"):
            return self._leaf(criterion, at, Answer.UNUSABLE)
        typed = self._typed(criterion, at)
        applies = self._applies(criterion, at)
        if applies is None:
            return self._leaf(criterion, at, Answer.UNUSABLE, typed.text)
        if not applies or typed.not_applicable:
            key = "score" if typed.not_applicable else "applies"
            return self._not_applicable(criterion, at, typed, key)
        if typed.is_blank:
            return self._blank(criterion, at)
        return self._scored(criterion, at, typed)

    def _applies(self, criterion: Criterion, at: int) -> bool | None:
        """Tell what the column Áp dụng says; None, and a finding, where that is not clear."""
        applies = self._form.shown(at, "applies")
        if not applies:
            if not self._form.doubt(at, "applies"):
                return True
            self._no_words(criterion, at, "applies")
            return None
        if fold(applies) == fold(NOT_APPLICABLE):
            return False
        code, expected = Code.APPLICABILITY_UNREADABLE, NOT_APPLICABLE
        self._note(code, criterion, at, "applies", applies, expected)
        return None

    def _plain(self, criterion: Criterion, at: int) -> LeafReturn | None:
        """Return the answer that most are: a number within its bounds, with evidence, no more."""
        value, applies, result, evidence, note = self._answer_at(at)
        if type(value) is not float or applies != "" or evidence == "" or not self._are_plain:
            return None
        typed = read_score(value)
        score, maximum = typed.score, criterion.max_score
        if score is None or maximum is None or typed.decimals > MOST_DECIMALS:
            return None
        if not 0 <= score <= maximum or (self._percents and self._form.is_percent(at, "score")):
            return None
        source = self._source(at)
        said = Answer.SCORED
        return LeafReturn(
            criterion.id, self._unit, said, source, score, typed.text, result, evidence, note
        )

    def _source(self, at: int) -> Source:
        return Source(self._file, self._sheet, f"{self._score_column}{at + 1}")

    def _typed(self, criterion: Criterion, at: int) -> TypedScore:
        value = self._form.value(at, "score")
        maximum = criterion.max_score or Decimal(0)
        if isinstance(value, float) and self._form.is_percent(at, "score"):
            return read_percent(value, maximum)
        typed = read_score(value, maximum)
        if isinstance(value, str) and (legacy := read_legacy(value)):
            return replace(read_score(legacy.converted, maximum), text=typed.text)
        return typed

    def _not_applicable(
        self, criterion: Criterion, at: int, typed: TypedScore, key: str
    ) -> LeafReturn:
        if typed.text and not typed.not_applicable:
            self._note(Code.NOT_APPLICABLE_WITH_SCORE, criterion, at, "score", typed.text)
            return self._leaf(criterion, at, Answer.UNUSABLE, typed.text)
        maximum = figures.given(criterion.max_score or Decimal(0))
        self._note(Code.NOT_APPLICABLE, criterion, at, key, maximum)
        return self._leaf(criterion, at, Answer.NOT_APPLICABLE, typed.text)

    def _blank(self, criterion: Criterion, at: int) -> LeafReturn:
        doubt = self._form.doubt(at, "score")
        if doubt:
            self._note(_SCORE_DOUBTS[doubt.doubt], criterion, at, "score", doubt.text)
            return self._leaf(criterion, at, Answer.UNUSABLE, doubt.text)
        leaf = self._leaf(criterion, at, Answer.BLANK)
        code = Code.SCORE_MISSING_WITH_EVIDENCE if leaf.evidence else Code.SCORE_MISSING
        self._note(code, criterion, at, "score")
        return leaf

    def _scored(self, criterion: Criterion, at: int, typed: TypedScore) -> LeafReturn:
        maximum = criterion.max_score or Decimal(0)
        if typed.score is not None and 0 <= typed.score <= maximum:
            leaf = self._leaf(criterion, at, Answer.SCORED, typed.text, typed.score)
            self._check_accepted(criterion, at, typed, leaf)
            return leaf
        if typed.score is None:
            code, expected = Code.SCORE_UNREADABLE, typed.proposal
        else:
            code = Code.SCORE_NEGATIVE if typed.score < 0 else Code.SCORE_ABOVE_MAX
            expected = figures.given(maximum)
        self._note(code, criterion, at, "score", typed.text, expected)
        return self._leaf(criterion, at, Answer.UNUSABLE, typed.text)

    def _check_accepted(
        self, criterion: Criterion, at: int, typed: TypedScore, leaf: LeafReturn
    ) -> None:
        score = typed.score or Decimal(0)
        if typed.from_text:
            code, shown = Code.SCORE_READ_FROM_TEXT, figures.given(score)
            self._note(code, criterion, at, "score", typed.text, shown)
        if typed.decimals > MOST_DECIMALS:
            code, shown = Code.SCORE_TOO_FINE, figures.given(score)
            self._note(code, criterion, at, "score", shown, str(MOST_DECIMALS))
        self._check_evidence(criterion, at, score, leaf)

    def _check_evidence(
        self, criterion: Criterion, at: int, score: Decimal, leaf: LeafReturn
    ) -> None:
        is_penalty = criterion.points is Points.PENALTY  # nobody proves what is taken off
        if not score or is_penalty or leaf.evidence or not self._form.has("evidence"):
            return
        if self._form.doubt(at, "evidence") is None:
            shown = figures.score(score)
            self._note(Code.EVIDENCE_MISSING, criterion, at, "evidence", shown)

    def _leaf(
        self,
        criterion: Criterion,
        at: int,
        answer: Answer,
        typed: str = "",
        score: Decimal | None = None,
    ) -> LeafReturn:
        source = self._source(at)
        words = self._words_at(at)
        if not self._are_plain:
            words = [self._words(criterion, at, *word) for word in zip(_WORDS, words, strict=True)]
        result, evidence, note = words
        return LeafReturn(
            criterion.id,
            self._unit,
            answer,
            source,
            score,
            typed,
            result,
            evidence,
            note,
        )

    def _words(self, criterion: Criterion, at: int, key: str, value: Value) -> str:
        """Return what was written in a cell."""
        if value == "":
            return self._no_words(criterion, at, key) if self._form.has_doubts else ""
        if type(value) is str and read_legacy(value) is None:
            return clean(value)
        return self._odd_words(criterion, at, key, value)

    def _no_words(self, criterion: Criterion, at: int, key: str) -> str:
        if doubt := self._form.doubt(at, key):
            about = f"{criterion.label}, cột {_COLUMN_NAMES[key]}"
            cell = self._form.address(at, key)
            self._log.note(Code.CELL_WITHOUT_VALUE, cell, about=about, found=doubt.text)
        return ""

    def _odd_words(self, criterion: Criterion, at: int, key: str, value: Value) -> str:
        """Return a value that is no plain text; legacy fonts converted, the original beside it."""
        if not isinstance(value, str):
            return cell_text(value)
        words, legacy = clean(value), read_legacy(value)
        if legacy is None:
            return words
        converted = clean(legacy.converted)
        self._note(Code.LEGACY_FONT, criterion, at, key, words, converted, legacy.font.value)
        return f"{converted} (nguyên văn phông {legacy.font.value}: {words})"

    def _note(
        self,
        code: FindingCode,
        criterion: Criterion,
        at: int,
        key: str,
        found: str = "",
        expected: str = "",
        *candidates: str,
    ) -> None:
        cell = self._form.address(at, key)
        self._log.note(
            code, cell, criterion=criterion, found=found, expected=expected, candidates=candidates
        )
