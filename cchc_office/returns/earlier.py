"""Against an earlier report: last year's, or an earlier period's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from cchc_office.campaign.layout import CODE, MAX_SCORE, NAME, SURVEY_SHEETS
from cchc_office.campaign.other_rows import is_total
from cchc_office.catalogue.findings import Code, Finding, FindingCode
from cchc_office.files.unreadable_file import as_unreadable
from cchc_office.model import EarlierReport, EarlierRow, EarlierShare, EarlierUnit, ReturnKind
from cchc_office.papers.appraisal.layout import APPRAISAL_SHEET, SUPPLEMENT_SHEET
from cchc_office.papers.form.layout import SCORE_SHEET
from cchc_office.papers.report.names import (
    BY_FIELD,
    BY_UNIT,
    CAMPAIGN_PROPERTY,
    DONE_HEADING,
    EXPECTED_HEADING,
    PENDING_SURVEYS_LABEL,
    PROGRESS_SHEET,
    SCORES_SHEET,
    UNIT_CODE_HEADING,
    UNIT_MAXIMUM_HEADING,
    UNIT_NAME_HEADING,
    UNIT_SCORES_SHEET,
    UNIT_TOTAL_HEADING,
    WITHOUT_SURVEYS_LABEL,
)
from cchc_office.returns.identity import read_marks
from cchc_office.returns.return_sheet import told_together
from cchc_office.returns.sources import SourceFile, sources_in
from cchc_office.returns.typed_cells import read_score, shown_text
from cchc_office.sheets.addresses import cell_name, column_letters
from cchc_office.sheets.columns import Column
from cchc_office.sheets.headings import find_headings
from cchc_office.sheets.reading import (
    Doubt,
    DoubtfulCell,
    Sheet,
    Spreadsheet,
    open_spreadsheet,
)
from cchc_office.text import figures
from cchc_office.text.vietnamese import clean_line, fold

_COLUMNS = (
    replace(CODE, required=False, help="STT"),
    replace(NAME, help="tên"),
    replace(MAX_SCORE, help="điểm tối đa"),
    Column(
        "applicable_max",
        "Tối đa áp dụng",
        aliases=("Điểm tối đa áp dụng", "Tối đa tự chấm (đã trừ không áp dụng)"),
        help="tối đa áp dụng",
    ),
    Column(
        "score",
        "Điểm đạt",
        aliases=(
            "Điểm đạt được",
            "Điểm cuối cùng",
            "Điểm thẩm định lần 2",
            "Điểm thẩm định lần 1",
            "Điểm thẩm định",
            "Điểm tự chấm",
            "Điểm",
        ),
        help="điểm đạt",
    ),
)
"""The first of a column's headings that a table has is the one that counts."""

_UNIT_COLUMNS = (
    Column("code", UNIT_CODE_HEADING, required=True),
    Column("name", UNIT_NAME_HEADING, required=True),
    Column("score", UNIT_TOTAL_HEADING, required=True),
    Column("maximum", UNIT_MAXIMUM_HEADING, required=True),
)
_NEEDED = ("name", "max_score", "score")
_PAPERS = {
    ReturnKind.FORM: "phiếu tự chấm điểm của một đơn vị",
    ReturnKind.APPRAISAL: "bảng thẩm định",
    ReturnKind.SUPPLEMENT: "phiếu giải trình của một đơn vị",
}
_SHEETS_OF = {
    ReturnKind.FORM: SCORE_SHEET,
    ReturnKind.APPRAISAL: APPRAISAL_SHEET,
    ReturnKind.SUPPLEMENT: SUPPLEMENT_SHEET,
}
_SUMS_OF_OURS = frozenset(map(fold, (WITHOUT_SURVEYS_LABEL, PENDING_SURVEYS_LABEL)))
_NO_REPORTS = frozenset(map(fold, SURVEY_SHEETS))
_NOTHING_SAID = frozenset(("chua co", "khong ap dung", "kad", "-", "x"))
_MOST_ROWS_ABOVE = 30
_ROUNDING = Decimal("0.000001")


