"""Reading one returned form of a known unit: what it says, leaf by leaf.

What is missing, extra or doubtful becomes a finding by sheet and cell.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from cchc_office.catalogue.findings import Code, Finding
from cchc_office.model import (
    Answer,
    Campaign,
    Criterion,
    ExplainedLeaf,
    LeafReturn,
    ReadFile,
    Role,
    Unit,
    UnitReturn,
)
from cchc_office.papers.form import layout
from cchc_office.papers.form.layout import FormRow, RowKind
from cchc_office.papers.form.sums import form_sum
from cchc_office.returns.answers import AnswerReader, DeclaredAnswerReader
from cchc_office.returns.identity import IssuedRows
from cchc_office.returns.return_sheet import (
    ColumnCodes,
    FindingLog,
    FoundSheets,
    ReturnLayout,
    ReturnRow,
    ReturnSheet,
    check_columns,
    tell_struck,
)
from cchc_office.returns.row_finding import FormPlan, FormRowFinder
from cchc_office.returns.typed_cells import TypedScore, read_score
from cchc_office.sheets.reading import Value
from cchc_office.text.vietnamese import fold

FORM_LAYOUT = ReturnLayout(layout.SCORE_SHEET, layout.COLUMNS, more=layout.INPUT_COLUMNS)
UNIT_COLUMN_CODES = ColumnCodes(
    Code.FORM_COLUMN_MISSING, Code.FORM_COLUMN_TWICE, Code.FORM_COLUMN_ADDED
)

_WORDS = ("applies", "result", "evidence", "note")
_FIGURES = frozenset(layout.INPUT_PLACES.values())
_CLOSED = {
    RowKind.SURVEY: (Code.SURVEY_CELL_FILLED, frozenset(("dtxhh", "sipas"))),
    RowKind.REVIEWED: (Code.PENALTY_NOT_ASKED, frozenset((fold(layout.REVIEWED_MARK),))),
    RowKind.NOT_APPLICABLE: (Code.CLOSED_ROW_FILLED, frozenset((fold(layout.NOT_APPLICABLE),))),
}
"""What is said of rows that are not filled in, and the marks that they were issued with."""


def _has_word(text: str, word: str) -> bool:
    """Tell whether `word` stands in `text` with no letter or digit right beside it."""
    at = text.find(word)
    while at >= 0:
        beside = text[at - 1 : at] + text[at + len(word) : at + len(word) + 1]
        if not any(letter.isalnum() for letter in beside):
            return True
        at = text.find(word, at + 1)
    return False


class FormReader:
    """Reads the form of a known unit; `file` is the file's name for findings."""

    def __init__(
        self,
        sheet: ReturnSheet,
        campaign: Campaign,
        unit: Unit,
        plan: FormPlan,
        issued: IssuedRows,
        file: str,
    ) -> None:
        """Take the score sheet found, whose it is, what it should hold, and the rows issued."""
        self._sheet = sheet
        self._campaign = campaign
        self._unit = unit
        self._hidden_sheet = issued.sheet
        self._words_at = sheet.picker(*_WORDS)
        self._log = FindingLog(sheet, file, unit.code)
        self._plan = plan
        self._sums = _TypedSums(sheet, campaign, plan.scored, self._log)
        self._rows = FormRowFinder(sheet, plan, issued, self._log)
        answers = DeclaredAnswerReader if plan.inputs else AnswerReader
        self._answers: AnswerReader = answers(sheet, unit.code, self._log)

    def read(self, sheets: FoundSheets, saved: dt.datetime | None) -> UnitReturn:
        """Return what the unit said and the findings; `sheets` and `saved` are the file's."""
        self._check_file_name()
        self._check_sheets(sheets)
        check_columns(self._sheet, self._plan.columns, self._log, UNIT_COLUMN_CODES)
        rows = self._rows.find()
        leaves = []
        for issued in self._plan.rows:
            row = rows.get(issued.criterion.id)
            if row is not None and self._plan.inputs:
                self._check_not_asked(issued, row)
            if row is None:
                if issued.kind is not RowKind.HEADING:
                    self._rows.missing(issued.criterion)
            elif issued.kind is RowKind.HEADING:
                self._check_heading(row)
            elif leaf := self._read_row(issued, row):
                leaves.append(leaf)
        self._sums.check(rows)
        tell_struck(self._sheet, self._log, rows.values())
        findings = tuple(self._log.findings)
        return UnitReturn(self._unit.code, self._log.file, tuple(leaves), findings, saved)

    # --- the file and its sheets ---

    def _check_file_name(self) -> None:
        paper = self._campaign.paper_name(self._unit)
        name = fold(Path(self._log.file).stem)
        if not (_has_word(name, fold(paper)) or _has_word(name, fold(self._unit.code))):
            expected = f"{paper}.xlsx"
            self._log.note(Code.FILE_NAME_SAYS_NOTHING, about=self._unit.name, expected=expected)

    def _check_sheets(self, sheets: FoundSheets) -> None:
        sheets.check(self._log)
        for name in sheets.added:
            if name != self._hidden_sheet:
                self._log.note(Code.FORM_SHEET_ADDED, found=name)
        for name, error in sheets.refused:
            found = error.found
            if error.expected:
                found += f"; mức cho phép: {error.expected}"
            self._log.note(Code.FORM_SHEET_UNREADABLE, about=name, found=found)

    # --- rows ---

    def _read_row(self, issued: FormRow, row: ReturnRow) -> LeafReturn | None:
        self._rows.check_max_score(row)
        if issued.kind is RowKind.SCORED:
            return self._answers.answer(row)
        if issued.kind is RowKind.SUPPORTED:
            self._check_support(row)
            return self._answers.contribution(row)
        self._check_closed(issued.kind, row)
        return None

    def _check_heading(self, row: ReturnRow) -> None:
        if any(self._words_at(row.at)):
            for key in _WORDS:
                if typed := self._sheet.shown(row.at, key):
                    self._log.note_at(Code.FORM_HEADING_FILLED, row, key, typed)
        value = self._sheet.value(row.at, "score")
        if value != "" and not self._sheet.is_calculated(row.at, "score"):
            self._sums.add(row, value)

    def _check_closed(self, kind: RowKind, row: ReturnRow) -> None:
        """Tell what stands in a row that is not filled in; of one that does not apply, once."""
        if not any(self._sheet.value(row.at, key) != "" for key in ("score", *_WORDS)):
            return
        code, marks = _CLOSED[kind]
        for key in ("score", *_WORDS):
            typed = self._sheet.shown(row.at, key)
            if typed and fold(typed) not in marks:
                self._log.note_at(code, row, key, typed)
                if kind is RowKind.NOT_APPLICABLE:
                    return

    def _check_not_asked(self, issued: FormRow, row: ReturnRow) -> None:
        """Tell what stands in the columns for figures where the row asks for none."""
        asked = {layout.INPUT_PLACES[wanted] for wanted in issued.inputs}
        for key in sorted(_FIGURES - asked, key=list(layout.INPUT_PLACES.values()).index):
            if typed := self._sheet.shown(row.at, key):
                self._log.note_at(Code.FIGURES_NOT_ASKED, row, key, typed)

    def _check_support(self, row: ReturnRow) -> None:
        if typed := self._sheet.shown(row.at, "score"):
            leads = ", ".join(
                self._campaign.unit(a.unit).name
                for a in self._campaign.assignments_of(row.criterion)
                if a.role is Role.LEAD
            )
            self._log.note_at(Code.SUPPORT_SCORE_FILLED, row, "score", typed, leads)


