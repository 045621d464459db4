"""How a row is scored: "Cách chấm", "Loại điểm", and what its note and its name say of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from cchc_office.campaign._tables import CellReader
from cchc_office.findings import Code
from cchc_office.model import Criterion, Method, Points
from cchc_office.office.sheet_reader import SheetCell
from cchc_office.rules import (
    SELF_SCORED,
    Bands,
    ByDate,
    Ratio,
    Rule,
    RuleReading,
    RuleWordsError,
    parse_rule,
)
from cchc_office.vietnamese import clean_line, fold, official

_SURVEY = re.compile(r"\bdtxhh\b|dieu tra xa hoi hoc")
_NOT_APPLICABLE = re.compile(
    r"khong ap dung(?: (?:trong )?nam(?: \d{4})?| trong ky)?\s*(?:[.;,:(\-].*)?"
)
# As written: without its marks "Thưởng" (bonus) is "Thường" (usual).
_POINTS = {
    "thường": Points.NORMAL,
    "điểm thường": Points.NORMAL,
    "thưởng": Points.BONUS,
    "điểm thưởng": Points.BONUS,
    "phạt": Points.PENALTY,
    "điểm phạt": Points.PENALTY,
}
_ANY_YEAR = 2000


@dataclass(frozen=True, slots=True)
class ScoringCells:
    """The cells of a row that say how it is scored."""

    rule: SheetCell
    points: SheetCell
    note: SheetCell


def method_of(rule: str, note: str, name: str) -> Method:
    """Tell how a row is scored: by its "Cách chấm", else its note, else its name (SIPAS)."""
    for text in (rule, note):
        if said := _method_said(text):
            return said
    if rule:
        return Method.SELF
    named = fold(name)
    is_sipas = named.startswith("chi so sipas") or named.endswith("(chi so sipas)")
    return Method.SIPAS if is_sipas else Method.SELF


def _method_said(text: str) -> Method | None:
    folded = fold(text)
    if _SURVEY.search(folded):
        return Method.SURVEY
    if folded.startswith("sipas"):
        return Method.SIPAS
    return Method.SELF if folded.startswith("tu cham") else None


def with_scoring(
    criteria: tuple[Criterion, ...],
    cells: Mapping[str, ScoringCells],
    year: int,
    reader: CellReader,
) -> tuple[Criterion, ...]:
    """Return the rows with how they are scored, read from their `cells` by id.

    Days without a year are in `year`; it is 0 where the workbook has none.
    """
    understood = _RowScoring(criteria, cells, year, reader)
    return tuple(understood.of(criterion) for criterion in criteria)


class _RowScoring:
    """Reads row after row; what is said of a heading's points goes on to the rows under it."""

    def __init__(
        self,
        criteria: tuple[Criterion, ...],
        cells: Mapping[str, ScoringCells],
        year: int,
        reader: CellReader,
    ) -> None:
        self._cells = cells
        self._year = year
        self._reader = reader
        self._parents = {c.parent for c in criteria}
        self._rule_heads_below = {
            (c.parent, cells[c.id].rule.head) for c in criteria if cells[c.id].rule.text
        }
        self._points: dict[str, Points] = {}

    def of(self, criterion: Criterion) -> Criterion:
        """Return the row with its rule, points and whether it applies."""
        points = self._read_points(criterion)
        self._points[criterion.id] = points
        if criterion.id in self._parents:
            self._check_heading(criterion)
            return replace(criterion, points=points)
        applies = self._read_applies(criterion)
        scoring = self._read_rule(criterion) if applies else SELF_SCORED
        return replace(criterion, points=points, applies=applies, scoring=scoring)

    def _read_points(self, criterion: Criterion) -> Points:
        cell = self._cells[criterion.id].points
        text = clean_line(self._reader.text(cell))
        above = self._points.get(criterion.parent, Points.NORMAL)
        if not text:
            return above
        points = _POINTS.get(text.casefold())
        if points is None:
            self._reader.report(Code.UNKNOWN_POINTS, cell, about=criterion.label, found=text)
            return above
        if above is not Points.NORMAL and points is not above:
            self._reader.report(
                Code.POINTS_CONFLICT,
                cell,
                about=criterion.label,
                found=text,
                expected=above.value,
            )
            return above
        return points

    def _check_heading(self, criterion: Criterion) -> None:
        cells = self._cells[criterion.id]
        said = [cells.note] if _NOT_APPLICABLE.fullmatch(fold(cells.note.text)) else []
        # A cell merged with those of the rows below speaks of them.
        if cells.rule.text and (criterion.id, cells.rule.head) not in self._rule_heads_below:
            said.append(cells.rule)
        for cell in said:
            found = clean_line(cell.text)
            self._reader.report(Code.RULE_ON_HEADING, cell, about=criterion.label, found=found)

    def _read_applies(self, criterion: Criterion) -> bool:
        rule, note = fold(criterion.rule), fold(criterion.note)
        if _NOT_APPLICABLE.fullmatch(rule) or _NOT_APPLICABLE.fullmatch(note):
            return False
        if "khong ap dung" in note:
            cell = self._cells[criterion.id].note
            self._reader.report(
                Code.NOT_APPLICABLE_UNCLEAR, cell, about=criterion.label, found=criterion.note
            )
        return True

    def _read_rule(self, criterion: Criterion) -> Rule:
        cell = self._cells[criterion.id].rule
        if not criterion.rule or _method_said(criterion.rule) in (Method.SURVEY, Method.SIPAS):
            return SELF_SCORED
        if criterion.method is not Method.SELF:
            self._reader.report(
                Code.RULE_AND_SURVEY,
                cell,
                about=criterion.label,
                found=criterion.rule,
                expected=criterion.note,
            )
            return SELF_SCORED
        # Without a maximum the words could only bring up errors that are none.
        if not criterion.max_score:
            return SELF_SCORED
        try:
            reading = parse_rule(cell.text, criterion.max_score, self._year or _ANY_YEAR)
        except RuleWordsError as error:
            self._reader.report(
                Code.RULE_NOT_UNDERSTOOD,
                cell,
                about=criterion.label,
                found=error.found,
                expected=error.expected,
            )
            return SELF_SCORED
        self._say_what_was_added(criterion, cell, reading)
        return reading.rule

    def _say_what_was_added(
        self, criterion: Criterion, cell: SheetCell, reading: RuleReading
    ) -> None:
        rule = reading.rule
        if self._year and reading.days_without_year and isinstance(rule, ByDate):
            yearless = tuple(dict.fromkeys(reading.days_without_year))
            self._reader.report(
                Code.RULE_YEAR_ADDED,
                cell,
                about=criterion.label,
                found=", ".join(yearless),
                expected=", ".join(_with_year(rule, yearless)),
            )
        of_ratio = isinstance(rule, Ratio) or (isinstance(rule, Bands) and rule.of_ratio)
        if of_ratio and isinstance(rule, Ratio | Bands) and rule.nothing is None:
            self._reader.report(
                Code.RULE_NOTHING_UNSAID, cell, about=criterion.label, found=criterion.rule
            )


def _with_year(rule: ByDate, yearless: tuple[str, ...]) -> list[str]:
    days = [limit.day for limit in rule.limits]
    return [official(day).short for day in days if f"{day:%d/%m}" in yearless]
