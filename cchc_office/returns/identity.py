"""Whose form a workbook is, and which rows it was issued with.

Asked in this order: the hidden sheet, the document's own properties, what stands above the table.
Names are matched by name, then by the other names that the campaign gives a unit; the file's name
is never asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from cchc_office.catalogue.findings import Code, Finding
from cchc_office.files.unreadable_file import UnreadableFileError
from cchc_office.model import MOST_ROUNDS, Campaign, ReturnKind, Unit, units_named
from cchc_office.papers.appraisal.layout import APPRAISAL_VERSION, SUPPLEMENT_VERSION
from cchc_office.papers.form.layout import (
    FORM_VERSION,
    HIDDEN_HEADINGS,
    HIDDEN_SHEET,
    META,
    PROPERTIES,
    UNIT_LABEL,
)
from cchc_office.returns.return_sheet import ReturnSheet
from cchc_office.returns.typed_cells import shown_text
from cchc_office.sheets.reading import Sheet, Spreadsheet
from cchc_office.text.vietnamese import clean_line, fold

_ROWS_OF_META = 10
_NAME = r"diem (.+?) nam (\d{4})"
_TITLE = re.compile(rf"cham {_NAME}(?:-ky (.+))?")
_TITLE_OF_ROUND = re.compile(rf"(?:tham dinh|giai trinh) {_NAME}(?:-ky (.+?))?-lan (\d)\b")
_INDEX = re.compile(r"điểm (.+?) năm \d{4}", re.IGNORECASE)
_KINDS = {kind.value: kind for kind in ReturnKind}
_VERSIONS = {
    ReturnKind.FORM: FORM_VERSION,
    ReturnKind.APPRAISAL: APPRAISAL_VERSION,
    ReturnKind.SUPPLEMENT: SUPPLEMENT_VERSION,
}


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

    def named(self, code: str, name: str) -> IssuedRow | None:
        """Return the first row that was issued with this code and name, None where there is none.

        Its id may have been another: names above it were corrected since.
        """
        return next((r for r in self._rows.values() if (r.code, r.name) == (code, name)), None)


@dataclass(frozen=True)
class Marks:
    """What a workbook says of itself where nobody looks; `hidden_sheet` is "" where it is gone."""

    said: Mapping[str, str]
    hidden_sheet: str

    @property
    def kind(self) -> ReturnKind | None:
        """What it is; None where nothing tells. What has marks but no kind is a score workbook."""
        if not self.said.get("campaign"):
            return None
        return _KINDS.get(self.said.get("kind", ""), ReturnKind.FORM)


def read_marks(book: Spreadsheet) -> Marks:
    """Return what the hidden sheet says or, where it is gone, the document's properties."""
    hidden = _hidden_sheet(book)
    if hidden is not None:
        return Marks(dict(_pairs(hidden)), hidden.name)
    custom = book.properties.custom
    return Marks({k: clean_line(custom.get(name, "")) for k, name in PROPERTIES.items()}, "")


@dataclass(frozen=True)
class Identity:
    """What a workbook says of itself; `unit_name` is what stands above the table.

    `campaign`, `unit`, `version`, `round` and `index`, the name of what is scored, are empty where
    nothing tells them.
    """

    campaign: str
    unit: str
    version: str
    rows: IssuedRows
    unit_name: str
    year: str
    period: str
    kind: ReturnKind = ReturnKind.FORM
    round: str = ""
    index: str = ""


def read_identity(
    book: Spreadsheet, form: ReturnSheet | None, marks: Marks, kind: ReturnKind
) -> Identity:
    """Return what a workbook of this kind says of itself, from the surest place that says it."""
    rows = IssuedRows(book, marks.hidden_sheet)
    campaign, unit, version = (marks.said.get(key, "") for key in META)
    seen = _visible(book, form, kind)
    number = marks.said.get("round", "") or seen.number
    return Identity(
        *(campaign, unit, version, rows, seen.unit_name, seen.year, seen.period, kind),
        *(number, seen.index),
    )


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
    named = units_named(campaign.units, identity.unit_name)
    if named and unit not in named:
        about, found = unit.name, identity.unit_name
        return unit, [
            Finding(Code.FORM_OF_OTHER_UNIT, file, about=about, found=found, unit=unit.code)
        ]
    return unit, []


def _of_other_campaign(identity: Identity, campaign: Campaign, file: str) -> Iterator[Finding]:
    """Yield why a workbook with marks is not of this campaign, or of no version that is read.

    The code of a unit in another campaign says nothing of ours: another office's may be the same.
    """
    if identity.campaign != campaign.id:
        info = campaign.info
        year = re.match(rf"{re.escape(info.index.abbreviation)}-(\d{{4}})\b", identity.campaign)
        other_year = year is not None and year.group(1) != str(info.year)
        code = Code.OTHER_YEAR if other_year else Code.OTHER_CAMPAIGN
        found, expected = identity.campaign, campaign.id
        if other_year and year:
            found, expected = year.group(1), str(info.year)
        yield Finding(code, file, found=found, expected=expected)
    elif identity.version != (version := _VERSIONS[identity.kind]):
        code, found = Code.OTHER_FORM_VERSION, identity.version
        yield Finding(code, file, found=found, expected=version, unit=identity.unit)


