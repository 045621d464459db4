"""Reading what a round of appraisal brought: the reviewers' workbooks, and the units' answers."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from typing import Any

from cchc_office.catalogue.findings import Code, Finding
from cchc_office.files.limits import MOST_TABLE_ROWS
from cchc_office.model import (
    MOST_ROUNDS,
    USUAL_REQUEST,
    Aggregation,
    Answer,
    AppraisalReturn,
    AppraisedLeaf,
    Campaign,
    ExplainedLeaf,
    SupplementReturn,
    Unit,
)
from cchc_office.papers.appraisal import layout
from cchc_office.papers.form.declared_words import declared_text
from cchc_office.results.appraisal_rows import says_something
from cchc_office.returns.answers import UNIT_SCORES, ReturnCells, ScoreCodes
from cchc_office.returns.form_reader import UNIT_COLUMN_CODES
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
from cchc_office.returns.row_finding import RoundRowFinder
from cchc_office.returns.typed_cells import read_day, read_declared, read_figure, shown_text
from cchc_office.rules import (
    Declared,
    Deductions,
    PerItem,
    can_be_pooled,
    compute,
    describe,
    inputs_of,
)
from cchc_office.sheets.addresses import cell_name
from cchc_office.sheets.reading import Value
from cchc_office.text import figures
from cchc_office.text.vietnamese import fold

APPRAISAL_LAYOUT = ReturnLayout(
    layout.APPRAISAL_SHEET, layout.appraisal_columns(MOST_ROUNDS), most_rows=MOST_TABLE_ROWS
)
SUPPLEMENT_LAYOUT = ReturnLayout(layout.SUPPLEMENT_SHEET, layout.SUPPLEMENT_COLUMNS)
_REVIEWERS_SCORES = ScoreCodes(
    Code.APPRAISED_UNREADABLE,
    Code.APPRAISED_WITHOUT_VALUE,
    Code.APPRAISED_ABOVE_MAX,
    Code.APPRAISED_NEGATIVE,
)
_REVIEWERS_COLUMNS = ColumnCodes(
    Code.APPRAISAL_COLUMN_MISSING, Code.APPRAISAL_COLUMN_TWICE, Code.APPRAISAL_COLUMN_ADDED
)
_JUST_A_MARK = frozenset(("x", "v", "co", "1", "√", "✓", "✔", "can", "can giai trinh"))
_NO_REQUEST = frozenset(
    (
        *("", "0", "-", "/", "khong", "khong co", "khong yeu cau", "khong can", "khong hoi"),
        *("khong co y kien", "khong y kien", "khong can giai trinh", "khong phai giai trinh"),
        *("khong yeu cau giai trinh", "dong y", "nhat tri", "thong nhat", "chap nhan", "dat", "ok"),
        *("dat yeu cau", "dung", "du", "da du", "dong y diem tu cham", "nhat tri diem tu cham"),
        *("dong y voi diem tu cham", "nhat tri voi diem tu cham", "dong y voi don vi"),
    )
)
_AGREES = re.compile(r"(đồng ý|dong y|nhất trí|nhat tri|thống nhất|chấp nhận|đạt)\b")
_ASKS = re.compile(
    r"\?|\b(de nghi|yeu cau|giai trinh|giai thich|bo sung|cung cap|gui|lam ro|neu ro|cho biet"
    r"|vi sao|tai sao|ly do|nhung|tuy nhien|song|chua|thieu|can)\b"
)
_SAME = Decimal("0.005")
"""Scores are typed with two decimals."""


# --- the reviewers ---


@dataclass(frozen=True, slots=True)
class _Ruling:
    """What a row's cells say together: the answer, its score, what was typed, new figures."""

    answer: Answer
    score: Decimal | None
    typed: str
    declared: Declared | None = None

    def agrees_with(self, other: _Ruling) -> bool:
        """Tell whether two rulings say the same of the score."""
        if self.answer is not other.answer or self.score is None or other.score is None:
            return self.answer is other.answer
        return abs(self.score - other.score) <= _SAME


def asked_in(words: str) -> str:
    """Return what the cell of a request asks for: "" where it says that nothing is asked."""
    meant = fold(words).rstrip(" .!;,")
    if meant in _NO_REQUEST:
        return ""
    return USUAL_REQUEST if meant in _JUST_A_MARK else words


