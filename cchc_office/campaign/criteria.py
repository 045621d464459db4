"""The sheet "Bộ chỉ số": the tree of its rows, whatever their codes are and however deep it is."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from cchc_office.campaign.codes import CodeReader
from cchc_office.campaign.identities import identities
from cchc_office.campaign.levels import Said, read_level
from cchc_office.campaign.maxima import COLUMNS as MAXIMUM_COLUMNS
from cchc_office.campaign.maxima import check_maxima, read_maximum
from cchc_office.campaign.other_rows import OtherRow, divide, is_note_row, own, tell_others
from cchc_office.campaign.placing import PlacedRow, UnplacedRow, placed_rows, tell_doubts
from cchc_office.campaign.scoring import RowScoring, method_of
from cchc_office.campaign.tables import CellReader, TableRow, cell_date
from cchc_office.catalogue.findings import Code
from cchc_office.model import (
    Aggregation,
    Assignments,
    Criterion,
    Method,
    Points,
    Role,
    headings_of,
    is_scored_by_each,
)
from cchc_office.rules import (
    ByDate,
    Choice,
    GivenShare,
    SeveralDeductions,
    Steps,
    WeightedShares,
    can_be_pooled,
)
from cchc_office.sheets.sheet_reader import SheetCell
from cchc_office.text.vietnamese import clean, clean_line, fold


@dataclass(frozen=True)
class CriterionRow:
    """A row as read: the criterion, and the cells that it was read from."""

    criterion: Criterion
    cells: TableRow


def read_criteria(reader: CellReader, year: int) -> tuple[CriterionRow, ...]:
    """Read the rows in their order; what is wrong goes to `reader`.

    Days without a year are in `year`; it is 0 where the workbook has none.
    """
    kept, others = divide(tuple(reader.table.rows()))
    placed = placed_rows(_unplaced(kept, reader))
    criteria = _CriteriaMaking(placed, reader).criteria()
    # The index itself never has a code.
    indexes = [at for at, c in enumerate(criteria) if c.method is Method.SIPAS and not c.code]
    tell_doubts(placed, reader, quiet=indexes)
    cells = {c.id: row.cells for c, row in zip(criteria, placed, strict=True)}
    scoring = RowScoring(criteria, cells, year, reader)
    criteria = tuple(map(scoring.of, criteria))
    if not criteria:
        reader.report(Code.EMPTY_TABLE, reader.table.first_cell, expected="bộ chỉ số")
    check_maxima(criteria, cells, reader)
    tell_others(_behind_criteria(others, kept, placed), criteria, reader)
    return tuple(CriterionRow(c, cells[c.id]) for c in criteria)


def _behind_criteria(
    others: Sequence[OtherRow], kept: Sequence[TableRow], placed: Sequence[PlacedRow]
) -> list[OtherRow]:
    """Return the rows that are no criteria, with how many that became criteria stand above."""
    numbers = {row.cells.number for row in placed}
    return [
        replace(other, after=sum(row.number in numbers for row in kept[: other.after]))
        for other in others
    ]


def _unplaced(rows: Sequence[TableRow], reader: CellReader) -> Iterator[UnplacedRow]:
    """Yield the rows with code, name and what they say of their place; a note only explains."""
    codes = CodeReader(reader)
    for row in rows:
        code, name = codes.read(row)
        if code or name:
            level = read_level(reader, row, f"{code} {name}".strip())
            yield UnplacedRow(code, name, Said.TEXT if is_note_row(row) else level, row)
        else:
            _tell_lost(row, reader)


def _tell_lost(row: TableRow, reader: CellReader) -> None:
    """Report what stands in a row without code and name; such a row is not read."""
    filled = next((cell for cell in row.cells.values() if own(cell)), None)
    if filled is not None:
        reader.report(Code.MISSING_NAME, filled, about=filled.text)


class _CriteriaMaking:
    """Makes criteria of placed rows."""

    def __init__(self, placed: Sequence[PlacedRow], reader: CellReader) -> None:
        self._placed = placed
        self._reader = reader
        self._parents = {row.place.parent for row in placed if not row.is_text}
        self._ids = identities([(row.code, row.name, row.place.parent) for row in placed])
        self._ways: dict[str, Aggregation | None] = {}

    def criteria(self) -> tuple[Criterion, ...]:
        return tuple(map(self._criterion, range(len(self._placed))))

    def _criterion(self, at: int) -> Criterion:
        reader, row = self._reader, self._placed[at]
        cells, place = row.cells, row.place
        if row.code and not row.name:
            reader.report(Code.MISSING_NAME, cells["name"], about=row.code)
        rule, own_rule = (clean(reader.text(cells[key])) for key in ("rule", "own_rule"))
        method, note = (clean_line(reader.text(cells[key])) for key in ("method", "note"))
        deadline, words = self._deadline(cells["deadline"])
        parent = "" if place.parent is None else self._ids[place.parent]
        maximum = read_maximum(reader, cells, row.label, is_heading=at in self._parents)
        criterion = Criterion(
            id=self._ids[at],
            code=row.code,
            name=row.name,
            level=place.level,
            parent=parent,
            row=cells.number,
            max_score=maximum.score,
            points=maximum.points,
            unit_text=reader.text(cells["units"]),
            unit_cell=cells["units"].head,
            note=note,
            method=method_of(method, rule or own_rule, note, row.name),
            rule=rule,
            own_rule=own_rule,
            aggregation=self._aggregation(cells["aggregation"]) or self._ways.get(parent),
            is_text=row.is_text,
            evidence=reader.text(cells["evidence"]),
            deadline=deadline,
            deadline_words=words,
        )
        self._ways[criterion.id] = criterion.aggregation
        return criterion

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

    def _deadline(self, cell: SheetCell) -> tuple[dt.date | None, str]:
        """Return the day that a cell tells, or the words in it that tell none."""
        text = clean_line(self._reader.text(cell))
        date = cell_date(cell) if text else None
        if not text or (date is not None and date.complete is not None):
            return (date.complete if date else None), ""
        is_told_in_words = _WORD.search(text) is not None
        code = Code.DEADLINE_IN_WORDS if is_told_in_words else Code.BAD_DATE
        self._reader.report(code, cell, found=text, about="cột Hạn")
        return None, text if is_told_in_words else ""


_WORD = re.compile(r"[^\W\d_]{2,}")
_WITH_OTHER_POINTS = {Points.BONUS: "dòng điểm thưởng", Points.PENALTY: "dòng điểm trừ"}


def check_aggregation(
    rows: tuple[CriterionRow, ...], assignments: Assignments, reader: CellReader
) -> None:
    """Report at its cell where a way is missing, or is one that the row's rule does not allow.

    The mean is meant for scores and shares. Of what is counted it is not taken unsaid: one
    incident in one of five units would cost a fifth of its points. Where each unit scores the whole
    table for itself it is: what counts then is what each of them comes to.
    """
    parents = headings_of(row.criterion for row in rows)
    unclear = {f.cell for f in reader.findings if f.code is Code.OWN_RULE_NOT_UNDERSTOOD}
    leaves = [
        r.criterion for r in rows if not r.criterion.is_text and r.criterion.id not in parents
    ]
    is_by_each = is_scored_by_each(leaves, assignments)
    of_each: list[str] = []
    for row in rows:
        criterion = row.criterion
        is_scored = criterion.applies and not criterion.is_text and criterion.id not in parents
        if not is_scored or row.cells["own_rule"].head in unclear:
            continue
        leads = len(assignments.units_of(criterion.id, Role.LEAD))
        is_shared = leads > 1 and criterion.is_self_scored
        said = row.cells["aggregation"]
        place = said.head or _score_cell(row) or row.cells["code"].address or f"A{criterion.row}"
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
            if is_by_each:
                of_each.append(place)
                continue
            reader.report(
                Code.AGGREGATION_UNSAID
                if criterion.must_say_aggregation
                else Code.AGGREGATION_TAKEN_AS_MEAN,
                place,
                about=criterion.label,
                found=str(leads),
                expected=_WITH_OTHER_POINTS.get(criterion.points, "dòng đếm số lượng"),
                candidates=tuple(_ways(criterion)),
            )
    if of_each:
        scored = next(leaf for leaf in leaves if leaf.is_self_scored)
        units = len(assignments.units_of(scored.id, Role.LEAD))
        code, count = Code.AGGREGATION_OF_WHOLE_TABLES, str(len(of_each))
        reader.report(code, of_each[0], found=str(units), about=count)


def _score_cell(row: CriterionRow) -> str:
    """Return where the points of a row stand, "" where they stand nowhere."""
    cells = (row.cells[key] for key in MAXIMUM_COLUMNS)
    return next((cell.head for cell in cells if cell.text), "")


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
        Steps: "chấm theo một tỷ lệ cho sẵn",
        WeightedShares: "chấm theo nhiều tỷ lệ",
        SeveralDeductions: "chấm theo nhiều số lượng",
    }
    return ways.get(type(criterion.scoring), "do đơn vị tự chấm")
