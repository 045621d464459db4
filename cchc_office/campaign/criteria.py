"""The sheet "Bộ chỉ số": the tree of fields, criteria and sub-criteria."""

from __future__ import annotations

import datetime as dt
import hashlib
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from cchc_office.campaign.layout import TOTALS
from cchc_office.campaign.scoring import RowScoring, method_of
from cchc_office.campaign.tables import CellReader, TableRow, cell_date
from cchc_office.catalogue.findings import Code
from cchc_office.model import (
    Aggregation,
    Assignments,
    Criterion,
    Level,
    Method,
    Points,
    Role,
)
from cchc_office.rules import ByDate, Choice, GivenShare, can_be_pooled
from cchc_office.sheets.addresses import column_letters
from cchc_office.sheets.sheet_reader import SheetCell
from cchc_office.text import figures
from cchc_office.text.vietnamese import clean, clean_line, decimal_of, fold, parse_decimal

_CODE = re.compile(r"\d+(?:\.\d+){0,2}")


@dataclass(frozen=True)
class CriterionRow:
    """A row as read: the criterion, and the cells that it was read from."""

    criterion: Criterion
    cells: TableRow


def read_criteria(reader: CellReader, year: int) -> tuple[CriterionRow, ...]:
    """Read the rows in their order; what is wrong goes to `reader`.

    Days without a year are in `year`; it is 0 where the workbook has none.
    """
    read = _TreeReader(reader).read()
    cells = {row.criterion.id: row.cells for row in read}
    scoring = RowScoring(tuple(row.criterion for row in read), cells, year, reader)
    rows = tuple(replace(row, criterion=scoring.of(row.criterion)) for row in read)
    if not rows:
        reader.report(Code.EMPTY_TABLE, reader.table.first_cell, expected="bộ chỉ số")
    _check_parents(rows, reader)
    _check_scores(rows, reader)
    return rows


