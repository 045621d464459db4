"""The cells of appraisal workbooks and supplementary forms: what was typed, nothing guessed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from cchc_office.catalogue.findings import Code, FindingCode
from cchc_office.model import Answer, Criterion, Source
from cchc_office.papers.form.layout import MOST_DECIMALS
from cchc_office.returns.form_log import FormLog
from cchc_office.returns.form_sheet import FormSheet, cell_text
from cchc_office.returns.score_cell import TypedScore, read_percent, read_score
from cchc_office.text import figures
from cchc_office.text.legacy import read_legacy
from cchc_office.text.vietnamese import clean


@dataclass(frozen=True)
class ScoreCodes:
    """The findings about a score cell."""

    unreadable: FindingCode
    without_value: FindingCode
    above_max: FindingCode
    negative: FindingCode


@dataclass(frozen=True)
class TableRow:
    """A row of the table: the leaf and unit that it is about, and where it stands (from 0)."""

    criterion: Criterion
    unit: str
    at: int
    label: str
    """The leaf and, where it is not plain, the unit, as findings name them."""


class RoundCells:
    """Reads the cells of one sheet, and tells what is doubtful in them."""

    def __init__(self, form: FormSheet, log: FormLog, codes: ScoreCodes) -> None:
        """Take the sheet, where findings go, and those about its score cells."""
        self._form = form
        self._log = log
        self._codes = codes

    def source(self, row: TableRow, key: str) -> Source:
        """Return the place of a cell."""
        return Source(self._log.file, self._form.name, self._form.address(row.at, key))

    def score(self, row: TableRow, key: str) -> tuple[Answer, Decimal | None, str]:
        """Return what a score cell says: the answer, its score, and what was typed."""
        typed = self._typed(row, key)
        if typed.not_applicable:
            return Answer.NOT_APPLICABLE, None, typed.text
        if typed.is_blank:
            doubt = self._form.doubt(row.at, key)
            if doubt is None:
                return Answer.BLANK, None, ""
            self.note(self._codes.without_value, row, key, doubt.text)
            return Answer.UNUSABLE, None, doubt.text
        if not self._is_usable(row, key, typed):
            return Answer.UNUSABLE, None, typed.text
        return Answer.SCORED, typed.score, typed.text

    def _typed(self, row: TableRow, key: str) -> TypedScore:
        value = self._form.value(row.at, key)
        maximum = row.criterion.max_score or Decimal(0)
        if isinstance(value, float) and self._form.is_percent(row.at, key):
            return read_percent(value, maximum)
        typed = read_score(value, maximum)
        if isinstance(value, str) and (legacy := read_legacy(value)):
            return replace(read_score(legacy.converted, maximum), text=typed.text)
        return typed

    def _is_usable(self, row: TableRow, key: str, typed: TypedScore) -> bool:
        score, maximum = typed.score, row.criterion.max_score or Decimal(0)
        if score is None:
            self.note(self._codes.unreadable, row, key, typed.text, typed.proposal)
            return False
        if not 0 <= score <= maximum:
            code = self._codes.negative if score < 0 else self._codes.above_max
            self.note(code, row, key, typed.text, figures.given(maximum))
            return False
        shown = figures.given(score)
        if typed.from_text:
            self.note(Code.SCORE_READ_FROM_TEXT, row, key, typed.text, shown)
        if typed.decimals > MOST_DECIMALS:
            self.note(Code.SCORE_TOO_FINE, row, key, shown, str(MOST_DECIMALS))
        return True

    def words(self, row: TableRow, key: str) -> str:
        """Return what was written in a cell; of a legacy font the original stands beside it."""
        value = self._form.value(row.at, key)
        if value == "":
            if doubt := self._form.doubt(row.at, key):
                self.note(Code.CELL_WITHOUT_VALUE, row, key, doubt.text)
            return ""
        if not isinstance(value, str):
            return cell_text(value)
        legacy = read_legacy(value)
        if legacy is None:
            return clean(value)
        original, converted, font = clean(value), clean(legacy.converted), legacy.font.value
        self.note(Code.LEGACY_FONT, row, key, original, converted, font)
        return f"{converted} (nguyên văn phông {font}: {original})"

    def note(
        self,
        code: FindingCode,
        row: TableRow,
        key: str,
        found: str = "",
        expected: str = "",
        *candidates: str,
    ) -> None:
        """Add a finding about a cell."""
        self._log.note(
            code,
            self._form.address(row.at, key),
            criterion=row.criterion,
            about=row.label,
            found=found,
            expected=expected,
            candidates=candidates,
            unit=row.unit,
        )
