"""Reading one returned form of a known unit.

Rows are found by their hidden id, else by code and name; columns by their headings. What is
missing, extra or doubtful becomes a finding by sheet and cell.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from cchc_office.findings import Code, Finding
from cchc_office.model import (
    Answer,
    Campaign,
    Criterion,
    LeafReturn,
    Role,
    Source,
    Unit,
    UnitReturn,
)
from cchc_office.office.addresses import cell_name
from cchc_office.scoring.form_layout import (
    COLUMNS,
    MOST_DECIMALS,
    NOT_APPLICABLE,
    SCORE_SHEET,
    SIGNATURE_LABEL,
    TOTAL_LABEL,
    FormRow,
    RowKind,
    form_rows,
)
from cchc_office.scoring.returned_file import ReturnedFile, ReturnedSheet, Value
from cchc_office.scoring.score_cell import TypedScore, read_score
from cchc_office.vietnamese import (
    clean,
    clean_line,
    decimal_of,
    fold,
    format_decimal,
)

_MARKS = frozenset(("dtxhh", "sipas"))
_FEWEST_COLUMNS = 3
_MOST_ROWS_ABOVE = 40


@dataclass(frozen=True)
class ScoreSheet:
    """The score sheet that was found: its heading row, and where its columns are."""

    sheet: ReturnedSheet
    heading_row: int
    places: dict[str, int]
    others: tuple[str, ...] = ()
    """Names of further sheets that look like one too."""


def find_score_sheet(file: ReturnedFile) -> ScoreSheet | None:
    """Find the score sheet by its headings, whatever it is called now."""
    names = sorted(file.sheet_names, key=lambda n: n != SCORE_SHEET)
    found = [sheet for name in names if (sheet := _as_score_sheet(file.sheet(name)))]
    if not found:
        return None
    return replace(found[0], others=tuple(other.sheet.name for other in found[1:]))


def _as_score_sheet(sheet: ReturnedSheet) -> ScoreSheet | None:
    for row in range(min(len(sheet.rows), _MOST_ROWS_ABOVE)):
        places = _columns_in(sheet, row)
        if len(places) >= _FEWEST_COLUMNS and "name" in places:
            return ScoreSheet(sheet, row, places)
    return None


def _columns_in(sheet: ReturnedSheet, row: int) -> dict[str, int]:
    headings = {fold(column.heading): column.key for column in COLUMNS}
    places: dict[str, int] = {}
    for place, value in enumerate(sheet.rows[row]):
        key = headings.get(fold(cell_text(value)))
        if key:
            places.setdefault(key, place)
    return places


class FormReader:
    """Reads one form of a known unit; `name` is the file's name for findings."""

    def __init__(
        self,
        file: ReturnedFile,
        found: ScoreSheet,
        campaign: Campaign,
        unit: Unit,
        name: str,
    ) -> None:
        self._file = file
        self._sheet, self._heading_row = found.sheet, found.heading_row
        self._places, self._others = found.places, found.others
        self._campaign = campaign
        self._unit = unit
        self._name = name
        self._rows = form_rows(campaign, unit)
        self._findings: list[Finding] = []

    def read(self) -> UnitReturn:
        """Return what the unit said, leaf by leaf, and the findings."""
        self._check_name()
        self._check_sheets()
        self._check_columns()
        at = self._locate_rows()
        leaves = []
        for row in self._rows:
            if row.kind is RowKind.HEADING:
                self._check_heading(row.criterion, at)
            elif row.criterion.id not in at:
                self._report(Code.FORM_ROW_MISSING, row.criterion)
            elif leaf := self._read_row(row, at[row.criterion.id]):
                leaves.append(leaf)
        return UnitReturn(
            self._unit.code, self._name, tuple(leaves), tuple(self._findings), self._file.saved
        )

    def _check_name(self) -> None:
        paper = self._campaign.paper_name(self._unit)
        stem = fold(Path(self._name).stem)
        if not re.search(rf"(?<![a-z0-9]){re.escape(fold(paper))}(?![a-z0-9])", stem):
            finding = Finding(
                Code.FILE_NAME_SAYS_NOTHING,
                self._name,
                about=self._unit.name,
                expected=f"{paper}.xlsx",
                unit=self._unit.code,
            )
            self._findings.append(finding)

    def _check_sheets(self) -> None:
        if self._others:
            others = ", ".join(self._others)
            self._note(Code.FORM_SHEETS_SEVERAL, "", found=others, expected=self._sheet.name)

    def _check_columns(self) -> None:
        headings = [cell_text(value) for value in self._sheet.rows[self._heading_row]]
        present = ", ".join(heading for heading in headings if heading)
        for column in COLUMNS:
            cells = [
                cell_name(self._heading_row, place)
                for place, heading in enumerate(headings)
                if fold(heading) == fold(column.heading)
            ]
            if not cells and column.key != "id":
                at, expected = cell_name(self._heading_row, 0), column.heading
                self._note(Code.FORM_COLUMN_MISSING, at, found=present, expected=expected)
            for at in cells[1:]:
                found = column.heading
                self._note(Code.FORM_COLUMN_TWICE, at, found=found, expected=cells[0])

    def _locate_rows(self) -> dict[str, int]:
        """Return the sheet row of each form row; report rows that are double or strange."""
        by_id = {row.criterion.id: row.criterion for row in self._rows}
        by_label = {(fold(c.code), fold(c.name)): c for c in by_id.values()}
        at: dict[str, int] = {}
        for row in range(self._heading_row + 1, len(self._sheet.rows)):
            label = (fold(self._shown(row, "code")), fold(self._shown(row, "name")))
            criterion = by_id.get(self._shown(row, "id")) or by_label.get(label)
            if criterion is None:
                self._check_strange_row(row)
            elif criterion.id in at:
                first = cell_name(at[criterion.id], self._places["name"])
                self._report(Code.FORM_ROW_TWICE, criterion, row, "name", expected=first)
            else:
                at[criterion.id] = row
        return at

    def _check_strange_row(self, row: int) -> None:
        name = self._shown(row, "name")
        filled = [key for key in ("score", "result", "evidence") if self._shown(row, key)]
        if fold(name) == fold(TOTAL_LABEL) or not filled or self._is_signature(row):
            return
        found = f"{self._shown(row, 'code')} {name}".strip() or self._shown(row, filled[0])
        self._note(Code.FORM_ROW_UNKNOWN, self._address(row, filled[0]), found=found)

    def _is_signature(self, row: int) -> bool:
        """Tell whether the row is the place for signing that the form was issued with."""
        texts = {fold(self._shown(at, "evidence")) for at in (row, row - 1)}
        return fold(SIGNATURE_LABEL) in texts and not self._shown(row, "score")

    def _read_row(self, row: FormRow, at: int) -> LeafReturn | None:
        self._check_max_score(row.criterion, at)
        if row.kind is RowKind.SURVEY:
            self._check_survey(row.criterion, at)
            return None
        leaf = LeafReturn(
            criterion=row.criterion.id,
            unit=self._unit.code,
            answer=Answer.CONTRIBUTED,
            source=Source(self._name, self._sheet.name, self._address(at, "score")),
            typed=self._shown(at, "score"),
            result=self._words(at, "result"),
            evidence=self._words(at, "evidence"),
            note=self._words(at, "note"),
        )
        if row.kind is RowKind.SUPPORTED:
            self._check_support(row.criterion, at)
            return leaf
        return self._read_answer(row.criterion, at, leaf)

    def _read_answer(self, criterion: Criterion, at: int, leaf: LeafReturn) -> LeafReturn:
        if "score" not in self._places:
            return replace(leaf, answer=Answer.UNUSABLE)
        typed = read_score(self._value(at, "score"))
        leaf = replace(leaf, typed=typed.text)
        applies = clean_line(self._words(at, "applies"))
        if applies and fold(applies) != fold(NOT_APPLICABLE):
            self._report(
                Code.APPLICABILITY_UNREADABLE,
                criterion,
                at,
                "applies",
                found=applies,
                expected=NOT_APPLICABLE,
            )
            return replace(leaf, answer=Answer.UNUSABLE)
        if applies or typed.not_applicable:
            return self._read_not_applicable(criterion, at, typed, leaf)
        if typed.is_blank:
            return self._read_blank(criterion, at, leaf)
        return self._read_typed(criterion, at, typed, leaf)

    def _read_not_applicable(
        self, criterion: Criterion, at: int, typed: TypedScore, leaf: LeafReturn
    ) -> LeafReturn:
        if typed.text and not typed.not_applicable:
            code, found = Code.NOT_APPLICABLE_WITH_SCORE, typed.text
            self._report(code, criterion, at, "score", found=found)
            return replace(leaf, answer=Answer.UNUSABLE)
        key = "score" if typed.not_applicable else "applies"
        maximum = format_decimal(criterion.max_score or Decimal(0), 4)
        self._report(Code.NOT_APPLICABLE, criterion, at, key, found=maximum)
        return replace(leaf, answer=Answer.NOT_APPLICABLE)

    def _read_blank(self, criterion: Criterion, at: int, leaf: LeafReturn) -> LeafReturn:
        doubt = self._file.second_look(self._sheet.name, at, self._places["score"])
        if doubt:
            self._report(doubt[0], criterion, at, "score", found=doubt[1])
            return replace(leaf, answer=Answer.UNUSABLE, typed=doubt[1])
        self._report(Code.SCORE_MISSING, criterion, at, "score")
        return replace(leaf, answer=Answer.BLANK)

    def _read_typed(
        self, criterion: Criterion, at: int, typed: TypedScore, leaf: LeafReturn
    ) -> LeafReturn:
        maximum = criterion.max_score or Decimal(0)
        shown_max = format_decimal(maximum, 4)
        if typed.score is None:
            code, expected = Code.SCORE_UNREADABLE, typed.proposal
        elif typed.score < 0:
            code, expected = Code.SCORE_NEGATIVE, shown_max
        elif typed.score > maximum:
            code, expected = Code.SCORE_ABOVE_MAX, shown_max
        else:
            return self._accept(criterion, at, typed, replace(leaf, score=typed.score))
        self._report(code, criterion, at, "score", found=typed.text, expected=expected)
        return replace(leaf, answer=Answer.UNUSABLE)

    def _accept(
        self, criterion: Criterion, at: int, typed: TypedScore, leaf: LeafReturn
    ) -> LeafReturn:
        score = typed.score or Decimal(0)
        shown = format_decimal(score, 6)
        if typed.from_text:
            code = Code.SCORE_READ_FROM_TEXT
            self._report(code, criterion, at, "score", found=typed.text, expected=shown)
        exponent = score.normalize().as_tuple().exponent
        if isinstance(exponent, int) and -exponent > MOST_DECIMALS:
            code = Code.SCORE_TOO_FINE
            self._report(code, criterion, at, "score", found=shown, expected=str(MOST_DECIMALS))
        if score > 0 and not leaf.evidence and "evidence" in self._places:
            self._report(Code.EVIDENCE_MISSING, criterion, at, "evidence", found=shown)
        return replace(leaf, answer=Answer.SCORED)

    def _check_heading(self, criterion: Criterion, rows: dict[str, int]) -> None:
        at = rows.get(criterion.id)
        if at is None:
            return
        for key in ("applies", "result", "evidence", "note"):
            if typed := self._shown(at, key):
                self._report(Code.FORM_HEADING_FILLED, criterion, at, key, found=typed)
        score = read_score(self._value(at, "score"))
        if score.text and score.score != self._sum_under(criterion, rows):
            self._report(Code.FORM_HEADING_FILLED, criterion, at, "score", found=score.text)

    def _sum_under(self, criterion: Criterion, rows: dict[str, int]) -> Decimal:
        """Return what the formula of a heading gives: the sum of the numbers typed under it."""
        scored = {row.criterion.id for row in self._rows if row.kind is RowKind.SCORED}
        below = (c.id for c in self._campaign.leaves_under(criterion) if c.id in scored)
        typed = (read_score(self._value(rows[c], "score")) for c in below if c in rows)
        numbers = (t.score for t in typed if t.score is not None and not t.from_text)
        return sum(numbers, Decimal(0))

    def _check_survey(self, criterion: Criterion, at: int) -> None:
        for key in ("score", "applies", "result", "evidence", "note"):
            typed = self._shown(at, key)
            if typed and fold(typed) not in _MARKS:
                self._report(Code.SURVEY_CELL_FILLED, criterion, at, key, found=typed)

    def _check_support(self, criterion: Criterion, at: int) -> None:
        typed = self._shown(at, "score")
        if not typed:
            return
        leads = [
            self._campaign.unit(a.unit).name
            for a in self._campaign.assignments_of(criterion)
            if a.role is Role.LEAD
        ]
        code, expected = Code.SUPPORT_SCORE_FILLED, ", ".join(leads)
        self._report(code, criterion, at, "score", found=typed, expected=expected)

    def _check_max_score(self, criterion: Criterion, at: int) -> None:
        if "max_score" not in self._places:
            return
        value = self._value(at, "max_score")
        typed = read_score(value)
        found = typed.score
        if found != criterion.max_score:
            self._report(
                Code.MAX_SCORE_CHANGED,
                criterion,
                at,
                "max_score",
                found=typed.text if found is None else format_decimal(found, 4),
                expected=format_decimal(criterion.max_score or Decimal(0), 4),
            )

    def _value(self, row: int, key: str) -> Value:
        return self._sheet.value(row, self._places[key]) if key in self._places else ""

    def _shown(self, row: int, key: str) -> str:
        return clean_line(cell_text(self._value(row, key)))

    def _words(self, row: int, key: str) -> str:
        return clean(cell_text(self._value(row, key)))

    def _address(self, row: int, key: str) -> str:
        return cell_name(row, self._places.get(key, self._places["name"]))

    def _report(
        self,
        code: Code,
        criterion: Criterion,
        row: int | None = None,
        key: str = "name",
        *,
        found: str = "",
        expected: str = "",
    ) -> None:
        cell = "" if row is None else self._address(row, key)
        self._note(code, cell, found=found, expected=expected, criterion=criterion)

    def _note(
        self,
        code: Code,
        cell: str,
        *,
        found: str,
        expected: str = "",
        criterion: Criterion | None = None,
    ) -> None:
        finding = Finding(
            code,
            self._name,
            self._sheet.name,
            cell,
            about=criterion.label if criterion else "",
            found=found,
            expected=expected,
            unit=self._unit.code,
            criterion=criterion.id if criterion else "",
        )
        self._findings.append(finding)


def cell_text(value: Value) -> str:
    """Return a value as a person sees it in a Vietnamese sheet."""
    if isinstance(value, float) and math.isfinite(value):
        return format_decimal(decimal_of(value), 6)
    return str(value)