def read_earlier(path: Path) -> EarlierReport:
    """Read an earlier tong-hop.xlsx by its headings; never raises for what is in it.

    Any other table will do that has codes, names, maxima and scores.
    """
    findings: list[Finding] = []
    files: list[SourceFile] = []
    for found in sources_in(path, path.name):
        if isinstance(found, Finding):
            findings.append(_unreadable(found))
        else:
            files.append(found)
    if not files:
        return EarlierReport(path.name, "", (), tuple(findings))
    if len(files) > 1:
        findings.append(Finding(Code.EARLIER_SEVERAL_FILES, path.name, found=files[0].name))
    report = _read_file(files[0])
    return replace(report, findings=(*findings, *report.findings))


def _read_file(file: SourceFile) -> EarlierReport:
    try:
        return _read_book(file, open_spreadsheet(file.content, file.kind))
    except Exception as error:  # damaged files bring up errors of every kind
        finding = as_unreadable(error).finding(file.name)
        return EarlierReport(file.name, "", (), (_unreadable(finding),))


def _unreadable(finding: Finding) -> Finding:
    """Return what is told instead: the advice of the other is about units' returns."""
    return Finding(Code.EARLIER_UNREADABLE, finding.file, found=finding.sentence.rstrip("."))


def _read_book(file: SourceFile, book: Spreadsheet) -> EarlierReport:
    kind = _other_paper(book)
    if kind:
        finding = Finding(Code.EARLIER_IS_ANOTHER_PAPER, file.name, found=kind)
        return EarlierReport(file.name, book.properties.title, (), (finding,))
    tables = _tables_in(book)
    if not tables:
        expected = "STT, tên, Điểm tối đa, Điểm đạt"
        finding = Finding(Code.EARLIER_WITHOUT_TABLE, file.name, expected=expected)
        return EarlierReport(file.name, book.properties.title, (), (finding,))
    best = max(tables, key=lambda table: len(table.lines))
    reader = _TableReader(best, file.name, _doubtful_cells(best.sheet))
    reader.findings += _struck_cells(best, file.name)
    if best.sheet.beyond:
        code, sheet = Code.CELLS_BEYOND_CAPS, best.sheet
        reader.findings.append(Finding(code, file.name, sheet.name, sheet.beyond))
    rows = tuple(reader.rows())
    total = reader.row(best.total_line) if best.total_line is not None else None
    title = best.title or book.properties.title
    campaign = book.properties.custom.get(CAMPAIGN_PROPERTY, "")
    if not campaign:
        reader.findings.insert(0, _taken_as(file, best))
    findings = tuple(reader.findings)
    shares, scores = _earlier_shares(book), tuple(_unit_scores(book))
    return EarlierReport(file.name, title, rows, findings, total, campaign, *shares, scores)


def _other_paper(book: Spreadsheet) -> str:
    """Return what paper of ours a workbook is that is no report; "" where it is none.

    By what it says of itself; where that is gone, by the sheet that no other paper has.
    """
    kind = read_marks(book).kind
    names = {fold(name) for name in book.sheet_names}
    if kind is None and fold(SCORES_SHEET) not in names:
        kind = next((kind for kind, name in _SHEETS_OF.items() if fold(name) in names), None)
    return _PAPERS[kind] if kind else ""


def _taken_as(file: SourceFile, table: _EarlierTable) -> Finding:
    """Return what a table of somebody else's was taken for: which columns, under which headings."""
    names = {column.key: column.help for column in _COLUMNS}
    columns = (
        f"{column_letters(place)} “{shown_text(table.sheet.value(table.heading_row, place))}” "
        f"là {names[key]}"
        for key, place in sorted(table.places.items(), key=lambda item: item[1])
    )
    cell = cell_name(table.heading_row, 0)
    found = "; ".join(columns)
    return Finding(Code.EARLIER_TAKEN_AS, file.name, table.sheet.name, cell, found=found)


def _tables_in(book: Spreadsheet) -> list[_EarlierTable]:
    """Return the score table of a report of ours alone, or of another workbook every table.

    The other sheets of ours can be as long as a campaign is large: they are not read. A campaign
    workbook has scores too, but only of surveys, and no others beside them.
    """
    ours = [name for name in book.sheet_names if fold(name) == fold(SCORES_SHEET)]
    others = [name for name in book.sheet_names if fold(name) not in _NO_REPORTS]
    for names in (ours, others):
        tables = [table for name in names if (table := _find_table(book.sheet(name)))]
        if tables:
            return tables
    return []


