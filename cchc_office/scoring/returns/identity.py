"""Whose form a workbook is, and which rows it was issued with.

Asked in this order: the hidden sheet, the document's own properties, what stands above the table.
Names are matched by name, then by the other names that the campaign gives a unit; the file's name
is never asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from cchc_office.findings import Code, Finding
from cchc_office.model import Campaign, Unit
from cchc_office.office.spreadsheet import Sheet, Spreadsheet
from cchc_office.office.unreadable_file import UnreadableFileError
from cchc_office.scoring.form_layout import (
    FORM_VERSION,
    HIDDEN_HEADINGS,
    HIDDEN_SHEET,
    META,
    PROPERTIES,
    UNIT_LABEL,
)
from cchc_office.scoring.returns.form_sheet import FormSheet, shown_text
from cchc_office.vietnamese import clean_line, fold

_ROWS_OF_META = 10
_TITLE = re.compile(r"cham diem chi so (?:cai cach hanh chinh|cchc) nam (\d{4})(?:-ky (.+))?")
_YEAR = re.compile(r"CCHC-(\d{4})\b")


@dataclass(frozen=True, slots=True)
class IssuedRow:
    """A row as it was issued: its code, name and maximum score as text ("" without one)."""

    code: str
    name: str
    max_score: str


class IssuedRows:
    """The rows that a form was issued with, read when something about them is asked."""

    def __init__(self, book: Spreadsheet, hidden_sheet: str) -> None:
        """Take the name of the hidden sheet, "" where it is gone: nothing is known then."""
        self._book = book
        self.sheet = hidden_sheet

    @cached_property
    def _rows(self) -> dict[str, IssuedRow]:
        return dict(_issued_rows(self._book.sheet(self.sheet))) if self.sheet else {}

    @property
    def are_known(self) -> bool:
        """Tell whether the form still says what it was issued with."""
        return bool(self._rows)

    def get(self, criterion_id: str) -> IssuedRow | None:
        """Return a row as it was issued, None where it was not, or nothing is known."""
        return self._rows.get(criterion_id)


@dataclass(frozen=True)
class Identity:
    """What a form says of itself; `unit_name` is what stands above the table.

    `campaign`, `unit` and `version` are empty where nothing tells them.
    """

    campaign: str
    unit: str
    version: str
    rows: IssuedRows
    unit_name: str
    year: str
    period: str


def read_identity(book: Spreadsheet, form: FormSheet | None) -> Identity:
    """Return what the workbook says of itself, from the surest place that says it."""
    unit_name, year, period = _visible(book, form)
    hidden = _hidden_sheet(book)
    if hidden is not None:
        meta = dict(_pairs(hidden))
    else:
        custom = book.properties.custom
        meta = {key: clean_line(custom.get(PROPERTIES[key], "")) for key in META}
    rows = IssuedRows(book, hidden.name if hidden else "")
    campaign, unit, version = (meta.get(key, "") for key in META)
    return Identity(campaign, unit, version, rows, unit_name, year, period)


def whose(identity: Identity, campaign: Campaign, file: str) -> tuple[Unit | None, list[Finding]]:
    """Return the unit whose form it is, and what is to be said of that.

    Without a unit the form cannot be counted, and the findings say why.
    """
    if not identity.campaign:
        return _by_sight(identity, campaign, file)
    unit = campaign.find_unit(identity.unit)
    wrong = [*_of_other_campaign(identity, campaign, file)]
    if unit is None and not wrong:
        wrong.append(
            Finding(Code.UNIT_NOT_IN_CAMPAIGN, file, found=identity.unit, unit=identity.unit)
        )
    if wrong or unit is None:
        return None, wrong
    if identity.unit_name == unit.name:
        return unit, []
    named = _units_named(campaign, identity.unit_name)
    if named and unit not in named:
        about, found = unit.name, identity.unit_name
        return unit, [
            Finding(Code.FORM_OF_OTHER_UNIT, file, about=about, found=found, unit=unit.code)
        ]
    return unit, []


def _of_other_campaign(identity: Identity, campaign: Campaign, file: str) -> Iterator[Finding]:
    unit = identity.unit
    if identity.campaign != campaign.id:
        year = _YEAR.match(identity.campaign)
        other_year = year is not None and year.group(1) != str(campaign.info.year)
        code = Code.OTHER_YEAR if other_year else Code.OTHER_CAMPAIGN
        found, expected = identity.campaign, campaign.id
        if other_year and year:
            found, expected = year.group(1), str(campaign.info.year)
        yield Finding(code, file, found=found, expected=expected, unit=unit)
    elif identity.version != FORM_VERSION:
        code, found = Code.OTHER_FORM_VERSION, identity.version
        yield Finding(code, file, found=found, expected=FORM_VERSION, unit=unit)


def _by_sight(
    identity: Identity, campaign: Campaign, file: str
) -> tuple[Unit | None, list[Finding]]:
    """Know a form that lost its marks by what stands above the table."""
    if identity.year and identity.year != str(campaign.info.year):
        found, expected = identity.year, str(campaign.info.year)
        return None, [Finding(Code.OTHER_YEAR, file, found=found, expected=expected)]
    if identity.year and fold(identity.period) != fold(campaign.info.period):
        found, expected = f"kỳ {identity.period}", f"kỳ {campaign.info.period}"
        return None, [Finding(Code.OTHER_CAMPAIGN, file, found=found, expected=expected)]
    units = _units_named(campaign, identity.unit_name)
    if len(units) == 1 and identity.year:
        found = identity.unit_name
        code, about = Code.KNOWN_BY_TITLE, units[0].name
        return units[0], [Finding(code, file, about=about, found=found, unit=units[0].code)]
    if not identity.unit_name:
        return None, [Finding(Code.NOT_A_FORM, file)]
    candidates = tuple(unit.name for unit in units)
    found = identity.unit_name
    return None, [Finding(Code.SENDER_UNCLEAR, file, found=found, candidates=candidates)]


def _units_named(campaign: Campaign, name: str) -> list[Unit]:
    """Return the units of this name; where there is none, those that go by it too."""
    wanted = fold(name)
    if not wanted:
        return []
    named = [unit for unit in campaign.units if fold(unit.name) == wanted]
    return named or [u for u in campaign.units if wanted in {fold(a) for a in (u.code, *u.aliases)}]


# --- the three places ---


def _hidden_sheet(book: Spreadsheet) -> Sheet | None:
    names = [HIDDEN_SHEET] if HIDDEN_SHEET in book.sheet_names else book.sheet_names
    for name in names:
        try:
            sheet = book.head(name)
        except UnreadableFileError:
            continue
        keys = {str(row[0]) for row in sheet.rows[:_ROWS_OF_META] if row}
        if keys.issuperset(META):
            return sheet
    return None


def _pairs(sheet: Sheet) -> Iterator[tuple[str, str]]:
    for row in sheet.rows[:_ROWS_OF_META]:
        if len(row) > 1 and row[0] in META:
            yield str(row[0]), shown_text(row[1])


def _issued_rows(sheet: Sheet) -> Iterator[tuple[str, IssuedRow]]:
    headings = list(HIDDEN_HEADINGS)
    width = len(headings)
    begun = False
    for row in sheet.rows:
        if begun and row and row[0]:
            id_, code, name, _, maximum = (*map(str, row[:width]), *[""] * width)[:width]
            yield id_, IssuedRow(code, name, maximum)
        elif row[:width] == headings:
            begun = True


def _visible(book: Spreadsheet, form: FormSheet | None) -> tuple[str, str, str]:
    """Return the unit's name, the year and the period that a person reads above the table.

    What the table has lost may still stand in the document's title.
    """
    unit_name = year = period = ""
    label = fold(UNIT_LABEL).rstrip(":")
    for text in form.texts_above() if form else ():
        folded = fold(text)
        before, colon, after = text.partition(":")
        if colon and fold(before) == label and not unit_name:
            unit_name = clean_line(after)
        elif (match := _TITLE.search(folded)) and not year:
            year, period = match.group(1), match.group(2) or ""
    title = clean_line(book.properties.title)
    if not year and (match := _TITLE.search(fold(title))):
        year, unit_name = match.group(1), unit_name or title.partition(" - ")[2]
    return unit_name, year, period