class _TreeReader:
    """Reads row after row, remembering what stands above."""

    def __init__(self, reader: CellReader) -> None:
        self._reader = reader
        self._places: dict[str, str] = {}
        self._previous: Criterion | None = None
        self._ways: dict[str, Aggregation | None] = {}

    def read(self) -> tuple[CriterionRow, ...]:
        rows = []
        for row in self._reader.table.rows():
            name = clean_line(self._reader.text(row["name"]))
            if not row["code"].text and fold(name) in TOTALS:
                continue
            code = self._code(row)
            if not code and not name:
                self._report_lost_texts(row)
                continue
            criterion = self._criterion(row, code, name)
            rows.append(CriterionRow(criterion, row))
            self._previous = criterion
        return tuple(rows)

    def _report_lost_texts(self, row: TableRow) -> None:
        own = [c for c in row.cells.values() if c.text and c.address == c.head]
        if own:
            self._reader.report(Code.MISSING_NAME, own[0], about=own[0].text)

    def _criterion(self, row: TableRow, code: str, name: str) -> Criterion:
        reader = self._reader
        if code and not name:
            reader.report(Code.MISSING_NAME, row["name"], about=code)
        level, parent = self._level_and_parent(code)
        label = f"{code} {name}".strip()
        rule, own_rule = (clean(reader.text(row[key])) for key in ("rule", "own_rule"))
        method, note = (clean_line(reader.text(row[key])) for key in ("method", "note"))
        criterion = Criterion(
            id=self._unique_id(code, name, parent, row),
            code=code,
            name=name,
            level=level,
            parent=parent,
            row=row.number,
            max_score=self._max_score(row["max_score"], label),
            unit_text=reader.text(row["units"]),
            unit_cell=row["units"].head,
            note=note,
            method=method_of(method, rule or own_rule, note, name),
            rule=rule,
            own_rule=own_rule,
            aggregation=self._aggregation(row["aggregation"]) or self._ways.get(parent),
            evidence=reader.text(row["evidence"]),
            deadline=self._deadline(row["deadline"]),
        )
        self._ways[criterion.id] = criterion.aggregation
        if not code and criterion.method is not Method.SIPAS:
            under = parent.removeprefix("TC-") or "không mục nào"
            reader.report(Code.ROW_WITHOUT_CODE, row["name"], about=name, expected=under)
        return criterion

    def _code(self, row: TableRow) -> str:
        cell = row["code"]
        if isinstance(cell.value, dt.datetime | dt.date | dt.time):
            shown = cell.value.strftime("%d/%m/%Y") if hasattr(cell.value, "year") else cell.text
            self._reader.report(
                Code.CODE_IS_DATE, cell, found=shown, candidates=codes_behind(cell.value)
            )
            return ""
        text = clean_line(self._reader.text(cell)).rstrip(".")
        if isinstance(cell.value, float) and not cell.value.is_integer():
            text = self._code_from_number(cell, text)
        if text and not _CODE.fullmatch(text):
            near = re.sub(r"[,\s-]+", ".", text)
            candidates = (near,) if _CODE.fullmatch(near) else ()
            self._reader.report(Code.BAD_CODE, cell, found=text, candidates=candidates)
            return ""
        return text

    def _code_from_number(self, cell: SheetCell, text: str) -> str:
        candidates = (text, f"{text}0")
        followed = self._previous is not None and self._previous.code.startswith(f"{text[:-1]}9")
        read = candidates[1] if text in self._places and followed else text
        self._reader.report(
            Code.CODE_IS_NUMBER,
            cell,
            found=text.replace(".", ","),
            expected=read,
            candidates=candidates,
        )
        return read

    def _level_and_parent(self, code: str) -> tuple[Level, str]:
        """Tell a row's level and parent id; a row without a code belongs to the one above."""
        if code:
            above = code.rpartition(".")[0]
            return Level(code.count(".") + 1), f"TC-{above}" if above else ""
        previous = self._previous
        if previous is None:
            return Level.FIELD, ""
        if previous.level is Level.FIELD:
            return Level.CRITERION, previous.id
        return previous.level, previous.parent

    def _unique_id(self, code: str, name: str, parent: str, row: TableRow) -> str:
        if code:
            place = self._places.get(code)
            if place is None:
                self._places[code] = row["code"].address
                return f"TC-{code}"
            self._reader.report(
                Code.DUPLICATE_CODE, row["code"], about=name, found=code, expected=place
            )
            return f"TC-{code}-dong-{row.number}"
        digest = hashlib.sha256(fold(name).encode()).hexdigest()[:8]
        identity = f"{parent or 'TC'}-{digest}"
        if identity in self._places:
            identity += f"-dong-{row.number}"
        self._places[identity] = row["name"].address
        return identity

    def _max_score(self, cell: SheetCell, label: str) -> Decimal | None:
        text = self._reader.text(cell)
        if not text:
            return None
        value = cell_number(cell)
        if value is None or value < 0:
            self._reader.report(Code.BAD_MAX_SCORE, cell, about=label, found=text)
            return Decimal(0)
        return value

    def _aggregation(self, cell: SheetCell) -> Aggregation | None:
        text = self._reader.text(cell)
        if not text:
            return None
        for way in Aggregation:
            if fold(text) == fold(way.value):
                return way
        ways = ", ".join(way.value for way in Aggregation)
        self._reader.report(Code.UNKNOWN_AGGREGATION, cell, found=text, expected=ways)
        return None

    def _deadline(self, cell: SheetCell) -> dt.date | None:
        if not self._reader.text(cell):
            return None
        date = cell_date(cell)
        if date is None or date.complete is None:
            self._reader.report(Code.BAD_DATE, cell, found=cell.text, about="cột Hạn")
            return None
        return date.complete


def cell_number(cell: SheetCell) -> Decimal | None:
    """Return the number that a cell holds or plainly says, or None."""
    value = cell.value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return decimal_of(value) if math.isfinite(value) else None
    return parse_decimal(cell.text) if isinstance(value, str) else None


def codes_behind(value: dt.date | dt.time) -> tuple[str, ...]:
    """Return the codes that a spreadsheet may have turned into a date."""
    if not isinstance(value, dt.date):
        return ()
    day, month, year = value.day, value.month, value.year % 100
    whole = (f"{day}.{month}.{year}", f"{month}.{day}.{year}")
    return tuple(dict.fromkeys((f"{day}.{month}", f"{month}.{day}", *whole)))