def _doubtful_cells(sheet: Sheet) -> Mapping[tuple[int, int], DoubtfulCell]:
    """Return the cells that read as blank but are not.

    A sheet is calculated whole: where any formula has a value, those without one gave "".
    """
    doubtful = sheet.doubtful_cells
    formulas = sheet.calculated_cells
    if all(sheet.value(row, column) == "" for row, column in formulas):
        return doubtful
    return {place: cell for place, cell in doubtful.items() if cell.doubt is Doubt.ERROR}


def _struck_cells(table: _EarlierTable, file: str) -> Iterator[Finding]:
    """Yield, row by row, what of the columns that are read is crossed out and so left out."""
    struck = table.sheet.struck_cells
    read = sorted(
        (row, column)
        for row, column in struck
        if row > table.heading_row and column in table.places.values()
    )
    for row, places in groupby(read, key=itemgetter(0)):
        columns = [column for _, column in places]
        code, found, left = told_together(struck[row, column] for column in columns)
        cell, about = cell_name(row, columns[0]), f"Dòng {row + 1} của báo cáo trước"
        yield Finding(code, file, table.sheet.name, cell, about, found, left)


@dataclass(frozen=True)
class _EarlierTable:
    """A table that was found: its headings' row and columns, and its rows with something in."""

    sheet: Sheet
    heading_row: int
    places: Mapping[str, int]
    lines: tuple[int, ...]

    @property
    def total_line(self) -> int | None:
        """The row of the sum over all; None where there is none, or one for each part."""
        below = range(self.heading_row + 1, len(self.sheet.rows))
        totals = [
            at for at in below if is_total(_text(self, at, "name")) and not _text(self, at, "code")
        ]
        return totals[0] if len(totals) == 1 else None

    @property
    def title(self) -> str:
        """The first text above the headings."""
        above = (value for row in self.sheet.rows[: self.heading_row] for value in row)
        return next((clean_line(v) for v in above if isinstance(v, str) and v.strip()), "")


def _find_table(sheet: Sheet) -> _EarlierTable | None:
    headings = find_headings(_texts(sheet, _MOST_ROWS_ABOVE), _COLUMNS, needed=_NEEDED)
    if headings is None:
        return None
    table = _EarlierTable(sheet, headings.row, headings.places, ())
    lines = range(headings.row + 1, len(sheet.rows))
    return replace(table, lines=tuple(at for at in lines if _is_row(table, at)))


def _texts(sheet: Sheet, most: int) -> Iterator[list[str]]:
    for row in sheet.rows[:most]:
        yield [shown_text(value) if isinstance(value, str) else "" for value in row]


def _is_row(table: _EarlierTable, at: int) -> bool:
    """Tell whether there is a row of the criteria: not a repeated heading, number or sum."""
    code, name = (_text(table, at, key) for key in ("code", "name"))
    is_sum = not code and (is_total(name) or fold(name) in _SUMS_OF_OURS)
    if not name or is_sum:
        return False
    heading = fold(_text(table, table.heading_row, "name"))
    return fold(name) != heading and not (code and name.isdecimal())


def _text(table: _EarlierTable, at: int, key: str) -> str:
    place = table.places.get(key)
    return shown_text(table.sheet.value(at, place)) if place is not None else ""