def agrees_rather(request: str) -> bool:
    """Tell whether a request begins as one that agrees, and no word of it asks for anything."""
    return bool(_AGREES.match(request.lower())) and not _ASKS.search(fold(request))


class AppraisalReader:
    """Reads the workbook of a known round; `file` is its name for findings."""

    def __init__(self, sheet: ReturnSheet, campaign: Campaign, number: int, file: str) -> None:
        """Take the sheet found, whose rows may stand in it, and the round."""
        self._sheet = sheet
        self._number = number
        self._log = FindingLog(sheet, file)
        self._rows = RoundRowFinder(sheet, campaign, self._log)
        self._cells = ReturnCells(sheet, self._log, _REVIEWERS_SCORES)

    def read(self, sheets: FoundSheets, saved: dt.datetime | None) -> AppraisalReturn | None:
        """Return what the reviewers said and the findings, None where nothing was filled in."""
        sheets.check(self._log)
        check_columns(self._sheet, APPRAISAL_LAYOUT.columns, self._log, _REVIEWERS_COLUMNS)
        rows = self._rows.find().values()
        leaves = [self._leaf(row) for row in rows]
        tell_struck(self._sheet, self._log, rows)
        by, on, notes = self._head()
        is_empty = not (by or on or self._log.findings)
        is_silent = not any(map(says_something, leaves))
        if is_empty and is_silent:
            return None
        if is_silent and not any(self._cells.words(row, "request") for row in rows):
            agrees = Finding(Code.APPRAISAL_AGREES, self._log.file, found=str(self._number))
            self._log.findings.append(agrees)
        self._log.findings += notes
        signed = tuple(replace(leaf, by=by, on=on) for leaf in leaves)
        file, findings = self._log.file, tuple(self._log.findings)
        return AppraisalReturn(self._number, file, signed, findings, saved)

    def _leaf(self, row: ReturnRow) -> AppraisedLeaf:
        ruling = self._with_figures(row, _Ruling(*self._cells.score(row, "score")))
        request = asked_in(self._cells.words(row, "request"))
        if agrees_rather(request):
            self._log.note_at(Code.REQUEST_UNCLEAR, row, "request", request)
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
            seen=self._beside_score(row, "self"),
            seen_before=self._beside_score(row, "before"),
        )

    def _beside_score(self, row: ReturnRow, key: str) -> str | None:
        return self._sheet.shown(row.at, key) if self._sheet.has(key) else None

    def _opinion(self, row: ReturnRow, declared: Declared | None) -> str:
        """Return the opinion; corrected figures are part of it, wherever it is shown."""
        opinion = self._cells.words(row, "opinion")
        if declared is None:
            return opinion
        return f"Số liệu thẩm định: {declared_text(declared)}. {opinion}".strip()

    def _with_figures(self, row: ReturnRow, said: _Ruling) -> _Ruling:
        """Return what is `said` in the score cell, with the figures beside it where there are some.

        The rule gives the score of these; one that was typed besides must be the same.
        """
        criterion, rule = row.criterion, row.criterion.scoring
        filled = [key for key in layout.FIGURE_PLACES.values() if self._sheet.shown(row.at, key)]
        takes = criterion.aggregation is Aggregation.POOLED and can_be_pooled(rule)
        asked = {layout.FIGURE_PLACES[wanted] for wanted in inputs_of(rule)} if takes else set()
        for key in filled:
            if key not in asked:
                self._log.note_at(
                    Code.APPRAISED_FIGURES_NOT_ASKED, row, key, self._sheet.shown(row.at, key)
                )
        if not asked.intersection(filled):
            return said
        values: dict[str, Any] = {
            wanted.value: self._figure(row, layout.FIGURE_PLACES[wanted])
            for wanted in inputs_of(rule)
        }
        declared = Declared(**values)
        maximum = criterion.max_score or Decimal(0)
        computed = compute(rule, declared, maximum)
        if computed.problem or (computed.score is None and computed.applies):
            shown = " trên ".join(self._sheet.shown(row.at, key) for key in filled)
            code = Code.APPRAISED_FIGURES_UNUSABLE
            self._log.note_at(code, row, filled[0], shown, describe(rule, maximum))
            return _Ruling(Answer.UNUSABLE, None, said.typed)
        answer = Answer.SCORED if computed.applies else Answer.NOT_APPLICABLE
        shown_score = "không áp dụng" if computed.score is None else figures.score(computed.score)
        given = _Ruling(answer, computed.score, shown_score, declared)
        if said.answer is Answer.BLANK or said.agrees_with(given):
            return given
        code, told = Code.APPRAISED_NOT_AS_FIGURES, declared_text(declared)
        self._log.note_at(code, row, "score", said.typed, given.typed, told)
        return _Ruling(Answer.UNUSABLE, None, said.typed)

    def _figure(self, row: ReturnRow, key: str) -> object:
        is_count = isinstance(row.criterion.scoring, PerItem | Deductions)
        is_percent = self._sheet.is_percent(row.at, key)
        read = partial(read_figure, is_percent=is_percent, is_count=is_count)
        return read_declared(self._sheet.value(row.at, key), read).value

    # --- above the table ---

    def _head(self) -> tuple[str, dt.date | None, list[Finding]]:
        """Return who appraised, and when, and what is to be said of that."""
        notes = FindingLog(self._sheet, self._log.file)
        by, _ = self._beside(layout.REVIEWER_LABEL)
        day, cell = self._beside(layout.DAY_LABEL)
        if not by:
            notes.note(Code.REVIEWER_MISSING)
        read = read_day(day)
        if not day:
            notes.note(Code.APPRAISAL_DAY_MISSING)
        elif not isinstance(read.value, dt.date):
            notes.note(Code.APPRAISAL_DAY_UNREADABLE, cell, found=shown_text(day))
        on = read.value if isinstance(read.value, dt.date) else None
        return shown_text(by), on, notes.findings

    def _beside(self, label: str) -> tuple[Value, str]:
        """Return what stands right of a label above the table (or behind it), and where."""
        wanted = fold(label).rstrip(":")
        for at, row in enumerate(self._sheet.sheet.rows[: self._sheet.heading_row]):
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


