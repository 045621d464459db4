"""Reading one supplementary form: what a unit answered to a round of appraisal."""

from __future__ import annotations

import datetime as dt

from cchc_office.catalogue.findings import Code
from cchc_office.model import Answer, Campaign, ExplainedLeaf, SupplementReturn, Unit
from cchc_office.papers.appraisal.layout import (
    SUPPLEMENT_COLUMNS,
    SUPPLEMENT_INPUTS,
    SUPPLEMENT_SHEET,
)
from cchc_office.returns.form_log import FormLog
from cchc_office.returns.form_sheet import (
    FormSheet,
    FoundSheets,
    column_key,
    sheet_layout,
    shown_text,
)
from cchc_office.returns.identity import IssuedRows
from cchc_office.returns.round_cells import RoundCells, ScoreCodes, TableRow
from cchc_office.returns.round_rows import RoundRows, leaves_of
from cchc_office.returns.struck import tell_struck
from cchc_office.sheets.addresses import cell_name

SUPPLEMENT_LAYOUT = sheet_layout(SUPPLEMENT_SHEET, SUPPLEMENT_COLUMNS, ["name"], SUPPLEMENT_INPUTS)
_CODES = ScoreCodes(
    Code.SCORE_UNREADABLE,
    Code.SCORE_ERROR_CELL,
    Code.SCORE_ABOVE_MAX,
    Code.SCORE_NEGATIVE,
)


class SupplementReader:
    """Reads the supplementary form of a known unit; `file` is its name for findings."""

    def __init__(
        self,
        form: FormSheet,
        campaign: Campaign,
        unit: Unit,
        number: int,
        issued: IssuedRows,
        file: str,
    ) -> None:
        """Take the sheet found, whose it is, the round it answers to, and the rows issued."""
        self._form = form
        self._campaign = campaign
        self._unit = unit
        self._number = number
        self._issued = issued
        self._log = FormLog(file, unit.code, form.name)
        leaves = leaves_of(campaign, [unit])
        self._rows = RoundRows(form, leaves, self._log, SUPPLEMENT_INPUTS, of_one_unit=True)
        self._cells = RoundCells(form, self._log, _CODES)

    def read(self, sheets: FoundSheets, saved: dt.datetime | None) -> SupplementReturn:
        """Return what the unit answered and the findings."""
        if sheets.copies:
            found = ", ".join(sheets.copies)
            self._log.note(Code.FORM_SHEETS_SEVERAL, found=found, expected=self._form.name)
        if self._form.sheet.beyond:
            self._log.note(Code.CELLS_BEYOND_CAPS, self._form.sheet.beyond)
        self._check_columns()
        rows = self._rows.find()
        leaves = tuple(self._leaf(row) for row in rows)
        tell_struck(self._form, self._log, rows)
        self._check_missing({leaf.criterion for leaf in leaves})
        file, findings = self._log.file, tuple(self._log.findings)
        return SupplementReturn(self._unit.code, file, leaves, findings, saved, self._number)

    def _leaf(self, row: TableRow) -> ExplainedLeaf:
        answer, score, typed = self._cells.score(row, "wanted")
        leaf = ExplainedLeaf(
            row.criterion.id,
            row.unit,
            self._cells.source(row, "explanation"),
            answer,
            score,
            typed,
            self._cells.words(row, "explanation"),
            self._cells.words(row, "evidence"),
        )
        if answer is Answer.BLANK and not (leaf.explanation or leaf.evidence):
            self._cells.note(Code.EXPLANATION_MISSING, row, "explanation")
        return leaf

    def _check_columns(self) -> None:
        form = self._form
        row = form.sheet.rows[form.heading_row]
        present = ", ".join(text for value in row if (text := shown_text(value)))
        for column in SUPPLEMENT_COLUMNS:
            if column.key in SUPPLEMENT_INPUTS and not form.has(column.key):
                cell, code = cell_name(form.heading_row, 0), Code.FORM_COLUMN_MISSING
                self._log.note(code, cell, found=present, expected=column.heading)
        known = set(form.places.values())
        for place, value in enumerate(row):
            key = column_key(shown_text(value), SUPPLEMENT_LAYOUT)
            if key in SUPPLEMENT_INPUTS and form.places[key] != place:
                first = cell_name(form.heading_row, form.places[key])
                cell, code = cell_name(form.heading_row, place), Code.FORM_COLUMN_TWICE
                self._log.note(code, cell, found=shown_text(value), expected=first)
                known.add(place)
        for cell, found in form.added_columns(known):
            self._log.note(Code.FORM_COLUMN_ADDED, cell, found=found)

    def _check_missing(self, present: set[str]) -> None:
        for leaf in self._campaign.scored_by(self._unit):
            if leaf.id not in present and self._issued.get(leaf.id) is not None:
                self._log.note(Code.SUPPLEMENT_ROW_MISSING, criterion=leaf)