def _by_sight(
    identity: Identity, campaign: Campaign, file: str
) -> tuple[Unit | None, list[Finding]]:
    """Know a form that lost its marks by what stands above the table."""
    if identity.year and not _is_of_index(identity, campaign):
        found, expected = identity.index, campaign.info.index.name
        return None, [Finding(Code.OTHER_CAMPAIGN, file, found=found, expected=expected)]
    if identity.year and identity.year != str(campaign.info.year):
        found, expected = identity.year, str(campaign.info.year)
        return None, [Finding(Code.OTHER_YEAR, file, found=found, expected=expected)]
    if identity.year and fold(identity.period) != fold(campaign.info.period):
        found, expected = f"kỳ {identity.period}", f"kỳ {campaign.info.period}"
        return None, [Finding(Code.OTHER_CAMPAIGN, file, found=found, expected=expected)]
    units = units_named(campaign.units, identity.unit_name)
    if len(units) == 1 and identity.year:
        found = identity.unit_name
        code, about = Code.KNOWN_BY_TITLE, units[0].name
        return units[0], [Finding(code, file, about=about, found=found, unit=units[0].code)]
    if not identity.unit_name:
        return None, [Finding(Code.NOT_A_FORM, file)]
    candidates = tuple(unit.name for unit in units)
    found = identity.unit_name
    return None, [Finding(Code.SENDER_UNCLEAR, file, found=found, candidates=candidates)]


def _is_of_index(identity: Identity, campaign: Campaign) -> bool:
    """Tell whether the index that stands above a table is that of the campaign."""
    index = campaign.info.index
    return fold(identity.index) in map(fold, (index.name, index.short))


def round_of(identity: Identity) -> int | None:
    """Return the round that a workbook is of, None where nothing says so."""
    number = identity.round
    return int(number) if number in {str(n) for n in range(1, MOST_ROUNDS + 1)} else None


def accept(
    identity: Identity, campaign: Campaign, file: str
) -> tuple[int | None, tuple[Finding, ...]]:
    """Return the round that a workbook appraises, and what is to be said of that.

    Without a round it cannot be counted, and the findings say why.
    """
    if identity.campaign:
        if any(_of_other_campaign(identity, campaign, file)):
            found = f"đợt {identity.campaign}, bản {identity.version}"
            return None, (_other(file, found, campaign),)
    elif identity.year:
        info, is_of_index = campaign.info, _is_of_index(identity, campaign)
        own_time = (str(info.year), fold(info.period))
        if not is_of_index or (identity.year, fold(identity.period)) != own_time:
            period = f", kỳ {identity.period}" if identity.period else ""
            index = "" if is_of_index else f"{identity.index}, "
            return None, (_other(file, f"{index}năm {identity.year}{period}", campaign),)
    number = round_of(identity)
    if number is None or not (identity.campaign or identity.year):
        return None, (Finding(Code.APPRAISAL_ROUND_UNKNOWN, file, found=identity.round),)
    if identity.campaign:
        return number, ()
    found, expected = str(number), identity.year
    return number, (Finding(Code.APPRAISAL_KNOWN_BY_TITLE, file, found=found, expected=expected),)


def _other(file: str, found: str, campaign: Campaign) -> Finding:
    return Finding(
        Code.APPRAISAL_OF_OTHER_CAMPAIGN, file, found=found, expected=f"đợt {campaign.id}"
    )


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
        if len(row) > 1 and row[0] in PROPERTIES:
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


@dataclass(frozen=True)
class _Visible:
    """What a person reads above the table, each "" where it does not stand there."""

    unit_name: str = ""
    index: str = ""
    year: str = ""
    period: str = ""
    number: str = ""


def _visible(book: Spreadsheet, form: ReturnSheet | None, kind: ReturnKind) -> _Visible:
    """Return what stands above the table.

    What the table of a form has lost may still stand in the document's title.
    """
    found = _Visible()
    is_form = kind is ReturnKind.FORM
    title, label = _TITLE if is_form else _TITLE_OF_ROUND, fold(UNIT_LABEL).rstrip(":")
    for text in form.texts_above() if form else ():
        before, colon, after = text.partition(":")
        if colon and fold(before) == label and not found.unit_name:
            found = replace(found, unit_name=clean_line(after))
        elif not found.year and (match := title.search(fold(text))):
            index, year, period, number = (*match.groups(""), "")[:4]
            index = shown[1] if (shown := _INDEX.search(text)) else index
            found = replace(found, index=index, year=year, period=period, number=number)
    told = clean_line(book.properties.title)
    if is_form and not found.year and (match := title.search(fold(told))):
        index, year = match.groups("")[:2]
        name = found.unit_name or told.partition(f"{year} - ")[2]
        found = replace(found, index=index, year=year, unit_name=name)
    return found