# --- sums that are no formulas any more ---


_SAME = Decimal("1e-9")
"""Sheets hold 15 digits: the sum of what they show is not quite what they sum."""


@dataclass(frozen=True, slots=True)
class _TypedSum:
    """What stands in the score cell of a heading."""

    row: ReturnRow
    typed: TypedScore


class _TypedSums:
    """The sums of one form that are no formulas any more, held against what is summed.

    They are typed over, or copied: programs that copy values only (pandas, SheetJS) leave a number,
    or a text, where the form had a formula. What such a copy says of its sums is told once, not
    heading by heading.
    """

    def __init__(
        self, sheet: ReturnSheet, campaign: Campaign, scored: Collection[str], log: FindingLog
    ) -> None:
        self._sheet = sheet
        self._campaign = campaign
        self._scored = scored
        self._log = log
        self._sums: list[_TypedSum] = []

    def add(self, row: ReturnRow, value: Value) -> None:
        """Take what stands in the score cell of a heading and is no formula's."""
        typed = read_score(value)
        if typed.text:
            self._sums.append(_TypedSum(row, typed))

    def check(self, rows: Mapping[str, ReturnRow]) -> None:
        """Tell of the sums that are not those of the rows under them; `rows` are by their ids."""
        if not self._sums:
            return
        typed = {
            c: read_score(self._sheet.value(row.at, "score"))
            for c, row in rows.items()
            if c in self._scored
        }
        scores = {c: t for c, t in typed.items() if t.score is not None}
        wrong = [one for one in self._sums if not self._is_sum(one, scores)]
        is_copy = len(self._sums) > 1 and not self._has_formulas(rows)
        if is_copy and len(wrong) > 1:
            cells = (self._sheet.address(one.row.at, "score") for one in wrong)
            self._log.note(Code.FORM_VALUES_ONLY, found=", ".join(cells))
        else:
            for one in wrong:
                self._log.note_at(Code.FORM_HEADING_FILLED, one.row, "score", one.typed.text)
        if is_copy and scores and all(t.from_text for t in scores.values()):
            instead = None if len(wrong) > 1 else Code.FORM_ALL_TEXT
            self._log.tell_once(Code.SCORE_READ_FROM_TEXT, instead)

    def _has_formulas(self, rows: Mapping[str, ReturnRow]) -> bool:
        return any(self._sheet.is_calculated(row.at, "score") for row in rows.values())

    def _is_sum(self, one: _TypedSum, scores: Mapping[str, TypedScore]) -> bool:
        """Tell whether a number is what the formula gave: the sum of the numbers under it.

        Texts were no numbers to it, unless the copy made texts of all.
        """
        if one.typed.score is None:
            return False
        every = {c: typed.score or Decimal(0) for c, typed in scores.items()}
        numbers = {c: score for c, score in every.items() if not scores[c].from_text}
        sums = (self._sum_of(one.row.criterion, known) for known in (numbers, every))
        return any(abs(one.typed.score - known) <= _SAME for known in sums)

    def _sum_of(self, criterion: Criterion, numbers: Mapping[str, Decimal]) -> Decimal:
        if self._campaign.is_leaf(criterion):
            return numbers.get(criterion.id, Decimal(0))
        summed = form_sum(self._campaign, criterion, self._scored)
        return summed.value(lambda c: self._sum_of(c, numbers))