def _check_parents(rows: tuple[CriterionRow, ...], reader: CellReader) -> None:
    ids = {row.criterion.id for row in rows}
    for row in rows:
        c = row.criterion
        if c.parent and c.parent not in ids:
            reader.report(
                Code.MISSING_PARENT,
                row.cells["code"].address,
                about=c.name,
                found=c.code or c.name,
                expected=c.parent.removeprefix("TC-"),
            )


def _check_scores(rows: tuple[CriterionRow, ...], reader: CellReader) -> None:
    places = reader.table.headings.places
    if "max_score" not in places:
        return
    letter = column_letters(places["max_score"])
    children: dict[str, list[Criterion]] = {}
    for row in rows:
        children.setdefault(row.criterion.parent, []).append(row.criterion)

    def total(c: Criterion) -> Decimal:
        if not children.get(c.id):
            return c.max_score or Decimal(0)
        together = sum((total(b) for b in children[c.id] if b.points is c.points), Decimal(0))
        is_capped = c.points is not Points.NORMAL and c.max_score is not None
        return min(together, c.max_score or Decimal(0)) if is_capped else together

    for row in rows:
        c, place = row.criterion, f"{letter}{row.criterion.row}"
        below = children.get(c.id, [])
        if not below and c.max_score is None:
            reader.report(Code.MISSING_MAX_SCORE, place, about=c.label)
        elif below and c.max_score is not None and c.max_score != total(c):
            others = any(b.points is not c.points for b in below)
            reader.report(
                Code.MAX_SCORE_NOT_SUM,
                place,
                about=c.label,
                found=figures.given(c.max_score),
                expected=figures.given(total(c))
                + (", không kể điểm thưởng, điểm trừ" if others else ""),
            )


_WITH_OTHER_POINTS = {Points.BONUS: "dòng điểm thưởng", Points.PENALTY: "dòng điểm trừ"}


def check_aggregation(
    rows: tuple[CriterionRow, ...], assignments: Assignments, reader: CellReader
) -> None:
    """Report at its cell where a way is missing, or is one that the row's rule does not allow.

    The mean is meant for scores and shares. Of what is counted it is not taken unsaid: one
    incident in one of five units would cost a fifth of its points.
    """
    parents = {row.criterion.parent for row in rows}
    unclear = {f.cell for f in reader.findings if f.code is Code.OWN_RULE_NOT_UNDERSTOOD}
    for row in rows:
        criterion = row.criterion
        if (
            criterion.id in parents
            or not criterion.applies
            or row.cells["own_rule"].head in unclear
        ):
            continue
        leads = len(assignments.units_of(criterion.id, Role.LEAD))
        is_shared = leads > 1 and criterion.is_self_scored
        said = row.cells["aggregation"]
        place = said.head or row.cells["code"].address or f"A{criterion.row}"
        is_pooled = criterion.aggregation is Aggregation.POOLED
        if is_pooled and not can_be_pooled(criterion.scoring):
            if is_shared or said.text:
                reader.report(
                    Code.AGGREGATION_NOT_POOLABLE,
                    place,
                    about=criterion.label,
                    found=_way_of_scoring(criterion),
                    candidates=tuple(_ways(criterion)),
                )
        elif is_shared and criterion.aggregation is None and criterion.is_counted:
            reader.report(
                Code.AGGREGATION_UNSAID,
                place,
                about=criterion.label,
                found=str(leads),
                expected=_WITH_OTHER_POINTS.get(criterion.points, "dòng đếm số lượng"),
                candidates=tuple(_ways(criterion)),
            )


def _ways(criterion: Criterion) -> Iterator[str]:
    """Yield the ways that a row's rule allows, as they are written."""
    for way in Aggregation:
        if way is not Aggregation.POOLED or can_be_pooled(criterion.scoring):
            yield way.value.capitalize()


def _way_of_scoring(criterion: Criterion) -> str:
    if criterion.method is not Method.SELF:
        return "chấm bằng điều tra"
    ways = {
        ByDate: "chấm theo ngày",
        Choice: "chấm theo trường hợp",
        GivenShare: "chấm theo một tỷ lệ cho sẵn",
    }
    return ways.get(type(criterion.scoring), "do đơn vị tự chấm")
