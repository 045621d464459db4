"""Reading the campaign workbook: `load_campaign`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from cchc_office.campaign import layout
from cchc_office.campaign.assignment import Directory, Understanding, share_out, understand
from cchc_office.campaign.criteria import CriterionRow, check_aggregation, read_criteria
from cchc_office.campaign.folder import find_campaign_file
from cchc_office.campaign.import_doubts import unsettled_doubts
from cchc_office.campaign.legacy_fonts import in_unicode
from cchc_office.campaign.scale import check_scale
from cchc_office.campaign.scoring import mentions_survey, says_how_scored
from cchc_office.campaign.settings import read_settings, read_units
from cchc_office.campaign.survey import SurveyReader, survey_columns
from cchc_office.campaign.tables import (
    CellReader,
    find_table,
    is_content,
    report_unread,
    settle_struck,
)
from cchc_office.campaign.unit_mapping import read_merged_units
from cchc_office.catalogue.findings import Code, Finding, need_a_person
from cchc_office.model import (
    Assignment,
    Assignments,
    Campaign,
    CampaignInfo,
    Criterion,
    MergedUnit,
    Role,
    SurveyResult,
    Unit,
    headings_of,
)
from cchc_office.sheets.addresses import row_number
from cchc_office.sheets.columns import Column
from cchc_office.sheets.headings import is_remark
from cchc_office.sheets.sheet_reader import SheetTable, read_workbook, sheets_of, spreadsheet_of
from cchc_office.text.likeness import likeness
from cchc_office.text.shortening import some_of
from cchc_office.text.vietnamese import clean_line, fold

_NEEDED = layout.NAMING | {"value"}
"""The columns without which no row of a sheet means anything."""

_NOTHING = CampaignInfo(0, "", "", "", "", "")


def load_campaign(path: Path | str) -> Campaign:
    """Đọc dot-cham.xlsx của một đợt chấm, không mở thư mục để làm việc.

    Read the campaign at `path`: the folder, or the workbook in it.

    Everything wrong is in the campaign's `findings`, by sheet and cell; nothing is guessed.
    Raises CampaignError where there is no readable workbook at all.
    """
    path = find_campaign_file(Path(path))
    return _campaign_of(_CampaignWorkbook(read_workbook(path), path.name))


def campaign_in(content: bytes, file: str) -> Campaign:
    """Return the campaign in the bytes of a workbook that is made, and not yet written."""
    return _campaign_of(_CampaignWorkbook(sheets_of(spreadsheet_of(content)), file))


def _campaign_of(book: _CampaignWorkbook) -> Campaign:
    info = _NOTHING
    units: tuple[Unit, ...] = ()
    rows: tuple[CriterionRow, ...] = ()
    if reader := book.open(layout.SETTINGS_SHEET, layout.SETTINGS_COLUMNS):
        info = read_settings(reader)
        report_unread(reader, layout.SETTINGS_COLUMNS)
        book.findings += reader.findings
    if reader := book.open(layout.UNITS_SHEET, layout.UNIT_COLUMNS):
        units = read_units(reader)
        report_unread(reader, layout.UNIT_COLUMNS)
        book.findings += reader.findings
    directory = Directory(units)
    lost = reader.table.may_hold(layout.UNIT_COLUMNS) if reader else frozenset()
    knows_names = lost.isdisjoint(("aliases", "groups"))
    book.findings += _shared_names(book.file, directory, units)
    merged = book.merged_units(units, directory)
    assignments = Assignments()
    if reader := book.open(layout.CRITERIA_SHEET, layout.CRITERIA_COLUMNS):
        rows = read_criteria(reader, info.year)
        report_unread(
            reader,
            layout.CRITERIA_COLUMNS,
            decides=lambda text: says_how_scored(text) or directory.is_name(text),
        )
        if units:
            sharing = _Sharing(rows, units, directory, reader, knows_names=knows_names)
            assignments = Assignments(sharing.shares())
            rows = sharing.rows()
            check_aggregation(rows, assignments, reader)
        reader.findings += book.import_doubts(reader)
        book.findings += sorted(reader.findings, key=_by_row)
    criteria = tuple(row.criterion for row in rows)
    results: tuple[SurveyResult, ...] = ()
    if rows:
        readers = book.survey_readers()
        results = SurveyReader(criteria, units, assignments, directory).read(readers)
        for reader in readers:
            book.findings += sorted(reader.findings, key=_by_row)
    told = {finding.sheet for finding in book.findings if finding.code is Code.SHEET_RENAMED}
    unread = _unread_sheets(book.file, book.sheets, told)
    findings = (*book.findings, *book.in_legacy_fonts, *unread)
    campaign = Campaign(book.file, info, units, criteria, assignments, findings, results, merged)
    return replace(campaign, findings=(*findings, *check_scale(campaign)))


class _CampaignWorkbook:
    """The sheets of the workbook, and what is found in it."""

    def __init__(self, sheets: tuple[SheetTable, ...], file: str) -> None:
        names = frozenset(map(fold, layout.READ_SHEETS))
        self.file = file
        self.sheets, self.in_legacy_fonts = in_unicode(sheets, file, names)
        self.findings: list[Finding] = []

    def open(self, name: str, columns: tuple[Column, ...]) -> CellReader | None:
        """Return a reader of the table in a sheet, None where there is none that can be read."""
        sheet = next((s for s in self.sheets if fold(s.name) == fold(name)), None)
        if sheet is None:
            self._tell_missing(name)
            return None
        if sheet.beyond:
            code = Code.CELLS_BEYOND_CAPS
            self.findings.append(Finding(code, self.file, sheet.name, sheet.beyond))
        table, problems = find_table(sheet, columns, self.file)
        self.findings += problems
        if table is None or any(c.key in _NEEDED for c in table.headings.missing):
            return None  # what a sheet without them says would be told row by row
        settled = settle_struck(table, layout.NAMING, self.file)
        reader = CellReader(settled.table, self.file)
        reader.findings += (*settled.rows.values(), *settled.cells)
        return reader

    def _tell_missing(self, name: str) -> None:
        """Tell that a sheet is not there, and which other one may be it."""
        others = (s.name for s in self.sheets if not _is_known(s) and _has_content(s))
        if near := _nearest(name, others, _RENAMED):
            finding = Finding(Code.SHEET_RENAMED, self.file, near, found=near, expected=name)
        else:
            names = ", ".join(s.name for s in self.sheets)
            finding = Finding(Code.MISSING_SHEET, self.file, found=names, expected=name)
        self.findings.append(finding)

    def merged_units(self, units: tuple[Unit, ...], directory: Directory) -> tuple[MergedUnit, ...]:
        """Return which units of last year are which of this one, where a sheet says so."""
        if all(fold(sheet.name) != fold(layout.MERGED_UNITS_SHEET) for sheet in self.sheets):
            return ()
        reader = self.open(layout.MERGED_UNITS_SHEET, layout.MERGED_UNIT_COLUMNS)
        if reader is None:
            return ()
        merged = read_merged_units(reader, units, directory.nearest)
        report_unread(reader, layout.MERGED_UNIT_COLUMNS)
        self.findings += reader.findings
        return merged

    def import_doubts(self, criteria: CellReader) -> Iterator[Finding]:
        """Yield what was doubtful when the table was brought in, and nobody has settled yet.

        Where something is told of the cell anyway, that is enough.
        """
        told = {finding.cell for finding in criteria.findings if need_a_person((finding,))}
        for sheet in self.sheets:
            if fold(sheet.name) == fold(layout.IMPORT_SHEET):
                doubts = unsettled_doubts(sheet, criteria.table, self.file)
                yield from (doubt for doubt in doubts if doubt.cell not in told)

    def survey_readers(self) -> list[CellReader]:
        """Return readers of the results of surveys, where the workbook has sheets for them."""
        wanted = set(map(fold, layout.SURVEY_SHEETS))
        sheets = (sheet for sheet in self.sheets if fold(sheet.name) in wanted)
        opened = (self.open(sheet.name, survey_columns(sheet)) for sheet in sheets)
        return [reader for reader in opened if reader]


_RENAMED, _MISTYPED = 0.6, 0.8
"""How like the name of a sheet that is missing, and of one that need not be there, another is."""


def _is_known(sheet: SheetTable) -> bool:
    return fold(sheet.name) in set(map(fold, (*layout.READ_SHEETS, *layout.SHEETS_OF_OURS)))


def _has_content(sheet: SheetTable) -> bool:
    return any(is_content(cell) for row in sheet.rows for cell in row)


def _nearest(name: str, others: Iterable[str], least: float) -> str:
    """Return which of other names is most like one, "" for none; remarks are for people."""
    alike = {other: likeness(fold(name), fold(other)) for other in others if not is_remark(other)}
    return max((o for o in alike if alike[o] >= least), key=lambda o: alike[o], default="")


def _unread_sheets(
    file: str, sheets: tuple[SheetTable, ...], told: Collection[str]
) -> Iterator[Finding]:
    """Name the sheets with content that are not read, but for those that are `told` of.

    One that may hold results of surveys is an error where no other does.
    """
    names = {fold(sheet.name) for sheet in sheets}
    has_survey = not names.isdisjoint(map(fold, layout.SURVEY_SHEETS))
    absent = [layout.MERGED_UNITS_SHEET, *(() if has_survey else layout.SURVEY_SHEETS)]
    absent = [name for name in absent if fold(name) not in names]
    for sheet in sheets:
        name = sheet.name
        if name in told or _is_known(sheet) or not _has_content(sheet):
            continue
        if not has_survey and not is_remark(name) and mentions_survey(name):
            yield Finding(Code.SHEET_ASKED, file, name, found=name)
        elif not is_remark(name) and (near := _nearest(name, absent, _MISTYPED)):
            yield Finding(Code.SHEET_ALIKE, file, name, found=name, expected=near)
        else:
            yield Finding(Code.SHEET_NOT_READ, file, name, found=name)


def _shared_names(file: str, directory: Directory, units: tuple[Unit, ...]) -> Iterator[Finding]:
    """Yield the names of units that are words for duties, or that several units have."""
    cells = {unit.code: unit.cell for unit in units}
    found = partial(Finding, file=file, sheet=layout.UNITS_SHEET)
    for name, party in directory.duties_as_names:
        cell = cells.get(party.members[0], "") if party.members else ""
        yield found(Code.ALIAS_IS_DUTY, cell=cell, about=party.name, found=name)
    for marked, unmarked in directory.groups.alike():
        code = Code.GROUP_UNCLEAR if unmarked else Code.GROUPS_ALIKE
        yield found(code, found=unmarked, candidates=marked)
    for name, parties in directory.shared():
        if len({code.casefold() for party in parties for code in party.members}) > 1:
            one, other, last = parties[0].name, parties[1].name, parties[-1]
            cell = cells.get(last.members[0], "")
            yield found(Code.SHARED_ALIAS, cell=cell, about=one, found=name, expected=other)


_MOST_NAMED = 6
_MOST_TOLD = 10
"""Of how many rows it is told one by one that they have no unit."""


class _Sharing:
    """Gives each row its units: those of its own cell, else those of the nearest row above."""

    def __init__(
        self,
        rows: tuple[CriterionRow, ...],
        units: tuple[Unit, ...],
        directory: Directory,
        reader: CellReader,
        *,
        knows_names: bool,
    ) -> None:
        self._rows = rows
        self._reader = reader
        self._headings = headings_of(row.criterion for row in rows)
        self._order = {unit.code: place for place, unit in enumerate(units)}
        self._from: dict[str, str] = {}
        self._understood: dict[str, Understanding] = {}
        self._missing: list[tuple[Criterion, str]] = []
        for row in rows:
            if not row.criterion.is_text:
                self._understand(row, directory, tells_unknown=knows_names)
        self._tell_missing()
        self._names = {unit.code: unit.name for unit in units}
        for row in rows:
            if row.criterion.id in self._headings:
                self._tell_unused(row)

    def _understand(self, row: CriterionRow, directory: Directory, *, tells_unknown: bool) -> None:
        criterion = row.criterion
        own = _understand_row(row, directory, self._reader, tells_unknown=tells_unknown)
        if own is not None:
            self._understood[criterion.id] = own
        elif criterion.parent in self._understood:
            self._from[criterion.id] = self._from.get(criterion.parent, criterion.parent)
            self._understood[criterion.id] = self._understood[criterion.parent]
        elif criterion.id not in self._headings and self._has_column:
            cell = row.cells["units"].head or row.cells["leads"].head or f"A{criterion.row}"
            self._missing.append((criterion, cell))

    def _tell_missing(self) -> None:
        """Tell of the rows without a unit: one by one, or of many in one sentence."""
        if len(self._missing) <= _MOST_TOLD:
            for criterion, cell in self._missing:
                self._reader.report(Code.MISSING_UNIT, cell, about=criterion.label)
            return
        named = [f"{criterion.code} (ô {cell})" for criterion, cell in self._missing]
        found = some_of(named, _MOST_NAMED, "dòng")
        code, cell = Code.MISSING_UNITS, self._missing[0][1]
        self._reader.report(code, cell, about=str(len(self._missing)), found=found)

    def _tell_unused(self, heading: CriterionRow) -> None:
        """Tell of units of a heading that have a part in no row below it."""
        id_, own = heading.criterion.id, self._understood.get(heading.criterion.id)
        if own is None or id_ in self._from or id_ in self._from.values():
            return
        below = self._units_below(id_)
        unused = dict.fromkeys(s.unit for s in own.shares if s.unit not in below)
        if below and unused:
            cell = next(c for k in ("leads", "supports", "units") if (c := heading.cells[k]).text)
            names = [self._names[code] for code in unused]
            found = some_of(names, _MOST_NAMED, "đơn vị", between="; ")
            self._reader.report(
                Code.HEADING_UNIT_UNUSED, cell, about=heading.criterion.label, found=found
            )

    def _units_below(self, id_: str) -> frozenset[str]:
        inside = {id_}
        found: set[str] = set()
        for row in self._rows:  # rows stand below those that they belong to
            if row.criterion.parent in inside:
                inside.add(row.criterion.id)
                own = self._understood.get(row.criterion.id)
                found.update(s.unit for s in (own.shares if own else ()))
        return frozenset(found)

    @property
    def _has_column(self) -> bool:
        return not self._reader.table.headings.places.keys().isdisjoint(("units", "leads"))

    def shares(self) -> Iterator[Assignment]:
        """Yield the parts of units, row after row; a heading that has them by another, none."""
        for criterion_id, understanding in self._understood.items():
            if criterion_id in self._from and criterion_id in self._headings:
                continue
            by_role = sorted(
                understanding.shares, key=lambda s: (s.role.name, self._order.get(s.unit, 0))
            )
            for s in by_role:
                yield Assignment(criterion_id, s.unit, s.role, s.duty, s.each, s.group)

    def rows(self) -> tuple[CriterionRow, ...]:
        """Return the rows, each with the id of the row whose units it has."""
        return tuple(
            replace(row, criterion=replace(row.criterion, units_from=self._from[row.criterion.id]))
            if row.criterion.id in self._from
            else row
            for row in self._rows
        )


_COLUMN_OF = {Role.LEAD: "leads", Role.SUPPORT: "supports"}


def _understand_row(
    row: CriterionRow, directory: Directory, reader: CellReader, *, tells_unknown: bool
) -> Understanding | None:
    leads, supports = (reader.text(row.cells[key]) for key in ("leads", "supports"))
    cell = row.cells["units"]
    for asked in (cell, row.cells["leads"]):
        text = clean_line(asked.text)
        if fold(text).startswith(fold(layout.TO_CONFIRM)):
            code, proposed = Code.UNIT_TO_CONFIRM, text[len(layout.TO_CONFIRM) :].strip()
            reader.report(code, asked, about=row.criterion.label, found=proposed)
            return Understanding()
    if leads or supports:
        cell, text = row.cells["leads" if leads else "supports"], f"{leads}; {supports}".strip("; ")
        understanding = share_out(leads, supports, directory)
    elif cell.text:
        text, understanding = clean_line(cell.text), understand(cell.text, directory)
    else:
        return None
    for said in understanding.unknown if tells_unknown else ():
        place = cell if said.column is None else row.cells[_COLUMN_OF[said.column]]
        about = clean_line(place.text)
        reader.report(Code.UNKNOWN_UNIT, place, about=about, found=said.words, candidates=said.near)
    for group in understanding.empty_groups:
        reader.report(Code.EMPTY_GROUP, cell, about=text, found=group)
    if understanding.no_lead and not understanding.unknown:
        reader.report(Code.NO_LEAD, cell, about=text)
    return understanding


def _by_row(finding: Finding) -> int:
    return row_number(finding.cell)
