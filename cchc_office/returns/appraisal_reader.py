"""Reading one workbook of the reviewers: what a round said, leaf by leaf, with who and when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from cchc_office.catalogue.findings import Code, Finding
from cchc_office.files.limits import MOST_TABLE_ROWS
from cchc_office.model import (
    MOST_ROUNDS,
    USUAL_REQUEST,
    Answer,
    AppraisalReturn,
    AppraisedLeaf,
    Campaign,
)
from cchc_office.papers.appraisal.layout import (
    APPRAISAL_INPUTS,
    APPRAISAL_SHEET,
    DAY_LABEL,
    FIGURE_PLACES,
    REVIEWER_LABEL,
    appraisal_columns,
)
from cchc_office.papers.form.declared_words import declared_text
from cchc_office.returns.appraised_figures import Ruling, with_figures
from cchc_office.returns.declared_cells import read_day
from cchc_office.returns.form_log import FormLog
from cchc_office.returns.form_sheet import (
    FormSheet,
    FoundSheets,
    column_key,
    sheet_layout,
    shown_text,
)
from cchc_office.returns.identity import Identity, of_other_campaign
from cchc_office.returns.round_cells import RoundCells, ScoreCodes, TableRow
from cchc_office.returns.round_rows import Leaf, RoundRows
from cchc_office.returns.struck import tell_struck
from cchc_office.rules import Declared
from cchc_office.sheets.addresses import cell_name
from cchc_office.sheets.reading import Value
from cchc_office.text.vietnamese import fold

_INPUTS = (*APPRAISAL_INPUTS, *FIGURE_PLACES.values())
APPRAISAL_LAYOUT = replace(
    sheet_layout(APPRAISAL_SHEET, appraisal_columns(MOST_ROUNDS), ["name"], _INPUTS),
    most_rows=MOST_TABLE_ROWS,
)
_CODES = ScoreCodes(
    Code.APPRAISED_UNREADABLE,
    Code.APPRAISED_WITHOUT_VALUE,
    Code.APPRAISED_ABOVE_MAX,
    Code.APPRAISED_NEGATIVE,
)
_JUST_A_MARK = frozenset(("x", "v", "co", "1", "√", "✓", "✔", "can", "can giai trinh"))
_NO_REQUEST = frozenset(("", "khong", "0", "-", "khong yeu cau", "khong can"))


def round_of(identity: Identity) -> int | None:
    """Return the round that a workbook is of, None where nothing says so."""
    number = identity.round
    return int(number) if number in {str(n) for n in range(1, MOST_ROUNDS + 1)} else None


def accept(
    identity: Identity, campaign: Campaign, file: str
) -> tuple[int | None, tuple[Finding, ...]]:
    """Return the round that a workbook appraises, and what is to be said of that.

    Without a round it cannot be counted, and the findings say why.
    """
    if identity.campaign:
        if any(of_other_campaign(identity, campaign, file)):
            found = f"đợt {identity.campaign}, bản {identity.version}"
            return None, (_other(file, found, campaign),)
    elif identity.year:
        is_other = (identity.year, fold(identity.period)) != (
            str(campaign.info.year),
            fold(campaign.info.period),
        )
        if is_other:
            period = f", kỳ {identity.period}" if identity.period else ""
            return None, (_other(file, f"năm {identity.year}{period}", campaign),)
    number = round_of(identity)
    if number is None or not (identity.campaign or identity.year):
        return None, (Finding(Code.APPRAISAL_ROUND_UNKNOWN, file, found=identity.round),)
    if identity.campaign:
        return number, ()
    found, expected = str(number), identity.year
    return number, (Finding(Code.APPRAISAL_KNOWN_BY_TITLE, file, found=found, expected=expected),)


def _other(file: str, found: str, campaign: Campaign) -> Finding:
    return Finding(
        Code.APPRAISAL_OF_OTHER_CAMPAIGN, file, found=found, expected=f"đợt {campaign.id}"
    )


@dataclass(frozen=True)
class _Head:
    """What stands above the table: who appraised, and when."""

    by: str = ""
    on: dt.date | None = None


class AppraisalReader:
    """Reads the workbook of a known round; `file` is its name for findings."""

    def __init__(self, form: FormSheet, leaves: dict[str, Leaf], number: int, file: str) -> None:
        """Take the sheet found, what may stand in it by hidden id, and the round."""
        self._form = form
        self._number = number
        self._log = FormLog(file, "", form.name)
        self._rows = RoundRows(form, leaves, self._log, _INPUTS)
        self._cells = RoundCells(form, self._log, _CODES)

    def read(self, sheets: FoundSheets, saved: dt.datetime | None) -> AppraisalReturn | None:
        """Return what the reviewers said and the findings, None where nothing was filled in."""
        if sheets.copies:
            found = ", ".join(sheets.copies)
            self._log.note(Code.FORM_SHEETS_SEVERAL, found=found, expected=self._form.name)
        if self._form.sheet.beyond:
            self._log.note(Code.CELLS_BEYOND_CAPS, self._form.sheet.beyond)
        self._check_columns()
        rows = self._rows.find()
        leaves = [self._leaf(row) for row in rows]
        tell_struck(self._form, self._log, rows)
        head, notes = self._head()
        is_empty = not (head.by or head.on or self._log.findings)
        if is_empty and not any(_says_something(leaf) for leaf in leaves):
            return None
        self._log.findings += notes
        signed = tuple(replace(leaf, by=head.by, on=head.on) for leaf in leaves)
        file, findings = self._log.file, tuple(self._log.findings)
        return AppraisalReturn(self._number, file, signed, findings, saved)

    def _leaf(self, row: TableRow) -> AppraisedLeaf:
        said = Ruling(*self._cells.score(row, "score"))
        ruling = with_figures(self._form, self._cells, row, said)
        request = self._cells.words(row, "request")
        meant = fold(request)
        if meant in _NO_REQUEST:
            request = ""
        elif meant in _JUST_A_MARK:
            request = USUAL_REQUEST
        return AppraisedLeaf(
            row.criterion.id,
            row.unit,
            self._number,
            ruling.answer,
            self._cells.source(row, "score"),
            ruling.score,
            ruling.typed,
            self._opinion(row, ruling.declared),
            request,
            declared=ruling.declared,
            seen=self._form.shown(row.at, "self") if self._form.has("self") else None,
        )

    def _opinion(self, row: TableRow, declared: Declared | None) -> str:
        """Return the opinion; corrected figures are part of it, wherever it is shown."""
        opinion = self._cells.words(row, "opinion")
        if declared is None:
            return opinion
        return f"Số liệu thẩm định: {declared_text(declared)}. {opinion}".strip()

    def _check_columns(self) -> None:
        form = self._form
        row = form.sheet.rows[form.heading_row]
        present = ", ".join(text for value in row if (text := shown_text(value)))
        for column in appraisal_columns(self._number):
            if column.key in APPRAISAL_INPUTS and not form.has(column.key):
                cell, code = cell_name(form.heading_row, 0), Code.APPRAISAL_COLUMN_MISSING
                self._log.note(code, cell, found=present, expected=column.heading)
        known = set(form.places.values())
        for place, value in enumerate(row):
            key = column_key(shown_text(value), APPRAISAL_LAYOUT)
            if key in APPRAISAL_INPUTS and form.places[key] != place:
                first = cell_name(form.heading_row, form.places[key])
                cell, code = cell_name(form.heading_row, place), Code.APPRAISAL_COLUMN_TWICE
                self._log.note(code, cell, found=shown_text(value), expected=first)
                known.add(place)
        for cell, found in form.added_columns(known):
            self._log.note(Code.APPRAISAL_COLUMN_ADDED, cell, found=found)

    # --- above the table ---

    def _head(self) -> tuple[_Head, list[Finding]]:
        form, log = self._form, self._log
        notes = FormLog(log.file, "", form.name)
        by, _ = self._beside(REVIEWER_LABEL)
        day, cell = self._beside(DAY_LABEL)
        if not by:
            notes.note(Code.REVIEWER_MISSING)
        read = read_day(day)
        if not day:
            notes.note(Code.APPRAISAL_DAY_MISSING)
        elif not isinstance(read.value, dt.date):
            notes.note(Code.APPRAISAL_DAY_UNREADABLE, cell, found=shown_text(day))
        on = read.value if isinstance(read.value, dt.date) else None
        return _Head(shown_text(by), on), notes.findings

    def _beside(self, label: str) -> tuple[Value, str]:
        """Return what stands right of a label above the table (or behind it), and where."""
        wanted = fold(label).rstrip(":")
        for at, row in enumerate(self._form.sheet.rows[: self._form.heading_row]):
            for place, value in enumerate(row):
                before, _, after = shown_text(value).partition(":")
                if fold(before) != wanted:
                    continue
                if after.strip():
                    return after.strip(), cell_name(at, place)
                beside = ((p, v) for p, v in enumerate(row) if p > place and v != "")
                found, told = next(beside, (place + 1, ""))
                return told, cell_name(at, found)
        return "", ""


def _says_something(leaf: AppraisedLeaf) -> bool:
    return leaf.answer is not Answer.BLANK or bool(leaf.opinion or leaf.request)