# --- the units ---


class SupplementReader:
    """Reads the supplementary form of a known unit; `file` is its name for findings."""

    def __init__(
        self,
        sheet: ReturnSheet,
        campaign: Campaign,
        unit: Unit,
        number: int,
        issued: IssuedRows,
        file: str,
    ) -> None:
        """Take the sheet found, whose it is, the round it answers to, and the rows issued."""
        self._sheet = sheet
        self._campaign = campaign
        self._unit = unit
        self._number = number
        self._issued = issued
        self._log = FindingLog(sheet, file, unit.code)
        self._rows = RoundRowFinder(sheet, campaign, self._log, unit)
        self._cells = ReturnCells(sheet, self._log, UNIT_SCORES)

    def read(self, sheets: FoundSheets, saved: dt.datetime | None) -> SupplementReturn:
        """Return what the unit answered and the findings."""
        sheets.check(self._log)
        check_columns(self._sheet, SUPPLEMENT_LAYOUT.columns, self._log, UNIT_COLUMN_CODES)
        rows = self._rows.find().values()
        leaves = tuple(self._leaf(row) for row in rows)
        tell_struck(self._sheet, self._log, rows)
        self._check_missing({leaf.criterion for leaf in leaves})
        file, findings = self._log.file, tuple(self._log.findings)
        return SupplementReturn(self._unit.code, file, leaves, findings, saved, self._number)

    def _leaf(self, row: ReturnRow) -> ExplainedLeaf:
        answer, score, typed = self._cells.score(row, "wanted")
        leaf = ExplainedLeaf(
            row.criterion.id,
            self._unit.code,
            self._cells.source(row, "explanation"),
            answer,
            score,
            typed,
            self._cells.words(row, "explanation"),
            self._cells.words(row, "evidence"),
            self._number,
        )
        if leaf.explanation or leaf.evidence:
            return leaf
        if answer is Answer.BLANK:
            self._log.note_at(Code.EXPLANATION_MISSING, row, "explanation")
        elif answer.is_settled:
            self._log.note_at(Code.EXPLANATION_SCORE_ALONE, row, "explanation", typed)
        return leaf

    def _check_missing(self, present: set[str]) -> None:
        for leaf in self._campaign.scored_by(self._unit):
            if leaf.id not in present and self._issued.get(leaf.id) is not None:
                self._log.note(Code.SUPPLEMENT_ROW_MISSING, criterion=leaf)