class _TableReader:
    """Reads the rows of one table."""

    def __init__(
        self, table: _EarlierTable, file: str, doubtful: Mapping[tuple[int, int], DoubtfulCell]
    ) -> None:
        self._table = table
        self._file = file
        self._doubtful = doubtful
        self.findings: list[Finding] = []

    def rows(self) -> Iterator[EarlierRow]:
        """Yield the rows of the table; a score above its row's maximum is None, and reported."""
        read = [(at, self.row(at)) for at in self._table.lines]
        above = {row.code.rpartition(".")[0] for _, row in read if row.code}
        for at, row in read:
            # A heading may hold bonus that is no part of its maximum.
            if row.code not in above and _is_above(row):
                self._report_above(at, row)
                row = replace(row, score=None)
            yield row

    def _report_above(self, at: int, row: EarlierRow) -> None:
        found, expected = (
            "" if number is None else figures.given(number) for number in (row.score, row.max_score)
        )
        label = f"{row.code} {row.name}".strip()
        self._report(Code.EARLIER_SCORE_ABOVE_MAX, at, "score", label, found, expected)

    def _report(
        self, code: FindingCode, at: int, key: str, about: str, found: str, expected: str
    ) -> None:
        cell, sheet = cell_name(at, self._table.places[key]), self._table.sheet.name
        self.findings.append(Finding(code, self._file, sheet, cell, about, found, expected))

    def row(self, at: int) -> EarlierRow:
        """Return the row; a number that cannot be read is None, and reported."""
        code, name = _text(self._table, at, "code"), _text(self._table, at, "name")
        label = f"{code} {name}".strip()
        return EarlierRow(
            code.replace(",", ".").rstrip("."),
            name,
            self._number(at, "max_score", label),
            self._number(at, "applicable_max", label),
            self._number(at, "score", label),
        )

    def _number(self, at: int, key: str, label: str) -> Decimal | None:
        table = self._table
        place = table.places.get(key)
        if place is None:
            return None
        doubt = self._doubtful.get((at, place))
        typed = read_score(table.sheet.value(at, place))
        found = doubt.text if doubt else typed.text
        if typed.score is None and found and fold(found) not in _NOTHING_SAID:
            heading = shown_text(table.sheet.value(table.heading_row, place))
            self._report(Code.EARLIER_NUMBER_UNREADABLE, at, key, label, found, heading)
        return typed.score


def _is_above(row: EarlierRow) -> bool:
    if row.score is None or row.max_score is None:
        return False
    return abs(row.score) > row.max_score + _ROUNDING


# --- units: what they achieved, how far they were ---


def _unit_scores(book: Spreadsheet) -> Iterator[EarlierUnit]:
    """Yield what units achieved, where the workbook has our sheet of that."""
    name = next((n for n in book.sheet_names if fold(n) == fold(UNIT_SCORES_SHEET)), None)
    sheet = book.sheet(name) if name else None
    headings = sheet and find_headings(_texts(sheet, _MOST_ROWS_ABOVE), _UNIT_COLUMNS)
    if sheet is None or not headings or headings.missing:
        return
    for at in range(headings.row + 1, len(sheet.rows)):
        values = {key: sheet.value(at, place) for key, place in headings.places.items()}
        code, unit = shown_text(values["code"]), shown_text(values["name"])
        # Means and extremes stand below the units, without a code.
        if code and unit:
            scores = (read_score(values[key]).score for key in ("score", "maximum"))
            yield EarlierUnit(code, unit, *scores)


def _earlier_shares(book: Spreadsheet) -> tuple[tuple[EarlierShare, ...], tuple[EarlierShare, ...]]:
    """Return how far fields (all together first) and units were; nothing where it is not told."""
    name = next((n for n in book.sheet_names if fold(n) == fold(PROGRESS_SHEET)), None)
    sheet = book.sheet(name) if name else None
    columns = (Column("done", DONE_HEADING), Column("total", EXPECTED_HEADING))
    headings = find_headings(_texts(sheet, _MOST_ROWS_ABOVE), columns) if sheet else None
    if sheet is None or headings is None:
        return (), ()
    parts: dict[str, list[EarlierShare]] = {fold(BY_FIELD): [], fold(BY_UNIT): []}
    part = parts[fold(BY_FIELD)]
    for row in range(headings.row + 1, len(sheet.rows)):
        part = parts.get(fold(shown_text(sheet.value(row, 1))), part)
        done, total = (_count(sheet, row, headings.places[key]) for key in ("done", "total"))
        if done is not None and total is not None:
            part.append(EarlierShare(shown_text(sheet.value(row, 0)), done, total))
    fields, units = (tuple(parts[fold(name)]) for name in (BY_FIELD, BY_UNIT))
    return fields, units


def _count(sheet: Sheet, row: int, column: int) -> int | None:
    value = sheet.value(row, column)
    if isinstance(value, bool) or not isinstance(value, int | float) or value != int(value):
        return None
    return int(value)
