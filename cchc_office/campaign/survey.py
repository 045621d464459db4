"""The sheet "Kết quả ĐTXHH": results of surveys, as scores or as counts of answers."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from cchc_office.campaign.assignment import Directory
from cchc_office.campaign.layout import SURVEY_COLUMNS
from cchc_office.campaign.tables import (
    CellReader,
    FoundTable,
    TableRow,
    cell_number,
    report_unread,
)
from cchc_office.catalogue.findings import Code, FindingCode
from cchc_office.model import (
    Assignments,
    Criterion,
    Method,
    SurveyResult,
    Unit,
    headings_of,
    units_named,
)
from cchc_office.sheets.columns import Column
from cchc_office.sheets.headings import is_remark
from cchc_office.sheets.sheet_reader import SheetCell, SheetTable
from cchc_office.text import figures
from cchc_office.text.likeness import likeness
from cchc_office.text.vietnamese import clean_line, fold, parse_decimal

_USUAL_WEIGHTS = {1: Decimal(1), 2: Decimal("0.6"), 3: Decimal("0.2"), 4: Decimal(0)}
_WEIGHT = re.compile(r"(\d+(?:[.,]\d+)?)\s*%\s*\)?$")
_STEPS = re.compile(r"\s*[/›>]\s*")
_ANSWERS = "answers"
_LEVEL = re.compile(r"muc (\d)")
_ALIKE = 0.8
_HALF_A_HUNDREDTH = Decimal("0.005")


def survey_columns(sheet: SheetTable) -> tuple[Column, ...]:
    """Return the columns by which the table is found: counts of answers tell of it too."""
    texts = dict.fromkeys(clean_line(c.text) for row in sheet.rows for c in row if c.text)
    answers = (t for t in texts if _weight_of(t) is not None or _LEVEL.fullmatch(fold(t)))
    return (*SURVEY_COLUMNS, *(Column(f"{_ANSWERS} {text}", text) for text in answers))


@dataclass(frozen=True, slots=True)
class _AnswerColumn:
    place: int
    heading: str
    weight: Decimal


def _answer_columns(
    reader: CellReader,
) -> tuple[tuple[_AnswerColumn, ...], tuple[int, ...]]:
    """Return the columns with counts, and the places of those and of others that are told of.

    Told are those that hold numbers under a heading without weight.
    """
    table = reader.table
    taken = {place for key, place in table.headings.places.items() if not key.startswith(_ANSWERS)}
    headings = {
        place: cell
        for place, cell in enumerate(table.sheet.rows[table.headings.row])
        if place not in taken and cell.text and cell.address == cell.head
    }
    usual = _usual_columns(headings)
    columns, told = [], []
    for place, cell in headings.items():
        weight = usual.get(place, _weight_of(cell.text))
        if weight is not None:
            columns.append(_AnswerColumn(place, clean_line(cell.text), weight))
        elif _holds_numbers(table, place) and not is_remark(cell.text):
            found = clean_line(cell.text)
            reader.report(Code.SURVEY_COLUMN_UNKNOWN, cell, found=found)
            told.append(place)
    return tuple(columns), (*(column.place for column in columns), *told)


def _usual_columns(headings: dict[int, SheetCell]) -> dict[int, Decimal]:
    """Return the weights of "Mức 1" to "Mức 4", where these four are there without any."""
    levels = {
        int(match[1]): place
        for place, cell in headings.items()
        if (match := _LEVEL.fullmatch(fold(cell.text)))
    }
    if levels.keys() != _USUAL_WEIGHTS.keys():
        return {}
    return {place: _USUAL_WEIGHTS[level] for level, place in levels.items()}


def _weight_of(heading: str) -> Decimal | None:
    match = _WEIGHT.search(clean_line(heading))
    weight = parse_decimal(match[1]) if match else None
    return weight / 100 if weight is not None and weight <= 100 else None


def _holds_numbers(table: FoundTable, place: int) -> bool:
    below = table.sheet.rows[table.headings.row + 1 :]
    return any(cell_number(row[place]) is not None for row in below)


class SurveyReader:
    """Reads the sheets one after the other, row after row; no result may stand twice.

    What is wrong goes to a sheet's reader, and gives no result. A row without score and counts has
    no result yet. A score from counts is the maximum times the mean weight of the answers, never
    rounded.
    """

    _reader: CellReader
    _columns: tuple[_AnswerColumn, ...]

    def __init__(
        self,
        criteria: tuple[Criterion, ...],
        units: tuple[Unit, ...],
        assignments: Assignments,
        directory: Directory,
    ) -> None:
        """Take over what the other sheets say."""
        self._criteria = criteria
        self._parents = headings_of(criteria)
        self._paths = _paths(criteria)
        self._units = units
        self._assignments = assignments
        self._directory = directory
        self._places: dict[tuple[str, str], str] = {}

    def read(self, readers: Iterable[CellReader]) -> tuple[SurveyResult, ...]:
        """Read the results that are there."""
        return tuple(result for reader in readers for result in self._read_sheet(reader))

    def _read_sheet(self, reader: CellReader) -> Iterator[SurveyResult]:
        table = reader.table
        self._reader = reader
        self._columns, others = _answer_columns(reader)
        report_unread(reader, SURVEY_COLUMNS, told=others)
        if "score" not in table.headings.places and not self._columns:
            reader.report(
                Code.MISSING_COLUMN,
                table.first_cell,
                found=table.headings.present,
                expected="Điểm, hoặc các cột số phiếu như Hài lòng (60%)",
            )
            return
        for row in table.rows():
            if result := self._read_row(row, table.sheet.rows[row.number - 1]):
                yield result

    def _read_row(self, row: TableRow, cells: tuple[SheetCell, ...]) -> SurveyResult | None:
        """Return the row's result, or None where it has none or none that can be used."""
        counted = [cells[column.place] for column in self._columns]
        given = next((cell for cell in (row["score"], *counted) if _is_filled(cell)), None)
        leaf = self._leaf(row) if given else None
        if given is None or leaf is None:
            return None
        is_known, unit = self._unit(row, leaf)
        score, detail = self._score(row, leaf, counted)
        if not is_known or self._is_again(leaf, unit, given) or score is None:
            return None
        return SurveyResult(leaf.id, score, given.head, unit, detail, self._reader.sheet)

    def _report(
        self, code: FindingCode, cell: SheetCell, leaf: Criterion, found: str = "", wanted: str = ""
    ) -> None:
        self._reader.report(code, cell, about=leaf.label, found=found, expected=wanted)

    def _is_again(self, leaf: Criterion, unit: str, cell: SheetCell) -> bool:
        here = f"trang “{self._reader.sheet}”, ô {cell.head}"
        place = self._places.setdefault((leaf.id, unit), here)
        if place == here:
            return False
        about = leaf.label + (f" (đơn vị {unit})" if unit else "")
        self._reader.report(Code.SURVEY_ROW_TWICE, cell, about=about, expected=place)
        return True

    def _leaf(self, row: TableRow) -> Criterion | None:
        """Return the survey leaf that the row names by code and name."""
        code = _STEPS.sub("/", clean_line(self._reader.text(row["code"])).rstrip("."))
        name = clean_line(self._reader.text(row["name"]))
        cell = row["code"] if row["code"].text else row["name"]
        address = cell.head or f"A{row.number}"
        meant = self._meant(code, name, is_number=isinstance(row["code"].value, float))
        if len(meant) != 1:
            near = tuple(c.label for c in meant) or self._near(code, name)
            found = f"{code} {name}".strip()
            self._reader.report(Code.SURVEY_ROW_UNKNOWN, address, found=found, candidates=near)
            return None
        leaf = meant[0]
        is_survey = leaf.id not in self._parents and leaf.method is not Method.SELF
        if not is_survey or not leaf.applies:
            self._reader.report(Code.SURVEY_ROW_NOT_SURVEY, address, about=leaf.label)
            return None
        return leaf

    def _meant(self, code: str, name: str, *, is_number: bool) -> list[Criterion]:
        """Return the rows that code and name can mean: one, where they agree."""
        folded = fold(name)
        # Excel makes the number 1.1 of the code 1.10.
        codes = (code, f"{code}0") if is_number and "." in code else (code,)
        by_code = [c for c in self._criteria if code and _codes_of(c, self._paths) & set(codes)]
        by_name = [c for c in self._criteria if name and fold(c.name) == folded]
        if not code:
            return by_name
        both = [c for c in by_code if c in by_name]
        if both or not name:
            return both or by_code
        others = [c for c in by_name if c.id not in self._parents]
        return [*by_code, *others] if others or not by_code else self._alike(by_code, folded)

    def _alike(self, criteria: list[Criterion], folded: str) -> list[Criterion]:
        """Return those whose name differs no more than by a slip."""
        return [c for c in criteria if likeness(fold(c.name), folded) >= _ALIKE]

    def _near(self, code: str, name: str) -> tuple[str, ...]:
        surveys = [c for c in self._criteria if c.method is not Method.SELF]
        by_code = [c.label for c in self._criteria if code and c.code.rstrip(".") == code]
        labels = {c.name: c.label for c in surveys}
        by_name = difflib.get_close_matches(name, list(labels), n=2, cutoff=0.5)
        return tuple(dict.fromkeys((*by_code, *(labels[near] for near in by_name))))

    def _unit(self, row: TableRow, leaf: Criterion) -> tuple[bool, str]:
        """Tell whether the unit cell is understood, and return the code of the unit in it."""
        text = clean_line(self._reader.text(row["unit"]))
        if not text:
            return True, ""
        named = units_named(self._units, text)
        if len(named) != 1:
            near = tuple(u.name for u in named) or self._directory.nearest(text)
            self._reader.report(Code.SURVEY_UNIT_UNKNOWN, row["unit"], found=text, candidates=near)
            return False, text
        unit = named[0]
        if leaf.id not in self._assignments.roles_of(unit.code):
            self._report(Code.SURVEY_UNIT_WITHOUT_PART, row["unit"], leaf, unit.name)
        return True, unit.code

    def _score(
        self, row: TableRow, leaf: Criterion, counted: list[SheetCell]
    ) -> tuple[Decimal | None, str]:
        """Return the row's score, and how it came about where it comes from counts."""
        told = self._told_score(row["score"], leaf)
        if not any(_is_filled(cell) for cell in counted):
            return told, ""
        counts = self._counts(row, leaf, counted)
        if counts is None or (told is None and _is_filled(row["score"])):
            return None, ""
        votes = sum(counts, Decimal(0))
        weighted = zip(counts, self._columns, strict=True)
        share = sum((n * column.weight for n, column in weighted), Decimal(0)) / votes
        score = (leaf.max_score or Decimal(0)) * share
        if told is not None and abs(told - score) > _HALF_A_HUNDREDTH:
            apart = figures.apart(told, score)
            self._report(Code.SURVEY_SCORE_DIFFERS, row["score"], leaf, *apart)
            return None, ""
        shown = ", ".join(map(figures.count, counts))
        return score, f"{figures.count(votes)} phiếu: {shown}"

    def _told_score(self, cell: SheetCell, leaf: Criterion) -> Decimal | None:
        text = self._reader.text(cell)
        if not text:
            return None
        score = None if cell.is_percent else cell_number(cell)
        code = None
        if score is None:
            code = Code.SURVEY_SCORE_UNREADABLE
        elif score < 0:
            code = Code.SURVEY_SCORE_NEGATIVE
        elif leaf.max_score is not None and score > leaf.max_score:
            code = Code.SURVEY_SCORE_ABOVE_MAX
        if code is None:
            return score
        expected = figures.given(leaf.max_score) if leaf.max_score is not None else ""
        found = clean_line(text) if score is None else figures.given(score)
        self._report(code, cell, leaf, found, expected)
        return None

    def _counts(
        self, row: TableRow, leaf: Criterion, counted: list[SheetCell]
    ) -> list[Decimal] | None:
        """Return how many answers each column counts; None where one is unclear.

        A blank is 0 only where a total or a score bears it out: it is as likely that it is still
        to be filled in, and the score depends on it.
        """
        counts = [self._count(cell, leaf) for cell in counted]
        told = self._count(row["total"], leaf)
        known = [count for count in counts if count is not None]
        if len(known) < len(counts) or told is None:
            return None
        votes = sum(known, Decimal(0))
        if not votes:
            first = next(cell for cell in counted if cell.text)
            self._report(Code.SURVEY_NO_ANSWERS, first, leaf)
            return None
        blank = [n for n, cell in enumerate(counted) if not cell.text]
        is_borne_out = row["total"].text or _is_filled(row["score"])
        if blank and not is_borne_out:
            headings = "; ".join(self._columns[n].heading for n in blank)
            self._report(Code.SURVEY_COUNT_BLANK, counted[blank[0]], leaf, headings)
            return None
        if row["total"].text and told != votes:
            apart = figures.count(told), figures.count(votes)
            self._report(Code.SURVEY_TOTAL_DIFFERS, row["total"], leaf, *apart)
            return None
        return known

    def _count(self, cell: SheetCell, leaf: Criterion) -> Decimal | None:
        text = self._reader.text(cell)
        if cell.error or cell.formula:
            return None
        if not text:
            return Decimal(0)
        count = None if cell.is_percent else cell_number(cell)
        if count is None or count < 0 or count != count.to_integral_value():
            self._report(Code.SURVEY_COUNT_UNREADABLE, cell, leaf, clean_line(text))
            return None
        return count


def _paths(criteria: tuple[Criterion, ...]) -> dict[str, str]:
    """Return by their ids the codes down to each row: "II/1.1", as a sheet may name it."""
    paths: dict[str, str] = {}
    for c in criteria:
        own = c.code.rstrip(".")
        paths[c.id] = f"{paths[c.parent]}/{own}" if c.parent in paths else own
    return paths


def _codes_of(criterion: Criterion, paths: dict[str, str]) -> set[str]:
    """Return the codes by which a row of results may name a row, its full stop left out."""
    return {criterion.code.rstrip("."), paths[criterion.id]} - {""}


def _is_filled(cell: SheetCell) -> bool:
    return bool(cell.text or cell.error or cell.formula)
