"""Starting a campaign from last year's workbook: all of it but what is of one year only.

Year, dates, number and deadlines are asked anew, as are results of surveys; what else speaks of the
old year is told, and what has no place in a new workbook.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from cchc_office.campaign import layout
from cchc_office.campaign.criteria import read_criteria
from cchc_office.campaign.enclosing import parse_enclosing
from cchc_office.campaign.setting_rows import SETTINGS
from cchc_office.campaign.settings import cells_by_key, read_units
from cchc_office.campaign.survey import survey_columns
from cchc_office.campaign.tables import (
    CellReader,
    FoundTable,
    TableRow,
    cell_date,
    cell_number,
    find_table,
    is_content,
)
from cchc_office.campaign.workbook import Draft, DraftRow
from cchc_office.catalogue.findings import Code, Finding
from cchc_office.errors import CampaignError
from cchc_office.files.file_kind import SPREADSHEETS, FileKind
from cchc_office.model import Unit
from cchc_office.sheets.addresses import column_letters, row_number
from cchc_office.sheets.columns import Column
from cchc_office.sheets.sheet_reader import (
    SheetCell,
    SheetTable,
    kind_of_file,
    open_spreadsheet_file,
    read_workbook,
)
from cchc_office.text.vietnamese import clean_line, fold

_ASKED = (
    *("year", "period", "document_date", "deadline"),
    *("supplement_deadline", "explanation_deadline"),
)
"""The settings that are of one year only; of "symbol" the number is."""

_NUMBER = re.compile(r"^(?:Số\s*:)?\s*(\d+)\s*(?=/)", re.IGNORECASE)
_SPOKEN_YEAR = re.compile(r"\bnăm\s+((?:19|20)\d\d)(?!\d)", re.IGNORECASE)
_NO_HEADING = "Ghi chú (không có tiêu đề)"
_ANY_YEAR = re.compile(r"(?:19|20)\d\d")
_ANSWERED = frozenset(("code", "name", "max_score", "unit", "note"))
_LABELS = {setting.key: setting.label for setting in SETTINGS}
_HEADINGS = {column.key: column.heading for column in layout.CRITERIA_COLUMNS}
_OWN_FIELDS = frozenset(("code", "name", "units", "note", "max_score"))


@dataclass(frozen=True)
class LastYear:
    """What last year's workbook gives a new one: a draft, and what there is to know of it."""

    draft: Draft
    findings: tuple[Finding, ...]
    year: str = ""
    """The year that it was of, as it was written there."""


def is_campaign_workbook(path: Path) -> bool:
    """Tell whether a file is a campaign workbook: it has our sheets of settings and of criteria."""
    kind = kind_of_file(path)
    if kind not in SPREADSHEETS and kind is not FileKind.PASSWORD:
        return False
    try:
        names = {fold(name) for name in open_spreadsheet_file(path).sheet_names}
    except Exception:  # damaged files bring up errors of every kind; whoever reads it tells them
        return False
    return {fold(layout.SETTINGS_SHEET), fold(layout.CRITERIA_SHEET)} <= names


def draft_from_last_year(path: Path) -> LastYear:
    """Return what the campaign workbook at `path` gives that of a new year.

    Raises CampaignError where it cannot be read, or has no criteria.
    """
    return _LastYearReader(path).read()


