"""Reading one returned form of a known unit: what it says, leaf by leaf.

What is missing, extra or doubtful becomes a finding by sheet and cell.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from cchc_office.catalogue.findings import Code, FindingCode
from cchc_office.model import Campaign, Criterion, LeafReturn, Role, Unit, UnitReturn
from cchc_office.papers.form.layout import INPUT_PLACES, NOT_APPLICABLE, FormRow, RowKind
from cchc_office.returns.answers import AnswerReader
from cchc_office.returns.declared_answers import DeclaredAnswerReader
from cchc_office.returns.form_log import FormLog
from cchc_office.returns.form_plan import FormPlan
from cchc_office.returns.form_sheet import FormSheet, FoundSheets, column_key, shown_text
from cchc_office.returns.identity import IssuedRows
from cchc_office.returns.round_cells import TableRow
from cchc_office.returns.row_places import RowPlaces
from cchc_office.returns.struck import tell_struck
from cchc_office.returns.typed_sums import TypedSums
from cchc_office.sheets.addresses import cell_name
from cchc_office.text.vietnamese import fold

_WORDS = ("applies", "result", "evidence", "note")
_FIGURES = ("figure", "total")
_CLOSED = {
    RowKind.SURVEY: (Code.SURVEY_CELL_FILLED, frozenset(("dtxhh", "sipas"))),
    RowKind.NOT_APPLICABLE: (Code.CLOSED_ROW_FILLED, frozenset((fold(NOT_APPLICABLE),))),
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
        form: FormSheet,
        campaign: Campaign,
        unit: Unit,
        plan: FormPlan,
        issued: IssuedRows,
        file: str,
    ) -> None:
        """Take the score sheet found, whose it is, what it should hold, and the rows issued."""
        self._form = form
        self._campaign = campaign
        self._unit = unit
        self._hidden_sheet = issued.sheet
        self._words_at = form.picker(*_WORDS)
        self._log = FormLog(file, unit.code, form.name)
        self._plan = plan
        self._sums = TypedSums(form, campaign, plan.scored, self._log)
        self._places = RowPlaces(form, plan, issued, self._log)
        answers = DeclaredAnswerReader if plan.inputs else AnswerReader
        self._answers: AnswerReader = answers(form, unit.code, self._log)

    def read(self, sheets: FoundSheets, saved: dt.datetime | None) -> UnitReturn:
        """Return what the unit said and the findings; `sheets` and `saved` are the file's."""
        self._check_file_name()
        self._check_sheets(sheets)
        self._check_columns()
        at = self._places.find()
        has_figures = bool(self._plan.inputs)
        leaves = []
        for row in self._plan.rows:
            place = at.get(row.criterion.id)
            if has_figures and place is not None:
                self._check_not_asked(row, place)
            if row.kind is RowKind.HEADING:
                self._check_heading(row.criterion, at)
            elif place is None:
                self._places.missing(row.criterion)
            elif leaf := self._read_row(row, place):
                leaves.append(leaf)
        self._sums.check(at)
        by_id = self._plan.by_id
        rows = (TableRow(by_id[id_], "", row, by_id[id_].label) for id_, row in at.items())
        tell_struck(self._form, self._log, rows)
        findings = tuple(self._log.findings)
        return UnitReturn(self._unit.code, self._log.file, tuple(leaves), findings, saved)

    # --- the file, its sheets and columns ---

    def _check_file_name(self) -> None:
        paper = self._campaign.paper_name(self._unit)
        if not _has_word(fold(Path(self._log.file).stem), fold(paper)):
            expected = f"{paper}.xlsx"
            self._log.note(Code.FILE_NAME_SAYS_NOTHING, about=self._unit.name, expected=expected)

    def _check_sheets(self, sheets: FoundSheets) -> None:
        if sheets.copies:
            found = ", ".join(sheets.copies)
            self._log.note(Code.FORM_SHEETS_SEVERAL, found=found, expected=self._form.name)
        for name in sheets.added:
            if name != self._hidden_sheet:
                self._log.note(Code.FORM_SHEET_ADDED, found=name)
        for name, error in sheets.refused:
            found = (
                f"{error.found}; mức cho phép: {error.expected}" if error.expected else error.found
            )
            self._log.note(Code.FORM_SHEET_UNREADABLE, about=name, found=found)
        if self._form.sheet.beyond:
            self._log.note(Code.CELLS_BEYOND_CAPS, self._form.sheet.beyond)

    def _check_columns(self) -> None:
        form = self._form
        row = form.sheet.rows[form.heading_row]
        for column in self._plan.columns:
            if not form.has(column.key) and column.key != "id":
                present = ", ".join(text for value in row if (text := shown_text(value)))
                cell = cell_name(form.heading_row, 0)
                self._log.note(
                    Code.FORM_COLUMN_MISSING, cell, found=present, expected=column.heading
                )
        known = {place for key, place in form.places.items() if key in self._plan.keys}
        for place, value in enumerate(row):
            key = column_key(shown_text(value)) if place not in known else ""
            if key in self._plan.keys:
                first, cell = (cell_name(form.heading_row, p) for p in (form.places[key], place))
                found = shown_text(value)
                self._log.note(Code.FORM_COLUMN_TWICE, cell, found=found, expected=first)
                known.add(place)
        for cell, found in form.added_columns(known):
            self._log.note(Code.FORM_COLUMN_ADDED, cell, found=found)

    # --- rows ---

    def _read_row(self, row: FormRow, at: int) -> LeafReturn | None:
        self._places.check_max_score(row.criterion, at)
        if row.kind in _CLOSED:
            self._check_closed(row, at)
            return None
        if row.kind is RowKind.SUPPORTED:
            self._check_support(row.criterion, at)
            return self._answers.contribution(row.criterion, at)
        return self._answers.answer(row.criterion, at)

    def _check_heading(self, criterion: Criterion, rows: dict[str, int]) -> None:
        at = rows.get(criterion.id)
        if at is None:
            return
        if any(self._words_at(at)):
            for key in _WORDS:
                if typed := self._form.shown(at, key):
                    self._note_at(Code.FORM_HEADING_FILLED, criterion, at, key, typed)
        value = self._form.value(at, "score")
        if value == "" or self._form.is_calculated(at, "score"):
            return
        self._sums.add(criterion, at, value)

    def _check_closed(self, row: FormRow, at: int) -> None:
        """Tell what stands in a row that is not filled in; of one that does not apply, once."""
        if not any(self._form.value(at, key) != "" for key in ("score", *_WORDS)):
            return
        code, marks = _CLOSED[row.kind]
        for key in ("score", *_WORDS):
            typed = self._form.shown(at, key)
            if typed and fold(typed) not in marks:
                self._note_at(code, row.criterion, at, key, typed)
                if row.kind is RowKind.NOT_APPLICABLE:
                    return

    def _check_not_asked(self, row: FormRow, at: int) -> None:
        """Tell what stands in the columns for figures where the row asks for none."""
        asked = {INPUT_PLACES[wanted] for wanted in self._plan.inputs.get(row.criterion.id, ())}
        for key in _FIGURES:
            if key not in asked and (typed := self._form.shown(at, key)):
                self._note_at(Code.FIGURES_NOT_ASKED, row.criterion, at, key, typed)

    def _check_support(self, criterion: Criterion, at: int) -> None:
        if typed := self._form.shown(at, "score"):
            leads = [
                self._campaign.unit(a.unit).name
                for a in self._campaign.assignments_of(criterion)
                if a.role is Role.LEAD
            ]
            code, expected = Code.SUPPORT_SCORE_FILLED, ", ".join(leads)
            self._note_at(code, criterion, at, "score", typed, expected)

    def _note_at(
        self,
        code: FindingCode,
        criterion: Criterion,
        at: int,
        key: str,
        found: str,
        expected: str = "",
    ) -> None:
        cell = self._form.address(at, key)
        self._log.note(code, cell, criterion=criterion, found=found, expected=expected)