# --- forms that come back as they went out ---


_SAID_ELSEWHERE = frozenset(
    (
        Code.FORM_HEADING_FILLED,
        Code.SURVEY_CELL_FILLED,
        Code.PENALTY_NOT_ASKED,
        Code.SUPPORT_SCORE_FILLED,
        Code.CLOSED_ROW_FILLED,
        Code.FIGURES_NOT_ASKED,
        Code.FORM_COLUMN_ADDED,
        Code.FORM_COLUMN_TWICE,
        Code.RETURN_COLUMN_RENAMED,
        Code.FORM_ROW_UNKNOWN,
        Code.FORM_ROW_TWICE,
        Code.FORM_SHEET_ADDED,
        Code.FORM_SHEETS_SEVERAL,
        Code.FORM_SHEET_UNREADABLE,
        Code.CELLS_BEYOND_CAPS,
        Code.CELL_WITHOUT_VALUE,
        Code.STRUCK_OUT,
        Code.HALF_STRUCK,
        Code.STRUCK_ROW,
    )
)
"""Signs that a unit wrote something where the form asks for nothing: a person has to look at it."""


def without_unfilled(read: ReadFile, campaign: Campaign) -> ReadFile:
    """Return what became of a unit's form: one as it was issued is no return, and told so."""
    form = read.returned or read.supplement
    if form is None or not form.leaves or not all(map(_says_nothing, form.leaves)):
        return read
    if any(finding.code in _SAID_ELSEWHERE for finding in form.findings):
        return read
    name = campaign.unit(form.unit).name
    kind = "Phiếu tự chấm điểm" if read.returned else "Phiếu giải trình"
    finding = Finding(Code.FORM_UNFILLED, read.file, about=name, found=kind, unit=form.unit)
    findings = (*read.findings, finding)
    return replace(read, returned=None, supplement=None, findings=findings, unfilled=form)


def _says_nothing(leaf: LeafReturn | ExplainedLeaf) -> bool:
    words = [leaf.typed, leaf.evidence]
    if isinstance(leaf, ExplainedLeaf):
        words.append(leaf.explanation)
    else:
        words += [leaf.result, leaf.note]
        if leaf.declared is not None and not leaf.declared.is_blank:
            return False
    return leaf.answer in (Answer.BLANK, Answer.CONTRIBUTED) and not any(words)