@dataclass
class _LastYearReader:
    """Reads one workbook, keeping what is left blank and what is left behind."""

    path: Path
    year: str = ""
    blank: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    columns: tuple[Column, ...] = ()
    own_columns: dict[int, Column] = field(default_factory=dict)

    def read(self) -> LastYear:
        sheets = {fold(sheet.name): sheet for sheet in read_workbook(self.path)}
        settings = self._settings(sheets.get(fold(layout.SETTINGS_SHEET)))
        units = self._units(sheets.get(fold(layout.UNITS_SHEET)))
        rows = self._rows(sheets.get(fold(layout.CRITERIA_SHEET)))
        if not rows:
            raise CampaignError(f"{self.path.name} không có bộ chỉ số nào để chép.")
        self._tell_surveys(sheets)
        self._tell_sheets(sheets)
        carried = f"{len(rows)} dòng, {len(units)} đơn vị, {len(settings)} mục ở trang Thông tin"
        told = [Finding(Code.LAST_YEAR_CARRIED, self.path.name, found=carried)]
        if self.blank:
            asked = "; ".join(self.blank)
            told.append(Finding(Code.LAST_YEAR_LEFT_BLANK, self.path.name, found=asked))
        merged = tuple((unit.name or unit.code, unit.code) for unit in units)
        columns = (*self.columns, *self.own_columns.values())
        draft = Draft(settings, units, rows, {}, more_columns=columns, merged_units=merged)
        return LastYear(draft, (*told, *self.findings), self.year)

    # --- settings ---

    def _settings(self, sheet: SheetTable | None) -> dict[str, str]:
        reader = self._open(sheet, layout.SETTINGS_COLUMNS)
        if reader is None:
            return {}
        texts = {key: _as_typed(cell) for key, cell in cells_by_key(reader).items()}
        for finding in reader.findings:
            self._tell_left(reader.sheet, finding.cell, finding.found)
        self.year = clean_line(texts.get("year", ""))
        kept = {}
        for key, text in texts.items():
            if not text:
                continue
            if key in _ASKED:
                self.blank.append(f"{_LABELS[key]} ({clean_line(text)})")
                continue
            if key == "symbol" and (number := _NUMBER.match(text)):
                self.blank.append(f"số văn bản ({number[1]})")
                text = text[number.end() :]
            if key == "enclosed_in" and (paper := parse_enclosing(text)):
                if paper.symbol or paper.date:
                    self.blank.append(f"số, ngày của mục {_LABELS[key]} ({clean_line(text)})")
                text = paper.kind
            kept[key] = text
        for key, text in kept.items():
            self._tell_years(layout.SETTINGS_SHEET, f"mục {_LABELS[key]}", text)
        return kept

    def _tell_years(self, sheet: str, about: str, text: str) -> None:
        """Tell of a text that speaks of the old year, or of another one as a year."""
        years = set(_SPOKEN_YEAR.findall(text))
        if self.year and re.search(rf"(?<!\d){re.escape(self.year)}(?!\d)", text):
            years.add(self.year)
        if years:
            found, said = clean_line(text), ", ".join(sorted(years))
            code = Code.LAST_YEAR_IN_TEXT
            self.findings.append(Finding(code, self.path.name, sheet, "", about, found, said))

    # --- units ---

    def _units(self, sheet: SheetTable | None) -> tuple[Unit, ...]:
        reader = self._open(sheet, layout.UNIT_COLUMNS)
        return read_units(reader) if reader else ()

    # --- criteria ---

    def _rows(self, sheet: SheetTable | None) -> tuple[DraftRow, ...]:
        reader = self._open(sheet, layout.CRITERIA_COLUMNS)
        if reader is None:
            return ()
        table = reader.table
        for place, heading in table.unread().items():
            self.own_columns[place] = Column(f"own {place}", heading or _NO_HEADING, 40)
        places = table.headings.places
        self.columns = tuple(c for c in layout.CRITERIA_COLUMNS if c.key in places)
        rows = tuple(
            self._row(row, level, table)
            for row, level in zip(table.rows(), self._levels(table), strict=True)
        )
        days = [row for row in table.rows() if _is_of_one_year(row["deadline"])]
        if days:
            self.blank.append(f"cột Hạn của {len(days)} dòng")
        return rows

    def _row(self, row: TableRow, level: int, table: FoundTable) -> DraftRow:
        unit, most = row["units"], row["max_score"]
        max_score = cell_number(most)
        others = [
            (key, "" if key == "deadline" and _is_of_one_year(cell) else _as_typed(cell))
            for key, cell in row.cells.items()
        ]
        code, name = clean_line(row["code"].text), clean_line(row["name"].text)
        for key, text in others:
            if key not in {"code", "max_score"}:
                about = f"dòng {code or name}, cột {_HEADINGS[key]}"
                self._tell_years(layout.CRITERIA_SHEET, about, text)
        return DraftRow(
            code=code,
            name=name,
            level=level,
            unit_text=unit.text,
            unit_cell=row_number(unit.head) if unit.text else 0,
            note=clean_line(row["note"].text),
            max_score=max_score,
            others=(
                *self._own(table.sheet.rows[row.number - 1]),
                *((key, text) for key, text in others if key not in _OWN_FIELDS),
                ("max_score", "" if max_score is not None else most.text),
            ),
        )

    def _levels(self, table: FoundTable) -> Iterator[int]:
        """Yield how deep each row is: what is none, or explains one, is as deep as that above."""
        read = read_criteria(CellReader(table, self.path.name), 0)
        own = {row.cells.number: row.criterion for row in read if not row.criterion.is_text}
        level = 1
        for row in table.rows():
            level = own[row.number].level if row.number in own else level
            yield level

    def _own(self, cells: tuple[SheetCell, ...]) -> Iterator[tuple[str, str]]:
        """Yield what stands in the columns of the office's own."""
        for place, column in self.own_columns.items():
            if cells[place].address == cells[place].head:
                yield column.key, _as_typed(cells[place])

    # --- what is not taken ---

    def _open(self, sheet: SheetTable | None, columns: tuple[Column, ...]) -> CellReader | None:
        """Return a reader of the table in a sheet; columns that have no place there are told."""
        if sheet is None:
            return None
        table, _ = find_table(sheet, columns, self.path.name)
        if table is None:
            self._tell_left(sheet.name, "", "bảng không nhận ra tiêu đề")
            return None
        if columns is not layout.CRITERIA_COLUMNS:
            for place, heading in table.unread().items():
                found = f"cột {heading or column_letters(place)}"
                self._tell_left(sheet.name, table.heading(place).address, found)
        return CellReader(table, self.path.name)

    def _tell_surveys(self, sheets: dict[str, SheetTable]) -> None:
        for name in layout.SURVEY_SHEETS:
            sheet = sheets.get(fold(name))
            if sheet is None:
                continue
            table, _ = find_table(sheet, survey_columns(sheet), self.path.name)
            rows = [row.cells for row in table.rows()] if table else []
            given = [
                cells
                for cells in rows
                if any(cell.text for key, cell in cells.items() if key not in _ANSWERED)
            ]
            if given:
                self.blank.append(f"{len(given)} kết quả ở trang {name}")

    def _tell_sheets(self, sheets: dict[str, SheetTable]) -> None:
        ours = (*layout.READ_SHEETS, layout.MERGED_UNITS_SHEET, *layout.SHEETS_OF_OURS)
        known = set(map(fold, ours))
        for key, sheet in sheets.items():
            if key not in known and any(is_content(c) for row in sheet.rows for c in row):
                self._tell_left(sheet.name, "", "cả trang tính")

    def _tell_left(self, sheet: str, cell: str, found: str) -> None:
        code = Code.LAST_YEAR_NOT_CARRIED
        self.findings.append(Finding(code, self.path.name, sheet, cell, found=found))


def _is_of_one_year(cell: SheetCell) -> bool:
    """Tell whether a deadline names a year; "cuối quý III" is every year's."""
    return cell_date(cell) is not None or bool(_ANY_YEAR.search(cell.text))


def _as_typed(cell: SheetCell) -> str:
    """Return a cell's text; a real date as it is written here."""
    date = cell_date(cell)
    return date.short if date and date.complete else cell.text
